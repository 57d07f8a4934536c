//! Angles.
//! <https://drafts.csswg.org/css-values-4/#angles>

use super::calc::{CalcType, Calculation, Range, parse_calculation};
use super::number::finite;
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// Degrees in `value` of an angle's unit.
pub fn degrees(value: f64, unit: &str) -> Option<f64> {
    Some(cssparser::match_ignore_ascii_case! { unit,
        "deg" => value,
        "grad" => value * 0.9,
        "rad" => value.to_degrees(),
        "turn" => value * 360.0,
        _ => return None,
    })
}

/// A computed angle in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Angle(pub f32);

impl Angle {
    /// In radians.
    pub fn radians(self) -> f32 {
        self.0.to_radians()
    }
}

impl ToCss for Angle {
    fn to_css(&self, out: &mut String) {
        write_number(self.0, out);
        out.push_str("deg");
    }
}

/// An angle in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedAngle {
    /// A literal: degrees, and the unit it was written in with its value.
    Literal(f32, AngleUnit),
    /// A calculation that gives an angle.
    Calc(Box<Calculation>),
}

keywords! {
    /// A unit of angles.
    pub enum AngleUnit { Deg = "deg", Grad = "grad", Rad = "rad", Turn = "turn" }
}

impl SpecifiedAngle {
    /// Parses an angle or, where the property takes it, a zero without unit.
    ///
    /// # Errors
    /// The input does not begin with an angle.
    pub fn parse_or_zero(input: &mut Parser<'_>) -> CssResult<Self> {
        Self::parse_with(input, true)
    }

    fn parse_with(input: &mut Parser<'_>, zero: bool) -> CssResult<Self> {
        match input.next()? {
            Token::Dimension { value, unit, .. } => {
                let unit = AngleUnit::from_keyword(unit).ok_or_else(invalid_value)?;
                Ok(SpecifiedAngle::Literal(finite(*value), unit))
            }
            Token::Number { value: 0.0, .. } if zero => Ok(SpecifiedAngle::Literal(0.0, AngleUnit::Deg)),
            Token::Function(name) => {
                let name = name.clone();
                let (calculation, _) =
                    parse_calculation(&name, input, &[CalcType::ANGLE], CalcType::PERCENT, Range::All, &[])?;
                Ok(SpecifiedAngle::Calc(Box::new(calculation)))
            }
            _ => Err(invalid_value()),
        }
    }

    /// In degrees; calculations with angles need no element.
    pub fn degrees(&self) -> f32 {
        match self {
            SpecifiedAngle::Literal(value, unit) => {
                degrees(f64::from(*value), unit.as_str()).map_or(0.0, |degrees| finite(degrees as f32))
            }
            SpecifiedAngle::Calc(calculation) => calculation.resolve(0.0),
        }
    }
}

impl Parse for SpecifiedAngle {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_with(input, false)
    }
}

impl ToCss for SpecifiedAngle {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedAngle::Literal(value, unit) => {
                write_number(*value, out);
                out.push_str(unit.as_str());
            }
            SpecifiedAngle::Calc(calculation) => calculation.to_css(out),
        }
    }
}

impl Compute for SpecifiedAngle {
    type Computed = Angle;

    fn compute(&self, context: &ComputeContext<'_>) -> Angle {
        match self {
            SpecifiedAngle::Literal(..) => Angle(self.degrees()),
            SpecifiedAngle::Calc(calculation) => Angle(calculation.compute(context).resolve(0.0)),
        }
    }
}
