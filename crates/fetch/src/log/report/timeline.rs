//! The time axis: from ms to places on it.

use crate::log::LogSnapshot;

/// The time axis of a report.
pub(super) struct Timeline {
    /// Where it begins, in ms since the log began.
    start: f64,
    /// How long it is, in ms: a whole number of steps.
    length: f64,
    /// From one tick to the next, in ms.
    step: f64,
}

impl Timeline {
    /// The axis on which all of a log has its place.
    pub(super) fn of(snapshot: &LogSnapshot) -> Self {
        let page = snapshot.pages.last();
        let begun = snapshot.entries.iter().map(|entry| entry.started).chain(page.map(|page| page.started));
        let start = begun.reduce(f64::min).unwrap_or(0.0);
        let moments = page.into_iter().flat_map(|page| {
            let moments = [page.moments.first_paint, page.moments.dom_content_loaded, page.moments.load];
            moments.into_iter().flatten().map(|at| page.started + at)
        });
        let ended = snapshot.entries.iter().map(|entry| entry.ended()).chain(moments);
        let length = (ended.reduce(f64::max).unwrap_or(start) - start).max(1.0);
        let step = step(length);
        Timeline { start, length: (length / step).ceil() * step, step }
    }

    /// Where a moment is, in percent of the axis, given in ms since the log began.
    pub(super) fn place(&self, at: f64) -> f64 {
        ((at - self.start) / self.length * 100.0).clamp(0.0, 100.0)
    }

    /// How much of the axis a duration in ms is, in percent.
    pub(super) fn share(&self, ms: f64) -> f64 {
        (ms / self.length * 100.0).clamp(0.0, 100.0)
    }

    /// The distance of ticks, in percent of the axis.
    pub(super) fn step_share(&self) -> f64 {
        self.share(self.step)
    }

    /// The ticks, in ms since the axis begins.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = (self.length / self.step).round() as u32;
        let step = self.step;
        (0..count).map(move |tick| f64::from(tick) * step)
    }
}

/// 1, 2 or 5 times a power of ten ms, so that there are three to six ticks: their labels need room.
fn step(length: f64) -> f64 {
    let rough = length / 6.0;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_at_round_times() {
        assert_eq!([1.0, 299.0, 353.0, 1201.0, 30_000.0].map(step), [0.2, 50.0, 100.0, 500.0, 5000.0]);
    }
}
