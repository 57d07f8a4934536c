//! A body on its way to the page that is stored as it passes.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use super::HttpCache;
use super::entry::{Stored, StoredHead};
use super::flights::Flight;
use super::invalidation::Sent;
use super::store::Writer;

/// Stores a body as it passes. Dropped before [`Tee::finish`], it leaves nothing behind.
pub(crate) struct Tee {
    cache: Arc<HttpCache>,
    /// None once storing was given up.
    sink: Option<Sink>,
    key: String,
    bytes: u64,
    /// When it was asked for.
    sent: Sent,
    /// Others who wait for this response.
    flight: Option<Flight>,
}

enum Sink {
    /// The whole of a representation.
    Whole(Box<Writer>),
    /// A part, to be put together with what is stored when it is complete.
    Part { head: Box<StoredHead>, body: BytesMut },
}

impl Tee {
    pub(super) fn new(cache: Arc<HttpCache>, head: StoredHead, sent: Sent, flight: Option<Flight>) -> Self {
        let key = head.key.clone();
        let sink = match head.part {
            None => Sink::Whole(Box::new(cache.store.writer(head))),
            Some(_) => Sink::Part { head: Box::new(head), body: BytesMut::new() },
        };
        Tee { cache, sink: Some(sink), key, bytes: 0, sent, flight }
    }

    /// A piece of the body passes. What cannot be stored is not, and passes all the same.
    pub(crate) async fn push(&mut self, piece: &Bytes) {
        self.bytes += piece.len() as u64;
        if self.bytes > self.cache.largest {
            self.give_up("it is too large");
        }
        let outcome = match &mut self.sink {
            None => Ok(()),
            Some(Sink::Whole(writer)) => writer.push(piece.clone()).await,
            Some(Sink::Part { body, .. }) => {
                body.extend_from_slice(piece);
                Ok(())
            }
        };
        if let Err(error) = outcome {
            self.give_up(&error.to_string());
        }
    }

    fn give_up(&mut self, why: &str) {
        if self.sink.take().is_some() {
            tracing::warn!(why, "a response is not stored");
        }
        if let Some(flight) = self.flight.take() {
            flight.land();
        }
    }

    /// The body is complete.
    pub(crate) async fn finish(mut self) {
        if self.cache.invalidations.concern(&self.key, self.sent) {
            self.give_up("it was invalidated meanwhile");
        }
        let outcome = match self.sink.take() {
            None => Ok(()),
            Some(Sink::Whole(writer)) => writer.commit().await,
            Some(Sink::Part { head, body }) => {
                let part = Stored { head: *head, body: body.freeze() };
                match self.with_what_is_stored(part).await {
                    Some(stored) => self.cache.store.put(stored).await,
                    None => Ok(()),
                }
            }
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "a response is not stored");
        }
        if let Some(flight) = self.flight.take() {
            flight.land();
        }
    }

    /// A part together with what is stored of the same representation. A whole that it is no part of is worth more: none
    /// then.
    async fn with_what_is_stored(&self, part: Stored) -> Option<Stored> {
        for candidate in self.cache.store.candidates(&part.head.key).await {
            if candidate.head.selecting == part.head.selecting
                && let Some(stored) = self.cache.store.load(&candidate).await
            {
                let both = stored.combined_with(&part);
                return if stored.head.part.is_none() { both } else { both.or(Some(part)) };
            }
        }
        Some(part)
    }
}
