//! A stored response.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::directives::Directives;
use super::freshness::{self, Lifetime, Times};
use super::vary::SelectingFields;
use crate::headers::HeaderList;
use crate::response::Protocol;

/// What is stored beside the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredHead {
    /// The key it is stored under, so that nothing else is ever taken for it.
    pub(super) key: String,
    /// The request's fields that it was chosen by.
    pub(super) selecting: SelectingFields,
    pub(crate) status: u16,
    pub(crate) status_text: String,
    /// Field lines.
    headers: Vec<(String, String)>,
    /// The ALPN name of the protocol that it came by.
    protocol: String,
    /// When it was asked for, in ms since 1970.
    requested: u64,
    /// When its header came, in ms since 1970.
    received: u64,
    /// The part of the representation that the body is; none where it is the whole.
    pub(super) part: Option<Part>,
}

/// A part of a representation, in bytes as transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Where it begins.
    pub(crate) first: u64,
    /// How long the whole is.
    pub(crate) complete: u64,
}

/// A stored response, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) head: StoredHead,
    /// As transferred: content codings are still on it.
    pub(crate) body: Bytes,
}

/// A response's validators.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-8.8>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

impl Validators {
    /// What a response can be validated by.
    pub(super) fn of(headers: &HeaderList) -> Self {
        let first = |name| headers.get_all(name).next().map(str::to_owned).filter(|value| !value.is_empty());
        Validators { etag: first("etag"), last_modified: first("last-modified") }
    }

    /// The entity tag, if it says that every byte is the same.
    pub(super) fn strong_etag(&self) -> Option<&str> {
        self.etag.as_deref().filter(|etag| !etag.starts_with("W/"))
    }
}

/// Whether two entity tags name representations of the same meaning.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.2>
pub(super) fn is_weakly_equal(one: &str, other: &str) -> bool {
    one.trim_start_matches("W/") == other.trim_start_matches("W/")
}

impl StoredHead {
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one field, and the two instants are told apart by their type"
    )]
    pub(super) fn new(
        key: String,
        selecting: SelectingFields,
        status: u16,
        status_text: String,
        headers: &HeaderList,
        protocol: Protocol,
        times: Times,
        part: Option<Part>,
    ) -> Self {
        let mut head = StoredHead {
            key,
            selecting,
            status,
            status_text,
            headers: Vec::new(),
            protocol: protocol.name().to_owned(),
            requested: to_ms(times.requested),
            received: to_ms(times.received),
            part,
        };
        head.set_headers(headers);
        head
    }

    pub(crate) fn headers(&self) -> HeaderList {
        self.headers.iter().cloned().collect()
    }

    pub(super) fn set_headers(&mut self, headers: &HeaderList) {
        self.headers = headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    }

    pub(crate) fn protocol(&self) -> Protocol {
        [Protocol::Http2, Protocol::Http3, Protocol::Http10]
            .into_iter()
            .find(|protocol| protocol.name() == self.protocol)
            .unwrap_or(Protocol::Http11)
    }

    pub(super) fn times(&self) -> Times {
        Times { requested: from_ms(self.requested), received: from_ms(self.received) }
    }

    pub(super) fn set_times(&mut self, times: Times) {
        (self.requested, self.received) = (to_ms(times.requested), to_ms(times.received));
    }

    pub(super) fn directives(&self) -> Directives {
        Directives::of(&self.headers())
    }

    pub(super) fn lifetime(&self) -> Lifetime {
        let headers = self.headers();
        freshness::lifetime(self.status, &headers, &Directives::of(&headers), self.times())
    }

    pub(super) fn age(&self, now: SystemTime) -> Duration {
        freshness::current_age(&self.headers(), self.times(), now)
    }

    pub(crate) fn validators(&self) -> Validators {
        Validators::of(&self.headers())
    }

    /// About how many bytes of memory it takes.
    pub(super) fn weight(&self) -> u64 {
        let fields: usize = self.headers.iter().map(|(name, value)| name.len() + value.len() + 64).sum();
        (fields + 2 * self.key.len() + 512) as u64
    }

    /// By which the most recent of several is told.
    pub(super) fn dated(&self) -> SystemTime {
        freshness::date_value(&self.headers(), self.times())
    }
}

fn to_ms(time: SystemTime) -> u64 {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

/// Times that no clock can show are as good as none: such an entry is as old as can be.
fn from_ms(ms: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(ms)).unwrap_or(SystemTime::UNIX_EPOCH)
}
