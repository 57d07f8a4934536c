//! The door to the network: a page is given a [`Fetcher`] and knows no other.

use std::time::Duration;

use url::Url;

use crate::error::{FetchError, FetchErrorKind, Phase};
use crate::exchange::Fetch;
use crate::log::NetworkLog;
use crate::request::Request;
use crate::response::Response;

/// Answers requests: from the network, from a table in tests, from a recording.
pub trait Fetcher: Send + Sync {
    /// Starts a request and returns at once.
    fn start(&self, request: Request) -> Fetch;

    /// Looks up the address of a URL's host, so that a later request need not wait for it: `dns-prefetch`. Fetchers without
    /// a network have nothing to do.
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-dns-prefetch>
    fn prefetch_dns(&self, _url: &Url) {}

    /// Opens a connection to a URL's origin, TLS included, that a later request will use: `preconnect`. Where one is open or
    /// being opened there is nothing to do; nothing is said of a failure. Fetchers without a network have nothing to do.
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-preconnect>
    fn preconnect(&self, _url: &Url) {}

    /// Sends a report and waits for nothing: what the server answers interests nobody. Fetchers without a network have
    /// nothing to do.
    /// <https://www.w3.org/TR/reporting-1/#try-delivery>
    fn send_report(&self, _report: Request) {}

    /// Waits for reports that are under way, not longer than `patience`.
    fn wait_for_reports(&self, _patience: Duration) {}

    /// What was asked for and what came of it.
    fn log(&self) -> &NetworkLog;

    /// Starts a request and waits for the whole response.
    ///
    /// # Errors
    /// The request failed or took longer than `timeout`.
    fn fetch(&self, request: Request, timeout: Duration) -> Result<Response, FetchError> {
        let url = request.url.to_string();
        self.start(request).wait(timeout).unwrap_or_else(|| {
            Err(FetchError::new(url, FetchErrorKind::Timeout { phase: Phase::Whole, after: timeout }))
        })
    }
}
