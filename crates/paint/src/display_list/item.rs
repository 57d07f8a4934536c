//! One command of the list.

use fanlight_base::Rgba;
use fanlight_base::geometry::CssRect;

use super::{
    Backdrop, Border, BoxShadow, ClipId, DecorationLine, EffectId, GradientItem, ImageItem, PathItem,
    RoundedRect, SpatialId, TextItem,
};

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayItem {
    /// The node that it was painted for, as its place in the document's arena (`NodeId::index`).
    pub node: Option<u32>,
    /// A rectangle around all that it inks, in CSS px of its space. Raster relies on it to skip items.
    pub bounds: CssRect,
    /// What cuts it.
    pub clip: Option<ClipId>,
    /// The space of its coordinates.
    pub spatial: SpatialId,
    /// The group it is in.
    pub effect: Option<EffectId>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item draws. Coordinates are CSS px in the item's space.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// A rectangle filled with a colour.
    Rect {
        /// Where.
        rect: CssRect,
        /// With what.
        color: Rgba,
    },
    /// A rectangle with rounded corners, filled with a colour.
    RoundedRect {
        /// Where.
        rounded: RoundedRect,
        /// With what.
        color: Rgba,
    },
    /// The four borders of a box.
    Border(Box<Border>),
    /// An outline, which is drawn like borders.
    Outline(Box<Border>),
    /// One shadow of a box.
    BoxShadow(Box<BoxShadow>),
    /// Glyphs.
    Text(Box<TextItem>),
    /// A line of `text-decoration`.
    Decoration(Box<DecorationLine>),
    /// An image, once or repeated.
    Image(Box<ImageItem>),
    /// A gradient, once or repeated.
    Gradient(Box<GradientItem>),
    /// A path, filled or stroked.
    Path(Box<PathItem>),
    /// What is below the item's group, filtered.
    Backdrop(Box<Backdrop>),
}

impl ItemKind {
    /// The name in dumps.
    pub const fn name(&self) -> &'static str {
        match self {
            ItemKind::Rect { .. } => "rect",
            ItemKind::RoundedRect { .. } => "rounded-rect",
            ItemKind::Border(_) => "border",
            ItemKind::Outline(_) => "outline",
            ItemKind::BoxShadow(_) => "box-shadow",
            ItemKind::Text(_) => "text",
            ItemKind::Decoration(_) => "decoration",
            ItemKind::Image(_) => "image",
            ItemKind::Gradient(_) => "gradient",
            ItemKind::Path(_) => "path",
            ItemKind::Backdrop(_) => "backdrop",
        }
    }
}
