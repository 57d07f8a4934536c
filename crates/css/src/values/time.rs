//! Times.
//! <https://drafts.csswg.org/css-values-4/#time>

use super::calc::{CalcType, Calculation, Range, parse_calculation};
use super::length::ParseInRange;
use super::number::finite;
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// Seconds in `value` of a time's unit.
pub fn seconds(value: f64, unit: &str) -> Option<f64> {
    Some(cssparser::match_ignore_ascii_case! { unit,
        "s" => value,
        "ms" => value / 1000.0,
        _ => return None,
    })
}

keywords! {
    /// A unit of times.
    pub enum TimeUnit { Seconds = "s", Milliseconds = "ms" }
}

/// A computed time in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Time(pub f32);

impl ToCss for Time {
    fn to_css(&self, out: &mut String) {
        write_number(self.0, out);
        out.push('s');
    }
}

/// A time in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedTime {
    /// A literal.
    Literal(f32, TimeUnit),
    /// A calculation that gives a time.
    Calc(Box<Calculation>),
}

impl ParseInRange for SpecifiedTime {
    fn parse_in_range(input: &mut Parser<'_>, _: &ParseContext<'_>, range: Range) -> CssResult<Self> {
        match input.next()? {
            Token::Dimension { value, unit, .. } => {
                let unit = TimeUnit::from_keyword(unit).ok_or_else(invalid_value)?;
                if range.accepts(*value) {
                    Ok(SpecifiedTime::Literal(finite(*value), unit))
                } else {
                    Err(out_of_range())
                }
            }
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::TIME], CalcType::PERCENT, range, &[])?;
                Ok(SpecifiedTime::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }
}

impl Parse for SpecifiedTime {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_in_range(input, context, Range::All)
    }
}

impl ToCss for SpecifiedTime {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedTime::Literal(value, unit) => {
                write_number(*value, out);
                out.push_str(unit.as_str());
            }
            SpecifiedTime::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedTime {
    type Computed = Time;

    fn compute(&self, context: &ComputeContext<'_>) -> Time {
        Time(match self {
            SpecifiedTime::Literal(value, TimeUnit::Seconds) => *value,
            SpecifiedTime::Literal(value, TimeUnit::Milliseconds) => value / 1000.0,
            SpecifiedTime::Calc(calculation) => calculation.compute(context).resolve(0.0),
        })
    }
}
