//! DNS: both families asked in parallel, and the records that answered.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::Query;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{Hosts, TokioResolver};

use super::{Resolution, Unresolved};
use crate::limits::{DNS_ATTEMPTS, DNS_TIMEOUT, RESOLUTION_DELAY};
use crate::log::{DnsRecord, DnsSource};

/// Name servers, and the table of hosts that is asked before them.
pub(super) struct NameServers {
    resolver: TokioResolver,
    hosts: Option<Hosts>,
}

impl NameServers {
    /// Those that the system names; none where it names none, or resolves names by other means than these.
    pub(super) fn of_system() -> Option<Self> {
        if !is_plain_dns(&std::fs::read_to_string("/etc/nsswitch.conf").unwrap_or_default()) {
            return None;
        }
        let (config, mut options) = hickory_resolver::system_conf::read_system_conf().ok()?;
        configure(&mut options);
        Self::new(config, options, Hosts::from_system().ok())
    }

    /// These and no others, at any port; the table of hosts is not asked.
    pub(super) fn these(servers: &[SocketAddr]) -> Option<Self> {
        let servers = servers
            .iter()
            .map(|server| {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
                    connection.port = server.port();
                    connection
                });
                NameServerConfig::new(server.ip(), true, connections.into())
            })
            .collect();
        let mut options = ResolverOpts::default();
        options.timeout = DNS_TIMEOUT;
        options.attempts = DNS_ATTEMPTS;
        configure(&mut options);
        Self::new(ResolverConfig::from_parts(None, Vec::new(), servers), options, None)
    }

    fn new(config: ResolverConfig, options: ResolverOpts, hosts: Option<Hosts>) -> Option<Self> {
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        *builder.options_mut() = options;
        Some(NameServers { resolver: builder.build().ok()?, hosts })
    }

    /// The addresses of a name and the records that led there.
    pub(super) async fn look_up(&self, name: &str) -> Result<Resolution, Unresolved> {
        if let Some(resolution) = self.in_hosts(name) {
            return Ok(resolution);
        }
        let mut ipv4 = std::pin::pin!(self.resolver.lookup(name, RecordType::A));
        let mut ipv6 = std::pin::pin!(self.resolver.lookup(name, RecordType::AAAA));
        // One family that is there does not wait long for the other.
        // <https://www.rfc-editor.org/rfc/rfc8305#section-3>
        let (ipv4, ipv6) = tokio::select! {
            found = &mut ipv4 => {
                let other = match &found {
                    Ok(_) => tokio::time::timeout(RESOLUTION_DELAY, ipv6).await.ok(),
                    Err(_) => Some(ipv6.await),
                };
                (Some(found), other)
            }
            found = &mut ipv6 => {
                let other = match &found {
                    Ok(_) => tokio::time::timeout(RESOLUTION_DELAY, ipv4).await.ok(),
                    Err(_) => Some(ipv4.await),
                };
                (other, Some(found))
            }
        };
        resolution(name, ipv4, ipv6)
    }

    fn in_hosts(&self, name: &str) -> Option<Resolution> {
        let hosts = self.hosts.as_ref()?;
        let parsed: Name = name.parse().ok()?;
        let addresses: Vec<IpAddr> = [RecordType::AAAA, RecordType::A]
            .into_iter()
            .filter_map(|kind| hosts.lookup_static_host(&Query::query(parsed.clone(), kind)))
            .flat_map(|lookup| {
                lookup.answers().iter().filter_map(|record| record.data.ip_addr()).collect::<Vec<_>>()
            })
            .collect();
        (!addresses.is_empty()).then(|| Resolution {
            name: name.to_owned(),
            source: DnsSource::Hosts,
            records: Vec::new(),
            addresses,
            ttl: Duration::MAX,
        })
    }
}

/// Answers are cached here, not there, where nobody could see them; the table of hosts is asked here too.
fn configure(options: &mut ResolverOpts) {
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options.preserve_intermediates = true;
}

/// Puts the answers of both families together.
fn resolution(
    name: &str,
    ipv4: Option<Result<Lookup, NetError>>,
    ipv6: Option<Result<Lookup, NetError>>,
) -> Result<Resolution, Unresolved> {
    let mut records: Vec<DnsRecord> = Vec::new();
    let mut addresses = Vec::new();
    let mut shortest = u32::MAX;
    let mut errors = Vec::new();
    for answer in [ipv6, ipv4].into_iter().flatten() {
        let lookup = match answer {
            Ok(lookup) => lookup,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        for record in lookup.answers() {
            if !matches!(record.data, RData::A(_) | RData::AAAA(_) | RData::CNAME(_)) {
                continue;
            }
            addresses.extend(record.data.ip_addr());
            shortest = shortest.min(record.ttl);
            let seen = DnsRecord {
                name: without_dot(&record.name),
                kind: record.record_type().to_string(),
                value: match &record.data {
                    RData::CNAME(alias) => without_dot(&alias.0),
                    other => other.to_string(),
                },
                ttl: Some(record.ttl),
            };
            // Both families are reached over the same aliases.
            if !records.iter().any(|other| {
                (&other.name, &other.kind, &other.value) == (&seen.name, &seen.kind, &seen.value)
            }) {
                records.push(seen);
            }
        }
    }
    if addresses.is_empty() {
        return Err(unresolved(errors));
    }
    // Aliases first; the sort is stable.
    records.sort_by_key(|record| record.kind != "CNAME");
    Ok(Resolution {
        name: name.to_owned(),
        source: DnsSource::Dns,
        records,
        addresses,
        ttl: Duration::from_secs(u64::from(shortest)),
    })
}

/// That a name has no address of either family holds for as long as the answer that says so soonest ends.
/// <https://www.rfc-editor.org/rfc/rfc2308#section-5>
fn unresolved(errors: Vec<NetError>) -> Unresolved {
    let mut reason = String::new();
    let mut ttl = Some(u32::MAX);
    for error in &errors {
        match error {
            NetError::Dns(DnsError::NoRecordsFound(no_records)) => {
                ttl = ttl.and_then(|ttl| Some(ttl.min(no_records.negative_ttl?)));
                if reason.is_empty() {
                    reason = if error.is_nx_domain() {
                        "there is no such name".to_owned()
                    } else {
                        "the name has no address".to_owned()
                    };
                }
            }
            other => {
                ttl = None;
                reason = match other {
                    NetError::Timeout => "the name server does not answer".to_owned(),
                    other => format!("the name server could not be asked: {other}"),
                };
            }
        }
    }
    if errors.is_empty() {
        return Unresolved::passing("the name has no address");
    }
    Unresolved { reason, ttl: ttl.map(|seconds| Duration::from_secs(u64::from(seconds))) }
}

fn without_dot(name: &Name) -> String {
    let text = name.to_utf8();
    text.strip_suffix('.').map(str::to_owned).unwrap_or(text)
}

/// Whether the system looks names up in its table of hosts and in DNS and nowhere else that DNS would not know of. Names
/// of the local network, which multicast and some of the others are for, are not asked here.
fn is_plain_dns(nsswitch: &str) -> bool {
    const KNOWN: [&str; 8] =
        ["files", "dns", "resolve", "myhostname", "mymachines", "mdns4_minimal", "mdns_minimal", "mdns4"];
    let hosts = nsswitch
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .find_map(|line| line.strip_prefix("hosts:"));
    let Some(hosts) = hosts else { return true };
    let mut services = hosts.split_whitespace().filter(|word| !word.starts_with('[') && !word.ends_with(']'));
    services.all(|service| KNOWN.contains(&service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_ways_than_dns_are_left_to_the_system() {
        assert!(is_plain_dns(""));
        assert!(is_plain_dns("passwd: files\nhosts: files mdns4_minimal [NOTFOUND=return] dns # usual"));
        assert!(is_plain_dns("hosts: files resolve [!UNAVAIL=return] dns"));
        assert!(!is_plain_dns("hosts: files nis dns"));
        assert!(!is_plain_dns("hosts:\tldap"));
    }
}
