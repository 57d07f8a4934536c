//! The requests of the network log as spans of a trace.

use std::time::{Duration, Instant};

use fanlight_base::trace::ChromeTrace;
use fanlight_fetch::NetworkLog;
use fanlight_fetch::log::Outcome;
use serde_json::json;

/// Requests stand on tracks of their own, below that of the stages.
const FIRST_TRACK: u32 = 100;

/// Adds every request that has ended to a trace, each on a track of its own.
pub fn add_requests(trace: &ChromeTrace, log: &NetworkLog) {
    let now = Instant::now();
    let since_start = log.started_at().elapsed().unwrap_or_default();
    let Some(origin) = now.checked_sub(since_start) else { return };
    let span = |ms: f64| Duration::from_secs_f64(ms.max(0.0) / 1000.0);
    for (track, entry) in (FIRST_TRACK..).zip(log.entries()) {
        let Outcome::Done { timing, sizes } = &entry.outcome else { continue };
        trace.add_span(
            track,
            "fetch",
            entry.url.as_str(),
            origin + span(entry.started),
            span(timing.total),
            json!({ "initiator": entry.initiator.to_string(), "bytes": sizes.decoded }),
        );
    }
}
