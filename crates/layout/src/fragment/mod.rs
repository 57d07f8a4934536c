//! The fragment tree: where boxes landed. Immutable, shared, and free of absolute positions and of styles, so that a
//! fragment can be kept while what surrounds it moves, and while colours change.
//! <https://drafts.csswg.org/css-break-4/#fragment>
//!
//! - A fragment does not know its place: the [`FragmentLink`] from its parent does.
//! - A fragment does not hold its style: [`BoxTree::style_of`](crate::BoxTree::style_of) has it, by the fragment's
//!   [`StyleKey`].
//! - Coordinates are physical layout units, from the border box's upper left corner.
//! - An absolutely positioned fragment is a child of the fragment of its containing block, so that clips and scrolling
//!   apply; its place in the painting order follows from [`BoxTree::tree_order`](crate::BoxTree::tree_order) and the
//!   parents of its box.

mod box_fragment;
mod expansion;
mod line;
mod text;

use std::sync::Arc;

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_base::{LayoutUnit, Sides};

pub(crate) use box_fragment::Parts;
pub use box_fragment::{
    BoxEdges, BoxFragment, CollapsedBorders, CollapsedEdge, ContextKind, PhysicalSide, SpecialParts,
    TableFragment,
};
pub use expansion::Expansion;
pub(crate) use expansion::{Edges as JustifiedEdges, Opportunities, places as justified_places};
pub use line::LineFragment;
pub(crate) use text::EastAsianText;
pub use text::{AppliedDecoration, PlacedGlyph, TextCharacters, TextFragment, TextFragmentKind};

use crate::box_tree::BoxId;

/// Which computed style a fragment has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StyleKey {
    /// The box.
    pub box_id: BoxId,
    /// Whether the fragment lies on a line that `::first-line` styles.
    /// <https://drafts.csswg.org/css-pseudo-4/#first-line-pseudo>
    pub is_first_line: bool,
}

/// Where a child lies in its parent's fragment.
#[derive(Clone, Debug)]
pub struct FragmentLink {
    /// From the upper left corner of the parent's border box to that of the child's. `position: relative` is in it;
    /// `position: sticky` is not, as it depends on scrolling.
    pub offset: LayoutPoint,
    /// The child's used margins, which are its parent's to decide (`auto`). Margins that collapsed are as they were before.
    pub margin: Sides<LayoutUnit>,
    /// The child.
    pub fragment: Fragment,
    /// Whether an ellipsis stands for it: it has its place, and is neither painted nor hit.
    /// <https://drafts.csswg.org/css-overflow-4/#text-overflow>
    pub is_hidden: bool,
}

/// A fragment of any kind.
#[derive(Clone, Debug)]
pub enum Fragment {
    /// Of a box: block-level, atomic, or an inline box's part on one line.
    Box(Arc<BoxFragment>),
    /// A line box.
    Line(Arc<LineFragment>),
    /// Text on one line, of one style and direction.
    Text(Arc<TextFragment>),
}

impl Fragment {
    /// The size of the border box, of the line box, or of the text.
    pub fn size(&self) -> LayoutSize {
        match self {
            Fragment::Box(fragment) => fragment.size,
            Fragment::Line(fragment) => fragment.size,
            Fragment::Text(fragment) => fragment.size,
        }
    }

    /// The fragments directly inside, in tree order, positioned descendants after the others.
    pub fn children(&self) -> &[FragmentLink] {
        match self {
            Fragment::Box(fragment) => &fragment.children,
            Fragment::Line(fragment) => &fragment.children,
            Fragment::Text(_) => &[],
        }
    }

    /// What scrolling must be able to reach: the border box and all that sticks out of it.
    /// <https://drafts.csswg.org/css-overflow-3/#scrollable>
    pub fn scrollable_overflow(&self) -> LayoutRect {
        match self {
            Fragment::Box(fragment) => fragment.scrollable_overflow,
            Fragment::Line(fragment) => fragment.scrollable_overflow,
            Fragment::Text(fragment) => LayoutRect::from_size(fragment.size),
        }
    }
}
