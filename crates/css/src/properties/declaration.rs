//! Declarations and blocks of them.
//! <https://drafts.csswg.org/cssom/#css-declaration-blocks>

use std::sync::Arc;

use cssparser::Delimiter;
use fanlight_base::Atom;
use rustc_hash::FxHashMap;

use super::PropertyDeclaration;
use super::id::{LonghandId, PropertyId};
use super::shorthands::ShorthandId;
use crate::syntax::error::CssErrorKind;
use crate::syntax::{CssError, CssResult, ParseContext, Parser, ToCss, Token};
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

impl SourcePosition {
    /// The place in a source of what is at `location` of a text that begins at `start` there.
    pub(crate) fn within(start: SourcePosition, location: cssparser::SourceLocation) -> SourcePosition {
        let mut position = SourcePosition::from(location);
        if position.line == 1 {
            position.column += start.column.saturating_sub(1);
        }
        position.line += start.line.saturating_sub(1);
        position
    }
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
        if let PropertyId::Shorthand(_) = property {
            let mut added = Vec::new();
            input.parse_until_before(Delimiter::Bang, |input| {
                parse_declaration_value(&property, input, context, &mut added)
            })?;
            let important = parse_importance(input)?;
            self.extend(added, important, position);
        } else {
            let property = input.parse_until_before(Delimiter::Bang, |input| match &property {
                PropertyId::Longhand(id) => parse_longhand_value(*id, input, context),
                PropertyId::Custom(name) => parse_custom_value(name, input),
                PropertyId::Shorthand(_) => Err(crate::syntax::error::invalid_value()),
            })?;
            let important = parse_importance(input)?;
            self.declarations.push(Declaration { property, important, position });
        }
        Ok(())
    }

    /// Drops the declarations that a later one of the same property overrides. An important one is overridden by important
    /// ones only.
    pub fn remove_overridden(&mut self) {
        if self.may_have_overridden() {
            self.keep_winners();
        }
    }

    /// Whether a property may be declared twice. Most blocks say everything once.
    fn may_have_overridden(&self) -> bool {
        let mut longhands = LonghandSet::default();
        let mut any_custom = false;
        self.declarations.iter().any(|declaration| match declaration.property.longhand() {
            Some(id) => !longhands.insert(id),
            None => std::mem::replace(&mut any_custom, true),
        })
    }

    fn keep_winners(&mut self) {
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

    /// The declarations that satisfy a condition: the same block where all do.
    pub fn filtered(self: &Arc<Self>, keep: impl Fn(&PropertyDeclaration) -> bool) -> Arc<DeclarationBlock> {
        if self.declarations.iter().all(|declaration| keep(&declaration.property)) {
            return self.clone();
        }
        let kept = self.declarations.iter().filter(|declaration| keep(&declaration.property));
        Arc::new(DeclarationBlock { declarations: kept.cloned().collect() })
    }

    /// Takes the declarations out, into no more memory than they need; `self` keeps its own for the next ones.
    pub(crate) fn take_exact(&mut self) -> DeclarationBlock {
        let mut declarations = Vec::with_capacity(self.declarations.len());
        declarations.append(&mut self.declarations);
        DeclarationBlock { declarations }
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
    match property {
        PropertyId::Longhand(id) => added.push(parse_longhand_value(*id, input, context)?),
        PropertyId::Shorthand(id) => parse_shorthand_value(*id, input, context, added)?,
        PropertyId::Custom(name) => added.push(parse_custom_value(name, input)?),
    }
    Ok(())
}

fn parse_longhand_value(
    id: LonghandId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<PropertyDeclaration> {
    if let Some(keyword) = parse_css_wide_keyword(input) {
        return Ok(PropertyDeclaration::CssWide(id, keyword));
    }
    let parsed = or_unparsed(None, input, context, |input| {
        let declaration = parse_longhand(id, input, context)?;
        input.expect_exhausted()?;
        Ok(declaration)
    })?;
    Ok(parsed.unwrap_or_else(|value| PropertyDeclaration::Unparsed(id, value)))
}

fn parse_shorthand_value(
    id: ShorthandId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let longhands = id.longhands();
    if let Some(keyword) = parse_css_wide_keyword(input) {
        added.extend(longhands.iter().map(|&id| PropertyDeclaration::CssWide(id, keyword)));
        return Ok(());
    }
    let before = added.len();
    let parsed = or_unparsed(Some(id), input, context, |input| {
        id.parse(input, context, added)?;
        Ok(input.expect_exhausted()?)
    });
    if !matches!(parsed, Ok(Ok(()))) {
        added.truncate(before);
    }
    if let Err(value) = parsed? {
        added.extend(longhands.iter().map(|&id| PropertyDeclaration::Unparsed(id, value.clone())));
    }
    Ok(())
}

fn parse_custom_value(name: &Atom, input: &mut Parser<'_>) -> CssResult<PropertyDeclaration> {
    let value = match parse_css_wide_keyword(input) {
        Some(keyword) => CustomValue::CssWide(keyword),
        None => CustomValue::Tokens(TokenText::parse(input)?),
    };
    Ok(PropertyDeclaration::Custom(Arc::new(CustomDeclaration { name: name.clone(), value })))
}

/// Takes a CSS-wide keyword, if that is all that `input` has.
fn parse_css_wide_keyword(input: &mut Parser<'_>) -> Option<CssWideKeyword> {
    let start = input.state();
    if let Ok(Token::Ident(name)) = input.next()
        && let Some(keyword) = CssWideKeyword::from_keyword(name)
        && input.is_exhausted()
    {
        return Some(keyword);
    }
    input.reset(&start);
    None
}

/// What a grammar makes of all of `input`, or, in an `Err` inside of `Ok`, the text where it has references to be substituted
/// before the grammar can say anything.
fn or_unparsed<T>(
    shorthand: Option<ShorthandId>,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    grammar: impl FnOnce(&mut Parser<'_>) -> CssResult<T>,
) -> CssResult<Result<T, Arc<UnparsedValue>>> {
    let start = input.state();
    input.look_for_arbitrary_substitution_functions(SUBSTITUTION_FUNCTIONS);
    let error = match grammar(input) {
        Ok(parsed) => return Ok(Ok(parsed)),
        Err(error) => error,
    };
    // The grammar may have failed before it saw a `var()` that comes later.
    while input.next().is_ok() {}
    if !input.seen_arbitrary_substitution_functions() {
        return Err(error);
    }
    input.reset(&start);
    let text = TokenText::parse(input)?;
    if !text.has_references {
        return Err(error);
    }
    let (base_url, quirks) = (context.base_url.cloned(), context.quirks);
    Ok(Err(Arc::new(UnparsedValue { text, shorthand, base_url, quirks })))
}

/// `!important`, or nothing, at the end of a declaration.
fn parse_importance(input: &mut Parser<'_>) -> CssResult<bool> {
    if input.is_exhausted() {
        return Ok(false);
    }
    let important = input.try_parse(cssparser::parse_important).is_ok();
    input.expect_exhausted()?;
    Ok(important)
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
