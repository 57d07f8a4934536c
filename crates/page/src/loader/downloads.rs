//! Everything that a page refers to, fetched once for each way to ask for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_fetch::log::EntryId;
use fanlight_fetch::{
    Credentials, Destination, Fetch, FetchError, Fetcher, Mode, Priority, Request, Response, Url,
};

use super::priorities::{Discovery, Place, Priorities};
use crate::wake::Signal;

/// What of a download is there.
enum State {
    /// Something is still to come.
    Pending(Fetch),
    /// Everything has come; taken by who asked for it.
    Ready(Box<Response>),
    /// Nothing will come.
    Failed(FetchError),
    /// It came, and was taken.
    Taken,
}

struct Download {
    state: State,
    priority: Priority,
    /// Its place in the network log.
    entry: Option<EntryId>,
    /// Whether a link has asked for it and nothing else yet.
    is_unused_preload: bool,
    /// The line of that link.
    line: Option<u32>,
}

/// What came of a download, told once.
pub(crate) type Arrival = Result<Box<Response>, FetchError>;

/// A request, with what tells how soon it is needed.
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) place: Place,
}

impl From<Request> for Asked {
    fn from(request: Request) -> Self {
        Asked { request, place: Place::default() }
    }
}

/// Names a download: what is asked for in another way is another, as servers may answer otherwise. So it is decided, too,
/// whether a preload is what an element asks for.
/// <https://html.spec.whatwg.org/multipage/links.html#match-preload-type>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DownloadKey(Arc<Way>);

/// What is asked for, and in which way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Without its fragment.
    url: Url,
    destination: Destination,
    mode: Mode,
    credentials: Credentials,
    /// Policies may let one element have it and another one not.
    nonce: String,
    integrity: String,
}

impl DownloadKey {
    pub(crate) fn of(request: &Request) -> Self {
        let mut url = request.url.clone();
        url.set_fragment(None);
        let Request { destination, mode, credentials, .. } = *request;
        let (nonce, integrity) = (request.nonce.clone(), request.integrity.clone());
        DownloadKey(Arc::new(Way { url, destination, mode, credentials, nonce, integrity }))
    }
}

/// The downloads of a page.
#[derive(Default)]
pub(crate) struct Downloads {
    all: BTreeMap<DownloadKey, Download>,
    priorities: Priorities,
    started: usize,
    pending: usize,
}

impl Downloads {
    /// Starts a request at the priority that its place gives it. Where the same was started before, that is what is asked
    /// for, sooner if need be.
    pub(crate) fn start(&mut self, asked: Asked, fetcher: &dyn Fetcher, signal: &Signal) {
        let Asked { mut request, place } = asked;
        let key = DownloadKey::of(&request);
        // Scripts, which do not run, may have a use for other scripts.
        let is_preload = place.discovery == Discovery::Preload && request.destination != Destination::Script;
        if let Some(known) = self.all.get_mut(&key) {
            known.is_unused_preload &= place.discovery != Discovery::Use;
            if request.render_blocking {
                fetcher.log().mark_render_blocking(&request.url, request.destination);
            }
            known.raise(self.priorities.assign_again(&request, &place), fetcher);
            return;
        }
        request.priority = self.priorities.assign(&request, &place);
        let (priority, line) = (request.priority, request.initiator.line);
        let fetch = fetcher.start(request);
        fetch.set_waker(signal.raiser());
        let entry = fetch.entry();
        let state = State::Pending(fetch);
        self.all.insert(key, Download { state, priority, entry, is_unused_preload: is_preload, line });
        self.started += 1;
        self.pending += 1;
    }

    /// Says that a download is needed sooner, if it is under way at a lower priority.
    pub(crate) fn raise(&mut self, key: &DownloadKey, priority: Priority, fetcher: &dyn Fetcher) {
        if let Some(download) = self.all.get_mut(key) {
            download.raise(priority, fetcher);
        }
    }

    /// Notices what has come. Returns whether anything has.
    pub(crate) fn poll(&mut self) -> bool {
        if self.pending == 0 {
            return false;
        }
        let mut any = false;
        for download in self.all.values_mut() {
            let State::Pending(fetch) = &download.state else { continue };
            if !fetch.is_done() {
                continue;
            }
            download.state = match fetch.wait(std::time::Duration::ZERO) {
                Some(Ok(response)) => State::Ready(Box::new(response)),
                Some(Err(error)) => State::Failed(error),
                None => continue,
            };
            self.pending -= 1;
            any = true;
        }
        any
    }

    /// What came of a download; nothing while it is under way, when it was never started, or when it was told before.
    pub(crate) fn take(&mut self, key: &DownloadKey) -> Option<Arrival> {
        let state = &mut self.all.get_mut(key)?.state;
        if matches!(state, State::Pending(_) | State::Taken) {
            return None;
        }
        match std::mem::replace(state, State::Taken) {
            State::Ready(response) => Some(Ok(response)),
            State::Failed(error) => Some(Err(error)),
            State::Pending(_) | State::Taken => None,
        }
    }

    /// A download's place in the network log.
    pub(crate) fn entry(&self, key: &DownloadKey) -> Option<EntryId> {
        self.all.get(key)?.entry
    }

    /// How many are under way.
    pub(crate) fn pending(&self) -> usize {
        self.pending
    }

    /// How many were ever started.
    pub(crate) fn started(&self) -> usize {
        self.started
    }

    /// Gives up what is under way.
    pub(crate) fn cancel(&mut self) {
        for download in self.all.values_mut() {
            if let State::Pending(fetch) = &download.state {
                fetch.cancel();
                download.state = State::Taken;
            }
        }
        self.pending = 0;
    }

    /// Says of each preload that nothing has used that it was in vain; once.
    pub(crate) fn report_unused_preloads(&mut self, sink: &dyn DiagnosticSink) {
        let mut unused = Vec::new();
        for (key, download) in &mut self.all {
            if std::mem::take(&mut download.is_unused_preload) {
                unused.push((key.clone(), download.line));
            }
        }
        for (key, line) in unused {
            let differs = |other: &&DownloadKey| {
                other.0.url == key.0.url && other.0.destination == key.0.destination && **other != key
            };
            let used = self.all.keys().find(differs);
            let message =
                format!("{} was preloaded as {}, and nothing used it", key.0.url, key.0.destination.name());
            let diagnostic = Diagnostic::new(Severity::Warning, Stage::Fetch, message);
            let at = line.map(|line| format!(" in line {line}")).unwrap_or_default();
            let hint = match used {
                Some(used) => format!(
                    "it was fetched again in the mode {}: let the link{at} have the same 'crossorigin' as its user; \
                     fonts are always fetched with it",
                    used.0.mode.name()
                ),
                None => format!("remove the link{at}, or give it an 'as' that says what it is for"),
            };
            sink.report(diagnostic.with_hint(hint));
        }
    }
}

impl Download {
    fn raise(&mut self, priority: Priority, fetcher: &dyn Fetcher) {
        let State::Pending(fetch) = &self.state else { return };
        if priority <= self.priority {
            return;
        }
        self.priority = priority;
        fetch.set_priority(priority);
        if let Some(entry) = self.entry {
            fetcher.log().change_priority(entry, priority);
        }
    }
}
