//! Distributing extra space to tracks. <https://drafts.csswg.org/css-grid-2/#extra-space>

use fanlight_base::LayoutUnit;

/// A track that takes a share of space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taker {
    /// The number of the track.
    pub track: usize,
    /// How much more it may take; `None` where there is no bound.
    pub potential: Option<LayoutUnit>,
    /// Its part relative to those of the others.
    pub weight: f64,
    /// What it has been given.
    pub share: LayoutUnit,
}

impl Taker {
    /// A track that takes as much as any other.
    pub fn new(track: usize, potential: Option<LayoutUnit>) -> Taker {
        Taker { track, potential, weight: 1.0, share: LayoutUnit::ZERO }
    }
}

/// Gives tracks their shares until their potentials, or the space, are used up; says what is left. They may be in another
/// order then.
pub(super) fn up_to_limits(takers: &mut [Taker], space: LayoutUnit) -> LayoutUnit {
    // Who can take least is served first, so that what it leaves goes to all others.
    takers.sort_by_key(|taker| taker.potential.map_or(i64::MAX, |potential| i64::from(potential.raw())));
    let mut weights: f64 = takers.iter().map(|taker| taker.weight).sum();
    let equally = weights <= 0.0;
    if equally {
        weights = takers.len() as f64;
    }
    let mut space = space;
    for taker in takers {
        let weight = if equally { 1.0 } else { taker.weight };
        let share = part(space, weight, weights);
        let share = taker.potential.map_or(share, |potential| share.min(potential.clamp_negative_to_zero()));
        taker.share += share;
        space -= share;
        weights -= weight;
    }
    space
}

/// Gives these tracks equal shares of what is left when all are at their limits.
pub(super) fn beyond_limits(takers: &mut [Taker], mut space: LayoutUnit, takes: impl Fn(usize) -> bool) {
    let all = !takers.iter().any(|taker| takes(taker.track));
    let mut count = takers.iter().filter(|taker| all || takes(taker.track)).count();
    for taker in takers.iter_mut().filter(|taker| all || takes(taker.track)) {
        let share = part(space, 1.0, count as f64);
        taker.share += share;
        space -= share;
        count -= 1;
    }
}

/// A part of some space, cut off to a whole 1/64 px.
fn part(space: LayoutUnit, weight: f64, weights: f64) -> LayoutUnit {
    let slack = 1e-6;
    if weights <= 0.0 || weight >= weights {
        return space;
    }
    LayoutUnit::from_raw((f64::from(space.raw()) * weight / weights + slack).floor() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(takers: &mut [Taker]) -> Vec<LayoutUnit> {
        takers.sort_by_key(|taker| taker.track);
        takers.iter().map(|taker| taker.share).collect()
    }

    #[test]
    fn what_a_track_cannot_take_goes_to_the_others() {
        let px = LayoutUnit::from_px;
        let mut takers = [Taker::new(0, None), Taker::new(1, Some(px(10))), Taker::new(2, None)];
        assert_eq!(up_to_limits(&mut takers, px(70)), px(0));
        assert_eq!(shares(&mut takers), [px(30), px(10), px(30)]);
    }

    #[test]
    fn what_all_leave_goes_to_those_that_may_grow_beyond() {
        let px = LayoutUnit::from_px;
        let mut takers = [Taker::new(0, Some(px(5))), Taker::new(1, Some(px(5)))];
        let left = up_to_limits(&mut takers, px(30));
        assert_eq!(left, px(20));
        beyond_limits(&mut takers, left, |track| track == 1);
        assert_eq!(shares(&mut takers), [px(5), px(25)]);
    }

    #[test]
    fn weights_divide_and_nothing_is_lost() {
        let mut takers = [Taker::new(0, None), Taker::new(1, None), Taker::new(2, None)];
        takers[0].weight = 2.0;
        let space = LayoutUnit::from_raw(101);
        assert_eq!(up_to_limits(&mut takers, space), LayoutUnit::ZERO);
        assert_eq!(shares(&mut takers).into_iter().sum::<LayoutUnit>(), space);
    }
}
