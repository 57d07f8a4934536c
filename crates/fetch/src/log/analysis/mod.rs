//! What a log says about how fast a page came: totals, what the first paint waited for, what could be better.

mod critical_path;
mod totals;
mod units;
mod warnings;

pub use critical_path::{CriticalPath, CriticalStep, critical_path};
pub use totals::{Totals, totals};
pub use units::{bytes, duration};
pub use warnings::{Warning, warnings};

use url::Url;

use super::LogEntry;

/// Whether a request was for this URL, or was sent on to it.
fn answers_for(entry: &LogEntry, url: &Url) -> bool {
    let is_same = |other: &Url| super::is_same_without_fragment(other, url);
    is_same(&entry.url) || entry.hops.iter().any(|hop| is_same(&hop.url))
}

/// Whether the network can have been asked.
fn is_http(entry: &LogEntry) -> bool {
    matches!(entry.url.scheme(), "http" | "https")
}
