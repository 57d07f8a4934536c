//! Bringing the artefacts up to date, stage by stage.

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::geometry::{CssRect, CssSize, DeviceSize, LayoutSize};
use fanlight_base::{Diagnostic, DiagnosticSink, LayoutUnit, Observer, Rgba, Severity, Stage, reused, run};
use fanlight_composite::{CompositeOptions, Composited, composite};
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_dom::{Document, Mutation, NodeId};
use fanlight_layout::geometry::content_box_sizes;
use fanlight_layout::{LayoutChanges, LayoutInput, PreviousLayout, layout};
use fanlight_paint::{PaintInput, ScrollOffsets, paint};
use fanlight_style::{DocumentSheet, Previous, Resolved, StyleMap, StyleSet, resolve};

use super::{PaintedList, Pipeline, View};
use crate::content::PageContent;
use crate::device;
use crate::drawing::{DrawingInput, LinkedFiles};
use crate::font_metrics::PageFontMetrics;
use crate::limits;
use crate::page::Page;

impl Page {
    /// Brings the artefacts up to date as far as a stage. What still holds is told as reused.
    pub fn update(&mut self, until: Stage, observer: &dyn Observer) {
        if !self.loader.can_paint() {
            return;
        }
        if until >= Stage::Style {
            self.update_style(observer);
            self.settle_containers(observer);
        }
        if until >= Stage::Layout {
            self.update_layout(observer);
        }
        if until >= Stage::Paint {
            self.update_paint(View::Viewport, observer);
        }
        if until >= Stage::Composite {
            self.update_composite(observer);
        }
    }

    /// Paints and draws what is laid out, though the document may have changed since.
    pub(crate) fn repaint(&mut self, observer: &dyn Observer) {
        self.update_paint(View::Viewport, observer);
        self.update_composite(observer);
    }

    fn update_style(&mut self, observer: &dyn Observer) {
        self.take_in_sheets();
        if !self.pipeline.styles_outdated && !self.document.has_mutations() {
            if let Some(resolved) = &self.pipeline.resolved {
                reused(Stage::Style, observer, resolved);
            }
            return;
        }
        self.pipeline.styles_outdated = false;
        let mutations = self.document.take_mutations();
        self.document.record_mutations();
        let previous = self.pipeline.resolved.take().map(|resolved| resolved.styles);
        let metrics = PageFontMetrics(&self.pipeline.fonts);
        let Some(set) = &mut self.pipeline.set else { return };
        let document = &self.document;
        let resolved = run(Stage::Style, observer, || {
            let previous = previous.map(|styles| Previous { styles, mutations: &mutations });
            resolve(document, set, &metrics, previous, &*self.diagnostics)
        });
        self.pipeline.layout_changes.add(document, &resolved, &mutations);
        self.pipeline.drawings.outdate();
        if mutations.iter().any(|mutation| changes_drawing(document, mutation)) {
            self.pipeline.outdate_painting();
        }
        self.pipeline.resolved = Some(resolved);
        self.pipeline.style_images_unasked = true;
    }

    /// Lays out and styles again until the styles are made with the sizes that layout gives their query containers. A
    /// container inside of another settles after it; pages without containers pass.
    fn settle_containers(&mut self, observer: &dyn Observer) {
        for _ in 0..limits::CONTAINER_PASSES {
            let is_settled = |resolved: &Resolved| resolved.styles.size_containers().is_empty();
            if self.pipeline.resolved.as_ref().is_none_or(is_settled) {
                return;
            }
            self.update_layout(observer);
            let Pipeline { set: Some(set), resolved: Some(resolved), layout: Some(layout), .. } =
                &mut self.pipeline
            else {
                return;
            };
            let containers = resolved.styles.size_containers();
            let sizes = content_box_sizes(layout, &|node| containers.contains(&node));
            if !set.take_in_container_sizes(sizes.into_iter().collect()) {
                return;
            }
            self.pipeline.styles_outdated = true;
            self.update_style(observer);
        }
        self.diagnostics.report(
            Diagnostic::new(Severity::Warning, Stage::Style, "the sizes of query containers do not settle")
                .with_hint(
                    "they are nested too deep; what is inside of the innermost is styled for older sizes",
                ),
        );
    }

    /// Makes the style sheets and the device ready for matching, where they are others than before.
    pub(crate) fn take_in_sheets(&mut self) {
        if !std::mem::take(&mut self.pipeline.sheets_changed) {
            return;
        }
        self.user_sheet();
        let sheets = self.document_sheets();
        let device = device::of(&self.options);
        match &mut self.pipeline.set {
            Some(set) => self.pipeline.styles_outdated |= set.update(&device, &sheets),
            None => {
                let base = Arc::new(self.loader.base_url().clone());
                let set = StyleSet::new(&self.document, Some(base), device, sheets);
                let set = set.with_attribute_filter(self.style_attribute_filter());
                self.pipeline.set = Some(set.with_frame_margins(self.frame_margins));
                self.pipeline.styles_outdated = true;
            }
        }
    }

    /// The page's sheets in order, the user's among them.
    pub(crate) fn document_sheets(&self) -> Vec<DocumentSheet> {
        let user = self.pipeline.user_sheet.clone().map(|sheet| DocumentSheet { sheet, owner_parent: None });
        let owned =
            self.loader.sheets.in_order().into_iter().map(|(sheet, owner)| DocumentSheet {
                sheet,
                owner_parent: self.document.parent_element(owner),
            });
        user.into_iter().chain(owned).collect()
    }

    /// The user's style sheet, parsed once.
    pub(crate) fn user_sheet(&mut self) -> Option<SheetWithImports> {
        let style = self.options.user_style.as_ref()?;
        let sink = &*self.diagnostics;
        let sheet = self.pipeline.user_sheet.get_or_insert_with(|| {
            let options = ParseOptions::new(style.name.as_str(), Origin::User);
            SheetWithImports::new(Arc::new(Stylesheet::parse(&style.text, &options, sink)))
        });
        Some(sheet.clone())
    }

    /// Lays out what changed, without asking whether other contents have become relevant to the user.
    pub(super) fn lay_out(&mut self, observer: &dyn Observer) {
        if self.pipeline.layout_changes.is_empty()
            && let Some(layout) = &self.pipeline.layout
        {
            reused(Stage::Layout, observer, layout);
            return;
        }
        if self.pipeline.resolved.is_none() {
            return;
        }
        let pending = std::mem::take(&mut self.pipeline.layout_changes);
        let previous = self.pipeline.layout.take().map(|layout| PreviousLayout {
            layout,
            changes: LayoutChanges { styles: &pending.styles, boxes: pending.boxes, fonts: pending.fonts },
        });
        let Some(resolved) = &self.pipeline.resolved else { return };
        let (content, styles) = (self.content(), &resolved.styles);
        let input = self.layout_input(styles, &content, &*self.diagnostics);
        let layout = run(Stage::Layout, observer, || layout(&input, previous));
        self.pipeline.layout = Some(layout);
        self.pipeline.is_relevance_due = true;
        self.loader.in_view.changed();
        self.pipeline.outdate_painting();
        // The document may have become shorter.
        self.scroll_within_document(self.interaction.scroll);
    }

    /// What layout is given.
    pub(crate) fn layout_input<'a>(
        &'a self,
        styles: &'a StyleMap,
        content: &'a PageContent<'a>,
        sink: &'a dyn DiagnosticSink,
    ) -> LayoutInput<'a> {
        let unit = LayoutUnit::from_f32;
        LayoutInput {
            document: &self.document,
            styles,
            fonts: &self.pipeline.fonts,
            viewport: LayoutSize::new(unit(self.options.viewport.width), unit(self.options.viewport.height)),
            replaced: content,
            relevance: &self.pipeline.relevance,
            sink,
        }
    }

    pub(crate) fn content(&self) -> PageContent<'_> {
        let drawing = self.pipeline.resolved.as_ref().map(|resolved| DrawingInput {
            document: &self.document,
            styles: &resolved.styles,
            fonts: self.loader.svg_fonts(),
            files: LinkedFiles {
                images: &self.loader.images,
                page: self.loader.url(),
                base: self.loader.base_url(),
            },
            sink: &*self.diagnostics,
        });
        let is_frame = |node: &NodeId| {
            self.document.element(*node).is_some_and(|element| element.is_html(&local_name!("iframe")))
        };
        let lazy_frames = self.loader.in_view.lazy().filter(is_frame);
        PageContent {
            images: &self.loader.images,
            pages: self.frames.keys().copied().chain(lazy_frames).collect(),
            frames: &self.frame_lists,
            drawings: &self.pipeline.drawings,
            drawing,
            scale: self.options.scale,
            scripting: self.options.scripting,
        }
    }

    /// The scroll offsets in terms of the present layout.
    pub(crate) fn scroll_offsets(&self) -> ScrollOffsets {
        let mut offsets = ScrollOffsets { viewport: self.interaction.scroll, ..ScrollOffsets::default() };
        if let Some(layout) = &self.pipeline.layout {
            for (node, scroll) in &self.interaction.container_scroll {
                if let Some(box_id) = layout.boxes.box_of(*node) {
                    offsets.boxes.insert(box_id, *scroll);
                }
            }
        }
        offsets
    }

    pub(crate) fn update_paint(&mut self, view: View, observer: &dyn Observer) {
        if let Some(painted) = &self.pipeline.list
            && painted.is_current
            && painted.view == view
        {
            reused(Stage::Paint, observer, &*painted.list);
            return;
        }
        let Some(layout) = &self.pipeline.layout else { return };
        let scroll = match view {
            View::Viewport => self.scroll_offsets(),
            // The whole document is painted as it is before anyone scrolls.
            View::Document => ScrollOffsets::default(),
        };
        let content = self.content();
        let cull =
            (view == View::Viewport).then(|| CssRect::new(scroll.viewport.to_point(), self.options.viewport));
        let input = self.paint_input(&scroll, &content, cull);
        let list = run(Stage::Paint, observer, || paint(layout, &input));
        self.pipeline.list = Some(PaintedList { list: Arc::new(list), is_current: true, view });
    }

    /// What painting is given, for the part of the document in `cull`.
    pub(crate) fn paint_input<'a>(
        &self,
        scroll: &'a ScrollOffsets,
        content: &'a PageContent<'_>,
        cull: Option<CssRect>,
    ) -> PaintInput<'a> {
        PaintInput {
            viewport: self.options.viewport,
            device_scale: self.options.scale,
            scroll,
            images: content,
            canvas_background: self.canvas_background(),
            cull,
            scroll_bars: self.options.scroll_bars,
        }
    }

    /// A page is white; what is inside another shows that.
    fn canvas_background(&self) -> Rgba {
        if self.frame_depth == 0 { Rgba::WHITE } else { Rgba::TRANSPARENT }
    }

    fn update_composite(&mut self, observer: &dyn Observer) {
        let Some(painted) = &self.pipeline.list else { return };
        if let Some(composited) = &self.pipeline.composited
            && Arc::ptr_eq(composited.list(), &painted.list)
        {
            reused(Stage::Composite, observer, composited);
            return;
        }
        let size = self.device_size(self.options.viewport);
        let previous = self.pipeline.composited.take();
        let composited = self.composite(size, previous, observer);
        self.pipeline.composited = composited;
    }

    /// Draws the present display list on a canvas of a size in device px.
    pub(crate) fn composite(
        &self,
        size: DeviceSize,
        previous: Option<Composited>,
        observer: &dyn Observer,
    ) -> Option<Composited> {
        let list = &self.pipeline.list.as_ref()?.list;
        let options = self.composite_options(size);
        Some(run(Stage::Composite, observer, || composite(list, &options, &self.pipeline.glyphs, previous)))
    }

    /// How the page is drawn on a canvas of a size in device px.
    pub(crate) fn composite_options(&self, size: DeviceSize) -> CompositeOptions {
        CompositeOptions {
            background: self.canvas_background(),
            ..CompositeOptions::new(size, self.options.scale)
        }
    }

    /// A size in whole device px, at least one each way.
    pub(crate) fn device_size(&self, size: CssSize) -> DeviceSize {
        let device = |px: f32| ((px * self.options.scale).ceil() as i32).max(1);
        DeviceSize::new(device(size.width), device(size.height))
    }
}

/// Whether a change is one of an SVG element's attributes: what is drawn of it may be another, whatever its style.
fn changes_drawing(document: &Document, mutation: &Mutation) -> bool {
    let (Mutation::Attribute { element, .. } | Mutation::Id { element, .. }) = mutation else { return false };
    document.element(*element).is_some_and(|element| element.name.namespace == ns!(svg))
}
