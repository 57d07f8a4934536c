//! Values as text: what a custom property holds, and what has functions in it that are yet to be replaced.
//! <https://drafts.csswg.org/css-variables-1/#syntax>

use std::sync::Arc;

use cssparser::TokenSerializationType;
use fanlight_base::Atom;

use super::substitute::Attribute;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, Parser, ToCss, Token};

/// A sequence of tokens as text.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenText {
    /// The text, trimmed. What the end of the sheet closed is closed in it.
    pub css: Arc<str>,
    /// The kind of its first token.
    pub(super) first: TokenSerializationType,
    /// The kind of its last token.
    pub(super) last: TokenSerializationType,
    /// Whether something in it is to be substituted.
    pub has_references: bool,
    /// Whether what is to be substituted is an attribute.
    pub reads_attributes: bool,
    /// Whether part of it came from an attribute, so that no URL may be made of it.
    /// <https://drafts.csswg.org/css-values-5/#attr-security>
    pub(super) is_attr_tainted: bool,
}

/// What may stand beside the tokens of a part of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it.
    Whole,
    /// A fallback: ends at the end of its function, and has neither `;` nor `!` of its own.
    Fallback,
    /// What is in brackets.
    Block,
}

impl TokenText {
    /// Takes all that is left of `input`, which must be a `<declaration-value>` or empty.
    /// <https://drafts.csswg.org/css-syntax-3/#typedef-any-value>
    ///
    /// # Errors
    /// A bad string or URL, a bracket that closes nothing, or a function to be replaced with wrong arguments.
    pub fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        Scanner::scan_all(input, true)
    }

    /// Takes all that is left of `input`, which must be an `<any-value>` or empty: functions with wrong arguments too.
    ///
    /// # Errors
    /// A bad string or URL, or a bracket that closes nothing.
    pub(crate) fn parse_any(input: &mut Parser<'_>) -> CssResult<Arc<str>> {
        Ok(Scanner::scan_all(input, false)?.css)
    }

    /// The same text, known to be (or not) of what an attribute holds.
    #[must_use]
    pub(super) fn tainted(self, is_attr_tainted: bool) -> Self {
        TokenText { is_attr_tainted, ..self }
    }
}

/// Reads tokens, and remembers what must be known of them.
struct Scanner {
    text: TokenText,
    /// What the end of the input left open, innermost first, as it is closed.
    missing: String,
    /// Whether it is a `<declaration-value>`: no semicolon is outside of brackets, and functions to be replaced have the right
    /// arguments.
    is_declared: bool,
}

impl Scanner {
    fn scan_all(input: &mut Parser<'_>, is_declared: bool) -> CssResult<TokenText> {
        input.skip_whitespace();
        let start = input.position();
        let text = TokenText {
            css: Arc::from(""),
            first: TokenSerializationType::Nothing,
            last: TokenSerializationType::Nothing,
            has_references: false,
            reads_attributes: false,
            is_attr_tainted: false,
        };
        let mut scanner = Scanner { text, missing: String::new(), is_declared };
        scanner.scan(input, Part::Whole)?;
        let Scanner { mut text, missing, .. } = scanner;
        let css = input.slice_from(start);
        text.css = match css.strip_suffix('\\') {
            // At the end of the sheet a backslash stands for U+FFFD, but for nothing in a string, and for itself in a comment.
            Some(before) if ends_with_escape(css) => match missing.chars().next() {
                Some('"' | '\'') => [before, &missing].concat().into(),
                Some('*') => [css, &missing].concat().into(),
                _ => [before, "\u{fffd}", &missing].concat().into(),
            },
            _ if missing.is_empty() => trim(css).into(),
            _ => [css, &missing].concat().into(),
        };
        Ok(text)
    }

    /// Reads tokens to the end of a part.
    fn scan(&mut self, input: &mut Parser<'_>, part: Part) -> CssResult<()> {
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { return Ok(()) };
            let kind = token.serialization_type();
            if part == Part::Whole && !matches!(token, Token::WhiteSpace(_) | Token::Comment(_)) {
                self.text.first.set_if_nothing(kind);
                self.text.last = kind;
            }
            let (closer, contents_end) = match token {
                Token::BadString(_)
                | Token::BadUrl(_)
                | Token::CloseParenthesis
                | Token::CloseSquareBracket
                | Token::CloseCurlyBracket => return Err(invalid_value()),
                Token::Semicolon if self.is_declared && part != Part::Block => return Err(invalid_value()),
                Token::Delim('!') if part == Part::Fallback => return Err(invalid_value()),
                Token::Function(name) => {
                    let name = name.clone();
                    let end = input.parse_nested_block(|input| {
                        self.scan_function(&name, input)?;
                        input.skip_whitespace();
                        CssResult::Ok(input.position())
                    })?;
                    (")", Some(end))
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    let closer = match token {
                        Token::ParenthesisBlock => ")",
                        Token::SquareBracketBlock => "]",
                        _ => "}",
                    };
                    let end = input.parse_nested_block(|input| {
                        self.scan(input, Part::Block)?;
                        CssResult::Ok(input.position())
                    })?;
                    (closer, Some(end))
                }
                Token::Comment(_) => ("*/", None),
                Token::UnquotedUrl(_) => (")", None),
                Token::QuotedString(_) => {
                    (if input.slice_from(start).starts_with('"') { "\"" } else { "'" }, None)
                }
                _ => continue,
            };
            // What is open inside leaves open what is around.
            let is_closed = self.missing.is_empty()
                && match contents_end {
                    Some(end) => !input.slice_from(end).is_empty(),
                    None => is_closed(input.slice_from(start), closer),
                };
            if !is_closed {
                self.missing.push_str(closer);
            }
        }
    }

    /// Reads the arguments of a function.
    fn scan_function(&mut self, name: &str, input: &mut Parser<'_>) -> CssResult<()> {
        if !self.is_declared {
            return self.scan(input, Part::Block);
        }
        cssparser::match_ignore_ascii_case! { name,
            "var" => { parse_variable_name(input)?; },
            "env" => {
                input.expect_ident()?;
                while input.try_parse(Parser::expect_integer).is_ok() {}
            },
            "attr" => {
                Attribute::parse(input)?;
                self.text.reads_attributes = true;
            },
            _ => return self.scan(input, Part::Block),
        }
        self.text.has_references = true;
        if input.is_exhausted() {
            return Ok(());
        }
        input.expect_comma()?;
        self.scan(input, Part::Fallback)
    }
}

/// Whether the last character of a text is a backslash that would escape what follows.
fn ends_with_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
}

/// A text without blanks around, but for one that a backslash keeps from going.
fn trim(text: &str) -> &str {
    let text = text.trim_ascii_start();
    let trimmed = text.trim_ascii_end();
    if ends_with_escape(trimmed) { &text[..(trimmed.len() + 1).min(text.len())] } else { trimmed }
}

/// Whether a token ends with what closes it, and not with the end of the sheet.
fn is_closed(text: &str, closer: &str) -> bool {
    let Some(inside) = text.strip_suffix(closer) else { return false };
    if closer == "*/" {
        // The slash after which a comment opens is none that closes it.
        inside.len() >= 2
    } else {
        // A quotation mark that opens does not close, and what is escaped closes nothing.
        !inside.is_empty() && !ends_with_escape(inside)
    }
}

/// `<custom-property-name>`
pub(super) fn parse_variable_name(input: &mut Parser<'_>) -> CssResult<Atom> {
    let name = input.expect_ident()?;
    if name.starts_with("--") && name.len() > 2 { Ok(Atom::from(&**name)) } else { Err(invalid_value()) }
}

impl ToCss for TokenText {
    fn to_css(&self, out: &mut String) {
        out.push_str(&self.css);
    }
}
