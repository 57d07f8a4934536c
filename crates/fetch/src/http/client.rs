//! The HTTP clients, configured so that they do only what is their own: connections and the wire format.

use std::sync::OnceLock;

use url::Url;

use super::connect_timing::{ConnectLayer, TimedResolver};
use super::tls;
use crate::limits::{
    HTTP_2_CONNECTION_WINDOW_BYTES, HTTP_2_STREAM_WINDOW_BYTES, IDLE_CONNECTION_TIMEOUT, Limits,
    MAX_HEADER_FIELDS, MAX_HEADER_LIST_BYTES, MAX_IDLE_CONNECTIONS_PER_HOST,
};
use crate::policy::trustworthy::is_loopback;

/// One client for this machine's own servers, one for all others, which are asked through the proxy that the environment
/// names (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`). Each is built when it is needed.
pub(super) struct Clients {
    limits: Limits,
    tls: rustls::ClientConfig,
    direct: OnceLock<Result<reqwest::Client, String>>,
    proxied: OnceLock<Result<reqwest::Client, String>>,
}

impl Clients {
    /// `trusted` are certificates of authorities beside the system's, in DER.
    pub(super) fn new(limits: &Limits, trusted: &[Vec<u8>]) -> Self {
        Clients {
            limits: limits.clone(),
            tls: tls::client_config(trusted),
            direct: OnceLock::new(),
            proxied: OnceLock::new(),
        }
    }

    /// The client for a URL.
    pub(super) fn for_url(&self, url: &Url) -> Result<&reqwest::Client, String> {
        let client = if is_loopback(url) {
            self.direct.get_or_init(|| self.build(reqwest::ClientBuilder::no_proxy))
        } else {
            self.proxied.get_or_init(|| self.build(|builder| builder))
        };
        client.as_ref().map_err(Clone::clone)
    }

    /// Redirects, cookies and content codings are done as the Fetch standard says, not by the client.
    fn build(
        &self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<reqwest::Client, String> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .tls_backend_preconfigured(self.tls.clone())
            .dns_resolver(TimedResolver)
            .connector_layer(ConnectLayer)
            .connect_timeout(self.limits.connect_timeout)
            .pool_idle_timeout(IDLE_CONNECTION_TIMEOUT)
            .pool_max_idle_per_host(MAX_IDLE_CONNECTIONS_PER_HOST)
            .tcp_nodelay(true)
            // Servers that know only one spelling are common; browsers send this one.
            .http1_title_case_headers()
            // What browsers forgive.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_max_headers(MAX_HEADER_FIELDS)
            .http2_max_header_list_size(MAX_HEADER_LIST_BYTES)
            .http2_initial_stream_window_size(HTTP_2_STREAM_WINDOW_BYTES)
            .http2_initial_connection_window_size(HTTP_2_CONNECTION_WINDOW_BYTES);
        configure(builder).build().map_err(|error| error.to_string())
    }
}
