//! Documents back to text: `outerHTML` and `innerHTML`.
//!
//! - [`html`]: the HTML fragment serialisation algorithm.
//! - [`xml`]: XML serialisation, for documents that were parsed as XML.
//!
//! Neither recurses: a page decides how deep its tree is.

mod html;
mod xml;

use fanlight_dom::{Document, ElementData, NodeId};

/// The node with all below it, in the syntax of its document. `scripting`: whether `<noscript>` holds text.
/// <https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#dom-element-outerhtml>
pub fn serialize_outer(document: &Document, node: NodeId, scripting: bool) -> String {
    serialize(document, [node], scripting)
}

/// What is below the node (for a template, what it contains), in the syntax of its document.
/// <https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#dom-element-innerhtml>
pub fn serialize_inner(document: &Document, node: NodeId, scripting: bool) -> String {
    serialize(document, document.children(content_of(document, node)), scripting)
}

/// The node with all below it as XML, whatever the syntax of its document; for what reads XML only, such as a drawing apart
/// from its document. <https://w3c.github.io/DOM-Parsing/#xml-serialization>
pub fn serialize_xml(document: &Document, node: NodeId) -> String {
    let mut text = String::new();
    xml::serialize(document, node, &mut text);
    text
}

fn serialize(document: &Document, nodes: impl IntoIterator<Item = NodeId>, scripting: bool) -> String {
    let mut text = String::new();
    for node in nodes {
        if document.is_xml {
            xml::serialize(document, node, &mut text);
        } else {
            html::serialize(document, node, scripting, &mut text);
        }
    }
    text
}

/// The node whose children are serialised: a template's are in its contents.
fn content_of(document: &Document, node: NodeId) -> NodeId {
    document.element(node).and_then(ElementData::template_contents).unwrap_or(node)
}

/// A step of a walk through a tree.
enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// Calls `visit` on entering each node of the tree, and on leaving those for which entering answered `true`. What is below
/// a template's contents counts as below the template. Where entering answers `false`, nothing below is visited.
fn walk(document: &Document, root: NodeId, mut visit: impl FnMut(Step) -> bool) {
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        let Step::Enter(node) = step else {
            visit(step);
            continue;
        };
        if visit(Step::Enter(node)) {
            steps.push(Step::Leave(node));
            let mut child = document.node(content_of(document, node)).last_child();
            while let Some(present) = child {
                steps.push(Step::Enter(present));
                child = document.node(present).previous_sibling();
            }
        }
    }
}
