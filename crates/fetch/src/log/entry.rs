//! One request of the log.

use std::net::SocketAddr;
use std::time::Instant;

use bytes::Bytes;
use url::Url;

use super::connection::{ConnectionUse, DnsAnswer, TlsDetails, TriedAddress};
use super::milliseconds;
use crate::cookies::Rejection;
use crate::error::{FetchError, FetchErrorKind};
use crate::headers::HeaderList;
use crate::request::{CacheMode, Destination, Initiator, InitiatorKind, Mode, Priority, Request};
use crate::response::{Protocol, Sizes, Timing};

/// Names a request of one log, also when the log is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(super) u64);

/// One request, from asking to its end.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Which request this is.
    pub id: EntryId,
    /// The page it belongs to, by its index in [`LogSnapshot::pages`](super::LogSnapshot::pages); nothing for a request
    /// of no page.
    pub page: Option<usize>,
    /// When it was asked for, in ms since the log began.
    pub started: f64,
    /// The method.
    pub method: String,
    /// The URL that was asked for.
    pub url: Url,
    /// What for.
    pub destination: Destination,
    /// How far it may leave its origin.
    pub mode: Mode,
    /// How the cache was to be used.
    pub cache_mode: CacheMode,
    /// Who asked.
    pub initiator: Initiator,
    /// How soon it was needed when it was asked for.
    pub priority: Priority,
    /// How soon it was needed later on, in the order in which that changed.
    pub priority_changes: Vec<PriorityChange>,
    /// Whether rendering waits for it.
    /// <https://fetch.spec.whatwg.org/#request-render-blocking>
    pub is_render_blocking: bool,
    /// The request's body.
    pub request_body: Option<Bytes>,
    /// Every exchange with a server, redirects first. A scheme that needs no network counts as one exchange.
    pub hops: Vec<Hop>,
    /// The computed MIME type of the response.
    pub mime_type: Option<String>,
    /// Where the bytes came from, and why.
    pub cache: CacheVerdict,
    /// What else there is to say: that it was upgraded, what a policy that is not enforced would forbid.
    pub remarks: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

impl LogEntry {
    pub(super) fn begun(
        request: &Request,
        id: EntryId,
        page: Option<usize>,
        now: Instant,
        log_started: Instant,
    ) -> Self {
        LogEntry {
            id,
            page,
            started: milliseconds(now.saturating_duration_since(log_started)),
            method: request.method.clone(),
            url: request.url.clone(),
            destination: request.destination,
            mode: request.mode,
            cache_mode: request.cache,
            initiator: request.initiator.clone(),
            priority: request.priority,
            priority_changes: Vec::new(),
            is_render_blocking: request.render_blocking,
            request_body: request.body.clone(),
            hops: Vec::new(),
            mime_type: None,
            cache: CacheVerdict::for_request(request),
            remarks: Vec::new(),
            outcome: Outcome::Pending,
        }
    }

    /// Nobody wants the response any more. What has come of it before stays.
    pub(super) fn cancel(&mut self) {
        if self.outcome == Outcome::Pending {
            self.outcome = Outcome::Failed(FetchError::new(&self.url, FetchErrorKind::Cancelled));
        }
    }

    /// How soon it was needed in the end.
    pub fn final_priority(&self) -> Priority {
        self.priority_changes.last().map_or(self.priority, |change| change.priority)
    }

    /// When it was over, in ms since the log began; of one that is under way or has failed, as far as that is known.
    pub fn ended(&self) -> f64 {
        let hops = self.hops.iter().map(|hop| hop.started + hop.timing.sum());
        let hops = hops.fold(0.0, f64::max);
        let total = match &self.outcome {
            Outcome::Done { timing, .. } => timing.total.max(hops),
            Outcome::Pending | Outcome::Failed(_) => hops,
        };
        self.started + total
    }

    /// What kind of thing it was for, in the words of Chromium's DevTools.
    pub fn resource_type(&self) -> &'static str {
        match self.destination {
            Destination::Document
            | Destination::Iframe
            | Destination::Frame
            | Destination::Embed
            | Destination::Object => "document",
            Destination::Style => "stylesheet",
            Destination::Image => "image",
            Destination::Font => "font",
            Destination::Script | Destination::Worker => "script",
            Destination::Audio | Destination::Video => "media",
            Destination::Track => "texttrack",
            Destination::Manifest => "manifest",
            Destination::Json => "fetch",
            Destination::Report => "ping",
            Destination::Empty if self.initiator.kind == InitiatorKind::Script => "fetch",
            Destination::Empty => "other",
        }
    }

    /// A name for people: the last part of the path, or the host where there is none, with the query, in at most `longest`
    /// characters.
    pub fn short_name(&self, longest: usize) -> String {
        let url = &self.url;
        let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
        let name = match (last, url.host_str()) {
            _ if url.cannot_be_a_base() => url.as_str().to_owned(),
            ("", Some(host)) => format!("{host}{}", url.path()),
            (last, _) => last.to_owned(),
        };
        let name = url.query().map_or_else(|| name.clone(), |query| format!("{name}?{query}"));
        match name.char_indices().nth(longest) {
            None => name,
            Some((end, _)) => format!("{}…", &name[..end]),
        }
    }

    /// The last response, redirects being answers too.
    pub fn response(&self) -> Option<&HopResponse> {
        self.hops.last().and_then(|hop| hop.response.as_ref())
    }
}

/// Another priority for a request that is under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorityChange {
    /// When, in ms since the request was asked for.
    pub at: f64,
    /// How soon it is needed from then on.
    pub priority: Priority,
}

/// One exchange with a server.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The URL of this exchange.
    pub url: Url,
    /// The method of this exchange; a redirect may change it.
    pub method: String,
    /// When it began, in ms since the request was asked for.
    pub started: f64,
    /// The proxy that it went through, without user name and password.
    pub proxy: Option<String>,
    /// The connection that it went over, where it went over one.
    pub connection: Option<ConnectionUse>,
    /// How the host's name became addresses, where that was asked for this exchange.
    pub dns: Option<DnsAnswer>,
    /// The addresses that were tried for this exchange, in the order of trying.
    pub tried_addresses: Vec<TriedAddress>,
    /// How the connection is secured.
    pub tls: Option<TlsDetails>,
    /// The header fields sent.
    pub request_headers: HeaderList,
    /// Answers before the answer, which only inform (1xx).
    pub informational: Vec<Informational>,
    /// The answer.
    pub response: Option<HopResponse>,
    /// How long each part took.
    pub timing: Timing,
    /// How long the body was.
    pub sizes: Sizes,
    /// Where the answer came from, and why.
    pub cache: CacheVerdict,
    /// The cookies of the answer that are not kept, by name, and why.
    pub rejected_cookies: Vec<(String, Rejection)>,
}

impl Hop {
    /// An exchange that begins, of which nothing else is known yet. `started` is in ms since the request was asked for.
    pub(super) fn begun(
        url: &Url,
        method: &str,
        started: f64,
        request_headers: &HeaderList,
        cache: &CacheVerdict,
    ) -> Self {
        Hop {
            url: url.clone(),
            method: method.to_owned(),
            started,
            connection: None,
            dns: None,
            tried_addresses: Vec::new(),
            tls: None,
            request_headers: request_headers.clone(),
            informational: Vec::new(),
            response: None,
            timing: Timing::default(),
            sizes: Sizes::default(),
            cache: cache.clone(),
            rejected_cookies: Vec::new(),
            proxy: None,
        }
    }
}

/// The answer of one exchange.
#[derive(Clone, Debug)]
pub struct HopResponse {
    /// The status code.
    pub status: u16,
    /// The status message.
    pub status_text: String,
    /// How it came.
    pub protocol: Protocol,
    /// The header fields as received.
    pub headers: HeaderList,
    /// The address that answered.
    pub remote_address: Option<SocketAddr>,
}

/// An answer before the answer: 103 Early Hints.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-15.2>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informational {
    /// The status code.
    pub status: u16,
    /// The header fields as received.
    pub headers: HeaderList,
}

/// Where the bytes came from, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheVerdict {
    /// The scheme knows no cache.
    Local,
    /// A stored response answered; the network was not asked.
    Hit {
        /// Which store held it.
        store: CacheStore,
        /// How old it was and how long it was good for, or why it was taken although stale.
        why: String,
    },
    /// The network said that the stored response still holds, and the body came from the store.
    Revalidated {
        /// Which store held it.
        store: CacheStore,
        /// Why the network was asked, and what became of the stored response.
        why: String,
    },
    /// A recording answered; its bytes are those of that time.
    Recording,
    /// The network answered.
    Network {
        /// Why the cache did not, and what became of the answer: stored for how long, or why not.
        why: String,
    },
}

/// Where a stored response was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CacheStore {
    /// In this process's memory.
    Memory,
    /// In the cache folder.
    Disk,
}

impl CacheVerdict {
    /// What is known before anything was asked.
    pub(super) fn for_request(request: &Request) -> Self {
        match request.url.scheme() {
            "http" | "https" => CacheVerdict::Network { why: "the cache was not asked".to_owned() },
            _ => CacheVerdict::Local,
        }
    }

    /// The word in dumps.
    pub const fn name(&self) -> &'static str {
        match self {
            CacheVerdict::Local => "local",
            CacheVerdict::Hit { store: CacheStore::Memory, .. } => "memory",
            CacheVerdict::Hit { store: CacheStore::Disk, .. } => "disk",
            CacheVerdict::Revalidated { .. } => "revalidated",
            CacheVerdict::Recording => "recording",
            CacheVerdict::Network { .. } => "network",
        }
    }

    /// The reason in words.
    pub fn why(&self) -> &str {
        match self {
            CacheVerdict::Local => "the scheme needs no network",
            CacheVerdict::Recording => "it is answered as it was recorded; the network is not asked",
            CacheVerdict::Hit { why, .. }
            | CacheVerdict::Revalidated { why, .. }
            | CacheVerdict::Network { why } => why,
        }
    }
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is under way.
    Pending,
    /// The body is complete.
    Done {
        /// The timing of the last exchange, and the total.
        timing: Timing,
        /// How long the body was.
        sizes: Sizes,
    },
    /// It failed or was cancelled.
    Failed(FetchError),
}
