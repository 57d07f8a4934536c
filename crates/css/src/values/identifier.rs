//! Identifiers and strings that authors choose.
//! <https://drafts.csswg.org/css-values-4/#custom-idents>

use std::sync::Arc;

use fanlight_base::Atom;

use super::Parse;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// An identifier that the author chose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CustomIdent(pub Atom);

/// Whether a keyword can never be an author's identifier.
pub fn is_reserved(identifier: &str) -> bool {
    ["initial", "inherit", "unset", "revert", "revert-layer", "default"]
        .iter()
        .any(|reserved| identifier.eq_ignore_ascii_case(reserved))
}

impl CustomIdent {
    /// Parses an identifier that is none of `excluded` besides the reserved words.
    ///
    /// # Errors
    /// The input does not begin with such an identifier.
    pub fn parse_excluding(input: &mut Parser<'_>, excluded: &[&str]) -> CssResult<Self> {
        let identifier = input.expect_ident()?;
        if is_reserved(identifier) || excluded.iter().any(|word| identifier.eq_ignore_ascii_case(word)) {
            return Err(invalid_value());
        }
        Ok(CustomIdent(Atom::from(&**identifier)))
    }
}

impl Parse for CustomIdent {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_excluding(input, &[])
    }
}

impl ToCss for CustomIdent {
    fn to_css(&self, out: &mut String) {
        write_identifier(&self.0, out);
    }
}

/// An identifier that begins with two dashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DashedIdent(pub Atom);

impl Parse for DashedIdent {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let identifier = input.expect_ident()?;
        if identifier.starts_with("--") {
            Ok(DashedIdent(Atom::from(&**identifier)))
        } else {
            Err(invalid_value())
        }
    }
}

impl ToCss for DashedIdent {
    fn to_css(&self, out: &mut String) {
        write_identifier(&self.0, out);
    }
}

/// A string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CssString(pub Arc<str>);

impl Parse for CssString {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        Ok(CssString((&**input.expect_string()?).into()))
    }
}

impl ToCss for CssString {
    fn to_css(&self, out: &mut String) {
        write_string(&self.0, out);
    }
}

computes_to_itself!(CustomIdent, DashedIdent, CssString);
