//! When the steps of a connection happened, noted for the request that waits for it.
//!
//! Resolver, connector and TLS are called by the client deep inside its own code, in the task of the request; a
//! task-local recorder is how they find it. A request on a connection that was there already sees no events.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use parking_lot::Mutex;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tower::{Layer, Service};

tokio::task_local! {
    static RECORDER: Arc<Recorder>;
}

/// What is known of the connection that a request waits for.
#[derive(Default)]
pub(super) struct Recorder {
    times: Mutex<ConnectTimes>,
}

/// When each step began or ended.
#[derive(Clone, Copy, Default)]
pub(super) struct ConnectTimes {
    pub(super) started: Option<Instant>,
    pub(super) dns_started: Option<Instant>,
    pub(super) dns_ended: Option<Instant>,
    pub(super) tls_started: Option<Instant>,
    pub(super) ended: Option<Instant>,
}

impl Recorder {
    /// What happened so far.
    pub(super) fn times(&self) -> ConnectTimes {
        *self.times.lock()
    }

    /// Runs a request whose connection is recorded here.
    pub(super) async fn scope<F: Future>(self: &Arc<Self>, request: F) -> F::Output {
        RECORDER.scope(Arc::clone(self), request).await
    }
}

/// Notes something for the request in whose task this runs.
fn note(change: impl FnOnce(&mut ConnectTimes)) {
    // Outside of a request, as in a connection that is finished for later use, nobody is interested.
    let _ = RECORDER.try_with(|recorder| change(&mut recorder.times.lock()));
}

/// Notes that the TLS handshake begins.
pub(super) fn note_tls_start() {
    note(|times| times.tls_started = times.tls_started.or(Some(Instant::now())));
}

/// The system's resolver, with `localhost` answered here.
pub(super) struct TimedResolver;

impl Resolve for TimedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            note(|times| times.dns_started = Some(Instant::now()));
            let addresses: Addrs = if is_localhost(name.as_str()) {
                // Never asked of a server, which could answer anything.
                // <https://datatracker.ietf.org/doc/html/draft-ietf-dnsop-let-localhost-be-localhost>
                let addresses = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
                Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)))
            } else if has_domain(name.as_str(), "invalid") {
                // <https://www.rfc-editor.org/rfc/rfc6761#section-6.4>
                return Err("names that end in .invalid have no address".into());
            } else {
                let addresses: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
                Box::new(addresses.into_iter())
            };
            note(|times| times.dns_ended = Some(Instant::now()));
            Ok(addresses)
        })
    }
}

fn is_localhost(name: &str) -> bool {
    has_domain(name, "localhost")
}

/// Whether a name's last label is this one.
fn has_domain(name: &str, label: &str) -> bool {
    name.trim_end_matches('.').rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(label))
}

/// Wraps the client's connector.
#[derive(Clone)]
pub(super) struct ConnectLayer;

impl<S> Layer<S> for ConnectLayer {
    type Service = TimedConnector<S>;

    fn layer(&self, inner: S) -> TimedConnector<S> {
        TimedConnector { inner }
    }
}

/// Notes when connecting begins and ends.
#[derive(Clone)]
pub(super) struct TimedConnector<S> {
    inner: S,
}

impl<S, R> Service<R> for TimedConnector<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
    S::Response: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, destination: R) -> Self::Future {
        note(|times| times.started = Some(Instant::now()));
        let recorder = RECORDER.try_with(Arc::clone).ok();
        let connecting = self.inner.call(destination);
        Box::pin(async move {
            let Some(recorder) = recorder else { return connecting.await };
            let connected = recorder.scope(connecting).await;
            if connected.is_ok() {
                recorder.times.lock().ended = Some(Instant::now());
            }
            connected
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_localhost;

    #[test]
    fn localhost_is_known_with_and_without_names_before_it() {
        assert!(is_localhost("localhost") && is_localhost("a.LOCALHOST.") && is_localhost("Localhost."));
        assert!(!is_localhost("notlocalhost") && !is_localhost("a.localhost.com"));
    }
}
