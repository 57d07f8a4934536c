//! A page: loaded from a source, kept up to date through the stages, drawn, and acted on.
//!
//! In the order in which a page lives:
//!
//! 1. [`Page::start`] asks for the document; [`Page::advance`] goes on with what has come: the document is parsed as its
//!    bytes come, what it refers to is fetched, until nothing is missing ([`crate::loader`]). [`Page::load`] waits for all
//!    that.
//! 2. [`Page::update`] brings the artefacts up to date as far as a stage, through the one door, and redoes no more than
//!    what changed asks for ([`crate::pipeline`]).
//! 3. [`Page::capture`] and [`Page::frame`] draw; [`Page::dump`] tells what each stage made.
//! 4. The user acts on it: [`crate::interact`].

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_base::{Diagnostic, Diagnostics, Observer, QualName, Stage, run};
use fanlight_dom::{Document, NodeId};
use fanlight_fetch::log::{PageId, PageMoment};
use fanlight_fetch::{FetchError, FetchErrorKind, Phase, ReferrerPolicy, Url};
use fanlight_paint::DisplayList;
use fanlight_style::FrameMargins;
use rustc_hash::FxHashMap;

use crate::environment::Environment;
use crate::error::LoadError;
use crate::interact::Action;
use crate::interact::text_editor::TextEditor;
use crate::loader::Loader;
use crate::loader::policies::{Navigable, Opener};
use crate::options::{PageOptions, Source};
use crate::pipeline::Pipeline;
use crate::refresh::Refresh;
use crate::wake::{PageWaker, Signal};

/// What loading has come to.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Something is still to come.
    Loading,
    /// Everything has come or failed.
    Loaded,
    /// There is no page.
    Failed(LoadError),
}

/// What the user has done to a page.
#[derive(Default)]
pub(crate) struct Interaction {
    /// How far the document is scrolled, in CSS px.
    pub(crate) scroll: CssVector,
    /// How far scroll containers are scrolled, in CSS px.
    pub(crate) container_scroll: FxHashMap<NodeId, CssVector>,
    pub(crate) hovered: Option<NodeId>,
    pub(crate) pressed: Option<NodeId>,
    pub(crate) focused: Option<NodeId>,
    /// The text field that has the focus, and its text while it is edited.
    pub(crate) editor: Option<(NodeId, TextEditor)>,
    pub(crate) target: Option<NodeId>,
    /// Whether the page is where it begins, and stays there while more of it loads.
    pub(crate) arrived: bool,
    /// Where it begins, in CSS px, when that is not what its address names.
    pub(crate) return_to: Option<CssVector>,
}

/// A page.
pub struct Page {
    pub(crate) environment: Environment,
    pub(crate) options: PageOptions,
    pub(crate) diagnostics: Arc<Diagnostics>,
    pub(crate) signal: Signal,
    pub(crate) loader: Loader,
    pub(crate) document: Document,
    pub(crate) pipeline: Pipeline,
    pub(crate) interaction: Interaction,
    pub(crate) refresh: Refresh,
    /// Its name in the network log; frames have none.
    pub(crate) logged_as: Option<PageId>,
    /// How many pages this one is inside of.
    pub(crate) frame_depth: usize,
    /// The margins that the frame asks for which it is in.
    pub(crate) frame_margins: FrameMargins,
    /// The pages inside.
    pub(crate) frames: BTreeMap<NodeId, Page>,
    /// What the pages inside show.
    pub(crate) frame_lists: FxHashMap<NodeId, Arc<DisplayList>>,
}

impl Page {
    /// Starts to load a page and returns at once.
    pub fn start(environment: &Environment, source: Source, options: PageOptions) -> Page {
        Self::start_frame(environment, source, options, 0, Navigable::Window { from: None })
    }

    /// Starts loading the page to which a link or a form of this one leads, as [`Action::Navigate`] says. It is told where it
    /// is led from, and only gets those cookies that are for such visits.
    pub fn start_linked(
        &self,
        source: Source,
        options: PageOptions,
        referrer_policy: Option<ReferrerPolicy>,
    ) -> Page {
        let from = Some(Opener { client: Arc::clone(self.loader.client()), referrer_policy });
        Self::start_frame(&self.environment, source, options, 0, Navigable::Window { from })
    }

    pub(crate) fn start_frame(
        environment: &Environment,
        source: Source,
        options: PageOptions,
        frame_depth: usize,
        navigable: Navigable,
    ) -> Page {
        let signal = Signal::default();
        // The requests of frames belong to the page that they are in.
        let logged_as = (frame_depth == 0).then(|| environment.network_log().begin_page(source.url()));
        let frame_margins = match &navigable {
            Navigable::Frame(embedding) => embedding.margins,
            Navigable::Window { .. } => FrameMargins::default(),
        };
        let loader = Loader::start(environment, source, &options, &signal, navigable);
        let pipeline = Pipeline::new(environment);
        Page {
            environment: environment.clone(),
            document: Document::new(loader.url().as_str()),
            options,
            diagnostics: Arc::default(),
            signal,
            loader,
            pipeline,
            interaction: Interaction::default(),
            refresh: Refresh::default(),
            logged_as,
            frame_depth,
            frame_margins,
            frames: BTreeMap::new(),
            frame_lists: FxHashMap::default(),
        }
    }

    /// Loads a page with all that it refers to, as far as the options' goal needs it. What has not come in the options'
    /// time is given up; the page is then what has come.
    ///
    /// # Errors
    /// The document itself did not come, or is nothing that can be shown.
    pub fn load(
        environment: &Environment,
        source: Source,
        options: PageOptions,
        observer: &dyn Observer,
    ) -> Result<Page, LoadError> {
        let timeout = options.timeout;
        let mut page = Page::start(environment, source, options);
        page.wait_until_loaded(timeout, observer)?;
        Ok(page)
    }

    fn wait_until_loaded(&mut self, timeout: Duration, observer: &dyn Observer) -> Result<(), LoadError> {
        let deadline = Instant::now() + timeout;
        loop {
            let seen = self.signal.count();
            match self.advance(observer) {
                Progress::Loaded => return Ok(()),
                Progress::Failed(error) => return Err(error),
                Progress::Loading => {}
            }
            let mut came = false;
            run(Stage::Fetch, observer, || {
                came = self.signal.wait_past(seen, deadline);
                self.environment.network_log()
            });
            if came {
                continue;
            }
            if !self.loader.has_document_head() {
                let kind = FetchErrorKind::Timeout { phase: Phase::Whole, after: timeout };
                return Err(FetchError::new(self.address(), kind).into());
            }
            self.stop();
        }
    }

    /// Notes in the network log which moments the page has reached.
    pub(crate) fn note_moments(&self, is_loaded: bool) {
        let Some(id) = self.logged_as else { return };
        let log = self.environment.fetcher().log();
        if self.can_paint() {
            log.page_reached(id, PageMoment::FirstPaint);
        }
        if self.loader.is_content_loaded() {
            log.page_reached(id, PageMoment::DomContentLoaded);
        }
        if is_loaded {
            log.page_reached(id, PageMoment::Load);
            log.page_title(id, &self.title());
        }
    }

    /// Stops loading; the page is what has come.
    pub fn stop(&mut self) {
        self.loader.stop(&*self.diagnostics);
        self.take_in_fonts();
    }

    /// Sets who is told, on any thread, when [`Page::advance`] has something to do.
    pub fn set_waker(&self, waker: PageWaker) {
        self.signal.set_waker(waker);
    }

    /// Whether something is still to come.
    pub fn is_loading(&self) -> bool {
        self.loader.is_loading()
    }

    /// Whether [`Page::advance`] has something to do: loading goes on, or a change asks for more.
    pub fn wants_to_advance(&self) -> bool {
        self.is_loading()
            || self.pipeline.style_images_unasked
            || self.loader.in_view.is_due()
            || self.document.has_mutations()
    }

    /// How much of what is known of has been loaded, 0 to 1.
    pub fn load_progress(&self) -> f32 {
        self.loader.progress()
    }

    /// Whether there is something to show: the document has a body or is whole, and no style sheet that blocks is missing.
    /// <https://html.spec.whatwg.org/multipage/dom.html#render-blocking-mechanism>
    pub fn can_paint(&self) -> bool {
        self.loader.can_paint()
    }

    /// The document's address; after redirects, that of what answered.
    pub fn address(&self) -> &str {
        self.loader.url().as_str()
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    pub(crate) fn document_mut(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Changes the document; the next update redoes what follows from it.
    pub fn edit(&mut self, change: impl FnOnce(&mut Document)) {
        change(&mut self.document);
    }

    /// Replaces all that is inside the element of an id by text. Nothing happens without such an element.
    pub fn set_text_of(&mut self, id: &str, text: &str) {
        let Some(node) = self.document.element_by_id(id) else { return };
        let only_child = self.document.node(node).first_child();
        if let Some(child) = only_child
            && self.document.node(child).text().is_some()
            && self.document.node(child).next_sibling().is_none()
        {
            self.document.set_text(child, text);
            return;
        }
        while let Some(child) = self.document.node(node).first_child() {
            self.document.detach(child);
        }
        self.document.append_text(node, text);
    }

    /// Sets an attribute of the element of an id. Nothing happens without such an element.
    pub fn set_attribute_of(&mut self, id: &str, name: QualName, value: &str) {
        if let Some(node) = self.document.element_by_id(id) {
            self.document.set_attribute(node, name, value);
        }
    }

    /// The document's title. <https://html.spec.whatwg.org/multipage/dom.html#document.title>
    pub fn title(&self) -> String {
        let title = self.document.descendants(NodeId::DOCUMENT).find(|&node| {
            let name = fanlight_base::atoms::local_name!("title");
            self.document.element(node).is_some_and(|element| element.is_html(&name))
        });
        let text = title.map(|title| self.document.text_content(title)).unwrap_or_default();
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All text of the document, for searching.
    pub fn text(&self) -> String {
        self.document.text_content(NodeId::DOCUMENT)
    }

    /// What was wrong with the page's content, in the order in which it was noticed.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.to_vec()
    }

    /// What there is to say about the answer of the server, where it was not that all is well.
    pub fn answer_remarks(&self) -> Vec<String> {
        let status = self.loader.http_error().map(|(status, text)| {
            format!("{} answered {status} {text}; what it sent with that is shown", self.address())
        });
        let broken = self.loader.broken().map(|error| format!("{error}; what came before is shown"));
        status.into_iter().chain(broken).collect()
    }

    /// Another viewport in CSS px, or another number of device px for each of them.
    pub fn set_viewport(&mut self, viewport: CssSize, scale: f32) {
        if self.options.viewport != viewport || self.options.scale != scale {
            self.options.viewport = viewport;
            self.options.scale = scale;
            self.pipeline.device_changed();
            self.interaction.scroll = self.interaction.scroll.max(CssVector::zero());
        }
    }

    /// Follows a hyperlink: scrolls within this page, or asks for another.
    pub(crate) fn follow(&mut self, href: &str, referrer_policy: Option<ReferrerPolicy>) -> Option<Action> {
        let url = self.loader.base_url().join(href).ok()?;
        let mut without_fragment = url.clone();
        without_fragment.set_fragment(None);
        let mut own: Url = self.loader.url().clone();
        own.set_fragment(None);
        match url.fragment() {
            Some(fragment) if without_fragment == own => {
                let fragment = fragment.to_owned();
                self.go_to_fragment(&fragment, &fanlight_base::Silent);
                Some(Action::Moved(url))
            }
            _ if url.scheme() == "javascript" => None,
            _ => Some(Action::Navigate { url, referrer_policy }),
        }
    }
}
