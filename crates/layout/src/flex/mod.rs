//! Flex containers. <https://drafts.csswg.org/css-flexbox-1/>
//!
//! taffy resolves flexible lengths and aligns, [`baseline`] last baselines; [`intrinsic`] finds how wide a container wants to
//! be, [`limits`] what limits that name the content come to.

mod baseline;
mod gaps;
mod intrinsic;
mod limits;

use fanlight_base::LayoutUnit;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::flex::{FlexDirection, FlexWrap};
use fanlight_css::values::align::ContentPosition;
use fanlight_css::values::size::Size;
use taffy::{LayoutInput, LayoutOutput, RunMode};

pub(crate) use intrinsic::{content_sizes, hypothetical_block_size};
pub(crate) use limits::resolve as resolve_limits;

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::Layouter;
use crate::formatting::sizing::Edges;
use crate::fragment::ContextKind;
use crate::style;
use crate::taffy_tree::{self, Algorithm, AlignedAxis, Contents, Lengths, Node, Style, Tree};

/// What sets flex containers apart.
pub(crate) const CONTENTS: Contents =
    Contents { algorithm: Algorithm::Flex, context: ContextKind::Flex, container_style, items };

/// Whether items follow one another across lines.
pub(crate) fn is_column(computed: &ComputedStyle) -> bool {
    matches!(computed.flex.flex_direction, FlexDirection::Column | FlexDirection::ColumnReverse)
}

/// Runs taffy's flex layout.
pub(crate) fn compute(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    tree.set_question(&input);
    let lent = gaps::lend_to_margins(tree);
    let output = lay_out(tree, input);
    gaps::take_back(tree, lent);
    output
}

fn lay_out(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    let mut output = baseline::compute(tree, input);
    if input.run_mode != RunMode::PerformLayout {
        return output;
    }
    if let Some(baseline) = baseline::of_reversed_row(tree) {
        output.baselines.first = Some(taffy_tree::to_taffy(baseline));
    }
    let is_column = is_column(&tree.layouter.boxes.get(tree.id).style);
    if is_reversed_across(tree) {
        if !lines_stretch(tree) || !reaches_past_end(tree, is_column, &output) {
            return output;
        }
        // Lines that do not fit begin where the first does, which is not where taffy keeps them in.
        let own = std::mem::replace(&mut tree.container.align_content, taffy::AlignContent::FLEX_START);
        let output = baseline::compute(tree, input);
        tree.container.align_content = own;
        return output;
    }
    for item in &mut tree.items {
        keep_start_in(is_column, item);
    }
    output
}

fn lines_stretch(tree: &Tree<'_, '_>) -> bool {
    let keyword = tree.container.align_content.keyword;
    matches!(keyword, taffy::AlignContentKeyword::Normal | taffy::AlignContentKeyword::Stretch)
}

/// Whether an item ends past the content box across the main axis.
fn reaches_past_end(tree: &Tree<'_, '_>, is_column: bool, output: &LayoutOutput) -> bool {
    let (border, padding) = (&tree.container.border, &tree.container.padding);
    // The used edges of the container are lengths.
    let used = |length: &taffy::LengthPercentage| length.into_raw().value();
    let around = |item: &Node| {
        let taffy::Layout { location, size, margin, .. } = &item.layout;
        if is_column {
            location.x + size.width + margin.right
        } else {
            location.y + size.height + margin.bottom
        }
    };
    let end = if is_column {
        output.size.width - used(&border.right) - used(&padding.right)
    } else {
        output.size.height - used(&border.bottom) - used(&padding.bottom)
    };
    let in_flow = |item: &&Node| !item.style.position.is_out_of_flow();
    tree.items
        .iter()
        .filter(in_flow)
        .any(|item| around(item) > end + taffy_tree::to_taffy(LayoutUnit::EPSILON))
}

fn is_reversed_across(tree: &Tree<'_, '_>) -> bool {
    tree.layouter.boxes.get(tree.id).style.flex.flex_wrap == FlexWrap::WrapReverse
}

/// An item with automatic margins that is larger than its line begins where that does; taffy gives both ends a share of what
/// is missing. <https://drafts.csswg.org/css-flexbox-1/#algo-cross-margins>
fn keep_start_in(is_column: bool, item: &mut Node) {
    let layout = &mut item.layout;
    let (is_auto, start, end, place) = if is_column {
        let is_auto = item.style.margin.left.is_auto();
        (is_auto, &mut layout.margin.left, &mut layout.margin.right, &mut layout.location.x)
    } else {
        let is_auto = item.style.margin.top.is_auto();
        (is_auto, &mut layout.margin.top, &mut layout.margin.bottom, &mut layout.location.y)
    };
    if is_auto && *start < 0.0 {
        *place -= *start;
        *end += *start;
        *start = 0.0;
    }
}

/// Whether all items stand side by side, however many there are.
pub(crate) fn has_one_row(computed: &ComputedStyle) -> bool {
    !is_column(computed) && computed.flex.flex_wrap == FlexWrap::Nowrap
}

fn children<'a>(layouter: &Layouter<'a>, id: BoxId) -> &'a [BoxId] {
    match &layouter.boxes.get(id).kind {
        BoxKind::Flex(children) => children,
        _ => &[],
    }
}

fn container_style(
    _lengths: &mut Lengths,
    layouter: &Layouter<'_>,
    id: BoxId,
    _edges: &Edges,
    style: &mut Style,
) {
    let computed = &layouter.boxes.get(id).style;
    style.display = taffy::Display::Flex;
    if computed.flex.align_content.position == ContentPosition::LastBaseline {
        // Lines share no baselines.
        style.align_content = taffy::AlignContent::SAFE_START;
    }
    if is_column(computed) {
        let axis = AlignedAxis::block(style::writing_mode(computed));
        style.justify_content = taffy_tree::content_alignment(computed.flex.justify_content, axis);
    }
    if computed.flex.justify_content.position == ContentPosition::Stretch {
        // https://drafts.csswg.org/css-align-3/#distribution-flex: along the main axis items flex instead.
        style.justify_content = taffy::AlignContent::FLEX_START;
    }
    style.flex_direction = match computed.flex.flex_direction {
        FlexDirection::Row => taffy::FlexDirection::Row,
        FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
        FlexDirection::Column => taffy::FlexDirection::Column,
        FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
    };
    style.flex_wrap = match computed.flex.flex_wrap {
        FlexWrap::Nowrap => taffy::FlexWrap::NoWrap,
        FlexWrap::Wrap => taffy::FlexWrap::Wrap,
        FlexWrap::WrapReverse => taffy::FlexWrap::WrapReverse,
    };
}

/// Makes sizes of items automatic that are shares of a block size which is known, but not definite.
/// <https://drafts.csswg.org/css-sizing-3/#definite>
pub(crate) fn forget_block_percentages(tree: &mut Tree<'_, '_>) {
    let horizontal = !tree.mode.is_horizontal();
    for item in &mut tree.items {
        let computed = &tree.layouter.boxes.get(item.id).style;
        let is_share = |size: &Size| matches!(size, Size::LengthPercentage(size) if size.has_percentage());
        if is_share(style::size(computed, horizontal)) {
            item.style.size.height = taffy::Dimension::auto();
        }
        if is_share(style::min_size(computed, horizontal)) {
            item.style.min_size.height = taffy::LengthPercentageAuto::auto();
        }
        if is_share(&style::max_size(computed, horizontal)) {
            item.style.max_size.height = taffy::LengthPercentageAuto::auto();
        }
    }
}

fn items(lengths: &mut Lengths, layouter: &mut Layouter<'_>, id: BoxId, mode: WritingMode) -> Vec<Node> {
    let ordered = taffy_tree::in_order(layouter, children(layouter, id));
    let crosses_inline = is_column(&layouter.boxes.get(id).style);
    let style = |child: BoxId| {
        let mut style = taffy_tree::item_style(lengths, layouter, mode, child);
        let computed = &layouter.boxes.get(child).style;
        let cross = style::size(computed, crosses_inline == mode.is_horizontal());
        if !cross.is_auto() && *cross != Size::Stretch && taffy_tree::stretches(style.align_self) {
            // https://drafts.csswg.org/css-flexbox-1/#align-items-property: nothing but an automatic size is stretched.
            style.align_self = Some(taffy::AlignItems::FLEX_START);
        }
        let flex = &computed.flex;
        // Where a ratio gives a size, the item's own layout finds it from the used size along the other axis.
        style.aspect_ratio = None;
        style.flex_basis = lengths.dimension(&flex.flex_basis);
        style.flex_grow = flex.flex_grow;
        style.flex_shrink = flex.flex_shrink;
        Node::new(child, style)
    };
    ordered.into_iter().map(style).collect()
}
