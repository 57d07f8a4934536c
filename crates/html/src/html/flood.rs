//! Keeps floods of attributes from the tokenizer: it compares each attribute's name with those before, so that a tag with a
//! million of them would take minutes. Attributes past the limit, which the tree would not keep, are cut out before.
//!
//! Whether the tokenizer is within a tag, it does not say. So nothing is done until a whole chunk has gone by without a
//! token: then whatever began after the last token is looked at, and if it is a tag, what follows is read along.

use std::cell::Cell;
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::BufferQueue;

use crate::limits::MAX_ATTRIBUTES;

/// Where the tokenizer was at its last token. The token sink tells.
#[derive(Clone)]
pub(crate) struct TokenTrace {
    input: Rc<BufferQueue>,
    progress: Rc<Progress>,
}

#[derive(Default)]
struct Progress {
    tokens: Cell<u64>,
    /// How many bytes of the chunk were left.
    left: Cell<usize>,
}

impl TokenTrace {
    pub(crate) fn new(input: Rc<BufferQueue>) -> Self {
        TokenTrace { input, progress: Rc::default() }
    }

    /// A token has come.
    pub(crate) fn token(&self) {
        self.progress.tokens.set(self.progress.tokens.get() + 1);
        let left = self.input.peek_front_chunk_mut().map_or(0, |chunk| chunk.len());
        self.progress.left.set(left);
    }
}

/// Stands before the tokenizer's input.
pub(crate) struct FloodGuard {
    trace: TokenTrace,
    /// How many tokens there were before the newest chunk.
    tokens_before: u64,
    /// The chunk in which the last token ended.
    last_with_token: StrTendril,
    newest: StrTendril,
    /// Whether it has been looked at what began after the last token.
    is_known: bool,
    /// That, when it is a tag.
    tag: Option<TagReader>,
}

impl FloodGuard {
    pub(crate) fn new(trace: TokenTrace) -> Self {
        FloodGuard {
            trace,
            tokens_before: 0,
            last_with_token: StrTendril::new(),
            newest: StrTendril::new(),
            is_known: false,
            tag: None,
        }
    }

    /// Puts the next chunk into the tokenizer's input, which it has read to its end.
    pub(crate) fn push(&mut self, mut chunk: StrTendril) {
        let tokens = self.trace.progress.tokens.get();
        if tokens != self.tokens_before {
            self.tokens_before = tokens;
            self.last_with_token = std::mem::take(&mut self.newest);
            self.is_known = false;
            self.tag = None;
        } else if !self.is_known && !self.newest.is_empty() {
            self.is_known = true;
            self.tag = self.begun_tag();
        }
        if let Some(tag) = &mut self.tag {
            chunk = StrTendril::from_slice(&tag.read(&chunk));
        }
        self.newest = chunk.clone();
        self.trace.input.push_back(chunk);
    }

    /// The tag that began after the last token, read to the end of the newest chunk.
    fn begun_tag(&self) -> Option<TagReader> {
        let start = self.last_with_token.len().saturating_sub(self.trace.progress.left.get());
        let text = [self.last_with_token.get(start..)?, &self.newest].concat();
        let tag = text[text.find('<')? + 1..].trim_start_matches('/');
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut reader = TagReader::default();
        reader.read(tag);
        Some(reader)
    }
}

/// Reads a tag along with the tokenizer.
/// <https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state> and those that follow.
#[derive(Default)]
struct TagReader {
    state: TagState,
    attributes: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum TagState {
    #[default]
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(char),
    Unquoted,
    /// The tag is over.
    Outside,
}

impl TagReader {
    /// The text without the attributes past the limit.
    fn read(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            self.step(c);
            // One more than the limit goes through, so that the tree tells of it.
            if self.attributes <= MAX_ATTRIBUTES + 1 || self.state == TagState::Outside {
                kept.push(c);
            }
        }
        kept
    }

    fn step(&mut self, c: char) {
        let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
        self.state = match (self.state, c) {
            (TagState::Outside, _) => TagState::Outside,
            (TagState::Quoted(quote), c) if c == quote => TagState::BeforeName,
            (TagState::Quoted(quote), _) => TagState::Quoted(quote),
            (_, '>') => TagState::Outside,
            (TagState::BeforeValue, _) if is_blank => TagState::BeforeValue,
            (TagState::BeforeValue, '"' | '\'') => TagState::Quoted(c),
            (TagState::BeforeValue | TagState::Unquoted, _) if !is_blank => TagState::Unquoted,
            (TagState::Name | TagState::AfterName, '=') => TagState::BeforeValue,
            (TagState::Name | TagState::AfterName, _) if is_blank => TagState::AfterName,
            (_, '/') => TagState::BeforeName,
            (_, _) if is_blank => TagState::BeforeName,
            (TagState::TagName, _) => TagState::TagName,
            (TagState::Name, _) => TagState::Name,
            _ => {
                self.attributes += 1;
                TagState::Name
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_tokenizer_counts_them() {
        let count = |tag: &str| {
            let mut reader = TagReader::default();
            assert_eq!(reader.read(tag), tag);
            (reader.attributes, reader.state == TagState::Outside)
        };
        assert_eq!(count("p a b=c d='>' e = \"x y\"f/g=/h i/>rest a b"), (7, true));
        assert_eq!(count("p a='x b c d"), (1, false));
        assert_eq!(count("p\n==x a"), (2, false));
    }

    #[test]
    fn what_is_past_the_limit_is_cut_out_up_to_the_end_of_the_tag() {
        let mut reader = TagReader::default();
        let flood: String = (0..MAX_ATTRIBUTES * 2).map(|index| format!(" a{index}='>'")).collect();
        let kept = reader.read(&format!("p{flood}>text</p>"));
        assert!(kept.ends_with(">text</p>"));
        assert_eq!(kept.matches("='>'").count(), MAX_ATTRIBUTES + 1);
    }
}
