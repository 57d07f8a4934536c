//! Declarations and blocks of them.
//! <https://drafts.csswg.org/cssom/#css-declaration-blocks>

use std::sync::Arc;

use super::PropertyDeclaration;
use super::id::{LonghandId, PropertyId};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::variables::{CustomDeclaration, CustomValue, SUBSTITUTION_FUNCTIONS, TokenText, UnparsedValue};

keywords! {
    /// A keyword that every property takes.
    /// <https://drafts.csswg.org/css-cascade-5/#defaulting-keywords>
    pub enum CssWideKeyword {
        Initial = "initial", Inherit = "inherit", Unset = "unset", Revert = "revert", RevertLayer = "revert-layer",
    }
}

/// A place in a stylesheet's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePosition {
    /// The line, counted from 1.
    pub line: u32,
    /// The column in UTF-8 bytes, counted from 1.
    pub column: u32,
}

impl From<cssparser::SourceLocation> for SourcePosition {
    fn from(location: cssparser::SourceLocation) -> Self {
        // The tokenizer counts lines from 0.
        SourcePosition { line: location.line + 1, column: location.column }
    }
}

/// A declaration: a property with its value, whether it is important, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// The property and its value.
    pub property: PropertyDeclaration,
    /// `!important`
    pub important: bool,
    /// Where it stands.
    pub position: SourcePosition,
}

/// A block of declarations in order of appearance; shorthands are taken apart, and a property that is declared twice is there
/// once, where it was declared last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclarationBlock {
    declarations: Vec<Declaration>,
}

impl PropertyDeclaration {
    /// Whether two declarations are of the same property.
    pub fn is_same_property(&self, other: &PropertyDeclaration) -> bool {
        match (self, other) {
            (PropertyDeclaration::Custom(left), PropertyDeclaration::Custom(right)) => {
                left.name == right.name
            }
            _ => self.longhand().is_some_and(|id| Some(id) == other.longhand()),
        }
    }

    /// The property's name.
    pub fn name(&self) -> &str {
        match self {
            PropertyDeclaration::Custom(declaration) => &declaration.name,
            other => other.longhand().map_or("", LonghandId::name),
        }
    }
}

impl ToCss for PropertyDeclaration {
    /// The value.
    fn to_css(&self, out: &mut String) {
        self.write_value(out);
    }
}

impl DeclarationBlock {
    /// The declarations in order.
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty()
    }

    /// Adds what one declaration of the source gave. Earlier declarations of the same properties go, unless they are
    /// important and the new ones are not.
    pub fn extend(
        &mut self,
        added: impl IntoIterator<Item = PropertyDeclaration>,
        important: bool,
        position: SourcePosition,
    ) {
        for property in added {
            self.push(Declaration { property, important, position });
        }
    }

    /// Adds a declaration, as [`DeclarationBlock::extend`] does.
    pub fn push(&mut self, declaration: Declaration) {
        let earlier = self
            .declarations
            .iter()
            .position(|earlier| earlier.property.is_same_property(&declaration.property));
        if let Some(index) = earlier {
            if self.declarations[index].important && !declaration.important {
                return;
            }
            self.declarations.remove(index);
        }
        self.declarations.push(declaration);
    }
}

/// Parses the value of a declaration (what is between the colon and `!important` or the end) and adds what it sets.
///
/// # Errors
/// The value is invalid; nothing has been added then.
pub fn parse_declaration_value(
    property: &PropertyId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let start = input.state();
    if let Ok(keyword) = input.try_parse(|input| -> CssResult<CssWideKeyword> {
        let keyword = CssWideKeyword::from_keyword(input.expect_ident()?);
        input.expect_exhausted()?;
        keyword.ok_or_else(crate::syntax::error::invalid_value)
    }) {
        match property {
            PropertyId::Custom(name) => {
                let value = CustomValue::CssWide(keyword);
                added.push(PropertyDeclaration::Custom(Arc::new(CustomDeclaration {
                    name: name.clone(),
                    value,
                })));
            }
            known => {
                added.extend(known.longhands().iter().map(|&id| PropertyDeclaration::CssWide(id, keyword)));
            }
        }
        return Ok(());
    }
    if let PropertyId::Custom(name) = property {
        let value = CustomValue::Tokens(TokenText::parse(input)?);
        added.push(PropertyDeclaration::Custom(Arc::new(CustomDeclaration { name: name.clone(), value })));
        return Ok(());
    }
    let before = added.len();
    input.look_for_arbitrary_substitution_functions(SUBSTITUTION_FUNCTIONS);
    let result = parse_known_value(property, input, context, added);
    if result.is_ok() {
        return Ok(());
    }
    added.truncate(before);
    // The grammar may have failed before it saw a `var()` that comes later.
    while input.next().is_ok() {}
    if !input.seen_arbitrary_substitution_functions() {
        return result;
    }
    input.reset(&start);
    let text = TokenText::parse(input)?;
    if !text.has_references {
        return result;
    }
    let shorthand = match property {
        PropertyId::Shorthand(id) => Some(*id),
        _ => None,
    };
    let value = Arc::new(UnparsedValue {
        text,
        shorthand,
        base_url: context.base_url.cloned(),
        quirks: context.quirks,
    });
    added.extend(property.longhands().iter().map(|&id| PropertyDeclaration::Unparsed(id, value.clone())));
    Ok(())
}

/// Parses the value of a longhand or shorthand by its grammar alone, to the end of `input`.
///
/// # Errors
/// The value is invalid; something may have been added even so.
pub(crate) fn parse_known_value(
    property: &PropertyId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    match property {
        PropertyId::Longhand(id) => added.push(parse_longhand(*id, input, context)?),
        PropertyId::Shorthand(id) => id.parse(input, context, added)?,
        PropertyId::Custom(_) => {}
    }
    Ok(input.expect_exhausted()?)
}

/// Parses a value of a longhand, flow-relative ones included.
///
/// # Errors
/// The input does not begin with a value of the property.
pub(crate) fn parse_longhand(
    id: LonghandId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<PropertyDeclaration> {
    let physical = id.logical().map_or(id, |logical| logical.representative());
    let context = if context.quirks == crate::syntax::QuirksMode::Quirks {
        // The quirks are the physical properties' own.
        let quirky = id.has_unitless_length_quirk() || id.has_hashless_color_quirk();
        context.for_property(quirky)
    } else {
        *context
    };
    let declaration = PropertyDeclaration::parse_physical(physical, input, &context)?;
    Ok(match id.logical() {
        None => declaration,
        Some(logical) => PropertyDeclaration::Logical(logical, Box::new(declaration)),
    })
}
