//! Which requests go through a proxy, and which.

use std::fmt;
use std::str::FromStr;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::policy::trustworthy::is_loopback;

/// A proxy by its URL: `http:`, `https:`, `socks5:`, whose names are resolved here, or `socks5h:`, whose names the proxy
/// resolves. User name and password stand in the URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyServer {
    url: Url,
}

/// A text that names no proxy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' is not a proxy's URL ({reason}): give one such as http://127.0.0.1:8080, https://proxy.example, \
     socks5://user:password@proxy.example:1080 or socks5h://127.0.0.1:9050"
)]
pub struct InvalidProxy {
    text: String,
    reason: String,
}

impl FromStr for ProxyServer {
    type Err = InvalidProxy;

    /// Without a scheme it is `http:`.
    fn from_str(text: &str) -> Result<Self, InvalidProxy> {
        let text = text.trim();
        let invalid = |reason: String| InvalidProxy { text: text.to_owned(), reason };
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let mut url = Url::parse(&with_scheme).map_err(|error| invalid(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
            return Err(invalid(format!("the scheme '{}' is not known", url.scheme())));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(invalid("it has no host".to_owned()));
        }
        if url.port().is_none() && url.scheme().starts_with("socks") {
            // A URL with a host can have a port.
            let _ = url.set_port(Some(1080));
        }
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        Ok(ProxyServer { url })
    }
}

/// The URL without user name and password.
impl fmt::Display for ProxyServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.url.scheme(), self.url.host_str().unwrap_or_default())?;
        match self.url.port_or_known_default() {
            Some(port) => write!(formatter, ":{port}"),
            None => Ok(()),
        }
    }
}

impl ProxyServer {
    /// With user name and password.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether it is a SOCKS server.
    pub(crate) fn is_socks(&self) -> bool {
        self.url.scheme().starts_with("socks")
    }
}

/// Where proxies are named.
#[derive(Clone, Debug, Default)]
pub enum ProxyChoice {
    /// In the environment: `http_proxy`, `https_proxy`, `all_proxy`, in lower or upper case. This machine's own servers
    /// are asked directly.
    #[default]
    Environment,
    /// Nowhere: servers are asked directly.
    Direct,
    /// Here, for every request.
    Named(ProxyServer),
}

/// The proxies of a network. Those hosts that `no_proxy` names are asked directly in any case.
pub(crate) struct Proxies {
    http: Option<ProxyServer>,
    https: Option<ProxyServer>,
    /// For this machine's own servers too.
    for_loopback: bool,
    no_proxy: NoProxy,
}

impl Proxies {
    /// # Errors
    /// A variable of the environment names none.
    pub(crate) fn new(choice: &ProxyChoice) -> Result<Self, String> {
        Self::with_environment(choice, |name| std::env::var(name).ok())
    }

    fn with_environment(
        choice: &ProxyChoice,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        // The lower-case name goes first, as in curl.
        let either = |name: &str| {
            [name.to_owned(), name.to_ascii_uppercase()]
                .into_iter()
                .filter_map(|name| Some((variable(&name)?, name)))
                .find(|(value, _)| !value.trim().is_empty())
        };
        let proxy = |name: &str| match either(name) {
            // Under CGI it is a header field of whoever asks.
            Some((_, name)) if name == "HTTP_PROXY" && variable("REQUEST_METHOD").is_some() => Ok(None),
            Some((value, name)) => value
                .parse::<ProxyServer>()
                .map(Some)
                .map_err(|error| format!("in the environment variable {name}, {error}")),
            None => Ok(None),
        };
        let (http, https, for_loopback) = match choice {
            ProxyChoice::Direct => (None, None, false),
            ProxyChoice::Named(server) => (Some(server.clone()), Some(server.clone()), true),
            ProxyChoice::Environment => {
                let all = proxy("all_proxy")?;
                (proxy("http_proxy")?.or_else(|| all.clone()), proxy("https_proxy")?.or(all), false)
            }
        };
        let excepted = either("no_proxy").map(|(value, _)| value).unwrap_or_default();
        Ok(Proxies { http, https, for_loopback, no_proxy: NoProxy::new(&excepted) })
    }

    /// The proxy for a URL; none where its server is asked directly.
    pub(crate) fn for_url(&self, url: &Url) -> Option<&ProxyServer> {
        let proxy = match url.scheme() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        }?;
        let is_direct = (!self.for_loopback && is_loopback(url)) || self.no_proxy.contains(url);
        (!is_direct).then_some(proxy)
    }
}

/// The hosts of `no_proxy`, read as curl does: `*`, domains with all below them, addresses, networks.
struct NoProxy {
    matcher: Matcher,
}

impl NoProxy {
    fn new(list: &str) -> Self {
        // The matcher knows lists only as exceptions from a proxy.
        NoProxy { matcher: Matcher::builder().all("http://proxy.invalid").no(list).build() }
    }

    fn contains(&self, url: &Url) -> bool {
        url.as_str().parse::<hyper::Uri>().is_ok_and(|uri| self.matcher.intercept(&uri).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(choice: &ProxyChoice, environment: &[(&str, &str)], url: &str) -> Option<String> {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let proxies = Proxies::with_environment(choice, variable).unwrap();
        proxies.for_url(&Url::parse(url).unwrap()).map(ToString::to_string)
    }

    fn from_environment(environment: &[(&str, &str)], url: &str) -> Option<String> {
        chosen(&ProxyChoice::Environment, environment, url)
    }

    #[test]
    fn proxies_are_named_by_url_and_shown_without_password() {
        for (text, shown) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("proxy.example:3128", "http://proxy.example:3128"),
            ("proxy.example", "http://proxy.example:80"),
            ("https://u:p@proxy.example/x?y", "https://proxy.example:443"),
            ("socks5://u:p@[::1]", "socks5://[::1]:1080"),
            ("socks5h://localhost:9050", "socks5h://localhost:9050"),
        ] {
            assert_eq!(text.parse::<ProxyServer>().unwrap().to_string(), shown, "{text}");
        }
        for wrong in ["", "ftp://a", "socks4://a", "http://", "http://a:99999", "socks5://"] {
            let error = wrong.parse::<ProxyServer>().unwrap_err().to_string();
            assert!(error.contains("socks5h://127.0.0.1:9050"), "{wrong}: {error}");
        }
    }

    #[test]
    fn the_environment_names_a_proxy_for_each_scheme() {
        let environment =
            [("http_proxy", "h:1"), ("HTTP_PROXY", "H:2"), ("HTTPS_PROXY", "s:3"), ("ALL_PROXY", "a:4")];
        assert_eq!(from_environment(&environment, "http://x.test/").as_deref(), Some("http://h:1"));
        assert_eq!(from_environment(&environment, "https://x.test/").as_deref(), Some("http://s:3"));
        let all = [("all_proxy", "socks5://a:4"), ("http_proxy", "")];
        assert_eq!(from_environment(&all, "http://x.test/").as_deref(), Some("socks5://a:4"));
        assert_eq!(from_environment(&all, "https://x.test/").as_deref(), Some("socks5://a:4"));
        assert_eq!(from_environment(&[], "http://x.test/"), None);
        assert_eq!(
            from_environment(&[("HTTP_PROXY", "h:1"), ("REQUEST_METHOD", "GET")], "http://x.test/"),
            None
        );
    }

    #[test]
    fn this_machine_is_asked_directly_unless_the_user_names_a_proxy() {
        let named = ProxyChoice::Named("p:1".parse().unwrap());
        for url in ["http://127.0.0.1/", "http://localhost:80/", "https://[::1]/"] {
            assert_eq!(from_environment(&[("all_proxy", "p:1")], url), None, "{url}");
            assert_eq!(chosen(&named, &[], url).as_deref(), Some("http://p:1"), "{url}");
        }
        assert_eq!(chosen(&ProxyChoice::Direct, &[("all_proxy", "p:1")], "http://x.test/"), None);
    }

    #[test]
    fn exceptions_are_domains_addresses_and_networks() {
        let named = ProxyChoice::Named("p:1".parse().unwrap());
        let is_direct = |list: &str, url: &str| chosen(&named, &[("NO_PROXY", list)], url).is_none();
        let list = "example.com, .other.test,10.0.0.0/8,[::1]";
        for url in [
            "http://example.com/",
            "https://www.example.com:8443/",
            "http://other.test/",
            "http://a.other.test/",
            "http://10.1.2.3/",
        ] {
            assert!(is_direct(list, url), "{url}");
        }
        assert!(!is_direct(list, "http://badexample.com/") && !is_direct(list, "http://11.0.0.1/"));
        assert!(is_direct("*", "http://anything.test/") && !is_direct("", "http://anything.test/"));
    }

    #[test]
    fn a_variable_that_names_no_proxy_is_named() {
        let variable = |name: &str| (name == "HTTPS_PROXY").then(|| "gopher://a".to_owned());
        let Err(error) = Proxies::with_environment(&ProxyChoice::Environment, variable) else {
            panic!("it names none");
        };
        assert!(error.contains("HTTPS_PROXY, 'gopher://a' is not a proxy's URL"), "{error}");
    }
}
