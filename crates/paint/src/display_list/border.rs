//! Borders, outlines and shadows of boxes.

use fanlight_base::geometry::CssVector;
use fanlight_base::{Rgba, Sides};

use super::RoundedRect;

/// The four borders of a box, or an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// The outer edge, in CSS px.
    pub outer: RoundedRect,
    /// How wide each side is, in CSS px, already snapped; 0 where the side has no border.
    pub widths: Sides<f32>,
    /// What each side looks like.
    pub sides: Sides<BorderSide>,
}

impl Border {
    /// The inner edge: the padding edge of the box.
    pub fn inner(&self) -> RoundedRect {
        self.outer.inset(self.widths)
    }
}

/// What one side looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BorderSide {
    /// `border-style`
    pub style: BorderStyle,
    /// `border-color`
    pub color: Rgba,
}

/// How a border is drawn; `none` and `hidden` have no width and are not seen here.
/// <https://drafts.csswg.org/css-backgrounds-3/#border-style>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BorderStyle {
    /// Not drawn.
    #[default]
    None,
    /// `solid`
    Solid,
    /// `dotted`
    Dotted,
    /// `dashed`
    Dashed,
    /// `double`
    Double,
    /// `groove`
    Groove,
    /// `ridge`
    Ridge,
    /// `inset`
    Inset,
    /// `outset`
    Outset,
}

impl BorderStyle {
    /// The keyword of CSS.
    pub const fn name(self) -> &'static str {
        match self {
            BorderStyle::None => "none",
            BorderStyle::Solid => "solid",
            BorderStyle::Dotted => "dotted",
            BorderStyle::Dashed => "dashed",
            BorderStyle::Double => "double",
            BorderStyle::Groove => "groove",
            BorderStyle::Ridge => "ridge",
            BorderStyle::Inset => "inset",
            BorderStyle::Outset => "outset",
        }
    }
}

/// One shadow of a box. <https://drafts.csswg.org/css-backgrounds-3/#box-shadow>
#[derive(Clone, Debug, PartialEq)]
pub struct BoxShadow {
    /// The edge that casts it, in CSS px: the border edge of an outer shadow, the padding edge of an inner one.
    pub edge: RoundedRect,
    /// Where the shadow is, relative to the box, in CSS px.
    pub offset: CssVector,
    /// The blur radius in CSS px: twice the standard deviation.
    pub blur: f32,
    /// How far it spreads, in CSS px.
    pub spread: f32,
    /// Its colour.
    pub color: Rgba,
    /// Outside or inside the edge; it is never drawn on the other side.
    pub side: ShadowSide,
}

/// Where a box's shadow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShadowSide {
    /// Outside the edge, as if the box were opaque.
    Outer,
    /// `inset`: inside the edge.
    Inner,
}
