//! The parser of documents of every kind, fed as bytes arrive.

use std::sync::Arc;

use fanlight_base::DiagnosticSink;
use fanlight_dom::{Document, NodeId};

use crate::arrivals::Arrivals;
use crate::html::HtmlParser;
use crate::image_document::image_document;
use crate::mime::{DocumentKind, charset_parameter};
use crate::tokens::{TokenRecorder, Tokens};
use crate::xml::XmlParser;

/// What parsing depends on besides the bytes.
#[derive(Clone)]
pub struct ParserOptions<'a> {
    /// The document's address. Local files (`file:`) may be guessed to be UTF-8.
    pub url: Arc<str>,
    /// Which syntax the bytes are in.
    pub kind: DocumentKind,
    /// The encoding's label that came with the transport, such as the parameter `charset` of `Content-Type`.
    pub charset: Option<&'a str>,
    /// The language that came with the transport: `Content-Language`, where it names one.
    pub language: Option<&'a str>,
    /// Whether scripts run: the parser then stops at them, and `<noscript>` holds text.
    pub scripting: bool,
    /// Whether the parser stops at scripts although they do not run: for those who look at when they would.
    pub stops_at_scripts: bool,
    /// Who is told of parse errors and limits.
    pub diagnostics: Arc<dyn DiagnosticSink>,
}

impl ParserOptions<'_> {
    /// HTML without declared encoding, without scripts.
    pub fn new(url: impl Into<Arc<str>>, diagnostics: Arc<dyn DiagnosticSink>) -> Self {
        ParserOptions {
            url: url.into(),
            kind: DocumentKind::Html,
            charset: None,
            language: None,
            scripting: false,
            stops_at_scripts: false,
            diagnostics,
        }
    }

    /// Whether the parser stops at scripts.
    pub(crate) fn stops(&self) -> bool {
        self.scripting || self.stops_at_scripts
    }
}

/// What the parser waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParserState {
    /// More bytes, or the news that there are none: [`Parser::feed`], [`Parser::end_of_input`].
    NeedsInput,
    /// A script element has ended and has to be prepared, and perhaps run, before the parser goes on:
    /// [`Parser::resume`]. Bytes may be fed in the meantime; they wait.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#scriptEndTag>
    Paused {
        /// The `script` element.
        script: NodeId,
    },
    /// Nothing: the document is whole.
    Ended,
}

/// Makes a document from bytes as they arrive.
///
/// The document is the caller's, who lends it to each call. Between calls it is as far as the bytes allow, and may be
/// looked at and changed, as scripts do during a pause. All calls are to be lent the same document.
///
/// ```
/// use std::sync::Arc;
///
/// use fanlight_base::diagnostics::Unheard;
/// use fanlight_html::{Parser, ParserOptions};
///
/// let options = ParserOptions::new("https://example.org/", Arc::new(Unheard));
/// let (mut parser, mut document) = Parser::begin(&ParserOptions { charset: Some("utf-8"), ..options });
/// parser.feed(&mut document, b"<p>Hello <em>wor");
/// assert_eq!(document.text_content(document.document_element().unwrap()), "Hello wor");
/// parser.feed(&mut document, b"ld</em>");
/// parser.finish(&mut document);
/// assert_eq!(document.text_content(document.document_element().unwrap()), "Hello world");
/// ```
pub struct Parser {
    engine: Engine,
    arrivals: Arrivals,
    /// [`Parser::restarts`] when it was asked for arrivals last.
    restarts_seen: u32,
}

enum Engine {
    /// HTML, and plain text.
    Html(Box<HtmlParser>),
    Xml(Box<XmlParser>),
    /// A document that no bytes change.
    Fixed {
        has_ended: bool,
    },
}

impl Parser {
    /// A parser that has seen nothing yet, and the document that it begins with.
    pub fn begin(options: &ParserOptions<'_>) -> (Parser, Document) {
        Self::begin_recorded(options, None)
    }

    fn begin_recorded(options: &ParserOptions<'_>, recorder: Option<TokenRecorder>) -> (Parser, Document) {
        let (engine, mut document) = match options.kind {
            DocumentKind::Html | DocumentKind::PlainText => {
                let (parser, document) = HtmlParser::begin(options, recorder);
                (Engine::Html(Box::new(parser)), document)
            }
            DocumentKind::Xml => {
                let (parser, document) = XmlParser::begin(options, recorder);
                (Engine::Xml(Box::new(parser)), document)
            }
            DocumentKind::Image => {
                (Engine::Fixed { has_ended: false }, image_document(Arc::clone(&options.url)))
            }
        };
        document.transport_language = options.language.map(Arc::from);
        (Parser { engine, arrivals: Arrivals::default(), restarts_seen: 0 }, document)
    }

    /// Takes the next bytes, and parses as far as they allow. While the encoding is not known, up to a kilobyte is held
    /// back; XML is parsed when all bytes have come.
    pub fn feed(&mut self, document: &mut Document, bytes: &[u8]) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.feed(document, bytes),
            Engine::Xml(parser) => parser.feed(document, bytes),
            Engine::Fixed { .. } => ParserState::NeedsInput,
        }
    }

    /// Says that all bytes have come. The end of the document can still hold a script to stop at.
    pub fn end_of_input(&mut self, document: &mut Document) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.end_of_input(document),
            Engine::Xml(parser) => parser.end_of_input(document),
            Engine::Fixed { has_ended } => {
                *has_ended = true;
                ParserState::Ended
            }
        }
    }

    /// Goes on after a pause.
    pub fn resume(&mut self, document: &mut Document) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.resume(document),
            Engine::Xml(parser) => parser.resume(document),
            Engine::Fixed { has_ended: true } => ParserState::Ended,
            Engine::Fixed { has_ended: false } => ParserState::NeedsInput,
        }
    }

    /// Parses `text` before everything that has not been parsed yet, as `document.write` does, also during a pause. A
    /// script that ends in it is returned: it runs first, then [`Parser::resume_write`] goes on with the text.
    /// XML documents cannot be written to; nothing happens then.
    /// <https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document.write()>
    pub fn write(&mut self, document: &mut Document, text: &str) -> Option<NodeId> {
        match &mut self.engine {
            Engine::Html(parser) => parser.write(document, text),
            Engine::Xml(_) | Engine::Fixed { .. } => None,
        }
    }

    /// Goes on with written text in which a script stood.
    pub fn resume_write(&mut self, document: &mut Document) -> Option<NodeId> {
        match &mut self.engine {
            Engine::Html(parser) => parser.resume_write(document),
            Engine::Xml(_) | Engine::Fixed { .. } => None,
        }
    }

    /// The elements and processing instructions that have come since the last call, in the order of the source: what a
    /// page has to do something about. `<style>`, `<select>` and `<svg>` are told when they have ended, all others as soon
    /// as they are there, some perhaps in the contents of a `<template>`.
    pub fn take_arrivals(&mut self, document: &Document) -> Vec<NodeId> {
        let restarts = self.restarts();
        if std::mem::replace(&mut self.restarts_seen, restarts) != restarts {
            self.arrivals.clear();
        }
        let open = match &self.engine {
            Engine::Html(parser) => parser.open_elements(),
            Engine::Xml(parser) => parser.open_elements(),
            Engine::Fixed { .. } => Vec::new(),
        };
        self.arrivals.take(document, open)
    }

    /// How often the document was begun anew because a late declaration named another encoding. Ids of nodes from before
    /// mean nothing afterwards. It never happens after a pause.
    pub fn restarts(&self) -> u32 {
        match &self.engine {
            Engine::Html(parser) => parser.restarts(),
            Engine::Xml(_) | Engine::Fixed { .. } => 0,
        }
    }

    /// Parses everything that has come to the end, without stopping at scripts.
    pub fn finish(self, document: &mut Document) {
        self.finish_with_tokens(document);
    }

    fn finish_with_tokens(self, document: &mut Document) -> Tokens {
        match self.engine {
            Engine::Html(parser) => parser.finish(document),
            Engine::Xml(parser) => parser.finish(document),
            Engine::Fixed { .. } => Tokens::default(),
        }
    }
}

/// Parses a whole document.
pub fn parse_document(bytes: &[u8], options: &ParserOptions<'_>) -> Document {
    let (mut parser, mut document) = Parser::begin(options);
    parser.feed(&mut document, bytes);
    parser.finish(&mut document);
    document
}

/// Parses a whole document of the kind and encoding that a `Content-Type` says. `None` for a type that makes no document.
pub fn parse(bytes: &[u8], content_type: &str, options: &ParserOptions<'_>) -> Option<Document> {
    let kind = DocumentKind::from_mime_type(content_type)?;
    let charset = charset_parameter(content_type).or(options.charset);
    Some(parse_document(bytes, &ParserOptions { kind, charset, ..options.clone() }))
}

/// The tokens of a whole document.
pub fn tokenize(bytes: &[u8], options: &ParserOptions<'_>) -> Tokens {
    let (mut parser, mut document) = Parser::begin_recorded(options, Some(TokenRecorder::default()));
    parser.feed(&mut document, bytes);
    parser.finish_with_tokens(&mut document)
}
