//! What the user does with a page: pointing, pressing, focusing, typing, scrolling.
//!
//! - [`pointer`], [`typing`], [`scrolling`]: where events of the pointer, keys and wheel come in.
//! - [`focus`]: which element keys go to; [`activation`]: what pressing an element does.
//! - [`text_editor`], [`caret`]: text fields; [`option_list`]: drop-downs.
//! - [`forms`], [`form_state`], [`submission`]: forms, what their controls begin with, and sending them.
//! - [`inspect`]: why an element looks as it does.

mod activation;
mod caret;
mod focus;
pub(crate) mod form_state;
mod forms;
mod inspect;
pub mod keys;
mod option_list;
mod pointer;
mod scrolling;
mod submission;
pub mod text_editor;
mod typing;

use fanlight_dom::{Document, ElementState, NodeId};
use fanlight_fetch::ReferrerPolicy;
use url::Url;

pub use caret::TextCursor;
pub use inspect::{Inspection, WinningDeclaration};
pub use option_list::{OptionItem, OptionList};

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
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Go to another page, by [`Page::start_linked`].
    Navigate {
        /// Its address.
        url: Url,
        /// How much of this page's address is told there, where the link or form says so; else the page's policy holds.
        referrer_policy: Option<ReferrerPolicy>,
    },
    /// Remember a place within this page, to which it has gone already.
    Moved(Url),
    /// Show the list of a drop-down.
    OpenList(OptionList),
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyAnswer {
    /// It means nothing to what has the focus.
    Unused,
    /// It has been used up, and may ask for something.
    Used(Option<Action>),
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
