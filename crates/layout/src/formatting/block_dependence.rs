//! Whether what is in a box depends on its block size, or on that being definite.
//! <https://drafts.csswg.org/css-sizing-3/#definite>

use fanlight_css::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::size::Size;

use super::Layouter;
use crate::box_tree::{AnonymousKind, BoxId, BoxKind, BoxSource};
use crate::flow::WritingMode;
use crate::style::{self, Positioning};
use crate::{flex, multicol};

/// Whether a box may lay out its contents in another way when it is told to have the block size that it has by itself; errs
/// towards yes.
pub(crate) fn depends_on_block_size(layouter: &Layouter<'_>, id: BoxId) -> bool {
    if layouter.is_quirks || distributes_block_size(layouter, id) {
        return true;
    }
    let boxes = layouter.boxes;
    let mode = style::writing_mode(&boxes.get(id).style);
    let mut pending = vec![id];
    while let Some(around) = pending.pop() {
        for &child in boxes.children(around) {
            let layout_box = boxes.get(child);
            match layout_box.kind {
                BoxKind::Text(_) | BoxKind::LineBreak | BoxKind::WordBreakOpportunity => continue,
                _ if refers_to_block_size(&layout_box.style, mode) => return true,
                // Percentages inside other boxes refer to those.
                BoxKind::Inline(_) => pending.push(child),
                _ if matches!(layout_box.source, BoxSource::Anonymous(_, AnonymousKind::Block)) => {
                    pending.push(child);
                }
                _ => {}
            }
        }
    }
    false
}

/// Whether a box divides the block size that it is told to have among what is in it.
fn distributes_block_size(layouter: &Layouter<'_>, id: BoxId) -> bool {
    let layout_box = layouter.boxes.get(id);
    match &layout_box.kind {
        BoxKind::BlockContainer(_) => {
            layout_box.control.is_some()
                || multicol::is_container(layouter.boxes, id)
                || style::line_clamp(&layout_box.style).is_some()
        }
        BoxKind::Flex(_) => flex::is_column(&layout_box.style),
        _ => true,
    }
}

/// Whether a size, a limit or an offset across lines is a share of what is around the box.
fn refers_to_block_size(computed: &ComputedStyle, container_mode: WritingMode) -> bool {
    let mode = style::writing_mode(computed);
    if mode != container_mode {
        return true;
    }
    let vertical = !mode.is_horizontal();
    let is_share = |size: &Size| match size {
        Size::LengthPercentage(size) => size.has_percentage(),
        Size::Stretch => true,
        _ => false,
    };
    let insets = style::insets(computed);
    let is_moved = || {
        let sides = match vertical {
            true => [insets.left, insets.right],
            false => [insets.top, insets.bottom],
        };
        sides.into_iter().any(|side| matches!(side, AutoOr::Value(length) if length.has_percentage()))
    };
    is_share(style::size(computed, vertical))
        || is_share(style::min_size(computed, vertical))
        || is_share(&style::max_size(computed, vertical))
        || style::position(computed) == Positioning::Relative && is_moved()
}
