//! Which elements a parser has made since it was asked last.

use fanlight_base::QualName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, NodeData, NodeId};

/// The elements of a growing document that nobody has been told of.
#[derive(Default)]
pub(crate) struct Arrivals {
    /// How many nodes have been looked at. Parsers only add nodes.
    seen: usize,
    /// Those whose content counts as a whole, and which are open still.
    unfinished: Vec<NodeId>,
}

impl Arrivals {
    /// The document has begun anew.
    pub(crate) fn clear(&mut self) {
        *self = Arrivals::default();
    }

    /// What has come since the last call, in the order of the source. `open` are the elements that the parser is within.
    pub(crate) fn take(&mut self, document: &Document, mut open: Vec<NodeId>) -> Vec<NodeId> {
        open.sort_unstable();
        let is_open = |node: &NodeId| open.binary_search(node).is_ok();
        let (still_open, mut arrived): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.unfinished).into_iter().partition(is_open);
        self.unfinished = still_open;
        for node in (self.seen..document.node_count()).filter_map(NodeId::from_index) {
            match document.node(node).data() {
                NodeData::Element(element) if counts_as_a_whole(&element.name) && is_open(&node) => {
                    self.unfinished.push(node);
                }
                NodeData::Element(_) | NodeData::ProcessingInstruction(_) => arrived.push(node),
                _ => {}
            }
        }
        self.seen = document.node_count();
        arrived
    }
}

/// Whether nothing can be done about an element before all that is in it is there: the sheet of a `<style>`, the drawing of
/// an `<svg>`, the choice of a `<select>`.
fn counts_as_a_whole(name: &QualName) -> bool {
    match name.local {
        local_name!("style") => name.namespace == ns!(html) || name.namespace == ns!(svg),
        local_name!("svg") => name.namespace == ns!(svg),
        local_name!("select") => name.namespace == ns!(html),
        _ => false,
    }
}
