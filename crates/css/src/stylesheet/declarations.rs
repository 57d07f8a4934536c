//! Declarations in rules and in `style` attributes.
//! <https://drafts.csswg.org/css-syntax-3/#consume-declaration>

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser,
};
use fanlight_base::DiagnosticSink;

use super::ParseOptions;
use super::report::Reporter;
use crate::properties::DeclarationBlock;
use crate::syntax::{CssError, CssErrorKind, CssResult, ParseContext, Parser};

/// Parses the text of a `style` attribute. Only the source, the base URL and the mode of `options` count, and where the text
/// begins.
/// <https://drafts.csswg.org/css-style-attr/>
pub fn parse_style_attribute(
    text: &str,
    options: &ParseOptions,
    sink: &dyn DiagnosticSink,
) -> DeclarationBlock {
    let context = ParseContext::new(options.base_url.as_ref(), options.quirks);
    let reporter = Reporter { source: &options.url, start: options.start, sink };
    parse_declaration_list(&mut Parser::new(text), &context, reporter, Importance::Allowed)
}

/// Whether declarations can be important.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Importance {
    Allowed,
    /// Those that are get dropped: in keyframes.
    Forbidden,
}

/// Parses declarations to the end of `input`; rules between them are dropped.
pub(super) fn parse_declaration_list(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
    importance: Importance,
) -> DeclarationBlock {
    let mut list = DeclarationList { context, reporter, importance, block: DeclarationBlock::default() };
    for item in RuleBodyParser::new(input, &mut list) {
        if let Err((error, text, location)) = item {
            report_item(reporter, &error, text, location);
        }
    }
    list.block.remove_overridden();
    list.block
}

/// Reports something dropped where no rules are expected.
pub(super) fn report_item(
    reporter: Reporter<'_>,
    error: &CssError,
    text: &str,
    location: cssparser::SourceLocation,
) {
    if text.starts_with('@') {
        reporter.at_rule(error, text, location);
    } else {
        reporter.declaration(error, text, location);
    }
}

struct DeclarationList<'a> {
    context: &'a ParseContext<'a>,
    reporter: Reporter<'a>,
    importance: Importance,
    block: DeclarationBlock,
}

impl<'i> DeclarationParser<'i> for DeclarationList<'_> {
    type Declaration = ();
    type Error = CssErrorKind;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> CssResult<()> {
        let position = self.reporter.position(start.source_location());
        if self.importance == Importance::Forbidden {
            let state = input.state();
            let mut trial = DeclarationBlock::default();
            trial.parse_declaration(&name, input, self.context, position)?;
            if trial.declarations().iter().any(|declaration| declaration.important) {
                return Err(CssError::custom(CssErrorKind::MisplacedImportant));
            }
            input.reset(&state);
        }
        self.block.parse_declaration(&name, input, self.context, position)
    }
}

impl<'i> AtRuleParser<'i> for DeclarationList<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, _name: CowRcStr<'i>, _input: &mut Parser<'i>) -> CssResult<()> {
        Err(CssError::custom(CssErrorKind::MisplacedAtRule))
    }
}

impl<'i> QualifiedRuleParser<'i> for DeclarationList<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = CssErrorKind;
}

impl RuleBodyItemParser<'_, (), CssErrorKind> for DeclarationList<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
