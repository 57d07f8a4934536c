//! What a test and a server's thread wait for each other with, so that no order depends on how fast the machine is.

use std::sync::{Condvar, Mutex};

use super::LONG;

/// Closed until somebody opens it.
#[derive(Default)]
pub struct Gate {
    is_open: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    pub fn open(&self) {
        *self.is_open.lock().unwrap() = true;
        self.changed.notify_all();
    }

    /// Waits until it is open, or so long that the test has failed.
    pub fn pass(&self) {
        let is_open = self.is_open.lock().unwrap();
        let (is_open, _) = self.changed.wait_timeout_while(is_open, LONG, |is_open| !*is_open).unwrap();
        assert!(*is_open, "the gate was not opened in {LONG:?}");
    }
}
