//! The fetcher that pages have outside of tests.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;
use url::Url;

use crate::cache::CacheLocation;
use crate::clock::Clock;
use crate::error::{FetchError, FetchErrorKind};
use crate::exchange::Fetch;
use crate::fetcher::Fetcher;
use crate::http::{Network, NetworkSetup};
use crate::limits::{Limits, MAX_REPORTS_UNDER_WAY, MAX_URL_BYTES};
use crate::log::{EntryWriter, NetworkLog};
use crate::mime_type::MimeType;
use crate::policy;
use crate::policy::bad_port;
use crate::policy::hosts::HostPolicy;
use crate::profile::Profile;
use crate::proxy::ProxyChoice;
use crate::request::Request;
use crate::schemes::{self, about::AboutPages};

/// Fetches from the network, from files and from the URL itself. Creating one costs nothing: the network's threads start
/// with the first `http:` or `https:` request.
pub struct NetworkFetcher {
    about_pages: AboutPages,
    log: NetworkLog,
    setup: NetworkSetup,
    /// Started with the first request that needs it.
    network: OnceLock<Result<Network, String>>,
    /// Reports under way: dropping one would cancel it.
    reports: Mutex<Vec<Fetch>>,
}

/// What a [`NetworkFetcher`] is made of.
#[derive(Default)]
pub struct NetworkFetcherBuilder {
    about_pages: AboutPages,
    setup: NetworkSetup,
}

impl NetworkFetcherBuilder {
    /// Other limits than the usual ones.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.setup.limits = limits;
        self
    }

    /// Adds a built-in page: path `start`, type `text/html;charset=utf-8` makes `about:start`. A type that cannot be
    /// parsed counts as `text/plain`.
    #[must_use]
    pub fn about_page(mut self, path: &str, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mime_type = MimeType::parse(content_type).unwrap_or_else(|| MimeType::from_essence("text/plain"));
        self.about_pages.insert(path, mime_type, body.into());
        self
    }

    /// Trusts an authority beside those that the system trusts: an X.509 certificate in DER.
    #[must_use]
    pub fn trust(mut self, certificate: Vec<u8>) -> Self {
        self.setup.trusted.push(certificate);
        self
    }

    /// Keeps cookies and the like in this profile; without one they last as long as the fetcher.
    #[must_use]
    pub fn profile(mut self, profile: Arc<Profile>) -> Self {
        self.setup.profile = profile;
        self
    }

    /// Which hosts may be asked; every one unless said otherwise.
    #[must_use]
    pub fn hosts(mut self, hosts: HostPolicy) -> Self {
        self.setup.hosts = Arc::new(hosts);
        self
    }

    /// Through which proxy requests go; the environment says so otherwise.
    #[must_use]
    pub fn proxy(mut self, proxy: ProxyChoice) -> Self {
        self.setup.proxy = proxy;
        self
    }

    /// Says a host's address, which is then not asked for. The host is in lower case and Punycode.
    #[must_use]
    pub fn host_address(mut self, host: &str, address: IpAddr) -> Self {
        Arc::make_mut(&mut self.setup.fixed_addresses).insert(host.to_owned(), address);
        self
    }

    /// Keeps the HTTP cache elsewhere than in memory, or has none.
    #[must_use]
    pub fn cache(mut self, location: CacheLocation) -> Self {
        self.setup.cache = location;
        self
    }

    /// Another clock than the system's.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.setup.clock = clock;
        self
    }

    /// Asks this name server, over UDP and TCP, instead of those of the system. Several are asked in turn.
    #[must_use]
    pub fn name_server(mut self, server: SocketAddr) -> Self {
        self.setup.name_servers.push(server);
        self
    }

    /// The fetcher.
    pub fn build(self) -> NetworkFetcher {
        NetworkFetcher {
            about_pages: self.about_pages,
            log: NetworkLog::new(),
            setup: self.setup,
            network: OnceLock::new(),
            reports: Mutex::default(),
        }
    }
}

impl NetworkFetcher {
    /// A fetcher with the usual limits and no built-in pages but `about:blank`.
    pub fn new() -> Self {
        NetworkFetcherBuilder::default().build()
    }

    /// A fetcher to be configured.
    pub fn builder() -> NetworkFetcherBuilder {
        NetworkFetcherBuilder::default()
    }

    /// What is kept of the user: cookies and the like.
    pub fn profile(&self) -> &Arc<Profile> {
        &self.setup.profile
    }

    /// Answers what has been entered into the log.
    fn answer(&self, request: Request, entry: EntryWriter) -> Fetch {
        // `http` asks the policies for each hop, once its URL is settled.
        let is_http = matches!(request.url.scheme(), "http" | "https");
        let check_policy = || if is_http { Ok(()) } else { policy::check_request(&request, 0, &entry) };
        if let Err(error) = check_url(&request).and_then(|()| check_policy()) {
            entry.fail(&error);
            return Fetch::failed(error);
        }
        let answer = match request.url.scheme() {
            "http" | "https" => {
                return match self.network() {
                    Ok(network) => network.fetch(request, entry),
                    Err(reason) => {
                        let kind = FetchErrorKind::Startup { reason: reason.clone() };
                        let error = FetchError::new(&request.url, kind);
                        entry.fail(&error);
                        Fetch::failed(error)
                    }
                };
            }
            "file" => return schemes::file::start(&request, &self.setup.limits, entry),
            _ => schemes::answer_from_url(&request.url).unwrap_or_else(|| match request.url.scheme() {
                "about" => self.about_pages.answer(&request.url),
                scheme => {
                    let kind = FetchErrorKind::UnsupportedScheme {
                        scheme: scheme.to_owned(),
                        suggestion: schemes::suggestion(scheme),
                    };
                    Err(FetchError::new(&request.url, kind))
                }
            }),
        };
        let answer = answer.and_then(|response| policy::admit(&request, response));
        entry.settle(&answer);
        match answer {
            Ok(response) => Fetch::answered(response),
            Err(error) => Fetch::failed(error),
        }
    }
}

/// What the last answers said to the profile is saved.
impl Drop for NetworkFetcher {
    fn drop(&mut self) {
        self.setup.profile.save();
    }
}

impl NetworkFetcher {
    fn network(&self) -> &Result<Network, String> {
        self.network.get_or_init(|| Network::start(&self.setup))
    }

    /// The network, for URLs that need it and may be asked for.
    fn network_for(&self, url: &Url) -> Option<&Network> {
        let is_http = matches!(url.scheme(), "http" | "https");
        if !is_http || bad_port::check(url).is_err() || self.setup.hosts.check_url(url).is_err() {
            return None;
        }
        self.network().as_ref().ok()
    }
}

impl Default for NetworkFetcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Fetcher for NetworkFetcher {
    /// <https://fetch.spec.whatwg.org/#main-fetch>
    fn start(&self, request: Request) -> Fetch {
        let _span = tracing::debug_span!("fetch", url = request.url.as_str()).entered();
        let entry = self.log.begin(&request);
        let id = entry.id();
        self.answer(request, entry).logged_as(id)
    }

    fn prefetch_dns(&self, url: &Url) {
        if let Some(network) = self.network_for(url) {
            network.prefetch_dns(url.clone());
        }
    }

    fn preconnect(&self, url: &Url) {
        if let Some(network) = self.network_for(url) {
            network.preconnect(url);
        }
    }

    fn send_report(&self, report: Request) {
        let mut reports = self.reports.lock();
        reports.retain(|report| !report.is_done());
        if reports.len() < MAX_REPORTS_UNDER_WAY {
            reports.push(self.start(report));
        }
    }

    fn wait_for_reports(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        for report in std::mem::take(&mut *self.reports.lock()) {
            // Delivered or not, nobody asks.
            let _ = report.wait(deadline.saturating_duration_since(Instant::now()));
        }
    }

    fn log(&self) -> &NetworkLog {
        &self.log
    }
}

fn check_url(request: &Request) -> Result<(), FetchError> {
    if request.url.as_str().len() <= MAX_URL_BYTES || request.url.scheme() == "data" {
        return Ok(());
    }
    let reason = format!("it is longer than {MAX_URL_BYTES} bytes");
    Err(FetchError::new(&request.url, FetchErrorKind::InvalidUrl { reason }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::*;

    fn fetch(fetcher: &NetworkFetcher, url: &str) -> Result<crate::Response, FetchError> {
        fetcher.fetch(Request::navigation(Url::parse(url).unwrap()), Duration::from_secs(5))
    }

    #[test]
    fn what_needs_no_network_does_not_start_it() {
        let file = tempfile::Builder::new().suffix(".html").tempfile().unwrap();
        let fetcher = NetworkFetcher::builder().about_page("start", "text/html", "<p>").build();
        let file_url = Url::from_file_path(file.path()).unwrap();
        for url in
            [file_url.as_str(), "data:,x", "about:blank", "about:start", "about:nothing", "gopher://a/"]
        {
            let _ = fetch(&fetcher, url);
        }
        assert!(fetcher.network.get().is_none());
        assert_eq!(fetcher.log().len(), 6);
    }

    #[test]
    fn built_in_pages_are_served_and_missing_ones_named() {
        let fetcher = NetworkFetcher::builder().about_page("start", "text/html;charset=utf-8", "<p>").build();
        let page = fetch(&fetcher, "about:start#x").unwrap();
        assert_eq!((&page.body[..], page.mime_type().charset()), (&b"<p>"[..], Some("utf-8")));
        let error = fetch(&fetcher, "about:stat").unwrap_err().to_string();
        assert!(error.contains("about:blank, about:start"), "{error}");
    }

    #[test]
    fn a_misspelt_scheme_is_answered_with_the_right_one() {
        let error = fetch(&NetworkFetcher::new(), "htps://example.com/").unwrap_err().to_string();
        assert!(error.contains("'htps' is not supported; did you mean https:?"), "{error}");
    }
}
