//! The artefact of the style stage: the computed style of every element and pseudo-element.

use std::collections::BTreeSet;
use std::sync::Arc;

use fanlight_base::{Atom, LocalName, SourceLocation};
use fanlight_css::counter_styles::CounterStyles;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::selectors::PseudoElement;
use fanlight_dom::{Document, Edge, ElementData, NodeId};

use crate::containers::ContainerSizes;
use crate::matching::PSEUDO_ELEMENTS;
use crate::matching::list::AppliedList;
use crate::rules::CascadeData;

/// A style with what it was computed from.
#[derive(Clone, Debug)]
pub(crate) struct Styled {
    pub(crate) style: Arc<ComputedStyle>,
    pub(crate) applied: Arc<AppliedList>,
}

/// What an element's generated content has another style in because of a `::first-line` or `::first-letter` around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLinePart {
    /// `::before`, on the first line.
    Before,
    /// `::after`, on the first line.
    After,
    /// The first letter, when it is in `::before`.
    LetterInBefore,
}

impl FirstLinePart {
    /// How many places there are for pseudo-elements and these parts.
    pub(crate) const COUNT_WITH_PSEUDOS: usize = FirstLinePart::LetterInBefore.index() + 1;

    /// The place among an element's pseudo-elements, after all that selectors name.
    pub(crate) const fn index(self) -> usize {
        PseudoElement::COUNT + self as usize
    }
}

/// The styled pseudo-elements of one element, by their places.
pub(crate) type StyledPseudos = Vec<(usize, Styled)>;

/// An element's style, and those of its pseudo-elements.
#[derive(Clone, Debug)]
pub(crate) struct StyledElement {
    pub(crate) own: Styled,
    /// `None` where there are none. Elements whose pseudo-elements are the same share them.
    pub(crate) pseudos: Option<Arc<StyledPseudos>>,
}

impl StyledElement {
    pub(crate) fn pseudos(&self) -> &[(usize, Styled)] {
        self.pseudos.as_ref().map_or(&[], |pseudos| pseudos)
    }
}

/// What names an element in a dump.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) node: NodeId,
    /// How many elements are above it.
    pub(crate) depth: u32,
    pub(crate) name: LocalName,
    pub(crate) id: Option<Atom>,
    /// The line of the document that it begins on, if the parser made it.
    line: Option<u32>,
}

impl Label {
    pub(crate) fn new(document: &Document, node: NodeId, depth: usize, element: &ElementData) -> Label {
        let depth = u32::try_from(depth).expect("no tree is deeper than it has nodes");
        let line = document.source_line(node);
        Label { node, depth, name: element.name.local.clone(), id: element.id().cloned(), line }
    }
}

/// The computed style of every element and pseudo-element of a document. Immutable; elements that nothing tells apart
/// share their style.
#[derive(Clone, Debug, Default)]
pub struct StyleMap {
    /// By [`NodeId::index`].
    pub(crate) elements: Vec<Option<StyledElement>>,
    /// The document's address.
    pub(crate) url: Arc<str>,
    /// The elements in tree order.
    pub(crate) order: Arc<Vec<Label>>,
    /// The rules that the lists speak of.
    pub(crate) data: Arc<CascadeData>,
    /// The elements that are size containers.
    pub(crate) size_containers: BTreeSet<NodeId>,
    /// The sizes of these that the styles were made with.
    pub(crate) container_sizes: Arc<ContainerSizes>,
}

impl StyleMap {
    /// The style of an element; `None` for other nodes, and for elements outside of the document's tree.
    pub fn get(&self, node: NodeId) -> Option<&Arc<ComputedStyle>> {
        Some(&self.styled(node)?.style)
    }

    /// The style of a pseudo-element. `None` where there is none: no rule makes a `::before`, the element is no list
    /// item, and so on.
    pub fn pseudo(&self, node: NodeId, pseudo: &PseudoElement) -> Option<&Arc<ComputedStyle>> {
        let index = pseudo.index()?;
        self.styled_pseudos(node)
            .iter()
            .find(|(present, _)| *present == index)
            .map(|(_, styled)| &styled.style)
    }

    /// The style of a part of an element's generated content; `None` where it has none of its own.
    /// <https://drafts.csswg.org/css-pseudo-4/#first-line-inheritance>
    pub fn first_line_part(&self, node: NodeId, part: FirstLinePart) -> Option<&Arc<ComputedStyle>> {
        self.styled_pseudos(node)
            .iter()
            .find(|(present, _)| *present == part.index())
            .map(|(_, styled)| &styled.style)
    }

    /// The pseudo-elements of an element that have a style.
    pub fn pseudos(
        &self,
        node: NodeId,
    ) -> impl Iterator<Item = (&'static PseudoElement, &Arc<ComputedStyle>)> {
        self.styled_pseudos(node)
            .iter()
            .filter_map(|(index, styled)| Some((PSEUDO_ELEMENTS.get(*index)?, &styled.style)))
    }

    /// Calls `look` with every different style, those of pseudo-elements among them, in tree order.
    pub fn for_each_style(&self, look: &mut dyn FnMut(&ComputedStyle)) {
        let mut seen: rustc_hash::FxHashSet<*const ComputedStyle> = Default::default();
        for label in &*self.order {
            let own = self.styled(label.node).map(|styled| &styled.style);
            let pseudos = self.styled_pseudos(label.node).iter().map(|(_, styled)| &styled.style);
            for style in own.into_iter().chain(pseudos) {
                if seen.insert(Arc::as_ptr(style)) {
                    look(style);
                }
            }
        }
    }

    /// What counters look like in the document: the predefined styles and those that its sheets define.
    pub fn counter_styles(&self) -> &CounterStyles {
        &self.data.counter_styles
    }

    /// The elements whose size container queries and `cq*` units may ask for: what the sizes of their content boxes are, has to
    /// be told to [`StyleSet::take_in_container_sizes`](crate::StyleSet::take_in_container_sizes).
    /// <https://drafts.csswg.org/css-conditional-5/#container-type>
    pub fn size_containers(&self) -> &BTreeSet<NodeId> {
        &self.size_containers
    }

    /// How many elements have a style.
    pub fn element_count(&self) -> usize {
        self.order.len()
    }

    /// Where an element begins in its document, if the parser made it.
    pub(crate) fn location(&self, node: NodeId) -> Option<SourceLocation> {
        let label = self.order.iter().find(|label| label.node == node)?;
        self.location_of(label)
    }

    /// The same, for an element whose label is at hand.
    pub(crate) fn location_of(&self, label: &Label) -> Option<SourceLocation> {
        Some(SourceLocation { source: self.url.clone(), line: label.line?, column: 1 })
    }

    pub(crate) fn styled(&self, node: NodeId) -> Option<&Styled> {
        Some(&self.elements.get(node.index())?.as_ref()?.own)
    }

    pub(crate) fn styled_pseudos(&self, node: NodeId) -> &[(usize, Styled)] {
        self.elements.get(node.index()).and_then(Option::as_ref).map_or(&[], StyledElement::pseudos)
    }

    /// The elements of a document in tree order.
    pub(crate) fn labels(document: &Document) -> Vec<Label> {
        let mut labels = Vec::with_capacity(document.node_count());
        // The document itself is the outermost that is entered.
        let mut depth = 0_usize;
        let mut next = document.next_edge(Edge::Enter(NodeId::DOCUMENT));
        while let Some(edge) = next {
            match edge {
                Edge::Enter(node) => {
                    if let Some(element) = document.element(node) {
                        labels.push(Label::new(document, node, depth, element));
                    }
                    depth += 1;
                }
                // Last the document itself is left, in which the root element has no depth.
                Edge::Leave(_) => depth = depth.saturating_sub(1),
            }
            next = document.next_edge(edge);
        }
        labels
    }
}
