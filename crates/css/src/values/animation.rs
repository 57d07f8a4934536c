//! Values of transitions and animations.
//! <https://drafts.csswg.org/css-animations-1/>

use fanlight_base::Atom;

use super::calc::Range;
use super::identifier::CustomIdent;
use super::length::ParseInRange;
use super::number::SpecifiedNumber;
use super::{CommaList, Parse};
use crate::syntax::serialize::{write_identifier, write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// The name of `@keyframes`, or `none`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnimationName {
    /// `none`
    None,
    /// A name.
    Name(Atom),
}

impl Parse for AnimationName {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(name) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(AnimationName::Name(Atom::from(&*name)));
        }
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(AnimationName::None);
        }
        CustomIdent::parse_excluding(input, &[]).map(|name| AnimationName::Name(name.0))
    }
}

impl ToCss for AnimationName {
    fn to_css(&self, out: &mut String) {
        match self {
            AnimationName::None => out.push_str("none"),
            AnimationName::Name(name) => {
                // What is no identifier, or a reserved one, is a string.
                if super::identifier::is_reserved(name)
                    || (**name).eq_ignore_ascii_case("none")
                    || name.is_empty()
                {
                    write_string(name, out);
                } else {
                    write_identifier(name, out);
                }
            }
        }
    }
}

computes_to_itself!(AnimationName);

/// How often an animation runs, in a declaration.
pub type SpecifiedIterationCount = IterationCount<SpecifiedNumber>;

computes_by_parts! {
    /// How often an animation runs.
    pub enum IterationCount<N = f32> {
        /// `infinite`
        Infinite,
        /// A number.
        Number(count: N),
    }
}

impl Parse for SpecifiedIterationCount {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("infinite")).is_ok() {
            return Ok(IterationCount::Infinite);
        }
        SpecifiedNumber::parse_in_range(input, context, Range::NonNegative).map(IterationCount::Number)
    }
}

impl ToCss for SpecifiedIterationCount {
    fn to_css(&self, out: &mut String) {
        match self {
            IterationCount::Infinite => out.push_str("infinite"),
            IterationCount::Number(count) => count.to_css(out),
        }
    }
}

impl ToCss for IterationCount {
    fn to_css(&self, out: &mut String) {
        match self {
            IterationCount::Infinite => out.push_str("infinite"),
            IterationCount::Number(count) => write_number(*count, out),
        }
    }
}

/// `transition-property`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransitionProperty {
    /// `none`
    None,
    /// Names of properties, and `all`.
    Properties(CommaList<CustomIdent>),
}

impl Eq for CommaList<CustomIdent> {}

impl TransitionProperty {
    /// `all`
    pub fn all() -> Self {
        TransitionProperty::Properties(CommaList::one(CustomIdent(Atom::from("all"))))
    }
}

impl Parse for TransitionProperty {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(TransitionProperty::None);
        }
        let names = input.parse_comma_separated(|input| CustomIdent::parse_excluding(input, &["none"]))?;
        Ok(TransitionProperty::Properties(names.into_iter().collect()))
    }
}

impl ToCss for TransitionProperty {
    fn to_css(&self, out: &mut String) {
        match self {
            TransitionProperty::None => out.push_str("none"),
            TransitionProperty::Properties(names) => names.to_css(out),
        }
    }
}

computes_to_itself!(TransitionProperty);
