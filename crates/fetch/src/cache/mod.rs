//! A private HTTP cache as RFC 9111 describes it, with RFC 5861 (`stale-while-revalidate`, `stale-if-error`) and RFC 8246
//! (`immutable`).
//!
//! The stage `http` asks in this order:
//!
//! 1. [`HttpCache::look_up`]: what is stored ([`store`], under a [`key`]) for these request fields ([`vary`]), and whether it may be used
//!    ([`reuse`], by [`freshness`] and [`directives`]) or must be asked about.
//! 2. [`flights`]: whether somebody else is fetching it already.
//! 3. [`HttpCache::not_modified`], [`HttpCache::in_place_of_error`], [`HttpCache::completed`]: what a 304, an error or the
//!    missing part makes of what is stored ([`updating`], [`range`]).
//! 4. [`HttpCache::store`]: whether the answer is stored ([`storing`]), while its body goes to the page ([`tee`]).
//! 5. [`HttpCache::invalidate`] and [`HttpCache::describe`]: what unsafe methods and HEAD do to what is stored;
//!    [`invalidation`]: and to what is on its way.
//!
//! Every step says in words why it decided so. `README.md` beside `Cargo.toml` lists the RFC's requirements with their
//! tests. <https://www.rfc-editor.org/rfc/rfc9111>

mod directives;
mod entry;
pub(crate) mod flights;
mod freshness;
mod invalidation;
mod key;
mod range;
mod reuse;
mod store;
mod storing;
mod tee;
mod updating;
mod vary;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use url::Url;

use crate::clock::Clock;
use crate::headers::HeaderList;
use crate::limits::{CACHE_ENTRY_DIVISOR, Limits, MAX_CACHE_VARIANTS};
use crate::log::CacheStore;
use crate::request::CacheMode;
use crate::response::ResponseHead;
pub(crate) use entry::Stored;
use entry::{StoredHead, Validators};
use flights::{Flight, Flights};
use freshness::Times;
use invalidation::Invalidations;
pub(crate) use invalidation::Sent;
pub(crate) use key::Partition;
use reuse::Reuse;
pub(crate) use reuse::{is_server_error, says_only_if_cached};
use store::{Candidate, Store};
pub(crate) use storing::Asked;
pub(crate) use tee::Tee;

/// Where the HTTP cache is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CacheLocation {
    /// In memory, as long as the fetcher lives.
    #[default]
    Memory,
    /// In a folder, for later runs and other processes too. It is made when there is something to store.
    Folder(PathBuf),
    /// Nowhere: every request goes to the network.
    Off,
}

/// The HTTP cache of a fetcher.
pub(crate) struct HttpCache {
    store: Store,
    clock: Clock,
    /// Bytes of one body.
    largest: u64,
    flights: Arc<Flights>,
    invalidations: Invalidations,
}

/// What the cache says before the network is asked.
pub(crate) enum LookUp {
    /// This answers.
    Use {
        stored: Box<Stored>,
        /// Whether the server is asked in the background, once it has answered.
        revalidate: bool,
        why: String,
    },
    /// The network is asked.
    Ask { known: Known, why: String },
}

/// What is stored about a request that goes to the network.
#[derive(Default)]
pub(crate) struct Known {
    candidates: Vec<Candidate>,
    /// The one that the request may have.
    selected: Option<usize>,
    /// The beginning of the body, where only the rest is asked for.
    beginning: Option<Box<Stored>>,
}

impl HttpCache {
    /// A cache; none where there shall be none. Nothing is read or made yet.
    pub(crate) fn new(location: &CacheLocation, limits: &Limits, clock: Clock) -> Option<Arc<Self>> {
        let (store, bytes) = match location {
            CacheLocation::Off => return None,
            CacheLocation::Memory => (Store::memory(limits.memory_cache_bytes), limits.memory_cache_bytes),
            CacheLocation::Folder(folder) => {
                (Store::disk(folder, limits.disk_cache_bytes, clock.clone()), limits.disk_cache_bytes)
            }
        };
        let largest = bytes / CACHE_ENTRY_DIVISOR;
        let (flights, invalidations) = (Arc::default(), Invalidations::default());
        Some(Arc::new(HttpCache { store, clock, largest, flights, invalidations }))
    }

    /// Which kind of store it has.
    pub(crate) const fn kind(&self) -> CacheStore {
        self.store.kind()
    }

    /// The time.
    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// A request goes to the network now.
    pub(crate) fn sending(&self) -> Sent {
        Sent { at: self.now(), invalidations: self.invalidations.count() }
    }

    /// The requests under way.
    pub(crate) const fn flights(&self) -> &Arc<Flights> {
        &self.flights
    }

    /// What is stored for a request, and whether it may be used.
    pub(crate) async fn look_up(&self, asked: Asked<'_>, mode: CacheMode) -> LookUp {
        let ask = |why: &str| LookUp::Ask { known: Known::default(), why: why.to_owned() };
        if !matches!(asked.method, "GET" | "HEAD") {
            return LookUp::Ask {
                known: Known::default(),
                why: format!("{} is not answered from a cache", asked.method),
            };
        }
        if matches!(mode, CacheMode::NoStore | CacheMode::Reload) {
            return LookUp::Ask {
                known: Known::default(),
                why: format!("the cache mode is {}", mode.name()),
            };
        }
        let candidates = self.store.candidates(asked.key).await;
        if candidates.is_empty() {
            return ask("nothing is stored");
        }
        let selected = candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| vary::matches(&candidate.head.selecting, asked.headers))
            .max_by_key(|(_, candidate)| (candidate.head.dated(), candidate.head.times().received))
            .map(|(index, _)| index);
        let known = Known { candidates, selected, beginning: None };
        let Some(candidate) = known.selected() else {
            return LookUp::Ask {
                known,
                why: "what is stored is for other values of the fields in Vary".to_owned(),
            };
        };
        let Some(stored) = self.store.load(candidate).await else {
            return ask("what was stored is damaged or gone");
        };
        self.judge(asked, mode, known, stored)
    }

    fn judge(&self, asked: Asked<'_>, mode: CacheMode, mut known: Known, stored: Stored) -> LookUp {
        let now = self.now();
        let decision = reuse::reuse(&stored.head, mode, asked.headers, now);
        let is_part = stored.head.part.is_some();
        let wants_part = asked.method == "GET" && asked.headers.contains("range");
        let answer = match (wants_part, is_part) {
            // Several ranges, and ranges of what is coded, are the server's affair.
            (true, _) => range::requested(asked.headers)
                .filter(|_| matches!(stored.head.status, 200 | 206))
                .filter(|_| !stored.head.headers().contains("content-encoding"))
                .and_then(|range| stored.cut(range)),
            (false, false) => Some(stored.clone()),
            (false, true) => None,
        };
        match (decision, answer) {
            (Reuse::Use { why, revalidate }, Some(answer)) => {
                LookUp::Use { stored: Box::new(self.unvalidated(answer, now)), revalidate, why }
            }
            (Reuse::Ask { why }, Some(_)) => LookUp::Ask { known, why },
            (_, None) if wants_part => {
                LookUp::Ask { known, why: "the part that is asked for is not stored".to_owned() }
            }
            (_, None) => {
                let begins = stored.head.part.is_some_and(|part| part.first == 0);
                if begins && asked.method == "GET" {
                    known.beginning = Some(Box::new(stored));
                }
                LookUp::Ask { known, why: "only a part is stored".to_owned() }
            }
        }
    }

    /// A stored response as it is sent without having been validated: with its age, and without the fields that may
    /// not be sent so.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4-5>
    fn unvalidated(&self, mut stored: Stored, now: SystemTime) -> Stored {
        let mut headers = stored.head.headers();
        for name in stored.head.directives().no_cache_fields() {
            headers.delete(name);
        }
        headers.set("age", stored.head.age(now).as_secs().to_string());
        stored.head.set_headers(&headers);
        stored
    }

    /// What a 304 makes of what is stored: the response that holds, and in words what became of it. None where the 304 is
    /// about nothing that is here, so that the request must be made again without conditions.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3>
    pub(crate) async fn not_modified(
        &self,
        asked: Asked<'_>,
        known: &Known,
        headers: &HeaderList,
        sent: Sent,
    ) -> Option<(Stored, String)> {
        let times = Times { requested: sent.at, received: self.now() };
        if let Some(selected) = known.selected() {
            let mut stored = self.store.load(selected).await?;
            if !updating::is_about(headers, &stored.head) {
                // The server was asked about this one alone and says that it holds, but another validator does not update.
                return Some((stored, "304 with another validator: it holds, and is not updated".to_owned()));
            }
            updating::update(&mut stored.head, headers, times);
            let why = self.keep(stored.clone(), sent).await;
            return Some((stored, why));
        }
        // Other variants were asked about: the entity tag says which one the request may have. Servers that leave it out can
        // only mean the one that they were asked about.
        let tag = Validators::of(headers).etag.or_else(|| match &known.other_tags()[..] {
            [only] => Some(only.clone()),
            _ => None,
        })?;
        let matching = known.candidates.iter().find(|candidate| {
            candidate.head.validators().etag.is_some_and(|other| entry::is_weakly_equal(&other, &tag))
        })?;
        let mut stored = self.store.load(matching).await?;
        updating::update(&mut stored.head, headers, times);
        stored.head.selecting = vary::selecting_fields(asked.headers, &stored.head.headers())?;
        let why = self.keep(stored.clone(), sent).await;
        Some((stored, format!("another variant holds for this request: {why}")))
    }

    /// Stores what was updated. Returns in words what became of it.
    async fn keep(&self, stored: Stored, sent: Sent) -> String {
        if self.invalidations.concern(&stored.head.key, sent) {
            return "it holds, but was invalidated meanwhile: not kept".to_owned();
        }
        let outlook = reuse::outlook(&stored.head, self.now());
        if stored.head.directives().has("no-store") {
            self.store.remove_all(&stored.head.key).await;
            return "it holds, and now says no-store: removed".to_owned();
        }
        match self.store.put(stored).await {
            Ok(()) => format!("it holds, {outlook}"),
            Err(error) => format!("it holds, but could not be updated: {error}"),
        }
    }

    /// The stored response that may stand in for an error of the server or the network, and why.
    pub(crate) async fn in_place_of_error(
        &self,
        asked: Asked<'_>,
        known: &Known,
    ) -> Option<(Stored, String)> {
        let selected = known.selected().filter(|candidate| candidate.head.part.is_none())?;
        if asked.headers.contains("range") {
            return None;
        }
        let why = reuse::in_place_of_error(&selected.head, asked.headers, self.now())?;
        let stored = self.store.load(selected).await?;
        Some((self.unvalidated(stored, self.now()), why))
    }

    /// The header of the whole, where the missing part of a body came, and the bytes before it.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-3.4>
    pub(crate) fn completed(&self, known: &Known, rest: &ResponseHead) -> Option<(ResponseHead, Stored)> {
        let beginning = known.beginning.as_deref()?;
        let part = range::content_range(&rest.headers)?;
        let (here, complete) = beginning.extent();
        let tag = Validators::of(&rest.headers);
        let is_rest = rest.status == 206
            && part.first == here.end
            && part.complete == complete
            && tag.strong_etag().is_some()
            && tag.strong_etag() == beginning.head.validators().strong_etag();
        if !is_rest {
            return None;
        }
        let mut head = rest.clone();
        (head.status, head.status_text) = (200, "OK".to_owned());
        let mut headers = beginning.head.headers();
        for (name, _) in rest.headers.iter() {
            headers.delete(name);
        }
        for (name, value) in rest.headers.iter() {
            headers.append(name, value);
        }
        if !rest.headers.contains("age") {
            headers.delete("age");
        }
        headers.delete("content-range");
        headers.set("content-length", complete.to_string());
        head.headers = headers;
        Some((head, beginning.clone()))
    }

    /// Stores an answer while its body comes, where it may be stored. Returns in words what becomes of it. Those who wait for
    /// `flight` go on when the answer is there, or at once where it will not help them.
    pub(crate) async fn store(
        self: &Arc<Self>,
        asked: Asked<'_>,
        known: Known,
        response: &ResponseHead,
        sent: Sent,
        flight: Option<Flight>,
    ) -> (Option<Tee>, String) {
        let times = Times { requested: sent.at, received: self.now() };
        let head = match storing::storable(asked, response, times, self.largest) {
            Ok(head) => head,
            Err(why) => {
                if let Some(flight) = flight {
                    flight.land();
                }
                return (None, format!("not stored: {why}"));
            }
        };
        let now = self.now();
        let outlook = reuse::outlook(&head, now);
        let is_of_use =
            matches!(reuse::reuse(&head, CacheMode::Default, &HeaderList::new(), now), Reuse::Use { .. });
        let flight = match flight {
            Some(flight) if !is_of_use => {
                flight.land();
                None
            }
            flight => flight,
        };
        self.make_room(&known, &head).await;
        (Some(Tee::new(Arc::clone(self), head, sent, flight)), format!("stored, {outlook}"))
    }

    /// Keeps the variants of one URL few.
    async fn make_room(&self, known: &Known, head: &StoredHead) {
        let others =
            || known.candidates.iter().filter(|candidate| candidate.head.selecting != head.selecting);
        if others().count() >= MAX_CACHE_VARIANTS
            && let Some(oldest) = others().min_by_key(|candidate| candidate.head.dated())
        {
            self.store.remove(oldest.clone()).await;
        }
    }

    /// Removes what an unsafe method has made doubtful, after an answer that is no error: its URL, and those of the same
    /// origin in `Location` and `Content-Location`.
    /// What the answer itself brings holds: it is stored as if sent now.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.4>
    pub(crate) async fn invalidate(
        &self,
        method: &str,
        url: &Url,
        partition: &Partition,
        response: &ResponseHead,
        sent: Sent,
    ) -> Sent {
        let is_safe = matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE");
        if is_safe || !(200..400).contains(&response.status) {
            return sent;
        }
        self.remove(partition.key(url)).await;
        for name in ["location", "content-location"] {
            let named = response.headers.get(name).and_then(|text| url.join(&text).ok());
            if let Some(named) = named.filter(|named| named.origin() == url.origin()) {
                self.remove(partition.key(&named)).await;
            }
        }
        Sent { invalidations: self.invalidations.count(), ..sent }
    }

    /// Removes what is stored of a key, and what is on its way to be.
    async fn remove(&self, key: String) {
        self.store.remove_all(&key).await;
        self.invalidations.add(key);
    }

    /// Updates what is stored by an answer to HEAD that describes it, and removes what it contradicts. Returns in words what
    /// was done.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5>
    pub(crate) async fn describe(
        &self,
        known: &Known,
        response: &ResponseHead,
        sent: Sent,
    ) -> Option<&'static str> {
        let selected = known.selected().filter(|candidate| candidate.head.part.is_none())?;
        if response.status != selected.head.status || response.status != 200 {
            return None;
        }
        let mut stored = self.store.load(selected).await?;
        if !updating::describes(&response.headers, &stored.head, stored.body.len() as u64) {
            self.store.remove(selected.clone()).await;
            return Some("what was stored has changed, and is removed");
        }
        updating::update(
            &mut stored.head,
            &response.headers,
            Times { requested: sent.at, received: self.now() },
        );
        self.keep(stored, sent).await;
        Some("what is stored was updated")
    }
}

impl Known {
    fn selected(&self) -> Option<&Candidate> {
        self.selected.and_then(|index| self.candidates.get(index))
    }

    /// The fields that make a request conditional, so that an answer need not bring again what is stored.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1>
    pub(crate) fn conditions(&self, asked: Asked<'_>) -> Vec<(&'static str, String)> {
        if asked.method != "GET" || asked.headers.contains("range") {
            return Vec::new();
        }
        if let Some(beginning) = &self.beginning {
            let from = beginning.body.len();
            let tag = beginning.head.validators().strong_etag().map(str::to_owned);
            return tag
                .map(|tag| vec![("Range", format!("bytes={from}-")), ("If-Range", tag)])
                .unwrap_or_default();
        }
        if let Some(selected) = self.selected() {
            if selected.head.part.is_some() {
                return Vec::new();
            }
            let Validators { etag, last_modified } = selected.head.validators();
            let none_match = etag.map(|tag| ("If-None-Match", tag));
            let modified = last_modified.map(|date| ("If-Modified-Since", date));
            return none_match.into_iter().chain(modified).collect();
        }
        // Any of the other variants may be what this request would get.
        let tags = self.other_tags();
        if tags.is_empty() { Vec::new() } else { vec![("If-None-Match", tags.join(", "))] }
    }

    /// The entity tags of every variant.
    fn other_tags(&self) -> Vec<String> {
        let whole = self.candidates.iter().filter(|candidate| candidate.head.part.is_none());
        let mut tags: Vec<String> = whole.filter_map(|candidate| candidate.head.validators().etag).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}
