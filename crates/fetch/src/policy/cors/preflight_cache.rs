//! Answers to preflights, as long as they hold.
//! <https://fetch.spec.whatwg.org/#concept-cache>

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::preflight::Question;
use crate::limits::MAX_PREFLIGHTS;
use crate::request::{Credentials, Request};

/// What an answer permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Permissions {
    /// Methods; `*` for all.
    pub(crate) methods: Vec<String>,
    /// Names of header fields; `*` for all.
    pub(crate) header_names: Vec<String>,
    /// How long this holds.
    pub(crate) max_age: Duration,
}

/// Who asked whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// What is known in one window's page is not known in another's.
    /// <https://fetch.spec.whatwg.org/#network-partition-keys>
    partition: String,
    origin: String,
    url: String,
    with_credentials: bool,
}

impl Key {
    /// None where the origin cannot be told from others that are written alike.
    fn of(request: &Request) -> Option<Self> {
        let origin = request.origin.serialize();
        let mut url = request.url.clone();
        url.set_fragment(None);
        (origin != "null").then(|| Key {
            partition: request
                .client
                .as_ref()
                .map(|client| client.top_level_origin().serialize())
                .unwrap_or_default(),
            origin,
            url: url.into(),
            with_credentials: request.credentials == Credentials::Include,
        })
    }
}

/// The answers to preflights.
#[derive(Default)]
pub(crate) struct PreflightCache {
    entries: Mutex<BTreeMap<Key, Entry>>,
}

/// What is permitted, each until when.
#[derive(Default)]
struct Entry {
    methods: BTreeMap<String, Instant>,
    header_names: BTreeMap<String, Instant>,
}

impl Entry {
    fn forget_old(&mut self, now: Instant) {
        self.methods.retain(|_, until| *until > now);
        self.header_names.retain(|_, until| *until > now);
    }

    fn is_empty(&self) -> bool {
        self.methods.is_empty() && self.header_names.is_empty()
    }
}

impl PreflightCache {
    /// Whether all that would be asked for is known to be permitted.
    pub(crate) fn permits(&self, request: &Request, question: &Question, now: Instant) -> bool {
        let Some(key) = Key::of(request) else { return false };
        let mut entries = self.entries.lock();
        let Some(entry) = entries.get_mut(&key) else { return false };
        entry.forget_old(now);
        let star = !key.with_credentials;
        let has_method =
            |method: &String| entry.methods.contains_key(method) || (star && entry.methods.contains_key("*"));
        let has_name = |name: &String| {
            entry.header_names.contains_key(name)
                || (star && name != "authorization" && entry.header_names.contains_key("*"))
        };
        question.method.iter().all(has_method) && question.header_names.iter().all(has_name)
    }

    /// Keeps what an answer permits.
    pub(crate) fn keep(&self, request: &Request, permissions: &Permissions, now: Instant) {
        let Some(key) = Key::of(request).filter(|_| !permissions.max_age.is_zero()) else { return };
        let until = now + permissions.max_age;
        let mut entries = self.entries.lock();
        if entries.len() >= MAX_PREFLIGHTS && !entries.contains_key(&key) {
            entries.retain(|_, entry| {
                entry.forget_old(now);
                !entry.is_empty()
            });
            if entries.len() >= MAX_PREFLIGHTS {
                entries.pop_first();
            }
        }
        let entry = entries.entry(key).or_default();
        entry.methods.extend(permissions.methods.iter().map(|method| (method.clone(), until)));
        entry
            .header_names
            .extend(permissions.header_names.iter().map(|name| (name.to_ascii_lowercase(), until)));
    }

    /// Forgets what was permitted to a request that then did not pass the check.
    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>
    pub(crate) fn clear(&self, request: &Request) {
        if let Some(key) = Key::of(request) {
            self.entries.lock().remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use url::Url;

    use super::*;
    use crate::request::{Client, Destination, Initiator};

    fn request(page: &str) -> Request {
        let url = |text: &str| Url::parse(text).unwrap();
        let client = Arc::new(Client::new(url(page)));
        Request::subresource(url("https://b/x#f"), Destination::Font, Initiator::navigation())
            .with_client(&client)
    }

    fn question(method: &str, names: &[&str]) -> Question {
        let header_names = names.iter().map(|name| (*name).to_owned()).collect();
        Question { method: Some(method.to_owned()), header_names }
    }

    fn permissions(methods: &[&str], names: &[&str], seconds: u64) -> Permissions {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        let max_age = Duration::from_secs(seconds);
        Permissions { methods: list(methods), header_names: list(names), max_age }
    }

    #[test]
    fn permissions_hold_for_their_time_and_their_origin() {
        let (cache, now) = (PreflightCache::default(), Instant::now());
        let (own, other) = (request("https://a/"), request("https://c/"));
        cache.keep(&own, &permissions(&["PUT"], &["X-A"], 10), now);
        let asked = question("PUT", &["x-a"]);
        assert!(cache.permits(&own, &asked, now));
        assert!(!cache.permits(&other, &asked, now));
        assert!(!cache.permits(&own, &question("DELETE", &[]), now));
        assert!(!cache.permits(&own, &question("PUT", &["x-b"]), now));
        assert!(!cache.permits(&own, &asked, now + Duration::from_secs(10)));
        cache.clear(&own);
        assert!(!cache.permits(&own, &asked, now));
    }

    #[test]
    fn opaque_origins_are_not_mistaken_for_each_other() {
        let (cache, now) = (PreflightCache::default(), Instant::now());
        let opaque = request("data:text/html,x");
        cache.keep(&opaque, &permissions(&["*"], &["*"], 10), now);
        assert!(!cache.permits(&opaque, &question("PUT", &[]), now));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let (cache, now) = (PreflightCache::default(), Instant::now());
        for index in 0..MAX_PREFLIGHTS + 5 {
            cache.keep(&request(&format!("https://a{index}/")), &permissions(&["PUT"], &[], 10), now);
        }
        assert_eq!(cache.entries.lock().len(), MAX_PREFLIGHTS);
    }
}
