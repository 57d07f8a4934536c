//! Drawing into pixels: coverage, blending and colour sources. Knows nothing of CSS.
//!
//! Everything is computed in absolute device coordinates, with integers wherever sums are formed, so that a pixel comes out
//! the same whichever rectangle around it is drawn. That is what lets tiles be of any size and be drawn in any order.

pub mod affine;
pub mod blend;
pub mod blur;
pub mod canvas;
pub mod coverage;
pub mod flatten;
pub mod mask;
pub mod pixel_rect;
pub mod shapes;
pub mod stroke;
pub mod surface;

pub use affine::Affine;
pub use canvas::{Canvas, Paint, Shader};
pub use coverage::{Scratch, rasterise};
pub use flatten::{FlatPath, PathBuilder};
pub use mask::Mask;
pub use pixel_rect::PixelRect;
pub use surface::{Pixel, Surface};
