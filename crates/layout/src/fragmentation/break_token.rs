//! Where layout of a box goes on in the next fragmentainer.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use crate::box_tree::BoxId;
use crate::inline::breaker::Place;
use crate::table::TableBreak;
use crate::taffy_tree::ItemsBreak;

/// Where a box goes on that was broken.
#[derive(Clone, Debug)]
pub(crate) struct BreakToken {
    /// The box.
    pub box_id: BoxId,
    /// The border-box block size of its fragments so far.
    pub consumed: LayoutUnit,
    /// The children that go on, or begin, in the next fragmentainer, in tree order.
    pub children: Vec<ChildBreak>,
    /// The children after those.
    pub next: NextChild,
    /// Whether the box has its whole block size: what goes on overflows it, beside what comes after it.
    pub is_at_block_end: bool,
}

/// A child that goes on in the next fragmentainer.
#[derive(Clone, Debug)]
pub(crate) enum ChildBreak {
    /// The whole child does. After an unforced break the margins before it are truncated.
    /// <https://drafts.csswg.org/css-break-4/#break-margins>
    Before { id: BoxId, is_forced: bool },
    /// A part of it was in the fragmentainer before.
    Inside(Arc<BreakToken>),
}

impl ChildBreak {
    /// The child.
    pub fn box_id(&self) -> BoxId {
        match self {
            ChildBreak::Before { id, .. } => *id,
            ChildBreak::Inside(token) => token.box_id,
        }
    }

    /// The token of a child that was begun.
    pub fn inside(&self) -> Option<&BreakToken> {
        match self {
            ChildBreak::Before { .. } => None,
            ChildBreak::Inside(token) => Some(token),
        }
    }
}

/// What comes after the children that go on: a kind for each formatting context.
#[derive(Clone, Debug)]
pub(crate) enum NextChild {
    /// Nothing.
    End,
    /// The child block of this number, and all after it.
    Block(usize),
    /// A line.
    Line(LinePosition),
    /// What is left of a flex or grid container, the children that go on included.
    Items(Arc<ItemsBreak>),
    /// What is left of a table, likewise.
    Table(Arc<TableBreak>),
}

/// Where the next line begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinePosition {
    /// The place in the text.
    pub place: Place,
    /// Whether it is the first line of its block container.
    pub is_first: bool,
    /// The inline boxes that began on lines before.
    pub open: Vec<BoxId>,
}
