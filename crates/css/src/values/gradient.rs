//! Gradients.
//! <https://drafts.csswg.org/css-images-4/#gradients>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;

use super::angle::{Angle, SpecifiedAngle};
use super::calc::Range;
use super::color::{Color, ColorInterpolation, SpecifiedColor};
use super::length::{LengthPercentage, ParseInRange, SpecifiedLengthPercentage};
use super::number::{Percentage, SpecifiedPercentage};
use super::position::{HorizontalSide, Position, SpecifiedPosition, VerticalSide};
use super::{Parse, prefixed_gradient};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssError, CssResult, ParseContext, Parser, ToCss, write_comma_separated};

computes_by_parts! {
    /// A gradient.
    pub struct Gradient<C = Color, LP = LengthPercentage, P = Position, A = Angle, F = Percentage> {
        /// The line, the ellipses or the circle along which colours change.
        pub kind: GradientKind<C, LP, P, A, F>,
        /// Whether the stops repeat.
        pub repeating: bool,
        /// Where to interpolate, if it is said.
        pub interpolation: Option<ColorInterpolation>,
    }
}

computes_by_parts! {
    /// What colours change along.
    pub enum GradientKind<C = Color, LP = LengthPercentage, P = Position, A = Angle, F = Percentage> {
        /// `linear-gradient()`: the direction and the stops, whose positions are lengths or fractions of the gradient line.
        Linear(direction: LineDirection<A, P>, stops: Arc<[GradientItem<C, LP>]>),
        /// `radial-gradient()`: the shape, the centre and the stops.
        Radial(shape: RadialShape<LP>, position: P, stops: Arc<[GradientItem<C, LP>]>),
        /// `conic-gradient()`: the start angle, the centre and the stops.
        Conic(from: A, position: P, stops: Arc<[GradientItem<C, AngleOrPercentage<A, F>>]>),
    }
}

computes_by_parts! {
    /// The direction of a linear gradient.
    pub enum LineDirection<A = Angle, P = Position> {
        /// An angle: 0 is up, clockwise.
        Angle(angle: A),
        /// Towards a side or corner.
        To(horizontal: Option<HorizontalSide>, vertical: Option<VerticalSide>),
        /// From one point to another: `-webkit-gradient()`.
        Between(from: P, to: P),
    }
}

computes_by_parts! {
    /// The shape of a radial gradient.
    pub enum RadialShape<LP = LengthPercentage> {
        /// A circle that reaches somewhere.
        Circle(extent: RadialExtent),
        /// A circle with its radius.
        CircleRadius(radius: LP),
        /// An ellipse that reaches somewhere.
        Ellipse(extent: RadialExtent),
        /// An ellipse with its radii.
        EllipseRadii(horizontal: LP, vertical: LP),
    }
}

keywords! {
    /// How far a radial gradient reaches.
    pub enum RadialExtent {
        ClosestSide = "closest-side", FarthestSide = "farthest-side",
        ClosestCorner = "closest-corner", FarthestCorner = "farthest-corner",
    }
}

computes_by_parts! {
    /// A stop or a hint between stops.
    pub enum GradientItem<C = Color, P = LengthPercentage> {
        /// A colour, at a position if one is given.
        Stop(color: C, position: Option<P>),
        /// Where halfway between the neighbours is.
        Hint(position: P),
    }
}

computes_by_parts! {
    /// A position on a circle.
    pub enum AngleOrPercentage<A = Angle, F = Percentage> {
        /// An angle.
        Angle(angle: A),
        /// A fraction of the whole turn.
        Percentage(fraction: F),
    }
}

impl AngleOrPercentage {
    /// The fraction of the whole turn.
    pub const fn fraction(&self) -> f32 {
        match self {
            AngleOrPercentage::Angle(angle) => angle.0 / 360.0,
            AngleOrPercentage::Percentage(fraction) => fraction.0,
        }
    }
}

/// A gradient in a declaration.
pub type SpecifiedGradient = Gradient<
    SpecifiedColor,
    SpecifiedLengthPercentage,
    SpecifiedPosition,
    SpecifiedAngle,
    SpecifiedPercentage,
>;
pub(super) type SpecifiedKind = GradientKind<
    SpecifiedColor,
    SpecifiedLengthPercentage,
    SpecifiedPosition,
    SpecifiedAngle,
    SpecifiedPercentage,
>;
pub(super) type SpecifiedDirection = LineDirection<SpecifiedAngle, SpecifiedPosition>;
/// A gradient's parts, and where to interpolate.
pub(super) type ParsedKind = (SpecifiedKind, Option<ColorInterpolation>);
type SpecifiedAnglePosition = AngleOrPercentage<SpecifiedAngle, SpecifiedPercentage>;

impl Parse for SpecifiedAnglePosition {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(angle) = input.try_parse(SpecifiedAngle::parse_or_zero) {
            return Ok(AngleOrPercentage::Angle(angle));
        }
        SpecifiedPercentage::parse(input, context).map(AngleOrPercentage::Percentage)
    }
}

impl Parse for SpecifiedGradient {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let function = input.expect_function()?.clone();
        type KindParser = fn(&mut Parser<'_>, &ParseContext<'_>) -> CssResult<ParsedKind>;
        let (parse_kind, repeating): (KindParser, bool) = match_ignore_ascii_case! { &function,
            "linear-gradient" => (parse_linear, false),
            "repeating-linear-gradient" => (parse_linear, true),
            "radial-gradient" => (parse_radial, false),
            "repeating-radial-gradient" => (parse_radial, true),
            "conic-gradient" => (parse_conic, false),
            "repeating-conic-gradient" => (parse_conic, true),
            "-webkit-linear-gradient" => (prefixed_gradient::parse_linear, false),
            "-webkit-repeating-linear-gradient" => (prefixed_gradient::parse_linear, true),
            "-webkit-radial-gradient" => (prefixed_gradient::parse_radial, false),
            "-webkit-repeating-radial-gradient" => (prefixed_gradient::parse_radial, true),
            "-webkit-gradient" => (prefixed_gradient::parse_first, false),
            _ => return Err(invalid_value()),
        };
        let (kind, interpolation) = input.parse_nested_block(|input| parse_kind(input, context))?;
        Ok(Gradient { kind, repeating, interpolation })
    }
}

type Items<P> = Arc<[GradientItem<SpecifiedColor, P>]>;

/// The stops and hints: at least one stop, and a hint only between stops.
pub(super) fn parse_items<P: Parse + Clone>(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<Items<P>> {
    let mut items = Vec::new();
    let mut after_stop = false;
    input.parse_comma_separated(|input| -> CssResult<()> {
        if after_stop && let Ok(position) = input.try_parse(|input| P::parse(input, context)) {
            // A position before its colour is a stop too.
            if let Ok(color) = input.try_parse(|input| SpecifiedColor::parse(input, context)) {
                items.push(GradientItem::Stop(color, Some(position)));
                return Ok(());
            }
            items.push(GradientItem::Hint(position));
            after_stop = false;
            return Ok(());
        }
        let early = input.try_parse(|input| P::parse(input, context)).ok();
        let color = SpecifiedColor::parse(input, context)?;
        let first = early.or_else(|| input.try_parse(|input| P::parse(input, context)).ok());
        let second =
            if first.is_some() { input.try_parse(|input| P::parse(input, context)).ok() } else { None };
        items.push(GradientItem::Stop(color.clone(), first));
        if let Some(second) = second {
            items.push(GradientItem::Stop(color, Some(second)));
        }
        after_stop = true;
        Ok(())
    })?;
    if !after_stop {
        return Err(invalid_value());
    }
    Ok(items.into())
}

pub(super) fn parse_side_or_corner(
    input: &mut Parser<'_>,
) -> CssResult<(Option<HorizontalSide>, Option<VerticalSide>)> {
    let horizontal = |input: &mut Parser<'_>| {
        input
            .try_parse(|input| HorizontalSide::from_keyword(input.expect_ident()?).ok_or_else(invalid_value))
            .ok()
    };
    let vertical = |input: &mut Parser<'_>| {
        input
            .try_parse(|input| -> CssResult<_> {
                VerticalSide::from_keyword(input.expect_ident()?).ok_or_else(invalid_value)
            })
            .ok()
    };
    let first = horizontal(input);
    let second = vertical(input);
    let first = if first.is_none() && second.is_some() { horizontal(input) } else { first };
    if first.is_none() && second.is_none() { Err(invalid_value()) } else { Ok((first, second)) }
}

fn parse_linear(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let direction = |input: &mut Parser<'_>| -> CssResult<SpecifiedDirection> {
        if let Ok(angle) = input.try_parse(SpecifiedAngle::parse_or_zero) {
            return Ok(LineDirection::Angle(angle));
        }
        input.expect_ident_matching("to")?;
        let (horizontal, vertical) = parse_side_or_corner(input)?;
        Ok(LineDirection::To(horizontal, vertical))
    };
    let mut interpolation = input.try_parse(ColorInterpolation::parse).ok();
    let found = input.try_parse(direction).ok();
    if interpolation.is_none() {
        interpolation = input.try_parse(ColorInterpolation::parse).ok();
    }
    if found.is_some() || interpolation.is_some() {
        input.expect_comma()?;
    }
    let direction = found.unwrap_or(LineDirection::To(None, Some(VerticalSide::Bottom)));
    Ok((GradientKind::Linear(direction, parse_items(input, context)?), interpolation))
}

fn parse_extent(input: &mut Parser<'_>) -> CssResult<RadialExtent> {
    RadialExtent::from_keyword(input.expect_ident()?).ok_or_else(invalid_value)
}

#[derive(Clone, Copy, PartialEq)]
enum EndingShape {
    Circle,
    Ellipse,
}

fn parse_ending_shape(input: &mut Parser<'_>) -> CssResult<EndingShape> {
    Ok(match_ignore_ascii_case! { input.expect_ident()?,
        "circle" => EndingShape::Circle,
        "ellipse" => EndingShape::Ellipse,
        _ => return Err(invalid_value()),
    })
}

/// `<ending-shape> || <size>`
pub(super) fn parse_radial_shape(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<RadialShape<SpecifiedLengthPercentage>> {
    let radius = |input: &mut Parser<'_>| {
        SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)
    };
    let mut shape = input.try_parse(parse_ending_shape).ok();
    let extent = input.try_parse(parse_extent).ok();
    let first = if extent.is_none() { input.try_parse(radius).ok() } else { None };
    let second = if first.is_some() { input.try_parse(radius).ok() } else { None };
    if shape.is_none() {
        shape = input.try_parse(parse_ending_shape).ok();
    }
    Ok(match (shape, extent, first, second) {
        (None, None, None, None) => return Err(invalid_value()),
        (Some(EndingShape::Circle), Some(extent), ..) => RadialShape::Circle(extent),
        (Some(EndingShape::Circle), None, None, _) => RadialShape::Circle(RadialExtent::FarthestCorner),
        (None | Some(EndingShape::Circle), None, Some(SpecifiedLengthPercentage::Percentage(_)), None) => {
            return Err(invalid_value());
        }
        (None | Some(EndingShape::Circle), None, Some(radius), None) => RadialShape::CircleRadius(radius),
        (None | Some(EndingShape::Ellipse), Some(extent), ..) => RadialShape::Ellipse(extent),
        (Some(EndingShape::Ellipse), None, None, _) => RadialShape::Ellipse(RadialExtent::FarthestCorner),
        (None | Some(EndingShape::Ellipse), None, Some(first), Some(second)) => {
            RadialShape::EllipseRadii(first, second)
        }
        _ => return Err(invalid_value()),
    })
}

fn parse_at(input: &mut Parser<'_>, context: &ParseContext<'_>) -> Result<SpecifiedPosition, CssError> {
    input.expect_ident_matching("at")?;
    SpecifiedPosition::parse(input, context)
}

fn parse_radial(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let mut interpolation = input.try_parse(ColorInterpolation::parse).ok();
    let shape = input.try_parse(|input| parse_radial_shape(input, context)).ok();
    let position = input.try_parse(|input| parse_at(input, context)).ok();
    if interpolation.is_none() {
        interpolation = input.try_parse(ColorInterpolation::parse).ok();
    }
    if shape.is_some() || position.is_some() || interpolation.is_some() {
        input.expect_comma()?;
    }
    let shape = shape.unwrap_or(RadialShape::Ellipse(RadialExtent::FarthestCorner));
    let position = position.unwrap_or(SpecifiedPosition::CENTERED);
    Ok((GradientKind::Radial(shape, position, parse_items(input, context)?), interpolation))
}

fn parse_conic(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<ParsedKind> {
    let mut interpolation = input.try_parse(ColorInterpolation::parse).ok();
    let from = input.try_parse(|input| -> CssResult<SpecifiedAngle> {
        input.expect_ident_matching("from")?;
        SpecifiedAngle::parse_or_zero(input)
    });
    let position = input.try_parse(|input| parse_at(input, context));
    if interpolation.is_none() {
        interpolation = input.try_parse(ColorInterpolation::parse).ok();
    }
    if from.is_ok() || position.is_ok() || interpolation.is_some() {
        input.expect_comma()?;
    }
    let from = from.unwrap_or(SpecifiedAngle::Literal(0.0, super::angle::AngleUnit::Deg));
    let position = position.unwrap_or(SpecifiedPosition::CENTERED);
    Ok((GradientKind::Conic(from, position, parse_items(input, context)?), interpolation))
}

impl<C: ToCss, P: ToCss> ToCss for GradientItem<C, P> {
    fn to_css(&self, out: &mut String) {
        match self {
            GradientItem::Stop(color, position) => {
                color.to_css(out);
                if let Some(position) = position {
                    out.push(' ');
                    position.to_css(out);
                }
            }
            GradientItem::Hint(position) => position.to_css(out),
        }
    }
}

impl<A: ToCss, F: ToCss> ToCss for AngleOrPercentage<A, F> {
    fn to_css(&self, out: &mut String) {
        match self {
            AngleOrPercentage::Angle(angle) => angle.to_css(out),
            AngleOrPercentage::Percentage(fraction) => fraction.to_css(out),
        }
    }
}

impl<LP: ToCss> ToCss for RadialShape<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            RadialShape::Circle(RadialExtent::FarthestCorner) => out.push_str("circle"),
            RadialShape::Circle(extent) => {
                out.push_str("circle ");
                extent.to_css(out);
            }
            RadialShape::CircleRadius(radius) => radius.to_css(out),
            RadialShape::Ellipse(extent) => extent.to_css(out),
            RadialShape::EllipseRadii(horizontal, vertical) => {
                horizontal.to_css(out);
                out.push(' ');
                vertical.to_css(out);
            }
        }
    }
}

impl<A: ToCss, P: ToCss> ToCss for LineDirection<A, P> {
    fn to_css(&self, out: &mut String) {
        match self {
            LineDirection::Angle(angle) => angle.to_css(out),
            LineDirection::To(horizontal, vertical) => {
                out.push_str("to");
                if let Some(vertical) = vertical {
                    out.push(' ');
                    vertical.to_css(out);
                }
                if let Some(horizontal) = horizontal {
                    out.push(' ');
                    horizontal.to_css(out);
                }
            }
            LineDirection::Between(from, to) => {
                prefixed_gradient::write_point(from, out);
                out.push_str(", ");
                prefixed_gradient::write_point(to, out);
            }
        }
    }
}

impl<C: ToCss, LP: ToCss, P: ToCss, A: ToCss, F: ToCss> ToCss for Gradient<C, LP, P, A, F> {
    fn to_css(&self, out: &mut String) {
        if self.repeating {
            out.push_str("repeating-");
        }
        let mut prelude = String::new();
        let mut add = |part: &dyn Fn(&mut String)| {
            let mut text = String::new();
            part(&mut text);
            if !text.is_empty() {
                if !prelude.is_empty() {
                    prelude.push(' ');
                }
                prelude.push_str(&text);
            }
        };
        // What is initial is not written.
        let write_position = |position: &P, out: &mut String| {
            let position = position.to_css_string();
            if position != "center center" && position != "50% 50%" {
                out.push_str("at ");
                out.push_str(&position);
            }
        };
        let name = match &self.kind {
            GradientKind::Linear(direction, _) => {
                if !matches!(direction, LineDirection::To(None, Some(VerticalSide::Bottom))) {
                    add(&|out| direction.to_css(out));
                }
                if matches!(direction, LineDirection::Between(..)) {
                    "-webkit-gradient(linear, "
                } else {
                    "linear-gradient("
                }
            }
            GradientKind::Radial(shape, position, _) => {
                if !matches!(shape, RadialShape::Ellipse(RadialExtent::FarthestCorner)) {
                    add(&|out| shape.to_css(out));
                }
                add(&|out| write_position(position, out));
                "radial-gradient("
            }
            GradientKind::Conic(from, position, _) => {
                let from = from.to_css_string();
                if from != "0deg" {
                    add(&|out| {
                        out.push_str("from ");
                        out.push_str(&from);
                    });
                }
                add(&|out| write_position(position, out));
                "conic-gradient("
            }
        };
        if let Some(interpolation) = &self.interpolation {
            add(&|out| interpolation.to_css(out));
        }
        out.push_str(name);
        if !prelude.is_empty() {
            out.push_str(&prelude);
            out.push_str(", ");
        }
        match &self.kind {
            GradientKind::Linear(LineDirection::Between(..), items) => {
                prefixed_gradient::write_first_stops(items, out)
            }
            GradientKind::Linear(_, items) | GradientKind::Radial(_, _, items) => {
                write_comma_separated(items, out)
            }
            GradientKind::Conic(_, _, items) => write_comma_separated(items, out),
        }
        out.push(')');
    }
}

computes_to_itself!(ColorInterpolation);
