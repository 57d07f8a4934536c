//! What `<image>` elements show that stands in other files.
//! <https://svgwg.org/svg2-draft/embedded.html#ImageElement>

use std::sync::Arc;

use super::{SvgImage, on_stack, read_tree};
use crate::encode::encode_uncompressed;
use crate::{Image, straight};

/// An image, in a form that is read when a document is laid out.
pub(super) struct LinkedImage {
    /// What the element says in its `href`.
    pub(super) href: String,
    contents: Contents,
}

enum Contents {
    /// A PNG file.
    Raster(Arc<Vec<u8>>),
    Svg(SvgImage),
}

impl LinkedImage {
    /// Nothing for an image that cannot be written as a file.
    pub(super) fn new((href, image): &(String, Image)) -> Option<Self> {
        let contents = match image {
            Image::Raster(raster) => {
                let pixels: Vec<[u8; 4]> =
                    raster.pixels().as_chunks::<4>().0.iter().map(|pixel| straight(*pixel)).collect();
                let file = encode_uncompressed(raster.width(), raster.height(), &pixels).ok()?;
                Contents::Raster(Arc::new(file))
            }
            Image::Svg(image) => Contents::Svg(image.clone()),
        };
        Some(LinkedImage { href: href.clone(), contents })
    }

    /// What the reader of documents takes.
    pub(super) fn picture(&self) -> Option<usvg::ImageKind> {
        match &self.contents {
            Contents::Raster(file) => Some(usvg::ImageKind::PNG(Arc::clone(file))),
            Contents::Svg(image) => {
                let (width, height) = image.default_viewport();
                let source = image.0.root.with_viewport(&image.0.source, width, height);
                let options = image.options();
                let tree = on_stack(image.0.deep, || read_tree(&source, &options))?.ok()?;
                Some(usvg::ImageKind::SVG(tree))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{DecodeOptions, Image, RasterImage, decode};

    const GREEN: [u8; 4] = [0, 128, 0, 255];

    fn drawn(linked_images: Vec<(String, Image)>) -> Option<[u8; 4]> {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>\
            <image href='http://a/b.png?c&amp;d' width='8' height='8'/></svg>";
        let options = DecodeOptions { linked_images, ..DecodeOptions::default() };
        let Ok(Image::Svg(image)) = decode(text.as_bytes(), None, &options) else { panic!("an SVG image") };
        image.rasterise(8.0, 8.0, 8, 8).unwrap().pixel(4, 4)
    }

    #[test]
    fn images_that_are_given_are_shown_and_no_others() {
        let raster = RasterImage::from_straight(2, 2, GREEN.repeat(4)).map(Image::Raster).unwrap();
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>\
            <rect width='1' height='1' fill='green'/></svg>";
        let svg = decode(svg.as_bytes(), None, &DecodeOptions::default()).unwrap();
        for image in [raster, svg] {
            assert_eq!(drawn(vec![("http://a/b.png?c&d".to_owned(), image.clone())]), Some(GREEN));
            assert_eq!(drawn(vec![("http://a/c.png".to_owned(), image)]), Some([0; 4]));
        }
    }
}
