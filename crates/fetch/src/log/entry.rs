//! One request of the log.

use std::net::SocketAddr;
use std::time::Instant;

use url::Url;

use super::milliseconds;
use crate::error::FetchError;
use crate::headers::HeaderList;
use crate::request::{CacheMode, Destination, Initiator, Mode, Priority, Request};
use crate::response::{Protocol, Sizes, Timing};

/// One request, from asking to its end.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Tells this request from one in the same place of a log that was cleared.
    pub(super) begun: Instant,
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
    /// How soon it was needed.
    pub priority: Priority,
    /// Bytes of the request's body.
    pub request_body_bytes: u64,
    /// Every exchange with a server, redirects first. A scheme that needs no network counts as one exchange.
    pub hops: Vec<Hop>,
    /// The computed MIME type of the response.
    pub mime_type: Option<String>,
    /// Where the bytes came from, and why.
    pub cache: CacheVerdict,
    /// What became of it.
    pub outcome: Outcome,
}

impl LogEntry {
    pub(super) fn begun(request: &Request, now: Instant, log_started: Instant) -> Self {
        LogEntry {
            begun: now,
            started: milliseconds(now.saturating_duration_since(log_started)),
            method: request.method.clone(),
            url: request.url.clone(),
            destination: request.destination,
            mode: request.mode,
            cache_mode: request.cache,
            initiator: request.initiator.clone(),
            priority: request.priority,
            request_body_bytes: request.body.as_ref().map_or(0, |body| body.len() as u64),
            hops: Vec::new(),
            mime_type: None,
            cache: CacheVerdict::for_request(request),
            outcome: Outcome::Pending,
        }
    }

    /// The last response, redirects being answers too.
    pub fn response(&self) -> Option<&HopResponse> {
        self.hops.last().and_then(|hop| hop.response.as_ref())
    }
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
    /// The header fields sent.
    pub request_headers: HeaderList,
    /// The answer.
    pub response: Option<HopResponse>,
    /// How long each part took.
    pub timing: Timing,
    /// How long the body was.
    pub sizes: Sizes,
    /// Where the answer came from, and why.
    pub cache: CacheVerdict,
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
            CacheVerdict::Network { .. } => "network",
        }
    }

    /// The reason in words.
    pub fn why(&self) -> &str {
        match self {
            CacheVerdict::Local => "the scheme needs no network",
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
