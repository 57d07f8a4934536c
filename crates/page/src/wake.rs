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
    /// When the signal will be raised by itself.
    alarm: Mutex<Option<Instant>>,
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

    /// Raises the signal at a time, or before. A thread sleeps until then; none does where nobody asks.
    pub(crate) fn raise_at(&self, at: Instant) {
        if self.shared.alarm.lock().is_some_and(|earlier| earlier <= at) {
            return;
        }
        *self.shared.alarm.lock() = Some(at);
        let shared = Arc::downgrade(&self.shared);
        let ring = move || {
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            if let Some(shared) = shared.upgrade() {
                *shared.alarm.lock() = None;
                Signal { shared }.raise();
            }
        };
        let spawned = std::thread::Builder::new().name("fanlight-alarm".to_owned()).spawn(ring);
        if spawned.is_err() {
            // Too early is better than never.
            *self.shared.alarm.lock() = None;
            self.raise();
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
    fn an_alarm_raises_the_signal_at_its_time_and_not_before() {
        let signal = Signal::default();
        let (seen, begun) = (signal.count(), Instant::now());
        signal.raise_at(begun + Duration::from_secs(60));
        signal.raise_at(begun + Duration::from_millis(20));
        assert!(signal.wait_past(seen, begun + Duration::from_secs(5)));
        assert!(begun.elapsed() >= Duration::from_millis(20));
        assert_eq!(signal.count(), seen + 1);
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
