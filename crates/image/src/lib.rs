//! Raster and SVG images, decoded within limits.
//!
//! 1. [`probe`] reads no more than a header and tells the natural dimensions, so that layout can go on before pixels.
//! 2. [`decode`] makes an [`Image`]: premultiplied pixels with the orientation applied ([`raster`]), or a parsed
//!    drawing ([`svg`]).
//! 3. [`RasterImage::half`] and [`SvgImage::rasterise`] give what raster draws, and remember it.
//! 4. [`encode_png`] writes pixels as a PNG file.
//!
//! Nothing here fetches: an SVG image loads nothing from outside itself
//! (<https://svgwg.org/svg2-draft/conform.html#secure-static-mode>).

pub mod decode;
pub mod encode;
pub mod error;
pub mod limits;
pub mod natural;
pub mod raster;
pub mod svg;

pub use decode::{DecodeOptions, decode, probe};
pub use encode::{EncodeError, PngRows, encode_png};
pub use error::ImageError;
pub use limits::Limits;
pub use natural::IntrinsicSize;
pub use raster::{RasterImage, straight};
pub use svg::{SvgFace, SvgFamily, SvgFilter, SvgFontQuery, SvgFonts, SvgImage};

/// A decoded image. Cloning shares the pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    /// Made of pixels.
    Raster(RasterImage),
    /// Made of shapes.
    Svg(SvgImage),
}

impl Image {
    /// The natural dimensions in CSS px, the orientation applied.
    /// <https://drafts.csswg.org/css-images-3/#natural-dimensions>
    pub fn intrinsic_size(&self) -> IntrinsicSize {
        match self {
            Image::Raster(raster) => IntrinsicSize::of_pixels(raster.width(), raster.height()),
            Image::Svg(svg) => svg.intrinsic_size(),
        }
    }

    /// Whether every pixel hides what is below.
    pub fn is_opaque(&self) -> bool {
        match self {
            Image::Raster(raster) => raster.is_opaque(),
            Image::Svg(_) => false,
        }
    }

    /// The bytes that its pixels or its source take.
    pub fn memory(&self) -> usize {
        match self {
            Image::Raster(raster) => raster.memory(),
            Image::Svg(svg) => svg.memory(),
        }
    }
}
