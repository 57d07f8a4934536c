//! The room of ruby annotations between lines. <https://drafts.csswg.org/css-ruby-1/#line-height>

use fanlight_base::LayoutUnit;

use super::flow::{BlockFlow, FlowSpace};
use crate::box_tree::{BlockContents, BoxKind};
use crate::formatting::sizing::{self, Edges};
use crate::inline::ruby::room::AnnotationRoom;

/// The room for annotations of the first line of a block container: its padding, and where no border is in the way the margins
/// before it and what the block before it leaves over.
pub(super) fn space_at_start(
    contents: Option<&BlockContents>,
    edges: &Edges,
    space: &FlowSpace,
    is_root: bool,
) -> LayoutUnit {
    let before = if is_root || edges.border.block_start != LayoutUnit::ZERO {
        LayoutUnit::ZERO
    } else {
        space.strut.sum().clamp_negative_to_zero() + space.annotation_space
    };
    match contents {
        Some(BlockContents::Lines(_)) => edges.padding.block_start + before,
        _ => LayoutUnit::ZERO,
    }
}

impl BlockFlow<'_, '_> {
    /// How much further down a line goes because of annotations between it and what is before it; or up, where the line before
    /// has annotations below it that reach into what this one leaves over.
    pub(super) fn make_room_for_annotations(&self, room: Option<AnnotationRoom>) -> LayoutUnit {
        let Some(room) = room.map(|room| room.in_flow(self.mode)) else { return LayoutUnit::ZERO };
        let ([overflow, _], [space, _]) = (room.overflow, room.space);
        let before = self.position.annotation_space;
        if overflow > LayoutUnit::ZERO {
            (overflow - before.clamp_negative_to_zero()).clamp_negative_to_zero()
        } else if before < LayoutUnit::ZERO {
            -space.min(-before)
        } else {
            LayoutUnit::ZERO
        }
    }

    /// Leaves room for annotations below the last line. Says how much.
    pub(super) fn leave_room_for_annotations(&mut self, room: Option<AnnotationRoom>) -> LayoutUnit {
        let room = room.map(|room| room.in_flow(self.mode)).unwrap_or_default();
        let ([_, overflow], [_, space]) = (room.overflow, room.space);
        self.position.annotation_space = if overflow > LayoutUnit::ZERO { -overflow } else { space };
        self.position.block += overflow;
        overflow
    }

    /// Lets annotations below the last line lie on the padding. Says what that line leaves over for those of the next block.
    pub(super) fn annotation_space_at_end(&mut self) -> LayoutUnit {
        let space = std::mem::take(&mut self.position.annotation_space);
        if space < LayoutUnit::ZERO {
            let padding = sizing::edges(&self.computed, self.mode, self.constraints.margin_basis).padding;
            self.position.block -= padding.block_end.min(-space);
        }
        let kind = &self.layouter.boxes.get(self.id).kind;
        let has_lines = matches!(kind, BoxKind::BlockContainer(BlockContents::Lines(_)));
        if has_lines && self.edges.block_end == LayoutUnit::ZERO {
            space.clamp_negative_to_zero()
        } else {
            LayoutUnit::ZERO
        }
    }
}
