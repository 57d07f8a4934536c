//! Which request uses which connection when.
//!
//! A request joins the queue of its origin. It is served by an HTTP/2 connection, by an idle one, or by whichever comes
//! free or ready first: a connection is made for the queue, not for one request. Over HTTP/1.1 an origin has as many
//! connections as browsers give it; over HTTP/2 one, perhaps one that was made for another origin ([`super::sharing`]). What an origin speaks is known after its first connection over TLS,
//! so nobody else connects to it before that.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use tokio::sync::oneshot;
use url::Url;

use super::connector::{ConnectFailure, Connector, Established, Line};
use super::http1::Http1;
use super::http2::Http2;
use super::message::{Again, Body, Head, Outgoing, SendError};
use super::record::{ConnectTimes, Connection};
use super::schedule::{Delayables, Rank};
use crate::limits::{IDLE_CONNECTION_TIMEOUT, MAX_CONNECTIONS, MAX_REQUESTS, MAX_STREAMS_PER_HOST};
use crate::log::EntryId;
use crate::request::Priority;

/// The connections of a fetcher, and those who wait for one.
pub(crate) struct Pool {
    connector: Connector,
    connections_per_host: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By origin as text.
    origins: BTreeMap<String, Origin>,
    /// Requests under way.
    active: usize,
    delayables: Delayables,
    sequence: u64,
}

/// The connections to one origin.
struct Origin {
    url: Url,
    waiting: BinaryHeap<Waiting>,
    /// Connections that are being made.
    connecting: usize,
    /// Connections over HTTP/1.1 that nobody uses, the one used last at the end.
    idle: Vec<Idle>,
    /// Connections over HTTP/1.1 that somebody uses.
    in_use: usize,
    http2: Option<Shared>,
    /// Whether it has said that connections made for others are not for it.
    is_apart: bool,
    /// What it was last seen to speak.
    speaks: Option<Speaks>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaks {
    Http1,
    Http2,
    /// It offers HTTP/2 and then does not want it.
    OnlyHttp1,
}

struct Idle {
    http1: Http1,
    connection: Arc<Connection>,
    was_used: bool,
    since: Instant,
}

#[derive(Clone)]
struct Shared {
    http2: Http2,
    connection: Arc<Connection>,
    was_used: bool,
    streams: usize,
    /// When the last stream began or ended.
    since: Instant,
}

/// Greater is sooner.
struct Waiting {
    /// Who waits, for a change of mind.
    ticket: EntryId,
    rank: Rank,
    asked: Instant,
    grant: oneshot::Sender<Result<Lease, ConnectFailure>>,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

/// The right to send one request. It ends when it is dropped, which is after the answer's body.
pub(crate) struct Lease {
    pool: Arc<Pool>,
    origin: String,
    /// None after the end.
    line: Option<Line>,
    connection: Arc<Connection>,
    /// Whether another request has used the connection before.
    is_reused: bool,
    is_delayable: bool,
}

/// What can be done now.
enum Step {
    Grant(String, Waiting, Line, Arc<Connection>, bool),
    Connect(String, Url, bool),
}

impl Pool {
    pub(crate) fn new(connector: Connector, connections_per_host: usize) -> Arc<Self> {
        Arc::new(Pool {
            connector,
            connections_per_host: connections_per_host.max(1),
            state: Mutex::default(),
        })
    }

    /// Waits for a connection to a URL's origin.
    ///
    /// # Errors
    /// None could be made.
    pub(crate) async fn acquire(
        self: &Arc<Self>,
        url: &Url,
        priority: Priority,
        ticket: EntryId,
    ) -> Result<Lease, ConnectFailure> {
        let (grant, granted) = oneshot::channel();
        {
            let mut state = self.state.lock();
            state.sequence += 1;
            let rank = (priority, Reverse(state.sequence));
            state.origin(url).waiting.push(Waiting { ticket, rank, asked: Instant::now(), grant });
        }
        self.advance();
        // The sending end lives in the queue until it is used, and the queue as long as `self`.
        granted.await.expect("a waiting request is granted, never dropped")
    }

    /// Changes the priority of a request that waits; nothing where it waits no more.
    pub(crate) fn change_priority(self: &Arc<Self>, ticket: EntryId, priority: Priority) {
        for origin in self.state.lock().origins.values_mut() {
            if !origin.waiting.iter().any(|waiting| waiting.ticket == ticket) {
                continue;
            }
            // The heap is built anew: ranks must not change inside of it.
            origin.waiting = std::mem::take(&mut origin.waiting)
                .into_iter()
                .map(|mut waiting| {
                    if waiting.ticket == ticket {
                        waiting.rank.0 = priority;
                    }
                    waiting
                })
                .collect();
        }
        self.advance();
    }

    /// Makes a connection to a URL's origin that a later request will use, where there is none.
    pub(crate) fn preconnect(self: &Arc<Self>, url: &Url) {
        let step = {
            let mut state = self.state.lock();
            let name = name(url);
            let origin = state.origin(url);
            let has_one = origin.http2.is_some() || !origin.idle.is_empty() || origin.connecting > 0;
            if has_one || origin.in_use > 0 {
                return;
            }
            origin.connecting += 1;
            Step::Connect(name, url.clone(), origin.speaks == Some(Speaks::OnlyHttp1))
        };
        self.take(step);
    }

    /// Looks up the addresses of a URL's host.
    pub(crate) async fn resolve_ahead(&self, url: &Url) {
        self.connector.resolve_ahead(url).await;
    }

    /// Does all that can be done now.
    fn advance(self: &Arc<Self>) {
        loop {
            let step = self.state.lock().next(self.connections_per_host);
            let Some(step) = step else { return };
            self.take(step);
        }
    }

    /// Outside the lock: a lease that nobody takes any more is dropped here and returns itself.
    fn take(self: &Arc<Self>, step: Step) {
        match step {
            Step::Grant(origin, waiting, line, connection, is_reused) => {
                let is_multiplexed = matches!(line, Line::Http2(_));
                let (priority, _) = waiting.rank;
                let is_delayable = self.state.lock().delayables.started(priority, is_multiplexed);
                let pool = Arc::clone(self);
                let lease = Lease { pool, origin, line: Some(line), connection, is_reused, is_delayable };
                let _ = waiting.grant.send(Ok(lease));
            }
            Step::Connect(origin, url, http1_only) => {
                let pool = Arc::clone(self);
                tokio::spawn(async move {
                    if !http1_only && pool.share(&origin, &url).await {
                        return;
                    }
                    let begun = Instant::now();
                    let weak = Arc::downgrade(&pool);
                    let ended = move |id| {
                        if let Some(pool) = weak.upgrade() {
                            pool.forget_http2(id);
                        }
                    };
                    let outcome = pool.connector.connect(&url, http1_only, ended).await;
                    pool.connected(&origin, begun, outcome);
                });
            }
        }
    }

    /// Lets an origin use a connection over HTTP/2 that was made for another one, where that leads to its host's address and
    /// its certificate is for that host too. Returns whether there is one.
    /// <https://www.rfc-editor.org/rfc/rfc9113#section-9.1.1>
    async fn share(self: &Arc<Self>, name: &str, url: &Url) -> bool {
        let candidates: Vec<Shared> = {
            let state = self.state.lock();
            if state.origins.get(name).is_none_or(|origin| origin.is_apart) {
                return false;
            }
            let others = state.origins.values().filter_map(|other| other.http2.as_ref());
            others.filter(|shared| shared.connection.may_serve(url)).cloned().collect()
        };
        if candidates.is_empty() {
            return false;
        }
        let Some(addresses) = self.connector.addresses_of(url).await else { return false };
        let leads_there =
            |shared: &&Shared| shared.connection.remote_address.is_some_and(|own| addresses.contains(&own));
        let Some(found) = candidates.iter().find(leads_there) else { return false };
        {
            let mut state = self.state.lock();
            // It may have ended meanwhile.
            let is_open = |other: &Origin| {
                other.http2.as_ref().is_some_and(|shared| shared.connection.id == found.connection.id)
            };
            if !state.origins.values().any(is_open) {
                return false;
            }
            let Some(origin) = state.origins.get_mut(name) else { return false };
            origin.connecting = origin.connecting.saturating_sub(1);
            origin.speaks = Some(Speaks::Http2);
            origin.http2 =
                Some(Shared { was_used: true, streams: 0, since: Instant::now(), ..found.clone() });
        }
        self.advance();
        true
    }

    /// A connection is ready, or there is none.
    fn connected(self: &Arc<Self>, name: &str, begun: Instant, outcome: Result<Established, ConnectFailure>) {
        let mut failed = Vec::new();
        {
            let mut state = self.state.lock();
            let Some(origin) = state.origins.get_mut(name) else { return };
            origin.connecting = origin.connecting.saturating_sub(1);
            let now = Instant::now();
            match outcome {
                Ok(Established { line: Line::Http1(http1), connection }) => {
                    if origin.speaks != Some(Speaks::OnlyHttp1) {
                        origin.speaks = Some(Speaks::Http1);
                    }
                    origin.idle.push(Idle { http1, connection, was_used: false, since: now });
                }
                Ok(Established { line: Line::Http2(http2), connection }) => {
                    origin.speaks = Some(Speaks::Http2);
                    origin.http2 =
                        Some(Shared { http2, connection, was_used: false, streams: 0, since: now });
                }
                Err(failure) => {
                    failed.extend(
                        origin.who_fails(begun).into_iter().map(|waiting| (waiting, failure.clone())),
                    );
                }
            }
        }
        for (waiting, failure) in failed {
            let _ = waiting.grant.send(Err(failure));
        }
        self.advance();
    }

    /// A connection over HTTP/2 has ended, or takes no more requests.
    fn forget_http2(self: &Arc<Self>, id: u64) {
        for origin in self.state.lock().origins.values_mut() {
            if origin.http2.as_ref().is_some_and(|shared| shared.connection.id == id) {
                origin.http2 = None;
            }
        }
        self.advance();
    }

    /// A lease has ended; its connection over HTTP/1.1 comes back where it can be used again.
    fn released(self: &Arc<Self>, name: &str, back: Option<Idle>) {
        {
            let mut state = self.state.lock();
            if let Some(origin) = state.origins.get_mut(name) {
                origin.in_use = origin.in_use.saturating_sub(1);
                origin.idle.extend(back);
            }
        }
        self.advance();
    }
}

fn name(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl State {
    fn origin(&mut self, url: &Url) -> &mut Origin {
        self.origins.entry(name(url)).or_insert_with(|| Origin {
            url: url.clone(),
            waiting: BinaryHeap::new(),
            connecting: 0,
            idle: Vec::new(),
            in_use: 0,
            http2: None,
            is_apart: false,
            speaks: None,
        })
    }

    fn next(&mut self, connections_per_host: usize) -> Option<Step> {
        self.origins.values_mut().for_each(Origin::tidy);
        self.origins.retain(|_, origin| !origin.is_forgotten());
        self.next_grant().or_else(|| self.next_connect(connections_per_host))
    }

    /// The most urgent request for which there is a connection.
    fn next_grant(&mut self) -> Option<Step> {
        if self.active >= MAX_REQUESTS {
            return None;
        }
        let delayables = &self.delayables;
        let (name, origin) = self
            .origins
            .iter_mut()
            .filter(|(_, origin)| origin.may_start(delayables) && origin.has_line())
            .max_by(|(_, a), (_, b)| a.waiting.peek().cmp(&b.waiting.peek()))?;
        let waiting = origin.waiting.pop()?;
        let (line, connection, was_used) = origin.take_line()?;
        self.active += 1;
        Some(Step::Grant(name.clone(), waiting, line, connection, was_used))
    }

    /// A connection that somebody would use.
    fn next_connect(&mut self, connections_per_host: usize) -> Option<Step> {
        let delayables = &self.delayables;
        let (name, origin) = self
            .origins
            .iter()
            .filter(|(_, origin)| {
                origin.may_start(delayables) && origin.wants_connection(connections_per_host)
            })
            .max_by(|(_, a), (_, b)| a.waiting.peek().cmp(&b.waiting.peek()))?;
        let (name, url) = (name.clone(), origin.url.clone());
        let http1_only = origin.speaks == Some(Speaks::OnlyHttp1);
        if self.origins.values().map(Origin::connections).sum::<usize>() >= MAX_CONNECTIONS {
            // One that nobody uses makes room.
            let other = self.origins.values_mut().find(|other| !other.idle.is_empty())?;
            other.idle.remove(0);
        }
        self.origins.get_mut(&name)?.connecting += 1;
        Some(Step::Connect(name, url, http1_only))
    }
}

impl Origin {
    /// Drops what is of no use any more.
    fn tidy(&mut self) {
        while self.waiting.peek().is_some_and(|waiting| waiting.grant.is_closed()) {
            self.waiting.pop();
        }
        self.idle.retain(|idle| idle.http1.is_ready() && idle.since.elapsed() < IDLE_CONNECTION_TIMEOUT);
        if let Some(shared) = &self.http2
            && shared.streams == 0
            && shared.since.elapsed() >= IDLE_CONNECTION_TIMEOUT
        {
            self.http2 = None;
        }
    }

    /// Only what was learnt about an origin is worth keeping.
    fn is_forgotten(&self) -> bool {
        self.waiting.is_empty()
            && self.connections() == 0
            && !self.is_apart
            && matches!(self.speaks, None | Some(Speaks::Http1))
    }

    fn connections(&self) -> usize {
        self.connecting + self.idle.len() + self.in_use + usize::from(self.http2.is_some())
    }

    fn is_multiplexed(&self) -> bool {
        self.speaks == Some(Speaks::Http2)
    }

    /// Whether somebody waits who need not wait for others' sake.
    fn may_start(&self, delayables: &Delayables) -> bool {
        self.waiting.peek().is_some_and(|waiting| delayables.may_start(waiting.rank.0, self.is_multiplexed()))
    }

    fn has_line(&self) -> bool {
        match &self.http2 {
            Some(shared) => shared.streams < MAX_STREAMS_PER_HOST,
            None => !self.idle.is_empty(),
        }
    }

    fn take_line(&mut self) -> Option<(Line, Arc<Connection>, bool)> {
        if let Some(shared) = &mut self.http2 {
            shared.streams += 1;
            shared.since = Instant::now();
            let was_used = std::mem::replace(&mut shared.was_used, true);
            return Some((Line::Http2(shared.http2.clone()), Arc::clone(&shared.connection), was_used));
        }
        let idle = self.idle.pop()?;
        self.in_use += 1;
        Some((Line::Http1(idle.http1), idle.connection, idle.was_used))
    }

    fn wants_connection(&self, connections_per_host: usize) -> bool {
        let knows =
            self.url.scheme() != "https" || matches!(self.speaks, Some(Speaks::Http1 | Speaks::OnlyHttp1));
        let most = if knows { connections_per_host } else { 1 };
        self.connecting < self.waiting.len() && self.connections() < most
    }

    /// Whom the failure of a connection begun at an instant concerns: all who asked before, unless others had more luck.
    fn who_fails(&mut self, begun: Instant) -> Vec<Waiting> {
        if self.connections() > 0 {
            return self.waiting.pop().into_iter().collect();
        }
        let (failed, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.waiting).into_iter().partition(|waiting| waiting.asked <= begun);
        self.waiting = others.into();
        failed
    }
}

impl Lease {
    /// The connection.
    pub(crate) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// Whether another request has used the connection before.
    pub(crate) fn is_reused(&self) -> bool {
        self.is_reused
    }

    /// When the connection was made, where this is the first request on it.
    pub(crate) fn new_times(&self) -> Option<&ConnectTimes> {
        (!self.is_reused).then_some(&self.connection.times)
    }

    /// Whether many requests share the connection, so that the server is to be told which is urgent.
    pub(crate) fn is_multiplexed(&self) -> bool {
        matches!(self.line, Some(Line::Http2(_)))
    }

    /// Whether the connection was made for another origin.
    pub(crate) fn is_shared(&self) -> bool {
        self.origin != self.connection.origin
    }

    /// The server does not answer for this origin over a connection that was made for another one: it gets its own.
    /// <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20>
    pub(crate) fn keep_apart(&self) {
        if let Some(origin) = self.pool.state.lock().origins.get_mut(&self.origin) {
            origin.is_apart = true;
            origin.http2 = None;
            origin.speaks = None;
        }
    }

    /// Sends a request and waits for the head of its answer.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn send(&mut self, outgoing: Outgoing) -> Result<(Head, Body), SendError> {
        let outcome = match self.line.as_mut().expect("a lease has its connection until it is dropped") {
            Line::Http1(http1) => http1.send(outgoing).await,
            Line::Http2(http2) => http2.send(outgoing).await,
        };
        let Err(error) = &outcome else { return outcome };
        if error.again != Again::No {
            self.distrust(error.again == Again::OverHttp1);
        }
        outcome
    }

    /// The connection has ended, and those that were idle as long probably too.
    fn distrust(&self, wants_http1: bool) {
        let mut state = self.pool.state.lock();
        let Some(origin) = state.origins.get_mut(&self.origin) else { return };
        origin.idle.clear();
        if origin.http2.as_ref().is_some_and(|shared| shared.connection.id == self.connection.id) {
            origin.http2 = None;
        }
        if wants_http1 {
            origin.speaks = Some(Speaks::OnlyHttp1);
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        {
            let mut state = self.pool.state.lock();
            state.active = state.active.saturating_sub(1);
            if self.is_delayable {
                state.delayables.ended();
            }
        }
        let (pool, name) = (Arc::clone(&self.pool), std::mem::take(&mut self.origin));
        let connection = Arc::clone(&self.connection);
        match self.line.take() {
            Some(Line::Http2(_)) | None => {
                if let Some(shared) =
                    pool.state.lock().origins.get_mut(&name).and_then(|origin| origin.http2.as_mut())
                    && shared.connection.id == connection.id
                {
                    shared.streams = shared.streams.saturating_sub(1);
                    shared.since = Instant::now();
                }
                pool.advance();
            }
            Some(Line::Http1(mut http1)) => {
                let idle = |http1| Idle { http1, connection, was_used: true, since: Instant::now() };
                if http1.is_ready() {
                    pool.released(&name, Some(idle(http1)));
                } else if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    // The task that runs the connection has not yet seen that the body is complete, or it is not.
                    runtime.spawn(async move {
                        let back = http1.ready().await.then(|| idle(http1));
                        pool.released(&name, back);
                    });
                } else {
                    pool.released(&name, None);
                }
            }
        }
    }
}
