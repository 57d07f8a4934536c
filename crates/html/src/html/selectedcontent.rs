//! `<selectedcontent>` shows a copy of the selected option of its `<select>`.
//! <https://html.spec.whatwg.org/multipage/form-elements.html#the-selectedcontent-element>
//!
//! The specification copies whenever an option ends; without scripts in between, copying once at the end of the document
//! gives the same tree.

use fanlight_base::{LocalName, QualName, atoms::local_name};
use fanlight_dom::{Document, ElementData, NodeId};

/// Fills the elements, which come in tree order. In each select only the first one counts.
pub(super) fn fill(document: &mut Document, selected_contents: &[NodeId]) {
    let mut filled = Vec::new();
    for &target in selected_contents {
        let Some(select) =
            document.ancestors(target).find(|&node| is(document, node, &local_name!("select")))
        else {
            continue;
        };
        let is_multiple =
            document.element(select).is_some_and(|select| select.has_attribute(&local_name!("multiple")));
        if is_multiple || filled.contains(&select) {
            continue;
        }
        filled.push(select);
        if let Some(option) = selected_option(document, select) {
            let children: Vec<NodeId> = document.children(option).collect();
            for child in children {
                let copy = document.clone_subtree(child);
                document.append(target, copy);
            }
        }
    }
}

/// The last option that says so, else the first one that is not disabled.
/// <https://html.spec.whatwg.org/multipage/form-elements.html#selectedness-setting-algorithm>
fn selected_option(document: &Document, select: NodeId) -> Option<NodeId> {
    let has = |node: NodeId, name: &LocalName| {
        document.element(node).is_some_and(|element: &ElementData| element.has_attribute(name))
    };
    let options: Vec<NodeId> =
        document.descendants(select).filter(|&node| is(document, node, &local_name!("option"))).collect();
    options
        .iter()
        .rfind(|&&option| has(option, &local_name!("selected")))
        .or_else(|| options.iter().find(|&&option| !has(option, &local_name!("disabled"))))
        .copied()
}

fn is(document: &Document, node: NodeId, local: &LocalName) -> bool {
    document.element(node).is_some_and(|element| element.name == QualName::html(local.clone()))
}
