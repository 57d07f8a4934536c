//! Custom properties and `var()`.
//! <https://drafts.csswg.org/css-variables-1/>
//!
//! A value with `var()` in it is kept as text; substitution puts the variables' text in its place, and the result is parsed as
//! if it had been written so.

use std::sync::Arc;

use cssparser::TokenSerializationType;
use fanlight_base::Atom;
use precomputed_hash::PrecomputedHash;
use rustc_hash::{FxHashMap, FxHashSet};
use url::Url;

use crate::limits;
use crate::properties::{CssWideKeyword, LonghandId, PropertyDeclaration, PropertyId, ShorthandId};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, QuirksMode, ToCss, Token};

/// The functions that are replaced before a value is parsed.
/// <https://drafts.csswg.org/css-values-5/#arbitrary-substitution>
pub const SUBSTITUTION_FUNCTIONS: &[&str] = &["var", "env"];

/// A sequence of tokens as text.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenText {
    /// The text, trimmed.
    pub css: Arc<str>,
    /// The kind of its first token.
    first: TokenSerializationType,
    /// The kind of its last token.
    last: TokenSerializationType,
    /// Whether something in it is to be substituted.
    pub has_references: bool,
}

impl TokenText {
    /// Takes all that is left of `input`, which must be a `<declaration-value>` or empty.
    /// <https://drafts.csswg.org/css-syntax-3/#typedef-any-value>
    ///
    /// # Errors
    /// A bad string or URL, a bracket that closes nothing, or `var()` with wrong arguments.
    pub fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        input.skip_whitespace();
        let start = input.position();
        let mut text = TokenText {
            css: Arc::from(""),
            first: TokenSerializationType::Nothing,
            last: TokenSerializationType::Nothing,
            has_references: false,
        };
        text.scan(input, true)?;
        text.css = input.slice_from(start).trim_matches(|c: char| c.is_ascii_whitespace()).into();
        Ok(text)
    }

    /// Reads tokens to the end of a block, and remembers what must be known of them.
    fn scan(&mut self, input: &mut Parser<'_>, outermost: bool) -> CssResult<()> {
        while let Ok(token) = input.next_including_whitespace_and_comments() {
            let kind = token.serialization_type();
            if outermost && !matches!(token, Token::WhiteSpace(_) | Token::Comment(_)) {
                self.first.set_if_nothing(kind);
                self.last = kind;
            }
            match token {
                Token::BadString(_)
                | Token::BadUrl(_)
                | Token::CloseParenthesis
                | Token::CloseSquareBracket
                | Token::CloseCurlyBracket => return Err(invalid_value()),
                Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                    self.has_references = true;
                    input.parse_nested_block(|input| {
                        parse_variable_name(input)?;
                        self.scan_fallback(input)
                    })?;
                }
                Token::Function(name) if name.eq_ignore_ascii_case("env") => {
                    self.has_references = true;
                    input.parse_nested_block(|input| {
                        input.expect_ident()?;
                        while input.try_parse(Parser::expect_integer).is_ok() {}
                        self.scan_fallback(input)
                    })?;
                }
                Token::Function(_)
                | Token::ParenthesisBlock
                | Token::SquareBracketBlock
                | Token::CurlyBracketBlock => {
                    input.parse_nested_block(|input| self.scan(input, false))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn scan_fallback(&mut self, input: &mut Parser<'_>) -> CssResult<()> {
        if input.is_exhausted() {
            return Ok(());
        }
        input.expect_comma()?;
        self.scan(input, false)
    }

    /// A text that is known to be a token sequence.
    fn from_css(css: &str) -> Option<Self> {
        TokenText::parse(&mut Parser::new(css)).ok()
    }
}

fn parse_variable_name(input: &mut Parser<'_>) -> CssResult<Atom> {
    let name = input.expect_ident()?;
    if name.starts_with("--") && name.len() > 2 { Ok(Atom::from(&**name)) } else { Err(invalid_value()) }
}

impl ToCss for TokenText {
    fn to_css(&self, out: &mut String) {
        out.push_str(&self.css);
    }
}

/// A value with `var()` in it, of a longhand or of the shorthand that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct UnparsedValue {
    /// The text.
    pub text: TokenText,
    /// The shorthand that the text is a value of.
    pub shorthand: Option<ShorthandId>,
    /// What URLs in the value are relative to.
    pub base_url: Option<Arc<Url>>,
    /// The mode of the document.
    pub quirks: QuirksMode,
}

impl ToCss for UnparsedValue {
    /// The text; nothing for a longhand of a shorthand, as CSSOM wants.
    fn to_css(&self, out: &mut String) {
        if self.shorthand.is_none() {
            self.text.to_css(out);
        }
    }
}

/// The declaration of a custom property.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomDeclaration {
    /// The name with its two dashes.
    pub name: Atom,
    /// The value.
    pub value: CustomValue,
}

/// The declared value of a custom property.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomValue {
    /// A CSS-wide keyword.
    CssWide(CssWideKeyword),
    /// Any tokens.
    Tokens(TokenText),
}

impl ToCss for CustomValue {
    fn to_css(&self, out: &mut String) {
        match self {
            CustomValue::CssWide(keyword) => keyword.to_css(out),
            CustomValue::Tokens(text) => text.to_css(out),
        }
    }
}

/// The computed custom properties of an element. One that is not here is guaranteed-invalid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomProperties {
    /// Sorted by the hash of the name, then by the name.
    entries: Vec<(Atom, TokenText)>,
}

impl CustomProperties {
    fn position(&self, name: &Atom) -> Result<usize, usize> {
        self.entries.binary_search_by(|(entry, _)| {
            entry.precomputed_hash().cmp(&name.precomputed_hash()).then_with(|| entry.cmp(name))
        })
    }

    /// The value of a custom property, by its name with the two dashes.
    pub fn get(&self, name: &Atom) -> Option<&TokenText> {
        self.position(name).ok().map(|index| &self.entries[index].1)
    }

    fn set(&mut self, name: Atom, value: TokenText) {
        match self.position(&name) {
            Ok(index) => self.entries[index].1 = value,
            Err(index) if self.entries.len() < limits::CUSTOM_PROPERTIES => {
                self.entries.insert(index, (name, value))
            }
            Err(_) => {}
        }
    }

    fn remove(&mut self, name: &Atom) {
        if let Ok(index) = self.position(name) {
            self.entries.remove(index);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and values, sorted by name.
    pub fn sorted(&self) -> Vec<(&Atom, &str)> {
        let mut all: Vec<(&Atom, &str)> =
            self.entries.iter().map(|(name, text)| (name, &*text.css)).collect();
        all.sort();
        all
    }
}

/// The custom properties of an element, from the declarations that won (a name at most once) and what it inherits.
/// <https://drafts.csswg.org/css-variables-1/#cycles>
pub fn compute_custom_properties<'a>(
    inherited: &Arc<CustomProperties>,
    winners: impl Iterator<Item = &'a CustomDeclaration>,
) -> Arc<CustomProperties> {
    let mut computed: Option<CustomProperties> = None;
    // Those that refer to others are resolved once all that do not are known.
    let mut pending: FxHashMap<Atom, TokenText> = FxHashMap::default();
    let mut order: Vec<Atom> = Vec::new();
    for declaration in winners {
        match &declaration.value {
            CustomValue::CssWide(CssWideKeyword::Initial) => {
                computed.get_or_insert_with(|| (**inherited).clone()).remove(&declaration.name);
            }
            // They inherit; `revert` has been resolved by the cascade and can only mean the same here.
            CustomValue::CssWide(_) => {}
            CustomValue::Tokens(text) if text.has_references => {
                order.push(declaration.name.clone());
                pending.insert(declaration.name.clone(), text.clone());
            }
            CustomValue::Tokens(text) => {
                if inherited.get(&declaration.name) != Some(text) {
                    computed
                        .get_or_insert_with(|| (**inherited).clone())
                        .set(declaration.name.clone(), text.clone());
                }
            }
        }
    }
    if pending.is_empty() {
        return computed.map_or_else(|| inherited.clone(), Arc::new);
    }
    let mut resolver = Resolver {
        computed: computed.unwrap_or_else(|| (**inherited).clone()),
        pending,
        in_progress: Vec::new(),
        cyclic: FxHashSet::default(),
    };
    for name in &order {
        resolver.resolve(name, 0);
    }
    Arc::new(resolver.computed)
}

struct Resolver {
    computed: CustomProperties,
    pending: FxHashMap<Atom, TokenText>,
    in_progress: Vec<Atom>,
    cyclic: FxHashSet<Atom>,
}

impl Resolver {
    /// Resolves a property and those that it refers to, depth first; the depth is limited.
    fn resolve(&mut self, name: &Atom, depth: usize) {
        if let Some(start) = self.in_progress.iter().position(|other| other == name) {
            self.cyclic.extend(self.in_progress[start..].iter().cloned());
            return;
        }
        let Some(text) = self.pending.remove(name) else { return };
        self.in_progress.push(name.clone());
        if depth < limits::SUBSTITUTION_DEPTH {
            for reference in references(&text.css) {
                self.resolve(&reference, depth + 1);
            }
        }
        self.in_progress.pop();
        let value = if self.cyclic.contains(name) || depth >= limits::SUBSTITUTION_DEPTH {
            None
        } else {
            substitute(&text, &self.computed)
        };
        match value.as_deref().and_then(TokenText::from_css) {
            Some(value) => self.computed.set(name.clone(), value),
            None => self.computed.remove(name),
        }
    }
}

/// The variables that a text refers to, in fallbacks too.
fn references(css: &str) -> Vec<Atom> {
    fn collect(input: &mut Parser<'_>, found: &mut Vec<Atom>) {
        while let Ok(token) = input.next() {
            let is_var = match token {
                Token::Function(name) => name.eq_ignore_ascii_case("var"),
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => false,
                _ => continue,
            };
            let _: CssResult<()> = input.parse_nested_block(|input| {
                if is_var && let Ok(name) = parse_variable_name(input) {
                    found.push(name);
                }
                collect(input, found);
                Ok(())
            });
        }
    }
    let mut found = Vec::new();
    collect(&mut Parser::new(css), &mut found);
    found
}

/// The text with every `var()` and `env()` replaced; `None` where one has no value, or the text grows too long.
pub fn substitute(text: &TokenText, variables: &CustomProperties) -> Option<String> {
    let mut out = Output { css: String::new(), last: TokenSerializationType::Nothing };
    substitute_block(&mut Parser::new(&text.css), variables, &mut out)?;
    Some(out.css)
}

struct Output {
    css: String,
    last: TokenSerializationType,
}

impl Output {
    fn push(&mut self, css: &str, first: TokenSerializationType, last: TokenSerializationType) -> Option<()> {
        if self.css.len() + css.len() > limits::SUBSTITUTED_VALUE_BYTES {
            return None;
        }
        if self.last.needs_separator_when_before(first) {
            self.css.push_str("/**/");
        }
        self.css.push_str(css);
        if !css.is_empty() {
            self.last = last;
        }
        Some(())
    }
}

/// Copies tokens to the end of a block. The depth of blocks is limited by the tokenizer.
fn substitute_block(input: &mut Parser<'_>, variables: &CustomProperties, out: &mut Output) -> Option<()> {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else { return Some(()) };
        let kind = token.serialization_type();
        let closing = match token {
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                let inner: CssResult<Option<()>> =
                    input.parse_nested_block(|input| Ok(substitute_var(input, variables, out)));
                inner.ok()??;
                continue;
            }
            Token::Function(name) if name.eq_ignore_ascii_case("env") => {
                let inner: CssResult<Option<()>> =
                    input.parse_nested_block(|input| Ok(substitute_env(input, variables, out)));
                inner.ok()??;
                continue;
            }
            Token::Function(_) | Token::ParenthesisBlock => ")",
            Token::SquareBracketBlock => "]",
            Token::CurlyBracketBlock => "}",
            _ => {
                let css = input.slice_from(start);
                out.push(css, kind, kind)?;
                continue;
            }
        };
        let opening = input.slice_from(start);
        out.push(opening, kind, TokenSerializationType::Nothing)?;
        let inner: CssResult<Option<()>> =
            input.parse_nested_block(|input| Ok(substitute_block(input, variables, out)));
        inner.ok()??;
        out.push(closing, TokenSerializationType::Other, TokenSerializationType::Other)?;
    }
}

fn substitute_var(input: &mut Parser<'_>, variables: &CustomProperties, out: &mut Output) -> Option<()> {
    let name = parse_variable_name(input).ok()?;
    if let Some(value) = variables.get(&name) {
        out.push(&value.css, value.first, value.last)?;
        // The fallback is not looked at.
        while input.next().is_ok() {}
        return Some(());
    }
    substitute_fallback(input, variables, out)
}

fn substitute_fallback(input: &mut Parser<'_>, variables: &CustomProperties, out: &mut Output) -> Option<()> {
    input.expect_comma().ok()?;
    input.skip_whitespace();
    substitute_block(input, variables, out)
}

/// <https://drafts.csswg.org/css-env-1/#env-function>
fn substitute_env(input: &mut Parser<'_>, variables: &CustomProperties, out: &mut Output) -> Option<()> {
    let name = input.expect_ident().ok()?;
    // A screen without notches.
    let is_safe_area =
        ["safe-area-inset-top", "safe-area-inset-right", "safe-area-inset-bottom", "safe-area-inset-left"]
            .contains(&&**name);
    while input.try_parse(Parser::expect_integer).is_ok() {}
    if is_safe_area {
        while input.next().is_ok() {}
        return out.push("0px", TokenSerializationType::Dimension, TokenSerializationType::Dimension);
    }
    substitute_fallback(input, variables, out)
}

impl UnparsedValue {
    /// The declaration of one longhand that the value gives for an element with these variables; `None` where it is
    /// invalid at computed-value time.
    pub fn resolve(&self, longhand: LonghandId, variables: &CustomProperties) -> Option<PropertyDeclaration> {
        let css = substitute(&self.text, variables)?;
        let context = ParseContext::new(self.base_url.as_ref(), self.quirks);
        let mut parsed = Vec::new();
        let mut input = Parser::new(&css);
        crate::properties::declaration::parse_known_value(
            &self.shorthand.map_or(PropertyId::Longhand(longhand), PropertyId::Shorthand),
            &mut input,
            &context,
            &mut parsed,
        )
        .ok()?;
        parsed.into_iter().find(|declaration| declaration.longhand() == Some(longhand))
    }
}
