//! The HTTP client, configured so that it does only what is its own: connections and the wire format.

use crate::limits::{
    IDLE_CONNECTION_TIMEOUT, Limits, MAX_HEADER_FIELDS, MAX_HEADER_LIST_BYTES, MAX_IDLE_CONNECTIONS_PER_HOST,
};

use super::connect_timing::{ConnectLayer, TimedResolver};
use super::tls;

/// Redirects, cookies and content codings are done as the Fetch standard says, not by the client.
pub(super) fn build(limits: &Limits, trusted: &[Vec<u8>]) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .tls_backend_preconfigured(tls::client_config(trusted))
        .dns_resolver(TimedResolver)
        .connector_layer(ConnectLayer)
        .connect_timeout(limits.connect_timeout)
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
        .http2_adaptive_window(true)
        .build()
}
