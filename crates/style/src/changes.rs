//! What an update changed, for the stages that follow.

use fanlight_css::properties::Affects;
use fanlight_dom::NodeId;

/// What an update of styles changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleChanges {
    /// The elements whose style, or the style of a pseudo-element of theirs, is another than before, in tree order, each
    /// with the greatest of what follows from it.
    pub elements: Vec<(NodeId, Affects)>,
    /// Whether everything was styled anew: there was nothing before, or the sheets or the device are others.
    pub everything: bool,
    /// How many elements were matched against the rules again.
    pub matched: usize,
    /// How many elements' styles were computed or looked up again.
    pub computed: usize,
}

impl StyleChanges {
    /// Whether nothing that can be seen follows.
    pub fn is_empty(&self) -> bool {
        !self.everything && self.elements.is_empty()
    }
}
