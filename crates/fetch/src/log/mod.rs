//! The network log: every request in the order of asking, and all that happened to it.

pub mod analysis;
mod connection;
mod connection_details;
mod dump;
mod entry;
pub mod facts;
pub mod har;
pub mod intermediaries;
mod page;
pub mod report;
#[cfg(test)]
mod sample;
mod scripts;
mod writer;

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use parking_lot::Mutex;
use url::Url;

use crate::limits::MAX_LOG_ENTRIES;
use crate::request::{Destination, Priority, Request};
pub use connection::{
    CertificateDetails, ConnectionUse, DnsAnswer, DnsRecord, DnsSource, TlsDetails, TriedAddress,
    TriedOutcome,
};
pub use entry::{
    CacheStore, CacheVerdict, EntryId, Hop, HopResponse, Informational, LogEntry, Outcome, PriorityChange,
};
pub use page::{Moments, PageEntry, PageId, PageMoment};
pub use scripts::{ScriptMoment, ScriptNote, ScriptVerdict};
pub(crate) use writer::EntryWriter;

/// The network log of a fetcher. Clones are the same log.
#[derive(Clone)]
pub struct NetworkLog {
    shared: Arc<Shared>,
}

struct Shared {
    started: Instant,
    started_at: SystemTime,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: Vec<LogEntry>,
    pages: Vec<PageEntry>,
    scripts: Vec<ScriptMoment>,
    /// How many requests there ever were.
    begun: u64,
    /// How many pages there ever were.
    pages_begun: u64,
}

/// What a log held at one moment: a value of its own.
#[derive(Clone, Debug)]
pub struct LogSnapshot {
    /// When the log began, on the clock of the wall.
    pub started_at: SystemTime,
    /// The pages, in the order of asking.
    pub pages: Vec<PageEntry>,
    /// The requests, in the order of asking.
    pub entries: Vec<LogEntry>,
    /// The scripts, in the order in which they may run.
    pub scripts: Vec<ScriptMoment>,
}

impl NetworkLog {
    /// An empty log that begins now.
    pub fn new() -> Self {
        let shared =
            Shared { started: Instant::now(), started_at: SystemTime::now(), state: Mutex::default() };
        NetworkLog { shared: Arc::new(shared) }
    }

    /// Everything so far, in the order of asking.
    pub fn entries(&self) -> Vec<LogEntry> {
        self.shared.state.lock().entries.clone()
    }

    /// Everything so far, as a value of its own.
    pub fn snapshot(&self) -> LogSnapshot {
        let state = self.shared.state.lock();
        LogSnapshot {
            started_at: self.shared.started_at,
            pages: state.pages.clone(),
            entries: state.entries.clone(),
            scripts: state.scripts.clone(),
        }
    }

    /// One request, unless it has been forgotten.
    pub fn entry(&self, id: EntryId) -> Option<LogEntry> {
        self.shared.state.lock().entries.iter().rev().find(|entry| entry.id == id).cloned()
    }

    /// How many requests there were.
    pub fn len(&self) -> usize {
        self.shared.state.lock().entries.len()
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets everything, as when the user goes to another page. Requests under way are forgotten too.
    pub fn clear(&self) {
        let mut state = self.shared.state.lock();
        state.entries.clear();
        state.pages.clear();
        state.scripts.clear();
    }

    /// When the log began, on the clock of the wall.
    pub fn started_at(&self) -> SystemTime {
        self.shared.started_at
    }

    /// A page begins to load: the requests from here on belong to it.
    pub fn begin_page(&self, url: &Url) -> PageId {
        let started = milliseconds(self.shared.started.elapsed());
        let mut state = self.shared.state.lock();
        let id = PageId(state.pages_begun);
        state.pages_begun += 1;
        let moments = Moments::default();
        // Beyond the limit pages are loaded and not logged.
        if state.pages.len() < MAX_LOG_ENTRIES {
            state.pages.push(PageEntry { id, url: url.clone(), started, title: None, moments });
        }
        id
    }

    /// Notes that a page has reached a moment, now. Later news of the same moment change nothing, nor does a page that the
    /// log has forgotten.
    pub fn page_reached(&self, id: PageId, moment: PageMoment) {
        let now = milliseconds(self.shared.started.elapsed());
        if let Some(page) = self.shared.state.lock().pages.iter_mut().find(|page| page.id == id) {
            page.reach(moment, (now - page.started).max(0.0));
        }
    }

    /// Notes a page's title.
    pub fn page_title(&self, id: PageId, title: &str) {
        if let Some(page) = self.shared.state.lock().pages.iter_mut().find(|page| page.id == id) {
            page.title = Some(title.to_owned()).filter(|title| !title.is_empty());
        }
    }

    /// Notes that the turn of a script of the page that began last has come, now, or will not come.
    pub fn note_script(&self, note: ScriptNote) {
        let at = milliseconds(self.shared.started.elapsed());
        let mut state = self.shared.state.lock();
        let page = state.pages.len().checked_sub(1);
        // Beyond the limit scripts are not logged.
        if state.scripts.len() < MAX_LOG_ENTRIES {
            state.scripts.push(ScriptMoment { page, at, note });
        }
    }

    /// Notes that rendering waits for what was asked for at a URL, where that came out after it had been asked for.
    /// <https://fetch.spec.whatwg.org/#request-render-blocking>
    pub fn mark_render_blocking(&self, url: &Url, destination: Destination) {
        let mut state = self.shared.state.lock();
        let asked = state
            .entries
            .iter_mut()
            .rev()
            .find(|entry| entry.destination == destination && is_same_without_fragment(&entry.url, url));
        if let Some(entry) = asked {
            entry.is_render_blocking = true;
        }
    }

    /// Notes that a request under way is needed sooner or later than it was.
    pub fn change_priority(&self, id: EntryId, priority: Priority) {
        let now = milliseconds(self.shared.started.elapsed());
        let mut state = self.shared.state.lock();
        let entry = state.entries.iter_mut().rev().find(|entry| entry.id == id);
        if let Some(entry) = entry.filter(|entry| entry.final_priority() != priority) {
            let at = (now - entry.started).max(0.0);
            entry.priority_changes.push(PriorityChange { at, priority });
        }
    }

    /// Notes that nobody wants the response to a request any more, where none is noted yet. It counts from here on, however
    /// long the network needs to notice.
    pub(crate) fn cancel(&self, id: EntryId) {
        let mut state = self.shared.state.lock();
        if let Some(entry) = state.entries.iter_mut().rev().find(|entry| entry.id == id) {
            entry.cancel();
        }
    }

    /// Adds a request. What becomes of it is told to the writer.
    pub(crate) fn begin(&self, request: &Request) -> EntryWriter {
        let now = Instant::now();
        let mut state = self.shared.state.lock();
        let id = EntryId(state.begun);
        state.begun += 1;
        let page = state.pages.len().checked_sub(1);
        // Beyond the limit requests are served and not logged.
        let index = (state.entries.len() < MAX_LOG_ENTRIES).then(|| {
            state.entries.push(LogEntry::begun(request, id, page, now, self.shared.started));
            state.entries.len() - 1
        });
        EntryWriter::new(self.clone(), id, index, now)
    }

    /// Changes an entry, unless the log was cleared since.
    fn with_entry(&self, index: usize, id: EntryId, change: impl FnOnce(&mut LogEntry)) {
        if let Some(entry) = self.shared.state.lock().entries.get_mut(index)
            && entry.id == id
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

fn is_same_without_fragment(one: &Url, other: &Url) -> bool {
    one[..url::Position::AfterQuery] == other[..url::Position::AfterQuery]
}

/// Time in ms, to the microsecond.
pub(crate) fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}
