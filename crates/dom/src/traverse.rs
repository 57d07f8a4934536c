//! Walks through the tree. None recurses: a page decides how deep its tree is.

use crate::document::Document;
use crate::node::NodeId;

/// A step of a walk that comes by each node twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Coming to a node, before what is below it.
    Enter(NodeId),
    /// Going from a node, after what is below it.
    Leave(NodeId),
}

impl Document {
    /// The step of a walk of the whole document that follows; none after the document itself is left. A caller who enters a node
    /// and goes on as from leaving it passes over what is below.
    pub fn next_edge(&self, edge: Edge) -> Option<Edge> {
        match edge {
            Edge::Enter(node) => Some(self.node(node).first_child().map_or(Edge::Leave(node), Edge::Enter)),
            Edge::Leave(node) => {
                let node = self.node(node);
                node.next_sibling().map(Edge::Enter).or_else(|| node.parent().map(Edge::Leave))
            }
        }
    }

    /// The nodes directly below, first to last.
    pub fn children(&self, parent: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(parent).first_child(), |&child| self.node(child).next_sibling())
    }

    /// The elements directly below, first to last.
    pub fn element_children(&self, parent: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.children(parent).filter(|&child| self.node(child).element().is_some())
    }

    /// The nodes above, nearest first.
    pub fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(node).parent(), |&parent| self.node(parent).parent())
    }

    /// The node and those above it, nearest first.
    pub fn inclusive_ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::once(node).chain(self.ancestors(node))
    }

    /// All nodes below, in tree order. <https://dom.spec.whatwg.org/#concept-tree-order>
    pub fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(root).first_child(), move |&node| self.next_in_tree_order(node, root))
    }

    /// The node and all below it, in tree order.
    pub fn inclusive_descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::once(root).chain(self.descendants(root))
    }

    /// The node that follows in tree order and is below `root`.
    pub fn next_in_tree_order(&self, node: NodeId, root: NodeId) -> Option<NodeId> {
        self.node(node).first_child().or_else(|| self.next_skipping_children(node, root))
    }

    /// The node that follows in tree order all that is below `node`, and is below `root`.
    pub fn next_skipping_children(&self, node: NodeId, root: NodeId) -> Option<NodeId> {
        let mut current = node;
        loop {
            if current == root {
                return None;
            }
            if let Some(next) = self.node(current).next_sibling() {
                return Some(next);
            }
            current = self.node(current).parent()?;
        }
    }

    /// The element before, of the same parent.
    pub fn previous_element_sibling(&self, node: NodeId) -> Option<NodeId> {
        std::iter::successors(self.node(node).previous_sibling(), |&at| self.node(at).previous_sibling())
            .find(|&at| self.node(at).element().is_some())
    }

    /// The element after, of the same parent.
    pub fn next_element_sibling(&self, node: NodeId) -> Option<NodeId> {
        std::iter::successors(self.node(node).next_sibling(), |&at| self.node(at).next_sibling())
            .find(|&at| self.node(at).element().is_some())
    }

    /// The element above.
    pub fn parent_element(&self, node: NodeId) -> Option<NodeId> {
        self.node(node).parent().filter(|&parent| self.node(parent).element().is_some())
    }

    /// Whether `node` is `ancestor` or below it.
    pub fn is_inclusive_descendant(&self, node: NodeId, ancestor: NodeId) -> bool {
        node == ancestor || self.ancestors(node).any(|above| above == ancestor)
    }

    /// The document element. <https://dom.spec.whatwg.org/#document-element>
    pub fn document_element(&self) -> Option<NodeId> {
        self.element_children(NodeId::DOCUMENT).next()
    }

    /// The first element in tree order with this id.
    /// <https://dom.spec.whatwg.org/#dom-nonelementparentnode-getelementbyid>
    pub fn element_by_id(&self, id: &str) -> Option<NodeId> {
        self.descendants(NodeId::DOCUMENT).find(|&node| {
            self.node(node).element().and_then(|element| element.id()).is_some_and(|own| **own == *id)
        })
    }

    /// The characters of all text nodes at or below `root`, in tree order.
    /// <https://dom.spec.whatwg.org/#concept-descendant-text-content>
    pub fn text_content(&self, root: NodeId) -> String {
        self.inclusive_descendants(root).filter_map(|node| self.node(node).text()).collect()
    }
}
