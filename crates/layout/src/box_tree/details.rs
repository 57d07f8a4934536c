//! What a `<details>` shows. <https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements>

use fanlight_base::atoms::local_name;
use fanlight_css::values::display::{Display, DisplayInside, DisplayOutside};
use fanlight_dom::{Document, NodeId};

use super::construct::{Builder, anonymous_box, anonymous_style};
use super::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource, BoxTree, lists};

/// What a summary says that is not there.
const DEFAULT_SUMMARY: &str = "Details";

fn is_details(document: &Document, node: NodeId) -> bool {
    document.element(node).is_some_and(|element| element.is_html(&local_name!("details")))
}

/// The summary of a `<details>`: its first `<summary>` child, which comes before everything else in it.
pub(super) fn summary(document: &Document, node: NodeId) -> Option<NodeId> {
    if !is_details(document, node) {
        return None;
    }
    document.element_children(node).find(|&child| {
        document.element(child).is_some_and(|element| element.is_html(&local_name!("summary")))
    })
}

/// What stands for the summary that a `<details>` does not have: a triangle and a word.
pub(super) fn default_summary(
    builder: &mut Builder<'_>,
    node: NodeId,
    details: BoxId,
    siblings: &mut Vec<BoxId>,
) {
    if !is_details(builder.document, node) {
        return;
    }
    let is_open = !is_closed(builder.document, node);
    let computed = anonymous_style(&builder.tree.get(details).style, Display::BLOCK);
    let source = BoxSource::Anonymous(node, AnonymousKind::ControlContents);
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    let summary = builder.add(source, Some(details), computed.clone(), kind);
    let mut children = vec![lists::disclosure_triangle(builder, source, summary, &computed, is_open)];
    builder.text(source, summary, computed, DEFAULT_SUMMARY.into(), &mut children);
    builder.fill(summary, children, None);
    siblings.push(summary);
}

/// Whether nothing but the summary of a `<details>` is shown.
pub(super) fn is_closed(document: &Document, node: NodeId) -> bool {
    is_details(document, node)
        && document.element(node).is_some_and(|element| !element.has_attribute(&local_name!("open")))
}

/// The box in which the rest would be. What is skipped takes no room, but establishes a formatting context: margins of the
/// summary end before it. <https://drafts.csswg.org/css-contain-2/#content-visibility>
pub(super) fn closed_content(tree: &mut BoxTree, details: BoxId) -> BoxId {
    let display = Display::new(DisplayOutside::Block, DisplayInside::FlowRoot);
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    anonymous_box(tree, details, AnonymousKind::SkippedContent, display, kind)
}
