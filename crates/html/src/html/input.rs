//! What has come from the network and has not been tokenized, chunk by chunk.

use std::collections::VecDeque;
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::BufferQueue;

use super::flood::{FloodGuard, TokenTrace};

/// A queue of chunks, of which the tokenizer gets one at a time.
pub(crate) struct NetworkInput {
    /// The chunk that the tokenizer reads.
    current: Rc<BufferQueue>,
    waiting: VecDeque<StrTendril>,
    guard: FloodGuard,
}

impl NetworkInput {
    /// An empty queue, and the trace that the token sink has to keep.
    pub(crate) fn new() -> (Self, TokenTrace) {
        let current = Rc::new(BufferQueue::default());
        let trace = TokenTrace::new(Rc::clone(&current));
        let guard = FloodGuard::new(trace.clone());
        (NetworkInput { current, waiting: VecDeque::new(), guard }, trace)
    }

    pub(crate) fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.waiting.push_back(StrTendril::from_slice(text));
        }
    }

    /// What the tokenizer reads.
    pub(crate) fn current(&self) -> &BufferQueue {
        &self.current
    }

    /// The tokenizer is through with the current chunk; on to the next. Whether there is one.
    pub(crate) fn advance(&mut self) -> bool {
        let Some(next) = self.waiting.pop_front() else { return false };
        self.guard.push(next);
        true
    }
}
