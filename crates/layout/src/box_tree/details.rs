//! What a `<details>` shows. <https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements>

use fanlight_base::atoms::local_name;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::display::Display;
use fanlight_dom::{Document, NodeId};

use super::construct::{Builder, anonymous_style, kind_of};
use super::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource, GeneratedFor, lists};
use crate::style;

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

fn is_closed(document: &Document, node: NodeId) -> bool {
    document.element(node).is_some_and(|element| !element.has_attribute(&local_name!("open")))
}

/// Adds the box of `::details-content`, which holds all but the summary; returns whether it does, which only a `<details>` has.
/// What it skips has no boxes.
/// <https://drafts.csswg.org/css-pseudo-4/#details-content-pseudo>
pub(super) fn content(
    builder: &mut Builder<'_>,
    node: NodeId,
    summary: Option<NodeId>,
    details: BoxId,
    siblings: &mut Vec<BoxId>,
) -> bool {
    if !is_details(builder.document, node) {
        return false;
    }
    let Some(computed) = builder.styles.pseudo(node, &PseudoElement::DetailsContent).cloned() else {
        return false;
    };
    let display = computed.boxes.display;
    if display.is_none() {
        return true;
    }
    if display == Display::Contents {
        builder.children(node, summary, details, siblings);
        return true;
    }
    let is_skipped = style::skips_contents(&computed);
    let kind = kind_of(computed.boxes.display);
    let source = BoxSource::Pseudo(node, GeneratedFor::DetailsContent);
    let id = builder.add(source, Some(details), computed, kind);
    let mut children = Vec::new();
    if !is_skipped {
        builder.children(node, summary, id, &mut children);
    }
    builder.fill(id, children, None);
    siblings.push(id);
    true
}
