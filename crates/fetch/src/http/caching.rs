//! The HTTP cache before the network: look-up, validation, the network, storing.
//! <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use url::Url;

use super::exchange::{Answer, AnswerBody, milliseconds};
use super::{Shared, network_fetch};
use crate::cache::flights::{Flight, Landing, Turn, landing};
use crate::cache::{self, Asked, HttpCache, Known, LookUp, Partition, Sent, Stored};
use crate::error::{FetchError, FetchErrorKind, Phase};
use crate::headers::HeaderList;
use crate::limits::CACHE_LOCK_TIMEOUT;
use crate::log::{CacheVerdict, EntryWriter};
use crate::mime_type::MimeType;
use crate::request::{CacheMode, Request};
use crate::response::{Protocol, ResponseHead, Sizes, Tainting, Timing};

/// An answer from the cache where it may be had there, else from the network. `headers` are the request's, complete.
pub(super) async fn fetch(
    shared: &Arc<Shared>,
    request: &Request,
    url_list: &[Url],
    headers: &HeaderList,
    entry: &EntryWriter,
) -> Result<Answer, FetchErrorKind> {
    let verdict = |why: &str| entry.cache_verdict(CacheVerdict::Network { why: why.to_owned() });
    let Some(cache) = &shared.cache else {
        verdict("the HTTP cache is off");
        if request.cache == CacheMode::OnlyIfCached {
            return Err(FetchErrorKind::NotInCache);
        }
        return network_fetch(shared, request, url_list, headers, entry).await;
    };
    let partition = Partition::of(request);
    let key = partition.key(&request.url);
    let asked = Asked { key: &key, method: &request.method, headers };
    match consult(cache, request, asked).await {
        (LookUp::Use { stored, revalidate, why }, _) => {
            entry.cache_verdict(CacheVerdict::Hit { store: cache.kind(), why });
            if revalidate {
                revalidate_in_background(shared, request, url_list, headers, entry);
            }
            Ok(from_store(request, *stored, entry))
        }
        (LookUp::Ask { why, .. }, _) if request.cache == CacheMode::OnlyIfCached => {
            verdict(&why);
            Err(FetchErrorKind::NotInCache)
        }
        (LookUp::Ask { known, why }, flight) => {
            verdict(&why);
            let visit = Visit { shared, cache, request, url_list, partition: &partition, asked, entry, why };
            visit.ask(known, flight).await
        }
    }
}

/// Asks the server whether a stored response that was used still holds; nobody waits for it.
/// <https://www.rfc-editor.org/rfc/rfc5861#section-3>
fn revalidate_in_background(
    shared: &Arc<Shared>,
    request: &Request,
    url_list: &[Url],
    headers: &HeaderList,
    entry: &EntryWriter,
) {
    let Some(cache) = shared.cache.clone() else { return };
    let partition = Partition::of(request);
    let key = partition.key(&request.url);
    // One is enough, however many pages use the response meanwhile.
    let Turn::Lead(flight) = cache.flights().turn(&format!("revalidate {key}"), cache.flights().landed())
    else {
        return;
    };
    let request = Request { cache: CacheMode::NoCache, ..request.clone() };
    let (shared, headers, entry) = (Arc::clone(shared), headers.clone(), entry.begin_another(&request));
    let url_list = url_list.to_vec();
    tokio::spawn(async move {
        entry.begin_hop(&request.url, &request.method, &headers);
        let limit = shared.limits.total_timeout;
        let asked = Asked { key: &key, method: &request.method, headers: &headers };
        let revalidation = revalidate(&shared, &cache, &request, &url_list, &partition, asked, &entry);
        let outcome = tokio::time::timeout(limit, revalidation).await;
        flight.land();
        match outcome {
            Ok(Ok((timing, sizes))) => entry.finish(timing, sizes),
            Ok(Err(kind)) => entry.fail(&FetchError::new(&request.url, kind)),
            Err(_) => {
                let kind = FetchErrorKind::Timeout { phase: Phase::Whole, after: limit };
                entry.fail(&FetchError::new(&request.url, kind));
            }
        }
    });
}

async fn revalidate(
    shared: &Arc<Shared>,
    cache: &Arc<HttpCache>,
    request: &Request,
    url_list: &[Url],
    partition: &Partition,
    asked: Asked<'_>,
    entry: &EntryWriter,
) -> Result<(Timing, Sizes), FetchErrorKind> {
    let mut sizes = Sizes::default();
    // Somebody else may have renewed it meanwhile.
    let LookUp::Ask { known, .. } = cache.look_up(asked, CacheMode::NoCache).await else {
        return Ok((Timing::default(), sizes));
    };
    let why = "revalidating in the background".to_owned();
    let visit = Visit { shared, cache, request, url_list, partition, asked, entry, why };
    let mut answer = visit.ask(known, None).await?;
    loop {
        let chunk = answer.body.chunk().await?;
        answer.passed(chunk.as_ref()).await;
        let Some(chunk) = chunk else { break };
        sizes.encoded += chunk.len() as u64;
    }
    let mut timing = answer.timing;
    timing.download = milliseconds(answer.head_at.elapsed());
    timing.total = milliseconds(entry.begun().elapsed());
    Ok((timing, sizes))
}

/// Looks into the store, and where somebody else is fetching the same already, waits for that and looks again.
async fn consult(cache: &HttpCache, request: &Request, asked: Asked<'_>) -> (LookUp, Option<Flight>) {
    /// Enough to outlive leaders that fail, and a bound.
    const LOOKS: usize = 4;
    let may_share =
        request.method == "GET" && request.cache == CacheMode::Default && !asked.headers.contains("range");
    let mut looks = 0;
    loop {
        looks += 1;
        let landed = cache.flights().landed();
        let look = cache.look_up(asked, request.cache).await;
        if !may_share || looks > LOOKS || matches!(look, LookUp::Use { .. }) {
            return (look, None);
        }
        match cache.flights().turn(asked.key, landed) {
            Turn::Lead(flight) => return (look, Some(flight)),
            Turn::LookAgain => {}
            Turn::Wait(waiting) => match tokio::time::timeout(CACHE_LOCK_TIMEOUT, landing(waiting)).await {
                // Where it is of no use after all, everybody asks for himself.
                Ok(Landing::Landed) => return (cache.look_up(asked, request.cache).await, None),
                Ok(Landing::Lost | Landing::Flying) => {}
                Err(_) => return (look, None),
            },
        }
    }
}

/// One request that goes to the network.
struct Visit<'a> {
    shared: &'a Arc<Shared>,
    cache: &'a Arc<HttpCache>,
    request: &'a Request,
    /// The URLs so far, the current one last.
    url_list: &'a [Url],
    /// Where in the cache the answer is stored.
    partition: &'a Partition,
    asked: Asked<'a>,
    entry: &'a EntryWriter,
    /// Why the network is asked.
    why: String,
}

impl Visit<'_> {
    async fn ask(&self, known: Known, flight: Option<Flight>) -> Result<Answer, FetchErrorKind> {
        if let Some(answer) = self.gateway_timeout() {
            return Ok(answer);
        }
        let conditions = known.conditions(self.asked);
        let sent = self.cache.sending();
        let answered = if conditions.is_empty() {
            self.network(self.asked.headers).await
        } else {
            let mut headers = self.asked.headers.clone();
            for (name, value) in &conditions {
                headers.set(name, value.clone());
            }
            self.entry.change_hop(|hop| hop.request_headers = headers.clone());
            self.network(&headers).await
        };
        let is_error = answered.as_ref().map_or(true, |answer| cache::is_server_error(answer.head.status));
        if is_error && let Some((stored, why)) = self.cache.in_place_of_error(self.asked, &known).await {
            let what = match &answered {
                Ok(answer) => format!("the server answered {}", answer.head.status),
                Err(kind) => kind.to_string(),
            };
            let why = format!("{}, {what}; {why}", self.why);
            self.entry.cache_verdict(CacheVerdict::Hit { store: self.cache.kind(), why });
            return Ok(from_store(self.request, stored, self.entry));
        }
        let answer = answered?;
        if conditions.is_empty() {
            return Ok(self.keep(known, answer, sent, flight).await);
        }
        match answer.head.status {
            304 => match self.cache.not_modified(self.asked, &known, &answer.head.headers, sent).await {
                Some((stored, outcome)) => Ok(self.validated(answer, stored, outcome)),
                None => self.ask_again(answer, "304 about nothing that is stored", flight).await,
            },
            206 => match self.cache.completed(&known, &answer.head) {
                Some((head, beginning)) => {
                    Ok(self.joined(known, answer, head, beginning, sent, flight).await)
                }
                None => self.ask_again(answer, "206 with another part than asked for", flight).await,
            },
            412 | 416 => self.ask_again(answer, "the server refused the condition", flight).await,
            _ => Ok(self.keep(known, answer, sent, flight).await),
        }
    }

    async fn network(&self, headers: &HeaderList) -> Result<Answer, FetchErrorKind> {
        network_fetch(self.shared, self.request, self.url_list, headers, self.entry).await
    }

    /// Asks without conditions, where the answer to a conditional request helps nobody.
    async fn ask_again(
        &self,
        unusable: Answer,
        why: &str,
        flight: Option<Flight>,
    ) -> Result<Answer, FetchErrorKind> {
        drop(unusable);
        self.entry.change_hop(|hop| hop.request_headers = self.asked.headers.clone());
        let sent = self.cache.sending();
        let answer = self.network(self.asked.headers).await?;
        let visit = Visit { why: format!("{}; {why}, asked again", self.why), ..*self };
        Ok(visit.keep(Known::default(), answer, sent, flight).await)
    }

    /// The network's answer, stored as it passes where it may be.
    async fn keep(&self, known: Known, mut answer: Answer, sent: Sent, flight: Option<Flight>) -> Answer {
        let Visit { cache, request, partition, asked, .. } = *self;
        let sent = cache.invalidate(&request.method, &request.url, partition, &answer.head, sent).await;
        let outcome = if request.cache == CacheMode::NoStore {
            "not stored: the cache mode is no-store".to_owned()
        } else if request.method == "HEAD" {
            let done = cache.describe(&known, &answer.head, sent).await;
            done.unwrap_or("answers to HEAD are not stored").to_owned()
        } else {
            let (tee, outcome) = cache.store(asked, known, &answer.head, sent, flight).await;
            answer.tee = tee;
            outcome
        };
        let why = format!("{}; {outcome}", self.why);
        self.entry.cache_verdict(CacheVerdict::Network { why });
        answer
    }

    /// The stored response, after the network said that it holds.
    fn validated(&self, not_modified: Answer, stored: Stored, outcome: String) -> Answer {
        let why = format!("{}; {outcome}", self.why);
        self.entry.cache_verdict(CacheVerdict::Revalidated { store: self.cache.kind(), why });
        let Answer { timing, head_at, head, .. } = not_modified;
        let head =
            ResponseHead { remote_address: head.remote_address, ..stored_head(self.request, &stored, false) };
        Answer {
            head,
            body: AnswerBody::stored(stored_body(self.request, stored)),
            timing,
            head_at,
            tee: None,
        }
    }

    /// The beginning from the store and the rest from the network.
    async fn joined(
        &self,
        known: Known,
        rest: Answer,
        head: ResponseHead,
        beginning: Stored,
        sent: Sent,
        flight: Option<Flight>,
    ) -> Answer {
        let (tee, outcome) = self.cache.store(self.asked, known, &head, sent, flight).await;
        let why = format!("{}; the rest came, {outcome}", self.why);
        self.entry.cache_verdict(CacheVerdict::Revalidated { store: self.cache.kind(), why });
        let body = rest.body.after(beginning.body);
        Answer { head, body, tee, ..rest }
    }

    /// What answers where the request itself forbids the network.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.7>
    fn gateway_timeout(&self) -> Option<Answer> {
        if !cache::says_only_if_cached(self.asked.headers) {
            return None;
        }
        let why = format!("{}; the request says only-if-cached", self.why);
        self.entry.cache_verdict(CacheVerdict::Network { why });
        let head = ResponseHead {
            url: self.request.url.clone(),
            url_list: vec![self.request.url.clone()],
            status: 504,
            status_text: "Gateway Timeout".to_owned(),
            headers: HeaderList::new(),
            mime_type: MimeType::from_essence("application/octet-stream"),
            protocol: Protocol::Memory,
            from_cache: true,
            tainting: Tainting::Basic,
            remote_address: None,
        };
        self.entry.hop_head(&head);
        let body = AnswerBody::stored(None);
        Some(Answer { head, body, timing: Timing::default(), head_at: Instant::now(), tee: None })
    }
}

/// An answer that needs no network.
fn from_store(request: &Request, stored: Stored, entry: &EntryWriter) -> Answer {
    let head = stored_head(request, &stored, true);
    entry.hop_head(&head);
    let body = AnswerBody::stored(stored_body(request, stored));
    Answer { head, body, timing: Timing::default(), head_at: Instant::now(), tee: None }
}

fn stored_body(request: &Request, stored: Stored) -> Option<Bytes> {
    (request.method != "HEAD").then_some(stored.body)
}

fn stored_head(request: &Request, stored: &Stored, from_cache: bool) -> ResponseHead {
    ResponseHead {
        url: request.url.clone(),
        url_list: vec![request.url.clone()],
        status: stored.head.status,
        status_text: stored.head.status_text.clone(),
        headers: stored.head.headers(),
        mime_type: MimeType::from_essence("application/octet-stream"),
        protocol: stored.head.protocol(),
        from_cache,
        tainting: Tainting::Basic,
        remote_address: None,
    }
}
