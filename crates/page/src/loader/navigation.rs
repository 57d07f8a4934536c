//! The page's own bytes.
//! <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigating-across-documents>

use std::sync::Arc;
use std::time::Duration;

use fanlight_fetch::{BodyChunk, Bytes, Fetch, FetchError, Fetcher, Request, ResponseHead};

use crate::wake::Signal;

/// A navigation under way.
pub(crate) struct Navigation {
    fetch: Fetch,
    head: Option<Arc<ResponseHead>>,
}

/// What has come of a navigation.
pub(crate) enum Step {
    /// Nothing new.
    Waiting,
    /// The head, told once, before any bytes.
    Head(Arc<ResponseHead>),
    /// Bytes.
    Data(Bytes),
    /// All bytes have been told.
    End,
    /// It broke off after the head; what came is a page all the same.
    Broken(FetchError),
    /// Nothing came.
    Failed(FetchError),
}

impl Navigation {
    /// Asks for a document.
    pub(crate) fn start(request: Request, fetcher: &dyn Fetcher, signal: &Signal) -> Self {
        let fetch = fetcher.start(request);
        fetch.set_waker(signal.raiser());
        Navigation { fetch, head: None }
    }

    /// What has come next, without waiting.
    pub(crate) fn step(&mut self) -> Step {
        if self.head.is_none() {
            return match self.fetch.head() {
                None => Step::Waiting,
                Some(Err(error)) => Step::Failed(error),
                Some(Ok(head)) => {
                    self.head = Some(Arc::clone(&head));
                    Step::Head(head)
                }
            };
        }
        match self.fetch.next_chunk(Duration::ZERO) {
            BodyChunk::Data(bytes) => Step::Data(bytes),
            BodyChunk::Pending => Step::Waiting,
            BodyChunk::End => Step::End,
            BodyChunk::Failed(error) => Step::Broken(error),
        }
    }

    /// Gives it up.
    pub(crate) fn cancel(&self) {
        self.fetch.cancel();
    }
}
