//! The anonymous boxes inside form controls.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::Overflow;
use fanlight_css::properties::inherited_text::{TextWrapMode, WhiteSpaceCollapse};
use fanlight_css::values::display::Display;
use fanlight_css::values::font::LineHeight;
use fanlight_css::values::length::LengthPercentage;
use fanlight_dom::NodeId;

use crate::box_tree::construct::{Builder, anonymous_style};
use crate::box_tree::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource};
use crate::flow::LogicalSides;
use crate::style;

/// A character without width: a line that has nothing else is as high as any.
const EMPTY_LINE: &str = "\u{200b}";

/// The source of the anonymous boxes of a control.
pub(super) const fn source(node: NodeId) -> BoxSource {
    BoxSource::Anonymous(node, AnonymousKind::ControlContents)
}

/// The style of a part: what it inherits from the box around, with changes.
pub(super) fn style(
    builder: &Builder<'_>,
    around: BoxId,
    display: Display,
    change: impl FnOnce(&mut ComputedStyle),
) -> Arc<ComputedStyle> {
    let mut computed = anonymous_style(&builder.tree.get(around).style, display);
    change(Arc::make_mut(&mut computed));
    computed
}

/// Adds an empty block, flex item or inline-block.
pub(super) fn block(
    builder: &mut Builder<'_>,
    node: NodeId,
    parent: BoxId,
    computed: Arc<ComputedStyle>,
    children: &mut Vec<BoxId>,
) -> BoxId {
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    let id = builder.add(source(node), Some(parent), computed, kind);
    children.push(id);
    id
}

/// Adds a block with text in it.
pub(super) fn block_of_text(
    builder: &mut Builder<'_>,
    node: NodeId,
    parent: BoxId,
    computed: Arc<ComputedStyle>,
    text: &str,
    children: &mut Vec<BoxId>,
) {
    let id = block(builder, node, parent, computed, children);
    let mut inside = Vec::new();
    line(builder, node, id, text, &mut inside);
    builder.fill(id, inside, None);
}

/// Adds text; where there is none, a line nevertheless.
pub(super) fn line(
    builder: &mut Builder<'_>,
    node: NodeId,
    parent: BoxId,
    text: &str,
    children: &mut Vec<BoxId>,
) {
    let text = if text.is_empty() { EMPTY_LINE } else { text };
    let computed = builder.tree.get(parent).style.clone();
    builder.text(source(node), parent, computed, text.into(), children);
}

/// The style of the block in which the text of a text field is edited: one line, cut off at its ends.
pub(super) fn one_line_editor(builder: &Builder<'_>, field: BoxId) -> Arc<ComputedStyle> {
    let text_overflow = builder.tree.get(field).style.text.text_overflow.clone();
    style(builder, field, Display::BLOCK, |computed| {
        Arc::make_mut(&mut computed.text).text_overflow = text_overflow;
        keep_on_one_line(computed);
        clip(computed);
        raise_line_height(computed);
    })
}

/// Lines of a text field are not lower than the font asks.
pub(super) fn raise_line_height(computed: &mut ComputedStyle) {
    if style::line_height(computed)
        .is_some_and(|height| height <= LayoutUnit::from_f32_round(style::font_size(computed)))
    {
        Arc::make_mut(&mut computed.font).line_height = LineHeight::Normal;
    }
}

/// Sets the padding, in CSS px.
pub(super) fn pad(computed: &mut ComputedStyle, padding: LogicalSides<f32>) {
    let physical = padding.to_physical(style::writing_mode(computed));
    let size = Arc::make_mut(&mut computed.size);
    size.padding_top = LengthPercentage::Length(physical.top);
    size.padding_right = LengthPercentage::Length(physical.right);
    size.padding_bottom = LengthPercentage::Length(physical.bottom);
    size.padding_left = LengthPercentage::Length(physical.left);
}

/// `white-space: pre`
pub(super) fn keep_on_one_line(computed: &mut ComputedStyle) {
    let inherited = Arc::make_mut(&mut computed.inherited_text);
    inherited.white_space_collapse = WhiteSpaceCollapse::Preserve;
    inherited.text_wrap_mode = TextWrapMode::Nowrap;
}

/// Nothing is seen outside of the box.
pub(super) fn clip(computed: &mut ComputedStyle) {
    let boxes = Arc::make_mut(&mut computed.boxes);
    (boxes.overflow_x, boxes.overflow_y) = (Overflow::Hidden, Overflow::Hidden);
}
