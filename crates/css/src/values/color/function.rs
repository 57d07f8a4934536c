//! Parsing the components of colour functions, relative ones included.
//! <https://drafts.csswg.org/css-color-4/#color-functions>

use super::compute::channel_scale;
use super::space::{AbsoluteColor, ColorSpace, Missing};
use super::{RelativeColor, SpecifiedColor};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, Token};
use crate::values::Parse;
use crate::values::calc::{CalcType, Calculation, Leaf, Node, Range, parse_calculation};
use crate::values::number::finite;

/// A component as it is written, in the units of the channel keywords.
#[derive(Clone, Debug)]
enum Component {
    /// `none`
    None,
    /// A number known now.
    Number(f64),
    /// A number known now that was a percentage; legacy syntax does not mix them.
    Percentage(f64),
    /// A calculation on channels of an origin colour.
    Calc(Calculation),
}

/// The names of the channels, alpha last.
fn channel_names(space: ColorSpace) -> &'static [&'static str] {
    match space {
        ColorSpace::Hsl => &["h", "s", "l", "alpha"],
        ColorSpace::Hwb => &["h", "w", "b", "alpha"],
        ColorSpace::Lab | ColorSpace::Oklab => &["l", "a", "b", "alpha"],
        ColorSpace::Lch | ColorSpace::Oklch => &["l", "c", "h", "alpha"],
        ColorSpace::XyzD50 | ColorSpace::XyzD65 => &["x", "y", "z", "alpha"],
        _ => &["r", "g", "b", "alpha"],
    }
}

/// What 100 % is, in the units of the channel keywords.
fn full_scale(space: ColorSpace, index: usize) -> f64 {
    match (space, index) {
        (_, 3) => 1.0,
        (ColorSpace::LegacySrgb, _) => 255.0,
        (ColorSpace::Hsl | ColorSpace::Hwb, _) => 100.0,
        (ColorSpace::Lab, 0) | (ColorSpace::Lch, 0) => 100.0,
        (ColorSpace::Lab, _) => 125.0,
        (ColorSpace::Lch, _) => 150.0,
        (ColorSpace::Oklab | ColorSpace::Oklch, 1 | 2) => 0.4,
        _ => 1.0,
    }
}

fn parse_component(
    space: ColorSpace,
    index: usize,
    input: &mut Parser<'_>,
    channels: &'static [&'static str],
) -> CssResult<Component> {
    let is_hue = space.hue_index() == Some(index);
    let scale = full_scale(space, index);
    Ok(match input.next()? {
        Token::Ident(name) if name.eq_ignore_ascii_case("none") => Component::None,
        Token::Ident(name) => {
            let channel = channels.iter().position(|channel| channel.eq_ignore_ascii_case(name));
            let channel = channel.ok_or_else(invalid_value)?;
            let root = Node::Leaf(Leaf::Channel(channel as u8));
            Component::Calc(Calculation { root, range: Range::All })
        }
        Token::Number { value, .. } => Component::Number(f64::from(*value)),
        Token::Percentage { unit_value, .. } if !is_hue => {
            Component::Percentage(f64::from(*unit_value) * scale)
        }
        Token::Dimension { value, unit, .. } if is_hue => Component::Number(
            crate::values::angle::degrees(f64::from(*value), unit).ok_or_else(invalid_value)?,
        ),
        Token::Function(name) => {
            let name = name.clone();
            let wanted: &[CalcType] = if is_hue {
                &[CalcType::NUMBER, CalcType::ANGLE]
            } else {
                &[CalcType::NUMBER, CalcType::PERCENT]
            };
            let (calculation, found) =
                parse_calculation(&name, input, wanted, CalcType::PERCENT, Range::All, channels)?;
            let relative = |leaf| matches!(leaf, Leaf::Length(_, unit) if unit.absolute_px().is_none());
            if calculation.root.any_leaf(&relative) {
                return Err(invalid_value());
            }
            if calculation.root.any_leaf(&|leaf| matches!(leaf, Leaf::Channel(_))) {
                Component::Calc(calculation)
            } else {
                let value = calculation.resolve_with(&|leaf| match leaf {
                    Leaf::Percentage(fraction) => fraction * scale,
                    other => other.value(),
                });
                if found == CalcType::PERCENT {
                    Component::Percentage(f64::from(value))
                } else {
                    Component::Number(f64::from(value))
                }
            }
        }
        _ => return Err(invalid_value()),
    })
}

/// Parses what stands in `rgb()`, `hsl()`, `lab()` and the like.
pub(super) fn parse_components(
    space: ColorSpace,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<SpecifiedColor> {
    if input.try_parse(|input| input.expect_ident_matching("from")).is_ok() {
        let origin = SpecifiedColor::parse(input, context)?;
        return parse_relative(origin, space, input);
    }
    let first = parse_component(space, 0, input, &[])?;
    let takes_commas = matches!(space, ColorSpace::LegacySrgb | ColorSpace::Hsl);
    if takes_commas && !matches!(first, Component::None) && input.try_parse(Parser::expect_comma).is_ok() {
        return parse_legacy(space, first, input);
    }
    let second = parse_component(space, 1, input, &[])?;
    let third = parse_component(space, 2, input, &[])?;
    let alpha = parse_slash_alpha(space, input, &[])?;
    finish(space, [first, second, third], alpha)
}

/// `rgb(1, 2, 3, 0.5)`
fn parse_legacy(space: ColorSpace, first: Component, input: &mut Parser<'_>) -> CssResult<SpecifiedColor> {
    let second = parse_component(space, 1, input, &[])?;
    input.expect_comma()?;
    let third = parse_component(space, 2, input, &[])?;
    let alpha = match input.try_parse(Parser::expect_comma) {
        Ok(()) => parse_component(space, 3, input, &[])?,
        Err(_) => Component::Number(1.0),
    };
    let all = [&first, &second, &third];
    let is_percentage = |component: &Component| matches!(component, Component::Percentage(_));
    let right_kinds = match space {
        ColorSpace::Hsl => is_percentage(&second) && is_percentage(&third),
        _ => all.iter().all(|&part| is_percentage(part)) || !all.iter().any(|&part| is_percentage(part)),
    };
    let has_none = all.iter().any(|part| matches!(part, Component::None)) || matches!(alpha, Component::None);
    if !right_kinds || has_none {
        return Err(invalid_value());
    }
    // In the syntax with commas no colour has more than full saturation, as Chromium has it.
    let second = match second {
        Component::Percentage(saturation) if space == ColorSpace::Hsl => {
            Component::Percentage(saturation.min(full_scale(space, 1)))
        }
        other => other,
    };
    finish(space, [first, second, third], alpha)
}

fn parse_slash_alpha(
    space: ColorSpace,
    input: &mut Parser<'_>,
    channels: &'static [&'static str],
) -> CssResult<Component> {
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        return parse_component(space, 3, input, channels);
    }
    match channels {
        [] => Ok(Component::Number(1.0)),
        // The origin's alpha.
        _ => Ok(Component::Calc(Calculation { root: Node::Leaf(Leaf::Channel(3)), range: Range::All })),
    }
}

/// Parses what stands in `color()`.
pub(super) fn parse_predefined(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<SpecifiedColor> {
    let origin = match input.try_parse(|input| input.expect_ident_matching("from")) {
        Ok(()) => Some(SpecifiedColor::parse(input, context)?),
        Err(_) => None,
    };
    let space = ColorSpace::predefined(input.expect_ident()?).ok_or_else(invalid_value)?;
    if let Some(origin) = origin {
        return parse_relative(origin, space, input);
    }
    let first = parse_component(space, 0, input, &[])?;
    let second = parse_component(space, 1, input, &[])?;
    let third = parse_component(space, 2, input, &[])?;
    let alpha = parse_slash_alpha(space, input, &[])?;
    finish(space, [first, second, third], alpha)
}

fn parse_relative(
    origin: SpecifiedColor,
    space: ColorSpace,
    input: &mut Parser<'_>,
) -> CssResult<SpecifiedColor> {
    let names = channel_names(space);
    let first = parse_component(space, 0, input, names)?;
    let second = parse_component(space, 1, input, names)?;
    let third = parse_component(space, 2, input, names)?;
    let alpha = parse_slash_alpha(space, input, names)?;
    let channels = [first, second, third, alpha].map(|component| match component {
        Component::None => None,
        Component::Number(value) | Component::Percentage(value) => {
            Some(Calculation { root: Node::Leaf(Leaf::Number(value)), range: Range::All })
        }
        Component::Calc(calculation) => Some(calculation),
    });
    Ok(SpecifiedColor::Relative(Box::new(RelativeColor { origin, space, channels })))
}

/// A colour of known components, clamped as its function says.
fn finish(space: ColorSpace, components: [Component; 3], alpha: Component) -> CssResult<SpecifiedColor> {
    let mut missing = Missing::empty();
    let mut values = [0.0_f32; 4];
    for (index, component) in components.into_iter().chain([alpha]).enumerate() {
        match component {
            Component::None => missing |= Missing::component(index),
            Component::Number(value) | Component::Percentage(value) => {
                values[index] = finite((value / channel_scale(space, index)) as f32);
            }
            Component::Calc(_) => return Err(invalid_value()),
        }
    }
    let [first, second, third, alpha] = values;
    let components = match space {
        ColorSpace::LegacySrgb => [first, second, third].map(|component| component.clamp(0.0, 1.0)),
        ColorSpace::Hsl => [first.rem_euclid(360.0), second.max(0.0), third],
        ColorSpace::Hwb => [first.rem_euclid(360.0), second.max(0.0), third.max(0.0)],
        ColorSpace::Lab => [first.clamp(0.0, 100.0), second, third],
        ColorSpace::Lch => [first.clamp(0.0, 100.0), second.max(0.0), third.rem_euclid(360.0)],
        ColorSpace::Oklab => [first.clamp(0.0, 1.0), second, third],
        ColorSpace::Oklch => [first.clamp(0.0, 1.0), second.max(0.0), third.rem_euclid(360.0)],
        _ => [first, second, third],
    };
    Ok(SpecifiedColor::Absolute(AbsoluteColor { space, components, alpha: alpha.clamp(0.0, 1.0), missing }))
}

/// The function that writes colours of a space.
pub(super) fn function_name(space: ColorSpace) -> &'static str {
    match space {
        ColorSpace::LegacySrgb => "rgb",
        ColorSpace::Hsl
        | ColorSpace::Hwb
        | ColorSpace::Lab
        | ColorSpace::Lch
        | ColorSpace::Oklab
        | ColorSpace::Oklch => space.name(),
        _ => "color",
    }
}

/// Writes the calculation of a relative colour's channel.
pub(super) fn write_channel(space: ColorSpace, calculation: &Calculation, out: &mut String) {
    match &calculation.root {
        Node::Leaf(Leaf::Channel(channel)) => {
            out.push_str(channel_names(space).get(usize::from(*channel)).copied().unwrap_or("alpha"));
        }
        Node::Leaf(Leaf::Number(value)) => crate::syntax::serialize::write_number(*value as f32, out),
        _ => calculation.write_with_channels(channel_names(space), out),
    }
}
