//! `@property`.
//! <https://drafts.css-houdini.org/css-properties-values-api/#at-property-rule>

use std::sync::Arc;

use fanlight_base::Atom;

use super::descriptors::{Descriptors, parse_descriptors, unknown_descriptor};
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, Token};
use crate::values::Parse;
use crate::values::identifier::DashedIdent;
use crate::values::units::LengthUnit;
use crate::variables::{PropertySyntax, TokenText};

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
        Some(value) => {
            !value.has_references
                && syntax.accepts(&value.css, context)
                && (syntax == PropertySyntax::Universal || is_computationally_independent(&value.css))
        }
    };
    if !fits {
        return Err(invalid_value());
    }
    Ok(Arc::new(PropertyRule { position, name, syntax, inherits, initial_value: draft.initial_value }))
}

/// Whether a value is the same for every element: no unit in it refers to anything.
/// <https://drafts.css-houdini.org/css-properties-values-api/#computationally-independent>
fn is_computationally_independent(css: &str) -> bool {
    fn scan(input: &mut Parser<'_>) -> bool {
        while let Ok(token) = input.next() {
            match token {
                Token::Dimension { unit, .. } => {
                    let unit = LengthUnit::from_keyword(unit);
                    if unit.is_some_and(|unit| unit.absolute_px().is_none()) {
                        return false;
                    }
                }
                Token::Function(_) | Token::ParenthesisBlock => {
                    let inner: CssResult<bool> = input.parse_nested_block(|input| Ok(scan(input)));
                    if inner != Ok(true) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        true
    }
    scan(&mut Parser::new(css))
}
