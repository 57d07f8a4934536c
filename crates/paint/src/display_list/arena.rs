//! The shape that the clip tree and the effect tree share: nodes in one list, a parent before its children.

/// A node of an [`Arena`].
pub trait ArenaNode {
    /// Its name: its place in the list.
    type Id: Copy + Ord + From<u32> + Into<u32>;

    /// The node around it.
    fn parent(&self) -> Option<Self::Id>;
}

/// Nodes of one kind; a parent comes before its children.
#[derive(Clone, Debug, PartialEq)]
pub struct Arena<Node> {
    nodes: Vec<Node>,
}

impl<Node> Default for Arena<Node> {
    fn default() -> Self {
        Arena { nodes: Vec::new() }
    }
}

impl<Node: ArenaNode> Arena<Node> {
    /// Adds a node, whose parent must have been added before.
    pub fn push(&mut self, node: Node) -> Node::Id {
        debug_assert!(node.parent().is_none_or(|parent| (parent.into() as usize) < self.nodes.len()));
        self.nodes.push(node);
        Node::Id::from(self.nodes.len() as u32 - 1)
    }

    /// The node with this name.
    pub fn get(&self, id: Node::Id) -> Option<&Node> {
        self.nodes.get(id.into() as usize)
    }

    /// All nodes, parents first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Node::Id, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (Node::Id::from(index as u32), node))
    }

    /// A node and all it is in, the innermost first.
    pub fn chain(&self, id: Option<Node::Id>) -> impl Iterator<Item = (Node::Id, &Node)> {
        let mut at = id;
        std::iter::from_fn(move || {
            let id = at?;
            let node = self.get(id)?;
            // Parents have smaller names, so this ends.
            at = node.parent().filter(|parent| *parent < id);
            Some((id, node))
        })
    }
}

/// Makes a type the name of the nodes of an arena.
macro_rules! arena_id {
    ($id:ident of $node:ident) => {
        impl From<u32> for $id {
            fn from(place: u32) -> Self {
                $id(place)
            }
        }

        impl From<$id> for u32 {
            fn from(id: $id) -> Self {
                id.0
            }
        }

        impl $crate::display_list::arena::ArenaNode for $node {
            type Id = $id;

            fn parent(&self) -> Option<$id> {
                self.parent
            }
        }
    };
}

pub(super) use arena_id;
