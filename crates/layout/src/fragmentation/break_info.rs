//! What is asked and answered about breaks.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::BreakToken;
use crate::box_tree::BoxId;

/// How good a place to break is. Rules are dropped one after the other until there is a place.
/// <https://drafts.csswg.org/css-break-4/#unforced-breaks>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BreakAppeal {
    /// Not a break opportunity: only taken where content overflows otherwise.
    LastResort,
    /// Against `break-before`, `break-after` or `break-inside`.
    ViolatesAvoid,
    /// Against `orphans` or `widows`.
    ViolatesOrphansOrWidows,
    /// Nothing is against it.
    #[default]
    Perfect,
}

/// A break opportunity that layout went past.
#[derive(Clone, Debug)]
pub(crate) struct EarlyBreak {
    pub appeal: BreakAppeal,
    pub place: EarlyBreakPlace,
}

/// Where in a formatting context it is.
#[derive(Clone, Debug)]
pub(crate) enum EarlyBreakPlace {
    /// Before a child.
    Before(BoxId),
    /// Before the line of this number, counted in the fragment.
    Line(usize),
    /// Before a row of items that stand side by side.
    Row(RowPlace),
    /// Somewhere in a child.
    Inside(BoxId, Arc<EarlyBreak>),
}

/// A row of a flex or grid container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowPlace {
    /// Which of the parallel flows it is in.
    pub flow: usize,
    /// Which of the rows of that.
    pub row: usize,
}

/// Where a box is asked to begin and to break.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BreakRequest<'a> {
    /// Where it goes on, if this is not its first fragment.
    pub resume: Option<&'a BreakToken>,
    /// Where it breaks in any case.
    pub early: Option<&'a EarlyBreak>,
}

/// What layout in a fragmentainer found out about breaks.
#[derive(Clone, Debug, Default)]
pub(crate) struct BreakInfo {
    /// Where the box goes on, if it was broken.
    pub token: Option<Arc<BreakToken>>,
    /// How good the break inside is.
    pub appeal: BreakAppeal,
    /// The best break opportunity inside that was passed, the last of those that are equally good.
    pub early: Option<Arc<EarlyBreak>>,
    /// By how much higher the fragmentainer must be at least for another result.
    pub shortage: Option<LayoutUnit>,
    /// The block size of the highest thing that cannot be broken.
    pub tallest_unbreakable: LayoutUnit,
    /// Whether the fragmentainer ended at a forced break.
    pub has_forced_break: bool,
    /// The box that spans all columns and ended the fragmentainer.
    pub spanner: Option<BoxId>,
}

impl BreakInfo {
    /// Takes note of something that lacked this much room.
    pub fn lacks(&mut self, shortage: LayoutUnit) {
        if shortage > LayoutUnit::ZERO {
            self.shortage = Some(self.shortage.map_or(shortage, |known| known.min(shortage)));
        }
    }

    /// Takes note of what cannot be broken.
    pub fn keeps_together(&mut self, block_size: LayoutUnit) {
        self.tallest_unbreakable = self.tallest_unbreakable.max(block_size);
    }

    /// Takes note of a break opportunity; of two that are equally good the later one counts.
    pub fn passes(&mut self, early: EarlyBreak) {
        if self.early.as_ref().is_none_or(|known| known.appeal <= early.appeal) {
            self.early = Some(Arc::new(early));
        }
    }

    /// Takes over what was found out in a child.
    pub fn include(&mut self, child: &BreakInfo) {
        self.tallest_unbreakable = self.tallest_unbreakable.max(child.tallest_unbreakable);
        self.has_forced_break |= child.has_forced_break;
        self.spanner = self.spanner.or(child.spanner);
        if let Some(shortage) = child.shortage {
            self.lacks(shortage);
        }
    }
}
