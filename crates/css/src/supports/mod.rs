//! Feature queries: what a style sheet asks of this engine.
//! <https://drafts.csswg.org/css-conditional-5/#at-supports>

pub mod font;

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;
use selectors::parser::ParseRelative;

pub use font::{FontFormat, FontTechnology};

use crate::condition::{Condition, Joints, OperandParser};
use crate::properties::{DeclarationBlock, SourcePosition};
use crate::selectors::{Namespaces, PseudoElement, SelectorParser};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::Parse;
use crate::variables::TokenText;

/// One question of a feature query, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportsFeature {
    /// The question as it was written, with its parentheses.
    pub css: Arc<str>,
    /// The answer. What is not understood is not supported.
    pub is_supported: bool,
}

/// A feature query. The answers are known as soon as it is parsed.
pub type SupportsCondition = Condition<SupportsFeature>;

impl ToCss for SupportsFeature {
    fn to_css(&self, out: &mut String) {
        out.push_str(&self.css);
    }
}

impl SupportsCondition {
    /// Parses the prelude of `@supports` up to the end of the input.
    ///
    /// # Errors
    /// It is malformed.
    pub fn parse_supports(
        input: &mut Parser<'_>,
        context: ParseContext<'_>,
        namespaces: &Namespaces,
    ) -> CssResult<Self> {
        let condition = Condition::parse(input, &mut Questions { context, namespaces }, Joints::All)?;
        input.expect_exhausted()?;
        Ok(condition)
    }

    /// Parses the arguments of `supports()` of `@import`: a condition, or a declaration without parentheses.
    ///
    /// # Errors
    /// It is malformed.
    pub fn parse_import(
        input: &mut Parser<'_>,
        context: ParseContext<'_>,
        namespaces: &Namespaces,
    ) -> CssResult<Self> {
        if let Ok(condition) = input.try_parse(|input| Self::parse_supports(input, context, namespaces)) {
            return Ok(condition);
        }
        Questions { context, namespaces }.declaration(input).map(Condition::Operand)
    }

    /// Whether the query is answered with yes.
    pub fn is_supported(&self) -> bool {
        self.evaluate(&mut |feature| feature.is_supported.into()).holds()
    }
}

struct Questions<'a> {
    context: ParseContext<'a>,
    namespaces: &'a Namespaces,
}

impl Questions<'_> {
    /// `<ident> : <declaration-value>`
    fn declaration(&self, input: &mut Parser<'_>) -> CssResult<SupportsFeature> {
        input.skip_whitespace();
        let start = input.state();
        let name = input.expect_ident_cloned()?;
        input.expect_colon()?;
        let mut block = DeclarationBlock::default();
        let position = SourcePosition::default();
        let is_supported = block.parse_declaration(&name, input, &self.context, position).is_ok();
        input.reset(&start);
        let css = ["(", &TokenText::parse_any(input)?, ")"].concat();
        Ok(SupportsFeature { css: css.into(), is_supported })
    }

    fn selector(&self, input: &mut Parser<'_>) -> bool {
        let parser = SelectorParser { namespaces: self.namespaces, forgiving: false };
        let Ok(list) = parser.parse_list(input, ParseRelative::No) else { return false };
        let [selector] = list.slice() else { return false };
        let absent = |pseudo: &&PseudoElement| pseudo.index().is_none();
        input.is_exhausted() && !selector.pseudo_elements().iter().any(absent)
    }
}

impl OperandParser for Questions<'_> {
    type Operand = SupportsFeature;

    fn parse_parenthesised(&mut self, input: &mut Parser<'_>) -> CssResult<SupportsFeature> {
        let start = input.state();
        if let Ok(declaration) = self.declaration(input) {
            return Ok(declaration);
        }
        input.reset(&start);
        Ok(SupportsFeature {
            css: ["(", &TokenText::parse_any(input)?, ")"].concat().into(),
            is_supported: false,
        })
    }

    fn parse_function(&mut self, name: &str, input: &mut Parser<'_>) -> CssResult<SupportsFeature> {
        let start = input.state();
        let context = &self.context;
        let is_supported = match_ignore_ascii_case! { name,
            "selector" => self.selector(input),
            "font-format" => {
                FontFormat::parse(input, context).is_ok_and(FontFormat::is_supported) && input.is_exhausted()
            },
            "font-tech" => {
                FontTechnology::parse(input, context).is_ok_and(FontTechnology::is_supported) && input.is_exhausted()
            },
            _ => false,
        };
        input.reset(&start);
        let name = Atom::from(name.to_ascii_lowercase()).to_css_string();
        Ok(SupportsFeature {
            css: [&*name, "(", &TokenText::parse_any(input)?, ")"].concat().into(),
            is_supported,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> SupportsCondition {
        let namespaces = Namespaces::default();
        SupportsCondition::parse_supports(&mut Parser::new(text), ParseContext::default(), &namespaces)
            .unwrap()
    }

    #[track_caller]
    fn assert_supported(text: &str, expected: bool) {
        assert_eq!(condition(text).is_supported(), expected, "{text}");
    }

    #[test]
    fn declarations_are_supported_when_they_parse() {
        assert_supported("(display: grid)", true);
        assert_supported("(display: grid !important)", true);
        assert_supported("(display: triangle)", false);
        assert_supported("(unknown: red)", false);
        assert_supported("(--anything: at all)", true);
        assert_supported("(width: var(--x))", true);
        assert_supported("(width: var(--x);)", false);
        assert_supported("not (--x: var(--y,;))", true);
        assert_supported("not (display: triangle)", true);
        assert_supported("(color: red) and (not (color: rde))", true);
        assert_supported("(color: rde) or (color: red)", true);
        assert_supported("((color: red))", true);
    }

    #[test]
    fn what_is_not_understood_is_not_supported() {
        assert_supported("(anything else)", false);
        assert_supported("not (anything else)", true);
        assert_supported("quantum(display: grid)", false);
    }

    #[test]
    fn selectors() {
        assert_supported("selector(a > b)", true);
        assert_supported("selector(:has(> a))", true);
        assert_supported("selector(a, b)", false);
        assert_supported("selector(:unknown)", false);
        assert_supported("selector(:is(:unknown))", false);
        assert_supported("selector(::-webkit-unknown)", false);
        assert_supported("selector(::before)", true);
    }

    #[test]
    fn fonts() {
        assert_supported("font-format(woff2)", true);
        assert_supported("font-format(svg)", false);
        assert_supported("font-tech(variations)", true);
        assert_supported("font-tech(features-graphite)", false);
        assert_eq!(FontFormat::from_string("woff2-variations").unwrap().1, Some(FontTechnology::Variations));
        assert_eq!(FontFormat::from_string("svg-variations"), None);
    }

    #[test]
    fn a_condition_is_written_as_it_was_and_read_back() {
        for text in
            ["(display: grid)", "not (a: b)", "(a: b) and ((c: d) or (e: f))", "selector(a > b)", "(a b c)"]
        {
            assert_eq!(condition(text).to_css_string(), text);
        }
    }

    #[test]
    fn mixed_words_need_parentheses() {
        let namespaces = Namespaces::default();
        for text in ["(a: b) and (c: d) or (e: f)", "a: b", "(a: b) (c: d)", "not not (a: b)", ""] {
            let parsed = SupportsCondition::parse_supports(
                &mut Parser::new(text),
                ParseContext::default(),
                &namespaces,
            );
            assert!(parsed.is_err(), "{text}");
        }
    }
}
