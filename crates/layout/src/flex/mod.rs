//! Flex containers. <https://drafts.csswg.org/css-flexbox-1/>
//!
//! taffy resolves flexible lengths and aligns, [`baseline`] last baselines; [`intrinsic`] finds how wide a container wants to
//! be.

mod baseline;
mod intrinsic;

use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::flex::{FlexDirection, FlexWrap};

pub(crate) use baseline::compute;
pub(crate) use intrinsic::{content_sizes, hypothetical_block_size};

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::Layouter;
use crate::formatting::sizing::Edges;
use crate::fragment::ContextKind;
use crate::style;
use crate::taffy_tree::{self, Algorithm, AlignedAxis, Contents, Lengths, Node, Style};

/// What sets flex containers apart.
pub(crate) const CONTENTS: Contents =
    Contents { algorithm: Algorithm::Flex, context: ContextKind::Flex, container_style, items };

/// Whether items follow one another across lines.
pub(crate) fn is_column(computed: &ComputedStyle) -> bool {
    matches!(computed.flex.flex_direction, FlexDirection::Column | FlexDirection::ColumnReverse)
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
    if is_column(computed) {
        let axis = AlignedAxis::block(style::writing_mode(computed));
        style.justify_content = taffy_tree::content_alignment(computed.flex.justify_content, axis);
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

fn items(lengths: &mut Lengths, layouter: &mut Layouter<'_>, id: BoxId, mode: WritingMode) -> Vec<Node> {
    let ordered = taffy_tree::in_order(layouter, children(layouter, id));
    let style = |child: BoxId| {
        let mut style = taffy_tree::item_style(lengths, layouter, mode, child);
        let flex = &layouter.boxes.get(child).style.flex;
        // Where a ratio gives a size, the item's own layout finds it from the used size along the other axis.
        style.aspect_ratio = None;
        style.flex_basis = lengths.dimension(&flex.flex_basis);
        style.flex_grow = flex.flex_grow;
        style.flex_shrink = flex.flex_shrink;
        Node::new(child, style)
    };
    ordered.into_iter().map(style).collect()
}
