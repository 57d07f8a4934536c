//! A node of the tree.

use std::fmt;
use std::num::NonZeroU32;

use crate::element::ElementData;

/// Names a node of one [`Document`](crate::Document). It stays valid for the document's life, also when the node is
/// taken out of the tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The document node itself.
    pub const DOCUMENT: NodeId = NodeId(NonZeroU32::MIN);

    /// From a place in the arena, counted from 0; `None` past four thousand million nodes.
    pub fn from_index(index: usize) -> Option<NodeId> {
        u32::try_from(index).ok()?.checked_add(1).and_then(NonZeroU32::new).map(NodeId)
    }

    /// The place in the arena, counted from 0, for tables beside the tree.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// `#` and the place in the arena.
impl fmt::Display for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.index())
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// A node with its links. Links change only through [`Document`](crate::Document).
#[derive(Clone, Debug)]
pub struct Node {
    pub(crate) parent: Option<NodeId>,
    pub(crate) previous_sibling: Option<NodeId>,
    pub(crate) next_sibling: Option<NodeId>,
    pub(crate) first_child: Option<NodeId>,
    pub(crate) last_child: Option<NodeId>,
    pub(crate) data: NodeData,
}

impl Node {
    pub(crate) fn new(data: NodeData) -> Self {
        Node {
            parent: None,
            previous_sibling: None,
            next_sibling: None,
            first_child: None,
            last_child: None,
            data,
        }
    }

    /// The node above.
    pub fn parent(&self) -> Option<NodeId> {
        self.parent
    }

    /// The node before, of the same parent.
    pub fn previous_sibling(&self) -> Option<NodeId> {
        self.previous_sibling
    }

    /// The node after, of the same parent.
    pub fn next_sibling(&self) -> Option<NodeId> {
        self.next_sibling
    }

    /// The first node below.
    pub fn first_child(&self) -> Option<NodeId> {
        self.first_child
    }

    /// The last node below.
    pub fn last_child(&self) -> Option<NodeId> {
        self.last_child
    }

    /// What the node is.
    pub fn data(&self) -> &NodeData {
        &self.data
    }

    /// The element that the node is.
    pub fn element(&self) -> Option<&ElementData> {
        match &self.data {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The characters, when the node is a text node.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            NodeData::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What a node is. <https://dom.spec.whatwg.org/#nodes>
///
/// What is rare is boxed: documents have many text nodes, and a node should be no larger than they need.
#[derive(Clone, Debug)]
pub enum NodeData {
    /// The document, of which each arena has one, at [`NodeId::DOCUMENT`].
    Document,
    /// The root of a tree beside the document's, such as a template's contents.
    DocumentFragment,
    /// A document type.
    Doctype(Box<Doctype>),
    /// An element.
    Element(Box<ElementData>),
    /// Characters.
    Text(String),
    /// A comment's characters.
    Comment(Box<str>),
    /// A processing instruction.
    ProcessingInstruction(Box<ProcessingInstruction>),
}

/// <https://dom.spec.whatwg.org/#interface-processinginstruction>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcessingInstruction {
    /// What it is for.
    pub target: String,
    /// What it says.
    pub data: String,
}

/// <https://dom.spec.whatwg.org/#documenttype>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doctype {
    /// The root element's name.
    pub name: String,
    /// The public identifier, empty where there is none.
    pub public_id: String,
    /// The system identifier, empty where there is none.
    pub system_id: String,
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn nodes_stay_small() {
        assert_eq!(size_of::<Node>(), 48);
    }
}
