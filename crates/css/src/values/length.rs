//! Lengths and percentages.
//! <https://drafts.csswg.org/css-values-4/#lengths>

use std::sync::Arc;

use super::calc::{CalcType, Calculation, Leaf, Node, Range, parse_calculation};
use super::number::finite;
use super::units::LengthUnit;
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// A length in a declaration: `1.5em`, `calc(1px + 2vw)`.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedLength {
    /// A number with its unit.
    Literal(f32, LengthUnit),
    /// A calculation that gives a length.
    Calc(Box<Calculation>),
}

/// A length or percentage in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedLengthPercentage {
    /// A length.
    Length(f32, LengthUnit),
    /// A percentage as a fraction.
    Percentage(f32),
    /// A calculation.
    Calc(Box<Calculation>),
}

/// A computed length or percentage.
/// <https://drafts.csswg.org/css-values-4/#mixed-percentages>
#[derive(Clone, Debug, PartialEq)]
pub enum LengthPercentage {
    /// CSS px.
    Length(f32),
    /// A percentage as a fraction: 1 is 100 %.
    Percentage(f32),
    /// A calculation with percentages in it.
    Calc(Arc<Calculation>),
}

/// A value that takes only some numbers, as a type: parsing rejects literals outside the range, and calculations are clamped.
pub trait ParseInRange: Sized {
    /// Like [`Parse::parse`], within `range`.
    ///
    /// # Errors
    /// The input does not begin with such a value.
    fn parse_in_range(input: &mut Parser<'_>, context: &ParseContext<'_>, range: Range) -> CssResult<Self>;
}

/// A value that is not negative; it computes to what the value computes to.
#[derive(Clone, Debug, PartialEq)]
pub struct NonNegative<T>(pub T);

impl<T: ParseInRange> Parse for NonNegative<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        T::parse_in_range(input, context, Range::NonNegative).map(NonNegative)
    }
}

impl<T: ToCss> ToCss for NonNegative<T> {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl<T: Compute> Compute for NonNegative<T> {
    type Computed = T::Computed;

    fn compute(&self, context: &ComputeContext<'_>) -> T::Computed {
        self.0.compute(context)
    }
}

/// A unitless length: zero, or any number where the quirk holds.
/// <https://quirks.spec.whatwg.org/#the-unitless-length-quirk>
fn accepts_unitless(value: f32, context: &ParseContext<'_>) -> bool {
    value == 0.0 || context.quirky_values
}

impl ParseInRange for SpecifiedLength {
    fn parse_in_range(input: &mut Parser<'_>, context: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Dimension { value, unit, .. } => {
                let unit = LengthUnit::from_keyword(unit).ok_or_else(invalid_value)?;
                if range.accepts(*value) {
                    Ok(SpecifiedLength::Literal(finite(*value), unit))
                } else {
                    Err(out_of_range())
                }
            }
            Token::Number { value, .. } if accepts_unitless(*value, context) && range.accepts(*value) => {
                Ok(SpecifiedLength::Literal(*value, LengthUnit::Px))
            }
            Token::Function(name) => {
                let name = name.clone();
                // Percentages never fit: no length is one.
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::LENGTH], CalcType::PERCENT, range, &[])?;
                Ok(SpecifiedLength::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedLength {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl SpecifiedLength {
    /// A length in CSS px.
    pub const fn px(value: f32) -> Self {
        SpecifiedLength::Literal(value, LengthUnit::Px)
    }
}

impl ToCss for SpecifiedLength {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedLength::Literal(value, unit) => write_dimension(*value, unit.as_str(), out),
            SpecifiedLength::Calc(calculation) => calculation.to_css(out),
        }
    }
}

fn write_dimension(value: f32, unit: &str, out: &mut String) {
    write_number(value, out);
    // The specification names the unit Q, in upper case; the keyword table is in lower case.
    out.push_str(if unit == "q" { "Q" } else { unit });
}

/// The CSS px in `value` of `unit`, kept finite.
fn literal_px(value: f32, unit: LengthUnit, context: &ComputeContext<'_>) -> f32 {
    finite(value * unit.px(context))
}

impl Compute for SpecifiedLength {
    type Computed = Length;

    fn compute(&self, context: &ComputeContext<'_>) -> Length {
        Length(match self {
            SpecifiedLength::Literal(value, unit) => literal_px(*value, *unit, context),
            SpecifiedLength::Calc(calculation) => calculation.compute(context).resolve(0.0),
        })
    }
}

/// A computed length in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Length(pub f32);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0.0);

    /// In CSS px.
    pub const fn px(self) -> f32 {
        self.0
    }
}

impl ToCss for Length {
    fn to_css(&self, out: &mut String) {
        write_dimension(self.0, "px", out);
    }
}

impl ParseInRange for SpecifiedLengthPercentage {
    fn parse_in_range(input: &mut Parser<'_>, context: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Dimension { value, unit, .. } => {
                let unit = LengthUnit::from_keyword(unit).ok_or_else(invalid_value)?;
                if range.accepts(*value) {
                    Ok(Self::Length(finite(*value), unit))
                } else {
                    Err(out_of_range())
                }
            }
            Token::Percentage { unit_value, .. } => {
                if range.accepts(*unit_value) {
                    Ok(Self::Percentage(finite(*unit_value)))
                } else {
                    Err(out_of_range())
                }
            }
            Token::Number { value, .. } if accepts_unitless(*value, context) && range.accepts(*value) => {
                Ok(Self::Length(*value, LengthUnit::Px))
            }
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::LENGTH], CalcType::LENGTH, range, &[])?;
                Ok(Self::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedLengthPercentage {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl SpecifiedLengthPercentage {
    /// A length in CSS px.
    pub const fn px(value: f32) -> Self {
        SpecifiedLengthPercentage::Length(value, LengthUnit::Px)
    }
}

impl ToCss for SpecifiedLengthPercentage {
    fn to_css(&self, out: &mut String) {
        match self {
            Self::Length(value, unit) => write_dimension(*value, unit.as_str(), out),
            Self::Percentage(fraction) => write_dimension(finite(fraction * 100.0), "%", out),
            Self::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedLengthPercentage {
    type Computed = LengthPercentage;

    fn compute(&self, context: &ComputeContext<'_>) -> LengthPercentage {
        match self {
            Self::Length(value, unit) => LengthPercentage::Length(literal_px(*value, *unit, context)),
            Self::Percentage(fraction) => LengthPercentage::Percentage(*fraction),
            Self::Calc(calculation) => LengthPercentage::from_calculation(calculation.compute(context)),
        }
    }
}

impl LengthPercentage {
    /// No length.
    pub const ZERO: LengthPercentage = LengthPercentage::Length(0.0);

    /// A calculation with computed lengths, in the simplest form.
    fn from_calculation(calculation: Calculation) -> Self {
        match calculation.root {
            Node::Leaf(Leaf::Percentage(fraction)) => {
                LengthPercentage::Percentage(calculation.censored(fraction))
            }
            _ if calculation.root.any_leaf(&|leaf| matches!(leaf, Leaf::Percentage(_))) => {
                LengthPercentage::Calc(Arc::new(calculation))
            }
            _ => LengthPercentage::Length(calculation.resolve(0.0)),
        }
    }

    /// The used length in CSS px where percentages are of `basis` CSS px.
    pub fn resolve(&self, basis: f32) -> f32 {
        match self {
            LengthPercentage::Length(px) => *px,
            LengthPercentage::Percentage(fraction) => finite(fraction * basis),
            LengthPercentage::Calc(calculation) => calculation.resolve(basis),
        }
    }

    /// Whether the used length depends on what percentages refer to.
    pub const fn has_percentage(&self) -> bool {
        !matches!(self, LengthPercentage::Length(_))
    }

    /// The length in CSS px, if no percentage is in it.
    pub const fn to_length(&self) -> Option<f32> {
        match self {
            LengthPercentage::Length(px) => Some(*px),
            _ => None,
        }
    }

    /// Whether this is zero whatever percentages refer to.
    pub fn is_zero(&self) -> bool {
        matches!(self, LengthPercentage::Length(value) | LengthPercentage::Percentage(value) if *value == 0.0)
    }
}

impl ToCss for LengthPercentage {
    fn to_css(&self, out: &mut String) {
        match self {
            LengthPercentage::Length(px) => write_dimension(*px, "px", out),
            LengthPercentage::Percentage(fraction) => write_dimension(finite(fraction * 100.0), "%", out),
            LengthPercentage::Calc(calculation) => calculation.to_css(out),
        }
    }
}

/// A length, or a number: `tab-size`, `line-height` and others tell them apart.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberOr<T> {
    /// A number.
    Number(f32),
    /// The other.
    Value(T),
}

impl<T: ToCss> ToCss for NumberOr<T> {
    fn to_css(&self, out: &mut String) {
        match self {
            NumberOr::Number(number) => write_number(*number, out),
            NumberOr::Value(value) => value.to_css(out),
        }
    }
}

impl<T: Compute> Compute for NumberOr<T> {
    type Computed = NumberOr<T::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        match self {
            NumberOr::Number(number) => NumberOr::Number(*number),
            NumberOr::Value(value) => NumberOr::Value(value.compute(context)),
        }
    }
}

impl<T: ParseInRange> ParseInRange for NumberOr<T> {
    fn parse_in_range(input: &mut Parser<'_>, context: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        // First the number: a zero without unit is a number here.
        if let Ok(number) = input.try_parse(|input| super::number::parse_number(input, range)) {
            return Ok(NumberOr::Number(number));
        }
        T::parse_in_range(input, context, range).map(NumberOr::Value)
    }
}

impl<T: ParseInRange> Parse for NumberOr<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl LengthPercentage {
    /// `100% -` this.
    #[must_use]
    pub fn subtracted_from_all(self) -> Self {
        let subtrahend = match self {
            LengthPercentage::Percentage(fraction) => return LengthPercentage::Percentage(1.0 - fraction),
            LengthPercentage::Length(0.0) => return LengthPercentage::Percentage(1.0),
            LengthPercentage::Length(px) => Node::Leaf(Leaf::Length(f64::from(px), LengthUnit::Px)),
            LengthPercentage::Calc(calculation) => calculation.root.clone(),
        };
        let sum = Node::Sum(vec![Node::Leaf(Leaf::Percentage(1.0)), Node::Negate(Box::new(subtrahend))]);
        Self::from_calculation(Calculation::new(sum, Range::All))
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self, other) {
            (LengthPercentage::Length(left), LengthPercentage::Length(right)) => {
                LengthPercentage::Length(left + right)
            }
            (LengthPercentage::Percentage(left), LengthPercentage::Percentage(right)) => {
                LengthPercentage::Percentage(left + right)
            }
            (left, right) => {
                let sum = Node::Sum(vec![left.into_node(), right.into_node()]);
                Self::from_calculation(Calculation::new(sum, Range::All))
            }
        }
    }

    fn into_node(self) -> Node {
        match self {
            LengthPercentage::Length(px) => Node::Leaf(Leaf::Length(f64::from(px), LengthUnit::Px)),
            LengthPercentage::Percentage(fraction) => Node::Leaf(Leaf::Percentage(f64::from(fraction))),
            LengthPercentage::Calc(calculation) => calculation.root.clone(),
        }
    }
}
