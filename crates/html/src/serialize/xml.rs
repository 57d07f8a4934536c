//! <https://w3c.github.io/DOM-Parsing/#xml-serialization>. Prefixes are kept as they are; declarations are added where a name
//! would otherwise be in another namespace.

use fanlight_base::{Namespace, QualName, atoms::local_name, atoms::ns};
use fanlight_dom::{Document, ElementData, NodeData, NodeId};

use super::{Step, content_of, walk};
use crate::html::is_void;

pub(super) fn serialize(document: &Document, root: NodeId, text: &mut String) {
    let mut scope = Scope { bindings: Vec::new(), outside: Vec::new() };
    walk(document, root, |step| match step {
        Step::Enter(node) => enter(document, node, &mut scope, text),
        Step::Leave(node) => {
            if let Some(element) = document.element(node) {
                text.push_str("</");
                push_name(element.name.prefix.as_deref(), &element.name.local, text);
                text.push('>');
                scope.leave();
            }
            true
        }
    });
}

/// The prefixes that are declared around the element being written.
struct Scope {
    /// Prefix (empty for the default namespace) and namespace, innermost last.
    bindings: Vec<(String, Namespace)>,
    /// How many bindings there were outside of each open element.
    outside: Vec<usize>,
}

impl Scope {
    fn lookup(&self, prefix: &str) -> Namespace {
        match prefix {
            "xml" => ns!(xml),
            "xmlns" => ns!(xmlns),
            _ => {
                let bound = self.bindings.iter().rev().find(|(bound, _)| bound == prefix);
                bound.map_or(ns!(), |(_, namespace)| namespace.clone())
            }
        }
    }

    fn enter(&mut self) {
        self.outside.push(self.bindings.len());
    }

    fn leave(&mut self) {
        if let Some(len) = self.outside.pop() {
            self.bindings.truncate(len);
        }
    }

    /// Declares the prefix, unless it stands for the namespace already.
    fn require(&mut self, prefix: &str, namespace: &Namespace, text: &mut String) {
        if self.lookup(prefix) == *namespace || (!prefix.is_empty() && *namespace == ns!()) {
            return;
        }
        self.bindings.push((prefix.to_owned(), namespace.clone()));
        text.push_str(" xmlns");
        if !prefix.is_empty() {
            text.push(':');
            text.push_str(prefix);
        }
        push_value(namespace, text);
    }
}

/// Whether there is something below the node that belongs into the text.
fn enter(document: &Document, node: NodeId, scope: &mut Scope, text: &mut String) -> bool {
    match document.node(node).data() {
        NodeData::Element(element) => {
            scope.enter();
            push_start_tag(element, scope, text);
            let is_empty = document.node(content_of(document, node)).first_child().is_none();
            let is_html = element.name.namespace == ns!(html);
            if !is_empty || (is_html && !is_void(&element.name.local)) {
                text.push('>');
                return true;
            }
            // Parsers of HTML understand it only with the blank.
            text.push_str(if is_html { " />" } else { "/>" });
            scope.leave();
        }
        NodeData::Text(characters) => push_escaped(characters, false, text),
        NodeData::Comment(characters) => {
            text.push_str("<!--");
            text.push_str(characters);
            text.push_str("-->");
        }
        NodeData::ProcessingInstruction(instruction) => {
            text.push_str(&format!("<?{} {}?>", instruction.target, instruction.data))
        }
        NodeData::Doctype(doctype) => {
            text.push_str("<!DOCTYPE ");
            text.push_str(&doctype.name);
            match (doctype.public_id.as_str(), doctype.system_id.as_str()) {
                ("", "") => {}
                ("", system) => text.push_str(&format!(" SYSTEM \"{system}\"")),
                (public, "") => text.push_str(&format!(" PUBLIC \"{public}\"")),
                (public, system) => text.push_str(&format!(" PUBLIC \"{public}\" \"{system}\"")),
            }
            text.push('>');
        }
        NodeData::Document | NodeData::DocumentFragment => return true,
    }
    false
}

fn push_start_tag(element: &ElementData, scope: &mut Scope, text: &mut String) {
    text.push('<');
    push_name(element.name.prefix.as_deref(), &element.name.local, text);
    // The element's own declarations come first: the names depend on them.
    for attribute in element.attributes().iter().filter(|attribute| attribute.name.namespace == ns!(xmlns)) {
        let prefix = declared_prefix(&attribute.name);
        scope.bindings.push((prefix.to_owned(), Namespace::from(attribute.value.as_str())));
        text.push_str(" xmlns");
        if !prefix.is_empty() {
            text.push(':');
            text.push_str(prefix);
        }
        push_value(&attribute.value, text);
    }
    scope.require(element.name.prefix.as_deref().unwrap_or_default(), &element.name.namespace, text);
    for attribute in element.attributes().iter().filter(|attribute| attribute.name.namespace != ns!(xmlns)) {
        let name = &attribute.name;
        if name.namespace == ns!() {
            push_attribute(None, &name.local, &attribute.value, text);
            continue;
        }
        let prefix = match &name.prefix {
            Some(prefix) if !prefix.is_empty() => prefix.to_string(),
            _ if name.namespace == ns!(xml) => "xml".to_owned(),
            _ if name.namespace == ns!(xlink) => "xlink".to_owned(),
            _ => format!("ns{}", scope.bindings.len() + 1),
        };
        scope.require(&prefix, &name.namespace, text);
        push_attribute(Some(&prefix), &name.local, &attribute.value, text);
    }
}

/// Which prefix an attribute of the namespace `xmlns` declares.
fn declared_prefix(name: &QualName) -> &str {
    if name.local == local_name!("xmlns") { "" } else { &name.local }
}

fn push_attribute(prefix: Option<&str>, local: &str, value: &str, text: &mut String) {
    text.push(' ');
    push_name(prefix, local, text);
    push_value(value, text);
}

fn push_name(prefix: Option<&str>, local: &str, text: &mut String) {
    if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
        text.push_str(prefix);
        text.push(':');
    }
    text.push_str(local);
}

fn push_value(value: &str, text: &mut String) {
    text.push_str("=\"");
    push_escaped(value, true, text);
    text.push('"');
}

fn push_escaped(characters: &str, in_attribute: bool, text: &mut String) {
    for c in characters.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' if in_attribute => text.push_str("&quot;"),
            '\t' if in_attribute => text.push_str("&#9;"),
            '\n' if in_attribute => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            c => text.push(c),
        }
    }
}
