//! Where boxes may and must be broken. <https://drafts.csswg.org/css-break-4/#breaking-rules>

use smallvec::{SmallVec, smallvec};

use crate::box_tree::{BlockContents, BoxId, BoxKind, BoxTree, Control};
use crate::flex;
use crate::style::{self, Positioning};

/// What the break properties say about the place between two boxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BreakBetween {
    /// The column ends there.
    pub is_forced: bool,
    /// The column should not end there.
    pub is_avoided: bool,
}

impl BreakBetween {
    /// Both together.
    #[must_use]
    pub fn and(self, other: BreakBetween) -> BreakBetween {
        BreakBetween {
            is_forced: self.is_forced || other.is_forced,
            is_avoided: self.is_avoided || other.is_avoided,
        }
    }
}

/// What is said of the place before a box: by itself, and by what it begins with.
/// <https://drafts.csswg.org/css-break-4/#break-propagation>
pub(crate) fn break_before(boxes: &BoxTree, id: BoxId) -> BreakBetween {
    along(boxes, id, style::break_before, |children| first_in_flow(boxes, children.iter()))
}

/// What is said of the place after a box: by itself, and by what it ends with.
pub(crate) fn break_after(boxes: &BoxTree, id: BoxId) -> BreakBetween {
    along(boxes, id, style::break_after, |children| first_in_flow(boxes, children.iter().rev()))
}

fn along(
    boxes: &BoxTree,
    id: BoxId,
    of: impl Fn(&fanlight_css::ComputedStyle) -> BreakBetween,
    next: impl Fn(&[BoxId]) -> Option<BoxId>,
) -> BreakBetween {
    let mut found = BreakBetween::default();
    let mut pending: SmallVec<[BoxId; 4]> = smallvec![id];
    while let Some(id) = pending.pop() {
        found = found.and(of(&boxes.get(id).style));
        match &boxes.get(id).kind {
            _ if is_monolithic(boxes, id) => {}
            // The items of its one line begin and end together.
            BoxKind::Flex(children) if flex::has_one_row(&boxes.get(id).style) => {
                pending.extend(children.iter().copied().filter(|&child| is_in_flow(boxes, child)));
            }
            BoxKind::BlockContainer(BlockContents::Blocks(children))
            | BoxKind::Flex(children)
            | BoxKind::Grid(children)
            | BoxKind::TableSection(children) => pending.extend(next(children)),
            // Cells begin and end together.
            BoxKind::TableRow(cells) => pending.extend(cells.iter().copied()),
            BoxKind::Table(parts) => {
                let sections: Vec<BoxId> = parts.grid.sections.iter().map(|section| section.id).collect();
                pending.extend(next(&sections));
            }
            _ => {}
        }
    }
    found
}

fn first_in_flow<'a>(boxes: &BoxTree, mut children: impl Iterator<Item = &'a BoxId>) -> Option<BoxId> {
    children.find(|&&child| is_in_flow(boxes, child)).copied()
}

fn is_in_flow(boxes: &BoxTree, id: BoxId) -> bool {
    let computed = &boxes.get(id).style;
    !style::is_floating(computed)
        && !matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
}

/// Whether a box is never broken. <https://drafts.csswg.org/css-break-4/#monolithic>
pub(crate) fn is_monolithic(boxes: &BoxTree, id: BoxId) -> bool {
    let layout_box = boxes.get(id);
    let computed = &layout_box.style;
    let mode = style::writing_mode(computed);
    let is_turned = layout_box
        .parent
        .is_some_and(|parent| style::writing_mode(&boxes.get(parent).style).block_flow != mode.block_flow);
    is_turned
        || !matches!(
            layout_box.kind,
            BoxKind::BlockContainer(_)
                | BoxKind::Flex(_)
                | BoxKind::Grid(_)
                | BoxKind::Table(_)
                | BoxKind::TableSection(_)
                | BoxKind::TableRow(_)
        )
        || layout_box.control.as_deref().is_some_and(Control::is_button)
        || style::is_kept_together(computed, mode)
}
