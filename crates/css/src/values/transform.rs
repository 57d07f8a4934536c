//! Transforms.
//! <https://drafts.csswg.org/css-transforms-2/#transform-functions>

use cssparser::match_ignore_ascii_case;

use super::angle::{Angle, SpecifiedAngle};
use super::calc::Range;
use super::length::{
    Length, LengthPercentage, NonNegative, ParseInRange, SpecifiedLength, SpecifiedLengthPercentage,
};
use super::number::{NumberOrPercentage, SpecifiedNumber};
use super::position::{SpecifiedPosition, SpecifiedPositionX, SpecifiedPositionY};
use super::{NoneOr, Parse, SpaceList};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, write_comma_separated};

computes_by_parts! {
    /// One function of `transform`.
    pub enum TransformFunction<LP = LengthPercentage, L = Length, A = Angle, N = f32, S = f32> {
        /// `matrix(a, b, c, d, e, f)`
        Matrix(matrix: [N; 6]),
        /// `matrix3d()`, column by column.
        Matrix3d(matrix: Box<[N; 16]>),
        /// `translate(x, y)`; without `y` it is 0.
        Translate(x: LP, y: Option<LP>),
        /// `translateX()`
        TranslateX(x: LP),
        /// `translateY()`
        TranslateY(y: LP),
        /// `translateZ()`
        TranslateZ(z: L),
        /// `translate3d()`
        Translate3d(x: LP, y: LP, z: L),
        /// `scale(x, y)`; without `y` it is `x`.
        Scale(x: S, y: Option<S>),
        /// `scaleX()`
        ScaleX(x: S),
        /// `scaleY()`
        ScaleY(y: S),
        /// `scaleZ()`
        ScaleZ(z: S),
        /// `scale3d()`
        Scale3d(x: S, y: S, z: S),
        /// `rotate()`
        Rotate(angle: A),
        /// `rotateX()`
        RotateX(angle: A),
        /// `rotateY()`
        RotateY(angle: A),
        /// `rotateZ()`
        RotateZ(angle: A),
        /// `rotate3d()`
        Rotate3d(axis: [N; 3], angle: A),
        /// `skew(x, y)`; without `y` it is 0.
        Skew(x: A, y: Option<A>),
        /// `skewX()`
        SkewX(x: A),
        /// `skewY()`
        SkewY(y: A),
        /// `perspective()`
        Perspective(distance: NoneOr<L>),
    }
}

/// A transform function in a declaration.
pub type SpecifiedTransformFunction = TransformFunction<
    SpecifiedLengthPercentage,
    SpecifiedLength,
    SpecifiedAngle,
    SpecifiedNumber,
    NumberOrPercentage,
>;
/// The computed value of `transform`.
pub type Transform = NoneOr<SpaceList<TransformFunction>>;
/// `transform` in a declaration.
pub type SpecifiedTransform = NoneOr<SpaceList<SpecifiedTransformFunction>>;

impl Parse for SpecifiedTransformFunction {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let function = input.expect_function()?.clone();
        input.parse_nested_block(|input| parse_arguments(&function, input, context))
    }
}

fn parse_arguments(
    function: &str,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<SpecifiedTransformFunction> {
    use TransformFunction as F;
    fn comma(input: &mut Parser<'_>) -> CssResult<()> {
        Ok(input.expect_comma()?)
    }
    let lp = |input: &mut Parser<'_>| SpecifiedLengthPercentage::parse(input, context);
    let length = |input: &mut Parser<'_>| SpecifiedLength::parse(input, context);
    let angle = SpecifiedAngle::parse_or_zero;
    let scale = |input: &mut Parser<'_>| NumberOrPercentage::parse(input, context);
    let number = |input: &mut Parser<'_>| SpecifiedNumber::parse(input, context);
    Ok(match_ignore_ascii_case! { function,
        "matrix" => F::Matrix(numbers(input, context)?),
        "matrix3d" => F::Matrix3d(Box::new(numbers(input, context)?)),
        "translate" => F::Translate(lp(input)?, optional(input, lp)?),
        "translatex" => F::TranslateX(lp(input)?),
        "translatey" => F::TranslateY(lp(input)?),
        "translatez" => F::TranslateZ(length(input)?),
        "translate3d" => {
            let x = lp(input)?;
            comma(input)?;
            let y = lp(input)?;
            comma(input)?;
            F::Translate3d(x, y, length(input)?)
        },
        "scale" => F::Scale(scale(input)?, optional(input, scale)?),
        "scalex" => F::ScaleX(scale(input)?),
        "scaley" => F::ScaleY(scale(input)?),
        "scalez" => F::ScaleZ(scale(input)?),
        "scale3d" => {
            let x = scale(input)?;
            comma(input)?;
            let y = scale(input)?;
            comma(input)?;
            F::Scale3d(x, y, scale(input)?)
        },
        "rotate" => F::Rotate(angle(input)?),
        "rotatex" => F::RotateX(angle(input)?),
        "rotatey" => F::RotateY(angle(input)?),
        "rotatez" => F::RotateZ(angle(input)?),
        "rotate3d" => {
            let x = number(input)?;
            comma(input)?;
            let y = number(input)?;
            comma(input)?;
            let z = number(input)?;
            comma(input)?;
            F::Rotate3d([x, y, z], angle(input)?)
        },
        "skew" => F::Skew(angle(input)?, optional(input, angle)?),
        "skewx" => F::SkewX(angle(input)?),
        "skewy" => F::SkewY(angle(input)?),
        "perspective" => match input.try_parse(|input| input.expect_ident_matching("none")) {
            Ok(()) => F::Perspective(NoneOr::None),
            Err(_) => {
                F::Perspective(NoneOr::Value(SpecifiedLength::parse_in_range(input, context, Range::NonNegative)?))
            }
        },
        _ => return Err(invalid_value()),
    })
}

fn optional<'i, T>(
    input: &mut Parser<'i>,
    parse: impl Fn(&mut Parser<'i>) -> CssResult<T>,
) -> CssResult<Option<T>> {
    if input.try_parse(Parser::expect_comma).is_ok() { parse(input).map(Some) } else { Ok(None) }
}

fn numbers<const COUNT: usize>(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<[SpecifiedNumber; COUNT]> {
    let numbers = input.parse_comma_separated(|input| SpecifiedNumber::parse(input, context))?;
    numbers.try_into().map_err(|_| invalid_value())
}

impl<LP: ToCss, L: ToCss, A: ToCss, N: ToCss, S: ToCss> ToCss for TransformFunction<LP, L, A, N, S> {
    fn to_css(&self, out: &mut String) {
        use TransformFunction as F;
        let mut write = |name: &str, arguments: &[&dyn Fn(&mut String)]| {
            out.push_str(name);
            out.push('(');
            for (index, argument) in arguments.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                argument(out);
            }
            out.push(')');
        };
        match self {
            F::Matrix(matrix) => write("matrix", &[&|out| write_comma_separated(matrix, out)]),
            F::Matrix3d(matrix) => write("matrix3d", &[&|out| write_comma_separated(&**matrix, out)]),
            F::Translate(x, None) => write("translate", &[&|out| x.to_css(out)]),
            F::Translate(x, Some(y)) => write("translate", &[&|out| x.to_css(out), &|out| y.to_css(out)]),
            F::TranslateX(x) => write("translateX", &[&|out| x.to_css(out)]),
            F::TranslateY(y) => write("translateY", &[&|out| y.to_css(out)]),
            F::TranslateZ(z) => write("translateZ", &[&|out| z.to_css(out)]),
            F::Translate3d(x, y, z) => {
                write("translate3d", &[&|out| x.to_css(out), &|out| y.to_css(out), &|out| z.to_css(out)]);
            }
            F::Scale(x, None) => write("scale", &[&|out| x.to_css(out)]),
            F::Scale(x, Some(y)) => write("scale", &[&|out| x.to_css(out), &|out| y.to_css(out)]),
            F::ScaleX(x) => write("scaleX", &[&|out| x.to_css(out)]),
            F::ScaleY(y) => write("scaleY", &[&|out| y.to_css(out)]),
            F::ScaleZ(z) => write("scaleZ", &[&|out| z.to_css(out)]),
            F::Scale3d(x, y, z) => {
                write("scale3d", &[&|out| x.to_css(out), &|out| y.to_css(out), &|out| z.to_css(out)]);
            }
            F::Rotate(angle) => write("rotate", &[&|out| angle.to_css(out)]),
            F::RotateX(angle) => write("rotateX", &[&|out| angle.to_css(out)]),
            F::RotateY(angle) => write("rotateY", &[&|out| angle.to_css(out)]),
            F::RotateZ(angle) => write("rotateZ", &[&|out| angle.to_css(out)]),
            F::Rotate3d(axis, angle) => {
                write("rotate3d", &[&|out| write_comma_separated(axis, out), &|out| angle.to_css(out)]);
            }
            F::Skew(x, None) => write("skew", &[&|out| x.to_css(out)]),
            F::Skew(x, Some(y)) => write("skew", &[&|out| x.to_css(out), &|out| y.to_css(out)]),
            F::SkewX(x) => write("skewX", &[&|out| x.to_css(out)]),
            F::SkewY(y) => write("skewY", &[&|out| y.to_css(out)]),
            F::Perspective(distance) => write("perspective", &[&|out| distance.to_css(out)]),
        }
    }
}

computes_by_parts! {
    /// `translate`
    /// <https://drafts.csswg.org/css-transforms-2/#individual-transforms>
    pub struct Translate<LP = LengthPercentage, L = Length> {
        /// To the right.
        pub x: LP,
        /// Down.
        pub y: LP,
        /// Towards the viewer.
        pub z: L,
    }
}

/// `translate` in a declaration.
pub type SpecifiedTranslate = Translate<SpecifiedLengthPercentage, SpecifiedLength>;

impl Parse for SpecifiedTranslate {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let x = SpecifiedLengthPercentage::parse(input, context)?;
        let y = input.try_parse(|input| SpecifiedLengthPercentage::parse(input, context));
        let z = match &y {
            Ok(_) => input.try_parse(|input| SpecifiedLength::parse(input, context)).ok(),
            Err(_) => None,
        };
        Ok(Translate {
            x,
            y: y.unwrap_or(SpecifiedLengthPercentage::px(0.0)),
            z: z.unwrap_or(SpecifiedLength::px(0.0)),
        })
    }
}

impl<LP: ToCss, L: ToCss> ToCss for Translate<LP, L> {
    fn to_css(&self, out: &mut String) {
        self.x.to_css(out);
        let y = self.y.to_css_string();
        let z = self.z.to_css_string();
        if y != "0px" || z != "0px" {
            out.push(' ');
            out.push_str(&y);
        }
        if z != "0px" {
            out.push(' ');
            out.push_str(&z);
        }
    }
}

computes_by_parts! {
    /// `rotate`: an angle about an axis.
    pub struct Rotate<A = Angle, N = f32> {
        /// The axis: x, y, z.
        pub axis: [N; 3],
        /// The angle.
        pub angle: A,
    }
}

/// `rotate` in a declaration.
pub type SpecifiedRotate = Rotate<SpecifiedAngle, SpecifiedNumber>;

impl Parse for SpecifiedRotate {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let axis = |input: &mut Parser<'_>| -> CssResult<[SpecifiedNumber; 3]> {
            let number = SpecifiedNumber::Literal;
            if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
                return Ok(match_ignore_ascii_case! { &keyword,
                    "x" => [number(1.0), number(0.0), number(0.0)],
                    "y" => [number(0.0), number(1.0), number(0.0)],
                    "z" => [number(0.0), number(0.0), number(1.0)],
                    _ => return Err(invalid_value()),
                });
            }
            let mut next = || SpecifiedNumber::parse(input, context);
            Ok([next()?, next()?, next()?])
        };
        let angle = input.try_parse(|input| SpecifiedAngle::parse(input, context)).ok();
        let found = input.try_parse(axis).ok();
        let angle = match angle {
            Some(angle) => angle,
            None => SpecifiedAngle::parse(input, context)?,
        };
        let literal = SpecifiedNumber::Literal;
        Ok(Rotate { axis: found.unwrap_or([literal(0.0), literal(0.0), literal(1.0)]), angle })
    }
}

impl<A: ToCss, N: ToCss> ToCss for Rotate<A, N> {
    fn to_css(&self, out: &mut String) {
        let axis = self.axis.each_ref().map(ToCss::to_css_string);
        match [axis[0].as_str(), axis[1].as_str(), axis[2].as_str()] {
            ["0", "0", "1"] => {}
            ["1", "0", "0"] => out.push_str("x "),
            ["0", "1", "0"] => out.push_str("y "),
            numbers => numbers.iter().for_each(|number| {
                out.push_str(number);
                out.push(' ');
            }),
        }
        self.angle.to_css(out);
    }
}

computes_by_parts! {
    /// `scale`
    pub struct Scale<S = f32> {
        /// Horizontally.
        pub x: S,
        /// Vertically.
        pub y: S,
        /// Towards the viewer.
        pub z: S,
    }
}

/// `scale` in a declaration.
pub type SpecifiedScale = Scale<NumberOrPercentage>;

impl Parse for SpecifiedScale {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let x = NumberOrPercentage::parse(input, context)?;
        let y = input.try_parse(|input| NumberOrPercentage::parse(input, context));
        let z = match &y {
            Ok(_) => input.try_parse(|input| NumberOrPercentage::parse(input, context)).ok(),
            Err(_) => None,
        };
        let one = NumberOrPercentage::Number(SpecifiedNumber::Literal(1.0));
        Ok(Scale { y: y.unwrap_or_else(|_| x.clone()), z: z.unwrap_or(one), x })
    }
}

impl<S: ToCss + PartialEq> ToCss for Scale<S> {
    fn to_css(&self, out: &mut String) {
        self.x.to_css(out);
        let z = self.z.to_css_string();
        if self.y != self.x || z != "1" {
            out.push(' ');
            self.y.to_css(out);
        }
        if z != "1" {
            out.push(' ');
            out.push_str(&z);
        }
    }
}

computes_by_parts! {
    /// `transform-origin`
    pub struct TransformOrigin<H = LengthPercentage, V = LengthPercentage, L = Length> {
        /// From the left of the reference box.
        pub x: H,
        /// From the top of the reference box.
        pub y: V,
        /// Towards the viewer.
        pub z: L,
    }
}

/// `transform-origin` in a declaration.
pub type SpecifiedTransformOrigin = TransformOrigin<SpecifiedPositionX, SpecifiedPositionY, SpecifiedLength>;

impl Parse for SpecifiedTransformOrigin {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let position = SpecifiedPosition::parse(input, context)?;
        let z = input.try_parse(|input| SpecifiedLength::parse(input, context));
        let four = matches!(position.x, SpecifiedPositionX::Side(_, Some(_)))
            || matches!(position.y, SpecifiedPositionY::Side(_, Some(_)));
        if four {
            return Err(invalid_value());
        }
        Ok(TransformOrigin { x: position.x, y: position.y, z: z.unwrap_or(SpecifiedLength::px(0.0)) })
    }
}

impl<H: ToCss, V: ToCss, L: ToCss> ToCss for TransformOrigin<H, V, L> {
    fn to_css(&self, out: &mut String) {
        self.x.to_css(out);
        out.push(' ');
        self.y.to_css(out);
        let z = self.z.to_css_string();
        if z != "0px" {
            out.push(' ');
            out.push_str(&z);
        }
    }
}

/// A length that is not negative, or `none`: `perspective`.
pub type SpecifiedPerspective = NoneOr<NonNegative<SpecifiedLength>>;

/// `will-change`: what the author says will change.
/// <https://drafts.csswg.org/css-will-change/#will-change>
#[derive(Clone, Debug, PartialEq)]
pub enum WillChange {
    /// `auto`
    Auto,
    /// Names of properties, `scroll-position`, `contents`.
    Names(super::CommaList<super::identifier::CustomIdent>),
}

impl WillChange {
    /// Whether a property (or other keyword) is named.
    pub fn contains(&self, name: &str) -> bool {
        match self {
            WillChange::Auto => false,
            WillChange::Names(names) => names.iter().any(|ident| (*ident.0).eq_ignore_ascii_case(name)),
        }
    }
}

impl Parse for WillChange {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(WillChange::Auto);
        }
        let names = input.parse_comma_separated(|input| {
            super::identifier::CustomIdent::parse_excluding(input, &["will-change", "none", "all", "auto"])
        })?;
        Ok(WillChange::Names(names.into_iter().collect()))
    }
}

impl ToCss for WillChange {
    fn to_css(&self, out: &mut String) {
        match self {
            WillChange::Auto => out.push_str("auto"),
            WillChange::Names(names) => names.to_css(out),
        }
    }
}

computes_to_itself!(WillChange);

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        let transform = Parser::new(text)
            .parse_entirely(|input| SpecifiedTransform::parse(input, &ParseContext::default()))
            .ok()?;
        Some(transform.to_css_string())
    }

    #[test]
    fn functions_take_their_arguments() {
        for text in [
            "none",
            "translate(10px, 50%) rotate(45deg)",
            "translateX(1em) scale(2) scale3d(1, 2, 3)",
            "matrix(1, 0, 0, 1, 10, 20)",
            "rotate3d(0, 1, 0, 90deg) perspective(100px) skew(1deg, 2deg)",
        ] {
            assert_eq!(parsed(text).as_deref(), Some(text));
        }
        for wrong in ["matrix(1, 2)", "translateZ(10%)", "rotate(10)", "scale()", "perspective(-1px)"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
