//! What was probably meant by a URL that a recording does not have.

use url::{Position, Url};

/// The URL among `known` that is most like the one asked for: of the same host at least, or else of the same path.
pub(super) fn nearest<'a>(asked: &Url, known: impl Iterator<Item = &'a Url>) -> Option<&'a Url> {
    let scored = known.filter_map(|url| Some((likeness(asked, url)?, url)));
    // Of several that are equally like it the first recorded one.
    scored
        .fold(None, |best: Option<((bool, bool, usize), &Url)>, candidate| match best {
            Some(best) if best.0 >= candidate.0 => Some(best),
            _ => Some(candidate),
        })
        .map(|(_, url)| url)
}

/// Whether the host is the same, whether the path is, and how many bytes at both ends are.
fn likeness(asked: &Url, known: &Url) -> Option<(bool, bool, usize)> {
    let same_host = asked.host_str() == known.host_str();
    let same_path = asked.path() == known.path() && asked.path() != "/";
    let (one, other) = (&asked[Position::BeforePath..], &known[Position::BeforePath..]);
    let prefix = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let suffix = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    (same_host || same_path).then_some((same_host, same_path, prefix + suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_of_the_same_host_or_path() {
        let known =
            ["https://a/style.css?v=1", "https://a/", "https://b/x/logo.png", "file:///home/me/page.html"];
        let known: Vec<Url> = known.into_iter().map(|url| Url::parse(url).unwrap()).collect();
        let of = |url: &str| nearest(&Url::parse(url).unwrap(), known.iter()).map(Url::as_str);
        assert_eq!(of("https://a/style.css?v=2"), Some("https://a/style.css?v=1"));
        assert_eq!(of("http://a/style.css?v=2"), Some("https://a/style.css?v=1"));
        assert_eq!(of("https://c/x/logo.png"), Some("https://b/x/logo.png"));
        assert_eq!(of("file:///home/you/page.html"), Some("file:///home/me/page.html"));
        assert_eq!(of("https://c/"), None);
    }
}
