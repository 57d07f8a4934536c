//! Names that are settled without asking, and names that name servers do not know.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::{Resolution, Unresolved};
use crate::log::DnsSource;

/// What the standards say of a name, whatever a server might answer; none where they say nothing.
pub(super) fn settle(name: &str) -> Option<Result<Resolution, Unresolved>> {
    if has_domain(name, "localhost") {
        // <https://datatracker.ietf.org/doc/html/draft-ietf-dnsop-let-localhost-be-localhost>
        return Some(Ok(Resolution {
            name: name.to_owned(),
            source: DnsSource::Rule,
            records: Vec::new(),
            addresses: vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)],
            ttl: Duration::MAX,
        }));
    }
    if has_domain(name, "invalid") {
        // <https://www.rfc-editor.org/rfc/rfc6761#section-6.4>
        return Some(Err(Unresolved::passing("names that end in .invalid have no address")));
    }
    None
}

/// Whether name servers know such names. Names of the local network are found in other ways: by multicast
/// (<https://www.rfc-editor.org/rfc/rfc6762#section-3>), or by whatever the system has for names of one label.
pub(super) fn is_for_dns(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.contains('.') && !has_domain(name, "local")
}

/// Whether a name's last label is this one.
fn has_domain(name: &str, label: &str) -> bool {
    name.trim_end_matches('.').rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn localhost_is_known_with_and_without_names_before_it() {
        for name in ["localhost", "a.LOCALHOST.", "Localhost."] {
            let resolution = settle(name).unwrap().unwrap();
            assert!(resolution.addresses.iter().all(IpAddr::is_loopback), "{name}");
        }
        assert!(settle("notlocalhost").is_none() && settle("a.localhost.com").is_none());
        assert!(settle("a.invalid").unwrap().is_err());
    }

    #[test]
    fn names_of_the_local_network_are_not_for_name_servers() {
        assert!(is_for_dns("example.org") && is_for_dns("a.example.org."));
        assert!(!is_for_dns("printer.local") && !is_for_dns("printer.Local.") && !is_for_dns("printer"));
    }
}
