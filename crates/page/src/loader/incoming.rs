//! A document on its way: its bytes as they come, and the parser that they go through.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use fanlight_base::{DiagnosticSink, Dump, TreeWriter};
use fanlight_dom::{Document, NodeId};
use fanlight_fetch::{Bytes, Fetcher, Request, Url};
use fanlight_html::{DocumentKind, Parser, ParserOptions, ParserState};

use super::links::Preparation;
use super::navigation::Navigation;
use super::scan_ahead::ScanAhead;
use crate::options::PageOptions;
use crate::wake::Signal;

/// How many bytes are parsed between two looks at the clock.
const PARSE_BYTES: usize = 64 << 10;

/// The document's bytes, as far as they have come, and how to read them.
#[derive(Clone)]
pub(crate) struct DocumentBytes {
    chunks: Vec<Bytes>,
    kind: DocumentKind,
    transport: Transport,
}

/// What the transport says about the bytes of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Transport {
    /// The encoding's label.
    pub(super) charset: Option<String>,
    /// The language.
    pub(super) language: Option<String>,
}

impl DocumentBytes {
    /// No bytes yet.
    pub(super) fn new(kind: DocumentKind, transport: Transport) -> Self {
        DocumentBytes { chunks: Vec::new(), kind, transport }
    }

    /// How the parser is to read them.
    pub(crate) fn parser_options(&self, url: &str, sink: Arc<dyn DiagnosticSink>) -> ParserOptions<'_> {
        ParserOptions {
            kind: self.kind,
            charset: self.transport.charset.as_deref(),
            language: self.transport.language.as_deref(),
            // FIXME: scripts do not run yet; `<noscript>` shows.
            scripting: false,
            ..ParserOptions::new(url, sink)
        }
    }

    /// All in one piece.
    pub(crate) fn joined(&self) -> Bytes {
        match &self.chunks[..] {
            [whole] => whole.clone(),
            chunks => chunks.concat().into(),
        }
    }
}

/// What parsing has come to: the artefact of the stage.
pub(super) struct Grown<'d> {
    document: &'d Document,
    /// The document is whole.
    pub(super) is_whole: bool,
    /// The document was begun anew, because a late declaration named another encoding.
    pub(super) is_new: bool,
    /// The script whose end the parser has come to, where it stops at scripts.
    pub(super) stopped_at: Option<NodeId>,
}

impl Dump for Grown<'_> {
    fn dump(&self, tree: &mut TreeWriter) {
        self.document.dump(tree);
    }
}

/// Whether the parser waits for a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pause {
    /// It does not.
    #[default]
    No,
    /// It does.
    Yes,
    /// It did, and may go on.
    Over,
}

/// A document on its way.
#[derive(Default)]
pub(super) struct Incoming {
    /// Nothing where all bytes are there.
    pub(super) navigation: Option<Navigation>,
    /// What has come; nothing before the head.
    bytes: Option<DocumentBytes>,
    /// What of it has not been parsed.
    unparsed: VecDeque<Bytes>,
    /// Whether no more comes.
    all_came: bool,
    /// From the head on.
    parser: Option<Parser>,
    pause: Pause,
    /// Begun when bytes have to wait for the parser for the first time.
    scan: Option<ScanAhead>,
}

impl Incoming {
    /// A document to ask for.
    pub(super) fn request(request: Request, fetcher: &dyn Fetcher, signal: &Signal) -> Self {
        Incoming { navigation: Some(Navigation::start(request, fetcher, signal)), ..Incoming::default() }
    }

    /// A document of HTML that is there already.
    pub(super) fn at_hand(html: Vec<u8>) -> Self {
        let mut incoming = Incoming { all_came: true, ..Incoming::default() };
        incoming.head(DocumentKind::Html, Transport::default());
        incoming.push(html.into());
        incoming
    }

    /// It is known how to read what follows.
    pub(super) fn head(&mut self, kind: DocumentKind, transport: Transport) {
        self.bytes = Some(DocumentBytes::new(kind, transport));
    }

    pub(super) fn has_head(&self) -> bool {
        self.bytes.is_some()
    }

    /// More has come.
    pub(super) fn push(&mut self, chunk: Bytes) {
        if let Some(bytes) = &mut self.bytes {
            bytes.chunks.push(chunk.clone());
            self.unparsed.push_back(chunk);
        }
    }

    /// No more comes. Without a head the document is empty.
    pub(super) fn end(&mut self) {
        self.all_came = true;
        self.bytes.get_or_insert_with(|| DocumentBytes::new(DocumentKind::Html, Transport::default()));
    }

    /// No more comes, and what has not been parsed is forgotten.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#abort-a-parser>
    pub(super) fn abort(&mut self) {
        if let Some(navigation) = &self.navigation {
            navigation.cancel();
        }
        self.unparsed.clear();
        self.go_on();
        self.end();
    }

    pub(super) fn bytes(&self) -> Option<&DocumentBytes> {
        self.bytes.as_ref()
    }

    pub(super) fn into_bytes(self) -> Option<DocumentBytes> {
        self.bytes
    }

    /// Whether anything has come.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.as_ref().is_none_or(|bytes| bytes.chunks.is_empty())
    }

    /// Whether there is something for [`Incoming::parse`] to do.
    pub(super) fn can_parse(&self) -> bool {
        match self.pause {
            Pause::Yes => false,
            Pause::Over => true,
            Pause::No => self.bytes.is_some() && (self.has_unparsed() || self.all_came),
        }
    }

    /// Whether the parser waits for a script.
    pub(super) fn is_paused(&self) -> bool {
        self.pause == Pause::Yes
    }

    /// The script that the parser waits for has had its turn. Returns whether there was one.
    pub(super) fn go_on(&mut self) -> bool {
        let was_paused = self.is_paused();
        if was_paused {
            self.pause = Pause::Over;
        }
        was_paused
    }

    /// Makes the parser, unless that was done. Returns the document that it begins with.
    pub(super) fn begin(
        &mut self,
        url: &str,
        stops_at_scripts: bool,
        sink: Arc<dyn DiagnosticSink>,
    ) -> Option<Document> {
        let bytes = self.bytes.as_ref().filter(|_| self.parser.is_none())?;
        let options = ParserOptions { stops_at_scripts, ..bytes.parser_options(url, sink) };
        let (parser, document) = Parser::begin(&options);
        self.parser = Some(parser);
        Some(document)
    }

    /// Parses what has come into the document that [`Incoming::begin`] gave, up to a script; where there is a deadline, not
    /// much longer than that.
    pub(super) fn parse<'d>(&mut self, document: &'d mut Document, deadline: Option<Instant>) -> Grown<'d> {
        let Some(parser) = &mut self.parser else {
            return Grown { document, is_whole: false, is_new: false, stopped_at: None };
        };
        let restarts = parser.restarts();
        let mut state = match std::mem::take(&mut self.pause) {
            Pause::Over => parser.resume(document),
            Pause::No | Pause::Yes => ParserState::NeedsInput,
        };
        while state == ParserState::NeedsInput
            && let Some(mut chunk) = self.unparsed.pop_front()
        {
            if chunk.len() > PARSE_BYTES {
                self.unparsed.push_front(chunk.split_off(PARSE_BYTES));
            }
            state = parser.feed(document, &chunk);
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                break;
            }
        }
        if state == ParserState::NeedsInput && self.all_came && self.unparsed.is_empty() {
            state = parser.end_of_input(document);
        }
        let stopped_at = match state {
            ParserState::Paused { script } => Some(script),
            ParserState::NeedsInput | ParserState::Ended => None,
        };
        if stopped_at.is_some() {
            self.pause = Pause::Yes;
        }
        let is_whole = state == ParserState::Ended;
        Grown { document, is_whole, is_new: parser.restarts() != restarts, stopped_at }
    }

    /// What the parser has made since this was asked last.
    pub(super) fn take_arrivals(&mut self, document: &Document) -> Vec<NodeId> {
        self.parser.as_mut().map(|parser| parser.take_arrivals(document)).unwrap_or_default()
    }

    /// Whether bytes wait for the parser.
    pub(super) fn has_unparsed(&self) -> bool {
        !self.unparsed.is_empty()
    }

    /// Looks through the bytes that have to wait for the parser for what the document will need. `base` is what its addresses are
    /// relative to as far as the parser knows.
    pub(super) fn scan_ahead(&mut self, url: &Url, base: &Url, options: &PageOptions) -> Vec<Preparation> {
        let Some(bytes) = self.bytes.as_ref().filter(|_| self.has_unparsed() || self.is_paused()) else {
            return Vec::new();
        };
        if bytes.kind != DocumentKind::Html {
            return Vec::new();
        }
        let scan = self.scan.get_or_insert_with(|| ScanAhead::new(url, bytes.transport.charset.as_deref()));
        let hints = scan.scan(&bytes.chunks);
        scan.preparations(hints, url, base, options)
    }
}
