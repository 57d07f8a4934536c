//! Which URLs nobody can listen in on or tamper with.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// <https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy>
pub(crate) fn is_potentially_trustworthy(url: &Url) -> bool {
    match url.scheme() {
        "https" | "wss" | "data" | "file" | "about" => true,
        _ => is_loopback(url),
    }
}

/// Whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.octets()[0] == Ipv4Addr::LOCALHOST.octets()[0],
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        Some(Host::Domain(domain)) => {
            let domain = domain.trim_end_matches('.');
            domain == "localhost" || domain.ends_with(".localhost")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_and_loopback_urls_are_trustworthy() {
        let trusted = |url: &str| is_potentially_trustworthy(&Url::parse(url).unwrap());
        for url in [
            "https://a/",
            "http://127.8.9.1:80/",
            "http://[::1]/",
            "http://x.localhost/",
            "http://localhost./",
        ] {
            assert!(trusted(url), "{url}");
        }
        assert!(!trusted("http://a/") && !trusted("http://notlocalhost/"));
    }
}
