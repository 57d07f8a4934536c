//! Which contents are relevant to the user, and so are laid out where an element has `content-visibility: auto`.
//! <https://drafts.csswg.org/css-contain-2/#relevant-to-the-user>
//!
//! Layout does not find that out: it is told, and tells where the elements are ([`crate::geometry::proximity`]). Whoever
//! knows what is in view keeps a [`Relevance`] from one layout to the next.

use std::sync::Arc;

use fanlight_base::geometry::LayoutSize;
use fanlight_css::ComputedStyle;
use fanlight_dom::NodeId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::geometry::Proximity;
use crate::style;

/// What layout is told of elements with `content-visibility: auto`. At first nothing is relevant: they all skip their
/// contents.
#[derive(Clone, Debug, Default)]
pub struct Relevance {
    /// The elements whose contents are relevant to the user.
    relevant: FxHashSet<NodeId>,
    /// The sizes that content boxes had when contents were last laid out.
    /// <https://drafts.csswg.org/css-sizing-4/#last-remembered>
    remembered: FxHashMap<NodeId, LayoutSize>,
    /// Whether skipped contents are laid out all the same.
    is_forced: bool,
}

impl Relevance {
    /// The same, but that skipped contents are laid out as far as they do not count for the size of what skips them: as for
    /// a script that asks where something in there is.
    pub fn forced(&self) -> Relevance {
        Relevance { is_forced: true, ..self.clone() }
    }

    /// Whether the contents of an element are relevant to the user.
    pub fn is_relevant(&self, node: NodeId) -> bool {
        self.relevant.contains(&node)
    }

    /// Makes the contents of an element relevant, until it is determined again.
    pub fn make_relevant(&mut self, node: NodeId) {
        self.relevant.insert(node);
    }

    /// Determines for all elements that can skip their contents whether they do: those that are far from the viewport, but
    /// for those that `is_needed` names. The sizes of those that did not so far are remembered. Returns whether that asks for
    /// another layout. <https://drafts.csswg.org/css-contain-2/#cv-notes>
    pub fn determine(&mut self, elements: &[Proximity], is_needed: &dyn Fn(NodeId) -> bool) -> bool {
        let mut relevant = FxHashSet::default();
        let mut is_other = false;
        for element in elements {
            let was_relevant = self.is_relevant(element.node);
            if was_relevant {
                self.remembered.insert(element.node, element.content_size);
            }
            let is_relevant = element.is_near || is_needed(element.node);
            if is_relevant {
                relevant.insert(element.node);
            }
            is_other |= was_relevant != is_relevant;
        }
        // What is skipped inside of others is not relevant.
        self.relevant = relevant;
        is_other
    }

    /// Whether skipped contents are laid out all the same.
    pub(crate) fn is_forced(&self) -> bool {
        self.is_forced
    }

    /// Gives an element that may skip its contents the style that it has when it does: that of one whose contents are hidden,
    /// and which is as large as it was when they were laid out. That size counts even where `contain-intrinsic-size` does not say `auto`.
    /// <https://drafts.csswg.org/css-sizing-4/#intrinsic-size-override>
    pub(crate) fn used_style(&self, node: NodeId, computed: &mut Arc<ComputedStyle>) {
        if !self.is_relevant(node) {
            style::hide_contents(Arc::make_mut(computed), self.remembered.get(&node).copied());
        }
    }
}
