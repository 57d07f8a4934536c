//! One request to one server, to the head of its answer.
//! <https://fetch.spec.whatwg.org/#http-network-fetch>

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hyper::ext::ReasonPhrase;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, Version};

use super::Shared;
use super::connect_timing::Recorder;
use super::failure;
use super::scheduler::Slot;
use crate::cache::Tee;
use crate::error::{FetchErrorKind, Phase};
use crate::headers::{HeaderList, content_length};
use crate::log::{EntryWriter, HopResponse};
use crate::mime_type::MimeType;
use crate::request::Request;
use crate::response::{Protocol, ResponseHead, Timing};

/// An answer, its body still to come.
pub(super) struct Answer {
    /// Its MIME type is not computed yet, and its URL list is its own URL.
    pub(super) head: ResponseHead,
    pub(super) body: AnswerBody,
    /// Up to the head.
    pub(super) timing: Timing,
    /// When the head was there.
    pub(super) head_at: Instant,
    /// Stores the body as it passes.
    pub(super) tee: Option<Tee>,
}

/// Where the bytes of a body come from: what is stored first, then what a server sends.
pub(super) struct AnswerBody {
    stored: Option<Bytes>,
    network: Option<NetworkBody>,
}

struct NetworkBody {
    response: reqwest::Response,
    /// The connection is ours until the body is complete.
    _slot: Slot,
    /// Bytes so far.
    received: u64,
    /// What the server says it will be.
    expected: Option<u64>,
}

impl AnswerBody {
    /// A body that needs no network.
    pub(super) const fn stored(stored: Option<Bytes>) -> Self {
        AnswerBody { stored, network: None }
    }

    /// The same body after these bytes.
    pub(super) fn after(self, stored: Bytes) -> Self {
        AnswerBody { stored: Some(stored), ..self }
    }

    /// The next bytes, as transferred; none at the end. May be given up and called again.
    ///
    /// # Errors
    /// The body broke off.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, FetchErrorKind> {
        if let Some(stored) = self.stored.take().filter(|stored| !stored.is_empty()) {
            return Ok(Some(stored));
        }
        let Some(NetworkBody { response, received, expected, .. }) = &mut self.network else {
            return Ok(None);
        };
        let chunk = response.chunk().await;
        let chunk = chunk.map_err(|error| failure::within_body(&error, *received, *expected))?;
        *received += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        Ok(chunk)
    }
}

impl Answer {
    /// Stores a piece of the body, or its end, where the answer is being stored.
    pub(super) async fn passed(&mut self, chunk: Option<&Bytes>) {
        match (chunk, &mut self.tee) {
            (Some(chunk), Some(tee)) => tee.push(chunk).await,
            (None, tee) => {
                if let Some(tee) = tee.take() {
                    tee.finish().await;
                }
            }
            (Some(_), None) => {}
        }
    }

    /// Reads a short body to its end, so that the connection can be used again; a long one is not worth it.
    pub(super) async fn discard_body(mut self, entry: &EntryWriter) {
        const LONGEST: u64 = 64 << 10;
        const PATIENCE: Duration = Duration::from_millis(100);
        let mut discarded = 0;
        let reading = async {
            while let Ok(chunk) = self.body.chunk().await {
                self.passed(chunk.as_ref()).await;
                let Some(chunk) = chunk else { break };
                discarded += chunk.len() as u64;
                if discarded > LONGEST {
                    break;
                }
            }
        };
        // Late or not, the redirect is followed.
        let _ = tokio::time::timeout(PATIENCE, reading).await;
        let mut timing = self.timing;
        timing.download = milliseconds(self.head_at.elapsed());
        entry.change_hop(|hop| {
            hop.timing = timing;
            (hop.sizes.encoded, hop.sizes.decoded) = (discarded, discarded);
        });
    }
}

/// Waits for a connection and sends the request.
pub(super) async fn exchange(
    shared: &Shared,
    request: &Request,
    headers: &HeaderList,
    entry: &EntryWriter,
) -> Result<Answer, FetchErrorKind> {
    let route = shared.clients.route(&request.url).await?;
    entry.change_hop(|hop| hop.proxy = route.proxy.as_ref().map(ToString::to_string));
    let asked = Instant::now();
    let host = request.url.origin().ascii_serialization();
    let slot = shared.scheduler.acquire(&host, request.priority).await;
    let queued = milliseconds(asked.elapsed());
    let mut is_retry = false;
    let (response, recorder, sent) = loop {
        let outgoing = outgoing(request, headers)?;
        let recorder = Arc::new(Recorder::default());
        let sent = Instant::now();
        let limit = shared.limits.connect_timeout + shared.limits.response_timeout;
        let answered = tokio::time::timeout(limit, recorder.scope(route.client.execute(outgoing))).await;
        let kind = match answered {
            Ok(Ok(response)) => break (response, recorder, sent),
            Ok(Err(error)) => {
                let kind = failure::before_head(&error, request, &recorder.times(), &shared.limits);
                route.blame(kind, &error, &request.url)
            }
            Err(_) => {
                FetchErrorKind::Timeout { phase: Phase::Waiting, after: shared.limits.response_timeout }
            }
        };
        // A server may close an idle connection at the moment when it is used again; that is nobody's fault.
        let was_reused = recorder.times().started.is_none();
        let closed = matches!(kind, FetchErrorKind::NoResponse { .. });
        if is_retry || !closed || !was_reused || !is_idempotent(&request.method) {
            let timing = timing(queued, sent, &recorder, Instant::now());
            entry.change_hop(|hop| hop.timing = timing);
            return Err(kind);
        }
        is_retry = true;
    };
    let head_at = Instant::now();
    let head = head(request, &response);
    if head.protocol == Protocol::Http2 {
        shared.scheduler.is_multiplexed(&host);
    }
    let timing = timing(queued, sent, &recorder, head_at);
    entry.hop_response(HopResponse {
        status: head.status,
        status_text: head.status_text.clone(),
        protocol: head.protocol,
        headers: head.headers.clone(),
        remote_address: head.remote_address,
    });
    entry.change_hop(|hop| hop.timing = timing);
    let expected = content_length(&head.headers).ok().flatten();
    route.check_status(head.status)?;
    let network = Some(NetworkBody { response, _slot: slot, received: 0, expected });
    Ok(Answer { head, body: AnswerBody { stored: None, network }, timing, head_at, tee: None })
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2>
fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE")
}

/// The request in the client's terms.
fn outgoing(request: &Request, headers: &HeaderList) -> Result<reqwest::Request, FetchErrorKind> {
    let invalid = |reason: String| FetchErrorKind::InvalidRequest { reason };
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| invalid(format!("'{}' is not a method", request.method)))?;
    let mut url = request.url.clone();
    url.set_fragment(None);
    // They are in the Authorization field; neither call can fail on a URL that has a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let mut outgoing = reqwest::Request::new(method, url);
    for (name, value) in headers.iter() {
        let field = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| invalid(format!("'{name}' is not a header field's name")))?;
        let bytes =
            isomorphic_encode(value).ok_or_else(|| invalid(format!("the value of '{name}' is not bytes")))?;
        let value = HeaderValue::from_bytes(&bytes)
            .map_err(|_| invalid(format!("the value of '{name}' has characters that end a line")))?;
        outgoing.headers_mut().append(field, value);
    }
    if let Some(body) = &request.body {
        *outgoing.body_mut() = Some(body.clone().into());
    }
    Ok(outgoing)
}

/// <https://infra.spec.whatwg.org/#isomorphic-encode>
fn isomorphic_encode(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(c).ok()).collect()
}

/// <https://infra.spec.whatwg.org/#isomorphic-decode>
fn isomorphic_decode(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn head(request: &Request, response: &reqwest::Response) -> ResponseHead {
    let protocol = match response.version() {
        Version::HTTP_2 => Protocol::Http2,
        Version::HTTP_3 => Protocol::Http3,
        Version::HTTP_11 => Protocol::Http11,
        _ => Protocol::Http10,
    };
    let status_text = match (response.extensions().get::<ReasonPhrase>(), protocol) {
        (Some(phrase), _) => isomorphic_decode(phrase.as_bytes()),
        (None, Protocol::Http2 | Protocol::Http3) => String::new(),
        (None, _) => response.status().canonical_reason().unwrap_or("").to_owned(),
    };
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), isomorphic_decode(value.as_bytes())))
        .collect();
    ResponseHead {
        url: request.url.clone(),
        url_list: vec![request.url.clone()],
        status: response.status().as_u16(),
        status_text,
        headers,
        mime_type: MimeType::from_essence("application/octet-stream"),
        tainting: crate::response::Tainting::Basic,
        protocol,
        from_cache: false,
        remote_address: response.remote_addr(),
    }
}

/// Times of an exchange up to `head_at`. A connection that was begun for this request and finished only after another
/// one had come free is none of its costs.
fn timing(queued: f64, sent: Instant, recorder: &Recorder, head_at: Instant) -> Timing {
    let times = recorder.times();
    let between = |from: Instant, to: Instant| milliseconds(to.saturating_duration_since(from));
    let (Some(started), Some(ended)) = (times.started, times.ended.filter(|ended| *ended <= head_at)) else {
        return Timing { queued, waiting: between(sent, head_at), ..Timing::default() };
    };
    let dns_ended = times.dns_ended.unwrap_or(started);
    let connected = times.tls_started.unwrap_or(ended);
    Timing {
        queued: queued + between(sent, started),
        dns: times.dns_started.map(|dns_started| between(dns_started, dns_ended)),
        connect: Some(between(dns_ended, connected)),
        tls: times.tls_started.map(|tls_started| between(tls_started, ended)),
        waiting: between(ended, head_at),
        ..Timing::default()
    }
}

pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
