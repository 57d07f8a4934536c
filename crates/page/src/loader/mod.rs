//! Loading: from a source to a document with all that it refers to.
//!
//! - [`drive`]: one step of it.
//! - [`navigation`]: the document's own bytes; [`incoming`]: into the parser as they come; [`scan_ahead`]: those that have
//!   to wait for the parser are looked through for what they refer to.
//! - [`links`]: what links ask for before it is needed; [`fetch_attributes`]: how elements say to fetch;
//!   [`priorities`]: how soon; [`in_view`]: what layout says about that, and what is loaded only near the viewport.
//! - [`growth`]: what is done about the elements that the parser has made; [`discover`]: what they refer to.
//! - [`sheets`]: style sheets and what they import; those that block hold the first paint.
//! - [`images`]: images of elements and style sheets; [`source_set`] chooses among several.
//! - [`scripts`]: scripts are fetched and put in order where somebody looks; they do not run yet.
//! - [`fonts`]: web fonts, fetched when text asks for them; [`font_display`]: what text that waits for one shows.
//! - [`policies`]: what the document's policies say of what is in it; every request carries them.
//! - [`violations`]: what has gone against them is reported when the document has loaded.
//! - [`downloads`]: each thing is fetched once.

pub(crate) mod discover;
pub(crate) mod downloads;
mod drive;
mod fetch_attributes;
mod font_display;
pub(crate) mod fonts;
mod growth;
pub(crate) mod images;
mod in_view;
pub(crate) mod incoming;
mod links;
mod navigation;
pub(crate) mod policies;
mod priorities;
mod scan_ahead;
mod scripts;
pub(crate) mod sheets;
pub(crate) mod source_set;
pub(crate) mod svg_fonts;
mod violations;

use std::collections::BTreeSet;
use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_dom::NodeId;
use fanlight_fetch::{
    Client, Destination, Fetch, FetchError, Initiator, InitiatorKind, Priority, Request, ResponseHead, Url,
};
use fanlight_html::{DocumentKind, FetchAttributes};
use fanlight_image::SvgFonts;

use self::downloads::{Asked, DownloadKey, Downloads};
use self::fonts::WebFonts;
use self::images::Images;
use self::in_view::InView;
use self::incoming::{DocumentBytes, Incoming};
use self::navigation::Step;
use self::policies::{Embedding, Navigable};
use self::priorities::Place;
use self::scripts::Scripts;
use self::sheets::Sheets;
use self::violations::Violations;
use crate::environment::Environment;
use crate::error::LoadError;
use crate::options::{PageOptions, Source};
use crate::wake::Signal;

/// What relative URLs refer to where the document does not say it.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fallback-base-url>
fn fallback_base_url(url: &Url, embedding: Option<&Embedding>) -> Arc<Url> {
    match embedding {
        Some(embedding) if url.scheme() == "about" => Arc::clone(&embedding.base_url),
        _ => Arc::new(url.clone()),
    }
}

enum State {
    /// The document's bytes are on their way, or not all parsed.
    Incoming(Box<Incoming>),
    /// The document is whole; what it refers to may be on its way.
    Parsed,
    /// There is no document.
    Failed(LoadError),
}

/// What loading has at hand.
pub(crate) struct Loader {
    environment: Environment,
    signal: Signal,
    state: State,
    url: Url,
    base_url: Arc<Url>,
    /// Whether an element has said what relative URLs refer to.
    has_base: bool,
    /// Whether the document has a body, so that there is something to show.
    has_body: bool,
    /// The document's bytes, once all have come.
    bytes: Option<DocumentBytes>,
    http_error: Option<(u16, String)>,
    /// Why the document is not all that the server meant to send.
    broken: Option<FetchError>,
    pub(crate) downloads: Downloads,
    pub(crate) sheets: Sheets,
    pub(crate) scripts: Scripts,
    pub(crate) images: Images,
    pub(crate) fonts: WebFonts,
    pub(crate) in_view: InView,
    /// The origins that links have named ahead of need, and whether only for their addresses.
    connected_ahead: BTreeSet<(String, bool)>,
    /// What is on its way for the next page.
    prefetches: Vec<Fetch>,
    svg_fonts: Arc<dyn SvgFonts>,
    /// The document as policies see it; each request carries it.
    client: Arc<Client>,
    /// The same without what the document's own elements declare.
    client_of_head: Arc<Client>,
    violations: Violations,
    /// What the document inherits, where it is inside of another one.
    embedding: Option<Embedding>,
    /// Nothing that was not asked for yet will be.
    stopped: bool,
    /// Style and layout have been asked what they need, and nothing new came of it.
    settled: bool,
}

impl Loader {
    /// Asks for the document.
    pub(crate) fn start(
        environment: &Environment,
        source: Source,
        options: &PageOptions,
        signal: &Signal,
        navigable: Navigable,
    ) -> Loader {
        let (embedding, from) = match navigable {
            Navigable::Window { from } => (None, from),
            Navigable::Frame(embedding) => (Some(embedding), None),
        };
        let url = match (&source, &embedding) {
            // <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#about:srcdoc>
            (Source::Bytes(_), Some(_)) => Url::parse("about:srcdoc").expect("a constant that parses"),
            (source, _) => source.url().clone(),
        };
        let incoming = match (source, &embedding) {
            (Source::Bytes(html), _) => Incoming::at_hand(html),
            (Source::Url(url), None) => {
                let request = match &from {
                    Some(opener) => opener.request(url),
                    None => Request::navigation(url),
                };
                Incoming::request(request.with_cache(options.document_cache), environment.fetcher(), signal)
            }
            (Source::Url(url), Some(embedding)) => {
                Incoming::request(embedding.request(url), environment.fetcher(), signal)
            }
        };
        let client = Arc::new(policies::client_before_response(&url, embedding.as_ref()));
        Loader {
            environment: environment.clone(),
            signal: signal.clone(),
            state: State::Incoming(Box::new(incoming)),
            base_url: fallback_base_url(&url, embedding.as_ref()),
            url,
            client_of_head: Arc::clone(&client),
            client,
            violations: Violations::default(),
            embedding,
            has_base: false,
            has_body: false,
            bytes: None,
            http_error: None,
            broken: None,
            downloads: Downloads::default(),
            sheets: Sheets::default(),
            scripts: Scripts::default(),
            images: Images::default(),
            fonts: WebFonts::new(options.progressive),
            in_view: InView::default(),
            connected_ahead: BTreeSet::new(),
            prefetches: Vec::new(),
            svg_fonts: svg_fonts::provider(environment.fonts()),
            stopped: false,
            settled: false,
        }
    }

    /// The document's address.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// What relative URLs of the document refer to.
    pub(crate) fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Another fragment for the document's address.
    pub(crate) fn set_fragment(&mut self, fragment: &str) {
        self.url.set_fragment(Some(fragment));
    }

    pub(crate) fn has_document_head(&self) -> bool {
        !matches!(&self.state, State::Incoming(incoming) if !incoming.has_head())
    }

    /// The status and its text, where the server did not say that all is well.
    pub(crate) fn http_error(&self) -> Option<(u16, &str)> {
        self.http_error.as_ref().map(|(status, text)| (*status, text.as_str()))
    }

    /// Why the document is not all that the server meant to send.
    pub(crate) fn broken(&self) -> Option<&FetchError> {
        self.broken.as_ref()
    }

    pub(crate) fn error(&self) -> Option<&LoadError> {
        match &self.state {
            State::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the document's bytes are on their way.
    pub(crate) fn is_navigating(&self) -> bool {
        matches!(&self.state, State::Incoming(incoming) if incoming.navigation.is_some())
    }

    /// Whether the document is whole.
    pub(crate) fn is_parsed(&self) -> bool {
        matches!(self.state, State::Parsed)
    }

    pub(crate) fn is_loading(&self) -> bool {
        match self.state {
            State::Incoming(_) => true,
            // What has come and nobody has taken yet is not pending any more.
            State::Parsed => {
                let taken =
                    self.sheets.are_complete() && self.images.are_complete() && self.fonts.are_complete();
                let taken = taken && self.scripts.are_complete();
                !self.settled || !self.stopped && (self.downloads.pending() > 0 || !taken)
            }
            State::Failed(_) => false,
        }
    }

    /// Whether what there is of the document may be shown: the head is behind, and no style sheet of it is missing.
    /// <https://html.spec.whatwg.org/multipage/dom.html#render-blocked>
    pub(crate) fn can_paint(&self) -> bool {
        let is_there = match self.state {
            State::Incoming(_) => self.has_body,
            State::Parsed => true,
            State::Failed(_) => false,
        };
        is_there && self.sheets.let_rendering_begin() && self.scripts.let_rendering_begin()
    }

    /// Whether the document is whole and what was deferred has had its turn.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#the-end>
    pub(crate) fn is_content_loaded(&self) -> bool {
        self.is_parsed() && self.scripts.let_document_finish()
    }

    pub(crate) fn set_settled(&mut self, settled: bool) {
        self.settled = settled;
    }

    /// How much of what is known of has come, the document counting as half.
    pub(crate) fn progress(&self) -> f32 {
        match &self.state {
            State::Incoming(incoming) if !incoming.has_head() => 0.1,
            State::Incoming(_) => 0.3,
            State::Failed(_) => 1.0,
            State::Parsed => {
                let (started, pending) = (self.downloads.started() as f32, self.downloads.pending() as f32);
                if started == 0.0 { 1.0 } else { 0.5 + 0.5 * (started - pending) / started }
            }
        }
    }

    /// Gives up what is still to come, and what has come and is not parsed.
    pub(crate) fn stop(&mut self, sink: &dyn DiagnosticSink) {
        if let State::Incoming(incoming) = &mut self.state {
            incoming.abort();
        }
        let pending = self.downloads.pending();
        if pending > 0 {
            let message = format!("loading was stopped while {pending} resources were on their way");
            sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
        }
        self.stopped = true;
        self.give_up_scripts();
        self.downloads.cancel();
        self.prefetches.clear();
        self.sheets.give_up();
        self.images.give_up();
        self.fonts.give_up();
    }

    /// Takes what has come of the document's bytes.
    pub(crate) fn receive_document(&mut self, options: &PageOptions, sink: &dyn DiagnosticSink) {
        loop {
            let State::Incoming(incoming) = &mut self.state else { return };
            let Some(navigation) = &mut incoming.navigation else { return };
            let error = match navigation.step() {
                Step::Waiting => return,
                Step::EarlyHints(headers) => {
                    self.follow_early_hints(&headers, options);
                    continue;
                }
                Step::Head(head) => {
                    if let Err(error) = self.receive_head(&head) {
                        self.fail(error);
                    } else {
                        self.follow_link_headers(&head.headers, options);
                    }
                    continue;
                }
                Step::Data(chunk) => {
                    incoming.push(chunk);
                    continue;
                }
                Step::End => {
                    if let Some((status, status_text)) =
                        self.http_error.clone().filter(|_| incoming.is_empty())
                    {
                        let url = self.url.to_string();
                        return self.fail(LoadError::EmptyAnswer { url, status, status_text });
                    }
                    incoming.navigation = None;
                    return incoming.end();
                }
                Step::Failed(error) => error,
                // Nothing has come that could be shown.
                Step::Broken(error) if incoming.is_empty() => error,
                Step::Broken(error) => {
                    sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, error.to_string()));
                    self.broken = Some(error);
                    incoming.navigation = None;
                    return incoming.end();
                }
            };
            self.fail(error.into());
        }
    }

    fn receive_head(&mut self, head: &ResponseHead) -> Result<(), LoadError> {
        let kind = DocumentKind::from_mime_type(head.mime_type.essence()).ok_or_else(|| {
            LoadError::NotAPage { url: head.url.to_string(), mime_type: head.mime_type.to_string() }
        })?;
        if head.url.scheme().starts_with("http") && !head.is_ok() {
            self.http_error = Some((head.status, head.status_text.clone()));
        }
        self.url = head.url.clone();
        self.base_url = fallback_base_url(&head.url, self.embedding.as_ref());
        self.take_in_policies(head);
        if let State::Incoming(incoming) = &mut self.state {
            // Several languages say nothing about which one the text is in.
            let language = head.headers.get("Content-Language").filter(|value| !value.contains(','));
            let transport = incoming::Transport {
                charset: head.mime_type.charset().map(str::to_owned),
                language: language.map(|value| value.trim().to_owned()),
            };
            incoming.head(kind, transport);
        }
        Ok(())
    }

    /// There will be no document.
    fn fail(&mut self, error: LoadError) {
        self.state = State::Failed(error);
    }

    /// The bytes of the document, as far as they have come.
    pub(crate) fn document_bytes(&self) -> Option<&DocumentBytes> {
        match &self.state {
            State::Incoming(incoming) => incoming.bytes(),
            State::Parsed | State::Failed(_) => self.bytes.as_ref(),
        }
    }

    /// The document is whole.
    fn parsed(&mut self) {
        if let State::Incoming(incoming) = std::mem::replace(&mut self.state, State::Parsed) {
            self.bytes = incoming.into_bytes();
        }
        self.scripts.parsing_ended();
        if self.stopped {
            // The end of the document may have asked for more.
            self.sheets.give_up();
        }
    }

    /// Starts what bytes refer to that have to wait for the parser.
    fn scan_ahead(&mut self, options: &PageOptions) {
        let State::Incoming(incoming) = &mut self.state else { return };
        for preparation in incoming.scan_ahead(&self.url, &self.base_url, options) {
            self.prepare(preparation, options);
        }
    }

    /// Forgets what was made of the document's elements: it begins anew. What has come for them is kept.
    fn begin_anew(&mut self) {
        self.base_url = fallback_base_url(&self.url, self.embedding.as_ref());
        self.client = Arc::clone(&self.client_of_head);
        self.has_base = false;
        self.has_body = false;
        self.sheets.forget_owners();
        self.scripts.forget_elements();
        self.images.forget_nodes();
        self.in_view.forget_nodes();
    }

    pub(crate) fn start_download(&mut self, asked: impl Into<Asked>) {
        if !self.stopped {
            let Asked { request, place } = asked.into();
            let request = request.with_client(&self.client);
            self.downloads.start(Asked { request, place }, self.environment.fetcher(), &self.signal);
        }
    }

    fn raise_download(&mut self, key: &DownloadKey, priority: Priority) {
        self.downloads.raise(key, priority, self.environment.fetcher());
    }

    /// Starts the image that an element shows; one that loads lazily waits until it is near the viewport.
    fn request_element_image(
        &mut self,
        node: NodeId,
        candidates: &discover::ImageCandidates,
        options: &PageOptions,
    ) {
        let cross_origin = fetch_attributes::cross_origin(&candidates.fetch);
        let (url, density) = source_set::choose(candidates, options, &self.base_url);
        self.images.set_node_image(node, images::NodeImage { url: url.clone(), cross_origin, density });
        let Some(url) = url else { return };
        if candidates.is_lazy && self.in_view.defers(node, options) {
            return;
        }
        let place = Place {
            hint: fetch_attributes::fetch_priority(&candidates.fetch),
            dimensions: candidates.dimensions,
            ..Place::default()
        };
        let kind = if candidates.is_object { InitiatorKind::Frame } else { InitiatorKind::Image };
        let initiator = Initiator::new(kind, self.url.clone());
        self.request_image(&url, initiator, &candidates.fetch, place, candidates.is_set);
    }

    /// Starts an image that no attributes say more about: a style's, a drawing's.
    pub(crate) fn request_plain_image(&mut self, url: &Url, initiator: Initiator) {
        self.request_image(url, initiator, &FetchAttributes::default(), Place::default(), false);
    }

    fn request_image(
        &mut self,
        url: &Url,
        initiator: Initiator,
        fetch: &FetchAttributes,
        place: Place,
        is_from_image_set: bool,
    ) {
        let cross_origin = fetch_attributes::cross_origin(fetch);
        if self.stopped || self.images.is_known(url, cross_origin) {
            return;
        }
        let request = Request::subresource(url.clone(), Destination::Image, initiator);
        let request = Request { is_from_image_set, ..fetch_attributes::apply(fetch, request) };
        self.images.expect(url, cross_origin, DownloadKey::of(&request));
        self.start_download(Asked { request, place });
    }

    /// Decodes the images that have come. Returns whether any has come or failed.
    pub(crate) fn receive_images(&mut self, sink: &dyn DiagnosticSink) -> bool {
        self.images.receive(&mut self.downloads, &self.svg_fonts, sink)
    }

    /// Where text in SVG finds its fonts.
    pub(crate) fn svg_fonts(&self) -> &Arc<dyn SvgFonts> {
        &self.svg_fonts
    }
}
