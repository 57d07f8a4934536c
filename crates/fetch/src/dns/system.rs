//! The system's resolver: what it finds it finds by its own means, and does not say how or for how long.

use std::time::Duration;

use super::{Resolution, Unresolved};
use crate::limits::DNS_TTL_WITHOUT_RECORDS;
use crate::log::DnsSource;

/// Asks the system.
pub(super) async fn look_up(name: &str) -> Result<Resolution, Unresolved> {
    let found = tokio::net::lookup_host((name, 0)).await;
    let mut addresses = Vec::new();
    for address in found.map_err(|error| Unresolved::passing(error.to_string()))? {
        if !addresses.contains(&address.ip()) {
            addresses.push(address.ip());
        }
    }
    if addresses.is_empty() {
        return Err(Unresolved::passing("the system knows no address"));
    }
    Ok(Resolution {
        name: name.to_owned(),
        source: DnsSource::System,
        records: Vec::new(),
        addresses,
        ttl: Duration::from_secs(DNS_TTL_WITHOUT_RECORDS),
    })
}
