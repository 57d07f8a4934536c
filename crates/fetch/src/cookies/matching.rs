//! To which hosts and paths a cookie belongs.

use url::{Host, Url};

/// The host of a URL as cookies have it; none where there is none.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-canonicalized-host-names>
pub(super) fn canonical_host(url: &Url) -> Option<Host<&str>> {
    url.host().filter(|_| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))
}

/// Whether a host is a domain or below it. Addresses are below nothing.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-domain-matching>
pub(super) fn domain_matches(host: &Host<&str>, domain: &str) -> bool {
    match host {
        Host::Domain(host) => is_below_or_same(host, domain),
        address => address.to_string() == domain,
    }
}

/// Whether a domain is another one or ends in a dot and the other one.
pub(super) fn is_below_or_same(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The path of a cookie whose server names none.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-paths-and-path-match>
pub(super) fn default_path(url: &Url) -> &str {
    match url.path().rfind('/') {
        None | Some(0) => "/",
        Some(last) => &url.path()[..last],
    }
}

/// Whether a request's path is a cookie's path or below it.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-paths-and-path-match>
pub(super) fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_match_at_labels() {
        let matches = |host: &str, domain: &str| {
            let url = Url::parse(&format!("http://{host}/")).unwrap();
            domain_matches(&canonical_host(&url).unwrap(), domain)
        };
        assert!(matches("example.com", "example.com") && matches("a.b.example.com", "example.com"));
        assert!(!matches("badexample.com", "example.com") && !matches("example.com", "a.example.com"));
        assert!(matches("10.0.0.1", "10.0.0.1") && !matches("10.0.0.1", "0.0.1"));
        assert!(matches("[::1]", "[::1]"));
    }

    #[test]
    fn the_default_path_is_the_folder() {
        for (url, path) in [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b?/c", "/a")] {
            assert_eq!(default_path(&Url::parse(&format!("http://h{url}")).unwrap()), path, "{url}");
        }
    }

    #[test]
    fn paths_match_at_slashes() {
        assert!(path_matches("/a/b", "/a") && path_matches("/a", "/a") && path_matches("/a/b", "/a/"));
        assert!(path_matches("/a/b", "/"));
        assert!(!path_matches("/ab", "/a") && !path_matches("/a", "/a/") && !path_matches("/b", "/a"));
    }
}
