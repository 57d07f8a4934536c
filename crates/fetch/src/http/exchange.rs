//! One request to one server, to the head of its answer.
//! <https://fetch.spec.whatwg.org/#http-network-fetch>

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::Shared;
use crate::cache::Tee;
use crate::connection::{Again, Body, ConnectTimes, Head, Lease, Outgoing, SendError, note, priority_field};
use crate::error::{FetchErrorKind, Phase};
use crate::headers::{HeaderList, content_length};
use crate::limits::MAX_INFORMATIONAL_RESPONSES;
use crate::log::{EntryWriter, Informational};
use crate::mime_type::MimeType;
use crate::request::Request;
use crate::response::{ResponseHead, Timing};

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
    bytes: Body,
    /// The connection is ours until the body is complete.
    _lease: Lease,
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
        let Some(NetworkBody { bytes, received, expected, .. }) = &mut self.network else {
            return Ok(None);
        };
        let chunk = bytes.chunk().await.map_err(|reason| FetchErrorKind::Truncated {
            received: *received,
            expected: *expected,
            reason,
        })?;
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

/// <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20>
const MISDIRECTED_REQUEST: u16 = 421;

/// Waits for a connection and sends the request.
pub(super) async fn exchange(
    shared: &Shared,
    request: &Request,
    headers: &HeaderList,
    entry: &EntryWriter,
) -> Result<Answer, FetchErrorKind> {
    let asked = Instant::now();
    let mut may_retry = true;
    let priority = entry.priority().unwrap_or(request.priority);
    let (lease, head, bytes, sent) = loop {
        let mut lease = match shared.pool.acquire(&request.url, priority, entry.id()).await {
            Ok(lease) => lease,
            Err(failure) => {
                let now = Instant::now();
                entry.change_hop(|hop| {
                    hop.timing = timing(asked, now, now, Some(&failure.connection.times));
                    note(&failure.connection, false, asked, hop);
                });
                return Err(failure.kind);
            }
        };
        let sent = Instant::now();
        entry.change_hop(|hop| note(lease.connection(), lease.is_reused(), asked, hop));
        match send(shared, &mut lease, request, headers, entry).await {
            Ok((head, _)) if head.status == MISDIRECTED_REQUEST && lease.is_shared() && may_retry => {
                may_retry = false;
                lease.keep_apart();
                entry.remark(format!(
                    "over the connection of {} the server does not answer for it (421): it is asked over one of its own",
                    lease.connection().origin
                ));
            }
            Ok((head, bytes)) => break (lease, head, bytes, sent),
            Err(error) => {
                // A server may close an idle connection at the moment when it is used again; that is nobody's fault.
                let again = match error.again {
                    Again::Safe | Again::OverHttp1 => true,
                    Again::IfIdempotent => lease.is_reused() && is_idempotent(&request.method),
                    Again::No => false,
                };
                if !std::mem::take(&mut may_retry) || !again {
                    entry.change_hop(|hop| {
                        hop.timing = timing(asked, sent, Instant::now(), lease.new_times())
                    });
                    return Err(error.kind);
                }
            }
        }
    };
    if lease.is_shared() {
        let origin = &lease.connection().origin;
        entry.remark(format!("it shares the connection of {origin}: address and certificate are for it too"));
    }
    let head_at = Instant::now();
    let timing = timing(asked, sent, head_at, lease.new_times());
    let head = response_head(request, head, &lease);
    entry.hop_head(&head);
    entry.change_hop(|hop| hop.timing = timing);
    let expected = content_length(&head.headers).ok().flatten();
    let network = Some(NetworkBody { bytes, _lease: lease, received: 0, expected });
    Ok(Answer { head, body: AnswerBody { stored: None, network }, timing, head_at, tee: None })
}

/// Sends the request on a connection and waits for the head of its answer, after those that only inform.
async fn send(
    shared: &Shared,
    lease: &mut Lease,
    request: &Request,
    headers: &HeaderList,
    entry: &EntryWriter,
) -> Result<(Head, Body), SendError> {
    let (informational, mut informed) = mpsc::unbounded_channel();
    let on_informational = move |status, headers| {
        // Nobody listens once the answer is there.
        let _ = informational.send(Informational { status, headers });
    };
    let mut fields = headers.clone();
    if lease.is_multiplexed()
        && let Some(value) = priority_field(request.priority, request.destination)
    {
        fields.set_default("Priority", value);
    }
    let body = request.body.clone();
    let outgoing = Outgoing::new(&request.method, &request.url, &fields, body, Arc::new(on_informational))
        .map_err(SendError::final_one)?;
    let after = shared.limits.response_timeout;
    let invalid = |reason: String| SendError::final_one(FetchErrorKind::InvalidResponse { reason });
    let proxy = lease.connection().proxy.clone();
    let mut answer = std::pin::pin!(lease.send(outgoing));
    let mut late = std::pin::pin!(tokio::time::sleep(after));
    let mut count = 0;
    let (head, bytes) = loop {
        tokio::select! {
            biased;
            Some(informational) = informed.recv() => {
                count += 1;
                if count > MAX_INFORMATIONAL_RESPONSES {
                    let most = MAX_INFORMATIONAL_RESPONSES;
                    return Err(invalid(format!("there are more than {most} responses of the kind 1xx before it")));
                }
                if let (103, Some(early_hints)) = (informational.status, &request.early_hints) {
                    early_hints.tell(&informational.headers);
                }
                entry.change_hop(|hop| hop.informational.push(informational));
            }
            answered = &mut answer => break answered?,
            () = &mut late => {
                return Err(SendError::final_one(FetchErrorKind::Timeout { phase: Phase::Waiting, after }));
            }
        }
    };
    // The answer is not the server's but the proxy's, which wants to know who asks.
    // <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8>
    if let (407, Some(proxy)) = (head.status, proxy) {
        let reason = "it asks for a user name and a password, or for others".to_owned();
        return Err(SendError::final_one(FetchErrorKind::Proxy { proxy, reason }));
    }
    if head.status == 101 {
        return Err(invalid("it changes to another protocol (101) without being asked to".to_owned()));
    }
    Ok((head, bytes))
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2>
fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE")
}

fn response_head(request: &Request, head: Head, lease: &Lease) -> ResponseHead {
    ResponseHead {
        url: request.url.clone(),
        url_list: vec![request.url.clone()],
        status: head.status,
        status_text: head.status_text,
        headers: head.headers,
        mime_type: MimeType::from_essence("application/octet-stream"),
        tainting: crate::response::Tainting::Basic,
        protocol: head.protocol,
        from_cache: false,
        remote_address: lease.connection().remote_address,
    }
}

/// Times of an exchange that was asked for, sent and answered at these instants. Of the steps of its connection, what was
/// done before it asked is none of its costs; a connection that others have used has cost it nothing.
fn timing(asked: Instant, sent: Instant, head_at: Instant, connecting: Option<&ConnectTimes>) -> Timing {
    let part = |step: Option<(Instant, Option<Instant>)>| {
        let (from, to) = step?;
        let (from, to) = (from.max(asked), to.unwrap_or(sent).min(sent));
        (to > from).then(|| milliseconds(to - from))
    };
    let (dns, connect, tls) = match connecting {
        Some(times) => (part(times.dns), part(times.tcp), part(times.tls)),
        None => (None, None, None),
    };
    let connecting: f64 = [dns, connect, tls].into_iter().flatten().sum();
    let queued = (milliseconds(sent.saturating_duration_since(asked)) - connecting).max(0.0);
    Timing { queued, dns, connect, tls, waiting: milliseconds(head_at - sent), ..Timing::default() }
}

pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
