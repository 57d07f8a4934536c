//! Glyphs that fonts offer in place of the usual ones, by the names that a page gives them.
//! <https://drafts.csswg.org/css-fonts-4/#font-variant-alternates-prop>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use super::Parse;
use super::identifier::CustomIdent;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// What a name stands for: the functions of `font-variant-alternates` and the blocks of `@font-feature-values`.
    /// <https://drafts.csswg.org/css-fonts-4/#basic-syntax>
    pub enum FeatureValueKind {
        Stylistic = "stylistic", Styleset = "styleset", CharacterVariant = "character-variant", Swash = "swash",
        Ornaments = "ornaments", Annotation = "annotation",
    }
}

impl FeatureValueKind {
    /// Whether the function takes several names.
    const fn takes_list(self) -> bool {
        matches!(self, FeatureValueKind::Styleset | FeatureValueKind::CharacterVariant)
    }
}

/// Names of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAlternates {
    /// What they stand for.
    pub kind: FeatureValueKind,
    /// The names, one or more.
    pub names: Vec<Atom>,
}

/// `font-variant-alternates`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontVariantAlternates {
    /// Whether `historical-forms` is given.
    pub historical_forms: bool,
    /// The functions, at most one of each kind, in the order of [`FeatureValueKind`].
    pub named: Arc<[NamedAlternates]>,
}

fn parse_function(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<NamedAlternates> {
    let name = input.expect_function()?.clone();
    let kind = FeatureValueKind::from_keyword(&name).ok_or_else(invalid_value)?;
    let names = input.parse_nested_block(|input| {
        input.parse_comma_separated(|input| CustomIdent::parse(input, context).map(|name| name.0))
    })?;
    if names.len() > 1 && !kind.takes_list() {
        Err(invalid_value())
    } else {
        Ok(NamedAlternates { kind, names })
    }
}

impl Parse for FontVariantAlternates {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(FontVariantAlternates::default());
        }
        let mut historical_forms = false;
        let mut named: Vec<NamedAlternates> = Vec::new();
        loop {
            if let Ok(function) = input.try_parse(|input| parse_function(input, context)) {
                if named.iter().any(|known| known.kind == function.kind) {
                    return Err(invalid_value());
                }
                named.push(function);
            } else if let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
                match_ignore_ascii_case! { &word,
                    "historical-forms" if !historical_forms => historical_forms = true,
                    _ => return Err(invalid_value()),
                }
            } else {
                break;
            }
        }
        if named.is_empty() && !historical_forms {
            return Err(invalid_value());
        }
        named.sort_by_key(|function| function.kind as u8);
        Ok(FontVariantAlternates { historical_forms, named: named.into() })
    }
}

impl ToCss for FontVariantAlternates {
    fn to_css(&self, out: &mut String) {
        let start = out.len();
        if self.historical_forms {
            out.push_str("historical-forms");
        }
        for NamedAlternates { kind, names } in self.named.iter() {
            if out.len() > start {
                out.push(' ');
            }
            kind.to_css(out);
            out.push('(');
            for (index, name) in names.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_identifier(name, out);
            }
            out.push(')');
        }
        if out.len() == start {
            out.push_str("normal");
        }
    }
}

computes_to_itself!(FontVariantAlternates);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_written_in_one_order() {
        let round = |text: &str| {
            let mut input = Parser::new(text);
            FontVariantAlternates::parse(&mut input, &ParseContext::default())
                .map(|value| value.to_css_string())
                .ok()
        };
        assert_eq!(
            round("styleset(b, A) historical-forms stylistic(c)").as_deref(),
            Some("historical-forms stylistic(c) styleset(b, A)")
        );
        assert_eq!(round("swash(a, b)"), None);
        assert_eq!(round("swash(a) swash(b)"), None);
    }
}
