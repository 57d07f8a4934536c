//! Which boxes were generated for a node.

use fanlight_dom::NodeId;

use super::BoxId;

/// Stands for no box.
const NONE: u32 = u32::MAX;

/// The first and the last box of a node.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
}

/// The boxes of each node in the order in which they were added, as lists through tables beside the arenas of nodes and
/// boxes.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeIndex {
    /// By the node's place.
    ends: Vec<Ends>,
    /// By the box's place: the next box of the same node.
    next: Vec<u32>,
}

fn some(index: u32) -> Option<BoxId> {
    (index != NONE).then_some(BoxId(index))
}

impl NodeIndex {
    /// Adds a box of a node.
    pub fn add(&mut self, node: NodeId, id: BoxId) {
        if self.ends.len() <= node.index() {
            self.ends.resize(node.index() + 1, Ends { first: NONE, last: NONE });
        }
        if self.next.len() <= id.index() {
            self.next.resize(id.index() + 1, NONE);
        }
        self.next[id.index()] = NONE;
        let ends = &mut self.ends[node.index()];
        match some(ends.last) {
            Some(last) => self.next[last.index()] = id.0,
            None => ends.first = id.0,
        }
        ends.last = id.0;
    }

    /// The boxes of a node.
    pub fn boxes_of(&self, node: NodeId) -> impl Iterator<Item = BoxId> + '_ {
        let first = self.ends.get(node.index()).and_then(|ends| some(ends.first));
        std::iter::successors(first, move |id| some(self.next[id.index()]))
    }

    /// Takes out the first box of a node for which `is_it` says yes.
    pub fn take(&mut self, node: NodeId, is_it: impl Fn(BoxId) -> bool) -> Option<BoxId> {
        let mut before = None;
        let found = self.boxes_of(node).find(|&id| is_it(id) || before.replace(id) == Some(id))?;
        let after = self.next[found.index()];
        let ends = &mut self.ends[node.index()];
        match before {
            Some(before) => self.next[before.index()] = after,
            None => ends.first = after,
        }
        if after == NONE {
            ends.last = before.map_or(NONE, |before| before.0);
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_come_in_the_order_in_which_they_were_added_without_those_taken() {
        let node = NodeId::DOCUMENT;
        let mut index = NodeIndex::default();
        for id in [4, 0, 2, 7] {
            index.add(node, BoxId(id));
        }
        let ids = |index: &NodeIndex| index.boxes_of(node).map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(ids(&index), [4, 0, 2, 7]);
        assert_eq!(index.take(node, |id| id.0 == 2), Some(BoxId(2)));
        assert_eq!(index.take(node, |id| id.0 == 7), Some(BoxId(7)));
        assert_eq!(index.take(node, |_| true), Some(BoxId(4)));
        assert_eq!(index.take(node, |id| id.0 == 4), None);
        index.add(node, BoxId(5));
        assert_eq!(ids(&index), [0, 5]);
    }
}
