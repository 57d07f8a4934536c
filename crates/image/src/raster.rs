//! An image made of pixels, and the smaller ones made from it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use image::metadata::Orientation;
use image::{DynamicImage, RgbaImage};

/// An image made of premultiplied sRGB pixels, its orientation applied. Cloning shares the pixels; two are equal when
/// they share them.
#[derive(Clone)]
pub struct RasterImage(Arc<Inner>);

struct Inner {
    width: u32,
    height: u32,
    opaque: bool,
    complete: bool,
    /// Premultiplied RGBA, 8 bits each, row by row without padding.
    pixels: Box<[u8]>,
    /// The image at half the size, once it has been asked for.
    half: OnceLock<RasterImage>,
    /// How it was turned.
    orientation: Orientation,
    /// The image as it was before it was turned, once it has been asked for.
    stored: OnceLock<RasterImage>,
}

impl RasterImage {
    /// From premultiplied RGBA, 8 bits each, row by row. `None` when the number of bytes does not fit the size, or the
    /// size is empty.
    pub fn from_premultiplied(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        Self::new(width, height, pixels, true)
    }

    /// From RGBA that is not premultiplied; otherwise as [`RasterImage::from_premultiplied`].
    pub fn from_straight(width: u32, height: u32, mut pixels: Vec<u8>) -> Option<Self> {
        premultiply(&mut pixels);
        Self::new(width, height, pixels, true)
    }

    fn new(width: u32, height: u32, pixels: Vec<u8>, complete: bool) -> Option<Self> {
        Self::turned(width, height, pixels, complete, Orientation::NoTransforms)
    }

    /// From pixels that have been turned.
    fn turned(
        width: u32,
        height: u32,
        pixels: Vec<u8>,
        complete: bool,
        orientation: Orientation,
    ) -> Option<Self> {
        let bytes = u64::from(width) * u64::from(height) * 4;
        if bytes == 0 || bytes != pixels.len() as u64 {
            return None;
        }
        let opaque = pixels.chunks_exact(4).all(|pixel| pixel[3] == 255);
        Some(RasterImage(Arc::new(Inner {
            width,
            height,
            opaque,
            complete,
            pixels: pixels.into(),
            half: OnceLock::new(),
            orientation,
            stored: OnceLock::new(),
        })))
    }

    /// From premultiplied RGBA as a file has it, turned as the file says.
    /// <https://drafts.csswg.org/css-images-3/#the-image-orientation>
    pub(crate) fn oriented(
        width: u32,
        height: u32,
        pixels: Vec<u8>,
        complete: bool,
        orientation: Orientation,
    ) -> Option<Self> {
        let (width, height, pixels) = turn(width, height, pixels, orientation)?;
        Self::turned(width, height, pixels, complete, orientation)
    }

    /// The image as its file has it, without the orientation that the file asks for; itself where it asks for none.
    /// Computed once.
    pub fn as_stored(&self) -> RasterImage {
        let Inner { width, height, ref pixels, complete, orientation, .. } = *self.0;
        let back = match orientation {
            Orientation::NoTransforms => return self.clone(),
            Orientation::Rotate90 => Orientation::Rotate270,
            Orientation::Rotate270 => Orientation::Rotate90,
            // The others undo themselves.
            other => other,
        };
        let stored = self.0.stored.get_or_init(|| {
            turn(width, height, pixels.to_vec(), back)
                .and_then(|(width, height, pixels)| Self::new(width, height, pixels, complete))
                .unwrap_or_else(|| self.clone())
        });
        stored.clone()
    }

    /// The width in image px; at least 1.
    pub fn width(&self) -> u32 {
        self.0.width
    }

    /// The height in image px; at least 1.
    pub fn height(&self) -> u32 {
        self.0.height
    }

    /// Premultiplied RGBA, 8 bits each, row by row without padding.
    pub fn pixels(&self) -> &[u8] {
        &self.0.pixels
    }

    /// The four bytes at a place inside the image.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.0.width || y >= self.0.height {
            return None;
        }
        let start = (y as usize * self.0.width as usize + x as usize) * 4;
        self.0.pixels.get(start..start + 4)?.try_into().ok()
    }

    /// Whether every pixel hides what is below.
    pub fn is_opaque(&self) -> bool {
        self.0.opaque
    }

    /// Whether all of the file could be decoded; what could not be is transparent.
    pub fn is_complete(&self) -> bool {
        self.0.complete
    }

    /// The bytes of the pixels, without the smaller images made from them.
    pub fn memory(&self) -> usize {
        self.0.pixels.len()
    }

    /// The image at half the size, each pixel the mean of up to four; itself when it is one pixel. Computed once.
    ///
    /// An image that is drawn smaller is first halved as often as it stays at least as large as what is drawn; sampling
    /// four neighbours of the full image would skip pixels.
    pub fn half(&self) -> RasterImage {
        if self.0.width == 1 && self.0.height == 1 {
            return self.clone();
        }
        self.0.half.get_or_init(|| halve(&self.0)).clone()
    }

    /// The smallest of the repeatedly halved images that is still at least this size, in device px.
    pub fn level_for(&self, width: f32, height: f32) -> RasterImage {
        let mut level = self.clone();
        // An image of u32 size is one pixel after 32 halvings.
        for _ in 0..32 {
            let (next_width, next_height) = (level.width().div_ceil(2), level.height().div_ceil(2));
            let shrinks = next_width < level.width() || next_height < level.height();
            let large_enough = |next: u32, now: u32, wanted: f32| next == now || next as f32 >= wanted;
            if !shrinks
                || !large_enough(next_width, level.width(), width)
                || !large_enough(next_height, level.height(), height)
            {
                break;
            }
            level = level.half();
        }
        level
    }
}

impl PartialEq for RasterImage {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for RasterImage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RasterImage({}x{})", self.0.width, self.0.height)
    }
}

/// Each output pixel is the mean of its two by two; at an odd edge the last row or column counts alone.
fn halve(image: &Inner) -> RasterImage {
    let (width, height) = (image.width as usize, image.height as usize);
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let row_bytes = width * 4;
    let mut pixels = Vec::with_capacity(half_width * half_height * 4);
    for y in 0..half_height {
        let upper = &image.pixels[2 * y * row_bytes..][..row_bytes];
        let lower = &image.pixels[(2 * y + 1).min(height - 1) * row_bytes..][..row_bytes];
        for (above, below) in upper.chunks(8).zip(lower.chunks(8)) {
            let right = above.len() - 4;
            for channel in 0..4 {
                let sum = u16::from(above[channel])
                    + u16::from(above[right + channel])
                    + u16::from(below[channel])
                    + u16::from(below[right + channel]);
                pixels.push(((sum + 2) / 4) as u8);
            }
        }
    }
    let inner = Inner {
        width: half_width as u32,
        height: half_height as u32,
        opaque: image.opaque,
        complete: image.complete,
        pixels: pixels.into(),
        half: OnceLock::new(),
        orientation: Orientation::NoTransforms,
        stored: OnceLock::new(),
    };
    RasterImage(Arc::new(inner))
}

/// Width, height and pixels of an image once it is turned.
fn turn(width: u32, height: u32, pixels: Vec<u8>, orientation: Orientation) -> Option<(u32, u32, Vec<u8>)> {
    if orientation == Orientation::NoTransforms {
        return Some((width, height, pixels));
    }
    let mut image = DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, pixels)?);
    image.apply_orientation(orientation);
    Some((image.width(), image.height(), image.into_rgba8().into_raw()))
}

/// Multiplies the colours of RGBA bytes by their alpha, rounding to nearest.
pub(crate) fn premultiply(pixels: &mut [u8]) {
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha != 255 {
            for component in &mut pixel[..3] {
                *component = multiply(*component, alpha);
            }
        }
    }
}

/// The product of two parts of 255, rounded to nearest.
fn multiply(first: u8, second: u8) -> u8 {
    let product = u32::from(first) * u32::from(second) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// Undoes premultiplication of one RGBA pixel; what is transparent has no colour.
pub fn straight([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    let component = |premultiplied: u8| match alpha {
        0 => 0,
        255 => premultiplied,
        _ => ((u32::from(premultiplied) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8,
    };
    [component(red), component(green), component(blue), alpha]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32, values: &[u8]) -> RasterImage {
        let pixels = values.iter().flat_map(|&value| [value, value, value, 255]).collect();
        RasterImage::from_premultiplied(width, height, pixels).unwrap()
    }

    #[test]
    fn the_bytes_must_fit_the_size() {
        assert!(RasterImage::from_premultiplied(2, 2, vec![0; 15]).is_none());
        assert!(RasterImage::from_premultiplied(0, 2, vec![]).is_none());
    }

    #[test]
    fn premultiplication_rounds_to_nearest() {
        let image = RasterImage::from_straight(2, 1, vec![255, 128, 1, 128, 9, 8, 7, 0]).unwrap();
        assert_eq!(image.pixel(0, 0), Some([128, 64, 1, 128]));
        assert_eq!(image.pixel(1, 0), Some([0, 0, 0, 0]));
        assert_eq!(image.pixel(2, 0), None);
        assert!(!image.is_opaque());
    }

    #[test]
    fn half_is_the_mean_of_four_and_odd_edges_count_once() {
        let half = grey(3, 2, &[0, 10, 100, 20, 30, 200]).half();
        assert_eq!((half.width(), half.height()), (2, 1));
        assert_eq!(half.pixel(0, 0), Some([15, 15, 15, 255]));
        assert_eq!(half.pixel(1, 0), Some([150, 150, 150, 255]));
        assert!(half.is_opaque());
    }

    #[test]
    fn an_image_can_be_had_as_it_was_before_it_was_turned() {
        use Orientation::*;
        let of = |grey: u8| [grey, grey, grey, 255];
        for orientation in
            [FlipHorizontal, FlipVertical, Rotate180, Rotate90, Rotate270, Rotate90FlipH, Rotate270FlipH]
        {
            let pixels: Vec<u8> = [0, 1, 2, 3, 4, 5].into_iter().flat_map(of).collect();
            let image = RasterImage::oriented(3, 2, pixels.clone(), true, orientation).unwrap();
            assert_ne!(image.pixels(), pixels, "{orientation:?}");
            assert_eq!(image.as_stored().pixels(), pixels, "{orientation:?}");
            assert_eq!((image.as_stored().width(), image.as_stored().height()), (3, 2));
        }
        let upright = grey(1, 1, &[1]);
        assert_eq!(upright.as_stored(), upright);
    }

    #[test]
    fn halves_are_computed_once() {
        let image = grey(2, 2, &[1, 2, 3, 4]);
        assert_eq!(image.half(), image.half());
    }

    #[test]
    fn a_level_is_never_smaller_than_what_is_drawn() {
        let image = grey(8, 8, &[7; 64]);
        assert_eq!(image.level_for(8.0, 8.0), image);
        assert_eq!(image.level_for(5.0, 5.0), image);
        assert_eq!(image.level_for(4.0, 4.0).width(), 4);
        assert_eq!(image.level_for(0.5, 0.5).width(), 1);
        assert_eq!(image.level_for(4.0, 8.0), image);
    }
}
