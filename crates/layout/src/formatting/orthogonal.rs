//! Boxes whose lines run across those of their container.
//! <https://drafts.csswg.org/css-writing-modes-4/#orthogonal-flows>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::values::size::Size;

use super::{Constraints, Layouter, MinMax, sizing};
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalSize, WritingMode};
use crate::style;

/// The constraints of a child in a container of this content size. A child whose lines run across those of the container
/// shrinks to fit in what there is along them, and where the container gives no bound, in the viewport.
/// <https://drafts.csswg.org/css-writing-modes-4/#orthogonal-auto>
pub(crate) fn child_constraints(
    layouter: &Layouter<'_>,
    child: BoxId,
    container_mode: WritingMode,
    container: LogicalSize<Option<LayoutUnit>>,
) -> Constraints {
    let mode = style::writing_mode(&layouter.boxes.get(child).style);
    let constraints = Constraints::new(container_mode, container, mode);
    if !mode.is_orthogonal_to(container_mode) {
        return constraints;
    }
    let mut constraints = constraints.shrink_to_fit();
    let room = container.block.unwrap_or_else(|| fallback_inline_size(layouter, child));
    constraints.available.inline = Some(room);
    constraints.percentage.inline = Some(room);
    constraints
}

/// The room along the lines of a box that run across those of its container, where the container's block size depends on
/// its content: the viewport, or less where the container's own properties say so.
/// <https://drafts.csswg.org/css-writing-modes-4/#orthogonal-auto>
fn fallback_inline_size(layouter: &Layouter<'_>, child: BoxId) -> LayoutUnit {
    let boxes = layouter.boxes;
    let mut around = boxes.ancestors(child);
    let container = around.find(|&id| !matches!(boxes.get(id).kind, BoxKind::Inline(_)));
    let computed = &boxes.get(container.unwrap_or(BoxId::VIEWPORT)).style;
    let mode = style::writing_mode(computed);
    let viewport = LogicalSize::from_physical(layouter.viewport, mode).block;
    content_block_bound(computed, mode).map_or(viewport, |bound| bound.min(viewport))
}

/// What the block-size properties of a box say about its content box without regard to percentages.
fn content_block_bound(computed: &ComputedStyle, mode: WritingMode) -> Option<LayoutUnit> {
    let horizontal = !mode.is_horizontal();
    let fixed = |size: &Size| sizing::fixed_content_size(computed, mode, size);
    let size = fixed(style::size(computed, horizontal));
    let max = fixed(&style::max_size(computed, horizontal));
    let bound = match (size, max) {
        (Some(size), Some(max)) => size.min(max),
        (size, max) => size.or(max)?,
    };
    Some(fixed(style::min_size(computed, horizontal)).map_or(bound, |min| bound.max(min)))
}

/// A box whose lines run across those of its container contributes its block size, which only layout knows. `block_basis` is
/// the block size of the container's content box, where that does not depend on its content.
/// <https://drafts.csswg.org/css-sizing-3/#intrinsic-contribution>
pub(super) fn contribution(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let container = LogicalSize::new(None, block_basis);
    let constraints = child_constraints(layouter, id, container_mode, container).shrink_to_fit();
    let size = layouter.layout(id, &constraints).fragment.size;
    MinMax::both(LogicalSize::from_physical(size, container_mode).inline)
}
