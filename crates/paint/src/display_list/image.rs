//! Images, once or repeated.

use fanlight_base::geometry::{CssRect, CssSize};
use fanlight_image::Image;

/// An image that is drawn into a rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageItem {
    /// What is drawn.
    pub image: Image,
    /// The concrete object size, in CSS px: the viewport that an SVG is laid out in. Of a raster image it is its size
    /// in image px.
    pub object_size: CssSize,
    /// The part of the object that is drawn, in the coordinates of `object_size`.
    pub source: CssRect,
    /// Where that part goes, in CSS px. With `tiling`, what the repeated parts fill.
    pub dest: CssRect,
    /// How it repeats inside `dest`; without, it is stretched over `dest` once.
    pub tiling: Option<Tiling>,
    /// `image-rendering`
    pub rendering: ImageRendering,
}

/// A repeated image, `background-repeat` with `space` and `round` resolved.
/// <https://drafts.csswg.org/css-backgrounds-3/#background-repeat>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiling {
    /// One of the tiles, in CSS px: where and how large.
    pub tile: CssRect,
    /// The gaps between tiles, in CSS px.
    pub spacing: CssSize,
}

/// <https://drafts.csswg.org/css-images-3/#the-image-rendering>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ImageRendering {
    /// `auto` and `smooth`: neighbouring pixels are mixed.
    #[default]
    Smooth,
    /// `pixelated` and `crisp-edges`: the nearest pixel.
    Pixelated,
}
