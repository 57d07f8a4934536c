//! Feeds that are served as HTML.

use super::text::is_whitespace_byte;

/// The type of the feed that a resource named `text/html` is. None while there are too few bytes to tell, `Some(None)`
/// where it is HTML after all.
/// <https://mimesniff.spec.whatwg.org/#rules-for-distinguishing-if-a-resource-is-a-feed-or-html>
pub(super) fn feed_type(header: &[u8]) -> Option<Option<&'static str>> {
    const RSS: &str = "application/rss+xml";
    let mut rest = match header {
        [0xef, 0xbb, 0xbf, rest @ ..] => rest,
        // The mark may be about to come.
        [] | [0xef] | [0xef, 0xbb] => return None,
        all => all,
    };
    loop {
        let blanks = rest.iter().take_while(|byte| is_whitespace_byte(**byte)).count();
        rest = &rest[blanks..];
        rest = match rest {
            [] => return None,
            [b'<', after @ ..] => after,
            _ => return Some(None),
        };
        match skip_to_next_tag(rest) {
            Skipped::Past(after) => rest = after,
            Skipped::TooShort => return None,
            Skipped::Nothing => break,
        }
    }
    for (name, feed) in [(&b"rss"[..], RSS), (b"feed", "application/atom+xml")] {
        if rest.starts_with(name) {
            return Some(Some(feed));
        }
    }
    if rest.starts_with(b"rdf:RDF") {
        let contains = |namespace: &[u8]| rest.windows(namespace.len()).any(|window| window == namespace);
        let is_rss =
            contains(b"http://purl.org/rss/1.0/") && contains(b"http://www.w3.org/1999/02/22-rdf-syntax-ns#");
        return if is_rss { Some(Some(RSS)) } else { None };
    }
    let undecided = [&b"rss"[..], b"feed", b"rdf:RDF"].iter().any(|name| name.starts_with(rest));
    if undecided { None } else { Some(None) }
}

enum Skipped<'a> {
    Past(&'a [u8]),
    TooShort,
    Nothing,
}

/// Skips a comment, a declaration or a processing instruction whose `<` has been read.
fn skip_to_next_tag(rest: &[u8]) -> Skipped<'_> {
    let end: &[u8] = match rest {
        [b'!', b'-', b'-', ..] => b"-->",
        // A comment may be about to begin.
        [b'!'] | [b'!', b'-'] => return Skipped::TooShort,
        [b'!', ..] => b">",
        [b'?', ..] => b"?>",
        _ => return Skipped::Nothing,
    };
    // What opens a comment does not close it.
    let start = if end.len() == 3 { 3 } else { 1 };
    let body = rest.get(start..).unwrap_or_default();
    match body.windows(end.len()).position(|window| window == end) {
        Some(position) => Skipped::Past(&body[position + end.len()..]),
        None => Skipped::TooShort,
    }
}

#[cfg(test)]
mod tests {
    use super::feed_type;

    #[test]
    fn feeds_are_found_behind_comments_and_declarations() {
        let rss = Some(Some("application/rss+xml"));
        assert_eq!(feed_type(b"<rss version=2>"), rss);
        assert_eq!(feed_type(b"\xef\xbb\xbf <?xml version='1.0'?><!-- - > --><!DOCTYPE x>\n<rss>"), rss);
        assert_eq!(feed_type(b"<feed xmlns="), Some(Some("application/atom+xml")));
        let rdf = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>";
        assert_eq!(feed_type(rdf), rss);
    }

    #[test]
    fn html_is_html() {
        for html in [&b"<!doctype html><html>"[..], b"text", b" <p>", b"<title>rss</title>"] {
            assert_eq!(feed_type(html), Some(None), "{}", html.escape_ascii());
        }
    }

    #[test]
    fn every_prefix_of_a_feed_is_undecided() {
        let feed = b"\xef\xbb\xbf<?xml?><!--x--><!d><rss";
        for length in 0..feed.len() {
            assert_eq!(feed_type(&feed[..length]), None, "{}", feed[..length].escape_ascii());
        }
    }
}
