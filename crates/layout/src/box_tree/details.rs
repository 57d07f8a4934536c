//! What a `<details>` shows. <https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements>

use fanlight_base::atoms::local_name;
use fanlight_dom::{Document, NodeId};

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

/// Whether nothing but the summary of a `<details>` is shown.
pub(super) fn is_closed(document: &Document, node: NodeId) -> bool {
    is_details(document, node)
        && document.element(node).is_some_and(|element| !element.has_attribute(&local_name!("open")))
}
