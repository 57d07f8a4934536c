//! The page's own bytes.
//! <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigating-across-documents>

use std::sync::Arc;
use std::time::Duration;

use fanlight_fetch::{
    BodyChunk, Bytes, EarlyHints, Fetch, FetchError, Fetcher, HeaderList, Request, ResponseHead,
};
use parking_lot::Mutex;

use crate::wake::Signal;

/// A navigation under way.
pub(crate) struct Navigation {
    fetch: Fetch,
    head: Option<Arc<ResponseHead>>,
    /// What has come before the head and has not been told.
    early_hints: Arc<Mutex<Vec<HeaderList>>>,
}

/// What has come of a navigation.
pub(crate) enum Step {
    /// Nothing new.
    Waiting,
    /// The fields of an interim answer, which come before the head and say what the document will need.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#early-hints>
    EarlyHints(HeaderList),
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
    pub(crate) fn start(mut request: Request, fetcher: &dyn Fetcher, signal: &Signal) -> Self {
        let early_hints = Arc::<Mutex<Vec<HeaderList>>>::default();
        let (heard, raise) = (Arc::clone(&early_hints), signal.raiser());
        request.early_hints = Some(EarlyHints::new(move |headers| {
            heard.lock().push(headers.clone());
            raise();
        }));
        let fetch = fetcher.start(request);
        fetch.set_waker(signal.raiser());
        Navigation { fetch, head: None, early_hints }
    }

    /// What has come next, without waiting.
    pub(crate) fn step(&mut self) -> Step {
        if self.head.is_none() {
            let mut hints = self.early_hints.lock();
            if !hints.is_empty() {
                return Step::EarlyHints(hints.remove(0));
            }
            drop(hints);
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
