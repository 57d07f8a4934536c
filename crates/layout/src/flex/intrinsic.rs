//! How wide a flex container wants to be. <https://drafts.csswg.org/css-flexbox-1/#intrinsic-sizes>

use fanlight_base::LayoutUnit;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::flex::FlexWrap;
use fanlight_css::values::NormalOr;
use fanlight_css::values::align::SelfPosition;
use fanlight_css::values::size::Size;

use super::{CONTENTS, children, is_column};
use crate::box_tree::BoxId;
use crate::flow::WritingMode;
use crate::formatting::{BlockBasis, Layouter, MinMax, sizing};
use crate::style::{self, Positioning};
use crate::taffy_tree::{InlineQuestion, Node, Question, Stage, Tree, from_taffy};

/// The content-box sizes of a flex container.
pub(crate) fn content_sizes(layouter: &mut Layouter<'_>, id: BoxId, basis: BlockBasis) -> MinMax {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let inner_basis = sizing::intrinsic_percentage_block(layouter, id, basis);
    let wraps = computed.flex.flex_wrap != FlexWrap::Nowrap;
    let items: Vec<MinMax> = children(layouter, id)
        .iter()
        .filter(|&&child| {
            let position = style::position(&layouter.boxes.get(child).style);
            !matches!(position, Positioning::Absolute | Positioning::Fixed)
        })
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|child| item(layouter, &computed, mode, child, inner_basis))
        .collect();
    let widest = items.iter().fold(MinMax::default(), |known, item| known.encompass(*item));
    if is_column(&computed) {
        let columns = if wraps { of_columns(layouter, id, &computed, mode, basis) } else { None };
        return MinMax { min: widest.min, max: columns.unwrap_or(widest.max).max(widest.min) };
    }
    let gap = match &computed.flex.column_gap {
        NormalOr::Normal => LayoutUnit::ZERO,
        NormalOr::Value(gap) => sizing::resolve(gap, Some(LayoutUnit::ZERO)).unwrap_or_default(),
    };
    let gaps = gap * i32::try_from(items.len().saturating_sub(1)).unwrap_or(i32::MAX);
    let sum = |of: fn(&MinMax) -> LayoutUnit| items.iter().map(of).sum::<LayoutUnit>() + gaps;
    let max = sum(|item| item.max);
    let min = if wraps { widest.min } else { sum(|item| item.min) };
    MinMax { min: min.clamp_negative_to_zero(), max: max.max(min).clamp_negative_to_zero() }
}

/// What an item's margin box contributes. What cannot grow is at most as wide as its flex base size, what cannot shrink at
/// least. <https://drafts.csswg.org/css-flexbox-1/#intrinsic-item-contributions>
fn item(
    layouter: &mut Layouter<'_>,
    container: &ComputedStyle,
    mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let computed = layouter.boxes.get(id).style.clone();
    let own_mode = style::writing_mode(&computed);
    let basis = if own_mode.is_orthogonal_to(mode) { None } else { block_basis };
    let mut sizes = if is_stretched(container, &computed) {
        sizing::stretched_contribution(layouter, mode, id, basis)
    } else {
        sizing::contribution(layouter, mode, id, basis)
    };
    if !is_column(container)
        && let Size::LengthPercentage(length) = &computed.flex.flex_basis
        && let Some(length) = sizing::resolve(length, None)
    {
        let edges = sizing::edges(&computed, mode, LayoutUnit::ZERO).sum().inline_sum();
        let base = sizing::to_border_box(&computed, length, edges);
        let mut limits = sizing::flex_item_limits(layouter, mode, id, basis);
        let has_automatic_minimum = style::min_size(&computed, mode.is_horizontal()).is_auto()
            && !style::is_scroll_container(&computed);
        if own_mode.is_orthogonal_to(mode) && has_automatic_minimum {
            // https://drafts.csswg.org/css-flexbox-1/#content-size-suggestion: across its lines it is as large as its content.
            limits = limits.with_min(sizes.min);
        }
        let clamp = |size: LayoutUnit| {
            let size = if computed.flex.flex_grow == 0.0 { size.min(base) } else { size };
            let size = if computed.flex.flex_shrink == 0.0 { size.max(base) } else { size };
            limits.clamp(size)
        };
        sizes = MinMax { min: clamp(sizes.min), max: clamp(sizes.max) };
    }
    let margins = sizing::margins_or_zero(&computed, mode, LayoutUnit::ZERO).inline_sum();
    sizes.plus(margins)
}

/// Whether an item is as high as its container. <https://drafts.csswg.org/css-flexbox-1/#definite-sizes>
fn is_stretched(container: &ComputedStyle, item: &ComputedStyle) -> bool {
    let position = match item.flex.align_self.position {
        SelfPosition::Auto => container.flex.align_items.position,
        own => own,
    };
    let margin = style::margins(item);
    !is_column(container)
        && container.flex.flex_wrap == FlexWrap::Nowrap
        && matches!(position, SelfPosition::Normal | SelfPosition::Stretch)
        && [margin.top, margin.right, margin.bottom, margin.left].iter().all(|margin| !margin.is_auto())
}

/// How wide a column container with a definite height wants to be: it breaks into columns, side by side, and only its
/// layout tells how many.
fn of_columns(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    computed: &ComputedStyle,
    mode: WritingMode,
    basis: BlockBasis,
) -> Option<LayoutUnit> {
    let edges = sizing::edges(computed, mode, LayoutUnit::ZERO);
    let sums = edges.sum();
    let block = sizing::intrinsic_percentage_block(layouter, id, basis)? + sums.block_sum();
    let mut tree = CONTENTS.tree(layouter, id, &edges, (None, None));
    let question =
        Question { inline: InlineQuestion::MaxContent, block: Some(block), block_is_definite: true };
    Some(tree.inline_size(CONTENTS.algorithm, question) - sums.inline_sum())
}

/// The border-box block size of a column with borders and padding of `edges` that is as high as its items are before they grow or shrink. `None` where taffy
/// comes to the same: it lets items that can grow ask for their content, though they need not be as high as that.
/// <https://drafts.csswg.org/css-flexbox-1/#algo-main-container>
pub(crate) fn hypothetical_block_size(
    tree: &mut Tree<'_, '_>,
    question: Question,
    edges: LayoutUnit,
) -> Option<LayoutUnit> {
    let computed = tree.layouter.boxes.get(tree.id).style.clone();
    if !is_column(&computed) || computed.flex.flex_wrap != FlexWrap::Nowrap {
        return None;
    }
    let mode = tree.mode;
    let can_be_less_than_content = |item: &Node| {
        let item = &tree.layouter.boxes.get(item.id).style;
        item.flex.flex_grow > 0.0
            && matches!(&item.flex.flex_basis, Size::LengthPercentage(basis) if !basis.has_percentage())
            && (!style::min_size(item, !mode.is_horizontal()).is_auto()
                || !style::size(item, !mode.is_horizontal()).is_auto())
    };
    if !tree.items.iter().any(can_be_less_than_content) {
        return None;
    }
    let flexibility: Vec<(f32, f32)> = tree
        .items
        .iter_mut()
        .map(|item| {
            let style = &mut item.style;
            (std::mem::take(&mut style.flex_grow), std::mem::take(&mut style.flex_shrink))
        })
        .collect();
    tree.stage = Stage::Size;
    let block = Some(LayoutUnit::ZERO);
    tree.perform(CONTENTS.algorithm, Question { block, block_is_definite: false, ..question });
    tree.stage = Stage::Layout;
    for (item, (grow, shrink)) in tree.items.iter_mut().zip(flexibility) {
        (item.style.flex_grow, item.style.flex_shrink) = (grow, shrink);
    }
    let in_flow = || tree.items.iter().filter(|item| !item.style.position.is_out_of_flow());
    let gap = match &computed.flex.row_gap {
        NormalOr::Normal => LayoutUnit::ZERO,
        NormalOr::Value(gap) => sizing::resolve_or_zero(gap, None),
    };
    let gaps = gap * i32::try_from(in_flow().count().saturating_sub(1)).unwrap_or(i32::MAX);
    let items: LayoutUnit = in_flow()
        .map(|item| {
            let taffy::Layout { size, margin, .. } = &item.layout;
            from_taffy(size.height + margin.top + margin.bottom)
        })
        .sum();
    Some(items + gaps + edges)
}
