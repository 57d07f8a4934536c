//! Box alignment in block containers: `align-content` of what is in one, `justify-self` of block-level children, and both for
//! the static positions of children that are out of flow.
//! <https://drafts.csswg.org/css-align-3/#align-block>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;

use super::flow::BlockFlow;
use super::margins;
use crate::box_tree::{BoxId, BoxKind, BoxSource};
use crate::flow::{LogicalOffset, LogicalSides};
use crate::formatting::{Constraints, SafeAlignment, StaticAlignment, StaticEdge};
use crate::positioned::{Alignment, Safety};
use crate::{positioned, style};

/// How much of the room that is left lies before what is aligned.
fn before(edge: StaticEdge, room: LayoutUnit) -> LayoutUnit {
    match edge {
        StaticEdge::Start => LayoutUnit::ZERO,
        StaticEdge::Center => room / 2,
        StaticEdge::End => room,
    }
}

/// How far `align-content` moves all that is in a block container of which the content leaves `room`.
/// <https://drafts.csswg.org/css-align-3/#distribution-block>
pub(super) fn content_shift(computed: &ComputedStyle, room: LayoutUnit) -> LayoutUnit {
    let Some(alignment) = style::block_content_alignment(computed) else { return LayoutUnit::ZERO };
    if alignment.is_safe {
        before(alignment.edge, room.clamp_negative_to_zero())
    } else {
        before(alignment.edge, room)
    }
}

impl BlockFlow<'_, '_> {
    /// How `justify-self` aligns a child; nothing where it fills the lines. Anonymous boxes do, and `justify-items` of an inline
    /// box means nothing. <https://drafts.csswg.org/css-align-3/#justify-block>
    fn justification(&self, child: BoxId) -> Option<Alignment> {
        let boxes = self.layouter.boxes;
        let layout_box = boxes.get(child);
        if matches!(layout_box.source, BoxSource::Anonymous(..)) {
            return None;
        }
        let parent = boxes.get(layout_box.parent?);
        let items = match parent.kind {
            BoxKind::BlockContainer(_) => Some(&*parent.style),
            _ => None,
        };
        let alignment = positioned::justification(&layout_box.style, items, self.mode);
        (!alignment.is_normal && !alignment.is_stretch).then_some(alignment)
    }

    /// The constraints for a block-level child, which shrinks to fit where it is aligned.
    pub fn block_level_constraints(&self, child: BoxId) -> Constraints {
        let constraints = self.child_constraints(child);
        let mode = style::writing_mode(&self.layouter.boxes.get(child).style);
        match self.justification(child) {
            Some(_) if !mode.is_orthogonal_to(self.mode) => constraints.shrink_to_fit(),
            _ => constraints,
        }
    }

    /// The used margins of a block-level child of this inline size in this room. Automatic margins win.
    pub fn aligned_margins(
        &self,
        child: BoxId,
        margins: LogicalSides<Option<LayoutUnit>>,
        room: LayoutUnit,
        inline_size: LayoutUnit,
    ) -> LogicalSides {
        let used = margins::used(margins, room, inline_size);
        if margins.inline_start.is_none() || margins.inline_end.is_none() {
            return used;
        }
        let Some(alignment) = self.justification(child) else {
            return style::align_block_child(&self.computed, used, room, inline_size);
        };
        let left = room - inline_size - used.inline_sum();
        let left = if alignment.safety == Safety::Safe { left.clamp_negative_to_zero() } else { left };
        LogicalSides { inline_start: used.inline_start + before(alignment.edge, left), ..used }
    }

    /// The static position of a block-level child that is out of flow: along lines it is aligned in the content box, across them
    /// with the place where it would begin. <https://drafts.csswg.org/css-position-3/#staticpos-rect>
    pub fn add_block_level_out_of_flow(&mut self, child: BoxId, block: LayoutUnit) {
        let computed = &self.layouter.boxes.get(child).style;
        let (along, across) = positioned::alignment_of(computed, self.mode);
        let at = self.edges.inline_start + before(along.edge, self.content_inline);
        let inline = static_alignment(along, self.content_inline);
        let block_alignment = static_alignment(across, LayoutUnit::ZERO);
        self.builder.add_out_of_flow(child, LogicalOffset::new(at, block), inline, block_alignment);
    }
}

/// The alignment with a static position rectangle of this extent.
pub(super) fn static_alignment(alignment: Alignment, extent: LayoutUnit) -> StaticAlignment {
    let is_safe = alignment.safety == Safety::Safe;
    let safe = is_safe.then_some(SafeAlignment { extent, edge: StaticEdge::Start });
    StaticAlignment { edge: alignment.edge, safe }
}
