//! `@property`.
//! <https://drafts.css-houdini.org/css-properties-values-api/#at-property-rule>

use std::sync::Arc;

use fanlight_base::Atom;

use super::descriptors::{Descriptors, parse_descriptors, unknown_descriptor};
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::identifier::{CustomIdent, DashedIdent};
use crate::values::{Parse, angle, color, image, length, number, time, transform, url};
use crate::variables::TokenText;

/// A registered custom property.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyRule {
    /// Where the rule stands.
    pub position: SourcePosition,
    /// The property, with its two dashes.
    pub name: Atom,
    /// The values that it takes.
    pub syntax: PropertySyntax,
    /// Whether it inherits.
    pub inherits: bool,
    /// The initial value; always there unless the syntax is `*`.
    pub initial_value: Option<TokenText>,
}

/// The values that a registered property takes.
/// <https://drafts.css-houdini.org/css-properties-values-api/#syntax-strings>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PropertySyntax {
    /// `*`: anything.
    Universal,
    /// One of these.
    Alternatives(Vec<SyntaxComponent>),
}

/// One alternative of a syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxComponent {
    /// The type of each value.
    pub value: SyntaxValue,
    /// Whether it is a list.
    pub multiplier: Option<SyntaxMultiplier>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxValue {
    /// `<length>` and others.
    Type(SyntaxType),
    /// A keyword.
    Keyword(Atom),
}

/// What a list has between its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxMultiplier {
    /// `+`: blanks.
    Blanks,
    /// `#`: commas.
    Commas,
}

keywords! {
    /// A type that a syntax can name.
    /// <https://drafts.css-houdini.org/css-properties-values-api/#supported-names>
    pub enum SyntaxType {
        Length = "length", Number = "number", Percentage = "percentage", LengthPercentage = "length-percentage",
        Color = "color", Image = "image", Url = "url", Integer = "integer", Angle = "angle", Time = "time",
        Resolution = "resolution", TransformFunction = "transform-function", TransformList = "transform-list",
        CustomIdent = "custom-ident", String = "string",
    }
}

impl PropertySyntax {
    /// Understands a syntax string.
    pub fn from_string(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        if text == "*" {
            return Some(PropertySyntax::Universal);
        }
        text.split('|')
            .map(SyntaxComponent::from_string)
            .collect::<Option<_>>()
            .map(PropertySyntax::Alternatives)
    }

    /// Whether a text is a value of this syntax.
    pub fn accepts(&self, text: &str, context: &ParseContext<'_>) -> bool {
        match self {
            PropertySyntax::Universal => true,
            PropertySyntax::Alternatives(components) => components.iter().any(|component| {
                let mut input = Parser::new(text);
                component.parse(&mut input, context).is_ok() && input.is_exhausted()
            }),
        }
    }
}

impl SyntaxComponent {
    fn from_string(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let (name, multiplier) = match text.strip_suffix('+') {
            Some(name) => (name, Some(SyntaxMultiplier::Blanks)),
            None => match text.strip_suffix('#') {
                Some(name) => (name, Some(SyntaxMultiplier::Commas)),
                None => (text, None),
            },
        };
        let value = match name.strip_prefix('<') {
            Some(name) => {
                // Names of types are case-sensitive, unlike keywords of CSS.
                let name = name.strip_suffix('>')?;
                SyntaxValue::Type(SyntaxType::from_keyword(name).filter(|known| known.as_str() == name)?)
            }
            None => {
                let mut input = Parser::new(name);
                let keyword = CustomIdent::parse(&mut input, &ParseContext::default()).ok()?.0;
                if !input.is_exhausted() || name.starts_with(|c: char| c.is_ascii_whitespace()) {
                    return None;
                }
                SyntaxValue::Keyword(keyword)
            }
        };
        let is_list_already = value == SyntaxValue::Type(SyntaxType::TransformList);
        (!(is_list_already && multiplier.is_some())).then_some(SyntaxComponent { value, multiplier })
    }

    fn parse(&self, input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<()> {
        match self.multiplier {
            None => self.parse_one(input, context),
            Some(SyntaxMultiplier::Commas) => {
                input.parse_comma_separated(|input| self.parse_one(input, context)).map(drop)
            }
            Some(SyntaxMultiplier::Blanks) => {
                self.parse_one(input, context)?;
                while input.try_parse(|input| self.parse_one(input, context)).is_ok() {}
                Ok(())
            }
        }
    }

    fn parse_one(&self, input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<()> {
        let value = match &self.value {
            SyntaxValue::Keyword(keyword) => {
                return if **input.expect_ident()? == **keyword { Ok(()) } else { Err(invalid_value()) };
            }
            SyntaxValue::Type(value) => value,
        };
        match value {
            SyntaxType::Length => length::SpecifiedLength::parse(input, context).map(drop),
            SyntaxType::Number => number::SpecifiedNumber::parse(input, context).map(drop),
            SyntaxType::Percentage => number::SpecifiedPercentage::parse(input, context).map(drop),
            SyntaxType::LengthPercentage => {
                length::SpecifiedLengthPercentage::parse(input, context).map(drop)
            }
            SyntaxType::Color => color::SpecifiedColor::parse(input, context).map(drop),
            SyntaxType::Image => image::SpecifiedImage::parse(input, context).map(drop),
            SyntaxType::Url => url::CssUrl::parse(input, context).map(drop),
            SyntaxType::Integer => number::SpecifiedInteger::parse(input, context).map(drop),
            SyntaxType::Angle => angle::SpecifiedAngle::parse(input, context).map(drop),
            SyntaxType::Time => time::SpecifiedTime::parse(input, context).map(drop),
            SyntaxType::Resolution => number::parse_resolution(input).map(drop),
            SyntaxType::TransformFunction => {
                transform::SpecifiedTransformFunction::parse(input, context).map(drop)
            }
            SyntaxType::TransformList => {
                transform::SpecifiedTransformFunction::parse(input, context)?;
                while input
                    .try_parse(|input| transform::SpecifiedTransformFunction::parse(input, context))
                    .is_ok()
                {}
                Ok(())
            }
            SyntaxType::CustomIdent => CustomIdent::parse(input, context).map(drop),
            SyntaxType::String => Ok(input.expect_string().map(drop)?),
        }
    }
}

impl ToCss for PropertySyntax {
    /// The syntax string, without quotes.
    fn to_css(&self, out: &mut String) {
        let PropertySyntax::Alternatives(components) = self else {
            out.push('*');
            return;
        };
        for (index, component) in components.iter().enumerate() {
            if index > 0 {
                out.push_str(" | ");
            }
            match &component.value {
                SyntaxValue::Type(name) => out.push_str(&["<", name.as_str(), ">"].concat()),
                SyntaxValue::Keyword(keyword) => keyword.to_css(out),
            }
            match component.multiplier {
                Some(SyntaxMultiplier::Blanks) => out.push('+'),
                Some(SyntaxMultiplier::Commas) => out.push('#'),
                None => {}
            }
        }
    }
}

/// The descriptors as they come.
#[derive(Clone, Default)]
struct Draft {
    syntax: Option<PropertySyntax>,
    inherits: Option<bool>,
    initial_value: Option<TokenText>,
}

impl Descriptors for Draft {
    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        _context: &ParseContext<'_>,
        _position: SourcePosition,
    ) -> CssResult<()> {
        match name {
            "syntax" => {
                let syntax = PropertySyntax::from_string(input.expect_string()?);
                self.syntax = Some(syntax.ok_or_else(invalid_value)?);
            }
            "inherits" => {
                let word = input.expect_ident()?;
                let inherits = word.eq_ignore_ascii_case("true");
                if !inherits && !word.eq_ignore_ascii_case("false") {
                    return Err(invalid_value());
                }
                self.inherits = Some(inherits);
            }
            "initial-value" => self.initial_value = Some(TokenText::parse(input)?),
            _ => return Err(unknown_descriptor()),
        }
        Ok(())
    }
}

/// Parses the prelude.
pub(super) fn parse_name(input: &mut Parser<'_>) -> CssResult<Atom> {
    let name = DashedIdent::parse(input, &ParseContext::default())?.0;
    if name.len() > 2 { Ok(name) } else { Err(invalid_value()) }
}

/// Parses the body.
///
/// # Errors
/// `syntax` or `inherits` is missing, or the initial value is missing or does not fit the syntax.
pub(super) fn parse_property(
    position: SourcePosition,
    name: Atom,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> CssResult<Arc<PropertyRule>> {
    let draft = parse_descriptors(Draft::default(), input, context, reporter);
    let (Some(syntax), Some(inherits)) = (draft.syntax, draft.inherits) else { return Err(invalid_value()) };
    let fits = match &draft.initial_value {
        None => syntax == PropertySyntax::Universal,
        Some(value) => !value.has_references && syntax.accepts(&value.css, context),
    };
    if !fits {
        return Err(invalid_value());
    }
    Ok(Arc::new(PropertyRule { position, name, syntax, inherits, initial_value: draft.initial_value }))
}
