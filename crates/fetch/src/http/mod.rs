//! `http:` and `https:`: redirects outside, exchanges with servers inside.
//! <https://fetch.spec.whatwg.org/#http-fetch>
//!
//! 1. [`redirect`]: after each exchange, whether and how to go on.
//! 2. [`cache_mode`] and [`request_headers`]: what is sent beside the caller's own fields.
//! 3. [`caching`]: an answer from the [`cache`](crate::cache), or what the network is asked for it.
//! 4. [`exchange`]: one request to one server, over one of the [connections](crate::connection), waited for by priority.
//! 5. [`body`]: the body piece by piece, its content codings undone by [`content_coding`], its MIME type sniffed.

mod body;
mod cache_mode;
mod caching;
mod content_coding;
mod exchange;
mod preflight;
pub(crate) mod redirect;
pub(crate) mod request_headers;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use tokio::sync::Notify;
use url::{Position, Url};

use crate::cache::{CacheLocation, HttpCache};
use crate::clock::Clock;
use crate::connection::{Connector, Pool};
use crate::error::{FetchError, FetchErrorKind, Phase};
use crate::exchange::{Fetch, Responder};
use crate::headers::HeaderList;
use crate::limits::{Limits, MAX_SENT_URL_BYTES};
use crate::log::EntryWriter;
use crate::policy;
use crate::policy::cors::preflight_cache::PreflightCache;
use crate::policy::hosts::HostPolicy;
use crate::profile::Profile;
use crate::proxy::ProxyChoice;
use crate::request::{RedirectMode, Request};
use crate::response::{Sizes, Tainting, Timing};
use exchange::Answer;
use redirect::NextHop;

/// The running network: threads, connections, those who wait for them.
pub(crate) struct Network {
    runtime: Option<tokio::runtime::Runtime>,
    shared: Arc<Shared>,
}

/// What a network is made of.
#[derive(Default)]
pub(crate) struct NetworkSetup {
    pub(crate) limits: Limits,
    /// Certificates of authorities beside the system's, in DER.
    pub(crate) trusted: Vec<Vec<u8>>,
    pub(crate) profile: Arc<Profile>,
    pub(crate) hosts: Arc<HostPolicy>,
    pub(crate) proxy: ProxyChoice,
    /// Names whose addresses are not asked for.
    pub(crate) fixed_addresses: Arc<BTreeMap<String, IpAddr>>,
    pub(crate) cache: CacheLocation,
    pub(crate) clock: Clock,
    /// Asked instead of the system's name servers, where there are some.
    pub(crate) name_servers: Vec<SocketAddr>,
}

struct Shared {
    pool: Arc<Pool>,
    preflights: PreflightCache,
    limits: Limits,
    profile: Arc<Profile>,
    hosts: Arc<HostPolicy>,
    /// None where it is off.
    cache: Option<Arc<HttpCache>>,
}

impl Network {
    /// Starts the network's threads.
    pub(crate) fn start(setup: &NetworkSetup) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fanlight-net")
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| format!("its threads did not start ({error})"))?;
        let shared = Shared {
            pool: Pool::new(Connector::new(setup)?, setup.limits.connections_per_host),
            preflights: PreflightCache::default(),
            limits: setup.limits.clone(),
            profile: Arc::clone(&setup.profile),
            hosts: Arc::clone(&setup.hosts),
            cache: HttpCache::new(&setup.cache, &setup.limits, setup.clock.clone()),
        };
        Ok(Network { runtime: Some(runtime), shared: Arc::new(shared) })
    }

    /// Starts a request on the network's threads.
    pub(crate) fn fetch(&self, request: Request, entry: EntryWriter) -> Fetch {
        let (fetch, responder) = Fetch::pair(request.url.as_str());
        let Some(runtime) = &self.runtime else { return fetch };
        let cancelled = Arc::new(Notify::new());
        let notify = Arc::clone(&cancelled);
        let (log, id) = (entry.log().clone(), entry.id());
        responder.on_cancel(move || {
            log.cancel(id);
            notify.notify_one();
        });
        responder.expect(&request.integrity);
        let shared = Arc::clone(&self.shared);
        let (log, pool) = (entry.log().clone(), Arc::clone(&shared.pool));
        let handle = runtime.handle().clone();
        responder.on_priority(move |priority| {
            log.change_priority(id, priority);
            // Connections are made by tasks of the network's threads.
            let _inside = handle.enter();
            pool.change_priority(id, priority);
        });
        runtime.spawn(async move {
            let url = request.url.clone();
            let limit = shared.limits.total_timeout;
            let outcome = tokio::select! {
                biased;
                () = cancelled.notified() => Err(FetchError::new(&url, FetchErrorKind::Cancelled)),
                outcome = tokio::time::timeout(limit, http_fetch(&shared, request, &responder, &entry)) => {
                    let late = FetchErrorKind::Timeout { phase: Phase::Whole, after: limit };
                    outcome.unwrap_or_else(|_| Err(FetchError::new(&url, late)))
                }
            };
            let verified =
                |done| responder.verify().map(|()| done).map_err(|kind| FetchError::new(&url, kind));
            match outcome.and_then(verified) {
                Ok((timing, sizes)) => {
                    entry.finish(timing, sizes);
                    responder.end(timing, sizes);
                }
                Err(error) => {
                    entry.fail(&error);
                    responder.fail(error);
                }
            }
        });
        fetch
    }
}

impl Network {
    /// Looks up the addresses of a URL's host.
    pub(crate) fn prefetch_dns(&self, url: Url) {
        let Some(runtime) = &self.runtime else { return };
        let pool = Arc::clone(&self.shared.pool);
        runtime.spawn(async move { pool.resolve_ahead(&url).await });
    }

    /// Makes a connection to a URL's origin.
    pub(crate) fn preconnect(&self, url: &Url) {
        let Some(runtime) = &self.runtime else { return };
        let _inside = runtime.enter();
        self.shared.pool.preconnect(url);
    }
}

/// Requests under way are cancelled; nobody waits for the threads.
impl Drop for Network {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Hops until one does not redirect, whose body is then handed on. The steps of a hop, in the Fetch standard's order:
///
/// 1. The URL is upgraded to `https:`.
/// 2. The policies that need no answer are asked.
/// 3. A server of another origin is asked whether it allows the request, where that is not plain.
/// 4. [`network_or_cache_fetch`]: header fields, cache, network. What every network answer says to the profile is read
///    there.
/// 5. The policies that need the answer are asked.
/// 6. A redirect is followed, or the body handed on.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>, <https://fetch.spec.whatwg.org/#concept-http-fetch>
async fn http_fetch(
    shared: &Arc<Shared>,
    mut request: Request,
    responder: &Responder,
    entry: &EntryWriter,
) -> Result<(Timing, Sizes), FetchError> {
    let asked_for = request.url.clone();
    let failed = |kind| FetchError::new(&asked_for, kind);
    let own_fields = request.headers.clone();
    cache_mode::settle(&mut request);
    let mut tainting = Tainting::Basic;
    let mut url_list = Vec::new();
    let mut redirects = 0;
    loop {
        // 1. Upgrades: HSTS, upgrade-insecure-requests.
        if let Some(upgraded) = shared.profile.upgraded(&request.url) {
            redirect::log_upgrade(entry, &request, &upgraded, "HSTS");
            request.url = upgraded;
        }
        policy::upgrade(&mut request, entry);
        url_list.push(request.url.clone());
        check_length(&request.url).map_err(failed)?;
        // 2. Policies that need no answer.
        policy::check_request(&request, redirects, entry)?;
        shared.hosts.check_url(&request.url).map_err(failed)?;
        tainting = policy::cors::tainting(&request, tainting).map_err(failed)?;
        // 3. CORS preflight.
        preflight::ask(shared, &request, tainting, &own_fields, &url_list, entry).await.map_err(failed)?;
        // 4. Header fields, cache, network.
        let mut answer = network_or_cache_fetch(shared, &request, &url_list, entry).await.map_err(failed)?;
        // 5. Policies that need the answer: CORS, and, where it is no redirect, nosniff and framing.
        preflight::check_answer(shared, &request, tainting, &answer.head).map_err(failed)?;
        // 6. Redirect or body.
        let next = match request.redirect {
            RedirectMode::Manual => None,
            _ => redirect::location(&answer.head, &request.url),
        };
        let Some(location) = next else {
            policy::check_response(&request, tainting, &answer.head).map_err(failed)?;
            answer.head.tainting = tainting;
            answer.head.url_list = url_list;
            return body::stream(shared, request.destination, answer, responder, entry).await.map_err(failed);
        };
        let location = location.map_err(failed)?;
        if request.redirect == RedirectMode::Error {
            let reason = "the request does not allow redirects";
            let location = location.to_string();
            return Err(failed(FetchErrorKind::RedirectBlocked { location, reason }));
        }
        redirects += 1;
        if redirects > shared.limits.redirects {
            let (limit, last) = (shared.limits.redirects, shortened(&location));
            return Err(failed(FetchErrorKind::TooManyRedirects { limit, last }));
        }
        let status = answer.head.status;
        let referrer_policy = policy::referrer::from_headers(&answer.head.headers);
        answer.discard_body(entry).await;
        redirect::follow(&mut request, NextHop { location, status, tainting, referrer_policy })
            .map_err(failed)?;
    }
}

/// Completes the header fields and gets an answer, from the cache where it may.
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
async fn network_or_cache_fetch(
    shared: &Arc<Shared>,
    request: &Request,
    url_list: &[Url],
    entry: &EntryWriter,
) -> Result<Answer, FetchErrorKind> {
    let headers = request_headers::complete(request, url_list, &shared.profile);
    entry.begin_hop(&request.url, &request.method, &headers);
    caching::fetch(shared, request, url_list, &headers, entry).await
}

/// Asks the server. Every answer of the network passes here, redirects, 304 and preflights too: what it says to the
/// profile (`Set-Cookie`, `Strict-Transport-Security`) is read here.
/// <https://fetch.spec.whatwg.org/#concept-http-network-fetch>
async fn network_fetch(
    shared: &Arc<Shared>,
    request: &Request,
    url_list: &[Url],
    headers: &HeaderList,
    entry: &EntryWriter,
) -> Result<Answer, FetchErrorKind> {
    let answer = exchange::exchange(shared, request, headers, entry).await?;
    let rejected = shared.profile.receive(request, url_list, &answer.head.headers);
    entry.change_hop(|hop| hop.rejected_cookies = rejected);
    Ok(answer)
}

/// # Errors
/// The URL is too long to be sent.
fn check_length(url: &Url) -> Result<(), FetchErrorKind> {
    let bytes = url[..Position::AfterQuery].len();
    if bytes <= MAX_SENT_URL_BYTES {
        return Ok(());
    }
    let reason = format!("it is {bytes} bytes long, and a server can be sent {MAX_SENT_URL_BYTES} at most");
    Err(FetchErrorKind::InvalidUrl { reason })
}

fn shortened(url: &Url) -> String {
    FetchError::new(url, FetchErrorKind::Cancelled).url
}
