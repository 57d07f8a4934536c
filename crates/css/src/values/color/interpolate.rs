//! Interpolating and mixing colours.
//! <https://drafts.csswg.org/css-color-4/#interpolation>

use cssparser::match_ignore_ascii_case;

use super::space::{AbsoluteColor, ColorSpace, Missing};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, Parser, ToCss};
use crate::values::number::finite;

keywords! {
    /// Which way round the hues are gone through.
    /// <https://drafts.csswg.org/css-color-4/#hue-interpolation>
    pub enum HueInterpolation {
        Shorter = "shorter", Longer = "longer", Increasing = "increasing", Decreasing = "decreasing",
    }
}

/// `in <color-space> [<hue-method> hue]`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColorInterpolation {
    /// The space.
    pub space: ColorSpace,
    /// The way round; of use in polar spaces only.
    pub hue: HueInterpolation,
}

impl ColorInterpolation {
    /// In a space, the shorter way round.
    pub const fn within(space: ColorSpace) -> Self {
        ColorInterpolation { space, hue: HueInterpolation::Shorter }
    }

    /// Parses `in ...`.
    ///
    /// # Errors
    /// The input does not begin with an interpolation method.
    pub fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        input.expect_ident_matching("in")?;
        let space = ColorSpace::from_name(input.expect_ident()?).ok_or_else(invalid_value)?;
        let hue = if space.hue_index().is_some() {
            input.try_parse(|input| -> CssResult<HueInterpolation> {
                let hue = match_ignore_ascii_case! { input.expect_ident()?,
                    "shorter" => HueInterpolation::Shorter,
                    "longer" => HueInterpolation::Longer,
                    "increasing" => HueInterpolation::Increasing,
                    "decreasing" => HueInterpolation::Decreasing,
                    _ => return Err(invalid_value()),
                };
                input.expect_ident_matching("hue")?;
                Ok(hue)
            })
        } else {
            Ok(HueInterpolation::Shorter)
        };
        Ok(ColorInterpolation { space, hue: hue.unwrap_or(HueInterpolation::Shorter) })
    }
}

impl ToCss for ColorInterpolation {
    fn to_css(&self, out: &mut String) {
        out.push_str("in ");
        out.push_str(self.space.name());
        if self.hue != HueInterpolation::Shorter {
            out.push(' ');
            self.hue.to_css(out);
            out.push_str(" hue");
        }
    }
}

/// Components that mean the same in two spaces: what is missing in one is missing in the other.
/// <https://drafts.csswg.org/css-color-4/#interpolation-missing>
fn analogous_missing(color: &AbsoluteColor, space: ColorSpace) -> Missing {
    use ColorSpace as S;
    let mut missing = color.missing & Missing::ALPHA;
    let is_rgb = |space| !matches!(space, S::Hsl | S::Hwb | S::Lab | S::Lch | S::Oklab | S::Oklch);
    if color.space == space || (is_rgb(color.space) && is_rgb(space)) {
        return color.missing;
    }
    let lightness = |space| match space {
        S::Hsl => Some(2),
        S::Lab | S::Lch | S::Oklab | S::Oklch => Some(0),
        _ => None,
    };
    let colorfulness = |space| match space {
        S::Hsl | S::Lch | S::Oklch => Some(1),
        _ => None,
    };
    let first_opponent = |space| matches!(space, S::Lab | S::Oklab).then_some(1);
    let second_opponent = |space| matches!(space, S::Lab | S::Oklab).then_some(2);
    let kinds: [&dyn Fn(S) -> Option<usize>; 5] =
        [&lightness, &colorfulness, &S::hue_index, &first_opponent, &second_opponent];
    for kind in kinds {
        if let (Some(from), Some(to)) = (kind(color.space), kind(space))
            && color.missing.contains(Missing::component(from))
        {
            missing |= Missing::component(to);
        }
    }
    missing
}

fn prepared(color: AbsoluteColor, space: ColorSpace) -> AbsoluteColor {
    let carried = analogous_missing(&color, space);
    let mut converted = color.to_space(space);
    converted.missing |= carried;
    converted
}

/// The colour at `progress` of the way from one to the other, in the method's space.
pub fn interpolate(
    method: ColorInterpolation,
    from: AbsoluteColor,
    to: AbsoluteColor,
    progress: f32,
) -> AbsoluteColor {
    let mut from = prepared(from, method.space);
    let mut to = prepared(to, method.space);
    let both_missing = from.missing & to.missing;
    for index in 0..3 {
        let flag = Missing::component(index);
        match (from.missing.contains(flag), to.missing.contains(flag)) {
            (true, false) => from.components[index] = to.components[index],
            (false, true) => to.components[index] = from.components[index],
            _ => {}
        }
    }
    match (from.missing.contains(Missing::ALPHA), to.missing.contains(Missing::ALPHA)) {
        (true, false) => from.alpha = to.alpha,
        (false, true) => to.alpha = from.alpha,
        _ => {}
    }
    let hue_index = method.space.hue_index();
    if let Some(hue) = hue_index {
        let (start, end) = fixed_hues(method.hue, from.components[hue], to.components[hue]);
        from.components[hue] = start;
        to.components[hue] = end;
    }
    let between = |start: f32, end: f32| finite(start + (end - start) * progress);
    let alpha = between(from.alpha, to.alpha).clamp(0.0, 1.0);
    let components = std::array::from_fn(|index| {
        if hue_index == Some(index) {
            return between(from.components[index], to.components[index]).rem_euclid(360.0);
        }
        // Premultiplied, so that a transparent colour lends no colour.
        let mixed = between(from.components[index] * from.alpha, to.components[index] * to.alpha);
        if alpha == 0.0 { between(from.components[index], to.components[index]) } else { mixed / alpha }
    });
    AbsoluteColor { space: method.space, components, alpha, missing: both_missing }
}

/// <https://drafts.csswg.org/css-color-4/#hue-interpolation>
fn fixed_hues(method: HueInterpolation, start: f32, end: f32) -> (f32, f32) {
    let (start, end) = (start.rem_euclid(360.0), end.rem_euclid(360.0));
    let difference = end - start;
    match method {
        HueInterpolation::Shorter if difference > 180.0 => (start + 360.0, end),
        HueInterpolation::Shorter if difference < -180.0 => (start, end + 360.0),
        HueInterpolation::Longer if 0.0 < difference && difference < 180.0 => (start + 360.0, end),
        HueInterpolation::Longer if -180.0 < difference && difference <= 0.0 => (start, end + 360.0),
        HueInterpolation::Increasing if end < start => (start, end + 360.0),
        HueInterpolation::Decreasing if start < end => (start + 360.0, end),
        _ => (start, end),
    }
}

/// The result of `color-mix()` for two colours with their shares.
/// <https://drafts.csswg.org/css-color-5/#color-mix-percent-norm>
pub fn mix(
    method: ColorInterpolation,
    (left, left_share): (AbsoluteColor, Option<f32>),
    (right, right_share): (AbsoluteColor, Option<f32>),
) -> AbsoluteColor {
    let (left_share, right_share) = match (left_share, right_share) {
        (None, None) => (0.5, 0.5),
        (Some(left), None) => (left, 1.0 - left),
        (None, Some(right)) => (1.0 - right, right),
        (Some(left), Some(right)) => (left, right),
    };
    let total = left_share + right_share;
    if total <= 0.0 {
        return AbsoluteColor::TRANSPARENT;
    }
    let mut mixed = interpolate(method, left, right, right_share / total);
    if total < 1.0 {
        mixed.alpha *= total;
    }
    // The polar forms of sRGB have no way to be written beyond 8 bits.
    if matches!(mixed.space, ColorSpace::Hsl | ColorSpace::Hwb) {
        mixed.to_space(ColorSpace::Srgb)
    } else {
        mixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRGB: ColorInterpolation = ColorInterpolation::within(ColorSpace::Srgb);

    #[test]
    fn halves_of_red_and_blue_are_purple() {
        let red = AbsoluteColor::from_u8(255, 0, 0, 1.0);
        let blue = AbsoluteColor::from_u8(0, 0, 255, 1.0);
        assert_eq!(mix(SRGB, (red, None), (blue, None)).components, [0.5, 0.0, 0.5]);
        assert_eq!(mix(SRGB, (red, Some(0.25)), (blue, None)).components, [0.25, 0.0, 0.75]);
    }

    #[test]
    fn shares_below_one_make_the_mix_transparent() {
        let red = AbsoluteColor::from_u8(255, 0, 0, 1.0);
        let mixed = mix(SRGB, (red, Some(0.25)), (red, Some(0.25)));
        assert_eq!((mixed.components[0], mixed.alpha), (1.0, 0.5));
    }

    #[test]
    fn a_transparent_colour_lends_no_colour() {
        let red = AbsoluteColor::from_u8(255, 0, 0, 1.0);
        let half = interpolate(SRGB, red, AbsoluteColor::TRANSPARENT, 0.5);
        assert_eq!((half.components, half.alpha), ([1.0, 0.0, 0.0], 0.5));
    }

    #[test]
    fn hues_take_the_way_that_is_asked_for() {
        assert_eq!(fixed_hues(HueInterpolation::Shorter, 350.0, 10.0), (350.0, 370.0));
        assert_eq!(fixed_hues(HueInterpolation::Longer, 30.0, 60.0), (390.0, 60.0));
        assert_eq!(fixed_hues(HueInterpolation::Decreasing, 30.0, 60.0), (390.0, 60.0));
    }
}
