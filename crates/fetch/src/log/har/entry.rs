//! One exchange with a server as an entry of a HAR.

use serde_json::{Value, json};

use super::date::date_time;
use super::message::{content, cookies_sent, cookies_set, fields, post_data};
use super::{KeptAnswer, har_script, page_of};
use crate::headers::HeaderList;
use crate::log::connection_details;
use crate::log::dump::{object, rounded};
use crate::log::{CacheStore, CacheVerdict, Hop, LogEntry, LogSnapshot, Outcome};
use crate::request::{InitiatorKind, Priority};
use crate::response::{Protocol, Timing};

/// Every exchange of a request; one that failed before there was any counts as one.
pub(super) fn exchanges(snapshot: &LogSnapshot, entry: &LogEntry, answer: Option<&KeptAnswer>) -> Vec<Value> {
    let none = Hop::begun(&entry.url, &entry.method, 0.0, &HeaderList::new(), &entry.cache);
    let hops = if entry.hops.is_empty() { std::slice::from_ref(&none) } else { &entry.hops[..] };
    let last = hops.len() - 1;
    let exchange = |(index, hop): (usize, &Hop)| {
        let is_last = index == last;
        // In a recording each exchange answers one request: what a cache asked before it had its answer does not.
        let counts = is_last || answer.is_none() || hop.method != entry.method || sends_on(hop);
        let answer = answer.filter(|_| is_last);
        counts.then(|| Exchange { snapshot, entry, hop, is_last, answer }.to_json())
    };
    hops.iter().enumerate().filter_map(exchange).collect()
}

fn sends_on(hop: &Hop) -> bool {
    hop.response.as_ref().is_some_and(|response| {
        matches!(response.status, 301 | 302 | 303 | 307 | 308) && response.headers.contains("location")
    })
}

struct Exchange<'a> {
    snapshot: &'a LogSnapshot,
    entry: &'a LogEntry,
    hop: &'a Hop,
    is_last: bool,
    answer: Option<&'a KeptAnswer>,
}

/// The head of an answer: the one that came, or the one that the page was given.
struct Head<'a> {
    status: u16,
    status_text: &'a str,
    protocol: Protocol,
    headers: &'a HeaderList,
}

impl Exchange<'_> {
    fn to_json(&self) -> Value {
        let (entry, hop) = (self.entry, self.hop);
        let answering = hop.response.as_ref();
        let server = answering.and_then(|response| response.remote_address);
        let verdict = json!({ "verdict": hop.cache.name(), "reason": hop.cache.why() });
        object([
            ("pageref", page_of(self.snapshot, entry).map(Value::from)),
            (
                "startedDateTime",
                Some(date_time(self.snapshot.started_at, entry.started + hop.started).into()),
            ),
            ("time", Some(rounded(hop.timing.sum()).into())),
            ("request", Some(self.request())),
            ("response", Some(self.response())),
            ("cache", Some(self.cache())),
            ("timings", Some(timings(&hop.timing))),
            ("serverIPAddress", server.map(|address| address.ip().to_string().into())),
            ("connection", hop.connection.map(|connection| connection.id.to_string().into())),
            ("_securityDetails", hop.tls.as_ref().map(connection_details::tls)),
            ("_dns", hop.dns.as_ref().map(connection_details::dns)),
            ("_connectionReused", hop.connection.map(|connection| connection.is_reused.into())),
            ("_initiator", Some(initiator(entry))),
            ("_priority", Some(priority_name(entry.final_priority()).into())),
            ("_proxy", hop.proxy.as_deref().map(Value::from)),
            ("_resourceType", Some(entry.resource_type().into())),
            (
                "_script",
                self.snapshot
                    .scripts_of(entry)
                    .next()
                    .filter(|_| self.is_last)
                    .map(|script| har_script(self.snapshot, script)),
            ),
            ("_renderBlocking", Some(entry.is_render_blocking.into())),
            ("_fromCache", from_cache(&hop.cache).map(Value::from)),
            ("_cacheVerdict", Some(verdict)),
        ])
    }

    /// What was stored before and after, where an answer came from there; why it did or did not in any case.
    fn cache(&self) -> Value {
        let hop = self.hop;
        let state = || {
            let field = |name| hop.response.as_ref().and_then(|response| response.headers.get(name));
            let expires = field("expires").and_then(|value| httpdate::parse_http_date(&value).ok());
            object([
                ("expires", expires.map(|at| date_time(at, 0.0).into())),
                (
                    "lastAccess",
                    Some(date_time(self.snapshot.started_at, self.entry.started + hop.started).into()),
                ),
                ("eTag", Some(field("etag").unwrap_or_default().into())),
                // How often it was used before is not kept.
                ("hitCount", Some(1.into())),
            ])
        };
        let was_stored = matches!(hop.cache, CacheVerdict::Hit { .. } | CacheVerdict::Revalidated { .. });
        object([
            ("beforeRequest", was_stored.then(state)),
            ("afterRequest", was_stored.then(state)),
            ("comment", Some(hop.cache.why().into())),
        ])
    }

    fn head(&self) -> Option<Head<'_>> {
        if let Some(head) = self.answer.and_then(|answer| answer.head.as_deref()) {
            let (status_text, headers) = (head.status_text.as_str(), &head.headers);
            return Some(Head { status: head.status, status_text, protocol: head.protocol, headers });
        }
        // Nothing was given to the page, so there is nothing that a replay could give.
        let response = self.hop.response.as_ref().filter(|_| self.answer.is_none())?;
        let (status_text, headers) = (response.status_text.as_str(), &response.headers);
        Some(Head { status: response.status, status_text, protocol: response.protocol, headers })
    }

    fn request(&self) -> Value {
        let hop = self.hop;
        let mut url = hop.url.clone();
        url.set_fragment(None);
        let query: Vec<Value> =
            url.query_pairs().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        // A redirect that changes the method drops the body.
        let body = self.entry.request_body.as_ref().filter(|_| hop.method == self.entry.method);
        let version = hop.response.as_ref().map_or("", |response| http_version(response.protocol));
        object([
            ("method", Some(hop.method.as_str().into())),
            ("url", Some(url.as_str().into())),
            ("httpVersion", Some(version.into())),
            ("cookies", Some(cookies_sent(&hop.request_headers))),
            ("headers", Some(fields(&hop.request_headers))),
            ("queryString", Some(query.into())),
            ("postData", body.map(|body| post_data(&hop.request_headers, body))),
            ("headersSize", Some((-1).into())),
            ("bodySize", Some(body.map_or(0, |body| body.len() as u64).into())),
        ])
    }

    fn response(&self) -> Value {
        let (entry, hop) = (self.entry, self.hop);
        let head = self.head();
        let headers = head.as_ref().map(|head| head.headers);
        let mime_type = match (self.is_last, &entry.mime_type) {
            (true, Some(mime_type)) => mime_type.clone(),
            _ => headers.and_then(|headers| headers.get("content-type")).unwrap_or_default(),
        };
        let error = match &entry.outcome {
            Outcome::Failed(error) if self.is_last => Some(error.kind.to_string()),
            Outcome::Pending if self.is_last => Some("the request was not over yet".to_owned()),
            _ => None,
        };
        let location = headers.and_then(|headers| headers.get("location")).unwrap_or_default();
        // What came from a cache was not transferred.
        let was_transferred =
            !matches!(hop.cache, CacheVerdict::Hit { .. } | CacheVerdict::Revalidated { .. });
        let body_size = if was_transferred { hop.sizes.encoded } else { 0 };
        let started = entry.started + hop.started;
        json!({
            "status": head.as_ref().map_or(0, |head| head.status),
            "statusText": head.as_ref().map_or("", |head| head.status_text),
            "httpVersion": head.as_ref().map_or("", |head| http_version(head.protocol)),
            "cookies": headers.map_or_else(|| json!([]), |headers| {
                cookies_set(headers, self.snapshot.started_at, started)
            }),
            "headers": headers.map_or_else(|| json!([]), fields),
            "content": content(hop.sizes, was_transferred, &mime_type, self.answer.map(|answer| &answer.body)),
            "redirectURL": location,
            "headersSize": -1,
            "bodySize": body_size,
            "_transferSize": body_size,
            "_error": error,
        })
    }
}

/// As DevTools has it: an object.
fn initiator(entry: &LogEntry) -> Value {
    let initiator = &entry.initiator;
    let kind = match initiator.kind {
        InitiatorKind::Navigation | InitiatorKind::Other => "other",
        InitiatorKind::Script => "script",
        _ => "parser",
    };
    object([
        ("type", Some(kind.into())),
        ("url", initiator.source.as_ref().map(|source| source.as_str().into())),
        // DevTools count from 0.
        ("lineNumber", initiator.line.map(|line| line.saturating_sub(1).into())),
        ("_kind", Some(initiator.kind.name().into())),
    ])
}

fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::VeryLow => "VeryLow",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
        Priority::VeryHigh => "VeryHigh",
    }
}

fn from_cache(verdict: &CacheVerdict) -> Option<&'static str> {
    match verdict {
        CacheVerdict::Hit { store, .. } => Some(match store {
            CacheStore::Memory => "memory",
            CacheStore::Disk => "disk",
        }),
        _ => None,
    }
}

fn http_version(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http10 => "HTTP/1.0",
        Protocol::Http11 => "HTTP/1.1",
        other => other.name(),
    }
}

/// -1 stands for what does not apply; `connect` includes `ssl`, says the format.
fn timings(timing: &Timing) -> Value {
    let part = |ms: Option<f64>| ms.map_or(json!(-1), |ms| json!(rounded(ms)));
    let connect = timing.connect.map(|connect| connect + timing.tls.unwrap_or(0.0));
    json!({
        "blocked": rounded(timing.queued),
        "dns": part(timing.dns),
        "connect": part(connect),
        "ssl": part(timing.tls),
        "send": 0,
        "wait": rounded(timing.waiting),
        "receive": rounded(timing.download),
        "_blocked_queueing": rounded(timing.queued),
    })
}
