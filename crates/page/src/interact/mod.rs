//! What the user does with a page: pointing, pressing, focusing, scrolling.

pub(crate) mod activation;
mod focus;
pub(crate) mod form_state;
mod inspect;
mod pointer;
mod scrolling;

use fanlight_dom::{Document, ElementState, NodeId};
use url::Url;

pub use inspect::{Inspection, WinningDeclaration};

/// The pointer's look. <https://drafts.csswg.org/css-ui-4/#cursor>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// An arrow.
    #[default]
    Default,
    /// A hand, over links.
    Pointer,
    /// A beam, over text.
    Text,
}

/// What came of moving the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PointerFeedback {
    /// How the pointer looks.
    pub cursor: Cursor,
    /// Whether the page looks different now.
    pub repaint: bool,
}

/// What the page asks its embedder to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Go to another page.
    Navigate(Url),
}

/// Lets a state hold on `node` and the elements around it, and on no other element. Returns whether anything changed.
pub(crate) fn set_state_chain(
    document: &mut Document,
    before: Option<NodeId>,
    node: Option<NodeId>,
    state: ElementState,
) -> bool {
    let chain = |document: &Document, node: Option<NodeId>| -> Vec<NodeId> {
        node.into_iter()
            .flat_map(|node| std::iter::once(node).chain(document.ancestors(node)))
            .filter(|&node| document.element(node).is_some())
            .collect()
    };
    let (old, new) = (chain(document, before), chain(document, node));
    let mut changed = false;
    let mut set = |document: &mut Document, node: NodeId, holds: bool| {
        let Some(present) = document.element(node).map(|element| element.state()) else { return };
        let mut wanted = present;
        wanted.set(state, holds);
        if wanted != present {
            document.set_state(node, wanted);
            changed = true;
        }
    };
    for &node in old.iter().filter(|node| !new.contains(node)) {
        set(document, node, false);
    }
    for &node in &new {
        set(document, node, true);
    }
    changed
}

/// The nearest element at or above a node.
pub(crate) fn nearest_element(document: &Document, node: NodeId) -> Option<NodeId> {
    std::iter::once(node).chain(document.ancestors(node)).find(|&node| document.element(node).is_some())
}

#[cfg(test)]
mod tests {
    use fanlight_base::QualName;

    use super::*;

    #[test]
    fn a_state_moves_from_one_chain_to_another_and_touches_no_more() {
        let mut document = Document::new("about:blank");
        let [root, a, b] = ["html", "a", "b"].map(|name| document.create_element(QualName::html(name), []));
        document.append(NodeId::DOCUMENT, root);
        document.append(root, a);
        document.append(root, b);
        document.record_mutations();
        let holds =
            |document: &Document, node| document.element(node).unwrap().state() == ElementState::HOVER;
        assert!(set_state_chain(&mut document, None, Some(a), ElementState::HOVER));
        assert!(holds(&document, root) && holds(&document, a));
        document.take_mutations();
        assert!(set_state_chain(&mut document, Some(a), Some(b), ElementState::HOVER));
        assert!(holds(&document, root) && holds(&document, b) && !holds(&document, a));
        assert_eq!(document.take_mutations().len(), 2, "the root's state did not change");
        assert!(!set_state_chain(&mut document, Some(b), Some(b), ElementState::HOVER));
    }
}
