//! The pen that one request writes its entry with.

use std::time::Instant;

use super::entry::{CacheVerdict, EntryId, Hop, HopResponse, Outcome};
use super::{NetworkLog, milliseconds};
use crate::error::FetchError;
use crate::headers::HeaderList;
use crate::request::{Priority, Request};
use crate::response::{Response, ResponseHead, Sizes, Timing};

/// Writes what becomes of one request. Dropped before the end, the request counts as cancelled.
pub(crate) struct EntryWriter {
    log: NetworkLog,
    id: EntryId,
    /// None where the log is full.
    index: Option<usize>,
    begun: Instant,
}

impl EntryWriter {
    pub(super) fn new(log: NetworkLog, id: EntryId, index: Option<usize>, begun: Instant) -> Self {
        EntryWriter { log, id, index, begun }
    }

    /// Which request this is about.
    pub(crate) fn id(&self) -> EntryId {
        self.id
    }

    fn change(&self, change: impl FnOnce(&mut super::LogEntry)) {
        if let Some(index) = self.index {
            self.log.with_entry(index, self.id, change);
        }
    }

    /// The log that is written.
    pub(crate) fn log(&self) -> &NetworkLog {
        &self.log
    }

    /// How soon the response is needed by now; none where the log does not know.
    pub(crate) fn priority(&self) -> Option<Priority> {
        let mut priority = None;
        self.change(|entry| priority = Some(entry.final_priority()));
        priority
    }

    /// When the request was asked for.
    pub(crate) fn begun(&self) -> Instant {
        self.begun
    }

    /// Notes what else there is to say.
    pub(crate) fn remark(&self, remark: String) {
        self.change(|entry| entry.remarks.push(remark));
    }

    /// Begins the entry of another request that this one brings about.
    pub(crate) fn begin_another(&self, request: &Request) -> EntryWriter {
        self.log.begin(request)
    }

    /// Adds an exchange with a server that begins.
    pub(crate) fn begin_hop(&self, url: &url::Url, method: &str, request_headers: &HeaderList) {
        self.change(|entry| {
            let started = milliseconds(self.begun.elapsed());
            entry.hops.push(Hop::begun(url, method, started, request_headers, &entry.cache));
        });
    }

    /// Changes the exchange that began last.
    pub(crate) fn change_hop(&self, change: impl FnOnce(&mut Hop)) {
        self.change(|entry| {
            if let Some(hop) = entry.hops.last_mut() {
                change(hop);
            }
        });
    }

    /// Notes the answer of the exchange that began last.
    pub(crate) fn hop_response(&self, response: HopResponse) {
        self.change_hop(|hop| hop.response = Some(response));
    }

    /// Notes the answer of the exchange that began last, by its head.
    pub(crate) fn hop_head(&self, head: &ResponseHead) {
        self.hop_response(HopResponse {
            status: head.status,
            status_text: head.status_text.clone(),
            protocol: head.protocol,
            headers: head.headers.clone(),
            remote_address: head.remote_address,
        });
    }

    /// Notes where the answer of the exchange that began last came from.
    pub(crate) fn cache_verdict(&self, verdict: CacheVerdict) {
        self.change(|entry| {
            if let Some(hop) = entry.hops.last_mut() {
                hop.cache = verdict.clone();
            }
            entry.cache = verdict;
        });
    }

    /// Notes the computed MIME type.
    pub(crate) fn mime_type(&self, head: &ResponseHead) {
        self.change(|entry| entry.mime_type = Some(head.mime_type.to_string()));
    }

    /// Notes the answer of a scheme that needs no network.
    pub(crate) fn local_head(&self, head: &ResponseHead) {
        let method = "GET";
        self.begin_hop(&head.url, method, &HeaderList::new());
        // It is noted when it is over; it began when it was asked for.
        self.change_hop(|hop| hop.started = 0.0);
        self.hop_head(head);
        self.mime_type(head);
    }

    /// The body is complete.
    pub(crate) fn finish(&self, timing: Timing, sizes: Sizes) {
        self.change_hop(|hop| (hop.timing, hop.sizes) = (timing, sizes));
        self.change(|entry| entry.outcome = Outcome::Done { timing, sizes });
    }

    /// The request failed.
    pub(crate) fn fail(&self, error: &FetchError) {
        self.change(|entry| entry.outcome = Outcome::Failed(error.clone()));
    }

    /// Notes an answer that came at once.
    pub(crate) fn settle(self, answer: &Result<Response, FetchError>) {
        match answer {
            Ok(response) => {
                self.local_head(&response.head);
                self.finish(response.timing, response.sizes);
            }
            Err(error) => self.fail(error),
        }
    }
}

impl Drop for EntryWriter {
    fn drop(&mut self) {
        self.change(super::LogEntry::cancel);
    }
}
