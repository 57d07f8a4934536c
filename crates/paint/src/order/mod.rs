//! Painting order: the fragment tree as one sequence of steps, the lowest first.
//! <https://drafts.csswg.org/css2/#elaborate-stacking-contexts>
//!
//! 1. [`walk`] goes once through the fragments. It follows containing blocks, and so knows each fragment's place: its
//!    offset, its coordinate space and its clip. Each fragment puts its operations into the buckets of the context that
//!    it paints in.
//! 2. [`context`] holds these buckets. A context is painted as a whole: a stacking context, or what is treated as one (a
//!    float, an inline block, a flex item, a positioned box). It is found through the box tree, as an absolutely
//!    positioned box belongs to a stacking context that its fragment may not be in.
//! 3. [`flatten`] runs through the contexts in the order of CSS 2, and opens and closes groups.
//!
//! Painting draws the steps; hit testing asks them from the last to the first.

mod context;
mod flatten;
mod sort;
mod spaces;
mod traits;
mod walk;

use fanlight_base::geometry::{LayoutPoint, LayoutRect};
use fanlight_css::properties::table::BorderCollapse;
use fanlight_css::values::display::Display;
use fanlight_layout::{BoxFragment, BoxId, ContextKind, LayoutTree, StyleKey, TextFragment};

use crate::display_list::{ClipId, ClipTree, EffectId, EffectTree, SpatialId, SpatialTree};
use crate::input::PaintInput;

pub(crate) use traits::{
    PaintTraits, has_overflow_clip_edge, is_scroll_container, is_visible, overflow_clips,
    receives_pointer_events, style_reach,
};

/// Everything that may be painted, in painting order.
pub(crate) struct PaintOrder<'a> {
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) spatial: SpatialTree,
    pub(crate) clips: ClipTree,
    pub(crate) effects: EffectTree,
    /// The box whose background is the canvas's, and the root element's border box in the document.
    pub(crate) canvas: Option<Canvas<'a>>,
}

/// Whose background the canvas has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Canvas<'a> {
    /// The root element, or the body element.
    pub(crate) style: StyleKey,
    /// The root element's fragment: backgrounds are positioned against it.
    pub(crate) root: &'a BoxFragment,
}

/// One operation of painting, with the group that it happens in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) operation: Operation<'a>,
    pub(crate) place: Place,
    pub(crate) effect: Option<EffectId>,
}

/// Where a fragment's border box begins, and what applies there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) offset: LayoutPoint,
    pub(crate) spatial: SpatialId,
    pub(crate) clip: Option<ClipId>,
}

impl Place {
    /// The same, `offset` further.
    pub(crate) fn moved(self, offset: LayoutPoint) -> Self {
        Place { offset: self.offset + offset.to_vector(), ..self }
    }
}

/// What is painted of a fragment at one point of the order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation<'a> {
    /// The root or body background, on the canvas.
    Canvas,
    /// What is below the group of the box, filtered.
    Backdrop(&'a BoxFragment),
    /// Outer shadows, background, inner shadows, borders.
    Decorations(&'a BoxFragment),
    /// The background of a table part as far as it lies in one cell.
    TablePart { part: StyleKey, part_rect: LayoutRect, cell_rect: LayoutRect },
    /// All borders of a table in the collapsing model.
    CollapsedBorders(&'a BoxFragment),
    /// The lines between columns.
    ColumnRules(&'a BoxFragment),
    /// Replaced content, the look of a form control, a marker that is a shape.
    Content(&'a BoxFragment),
    /// Glyphs and decorations of text.
    Text(&'a TextFragment),
    /// `outline`
    Outline(&'a BoxFragment),
    /// Scroll bars over the contents.
    ScrollBars(&'a BoxFragment),
    /// Where the filters of a group draw, though there be nothing in it.
    FilterRegions,
    /// The mask of a group.
    Mask(&'a BoxFragment),
    /// The `<clipPath>` of a group.
    ClipReference(&'a BoxFragment),
}

/// What the order is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Only steps that draw something.
    Paint,
    /// Boxes that draw nothing too: they can be hit.
    HitTest,
}

/// Puts everything that `input` wants seen in painting order.
pub(crate) fn paint_order<'a>(
    layout: &'a LayoutTree,
    input: &PaintInput<'_>,
    purpose: Purpose,
) -> PaintOrder<'a> {
    let walked = walk::walk(layout, input, purpose);
    flatten::flatten(layout, walked, input)
}

/// Whether backgrounds in a cell leave out the collapsed borders around it: what paints them, the cell or a box between it
/// and the table, is stacked, and painted after those borders.
pub(crate) fn keeps_off_collapsed_borders(layout: &LayoutTree, from: BoxId, cell: &BoxFragment) -> bool {
    if cell.context != ContextKind::TableCell
        || layout.boxes.style_of(cell.style).table.border_collapse != BorderCollapse::Collapse
    {
        return false;
    }
    let part = |id: &BoxId| matches!(layout.boxes.get(*id).style.boxes.display, Display::Internal(_));
    std::iter::successors(Some(from), |&id| layout.boxes.get(id).parent)
        .take_while(part)
        .any(|id| PaintTraits::of_box(layout, id).contains(PaintTraits::STACKED))
}

/// Whether the background of a box is painted behind its cells, and not behind all of it.
pub(crate) fn paints_behind_cells(fragment: &BoxFragment) -> bool {
    matches!(fragment.context, ContextKind::TableSection | ContextKind::TableRow)
}
