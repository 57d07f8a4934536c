//! A fetcher that stands before another one and keeps every answer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use serde_json::Value;
use url::Url;

use crate::exchange::{Arrival, Fetch};
use crate::fetcher::Fetcher;
use crate::limits::{MAX_LOG_ENTRIES, MAX_RECORDED_BODY_BYTES, MAX_RECORDING_BYTES};
use crate::log::har::{KeptAnswer, KeptAnswers, KeptBody, snapshot_to_har};
use crate::log::{EntryId, LogEntry, LogSnapshot, NetworkLog};
use crate::request::Request;

/// Keeps every answer of another fetcher. What is kept is bounded; a body that is too long is left out, and a replay says
/// so.
pub struct RecordingFetcher {
    inner: Arc<dyn Fetcher>,
    tape: Arc<Mutex<Tape>>,
}

#[derive(Default)]
struct Tape {
    answers: KeptAnswers,
    /// Requests that are over. The log may be cleared while we record, as when a window goes to another page.
    over: BTreeMap<EntryId, LogEntry>,
    /// Bytes of all bodies.
    bytes: u64,
}

impl RecordingFetcher {
    /// Records what `inner` answers from now on.
    pub fn new(inner: Arc<dyn Fetcher>) -> Self {
        RecordingFetcher { inner, tape: Arc::default() }
    }

    /// Everything so far as HAR 1.2 with bodies.
    pub fn to_har(&self) -> Value {
        let LogSnapshot { started_at, pages, entries, scripts } = self.inner.log().snapshot();
        let tape = self.tape.lock();
        let still_there: BTreeMap<EntryId, LogEntry> =
            entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let forgotten = tape.over.iter().filter(|(id, _)| !still_there.contains_key(id));
        let mut entries: BTreeMap<EntryId, LogEntry> = forgotten
            // The pages of another log.
            .map(|(id, entry)| (*id, LogEntry { page: None, ..entry.clone() }))
            .collect();
        entries.extend(still_there);
        entries.retain(|_, entry| !matches!(entry.url.scheme(), "data" | "about"));
        let entries = entries.into_values().collect();
        let snapshot = LogSnapshot { started_at, pages, entries, scripts };
        snapshot_to_har(&snapshot, Some(&tape.answers))
    }
}

impl Tape {
    fn hear(&mut self, id: EntryId, arrival: Arrival<'_>, log: &NetworkLog) {
        // What the log has no room for cannot be written either.
        if self.answers.len() >= MAX_LOG_ENTRIES && !self.answers.contains_key(&id) {
            return;
        }
        let answer = self.answers.entry(id).or_default();
        match arrival {
            Arrival::Head(head) => answer.head = Some(Arc::clone(head)),
            Arrival::Chunk(chunk) => self.bytes += keep(answer, chunk, self.bytes),
            Arrival::End(..) | Arrival::Failed(_) => {
                if let Some(entry) = log.entry(id) {
                    self.over.insert(id, entry);
                }
            }
        }
    }
}

/// Keeps a piece of a body. Returns how many bytes that adds to the `recorded` ones.
fn keep(answer: &mut KeptAnswer, chunk: &Bytes, recorded: u64) -> u64 {
    let KeptBody::Bytes(pieces) = &mut answer.body else { return 0 };
    let body: u64 = pieces.iter().map(|piece| piece.len() as u64).sum();
    let added = chunk.len() as u64;
    if body + added > MAX_RECORDED_BODY_BYTES || recorded + added > MAX_RECORDING_BYTES {
        answer.body = KeptBody::TooLarge;
        return 0;
    }
    pieces.push(chunk.clone());
    added
}

impl Fetcher for RecordingFetcher {
    fn start(&self, request: Request) -> Fetch {
        let needs_nothing = matches!(request.url.scheme(), "data" | "about");
        let fetch = self.inner.start(request);
        if let Some(id) = fetch.entry().filter(|_| !needs_nothing) {
            let (tape, log) = (Arc::clone(&self.tape), self.inner.log().clone());
            fetch.observe(Box::new(move |arrival| tape.lock().hear(id, arrival, &log)));
        }
        fetch
    }

    fn prefetch_dns(&self, url: &Url) {
        self.inner.prefetch_dns(url);
    }

    fn preconnect(&self, url: &Url) {
        self.inner.preconnect(url);
    }

    fn send_report(&self, report: Request) {
        self.inner.send_report(report);
    }

    fn wait_for_reports(&self, patience: Duration) {
        self.inner.wait_for_reports(patience);
    }

    fn log(&self) -> &NetworkLog {
        self.inner.log()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_too_long_is_left_out_whole() {
        let mut answer = KeptAnswer::default();
        let chunk = Bytes::from(vec![0; 1000]);
        assert_eq!(keep(&mut answer, &chunk, 0), 1000);
        assert_eq!(keep(&mut answer, &chunk, MAX_RECORDING_BYTES - 999), 0);
        assert_eq!(answer.body, KeptBody::TooLarge);
        assert_eq!(keep(&mut answer, &chunk, 0), 0);
    }
}
