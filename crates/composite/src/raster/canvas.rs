//! Drawing into a surface, cut by a clip.

use fanlight_paint::display_list::FillRule;

use super::blend::{draw_row, fill_row, fill_row_masked, multiply};
use super::coverage::{Scratch, rasterise};
use super::{FlatPath, Mask, Pixel, PixelRect, Surface};

/// A source of colours, by absolute place.
pub trait Shader {
    /// The colours of a row from `left` on.
    fn row(&self, y: i32, left: i32, colors: &mut [Pixel]);
}

/// What is drawn with.
#[derive(Clone, Copy)]
pub enum Paint<'a> {
    /// One colour, premultiplied.
    Solid(Pixel),
    /// Another colour at every place.
    Shader(&'a dyn Shader),
}

/// A surface with what cuts the drawing.
pub struct Canvas<'a> {
    surface: &'a mut Surface,
    /// Inside the surface, and inside the mask where there is one.
    clip: PixelRect,
    mask: Option<&'a Mask>,
    scratch: &'a mut Scratch,
}

impl<'a> Canvas<'a> {
    pub fn new(
        surface: &'a mut Surface,
        clip: PixelRect,
        mask: Option<&'a Mask>,
        scratch: &'a mut Scratch,
    ) -> Self {
        let clip = clip.intersection(&surface.rect());
        let clip = mask.map_or(clip, |mask| clip.intersection(&mask.rect()));
        Canvas { surface, clip, mask, scratch }
    }

    /// Outside of this nothing is drawn.
    pub fn clip(&self) -> PixelRect {
        self.clip
    }

    pub fn scratch(&mut self) -> &mut Scratch {
        self.scratch
    }

    /// Fills whole pixels.
    pub fn fill_rect(&mut self, rect: PixelRect, paint: Paint<'_>) {
        let rect = rect.intersection(&self.clip);
        let mut colors = self.row_buffer(&rect, paint);
        for y in rect.top..rect.bottom {
            let coverage = self.mask.map(|mask| mask.row(y, rect.left, rect.right));
            let row = self.surface.row_mut(y, rect.left, rect.right);
            draw(row, y, rect.left, paint, coverage, &mut colors);
        }
    }

    /// Fills pixels as far as they are covered.
    pub fn fill_mask(&mut self, mask: &Mask, paint: Paint<'_>) {
        let rect = mask.rect().intersection(&self.clip);
        let mut colors = self.row_buffer(&rect, paint);
        let mut both = vec![0; if self.mask.is_some() { rect.width() } else { 0 }];
        for y in rect.top..rect.bottom {
            let coverage = match self.mask {
                None => mask.row(y, rect.left, rect.right),
                Some(clip) => {
                    let rows =
                        mask.row(y, rect.left, rect.right).iter().zip(clip.row(y, rect.left, rect.right));
                    for (both, (&shape, &clip)) in both.iter_mut().zip(rows) {
                        *both = multiply(shape, clip);
                    }
                    &both
                }
            };
            let row = self.surface.row_mut(y, rect.left, rect.right);
            draw(row, y, rect.left, paint, Some(coverage), &mut colors);
        }
    }

    /// Fills pixels as far as a mask covers them that is moved by whole px, its coverage changed by a table.
    pub fn fill_moved_mask(&mut self, mask: &Mask, by: (i32, i32), table: &[u8; 256], color: Pixel) {
        let rect = mask.rect().translate(by.0, by.1).intersection(&self.clip);
        let mut coverage = [0; 256];
        for y in rect.top..rect.bottom {
            let mut left = rect.left;
            while left < rect.right {
                let right = rect.right.min(left + coverage.len() as i32);
                let from = mask.row(y - by.1, left - by.0, right - by.0);
                let part = &mut coverage[..from.len()];
                for (to, from) in part.iter_mut().zip(from) {
                    *to = table[usize::from(*from)];
                }
                if let Some(clip) = self.mask {
                    for (to, clip) in part.iter_mut().zip(clip.row(y, left, right)) {
                        *to = multiply(*to, *clip);
                    }
                }
                fill_row_masked(self.surface.row_mut(y, left, right), color, part);
                left = right;
            }
        }
    }

    /// Fills a path, its edges anti-aliased.
    pub fn fill_path(&mut self, path: &FlatPath, rule: FillRule, paint: Paint<'_>) {
        let mask = rasterise(path, rule, self.clip, self.scratch);
        self.fill_mask(&mask, paint);
    }

    fn row_buffer(&self, rect: &PixelRect, paint: Paint<'_>) -> Vec<Pixel> {
        match paint {
            Paint::Solid(_) => Vec::new(),
            Paint::Shader(_) => vec![[0; 4]; rect.width()],
        }
    }
}

fn draw(
    row: &mut [Pixel],
    y: i32,
    left: i32,
    paint: Paint<'_>,
    coverage: Option<&[u8]>,
    colors: &mut [Pixel],
) {
    match (paint, coverage) {
        (Paint::Solid(color), None) => fill_row(row, color),
        (Paint::Solid(color), Some(coverage)) => fill_row_masked(row, color, coverage),
        (Paint::Shader(shader), coverage) => {
            shader.row(y, left, colors);
            draw_row(row, colors, coverage);
        }
    }
}
