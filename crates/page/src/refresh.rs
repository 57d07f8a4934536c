//! Showing a page that is still being parsed: how often styles and layout follow the document.
//!
//! The first time as soon as something may be shown; then now and then, so that a document that comes fast is not laid out
//! many times, and one that is slow to lay out does not come later because of it.

use std::time::{Duration, Instant};

use fanlight_base::Observer;

use crate::page::Page;

/// The least time between two times, as an eye follows.
const LEAST_PAUSE: Duration = Duration::from_millis(100);
/// How many times as long as it took the page is left to parsing afterwards.
const PAUSE_FACTOR: u32 = 4;

/// When it is time again.
#[derive(Default)]
pub(crate) struct Refresh {
    /// At once, where nothing was shown.
    next: Option<Instant>,
}

impl Refresh {
    /// How long it is to be waited still.
    fn wait_until(&self, now: Instant) -> Option<Instant> {
        self.next.filter(|&next| next > now)
    }

    /// It was done from one time to another.
    fn done(&mut self, begun: Instant, ended: Instant) {
        let pause = (ended.saturating_duration_since(begun) * PAUSE_FACTOR).max(LEAST_PAUSE);
        self.next = Some(ended + pause);
    }
}

impl Page {
    /// Lets styles and layout follow the document, if they are behind and it is time.
    pub(crate) fn refresh(&mut self, observer: &dyn Observer) {
        if !self.loader.can_paint() {
            return;
        }
        let pipeline = &self.pipeline;
        let is_behind = pipeline.layout.is_none()
            || pipeline.sheets_changed
            || pipeline.styles_outdated
            || !pipeline.layout_changes.is_empty()
            || self.document.has_mutations();
        if !is_behind {
            return;
        }
        let begun = Instant::now();
        if let Some(next) = self.refresh.wait_until(begun) {
            // Perhaps nothing more comes that would be a reason to look again.
            self.signal.raise_at(next);
            return;
        }
        self.ask_what_is_needed(observer);
        self.update_with_frames(observer);
        if !self.interaction.arrived {
            self.arrive(observer);
        }
        self.refresh.done(begun, Instant::now());
    }

    /// Whether what is shown may be behind the document: it is still being parsed, and [`Page::refresh`] sees to it.
    pub(crate) fn lets_layout_wait(&self) -> bool {
        self.options.progressive && !self.loader.is_parsed() && self.pipeline.layout.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_time_is_at_once_and_costly_ones_are_rarer() {
        let mut refresh = Refresh::default();
        let now = Instant::now();
        assert_eq!(refresh.wait_until(now), None);
        refresh.done(now, now + Duration::from_millis(1));
        assert_eq!(refresh.wait_until(now), Some(now + Duration::from_millis(101)));
        assert_eq!(refresh.wait_until(now + Duration::from_millis(101)), None);
        refresh.done(now, now + Duration::from_millis(200));
        assert_eq!(refresh.wait_until(now), Some(now + Duration::from_secs(1)));
    }
}
