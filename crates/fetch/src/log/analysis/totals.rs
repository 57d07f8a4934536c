//! How much there was in all.

use crate::log::{CacheVerdict, LogSnapshot, Outcome};

/// How much there was in all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Requests, those that need no network included.
    pub requests: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that the cache answered without the network.
    pub from_cache: usize,
    /// Bytes of bodies as transferred.
    pub transferred: u64,
    /// Bytes of bodies, their content codings undone.
    pub decoded: u64,
    /// From the first asking to the last end, in ms.
    pub time: f64,
}

/// How much there was in all.
pub fn totals(snapshot: &LogSnapshot) -> Totals {
    let mut totals = Totals { requests: snapshot.entries.len(), ..Totals::default() };
    for entry in &snapshot.entries {
        totals.failed += usize::from(matches!(entry.outcome, Outcome::Failed(_)));
        totals.from_cache += usize::from(matches!(entry.cache, CacheVerdict::Hit { .. }));
        for hop in &entry.hops {
            if matches!(hop.cache, CacheVerdict::Network { .. } | CacheVerdict::Recording) {
                totals.transferred += hop.sizes.encoded;
            }
            totals.decoded += hop.sizes.decoded;
        }
    }
    let begun = snapshot.entries.iter().map(|entry| entry.started).reduce(f64::min);
    let ended = snapshot.entries.iter().map(|entry| entry.ended()).reduce(f64::max);
    totals.time = begun.zip(ended).map_or(0.0, |(begun, ended)| ended - begun);
    totals
}
