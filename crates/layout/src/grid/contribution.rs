//! What items contribute to the sizes of their tracks. <https://drafts.csswg.org/css-grid-2/#algo-content>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::values::size::Size;

use super::area;
use super::axis::Axis;
use super::track_sizing::{Contribution as Asked, SpanningItem};
use super::tracks::Tracks;
use crate::box_tree::BoxKind;
use crate::flow::LogicalSize;
use crate::formatting::sizing;
use crate::style;
use crate::taffy_tree::{Contribution, Tree};

/// What an item contributes along an axis, its margins included. `across` are the tracks along the other axis.
pub(super) fn of(
    tree: &mut Tree<'_, '_>,
    item: &mut SpanningItem,
    axis: Axis,
    asked: Asked,
    across: &Tracks,
) -> LayoutUnit {
    match asked {
        Asked::Minimum => match item.minimum {
            Some(known) => known,
            None => {
                let minimum = minimum(tree, item, axis, across);
                *item.minimum.insert(minimum)
            }
        },
        Asked::MinContent => content(tree, item, axis, across).0,
        Asked::MaxContent => content(tree, item, axis, across).1,
    }
}

fn content(
    tree: &mut Tree<'_, '_>,
    item: &mut SpanningItem,
    axis: Axis,
    across: &Tracks,
) -> (LayoutUnit, LayoutUnit) {
    if let Some(known) = item.content {
        return known;
    }
    let node = &tree.items[item.index];
    let room = node.area.as_ref().and_then(|area| across.room(axis.other().of(area)));
    let basis = if axis == Axis::Block { room.unwrap_or_default() } else { LayoutUnit::ZERO };
    let margins = *axis.of(&area::margin_sums(tree, node, basis));
    let sizes = match axis.of(&node.part.asks) {
        Contribution::Size => border_box_sizes(tree, item.index, axis, room),
        Contribution::Edges => {
            let edges = edges(tree, item.index, axis, basis);
            (edges, edges)
        }
        Contribution::Nothing => (LayoutUnit::ZERO, LayoutUnit::ZERO),
    };
    let with_margins = |size: LayoutUnit| (size + margins).clamp_negative_to_zero();
    *item.content.insert((with_margins(sizes.0), with_margins(sizes.1)))
}

/// Borders and padding along an axis of the container.
fn edges(tree: &Tree<'_, '_>, index: usize, axis: Axis, basis: LayoutUnit) -> LayoutUnit {
    let computed = &tree.layouter.boxes.get(tree.items[index].id).style;
    *axis.of(&sizing::edges(computed, tree.mode, basis).sum().sums())
}

/// The min-content and the max-content contribution of the border box, in this much room across.
fn border_box_sizes(
    tree: &mut Tree<'_, '_>,
    index: usize,
    axis: Axis,
    room: Option<LayoutUnit>,
) -> (LayoutUnit, LayoutUnit) {
    let node = &tree.items[index];
    let (id, part, mode) = (node.id, node.part, tree.mode);
    let own_mode = style::writing_mode(&tree.layouter.boxes.get(id).style);
    let is_orthogonal = own_mode.is_orthogonal_to(mode);
    // Replaced content that is as high as its area keeps its natural ratio.
    let is_scaled = matches!(tree.layouter.boxes.get(id).kind, BoxKind::Replaced(_))
        && room.is_some()
        && area::fills(tree, node, Axis::Block);
    match axis {
        Axis::Inline if !is_orthogonal && !is_scaled => {
            let room = room.filter(|_| !part.is_inside || part.asks.block == Contribution::Size);
            let contribution = match area::fills(tree, node, Axis::Block) {
                true => sizing::stretched_contribution(tree.layouter, mode, id, room),
                false => sizing::contribution(tree.layouter, mode, id, room),
            };
            (contribution.min, contribution.max)
        }
        Axis::Block if is_orthogonal => {
            let fills = area::fills(tree, node, Axis::Inline);
            let contribution = sizing::crossing_contribution(tree.layouter, id, room, fills);
            (contribution.min, contribution.max)
        }
        _ => {
            let area = match axis {
                Axis::Inline => LogicalSize::new(None, room),
                Axis::Block => LogicalSize::new(room, None),
            };
            let asked = area::constraints(tree, index, area);
            let size = tree.layouter.layout(id, &asked).fragment.size;
            let size = *axis.of(&LogicalSize::from_physical(size, mode));
            (size, size)
        }
    }
}

/// The minimum contribution. <https://drafts.csswg.org/css-grid-2/#minimum-contribution>
fn minimum(tree: &mut Tree<'_, '_>, item: &mut SpanningItem, axis: Axis, across: &Tracks) -> LayoutUnit {
    let node = &tree.items[item.index];
    if *axis.of(&node.part.asks) != Contribution::Size {
        return content(tree, item, axis, across).0;
    }
    let layout_box = tree.layouter.boxes.get(node.id);
    let computed = &*layout_box.style;
    let horizontal = axis.is_horizontal(tree.mode);
    let depends_on_area = match style::size(computed, horizontal) {
        Size::Auto | Size::Content | Size::Stretch | Size::FitContent | Size::FitContentFunction(_) => true,
        Size::LengthPercentage(size) => size.has_percentage(),
        Size::MinContent | Size::MaxContent => false,
    };
    if !depends_on_area {
        return content(tree, item, axis, across).0;
    }
    let room = node.area.as_ref().and_then(|area| across.room(axis.other().of(area)));
    let basis = if axis == Axis::Block { room.unwrap_or_default() } else { LayoutUnit::ZERO };
    let margins = *axis.of(&area::margin_sums(tree, node, basis));
    let edges = edges(tree, item.index, axis, basis);
    let is_automatic =
        style::min_size(computed, horizontal).is_auto() && !style::is_scroll_container(computed);
    if is_automatic && item.has_automatic_minimum {
        let content = content(tree, item, axis, across).0;
        return match item.fixed_maximum {
            Some(most) => content.min((most - margins).max(edges) + margins).clamp_negative_to_zero(),
            None => content,
        };
    }
    let own_mode = style::writing_mode(computed);
    let along_lines = horizontal == own_mode.is_horizontal();
    let minimum = match style::min_size(computed, horizontal) {
        Size::LengthPercentage(size) => own_length(computed, sizing::resolve(size, None), edges),
        // The contribution is at least that large, and its own size is automatic.
        keyword if along_lines && sizing::is_intrinsic(keyword) => {
            return content(tree, item, axis, across).0;
        }
        _ => edges,
    };
    (minimum.max(edges) + margins).clamp_negative_to_zero()
}

fn own_length(computed: &ComputedStyle, size: Option<LayoutUnit>, edges: LayoutUnit) -> LayoutUnit {
    size.map_or(edges, |size| sizing::to_border_box(computed, size, edges))
}
