//! What the tests of this crate share.

use fanlight_base::diagnostics::Unheard;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{ParserOptions, parse_document};

/// Parses HTML. Without a doctype that is quirks mode.
pub(crate) fn parse(html: &str) -> Document {
    parse_document(html.as_bytes(), &ParserOptions::new("about:test", &Unheard))
}

/// Parses HTML in no-quirks mode.
pub(crate) fn parse_standard(html: &str) -> Document {
    parse(&format!("<!DOCTYPE html>{html}"))
}

/// The node of an id.
pub(crate) fn by_id(document: &Document, id: &str) -> NodeId {
    document.element_by_id(id).unwrap_or_else(|| panic!("no element has the id {id}"))
}
