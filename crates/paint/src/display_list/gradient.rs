//! Gradients, resolved to geometry.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use std::sync::Arc;

use super::Tiling;

/// A gradient that fills a rectangle, once or repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientItem {
    /// What is drawn.
    pub gradient: Arc<Gradient>,
    /// Where, in CSS px.
    pub dest: CssRect,
    /// How it repeats inside `dest`; without, it fills `dest` once, its origin at the upper left corner.
    pub tiling: Option<Tiling>,
}

/// A gradient, with its geometry in CSS px from the upper left corner of the gradient box.
/// <https://drafts.csswg.org/css-images-3/#gradients>
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Along what.
    pub kind: GradientKind,
    /// The stops, offsets never decreasing; at least one. Offsets are parts of the gradient line (of the full turn for a
    /// conic gradient) and may lie outside 0 to 1. Transition hints are resolved to stops before they come here.
    pub stops: Vec<GradientStop>,
    /// Whether the stops repeat.
    pub repeating: bool,
    /// The space that colours between stops are in.
    pub space: GradientSpace,
}

/// A colour at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientStop {
    /// The place, as a part of the gradient line.
    pub offset: f32,
    /// The colour.
    pub color: Rgba,
}

/// What the places of stops are measured along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// Along a line, from part 0 to part 1, in CSS px.
    Linear {
        /// Where part 0 is.
        start: CssPoint,
        /// Where part 1 is.
        end: CssPoint,
    },
    /// Outwards from a centre; part 1 is on the ellipse with these radii, in CSS px.
    Radial {
        /// The centre.
        center: CssPoint,
        /// The horizontal and the vertical radius.
        radii: CssSize,
    },
    /// Around a centre, clockwise from an angle.
    Conic {
        /// The centre, in CSS px.
        center: CssPoint,
        /// Where part 0 is, in degrees clockwise from upwards.
        angle: f32,
    },
}

/// The colour space of interpolation; colours are premultiplied in it.
/// <https://drafts.csswg.org/css-images-4/#color-interpolation-method>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GradientSpace {
    /// sRGB, the way of gradients between legacy colours.
    #[default]
    Srgb,
    /// `in srgb-linear`
    SrgbLinear,
    /// `in oklab`
    Oklab,
    /// `in oklch`
    Oklch(HueMethod),
    /// `in hsl`
    Hsl(HueMethod),
    /// `in hwb`
    Hwb(HueMethod),
}

/// The way around between two hues. <https://drafts.csswg.org/css-color-4/#hue-interpolation>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HueMethod {
    /// `shorter hue`
    #[default]
    Shorter,
    /// `longer hue`
    Longer,
    /// `increasing hue`
    Increasing,
    /// `decreasing hue`
    Decreasing,
}
