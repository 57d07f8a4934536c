//! Glyphs as masks: drawn once for each size and quarter of a px, and kept.

mod cache;
mod contrast;
mod mask;

pub use cache::GlyphCache;
pub(crate) use cache::GlyphRequest;
pub(crate) use contrast::ContrastTable;
pub(crate) use mask::{GlyphMask, GlyphTransform, glyph_path};

/// Places along the baseline that glyphs are drawn at, in each px: as many as Skia tells apart.
pub(crate) const SUBPIXEL_POSITIONS: i32 = 4;
