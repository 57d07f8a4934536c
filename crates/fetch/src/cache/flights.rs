//! One request for many askers: who asks for what somebody else is fetching already waits for that to be stored.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-4> allows a cache to collapse requests.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;

/// Requests under way, by key.
#[derive(Default)]
pub(crate) struct Flights {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    under_way: HashMap<String, watch::Receiver<Landing>>,
    /// How many have come to an end.
    landed: u64,
}

/// How a request that others wait for came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Landing {
    /// Not yet.
    Flying,
    /// It is stored, or it is known that it will not be.
    Landed,
    /// It failed or was given up.
    Lost,
}

/// What somebody who would ask the network does first.
pub(crate) enum Turn {
    /// Asks. Others wait until the guard is landed or dropped.
    Lead(Flight),
    /// Looks again: another request has come to its end since the last look.
    LookAgain,
    /// Waits until this is no longer [`Landing::Flying`].
    Wait(watch::Receiver<Landing>),
}

/// The right to ask the network for a key while others wait. Dropped, it counts as lost.
pub(crate) struct Flight {
    flights: Arc<Flights>,
    key: String,
    landing: watch::Sender<Landing>,
}

impl Flights {
    /// What is handed to [`Flights::turn`] after a look at the store.
    pub(crate) fn landed(&self) -> u64 {
        self.state.lock().landed
    }

    /// What to do after a look at the store that began when `landed` was what [`Flights::landed`] said.
    pub(crate) fn turn(self: &Arc<Self>, key: &str, landed: u64) -> Turn {
        let mut state = self.state.lock();
        if let Some(waiting) = state.under_way.get(key) {
            return Turn::Wait(waiting.clone());
        }
        if state.landed != landed {
            return Turn::LookAgain;
        }
        let (landing, waiting) = watch::channel(Landing::Flying);
        state.under_way.insert(key.to_owned(), waiting);
        Turn::Lead(Flight { flights: Arc::clone(self), key: key.to_owned(), landing })
    }
}

impl Flight {
    /// The response is stored, or will not be: others may go on.
    pub(crate) fn land(self) {
        self.end(Landing::Landed);
    }

    fn end(&self, landing: Landing) {
        let mut state = self.flights.state.lock();
        if *self.landing.borrow() == Landing::Flying {
            state.under_way.remove(&self.key);
            state.landed += 1;
            self.landing.send_replace(landing);
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.end(Landing::Lost);
    }
}

/// Waits for a request to come to its end.
pub(crate) async fn landing(mut waiting: watch::Receiver<Landing>) -> Landing {
    let ended = waiting.wait_for(|landing| *landing != Landing::Flying).await;
    ended.map_or(Landing::Lost, |landing| *landing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(flights: &Arc<Flights>, key: &str) -> Option<Flight> {
        match flights.turn(key, flights.landed()) {
            Turn::Lead(flight) => Some(flight),
            _ => None,
        }
    }

    #[test]
    fn one_leads_and_the_others_wait_for_it() {
        let flights = Arc::new(Flights::default());
        let leader = lead(&flights, "a").unwrap();
        assert!(lead(&flights, "b").is_some());
        let Turn::Wait(waiting) = flights.turn("a", flights.landed()) else { panic!("two lead") };
        leader.land();
        assert_eq!(*waiting.borrow(), Landing::Landed);
        assert!(lead(&flights, "a").is_some());
    }

    #[test]
    fn a_leader_that_gives_up_leaves_nobody_waiting() {
        let flights = Arc::new(Flights::default());
        let leader = lead(&flights, "a").unwrap();
        let Turn::Wait(waiting) = flights.turn("a", 0) else { panic!("two lead") };
        drop(leader);
        assert_eq!(*waiting.borrow(), Landing::Lost);
        assert!(lead(&flights, "a").is_some());
    }

    #[test]
    fn who_looked_before_another_landed_looks_again() {
        let flights = Arc::new(Flights::default());
        let looked_at = flights.landed();
        lead(&flights, "a").unwrap().land();
        assert!(matches!(flights.turn("a", looked_at), Turn::LookAgain));
    }
}
