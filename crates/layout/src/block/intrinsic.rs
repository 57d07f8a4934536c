//! Intrinsic sizes of block containers. <https://drafts.csswg.org/css-sizing-3/#block-intrinsic>

use fanlight_base::LayoutUnit;

use crate::box_tree::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource};
use crate::float::FloatSide;
use crate::formatting::{Layouter, MinMax, sizing};
use crate::style::{self, Positioning};
use crate::{inline, multicol};

/// The content-box sizes of a block container with block-level boxes: the widest child, with floats beside each other.
/// `block_basis` is the block size of the content box, where that does not depend on the content.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    children: &[BoxId],
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let boxes = layouter.boxes;
    let mode = style::writing_mode(&boxes.get(id).style);
    let mut sizes = MinMax::default();
    // What the floats that stand beside each other add up to.
    let mut floats = [LayoutUnit::ZERO; 2];
    for &child in children {
        let layout_box = boxes.get(child);
        let computed = &layout_box.style;
        if matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
            || multicol::leaves_columns(boxes, child)
            || boxes.is_outside_marker(child)
        {
            continue;
        }
        let [clears_left, clears_right] = style::clears(computed, mode);
        if clears_left || clears_right {
            sizes.max = sizes.max.max(floats[0] + floats[1]);
            if clears_left {
                floats[0] = LayoutUnit::ZERO;
            }
            if clears_right {
                floats[1] = LayoutUnit::ZERO;
            }
        }
        // Lines between the blocks begin beside the floats before them.
        let own = match &layout_box.kind {
            BoxKind::BlockContainer(BlockContents::Lines(_))
                if matches!(layout_box.source, BoxSource::Anonymous(_, AnonymousKind::Block)) =>
            {
                inline::content_sizes(layouter, child, block_basis, floats[0] + floats[1])
            }
            _ => sizing::contribution(layouter, mode, child, block_basis),
        };
        let margins = sizing::margins_or_zero(computed, mode, LayoutUnit::ZERO);
        let sum = margins.inline_sum();
        match style::float_side(computed, mode) {
            Some(side) => {
                sizes.min = sizes.min.max(own.min + sum);
                let index = match side {
                    FloatSide::Left => 0,
                    FloatSide::Right => 1,
                };
                floats[index] += (own.max + sum).clamp_negative_to_zero();
            }
            None => {
                sizes.min = sizes.min.max(own.min + sum);
                let is_flow = matches!(layout_box.kind, BoxKind::BlockContainer(_))
                    && !style::establishes_block_formatting_context(computed);
                if is_flow {
                    sizes.max = sizes.max.max(floats[0] + floats[1]).max(own.max + sum);
                } else {
                    // It stands beside the floats; its margins overlap them.
                    let inset = |margin: LayoutUnit, float: LayoutUnit| match margin > LayoutUnit::ZERO {
                        true => margin.max(float),
                        false => float + margin,
                    };
                    let start = inset(margins.inline_start, floats[usize::from(mode.is_rtl)]);
                    let end = inset(margins.inline_end, floats[usize::from(!mode.is_rtl)]);
                    sizes.max = sizes.max.max(own.max + start + end);
                }
                floats = [LayoutUnit::ZERO; 2];
            }
        }
    }
    sizes.max = sizes.max.max(floats[0] + floats[1]).max(sizes.min);
    MinMax { min: sizes.min.clamp_negative_to_zero(), max: sizes.max.clamp_negative_to_zero() }
}
