//! Colours in numbers, and the spaces they are in.
//! <https://drafts.csswg.org/css-color-4/#color-syntax>

use bitflags::bitflags;
use fanlight_base::Rgba;

/// A colour space, by the function that writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColorSpace {
    /// sRGB as names, `#rrggbb` and `rgb()` give it; it writes itself as `rgb()`. Components from 0 to 1.
    LegacySrgb,
    /// `color(srgb ...)`
    Srgb,
    /// `hsl()`: hue in degrees, saturation and lightness from 0 to 1.
    Hsl,
    /// `hwb()`: hue in degrees, whiteness and blackness from 0 to 1.
    Hwb,
    /// `color(srgb-linear ...)`
    SrgbLinear,
    /// `color(display-p3 ...)`
    DisplayP3,
    /// `color(display-p3-linear ...)`
    DisplayP3Linear,
    /// `color(a98-rgb ...)`
    A98Rgb,
    /// `color(prophoto-rgb ...)`
    ProphotoRgb,
    /// `color(rec2020 ...)`
    Rec2020,
    /// `color(xyz-d50 ...)`
    XyzD50,
    /// `color(xyz ...)`
    XyzD65,
    /// `lab()`: lightness from 0 to 100.
    Lab,
    /// `lch()`: lightness from 0 to 100, chroma, hue in degrees.
    Lch,
    /// `oklab()`: lightness from 0 to 1.
    Oklab,
    /// `oklch()`: lightness from 0 to 1, chroma, hue in degrees.
    Oklch,
}

impl ColorSpace {
    /// Which component is the hue.
    pub const fn hue_index(self) -> Option<usize> {
        match self {
            ColorSpace::Hsl | ColorSpace::Hwb => Some(0),
            ColorSpace::Lch | ColorSpace::Oklch => Some(2),
            _ => None,
        }
    }

    /// The name in `color()` and after `in`.
    pub const fn name(self) -> &'static str {
        match self {
            ColorSpace::LegacySrgb | ColorSpace::Srgb => "srgb",
            ColorSpace::Hsl => "hsl",
            ColorSpace::Hwb => "hwb",
            ColorSpace::SrgbLinear => "srgb-linear",
            ColorSpace::DisplayP3 => "display-p3",
            ColorSpace::DisplayP3Linear => "display-p3-linear",
            ColorSpace::A98Rgb => "a98-rgb",
            ColorSpace::ProphotoRgb => "prophoto-rgb",
            ColorSpace::Rec2020 => "rec2020",
            ColorSpace::XyzD50 => "xyz-d50",
            ColorSpace::XyzD65 => "xyz-d65",
            ColorSpace::Lab => "lab",
            ColorSpace::Lch => "lch",
            ColorSpace::Oklab => "oklab",
            ColorSpace::Oklch => "oklch",
        }
    }

    /// The space with this name after `in`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(cssparser::match_ignore_ascii_case! { name,
            "hsl" => ColorSpace::Hsl,
            "hwb" => ColorSpace::Hwb,
            "lab" => ColorSpace::Lab,
            "lch" => ColorSpace::Lch,
            "oklab" => ColorSpace::Oklab,
            "oklch" => ColorSpace::Oklch,
            _ => return Self::predefined(name),
        })
    }

    /// The space with this name in `color()`.
    pub fn predefined(name: &str) -> Option<Self> {
        Some(cssparser::match_ignore_ascii_case! { name,
            "srgb" => ColorSpace::Srgb,
            "srgb-linear" => ColorSpace::SrgbLinear,
            "display-p3" => ColorSpace::DisplayP3,
            "display-p3-linear" => ColorSpace::DisplayP3Linear,
            "a98-rgb" => ColorSpace::A98Rgb,
            "prophoto-rgb" => ColorSpace::ProphotoRgb,
            "rec2020" => ColorSpace::Rec2020,
            "xyz" | "xyz-d65" => ColorSpace::XyzD65,
            "xyz-d50" => ColorSpace::XyzD50,
            _ => return None,
        })
    }
}

bitflags! {
    /// Components that are `none`; their number is then 0.
    /// <https://drafts.csswg.org/css-color-4/#missing>
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Missing: u8 {
        /// The first.
        const FIRST = 1;
        /// The second.
        const SECOND = 2;
        /// The third.
        const THIRD = 4;
        /// The alpha.
        const ALPHA = 8;
    }
}

impl Missing {
    /// The flag of a component.
    pub fn component(index: usize) -> Missing {
        Missing::from_bits_truncate(1 << index)
    }
}

/// A colour in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbsoluteColor {
    /// The space.
    pub space: ColorSpace,
    /// The components, as the space defines them.
    pub components: [f32; 3],
    /// From 0 to 1.
    pub alpha: f32,
    /// What is `none`.
    pub missing: Missing,
}

impl AbsoluteColor {
    /// `black`
    pub const BLACK: AbsoluteColor = AbsoluteColor::new(ColorSpace::LegacySrgb, [0.0; 3], 1.0);
    /// `white`
    pub const WHITE: AbsoluteColor = AbsoluteColor::new(ColorSpace::LegacySrgb, [1.0; 3], 1.0);
    /// `transparent`
    pub const TRANSPARENT: AbsoluteColor = AbsoluteColor::new(ColorSpace::LegacySrgb, [0.0; 3], 0.0);

    /// A colour with all its components.
    pub const fn new(space: ColorSpace, components: [f32; 3], alpha: f32) -> Self {
        AbsoluteColor { space, components, alpha, missing: Missing::empty() }
    }

    /// An sRGB colour from components of 8 bits.
    pub fn from_u8(red: u8, green: u8, blue: u8, alpha: f32) -> Self {
        let unit = |component: u8| f32::from(component) / 255.0;
        AbsoluteColor::new(ColorSpace::LegacySrgb, [unit(red), unit(green), unit(blue)], alpha)
    }

    /// An sRGB colour.
    pub const fn from_rgba(color: Rgba) -> Self {
        AbsoluteColor::new(ColorSpace::LegacySrgb, [color.red, color.green, color.blue], color.alpha)
    }

    /// In sRGB, clipped to what it can show.
    pub fn to_rgba(self) -> Rgba {
        let [red, green, blue] =
            self.to_space(ColorSpace::Srgb).components.map(|component| component.clamp(0.0, 1.0));
        Rgba { red, green, blue, alpha: self.alpha.clamp(0.0, 1.0) }
    }
}
