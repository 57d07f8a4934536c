//! The `Link` header field.
//! <https://www.rfc-editor.org/rfc/rfc8288>

use super::HeaderList;
use super::split::{collect_quoted_string, decode_and_split};
use super::token::is_http_whitespace;
use crate::limits::MAX_LINKS;

/// A link to another resource.
/// <https://www.rfc-editor.org/rfc/rfc8288#section-2>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written, to be resolved against the URL of the response.
    pub target: String,
    /// The parameters: names in lower case, values without quotes.
    pub parameters: Vec<(String, String)>,
}

impl Link {
    /// A parameter; where it is repeated, the first counts, as RFC 8288 has it for `rel`, `media`, `title` and `type`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The links of all `Link` fields, in order, as many as are sensible. What cannot be read is passed over.
/// <https://www.rfc-editor.org/rfc/rfc8288#appendix-B.2>
pub fn links(headers: &HeaderList) -> Vec<Link> {
    let Some(value) = headers.get("link") else { return Vec::new() };
    // A comma in `<...>` separates nothing: what was split there is put together again.
    let mut links = Vec::new();
    let mut open = String::new();
    for part in decode_and_split(&value) {
        if !open.is_empty() {
            open.push(',');
        }
        open.push_str(&part);
        if open.starts_with('<') && !open.contains('>') {
            continue;
        }
        links.extend(link(&std::mem::take(&mut open)));
        if links.len() >= MAX_LINKS {
            break;
        }
    }
    links
}

fn link(text: &str) -> Option<Link> {
    let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    let mut parameters = Vec::new();
    loop {
        rest = rest.trim_start_matches(is_http_whitespace);
        let Some(after) = rest.strip_prefix(';') else { break };
        let end = after.find(['=', ';']).unwrap_or(after.len());
        let (name, value) = after.split_at(end);
        let name = name.trim_matches(is_http_whitespace).to_ascii_lowercase();
        let value = value.strip_prefix('=').map(|value| value.trim_start_matches(is_http_whitespace));
        let (value, next) = match value {
            None => (String::new(), &after[end..]),
            Some(value) if value.starts_with('"') => collect_quoted_string(value, false),
            Some(value) => {
                let end = value.find(';').unwrap_or(value.len());
                (value[..end].trim_end_matches(is_http_whitespace).to_owned(), &value[end..])
            }
        };
        // What follows a quoted string up to the next parameter means nothing.
        rest = &next[next.find(';').unwrap_or(next.len())..];
        if !name.is_empty() {
            parameters.push((name, value));
        }
    }
    Some(Link { target: target.trim_matches(is_http_whitespace).to_owned(), parameters })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[&str]) -> Vec<String> {
        let headers: HeaderList = fields.iter().map(|value| ("Link", *value)).collect();
        let shown = |link: Link| {
            let parameters: Vec<String> =
                link.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("{} {}", link.target, parameters.join("|"))
        };
        links(&headers).into_iter().map(shown).collect()
    }

    #[test]
    fn links_are_read_with_their_parameters() {
        assert_eq!(
            read(&[
                r#"</a.css>; rel=preload; as="style", < b,c;d > ;REL = "preconnect dns-prefetch" ; crossorigin"#,
                r#"<e>; rel="x"junk; title="a, \"b\"; c";; rel=y"#,
            ]),
            [
                "/a.css rel=preload|as=style",
                "b,c;d rel=preconnect dns-prefetch|crossorigin=",
                "e rel=x|title=a, \"b\"; c|rel=y"
            ]
        );
    }

    #[test]
    fn what_is_no_link_is_passed_over() {
        assert_eq!(read(&["rel=preload", "<never closed; rel=x", ""]), [""; 0]);
        assert_eq!(read(&["junk, <a>;;=;rel", "</b>"]), ["a rel=", "/b "]);
        assert_eq!(links(&HeaderList::new()), []);
    }

    #[test]
    fn more_links_than_are_sensible_are_not_read() {
        let many = vec!["<a>"; MAX_LINKS + 9].join(",");
        assert_eq!(read(&[&many]).len(), MAX_LINKS);
    }
}
