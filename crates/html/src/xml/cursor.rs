//! Reads declarations and tags from left to right.

use super::{IllFormed, is_blank, names};

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Cursor { rest: text }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Passes over blanks. Whether there were any.
    pub(super) fn skip_blanks(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches(is_blank);
        self.rest.len() < before
    }

    /// Passes over `expected`, where it comes next. Whether it did.
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes what comes before `end`, and passes over `end`.
    pub(super) fn take_until(&mut self, end: &str) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(taken)
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A run of characters that can be in a name; it may begin with one that cannot begin a name.
    pub(super) fn name_token(&mut self) -> &'a str {
        self.take_while(names::is_name_char)
    }

    pub(super) fn name(&mut self) -> Result<&'a str, IllFormed> {
        let name = self.name_token();
        if names::is_name(name) {
            Ok(name)
        } else {
            Err(IllFormed(format!("a name is missing before '{}'", excerpt(self.rest))))
        }
    }

    /// What stands in quotes of either kind.
    pub(super) fn literal(&mut self) -> Result<&'a str, IllFormed> {
        let quote = if self.eat("\"") {
            "\""
        } else if self.eat("'") {
            "'"
        } else {
            return Err(IllFormed(format!("a value in quotes is missing before '{}'", excerpt(self.rest))));
        };
        self.take_until(quote).ok_or_else(|| IllFormed::new("a value's closing quote is missing"))
    }
}

/// The first characters, for messages.
pub(super) fn excerpt(text: &str) -> &str {
    let end = text.char_indices().nth(20).map_or(text.len(), |(index, _)| index);
    &text[..end]
}
