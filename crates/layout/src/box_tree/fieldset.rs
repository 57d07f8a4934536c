//! `<fieldset>` and its legend.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::ComputedStyle;
use fanlight_css::values::align::{AlignContent, AlignSelf, JustifySelf};
use fanlight_css::values::display::{Display, DisplayInside, DisplayOutside};
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;
use fanlight_dom::{ElementData, NodeId};

use super::construct::{Builder, anonymous_style, kind_of};
use super::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource};
use crate::style::{self, Positioning};

pub(super) fn is_fieldset(element: &ElementData) -> bool {
    element.is_html(&local_name!("fieldset"))
}

/// Whether what is beside the legend has a box of its own.
fn has_content_box(computed: &ComputedStyle) -> bool {
    computed.boxes.display.is_flex_or_grid() || computed.flex.align_content != AlignContent::NORMAL
}

/// A fieldset establishes a block formatting context, alone or on a line, and has no marker. What makes flex and grid
/// containers is for the box inside. A legend is block-level.
pub(super) fn used_style(element: &ElementData, mut computed: Arc<ComputedStyle>) -> Arc<ComputedStyle> {
    let display = computed.boxes.display;
    let used = if element.is_html(&local_name!("legend")) {
        display.blockified()
    } else if !is_fieldset(element) {
        return computed;
    } else if let Display::Box { outside: DisplayOutside::Inline, .. } = display {
        Display::new(DisplayOutside::Inline, DisplayInside::FlowRoot)
    } else {
        Display::new(DisplayOutside::Block, DisplayInside::FlowRoot)
    };
    let gives_alignment_away = is_fieldset(element) && computed.flex.align_content != AlignContent::NORMAL;
    if used == display && !gives_alignment_away {
        return computed;
    }
    let own = Arc::make_mut(&mut computed);
    Arc::make_mut(&mut own.boxes).display = used;
    if gives_alignment_away {
        Arc::make_mut(&mut own.flex).align_content = AlignContent::NORMAL;
    }
    computed
}

/// Puts what is in a fieldset where it belongs: the legend first, the rest in a box of its own where `original`, the style of
/// the element, asks for one.
pub(super) fn arrange(
    builder: &mut Builder<'_>,
    node: NodeId,
    id: BoxId,
    original: &ComputedStyle,
    children: &mut Vec<BoxId>,
) {
    take_legend(builder, node, id, children);
    let is_block_container = matches!(builder.tree.get(id).kind, BoxKind::BlockContainer(_));
    if !is_block_container || !has_content_box(original) {
        return;
    }
    let rest = children.split_off(usize::from(builder.tree.get(id).legend.is_some()));
    let inside = if original.boxes.display.is_flex_or_grid() {
        original.boxes.display.inside().unwrap_or(DisplayInside::FlowRoot)
    } else {
        DisplayInside::FlowRoot
    };
    let display = Display::new(DisplayOutside::Block, inside);
    let mut computed = anonymous_style(&builder.tree.get(id).style, display);
    let own = Arc::make_mut(&mut computed);
    (own.flex, own.grid) = (original.flex.clone(), original.grid.clone());
    let flex = Arc::make_mut(&mut own.flex);
    (flex.align_self, flex.justify_self) = (AlignSelf::AUTO, JustifySelf::AUTO);
    // It fills a fieldset whose block size is definite.
    let all = Size::LengthPercentage(LengthPercentage::Percentage(1.0));
    let is_horizontal = style::writing_mode(own).is_horizontal();
    let size = Arc::make_mut(&mut own.size);
    if is_horizontal {
        size.height = all;
    } else {
        size.width = all;
    }
    let source = BoxSource::Anonymous(node, AnonymousKind::FieldsetContents);
    let contents = builder.add(source, Some(id), computed, kind_of(display));
    for &child in &rest {
        builder.tree.get_mut(child).parent = Some(contents);
    }
    builder.fill(contents, rest, None);
    children.push(contents);
}

/// Finds the rendered legend among the children of a fieldset and puts it first: its first `<legend>` child that neither
/// floats nor is positioned absolutely.
fn take_legend(builder: &mut Builder<'_>, node: NodeId, id: BoxId, children: &mut Vec<BoxId>) {
    if !matches!(builder.tree.get(id).kind, BoxKind::BlockContainer(BlockContents::Blocks(_))) {
        return;
    }
    let is_legend = |child: BoxId| {
        let layout_box = builder.tree.get(child);
        let BoxSource::Node(source) = layout_box.source else { return false };
        let computed = &layout_box.style;
        builder.document.node(source).parent() == Some(node)
            && builder.document.element(source).is_some_and(|element| element.is_html(&local_name!("legend")))
            && !style::is_floating(computed)
            && !matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
            && !style::is_inline_level(computed)
    };
    let Some(at) = children.iter().position(|&child| is_legend(child)) else { return };
    let legend = children.remove(at);
    children.insert(0, legend);
    builder.tree.get_mut(id).legend = Some(legend);
}
