//! Schemes that need no network.
//! <https://fetch.spec.whatwg.org/#concept-scheme-fetch>

pub(crate) mod about;
pub(crate) mod data;
pub(crate) mod file;

use bytes::Bytes;
use url::Url;

use crate::error::FetchError;
use crate::headers::HeaderList;
use crate::mime_type::MimeType;
use crate::response::{Protocol, Response, ResponseHead, Sizes, Timing};

/// Answers what every fetcher answers in the same way, because the URL itself says it all: `data:` and `about:blank`.
/// None where the URL is another.
pub(crate) fn answer_from_url(url: &Url) -> Option<Result<Response, FetchError>> {
    match url.scheme() {
        "data" => Some(data::answer(url)),
        "about" if url.path() == "blank" => Some(Ok(about::blank(url))),
        _ => None,
    }
}

/// A response that no network was needed for.
fn local_response(url: &Url, protocol: Protocol, mime_type: MimeType, body: Bytes) -> Response {
    let size = body.len() as u64;
    Response {
        head: local_head(url, protocol, mime_type),
        body,
        timing: Timing::default(),
        sizes: Sizes { encoded: size, decoded: size },
    }
}

fn local_head(url: &Url, protocol: Protocol, mime_type: MimeType) -> ResponseHead {
    ResponseHead {
        url: url.clone(),
        url_list: vec![url.clone()],
        status: 200,
        status_text: "OK".to_owned(),
        headers: HeaderList::from_iter([("content-type", mime_type.to_string())]),
        mime_type,
        tainting: crate::response::Tainting::Basic,
        protocol,
        from_cache: false,
        remote_address: None,
    }
}

/// The scheme that was probably meant by one that is not supported.
pub(crate) fn suggestion(scheme: &str) -> Option<&'static str> {
    const KNOWN: [&str; 5] = ["https", "http", "file", "data", "about"];
    let distance = |known: &str| edit_distance(scheme, known);
    KNOWN
        .into_iter()
        .min_by_key(|known| distance(known))
        .filter(|known| distance(known) <= 2 && known.len() > 2)
}

/// Levenshtein's distance. Schemes longer than any known one are far from all.
fn edit_distance(a: &str, b: &str) -> usize {
    if a.len() > 16 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.bytes().enumerate() {
            let substitution = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_schemes_are_recognised() {
        assert_eq!(suggestion("htps"), Some("https"));
        assert_eq!(suggestion("hhtp"), Some("http"));
        assert_eq!(suggestion("fil"), Some("file"));
        assert_eq!(suggestion("mailto"), None);
        assert_eq!(suggestion("gopher"), None);
    }
}
