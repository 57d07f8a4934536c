//! Names to addresses, those that the user fixes and those that may not be asked included.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::connect_timing::TimedResolver;
use crate::policy::hosts::HostPolicy;

/// A resolver that gives no address that may not be asked.
#[derive(Clone)]
pub(super) struct GuardedResolver {
    pub(super) hosts: Arc<HostPolicy>,
    /// Names whose addresses are said and not asked for.
    pub(super) fixed: Arc<BTreeMap<String, IpAddr>>,
    /// The proxy, which the user trusts, wherever it is.
    pub(super) proxy: Option<String>,
}

impl GuardedResolver {
    /// The addresses of a host that may be asked.
    ///
    /// # Errors
    /// There are none.
    pub(super) async fn addresses(
        &self,
        host: &str,
    ) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let fixed =
            self.fixed.get(host.trim_end_matches('.')).map(|address| vec![SocketAddr::new(*address, 0)]);
        let found: Vec<SocketAddr> = match fixed {
            Some(addresses) => addresses,
            None => TimedResolver.resolve(host.parse()?).await?.collect(),
        };
        if self.proxy.as_deref() == Some(host) {
            return Ok(found);
        }
        let addresses: Vec<IpAddr> = found.iter().map(SocketAddr::ip).collect();
        let allowed = self.hosts.check_addresses(host, &addresses)?;
        Ok(found.into_iter().filter(|address| allowed.contains(&address.ip())).collect())
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.addresses(name.as_str()).await?;
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
