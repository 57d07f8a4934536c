//! The way to a server: directly, or through a proxy, whose own failures are told as such.

use std::error::Error as StdError;

use url::{Host, Url};

use super::resolver::GuardedResolver;
use crate::error::FetchErrorKind;
use crate::proxy::ProxyServer;

/// The way to a server.
pub(super) struct Route {
    pub(super) client: reqwest::Client,
    pub(super) proxy: Option<ProxyServer>,
}

impl Route {
    /// What went wrong, where it is the proxy that did.
    pub(super) fn blame(&self, kind: FetchErrorKind, error: &reqwest::Error, url: &Url) -> FetchErrorKind {
        use FetchErrorKind as Kind;
        let Some(proxy) = &self.proxy else { return kind };
        let says = chain_of(error);
        // The server's name is resolved here for socks5: alone.
        let is_servers = says.contains("error resolving for socks proxy");
        let reason = match &kind {
            Kind::HostNotFound { .. } if is_servers => return kind,
            Kind::HostNotFound { reason, .. } => format!("its host name cannot be resolved ({reason})"),
            Kind::ConnectionRefused { .. } => "it refused the connection".to_owned(),
            // Nobody else speaks TLS there.
            Kind::Tls { reason, .. } if url.scheme() == "http" => reason.clone(),
            Kind::Timeout { .. } => kind.to_string(),
            Kind::ConnectionFailed { reason, .. } if says.contains("authorization required") => {
                format!("it asks for a user name and a password, or for others ({reason})")
            }
            Kind::ConnectionFailed { reason, .. } => reason.clone(),
            Kind::NoResponse { reason } if says.contains("tunnel") || proxy.is_socks() => reason.clone(),
            _ => return kind,
        };
        Kind::Proxy { proxy: proxy.to_string(), reason }
    }

    /// # Errors
    /// The answer is not the server's but the proxy's, which wants to know who asks.
    /// <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8>
    pub(super) fn check_status(&self, status: u16) -> Result<(), FetchErrorKind> {
        match &self.proxy {
            Some(proxy) if status == 407 => {
                let reason = "it asks for a user name and a password, or for others".to_owned();
                Err(FetchErrorKind::Proxy { proxy: proxy.to_string(), reason })
            }
            _ => Ok(()),
        }
    }
}

/// Where private addresses are refused, a name that a proxy would resolve is resolved here first. The proxy may get another
/// answer later on; that is out of reach from here.
///
/// # Errors
/// The host has private addresses, or none that is known here.
pub(super) async fn check_host_behind_proxy(
    resolver: &GuardedResolver,
    url: &Url,
) -> Result<(), FetchErrorKind> {
    let Some(Host::Domain(host)) = url.host().filter(|_| resolver.hosts.block_private) else { return Ok(()) };
    match resolver.addresses(host).await {
        Ok(addresses) if !addresses.is_empty() => Ok(()),
        Ok(_) => Err(unknown(host, "it has no address")),
        Err(error) if error.is::<crate::policy::hosts::PrivateAddress>() => {
            Err(FetchErrorKind::Blocked { reason: error.to_string() })
        }
        Err(error) => Err(unknown(host, &error.to_string())),
    }
}

fn unknown(host: &str, why: &str) -> FetchErrorKind {
    let reason = format!(
        "whether the host {host} is private cannot be told, for its name cannot be resolved here ({why}), and \
         --block-private is on"
    );
    FetchErrorKind::Blocked { reason }
}

/// All that an error and its causes say.
fn chain_of(error: &reqwest::Error) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said.push_str("; ");
        said.push_str(&cause.to_string());
        next = cause.source();
    }
    said
}
