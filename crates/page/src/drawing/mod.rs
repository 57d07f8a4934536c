//! The SVG in a page, drawn as its style sheets say.
//!
//! What draws SVG reads documents of their own, with attributes for properties. So the elements are written as such documents,
//! with what was computed for them, when painting asks for them; a document that has been drawn is not drawn again.
//!
//! - [`writer`]: elements as a document, with all that they refer to.
//! - [`properties`]: computed values as attributes. [`transform`], [`viewport`] and [`bounds`]: what has to be worked out for them.
//! - [`references`]: masks and filters for boxes that are no SVG. [`filter`]: what is special about filter primitives.
//! - [`pattern`]: fills that are better written as what they show.
//! - [`styled_image`]: images that are SVG documents with style sheets.

mod bounds;
mod filter;
mod pattern;
mod properties;
mod references;
mod styled_image;
#[cfg(test)]
mod tests;
mod transform;
mod viewport;
mod writer;

use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_css::values::url::CssUrl;
use fanlight_dom::{Document, NodeId};
use fanlight_image::{DecodeOptions, Image, SvgFilter, SvgFonts, decode};
use fanlight_paint::{MaskElement, MaskRequest};
use fanlight_style::StyleMap;
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::limits::MAX_DRAWINGS;
pub(crate) use styled_image::decode_svg;
use writer::{Source, Writer};

/// What has been drawn of a page's SVG.
#[derive(Default)]
pub(crate) struct Drawings(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The first element of each id; nothing while nobody has asked.
    ids: Option<Arc<FxHashMap<String, NodeId>>>,
    /// The outermost `<svg>` elements, by their size in CSS px.
    elements: FxHashMap<(NodeId, u32, u32), Option<Image>>,
    /// By the text of the document; nothing where it cannot be drawn. Holds over changes of the page.
    documents: FxHashMap<String, Option<Image>>,
}

/// What drawings are made of.
#[derive(Clone, Copy)]
pub(crate) struct DrawingInput<'a> {
    pub(crate) document: &'a Document,
    pub(crate) styles: &'a StyleMap,
    pub(crate) fonts: &'a Arc<dyn SvgFonts>,
    pub(crate) sink: &'a dyn DiagnosticSink,
}

impl Drawings {
    /// The document or its styles are others. What looks the same as before is not drawn again.
    pub(crate) fn outdate(&self) {
        let mut known = self.0.lock();
        known.ids = None;
        known.elements.clear();
    }

    /// The drawing that an outermost `<svg>` element is in a box of this size.
    /// <https://svgwg.org/svg2-draft/struct.html#SVGElement>
    pub(crate) fn element(&self, input: DrawingInput<'_>, node: NodeId, size: CssSize) -> Option<Image> {
        let mut known = self.0.lock();
        let key = (node, size.width.to_bits(), size.height.to_bits());
        if let Some(drawn) = known.elements.get(&key) {
            return drawn.clone();
        }
        let ids = known.ids(input.document);
        let text = Writer::outermost(input.source(&ids), node, size);
        let drawn = known.draw(input, text);
        known.elements.insert(key, drawn.clone());
        drawn
    }

    /// Whether a URL refers to a `<clipPath>` or a `<mask>`.
    pub(crate) fn has_mask(&self, input: DrawingInput<'_>, url: &CssUrl, element: MaskElement) -> bool {
        let Some(id) = url.local_fragment() else { return false };
        let ids = self.0.lock().ids(input.document);
        let wanted = references::mask_element_name(element);
        input.source(&ids).by_id(id, |name| name == wanted).is_some()
    }

    /// What a `<clipPath>` or `<mask>` leaves; nothing where the request names none.
    pub(crate) fn mask(&self, input: DrawingInput<'_>, request: &MaskRequest<'_>) -> Option<Image> {
        let mut known = self.0.lock();
        let ids = known.ids(input.document);
        let text = references::mask(input.source(&ids), request)?;
        known.draw(input, text)
    }

    /// A filter whose user space begins at `corner`, and whose parts are of `reference`; nothing where there is no `<filter>` with
    /// the id.
    pub(crate) fn filter(
        &self,
        input: DrawingInput<'_>,
        id: &str,
        corner: CssPoint,
        reference: CssRect,
    ) -> Option<SvgFilter> {
        let ids = self.0.lock().ids(input.document);
        references::filter(input.source(&ids), id, corner, reference)
    }
}

impl<'a> DrawingInput<'a> {
    fn source(&self, ids: &'a FxHashMap<String, NodeId>) -> Source<'a> {
        Source { document: self.document, styles: self.styles, ids }
    }
}

impl Known {
    fn ids(&mut self, document: &Document) -> Arc<FxHashMap<String, NodeId>> {
        Arc::clone(self.ids.get_or_insert_with(|| Arc::new(ids_of(document))))
    }

    fn draw(&mut self, input: DrawingInput<'_>, text: String) -> Option<Image> {
        if let Some(drawn) = self.documents.get(&text) {
            return drawn.clone();
        }
        let options = DecodeOptions { fonts: Some(Arc::clone(input.fonts)), ..DecodeOptions::default() };
        let drawn = match decode(text.as_bytes(), Some("image/svg+xml"), &options) {
            Ok(image) => Some(image),
            Err(error) => {
                let message = format!("an <svg> element cannot be drawn: {error}");
                input.sink.report(Diagnostic::new(Severity::Warning, Stage::Paint, message));
                None
            }
        };
        if self.documents.len() >= MAX_DRAWINGS {
            self.documents.clear();
        }
        self.documents.insert(text, drawn.clone());
        drawn
    }
}

/// The first element of each id.
fn ids_of(document: &Document) -> FxHashMap<String, NodeId> {
    let mut ids = FxHashMap::default();
    for node in document.descendants(NodeId::DOCUMENT) {
        if let Some(id) = document.element(node).and_then(|element| element.id()) {
            ids.entry(id.to_string()).or_insert(node);
        }
    }
    ids
}
