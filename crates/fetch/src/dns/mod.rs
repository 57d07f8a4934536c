//! From a host's name to its addresses.
//!
//! 1. [`rules`]: names that are never asked of a server, and those that only the system can resolve.
//! 2. [`cache`]: answers, also negative ones, for as long as they hold; askers of the same name share one lookup.
//! 3. [`name_servers`]: DNS itself, both address families in parallel, with the chain of records that led to them.
//! 4. [`system`]: the system's own resolver, where there is no name server to ask or the name needs more than DNS.
//!
//! Nothing is read and no thread started before the first name.

mod cache;
mod name_servers;
mod rules;
mod system;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::log::{DnsAnswer, DnsRecord, DnsSource};
use cache::Cache;
use name_servers::NameServers;

/// How a name became addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolution {
    /// The name that was looked up.
    pub(crate) name: String,
    /// Who knew.
    pub(crate) source: DnsSource,
    /// The answers, in order: aliases first.
    pub(crate) records: Vec<DnsRecord>,
    /// The addresses, the preferred family first.
    pub(crate) addresses: Vec<IpAddr>,
    /// How long it holds from when it was looked up.
    pub(crate) ttl: Duration,
}

impl Resolution {
    /// As the log has it.
    pub(crate) fn answer(&self, is_cached: bool) -> DnsAnswer {
        DnsAnswer { is_cached, source: self.source, records: self.records.clone() }
    }
}

/// Why a name has no addresses, and for how long that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unresolved {
    pub(crate) reason: String,
    /// None where it is worth asking again at once: the name server did not answer.
    ttl: Option<Duration>,
}

impl Unresolved {
    fn passing(reason: impl Into<String>) -> Self {
        Unresolved { reason: reason.into(), ttl: None }
    }
}

type Outcome = Result<Arc<Resolution>, Unresolved>;

/// Resolves names.
pub(crate) struct Resolver {
    /// Names whose addresses are said and not asked for.
    fixed: Arc<BTreeMap<String, IpAddr>>,
    /// Asked instead of the system's name servers.
    servers: Vec<SocketAddr>,
    /// Set up with the first name that needs it; none where the system has no name servers.
    name_servers: OnceLock<Option<NameServers>>,
    cache: Cache,
}

impl Resolver {
    /// A resolver that asks these name servers and nobody else, or where there are none those of the system.
    pub(crate) fn new(servers: Vec<SocketAddr>, fixed: Arc<BTreeMap<String, IpAddr>>) -> Self {
        Resolver { fixed, servers, name_servers: OnceLock::new(), cache: Cache::default() }
    }

    /// The addresses of a name, and whether they were known already.
    ///
    /// # Errors
    /// The name has none, or nobody could say.
    pub(crate) async fn resolve(&self, name: &str) -> Result<(Arc<Resolution>, bool), Unresolved> {
        if let Some(address) = self.fixed.get(name.trim_end_matches('.')) {
            let source = DnsSource::Fixed;
            let (name, addresses) = (name.to_owned(), vec![*address]);
            let resolution = Resolution { name, source, records: Vec::new(), addresses, ttl: Duration::MAX };
            return Ok((Arc::new(resolution), false));
        }
        if let Some(settled) = rules::settle(name) {
            return settled.map(|resolution| (Arc::new(resolution), false));
        }
        self.cache.get_or_look_up(name, || self.look_up(name)).await
    }

    async fn look_up(&self, name: &str) -> Outcome {
        let name_servers = self.name_servers.get_or_init(|| match self.servers.as_slice() {
            [] => NameServers::of_system(),
            servers => NameServers::these(servers),
        });
        let found = match name_servers {
            Some(name_servers) if !self.servers.is_empty() || rules::is_for_dns(name) => {
                name_servers.look_up(name).await
            }
            _ => system::look_up(name).await,
        };
        found.map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_for_names_that_rules_settle() {
        let resolver = Resolver::new(Vec::new(), Arc::default());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (resolution, _) = runtime.block_on(resolver.resolve("localhost")).unwrap();
        assert_eq!(resolution.source, DnsSource::Rule);
        assert!(runtime.block_on(resolver.resolve("a.invalid")).is_err());
        assert!(resolver.name_servers.get().is_none());
    }
}
