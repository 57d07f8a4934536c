//! The bodies of rules that have descriptors instead of properties.
//! <https://drafts.csswg.org/css-syntax-3/#declaration-rule-list>

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser,
};

use super::declarations::report_item;
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::syntax::{CssError, CssErrorKind, CssResult, ParseContext, Parser};

/// Takes descriptors.
pub(super) trait Descriptors: Clone {
    /// Whether the case of names matters; otherwise they are given in lower case.
    const KEEPS_CASE: bool = false;

    /// Parses the value of a descriptor and keeps it. What follows the value is checked by the caller, who forgets it all when
    /// something does.
    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        position: SourcePosition,
    ) -> CssResult<()>;

    /// Whether an at-rule may stand between the descriptors.
    fn accepts_at_rule(_name: &str) -> bool {
        false
    }

    /// Parses the block of such an at-rule.
    fn parse_at_rule(
        &mut self,
        _name: &str,
        _input: &mut Parser<'_>,
        _context: &ParseContext<'_>,
        _reporter: Reporter<'_>,
        _position: SourcePosition,
    ) {
    }
}

/// The error for a descriptor that a rule does not have.
pub(super) fn unknown_descriptor() -> CssError {
    CssError::custom(CssErrorKind::UnknownDescriptor)
}

/// Parses descriptors to the end of `input`.
pub(super) fn parse_descriptors<D: Descriptors>(
    target: D,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> D {
    let mut body = Body { target, context, reporter };
    for item in RuleBodyParser::new(input, &mut body) {
        if let Err((error, text, location)) = item {
            report_item(reporter, &error, text, location);
        }
    }
    body.target
}

struct Body<'a, D> {
    target: D,
    context: &'a ParseContext<'a>,
    reporter: Reporter<'a>,
}

impl<'i, D: Descriptors> DeclarationParser<'i> for Body<'_, D> {
    type Declaration = ();
    type Error = CssErrorKind;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> CssResult<()> {
        let position = self.reporter.position(start.source_location());
        let mut changed = self.target.clone();
        let name = if D::KEEPS_CASE { name.to_string() } else { name.to_ascii_lowercase() };
        changed.parse_descriptor(&name, input, self.context, position)?;
        input.expect_exhausted()?;
        self.target = changed;
        Ok(())
    }
}

impl<'i, D: Descriptors> AtRuleParser<'i> for Body<'_, D> {
    type Prelude = CowRcStr<'i>;
    type AtRule = ();
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> CssResult<CowRcStr<'i>> {
        if !D::accepts_at_rule(&name) {
            return Err(CssError::custom(CssErrorKind::MisplacedAtRule));
        }
        input.expect_exhausted()?;
        Ok(name)
    }

    fn parse_block(
        &mut self,
        name: CowRcStr<'i>,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> CssResult<()> {
        let position = self.reporter.position(start.source_location());
        self.target.parse_at_rule(&name, input, self.context, self.reporter, position);
        Ok(())
    }
}

impl<'i, D: Descriptors> QualifiedRuleParser<'i> for Body<'_, D> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = CssErrorKind;
}

impl<D: Descriptors> RuleBodyItemParser<'_, (), CssErrorKind> for Body<'_, D> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
