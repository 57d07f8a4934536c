//! Numbers, integers, percentages, ratios and resolutions.
//! <https://drafts.csswg.org/css-values-4/#numeric-types>

use super::calc::{CalcType, Calculation, Leaf, Range, parse_calculation};
use super::length::ParseInRange;
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// The nearest finite number: a literal like `1e999` is infinite once it is read, and nothing after parsing expects that.
pub fn finite(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(f32::MIN, f32::MAX) }
}

/// A number in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedNumber {
    /// A literal.
    Literal(f32),
    /// A calculation that gives a number.
    Calc(Box<Calculation>),
}

impl ParseInRange for SpecifiedNumber {
    fn parse_in_range(input: &mut Parser<'_>, _: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Number { value, .. } if range.accepts(*value) => {
                Ok(SpecifiedNumber::Literal(finite(*value)))
            }
            Token::Number { .. } => Err(out_of_range()),
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::NUMBER], CalcType::PERCENT, range, &[])?;
                Ok(SpecifiedNumber::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedNumber {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl ToCss for SpecifiedNumber {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedNumber::Literal(value) => write_number(*value, out),
            SpecifiedNumber::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedNumber {
    type Computed = f32;

    fn compute(&self, context: &ComputeContext<'_>) -> f32 {
        match self {
            SpecifiedNumber::Literal(value) => *value,
            SpecifiedNumber::Calc(calculation) => calculation.compute(context).resolve(0.0),
        }
    }
}

/// A number that must be known while parsing: a literal, or a calculation without relative lengths.
///
/// # Errors
/// The input does not begin with such a number.
pub fn parse_number(input: &mut Parser<'_>, range: Range) -> CssResult<f32> {
    match SpecifiedNumber::parse_in_range(input, &ParseContext::default(), range)? {
        SpecifiedNumber::Literal(value) => Ok(value),
        SpecifiedNumber::Calc(calculation) => known(&calculation),
    }
}

/// The value of a calculation that needs no element.
fn known(calculation: &Calculation) -> CssResult<f32> {
    let relative = |leaf| matches!(leaf, Leaf::Length(_, unit) if unit.absolute_px().is_none());
    if calculation.root.any_leaf(&relative) { Err(invalid_value()) } else { Ok(calculation.resolve(1.0)) }
}

/// An integer in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedInteger {
    /// A literal.
    Literal(i32),
    /// A calculation that gives a number, which is rounded.
    Calc(Box<Calculation>),
}

impl ParseInRange for SpecifiedInteger {
    fn parse_in_range(input: &mut Parser<'_>, _: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Number { int_value: Some(value), .. } if range.accepts(*value as f32) => {
                Ok(SpecifiedInteger::Literal(*value))
            }
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::NUMBER], CalcType::PERCENT, range, &[])?;
                Ok(SpecifiedInteger::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedInteger {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl ToCss for SpecifiedInteger {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedInteger::Literal(value) => value.to_css(out),
            SpecifiedInteger::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedInteger {
    type Computed = i32;

    fn compute(&self, context: &ComputeContext<'_>) -> i32 {
        match self {
            SpecifiedInteger::Literal(value) => *value,
            // Halves round up; `as` saturates.
            SpecifiedInteger::Calc(calculation) => {
                (f64::from(calculation.compute(context).resolve(0.0)) + 0.5).floor() as i32
            }
        }
    }
}

/// An integer of at least one: `orphans`, `column-count`.
#[derive(Clone, Debug, PartialEq)]
pub struct PositiveInteger(pub SpecifiedInteger);

impl Parse for PositiveInteger {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        SpecifiedInteger::parse_in_range(input, context, Range::AtLeastOne).map(PositiveInteger)
    }
}

impl ToCss for PositiveInteger {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl Compute for PositiveInteger {
    type Computed = i32;

    fn compute(&self, context: &ComputeContext<'_>) -> i32 {
        self.0.compute(context).max(1)
    }
}

/// A percentage in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedPercentage {
    /// A literal, as a fraction.
    Literal(f32),
    /// A calculation that gives a percentage.
    Calc(Box<Calculation>),
}

/// A computed percentage, as a fraction: 1 is 100 %.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percentage(pub f32);

impl ToCss for Percentage {
    fn to_css(&self, out: &mut String) {
        write_number(finite(self.0 * 100.0), out);
        out.push('%');
    }
}

impl ParseInRange for SpecifiedPercentage {
    fn parse_in_range(input: &mut Parser<'_>, _: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Percentage { unit_value, .. } if range.accepts(*unit_value) => {
                Ok(SpecifiedPercentage::Literal(finite(*unit_value)))
            }
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::PERCENT], CalcType::PERCENT, range, &[])?;
                Ok(SpecifiedPercentage::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedPercentage {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl ToCss for SpecifiedPercentage {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedPercentage::Literal(value) => Percentage(*value).to_css(out),
            SpecifiedPercentage::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedPercentage {
    type Computed = Percentage;

    fn compute(&self, context: &ComputeContext<'_>) -> Percentage {
        match self {
            SpecifiedPercentage::Literal(value) => Percentage(*value),
            SpecifiedPercentage::Calc(calculation) => Percentage(calculation.compute(context).resolve(1.0)),
        }
    }
}

/// A number, or a percentage that means a number: opacities, filter amounts, scale factors. It computes to the number.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberOrPercentage {
    /// A number.
    Number(SpecifiedNumber),
    /// A percentage.
    Percentage(SpecifiedPercentage),
}

impl ParseInRange for NumberOrPercentage {
    fn parse_in_range(input: &mut Parser<'_>, context: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        if let Ok(number) = input.try_parse(|input| SpecifiedNumber::parse_in_range(input, context, range)) {
            return Ok(NumberOrPercentage::Number(number));
        }
        SpecifiedPercentage::parse_in_range(input, context, range).map(NumberOrPercentage::Percentage)
    }
}

impl Parse for NumberOrPercentage {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl ToCss for NumberOrPercentage {
    fn to_css(&self, out: &mut String) {
        match self {
            NumberOrPercentage::Number(number) => number.to_css(out),
            // Specified percentages serialise as numbers too.
            NumberOrPercentage::Percentage(SpecifiedPercentage::Literal(value)) => write_number(*value, out),
            NumberOrPercentage::Percentage(percentage) => percentage.to_css(out),
        }
    }
}

impl Compute for NumberOrPercentage {
    type Computed = f32;

    fn compute(&self, context: &ComputeContext<'_>) -> f32 {
        match self {
            NumberOrPercentage::Number(number) => number.compute(context),
            NumberOrPercentage::Percentage(percentage) => percentage.compute(context).0,
        }
    }
}

/// An opacity: a number or percentage whose computed value lies between 0 and 1.
/// <https://drafts.csswg.org/css-color-4/#typedef-opacity-alpha-value>
#[derive(Clone, Debug, PartialEq)]
pub struct AlphaValue(pub NumberOrPercentage);

impl Parse for AlphaValue {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        NumberOrPercentage::parse(input, context).map(AlphaValue)
    }
}

impl ToCss for AlphaValue {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl Compute for AlphaValue {
    type Computed = f32;

    fn compute(&self, context: &ComputeContext<'_>) -> f32 {
        self.0.compute(context).clamp(0.0, 1.0)
    }
}

/// A ratio of two numbers that are not negative: `16 / 9`.
/// <https://drafts.csswg.org/css-values-4/#ratios>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The width's part.
    pub width: f32,
    /// The height's part.
    pub height: f32,
}

impl Ratio {
    /// Whether one part is zero or not finite: then it says nothing.
    pub fn is_degenerate(self) -> bool {
        let useful = |part: f32| part > 0.0 && part.is_finite();
        !useful(self.width) || !useful(self.height)
    }

    /// Width by height.
    pub fn quotient(self) -> f32 {
        self.width / self.height
    }
}

impl Parse for Ratio {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let width = parse_number(input, Range::NonNegative)?;
        let height = match input.try_parse(|input| input.expect_delim('/')) {
            Ok(()) => parse_number(input, Range::NonNegative)?,
            Err(_) => 1.0,
        };
        Ok(Ratio { width, height })
    }
}

impl ToCss for Ratio {
    fn to_css(&self, out: &mut String) {
        write_number(self.width, out);
        out.push_str(" / ");
        write_number(self.height, out);
    }
}

computes_to_itself!(Ratio);

/// Dots per CSS px in `value` of a resolution's unit.
/// <https://drafts.csswg.org/css-values-4/#resolution>
pub fn dppx(value: f64, unit: &str) -> Option<f64> {
    Some(cssparser::match_ignore_ascii_case! { unit,
        "dppx" | "x" => value,
        "dpi" => value / 96.0,
        "dpcm" => value * 2.54 / 96.0,
        _ => return None,
    })
}

/// Parses a resolution, in dots per CSS px.
///
/// # Errors
/// The input does not begin with a resolution.
pub fn parse_resolution(input: &mut Parser<'_>) -> CssResult<f32> {
    match input.next()? {
        Token::Dimension { value, unit, .. } => {
            let dppx = dppx(f64::from(*value), unit).ok_or_else(invalid_value)?;
            if dppx < 0.0 { Err(out_of_range()) } else { Ok(dppx as f32) }
        }
        Token::Function(name) => {
            let name = name.clone();
            let (calculation, _) = parse_calculation(
                &name,
                input,
                &[CalcType::RESOLUTION],
                CalcType::PERCENT,
                Range::NonNegative,
                &[],
            )?;
            known(&calculation)
        }
        _ => Err(invalid_value()),
    }
}
