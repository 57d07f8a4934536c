//! A body on its way to the page: pieces in, content codings undone, MIME type sniffed, limits watched, pieces out.

use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

use super::Shared;
use super::content_coding::Decoder;
use super::exchange::{Answer, milliseconds};
use crate::error::{FetchErrorKind, Phase};
use crate::exchange::Responder;
use crate::headers::{InvalidContentLength, SuppliedType, content_length, supplied_type};
use crate::limits::SNIFF_TIMEOUT;
use crate::log::EntryWriter;
use crate::mime_sniff::{self, RESOURCE_HEADER_BYTES, SniffContext};
use crate::request::Destination;
use crate::response::{ResponseHead, Sizes, Timing};

/// Hands head and body to the page. What has come of a body that breaks off is handed on too.
pub(super) async fn stream(
    shared: &Shared,
    destination: Destination,
    mut answer: Answer,
    responder: &Responder,
    entry: &EntryWriter,
) -> Result<(Timing, Sizes), FetchErrorKind> {
    match content_length(&answer.head.headers) {
        Ok(_) => {}
        // Chunks rule where there are some.
        Err(InvalidContentLength) if answer.head.headers.contains("transfer-encoding") => {}
        Err(InvalidContentLength) => {
            let reason = "it has several lengths that contradict each other".to_owned();
            return Err(FetchErrorKind::InvalidResponse { reason });
        }
    }
    let decoder = Decoder::new(&answer.head.headers, &shared.limits)?;
    let mut output = Output::new(answer.head.clone(), destination);
    let mut sizes = Sizes::default();
    let ended = pump(shared, &mut answer, decoder, &mut output, responder, entry, &mut sizes).await;
    output.release(responder, entry);
    entry.change_hop(|hop| hop.sizes = sizes);
    ended?;
    let mut timing = answer.timing;
    timing.download = milliseconds(answer.head_at.elapsed());
    timing.total = milliseconds(entry.begun().elapsed());
    Ok((timing, sizes))
}

async fn pump(
    shared: &Shared,
    answer: &mut Answer,
    mut decoder: Decoder,
    output: &mut Output,
    responder: &Responder,
    entry: &EntryWriter,
    sizes: &mut Sizes,
) -> Result<(), FetchErrorKind> {
    let sniff_until = Instant::now() + SNIFF_TIMEOUT;
    loop {
        let stalled_at = Instant::now() + shared.limits.stall_timeout;
        let wait_until = if output.is_held() { stalled_at.min(sniff_until) } else { stalled_at };
        let chunk = match timeout_at(wait_until, answer.body.chunk()).await {
            Ok(chunk) => chunk,
            Err(_) if output.is_held() && wait_until < stalled_at => {
                // Long enough: the type is computed from what is there.
                output.release(responder, entry);
                continue;
            }
            Err(_) => {
                let after = shared.limits.stall_timeout;
                return Err(FetchErrorKind::Timeout { phase: Phase::Downloading, after });
            }
        };
        match chunk? {
            Some(chunk) => {
                sizes.encoded += chunk.len() as u64;
                if sizes.encoded > shared.limits.encoded_bytes {
                    let limit = shared.limits.encoded_bytes;
                    return Err(FetchErrorKind::BodyTooLarge { limit, which: "as transferred" });
                }
                let outcome = decoder.push(chunk.clone());
                forward(&mut decoder, output, responder, entry, sizes);
                outcome?;
                answer.passed(Some(&chunk)).await;
            }
            None => {
                answer.passed(None).await;
                let outcome = decoder.finish();
                forward(&mut decoder, output, responder, entry, sizes);
                return outcome;
            }
        }
    }
}

fn forward(
    decoder: &mut Decoder,
    output: &mut Output,
    responder: &Responder,
    entry: &EntryWriter,
    sizes: &mut Sizes,
) {
    for chunk in decoder.take_output() {
        sizes.decoded += chunk.len() as u64;
        output.push(chunk, responder, entry);
    }
}

/// Holds the head back until its MIME type can be computed.
struct Output {
    /// None once it is handed on.
    held: Option<Held>,
}

struct Held {
    head: ResponseHead,
    supplied: SuppliedType,
    context: SniffContext,
    /// The first bytes of the body.
    resource_header: Vec<u8>,
    chunks: Vec<Bytes>,
}

impl Output {
    fn new(head: ResponseHead, destination: Destination) -> Self {
        let supplied = supplied_type(&head.headers);
        let context = SniffContext::for_destination(destination);
        Output {
            held: Some(Held { head, supplied, context, resource_header: Vec::new(), chunks: Vec::new() }),
        }
    }

    fn is_held(&self) -> bool {
        self.held.is_some()
    }

    fn push(&mut self, chunk: Bytes, responder: &Responder, entry: &EntryWriter) {
        let Some(held) = &mut self.held else {
            responder.chunk(chunk);
            return;
        };
        let room = RESOURCE_HEADER_BYTES - held.resource_header.len();
        held.resource_header.extend_from_slice(&chunk[..chunk.len().min(room)]);
        held.chunks.push(chunk);
        if !mime_sniff::needs_more(&held.supplied, held.context, &held.resource_header) {
            self.release(responder, entry);
        }
    }

    /// Computes the MIME type from what there is, and hands on what was held back.
    fn release(&mut self, responder: &Responder, entry: &EntryWriter) {
        let Some(mut held) = self.held.take() else { return };
        held.head.mime_type =
            mime_sniff::computed_mime_type(&held.supplied, held.context, &held.resource_header);
        entry.mime_type(&held.head);
        responder.head(held.head);
        for chunk in held.chunks {
            responder.chunk(chunk);
        }
    }
}
