//! Generated content: `content`, counters, lists, quotes.
//! <https://drafts.csswg.org/css-content-3/>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use super::Parse;
use super::color::{Color, SpecifiedColor};
use super::gradient::{Gradient, SpecifiedGradient};
use super::identifier::{CssString, CustomIdent};
use super::image::{Image, SpecifiedImage};
use crate::counter_styles;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, write_space_separated};

computes_by_parts! {
    /// `content`
    pub enum Content<C = Color, G = Gradient> {
        /// `normal`
        Normal,
        /// `none`
        None,
        /// What replaces the element or fills the pseudo-element, and the text that is spoken instead.
        Items(items: Arc<[ContentItem<C, G>]>, alternative: Option<Arc<[ContentItem<C, G>]>>),
    }
}

computes_by_parts! {
    /// One piece of `content`.
    pub enum ContentItem<C = Color, G = Gradient> {
        /// A string.
        String(text: Arc<str>),
        /// An image.
        Image(image: Image<C, G>),
        /// `counter(name, style)`
        Counter(name: CustomIdent, style: CounterStyle),
        /// `counters(name, separator, style)`
        Counters(name: CustomIdent, separator: CssString, style: CounterStyle),
        /// `attr(name)` with a fallback.
        Attr(name: Atom, fallback: Option<Arc<str>>),
        /// `open-quote`
        OpenQuote,
        /// `close-quote`
        CloseQuote,
        /// `no-open-quote`
        NoOpenQuote,
        /// `no-close-quote`
        NoCloseQuote,
    }
}

/// `content` in a declaration.
pub type SpecifiedContent = Content<SpecifiedColor, SpecifiedGradient>;
type SpecifiedItem = ContentItem<SpecifiedColor, SpecifiedGradient>;

/// A counter style by name or written out.
/// <https://drafts.csswg.org/css-counter-styles-3/#typedef-counter-style>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CounterStyle {
    /// `none`
    None,
    /// The name of a style.
    Name(Atom),
    /// A string that is the marker: `list-style-type: "- "`.
    String(Arc<str>),
    /// `symbols()`
    Symbols(SymbolsType, Arc<[Arc<str>]>),
}

keywords! {
    /// How `symbols()` counts.
    pub enum SymbolsType {
        Cyclic = "cyclic", Numeric = "numeric", Alphabetic = "alphabetic", Symbolic = "symbolic", Fixed = "fixed",
    }
}

impl CounterStyle {
    /// `decimal`
    pub fn decimal() -> Self {
        CounterStyle::Name(Atom::from("decimal"))
    }

    /// `disc`
    pub fn disc() -> Self {
        CounterStyle::Name(Atom::from("disc"))
    }

    /// A name or `symbols()`.
    ///
    /// # Errors
    /// The input does not begin with a counter style.
    pub fn parse_style(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_function_matching("symbols")).is_ok() {
            return input.parse_nested_block(|input| {
                let kind = input
                    .try_parse(|input| SymbolsType::parse(input, context))
                    .unwrap_or(SymbolsType::Symbolic);
                let mut symbols: Vec<Arc<str>> = vec![(&**input.expect_string()?).into()];
                while let Ok(symbol) = input.try_parse(Parser::expect_string_cloned) {
                    symbols.push((&*symbol).into());
                }
                let least =
                    if matches!(kind, SymbolsType::Numeric | SymbolsType::Alphabetic) { 2 } else { 1 };
                if symbols.len() < least {
                    return Err(invalid_value());
                }
                Ok(CounterStyle::Symbols(kind, symbols.into()))
            });
        }
        let name = input.expect_ident()?;
        if name.eq_ignore_ascii_case("none") {
            return Ok(CounterStyle::None);
        }
        if super::identifier::is_reserved(name) {
            return Err(invalid_value());
        }
        Ok(CounterStyle::Name(canonical_name(name)))
    }
}

/// Names of predefined styles are in lower case however they are written; others keep their case.
/// <https://drafts.csswg.org/css-counter-styles-3/#typedef-counter-style-name>
pub(crate) fn canonical_name(name: &str) -> Atom {
    let lower = name.to_ascii_lowercase();
    if counter_styles::is_predefined(&lower) { Atom::from(lower) } else { Atom::from(name) }
}

impl Parse for CounterStyle {
    /// `list-style-type`: also a string.
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(text) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(CounterStyle::String((&*text).into()));
        }
        Self::parse_style(input, context)
    }
}

impl ToCss for CounterStyle {
    fn to_css(&self, out: &mut String) {
        match self {
            CounterStyle::None => out.push_str("none"),
            CounterStyle::Name(name) => write_identifier(name, out),
            CounterStyle::String(text) => write_string(text, out),
            CounterStyle::Symbols(kind, symbols) => {
                out.push_str("symbols(");
                if *kind != SymbolsType::Symbolic {
                    kind.to_css(out);
                    out.push(' ');
                }
                for (index, symbol) in symbols.iter().enumerate() {
                    if index > 0 {
                        out.push(' ');
                    }
                    write_string(symbol, out);
                }
                out.push(')');
            }
        }
    }
}

computes_to_itself!(CounterStyle);

impl Parse for SpecifiedContent {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(Content::Normal);
        }
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Content::None);
        }
        let items = |input: &mut Parser<'_>| -> CssResult<Arc<[SpecifiedItem]>> {
            let mut items = vec![parse_item(input, context)?];
            while let Ok(item) = input.try_parse(|input| parse_item(input, context)) {
                items.push(item);
            }
            Ok(items.into())
        };
        let shown = items(input)?;
        let alternative = match input.try_parse(|input| input.expect_delim('/')) {
            Ok(()) => Some(items(input)?),
            Err(_) => None,
        };
        Ok(Content::Items(shown, alternative))
    }
}

fn parse_item(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<SpecifiedItem> {
    if let Ok(text) = input.try_parse(Parser::expect_string_cloned) {
        return Ok(ContentItem::String((&*text).into()));
    }
    if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
        return Ok(match_ignore_ascii_case! { &keyword,
            "open-quote" => ContentItem::OpenQuote,
            "close-quote" => ContentItem::CloseQuote,
            "no-open-quote" => ContentItem::NoOpenQuote,
            "no-close-quote" => ContentItem::NoCloseQuote,
            _ => return Err(invalid_value()),
        });
    }
    if let Ok(image) = input.try_parse(|input| SpecifiedImage::parse(input, context)) {
        return Ok(ContentItem::Image(image));
    }
    let function = input.expect_function()?.clone();
    input.parse_nested_block(|input| {
        let style = |input: &mut Parser<'_>| -> CssResult<CounterStyle> {
            match input.try_parse(Parser::expect_comma) {
                Ok(()) => CounterStyle::parse_style(input, context),
                Err(_) => Ok(CounterStyle::decimal()),
            }
        };
        match_ignore_ascii_case! { &function,
            "counter" => {
                let name = CustomIdent::parse_excluding(input, &["none"])?;
                Ok(ContentItem::Counter(name, style(input)?))
            },
            "counters" => {
                let name = CustomIdent::parse_excluding(input, &["none"])?;
                input.expect_comma()?;
                let separator = CssString::parse(input, context)?;
                Ok(ContentItem::Counters(name, separator, style(input)?))
            },
            "attr" => {
                let name = Atom::from(&**input.expect_ident()?);
                let fallback = match input.try_parse(Parser::expect_comma) {
                    Ok(()) => Some((&**input.expect_string()?).into()),
                    Err(_) => None,
                };
                Ok(ContentItem::Attr(name, fallback))
            },
            _ => Err(invalid_value()),
        }
    })
}

impl<C: ToCss, G: ToCss> ToCss for Content<C, G> {
    fn to_css(&self, out: &mut String) {
        match self {
            Content::Normal => out.push_str("normal"),
            Content::None => out.push_str("none"),
            Content::Items(items, alternative) => {
                write_space_separated(items, out);
                if let Some(alternative) = alternative {
                    out.push_str(" / ");
                    write_space_separated(alternative, out);
                }
            }
        }
    }
}

impl<C: ToCss, G: ToCss> ToCss for ContentItem<C, G> {
    fn to_css(&self, out: &mut String) {
        let write_style = |style: &CounterStyle, out: &mut String| {
            if *style != CounterStyle::decimal() {
                out.push_str(", ");
                style.to_css(out);
            }
            out.push(')');
        };
        match self {
            ContentItem::String(text) => write_string(text, out),
            ContentItem::Image(image) => image.to_css(out),
            ContentItem::Counter(name, style) => {
                out.push_str("counter(");
                name.to_css(out);
                write_style(style, out);
            }
            ContentItem::Counters(name, separator, style) => {
                out.push_str("counters(");
                name.to_css(out);
                out.push_str(", ");
                separator.to_css(out);
                write_style(style, out);
            }
            ContentItem::Attr(name, fallback) => {
                out.push_str("attr(");
                write_identifier(name, out);
                if let Some(fallback) = fallback {
                    out.push_str(", ");
                    write_string(fallback, out);
                }
                out.push(')');
            }
            ContentItem::OpenQuote => out.push_str("open-quote"),
            ContentItem::CloseQuote => out.push_str("close-quote"),
            ContentItem::NoOpenQuote => out.push_str("no-open-quote"),
            ContentItem::NoCloseQuote => out.push_str("no-close-quote"),
        }
    }
}

/// A counter with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterChange {
    /// The counter.
    pub name: CustomIdent,
    /// By how much it changes, or what it is set to; `None` for `reversed()` without a number.
    pub value: Option<i32>,
    /// Whether it counts down: `reversed()`.
    pub reversed: bool,
}

/// `counter-increment`, `counter-reset` and `counter-set`, which differ in the number that is meant by none.
/// <https://drafts.csswg.org/css-lists-3/#auto-numbering>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterChanges<const DEFAULT: i32, const REVERSIBLE: bool>(pub Arc<[CounterChange]>);

impl<const DEFAULT: i32, const REVERSIBLE: bool> CounterChanges<DEFAULT, REVERSIBLE> {
    /// `none`
    pub fn none() -> Self {
        CounterChanges(Arc::new([]))
    }
}

/// `counter-increment`
pub type CounterIncrement = CounterChanges<1, false>;
/// `counter-reset`
pub type CounterReset = CounterChanges<0, true>;
/// `counter-set`
pub type CounterSet = CounterChanges<0, false>;

impl<const DEFAULT: i32, const REVERSIBLE: bool> Parse for CounterChanges<DEFAULT, REVERSIBLE> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self::none());
        }
        let number = |input: &mut Parser<'_>| -> CssResult<i32> {
            match super::number::SpecifiedInteger::parse(input, context)? {
                super::number::SpecifiedInteger::Literal(value) => Ok(value),
                super::number::SpecifiedInteger::Calc(calculation) => {
                    Ok(calculation.resolve(0.0).round() as i32)
                }
            }
        };
        let one = |input: &mut Parser<'_>| -> CssResult<CounterChange> {
            if REVERSIBLE && input.try_parse(|input| input.expect_function_matching("reversed")).is_ok() {
                let name =
                    input.parse_nested_block(|input| CustomIdent::parse_excluding(input, &["none"]))?;
                let value = input.try_parse(number).ok();
                return Ok(CounterChange { name, value, reversed: true });
            }
            let name = CustomIdent::parse_excluding(input, &["none"])?;
            let value = input.try_parse(number).unwrap_or(DEFAULT);
            Ok(CounterChange { name, value: Some(value), reversed: false })
        };
        let mut changes = vec![one(input)?];
        while let Ok(change) = input.try_parse(one) {
            changes.push(change);
        }
        Ok(CounterChanges(changes.into()))
    }
}

impl<const DEFAULT: i32, const REVERSIBLE: bool> ToCss for CounterChanges<DEFAULT, REVERSIBLE> {
    fn to_css(&self, out: &mut String) {
        if self.0.is_empty() {
            out.push_str("none");
        }
        for (index, change) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if change.reversed {
                out.push_str("reversed(");
                change.name.to_css(out);
                out.push(')');
            } else {
                change.name.to_css(out);
            }
            if let Some(value) = change.value {
                out.push(' ');
                value.to_css(out);
            }
        }
    }
}

impl<const DEFAULT: i32, const REVERSIBLE: bool> super::Compute for CounterChanges<DEFAULT, REVERSIBLE> {
    type Computed = Self;

    fn compute(&self, _context: &super::ComputeContext<'_>) -> Self {
        self.clone()
    }
}

/// `quotes`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `auto`: the language's.
    Auto,
    /// `none`
    None,
    /// Opening and closing mark of each level.
    Pairs(Arc<[(Arc<str>, Arc<str>)]>),
}

impl Parse for Quotes {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(match_ignore_ascii_case! { &keyword,
                "auto" => Quotes::Auto,
                "none" => Quotes::None,
                _ => return Err(invalid_value()),
            });
        }
        let mut pairs = Vec::new();
        while let Ok(open) = input.try_parse(Parser::expect_string_cloned) {
            let close = input.expect_string()?;
            pairs.push(((&*open).into(), (&**close).into()));
        }
        if pairs.is_empty() { Err(invalid_value()) } else { Ok(Quotes::Pairs(pairs.into())) }
    }
}

impl ToCss for Quotes {
    fn to_css(&self, out: &mut String) {
        match self {
            Quotes::Auto => out.push_str("auto"),
            Quotes::None => out.push_str("none"),
            Quotes::Pairs(pairs) => {
                for (index, (open, close)) in pairs.iter().enumerate() {
                    if index > 0 {
                        out.push(' ');
                    }
                    write_string(open, out);
                    out.push(' ');
                    write_string(close, out);
                }
            }
        }
    }
}

computes_to_itself!(Quotes);
