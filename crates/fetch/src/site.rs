//! Sites: which hosts belong together.
//! <https://html.spec.whatwg.org/multipage/browsers.html#sites>

use url::{Host, Url};

use crate::request::Origin;

/// A site: a scheme, and the registrable domain of a host, or the host itself where it has none.
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-site-tuple>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    scheme: String,
    host: String,
}

/// `https://example.com`.
impl std::fmt::Display for Site {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)
    }
}

impl Site {
    /// The site of a URL; none where its origin is opaque, as for `file:` and `data:`.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site>
    pub fn of(url: &Url) -> Option<Site> {
        Self::of_origin(&url.origin())
    }

    /// The site of an origin; none where it is opaque.
    pub fn of_origin(origin: &url::Origin) -> Option<Site> {
        let url::Origin::Tuple(scheme, host, _) = origin else { return None };
        let host = match host {
            Host::Domain(domain) => registrable_domain(domain).unwrap_or(domain).to_owned(),
            address => address.to_string(),
        };
        Some(Site { scheme: scheme.clone(), host })
    }
}

/// Whether a URL is of the site of an origin. The user has none.
/// <https://html.spec.whatwg.org/multipage/browsers.html#same-site>
pub(crate) fn is_same_site(origin: &Origin, url: &Url) -> bool {
    match origin {
        Origin::Page(origin) => Site::of_origin(origin).is_some_and(|site| Site::of(url) == Some(site)),
        Origin::User | Origin::LocalFile => false,
    }
}

/// The public suffix of a domain and the label before it; none where the domain is a public suffix itself. The domain is
/// in lower case and Punycode, as URLs have it, and no IP address.
/// <https://url.spec.whatwg.org/#host-registrable-domain>
pub fn registrable_domain(domain: &str) -> Option<&str> {
    let found = psl::domain(domain.as_bytes())?.as_bytes().len();
    domain.get(domain.len() - found..)
}

/// Whether nobody can own a domain, but only domains below it: `com`, `co.uk`, `github.io`.
/// <https://url.spec.whatwg.org/#host-public-suffix>
pub fn is_public_suffix(domain: &str) -> bool {
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.as_bytes().len() == domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registrable_domain_is_one_label_below_a_public_suffix() {
        for (domain, expected) in [
            ("example.com", Some("example.com")),
            ("a.b.example.com", Some("example.com")),
            ("a.example.co.uk", Some("example.co.uk")),
            ("user.github.io", Some("user.github.io")),
            ("a.user.github.io", Some("user.github.io")),
            ("www.ck", Some("www.ck")),
            ("a.other.ck", Some("a.other.ck")),
            ("www.example.com.", Some("example.com.")),
            ("a.b.xn--55qx5d.cn", Some("b.xn--55qx5d.cn")),
            ("a.b.unheard", Some("b.unheard")),
            ("com", None),
            ("co.uk", None),
            ("other.ck", None),
            ("github.io", None),
            ("localhost", None),
        ] {
            assert_eq!(registrable_domain(domain), expected, "{domain}");
            assert_eq!(is_public_suffix(domain), expected.is_none(), "{domain}");
        }
    }

    #[test]
    fn a_site_has_a_scheme_and_no_port() {
        let site = |url: &str| Site::of(&Url::parse(url).unwrap());
        assert_eq!(site("https://a.example.com:8443/x"), site("https://example.com/"));
        assert_ne!(site("http://example.com/"), site("https://example.com/"));
        assert_ne!(site("https://one.github.io/"), site("https://two.github.io/"));
        assert_ne!(site("http://10.0.0.1/"), site("http://11.0.0.1/"));
        assert_eq!(site("http://10.0.0.1:81/"), site("http://10.0.0.1/"));
        assert_eq!(site("file:///a"), None);
    }

    #[test]
    fn opaque_origins_are_of_no_site() {
        let url = Url::parse("https://example.com/").unwrap();
        assert!(is_same_site(&Origin::of(&Url::parse("https://www.example.com/").unwrap()), &url));
        assert!(!is_same_site(&Origin::of(&Url::parse("data:,x").unwrap()), &url));
        assert!(!is_same_site(&Origin::User, &url));
    }
}
