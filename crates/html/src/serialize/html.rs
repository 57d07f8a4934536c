//! <https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments>

use fanlight_base::{QualName, atoms::local_name, atoms::ns};
use fanlight_dom::{Document, ElementData, NodeData, NodeId};

use super::{Step, walk};
use crate::html::is_void;

pub(super) fn serialize(document: &Document, root: NodeId, scripting: bool, text: &mut String) {
    walk(document, root, |step| match step {
        Step::Enter(node) => enter(document, node, scripting, text),
        Step::Leave(node) => {
            if let Some(element) = document.element(node) {
                text.push_str("</");
                push_tag_name(&element.name, text);
                text.push('>');
            }
            true
        }
    });
}

/// Whether there is something below the node that belongs into the text.
fn enter(document: &Document, node: NodeId, scripting: bool, text: &mut String) -> bool {
    match document.node(node).data() {
        NodeData::Element(element) => {
            push_start_tag(element, text);
            return !(element.name.namespace == ns!(html) && is_void(&element.name.local));
        }
        NodeData::Text(characters) => {
            let parent = document.parent_element(node).and_then(|parent| document.element(parent));
            if parent.is_some_and(|parent| holds_raw_text(&parent.name, scripting)) {
                text.push_str(characters);
            } else {
                push_escaped(characters, false, text);
            }
        }
        NodeData::Comment(characters) => {
            text.push_str("<!--");
            text.push_str(characters);
            text.push_str("-->");
        }
        NodeData::ProcessingInstruction(instruction) => {
            text.push_str(&format!("<?{} {}>", instruction.target, instruction.data));
        }
        NodeData::Doctype(doctype) => text.push_str(&format!("<!DOCTYPE {}>", doctype.name)),
        NodeData::Document | NodeData::DocumentFragment => return true,
    }
    false
}

fn push_start_tag(element: &ElementData, text: &mut String) {
    text.push('<');
    push_tag_name(&element.name, text);
    for attribute in element.attributes() {
        text.push(' ');
        push_attribute_name(&attribute.name, text);
        text.push_str("=\"");
        push_escaped(&attribute.value, true, text);
        text.push('"');
    }
    text.push('>');
}

fn push_tag_name(name: &QualName, text: &mut String) {
    if !matches!(name.namespace, ns!(html) | ns!(svg) | ns!(mathml)) {
        push_prefix(name, text);
    }
    text.push_str(&name.local);
}

fn push_attribute_name(name: &QualName, text: &mut String) {
    match name.namespace {
        ns!() => {}
        ns!(xml) => text.push_str("xml:"),
        ns!(xmlns) if name.local == local_name!("xmlns") => {}
        ns!(xmlns) => text.push_str("xmlns:"),
        ns!(xlink) => text.push_str("xlink:"),
        _ => push_prefix(name, text),
    }
    text.push_str(&name.local);
}

fn push_prefix(name: &QualName, text: &mut String) {
    if let Some(prefix) = name.prefix.as_ref().filter(|prefix| !prefix.is_empty()) {
        text.push_str(prefix);
        text.push(':');
    }
}

fn holds_raw_text(name: &QualName, scripting: bool) -> bool {
    name.namespace == ns!(html)
        && match name.local {
            local_name!("style")
            | local_name!("script")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext") => true,
            local_name!("noscript") => scripting,
            _ => false,
        }
}

/// <https://html.spec.whatwg.org/multipage/parsing.html#escapingString>
fn push_escaped(characters: &str, in_attribute: bool, text: &mut String) {
    let mut rest = characters;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\u{A0}']) {
        text.push_str(&rest[..at]);
        let c = rest[at..].chars().next().unwrap_or_default();
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\u{A0}' => text.push_str("&nbsp;"),
            _ if in_attribute => text.push_str("&quot;"),
            _ => text.push('"'),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    text.push_str(rest);
}
