//! The SVG in a page, drawn as its style sheets say.
//!
//! What draws SVG reads documents of their own, with attributes for properties. So the elements are written as such documents,
//! with what was computed for them, when painting asks for them; a document that has been drawn is not drawn again.
//!
//! - [`writer`]: elements as a document, with all that they refer to.
//! - [`properties`]: computed values as attributes. [`transform`], [`viewport`] and [`bounds`]: what has to be worked out for them.
//! - [`references`]: masks and filters for boxes that are no SVG. [`filter`]: what is special about filter primitives.
//! - [`pattern`]: fills that are better written as what they show.
//! - [`linked`]: other files that elements refer to. [`svg_document`]: those that are documents.
//! - [`styled_image`]: images that are SVG documents with style sheets.

mod bounds;
mod filter;
mod linked;
mod pattern;
mod properties;
mod references;
mod styled_image;
mod svg_document;
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
pub(crate) use linked::LinkedFiles;
use linked::{Linked, ReadDocuments};
pub(crate) use styled_image::decode_svg;
use writer::{Source, Writer, Written};

/// What has been drawn of a page's SVG.
#[derive(Default)]
pub(crate) struct Drawings {
    known: Mutex<Known>,
    /// The other files that have been read as documents.
    documents: ReadDocuments,
}

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
    pub(crate) files: LinkedFiles<'a>,
    pub(crate) sink: &'a dyn DiagnosticSink,
}

impl Drawings {
    /// The document or its styles are others. What looks the same as before is not drawn again.
    pub(crate) fn outdate(&self) {
        let mut known = self.known.lock();
        known.ids = None;
        known.elements.clear();
    }

    /// The drawing that an outermost `<svg>` element is in a box of this size.
    /// <https://svgwg.org/svg2-draft/struct.html#SVGElement>
    pub(crate) fn element(&self, input: DrawingInput<'_>, node: NodeId, size: CssSize) -> Option<Image> {
        let mut known = self.known.lock();
        let key = (node, size.width.to_bits(), size.height.to_bits());
        if let Some(drawn) = known.elements.get(&key) {
            return drawn.clone();
        }
        let ids = known.ids(input.document);
        let written = Writer::outermost(self.source(input, &ids), node, size);
        let drawn = known.draw(input, written);
        known.elements.insert(key, drawn.clone());
        drawn
    }

    /// Whether a URL refers to a `<clipPath>` or a `<mask>`.
    pub(crate) fn has_mask(&self, input: DrawingInput<'_>, url: &CssUrl, element: MaskElement) -> bool {
        let wanted = references::mask_element_name(element);
        let found = self.with_target(input, url, |source, id| source.by_id(id, |name| name == wanted));
        found.is_some()
    }

    /// What a `<clipPath>` or `<mask>` leaves; nothing where the request names none.
    pub(crate) fn mask(&self, input: DrawingInput<'_>, request: &MaskRequest<'_>) -> Option<Image> {
        let written =
            self.with_target(input, request.url, |source, id| references::mask(source, id, request))?;
        self.known.lock().draw(input, written)
    }

    /// A filter whose user space begins at `corner`, and whose parts are of `reference`; nothing where the URL refers to no
    /// `<filter>`.
    pub(crate) fn filter(
        &self,
        input: DrawingInput<'_>,
        url: &CssUrl,
        corner: CssPoint,
        reference: CssRect,
    ) -> Option<SvgFilter> {
        self.with_target(input, url, |source, id| references::filter(source, id, corner, reference))
    }

    /// Calls `work` with the document that a URL refers to, the page or another, and the id in it.
    fn with_target<T>(
        &self,
        input: DrawingInput<'_>,
        url: &CssUrl,
        work: impl FnOnce(Source<'_>, &str) -> Option<T>,
    ) -> Option<T> {
        if let Some(id) = url.local_fragment() {
            let ids = self.known.lock().ids(input.document);
            return work(self.source(input, &ids), id);
        }
        let (document, id) = self.linked(input).document(url.resolved.as_deref()?)?;
        work(document.source(), &id)
    }

    fn source<'a>(&'a self, input: DrawingInput<'a>, ids: &'a FxHashMap<String, NodeId>) -> Source<'a> {
        let DrawingInput { document, styles, .. } = input;
        Source { document, styles, ids, linked: Some(self.linked(input)) }
    }

    fn linked<'a>(&'a self, input: DrawingInput<'a>) -> Linked<'a> {
        Linked { files: input.files, read: &self.documents }
    }
}

impl Known {
    fn ids(&mut self, document: &Document) -> Arc<FxHashMap<String, NodeId>> {
        Arc::clone(self.ids.get_or_insert_with(|| Arc::new(ids_of(document))))
    }

    fn draw(&mut self, input: DrawingInput<'_>, Written { text, images }: Written) -> Option<Image> {
        if let Some(drawn) = self.documents.get(&text) {
            return drawn.clone();
        }
        let options = DecodeOptions {
            fonts: Some(Arc::clone(input.fonts)),
            linked_images: images,
            ..DecodeOptions::default()
        };
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
