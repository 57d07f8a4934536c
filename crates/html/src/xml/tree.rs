//! Makes the nodes of an XML document.

use fanlight_base::{QualName, atoms::local_name, atoms::ns};
use fanlight_dom::{Attribute, Doctype, Document, ElementData, NodeData, NodeId, ProcessingInstruction};

use super::IllFormed;
use super::attributes::attributes;
use super::doctype::DocumentType;
use super::is_blank;
use super::names::{Namespaces, is_name};
use super::references::{Expansion, attribute_value};
use crate::errors::ParseErrors;
use crate::limits::MAX_TREE_DEPTH;

/// The document and the elements that are open.
pub(super) struct Tree {
    pub(super) document: Document,
    pub(super) errors: ParseErrors,
    pub(super) doctype: DocumentType,
    pub(super) expansion: Expansion,
    open: Vec<OpenElement>,
    namespaces: Namespaces,
    has_root: bool,
    has_doctype: bool,
}

struct OpenElement {
    /// The name as the tag has it.
    name: String,
    node: NodeId,
    /// Where its children go: into the contents where it is a template.
    children: NodeId,
    /// How many namespaces were in scope outside.
    namespaces_outside: usize,
}

impl Tree {
    pub(super) fn new(document: Document, errors: ParseErrors) -> Self {
        Tree {
            document,
            errors,
            doctype: DocumentType::default(),
            expansion: Expansion::default(),
            open: Vec::new(),
            namespaces: Namespaces::default(),
            has_root: false,
            has_doctype: false,
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn open_elements(&self) -> Vec<NodeId> {
        self.open.iter().map(|open| open.node).collect()
    }

    fn parent(&self) -> NodeId {
        self.open.last().map_or(NodeId::DOCUMENT, |open| open.children)
    }

    fn append(&mut self, data: NodeData, line: u32) {
        let node = self.document.create(data);
        self.document.set_source_line(node, line);
        let parent = self.parent();
        self.document.append(parent, node);
    }

    /// `declaration` is what stands between `<!DOCTYPE` and `>`.
    pub(super) fn doctype(&mut self, declaration: &str, line: u32) -> Result<Doctype, IllFormed> {
        if self.has_root || self.has_doctype {
            return Err(IllFormed::new("a document type may stand only once, and before the root element"));
        }
        self.has_doctype = true;
        let doctype = self.doctype.read(declaration)?;
        self.append(NodeData::Doctype(Box::new(doctype.clone())), line);
        Ok(doctype)
    }

    pub(super) fn comment(&mut self, text: &str, line: u32) -> Result<(), IllFormed> {
        if text.contains("--") || text.ends_with('-') {
            return Err(IllFormed::new("'--' is not allowed in a comment"));
        }
        self.append(NodeData::Comment(text.into()), line);
        Ok(())
    }

    pub(super) fn processing_instruction(
        &mut self,
        target: &str,
        data: &str,
        line: u32,
    ) -> Result<(), IllFormed> {
        if !is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(IllFormed(format!("'{target}' is no target of a processing instruction")));
        }
        self.append(
            NodeData::ProcessingInstruction(Box::new(ProcessingInstruction {
                target: target.to_owned(),
                data: data.to_owned(),
            })),
            line,
        );
        Ok(())
    }

    /// Characters of content, references resolved.
    pub(super) fn characters(&mut self, text: &str) -> Result<(), IllFormed> {
        if self.open.is_empty() {
            return if text.chars().all(is_blank) {
                Ok(())
            } else {
                Err(IllFormed::new("text is not allowed outside of the root element"))
            };
        }
        let parent = self.parent();
        self.document.append_text(parent, text);
        Ok(())
    }

    /// `tag` is what follows the name in the tag, without `/`.
    pub(super) fn start_element(&mut self, name: &str, tag: &str, line: u32) -> Result<(), IllFormed> {
        if !is_name(name) {
            return Err(IllFormed(format!("'{name}' is no name of an element")));
        }
        if self.open.is_empty() && self.has_root {
            return Err(IllFormed(format!("'{name}' is a second root element")));
        }
        if self.open.len() >= usize::from(MAX_TREE_DEPTH) {
            return Err(IllFormed(format!("elements are more than {MAX_TREE_DEPTH} levels deep")));
        }
        let namespaces_outside = self.namespaces.len();
        let values = self.values(name, tag)?;
        for (name, value) in &values {
            self.namespaces.declare(name, value);
        }
        let (qualified, bound) = self.namespaces.element_name(name);
        if bound.is_err() {
            self.unbound(name, line);
        }
        let attributes = self.attributes(values, line)?;
        let node = self.document.create_element(qualified, attributes);
        self.document.set_source_line(node, line);
        let parent = self.parent();
        self.document.append(parent, node);
        self.has_root = true;
        let children = self.document.element(node).and_then(ElementData::template_contents).unwrap_or(node);
        self.open.push(OpenElement { name: name.to_owned(), node, children, namespaces_outside });
        Ok(())
    }

    /// Names as written and values, those that the document type adds included.
    fn values(&mut self, element: &str, tag: &str) -> Result<Vec<(String, String)>, IllFormed> {
        let mut values = Vec::new();
        for (name, raw) in attributes(tag)? {
            let value = attribute_value(raw, &self.doctype, &mut self.expansion)?;
            values.push((name.to_owned(), value));
        }
        for default in self.doctype.defaults(element) {
            if values.iter().all(|(name, _)| *name != default.name) {
                let value = attribute_value(&default.value, &self.doctype, &mut self.expansion)?;
                values.push((default.name.clone(), value));
            }
        }
        Ok(values)
    }

    fn attributes(&mut self, values: Vec<(String, String)>, line: u32) -> Result<Vec<Attribute>, IllFormed> {
        let mut attributes: Vec<Attribute> = Vec::with_capacity(values.len());
        for (name, value) in values {
            let (qualified, bound) = self.namespaces.attribute_name(&name);
            if bound.is_err() {
                self.unbound(&name, line);
            }
            let is_same = |present: &Attribute| {
                present.name.local == qualified.local && present.name.namespace == qualified.namespace
            };
            if attributes.iter().any(is_same) {
                return Err(IllFormed(format!("the attribute '{name}' stands twice")));
            }
            attributes.push(Attribute { name: qualified, value });
        }
        Ok(attributes)
    }

    fn unbound(&mut self, name: &str, line: u32) {
        self.errors.report(line, &format!("no namespace is declared for the prefix of '{name}'"));
    }

    /// The script that ended, where it was one.
    pub(super) fn end_element(&mut self, name: &str) -> Result<Option<NodeId>, IllFormed> {
        let Some(open) = self.open.pop_if(|open| open.name == name) else {
            return Err(IllFormed(match self.open.last() {
                Some(open) => format!("</{name}> stands where </{}> is expected", open.name),
                None => format!("</{name}> ends no element"),
            }));
        };
        self.namespaces.truncate(open.namespaces_outside);
        let is_script = self.document.element(open.node).is_some_and(|element| is_script(&element.name));
        Ok(is_script.then_some(open.node))
    }

    /// Nothing more comes.
    pub(super) fn end(&self) -> Result<(), IllFormed> {
        match self.open.last() {
            Some(open) => Err(IllFormed(format!("the element <{}> is not closed", open.name))),
            None if !self.has_root => Err(IllFormed::new("there is no root element")),
            None => Ok(()),
        }
    }
}

fn is_script(name: &QualName) -> bool {
    name.local == local_name!("script") && (name.namespace == ns!(html) || name.namespace == ns!(svg))
}
