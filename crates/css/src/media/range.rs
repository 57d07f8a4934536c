//! Features whose values are ordered: `(min-width: 30em)`, `(width >= 30em)`, `(1 < aspect-ratio < 2)`.
//! <https://drafts.csswg.org/mediaqueries-5/#mq-range-context>

use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};
use crate::values::calc::Range;
use crate::values::length::SpecifiedLength;
use crate::values::number::{Ratio, dppx, parse_number, parse_resolution};
use crate::values::{Compute, ComputeContext, Parse};

/// The type of a feature's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A length.
    Length,
    /// A ratio of two numbers.
    Ratio,
    /// A resolution.
    Resolution,
    /// An integer.
    Integer,
    /// A number.
    Number,
}

/// A value that a feature is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum FeatureValue {
    /// A length.
    Length(SpecifiedLength),
    /// A ratio.
    Ratio(Ratio),
    /// A resolution with its unit.
    Resolution(f32, ResolutionUnit),
    /// A number or an integer.
    Number(f32),
}

keywords! {
    /// A unit of resolutions.
    /// <https://drafts.csswg.org/css-values-4/#resolution>
    pub enum ResolutionUnit { Dppx = "dppx", X = "x", Dpi = "dpi", Dpcm = "dpcm" }
}

impl FeatureValue {
    fn parse(kind: ValueKind, input: &mut Parser<'_>) -> CssResult<Self> {
        let context = ParseContext::default();
        Ok(match kind {
            ValueKind::Length => FeatureValue::Length(SpecifiedLength::parse(input, &context)?),
            ValueKind::Ratio => FeatureValue::Ratio(Ratio::parse(input, &context)?),
            ValueKind::Resolution => parse_resolution_with_unit(input)?,
            ValueKind::Integer => FeatureValue::Number(input.expect_integer()? as f32),
            ValueKind::Number => FeatureValue::Number(parse_number(input, Range::All)?),
        })
    }

    /// The value as a fraction, numerator and denominator, in CSS px, dots per CSS px or plain.
    fn as_fraction(&self, context: &ComputeContext<'_>) -> (f64, f64) {
        match self {
            FeatureValue::Length(length) => (f64::from(length.compute(context).px()), 1.0),
            // Without extent in either direction it is as if infinitely wide.
            FeatureValue::Ratio(Ratio { width, height }) if *width == 0.0 && *height == 0.0 => (1.0, 0.0),
            FeatureValue::Ratio(ratio) => (f64::from(ratio.width), f64::from(ratio.height)),
            FeatureValue::Resolution(value, unit) => {
                (f64::from(dppx(f64::from(*value), unit.as_str()).unwrap_or(0.0) as f32), 1.0)
            }
            FeatureValue::Number(value) => (f64::from(*value), 1.0),
        }
    }
}

fn parse_resolution_with_unit(input: &mut Parser<'_>) -> CssResult<FeatureValue> {
    let literal = input.try_parse(|input| match input.next()? {
        Token::Dimension { value, unit, .. } => {
            let unit = ResolutionUnit::from_keyword(unit).ok_or_else(invalid_value)?;
            Ok(FeatureValue::Resolution(*value, unit))
        }
        _ => Err(invalid_value()),
    });
    match literal {
        Ok(literal) => Ok(literal),
        Err(_) => Ok(FeatureValue::Resolution(parse_resolution(input)?, ResolutionUnit::Dppx)),
    }
}

impl ToCss for FeatureValue {
    fn to_css(&self, out: &mut String) {
        match self {
            FeatureValue::Length(length) => length.to_css(out),
            FeatureValue::Ratio(ratio) => ratio.to_css(out),
            FeatureValue::Resolution(value, unit) => {
                write_number(*value, out);
                unit.to_css(out);
            }
            FeatureValue::Number(value) => write_number(*value, out),
        }
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=`
    Equal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
}

impl Comparison {
    fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        let first = match input.next()? {
            Token::Delim('=') => return Ok(Comparison::Equal),
            Token::Delim('<') => Comparison::Less,
            Token::Delim('>') => Comparison::Greater,
            _ => return Err(invalid_value()),
        };
        // No blank may stand between the two characters.
        let or_equal = input.try_parse(|input| match input.next_including_whitespace() {
            Ok(Token::Delim('=')) => Ok(()),
            _ => Err(invalid_value()),
        });
        Ok(match (first, or_equal) {
            (Comparison::Less, Ok(())) => Comparison::LessOrEqual,
            (Comparison::Greater, Ok(())) => Comparison::GreaterOrEqual,
            (comparison, _) => comparison,
        })
    }

    const fn as_str(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Equal => "=",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Greater => ">",
        }
    }

    /// Whether two comparisons can stand on both sides of a feature: both up or both down.
    const fn continues(self, other: Comparison) -> bool {
        use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
        matches!(
            (self, other),
            (Less | LessOrEqual, Less | LessOrEqual) | (Greater | GreaterOrEqual, Greater | GreaterOrEqual)
        )
    }

    fn holds(self, left: (f64, f64), right: (f64, f64)) -> bool {
        // Multiplied crosswise, so that a denominator may be zero.
        let (left, right) = (left.0 * right.1, right.0 * left.1);
        match self {
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Equal => left == right,
            Comparison::GreaterOrEqual => left >= right,
            Comparison::Greater => left > right,
        }
    }
}

/// What is asked of a feature whose values are ordered.
#[derive(Clone, Debug, PartialEq)]
pub enum RangeTest {
    /// `(width)`: whether it is not zero.
    Boolean,
    /// `(width: 1px)`
    Is(FeatureValue),
    /// `(min-width: 1px)`
    AtLeast(FeatureValue),
    /// `(max-width: 1px)`
    AtMost(FeatureValue),
    /// `(1px < width <= 2px)`; at least one side is there.
    Compared {
        /// What stands before the feature.
        before: Option<(FeatureValue, Comparison)>,
        /// What stands after the feature.
        after: Option<(Comparison, FeatureValue)>,
    },
}

/// `min-` or `max-` before a feature's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    Min,
    Max,
}

/// Takes `min-` or `max-` from a name in lower case; the rest is the feature's name. The prefix stands after `-webkit-`.
fn split_prefix(name: &str) -> (Option<Prefix>, std::borrow::Cow<'_, str>) {
    let (vendor, rest) = match name.strip_prefix("-webkit-") {
        Some(rest) => ("-webkit-", rest),
        None => ("", name),
    };
    let (prefix, rest) = match (rest.strip_prefix("min-"), rest.strip_prefix("max-")) {
        (Some(rest), _) => (Prefix::Min, rest),
        (_, Some(rest)) => (Prefix::Max, rest),
        _ => return (None, name.into()),
    };
    (Some(prefix), format!("{vendor}{rest}").into())
}

impl RangeTest {
    /// Parses a whole test up to the end of its parentheses. `find` gives the feature of a name in lower case, with its
    /// value's type.
    ///
    /// # Errors
    /// It is not a test of such a feature.
    pub fn parse<F>(
        input: &mut Parser<'_>,
        find: impl Fn(&str) -> Option<(F, ValueKind)>,
    ) -> CssResult<(F, RangeTest)> {
        let start = input.state();
        if let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
            let name = name.to_ascii_lowercase();
            let (prefix, base) = split_prefix(&name);
            let (feature, kind) = find(&base).ok_or_else(invalid_value)?;
            if input.is_exhausted() {
                return if prefix.is_none() {
                    Ok((feature, RangeTest::Boolean))
                } else {
                    Err(invalid_value())
                };
            }
            if input.try_parse(Parser::expect_colon).is_ok() {
                let value = FeatureValue::parse(kind, input)?;
                input.expect_exhausted()?;
                let test = match prefix {
                    None => RangeTest::Is(value),
                    Some(Prefix::Min) => RangeTest::AtLeast(value),
                    Some(Prefix::Max) => RangeTest::AtMost(value),
                };
                return Ok((feature, test));
            }
            if prefix.is_some() {
                return Err(invalid_value());
            }
            let after = Some((Comparison::parse(input)?, FeatureValue::parse(kind, input)?));
            input.expect_exhausted()?;
            return Ok((feature, RangeTest::Compared { before: None, after }));
        }
        // The value's type is known only once the name is.
        while !matches!(input.next()?, Token::Delim('<' | '>' | '=')) {}
        let _ = input.try_parse(|input| input.expect_delim('='));
        let name = input.expect_ident()?.to_ascii_lowercase();
        let (feature, kind) = find(&name).ok_or_else(invalid_value)?;
        input.reset(&start);
        let before = (FeatureValue::parse(kind, input)?, Comparison::parse(input)?);
        input.expect_ident()?;
        let after = if input.is_exhausted() {
            None
        } else {
            Some((Comparison::parse(input)?, FeatureValue::parse(kind, input)?))
        };
        input.expect_exhausted()?;
        if after.as_ref().is_some_and(|(comparison, _)| !before.1.continues(*comparison)) {
            return Err(invalid_value());
        }
        Ok((feature, RangeTest::Compared { before: Some(before), after }))
    }

    /// Whether the test holds for a feature whose value is this fraction, numerator and denominator.
    pub fn evaluate(&self, actual: (f64, f64), context: &ComputeContext<'_>) -> bool {
        let compare = |comparison: Comparison, value: &FeatureValue| {
            comparison.holds(actual, value.as_fraction(context))
        };
        match self {
            RangeTest::Boolean => actual.0 != 0.0,
            RangeTest::Is(value) => compare(Comparison::Equal, value),
            RangeTest::AtLeast(value) => compare(Comparison::GreaterOrEqual, value),
            RangeTest::AtMost(value) => compare(Comparison::LessOrEqual, value),
            RangeTest::Compared { before, after } => {
                let before_holds = before
                    .as_ref()
                    .is_none_or(|(value, comparison)| comparison.holds(value.as_fraction(context), actual));
                before_holds && after.as_ref().is_none_or(|(comparison, value)| compare(*comparison, value))
            }
        }
    }

    /// Writes the test of a feature with this name, with its parentheses.
    pub fn write(&self, name: &str, out: &mut String) {
        let prefixed = |prefix: &str, value: &FeatureValue, out: &mut String| {
            match name.strip_prefix("-webkit-") {
                Some(rest) => out.push_str(&["-webkit-", prefix, rest].concat()),
                None => out.push_str(&[prefix, name].concat()),
            }
            out.push_str(": ");
            value.to_css(out);
        };
        out.push('(');
        match self {
            RangeTest::Boolean => out.push_str(name),
            RangeTest::Is(value) => prefixed("", value, out),
            RangeTest::AtLeast(value) => prefixed("min-", value, out),
            RangeTest::AtMost(value) => prefixed("max-", value, out),
            RangeTest::Compared { before, after } => {
                if let Some((value, comparison)) = before {
                    value.to_css(out);
                    out.push_str(&[" ", comparison.as_str(), " "].concat());
                }
                out.push_str(name);
                if let Some((comparison, value)) = after {
                    out.push_str(&[" ", comparison.as_str(), " "].concat());
                    value.to_css(out);
                }
            }
        }
        out.push(')');
    }
}
