//! Parsing a sheet: rules, what is nested in them, and declarations between them.
//! <https://drafts.csswg.org/css-syntax-3/#parsing>
//!
//! One parser goes through the whole text; [`Body`] is what has been read of the block that it is in. Preludes and blocks of
//! at-rules are in [`at_rules`]. A long sheet is cut into [`pieces`] that are parsed at the same time.

mod at_rules;
mod pieces;

use std::sync::Arc;

use cssparser::{
    CowRcStr, DeclarationParser, ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
    StyleSheetParser,
};
use fanlight_base::{Diagnostic, DiagnosticSink, Diagnostics};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use selectors::parser::ParseRelative;

use self::pieces::Piece;
use super::report::Reporter;
use super::rules::{NestedDeclarationsRule, Rule, StyleRule};
use super::{Origin, ParseOptions};
use crate::limits::RULE_NESTING;
use crate::properties::{DeclarationBlock, SourcePosition};
use crate::selectors::{Namespaces, SelectorList, SelectorParser};
use crate::syntax::{CssError, CssErrorKind, CssResult, ParseContext, Parser};

/// How many bytes of a sheet are worth being parsed at the same time as the rest.
const PIECE_BYTES: usize = 24 << 10;

/// Parses the rules of a sheet.
pub(super) fn parse(
    text: &str,
    options: &ParseOptions,
    sink: &dyn DiagnosticSink,
) -> (Vec<Rule>, Namespaces) {
    parse_in_pieces(text, PIECE_BYTES, options, sink)
}

/// Parses a sheet in pieces of at least `size` bytes, the first alone, since it decides what the others may have, and the
/// others at the same time. What comes of it does not depend on the size.
fn parse_in_pieces(
    text: &str,
    size: usize,
    options: &ParseOptions,
    sink: &dyn DiagnosticSink,
) -> (Vec<Rule>, Namespaces) {
    let mut parser = RuleParser::new(options, sink);
    let pieces = if text.len() / 2 < size { Vec::new() } else { pieces::cut(text, size) };
    let [first, others @ ..] = &*pieces else {
        parser.parse(text);
        return (parser.body.rules, parser.namespaces);
    };
    parser.parse(first.text);
    if parser.progress < Progress::Body {
        // `@import` and `@namespace` may still come.
        for piece in others {
            parser.reporter.start = start_of(piece, options);
            parser.parse(piece.text);
        }
        return (parser.body.rules, parser.namespaces);
    }
    let namespaces = &parser.namespaces;
    let parsed: Vec<(Vec<Rule>, Vec<Diagnostic>)> = others
        .par_iter()
        .map(|piece| {
            let heard = Diagnostics::with_limit(usize::MAX);
            let mut parser = RuleParser::new(options, &heard);
            parser.reporter.start = start_of(piece, options);
            parser.namespaces = namespaces.clone();
            parser.progress = Progress::Body;
            parser.parse(piece.text);
            (parser.body.rules, heard.to_vec())
        })
        .collect();
    for (rules, diagnostics) in parsed {
        parser.body.rules.extend(rules);
        diagnostics.into_iter().for_each(|diagnostic| sink.report(diagnostic));
    }
    (parser.body.rules, parser.namespaces)
}

/// Where a piece begins in the source that the whole text is from.
fn start_of(piece: &Piece<'_>, options: &ParseOptions) -> SourcePosition {
    SourcePosition::within(options.start, piece.location)
}

/// How far a sheet has come, which decides what may follow.
/// <https://drafts.csswg.org/css-cascade-5/#at-import>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    /// Nothing, or `@layer` statements.
    Start,
    /// `@import`
    Imports,
    /// `@namespace`, or `@layer` statements after `@import`.
    Namespaces,
    /// Other rules.
    Body,
}

/// What the rules of a block are relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nesting {
    /// Nothing: there can be no declarations.
    None,
    /// A style rule.
    Style,
    /// An `@scope` rule.
    Scope,
}

/// What has been read of a block.
struct Body {
    nesting: Nesting,
    /// Whether the first declarations are the rule's own: so in style rules, not in group rules inside of them.
    is_style_rule: bool,
    /// The first declarations of a style rule.
    own_block: DeclarationBlock,
    rules: Vec<Rule>,
    /// The declarations since the last rule.
    pending: DeclarationBlock,
    /// Where the first of these stands.
    pending_position: SourcePosition,
    /// Why the last prelude was not a selector list.
    selector_error: Option<CssError>,
}

impl Body {
    fn new(nesting: Nesting, is_style_rule: bool) -> Self {
        Body {
            nesting,
            is_style_rule,
            own_block: DeclarationBlock::default(),
            rules: Vec::new(),
            pending: DeclarationBlock::default(),
            pending_position: SourcePosition::default(),
            selector_error: None,
        }
    }

    /// Puts the declarations that have been read in their place: a rule or the end follows.
    fn end_declarations(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        self.pending.remove_overridden();
        let block = self.pending.take_exact();
        if self.is_style_rule && self.rules.is_empty() {
            self.own_block = block;
        } else {
            let position = self.pending_position;
            self.rules
                .push(Rule::NestedDeclarations(NestedDeclarationsRule { position, block: Arc::new(block) }));
        }
    }

    fn push(&mut self, rule: Rule) {
        self.end_declarations();
        self.rules.push(rule);
    }
}

struct RuleParser<'a> {
    context: ParseContext<'a>,
    reporter: Reporter<'a>,
    origin: Origin,
    namespaces: Namespaces,
    progress: Progress,
    /// How many rules there are around.
    depth: usize,
    body: Body,
    /// Memory for the pending declarations of the next body.
    spare: DeclarationBlock,
}

impl<'a> RuleParser<'a> {
    fn new(options: &'a ParseOptions, sink: &'a dyn DiagnosticSink) -> RuleParser<'a> {
        RuleParser {
            context: ParseContext::new(options.base_url.as_ref(), options.quirks),
            reporter: Reporter { source: &options.url, start: options.start, sink },
            origin: options.origin,
            namespaces: Namespaces::default(),
            progress: Progress::Start,
            depth: 0,
            body: Body::new(Nesting::None, false),
            spare: DeclarationBlock::default(),
        }
    }

    /// Parses outermost rules and adds them to the body.
    fn parse(&mut self, text: &str) {
        let mut input = Parser::new(text);
        let mut rules = StyleSheetParser::new(&mut input, self);
        while let Some(rule) = rules.next() {
            if let Err((error, text, location)) = rule {
                rules.parser.report(&error, text, location);
            }
        }
    }

    fn position(&self, start: &ParserState) -> SourcePosition {
        self.reporter.position(start.source_location())
    }

    /// Parses a block of rules, and of declarations where there can be some.
    fn parse_nested(&mut self, mut body: Body, input: &mut Parser<'_>) -> Body {
        body.pending = std::mem::take(&mut self.spare);
        let outer = std::mem::replace(&mut self.body, body);
        self.depth += 1;
        let mut items = RuleBodyParser::new(input, self);
        while let Some(item) = items.next() {
            if let Err((error, text, location)) = item {
                items.parser.report(&error, text, location);
            }
        }
        self.depth -= 1;
        let mut inner = std::mem::replace(&mut self.body, outer);
        inner.end_declarations();
        self.spare = std::mem::take(&mut inner.pending);
        inner
    }

    /// Parses the rules of a group rule.
    fn parse_group(&mut self, nesting: Nesting, input: &mut Parser<'_>) -> Vec<Rule> {
        self.parse_nested(Body::new(nesting, false), input).rules
    }

    fn check_depth(&self) -> CssResult<()> {
        if self.depth >= RULE_NESTING { Err(CssError::custom(CssErrorKind::NestingLimit)) } else { Ok(()) }
    }

    fn report(&mut self, error: &CssError, text: &str, location: cssparser::SourceLocation) {
        let selector_error = self.body.selector_error.take();
        if text.starts_with('@') {
            self.reporter.at_rule(error, text, location);
        } else if self.body.nesting == Nesting::None || (selector_error.is_some() && text.contains('{')) {
            self.reporter.qualified_rule(selector_error.as_ref().unwrap_or(error), text, location);
        } else {
            self.reporter.declaration(error, text, location);
        }
    }
}

impl<'i> QualifiedRuleParser<'i> for RuleParser<'_> {
    type Prelude = SelectorList;
    type QualifiedRule = ();
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> CssResult<SelectorList> {
        let relative = match self.body.nesting {
            Nesting::None => ParseRelative::No,
            Nesting::Style => ParseRelative::ForNesting,
            Nesting::Scope => ParseRelative::ForScope,
        };
        let selectors = self.check_depth().and_then(|()| {
            let parser = SelectorParser::new(&self.namespaces);
            let selectors = parser.parse_list(input, relative).map_err(|error| error.into())?;
            input.expect_exhausted()?;
            Ok(selectors)
        });
        self.body.selector_error = selectors.as_ref().err().cloned();
        selectors
    }

    fn parse_block(
        &mut self,
        selectors: SelectorList,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> CssResult<()> {
        self.progress = Progress::Body;
        let body = self.parse_nested(Body::new(Nesting::Style, true), input);
        let rule = StyleRule {
            position: self.position(start),
            selectors,
            block: Arc::new(body.own_block),
            rules: body.rules,
        };
        self.body.push(Rule::Style(rule));
        Ok(())
    }
}

impl<'i> DeclarationParser<'i> for RuleParser<'_> {
    type Declaration = ();
    type Error = CssErrorKind;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> CssResult<()> {
        let position = self.position(start);
        let was_empty = self.body.pending.is_empty();
        self.body.pending.parse_declaration(&name, input, &self.context, position)?;
        if was_empty {
            self.body.pending_position = position;
        }
        Ok(())
    }
}

impl RuleBodyItemParser<'_, (), CssErrorKind> for RuleParser<'_> {
    fn parse_declarations(&self) -> bool {
        self.body.nesting != Nesting::None
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::Diagnostics;

    use super::{Origin, ParseOptions, SourcePosition, parse_in_pieces};

    /// What is parsed and what is told, as text.
    fn parsed(text: &str, size: usize) -> String {
        let start = SourcePosition { line: 3, column: 7 };
        let options = ParseOptions { start, ..ParseOptions::new("test:sheet.css", Origin::Author) };
        let diagnostics = Diagnostics::default();
        let (rules, namespaces) = parse_in_pieces(text, size, &options, &diagnostics);
        format!("{rules:?}\n{namespaces:?}\n{:?}", diagnostics.to_vec())
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        const PARTS: [&str; 23] = [
            "a{color:red}",
            "é{content:'𝄞}';x}",
            "@import 'x.css';",
            "@namespace p url(u);",
            "p|a{top:0}",
            "@charset 'x';",
            "@media screen{b{color:red}c{wrong}}",
            "{color:red}",
            "b{background:url(a}b) u\\rl(}",
            "}",
            ")]",
            "/* } */",
            "<!--",
            "\r\n",
            "d{e{f:g}h:i;&:hover{color:blue}}",
            "--x:{a}",
            "@layer l;",
            "'",
            "\n",
            "\\",
            "url(",
            "u\\72 l(}",
            ".a\\:b{margin:1px 2px}",
        ];
        for one in PARTS {
            for two in PARTS {
                for three in PARTS {
                    let text = [one, two, three, "z{margin:0;unknown:1}"].concat();
                    assert_eq!(parsed(&text, 1), parsed(&text, usize::MAX), "{text:?}");
                }
            }
        }
    }
}
