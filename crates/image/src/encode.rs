//! Pixels to a PNG file.

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

/// Why pixels could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The number of bytes does not fit the size.
    #[error("{bytes} bytes are not the pixels of a {width}x{height} image")]
    WrongLength {
        /// The number of bytes handed in.
        bytes: usize,
        /// The width in px.
        width: u32,
        /// The height in px.
        height: u32,
    },
    /// The encoder refused.
    #[error("the picture could not be encoded as PNG: {0}")]
    Encoder(#[from] image::ImageError),
}

/// A PNG file of RGBA pixels, 8 bits each, *not* premultiplied, row by row. A picture that is opaque throughout is written
/// without alpha.
pub fn encode_png(width: u32, height: u32, straight: &[u8]) -> Result<Vec<u8>, EncodeError> {
    if straight.len() as u64 != u64::from(width) * u64::from(height) * 4 {
        return Err(EncodeError::WrongLength { bytes: straight.len(), width, height });
    }
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive);
    if straight.chunks_exact(4).all(|pixel| pixel[3] == 255) {
        let colours: Vec<u8> =
            straight.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        encoder.write_image(&colours, width, height, image::ExtendedColorType::Rgb8)?;
    } else {
        encoder.write_image(straight, width, height, image::ExtendedColorType::Rgba8)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DecodeOptions, Image, decode};

    #[test]
    fn what_is_written_can_be_read_again() {
        for alpha in [255, 0] {
            let pixels = [10, 20, 30, 255, 0, 0, 0, alpha];
            let file = encode_png(2, 1, &pixels).unwrap();
            let Image::Raster(image) = decode(&file, None, &DecodeOptions::default()).unwrap() else {
                panic!("a PNG is a raster image");
            };
            assert_eq!(image.pixels(), pixels);
        }
    }

    #[test]
    fn too_few_bytes_are_refused() {
        assert!(matches!(encode_png(2, 2, &[0; 15]), Err(EncodeError::WrongLength { .. })));
    }
}
