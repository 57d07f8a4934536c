//! The document: the arena, and every way in which it changes.

use std::sync::Arc;

use fanlight_base::{QualName, atoms::local_name, atoms::ns};

use crate::element::{Attribute, ElementData, ElementState};
use crate::mutation::Mutation;
use crate::node::{Node, NodeData, NodeId};

/// How far a document asks for the layout of old browsers.
/// <https://dom.spec.whatwg.org/#concept-document-quirks>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuirksMode {
    /// As the specifications say.
    #[default]
    NoQuirks,
    /// Only the table cell line height quirk.
    LimitedQuirks,
    /// As browsers of the last century did.
    Quirks,
}

/// A document. <https://dom.spec.whatwg.org/#interface-document>
///
/// All changes go through its methods, which keep the links sound and record what happened.
#[derive(Clone, Debug)]
pub struct Document {
    nodes: Vec<Node>,
    /// The line that each node began on, by its place in the arena; 0 where it is not known. Shorter than `nodes`
    /// where the last ones have none.
    source_lines: Vec<u32>,
    mutations: Vec<Mutation>,
    recording: bool,
    /// How far the document asks for the layout of old browsers.
    pub quirks_mode: QuirksMode,
    /// The document's address.
    pub url: Arc<str>,
    /// The name of the character encoding that its bytes were in.
    pub character_set: &'static str,
    /// The language that came with the transport: the header field `Content-Language`, where it names one.
    /// <https://html.spec.whatwg.org/multipage/dom.html#language>
    pub transport_language: Option<Arc<str>>,
    /// Whether it was parsed as XML, so that names keep their case.
    pub is_xml: bool,
}

impl Document {
    /// A document with nothing in it. Changes are not recorded until [`Document::record_mutations`].
    pub fn new(url: impl Into<Arc<str>>) -> Self {
        Document {
            nodes: vec![Node::new(NodeData::Document)],
            source_lines: Vec::new(),
            mutations: Vec::new(),
            recording: false,
            quirks_mode: QuirksMode::NoQuirks,
            url: url.into(),
            character_set: "UTF-8",
            transport_language: None,
            is_xml: false,
        }
    }

    /// How many nodes the arena holds, those outside the tree counted too. Ids are below it.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// A node. Ids come from this document, so the node is there.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The element that a node is.
    pub fn element(&self, id: NodeId) -> Option<&ElementData> {
        self.node(id).element()
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    pub(crate) fn element_mut(&mut self, id: NodeId) -> Option<&mut ElementData> {
        match &mut self.node_mut(id).data {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    // --- making nodes ---

    /// A new node outside the tree.
    pub fn create(&mut self, data: NodeData) -> NodeId {
        let id =
            NodeId::from_index(self.nodes.len()).expect("memory ends before four thousand million nodes");
        self.nodes.push(Node::new(data));
        id
    }

    /// A new element outside the tree. A `<template>` of HTML gets the fragment for its contents.
    pub fn create_element(
        &mut self,
        name: QualName,
        attributes: impl IntoIterator<Item = Attribute>,
    ) -> NodeId {
        let is_template = name.namespace == ns!(html) && name.local == local_name!("template");
        let mut element = ElementData::new(name, attributes);
        if is_template {
            element.template_contents = Some(self.create(NodeData::DocumentFragment));
        }
        self.create(NodeData::Element(Box::new(element)))
    }

    /// A new text node outside the tree.
    pub fn create_text(&mut self, text: impl Into<String>) -> NodeId {
        self.create(NodeData::Text(text.into()))
    }

    // --- where nodes come from ---

    /// The line of the source, counted from 1, on which the parser came upon the node; `None` for what no parser made.
    pub fn source_line(&self, node: NodeId) -> Option<u32> {
        self.source_lines.get(node.index()).copied().filter(|&line| line != 0)
    }

    /// Says on which line of the source, counted from 1, the node begins.
    pub fn set_source_line(&mut self, node: NodeId, line: u32) {
        if self.source_lines.len() <= node.index() {
            self.source_lines.resize(node.index() + 1, 0);
        }
        self.source_lines[node.index()] = line;
    }

    // --- the tree ---

    /// Puts `node` below `parent` as its last child, out of where it was before.
    pub fn append(&mut self, parent: NodeId, node: NodeId) {
        self.insert(parent, node, None);
    }

    /// Puts `node` before `sibling`, below the same parent. Without a parent nothing happens.
    pub fn insert_before(&mut self, sibling: NodeId, node: NodeId) {
        if let Some(parent) = self.node(sibling).parent
            && sibling != node
        {
            self.insert(parent, node, Some(sibling));
        }
    }

    /// A node cannot come below itself; nothing happens then.
    fn insert(&mut self, parent: NodeId, node: NodeId, before: Option<NodeId>) {
        if self.node(node).first_child.is_some() && self.is_inclusive_descendant(parent, node)
            || parent == node
        {
            return;
        }
        self.detach(node);
        let previous = match before {
            Some(sibling) => self.node(sibling).previous_sibling,
            None => self.node(parent).last_child,
        };
        let inserted = self.node_mut(node);
        inserted.parent = Some(parent);
        inserted.previous_sibling = previous;
        inserted.next_sibling = before;
        match previous {
            Some(previous) => self.node_mut(previous).next_sibling = Some(node),
            None => self.node_mut(parent).first_child = Some(node),
        }
        match before {
            Some(sibling) => self.node_mut(sibling).previous_sibling = Some(node),
            None => self.node_mut(parent).last_child = Some(node),
        }
        self.record(|| Mutation::Inserted { parent, node });
    }

    /// Takes a node, with all below it, out of its parent.
    pub fn detach(&mut self, node: NodeId) {
        let Some(parent) = self.node(node).parent else { return };
        let (previous, next) = (self.node(node).previous_sibling, self.node(node).next_sibling);
        match previous {
            Some(previous) => self.node_mut(previous).next_sibling = next,
            None => self.node_mut(parent).first_child = next,
        }
        match next {
            Some(next) => self.node_mut(next).previous_sibling = previous,
            None => self.node_mut(parent).last_child = previous,
        }
        let detached = self.node_mut(node);
        detached.parent = None;
        detached.previous_sibling = None;
        detached.next_sibling = None;
        self.record(|| Mutation::Removed { parent, node, next_sibling: next });
    }

    /// Puts all children of `from` below `to`, after those that are there.
    pub fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.node(from).first_child {
            self.append(to, child);
            if self.node(child).parent == Some(from) {
                return; // `to` is below the child: it cannot move.
            }
        }
    }

    // --- characters ---

    /// Adds characters to the end of `parent`: to its last child where that is text, else in a new text node.
    pub fn append_text(&mut self, parent: NodeId, text: &str) {
        if let Some(last) = self.node(parent).last_child
            && self.extend_text(last, text)
        {
            return;
        }
        let node = self.create_text(text);
        self.append(parent, node);
    }

    /// Adds characters before `sibling`: to the text node there is, else in a new one.
    pub fn insert_text_before(&mut self, sibling: NodeId, text: &str) {
        if let Some(previous) = self.node(sibling).previous_sibling
            && self.extend_text(previous, text)
        {
            return;
        }
        let node = self.create_text(text);
        self.insert_before(sibling, node);
    }

    fn extend_text(&mut self, node: NodeId, text: &str) -> bool {
        let NodeData::Text(present) = &mut self.node_mut(node).data else { return false };
        present.push_str(text);
        self.record(|| Mutation::Characters { node });
        true
    }

    /// Replaces the characters of a text node. Other nodes stay as they are.
    pub fn set_text(&mut self, node: NodeId, text: impl Into<String>) {
        if let NodeData::Text(present) = &mut self.node_mut(node).data {
            *present = text.into();
            self.record(|| Mutation::Characters { node });
        }
    }

    // --- attributes and states ---

    /// Adds those attributes of which the element has none of the same name.
    pub fn add_missing_attributes(&mut self, node: NodeId, attributes: impl IntoIterator<Item = Attribute>) {
        for attribute in attributes {
            let present = self.element(node).is_none_or(|element| {
                element.attribute_ns(&attribute.name.namespace, &attribute.name.local).is_some()
            });
            if !present {
                self.set_attribute(node, attribute.name, attribute.value);
            }
        }
    }

    /// Sets an attribute of an element. Other nodes stay as they are.
    pub fn set_attribute(&mut self, node: NodeId, name: QualName, value: impl Into<String>) {
        self.change_attribute(node, name.clone(), |element| {
            element.set_attribute(Attribute { name, value: value.into() })
        });
    }

    /// Removes an attribute, where it is there.
    pub fn remove_attribute(&mut self, node: NodeId, name: &QualName) {
        self.change_attribute(node, name.clone(), |element| element.remove_attribute(name));
    }

    fn change_attribute(
        &mut self,
        node: NodeId,
        name: QualName,
        change: impl FnOnce(&mut ElementData) -> Option<String>,
    ) {
        let recording = self.recording;
        let Some(element) = self.element_mut(node) else { return };
        if !recording {
            change(element);
            return;
        }
        let (old_id, old_classes) = (element.id.clone(), element.classes.clone());
        let old_value = change(element);
        let (id_changed, classes_changed) = (element.id != old_id, element.classes != old_classes);
        if id_changed {
            self.mutations.push(Mutation::Id { element: node, old: old_id });
        }
        if classes_changed {
            self.mutations.push(Mutation::Classes { element: node, old: old_classes });
        }
        self.mutations.push(Mutation::Attribute { element: node, name, old_value });
    }

    /// Sets which states hold, such as `:hover`.
    pub fn set_state(&mut self, node: NodeId, state: ElementState) {
        let Some(element) = self.element_mut(node) else { return };
        let old = std::mem::replace(&mut element.state, state);
        if old != state {
            self.record(|| Mutation::State { element: node, old });
        }
    }

    // --- the record ---

    /// From here on changes are recorded. Before the first style there is no need: everything is new.
    pub fn record_mutations(&mut self) {
        self.recording = true;
    }

    /// Changes while `work` runs are not recorded. For work on trees that are not in the document yet: nothing is
    /// out of date before they come in.
    pub fn unrecorded<T>(&mut self, work: impl FnOnce(&mut Document) -> T) -> T {
        let recording = std::mem::replace(&mut self.recording, false);
        let answer = work(self);
        self.recording = recording;
        answer
    }

    pub(crate) fn record(&mut self, mutation: impl FnOnce() -> Mutation) {
        if self.recording {
            self.mutations.push(mutation());
        }
    }

    /// The changes since the last call, in order.
    pub fn take_mutations(&mut self) -> Vec<Mutation> {
        std::mem::take(&mut self.mutations)
    }

    /// Whether there are changes that nobody has taken.
    pub fn has_mutations(&self) -> bool {
        !self.mutations.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(document: &mut Document, name: &str) -> NodeId {
        document.create_element(QualName::html(name), [])
    }

    #[test]
    fn inserting_moves_a_node_and_keeps_the_links() {
        let mut document = Document::new("about:blank");
        let [a, b, c] = ["a", "b", "c"].map(|name| element(&mut document, name));
        document.append(NodeId::DOCUMENT, a);
        document.append(a, b);
        document.append(a, c);
        document.insert_before(b, c);
        assert_eq!(document.children(a).collect::<Vec<_>>(), [c, b]);
        assert_eq!(document.node(a).last_child(), Some(b));
        document.detach(c);
        assert_eq!(document.children(a).collect::<Vec<_>>(), [b]);
        assert_eq!(document.node(b).previous_sibling(), None);
    }

    #[test]
    fn a_node_cannot_come_below_itself() {
        let mut document = Document::new("about:blank");
        let [a, b] = ["a", "b"].map(|name| element(&mut document, name));
        document.append(a, b);
        document.append(b, a);
        document.append(a, a);
        assert_eq!((document.node(a).parent(), document.node(b).parent()), (None, Some(a)));
    }

    #[test]
    fn adjacent_characters_are_one_text_node() {
        let mut document = Document::new("about:blank");
        let a = element(&mut document, "a");
        let b = element(&mut document, "b");
        document.append_text(a, "one ");
        document.append_text(a, "two");
        document.append(a, b);
        document.insert_text_before(b, " three");
        document.append_text(a, "four");
        assert_eq!(document.children(a).count(), 3);
        assert_eq!(document.text_content(a), "one two threefour");
    }

    #[test]
    fn tree_order_is_walked_without_recursion() {
        let mut document = Document::new("about:blank");
        let mut deepest = NodeId::DOCUMENT;
        for _ in 0..100_000 {
            let child = element(&mut document, "div");
            document.append(deepest, child);
            deepest = child;
        }
        let last = element(&mut document, "p");
        document.append(NodeId::DOCUMENT, last);
        assert_eq!(document.descendants(NodeId::DOCUMENT).count(), 100_001);
        assert_eq!(document.descendants(NodeId::DOCUMENT).last(), Some(last));
        assert_eq!(document.ancestors(deepest).count(), 100_000);
    }

    #[test]
    fn only_what_happens_after_the_start_is_recorded() {
        let mut document = Document::new("about:blank");
        let a = element(&mut document, "a");
        document.append(NodeId::DOCUMENT, a);
        document.record_mutations();
        document.set_attribute(a, QualName::attribute("class"), "x");
        document.set_attribute(a, QualName::attribute("title"), "t");
        document.set_state(a, ElementState::HOVER);
        document.set_state(a, ElementState::HOVER);
        document.detach(a);
        let attribute =
            |name: &str| Mutation::Attribute { element: a, name: QualName::attribute(name), old_value: None };
        assert_eq!(
            document.take_mutations(),
            [
                Mutation::Classes { element: a, old: Default::default() },
                attribute("class"),
                attribute("title"),
                Mutation::State { element: a, old: ElementState::empty() },
                Mutation::Removed { parent: NodeId::DOCUMENT, node: a, next_sibling: None },
            ]
        );
        assert!(!document.has_mutations());
    }

    #[test]
    fn a_template_has_a_fragment_of_its_own() {
        let mut document = Document::new("about:blank");
        let template = element(&mut document, "template");
        let contents = document.element(template).unwrap().template_contents().unwrap();
        assert!(matches!(document.node(contents).data(), NodeData::DocumentFragment));
        assert_eq!(document.node(template).first_child(), None);
    }

    #[test]
    fn nodes_know_their_line_only_when_told() {
        let mut document = Document::new("about:blank");
        let [a, b, c] = ["a", "b", "c"].map(|name| element(&mut document, name));
        document.set_source_line(b, 7);
        assert_eq!([a, b, c].map(|node| document.source_line(node)), [None, Some(7), None]);
    }

    #[test]
    fn missing_attributes_are_added_and_present_ones_stay() {
        let mut document = Document::new("about:blank");
        let a = element(&mut document, "a");
        document.set_attribute(a, QualName::attribute("id"), "one");
        document.add_missing_attributes(
            a,
            [("id", "two"), ("class", "c")]
                .map(|(name, value)| Attribute { name: QualName::attribute(name), value: value.into() }),
        );
        let a = document.element(a).unwrap();
        assert_eq!((a.id().unwrap().as_ref(), a.classes().len()), ("one", 1));
    }

    #[test]
    fn unrecorded_work_leaves_no_mutations() {
        let mut document = Document::new("about:blank");
        document.record_mutations();
        let a = document.unrecorded(|document| {
            let a = element(document, "a");
            document.append_text(a, "text");
            a
        });
        assert!(!document.has_mutations());
        document.append(NodeId::DOCUMENT, a);
        assert!(document.has_mutations());
    }

    #[test]
    fn moving_children_into_their_own_descendant_stops() {
        let mut document = Document::new("about:blank");
        let [a, b] = ["a", "b"].map(|name| element(&mut document, name));
        document.append(a, b);
        document.move_children(a, b);
        assert_eq!(document.node(b).parent(), Some(a));
    }
}
