//! One glyph as coverage.

use fanlight_paint::display_list::{FillRule, GlyphTurn};
use fanlight_text::Font;

use super::SUBPIXEL_POSITIONS;
use crate::raster::shapes::Pen;
use crate::raster::{Affine, FlatPath, Mask, PathBuilder, PixelRect, Scratch, rasterise};

/// The coverage of a glyph, around its origin on whole px.
#[derive(Debug)]
pub struct GlyphMask {
    /// Absent for a glyph without ink, such as a space.
    pub mask: Option<Mask>,
}

/// How a font's px become device px, without the place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphTransform {
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
}

impl GlyphTransform {
    /// The linear part of `affine`, after the turn of the glyphs.
    pub fn new(affine: &Affine, turn: GlyphTurn) -> Self {
        match turn {
            GlyphTurn::None => GlyphTransform { a: affine.a, b: affine.b, c: affine.c, d: affine.d },
            // x goes down, y (down) goes left.
            GlyphTurn::Clockwise => GlyphTransform { a: affine.c, b: affine.d, c: -affine.a, d: -affine.b },
            // x goes up, y (down) goes right.
            GlyphTurn::Anticlockwise => {
                GlyphTransform { a: -affine.c, b: -affine.d, c: affine.a, d: affine.b }
            }
        }
    }

    /// The device px to a CSS px of text that stands upright and is as wide as it is high.
    fn upright_scale(&self) -> Option<f32> {
        (self.b == 0.0 && self.c == 0.0 && self.a == self.d && self.a > 0.0).then_some(self.a)
    }

    /// The bits, for keys of caches.
    pub fn key(&self) -> [u32; 4] {
        [self.a.to_bits(), self.b.to_bits(), self.c.to_bits(), self.d.to_bits()]
    }
}

impl GlyphMask {
    /// Draws a glyph whose origin is `subpixel` quarters right of (or below, along a vertical baseline) a whole px.
    pub fn draw(
        font: &Font,
        glyph: u16,
        transform: &GlyphTransform,
        subpixel: (u8, u8),
        scratch: &mut Scratch,
    ) -> Self {
        let quarter = |count: u8| f32::from(count) / SUBPIXEL_POSITIONS as f32;
        let origin = (quarter(subpixel.0), quarter(subpixel.1));
        let path = match transform.upright_scale() {
            Some(scale) => hinted_path(font, glyph, scale, origin),
            None => glyph_path(font, glyph, transform, origin),
        };
        let bounds = path.bounds();
        if bounds.is_empty() {
            return GlyphMask { mask: None };
        }
        let mask = rasterise(&path, FillRule::NonZero, bounds, scratch);
        GlyphMask { mask: Some(mask) }
    }

    /// The bytes it takes.
    pub fn memory(&self) -> usize {
        size_of::<Self>() + self.mask.as_ref().map_or(0, |mask| mask.coverage().len())
    }

    /// The px it covers, around its origin.
    pub fn rect(&self) -> PixelRect {
        self.mask.as_ref().map_or(PixelRect::EMPTY, Mask::rect)
    }
}

/// The outline of a glyph whose origin is at `origin`, in device px.
pub fn glyph_path(font: &Font, glyph: u16, transform: &GlyphTransform, origin: (f32, f32)) -> FlatPath {
    let affine =
        Affine { a: transform.a, b: transform.b, c: transform.c, d: transform.d, e: origin.0, f: origin.1 };
    let mut builder = PathBuilder::new();
    font.outline(glyph, &mut Pen { builder: &mut builder, affine: &affine });
    builder.finish()
}

/// The outline of an upright glyph, fitted to the grid as Chromium's text on Linux is.
fn hinted_path(font: &Font, glyph: u16, scale: f32, origin: (f32, f32)) -> FlatPath {
    let affine = Affine::translation(origin.0, origin.1);
    let mut builder = PathBuilder::new();
    font.hinted_outline(glyph, scale, &mut Pen { builder: &mut builder, affine: &affine });
    builder.finish()
}
