//! `@font-feature-values`.
//! <https://drafts.csswg.org/css-fonts-4/#font-feature-values>

use fanlight_base::Atom;

use super::descriptors::{Descriptors, parse_descriptors, unknown_descriptor};
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::Parse;
use crate::values::font::{FeatureValueKind, FontFamily};

/// What a name stands for in fonts of the rule's families.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureValue {
    /// Where the name can be used.
    pub kind: FeatureValueKind,
    /// The name; case matters.
    pub name: Atom,
    /// The numbers of the font's alternates, one or more.
    pub values: Vec<u32>,
}

/// `@font-feature-values`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontFeatureValuesRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The families whose fonts it is for.
    pub families: Vec<Atom>,
    /// The names, in the order in which they were first defined.
    pub values: Vec<FeatureValue>,
}

/// Parses the prelude: the names of families.
pub(super) fn parse_families(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Vec<Atom>> {
    input.parse_comma_separated(|input| match FontFamily::parse(input, context)? {
        FontFamily::Named(name) => Ok(name),
        FontFamily::Generic(_) => Err(invalid_value()),
    })
}

/// Parses the body.
pub(super) fn parse_font_feature_values(
    position: SourcePosition,
    families: Vec<Atom>,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> FontFeatureValuesRule {
    let rule = FontFeatureValuesRule { position, families, values: Vec::new() };
    parse_descriptors(rule, input, context, reporter)
}

impl FontFeatureValuesRule {
    /// A name that is defined again has its last value.
    fn define(&mut self, value: FeatureValue) {
        let is_same = |known: &&mut FeatureValue| known.kind == value.kind && known.name == value.name;
        match self.values.iter_mut().find(is_same) {
            Some(known) => known.values = value.values,
            None => self.values.push(value),
        }
    }
}

impl Descriptors for FontFeatureValuesRule {
    fn parse_descriptor(
        &mut self,
        _name: &str,
        _input: &mut Parser<'_>,
        _context: &ParseContext<'_>,
        _position: SourcePosition,
    ) -> CssResult<()> {
        Err(unknown_descriptor())
    }

    fn accepts_at_rule(name: &str) -> bool {
        FeatureValueKind::from_keyword(name).is_some()
    }

    fn parse_at_rule(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        reporter: Reporter<'_>,
        _position: SourcePosition,
    ) {
        let Some(kind) = FeatureValueKind::from_keyword(name) else { return };
        let block = parse_descriptors(ValueBlock { kind, values: Vec::new() }, input, context, reporter);
        for value in block.values {
            self.define(value);
        }
    }
}

/// A block of one kind.
#[derive(Clone)]
struct ValueBlock {
    kind: FeatureValueKind,
    values: Vec<FeatureValue>,
}

impl Descriptors for ValueBlock {
    const KEEPS_CASE: bool = true;

    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        _context: &ParseContext<'_>,
        _position: SourcePosition,
    ) -> CssResult<()> {
        let integer = |input: &mut Parser<'_>| -> CssResult<u32> {
            u32::try_from(input.expect_integer()?).map_err(|_| out_of_range())
        };
        let mut values = vec![integer(input)?];
        while let Ok(value) = input.try_parse(integer) {
            values.push(value);
        }
        let most = match self.kind {
            FeatureValueKind::Styleset => usize::MAX,
            FeatureValueKind::CharacterVariant => 2,
            _ => 1,
        };
        if values.len() > most {
            return Err(invalid_value());
        }
        self.values.push(FeatureValue { kind: self.kind, name: Atom::from(name), values });
        Ok(())
    }
}

/// Writes the families as a list of names.
pub(super) fn write_families(rule: &FontFeatureValuesRule, out: &mut String) {
    for (index, family) in rule.families.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_string(family, out);
    }
}

/// Writes the blocks, one for each kind.
pub(super) fn write_blocks(rule: &FontFeatureValuesRule, out: &mut String) {
    let mut kinds: Vec<FeatureValueKind> = Vec::new();
    for value in &rule.values {
        if !kinds.contains(&value.kind) {
            kinds.push(value.kind);
        }
    }
    for kind in kinds {
        out.push_str(" @");
        kind.to_css(out);
        out.push_str(" {");
        for value in rule.values.iter().filter(|value| value.kind == kind) {
            out.push(' ');
            write_identifier(&value.name, out);
            out.push(':');
            for number in &value.values {
                out.push(' ');
                out.push_str(&number.to_string());
            }
            out.push(';');
        }
        out.push_str(" }");
    }
}
