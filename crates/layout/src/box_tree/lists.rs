//! List items and their markers. <https://drafts.csswg.org/css-lists-3/#markers>

use std::sync::Arc;

use fanlight_css::ComputedStyle;
use fanlight_css::properties::inherited_text::{TextWrapMode, WhiteSpaceCollapse};
use fanlight_css::properties::list::ListStylePosition;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::display::Display;
use fanlight_css::values::generated::{Content, CounterStyle};
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::{AutoOr, NoneOr};
use fanlight_dom::NodeId;
use fanlight_image::IntrinsicSize;

use super::construct::{Builder, anonymous_style};
use super::{
    BlockContents, BoxId, BoxKind, BoxSource, BoxTree, GeneratedFor, Replaced, ReplacedKind, generated,
    inline_items,
};
use crate::flow::LogicalSides;
use crate::formatting::sizing;
use crate::{ElementStyles, style};

/// The side of the triangle before a summary, as a part of the font size.
const DISCLOSURE_SIDE: f32 = 0.66;
/// Between it and the text.
const DISCLOSURE_GAP: f32 = 0.4;

/// The marker box of a list item, not yet among its children.
pub(super) fn marker(builder: &mut Builder<'_>, node: NodeId, item: BoxId) -> Option<BoxId> {
    let item_style = builder.tree.get(item).style.clone();
    let computed = marker_style(builder.styles, node, &item_style);
    let is_outside = is_outside(&item_style);
    let source = BoxSource::Pseudo(node, GeneratedFor::Marker);
    let kind = if is_outside {
        BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()))
    } else {
        BoxKind::Inline(Vec::new())
    };
    let id = builder.add(source, Some(item), computed.clone(), kind);
    let mut children = Vec::new();
    match &computed.content.content {
        Content::None => return None,
        Content::Items(..) => generated::content(builder, node, source, id, &computed, &mut children),
        Content::Normal => {
            let image = match &item_style.list.list_style_image {
                NoneOr::Value(image) => generated::generated_image(builder, source, id, &computed, image),
                NoneOr::None => None,
            };
            if let Some(image) = image {
                children.push(image);
            } else if let Some(is_open) = disclosure(&item_style) {
                children.push(disclosure_triangle(builder, source, id, &computed, is_open));
            } else {
                let number = builder.generation.item_number();
                let list_style = &item_style.list.list_style_type;
                let text = builder.styles.counter_styles().marker_text(list_style, number)?;
                builder.text(source, id, computed, text.into(), &mut children);
            }
        }
    }
    builder.fill(id, children, None);
    Some(id)
}

/// Whether the marker of an item of this style stands before the line.
fn is_outside(item: &ComputedStyle) -> bool {
    item.list.list_style_position == ListStylePosition::Outside
}

/// The style of the marker of a list item.
pub(super) fn marker_style(
    styles: &dyn ElementStyles,
    node: NodeId,
    item: &ComputedStyle,
) -> Arc<ComputedStyle> {
    let computed = match styles.pseudo(node, &PseudoElement::Marker) {
        Some(computed) => computed.clone(),
        None => anonymous_style(item, Display::INLINE),
    };
    with_display(&computed, if is_outside(item) { Display::INLINE_BLOCK } else { Display::INLINE })
}

/// Whether the marker is the triangle of a summary, and which.
/// <https://drafts.csswg.org/css-counter-styles-3/#disclosure-closed>
fn disclosure(item: &ComputedStyle) -> Option<bool> {
    match &item.list.list_style_type {
        CounterStyle::Name(name) if &**name == "disclosure-open" => Some(true),
        CounterStyle::Name(name) if &**name == "disclosure-closed" => Some(false),
        _ => None,
    }
}

/// The triangle is drawn, as large as Chromium's, whatever the font has.
pub(super) fn disclosure_triangle(
    builder: &mut Builder<'_>,
    source: BoxSource,
    parent: BoxId,
    computed: &ComputedStyle,
    is_open: bool,
) -> BoxId {
    let font_size = style::font_size(computed);
    let mut own = anonymous_style(computed, Display::INLINE);
    let gap = LogicalSides { inline_end: DISCLOSURE_GAP * font_size, ..LogicalSides::default() }
        .to_physical(style::writing_mode(computed));
    let size = Arc::make_mut(&mut Arc::make_mut(&mut own).size);
    let margin = |px| AutoOr::Value(LengthPercentage::Length(px));
    (size.margin_top, size.margin_right) = (margin(gap.top), margin(gap.right));
    (size.margin_bottom, size.margin_left) = (margin(gap.bottom), margin(gap.left));
    let side = DISCLOSURE_SIDE * font_size;
    let replaced =
        Replaced { kind: ReplacedKind::Disclosure { is_open }, natural: IntrinsicSize::of_size(side, side) };
    builder.add(source, Some(parent), own, BoxKind::Replaced(Box::new(replaced)))
}

fn with_display(computed: &Arc<ComputedStyle>, display: Display) -> Arc<ComputedStyle> {
    let mut changed = (**computed).clone();
    Arc::make_mut(&mut changed.boxes).display = display;
    // The space after the number stays.
    let text = Arc::make_mut(&mut changed.inherited_text);
    text.white_space_collapse = WhiteSpaceCollapse::Preserve;
    if display == Display::INLINE_BLOCK {
        text.text_wrap_mode = TextWrapMode::Nowrap;
    }
    Arc::new(changed)
}

/// Puts the marker among the children of its list item: at the start of their first line, or right before the block that comes
/// first. Where that block is in inline boxes, so that it is on a line of the item, or in columns of the item, a marker outside
/// goes into its first line.
pub(super) fn insert_marker(tree: &mut BoxTree, marker: BoxId, children: &mut Vec<BoxId>) {
    let mut at = 0;
    if tree.is_outside_marker(marker)
        && let Some(first) = first_in_flow(tree, children)
    {
        let mut block = first;
        while let BoxKind::Inline(inside) = &tree.get(block).kind
            && let Some(first) = first_in_flow(tree, inside)
        {
            block = first;
        }
        let item = tree.get(marker).parent;
        let is_in_columns = item.is_some_and(|item| style::is_multi_column(&tree.get(item).style));
        if (block != first || is_in_columns) && insert_in_block(tree, block, marker) {
            return;
        }
        if !style::is_inline_level(&tree.get(first).style)
            && !matches!(tree.get(first).kind, BoxKind::Text(_))
        {
            at = children.iter().position(|&child| child == first).unwrap_or_default();
        }
    }
    children.insert(at, marker);
}

/// The first of these boxes that has a place in lines or among blocks.
fn first_in_flow(tree: &BoxTree, boxes: &[BoxId]) -> Option<BoxId> {
    boxes.iter().copied().find(|&child| {
        let layout_box = tree.get(child);
        !super::construct::is_collapsible_blank(tree, child)
            && !is_empty_inline(tree, child)
            && !style::is_floating(&layout_box.style)
            && !layout_box.style.boxes.position.is_absolutely_positioned()
    })
}

/// Whether a box is an inline box that makes no line, such as the target of a link.
/// <https://drafts.csswg.org/css2/#phantom-line-box>
fn is_empty_inline(tree: &BoxTree, id: BoxId) -> bool {
    let mut boxes = vec![id];
    while let Some(id) = boxes.pop() {
        let layout_box = tree.get(id);
        match &layout_box.kind {
            BoxKind::Inline(children) if !sizing::inline_ends_take_room(&layout_box.style) => {
                boxes.extend(children);
            }
            _ if super::construct::is_collapsible_blank(tree, id) => {}
            _ => return false,
        }
    }
    true
}

/// Puts a marker into the first line of a block; returns whether there is one.
fn insert_in_block(tree: &mut BoxTree, block: BoxId, marker: BoxId) -> bool {
    let mut at = block;
    loop {
        let layout_box = tree.get(at);
        if style::is_inline_level(&layout_box.style)
            || style::establishes_block_formatting_context(&layout_box.style)
            || layout_box.style.boxes.display.is_list_item()
        {
            return false;
        }
        match &layout_box.kind {
            BoxKind::BlockContainer(BlockContents::Blocks(children)) => {
                match children.iter().copied().find(|&child| !style::is_floating(&tree.get(child).style)) {
                    Some(child) => at = child,
                    None => return false,
                }
            }
            BoxKind::BlockContainer(BlockContents::Lines(contents)) => {
                let mut children = contents.children.clone();
                children.insert(0, marker);
                tree.get_mut(marker).parent = Some(at);
                let contents = inline_items::collect(tree, at, children);
                tree.get_mut(at).kind = BoxKind::BlockContainer(BlockContents::Lines(Arc::new(contents)));
                return true;
            }
            _ => return false,
        }
    }
}
