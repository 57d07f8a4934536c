//! A rectangle of pixels at a place on the canvas.

use super::PixelRect;

/// Premultiplied red, green, blue and alpha.
pub type Pixel = [u8; 4];

/// Pixels at a place, in absolute device coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    rect: PixelRect,
    pixels: Vec<Pixel>,
}

impl Surface {
    /// Filled with one colour.
    pub fn filled(rect: PixelRect, pixel: Pixel) -> Self {
        Surface { rect, pixels: vec![pixel; rect.area()] }
    }

    /// Of pixels row by row, one for each place in the rectangle.
    pub fn of_pixels(rect: PixelRect, pixels: Vec<Pixel>) -> Self {
        debug_assert_eq!(rect.area(), pixels.len());
        Surface { rect, pixels }
    }

    pub fn into_pixels(self) -> Vec<Pixel> {
        self.pixels
    }

    pub fn rect(&self) -> PixelRect {
        self.rect
    }

    pub fn pixels(&self) -> &[Pixel] {
        &self.pixels
    }

    pub fn pixels_mut(&mut self) -> &mut [Pixel] {
        &mut self.pixels
    }

    /// A part of a row; the part must be inside the surface.
    pub fn row(&self, y: i32, left: i32, right: i32) -> &[Pixel] {
        let start = (y - self.rect.top) as usize * self.rect.width();
        &self.pixels[start + (left - self.rect.left) as usize..start + (right - self.rect.left) as usize]
    }

    /// A part of a row, to change; the part must be inside the surface.
    pub fn row_mut(&mut self, y: i32, left: i32, right: i32) -> &mut [Pixel] {
        let start = (y - self.rect.top) as usize * self.rect.width();
        &mut self.pixels[start + (left - self.rect.left) as usize..start + (right - self.rect.left) as usize]
    }

    /// Takes over the pixels of another surface where both are.
    pub fn copy_from(&mut self, other: &Surface) {
        let both = self.rect.intersection(&other.rect);
        for y in both.top..both.bottom {
            self.row_mut(y, both.left, both.right).copy_from_slice(other.row(y, both.left, both.right));
        }
    }
}
