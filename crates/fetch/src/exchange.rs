//! The two ends of a request under way: [`Fetch`], which the page holds, and [`Responder`], which a fetcher holds.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use parking_lot::{Condvar, Mutex};

use crate::error::{FetchError, FetchErrorKind};
use crate::log::EntryId;
use crate::policy::integrity::{Integrity, Verifier};
use crate::request::Priority;
use crate::response::{Response, ResponseHead, Sizes, Timing};

/// Is called, on any thread, when a request has got further. It must return quickly and must not call back into the
/// [`Fetch`] it belongs to; sending an event to a loop is what it is for.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A request under way. Dropping it cancels the request.
///
/// The response's head and its body are to be had as they arrive ([`Fetch::wait_head`], [`Fetch::next_chunk`]) or as
/// a whole ([`Fetch::wait`]); each can be waited for with a time limit or asked for with a limit of zero.
pub struct Fetch {
    exchange: Arc<Exchange>,
    entry: Option<EntryId>,
}

/// What comes of a request, as an [`Observer`] is told.
#[derive(Clone, Copy, Debug)]
pub enum Arrival<'a> {
    /// The head, told once, before any bytes.
    Head(&'a Arc<ResponseHead>),
    /// More bytes of the body.
    Chunk(&'a Bytes),
    /// The body is complete.
    End(Timing, Sizes),
    /// It failed, perhaps in the middle of the body.
    Failed(&'a FetchError),
}

/// Is told, on any thread, of everything that comes of a request, whoever takes it. It must return quickly and must not
/// call back into the [`Fetch`].
pub type Observer = Box<dyn FnMut(Arrival<'_>) + Send>;

/// What of a body is there.
#[derive(Clone, Debug)]
pub enum BodyChunk {
    /// The next bytes, at least one, their content codings undone.
    Data(Bytes),
    /// Nothing more yet.
    Pending,
    /// The body is complete.
    End,
    /// The body broke off.
    Failed(FetchError),
}

/// The producing end of a request.
pub struct Responder {
    exchange: Arc<Exchange>,
    /// Looks at the bytes of a body of which something is expected.
    verifier: Mutex<Option<Verifier>>,
    url: String,
}

struct Exchange {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    head: Option<Arc<ResponseHead>>,
    chunks: VecDeque<Bytes>,
    end: Option<Result<(Timing, Sizes), FetchError>>,
    cancelled: bool,
    waker: Option<Waker>,
    observer: Option<Observer>,
    on_cancel: Option<Box<dyn FnOnce() + Send>>,
    /// What the page has made of the priority since it asked.
    priority: Option<Priority>,
    on_priority: Option<PriorityListener>,
}

impl State {
    fn tell(&mut self, arrival: Arrival<'_>) {
        if let Some(observer) = &mut self.observer {
            observer(arrival);
        }
    }

    fn set_head(&mut self, head: ResponseHead) {
        let head = Arc::new(head);
        self.tell(Arrival::Head(&head));
        self.head = Some(head);
    }

    fn add_chunk(&mut self, bytes: Bytes) {
        self.tell(Arrival::Chunk(&bytes));
        self.chunks.push_back(bytes);
    }

    fn set_end(&mut self, end: Result<(Timing, Sizes), FetchError>) {
        match &end {
            Ok((timing, sizes)) => self.tell(Arrival::End(*timing, *sizes)),
            Err(error) => self.tell(Arrival::Failed(error)),
        }
        self.observer = None;
        self.end = Some(end);
    }
}

/// Is told of another priority, on the thread of the page.
type PriorityListener = Arc<dyn Fn(Priority) + Send + Sync>;

impl Exchange {
    /// Changes the state and tells whoever waits.
    fn update(&self, change: impl FnOnce(&mut State)) {
        let waker = {
            let mut state = self.state.lock();
            if state.end.is_some() {
                return;
            }
            change(&mut state);
            if state.end.is_some() {
                state.on_cancel = None;
                state.on_priority = None;
            }
            state.waker.clone()
        };
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker();
        }
    }

    /// Waits until `ready` finds something, at most for `timeout`.
    fn wait<T>(&self, timeout: Duration, mut ready: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let deadline = Instant::now().checked_add(timeout);
        let mut state = self.state.lock();
        loop {
            if let Some(found) = ready(&mut state) {
                return Some(found);
            }
            match deadline {
                None => self.changed.wait(&mut state),
                Some(deadline) => {
                    if self.changed.wait_until(&mut state, deadline).timed_out() {
                        return ready(&mut state);
                    }
                }
            }
        }
    }

    fn cancel(&self) {
        let on_cancel = {
            let mut state = self.state.lock();
            state.cancelled = true;
            state.on_cancel.take()
        };
        if let Some(on_cancel) = on_cancel {
            on_cancel();
        }
    }
}

impl Fetch {
    /// The two ends of a new request for `url`.
    pub fn pair(url: &str) -> (Fetch, Responder) {
        let exchange = Arc::new(Exchange { state: Mutex::default(), changed: Condvar::new() });
        let fetch = Fetch { exchange: Arc::clone(&exchange), entry: None };
        (fetch, Responder { exchange, verifier: Mutex::default(), url: url.to_owned() })
    }

    /// The same request, which the fetcher's log knows by this name.
    #[must_use]
    pub(crate) fn logged_as(mut self, entry: EntryId) -> Fetch {
        self.entry = Some(entry);
        self
    }

    /// The request's name in the fetcher's log, where it is logged.
    pub fn entry(&self) -> Option<EntryId> {
        self.entry
    }

    /// Sets who is told of everything that comes. To be called before anything is taken: what has come already is told at
    /// once.
    pub fn observe(&self, mut observer: Observer) {
        let mut state = self.exchange.state.lock();
        if let Some(head) = &state.head {
            observer(Arrival::Head(head));
        }
        state.chunks.iter().for_each(|chunk| observer(Arrival::Chunk(chunk)));
        match &state.end {
            Some(Ok((timing, sizes))) => observer(Arrival::End(*timing, *sizes)),
            Some(Err(error)) => observer(Arrival::Failed(error)),
            None => state.observer = Some(observer),
        }
    }

    /// A request that is answered already.
    pub fn answered(response: Response) -> Fetch {
        let (fetch, responder) = Fetch::pair(response.head.url.as_str());
        responder.head(response.head);
        responder.chunk(response.body);
        responder.end(response.timing, response.sizes);
        fetch
    }

    /// A request that has failed already.
    pub fn failed(error: FetchError) -> Fetch {
        let (fetch, responder) = Fetch::pair(&error.url);
        responder.fail(error);
        fetch
    }

    /// The response's head once it is there; none when it is not there in time.
    ///
    /// # Errors
    /// The request failed before there was a head.
    pub fn wait_head(&self, timeout: Duration) -> Option<Result<Arc<ResponseHead>, FetchError>> {
        self.exchange.wait(timeout, |state| match (&state.head, &state.end) {
            (Some(head), _) => Some(Ok(Arc::clone(head))),
            (None, Some(Err(error))) => Some(Err(error.clone())),
            (None, _) => None,
        })
    }

    /// The response's head if it is there.
    ///
    /// # Errors
    /// The request failed before there was a head.
    pub fn head(&self) -> Option<Result<Arc<ResponseHead>, FetchError>> {
        self.wait_head(Duration::ZERO)
    }

    /// The next bytes of the body, once they are there. Bytes are handed out once: what comes from here does not come
    /// from [`Fetch::wait`] any more.
    pub fn next_chunk(&self, timeout: Duration) -> BodyChunk {
        let next = self.exchange.wait(timeout, |state| match (state.chunks.pop_front(), &state.end) {
            (Some(chunk), _) => Some(BodyChunk::Data(chunk)),
            (None, Some(Ok(_))) => Some(BodyChunk::End),
            (None, Some(Err(error))) => Some(BodyChunk::Failed(error.clone())),
            (None, None) => None,
        });
        next.unwrap_or(BodyChunk::Pending)
    }

    /// The whole response, once it is there; none when it is not there in time. The body is handed out once.
    ///
    /// # Errors
    /// The request failed, perhaps in the middle of the body; what came of that is still to be had from
    /// [`Fetch::next_chunk`].
    pub fn wait(&self, timeout: Duration) -> Option<Result<Response, FetchError>> {
        self.exchange.wait(timeout, |state| {
            let (timing, sizes) = match state.end.as_ref()? {
                Ok(end) => *end,
                Err(error) => return Some(Err(error.clone())),
            };
            let head = state.head.as_deref()?.clone();
            Some(Ok(Response { head, body: join(&mut state.chunks), timing, sizes }))
        })
    }

    /// Whether everything has come or failed, so that nothing of this blocks any more.
    pub fn is_done(&self) -> bool {
        self.exchange.state.lock().end.is_some()
    }

    /// Timing and sizes, once everything has come.
    pub fn end(&self) -> Option<Result<(Timing, Sizes), FetchError>> {
        self.exchange.state.lock().end.clone()
    }

    /// Sets who is told when the request has got further, and tells at once if it has already.
    pub fn set_waker(&self, waker: Waker) {
        let call_now = {
            let mut state = self.exchange.state.lock();
            state.waker = Some(Arc::clone(&waker));
            state.head.is_some() || state.end.is_some()
        };
        if call_now {
            waker();
        }
    }

    /// Says that the response is needed sooner or later than was said before: an image has turned out to be in view. Counts
    /// as long as the request waits for its turn.
    pub fn set_priority(&self, priority: Priority) {
        let listener = {
            let mut state = self.exchange.state.lock();
            if state.end.is_some() {
                return;
            }
            state.priority = Some(priority);
            state.on_priority.clone()
        };
        if let Some(listener) = listener {
            listener(priority);
        }
    }

    /// Gives the request up. Whoever waits is told that it was cancelled, unless it was done before.
    pub fn cancel(&self) {
        self.exchange.cancel();
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.exchange.cancel();
    }
}

/// One piece is handed on as it is.
fn join(chunks: &mut VecDeque<Bytes>) -> Bytes {
    if chunks.len() <= 1 {
        return chunks.pop_front().unwrap_or_default();
    }
    let mut joined = BytesMut::with_capacity(chunks.iter().map(Bytes::len).sum());
    for chunk in chunks.drain(..) {
        joined.extend_from_slice(&chunk);
    }
    joined.freeze()
}

impl Responder {
    /// The head is there.
    pub fn head(&self, head: ResponseHead) {
        self.exchange.update(|state| state.set_head(head));
    }

    /// Says what the bytes of the body have to be, as an `integrity` attribute does.
    pub fn expect(&self, integrity: &str) {
        *self.verifier.lock() = Integrity::parse(integrity).map(Integrity::verifier);
    }

    /// Whether the bytes of the body, all of which are there, are those that are expected.
    ///
    /// # Errors
    /// They are others.
    pub fn verify(&self) -> Result<(), FetchErrorKind> {
        self.verifier.lock().take().map_or(Ok(()), Verifier::finish)
    }

    /// More of the body is there.
    pub fn chunk(&self, bytes: Bytes) {
        if let Some(verifier) = &mut *self.verifier.lock() {
            verifier.update(&bytes);
        }
        if !bytes.is_empty() {
            self.exchange.update(|state| state.add_chunk(bytes));
        }
    }

    /// The body is complete.
    pub fn end(&self, timing: Timing, sizes: Sizes) {
        self.exchange.update(|state| state.set_end(Ok((timing, sizes))));
    }

    /// The request failed.
    pub fn fail(&self, error: FetchError) {
        self.exchange.update(|state| state.set_end(Err(error)));
    }

    /// Sets who is told when the response is needed sooner or later than the request says; told at once where that has been
    /// said already.
    pub fn on_priority(&self, listener: impl Fn(Priority) + Send + Sync + 'static) {
        let listener: PriorityListener = Arc::new(listener);
        let said = {
            let mut state = self.exchange.state.lock();
            state.on_priority = Some(Arc::clone(&listener));
            state.priority
        };
        if let Some(priority) = said {
            listener(priority);
        }
    }

    /// Whether nobody wants the response any more.
    pub fn is_cancelled(&self) -> bool {
        self.exchange.state.lock().cancelled
    }

    /// Sets what is done when nobody wants the response any more; at once when that is so already.
    pub fn on_cancel(&self, action: impl FnOnce() + Send + 'static) {
        let action: Box<dyn FnOnce() + Send> = Box::new(action);
        let now = {
            let mut state = self.exchange.state.lock();
            if state.cancelled {
                Some(action)
            } else {
                state.on_cancel = Some(action);
                None
            }
        };
        if let Some(action) = now {
            action();
        }
    }
}

/// A responder that goes away leaves nobody waiting.
impl Drop for Responder {
    fn drop(&mut self) {
        let url = std::mem::take(&mut self.url);
        let cancelled = FetchError::new(url, FetchErrorKind::Cancelled);
        self.exchange.update(|state| state.set_end(Err(cancelled)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;
    use crate::memory::MemoryFetcher;

    const LONG: Duration = Duration::from_secs(5);

    #[test]
    fn a_waiting_page_sees_head_chunks_and_end_as_they_come() {
        let (fetch, responder) = Fetch::pair("http://a/");
        let producer = thread::spawn(move || {
            responder.head(MemoryFetcher::html_head("http://a/"));
            for byte in *b"xy" {
                thread::sleep(Duration::from_millis(5));
                responder.chunk(Bytes::copy_from_slice(&[byte]));
            }
            responder.end(Timing::default(), Sizes { encoded: 2, decoded: 2 });
        });
        assert_eq!(fetch.wait_head(LONG).unwrap().unwrap().status, 200);
        assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "x"));
        assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "y"));
        assert!(matches!(fetch.next_chunk(LONG), BodyChunk::End));
        producer.join().unwrap();
    }

    #[test]
    fn waiting_ends_when_the_time_is_over() {
        let (fetch, _responder) = Fetch::pair("http://a/");
        assert!(fetch.wait(Duration::from_millis(10)).is_none());
        assert!(matches!(fetch.next_chunk(Duration::ZERO), BodyChunk::Pending));
    }

    #[test]
    fn a_responder_that_goes_away_leaves_nobody_waiting() {
        let (fetch, responder) = Fetch::pair("http://a/");
        drop(responder);
        assert_eq!(fetch.wait(LONG).unwrap().unwrap_err().kind, FetchErrorKind::Cancelled);
    }

    #[test]
    fn dropping_the_handle_cancels_once() {
        let (fetch, responder) = Fetch::pair("http://a/");
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        responder.on_cancel(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        fetch.cancel();
        drop(fetch);
        assert!(responder.is_cancelled());
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn another_priority_is_told_whether_it_was_said_before_or_after() {
        let (fetch, responder) = Fetch::pair("http://a/");
        fetch.set_priority(Priority::High);
        let heard = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&heard);
        responder.on_priority(move |priority| sink.lock().push(priority));
        fetch.set_priority(Priority::VeryLow);
        responder.end(Timing::default(), Sizes::default());
        fetch.set_priority(Priority::Medium);
        assert_eq!(*heard.lock(), [Priority::High, Priority::VeryLow]);
    }

    #[test]
    fn the_waker_is_called_for_every_step_and_for_what_was_missed() {
        let (fetch, responder) = Fetch::pair("http://a/");
        responder.head(MemoryFetcher::html_head("http://a/"));
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        fetch.set_waker(Arc::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        }));
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        responder.chunk(Bytes::from_static(b"x"));
        responder.end(Timing::default(), Sizes::default());
        assert_eq!(calls.load(Ordering::SeqCst), 3);
        responder.chunk(Bytes::from_static(b"after the end"));
        assert_eq!(fetch.wait(LONG).unwrap().unwrap().body, "x");
    }
}
