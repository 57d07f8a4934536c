//! `@keyframes`.
//! <https://drafts.csswg.org/css-animations-1/#keyframes>

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser,
};
use fanlight_base::Atom;

use super::declarations::{Importance, parse_declaration_list, report_item};
use super::report::Reporter;
use crate::properties::{DeclarationBlock, SourcePosition};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{CssErrorKind, CssResult, ParseContext, Parser, ToCss, Token};
use crate::values::identifier::is_reserved;
use crate::values::number::Percentage;

/// `@keyframes`
#[derive(Clone, Debug)]
pub struct KeyframesRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The animation's name.
    pub name: Atom,
    /// The keyframes as they were written.
    pub keyframes: Vec<Keyframe>,
}

/// A keyframe.
#[derive(Clone, Debug)]
pub struct Keyframe {
    /// Where it stands.
    pub position: SourcePosition,
    /// The places in the animation, from 0 to 1.
    pub offsets: Vec<f32>,
    /// The declarations; none is important.
    pub block: Arc<DeclarationBlock>,
}

/// `<keyframes-name>`: an identifier or a string.
pub(super) fn parse_name(input: &mut Parser<'_>) -> CssResult<Atom> {
    match input.next()? {
        Token::Ident(name) if is_reserved(name) || name.eq_ignore_ascii_case("none") => Err(invalid_value()),
        Token::Ident(name) | Token::QuotedString(name) => Ok(Atom::from(&**name)),
        _ => Err(invalid_value()),
    }
}

/// The name as an identifier, or as a string where it cannot be one.
pub(super) fn write_name(name: &str, out: &mut String) {
    if name.is_empty() || is_reserved(name) || name.eq_ignore_ascii_case("none") {
        write_string(name, out);
    } else {
        write_identifier(name, out);
    }
}

fn parse_offset(input: &mut Parser<'_>) -> CssResult<f32> {
    match input.next()? {
        Token::Ident(word) if word.eq_ignore_ascii_case("from") => Ok(0.0),
        Token::Ident(word) if word.eq_ignore_ascii_case("to") => Ok(1.0),
        Token::Percentage { unit_value, .. } if (0.0..=1.0).contains(unit_value) => Ok(*unit_value),
        Token::Percentage { .. } => Err(out_of_range()),
        _ => Err(invalid_value()),
    }
}

/// Parses the keyframes to the end of `input`.
pub(super) fn parse_keyframes(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> Vec<Keyframe> {
    let mut list = KeyframeList { context, reporter };
    let mut keyframes = Vec::new();
    for item in RuleBodyParser::new(input, &mut list) {
        match item {
            Ok(keyframe) => keyframes.push(keyframe),
            Err((error, text, location)) if text.starts_with('@') => {
                report_item(reporter, &error, text, location);
            }
            Err((error, text, location)) => reporter.qualified_rule(&error, text, location),
        }
    }
    keyframes
}

struct KeyframeList<'a> {
    context: &'a ParseContext<'a>,
    reporter: Reporter<'a>,
}

impl<'i> QualifiedRuleParser<'i> for KeyframeList<'_> {
    type Prelude = Vec<f32>;
    type QualifiedRule = Keyframe;
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> CssResult<Vec<f32>> {
        input.parse_comma_separated(parse_offset)
    }

    fn parse_block(
        &mut self,
        offsets: Vec<f32>,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> CssResult<Keyframe> {
        let position = self.reporter.position(start.source_location());
        let block = parse_declaration_list(input, self.context, self.reporter, Importance::Forbidden);
        Ok(Keyframe { position, offsets, block: Arc::new(block) })
    }
}

impl<'i> AtRuleParser<'i> for KeyframeList<'_> {
    type Prelude = ();
    type AtRule = Keyframe;
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, _name: CowRcStr<'i>, _input: &mut Parser<'i>) -> CssResult<()> {
        Err(crate::syntax::CssError::custom(CssErrorKind::MisplacedAtRule))
    }
}

impl DeclarationParser<'_> for KeyframeList<'_> {
    type Declaration = Keyframe;
    type Error = CssErrorKind;
}

impl RuleBodyItemParser<'_, Keyframe, CssErrorKind> for KeyframeList<'_> {
    fn parse_declarations(&self) -> bool {
        false
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

impl Keyframe {
    /// Writes the selector: `0%, 50%`.
    pub fn write_selector(&self, out: &mut String) {
        for (index, offset) in self.offsets.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            Percentage(*offset).to_css(out);
        }
    }
}
