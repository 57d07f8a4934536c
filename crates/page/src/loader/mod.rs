//! Loading: from a source to a document with all that it refers to.
//!
//! - [`navigation`]: the document's own bytes. While they come, a scan ahead starts what they refer to.
//! - [`discover`]: what the elements of the document refer to.
//! - [`sheets`]: style sheets and what they import; those that block hold the first paint.
//! - [`images`]: images of elements and style sheets; [`source_set`] chooses among several.
//! - [`fonts`]: web fonts, fetched when text asks for them.
//! - [`downloads`]: each URL is fetched once.

pub(crate) mod discover;
pub(crate) mod downloads;
mod drive;
pub(crate) mod fonts;
pub(crate) mod images;
mod navigation;
pub(crate) mod sheets;
pub(crate) mod source_set;
pub(crate) mod svg_fonts;

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_fetch::{Destination, Initiator, InitiatorKind, Request, ResponseHead, Url};
use fanlight_html::{DocumentKind, ParserOptions, PreloadHint, PreloadKind, PreloadScanner};
use fanlight_image::SvgFonts;

use self::downloads::Downloads;
use self::fonts::WebFonts;
use self::images::Images;
use self::navigation::{Navigation, Step};
use self::sheets::Sheets;
use crate::environment::Environment;
use crate::error::LoadError;
use crate::options::{PageOptions, Source};
use crate::wake::Signal;

/// The document's bytes, when all of them have come, and how to read them.
#[derive(Clone)]
pub(crate) struct DocumentBytes {
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) kind: DocumentKind,
    /// The encoding that came with the transport.
    pub(crate) charset: Option<String>,
}

impl DocumentBytes {
    /// How the parser is to read them.
    pub(crate) fn parser_options(&self, url: &str, sink: Arc<dyn DiagnosticSink>) -> ParserOptions<'_> {
        ParserOptions {
            kind: self.kind,
            charset: self.charset.as_deref(),
            // FIXME: scripts do not run yet; `<noscript>` shows.
            scripting: false,
            ..ParserOptions::new(url, sink)
        }
    }
}

enum State {
    /// The document's bytes are on their way.
    Navigating(Box<Navigating>),
    /// The bytes are there and not parsed yet.
    Arrived,
    /// The document is parsed; what it refers to may be on its way.
    Parsed,
    /// There is no document.
    Failed(LoadError),
}

/// A document on its way.
struct Navigating {
    navigation: Navigation,
    body: Vec<u8>,
    head: Option<Arc<ResponseHead>>,
    scanner: Option<PreloadScanner>,
}

/// What loading has at hand.
pub(crate) struct Loader {
    environment: Environment,
    signal: Signal,
    state: State,
    url: Url,
    base_url: Url,
    bytes: Option<DocumentBytes>,
    http_error: Option<(u16, String)>,
    pub(crate) downloads: Downloads,
    pub(crate) sheets: Sheets,
    pub(crate) images: Images,
    pub(crate) fonts: WebFonts,
    svg_fonts: Arc<dyn SvgFonts>,
    /// Nothing that was not asked for yet will be.
    stopped: bool,
    /// Style and layout have been asked what they need, and nothing new came of it.
    settled: bool,
}

impl Loader {
    /// Asks for the document.
    pub(crate) fn start(environment: &Environment, source: Source, signal: &Signal) -> Loader {
        let blank = Url::parse("about:blank").expect("a constant that parses");
        let (state, url, bytes) = match source {
            Source::Bytes(bytes) => {
                let bytes = DocumentBytes { bytes: bytes.into(), kind: DocumentKind::Html, charset: None };
                (State::Arrived, blank, Some(bytes))
            }
            Source::Url(url) => {
                let navigation = Navigation::start(url.clone(), environment.fetcher(), signal);
                let navigating = Navigating { navigation, body: Vec::new(), head: None, scanner: None };
                (State::Navigating(Box::new(navigating)), url, None)
            }
        };
        Loader {
            environment: environment.clone(),
            signal: signal.clone(),
            state,
            base_url: url.clone(),
            url,
            bytes,
            http_error: None,
            downloads: Downloads::default(),
            sheets: Sheets::default(),
            images: Images::default(),
            fonts: WebFonts::default(),
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

    pub(crate) fn set_base_url(&mut self, base_url: Url) {
        self.base_url = base_url;
    }

    /// Another fragment for the document's address.
    pub(crate) fn set_fragment(&mut self, fragment: &str) {
        self.url.set_fragment(Some(fragment));
    }

    pub(crate) fn has_document_head(&self) -> bool {
        !matches!(&self.state, State::Navigating(navigating) if navigating.head.is_none())
    }

    /// The status and its text, where the server did not say that all is well.
    pub(crate) fn http_error(&self) -> Option<(u16, &str)> {
        self.http_error.as_ref().map(|(status, text)| (*status, text.as_str()))
    }

    pub(crate) fn error(&self) -> Option<&LoadError> {
        match &self.state {
            State::Failed(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn is_navigating(&self) -> bool {
        matches!(self.state, State::Navigating(_))
    }

    pub(crate) fn is_parsed(&self) -> bool {
        matches!(self.state, State::Parsed)
    }

    pub(crate) fn is_loading(&self) -> bool {
        match self.state {
            State::Navigating(_) | State::Arrived => true,
            State::Parsed => !self.settled || (!self.stopped && self.downloads.pending() > 0),
            State::Failed(_) => false,
        }
    }

    pub(crate) fn can_paint(&self) -> bool {
        self.is_parsed() && self.sheets.are_complete()
    }

    pub(crate) fn set_settled(&mut self, settled: bool) {
        self.settled = settled;
    }

    /// How much of what is known of has come, the document counting as half.
    pub(crate) fn progress(&self) -> f32 {
        match &self.state {
            State::Navigating(navigating) if navigating.head.is_none() => 0.1,
            State::Navigating(_) | State::Arrived => 0.3,
            State::Failed(_) => 1.0,
            State::Parsed => {
                let (started, pending) = (self.downloads.started() as f32, self.downloads.pending() as f32);
                if started == 0.0 { 1.0 } else { 0.5 + 0.5 * (started - pending) / started }
            }
        }
    }

    /// Gives up what is still to come.
    pub(crate) fn stop(&mut self, sink: &dyn DiagnosticSink) {
        if let State::Navigating(navigating) = &self.state {
            navigating.navigation.cancel();
            self.finish_body(None, sink);
        }
        let pending = self.downloads.pending();
        if pending > 0 {
            let message = format!("loading was stopped while {pending} resources were on their way");
            sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
        }
        self.stopped = true;
        self.downloads.cancel();
        self.sheets.give_up();
        self.images.give_up();
        self.fonts.give_up();
    }

    /// Takes what has come of the document's bytes.
    pub(crate) fn receive_document(&mut self, sink: &dyn DiagnosticSink) {
        loop {
            let State::Navigating(navigating) = &mut self.state else { return };
            let Navigating { navigation, body, head, scanner } = &mut **navigating;
            match navigation.step() {
                Step::Waiting => return,
                Step::Head(arrived) => {
                    let kind = DocumentKind::from_mime_type(arrived.mime_type.essence());
                    let Some(kind) = kind else {
                        let url = arrived.url.to_string();
                        let mime_type = arrived.mime_type.to_string();
                        navigation.cancel();
                        self.state = State::Failed(LoadError::NotAPage { url, mime_type });
                        return;
                    };
                    if kind == DocumentKind::Html {
                        let charset = arrived.mime_type.charset();
                        let options = ParserOptions {
                            charset,
                            ..ParserOptions::new(arrived.url.as_str(), Arc::new(Unheard))
                        };
                        *scanner = Some(PreloadScanner::new(&options));
                    }
                    self.url = arrived.url.clone();
                    self.base_url = arrived.url.clone();
                    *head = Some(arrived);
                }
                Step::Data(bytes) => {
                    body.extend_from_slice(&bytes);
                    if let Some(scanner) = scanner {
                        let hints = scanner.scan(&bytes);
                        self.preload(hints);
                    }
                }
                Step::End => return self.finish_body(None, sink),
                Step::Broken(error) => return self.finish_body(Some(error.to_string()), sink),
                Step::Failed(error) => {
                    self.state = State::Failed(error.into());
                    return;
                }
            }
        }
    }

    fn finish_body(&mut self, problem: Option<String>, sink: &dyn DiagnosticSink) {
        if let Some(message) = problem {
            sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
        }
        let State::Navigating(navigating) = std::mem::replace(&mut self.state, State::Arrived) else {
            return;
        };
        let Navigating { body, head, .. } = *navigating;
        let Some(head) = head else { return };
        if self.url.scheme().starts_with("http") && !head.is_ok() {
            self.http_error = Some((head.status, head.status_text.clone()));
        }
        let kind = DocumentKind::from_mime_type(head.mime_type.essence()).unwrap_or(DocumentKind::Html);
        let charset = head.mime_type.charset().map(str::to_owned);
        self.bytes = Some(DocumentBytes { bytes: body.into(), kind, charset });
    }

    /// The bytes of the document, once all have come.
    pub(crate) fn document_bytes(&self) -> Option<&DocumentBytes> {
        self.bytes.as_ref()
    }

    /// The bytes to parse now, told once.
    pub(crate) fn take_arrived(&mut self) -> Option<DocumentBytes> {
        if !matches!(self.state, State::Arrived) {
            return None;
        }
        self.state = State::Parsed;
        // Nothing came before loading was stopped: an empty document.
        let empty = || DocumentBytes { bytes: Arc::new([]), kind: DocumentKind::Html, charset: None };
        Some(self.bytes.clone().unwrap_or_else(empty))
    }

    /// Starts what the scan ahead has seen; who asks for it later finds it under way. Images wait for the viewport's say,
    /// fonts for the text's.
    fn preload(&mut self, hints: Vec<PreloadHint>) {
        for hint in hints {
            match hint.kind {
                PreloadKind::Base { href } => {
                    if let Ok(url) = self.base_url.join(&href) {
                        self.base_url = url;
                    }
                }
                PreloadKind::Stylesheet { url, .. } => {
                    let Ok(url) = self.base_url.join(&url) else { continue };
                    let initiator =
                        Initiator::new(InitiatorKind::Parser, self.url.clone()).at_line(hint.line);
                    self.start_download(Request::subresource(url, Destination::Style, initiator));
                }
                _ => {}
            }
        }
    }

    pub(crate) fn start_download(&mut self, request: Request) {
        if !self.stopped {
            let request = request.on_behalf_of(&self.url);
            self.downloads.start(request, self.environment.fetcher(), &self.signal);
        }
    }

    /// Starts the images that the document's elements show.
    pub(crate) fn request_element_images(
        &mut self,
        document: &fanlight_dom::Document,
        options: &PageOptions,
    ) {
        for reference in discover::image_references(document) {
            let (url, density) = source_set::choose(&reference.candidates, options, &self.base_url);
            if let Some(url) = &url {
                self.request_image(url, images::initiator(&self.url));
            }
            self.images.set_node_image(reference.node, images::NodeImage { url, density });
        }
    }

    pub(crate) fn request_image(&mut self, url: &Url, initiator: Initiator) {
        if !self.stopped {
            let (fetcher, signal) = (self.environment.fetcher(), &self.signal);
            self.images.request(url, initiator, &self.url, &mut self.downloads, fetcher, signal);
        }
    }

    /// Decodes the images that have come. Returns whether any has come or failed.
    pub(crate) fn receive_images(&mut self, sink: &dyn DiagnosticSink) -> bool {
        self.images.receive(&mut self.downloads, &self.svg_fonts, sink)
    }

    /// Makes drawings of the `<svg>` elements of the document.
    pub(crate) fn draw_inline_svg(&mut self, document: &fanlight_dom::Document, sink: &dyn DiagnosticSink) {
        let svg = local_name!("svg");
        for node in document.descendants(fanlight_dom::NodeId::DOCUMENT) {
            let is_outermost = document.element(node).is_some_and(|element| {
                element.name.local == svg && element.name.namespace == fanlight_base::atoms::ns!(svg)
            }) && !document.ancestors(node).any(|above| {
                document.element(above).is_some_and(|element| {
                    element.name.local == svg && element.name.namespace == fanlight_base::atoms::ns!(svg)
                })
            });
            if is_outermost {
                let image = images::inline_svg(document, node, &self.svg_fonts, sink);
                self.images.set_inline(node, image);
            }
        }
    }
}
