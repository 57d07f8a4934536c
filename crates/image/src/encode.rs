//! Pixels to a PNG file.

use std::io::Write as _;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// Why pixels could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The number of pixels does not fit the size.
    #[error("{pixels} pixels do not fill a {width}x{height} image")]
    WrongLength {
        /// The number of pixels handed in.
        pixels: usize,
        /// The width in px.
        width: u32,
        /// The height in px.
        height: u32,
    },
    /// The encoder refused.
    #[error("the picture could not be encoded as PNG: {0}")]
    Encoder(#[from] png::EncodingError),
}

/// A PNG file of RGBA pixels, 8 bits each, *not* premultiplied, row by row. A picture that is opaque throughout is written
/// without alpha. <https://w3c.github.io/png/>
///
/// # Errors
/// There are more or fewer pixels than the size asks for, or the size is beyond the format.
pub fn encode_png(width: u32, height: u32, straight: &[[u8; 4]]) -> Result<Vec<u8>, EncodeError> {
    encode(width, height, straight, Compression::Fast, Filter::Adaptive)
}

/// The same, large and quickly made: for what is read again at once.
pub(crate) fn encode_uncompressed(
    width: u32,
    height: u32,
    straight: &[[u8; 4]],
) -> Result<Vec<u8>, EncodeError> {
    encode(width, height, straight, Compression::NoCompression, Filter::NoFilter)
}

fn encode(
    width: u32,
    height: u32,
    straight: &[[u8; 4]],
    compression: Compression,
    filter: Filter,
) -> Result<Vec<u8>, EncodeError> {
    if straight.len() as u64 != u64::from(width) * u64::from(height) {
        return Err(EncodeError::WrongLength { pixels: straight.len(), width, height });
    }
    let is_opaque = straight.iter().all(|pixel| pixel[3] == 255);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_compression(compression);
    encoder.set_filter(filter);
    let mut writer = encoder.write_header()?;
    // Row by row, so that a page of many megabytes is not in memory twice more.
    let mut rows = writer.stream_writer()?;
    let mut colours = Vec::with_capacity(width as usize * 3);
    for row in straight.chunks_exact(width.max(1) as usize) {
        let bytes = if is_opaque {
            colours.clear();
            colours.extend(row.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]));
            &colours
        } else {
            row.as_flattened()
        };
        rows.write_all(bytes).map_err(png::EncodingError::from)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DecodeOptions, Image, decode};

    #[test]
    fn what_is_written_can_be_read_again() {
        for alpha in [255, 0] {
            let pixels = [[10, 20, 30, 255], [0, 0, 0, alpha]];
            let file = encode_png(2, 1, &pixels).unwrap();
            let Image::Raster(image) = decode(&file, None, &DecodeOptions::default()).unwrap() else {
                panic!("a PNG is a raster image");
            };
            assert_eq!(image.pixels(), pixels.as_flattened());
        }
    }

    #[test]
    fn rows_keep_their_order() {
        let pixels: Vec<_> = (0..40_u8).map(|at| [at, 255 - at, 3, 255]).collect();
        let file = encode_png(4, 10, &pixels).unwrap();
        let Image::Raster(image) = decode(&file, None, &DecodeOptions::default()).unwrap() else {
            panic!("a PNG is a raster image");
        };
        assert_eq!((image.width(), image.height()), (4, 10));
        assert_eq!(image.pixels(), pixels.as_flattened());
    }

    #[test]
    fn too_few_pixels_are_refused() {
        assert!(matches!(encode_png(2, 2, &[[0; 4]; 3]), Err(EncodeError::WrongLength { .. })));
    }
}
