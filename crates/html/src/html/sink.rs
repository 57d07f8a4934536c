//! What the tree builder builds on: the document, its source lines, and the parse errors.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell, RefMut};

use fanlight_base::{LocalName, Namespace, QualName};
use fanlight_dom::{Attribute, Doctype, Document, NodeData, NodeId, ProcessingInstruction, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{self, ElementFlags, NodeOrText, TreeSink};
use html5ever::{ExpandedName, local_name, ns};

use super::selectedcontent;
use crate::errors::ParseErrors;
use crate::limits::MAX_ATTRIBUTES;

/// A node together with its name: the tree builder asks for names all the time, and this answers without looking
/// into the document. Almost all names are static atoms, so that a copy costs nothing.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) id: NodeId,
    namespace: Namespace,
    local: LocalName,
    is_integration_point: bool,
}

impl Handle {
    fn unnamed(id: NodeId) -> Self {
        Handle { id, namespace: ns!(), local: local_name!(""), is_integration_point: false }
    }

    /// The handle of an element that is in the document already.
    pub(crate) fn of_element(document: &Document, id: NodeId) -> Self {
        match document.element(id) {
            None => Handle::unnamed(id),
            Some(element) => Handle {
                id,
                namespace: element.name.namespace.clone(),
                local: element.name.local.clone(),
                is_integration_point: false,
            },
        }
    }
}

/// Builds a document as the tree builder says.
pub(crate) struct DomSink {
    document: RefCell<Document>,
    /// Below which node the `html` element comes: the document, or the fragment that is being parsed.
    root: NodeId,
    errors: RefCell<ParseErrors>,
    /// The line of the token that is being processed.
    line: Cell<u32>,
    /// How deep each node is, by its place in the arena. A node that is moved with its children gets a new depth, its
    /// children do not: the bound is on what the parser goes on to build, not exact.
    depths: RefCell<Vec<u16>>,
    placed: RefCell<Option<Placed>>,
    /// The `selectedcontent` elements, which are filled at the end.
    selected_contents: RefCell<Vec<NodeId>>,
}

/// Where the element that was put into the tree last is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    pub(crate) depth: u16,
    pub(crate) parent: NodeId,
    pub(crate) is_html: bool,
}

impl DomSink {
    pub(crate) fn new(document: Document, root: NodeId, errors: ParseErrors) -> Self {
        DomSink {
            document: RefCell::new(document),
            root,
            errors: RefCell::new(errors),
            line: Cell::new(1),
            depths: RefCell::default(),
            placed: RefCell::new(None),
            selected_contents: RefCell::default(),
        }
    }

    pub(crate) fn document(&self) -> Ref<'_, Document> {
        self.document.borrow()
    }

    pub(crate) fn document_mut(&self) -> RefMut<'_, Document> {
        self.document.borrow_mut()
    }

    pub(crate) fn errors_mut(&self) -> RefMut<'_, ParseErrors> {
        self.errors.borrow_mut()
    }

    pub(crate) fn line(&self) -> u32 {
        self.line.get()
    }

    /// What is left to do when all has been parsed.
    pub(crate) fn end(&self) {
        selectedcontent::fill(&mut self.document.borrow_mut(), &self.selected_contents.borrow());
    }

    pub(crate) fn into_document(self) -> Document {
        self.document.into_inner()
    }

    /// The element put into the tree since the last call.
    pub(crate) fn take_placed(&self) -> Option<Placed> {
        self.placed.borrow_mut().take()
    }

    fn depth(&self, node: NodeId) -> u16 {
        self.depths.borrow().get(node.index()).copied().unwrap_or(0)
    }

    fn set_depth(&self, node: NodeId, depth: u16) {
        let mut depths = self.depths.borrow_mut();
        if depths.len() <= node.index() {
            depths.resize(node.index() + 1, 0);
        }
        depths[node.index()] = depth;
    }

    fn placed(&self, node: &Handle, parent: NodeId) {
        if node.local == local_name!("") {
            return; // A comment.
        }
        let depth = self.depth(parent).saturating_add(1);
        self.set_depth(node.id, depth);
        *self.placed.borrow_mut() = Some(Placed { depth, parent, is_html: node.namespace == ns!(html) });
    }

    fn attributes(&self, attributes: Vec<html5ever::Attribute>) -> impl Iterator<Item = Attribute> + use<> {
        if attributes.len() > MAX_ATTRIBUTES {
            self.errors.borrow_mut().limit(self.line.get(), "attributes of an element", MAX_ATTRIBUTES);
        }
        attributes.into_iter().take(MAX_ATTRIBUTES).map(|attribute| Attribute {
            name: qualified(attribute.name),
            value: String::from(&*attribute.value),
        })
    }

    fn create(&self, data: NodeData) -> Handle {
        let mut document = self.document.borrow_mut();
        let id = document.create(data);
        document.set_source_line(id, self.line.get());
        Handle::unnamed(id)
    }
}

/// The atoms are of the same kind; only the struct is another.
fn qualified(name: html5ever::QualName) -> QualName {
    QualName { prefix: name.prefix, namespace: name.ns, local: name.local }
}

impl TreeSink for DomSink {
    type Handle = Handle;
    type Output = ();
    type ElemName<'n>
        = ExpandedName<'n>
    where
        Self: 'n;

    fn finish(self) {}

    fn parse_error(&self, message: Cow<'static, str>) {
        self.errors.borrow_mut().report(self.line.get(), &message);
    }

    fn get_document(&self) -> Handle {
        Handle::unnamed(self.root)
    }

    fn elem_name<'n>(&'n self, target: &'n Handle) -> ExpandedName<'n> {
        ExpandedName { ns: &target.namespace, local: &target.local }
    }

    fn create_element(
        &self,
        name: html5ever::QualName,
        attributes: Vec<html5ever::Attribute>,
        flags: ElementFlags,
    ) -> Handle {
        let attributes = self.attributes(attributes);
        let mut document = self.document.borrow_mut();
        let (namespace, local) = (name.ns.clone(), name.local.clone());
        let id = document.create_element(qualified(name), attributes);
        document.set_source_line(id, self.line.get());
        if local == local_name!("selectedcontent") {
            self.selected_contents.borrow_mut().push(id);
        }
        Handle { id, namespace, local, is_integration_point: flags.mathml_annotation_xml_integration_point }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.create(NodeData::Comment(Box::from(&*text)))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.create(NodeData::ProcessingInstruction(Box::new(ProcessingInstruction {
            target: String::from(&*target),
            data: String::from(&*data),
        })))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.document.borrow_mut().append(parent.id, node.id);
                self.placed(&node, parent.id);
            }
            NodeOrText::AppendText(text) => self.document.borrow_mut().append_text(parent.id, &text),
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let Some(parent) = self.document.borrow().node(sibling.id).parent() else { return };
        match new_node {
            NodeOrText::AppendNode(node) => {
                self.document.borrow_mut().insert_before(sibling.id, node.id);
                self.placed(&node, parent);
            }
            NodeOrText::AppendText(text) => {
                self.document.borrow_mut().insert_text_before(sibling.id, &text);
            }
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.document.borrow().node(element.id).parent().is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous_element, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        let doctype = self.create(NodeData::Doctype(Box::new(Doctype {
            name: String::from(&*name),
            public_id: String::from(&*public_id),
            system_id: String::from(&*system_id),
        })));
        self.document.borrow_mut().append(self.root, doctype.id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents =
            self.document.borrow().element(target.id).and_then(|element| element.template_contents());
        let contents = contents.expect("the document gives every template its contents");
        self.set_depth(contents, self.depth(target.id));
        Handle::unnamed(contents)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, mode: tree_builder::QuirksMode) {
        self.document.borrow_mut().quirks_mode = match mode {
            tree_builder::QuirksMode::NoQuirks => QuirksMode::NoQuirks,
            tree_builder::QuirksMode::LimitedQuirks => QuirksMode::LimitedQuirks,
            tree_builder::QuirksMode::Quirks => QuirksMode::Quirks,
        };
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<html5ever::Attribute>) {
        let attributes = self.attributes(attributes);
        self.document.borrow_mut().add_missing_attributes(target.id, attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.document.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.document.borrow_mut().move_children(node.id, new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.is_integration_point
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// Declarative shadow trees are not built: such a template stays a template.
    fn allow_declarative_shadow_roots(&self, _intended_parent: &Handle) -> bool {
        false
    }
}
