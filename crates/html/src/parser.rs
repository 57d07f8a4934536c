//! The parser of documents of every kind, fed as bytes arrive.

use std::sync::Arc;

use fanlight_base::DiagnosticSink;
use fanlight_dom::{Document, NodeId};

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
    /// Whether scripts run: the parser then stops at them, and `<noscript>` holds text.
    pub scripting: bool,
    /// Who is told of parse errors and limits.
    pub diagnostics: &'a dyn DiagnosticSink,
}

impl<'a> ParserOptions<'a> {
    /// HTML without declared encoding, without scripts.
    pub fn new(url: impl Into<Arc<str>>, diagnostics: &'a dyn DiagnosticSink) -> Self {
        ParserOptions {
            url: url.into(),
            kind: DocumentKind::Html,
            charset: None,
            scripting: false,
            diagnostics,
        }
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
/// ```
/// use fanlight_base::diagnostics::Unheard;
/// use fanlight_html::{Parser, ParserOptions};
///
/// let mut parser = Parser::new(&ParserOptions::new("https://example.org/", &Unheard));
/// parser.feed(b"<p>Hello <em>wor");
/// parser.feed(b"ld</em>");
/// let document = parser.finish();
/// assert_eq!(document.text_content(document.document_element().unwrap()), "Hello world");
/// ```
pub struct Parser<'a> {
    engine: Engine<'a>,
}

enum Engine<'a> {
    /// HTML, and plain text.
    Html(Box<HtmlParser<'a>>),
    Xml(Box<XmlParser<'a>>),
    /// A document that no bytes change.
    Fixed {
        document: Document,
        has_ended: bool,
    },
}

impl<'a> Parser<'a> {
    /// A parser that has seen nothing yet.
    pub fn new(options: &ParserOptions<'a>) -> Self {
        Self::with_recorder(options, None)
    }

    fn with_recorder(options: &ParserOptions<'a>, recorder: Option<TokenRecorder>) -> Self {
        let engine = match options.kind {
            DocumentKind::Html | DocumentKind::PlainText => {
                Engine::Html(Box::new(HtmlParser::new(options, recorder)))
            }
            DocumentKind::Xml => Engine::Xml(Box::new(XmlParser::new(options, recorder))),
            DocumentKind::Image => {
                Engine::Fixed { document: image_document(options.url.clone()), has_ended: false }
            }
        };
        Parser { engine }
    }

    /// Takes the next bytes, and parses as far as they allow.
    pub fn feed(&mut self, bytes: &[u8]) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.feed(bytes),
            Engine::Xml(parser) => parser.feed(bytes),
            Engine::Fixed { .. } => ParserState::NeedsInput,
        }
    }

    /// Says that all bytes have come. The end of the document can still hold a script to stop at.
    pub fn end_of_input(&mut self) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.end_of_input(),
            Engine::Xml(parser) => parser.end_of_input(),
            Engine::Fixed { has_ended, .. } => {
                *has_ended = true;
                ParserState::Ended
            }
        }
    }

    /// Goes on after a pause.
    pub fn resume(&mut self) -> ParserState {
        match &mut self.engine {
            Engine::Html(parser) => parser.resume(),
            Engine::Xml(parser) => parser.resume(),
            Engine::Fixed { has_ended: true, .. } => ParserState::Ended,
            Engine::Fixed { .. } => ParserState::NeedsInput,
        }
    }

    /// Parses `text` before everything that has not been parsed yet, as `document.write` does, also during a pause. A
    /// script that ends in it is returned: it runs first, then [`Parser::resume_write`] goes on with the text.
    /// XML documents cannot be written to; nothing happens then.
    /// <https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document.write()>
    pub fn write(&mut self, text: &str) -> Option<NodeId> {
        match &mut self.engine {
            Engine::Html(parser) => parser.write(text),
            Engine::Xml(_) | Engine::Fixed { .. } => None,
        }
    }

    /// Goes on with written text in which a script stood.
    pub fn resume_write(&mut self) -> Option<NodeId> {
        match &mut self.engine {
            Engine::Html(parser) => parser.resume_write(),
            Engine::Xml(_) | Engine::Fixed { .. } => None,
        }
    }

    /// Looks at the document as far as it has been parsed.
    pub fn with_document<T>(&self, look: impl FnOnce(&Document) -> T) -> T {
        match &self.engine {
            Engine::Html(parser) => look(&parser.document()),
            Engine::Xml(parser) => look(parser.document()),
            Engine::Fixed { document, .. } => look(document),
        }
    }

    /// Changes the document as far as it has been parsed, as scripts do.
    pub fn with_document_mut<T>(&mut self, change: impl FnOnce(&mut Document) -> T) -> T {
        match &mut self.engine {
            Engine::Html(parser) => change(&mut parser.document_mut()),
            Engine::Xml(parser) => change(parser.document_mut()),
            Engine::Fixed { document, .. } => change(document),
        }
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
    pub fn finish(self) -> Document {
        self.finish_with_tokens().0
    }

    fn finish_with_tokens(self) -> (Document, Tokens) {
        match self.engine {
            Engine::Html(parser) => parser.finish(),
            Engine::Xml(parser) => parser.finish(),
            Engine::Fixed { document, .. } => (document, Tokens::default()),
        }
    }
}

/// Parses a whole document.
pub fn parse_document(bytes: &[u8], options: &ParserOptions<'_>) -> Document {
    let mut parser = Parser::new(options);
    parser.feed(bytes);
    parser.finish()
}

/// Parses a whole document of the kind and encoding that a `Content-Type` says. `None` for a type that makes no document.
pub fn parse(bytes: &[u8], content_type: &str, options: &ParserOptions<'_>) -> Option<Document> {
    let kind = DocumentKind::from_mime_type(content_type)?;
    let charset = charset_parameter(content_type).or(options.charset);
    Some(parse_document(bytes, &ParserOptions { kind, charset, ..options.clone() }))
}

/// The tokens of a whole document.
pub fn tokenize(bytes: &[u8], options: &ParserOptions<'_>) -> Tokens {
    let mut parser = Parser::with_recorder(options, Some(TokenRecorder::default()));
    parser.feed(bytes);
    parser.finish_with_tokens().1
}
