//! An item in its grid area: its size and its place there.
//! <https://drafts.csswg.org/css-grid-2/#grid-item-sizing>

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::values::size::Size;
use taffy::{AlignItems, AlignItemsKeyword, AlignmentSafety};

use super::axis::Axis;
use crate::box_tree::BoxKind;
use crate::flow::{LogicalSides, LogicalSize};
use crate::formatting::{AutoSize, Constraints, LayoutResult, orthogonal, sizing};
use crate::style;
use crate::taffy_tree::{Contribution, Node, Tree, from_taffy, to_taffy};

/// Whether an automatic size is that of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    No,
    /// `normal`: an aspect ratio comes first.
    Normal,
    /// `stretch`
    Stretch,
}

/// How an item fills its area along an axis of the container.
fn fill(node: &Node, axis: Axis, is_replaced: bool) -> Fill {
    let margin = &node.style.margin;
    let (alignment, start, end) = match axis {
        Axis::Inline => (node.style.justify_self, margin.left, margin.right),
        Axis::Block => (node.style.align_self, margin.top, margin.bottom),
    };
    match alignment.unwrap_or(AlignItems::NORMAL).keyword {
        _ if start.is_auto() || end.is_auto() => Fill::No,
        AlignItemsKeyword::Stretch => Fill::Stretch,
        AlignItemsKeyword::Normal if !is_replaced => Fill::Normal,
        _ => Fill::No,
    }
}

/// Whether an item is as large along an axis of the container as its area is. Where that is known before the item's size along
/// the other one, its aspect ratio may refer to it.
pub(super) fn fills(tree: &Tree<'_, '_>, node: &Node, axis: Axis) -> bool {
    let layout_box = tree.layouter.boxes.get(node.id);
    let is_replaced = matches!(layout_box.kind, BoxKind::Replaced(_));
    let horizontal = axis.is_horizontal(tree.mode);
    style::size(&layout_box.style, horizontal).is_auto() && fill(node, axis, is_replaced) != Fill::No
}

/// The used margins of an item, `auto` as `None`; percentages refer to the inline size of its area.
pub(super) fn margins(
    tree: &Tree<'_, '_>,
    node: &Node,
    basis: LayoutUnit,
) -> LogicalSides<Option<LayoutUnit>> {
    let basis = to_taffy(basis);
    let margin = node.style.margin.map(|margin| {
        Some(from_taffy(margin.resolve_to_option(basis, |at, basis| tree.lengths.resolve(at, basis))?))
    });
    LogicalSides {
        inline_start: margin.left,
        inline_end: margin.right,
        block_start: margin.top,
        block_end: margin.bottom,
    }
}

/// The sums of an item's margins, `auto` as zero.
pub(super) fn margin_sums(tree: &Tree<'_, '_>, node: &Node, basis: LayoutUnit) -> LogicalSize {
    let margins = margins(tree, node, basis);
    let sum = |start: Option<LayoutUnit>, end: Option<LayoutUnit>| {
        start.unwrap_or_default() + end.unwrap_or_default()
    };
    LogicalSize::new(
        sum(margins.inline_start, margins.inline_end),
        sum(margins.block_start, margins.block_end),
    )
}

/// What an item is told in an area of this size, of which the block size may not be known yet.
pub(super) fn constraints(
    tree: &mut Tree<'_, '_>,
    index: usize,
    area: LogicalSize<Option<LayoutUnit>>,
) -> Constraints {
    let node = &tree.items[index];
    let (id, part) = (node.id, node.part);
    let layout_box = tree.layouter.boxes.get(id);
    let computed = &*layout_box.style;
    let own_mode = style::writing_mode(computed);
    let is_orthogonal = own_mode.is_orthogonal_to(tree.mode);
    let is_replaced = matches!(layout_box.kind, BoxKind::Replaced(_));
    let mut area = area;
    if part.is_inside {
        // What subgrids add to the margins is not in the area.
        let basis = area.inline.unwrap_or_default();
        let own = sizing::margins_or_zero(computed, tree.mode, basis);
        let added = margin_sums(tree, node, basis);
        let less = |room: LayoutUnit, added: LayoutUnit, own: LayoutUnit| {
            (room - added + own).clamp_negative_to_zero()
        };
        area.inline = area.inline.map(|room| less(room, added.inline, own.inline_sum()));
        area.block = area.block.map(|room| less(room, added.block, own.block_sum()));
    }
    let mut asked = if is_orthogonal {
        orthogonal::child_constraints(tree.layouter, id, tree.mode, area)
    } else {
        Constraints::new(tree.mode, area, own_mode)
    };
    asked = asked.shrink_to_fit();
    let along = |axis: Axis| match axis.of(&part.asks) {
        Contribution::Edges => Fill::Stretch,
        _ => fill(node, axis, is_replaced),
    };
    // From here on all is along the item's own axes.
    let fill = LogicalSize::new(along(Axis::Inline), along(Axis::Block)).transposed_if(is_orthogonal);
    let area = area.transposed_if(is_orthogonal);
    let horizontal = own_mode.is_horizontal();
    let has_ratio = node.style.aspect_ratio.is_some();
    let is_subgridded =
        LogicalSize::new(part.asks.inline == Contribution::Edges, part.asks.block == Contribution::Edges)
            .transposed_if(is_orthogonal);
    let is_auto = LogicalSize::new(
        style::size(computed, horizontal).is_auto() || is_subgridded.inline,
        style::size(computed, !horizontal).is_auto() || is_subgridded.block,
    );
    let room = asked.available;
    if is_auto.block && area.block.is_some() && fill.block != Fill::No {
        asked.block_auto = AutoSize::Stretch;
    }
    if part.is_inside && part.asks.inline == Contribution::Nothing {
        asked.fixed.inline = part.inline;
    } else if is_subgridded.inline {
        let margins = sizing::margins_or_zero(computed, own_mode, asked.margin_basis).inline_sum();
        asked.fixed.inline = area.inline.map(|room| (room - margins).clamp_negative_to_zero());
    } else if is_auto.inline && area.inline.is_some() && fill.inline != Fill::No {
        // The inline size that fills the area is preferred to a block size that is merely `normal`.
        let is_definite = fill.block == Fill::Stretch || fill.inline == Fill::Stretch;
        let block_auto = if is_definite { asked.block_auto } else { AutoSize::FitContent };
        let filling = Constraints { block_auto, ..asked };
        let edges = sizing::edges(computed, own_mode, asked.margin_basis).sum();
        let by_ratio = fill.inline == Fill::Normal
            && has_ratio
            && sizing::definite_block_size(computed, own_mode, &filling, edges).is_some();
        asked.fixed.inline = Some(match by_ratio {
            true => sizing::inline_size(tree.layouter, id, &asked),
            false => sizing::filling_inline_size(tree.layouter, id, &filling),
        });
    } else if !is_replaced && !matches!(layout_box.kind, BoxKind::Table(_)) {
        asked.fixed.inline = Some(sizing::inline_size(tree.layouter, id, &asked));
    }
    if let Some(inline) = asked.fixed.inline {
        // What no longer matters is left out, so that the same question is asked in the same words.
        asked.available.inline = Some(inline);
        asked.percentage.inline = None;
    }
    let by_ratio = fill.block == Fill::Normal && has_ratio;
    if asked.block_auto == AutoSize::Stretch && by_ratio {
        asked.block_auto = AutoSize::FitContent;
    }
    if asked.block_auto == AutoSize::Stretch && is_subgridded.block {
        let margins = sizing::margins_or_zero(computed, own_mode, asked.margin_basis).block_sum();
        asked.fixed.block = room.block.map(|room| (room - margins).clamp_negative_to_zero());
    } else if asked.block_auto == AutoSize::Stretch {
        let edges = sizing::edges(computed, own_mode, asked.margin_basis).sum();
        let filling = sizing::definite_block_size(computed, own_mode, &asked, edges);
        asked.fixed.block = filling.map(|size| within_content(tree, index, &asked, size));
    }
    if asked.fixed.block.is_some() {
        asked.block_auto = AutoSize::FitContent;
        asked.available.block = None;
        asked.percentage.block = None;
    }
    asked
}

/// A block size within the limits that name what content asks for.
/// <https://drafts.csswg.org/css-sizing-3/#min-size-properties>
fn within_content(
    tree: &mut Tree<'_, '_>,
    index: usize,
    asked: &Constraints,
    filling: LayoutUnit,
) -> LayoutUnit {
    let id = tree.items[index].id;
    let layout_box = tree.layouter.boxes.get(id);
    let computed = &*layout_box.style;
    let vertical = !style::writing_mode(computed).is_horizontal();
    let has_min = sizing::is_intrinsic(style::min_size(computed, vertical));
    let has_max = sizing::is_intrinsic(&style::max_size(computed, vertical));
    if !has_min && !has_max || matches!(layout_box.kind, BoxKind::Replaced(_)) {
        return filling;
    }
    let free = Constraints { block_auto: AutoSize::FitContent, ..*asked };
    let content = tree.layouter.layout(id, &free).intrinsic_block_size;
    let least = match style::min_size(computed, vertical) {
        Size::LengthPercentage(least) => sizing::resolve(least, asked.percentage.block),
        _ => None,
    };
    let least = least.map_or(LayoutUnit::ZERO, |least| {
        let own_mode = style::writing_mode(computed);
        let edges = sizing::edges(computed, own_mode, asked.margin_basis).sum();
        sizing::to_border_box(computed, least, edges.block_sum())
    });
    let size = if has_max { filling.min(content).max(least) } else { filling };
    if has_min { size.max(content) } else { size }
}

/// Lays an item out in its area, and puts it where its alignment says. `start` is where the area begins.
/// <https://drafts.csswg.org/css-grid-2/#alignment>
pub(super) fn place(tree: &mut Tree<'_, '_>, index: usize, start: LogicalSize, area: LogicalSize) {
    let asked = constraints(tree, index, LogicalSize::new(Some(area.inline), Some(area.block)));
    let id = tree.items[index].id;
    let result: Arc<LayoutResult> = tree.layouter.layout(id, &asked);
    let size = LogicalSize::from_physical(result.fragment.size, tree.mode);
    let node = &tree.items[index];
    let margins = margins(tree, node, area.inline);
    let (inline, before_inline, after_inline) = align(
        area.inline - size.inline,
        (margins.inline_start, margins.inline_end),
        node.style.justify_self.unwrap_or(AlignItems::NORMAL),
    );
    let (block, before_block, after_block) = align(
        area.block - size.block,
        (margins.block_start, margins.block_end),
        node.style.align_self.unwrap_or(AlignItems::NORMAL),
    );
    let node = &mut tree.items[index];
    node.layout.location =
        taffy::Point { x: to_taffy(start.inline + inline), y: to_taffy(start.block + block) };
    node.layout.size = taffy::Size { width: to_taffy(size.inline), height: to_taffy(size.block) };
    node.layout.margin = taffy::Rect {
        left: to_taffy(before_inline),
        right: to_taffy(after_inline),
        top: to_taffy(before_block),
        bottom: to_taffy(after_block),
    };
    node.result = Some(result);
}

/// Where a border box begins in an area that has this much more room, and its used margins.
fn align(
    room: LayoutUnit,
    margins: (Option<LayoutUnit>, Option<LayoutUnit>),
    alignment: AlignItems,
) -> (LayoutUnit, LayoutUnit, LayoutUnit) {
    let (start, end) = (margins.0.unwrap_or_default(), margins.1.unwrap_or_default());
    let free = room - start - end;
    // https://drafts.csswg.org/css-grid-2/#auto-margins
    let shared = free.clamp_negative_to_zero();
    match margins {
        (None, None) => return (shared / 2, shared / 2, shared - shared / 2),
        (None, Some(_)) => return (shared, shared, end),
        (Some(_), None) => return (start, start, shared),
        (Some(_), Some(_)) => {}
    }
    let is_safe = alignment.safety == AlignmentSafety::Safe;
    let shift = match alignment.keyword {
        _ if is_safe && free < LayoutUnit::ZERO => LayoutUnit::ZERO,
        AlignItemsKeyword::End | AlignItemsKeyword::FlexEnd | AlignItemsKeyword::SelfEnd => free,
        AlignItemsKeyword::Center => free / 2,
        _ => LayoutUnit::ZERO,
    };
    (start + shift, start, end)
}
