//! `<select>` as a drop-down list and as a list box, with its options.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-select-element-2>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::properties::boxes::{Appearance, Overflow};
use fanlight_css::values::display::Display;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::overflow::VisualBox;
use fanlight_css::values::size::Size;
use fanlight_dom::form::selected_option;
use fanlight_dom::{Document, ElementData, NodeId};

use super::{Host, parts};
use crate::box_tree::BoxId;
use crate::box_tree::construct::Builder;
use crate::flow::LogicalSides;
use crate::style;

/// Room in a drop-down list around the selected label, in CSS px; the arrow is at the end.
const MENULIST_PADDING: LogicalSides<f32> =
    LogicalSides { inline_start: 4.0, inline_end: 16.0, block_start: 1.0, block_end: 1.0 };
/// Around an option.
const OPTION_PADDING: LogicalSides<f32> =
    LogicalSides { inline_start: 2.0, inline_end: 2.0, block_start: 0.0, block_end: 1.0 };
/// Room before the options of a group in a drop-down list.
const GROUP_INDENT: &str = "    ";

/// The labels of the options, as they count for the width of a drop-down list.
pub(super) fn labels(document: &Document, select: NodeId) -> Arc<[Box<str>]> {
    document
        .descendants(select)
        .filter_map(|node| {
            let option = document.element(node).filter(|element| element.is_html(&local_name!("option")))?;
            let label = label(document, node, option);
            let is_in_group = document
                .parent_element(node)
                .and_then(|parent| document.element(parent))
                .is_some_and(|parent| parent.is_html(&local_name!("optgroup")));
            Some(if is_in_group { format!("{GROUP_INDENT}{label}").into() } else { label.into() })
        })
        .collect()
}

/// <https://html.spec.whatwg.org/multipage/form-elements.html#concept-option-label>
fn label(document: &Document, node: NodeId, option: &ElementData) -> String {
    match option.attribute(&local_name!("label")).filter(|label| !label.is_empty()) {
        Some(label) => label.to_owned(),
        None => collapsed(&document.text_content(node)),
    }
}

fn collapsed(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label of the selected option, with room for the arrow.
pub(super) fn menulist(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) {
    let document = builder.document;
    let text = selected_option(document, host.node)
        .and_then(|option| Some(label(document, option, document.element(option)?)))
        .unwrap_or_default();
    let has_arrow = builder.tree.get(host.id).style.boxes.appearance != Appearance::None;
    let inner = parts::style(builder, host.id, Display::BLOCK, |computed| {
        // The arrow stays free.
        let boxes = Arc::make_mut(&mut computed.boxes);
        (boxes.overflow_x, boxes.overflow_y) = (Overflow::Clip, Overflow::Clip);
        boxes.overflow_clip_margin.visual_box = VisualBox::ContentBox;
        if has_arrow {
            parts::pad(computed, MENULIST_PADDING);
        }
    });
    parts::block_of_text(builder, host.node, host.id, inner, &text, children);
}

/// The boxes of options and of groups of them.
pub(super) fn list_box(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) {
    let document = builder.document;
    for child in document.element_children(host.node) {
        let is_item = document.element(child).is_some_and(|element| {
            [local_name!("option"), local_name!("optgroup"), local_name!("hr")]
                .iter()
                .any(|name| element.is_html(name))
        });
        if is_item {
            builder.node(child, host.id, children);
        }
    }
}

/// Adds what an option or a group of options shows in place of its children; returns whether it does.
pub(super) fn group_or_option_contents(
    builder: &mut Builder<'_>,
    host: Host<'_>,
    children: &mut Vec<BoxId>,
) -> bool {
    let label = host.element.attribute(&local_name!("label")).filter(|label| !label.is_empty());
    if host.element.is_html(&local_name!("option"))
        && let Some(label) = label
    {
        parts::line(builder, host.node, host.id, label, children);
        return true;
    }
    if host.element.is_html(&local_name!("optgroup")) {
        // The label is laid out like an option.
        let heading = parts::style(builder, host.id, Display::BLOCK, |computed| {
            let font_size = style::font_size(computed);
            parts::pad(computed, OPTION_PADDING);
            let least = Size::LengthPercentage(LengthPercentage::Length(1.2 * font_size));
            let is_horizontal = style::writing_mode(computed).is_horizontal();
            let size = Arc::make_mut(&mut computed.size);
            if is_horizontal {
                size.min_height = least;
            } else {
                size.min_width = least;
            }
        });
        let label = collapsed(label.unwrap_or_default());
        parts::block_of_text(builder, host.node, host.id, heading, &label, children);
        for child in builder.document.element_children(host.node) {
            builder.node(child, host.id, children);
        }
        return true;
    }
    false
}
