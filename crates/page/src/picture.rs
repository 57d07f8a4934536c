//! A picture of a page: pixels, and PNG files of them.

use fanlight_image::{DecodeOptions, Image, decode, encode_png};

use crate::error::CaptureError;

/// Pixels of 8 bits in RGBA, not premultiplied, row by row from the upper left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Picture {
    /// From pixels; nothing unless there are four bytes for each.
    pub fn from_rgba(width: u32, height: u32, rgba: Vec<u8>) -> Option<Picture> {
        let bytes = (width as usize).checked_mul(height as usize)?.checked_mul(4)?;
        (rgba.len() == bytes).then_some(Picture { width, height, rgba })
    }

    /// In device px.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In device px.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// One pixel; nothing outside the picture.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let start = (y as usize * self.width as usize + x as usize) * 4;
        self.rgba.get(start..start + 4)?.try_into().ok()
    }
}

impl Picture {
    /// A PNG file of the picture.
    ///
    /// # Errors
    /// The picture is empty or too large for the format.
    pub fn to_png(&self) -> Result<Vec<u8>, CaptureError> {
        encode_png(self.width, self.height, &self.rgba)
            .map_err(|error| CaptureError::Coding { action: "written", reason: error.to_string() })
    }

    /// The picture in a PNG file.
    ///
    /// # Errors
    /// The bytes are no complete PNG file.
    pub fn from_png(bytes: &[u8]) -> Result<Picture, CaptureError> {
        let unreadable = |reason: String| CaptureError::Coding { action: "read", reason };
        match decode(bytes, Some("image/png"), &DecodeOptions::default()) {
            Ok(Image::Raster(raster)) if raster.is_complete() => {
                let rgba =
                    raster.pixels().as_chunks::<4>().0.iter().flat_map(|pixel| straight(*pixel)).collect();
                Ok(Picture { width: raster.width(), height: raster.height(), rgba })
            }
            Ok(_) => Err(unreadable("it is not a complete PNG file".to_owned())),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }
}

/// Undoes premultiplication; what is transparent has no colour.
fn straight([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
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

    #[test]
    fn a_picture_survives_its_file() {
        let picture = Picture::from_rgba(2, 1, vec![1, 2, 3, 255, 250, 0, 9, 255]).unwrap();
        assert_eq!(Picture::from_png(&picture.to_png().unwrap()).unwrap(), picture);
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(Picture::from_png(b"nonsense").is_err());
        assert_eq!(Picture::from_rgba(2, 2, vec![0; 15]), None);
    }

    #[test]
    fn pixels_outside_are_nothing() {
        let picture = Picture::from_rgba(1, 1, vec![1, 2, 3, 4]).unwrap();
        assert_eq!(
            (picture.pixel(0, 0), picture.pixel(1, 0), picture.pixel(0, 1)),
            (Some([1, 2, 3, 4]), None, None)
        );
    }
}
