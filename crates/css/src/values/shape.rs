//! Shapes, clips and filters.
//! <https://drafts.csswg.org/css-shapes-1/#basic-shape-functions>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;

use super::angle::{Angle, SpecifiedAngle};
use super::border::{Radius, SpecifiedRadius};
use super::calc::Range;
use super::color::{Color, SpecifiedColor};
use super::combinators::{FourSides, Pair};
use super::length::{
    Length, LengthPercentage, NonNegative, ParseInRange, SpecifiedLength, SpecifiedLengthPercentage,
};
use super::number::{NumberOrPercentage, SpecifiedNumber};
use super::position::{Position, SpecifiedPosition};
use super::text::Shadow;
use super::url::CssUrl;
use super::{AutoOr, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_string;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// How the inside of a path is told from its outside.
    pub enum FillRule { Nonzero = "nonzero", Evenodd = "evenodd" }
}

computes_by_parts! {
    /// A shape.
    pub enum BasicShape<LP = LengthPercentage, P = Position, R = Radius> {
        /// `inset()`, `rect()` and `xywh()`, which compute to it: distances from the edges, radii from the top left corner on.
        Inset(distances: FourSides<LP>, radii: [R; 4]),
        /// `circle()`
        Circle(radius: ShapeRadius<LP>, position: P),
        /// `ellipse()`
        Ellipse(horizontal: ShapeRadius<LP>, vertical: ShapeRadius<LP>, position: P),
        /// `polygon()`
        Polygon(rule: FillRule, points: Arc<[(LP, LP)]>),
        /// `path()`: the text of an SVG path.
        Path(rule: FillRule, path: Arc<str>),
    }
}

computes_by_parts! {
    /// A radius of a circle or ellipse.
    pub enum ShapeRadius<LP = LengthPercentage> {
        /// A length or percentage.
        LengthPercentage(radius: LP),
        /// `closest-side`
        ClosestSide,
        /// `farthest-side`
        FarthestSide,
        /// `closest-corner`
        ClosestCorner,
        /// `farthest-corner`
        FarthestCorner,
    }
}

/// A shape in a declaration.
pub type SpecifiedBasicShape = BasicShape<SpecifiedLengthPercentage, SpecifiedPosition, SpecifiedRadius>;
type SpecifiedShapeRadius = ShapeRadius<SpecifiedLengthPercentage>;

impl Parse for SpecifiedShapeRadius {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(match_ignore_ascii_case! { &keyword,
                "closest-side" => ShapeRadius::ClosestSide,
                "farthest-side" => ShapeRadius::FarthestSide,
                "closest-corner" => ShapeRadius::ClosestCorner,
                "farthest-corner" => ShapeRadius::FarthestCorner,
                _ => return Err(invalid_value()),
            });
        }
        SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)
            .map(ShapeRadius::LengthPercentage)
    }
}

/// The radii of four corners, as in `border-radius`: horizontal ones, then vertical ones after a slash.
///
/// # Errors
/// The input does not begin with radii.
pub fn parse_radii(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<[SpecifiedRadius; 4]> {
    type One = NonNegative<SpecifiedLengthPercentage>;
    let horizontal = FourSides::<One>::parse(input, context)?;
    let vertical = match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => FourSides::<One>::parse(input, context)?,
        Err(_) => horizontal.clone(),
    };
    Ok([
        Pair { first: horizontal.top, second: vertical.top },
        Pair { first: horizontal.right, second: vertical.right },
        Pair { first: horizontal.bottom, second: vertical.bottom },
        Pair { first: horizontal.left, second: vertical.left },
    ])
}

/// Writes radii as `border-radius` does.
pub fn write_radii<T: ToCss + PartialEq + Clone>(radii: &[Pair<T>; 4], out: &mut String) {
    let side = |pick: fn(&Pair<T>) -> &T| FourSides {
        top: pick(&radii[0]).clone(),
        right: pick(&radii[1]).clone(),
        bottom: pick(&radii[2]).clone(),
        left: pick(&radii[3]).clone(),
    };
    let horizontal = side(|pair| &pair.first);
    let vertical = side(|pair| &pair.second);
    horizontal.to_css(out);
    if vertical != horizontal {
        out.push_str(" / ");
        vertical.to_css(out);
    }
}

fn parse_round(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<[SpecifiedRadius; 4]> {
    match input.try_parse(|input| input.expect_ident_matching("round")) {
        Ok(()) => parse_radii(input, context),
        Err(_) => {
            let zero = || Pair::same(NonNegative(SpecifiedLengthPercentage::px(0.0)));
            Ok([zero(), zero(), zero(), zero()])
        }
    }
}

fn parse_at(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<SpecifiedPosition> {
    match input.try_parse(|input| input.expect_ident_matching("at")) {
        Ok(()) => SpecifiedPosition::parse(input, context),
        Err(_) => Ok(SpecifiedPosition::CENTERED),
    }
}

fn parse_fill_rule(input: &mut Parser<'_>, context: &ParseContext<'_>) -> FillRule {
    let rule = input.try_parse(|input| -> CssResult<FillRule> {
        let rule = FillRule::parse(input, context)?;
        input.expect_comma()?;
        Ok(rule)
    });
    rule.unwrap_or(FillRule::Nonzero)
}

impl Parse for SpecifiedBasicShape {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let function = input.expect_function()?.clone();
        input.parse_nested_block(|input| {
            match_ignore_ascii_case! { &function,
                "inset" => {
                    let distances = FourSides::parse(input, context)?;
                    Ok(BasicShape::Inset(distances, parse_round(input, context)?))
                },
                "circle" => {
                    let radius = input.try_parse(|input| Parse::parse(input, context)).unwrap_or(ShapeRadius::ClosestSide);
                    Ok(BasicShape::Circle(radius, parse_at(input, context)?))
                },
                "ellipse" => {
                    let radii = input.try_parse(|input| -> CssResult<_> {
                        Ok((SpecifiedShapeRadius::parse(input, context)?, SpecifiedShapeRadius::parse(input, context)?))
                    });
                    let (horizontal, vertical) = radii.unwrap_or((ShapeRadius::ClosestSide, ShapeRadius::ClosestSide));
                    Ok(BasicShape::Ellipse(horizontal, vertical, parse_at(input, context)?))
                },
                "polygon" => {
                    let rule = parse_fill_rule(input, context);
                    let points = input.parse_comma_separated(|input| -> CssResult<_> {
                        let x = SpecifiedLengthPercentage::parse(input, context)?;
                        Ok((x, SpecifiedLengthPercentage::parse(input, context)?))
                    })?;
                    Ok(BasicShape::Polygon(rule, points.into()))
                },
                "path" => {
                    let rule = parse_fill_rule(input, context);
                    Ok(BasicShape::Path(rule, (&**input.expect_string()?).into()))
                },
                _ => Err(invalid_value()),
            }
        })
    }
}

impl<LP: ToCss> ToCss for ShapeRadius<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            ShapeRadius::LengthPercentage(radius) => radius.to_css(out),
            ShapeRadius::ClosestSide => out.push_str("closest-side"),
            ShapeRadius::FarthestSide => out.push_str("farthest-side"),
            ShapeRadius::ClosestCorner => out.push_str("closest-corner"),
            ShapeRadius::FarthestCorner => out.push_str("farthest-corner"),
        }
    }
}

impl<LP, P, T> ToCss for BasicShape<LP, P, Pair<T>>
where
    LP: ToCss + PartialEq,
    P: ToCss,
    T: ToCss + PartialEq + Clone,
{
    fn to_css(&self, out: &mut String) {
        match self {
            BasicShape::Inset(distances, radii) => {
                out.push_str("inset(");
                distances.to_css(out);
                let mut text = String::new();
                write_radii(radii, &mut text);
                if text != "0px" {
                    out.push_str(" round ");
                    out.push_str(&text);
                }
            }
            BasicShape::Circle(radius, position) => {
                out.push_str("circle(");
                let radius = radius.to_css_string();
                if radius != "closest-side" {
                    out.push_str(&radius);
                    out.push(' ');
                }
                out.push_str("at ");
                position.to_css(out);
            }
            BasicShape::Ellipse(horizontal, vertical, position) => {
                out.push_str("ellipse(");
                let (horizontal, vertical) = (horizontal.to_css_string(), vertical.to_css_string());
                if horizontal != "closest-side" || vertical != "closest-side" {
                    out.push_str(&horizontal);
                    out.push(' ');
                    out.push_str(&vertical);
                    out.push(' ');
                }
                out.push_str("at ");
                position.to_css(out);
            }
            BasicShape::Polygon(rule, points) => {
                out.push_str("polygon(");
                if *rule == FillRule::Evenodd {
                    out.push_str("evenodd, ");
                }
                for (index, (x, y)) in points.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    x.to_css(out);
                    out.push(' ');
                    y.to_css(out);
                }
            }
            BasicShape::Path(rule, path) => {
                out.push_str("path(");
                if *rule == FillRule::Evenodd {
                    out.push_str("evenodd, ");
                }
                write_string(path, out);
            }
        }
        out.push(')');
    }
}

keywords! {
    /// A box that a clip or a shape refers to.
    pub enum GeometryBox {
        BorderBox = "border-box", PaddingBox = "padding-box", ContentBox = "content-box", MarginBox = "margin-box",
        FillBox = "fill-box", StrokeBox = "stroke-box", ViewBox = "view-box",
    }
}

computes_by_parts! {
    /// `clip-path`, and `shape-outside` without images.
    pub enum ClipPath<S = BasicShape> {
        /// `none`
        None,
        /// A `<clipPath>` element.
        Url(url: CssUrl),
        /// A shape, in a box; without one, in the border box (or the margin box of a float's shape).
        Shape(shape: Arc<S>, reference: Option<GeometryBox>),
        /// A box alone.
        Box(reference: GeometryBox),
    }
}

/// `clip-path` in a declaration.
pub type SpecifiedClipPath = ClipPath<SpecifiedBasicShape>;

impl Parse for SpecifiedClipPath {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(ClipPath::None);
        }
        if let Ok(url) = input.try_parse(|input| CssUrl::parse(input, context)) {
            return Ok(ClipPath::Url(url));
        }
        let parse_box =
            |input: &mut Parser<'_>| input.try_parse(|input| GeometryBox::parse(input, context)).ok();
        let before = parse_box(input);
        match input.try_parse(|input| SpecifiedBasicShape::parse(input, context)) {
            Ok(shape) => Ok(ClipPath::Shape(Arc::new(shape), before.or_else(|| parse_box(input)))),
            Err(error) => before.map(ClipPath::Box).ok_or(error),
        }
    }
}

impl<S: ToCss> ToCss for ClipPath<S> {
    fn to_css(&self, out: &mut String) {
        match self {
            ClipPath::None => out.push_str("none"),
            ClipPath::Url(url) => url.to_css(out),
            ClipPath::Shape(shape, reference) => {
                shape.to_css(out);
                // The border box is meant anyway.
                if let Some(reference) = reference.filter(|reference| *reference != GeometryBox::BorderBox) {
                    out.push(' ');
                    reference.to_css(out);
                }
            }
            ClipPath::Box(reference) => reference.to_css(out),
        }
    }
}

computes_by_parts! {
    /// The old `clip`: a rectangle of distances from the top and left edges.
    /// <https://drafts.csswg.org/css-masking-1/#clip-property>
    pub struct ClipRect<L = Length> {
        /// The top edge.
        pub top: AutoOr<L>,
        /// The right edge.
        pub right: AutoOr<L>,
        /// The bottom edge.
        pub bottom: AutoOr<L>,
        /// The left edge.
        pub left: AutoOr<L>,
    }
}

impl Parse for ClipRect<SpecifiedLength> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        input.expect_function_matching("rect")?;
        input.parse_nested_block(|input| {
            let top = Parse::parse(input, context)?;
            // Commas between all or between none.
            let commas = input.try_parse(Parser::expect_comma).is_ok();
            let right = Parse::parse(input, context)?;
            if commas {
                input.expect_comma()?;
            }
            let bottom = Parse::parse(input, context)?;
            if commas {
                input.expect_comma()?;
            }
            Ok(ClipRect { top, right, bottom, left: Parse::parse(input, context)? })
        })
    }
}

impl<L: ToCss> ToCss for ClipRect<L> {
    fn to_css(&self, out: &mut String) {
        out.push_str("rect(");
        for (index, edge) in [&self.top, &self.right, &self.bottom, &self.left].into_iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            edge.to_css(out);
        }
        out.push(')');
    }
}

computes_by_parts! {
    /// One function of `filter`.
    /// <https://drafts.csswg.org/filter-effects-1/#typedef-filter-function>
    pub enum FilterFunction<N = f32, L = Length, A = Angle, C = Color> {
        /// `blur()`: the standard deviation.
        Blur(radius: L),
        /// `brightness()`
        Brightness(amount: N),
        /// `contrast()`
        Contrast(amount: N),
        /// `grayscale()`
        Grayscale(amount: N),
        /// `hue-rotate()`
        HueRotate(angle: A),
        /// `invert()`
        Invert(amount: N),
        /// `opacity()`
        Opacity(amount: N),
        /// `saturate()`
        Saturate(amount: N),
        /// `sepia()`
        Sepia(amount: N),
        /// `drop-shadow()`
        DropShadow(shadow: Shadow<C, L>),
        /// A `<filter>` element.
        Url(url: CssUrl),
    }
}

/// A filter function in a declaration.
pub type SpecifiedFilterFunction =
    FilterFunction<NumberOrPercentage, SpecifiedLength, SpecifiedAngle, SpecifiedColor>;

impl Parse for SpecifiedFilterFunction {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(url) = input.try_parse(|input| CssUrl::parse(input, context)) {
            return Ok(FilterFunction::Url(url));
        }
        let function = input.expect_function()?.clone();
        input.parse_nested_block(|input| {
            let amount = |input: &mut Parser<'_>| -> CssResult<NumberOrPercentage> {
                if input.is_exhausted() {
                    return Ok(NumberOrPercentage::Number(SpecifiedNumber::Literal(1.0)));
                }
                NumberOrPercentage::parse_in_range(input, context, Range::NonNegative)
            };
            Ok(match_ignore_ascii_case! { &function,
                "blur" => FilterFunction::Blur(if input.is_exhausted() {
                    SpecifiedLength::px(0.0)
                } else {
                    SpecifiedLength::parse_in_range(input, context, Range::NonNegative)?
                }),
                "brightness" => FilterFunction::Brightness(amount(input)?),
                "contrast" => FilterFunction::Contrast(amount(input)?),
                "grayscale" => FilterFunction::Grayscale(amount(input)?),
                "hue-rotate" => FilterFunction::HueRotate(if input.is_exhausted() {
                    SpecifiedAngle::Literal(0.0, super::angle::AngleUnit::Deg)
                } else {
                    SpecifiedAngle::parse_or_zero(input)?
                }),
                "invert" => FilterFunction::Invert(amount(input)?),
                "opacity" => FilterFunction::Opacity(amount(input)?),
                "saturate" => FilterFunction::Saturate(amount(input)?),
                "sepia" => FilterFunction::Sepia(amount(input)?),
                "drop-shadow" => FilterFunction::DropShadow(Shadow::parse(input, context)?),
                _ => return Err(invalid_value()),
            })
        })
    }
}

impl<N: ToCss, L: ToCss, A: ToCss, C: ToCss> ToCss for FilterFunction<N, L, A, C> {
    fn to_css(&self, out: &mut String) {
        let (name, argument) = match self {
            FilterFunction::Url(url) => return url.to_css(out),
            FilterFunction::Blur(radius) => ("blur", radius.to_css_string()),
            FilterFunction::Brightness(amount) => ("brightness", amount.to_css_string()),
            FilterFunction::Contrast(amount) => ("contrast", amount.to_css_string()),
            FilterFunction::Grayscale(amount) => ("grayscale", amount.to_css_string()),
            FilterFunction::HueRotate(angle) => ("hue-rotate", angle.to_css_string()),
            FilterFunction::Invert(amount) => ("invert", amount.to_css_string()),
            FilterFunction::Opacity(amount) => ("opacity", amount.to_css_string()),
            FilterFunction::Saturate(amount) => ("saturate", amount.to_css_string()),
            FilterFunction::Sepia(amount) => ("sepia", amount.to_css_string()),
            FilterFunction::DropShadow(shadow) => ("drop-shadow", shadow.to_css_string()),
        };
        out.push_str(name);
        out.push('(');
        out.push_str(&argument);
        out.push(')');
    }
}
