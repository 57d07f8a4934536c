//! The XML parser: quick-xml finds the markup, what XML adds to it is here.
//!
//! 1. [`parser`]: the text, entities' texts within it, pauses at scripts.
//! 2. [`doctype`]: the document type and its internal subset: entities, default attributes.
//! 3. [`attributes`]: attributes and their values.
//! 4. [`references`]: what `&...;` stands for.
//! 5. [`names`]: qualified names and the namespaces in scope.
//! 6. [`tree`]: makes the nodes.
//!
//! A document that is not well-formed ends at the error: what came before is kept, as in Chromium. XML is parsed when all
//! bytes have come, not before.
//!
//! <https://www.w3.org/TR/xml/>, <https://www.w3.org/TR/xml-names/>,
//! <https://html.spec.whatwg.org/multipage/xhtml.html#parsing-xhtml-documents>

mod attributes;
mod cursor;
mod doctype;
mod names;
mod parser;
mod references;
mod tree;

pub(crate) use parser::XmlParser;

/// Why a document is not well-formed: a clause without a full stop.
#[derive(Debug, PartialEq, Eq)]
struct IllFormed(String);

impl IllFormed {
    fn new(message: impl Into<String>) -> Self {
        IllFormed(message.into())
    }
}

/// <https://www.w3.org/TR/xml/#NT-S>
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// <https://www.w3.org/TR/xml/#NT-Char>
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
