//! Raster images, pixel by pixel.

use fanlight_image::RasterImage;

use super::gradient::TileStep;
use crate::raster::{Affine, Pixel, Shader};

/// An image with its place inverted: from device px to image px.
pub struct ImageShader {
    image: RasterImage,
    /// From device px to image px, counted from the upper left corner of `part`.
    inverse: Affine,
    /// Samples stay inside this part of the image: left, top, right, bottom in image px.
    part: (f32, f32, f32, f32),
    /// In image px, when the image repeats.
    tile: Option<TileStep>,
    nearest: bool,
}

impl ImageShader {
    /// `part` is left, top, right and bottom of what is drawn of the image, in image px; `to_device` takes image px, counted
    /// from its upper left corner, to device px. `None` when the image is squeezed into a line.
    pub fn new(
        image: RasterImage,
        to_device: &Affine,
        part: (f32, f32, f32, f32),
        tile: Option<TileStep>,
        nearest: bool,
    ) -> Option<Self> {
        let inverse = to_device.inverse()?;
        let (width, height) = (image.width() as f32, image.height() as f32);
        let part = (part.0.max(0.0), part.1.max(0.0), part.2.min(width), part.3.min(height));
        (part.0 < part.2 && part.1 < part.3).then_some(ImageShader { image, inverse, part, tile, nearest })
    }

    /// Whether device px and image px are the same grid, apart from whole steps.
    fn offset(&self) -> Option<(i32, i32)> {
        let Affine { a, b, c, d, e, f } = self.inverse;
        let whole = |value: f32| (value - value.round()).abs() < 1.0 / 1024.0;
        let same = (a - 1.0).abs() < 1e-6 && (d - 1.0).abs() < 1e-6 && b == 0.0 && c == 0.0;
        let (e, f) = (e + self.part.0, f + self.part.1);
        (same && whole(e) && whole(f) && self.tile.is_none()).then(|| (e.round() as i32, f.round() as i32))
    }

    fn is_whole(&self) -> bool {
        self.part == (0.0, 0.0, self.image.width() as f32, self.image.height() as f32)
    }

    fn texel(&self, x: i32, y: i32) -> Pixel {
        let limit =
            |value: i32, from: f32, to: f32| value.clamp(from.floor() as i32, (to.ceil() as i32 - 1).max(0));
        let x = limit(x, self.part.0, self.part.2);
        let y = limit(y, self.part.1, self.part.3);
        let start = (y as usize * self.image.width() as usize + x as usize) * 4;
        match self.image.pixels().get(start..start + 4) {
            Some(pixel) => [pixel[0], pixel[1], pixel[2], pixel[3]],
            None => [0; 4],
        }
    }

    fn sample(&self, x: f32, y: f32) -> Pixel {
        if self.nearest {
            return self.texel(x.floor() as i32, y.floor() as i32);
        }
        // In 1/256 of an image px, as the weights are.
        let fixed = |value: f32| ((value - 0.5) * 256.0 + 0.5).floor() as i32;
        let (x, y) = (fixed(x), fixed(y));
        let (left, top) = (x >> 8, y >> 8);
        let (right_weight, lower_weight) = ((x & 255) as u32, (y & 255) as u32);
        let (next_left, next_top) = (left.saturating_add(1), top.saturating_add(1));
        if right_weight == 0 && lower_weight == 0 {
            return self.texel(left, top);
        }
        let corners = match self.tile {
            // Neighbours over the edge of a tile are in the next, where tiles touch.
            Some(tile) if tile.size == tile.step && self.is_whole() => {
                let (width, height) = (self.image.width() as i32, self.image.height() as i32);
                let wrapped = |x: i32, y: i32| self.texel(x.rem_euclid(width), y.rem_euclid(height));
                [
                    wrapped(left, top),
                    wrapped(next_left, top),
                    wrapped(left, next_top),
                    wrapped(next_left, next_top),
                ]
            }
            _ => [
                self.texel(left, top),
                self.texel(next_left, top),
                self.texel(left, next_top),
                self.texel(next_left, next_top),
            ],
        };
        let mut result = [0; 4];
        for (channel, result) in result.iter_mut().enumerate() {
            let mix = |first: u8, second: u8| {
                u32::from(first) * (256 - right_weight) + u32::from(second) * right_weight
            };
            let upper = mix(corners[0][channel], corners[1][channel]);
            let lower = mix(corners[2][channel], corners[3][channel]);
            *result = ((upper * (256 - lower_weight) + lower * lower_weight + 32768) >> 16) as u8;
        }
        result
    }
}

impl Shader for ImageShader {
    fn row(&self, y: i32, left: i32, colors: &mut [Pixel]) {
        if let Some((offset_x, offset_y)) = self.offset() {
            for (index, color) in colors.iter_mut().enumerate() {
                *color = self.texel(left + index as i32 + offset_x, y + offset_y);
            }
            return;
        }
        for (index, color) in colors.iter_mut().enumerate() {
            let (x, y) = self.inverse.apply((left + index as i32) as f32 + 0.5, y as f32 + 0.5);
            *color = match &self.tile {
                None => self.sample(x + self.part.0, y + self.part.1),
                Some(tile) => match tile.within(x, y) {
                    Some((x, y)) => self.sample(x + self.part.0, y + self.part.1),
                    None => [0; 4],
                },
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(values: &[u8]) -> RasterImage {
        let pixels = values.iter().flat_map(|&value| [value, value, value, 255]).collect();
        RasterImage::from_premultiplied(values.len() as u32, 1, pixels).unwrap()
    }

    fn row(shader: &ImageShader, width: usize) -> Vec<u8> {
        let mut colors = vec![[0; 4]; width];
        shader.row(0, 0, &mut colors);
        colors.iter().map(|color| color[0]).collect()
    }

    #[test]
    fn enlarging_mixes_neighbours_and_keeps_the_edges() {
        let doubled = Affine { a: 2.0, ..Affine::IDENTITY };
        let shader = ImageShader::new(image(&[0, 100]), &doubled, (0.0, 0.0, 2.0, 1.0), None, false).unwrap();
        assert_eq!(row(&shader, 4), [0, 25, 75, 100]);
        let nearest = ImageShader::new(image(&[0, 100]), &doubled, (0.0, 0.0, 2.0, 1.0), None, true).unwrap();
        assert_eq!(row(&nearest, 4), [0, 0, 100, 100]);
    }

    #[test]
    fn a_part_of_an_image_does_not_bleed_in_what_is_beside_it() {
        let doubled = Affine { a: 2.0, ..Affine::IDENTITY };
        let shader =
            ImageShader::new(image(&[200, 10, 200]), &doubled, (1.0, 0.0, 2.0, 1.0), None, false).unwrap();
        assert_eq!(row(&shader, 2), [10, 10]);
    }

    #[test]
    fn tiles_have_gaps_where_there_is_spacing() {
        let tile = TileStep { size: (2.0, 1.0), step: (3.0, 1.0) };
        let shader =
            ImageShader::new(image(&[10, 20]), &Affine::IDENTITY, (0.0, 0.0, 2.0, 1.0), Some(tile), false)
                .unwrap();
        assert_eq!(row(&shader, 6), [10, 20, 0, 10, 20, 0]);
    }
}
