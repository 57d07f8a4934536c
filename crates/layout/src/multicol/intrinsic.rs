//! Intrinsic sizes of multi-column containers. <https://drafts.csswg.org/css-sizing-3/#multicol-intrinsic>

use fanlight_base::LayoutUnit;

use super::{keeps_no_spanners, leaves_columns};
use crate::box_tree::BoxId;
use crate::formatting::{Layouter, MinMax, sizing};
use crate::style;

/// The content-box sizes of a container. `contents` are those of what is in its columns; `block_basis` is its content-box
/// block size, where that does not depend on its contents.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    contents: MinMax,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let computed = &layouter.boxes.get(id).style;
    let width = style::column_width(computed);
    let column = match width {
        Some(width) => contents.encompass(MinMax::both(width)),
        None => contents,
    };
    let count = style::column_count(computed).unwrap_or(1);
    let gaps = style::column_gap(computed, LayoutUnit::ZERO) * (count - 1);
    let min = match width {
        // As many columns as fit, which may be one.
        Some(width) => contents.min.min(width),
        None => column.min * count + gaps,
    };
    let columns = MinMax { min, max: (column.max * count + gaps).max(min) };
    columns.encompass(spanner_sizes(layouter, id, block_basis))
}

/// What the boxes ask for that span all columns.
fn spanner_sizes(layouter: &mut Layouter<'_>, id: BoxId, block_basis: Option<LayoutUnit>) -> MinMax {
    let boxes = layouter.boxes;
    let mode = style::writing_mode(&boxes.get(id).style);
    let mut sizes = MinMax::default();
    let mut pending = vec![id];
    while let Some(at) = pending.pop() {
        for &child in boxes.children(at) {
            let computed = &boxes.get(child).style;
            if leaves_columns(boxes, child) {
                let margins = sizing::margins_or_zero(computed, mode, LayoutUnit::ZERO).inline_sum();
                sizes =
                    sizes.encompass(sizing::contribution(layouter, mode, child, block_basis).plus(margins));
            } else if keeps_no_spanners(boxes, child) {
                pending.push(child);
            }
        }
    }
    sizes
}
