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

    /// The device px to a CSS px of text that is as wide as it is high and stands upright or is turned by a quarter, and
    /// that turn alone.
    fn aligned_scale(&self) -> Option<(f32, GlyphTransform)> {
        let GlyphTransform { a, b, c, d } = *self;
        if b == 0.0 && c == 0.0 && a == d && a > 0.0 {
            Some((a, GlyphTransform { a: 1.0, b: 0.0, c: 0.0, d: 1.0 }))
        } else if a == 0.0 && d == 0.0 && b == -c && b != 0.0 {
            Some((b.abs(), GlyphTransform { a: 0.0, b: b.signum(), c: c.signum(), d: 0.0 }))
        } else {
            None
        }
    }

    /// The same with a place for the origin.
    fn at(&self, origin: (f32, f32)) -> Affine {
        Affine { a: self.a, b: self.b, c: self.c, d: self.d, e: origin.0, f: origin.1 }
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
        let path = match transform.aligned_scale() {
            Some((scale, turn)) => hinted_path(font, glyph, scale, &turn.at(origin)),
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
    let mut builder = PathBuilder::new();
    font.outline(glyph, &mut Pen { builder: &mut builder, affine: &transform.at(origin) });
    builder.finish()
}

/// The outline of a glyph, fitted to the grid as Chromium's text on Linux is, and then turned and moved.
fn hinted_path(font: &Font, glyph: u16, scale: f32, affine: &Affine) -> FlatPath {
    let mut builder = PathBuilder::new();
    font.hinted_outline(glyph, scale, &mut Pen { builder: &mut builder, affine });
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_are_fitted_to_the_grid_upright_and_on_lines_that_run_down_or_up() {
        let scaled = |x, y| Affine { a: x, b: 0.0, c: 0.0, d: y, e: 0.0, f: 0.0 };
        let scale = |turn| GlyphTransform::new(&scaled(2.0, 2.0), turn).aligned_scale();
        let turned = |a, b, c, d| Some((2.0, GlyphTransform { a, b, c, d }));
        assert_eq!(scale(GlyphTurn::None), turned(1.0, 0.0, 0.0, 1.0));
        assert_eq!(scale(GlyphTurn::Clockwise), turned(0.0, 1.0, -1.0, 0.0));
        assert_eq!(scale(GlyphTurn::Anticlockwise), turned(0.0, -1.0, 1.0, 0.0));
        let narrow = GlyphTransform::new(&scaled(1.0, 2.0), GlyphTurn::Clockwise);
        assert_eq!(narrow.aligned_scale(), None);
    }
}
