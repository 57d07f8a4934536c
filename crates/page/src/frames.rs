//! Pages inside a page. <https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-iframe-element>
//!
//! A frame is a page of its own with the same pipeline, and one replaced fragment in its parent.

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::geometry::{CssSize, inset};
use fanlight_base::{Diagnostic, DiagnosticSink, Observer, Severity, Stage};
use fanlight_dom::NodeId;
use fanlight_fetch::Url;
use fanlight_layout::{BoxSource, Fragment};
use fanlight_paint::ScrollBars;

use crate::error_page::error_page;
use crate::loader::discover::is_lazy;
use crate::loader::policies::{Embedding, Navigable};
use crate::options::{PageOptions, Source};
use crate::page::{Page, Progress};
use crate::pipeline::View;

/// How deep pages may hold pages; a page can hold itself.
const MAX_FRAME_DEPTH: usize = 8;
/// How many pages a page may hold.
const MAX_FRAMES: usize = 256;

impl Page {
    /// Starts the page that an element shows, where it is a frame. One that loads lazily waits until it `is_near` the
    /// viewport.
    pub(crate) fn start_frame_of(&mut self, node: NodeId, is_near: bool) {
        if self.frame_depth >= MAX_FRAME_DEPTH || self.frames.len() >= MAX_FRAMES {
            return;
        }
        let Some(source) = self.frame_source(node) else { return };
        let is_lazy = self
            .document
            .element(node)
            .is_some_and(|element| element.is_html(&local_name!("iframe")) && is_lazy(element));
        if is_lazy && !is_near && self.loader.in_view.defers(node, &self.options) {
            return;
        }
        self.show_in_frame(node, source, self.embedding(node));
    }

    fn show_in_frame(&mut self, node: NodeId, source: Source, embedding: Option<Embedding>) {
        let scroll_bars = match self.options.scroll_bars {
            ScrollBars::Hidden => ScrollBars::Hidden,
            ScrollBars::Containers | ScrollBars::Overlay => ScrollBars::Overlay,
        };
        let viewport = CssSize::new(300.0, 150.0);
        let options = PageOptions { viewport, scroll_bars, ..self.options.clone() };
        let navigable = embedding.map_or(Navigable::Window { from: None }, Navigable::Frame);
        let page = Page::start_frame(&self.environment, source, options, self.frame_depth + 1, navigable);
        page.set_waker(self.signal.raiser());
        self.frames.insert(node, page);
        // Bytes that are at hand wake nobody.
        self.signal.raise();
    }

    fn frame_source(&self, node: NodeId) -> Option<Source> {
        let element = self.document.element(node).filter(|element| element.name.namespace == ns!(html))?;
        let attribute = match element.name.local {
            local_name!("iframe") | local_name!("frame") => local_name!("src"),
            local_name!("object") if !self.is_image_type(element.attribute(&local_name!("type"))) => {
                local_name!("data")
            }
            _ => return None,
        };
        if let Some(html) = element.attribute(&local_name!("srcdoc")) {
            return Some(Source::Bytes(html.as_bytes().to_vec()));
        }
        let url: Url = self.loader.base_url().join(element.attribute(&attribute)?.trim()).ok()?;
        // A page that holds itself shows nothing inside.
        let is_self = url == *self.loader.url();
        (url.scheme() != "javascript" && !is_self).then_some(Source::Url(url))
    }

    /// Whether an `<object>` says that it is an image, or says nothing, which its bytes then tell.
    fn is_image_type(&self, mime_type: Option<&str>) -> bool {
        mime_type.is_none_or(|mime_type| mime_type.trim().to_ascii_lowercase().starts_with("image/"))
    }

    /// Lets the pages inside go on with what has come.
    pub(crate) fn advance_frames(&mut self, observer: &dyn Observer) {
        let (document, sink, mut failed) = (&self.document, &*self.diagnostics, false);
        let mut refused = Vec::new();
        self.frames.retain(|&node, page| {
            if page.is_loading() {
                let progress = page.advance(observer);
                let is_object =
                    document.element(node).is_some_and(|element| element.is_html(&local_name!("object")));
                if let Progress::Failed(error) = &progress {
                    let message = format!("a frame is missing: {error}");
                    sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
                    failed = true;
                    if !is_object && error.is_forbidden() {
                        refused.push((node, error_page(page.address(), error)));
                    }
                }
                // What came with an HTTP error is shown in frames, but an object shows what is in it instead.
                if is_object
                    && (page.loader.http_error().is_some() || matches!(progress, Progress::Failed(_)))
                {
                    failed = true;
                    return false;
                }
            }
            true
        });
        self.pipeline.layout_changes.boxes |= failed;
        for (node, source) in refused {
            // The page in place of the one that may not be shown is of nobody's origin.
            self.show_in_frame(node, source, None);
        }
    }

    pub(crate) fn frames_are_loading(&self) -> bool {
        self.frames.values().any(Page::is_loading)
    }

    /// Paints the pages inside, each for a viewport as large as its box.
    pub(crate) fn paint_frames(&mut self, observer: &dyn Observer) {
        if self.frames.is_empty() {
            return;
        }
        let sizes = self.frame_sizes();
        let mut frames = std::mem::take(&mut self.frames);
        for (node, page) in &mut frames {
            let Some(size) = sizes.iter().find(|(other, _)| other == node).map(|(_, size)| *size) else {
                continue;
            };
            page.set_viewport(size, self.options.scale);
            page.update(Stage::Layout, observer);
            page.paint_frames(observer);
            page.update_paint(View::Viewport, observer);
            if let Some(painted) = &page.pipeline.list {
                let list = Arc::clone(&painted.list);
                let known = self.frame_lists.insert(*node, Arc::clone(&list));
                if known.is_none_or(|known| !Arc::ptr_eq(&known, &list)) {
                    self.pipeline.outdate_painting();
                }
            }
        }
        self.frames = frames;
    }

    /// The content boxes of the frames, in CSS px.
    fn frame_sizes(&self) -> Vec<(NodeId, CssSize)> {
        let Some(layout) = &self.pipeline.layout else { return Vec::new() };
        let mut sizes = Vec::new();
        let mut pending: Vec<Fragment> = vec![Fragment::Box(Arc::clone(&layout.root))];
        while let Some(fragment) = pending.pop() {
            if let Fragment::Box(fragment) = &fragment
                && let BoxSource::Node(node) = layout.boxes.get(fragment.style.box_id).source
                && self.frames.contains_key(&node)
            {
                let border_box = fanlight_base::geometry::LayoutRect::from_size(fragment.size);
                let content = inset(border_box, fragment.border + fragment.padding);
                sizes.push((node, CssSize::new(content.size.width.to_f32(), content.size.height.to_f32())));
            }
            pending.extend(fragment.children().iter().map(|link| link.fragment.clone()));
        }
        sizes
    }
}
