//! Pixels to a PNG file.

use std::cell::RefCell;
use std::io::{self, Write as _};
use std::rc::Rc;

use png::{BitDepth, ColorType, Compression, Encoder, Filter, StreamWriter};

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
    let mut rows = PngRows::begin(width, height, is_opaque, compression, filter)?;
    rows.write(straight)?;
    rows.finish()
}

/// A PNG file in the making, which takes pixels row by row: a page of many megabytes need not be in memory.
pub struct PngRows {
    rows: StreamWriter<'static, FileInMemory>,
    file: FileInMemory,
    size: [u32; 2],
    is_opaque: bool,
    written: usize,
}

/// The file, which the encoder writes to and does not give back.
#[derive(Clone, Default)]
struct FileInMemory(Rc<RefCell<Vec<u8>>>);

impl io::Write for FileInMemory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl PngRows {
    /// A picture of this size in px that is opaque throughout: the alpha of what is written to it is not looked at.
    ///
    /// # Errors
    /// The size is beyond the format.
    pub fn opaque(width: u32, height: u32) -> Result<PngRows, EncodeError> {
        PngRows::begin(width, height, true, Compression::Fast, Filter::Adaptive)
    }

    fn begin(
        width: u32,
        height: u32,
        is_opaque: bool,
        compression: Compression,
        filter: Filter,
    ) -> Result<PngRows, EncodeError> {
        let file = FileInMemory::default();
        let mut encoder = Encoder::new(file.clone(), width, height);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
        encoder.set_compression(compression);
        encoder.set_filter(filter);
        let rows = encoder.write_header()?.into_stream_writer()?;
        Ok(PngRows { rows, file, size: [width, height], is_opaque, written: 0 })
    }

    /// Adds pixels, row by row from above.
    ///
    /// # Errors
    /// There are more than the size asks for.
    pub fn write(&mut self, straight: &[[u8; 4]]) -> Result<(), EncodeError> {
        self.written += straight.len();
        let mut colours = Vec::new();
        for row in straight.chunks(self.size[0].max(1) as usize) {
            let bytes = if self.is_opaque {
                colours.clear();
                colours.extend(row.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]));
                &colours
            } else {
                row.as_flattened()
            };
            self.rows.write_all(bytes).map_err(png::EncodingError::from)?;
        }
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// There were fewer pixels than the size asks for.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        let [width, height] = self.size;
        if self.written as u64 != u64::from(width) * u64::from(height) {
            return Err(EncodeError::WrongLength { pixels: self.written, width, height });
        }
        self.rows.finish()?;
        Ok(self.file.0.take())
    }
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
        let mut rows = PngRows::opaque(2, 2).unwrap();
        rows.write(&[[0; 4]; 2]).unwrap();
        assert!(matches!(rows.finish(), Err(EncodeError::WrongLength { pixels: 2, .. })));
    }

    #[test]
    fn rows_one_after_the_other_are_the_same_file() {
        let pixels: Vec<_> = (0..40_u8).map(|at| [at, 255 - at, 3, 255]).collect();
        let mut rows = PngRows::opaque(4, 10).unwrap();
        rows.write(&pixels[..12]).unwrap();
        rows.write(&pixels[12..]).unwrap();
        assert_eq!(rows.finish().unwrap(), encode_png(4, 10, &pixels).unwrap());
    }
}
