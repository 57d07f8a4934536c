//! The record of changes: what style and layout need to know to redo only what is out of date.

use fanlight_base::{Atom, QualName};
use smallvec::SmallVec;

use crate::element::ElementState;
use crate::node::NodeId;

/// One change of a document, told with what was there before. What is there now, the document knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// A node (with all below it) came into a parent.
    Inserted {
        /// The parent.
        parent: NodeId,
        /// The node.
        node: NodeId,
    },
    /// A node (with all below it) went out of a parent.
    Removed {
        /// The parent that it had.
        parent: NodeId,
        /// The node.
        node: NodeId,
        /// The sibling that came after it, to know which siblings' positions changed.
        next_sibling: Option<NodeId>,
    },
    /// An attribute was set or removed.
    Attribute {
        /// The element.
        element: NodeId,
        /// The attribute.
        name: QualName,
        /// The value that it had; `None` where it was absent.
        old_value: Option<String>,
    },
    /// The id changed; told besides the attribute, so that nobody need parse.
    Id {
        /// The element.
        element: NodeId,
        /// The id that it had.
        old: Option<Atom>,
    },
    /// The classes changed; told besides the attribute, so that nobody need parse.
    Classes {
        /// The element.
        element: NodeId,
        /// The classes that it had.
        old: SmallVec<[Atom; 2]>,
    },
    /// A state such as `:hover` changed.
    State {
        /// The element.
        element: NodeId,
        /// The states that held.
        old: ElementState,
    },
    /// The characters of a text node changed.
    Characters {
        /// The text node.
        node: NodeId,
    },
}
