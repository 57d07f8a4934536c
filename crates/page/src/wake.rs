//! How a page waits for the network without asking again and again, and how a window's event loop is told.

use std::sync::Arc;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

/// Is called, on any thread, when a page can go on. It must return quickly; sending an event to a loop is what it is for.
pub type PageWaker = Arc<dyn Fn() + Send + Sync>;

/// Counts what has happened, so that nothing that comes between looking and waiting is missed.
#[derive(Clone, Default)]
pub(crate) struct Signal {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    count: Mutex<u64>,
    changed: Condvar,
    waker: Mutex<Option<PageWaker>>,
}

impl Signal {
    /// Tells of one more thing.
    pub(crate) fn raise(&self) {
        *self.shared.count.lock() += 1;
        self.shared.changed.notify_all();
        let waker = self.shared.waker.lock().clone();
        if let Some(waker) = waker {
            waker();
        }
    }

    /// A closure that raises the signal.
    pub(crate) fn raiser(&self) -> Arc<dyn Fn() + Send + Sync> {
        let signal = self.clone();
        Arc::new(move || signal.raise())
    }

    /// How much has happened so far.
    pub(crate) fn count(&self) -> u64 {
        *self.shared.count.lock()
    }

    /// Waits until more than `seen` has happened, at most until `deadline`. Returns whether it has.
    pub(crate) fn wait_past(&self, seen: u64, deadline: Instant) -> bool {
        let mut count = self.shared.count.lock();
        while *count <= seen {
            if self.shared.changed.wait_until(&mut count, deadline).timed_out() {
                return *count > seen;
            }
        }
        true
    }

    /// Sets who else is told.
    pub(crate) fn set_waker(&self, waker: PageWaker) {
        *self.shared.waker.lock() = Some(waker);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_comes_between_looking_and_waiting_is_not_missed() {
        let signal = Signal::default();
        let seen = signal.count();
        signal.raise();
        assert!(signal.wait_past(seen, Instant::now()));
        assert!(!signal.wait_past(signal.count(), Instant::now() + Duration::from_millis(1)));
    }

    #[test]
    fn a_raise_on_another_thread_ends_the_wait() {
        let signal = Signal::default();
        let raiser = signal.raiser();
        let seen = signal.count();
        let thread = std::thread::spawn(move || raiser());
        assert!(signal.wait_past(seen, Instant::now() + Duration::from_secs(5)));
        thread.join().unwrap();
    }
}
