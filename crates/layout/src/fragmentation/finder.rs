//! Where a fragmentainer ends among boxes that stand one below the other: before one, in one, or further up.
//! <https://drafts.csswg.org/css-break-4/#unforced-breaks>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::rules::BreakBetween;
use super::{BreakAppeal, BreakInfo, EarlyBreak, EarlyBreakPlace, Fragmentainer};
use crate::box_tree::BoxId;

/// What a formatting context knows about breaks while it is laid out in a fragmentainer. Boxes, rows of boxes side by side
/// and parts of tables come to it one after the other.
pub(crate) struct BreakFinder<'f> {
    /// What the boxes have of the fragmentainer.
    pub fragmentainer: Fragmentainer,
    /// Where the fragmentainer is to end in any case.
    pub early: Option<&'f EarlyBreak>,
    pub info: BreakInfo,
    /// Where the fragmentainer should have ended instead of where it does.
    pub better: Option<Arc<EarlyBreak>>,
    /// Where in the formatting context contents end that cannot be broken and reach past the fragmentainer.
    pub unbreakable_end: LayoutUnit,
    /// Whether there is something above, so that a break can come between.
    pub has_sibling: bool,
    /// What is said of the place after that.
    pub after_sibling: BreakBetween,
}

/// Something that has been laid out, and may stay where it is or not.
pub(crate) struct Landing<'r> {
    /// The break opportunity before it.
    pub place: EarlyBreakPlace,
    /// The box whose break opportunities inside count, where they do.
    pub child: Option<BoxId>,
    /// What is said of the place before it.
    pub before: BreakBetween,
    /// Its block-start border edge in the formatting context.
    pub block: LayoutUnit,
    pub block_size: LayoutUnit,
    pub inside: Inside<'r>,
    /// Whether a part of it was in the fragmentainer before.
    pub is_resumed: bool,
    /// Whether it was moved down, so that a break can come between it and the edge of its container.
    pub is_moved: bool,
    pub is_monolithic: bool,
    /// `break-inside: avoid`.
    pub avoids_inside: bool,
}

/// What there is to say about breaks inside of something.
#[derive(Clone, Copy, Default)]
pub(crate) struct Inside<'r> {
    /// Whether it goes on in the next fragmentainer.
    pub is_broken: bool,
    /// How good that break is.
    pub appeal: BreakAppeal,
    /// How much room it lacks.
    pub shortage: Option<LayoutUnit>,
    /// The best break opportunity in it.
    pub early: Option<&'r Arc<EarlyBreak>>,
}

impl<'r> From<Option<&'r BreakInfo>> for Inside<'r> {
    fn from(info: Option<&'r BreakInfo>) -> Self {
        info.map_or_else(Inside::default, |info| Inside {
            is_broken: info.token.as_ref().is_some_and(|token| !token.is_at_block_end),
            appeal: info.appeal,
            shortage: info.shortage,
            early: info.early.as_ref(),
        })
    }
}

/// Where the break comes.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// It stays where it is, whole or broken.
    Stays,
    /// It waits for the next fragmentainer.
    Moves,
    /// The fragmentainer should have ended here.
    BreaksEarlier(Arc<EarlyBreak>),
}

impl<'f> BreakFinder<'f> {
    pub fn new(fragmentainer: Fragmentainer, early: Option<&'f EarlyBreak>) -> Self {
        BreakFinder {
            fragmentainer,
            early,
            info: BreakInfo::default(),
            better: None,
            unbreakable_end: LayoutUnit::MIN,
            has_sibling: false,
            after_sibling: BreakBetween::default(),
        }
    }

    /// The early break inside a child, where it is asked for there.
    pub fn early_inside(&self, child: BoxId) -> Option<&'f EarlyBreak> {
        match self.early.map(|early| &early.place) {
            Some(EarlyBreakPlace::Inside(id, inner)) if *id == child => Some(inner),
            _ => None,
        }
    }

    /// Whether the fragmentainer is to end at a place in any case.
    pub fn is_early(&self, is_place: impl Fn(&EarlyBreakPlace) -> bool) -> bool {
        self.early.is_some_and(|early| is_place(&early.place))
    }

    /// Whether the fragmentainer ends before something of which this is said.
    pub fn is_forced(&self, before: BreakBetween) -> bool {
        self.has_sibling && self.after_sibling.and(before).is_forced
    }

    /// Decides whether something stays where it landed, or waits for the next fragmentainer. Takes note of the place
    /// further up where that should have begun.
    pub fn stays(&mut self, landing: &Landing<'_>) -> bool {
        match self.judge(landing) {
            Verdict::Stays => true,
            Verdict::Moves => false,
            Verdict::BreaksEarlier(early) => {
                self.better.get_or_insert(early);
                false
            }
        }
    }

    /// Decides whether something stays where it landed, or a break comes before it, here or further up.
    pub fn judge(&mut self, landing: &Landing<'_>) -> Verdict {
        let fragmentainer = self.fragmentainer;
        let inside = landing.inside;
        let Some(end) = fragmentainer.end() else {
            if landing.is_monolithic {
                self.info.keeps_together(landing.block_size);
            }
            return Verdict::Stays;
        };
        let capped = |appeal: BreakAppeal| match landing.avoids_inside {
            true => appeal.min(BreakAppeal::ViolatesAvoid),
            false => appeal,
        };
        let before = match self.has_sibling || landing.is_moved {
            false => BreakAppeal::LastResort,
            true if self.after_sibling.and(landing.before).is_avoided => BreakAppeal::ViolatesAvoid,
            true => BreakAppeal::Perfect,
        };
        let must_stay = landing.is_resumed || fragmentainer.is_start(landing.block);
        let landing_end = landing.block + landing.block_size;
        let early = self.info.early.as_ref().map(|early| early.appeal);
        let is_past = landing.block > end || landing.block == end && landing.block_size > LayoutUnit::ZERO;
        let stays = if must_stay {
            true
        } else if is_past {
            false
        } else if inside.is_broken {
            let appeal = capped(inside.appeal);
            appeal >= before && early.is_none_or(|early| appeal >= early)
        } else {
            landing_end <= end || !landing.is_monolithic
        };
        if !stays {
            match inside.shortage {
                Some(shortage) => self.info.lacks(shortage),
                None => self.info.lacks(landing_end - end),
            }
            if self.early.is_none()
                && early.is_some_and(|early| early > before)
                && let Some(early) = self.info.early.take()
            {
                return Verdict::BreaksEarlier(early);
            }
            self.info.appeal = self.info.appeal.min(before);
            return Verdict::Moves;
        }
        if !must_stay {
            self.info.passes(EarlyBreak { appeal: before, place: landing.place.clone() });
        }
        if let (Some(early), Some(child)) = (inside.early, landing.child) {
            let place = EarlyBreakPlace::Inside(child, early.clone());
            self.info.passes(EarlyBreak { appeal: capped(early.appeal), place });
        }
        if inside.is_broken {
            self.info.appeal = self.info.appeal.min(capped(inside.appeal));
        } else if landing_end > end {
            self.info.lacks(landing_end - end);
            self.unbreakable_end = self.unbreakable_end.max(landing_end);
        }
        Verdict::Stays
    }

    /// Goes on below something of which this is said.
    pub fn passes(&mut self, after: BreakBetween) {
        self.has_sibling = true;
        self.after_sibling = after;
    }
}
