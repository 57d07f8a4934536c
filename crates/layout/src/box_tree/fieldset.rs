//! `<fieldset>` and its legend.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::ComputedStyle;
use fanlight_css::values::display::{Display, DisplayInside, DisplayOutside};
use fanlight_dom::{ElementData, NodeId};

use super::construct::Builder;
use super::{BlockContents, BoxId, BoxKind, BoxSource};
use crate::style::{self, Positioning};

pub(super) fn is_fieldset(element: &ElementData) -> bool {
    element.is_html(&local_name!("fieldset"))
}

/// A fieldset establishes a block formatting context, and has no marker.
pub(super) fn used_style(element: &ElementData, mut computed: Arc<ComputedStyle>) -> Arc<ComputedStyle> {
    if is_fieldset(element)
        && let Display::Box { outside: DisplayOutside::Block, inside: DisplayInside::Flow, .. } =
            computed.boxes.display
    {
        let display = Display::new(DisplayOutside::Block, DisplayInside::FlowRoot);
        Arc::make_mut(&mut Arc::make_mut(&mut computed).boxes).display = display;
    }
    computed
}

/// Finds the rendered legend among the children of a fieldset and puts it first: its first `<legend>` child that neither
/// floats nor is positioned absolutely.
pub(super) fn take_legend(builder: &mut Builder<'_>, node: NodeId, id: BoxId, children: &mut Vec<BoxId>) {
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
