//! What unsafe methods invalidate while it is on its way: a response that was asked for before is not stored after.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-4.4>

use std::collections::BTreeMap;
use std::time::SystemTime;

use parking_lot::Mutex;

use crate::limits::MAX_INVALIDATIONS;

/// When a request went to the network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    /// On the cache's clock.
    pub(crate) at: SystemTime,
    /// How many invalidations there had been.
    pub(super) invalidations: u64,
}

/// The invalidations of late.
#[derive(Debug, Default)]
pub(super) struct Invalidations {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// How many there ever were.
    count: u64,
    /// The number of the last one of each key, counted from 1.
    last: BTreeMap<String, u64>,
    /// The greatest number that was forgotten.
    forgotten: u64,
}

impl Invalidations {
    /// How many there ever were.
    pub(super) fn count(&self) -> u64 {
        self.state.lock().count
    }

    /// What is stored of a key is invalid from now on.
    pub(super) fn add(&self, key: String) {
        let mut state = self.state.lock();
        state.count += 1;
        let number = state.count;
        state.last.insert(key, number);
        if state.last.len() > MAX_INVALIDATIONS
            && let Some((oldest, number)) = state.last.iter().min_by_key(|(_, number)| **number)
        {
            let (oldest, number) = (oldest.clone(), *number);
            state.last.remove(&oldest);
            state.forgotten = number;
        }
    }

    /// Whether a key may have been invalidated since a request was sent.
    pub(super) fn concern(&self, key: &str, sent: Sent) -> bool {
        let state = self.state.lock();
        // What was forgotten may have been about any key.
        state.forgotten > sent.invalidations
            || state.last.get(key).is_some_and(|number| *number > sent.invalidations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_before_is_concerned() {
        let invalidations = Invalidations::default();
        let sent = || Sent { at: SystemTime::UNIX_EPOCH, invalidations: invalidations.count() };
        let before = sent();
        invalidations.add("a".to_owned());
        let after = sent();
        assert!(invalidations.concern("a", before) && !invalidations.concern("a", after));
        assert!(!invalidations.concern("b", before));
    }

    #[test]
    fn what_was_forgotten_may_have_been_about_anything() {
        let invalidations = Invalidations::default();
        let before = Sent { at: SystemTime::UNIX_EPOCH, invalidations: 0 };
        for number in 0..=MAX_INVALIDATIONS {
            invalidations.add(number.to_string());
        }
        assert!(invalidations.concern("never heard of", before));
        let now = Sent { invalidations: invalidations.count(), ..before };
        assert!(!invalidations.concern("never heard of", now));
    }
}
