//! Replacing `var()`, `env()` and `attr()` by what they stand for.
//! <https://drafts.csswg.org/css-values-5/#arbitrary-substitution>

use cssparser::{TokenSerializationType, match_ignore_ascii_case};
use fanlight_base::Atom;

use super::custom_properties::CustomProperties;
use super::property_syntax::PropertySyntax;
use super::registered::RegisteredProperties;
use super::token_text::{TokenText, parse_variable_name};
use crate::limits;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_string;
use crate::syntax::{CssResult, ParseContext, Parser, Token};
use crate::values::{angle, number, time, units::LengthUnit};

/// What the functions of an element stand for.
#[derive(Clone, Copy)]
pub struct Replacements<'a> {
    /// The element's custom properties.
    pub variables: &'a CustomProperties,
    /// What `@property` says of them.
    pub registered: &'a RegisteredProperties,
    /// The element's attributes.
    pub attributes: &'a dyn Attributes,
}

impl<'a> Replacements<'a> {
    /// The value of a custom property; `None` where it is guaranteed-invalid.
    pub fn variable(&self, name: &Atom) -> Option<&'a TokenText> {
        self.variables.get(name).or_else(|| self.registered.initial(name))
    }
}

/// Knows an element's attributes, for `attr()`.
pub trait Attributes {
    /// The value of an attribute in no namespace.
    fn value(&self, name: &str) -> Option<&str>;
}

/// Of what is no element.
pub struct NoAttributes;

impl Attributes for NoAttributes {
    fn value(&self, _name: &str) -> Option<&str> {
        None
    }
}

/// What environment variables there are: those of a window without notch, keyboard, title bar or fold.
/// <https://drafts.csswg.org/css-env-1/#environment>
fn environment(name: &str) -> Option<&'static str> {
    Some(match name {
        "safe-area-inset-top"
        | "safe-area-inset-right"
        | "safe-area-inset-bottom"
        | "safe-area-inset-left"
        | "safe-area-max-inset-top"
        | "safe-area-max-inset-right"
        | "safe-area-max-inset-bottom"
        | "safe-area-max-inset-left"
        | "keyboard-inset-top"
        | "keyboard-inset-right"
        | "keyboard-inset-bottom"
        | "keyboard-inset-left"
        | "keyboard-inset-width"
        | "keyboard-inset-height" => "0px",
        "preferred-text-scale" => "1",
        _ => return None,
    })
}

/// What an `attr()` asks for, its fallback apart.
/// <https://drafts.csswg.org/css-values-5/#attr-notation>
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribute {
    pub(super) name: String,
    kind: AttributeKind,
}

/// What an attribute's text is taken for.
#[derive(Clone, Debug, PartialEq)]
enum AttributeKind {
    /// A string; so does the text stand in it.
    String,
    /// A number without unit.
    Number,
    /// A number that gets a unit.
    Unit(String),
    /// A value of a syntax.
    Typed(PropertySyntax),
    /// Something that is no type: the fallback counts.
    Unknown,
}

impl Attribute {
    /// Parses the arguments up to the comma of the fallback.
    pub(super) fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        let name = input.expect_ident()?.to_string();
        let kind = input.try_parse(parse_kind).unwrap_or(AttributeKind::String);
        Ok(Attribute { name, kind })
    }
}

fn parse_kind(input: &mut Parser<'_>) -> CssResult<AttributeKind> {
    Ok(match input.next()? {
        Token::Delim('%') => AttributeKind::Unit("%".to_owned()),
        Token::Ident(word) => match_ignore_ascii_case! { word,
            "raw-string" => AttributeKind::String,
            "number" => AttributeKind::Number,
            _ => if is_unit(word) { AttributeKind::Unit(word.to_string()) } else { AttributeKind::Unknown },
        },
        Token::Function(name) if name.eq_ignore_ascii_case("type") => input.parse_nested_block(|input| {
            let start = input.position();
            input.expect_no_error_token()?;
            let syntax = PropertySyntax::from_string(input.slice_from(start));
            CssResult::Ok(syntax.map_or(AttributeKind::Unknown, AttributeKind::Typed))
        })?,
        _ => return Err(invalid_value()),
    })
}

/// Whether a word is a unit of something.
fn is_unit(word: &str) -> bool {
    LengthUnit::from_keyword(word).is_some()
        || angle::degrees(1.0, word).is_some()
        || time::seconds(1.0, word).is_some()
        || number::dppx(1.0, word).is_some()
        || ["hz", "khz", "fr"].iter().any(|unit| word.eq_ignore_ascii_case(unit))
}

impl TokenText {
    /// The text with every function replaced; `None` where one has no value, or the text grows too long.
    pub fn substitute(&self, replacements: &Replacements<'_>) -> Option<TokenText> {
        let (css, is_tainted) = self.substituted_css(replacements)?;
        Some(TokenText::parse(&mut Parser::new(&css)).ok()?.tainted(is_tainted))
    }

    /// The same as CSS, and whether part of it comes from an attribute.
    pub(super) fn substituted_css(&self, replacements: &Replacements<'_>) -> Option<(String, bool)> {
        let mut substitution = Substitution {
            replacements,
            css: String::new(),
            last: TokenSerializationType::Nothing,
            attributes: Vec::new(),
            attribute_count: 0,
            is_tainted: false,
            url_functions: 0,
        };
        substitution.block(&mut Parser::new(&self.css))?;
        Some((substitution.css, substitution.is_tainted))
    }

    /// Calls `found` with each custom property that the text refers to, in fallbacks and attributes too.
    pub(super) fn for_each_variable(&self, attributes: &dyn Attributes, found: &mut dyn FnMut(Atom)) {
        let mut read = Vec::new();
        let mut texts = vec![self.css.to_string()];
        while let Some(css) = texts.pop() {
            find_references(&mut Parser::new(&css), found, &mut |attribute: Attribute| {
                let is_text = matches!(attribute.kind, AttributeKind::Typed(_));
                if is_text && !read.contains(&attribute.name) {
                    texts.extend(attributes.value(&attribute.name).map(str::to_owned));
                    read.push(attribute.name);
                }
            });
        }
    }
}

fn find_references(
    input: &mut Parser<'_>,
    variable: &mut dyn FnMut(Atom),
    attribute: &mut dyn FnMut(Attribute),
) {
    while let Ok(token) = input.next() {
        let function = match token {
            Token::Function(name) => Some(name.clone()),
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => None,
            _ => continue,
        };
        let _: CssResult<()> = input.parse_nested_block(|input| {
            match_ignore_ascii_case! { function.as_deref().unwrap_or_default(),
                "var" => if let Ok(name) = parse_variable_name(input) { variable(name) },
                "attr" => if let Ok(found) = Attribute::parse(input) { attribute(found) },
                _ => {},
            }
            find_references(input, variable, attribute);
            Ok(())
        });
    }
}

/// A text that is being put together.
struct Substitution<'a> {
    replacements: &'a Replacements<'a>,
    css: String,
    last: TokenSerializationType,
    /// The attributes whose text is being put in.
    attributes: Vec<String>,
    attribute_count: usize,
    is_tainted: bool,
    /// How many functions there are around that make URLs of strings.
    url_functions: usize,
}

impl Substitution<'_> {
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

    fn push_text(&mut self, text: &TokenText) -> Option<()> {
        if text.is_attr_tainted {
            self.taint()?;
        }
        self.push(&text.css, text.first, text.last)
    }

    /// Says that something comes from an attribute; `None` where a URL would be made of it.
    fn taint(&mut self) -> Option<()> {
        self.is_tainted = true;
        (self.url_functions == 0).then_some(())
    }

    /// Copies tokens to the end of a block. The tokenizer limits how deep blocks nest.
    fn block(&mut self, input: &mut Parser<'_>) -> Option<()> {
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { return Some(()) };
            let kind = token.serialization_type();
            let mut makes_urls = false;
            let closing = match token {
                Token::Function(name) => {
                    let replace: Option<fn(&mut Self, &mut Parser<'_>) -> Option<()>> = match_ignore_ascii_case! { name,
                        "var" => Some(Self::variable),
                        "env" => Some(Self::environment),
                        "attr" => Some(Self::attribute),
                        _ => None,
                    };
                    if let Some(replace) = replace {
                        nested(input, |input| replace(self, input))?;
                        continue;
                    }
                    makes_urls = match_ignore_ascii_case! { name,
                        "url" | "src" | "image" | "image-set" | "-webkit-image-set" => true,
                        _ => false,
                    };
                    ")"
                }
                Token::ParenthesisBlock => ")",
                Token::SquareBracketBlock => "]",
                Token::CurlyBracketBlock => "}",
                _ => {
                    let css = input.slice_from(start);
                    self.push(css, kind, kind)?;
                    continue;
                }
            };
            let opening = input.slice_from(start);
            self.push(opening, kind, TokenSerializationType::Nothing)?;
            self.url_functions += usize::from(makes_urls);
            nested(input, |input| self.block(input))?;
            self.url_functions -= usize::from(makes_urls);
            self.push(closing, TokenSerializationType::Other, TokenSerializationType::Other)?;
        }
    }

    /// <https://drafts.csswg.org/css-variables-1/#using-variables>
    fn variable(&mut self, input: &mut Parser<'_>) -> Option<()> {
        let name = parse_variable_name(input).ok()?;
        match self.replacements.variable(&name) {
            Some(value) => {
                self.push_text(value)?;
                skip(input)
            }
            None => self.fallback(input),
        }
    }

    /// <https://drafts.csswg.org/css-env-1/#env-function>
    fn environment(&mut self, input: &mut Parser<'_>) -> Option<()> {
        let name = input.expect_ident().ok()?;
        let value = environment(name);
        while input.try_parse(Parser::expect_integer).is_ok() {}
        match value {
            Some(value) => {
                self.push(value, TokenSerializationType::Dimension, TokenSerializationType::Dimension)?;
                skip(input)
            }
            None => self.fallback(input),
        }
    }

    /// <https://drafts.csswg.org/css-values-5/#resolve-an-attr-function>
    fn attribute(&mut self, input: &mut Parser<'_>) -> Option<()> {
        let Attribute { name, kind } = Attribute::parse(input).ok()?;
        self.attribute_count += 1;
        if self.attribute_count > limits::ATTRIBUTE_REFERENCES || self.attributes.contains(&name) {
            return None;
        }
        let value = self.replacements.attributes.value(&name);
        let css = match (&kind, value) {
            (AttributeKind::String, Some(value)) => Some(quoted(value)),
            (AttributeKind::String, None) if input.is_exhausted() => Some(quoted("")),
            (AttributeKind::Number, Some(value)) => number_of(value, ""),
            (AttributeKind::Unit(unit), Some(value)) => number_of(value, unit),
            (AttributeKind::Typed(syntax), Some(value)) => self.typed(name, syntax, value),
            (_, None) | (AttributeKind::Unknown, _) => None,
        };
        let text = css.and_then(|css| TokenText::parse(&mut Parser::new(&css)).ok());
        match text {
            Some(text) => {
                self.taint()?;
                self.push_text(&text)?;
                skip(input)
            }
            None => self.fallback(input),
        }
    }

    /// The text of an attribute with what is in it replaced, where that is a value of the syntax.
    fn typed(&mut self, name: String, syntax: &PropertySyntax, value: &str) -> Option<String> {
        let text = TokenText::parse(&mut Parser::new(value)).ok()?;
        if !text.has_references {
            return syntax.accepts(&text.css, &ParseContext::default()).then(|| text.css.to_string());
        }
        let outer = (std::mem::take(&mut self.css), self.last, self.url_functions);
        (self.last, self.url_functions) = (TokenSerializationType::Nothing, 0);
        self.attributes.push(name);
        let replaced = self.block(&mut Parser::new(&text.css));
        self.attributes.pop();
        let css = std::mem::replace(&mut self.css, outer.0);
        (self.last, self.url_functions) = (outer.1, outer.2);
        (replaced.is_some() && syntax.accepts(&css, &ParseContext::default())).then_some(css)
    }

    fn fallback(&mut self, input: &mut Parser<'_>) -> Option<()> {
        input.expect_comma().ok()?;
        input.skip_whitespace();
        self.block(input)
    }
}

/// Passes over what is left of a function: a fallback that does not count.
fn skip(input: &mut Parser<'_>) -> Option<()> {
    while input.next().is_ok() {}
    Some(())
}

fn nested(input: &mut Parser<'_>, inside: impl FnOnce(&mut Parser<'_>) -> Option<()>) -> Option<()> {
    let inner: CssResult<Option<()>> = input.parse_nested_block(|input| Ok(inside(input)));
    inner.ok()?
}

fn quoted(text: &str) -> String {
    let mut css = String::new();
    write_string(text, &mut css);
    css
}

/// A number with blanks around at most, with a unit.
fn number_of(text: &str, unit: &str) -> Option<String> {
    let number = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let mut input = Parser::new(number);
    input.expect_number().ok()?;
    input.is_exhausted().then(|| [number, unit].concat())
}
