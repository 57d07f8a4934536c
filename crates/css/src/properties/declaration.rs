//! Declarations and blocks of them.
//! <https://drafts.csswg.org/cssom/#css-declaration-blocks>

use std::sync::Arc;

use cssparser::Delimiter;
use fanlight_base::Atom;
use rustc_hash::FxHashMap;

use super::PropertyDeclaration;
use super::id::{LonghandId, PropertyId};
use crate::syntax::error::CssErrorKind;
use crate::syntax::{CssError, CssResult, ParseContext, Parser, ToCss};
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

/// A block of declarations in order of appearance; shorthands are taken apart.
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

    /// Parses one declaration, whose name and colon have been taken from `input` and which ends where `input` ends, and adds what
    /// it sets. After the last, [`DeclarationBlock::remove_overridden`] makes the block what CSSOM says.
    ///
    /// # Errors
    /// The property is unknown or the value invalid; nothing has been added then.
    pub fn parse_declaration(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        position: SourcePosition,
    ) -> CssResult<()> {
        let property =
            PropertyId::from_name(name).ok_or_else(|| CssError::custom(CssErrorKind::UnknownProperty))?;
        let mut added = Vec::new();
        input.parse_until_before(Delimiter::Bang, |input| {
            parse_declaration_value(&property, input, context, &mut added)
        })?;
        let important = input.try_parse(cssparser::parse_important).is_ok();
        input.expect_exhausted()?;
        self.declarations.extend(added.into_iter().map(|property| Declaration {
            property,
            important,
            position,
        }));
        Ok(())
    }

    /// Drops the declarations that a later one of the same property overrides. An important one is overridden by important
    /// ones only.
    pub fn remove_overridden(&mut self) {
        let mut longhands = LonghandSet::default();
        let mut important_longhands = LonghandSet::default();
        let mut customs: FxHashMap<Atom, bool> = FxHashMap::default();
        let mut kept = vec![true; self.declarations.len()];
        let mut any_dropped = false;
        // What is important wins over what is not, wherever it stands.
        for declaration in self.declarations.iter().filter(|declaration| declaration.important) {
            match (&declaration.property, declaration.property.longhand()) {
                (PropertyDeclaration::Custom(custom), _) => {
                    customs.insert(custom.name.clone(), false);
                }
                (_, Some(id)) => {
                    important_longhands.insert(id);
                }
                _ => {}
            }
        }
        for (index, declaration) in self.declarations.iter().enumerate().rev() {
            let important = declaration.important;
            kept[index] = match (&declaration.property, declaration.property.longhand()) {
                (PropertyDeclaration::Custom(custom), _) => match customs.get_mut(&custom.name) {
                    None => {
                        customs.insert(custom.name.clone(), true);
                        true
                    }
                    // The last of the important ones stays.
                    Some(seen) => important && !std::mem::replace(seen, true),
                },
                (_, Some(id)) => (important || !important_longhands.contains(id)) && longhands.insert(id),
                _ => true,
            };
            any_dropped |= !kept[index];
        }
        if any_dropped {
            let mut kept = kept.into_iter();
            self.declarations.retain(|_| kept.next().unwrap_or(true));
        }
    }

    /// Adds declarations at the end, all as important and in the same place.
    pub fn extend(
        &mut self,
        added: impl IntoIterator<Item = PropertyDeclaration>,
        important: bool,
        position: SourcePosition,
    ) {
        let added = added.into_iter().map(|property| Declaration { property, important, position });
        self.declarations.extend(added);
    }

    /// Adds a declaration; an earlier one of the same property goes.
    pub fn set(&mut self, declaration: Declaration) {
        self.declarations.retain(|earlier| !earlier.property.is_same_property(&declaration.property));
        self.declarations.push(declaration);
    }
}

/// A set of longhands.
#[derive(Default)]
struct LonghandSet([u64; LonghandId::COUNT.div_ceil(64)]);

impl LonghandSet {
    fn contains(&self, id: LonghandId) -> bool {
        self.0[id.index() / 64] & (1 << (id.index() % 64)) != 0
    }

    /// Whether it was not in the set before.
    fn insert(&mut self, id: LonghandId) -> bool {
        let fresh = !self.contains(id);
        self.0[id.index() / 64] |= 1 << (id.index() % 64);
        fresh
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
