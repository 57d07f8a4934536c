//! Parsing colours: names, hashes, and which function it is.

use cssparser::{color::parse_hash_color, match_ignore_ascii_case};

use super::interpolate::ColorInterpolation;
use super::space::{AbsoluteColor, ColorSpace};
use super::{ColorMix, NamedColor, SpecifiedColor, SystemColor, function};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, Token};
use crate::values::Parse;
use crate::values::calc::Range;
use crate::values::length::ParseInRange;
use crate::values::number::SpecifiedPercentage;

impl Parse for SpecifiedColor {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let start = input.state();
        match input.next()? {
            Token::Ident(name) => {
                if let Some(named) = NamedColor::find(name) {
                    return Ok(SpecifiedColor::Named(named));
                }
                if name.eq_ignore_ascii_case("currentcolor") {
                    return Ok(SpecifiedColor::CurrentColor);
                }
                if let Some(system) = SystemColor::from_keyword(name) {
                    return Ok(SpecifiedColor::System(system));
                }
                if context.quirky_values { hash_color(name.as_bytes()) } else { Err(invalid_value()) }
            }
            Token::Hash(hash) | Token::IDHash(hash) => hash_color(hash.as_bytes()),
            Token::Function(name) => {
                let name = name.clone();
                parse_function(&name, input, context)
            }
            Token::Number { .. } | Token::Dimension { .. } if context.quirky_values => {
                input.reset(&start);
                parse_hashless(input)
            }
            _ => Err(invalid_value()),
        }
    }
}

fn hash_color(digits: &[u8]) -> CssResult<SpecifiedColor> {
    let (red, green, blue, alpha) = parse_hash_color(digits).map_err(|()| invalid_value())?;
    Ok(SpecifiedColor::Absolute(AbsoluteColor::from_u8(red, green, blue, alpha)))
}

/// `#` left out: `123456`, `00f`.
/// <https://quirks.spec.whatwg.org/#the-hashless-hex-color-quirk>
fn parse_hashless(input: &mut Parser<'_>) -> CssResult<SpecifiedColor> {
    let digits = match input.next()? {
        Token::Number { int_value: Some(value), has_sign: false, .. } => format!("{value:06}"),
        Token::Dimension { int_value: Some(value), has_sign: false, unit, .. } => {
            let width = 6_usize.saturating_sub(unit.len());
            format!("{value:0width$}{unit}")
        }
        _ => return Err(invalid_value()),
    };
    // Three digits are padded to six above: `123` is then #000123, as the quirk says.
    if matches!(digits.len(), 3 | 6) { hash_color(digits.as_bytes()) } else { Err(invalid_value()) }
}

fn parse_function(
    name: &str,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<SpecifiedColor> {
    let space = match_ignore_ascii_case! { name,
        "rgb" | "rgba" => ColorSpace::LegacySrgb,
        "hsl" | "hsla" => ColorSpace::Hsl,
        "hwb" => ColorSpace::Hwb,
        "lab" => ColorSpace::Lab,
        "lch" => ColorSpace::Lch,
        "oklab" => ColorSpace::Oklab,
        "oklch" => ColorSpace::Oklch,
        "color" => return input.parse_nested_block(|input| function::parse_predefined(input, context)),
        "color-mix" => return input.parse_nested_block(|input| parse_mix(input, context)),
        "light-dark" => return input.parse_nested_block(|input| {
            let light = SpecifiedColor::parse(input, context)?;
            input.expect_comma()?;
            let dark = SpecifiedColor::parse(input, context)?;
            Ok(SpecifiedColor::LightDark(Box::new((light, dark))))
        }),
        _ => return Err(invalid_value()),
    };
    input.parse_nested_block(|input| function::parse_components(space, input, context))
}

/// <https://drafts.csswg.org/css-color-5/#color-mix>
fn parse_mix(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<SpecifiedColor> {
    let interpolation = match input.try_parse(ColorInterpolation::parse) {
        Ok(interpolation) => {
            input.expect_comma()?;
            interpolation
        }
        Err(_) => ColorInterpolation::within(ColorSpace::Oklab),
    };
    let left = parse_share(input, context)?;
    input.expect_comma()?;
    let right = parse_share(input, context)?;
    if left.1 == Some(0.0) && right.1 == Some(0.0) {
        return Err(invalid_value());
    }
    Ok(SpecifiedColor::Mix(Box::new(ColorMix { interpolation, left, right })))
}

/// `<color> && <percentage [0,100]>?`
fn parse_share(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<(SpecifiedColor, Option<f32>)> {
    let share = |input: &mut Parser<'_>| -> CssResult<f32> {
        match SpecifiedPercentage::parse_in_range(input, context, Range::NonNegative)? {
            SpecifiedPercentage::Literal(share) if share <= 1.0 => Ok(share),
            SpecifiedPercentage::Literal(_) => Err(invalid_value()),
            SpecifiedPercentage::Calc(calculation) => Ok(calculation.resolve(1.0).min(1.0)),
        }
    };
    let before = input.try_parse(share).ok();
    let color = SpecifiedColor::parse(input, context)?;
    let share = before.or_else(|| input.try_parse(share).ok());
    Ok((color, share))
}
