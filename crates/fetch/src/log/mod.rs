//! The network log: every request in the order of asking, and all that happened to it.

mod dump;
mod entry;
pub mod har;
mod writer;

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use parking_lot::Mutex;

use crate::limits::MAX_LOG_ENTRIES;
use crate::request::Request;
pub use entry::{CacheStore, CacheVerdict, Hop, HopResponse, LogEntry, Outcome};
pub(crate) use writer::EntryWriter;

/// The network log of a fetcher. Clones are the same log.
#[derive(Clone)]
pub struct NetworkLog {
    shared: Arc<Shared>,
}

struct Shared {
    started: Instant,
    started_at: SystemTime,
    entries: Mutex<Vec<LogEntry>>,
}

impl NetworkLog {
    /// An empty log that begins now.
    pub fn new() -> Self {
        let shared =
            Shared { started: Instant::now(), started_at: SystemTime::now(), entries: Mutex::default() };
        NetworkLog { shared: Arc::new(shared) }
    }

    /// Everything so far, in the order of asking.
    pub fn entries(&self) -> Vec<LogEntry> {
        self.shared.entries.lock().clone()
    }

    /// How many requests there were.
    pub fn len(&self) -> usize {
        self.shared.entries.lock().len()
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets everything, as when the user goes to another page. Requests under way are forgotten too.
    pub fn clear(&self) {
        self.shared.entries.lock().clear();
    }

    /// When the log began, on the clock of the wall.
    pub fn started_at(&self) -> SystemTime {
        self.shared.started_at
    }

    /// Adds a request. What becomes of it is told to the writer.
    pub(crate) fn begin(&self, request: &Request) -> EntryWriter {
        let now = Instant::now();
        let entry = LogEntry::begun(request, now, self.shared.started);
        let mut entries = self.shared.entries.lock();
        // Beyond the limit requests are served and not logged.
        let key = (entries.len() < MAX_LOG_ENTRIES).then(|| {
            entries.push(entry);
            entries.len() - 1
        });
        EntryWriter::new(self.clone(), key, now)
    }

    /// Changes an entry, unless the log was cleared since.
    fn with_entry(&self, index: usize, begun: Instant, change: impl FnOnce(&mut LogEntry)) {
        if let Some(entry) = self.shared.entries.lock().get_mut(index)
            && entry.begun == begun
        {
            change(entry);
        }
    }
}

impl Default for NetworkLog {
    fn default() -> Self {
        Self::new()
    }
}

/// Time in ms, to the microsecond.
pub(crate) fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}
