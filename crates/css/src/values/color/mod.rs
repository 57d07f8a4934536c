//! Colours.
//! <https://drafts.csswg.org/css-color-5/>
//!
//! A declaration holds a [`SpecifiedColor`]; a style holds a [`Color`], where `currentcolor` still stands, because what
//! inherits it must see its own; whoever paints calls [`Color::resolve`].

mod compute;
mod convert;
mod function;
mod interpolate;
mod named;
mod parse;
mod serialize;
pub mod space;
mod system;

use std::sync::Arc;

use fanlight_base::Rgba;

pub use interpolate::{ColorInterpolation, HueInterpolation, interpolate, mix};
pub use named::NamedColor;
pub use space::{AbsoluteColor, ColorSpace, Missing};
pub use system::SystemColor;

use super::calc::Calculation;

/// A computed colour.
/// <https://drafts.csswg.org/css-color-4/#resolving-color-values>
#[derive(Clone, Debug, PartialEq)]
pub enum Color {
    /// `currentcolor`: the element's own `color`.
    CurrentColor,
    /// A colour of its own.
    Absolute(AbsoluteColor),
    /// `color-mix()` with `currentcolor` in it.
    Mix(Arc<ColorMix<Color>>),
    /// A relative colour whose origin depends on `currentcolor`.
    Relative(Arc<RelativeColor<Color>>),
}

/// A colour in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedColor {
    /// `currentcolor`
    CurrentColor,
    /// A name, `transparent` included.
    Named(&'static NamedColor),
    /// A colour in numbers.
    Absolute(AbsoluteColor),
    /// A colour of the system: `CanvasText`.
    System(SystemColor),
    /// `light-dark()`
    LightDark(Box<(SpecifiedColor, SpecifiedColor)>),
    /// `color-mix()`
    Mix(Box<ColorMix<SpecifiedColor>>),
    /// A colour made from another: `rgb(from red r g b)`.
    Relative(Box<RelativeColor<SpecifiedColor>>),
}

/// `color-mix()`
/// <https://drafts.csswg.org/css-color-5/#color-mix>
#[derive(Clone, Debug, PartialEq)]
pub struct ColorMix<C> {
    /// Where to mix.
    pub interpolation: ColorInterpolation,
    /// The first colour and its share, as a fraction.
    pub left: (C, Option<f32>),
    /// The second colour and its share, as a fraction.
    pub right: (C, Option<f32>),
}

/// A relative colour.
/// <https://drafts.csswg.org/css-color-5/#relative-colors>
#[derive(Clone, Debug, PartialEq)]
pub struct RelativeColor<C> {
    /// What it is made from.
    pub origin: C,
    /// The function: the space of the channels and of the result.
    pub space: ColorSpace,
    /// The channels and the alpha; `None` is `none`. Their calculations refer to the origin's channels by number.
    pub channels: [Option<Calculation>; 4],
}

impl Color {
    /// `black`
    pub const BLACK: Color = Color::Absolute(AbsoluteColor::BLACK);
    /// `transparent`
    pub const TRANSPARENT: Color = Color::Absolute(AbsoluteColor::TRANSPARENT);

    /// An sRGB colour from components of 8 bits.
    pub fn from_u8(red: u8, green: u8, blue: u8, alpha: u8) -> Self {
        Color::Absolute(AbsoluteColor::from_u8(red, green, blue, f32::from(alpha) / 255.0))
    }

    /// The colour to paint with, where `current` is the element's `color`. Colours outside sRGB are clipped.
    pub fn resolve(&self, current: Rgba) -> Rgba {
        match self {
            Color::CurrentColor => current,
            Color::Absolute(color) => color.to_rgba(),
            Color::Mix(_) | Color::Relative(_) => {
                self.to_absolute(&AbsoluteColor::from_rgba(current)).to_rgba()
            }
        }
    }

    /// The colour without `currentcolor`.
    pub fn to_absolute(&self, current: &AbsoluteColor) -> AbsoluteColor {
        match self {
            Color::CurrentColor => *current,
            Color::Absolute(color) => *color,
            Color::Mix(mixed) => mix(
                mixed.interpolation,
                (mixed.left.0.to_absolute(current), mixed.left.1),
                (mixed.right.0.to_absolute(current), mixed.right.1),
            ),
            Color::Relative(relative) => {
                compute::relative(relative.origin.to_absolute(current), relative.space, &relative.channels)
            }
        }
    }

    /// Whether nothing is seen of it, whatever the element's `color`.
    pub fn is_transparent(&self) -> bool {
        matches!(self, Color::Absolute(color) if color.alpha <= 0.0)
    }
}
