//! A picture of a page: pixels, and PNG files of them.

use std::sync::Arc;

use fanlight_image::{DecodeOptions, Image, decode, encode_png, straight};

use crate::error::CaptureError;

/// Pixels of 8 bits in RGBA, not premultiplied, row by row from the upper left corner.
/// Cloning shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Arc<Vec<[u8; 4]>>,
}

impl Picture {
    /// From pixels; nothing unless there are as many as the size asks for.
    pub fn from_pixels(width: u32, height: u32, pixels: impl Into<Arc<Vec<[u8; 4]>>>) -> Option<Picture> {
        let pixels = pixels.into();
        let count = (width as usize).checked_mul(height as usize)?;
        (pixels.len() == count).then_some(Picture { width, height, pixels })
    }

    /// In device px.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In device px.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels: red, green, blue and alpha.
    pub fn pixels(&self) -> &[[u8; 4]] {
        &self.pixels
    }

    /// One pixel; nothing outside the picture.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        self.pixels.get(y as usize * self.width as usize + x as usize).copied()
    }
}

impl Picture {
    /// A PNG file of the picture.
    ///
    /// # Errors
    /// The picture is empty or too large for the format.
    pub fn to_png(&self) -> Result<Vec<u8>, CaptureError> {
        encode_png(self.width, self.height, &self.pixels).map_err(CaptureError::unwritten)
    }

    /// The picture in a PNG file.
    ///
    /// # Errors
    /// The bytes are no complete PNG file.
    pub fn from_png(bytes: &[u8]) -> Result<Picture, CaptureError> {
        let unreadable = |reason: String| CaptureError::Coding { action: "read", reason };
        match decode(bytes, Some("image/png"), &DecodeOptions::default()) {
            Ok(Image::Raster(raster)) if raster.is_complete() => {
                let pixels = raster
                    .pixels()
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .map(|pixel| straight(*pixel))
                    .collect::<Vec<_>>();
                Ok(Picture { width: raster.width(), height: raster.height(), pixels: Arc::new(pixels) })
            }
            Ok(_) => Err(unreadable("it is not a complete PNG file".to_owned())),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_survives_its_file() {
        let picture = Picture::from_pixels(2, 1, vec![[1, 2, 3, 255], [250, 0, 9, 255]]).unwrap();
        assert_eq!(Picture::from_png(&picture.to_png().unwrap()).unwrap(), picture);
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(Picture::from_png(b"nonsense").is_err());
        assert_eq!(Picture::from_pixels(2, 2, vec![[0; 4]; 3]), None);
    }

    #[test]
    fn pixels_outside_are_nothing() {
        let picture = Picture::from_pixels(1, 1, vec![[1, 2, 3, 4]]).unwrap();
        assert_eq!(
            (picture.pixel(0, 0), picture.pixel(1, 0), picture.pixel(0, 1)),
            (Some([1, 2, 3, 4]), None, None)
        );
    }
}
