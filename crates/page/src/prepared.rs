//! One stage alone, on input that the earlier stages prepared once: what benches repeat.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssRect;
use fanlight_base::{Observer, Stage};
use fanlight_composite::{CompositeOptions, composite};
use fanlight_css::stylesheet::Stylesheet;
use fanlight_fetch::Request;
use fanlight_html::parse_document;
use fanlight_layout::layout;
use fanlight_paint::paint;
use fanlight_style::{StyleSet, resolve};

use crate::device;
use crate::font_metrics::PageFontMetrics;
use crate::loader::incoming::DocumentBytes;
use crate::page::Page;

/// How much a stage does in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throughput {
    /// How many.
    pub amount: u64,
    /// Of what: `bytes`, `elements` ...
    pub unit: &'static str,
}

/// What a stage made. Dropping it is not the stage's work: whoever measures does so after looking at the clock.
pub struct Artefact(#[expect(dead_code, reason = "held only to be dropped")] Box<dyn Any>);

impl Artefact {
    fn new(made: impl Any) -> Artefact {
        Artefact(Box::new(made))
    }
}

/// A stage's work on its input.
type Work<'a> = Box<dyn Fn() -> Artefact + 'a>;

/// A stage with its input.
pub struct PreparedStage<'a> {
    work: Work<'a>,
    throughput: Throughput,
}

impl PreparedStage<'_> {
    /// Runs the stage once, from its input to its artefact.
    pub fn run(&self) -> Artefact {
        (self.work)()
    }

    /// How much one run does.
    pub fn throughput(&self) -> Throughput {
        self.throughput
    }
}

impl Page {
    /// Prepares the input of a stage. Each run is a full one: nothing is reused but what all pages share, such as opened
    /// fonts and shaped words.
    pub fn prepare_stage(&mut self, stage: Stage, observer: &dyn Observer) -> PreparedStage<'_> {
        if let Some(before) = stage.index().checked_sub(1) {
            self.update(Stage::ALL[before], observer);
        }
        let page: &Page = self;
        let elements =
            page.pipeline.resolved.as_ref().map_or(0, |resolved| resolved.styles.element_count()) as u64;
        let (work, amount, unit): (Work<'_>, u64, &'static str) = match stage {
            Stage::Fetch => page.prepare_fetch(),
            Stage::Dom => page.prepare_dom(),
            Stage::Cssom => page.prepare_cssom(),
            Stage::Style => (page.prepare_style(), page.count_elements(), "elements"),
            Stage::Layout => (page.prepare_layout(), elements, "elements"),
            Stage::Paint => (
                page.prepare_paint(),
                page.pipeline.layout.as_ref().map_or(0, |tree| tree.boxes.len()) as u64,
                "boxes",
            ),
            Stage::Composite => {
                let size = page.device_size(page.options.viewport);
                (page.prepare_composite(), size.width as u64 * size.height as u64, "pixels")
            }
        };
        PreparedStage { work, throughput: Throughput { amount, unit } }
    }

    fn count_elements(&self) -> u64 {
        let nodes = self.document.descendants(fanlight_dom::NodeId::DOCUMENT);
        nodes.filter(|&node| self.document.element(node).is_some()).count() as u64
    }

    fn prepare_fetch(&self) -> (Work<'_>, u64, &'static str) {
        let urls: Vec<_> =
            self.environment.fetcher().log().entries().into_iter().map(|entry| entry.url).collect();
        let count = urls.len() as u64;
        let work = move || {
            let fetcher = self.environment.fetcher();
            let under_way: Vec<_> =
                urls.iter().map(|url| fetcher.start(Request::navigation(url.clone()))).collect();
            let answers: Vec<_> =
                under_way.into_iter().map(|fetch| fetch.wait(Duration::from_secs(60))).collect();
            fetcher.log().clear();
            Artefact::new(answers)
        };
        (Box::new(work), count, "requests")
    }

    fn prepare_dom(&self) -> (Work<'_>, u64, &'static str) {
        let source = self.loader.document_bytes();
        let bytes = source.map(DocumentBytes::joined).unwrap_or_default();
        let amount = bytes.len() as u64;
        let work = move || {
            Artefact::new(source.map(|source| {
                parse_document(&bytes, &source.parser_options(self.address(), Arc::new(Unheard)))
            }))
        };
        (Box::new(work), amount, "bytes")
    }

    fn prepare_cssom(&self) -> (Work<'_>, u64, &'static str) {
        let texts = self.loader.sheets.texts();
        let bytes = texts.iter().map(|(text, _)| text.len() as u64).sum();
        let work = move || {
            let sheets = texts.iter().map(|(text, options)| Stylesheet::parse(text, options, &Unheard));
            Artefact::new(sheets.collect::<Vec<_>>())
        };
        (Box::new(work), bytes, "bytes")
    }

    fn prepare_style(&self) -> Work<'_> {
        let sheets = self.document_sheets();
        let base = Arc::new(self.loader.base_url().clone());
        let filter = self.style_attribute_filter();
        Box::new(move || {
            let device = device::of(&self.options);
            let mut set = StyleSet::new(&self.document, Some(Arc::clone(&base)), device, sheets.clone())
                .with_attribute_filter(filter.clone())
                .with_frame_margins(self.frame_margins);
            let metrics = PageFontMetrics(&self.pipeline.fonts);
            Artefact::new(resolve(&self.document, &mut set, &metrics, None, &Unheard))
        })
    }

    fn prepare_layout(&self) -> Work<'_> {
        Box::new(move || {
            let content = self.content();
            Artefact::new(
                self.pipeline
                    .resolved
                    .as_ref()
                    .map(|resolved| layout(&self.layout_input(&resolved.styles, &content, &Unheard), None)),
            )
        })
    }

    fn prepare_paint(&self) -> Work<'_> {
        Box::new(move || {
            let cull = CssRect::new(self.interaction.scroll.to_point(), self.options.viewport);
            let (scroll, content) = (self.scroll_offsets(), self.content());
            let layout = self.pipeline.layout.as_ref();
            Artefact::new(
                layout.map(|layout| paint(layout, &self.paint_input(&scroll, &content, Some(cull)))),
            )
        })
    }

    fn prepare_composite(&self) -> Work<'_> {
        Box::new(move || {
            let options = CompositeOptions::new(self.device_size(self.options.viewport), self.options.scale);
            let painted = self.pipeline.list.as_ref();
            Artefact::new(
                painted.map(|painted| composite(&painted.list, &options, &self.pipeline.glyphs, None)),
            )
        })
    }
}
