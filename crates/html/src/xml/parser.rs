//! From text to the tree, markup by markup; entities' texts within; pauses at scripts.

use std::sync::Arc;

use fanlight_dom::{Document, NodeId};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::references::{Referent, resolve};
use super::tree::Tree;
use super::{IllFormed, is_char};
use crate::encoding::{InputDecoder, Syntax};
use crate::errors::ParseErrors;
use crate::parser::{ParserOptions, ParserState};
use crate::tokens::{TokenKind, TokenRecorder, Tokens};

/// An XML document that is being parsed.
pub(crate) struct XmlParser {
    decoder: InputDecoder,
    /// What has come; parsing begins when it is whole.
    text: String,
    /// The document's text and, above it, those of entities that are being expanded.
    inputs: Vec<Input>,
    /// The line at the end of the document.
    last_line: u32,
    tree: Tree,
    stops_at_scripts: bool,
    paused_at: Option<NodeId>,
    has_begun: bool,
    has_ended: bool,
    recorder: Option<TokenRecorder>,
}

struct Input {
    text: Arc<str>,
    /// How many bytes of it have been parsed.
    position: usize,
    /// The line of the document at `position`; for an entity, that of the reference.
    line: u32,
    /// The entity whose text it is; `None` for the document's own.
    entity: Option<String>,
    /// How many elements were open when it began.
    depth: usize,
    /// What is wrong with what follows the text.
    fault_after: Option<IllFormed>,
}

/// Why reading an input stopped.
enum Stop {
    /// It is at its end.
    EndOfInput,
    /// An entity's text goes first.
    Entity,
    /// A script has to run first.
    Script(NodeId),
}

impl XmlParser {
    /// A parser, and the document that it begins with.
    pub(crate) fn begin(options: &ParserOptions<'_>, recorder: Option<TokenRecorder>) -> (Self, Document) {
        let mut document = Document::new(options.url.clone());
        document.is_xml = true;
        let errors = ParseErrors::new(Arc::clone(&options.diagnostics), options.url.clone());
        let parser = XmlParser {
            decoder: InputDecoder::new(Syntax::Xml, options.charset, options.url.starts_with("file:")),
            text: String::new(),
            inputs: Vec::new(),
            last_line: 1,
            tree: Tree::new(Document::new(options.url.clone()), errors),
            stops_at_scripts: options.stops(),
            paused_at: None,
            has_begun: false,
            has_ended: false,
            recorder,
        };
        (parser, document)
    }

    /// Calls `work` with the caller's document in the place of the one that stands in.
    fn lent<T>(&mut self, document: &mut Document, work: impl FnOnce(&mut Self) -> T) -> T {
        std::mem::swap(&mut self.tree.document, document);
        let answer = work(self);
        std::mem::swap(&mut self.tree.document, document);
        answer
    }

    pub(crate) fn open_elements(&self) -> Vec<NodeId> {
        self.tree.open_elements()
    }

    pub(crate) fn feed(&mut self, document: &mut Document, bytes: &[u8]) -> ParserState {
        self.decoder.decode(bytes, false, &mut self.text);
        document.character_set = self.decoder.encoding().name();
        self.state()
    }

    pub(crate) fn end_of_input(&mut self, document: &mut Document) -> ParserState {
        if !self.has_begun {
            self.has_begun = true;
            self.decoder.decode(b"", true, &mut self.text);
            document.character_set = self.decoder.encoding().name();
            let (text, fault_after) = prepare(std::mem::take(&mut self.text));
            self.inputs.push(Input { text, position: 0, line: 1, entity: None, depth: 0, fault_after });
        }
        self.resume(document)
    }

    pub(crate) fn resume(&mut self, document: &mut Document) -> ParserState {
        self.paused_at = None;
        self.lent(document, Self::run);
        self.state()
    }

    pub(crate) fn finish(mut self, document: &mut Document) -> Tokens {
        self.stops_at_scripts = false;
        self.end_of_input(document);
        self.recorder.map(TokenRecorder::finish).unwrap_or_default()
    }

    fn state(&self) -> ParserState {
        match self.paused_at {
            Some(script) => ParserState::Paused { script },
            None if self.has_ended => ParserState::Ended,
            None => ParserState::NeedsInput,
        }
    }

    fn run(&mut self) {
        while let Some(input) = self.inputs.last() {
            let text = Arc::clone(&input.text);
            match self.read(&text) {
                Ok(Stop::EndOfInput) => {
                    if let Err(fault) = self.end_of_text() {
                        return self.fail(&fault);
                    }
                }
                Ok(Stop::Entity) => {}
                Ok(Stop::Script(script)) => {
                    if self.stops_at_scripts {
                        self.paused_at = Some(script);
                        return;
                    }
                }
                Err(fault) => return self.fail(&fault),
            }
        }
        if self.has_begun && !self.has_ended {
            self.has_ended = true;
            let line = self.line();
            self.token(line, || TokenKind::EndOfFile);
        }
    }

    /// The document ends here: what came before stays.
    fn fail(&mut self, fault: &IllFormed) {
        let line = self.line();
        self.inputs.clear();
        self.has_ended = true;
        self.tree.errors.fatal(line, format!("not well-formed XML: {}", fault.0));
        self.token(line, || TokenKind::EndOfFile);
    }

    fn line(&self) -> u32 {
        self.inputs.last().map_or(self.last_line, |input| input.line)
    }

    fn token(&mut self, line: u32, kind: impl FnOnce() -> TokenKind) {
        if let Some(recorder) = &mut self.recorder {
            recorder.push(line, kind());
        }
    }

    /// The innermost input is at its end.
    fn end_of_text(&mut self) -> Result<(), IllFormed> {
        let Some(input) = self.inputs.last_mut() else { return Ok(()) };
        if let Some(fault) = input.fault_after.take() {
            return Err(fault);
        }
        match &input.entity {
            Some(entity) if self.tree.depth() != input.depth => {
                return Err(IllFormed(format!("the entity '{entity}' does not hold whole elements")));
            }
            Some(_) => {}
            None => self.tree.end()?,
        }
        self.last_line = input.line;
        self.inputs.pop();
        Ok(())
    }

    /// Reads the innermost input from its position on. `text` is that input's.
    fn read(&mut self, text: &str) -> Result<Stop, IllFormed> {
        let Some(start) = self.inputs.last().map(|input| input.position) else { return Ok(Stop::EndOfInput) };
        let mut rest = &text[start..];
        // A reader takes a byte order mark away; past the beginning it is a character.
        if start > 0 && rest.starts_with('\u{FEFF}') {
            self.characters("\u{FEFF}")?;
            rest = &rest['\u{FEFF}'.len_utf8()..];
            self.advance(text, '\u{FEFF}'.len_utf8());
        }
        let base = text.len() - rest.len();
        let mut reader = Reader::from_str(rest);
        // Names of end tags are compared with the open elements, which outlive this reader.
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        loop {
            let event = reader.read_event();
            let line = self.line();
            let end = base + usize::try_from(reader.buffer_position()).unwrap_or(rest.len());
            let event = event.map_err(|error| IllFormed(error.to_string()))?;
            let is_at_start = self.inputs.len() == 1 && self.inputs[0].position == 0;
            let stop = self.event(&event, line, is_at_start);
            let done = match stop {
                Ok(Some(Stop::Entity)) => {
                    // The new input is on top of this one.
                    let below = self.inputs.len() - 2;
                    self.advance_input(below, text, end);
                    if let [.., below, above] = self.inputs.as_mut_slice() {
                        above.line = below.line;
                    }
                    return Ok(Stop::Entity);
                }
                Ok(done) => done,
                Err(fault) => return Err(fault),
            };
            self.advance_input(self.inputs.len() - 1, text, end);
            if let Some(stop) = done {
                return Ok(stop);
            }
        }
    }

    fn advance(&mut self, text: &str, bytes: usize) {
        let Some(top) = self.inputs.len().checked_sub(1) else { return };
        let end = self.inputs[top].position + bytes;
        self.advance_input(top, text, end);
    }

    fn advance_input(&mut self, index: usize, text: &str, end: usize) {
        let input = &mut self.inputs[index];
        if input.entity.is_none() {
            let lines = text.as_bytes()[input.position..end].iter().filter(|&&byte| byte == b'\n').count();
            input.line = input.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        }
        input.position = end;
    }

    fn event(&mut self, event: &Event<'_>, line: u32, is_at_start: bool) -> Result<Option<Stop>, IllFormed> {
        match event {
            Event::Start(tag) => self.start(tag, line, false)?,
            Event::Empty(tag) => {
                self.start(tag, line, true)?;
                return self.end(tag.name().as_ref(), line, true);
            }
            Event::End(tag) => return self.end(tag.name().as_ref(), line, false),
            Event::Text(text) => {
                let text = utf8(text)?;
                if text.contains("]]>") {
                    return Err(IllFormed::new("']]>' is not allowed in text"));
                }
                self.characters(text)?;
            }
            Event::CData(text) => {
                if self.tree.depth() == 0 {
                    return Err(IllFormed::new("text is not allowed outside of the root element"));
                }
                self.characters(utf8(text)?)?;
            }
            Event::Comment(text) => {
                let text = utf8(text)?;
                self.tree.comment(text, line)?;
                self.token(line, || TokenKind::Comment(text.to_owned()));
            }
            Event::Decl(_) if is_at_start => {}
            Event::Decl(_) => {
                return Err(IllFormed::new("the XML declaration may stand only at the beginning"));
            }
            Event::PI(instruction) => {
                let target = utf8(instruction.target())?;
                let data = utf8(instruction.content())?.trim_start_matches(super::is_blank);
                self.tree.processing_instruction(target, data, line)?;
                self.token(line, || TokenKind::ProcessingInstruction {
                    target: target.to_owned(),
                    data: data.to_owned(),
                });
            }
            Event::DocType(declaration) => {
                let doctype = self.tree.doctype(utf8(declaration)?, line)?;
                self.token(line, || TokenKind::Doctype {
                    name: doctype.name,
                    public_id: Some(doctype.public_id),
                    system_id: Some(doctype.system_id),
                });
            }
            Event::GeneralRef(reference) => return self.reference(utf8(reference)?),
            Event::Eof => return Ok(Some(Stop::EndOfInput)),
        }
        Ok(None)
    }

    fn characters(&mut self, text: &str) -> Result<(), IllFormed> {
        self.tree.characters(text)?;
        let line = self.line();
        self.token(line, || TokenKind::Characters(text.to_owned()));
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: u32, self_closing: bool) -> Result<(), IllFormed> {
        let (name, attributes) = (tag.name(), tag.attributes_raw());
        let (name, attributes) = (utf8(name.as_ref())?, utf8(attributes)?);
        self.tree.start_element(name, attributes, line)?;
        if self.recorder.is_some() {
            let attributes = super::attributes::attributes(attributes)?
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            self.token(line, || TokenKind::StartTag { name: name.to_owned(), attributes, self_closing });
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8], line: u32, self_closing: bool) -> Result<Option<Stop>, IllFormed> {
        let name = utf8(name)?.trim_end_matches(super::is_blank);
        let innermost_began_at = self.inputs.last().map_or(0, |input| input.depth);
        if self.tree.depth() <= innermost_began_at {
            return Err(IllFormed(format!("</{name}> ends no element")));
        }
        let script = self.tree.end_element(name)?;
        if !self_closing {
            self.token(line, || TokenKind::EndTag { name: name.to_owned() });
        }
        Ok(script.map(Stop::Script))
    }

    /// `reference` is what stands between `&` and `;`.
    fn reference(&mut self, reference: &str) -> Result<Option<Stop>, IllFormed> {
        if self.tree.depth() == 0 {
            return Err(IllFormed::new("a reference is not allowed outside of the root element"));
        }
        let text: Arc<str> = match resolve(reference, &self.tree.doctype)? {
            Referent::Characters(characters) => {
                self.characters(&characters)?;
                return Ok(None);
            }
            Referent::Nothing => {
                let line = self.line();
                let message = format!("the entity '{reference}' is not read and stands for nothing");
                self.tree.errors.report(line, &message);
                return Ok(None);
            }
            Referent::Text(text) => text.into(),
        };
        if self.inputs.iter().any(|input| input.entity.as_deref() == Some(reference)) {
            return Err(IllFormed(format!("the entity '{reference}' refers to itself")));
        }
        self.tree.expansion.add(&text, self.inputs.len())?;
        let (line, depth) = (self.line(), self.tree.depth());
        let entity = Some(reference.to_owned());
        self.inputs.push(Input { text, position: 0, line, entity, depth, fault_after: None });
        Ok(Some(Stop::Entity))
    }
}

/// Line feeds in place of all line ends (<https://www.w3.org/TR/xml/#sec-line-ends>), and nothing from the first
/// character on that XML does not allow.
fn prepare(text: String) -> (Arc<str>, Option<IllFormed>) {
    let mut text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let fault = text.char_indices().find(|&(_, c)| !is_char(c)).map(|(index, c)| {
        text.truncate(index);
        IllFormed(format!("the character U+{:04X} is not allowed", u32::from(c)))
    });
    (text.into(), fault)
}

/// The reader was given text and cuts it at ASCII characters.
fn utf8(bytes: &[u8]) -> Result<&str, IllFormed> {
    std::str::from_utf8(bytes).map_err(|error| IllFormed(error.to_string()))
}
