//! SVG documents of their own, apart from the page: images, and files whose elements a page refers to.
//!
//! Such a document runs no scripts and loads nothing.
//! <https://svgwg.org/svg2-draft/conform.html#secure-static-mode>

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssSize;
use fanlight_css::media::{Device, MediaList};
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::values::compute::MissingMetrics;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{DocumentKind, ParserOptions, parse_document};
use fanlight_style::{DocumentSheet, StyleMap, StyleSet, resolve};
use rustc_hash::FxHashMap;

use super::ids_of;
use super::writer::Source;

/// A document with the styles that its own sheets and attributes give its elements.
pub(super) struct SvgDocument {
    document: Document,
    styles: StyleMap,
    ids: FxHashMap<String, NodeId>,
    /// Its `<svg>`.
    pub(super) root: NodeId,
}

impl SvgDocument {
    /// Reads and styles a document in a viewport of `size` in CSS px; nothing where its root element is no `<svg>`.
    pub(super) fn read(bytes: &[u8], size: CssSize) -> Option<Self> {
        let options = ParserOptions {
            kind: DocumentKind::Xml,
            ..ParserOptions::new("about:svg-image", Arc::new(Unheard))
        };
        let document = parse_document(bytes, &options);
        let root = document.document_element()?;
        let element = document.element(root)?;
        if element.name.namespace != ns!(svg) || element.name.local != local_name!("svg") {
            return None;
        }
        let mut set = StyleSet::new(&document, None, Device::new(size, 1.0), sheets(&document));
        let styles = resolve(&document, &mut set, &MissingMetrics, None, &Unheard).styles;
        let ids = ids_of(&document);
        Some(SvgDocument { document, styles, ids, root })
    }

    /// What it is drawn from.
    pub(super) fn source(&self) -> Source<'_> {
        Source { document: &self.document, styles: &self.styles, ids: &self.ids, linked: None }
    }
}

/// The style sheets of a document, without what they import.
/// <https://svgwg.org/svg2-draft/styling.html#StyleElement>
fn sheets(document: &Document) -> Vec<DocumentSheet> {
    let of = |node: NodeId| {
        let element = document.element(node).filter(|element| element.name.local == local_name!("style"))?;
        let kind = element.attribute(&local_name!("type")).unwrap_or_default();
        if !kind.is_empty() && !kind.eq_ignore_ascii_case("text/css") {
            return None;
        }
        let media = MediaList::parse_text(element.attribute(&local_name!("media")).unwrap_or_default());
        let options = ParseOptions { media, ..ParseOptions::new(Arc::clone(&document.url), Origin::Author) };
        let sheet = Stylesheet::parse(&document.text_content(node), &options, &Unheard);
        let sheet = SheetWithImports::new(Arc::new(sheet));
        Some(DocumentSheet { sheet, owner_parent: document.parent_element(node) })
    };
    document.descendants(NodeId::DOCUMENT).filter_map(of).collect()
}
