//! One step of loading: what has come is taken in, what it refers to is started, and the artefacts that say what more is
//! needed are made: once, when the document is whole, or for a window from time to time as it grows.

use std::sync::Arc;
use std::time::Instant;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::{DiagnosticSink, Observer, Stage, run};
use fanlight_css::stylesheet::{ParseOptions, SheetList, SheetWithImports, Stylesheet};
use fanlight_fetch::{Initiator, InitiatorKind, Url};
use rustc_hash::FxHashSet;

use super::downloads::Asked;
use super::sheets;
use crate::content::for_each_image_url;
use crate::page::{Page, Progress};

impl Page {
    /// Goes on with what has come from the network, without waiting.
    pub fn advance(&mut self, observer: &dyn Observer) -> Progress {
        if self.loader.is_navigating() {
            let log = self.environment.network_log();
            run(Stage::Fetch, observer, || {
                self.loader.receive_document(&self.options, &*self.diagnostics);
                log
            });
        }
        self.loader.downloads.poll();
        self.loader.forget_prefetched();
        if let Some(error) = self.loader.error() {
            return Progress::Failed(error.clone());
        }
        self.parse_what_came(observer);
        self.receive_sheets(observer);
        self.advance_scripts(observer);
        self.note_moments(false);
        self.receive_images();
        self.receive_fonts();
        self.advance_frames(observer);
        match (self.loader.is_parsed(), self.options.progressive) {
            (false, true) => self.refresh(observer),
            (true, true) if self.loader.can_paint() => self.ask_what_is_needed(observer),
            (true, false) if self.loader.sheets.are_complete() => self.ask_what_is_needed(observer),
            _ => {}
        }
        // What has been asked for just now may have been answered at once.
        self.tell_of_reports();
        let is_loading = self.loader.is_loading() || self.frames_are_loading();
        if is_loading {
            return Progress::Loading;
        }
        self.note_moments(true);
        self.loaded_once(observer);
        Progress::Loaded
    }

    pub(super) fn receive_sheets(&mut self, observer: &dyn Observer) {
        loop {
            let any = self.with_sheets(observer, |page, context| {
                page.loader.sheets.receive(&mut page.loader.downloads, context)
            });
            if !any {
                return;
            }
            self.pipeline.sheets_changed = true;
            // What was started may be there already: `data:`, `about:`.
            self.loader.downloads.poll();
        }
    }

    /// Calls `work` with what loading sheets needs, then starts what it has asked for.
    pub(super) fn with_sheets<T>(
        &mut self,
        observer: &dyn Observer,
        work: impl FnOnce(&mut Page, &mut sheets::Context<'_>) -> T,
    ) -> T {
        let sink = Arc::clone(&self.diagnostics);
        let mut requests = Vec::new();
        let mut context = sheets::Context {
            start: &mut |asked: Asked| requests.push(asked),
            parse: &mut |text: &str, options: &ParseOptions| parse_sheet(text, options, &*sink, observer),
            sink: &*sink,
        };
        let result = work(self, &mut context);
        if !requests.is_empty() && self.options.goal >= Stage::Layout {
            // Sheets that are worth a request mostly name fonts.
            self.environment.fonts().open_system_fonts_ahead();
        }
        requests.into_iter().for_each(|request| self.loader.start_download(request));
        result
    }

    fn receive_images(&mut self) {
        if self.loader.receive_images(&*self.diagnostics) {
            self.pipeline.layout_changes.boxes = true;
            self.pipeline.drawings.outdate();
            self.pipeline.outdate_painting();
        }
    }

    fn receive_fonts(&mut self) {
        let context = Arc::clone(self.environment.fonts());
        let url = self.loader.url().clone();
        let mut requests = Vec::new();
        let loader = &mut self.loader;
        let sink = &*self.diagnostics;
        loader.fonts.receive(&mut loader.downloads, &context, &url, sink, &mut requests);
        if let Some(next) = loader.fonts.pass_time(Instant::now()) {
            self.signal.raise_at(next);
        }
        requests.into_iter().for_each(|request| self.loader.start_download(request));
        self.take_in_fonts();
    }

    /// Lets text be set in the fonts that there are now, where they are others than before.
    pub(crate) fn take_in_fonts(&mut self) {
        if !self.loader.fonts.take_changed() {
            return;
        }
        self.pipeline.fonts = self.loader.fonts.fonts(self.environment.fonts());
        // Units such as `ch` are measured in fonts.
        self.pipeline.resolved = None;
        self.pipeline.styles_outdated = true;
        self.pipeline.layout_changes.fonts = true;
    }

    /// Styles say which images are needed, and text says which fonts: makes the artefacts that tell, until nothing new is
    /// asked for.
    pub(crate) fn ask_what_is_needed(&mut self, observer: &dyn Observer) {
        if self.options.goal <= Stage::Cssom {
            self.loader.set_settled(true);
            return;
        }
        self.take_in_sheets();
        let rules = self.pipeline.set.as_ref().map(|set| set.font_rules().clone()).unwrap_or_default();
        self.loader.fonts.set_rules(rules, &*self.diagnostics);
        self.take_in_fonts();
        self.update(Stage::Style, observer);
        if self.options.goal == Stage::Style {
            self.loader.set_settled(true);
            return;
        }
        if std::mem::take(&mut self.pipeline.style_images_unasked) {
            self.request_style_images();
            self.receive_what_came();
        }
        self.raise_what_is_in_view(observer);
        if self.options.progressive {
            self.load_what_is_near(observer);
        }
        if self.loader.fonts.are_declared() && self.pipeline.layout.is_none() && !self.options.progressive {
            self.ask_for_fonts();
        }
        let is_asked_for = self.pipeline.layout.is_some() || self.pipeline.fonts_asked_for;
        if self.loader.downloads.pending() > 0 && is_asked_for {
            // While images and fonts are on their way there is no need to lay out for each of them.
            return;
        }
        if self.loader.fonts.are_declared() {
            // Only setting text tells which of the declared fonts it needs.
            self.update(Stage::Layout, observer);
            self.request_wanted_fonts();
        }
        if self.loader.downloads.pending() == 0 && self.load_what_is_near(observer) {
            self.receive_what_came();
        }
        self.loader.set_settled(!self.pipeline.styles_outdated);
        if self.pipeline.styles_outdated {
            // A font was there at once: what it changes may ask for more.
            self.signal.raise();
        }
    }

    /// A document that nobody sees until it has its fonts is not laid out to learn which these are.
    fn ask_for_fonts(&mut self) {
        let Some(resolved) = &self.pipeline.resolved else { return };
        if self.pipeline.fonts_asked_for {
            return;
        }
        let content = self.content();
        fanlight_layout::ask_for_fonts(&self.layout_input(&resolved.styles, &content, &Unheard));
        self.pipeline.fonts_asked_for = true;
        self.request_wanted_fonts();
    }

    fn request_wanted_fonts(&mut self) {
        let context = Arc::clone(self.environment.fonts());
        let url = self.loader.url().clone();
        let mut requests = Vec::new();
        self.loader.fonts.request_wanted(&context, &url, &mut |request| requests.push(request));
        requests.into_iter().for_each(|request| self.loader.start_download(request));
        self.receive_what_came();
    }

    /// Takes in the images and fonts that were there at once, and those that have come meanwhile.
    fn receive_what_came(&mut self) {
        self.loader.downloads.poll();
        self.receive_images();
        self.receive_fonts();
    }

    fn request_style_images(&mut self) {
        let Some(resolved) = &self.pipeline.resolved else { return };
        let mut urls: Vec<String> = Vec::new();
        let mut seen = FxHashSet::default();
        let scale = self.options.scale;
        resolved.styles.for_each_style(&mut |style| {
            for_each_image_url(style, scale, &mut |url| {
                if seen.insert(url.to_owned()) {
                    urls.push(url.to_owned());
                }
            });
        });
        let page = self.loader.url().clone();
        for url in urls {
            if let Ok(url) = Url::parse(&url) {
                self.loader.request_plain_image(&url, Initiator::new(InitiatorKind::Css, page.clone()));
            }
        }
    }

    /// The document has loaded: goes where it begins, unless the user has scrolled already.
    fn loaded_once(&mut self, observer: &dyn Observer) {
        if !self.interaction.arrived {
            self.arrive(observer);
            self.interaction.arrived = true;
        }
        self.loader.downloads.report_unused_preloads(&*self.diagnostics);
        self.loader.report_violations();
    }
}

fn parse_sheet(
    text: &str,
    options: &ParseOptions,
    sink: &dyn DiagnosticSink,
    observer: &dyn Observer,
) -> Arc<Stylesheet> {
    let list = run(Stage::Cssom, observer, || {
        SheetList::from_iter([SheetWithImports::new(Arc::new(Stylesheet::parse(text, options, sink)))])
    });
    Arc::clone(&list.sheets()[0].sheet)
}
