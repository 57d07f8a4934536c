//! Which header fields of a response scripts see.

use crate::headers::HeaderList;
use crate::request::Credentials;
use crate::response::{ResponseHead, Tainting};

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
const SAFELISTED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// The header fields of a response that scripts of the page see. `credentials` is the request's.
/// <https://fetch.spec.whatwg.org/#concept-filtered-response>
pub fn visible_headers(head: &ResponseHead, credentials: Credentials) -> HeaderList {
    let is_cookie =
        |name: &str| ["set-cookie", "set-cookie2"].iter().any(|cookie| name.eq_ignore_ascii_case(cookie));
    let exposed = head.headers.get_decode_and_split("access-control-expose-headers").unwrap_or_default();
    let exposes_all = credentials != Credentials::Include && exposed.iter().any(|name| name == "*");
    let is_exposed = |name: &str| {
        SAFELISTED.iter().any(|safe| name.eq_ignore_ascii_case(safe))
            || exposes_all
            || exposed.iter().any(|exposed| name.eq_ignore_ascii_case(exposed))
    };
    let is_visible = |name: &str| match head.tainting {
        Tainting::Basic => !is_cookie(name),
        Tainting::Cors => is_exposed(name) && !is_cookie(name),
        Tainting::Opaque => false,
    };
    head.headers.iter().filter(|(name, _)| is_visible(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryFetcher;

    fn visible(tainting: Tainting, credentials: Credentials, expose: &str) -> Vec<String> {
        let mut head = MemoryFetcher::html_head("https://b/");
        head.tainting = tainting;
        head.headers = [("Content-Type", "x"), ("Set-Cookie", "a=b"), ("X-One", "1"), ("X-Two", "2")]
            .into_iter()
            .chain([("Access-Control-Expose-Headers", expose)])
            .collect();
        let fields = visible_headers(&head, credentials);
        let names = fields.iter().map(|(name, _)| name.to_owned());
        names.filter(|name| !name.starts_with("Access")).collect()
    }

    #[test]
    fn other_origins_say_what_may_be_seen() {
        let include = Credentials::Include;
        assert_eq!(visible(Tainting::Basic, include, ""), ["Content-Type", "X-One", "X-Two"]);
        assert_eq!(visible(Tainting::Cors, include, "x-two, *"), ["Content-Type", "X-Two"]);
        assert_eq!(visible(Tainting::Cors, Credentials::Omit, "*"), ["Content-Type", "X-One", "X-Two"]);
        assert!(visible(Tainting::Opaque, Credentials::Omit, "*").is_empty());
    }
}
