//! Query containers: which element a container query asks, and what is known of it.
//! <https://drafts.csswg.org/css-conditional-5/#container-queries>
//!
//! How large a container is only layout knows. Styles are made with the sizes of the last layout, handed in as plain data
//! ([`ContainerSizes`]); whoever runs the stages goes on until they no longer change. Size containment sees to it that they
//! settle: what is inside of a container has no influence on its size.

use std::sync::Arc;

use fanlight_base::geometry::CssSize;
use fanlight_css::container::{ContainerCondition, QueryContainer};
use fanlight_css::media::Device;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::FontMetricsProvider;
use fanlight_css::values::compute::ContainerSize;
use fanlight_css::variables::RegisteredProperties;
use fanlight_dom::NodeId;
use rustc_hash::FxHashMap;

/// How large the content boxes of size containers are, in CSS px. One that is not here has no box, or was not laid out yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContainerSizes {
    sizes: FxHashMap<NodeId, CssSize>,
}

impl ContainerSizes {
    /// The size of a container.
    pub fn get(&self, container: NodeId) -> Option<CssSize> {
        self.sizes.get(&container).copied()
    }

    /// The containers whose sizes are others than in `other`, in tree-independent but fixed order.
    pub(crate) fn different_from(&self, other: &ContainerSizes) -> Vec<NodeId> {
        let known = self.sizes.keys().chain(other.sizes.keys());
        let mut different: Vec<NodeId> =
            known.copied().filter(|&node| self.get(node) != other.get(node)).collect();
        different.sort_unstable();
        different.dedup();
        different
    }
}

impl FromIterator<(NodeId, CssSize)> for ContainerSizes {
    fn from_iter<I: IntoIterator<Item = (NodeId, CssSize)>>(sizes: I) -> Self {
        ContainerSizes { sizes: sizes.into_iter().collect() }
    }
}

/// The `@container` rules around a rule.
#[derive(Clone, Debug)]
pub(crate) struct ContainerScope {
    /// The `@container` rule that this one stands in.
    pub(crate) outer: Option<Arc<ContainerScope>>,
    /// The conditions, of which one must hold.
    pub(crate) conditions: Vec<ContainerCondition>,
}

/// What kinds of container queries there are in the sheets of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ContainerQueries {
    /// Any at all.
    pub(crate) any: bool,
    /// Queries of custom properties.
    pub(crate) styles: bool,
}

impl ContainerQueries {
    pub(crate) fn add(&mut self, conditions: &[ContainerCondition]) {
        self.any = true;
        self.styles |= conditions.iter().any(ContainerCondition::asks_styles);
    }
}

/// The elements that may answer for one element, and what their answers are made of.
pub(crate) struct Containers<'a> {
    /// How many elements are above.
    pub(crate) ancestor_count: usize,
    /// The element above at a depth, outermost first.
    pub(crate) ancestor: &'a dyn Fn(usize) -> (NodeId, &'a ComputedStyle),
    /// The element itself, for its pseudo-elements.
    pub(crate) own: Option<(NodeId, &'a ComputedStyle)>,
    pub(crate) sizes: &'a ContainerSizes,
    pub(crate) registered: &'a RegisteredProperties,
    pub(crate) device: &'a Device,
    pub(crate) fonts: &'a dyn FontMetricsProvider,
}

impl Containers<'_> {
    /// Whether the conditions of all `@container` rules around a rule hold.
    pub(crate) fn hold(&self, scope: &Arc<ContainerScope>) -> bool {
        std::iter::successors(Some(scope), |scope| scope.outer.as_ref())
            .all(|scope| scope.conditions.iter().any(|condition| self.holds(condition)))
    }

    /// The nearest element that can answer a condition does.
    /// <https://drafts.csswg.org/css-conditional-5/#container-rule>
    fn holds(&self, condition: &ContainerCondition) -> bool {
        let above = (0..self.ancestor_count).rev().map(|depth| (self.ancestor)(depth));
        let found = self.own.into_iter().chain(above).find(|(_, style)| condition.can_ask(style));
        let Some((node, style)) = found else { return false };
        let root = if self.ancestor_count > 0 { (self.ancestor)(0).1 } else { style };
        let container = QueryContainer {
            size: container_size(style, self.sizes.get(node)),
            style,
            root,
            registered: self.registered,
            device: self.device,
            fonts: self.fonts,
        };
        condition.evaluate(&container).holds()
    }
}

/// What may be asked of the size of an element, and what `cq*` units inside refer to.
/// <https://drafts.csswg.org/css-conditional-5/#container-type>
pub(crate) fn container_size(style: &ComputedStyle, size: Option<CssSize>) -> ContainerSize {
    let asked = fanlight_css::container::queryable_axes(style);
    ContainerSize {
        width: size.filter(|_| asked.horizontal).map(|size| size.width),
        height: size.filter(|_| asked.vertical).map(|size| size.height),
    }
}

/// Whether what container queries below an element ask of it is another than before.
pub(crate) fn answers_differ(old: &ComputedStyle, new: &ComputedStyle, queries: ContainerQueries) -> bool {
    let (old_size, new_size) = (&old.size, &new.size);
    if old_size.container_type != new_size.container_type {
        return true;
    }
    let asks_size = !new_size.container_type.is_empty();
    queries.any
        && (old_size.container_name != new_size.container_name
            || asks_size
                && (old.font != new.font
                    || old.inherited_text.writing_mode != new.inherited_text.writing_mode))
        || queries.styles && old.custom != new.custom
}
