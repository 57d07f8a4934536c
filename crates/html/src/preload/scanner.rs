//! The tokenizer without a tree.

use std::cell::RefCell;

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use html5ever::TokenizerResult;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::elements::Context;
use super::hint::{FetchAttributes, PreloadHint, PreloadKind};
use super::imports::ImportScanner;
use crate::encoding::{InputDecoder, Syntax};
use crate::html::{NetworkInput, TokenTrace, tokenizer_options};
use crate::limits::DECODE_CHUNK_BYTES;
use crate::parser::ParserOptions;

/// Finds what a document of HTML needs, from its bytes as they arrive. It knows no tree: what it finds may turn out not to
/// be needed (in a comment that a script writes), so that its findings only start loads.
///
/// ```
/// use std::sync::Arc;
///
/// use fanlight_base::diagnostics::Unheard;
/// use fanlight_html::{ParserOptions, PreloadKind, PreloadScanner};
///
/// let mut scanner = PreloadScanner::new(&ParserOptions::new("https://example.org/", Arc::new(Unheard)));
/// assert_eq!(scanner.scan(b"<script>var a</script><link rel=style"), []);
/// let mut hints = scanner.scan(b"sheet href=a.css>");
/// hints.extend(scanner.end_of_input());
/// assert!(matches!(&hints[0].kind, PreloadKind::Stylesheet { url, .. } if url == "a.css"));
/// ```
pub struct PreloadScanner {
    tokenizer: Tokenizer<Sink>,
    input: NetworkInput,
    decoder: InputDecoder,
    text: String,
}

impl PreloadScanner {
    /// A scanner for the document that a parser with the same options makes.
    pub fn new(options: &ParserOptions<'_>) -> Self {
        let (input, trace) = NetworkInput::new();
        let state = RefCell::new(State { scripting: options.scripting, ..State::default() });
        PreloadScanner {
            tokenizer: Tokenizer::new(Sink { state, trace }, tokenizer_options()),
            input,
            decoder: InputDecoder::new(Syntax::Html, options.charset, options.url.starts_with("file:")),
            text: String::new(),
        }
    }

    /// Takes the next bytes. What they complete is returned; the first kilobyte may be held back until the encoding is
    /// known.
    pub fn scan(&mut self, chunk: &[u8]) -> Vec<PreloadHint> {
        for chunk in chunk.chunks(DECODE_CHUNK_BYTES) {
            self.advance(chunk, false);
        }
        self.take()
    }

    /// Says that all bytes have come.
    pub fn end_of_input(&mut self) -> Vec<PreloadHint> {
        self.advance(b"", true);
        self.take()
    }

    fn advance(&mut self, bytes: &[u8], last: bool) {
        self.text.clear();
        self.decoder.decode(bytes, last, &mut self.text);
        self.input.push(&self.text);
        while self.input.advance() {
            while !matches!(self.tokenizer.feed(self.input.current()), TokenizerResult::Done) {}
        }
    }

    fn take(&mut self) -> Vec<PreloadHint> {
        std::mem::take(&mut self.tokenizer.sink.state.borrow_mut().hints)
    }
}

struct Sink {
    state: RefCell<State>,
    trace: TokenTrace,
}

#[derive(Default)]
struct State {
    scripting: bool,
    hints: Vec<PreloadHint>,
    context: Context,
    /// The open `<style>`'s imports.
    style: Option<ImportScanner>,
    /// How many `<template>`s are open: what they contain is not loaded.
    open_templates: usize,
    /// How many `<svg>` and `<math>` elements are open: no raw text there.
    open_foreign: usize,
}

impl State {
    fn start_tag(&mut self, tag: &Tag, line: u32) -> TokenSinkResult<()> {
        self.style = None;
        match tag.name {
            local_name!("template") => self.open_templates += 1,
            local_name!("svg") | local_name!("math") if !tag.self_closing => self.open_foreign += 1,
            _ => {}
        }
        if self.open_templates == 0 {
            let hints = self.context.start_tag(tag);
            self.hints.extend(hints.into_iter().map(|kind| PreloadHint { line, kind }));
        }
        if self.open_foreign > 0 {
            return TokenSinkResult::Continue;
        }
        if tag.name == local_name!("style") && self.open_templates == 0 {
            self.style = Some(ImportScanner::default());
        }
        if tag.name == local_name!("plaintext") {
            return TokenSinkResult::Plaintext;
        }
        raw_kind(&tag.name, self.scripting).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn end_tag(&mut self, tag: &Tag) {
        self.style = None;
        self.context.end_tag(tag);
        match tag.name {
            local_name!("template") => self.open_templates = self.open_templates.saturating_sub(1),
            local_name!("svg") | local_name!("math") => {
                self.open_foreign = self.open_foreign.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &str, line: u32) {
        let Some(style) = &mut self.style else { return };
        self.hints.extend(style.push(text).into_iter().map(|(url, media)| PreloadHint {
            line,
            kind: PreloadKind::Stylesheet { url, media, fetch: FetchAttributes::default() },
        }));
    }
}

/// How the text of an element is tokenized, where it is not as usual.
fn raw_kind(name: &LocalName, scripting: bool) -> Option<RawKind> {
    match *name {
        local_name!("title") | local_name!("textarea") => Some(RawKind::Rcdata),
        local_name!("style")
        | local_name!("xmp")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes") => Some(RawKind::Rawtext),
        local_name!("noscript") if scripting => Some(RawKind::Rawtext),
        local_name!("script") => Some(RawKind::ScriptData),
        _ => None,
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        self.trace.token();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start_tag(&tag, line),
            Token::TagToken(tag) => state.end_tag(&tag),
            Token::CharacterTokens(text) => state.characters(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.state.borrow().open_foreign > 0
    }
}
