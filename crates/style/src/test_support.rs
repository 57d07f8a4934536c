//! What the tests of this crate share.

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssSize;
use fanlight_css::media::Device;
use fanlight_css::properties::{ComputedStyle, LonghandId, PropertyId};
use fanlight_css::selectors::PseudoElement;
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::values::compute::MissingMetrics;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{ParserOptions, parse_document};

use crate::{DocumentSheet, Previous, Resolved, StyleMap, StyleSet, resolve};

/// Parses HTML. Without a doctype that is quirks mode.
pub(crate) fn parse(html: &str) -> Document {
    parse_document(html.as_bytes(), &ParserOptions::new("about:test", Arc::new(Unheard)))
}

/// Parses HTML in no-quirks mode.
pub(crate) fn parse_standard(html: &str) -> Document {
    parse(&format!("<!DOCTYPE html>{html}"))
}

/// The node of an id.
pub(crate) fn by_id(document: &Document, id: &str) -> NodeId {
    document.element_by_id(id).unwrap_or_else(|| panic!("no element has the id {id}"))
}

/// A sheet of CSS text.
pub(crate) fn sheet(css: &str, origin: Origin) -> DocumentSheet {
    let options = ParseOptions::new("test:sheet.css", origin);
    let sheet = Arc::new(Stylesheet::parse(css, &options, &Unheard));
    DocumentSheet { sheet: SheetWithImports::new(sheet), owner_parent: None }
}

/// A window of 800 by 600 CSS px.
pub(crate) fn device() -> Device {
    Device::new(CssSize::new(800.0, 600.0), 1.0)
}

/// A document with its sheets and its styles.
pub(crate) struct Page {
    pub(crate) document: Document,
    pub(crate) set: StyleSet,
    pub(crate) styles: StyleMap,
}

impl Page {
    /// A page in no-quirks mode with one sheet.
    pub(crate) fn new(html: &str, css: &str) -> Page {
        Page::with_sheets(parse_standard(html), vec![sheet(css, Origin::Author)])
    }

    /// A page of a document.
    pub(crate) fn with_sheets(document: Document, sheets: Vec<DocumentSheet>) -> Page {
        let mut set = StyleSet::new(&document, None, device(), sheets);
        let styles = resolve(&document, &mut set, &MissingMetrics, None, &Unheard).styles;
        Page { document, set, styles }
    }

    /// Styles the page again after mutations, and hands out what changed.
    pub(crate) fn update(&mut self) -> Resolved {
        let mutations = self.document.take_mutations();
        let previous = Previous { styles: std::mem::take(&mut self.styles), mutations: &mutations };
        let resolved = resolve(&self.document, &mut self.set, &MissingMetrics, Some(previous), &Unheard);
        self.styles = resolved.styles.clone();
        resolved
    }

    /// The style of the element of an id.
    pub(crate) fn style(&self, id: &str) -> &Arc<ComputedStyle> {
        self.styles.get(by_id(&self.document, id)).expect("elements of the document have styles")
    }

    /// A computed value as text.
    #[track_caller]
    pub(crate) fn value(&self, id: &str, property: &str) -> String {
        value(self.style(id), property)
    }

    /// A computed value of a pseudo-element as text; `None` where there is no such pseudo-element.
    #[track_caller]
    pub(crate) fn pseudo_value(&self, id: &str, pseudo: &PseudoElement, property: &str) -> Option<String> {
        let style = self.styles.pseudo(by_id(&self.document, id), pseudo)?;
        Some(value(style, property))
    }
}

#[track_caller]
fn value(style: &ComputedStyle, property: &str) -> String {
    let mut text = String::new();
    style.write_value(longhand(property), &mut text);
    text
}

#[track_caller]
fn longhand(name: &str) -> LonghandId {
    match PropertyId::from_name(name) {
        Some(PropertyId::Longhand(id)) => id,
        other => panic!("{name} is {other:?}"),
    }
}
