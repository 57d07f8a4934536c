//! Who goes first, and who waits for nothing but others' sake: Chromium's rules.
//!
//! Greater priority first, equals in the order of asking. Over HTTP/1.1 requests below [`Priority::Medium`] are
//! delayable: no more than [`MAX_DELAYABLE_REQUESTS`] of them are under way, so that what the page waits for has the
//! connection to itself. Over HTTP/2 nothing is delayed here: the server is told the priority and decides.
//! <https://source.chromium.org/chromium/chromium/src/+/main:services/network/resource_scheduler/>

use std::cmp::Reverse;

use crate::limits::MAX_DELAYABLE_REQUESTS;
use crate::request::{Destination, Priority};

/// Greater is sooner: first by priority, then by who came first.
pub(super) type Rank = (Priority, Reverse<u64>);

/// The requests that are under way and can be told to wait.
#[derive(Debug, Default)]
pub(super) struct Delayables {
    under_way: usize,
}

impl Delayables {
    /// Whether a request of this priority may start.
    pub(super) fn may_start(&self, priority: Priority, is_multiplexed: bool) -> bool {
        is_multiplexed || !is_delayable(priority) || self.under_way < MAX_DELAYABLE_REQUESTS
    }

    /// A request starts; true where its end is to be told by [`Delayables::ended`].
    pub(super) fn started(&mut self, priority: Priority, is_multiplexed: bool) -> bool {
        let counts = !is_multiplexed && is_delayable(priority);
        self.under_way += usize::from(counts);
        counts
    }

    /// A request that counted has ended.
    pub(super) fn ended(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }
}

fn is_delayable(priority: Priority) -> bool {
    priority < Priority::Medium
}

/// The value of the `Priority` field that tells a server how soon a response is needed and whether it is of use before
/// it is complete; none where it is what servers assume anyway.
/// <https://www.rfc-editor.org/rfc/rfc9218#section-4>
pub(crate) fn priority_field(priority: Priority, destination: Destination) -> Option<String> {
    const DEFAULT_URGENCY: u8 = 3;
    let urgency = match priority {
        Priority::VeryHigh => 0,
        Priority::High => 1,
        Priority::Medium => 2,
        Priority::Low => DEFAULT_URGENCY,
        Priority::VeryLow => 4,
    };
    // Half a stylesheet, script or font is of no use.
    let is_incremental = !matches!(
        destination,
        Destination::Style
            | Destination::Script
            | Destination::Worker
            | Destination::Font
            | Destination::Json
            | Destination::Manifest
    );
    match (urgency, is_incremental) {
        (DEFAULT_URGENCY, false) => None,
        (DEFAULT_URGENCY, true) => Some("i".to_owned()),
        (urgency, false) => Some(format!("u={urgency}")),
        (urgency, true) => Some(format!("u={urgency}, i")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_wait_for_each_other_and_style_sheets_for_nobody() {
        let mut delayables = Delayables::default();
        for _ in 0..MAX_DELAYABLE_REQUESTS {
            assert!(delayables.may_start(Priority::Low, false));
            assert!(delayables.started(Priority::Low, false));
        }
        assert!(
            !delayables.may_start(Priority::Low, false) && !delayables.may_start(Priority::VeryLow, false)
        );
        assert!(
            delayables.may_start(Priority::Medium, false) && delayables.may_start(Priority::VeryHigh, false)
        );
        assert!(!delayables.started(Priority::VeryHigh, false));
        assert!(delayables.may_start(Priority::Low, true), "over HTTP/2 the server decides");
        delayables.ended();
        assert!(delayables.may_start(Priority::Low, false));
    }

    #[test]
    fn servers_are_told_the_urgency() {
        let field = |priority, destination| priority_field(priority, destination);
        assert_eq!(field(Priority::VeryHigh, Destination::Document).as_deref(), Some("u=0, i"));
        assert_eq!(field(Priority::VeryHigh, Destination::Style).as_deref(), Some("u=0"));
        assert_eq!(field(Priority::High, Destination::Script).as_deref(), Some("u=1"));
        assert_eq!(field(Priority::Medium, Destination::Image).as_deref(), Some("u=2, i"));
        assert_eq!(field(Priority::Low, Destination::Image).as_deref(), Some("i"));
        assert_eq!(field(Priority::Low, Destination::Script), None);
        assert_eq!(field(Priority::VeryLow, Destination::Script).as_deref(), Some("u=4"));
    }
}
