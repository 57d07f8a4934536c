//! At-rules: their preludes, and what becomes of their blocks.

use std::sync::Arc;

use cssparser::{AtRuleParser, CowRcStr, ParserState, Token, match_ignore_ascii_case};
use fanlight_base::{Atom, Namespace, Severity};
use selectors::parser::ParseRelative;

use super::{Nesting, Progress, RuleParser};
use crate::container::ContainerCondition;
use crate::media::MediaList;
use crate::selectors::{SelectorList, SelectorParser};
use crate::stylesheet::page::{PageSelector, parse_page, parse_selectors};
use crate::stylesheet::rules::{
    ContainerRule, ImportLayer, ImportRule, LayerBlockRule, LayerName, LayerStatementRule, MediaRule,
    NamespaceRule, Rule, ScopeRule, SupportsRule,
};
use crate::stylesheet::{KeyframesRule, counter_style, font_face, font_feature_values, keyframes, property};
use crate::supports::SupportsCondition;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssError, CssErrorKind, CssResult, Parser};
use crate::values::url::CssUrl;

/// What stands before the block or the semicolon of an at-rule.
pub(super) enum Prelude {
    Media(MediaList),
    Supports(SupportsCondition),
    Container(Vec<ContainerCondition>),
    Scope(Option<SelectorList>, Option<SelectorList>),
    Layer(Vec<LayerName>),
    Import { url: CssUrl, layer: Option<ImportLayer>, supports: Option<SupportsCondition>, media: MediaList },
    Namespace(Option<Atom>, Namespace),
    FontFace,
    FontFeatureValues(Vec<Atom>),
    Keyframes(Atom),
    Page(Vec<PageSelector>),
    CounterStyle(Atom),
    Property(Atom),
}

fn misplaced() -> CssError {
    CssError::custom(CssErrorKind::MisplacedAtRule)
}

impl<'i> AtRuleParser<'i> for RuleParser<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = CssErrorKind;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> CssResult<Prelude> {
        self.check_depth()?;
        match_ignore_ascii_case! { &name,
            "media" => return Ok(Prelude::Media(self.parse_media(input))),
            "supports" => {
                return SupportsCondition::parse_supports(input, self.context, &self.namespaces).map(Prelude::Supports);
            },
            "container" => {
                return input.parse_comma_separated(ContainerCondition::parse_one).map(Prelude::Container);
            },
            "scope" => return self.parse_scope(input),
            "layer" => {
                if input.is_exhausted() {
                    return Ok(Prelude::Layer(Vec::new()));
                }
                return input.parse_comma_separated(LayerName::parse).map(Prelude::Layer);
            },
            "font-face" | "font-feature-values" | "keyframes" | "-webkit-keyframes" | "page" | "counter-style" | "property" | "import"
            | "namespace" => {},
            _ => return Err(CssError::custom(CssErrorKind::UnknownAtRule)),
        }
        if self.body.nesting != Nesting::None {
            return Err(misplaced());
        }
        match_ignore_ascii_case! { &name,
            "font-face" => Ok(Prelude::FontFace),
            "font-feature-values" => {
                font_feature_values::parse_families(input, &self.context).map(Prelude::FontFeatureValues)
            },
            "keyframes" | "-webkit-keyframes" => keyframes::parse_name(input).map(Prelude::Keyframes),
            "page" => parse_selectors(input).map(Prelude::Page),
            "counter-style" => counter_style::parse_name(input, self.origin).map(Prelude::CounterStyle),
            "property" => property::parse_name(input).map(Prelude::Property),
            "import" if self.depth == 0 && self.progress <= Progress::Imports => self.parse_import(input),
            "namespace" if self.depth == 0 && self.progress <= Progress::Namespaces => self.parse_namespace(input),
            _ => Err(misplaced()),
        }
    }

    fn rule_without_block(&mut self, prelude: Prelude, start: &ParserState) -> Result<(), ()> {
        let position = self.position(start);
        let rule = match prelude {
            Prelude::Import { url, layer, supports, media } => {
                self.progress = Progress::Imports;
                let supports = supports.map(|condition| {
                    let is_supported = condition.is_supported();
                    (condition, is_supported)
                });
                Rule::Import(ImportRule { position, url, layer, supports, media })
            }
            Prelude::Namespace(prefix, namespace) => {
                self.progress = Progress::Namespaces;
                match &prefix {
                    Some(prefix) => self.namespaces.prefixes.push((prefix.clone(), namespace.clone())),
                    None => self.namespaces.default = Some(namespace.clone()),
                }
                Rule::Namespace(NamespaceRule { position, prefix, namespace })
            }
            Prelude::Layer(names) if !names.is_empty() && self.body.nesting == Nesting::None => {
                if self.depth == 0 && self.progress == Progress::Imports {
                    self.progress = Progress::Namespaces;
                }
                Rule::LayerStatement(LayerStatementRule { position, names })
            }
            _ => return Err(()),
        };
        self.body.push(rule);
        Ok(())
    }

    fn parse_block(
        &mut self,
        prelude: Prelude,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> CssResult<()> {
        if matches!(prelude, Prelude::Import { .. } | Prelude::Namespace(..)) {
            return Err(CssError::unexpected_token());
        }
        self.progress = Progress::Body;
        let position = self.position(start);
        let nesting = self.body.nesting;
        let rule = match prelude {
            Prelude::Media(queries) => {
                Rule::Media(MediaRule { position, queries, rules: self.parse_group(nesting, input) })
            }
            Prelude::Supports(condition) => {
                let is_supported = condition.is_supported();
                Rule::Supports(SupportsRule {
                    position,
                    condition,
                    is_supported,
                    rules: self.parse_group(nesting, input),
                })
            }
            Prelude::Container(conditions) => Rule::Container(ContainerRule {
                position,
                conditions,
                rules: self.parse_group(nesting, input),
            }),
            Prelude::Scope(begin, end) => {
                let rules = self.parse_group(Nesting::Scope, input);
                Rule::Scope(ScopeRule { position, start: begin, end, rules })
            }
            Prelude::Layer(mut names) => {
                let name = names.pop();
                if !names.is_empty() {
                    return Err(CssError::unexpected_token());
                }
                Rule::LayerBlock(LayerBlockRule { position, name, rules: self.parse_group(nesting, input) })
            }
            Prelude::FontFace => {
                Rule::FontFace(font_face::parse_font_face(position, input, &self.context, self.reporter))
            }
            Prelude::FontFeatureValues(families) => {
                Rule::FontFeatureValues(Arc::new(font_feature_values::parse_font_feature_values(
                    position,
                    families,
                    input,
                    &self.context,
                    self.reporter,
                )))
            }
            Prelude::Keyframes(name) => {
                let keyframes = keyframes::parse_keyframes(input, &self.context, self.reporter);
                Rule::Keyframes(Arc::new(KeyframesRule { position, name, keyframes }))
            }
            Prelude::Page(selectors) => {
                Rule::Page(Arc::new(parse_page(position, selectors, input, &self.context, self.reporter)))
            }
            Prelude::CounterStyle(name) => {
                let rule =
                    counter_style::parse_counter_style(position, name, input, &self.context, self.reporter);
                Rule::CounterStyle(Arc::new(rule))
            }
            Prelude::Property(name) => {
                Rule::Property(property::parse_property(position, name, input, &self.context, self.reporter)?)
            }
            Prelude::Import { .. } | Prelude::Namespace(..) => return Err(CssError::unexpected_token()),
        };
        self.body.push(rule);
        Ok(())
    }
}

impl RuleParser<'_> {
    fn parse_media(&self, input: &mut Parser<'_>) -> MediaList {
        let location = input.current_source_location();
        let queries = MediaList::parse(input);
        for part in queries.unknown_parts() {
            let message = format!("media query '{part}' is not understood and never holds");
            self.reporter.report(Severity::Warning, location, message, None);
        }
        queries
    }

    /// `[(<scope-start>)]? [to (<scope-end>)]?`
    fn parse_scope(&self, input: &mut Parser<'_>) -> CssResult<Prelude> {
        let parser = SelectorParser::new(&self.namespaces);
        let list = |input: &mut Parser<'_>, relative: ParseRelative| -> CssResult<SelectorList> {
            input.expect_parenthesis_block()?;
            input.parse_nested_block(|input| {
                SelectorList::parse_disallow_pseudo(&parser, input, relative).map_err(|error| error.into())
            })
        };
        let starts = |input: &mut Parser<'_>| {
            let state = input.state();
            let starts = matches!(input.next(), Ok(Token::ParenthesisBlock));
            input.reset(&state);
            starts
        };
        let start = if starts(input) {
            let relative = match self.body.nesting {
                Nesting::None => ParseRelative::No,
                Nesting::Style => ParseRelative::ForNesting,
                Nesting::Scope => ParseRelative::ForScope,
            };
            Some(list(input, relative)?)
        } else {
            None
        };
        let end = if input.is_exhausted() {
            None
        } else {
            input.expect_ident_matching("to")?;
            Some(list(input, ParseRelative::ForScope)?)
        };
        Ok(Prelude::Scope(start, end))
    }

    /// `[<url> | <string>] [layer | layer(<name>)]? [supports(<condition>)]? <media-query-list>?`
    fn parse_import(&self, input: &mut Parser<'_>) -> CssResult<Prelude> {
        let specified = input.expect_url_or_string()?;
        let url = CssUrl::new(&specified, &self.context);
        let layer = if input.try_parse(|input| input.expect_ident_matching("layer")).is_ok() {
            Some(ImportLayer::Anonymous)
        } else {
            // A `layer()` that is malformed is a media query that never holds.
            input
                .try_parse(|input| {
                    input.expect_function_matching("layer")?;
                    input.parse_nested_block(LayerName::parse)
                })
                .ok()
                .map(ImportLayer::Named)
        };
        let supports = if input.try_parse(|input| input.expect_function_matching("supports")).is_ok() {
            let condition = input.parse_nested_block(|input| {
                SupportsCondition::parse_import(input, self.context, &self.namespaces)
            })?;
            Some(condition)
        } else {
            None
        };
        Ok(Prelude::Import { url, layer, supports, media: self.parse_media(input) })
    }

    fn parse_namespace(&self, input: &mut Parser<'_>) -> CssResult<Prelude> {
        let prefix = input.try_parse(Parser::expect_ident_cloned).ok().map(|prefix| Atom::from(&*prefix));
        let url = input.expect_url_or_string().map_err(|_| invalid_value())?;
        Ok(Prelude::Namespace(prefix, Namespace::from(&*url)))
    }
}
