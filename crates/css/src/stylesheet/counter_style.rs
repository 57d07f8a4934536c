//! `@counter-style`.
//! <https://drafts.csswg.org/css-counter-styles-3/#the-counter-style-rule>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use super::Origin;
use super::descriptors::{Descriptors, parse_descriptors, unknown_descriptor};
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};
use crate::values::generated::canonical_name;
use crate::values::identifier::CustomIdent;

/// A piece of a counter's representation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CounterSymbol {
    /// A string.
    String(Arc<str>),
    /// An identifier, which stands for itself.
    Identifier(Atom),
}

impl CounterSymbol {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            CounterSymbol::String(text) => text,
            CounterSymbol::Identifier(word) => word,
        }
    }

    fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        match input.next()? {
            Token::QuotedString(text) => Ok(CounterSymbol::String((&**text).into())),
            Token::Ident(word) => Ok(CounterSymbol::Identifier(Atom::from(&**word))),
            _ => Err(invalid_value()),
        }
    }

    fn parse_many(input: &mut Parser<'_>) -> CssResult<Vec<Self>> {
        let mut symbols = vec![Self::parse(input)?];
        while let Ok(symbol) = input.try_parse(Self::parse) {
            symbols.push(symbol);
        }
        Ok(symbols)
    }
}

impl ToCss for CounterSymbol {
    fn to_css(&self, out: &mut String) {
        match self {
            CounterSymbol::String(text) => write_string(text, out),
            CounterSymbol::Identifier(word) => write_identifier(word, out),
        }
    }
}

/// `system`
/// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-system>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CounterSystem {
    /// `cyclic`
    Cyclic,
    /// `numeric`
    Numeric,
    /// `alphabetic`
    Alphabetic,
    /// `symbolic`
    #[default]
    Symbolic,
    /// `additive`
    Additive,
    /// `fixed`, with the value of the first symbol.
    Fixed(i32),
    /// `extends`, with the other style's name.
    Extends(Atom),
}

/// An integer with a symbol: a step of `additive-symbols`, or `pad`.
pub type WeightedSymbol = (i32, CounterSymbol);

/// `@counter-style`. A descriptor that is not given is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct CounterStyleRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The style's name.
    pub name: Atom,
    /// `system`
    pub system: Option<CounterSystem>,
    /// `symbols`
    pub symbols: Option<Vec<CounterSymbol>>,
    /// `additive-symbols`, in descending order.
    pub additive_symbols: Option<Vec<WeightedSymbol>>,
    /// `negative`: what stands before and after.
    pub negative: Option<(CounterSymbol, Option<CounterSymbol>)>,
    /// `prefix`
    pub prefix: Option<CounterSymbol>,
    /// `suffix`
    pub suffix: Option<CounterSymbol>,
    /// `range`: lower and upper bounds, `None` for infinite; without any it is `auto`.
    pub range: Option<Vec<(Option<i32>, Option<i32>)>>,
    /// `pad`
    pub pad: Option<WeightedSymbol>,
    /// `fallback`
    pub fallback: Option<Atom>,
    /// `speak-as`, as it was written.
    pub speak_as: Option<Atom>,
}

/// The styles that a page cannot define anew.
const FIXED_STYLES: [&str; 7] =
    ["none", "decimal", "disc", "square", "circle", "disclosure-open", "disclosure-closed"];

/// Parses the prelude. The styles that a page cannot define anew, this engine can.
pub(super) fn parse_name(input: &mut Parser<'_>, origin: Origin) -> CssResult<Atom> {
    let forbidden = if origin == Origin::UserAgent { &FIXED_STYLES[..1] } else { &FIXED_STYLES };
    parse_style_name(input, forbidden)
}

fn parse_style_name(input: &mut Parser<'_>, forbidden: &[&str]) -> CssResult<Atom> {
    Ok(canonical_name(&CustomIdent::parse_excluding(input, forbidden)?.0))
}

/// Parses the body.
pub(super) fn parse_counter_style(
    position: SourcePosition,
    name: Atom,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> CounterStyleRule {
    let empty = CounterStyleRule {
        position,
        name,
        system: None,
        symbols: None,
        additive_symbols: None,
        negative: None,
        prefix: None,
        suffix: None,
        range: None,
        pad: None,
        fallback: None,
        speak_as: None,
    };
    parse_descriptors(empty, input, context, reporter)
}

impl CounterStyleRule {
    /// Whether the rule has what its system needs, so that it defines a style.
    /// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-symbols>
    pub fn defines_style(&self) -> bool {
        let symbols = self.symbols.as_ref().map_or(0, Vec::len);
        match self.system.as_ref().unwrap_or(&CounterSystem::Symbolic) {
            CounterSystem::Cyclic | CounterSystem::Symbolic | CounterSystem::Fixed(_) => symbols >= 1,
            CounterSystem::Numeric | CounterSystem::Alphabetic => symbols >= 2,
            CounterSystem::Additive => self.additive_symbols.is_some(),
            CounterSystem::Extends(_) => self.symbols.is_none() && self.additive_symbols.is_none(),
        }
    }
}

fn parse_system(input: &mut Parser<'_>) -> CssResult<CounterSystem> {
    Ok(match_ignore_ascii_case! { input.expect_ident()?,
        "cyclic" => CounterSystem::Cyclic,
        "numeric" => CounterSystem::Numeric,
        "alphabetic" => CounterSystem::Alphabetic,
        "symbolic" => CounterSystem::Symbolic,
        "additive" => CounterSystem::Additive,
        "fixed" => CounterSystem::Fixed(input.try_parse(Parser::expect_integer).unwrap_or(1)),
        "extends" => CounterSystem::Extends(parse_style_name(input, &["none"])?),
        _ => return Err(invalid_value()),
    })
}

/// An integer that is not negative, and a symbol, in either order.
fn parse_weighted(input: &mut Parser<'_>) -> CssResult<WeightedSymbol> {
    let (weight, symbol) = match input.try_parse(Parser::expect_integer) {
        Ok(weight) => (weight, CounterSymbol::parse(input)?),
        Err(_) => {
            let symbol = CounterSymbol::parse(input)?;
            (input.expect_integer()?, symbol)
        }
    };
    if weight < 0 { Err(out_of_range()) } else { Ok((weight, symbol)) }
}

fn parse_bound(input: &mut Parser<'_>) -> CssResult<Option<i32>> {
    if input.try_parse(|input| input.expect_ident_matching("infinite")).is_ok() {
        return Ok(None);
    }
    Ok(Some(input.expect_integer()?))
}

fn parse_range(input: &mut Parser<'_>) -> CssResult<Vec<(Option<i32>, Option<i32>)>> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(Vec::new());
    }
    input.parse_comma_separated(|input| {
        let (lower, upper) = (parse_bound(input)?, parse_bound(input)?);
        match (lower, upper) {
            (Some(lower), Some(upper)) if lower > upper => Err(out_of_range()),
            bounds => Ok(bounds),
        }
    })
}

impl Descriptors for CounterStyleRule {
    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        _context: &ParseContext<'_>,
        _position: SourcePosition,
    ) -> CssResult<()> {
        match name {
            "system" => self.system = Some(parse_system(input)?),
            "symbols" => self.symbols = Some(CounterSymbol::parse_many(input)?),
            "additive-symbols" => {
                let symbols = input.parse_comma_separated(parse_weighted)?;
                if !symbols.is_sorted_by(|before, after| before.0 > after.0) {
                    return Err(invalid_value());
                }
                self.additive_symbols = Some(symbols);
            }
            "negative" => {
                let before = CounterSymbol::parse(input)?;
                self.negative = Some((before, input.try_parse(CounterSymbol::parse).ok()));
            }
            "prefix" => self.prefix = Some(CounterSymbol::parse(input)?),
            "suffix" => self.suffix = Some(CounterSymbol::parse(input)?),
            "range" => self.range = Some(parse_range(input)?),
            "pad" => self.pad = Some(parse_weighted(input)?),
            "fallback" => self.fallback = Some(parse_style_name(input, &["none"])?),
            "speak-as" => self.speak_as = Some(Atom::from(&**input.expect_ident()?)),
            _ => return Err(unknown_descriptor()),
        }
        Ok(())
    }
}

/// Writes each descriptor that is given, as `name: value;`.
pub(super) fn write_descriptors(rule: &CounterStyleRule, mut write: impl FnMut(&str, String)) {
    let spaced =
        |symbols: &[CounterSymbol]| symbols.iter().map(ToCss::to_css_string).collect::<Vec<_>>().join(" ");
    let weighted = |(weight, symbol): &WeightedSymbol| format!("{weight} {}", symbol.to_css_string());
    if let Some(system) = &rule.system {
        let text = match system {
            CounterSystem::Cyclic => "cyclic".to_owned(),
            CounterSystem::Numeric => "numeric".to_owned(),
            CounterSystem::Alphabetic => "alphabetic".to_owned(),
            CounterSystem::Symbolic => "symbolic".to_owned(),
            CounterSystem::Additive => "additive".to_owned(),
            CounterSystem::Fixed(1) => "fixed".to_owned(),
            CounterSystem::Fixed(first) => format!("fixed {first}"),
            CounterSystem::Extends(name) => format!("extends {}", name.to_css_string()),
        };
        write("system", text);
    }
    if let Some(symbols) = &rule.symbols {
        write("symbols", spaced(symbols));
    }
    if let Some(symbols) = &rule.additive_symbols {
        write("additive-symbols", symbols.iter().map(weighted).collect::<Vec<_>>().join(", "));
    }
    if let Some((before, after)) = &rule.negative {
        let after = after.as_ref().map(|after| [" ", &after.to_css_string()].concat());
        write("negative", before.to_css_string() + &after.unwrap_or_default());
    }
    for (name, symbol) in [("prefix", &rule.prefix), ("suffix", &rule.suffix)] {
        if let Some(symbol) = symbol {
            write(name, symbol.to_css_string());
        }
    }
    if let Some(ranges) = &rule.range {
        let bound =
            |bound: &Option<i32>| bound.map_or_else(|| "infinite".to_owned(), |bound| bound.to_string());
        let ranges: Vec<String> =
            ranges.iter().map(|(lower, upper)| format!("{} {}", bound(lower), bound(upper))).collect();
        write("range", if ranges.is_empty() { "auto".to_owned() } else { ranges.join(", ") });
    }
    if let Some(pad) = &rule.pad {
        write("pad", weighted(pad));
    }
    if let Some(fallback) = &rule.fallback {
        write("fallback", fallback.to_css_string());
    }
    if let Some(speak_as) = &rule.speak_as {
        write("speak-as", speak_as.to_css_string());
    }
}
