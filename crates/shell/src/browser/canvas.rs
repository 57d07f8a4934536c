//! The window's pixels, onto which frames of pages are put side by side.

use fanlight_base::Rgba;
use fanlight_base::geometry::{DevicePoint, DeviceRect, DeviceSize};
use fanlight_page::Frame;

/// Pixels of a window: `0x00RRGGBB`, row by row.
pub struct Canvas<'a> {
    pixels: &'a mut [u32],
    size: DeviceSize,
}

impl<'a> Canvas<'a> {
    /// A canvas over pixels; nothing unless there is one for each place.
    pub fn new(pixels: &'a mut [u32], size: DeviceSize) -> Option<Self> {
        let wanted = usize::try_from(size.width).ok()?.checked_mul(usize::try_from(size.height).ok()?)?;
        (pixels.len() == wanted).then_some(Canvas { pixels, size })
    }

    /// The part of a row from `x` on, `width` long, as far as it is on the canvas, and how much is cut off before.
    fn row(&mut self, x: i32, y: i32, width: i32) -> Option<(&mut [u32], usize)> {
        let (start, end) = (x.max(0), x.saturating_add(width).min(self.size.width));
        if y < 0 || y >= self.size.height || start >= end {
            return None;
        }
        let row = y as usize * self.size.width as usize;
        Some((&mut self.pixels[row + start as usize..row + end as usize], (start - x) as usize))
    }

    /// Puts a frame at a place; what is outside `clip` is left out.
    pub fn put(&mut self, frame: &Frame<'_>, at: DevicePoint, clip: DeviceRect) {
        let area = DeviceRect::new(at, frame.size()).intersection(&clip);
        let Some(area) = area else { return };
        for y in area.min_y()..area.max_y() {
            let source = frame.row((y - at.y) as usize);
            if let Some((row, cut)) = self.row(area.min_x(), y, area.width()) {
                let skip = (area.min_x() - at.x) as usize + cut;
                for (pixel, [red, green, blue, _]) in row.iter_mut().zip(source.iter().skip(skip)) {
                    *pixel = u32::from_be_bytes([0, *red, *green, *blue]);
                }
            }
        }
    }

    /// Fills a rectangle with a colour over what is there.
    pub fn fill(&mut self, rect: DeviceRect, color: Rgba) {
        let [red, green, blue, alpha] = color.to_u8();
        for y in rect.min_y()..rect.max_y() {
            let Some((row, _)) = self.row(rect.min_x(), y, rect.width()) else { continue };
            for pixel in row {
                let [_, below_red, below_green, below_blue] = pixel.to_be_bytes();
                let mix = |above: u8, below: u8| {
                    let alpha = u32::from(alpha);
                    ((u32::from(above) * alpha + u32::from(below) * (255 - alpha) + 127) / 255) as u8
                };
                *pixel = u32::from_be_bytes([
                    0,
                    mix(red, below_red),
                    mix(green, below_green),
                    mix(blue, below_blue),
                ]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i32, y: i32, width: i32, height: i32) -> DeviceRect {
        DeviceRect::new(DevicePoint::new(x, y), DeviceSize::new(width, height))
    }

    #[test]
    fn a_fill_keeps_to_the_canvas_and_mixes() {
        let mut pixels = vec![0x00ff_ffff; 4];
        let mut canvas = Canvas::new(&mut pixels, DeviceSize::new(2, 2)).unwrap();
        canvas.fill(rect(1, -5, 9, 6), Rgba::BLACK.with_opacity(0.5));
        assert_eq!(pixels, [0x00ff_ffff, 0x007f_7f7f, 0x00ff_ffff, 0x00ff_ffff]);
    }

    #[test]
    fn pixels_must_fit_the_size() {
        assert!(Canvas::new(&mut [0; 3], DeviceSize::new(2, 2)).is_none());
        assert!(Canvas::new(&mut [], DeviceSize::new(-1, 2)).is_none());
    }
}
