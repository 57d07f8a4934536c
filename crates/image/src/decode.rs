//! Bytes to an [`Image`].

use std::io::Cursor;
use std::sync::Arc;

use fanlight_base::Rgba;
use image::codecs::{bmp, gif, ico, jpeg, png, webp};
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageFormat};

use crate::svg::{self, SvgFonts, SvgImage};
use crate::{Image, ImageError, IntrinsicSize, Limits, RasterImage, limits};

/// What decoding may use.
#[derive(Clone, Default)]
pub struct DecodeOptions {
    /// How much an image may ask for.
    pub limits: Limits,
    /// Where the fonts of SVG texts come from; texts are left out without it. Asked only when an image has text.
    pub fonts: Option<Arc<dyn SvgFonts>>,
    /// What an SVG image is drawn on, where that is not transparent.
    pub canvas: Option<Rgba>,
    /// What the `<image>` elements of an SVG image show, by the text of their `href`. Without it they show what is in the text
    /// itself, in a `data:` URL.
    pub linked_images: Vec<(String, Image)>,
}

/// Decodes an image. Of a file that ends early or is damaged in the middle, what was decoded is kept, as browsers show
/// it; the rest is transparent ([`RasterImage::is_complete`] tells). Of an animation, the first frame is kept.
///
/// `mime` is the declared type's essence, such as `image/png`. Raster formats are told by their first bytes, whatever
/// the type says (<https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>); an SVG must be declared as
/// `image/svg+xml`, or have no type at all.
pub fn decode(bytes: &[u8], mime: Option<&str>, options: &DecodeOptions) -> Result<Image, ImageError> {
    let _span = tracing::info_span!("decode_image", bytes = bytes.len()).entered();
    check_encoded_size(bytes, &options.limits)?;
    match format_of(bytes, mime)? {
        Format::Svg => SvgImage::parse(bytes, options).map(Image::Svg),
        Format::Raster(format) => decode_raster(bytes, format, &options.limits).map(Image::Raster),
    }
}

/// The natural dimensions, from the header alone; the bytes after it need not be there yet.
pub fn probe(bytes: &[u8], mime: Option<&str>) -> Result<IntrinsicSize, ImageError> {
    check_encoded_size(bytes, &Limits::default())?;
    match format_of(bytes, mime)? {
        Format::Svg => svg::probe(bytes),
        Format::Raster(format) => with_decoder(bytes, format, |mut decoder| {
            let (width, height) = decoder.dimensions();
            let sideways = swaps_axes(decoder.orientation().unwrap_or(Orientation::NoTransforms));
            Ok(if sideways {
                IntrinsicSize::of_pixels(height, width)
            } else {
                IntrinsicSize::of_pixels(width, height)
            })
        }),
    }
}

enum Format {
    Svg,
    Raster(ImageFormat),
}

fn check_encoded_size(bytes: &[u8], limits: &Limits) -> Result<(), ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    if bytes.len() > limits.encoded_bytes {
        return Err(ImageError::TooManyBytes { bytes: bytes.len(), limit: limits.encoded_bytes });
    }
    Ok(())
}

fn format_of(bytes: &[u8], mime: Option<&str>) -> Result<Format, ImageError> {
    match mime {
        Some("image/svg+xml") => Ok(Format::Svg),
        None if svg::looks_like_svg(&bytes[..bytes.len().min(limits::SVG_SNIFF_BYTES)]) => Ok(Format::Svg),
        _ => match image::guess_format(bytes) {
            Ok(
                format @ (ImageFormat::Png
                | ImageFormat::Jpeg
                | ImageFormat::Gif
                | ImageFormat::WebP
                | ImageFormat::Bmp
                | ImageFormat::Ico),
            ) => Ok(Format::Raster(format)),
            _ => Err(ImageError::UnknownFormat),
        },
    }
}

fn name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::Gif => "GIF",
        ImageFormat::WebP => "WebP",
        ImageFormat::Bmp => "BMP",
        _ => "ICO",
    }
}

/// Opens the decoder of a format, which reads the header, and hands it on.
fn with_decoder<T>(
    bytes: &[u8],
    format: ImageFormat,
    work: impl FnOnce(Box<dyn ImageDecoder + '_>) -> Result<T, ImageError>,
) -> Result<T, ImageError> {
    let input = Cursor::new(bytes);
    let decoder: Result<Box<dyn ImageDecoder + '_>, image::ImageError> = match format {
        ImageFormat::Png => png::PngDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
        ImageFormat::Jpeg => jpeg::JpegDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
        ImageFormat::Gif => gif::GifDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
        ImageFormat::WebP => webp::WebPDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
        ImageFormat::Bmp => bmp::BmpDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
        _ => ico::IcoDecoder::new(input).map(|decoder| Box::new(decoder) as Box<_>),
    };
    work(decoder.map_err(|error| malformed(format, &error))?)
}

fn malformed(format: ImageFormat, error: &image::ImageError) -> ImageError {
    ImageError::Malformed { format: name(format), reason: error.to_string() }
}

fn decode_raster(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<RasterImage, ImageError> {
    with_decoder(bytes, format, |mut decoder| {
        let (width, height) = decoder.dimensions();
        let pixels = u64::from(width) * u64::from(height);
        let bad_dimensions = ImageError::BadDimensions { width, height, limit: limits.pixels };
        if pixels == 0 || pixels > limits.pixels {
            return Err(bad_dimensions);
        }
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let color = decoder.color_type();
        let Ok(length) = usize::try_from(decoder.total_bytes()) else { return Err(bad_dimensions) };
        let mut samples = vec![0; length];
        let result = decoder.read_image_boxed(&mut samples);
        let decoded_rows = match &result {
            Ok(()) => height,
            Err(error) => match rows_decoded(&samples, height) {
                0 => return Err(malformed(format, error)),
                rows => rows,
            },
        };
        let Some(mut rgba) = to_rgba(samples, color, width, height) else { return Err(bad_dimensions) };
        // Rows that were never reached are nothing, not black.
        let reached = decoded_rows as usize * width as usize * 4;
        rgba[reached..].fill(0);
        crate::raster::premultiply(&mut rgba);
        RasterImage::oriented(width, height, rgba, result.is_ok(), orientation).ok_or(bad_dimensions)
    })
}

/// How many rows the decoder reached before it failed: the buffer was zero before it started.
fn rows_decoded(samples: &[u8], height: u32) -> u32 {
    let row_bytes = samples.len() / height as usize;
    match samples.iter().rposition(|&byte| byte != 0) {
        Some(last) => ((last / row_bytes) as u32 + 1).min(height),
        None => 0,
    }
}

/// Samples as the decoder gave them to 8-bit RGBA, not premultiplied.
fn to_rgba(samples: Vec<u8>, color: ColorType, width: u32, height: u32) -> Option<Vec<u8>> {
    let rgba = match color {
        ColorType::Rgba8 => samples,
        ColorType::Rgb8 => samples.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect(),
        ColorType::L8 => samples.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect(),
        ColorType::La8 => samples.chunks_exact(2).flat_map(|la| [la[0], la[0], la[0], la[1]]).collect(),
        ColorType::L16 => wide(&samples, 1, |s| [s[0], s[0], s[0], 255]),
        ColorType::La16 => wide(&samples, 2, |s| [s[0], s[0], s[0], s[1]]),
        ColorType::Rgb16 => wide(&samples, 3, |s| [s[0], s[1], s[2], 255]),
        ColorType::Rgba16 => wide(&samples, 4, |s| [s[0], s[1], s[2], s[3]]),
        // None of the formats that are known here decodes to floating point.
        _ => return None,
    };
    (rgba.len() as u64 == u64::from(width) * u64::from(height) * 4).then_some(rgba)
}

/// 16-bit samples in the machine's byte order, `channels` for each pixel, to RGBA.
fn wide(samples: &[u8], channels: usize, to_rgba: impl Fn([u8; 4]) -> [u8; 4]) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(samples.len() / (channels * 2) * 4);
    for pixel in samples.chunks_exact(channels * 2) {
        let mut narrow = [0; 4];
        for (narrow, sample) in narrow.iter_mut().zip(pixel.chunks_exact(2)) {
            *narrow = (u16::from_ne_bytes([sample[0], sample[1]]) >> 8) as u8;
        }
        rgba.extend_from_slice(&to_rgba(narrow));
    }
    rgba
}

fn swaps_axes(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageEncoder as _, RgbaImage};

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([(x * 3) as u8 ^ (y * 29) as u8, (y * 5) as u8, 200, 255])
        });
        let mut file = Cursor::new(Vec::new());
        let image = DynamicImage::ImageRgba8(image);
        let image = if format == ImageFormat::Jpeg { image.into_rgb8().into() } else { image };
        image.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn raster(bytes: &[u8]) -> Result<RasterImage, ImageError> {
        match decode(bytes, Some("image/png"), &DecodeOptions::default())? {
            Image::Raster(raster) => Ok(raster),
            Image::Svg(_) => panic!("not a raster image"),
        }
    }

    #[test]
    fn every_raster_format_is_told_by_its_bytes() {
        for format in [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::Gif,
            ImageFormat::WebP,
            ImageFormat::Bmp,
            ImageFormat::Ico,
        ] {
            let file = encoded(20, 10, format);
            let image = raster(&file).unwrap_or_else(|error| panic!("{format:?}: {error}"));
            assert_eq!((image.width(), image.height()), (20, 10), "{format:?}");
            assert_eq!(probe(&file, None), Ok(IntrinsicSize::of_pixels(20, 10)), "{format:?}");
            assert!(image.is_complete() && image.is_opaque(), "{format:?}");
        }
    }

    #[test]
    fn a_truncated_png_shows_the_rows_that_arrived() {
        let file = encoded(64, 64, ImageFormat::Png);
        let image = raster(&file[..file.len() * 2 / 3]).unwrap();
        assert!(!image.is_complete());
        assert_eq!(image.pixel(0, 0), Some([0, 0, 200, 255]));
        assert_eq!(image.pixel(63, 63), Some([0, 0, 0, 0]));
    }

    #[test]
    fn a_truncated_jpeg_still_has_its_size_and_first_rows() {
        let file = encoded(64, 64, ImageFormat::Jpeg);
        let image = raster(&file[..file.len() * 2 / 3]).unwrap();
        assert_eq!((image.width(), image.height()), (64, 64));
        assert!(image.pixel(0, 0).is_some_and(|pixel| pixel[3] == 255));
    }

    #[test]
    fn a_header_alone_is_enough_to_probe_but_not_to_decode() {
        let file = encoded(64, 32, ImageFormat::Png);
        assert_eq!(probe(&file[..48], None), Ok(IntrinsicSize::of_pixels(64, 32)));
        assert!(matches!(raster(&file[..48]), Err(ImageError::Malformed { format: "PNG", .. })));
    }

    #[test]
    fn no_prefix_and_no_damage_panics() {
        for format in
            [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp]
        {
            let file = encoded(16, 16, format);
            for length in 0..file.len() {
                let _ = raster(&file[..length]);
            }
            for position in (0..file.len()).step_by(3) {
                let mut damaged = file.clone();
                damaged[position] ^= 0x5a;
                let _ = raster(&damaged);
            }
        }
    }

    #[test]
    fn a_bomb_is_refused_before_its_pixels_are_allocated() {
        let mut file = encoded(8, 8, ImageFormat::Bmp);
        file[18..22].copy_from_slice(&60_000i32.to_le_bytes());
        file[22..26].copy_from_slice(&60_000i32.to_le_bytes());
        assert!(matches!(raster(&file), Err(ImageError::BadDimensions { width: 60_000, .. })));
        let options = DecodeOptions {
            limits: Limits { encoded_bytes: 10, ..Limits::default() },
            ..DecodeOptions::default()
        };
        assert!(matches!(decode(&file, None, &options), Err(ImageError::TooManyBytes { limit: 10, .. })));
    }

    #[test]
    fn what_is_no_image_is_said_to_be_none() {
        assert_eq!(raster(b"<!doctype html><p>Not found"), Err(ImageError::UnknownFormat));
        assert_eq!(raster(b""), Err(ImageError::Empty));
    }

    #[test]
    fn exif_orientation_turns_the_image_upright() {
        // A TIFF header, and one entry: Orientation (0x0112) = 6, a quarter turn clockwise.
        let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        let mut file = Vec::new();
        let mut encoder = jpeg::JpegEncoder::new_with_quality(&mut file, 100);
        encoder.set_exif_metadata(std::mem::take(&mut exif)).unwrap();
        let pixels: Vec<u8> =
            (0..16 * 8).flat_map(|index| if index % 16 < 8 { [0; 3] } else { [255; 3] }).collect();
        encoder.write_image(&pixels, 16, 8, image::ExtendedColorType::Rgb8).unwrap();
        let image = raster(&file).unwrap();
        assert_eq!((image.width(), image.height()), (8, 16));
        assert_eq!(probe(&file, None), Ok(IntrinsicSize::of_pixels(8, 16)));
        assert!(image.pixel(4, 2).is_some_and(|pixel| pixel[0] < 10), "the left half is now above");
        assert!(image.pixel(4, 14).is_some_and(|pixel| pixel[0] > 245), "the right half is now below");
    }
}
