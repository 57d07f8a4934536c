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
        input.skip_whitespace();
        let start = input.position();
        let mut text = TokenText {
            css: Arc::from(""),
            first: TokenSerializationType::Nothing,
            last: TokenSerializationType::Nothing,
            has_references: false,
            reads_attributes: false,
            is_attr_tainted: false,
        };
        let mut missing = String::new();
        text.scan(input, Part::Whole, &mut missing)?;
        let css = input.slice_from(start);
        text.css = if missing.is_empty() {
            css.trim_matches(|c: char| c.is_ascii_whitespace()).into()
        } else {
            // A backslash at the end stands for U+FFFD, but for nothing in a string.
            let in_string = missing.starts_with(['"', '\'']);
            let css = if in_string { css.strip_suffix('\\').unwrap_or(css) } else { css };
            [css, &missing].concat().into()
        };
        Ok(text)
    }

    /// Reads tokens to the end of a part, and remembers what must be known of them. What the end of the input left open is
    /// added to `missing`.
    fn scan(&mut self, input: &mut Parser<'_>, part: Part, missing: &mut String) -> CssResult<()> {
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { return Ok(()) };
            let kind = token.serialization_type();
            if part == Part::Whole && !matches!(token, Token::WhiteSpace(_) | Token::Comment(_)) {
                self.first.set_if_nothing(kind);
                self.last = kind;
            }
            let closer = match token {
                Token::BadString(_)
                | Token::BadUrl(_)
                | Token::CloseParenthesis
                | Token::CloseSquareBracket
                | Token::CloseCurlyBracket => return Err(invalid_value()),
                Token::Semicolon | Token::Delim('!') if part == Part::Fallback => return Err(invalid_value()),
                Token::Function(name) => {
                    let name = name.clone();
                    input.parse_nested_block(|input| self.scan_function(&name, input, missing))?;
                    ")"
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    let closer = match token {
                        Token::ParenthesisBlock => ")",
                        Token::SquareBracketBlock => "]",
                        _ => "}",
                    };
                    input.parse_nested_block(|input| self.scan(input, Part::Block, missing))?;
                    closer
                }
                Token::Comment(_) => "*/",
                Token::UnquotedUrl(_) => ")",
                Token::QuotedString(_) => {
                    if input.slice_from(start).starts_with('"') {
                        "\""
                    } else {
                        "'"
                    }
                }
                _ => continue,
            };
            // What is open inside leaves open what is around.
            if !missing.is_empty() || !is_closed(input.slice_from(start), closer) {
                missing.push_str(closer);
            }
        }
    }

    /// Reads the arguments of a function.
    fn scan_function(&mut self, name: &str, input: &mut Parser<'_>, missing: &mut String) -> CssResult<()> {
        cssparser::match_ignore_ascii_case! { name,
            "var" => { parse_variable_name(input)?; },
            "env" => {
                input.expect_ident()?;
                while input.try_parse(Parser::expect_integer).is_ok() {}
            },
            "attr" => {
                Attribute::parse(input)?;
                self.reads_attributes = true;
            },
            _ => return self.scan(input, Part::Block, missing),
        }
        self.has_references = true;
        if input.is_exhausted() {
            return Ok(());
        }
        input.expect_comma()?;
        self.scan(input, Part::Fallback, missing)
    }

    /// The same text, known to be (or not) of what an attribute holds.
    #[must_use]
    pub(super) fn tainted(self, is_attr_tainted: bool) -> Self {
        TokenText { is_attr_tainted, ..self }
    }
}

/// Whether a token or block, which begins with `text`, ends with what closes it, and not with the end of the sheet.
fn is_closed(text: &str, closer: &str) -> bool {
    let Some(inside) = text.strip_suffix(closer) else { return false };
    // A quotation mark that opens does not close, and what is escaped closes nothing.
    let escapes = inside.bytes().rev().take_while(|&byte| byte == b'\\').count();
    !inside.is_empty() && escapes % 2 == 0 && !(closer == "*/" && inside.len() < 2)
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
