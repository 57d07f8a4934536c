//! The document's elements as the `selectors` crate sees them.

use fanlight_base::Atom;
use fanlight_base::atoms::{local_name, ns};
use fanlight_css::selectors::{PseudoElement, SelectorImpl as Impl};
use fanlight_dom::{Document, ElementData, NodeData, NodeId};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};
use selectors::{Element, OpaqueElement, SelectorImpl};

use crate::limits;
use crate::matching::ancestor_filter;
use crate::pseudo_class;
use crate::states;

/// An element of a document, as selectors see it.
#[derive(Clone, Copy)]
pub struct ElementRef<'a> {
    document: &'a Document,
    node: NodeId,
    data: &'a ElementData,
    /// How deep below the anchor of a `:has()` this element was come to.
    depth: u16,
}

impl<'a> ElementRef<'a> {
    /// The element that a node is.
    pub fn new(document: &'a Document, node: NodeId) -> Option<ElementRef<'a>> {
        Some(ElementRef { document, node, data: document.element(node)?, depth: 0 })
    }

    /// The document.
    pub fn document(self) -> &'a Document {
        self.document
    }

    /// The node.
    pub fn node(self) -> NodeId {
        self.node
    }

    /// The element's name, attributes and states.
    pub fn data(self) -> &'a ElementData {
        self.data
    }

    fn at(self, node: NodeId, depth: u16) -> Option<ElementRef<'a>> {
        Some(ElementRef { document: self.document, node, data: self.document.element(node)?, depth })
    }

    fn first_element(
        self,
        mut at: Option<NodeId>,
        depth: u16,
        next: impl Fn(NodeId) -> Option<NodeId>,
    ) -> Option<Self> {
        while let Some(node) = at {
            if let Some(element) = self.at(node, depth) {
                return Some(element);
            }
            at = next(node);
        }
        None
    }
}

impl std::fmt::Debug for ElementRef<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<{}> {}", self.data.name.local, self.node)
    }
}

impl Element for ElementRef<'_> {
    type Impl = Impl;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.data)
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.document.node(self.node).parent()?, 0)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let document = self.document;
        self.first_element(document.node(self.node).previous_sibling(), self.depth, |node| {
            document.node(node).previous_sibling()
        })
    }

    fn next_sibling_element(&self) -> Option<Self> {
        let document = self.document;
        self.first_element(document.node(self.node).next_sibling(), self.depth, |node| {
            document.node(node).next_sibling()
        })
    }

    fn first_element_child(&self) -> Option<Self> {
        if self.depth >= limits::HAS_DEPTH {
            return None;
        }
        let document = self.document;
        self.first_element(document.node(self.node).first_child(), self.depth + 1, |node| {
            document.node(node).next_sibling()
        })
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.data.name.namespace == ns!(html) && !self.document.is_xml
    }

    fn has_local_name(&self, local_name: &<Impl as SelectorImpl>::BorrowedLocalName) -> bool {
        self.data.name.local == *local_name
    }

    fn has_namespace(&self, namespace: &<Impl as SelectorImpl>::BorrowedNamespaceUrl) -> bool {
        self.data.name.namespace == *namespace
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.data.name.local == other.data.name.local && self.data.name.namespace == other.data.name.namespace
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&<Impl as SelectorImpl>::NamespaceUrl>,
        local_name: &<Impl as SelectorImpl>::LocalName,
        operation: &AttrSelectorOperation<&<Impl as SelectorImpl>::AttrValue>,
    ) -> bool {
        self.data.attributes().iter().any(|attribute| {
            attribute.name.local == local_name.0
                && match namespace {
                    NamespaceConstraint::Any => true,
                    NamespaceConstraint::Specific(namespace) => attribute.name.namespace == namespace.0,
                }
                && operation.eval_str(&attribute.value)
        })
    }

    fn match_non_ts_pseudo_class(
        &self,
        pseudo_class: &<Impl as SelectorImpl>::NonTSPseudoClass,
        _context: &mut MatchingContext<Impl>,
    ) -> bool {
        pseudo_class::matches(*self, pseudo_class)
    }

    /// Never asked: pseudo-elements are matched through the elements that they belong to.
    fn match_pseudo_element(&self, _pseudo: &PseudoElement, _context: &mut MatchingContext<Impl>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        states::is_link(self.data)
    }

    fn is_html_slot_element(&self) -> bool {
        self.data.is_html(&local_name!("slot"))
    }

    fn has_id(&self, id: &<Impl as SelectorImpl>::Identifier, case: CaseSensitivity) -> bool {
        self.data.id().is_some_and(|own| same(own, &id.0, case))
    }

    fn has_class(&self, class: &<Impl as SelectorImpl>::Identifier, case: CaseSensitivity) -> bool {
        self.data.classes().iter().any(|own| same(own, &class.0, case))
    }

    fn has_custom_state(&self, _name: &<Impl as SelectorImpl>::Identifier) -> bool {
        false
    }

    fn imported_part(
        &self,
        _name: &<Impl as SelectorImpl>::Identifier,
    ) -> Option<<Impl as SelectorImpl>::Identifier> {
        None
    }

    fn is_part(&self, _name: &<Impl as SelectorImpl>::Identifier) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.document.children(self.node).all(|child| match self.document.node(child).data() {
            NodeData::Element(_) => false,
            NodeData::Text(text) => text.is_empty(),
            _ => true,
        })
    }

    fn is_root(&self) -> bool {
        self.document.node(self.node).parent() == Some(NodeId::DOCUMENT)
    }

    fn add_element_unique_hashes(&self, filter: &mut BloomFilter) -> bool {
        ancestor_filter::for_each_hash(self.data, |hash| filter.insert_hash(hash));
        true
    }
}

fn same(one: &Atom, other: &Atom, case: CaseSensitivity) -> bool {
    one == other || case == CaseSensitivity::AsciiCaseInsensitive && one.eq_ignore_ascii_case(other)
}
