//! Gradients in the syntaxes of older WebKit.
//! <https://compat.spec.whatwg.org/#css-image-values>

use cssparser::match_ignore_ascii_case;

use super::Parse;
use super::angle::{AngleUnit, SpecifiedAngle};
use super::color::SpecifiedColor;
use super::gradient::{
    GradientItem, GradientKind, LineDirection, ParsedKind, RadialExtent, RadialShape, SpecifiedDirection,
    parse_items, parse_radial_shape, parse_side_or_corner,
};
use super::length::SpecifiedLengthPercentage;
use super::number::finite;
use super::position::{
    HorizontalSide, Position, SpecifiedPosition, SpecifiedPositionX, SpecifiedPositionY, VerticalSide,
};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// `-webkit-linear-gradient()`: it names the side that it starts from, and its angles start at the right and turn the
/// other way.
/// <https://compat.spec.whatwg.org/#css-gradients-webkit-linear-gradient>
pub(super) fn parse_linear(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let direction = input.try_parse(|input| -> CssResult<SpecifiedDirection> {
        let direction = match input.try_parse(SpecifiedAngle::parse_or_zero) {
            Ok(angle) => {
                LineDirection::Angle(SpecifiedAngle::Literal(90.0 - angle.degrees(), AngleUnit::Deg))
            }
            Err(_) => {
                let (horizontal, vertical) = parse_side_or_corner(input)?;
                LineDirection::To(
                    horizontal.map(|side| match side {
                        HorizontalSide::Left => HorizontalSide::Right,
                        HorizontalSide::Right => HorizontalSide::Left,
                    }),
                    vertical.map(|side| match side {
                        VerticalSide::Top => VerticalSide::Bottom,
                        VerticalSide::Bottom => VerticalSide::Top,
                    }),
                )
            }
        };
        input.expect_comma()?;
        Ok(direction)
    });
    let direction = direction.unwrap_or(LineDirection::To(None, Some(VerticalSide::Bottom)));
    Ok((GradientKind::Linear(direction, parse_items(input, context)?), None))
}

/// `-webkit-radial-gradient()`: the position comes first, without `at`.
/// <https://compat.spec.whatwg.org/#css-gradients-webkit-radial-gradient>
pub(super) fn parse_radial(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let position = input.try_parse(|input| -> CssResult<_> {
        let position = SpecifiedPosition::parse(input, context)?;
        input.expect_comma()?;
        Ok(position)
    });
    let shape = input.try_parse(|input| -> CssResult<_> {
        // Two old names of extents.
        let old = |input: &mut Parser<'_>| -> CssResult<RadialExtent> {
            Ok(match_ignore_ascii_case! { input.expect_ident()?,
                "contain" => RadialExtent::ClosestSide,
                "cover" => RadialExtent::FarthestCorner,
                _ => return Err(invalid_value()),
            })
        };
        let shape = match input.try_parse(|input| parse_radial_shape(input, context)) {
            Ok(RadialShape::Circle(extent)) => RadialShape::Circle(input.try_parse(old).unwrap_or(extent)),
            Ok(RadialShape::Ellipse(extent)) => RadialShape::Ellipse(input.try_parse(old).unwrap_or(extent)),
            Ok(shape) => shape,
            Err(_) => RadialShape::Ellipse(old(input)?),
        };
        input.expect_comma()?;
        Ok(shape)
    });
    let shape = shape.unwrap_or(RadialShape::Ellipse(RadialExtent::FarthestCorner));
    let position = position.unwrap_or(SpecifiedPosition::CENTERED);
    Ok((GradientKind::Radial(shape, position, parse_items(input, context)?), None))
}

/// `-webkit-gradient()`, the first of them all: from one point to another, and its stops in functions of their own. Circles are
/// taken where both have one centre and the inner one no radius.
/// <https://compat.spec.whatwg.org/#css-gradients-webkit-gradient>
pub(super) fn parse_first(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let is_linear = match_ignore_ascii_case! { input.expect_ident()?,
        "linear" => true,
        "radial" => false,
        _ => return Err(invalid_value()),
    };
    let point = |input: &mut Parser<'_>| -> CssResult<SpecifiedPosition> {
        input.expect_comma()?;
        parse_point(input)
    };
    let radius = |input: &mut Parser<'_>| -> CssResult<f32> {
        input.expect_comma()?;
        Ok(finite(input.expect_number()?))
    };
    let from = point(input)?;
    if is_linear {
        let to = point(input)?;
        let stops = parse_first_stops(input, context)?;
        return Ok((GradientKind::Linear(LineDirection::Between(from, to), stops), None));
    }
    let inner = radius(input)?;
    let to = point(input)?;
    let outer = radius(input)?;
    let stops = parse_first_stops(input, context)?;
    if from != to || inner != 0.0 || outer < 0.0 {
        return Err(invalid_value());
    }
    Ok((
        GradientKind::Radial(RadialShape::CircleRadius(SpecifiedLengthPercentage::px(outer)), to, stops),
        None,
    ))
}

/// Two coordinates: sides, percentages, or numbers of px.
fn parse_point(input: &mut Parser<'_>) -> CssResult<SpecifiedPosition> {
    let mut coordinate = |start: &str, end: &str| -> CssResult<SpecifiedLengthPercentage> {
        Ok(match input.next()? {
            Token::Number { value, .. } => SpecifiedLengthPercentage::px(finite(*value)),
            Token::Percentage { unit_value, .. } => {
                SpecifiedLengthPercentage::Percentage(finite(*unit_value))
            }
            Token::Ident(side) if side.eq_ignore_ascii_case(start) => {
                SpecifiedLengthPercentage::Percentage(0.0)
            }
            Token::Ident(side) if side.eq_ignore_ascii_case("center") => {
                SpecifiedLengthPercentage::Percentage(0.5)
            }
            Token::Ident(side) if side.eq_ignore_ascii_case(end) => {
                SpecifiedLengthPercentage::Percentage(1.0)
            }
            _ => return Err(invalid_value()),
        })
    };
    let x = SpecifiedPositionX::Offset(coordinate("left", "right")?);
    let y = SpecifiedPositionY::Offset(coordinate("top", "bottom")?);
    Ok(Position { x, y })
}

type FirstStop = GradientItem<SpecifiedColor, SpecifiedLengthPercentage>;

/// `from()`, `to()` and `color-stop()`, sorted by where they are.
fn parse_first_stops(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<std::sync::Arc<[FirstStop]>> {
    let mut stops: Vec<(f32, SpecifiedColor)> = Vec::new();
    while !input.is_exhausted() {
        input.expect_comma()?;
        let function = input.expect_function()?.clone();
        let stop = input.parse_nested_block(|input| -> CssResult<_> {
            let offset = match_ignore_ascii_case! { &function,
                "from" => 0.0,
                "to" => 1.0,
                "color-stop" => {
                    let offset = match input.next()? {
                        Token::Number { value, .. } => *value,
                        Token::Percentage { unit_value, .. } => *unit_value,
                        _ => return Err(invalid_value()),
                    };
                    input.expect_comma()?;
                    finite(offset)
                },
                _ => return Err(invalid_value()),
            };
            Ok((offset, SpecifiedColor::parse(input, context)?))
        })?;
        stops.push(stop);
    }
    stops.sort_by(|one, other| one.0.total_cmp(&other.0));
    let item =
        |(offset, color)| GradientItem::Stop(color, Some(SpecifiedLengthPercentage::Percentage(offset)));
    if stops.is_empty() { Err(invalid_value()) } else { Ok(stops.into_iter().map(item).collect()) }
}

/// Writes a point so that [`parse_first`] reads the same.
pub(super) fn write_point<P: ToCss>(point: &P, out: &mut String) {
    out.push_str(&point.to_css_string().replace("px", ""));
}

/// Writes stops so that [`parse_first`] reads the same.
pub(super) fn write_first_stops<C: ToCss, P: ToCss>(items: &[GradientItem<C, P>], out: &mut String) {
    let stops = items.iter().filter_map(|item| match item {
        GradientItem::Stop(color, position) => Some((color, position.as_ref()?)),
        GradientItem::Hint(_) => None,
    });
    for (index, (color, position)) in stops.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str("color-stop(");
        position.to_css(out);
        out.push_str(", ");
        color.to_css(out);
        out.push(')');
    }
}
