//! The HTTP clients, configured so that they do only what is their own: connections and the wire format.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use url::Url;

use super::connect_timing::ConnectLayer;
use super::resolver::GuardedResolver;
use super::route::{self, Route};
use super::{NetworkSetup, tls};
use crate::error::FetchErrorKind;
use crate::limits::{
    HTTP_2_CONNECTION_WINDOW_BYTES, HTTP_2_STREAM_WINDOW_BYTES, IDLE_CONNECTION_TIMEOUT, Limits,
    MAX_HEADER_FIELDS, MAX_HEADER_LIST_BYTES, MAX_IDLE_CONNECTIONS_PER_HOST,
};
use crate::proxy::{Proxies, ProxyServer};

/// One client for the servers that are asked directly, and one for each proxy. Each is built when it is needed.
pub(super) struct Clients {
    limits: Limits,
    tls: rustls::ClientConfig,
    resolver: GuardedResolver,
    proxies: Proxies,
    direct: OnceLock<Result<reqwest::Client, String>>,
    proxied: Mutex<Vec<(ProxyServer, reqwest::Client)>>,
}

impl Clients {
    /// # Errors
    /// The environment names a proxy that is none.
    pub(super) fn new(setup: &NetworkSetup) -> Result<Self, String> {
        let resolver = GuardedResolver {
            hosts: Arc::clone(&setup.hosts),
            fixed: Arc::clone(&setup.fixed_addresses),
            proxy: None,
        };
        Ok(Clients {
            limits: setup.limits.clone(),
            tls: tls::client_config(&setup.trusted),
            resolver,
            proxies: Proxies::new(&setup.proxy)?,
            direct: OnceLock::new(),
            proxied: Mutex::default(),
        })
    }

    /// The way to a server, once it is known that it may be taken.
    pub(super) async fn route(&self, url: &Url) -> Result<Route, FetchErrorKind> {
        let startup = |reason| FetchErrorKind::Startup { reason };
        let Some(proxy) = self.proxies.for_url(url) else {
            let client = self.direct.get_or_init(|| self.build(self.resolver.clone(), None));
            return Ok(Route { client: client.clone().map_err(startup)?, proxy: None });
        };
        route::check_host_behind_proxy(&self.resolver, url).await?;
        let mut proxied = self.proxied.lock();
        let client = match proxied.iter().find(|(known, _)| known == proxy) {
            Some((_, client)) => client.clone(),
            None => {
                let name = proxy.url().host_str().map(str::to_owned);
                let resolver = GuardedResolver { proxy: name, ..self.resolver.clone() };
                let client = self.build(resolver, Some(proxy)).map_err(startup)?;
                proxied.push((proxy.clone(), client.clone()));
                client
            }
        };
        Ok(Route { client, proxy: Some(proxy.clone()) })
    }

    /// Redirects, cookies and content codings are done as the Fetch standard says, not by the client.
    fn build(
        &self,
        resolver: GuardedResolver,
        proxy: Option<&ProxyServer>,
    ) -> Result<reqwest::Client, String> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .tls_backend_preconfigured(self.tls.clone())
            .dns_resolver(resolver)
            .no_proxy()
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
        if let Some(proxy) = proxy {
            let every = reqwest::Proxy::all(proxy.url().clone()).map_err(|error| error.to_string())?;
            builder = builder.proxy(every);
        }
        builder.build().map_err(|error| error.to_string())
    }
}
