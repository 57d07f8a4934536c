//! `Via`: the proxies that a response came through.
//! <https://www.rfc-editor.org/rfc/rfc9110#section-7.6.3>

use crate::headers::HeaderList;

/// One proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The protocol by which it received the response: `1.1`, `HTTP/2`.
    pub protocol: String,
    /// Its host and port, or the name that it goes by.
    pub by: String,
    /// What it says of itself, without the parentheses.
    pub comment: Option<String>,
}

pub(super) fn via(headers: &HeaderList) -> Vec<Via> {
    let Some(value) = headers.get("via") else { return Vec::new() };
    members(&value).into_iter().filter_map(parse).collect()
}

/// The members of the list. Commas in comments do not end one.
fn members(value: &str) -> Vec<&str> {
    let (mut members, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (index, byte) in value.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                members.push(&value[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    members.push(&value[start..]);
    members
}

fn parse(member: &str) -> Option<Via> {
    let member = member.trim();
    let (received, comment) = match member.split_once('(') {
        Some((received, comment)) => (received, Some(comment.trim_end_matches(')').to_owned())),
        None => (member, None),
    };
    let mut words = received.split_ascii_whitespace();
    let (protocol, by) = (words.next()?, words.next()?);
    Some(Via { protocol: protocol.to_owned(), by: by.to_owned(), comment })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read_in_their_order_with_what_they_say() {
        let headers = HeaderList::from_iter([
            ("Via", "1.0 fred, HTTP/1.1 p.example.net:80 (squid, 6.1)"),
            ("via", "2 edge"),
            ("via", "nonsense"),
        ]);
        let proxy = |protocol: &str, by: &str, comment: Option<&str>| Via {
            protocol: protocol.to_owned(),
            by: by.to_owned(),
            comment: comment.map(str::to_owned),
        };
        assert_eq!(
            via(&headers),
            [
                proxy("1.0", "fred", None),
                proxy("HTTP/1.1", "p.example.net:80", Some("squid, 6.1")),
                proxy("2", "edge", None),
            ]
        );
    }
}
