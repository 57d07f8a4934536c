//! Limits of items that name the room or the content, as lengths: taffy knows none of them once the container's inline size
//! is known. <https://drafts.csswg.org/css-sizing-3/#min-size-properties>

use fanlight_base::LayoutUnit;
use fanlight_css::values::size::Size;

use super::is_column;
use crate::box_tree::BoxKind;
use crate::flow::LogicalSize;
use crate::formatting::{BlockBasis, Constraints, sizing};
use crate::style;
use crate::taffy_tree::{self, Node, Tree};

/// Gives items such limits, `room` being the inline size of the container's content box.
pub(crate) fn resolve(tree: &mut Tree<'_, '_>, room: LayoutUnit) {
    let is_column = is_column(&tree.layouter.boxes.get(tree.id).style);
    for index in 0..tree.items.len() {
        along_lines(tree, index, room);
        if is_column {
            across_lines(tree, index, room);
        }
    }
}

fn to_taffy(size: LayoutUnit) -> taffy::LengthPercentageAuto {
    taffy::LengthPercentageAuto::length(taffy_tree::to_taffy(size))
}

/// What fills the room, or is as wide as the content where there is room for that.
/// <https://drafts.csswg.org/css-sizing-4/#stretch-fit-sizing>
fn along_lines(tree: &mut Tree<'_, '_>, index: usize, room: LayoutUnit) {
    let (mode, horizontal) = (tree.mode, tree.mode.is_horizontal());
    let Node { id, .. } = tree.items[index];
    let layout_box = tree.layouter.boxes.get(id);
    let computed = &layout_box.style;
    let limits = [style::min_size(computed, horizontal).clone(), style::max_size(computed, horizontal)];
    let names_room =
        |size: &Size| matches!(size, Size::Stretch | Size::FitContent | Size::FitContentFunction(_));
    if !limits.iter().any(names_room) {
        return;
    }
    let is_parallel = !style::writing_mode(computed).is_orthogonal_to(mode);
    let around = sizing::margins_or_zero(computed, mode, room).inline_sum();
    let edges = sizing::edges(computed, mode, room).sum().inline_sum();
    let own_edges = if style::is_border_box(computed) { LayoutUnit::ZERO } else { edges };
    let stretched = (room - around).max(edges);
    let [min, max] = limits.map(|limit| {
        let available = match limit {
            Size::Stretch => return Some(stretched),
            Size::FitContent => stretched,
            Size::FitContentFunction(limit) => {
                sizing::to_border_box(computed, sizing::resolve_or_zero(&limit, Some(room)), edges)
            }
            _ => return None,
        };
        if !is_parallel || matches!(layout_box.kind, BoxKind::Replaced(_)) {
            return None;
        }
        let contents = tree.layouter.content_sizes(id, room, BlockBasis::default());
        Some(contents.shrink_to_fit(available))
    });
    let style = &mut tree.items[index].style;
    let length = |size: LayoutUnit| to_taffy((size - own_edges).clamp_negative_to_zero());
    if let Some(min) = min {
        style.min_size.width = length(min);
    }
    if let Some(max) = max {
        style.max_size.width = length(max);
    }
}

/// What is as high as the content.
fn across_lines(tree: &mut Tree<'_, '_>, index: usize, room: LayoutUnit) {
    let mode = tree.mode;
    let Node { id, .. } = tree.items[index];
    let layout_box = tree.layouter.boxes.get(id);
    let computed = layout_box.style.clone();
    if !sizing::has_intrinsic_block_limits(&computed, mode)
        || tree.items[index].style.position.is_out_of_flow()
        || style::writing_mode(&computed).is_orthogonal_to(mode)
        || matches!(layout_box.kind, BoxKind::Replaced(_))
    {
        return;
    }
    let fills = tree.items[index].fills_column() && style::size(&computed, mode.is_horizontal()).is_auto();
    let container = LogicalSize::new(Some(room), None);
    let mut constraints = Constraints::new(mode, container, style::writing_mode(&computed));
    if !fills {
        constraints = constraints.shrink_to_fit();
    }
    let inline = sizing::inline_size(tree.layouter, id, &constraints);
    let content = taffy_tree::natural_block_size(tree.layouter, mode, id, room, inline);
    let own_edges = match style::is_border_box(&computed) {
        true => LayoutUnit::ZERO,
        false => sizing::edges(&computed, mode, room).sum().block_sum(),
    };
    let limit = to_taffy((content - own_edges).clamp_negative_to_zero());
    let style = &mut tree.items[index].style;
    if sizing::is_intrinsic(style::min_size(&computed, !mode.is_horizontal())) {
        style.min_size.height = limit;
    }
    if sizing::is_intrinsic(&style::max_size(&computed, !mode.is_horizontal())) {
        style.max_size.height = limit;
    }
}
