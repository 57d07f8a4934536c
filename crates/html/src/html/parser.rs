//! Text into the tokenizer, and what stops it: scripts, a late declaration of the encoding, the end.
//!
//! The tree builder wants to own what it builds on. It owns a document that stands in, and the caller's takes its place
//! while a call lasts.

use std::cell::RefCell;
use std::sync::Arc;

use encoding_rs::Encoding;
use fanlight_dom::{Document, NodeId, QuirksMode};
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};

use super::flood::TokenTrace;
use super::gate::Gate;
use super::input::NetworkInput;
use super::sink::{DomSink, Handle};
use crate::encoding::{Confidence, InputDecoder, Syntax, declared_encoding};
use crate::errors::ParseErrors;
use crate::limits::{DECODE_CHUNK_BYTES, MAX_REPARSE_BYTES};
use crate::mime::DocumentKind;
use crate::parser::{ParserOptions, ParserState};
use crate::tokens::{TokenRecorder, Tokens};

/// Makes a document that the caller holds.
pub(crate) struct HtmlParser {
    tokenizer: Tokenizer<Gate>,
    /// What `document.write` wrote and the tokenizer has not read, the innermost script's last. It goes before
    /// `network_input`.
    written: Vec<BufferQueue>,
    network_input: NetworkInput,
    decoder: InputDecoder,
    /// Everything that has come, while a late declaration could make it necessary to parse it again.
    raw: Option<Vec<u8>>,
    /// What the decoder writes to; kept so that there is one allocation.
    text: String,
    scripting: bool,
    stops_at_scripts: bool,
    /// Whether a script was handed out that may run: from then on the document can hold what no bytes say.
    has_paused: bool,
    /// The script that has to run before parsing goes on.
    paused_at: Option<NodeId>,
    input_ended: bool,
    has_ended: bool,
    restarts: u32,
}

impl HtmlParser {
    /// A parser, and the document that it begins with.
    pub(crate) fn begin(options: &ParserOptions<'_>, recorder: Option<TokenRecorder>) -> (Self, Document) {
        let is_plain_text = options.kind == DocumentKind::PlainText;
        let syntax = if is_plain_text { Syntax::Text } else { Syntax::Html };
        let is_local = options.url.starts_with("file:");
        let decoder = InputDecoder::new(syntax, options.charset, is_local);
        let errors = ParseErrors::new(Arc::clone(&options.diagnostics), options.url.clone());
        let (network_input, trace) = NetworkInput::new();
        let mut document = Document::new(options.url.clone());
        let mut parser = HtmlParser {
            tokenizer: tokenizer(&options.url, errors, options.scripting, recorder, trace),
            written: Vec::new(),
            network_input,
            decoder,
            raw: (!is_plain_text).then(Vec::new),
            text: String::new(),
            scripting: options.scripting,
            stops_at_scripts: options.stops(),
            has_paused: false,
            paused_at: None,
            input_ended: false,
            has_ended: false,
            restarts: 0,
        };
        if is_plain_text {
            parser.lent(&mut document, Self::begin_plain_text);
        }
        (parser, document)
    }

    /// The tree that Chromium puts around plain text. The line feed after `<pre>` is the one that parsing drops, so that
    /// the text keeps its own.
    /// <https://html.spec.whatwg.org/multipage/document-lifecycle.html#read-text>
    fn begin_plain_text(&mut self) {
        let around = "<html><head><meta name=\"color-scheme\" content=\"light dark\"></head><body>\
                      <pre style=\"word-wrap: break-word; white-space: pre-wrap;\">\n";
        self.network_input.push(around);
        self.run();
        self.tokenizer.set_plaintext_state();
        self.sink().document_mut().quirks_mode = QuirksMode::NoQuirks;
    }

    fn sink(&self) -> &DomSink {
        self.tokenizer.sink.sink()
    }

    /// Calls `work` with the caller's document in the place of the one that stands in.
    fn lent<T>(&mut self, document: &mut Document, work: impl FnOnce(&mut Self) -> T) -> T {
        std::mem::swap(&mut *self.sink().document_mut(), document);
        let answer = work(self);
        std::mem::swap(&mut *self.sink().document_mut(), document);
        answer
    }

    pub(crate) fn restarts(&self) -> u32 {
        self.restarts
    }

    /// The elements on the stack of open elements, and some that the tree builder remembers besides: the head, a form, and
    /// formatting elements.
    pub(crate) fn open_elements(&self) -> Vec<NodeId> {
        let open = OpenElements::default();
        self.tokenizer.sink.builder.trace_handles(&open);
        open.0.into_inner()
    }

    pub(crate) fn feed(&mut self, document: &mut Document, bytes: &[u8]) -> ParserState {
        self.lent(document, |parser| {
            for chunk in bytes.chunks(DECODE_CHUNK_BYTES) {
                parser.remember(chunk);
                parser.decode(chunk, false);
                if parser.paused_at.is_none() {
                    parser.run();
                }
            }
        });
        self.state()
    }

    pub(crate) fn end_of_input(&mut self, document: &mut Document) -> ParserState {
        self.lent(document, |parser| {
            if !parser.input_ended {
                parser.input_ended = true;
                parser.decode(b"", true);
            }
            if parser.paused_at.is_none() {
                parser.run();
            }
        });
        self.state()
    }

    pub(crate) fn resume(&mut self, document: &mut Document) -> ParserState {
        self.paused_at = None;
        self.lent(document, Self::run);
        self.state()
    }

    pub(crate) fn write(&mut self, document: &mut Document, text: &str) -> Option<NodeId> {
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(text));
        self.written.push(queue);
        self.resume_write(document)
    }

    pub(crate) fn resume_write(&mut self, document: &mut Document) -> Option<NodeId> {
        self.lent(document, Self::run_written)
    }

    /// Tokenizes what was written last, up to a script.
    fn run_written(&mut self) -> Option<NodeId> {
        let queue = self.written.pop()?;
        let script = loop {
            match self.tokenizer.feed(&queue) {
                TokenizerResult::Done => return None,
                TokenizerResult::Script(handle) if self.stops_at_scripts => break handle.id,
                // What scripts write is text already.
                TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) => {}
            }
        };
        self.written.push(queue);
        Some(script)
    }

    /// Parses to the end without stopping at scripts.
    pub(crate) fn finish(mut self, document: &mut Document) -> Tokens {
        self.stops_at_scripts = false;
        self.paused_at = None;
        self.end_of_input(document);
        let recorder = self.tokenizer.sink.recorder.take();
        recorder.map(|recorder| recorder.into_inner().finish()).unwrap_or_default()
    }

    fn state(&self) -> ParserState {
        match self.paused_at {
            Some(script) => ParserState::Paused { script },
            None if self.has_ended => ParserState::Ended,
            None => ParserState::NeedsInput,
        }
    }

    /// Tokenizes what there is, up to a script, and ends the document where the input has ended.
    fn run(&mut self) {
        if self.has_ended {
            return;
        }
        loop {
            let queue = self.written.last().unwrap_or(self.network_input.current());
            match self.tokenizer.feed(queue) {
                TokenizerResult::Done => {
                    if self.written.pop().is_none() && !self.network_input.advance() {
                        break;
                    }
                }
                TokenizerResult::Script(script) => {
                    if self.stops_at_scripts {
                        self.has_paused |= self.scripting;
                        self.paused_at = Some(script.id);
                        return;
                    }
                }
                TokenizerResult::EncodingIndicator(label) => self.change_encoding(&label),
            }
        }
        if self.input_ended {
            self.has_ended = true;
            self.tokenizer.end();
        }
    }

    fn remember(&mut self, chunk: &[u8]) {
        if let Some(raw) = &mut self.raw {
            if self.decoder.confidence() == Confidence::Certain || raw.len() + chunk.len() > MAX_REPARSE_BYTES
            {
                self.raw = None;
            } else {
                raw.extend_from_slice(chunk);
            }
        }
    }

    fn decode(&mut self, bytes: &[u8], last: bool) {
        self.text.clear();
        self.decoder.decode(bytes, last, &mut self.text);
        self.network_input.push(&self.text);
        self.sink().document_mut().character_set = self.decoder.encoding().name();
    }

    /// A `<meta>` past the bytes that were looked through names an encoding.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#changing-the-encoding-while-parsing>
    fn change_encoding(&mut self, label: &str) {
        let Some(encoding) = declared_encoding(label.as_bytes()) else { return };
        // Step 3 and what comes before it.
        if self.decoder.confidence() == Confidence::Certain {
            return;
        }
        if encoding == self.decoder.encoding() {
            self.decoder.make_certain();
        } else if self.decoder.only_ascii_so_far() {
            // Step 5: on the fly.
            self.decoder.switch_to(encoding);
            self.sink().document_mut().character_set = encoding.name();
        } else if let Some(raw) = self.raw.take().filter(|_| !self.has_paused) {
            // Step 6, without fetching again: the bytes are still here.
            self.parse_again(&raw, encoding);
        } else {
            let message =
                format!("the declaration of the encoding {} comes too late to be obeyed", encoding.name());
            let sink = self.sink();
            sink.errors_mut().note(sink.line(), message);
        }
    }

    fn parse_again(&mut self, raw: &[u8], encoding: &'static Encoding) {
        let url = Arc::clone(&self.sink().document().url);
        let language = self.sink().document().transport_language.clone();
        let errors = self.sink().errors_mut().restarted();
        let recorder = self.tokenizer.sink.recorder.as_ref().map(|_| TokenRecorder::default());
        let (network_input, trace) = NetworkInput::new();
        self.tokenizer = tokenizer(&url, errors, self.scripting, recorder, trace);
        self.sink().document_mut().transport_language = language;
        self.network_input = network_input;
        self.decoder = InputDecoder::certain(encoding);
        self.restarts += 1;
        for chunk in raw.chunks(DECODE_CHUNK_BYTES) {
            self.decode(chunk, false);
        }
        if self.input_ended {
            self.decode(b"", true);
        }
    }
}

fn tokenizer(
    url: &Arc<str>,
    errors: ParseErrors,
    scripting: bool,
    recorder: Option<TokenRecorder>,
    trace: TokenTrace,
) -> Tokenizer<Gate> {
    // Frames of text in an attribute need no document type.
    let iframe_srcdoc = &**url == "about:srcdoc";
    let builder_options =
        TreeBuilderOpts { scripting_enabled: scripting, iframe_srcdoc, ..Default::default() };
    let sink = DomSink::new(Document::new(Arc::clone(url)), NodeId::DOCUMENT, errors);
    let gate = Gate::new(TreeBuilder::new(sink, builder_options), recorder, Some(trace));
    Tokenizer::new(gate, tokenizer_options())
}

/// Hears what the tree builder holds.
#[derive(Default)]
struct OpenElements(RefCell<Vec<NodeId>>);

impl Tracer for OpenElements {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.0.borrow_mut().push(node.id);
    }
}

/// The decoder takes byte order marks away; the tokenizer would do so at the start of every chunk.
pub(crate) fn tokenizer_options() -> TokenizerOpts {
    TokenizerOpts { discard_bom: false, ..Default::default() }
}
