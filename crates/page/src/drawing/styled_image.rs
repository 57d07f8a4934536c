//! Images that are SVG documents with style sheets.

use fanlight_base::Rgba;
use fanlight_base::geometry::CssSize;
use fanlight_image::{DecodeOptions, Image, ImageError, IntrinsicSize, decode};

use super::svg_document::SvgDocument;
use super::writer::Writer;

const MIME_TYPE: &str = "image/svg+xml";

/// An SVG image, drawn as its own style sheets and style attributes say. One without any is decoded as it is.
pub(crate) fn decode_svg(bytes: &[u8], options: &DecodeOptions) -> Result<Image, ImageError> {
    // Also checks what nobody could draw: it is well-formed and not too deep or large.
    let plain = decode(bytes, Some(MIME_TYPE), options)?;
    if !bytes.windows(5).any(|word| word == b"style") {
        return Ok(plain);
    }
    let natural = plain.intrinsic_size();
    let default = (IntrinsicSize::DEFAULT_WIDTH, IntrinsicSize::DEFAULT_HEIGHT);
    let (width, height) = natural.concrete_size(None, None, default);
    let size = CssSize::new(width, height);
    let Some(document) = SvgDocument::read(bytes, size) else { return Ok(plain) };
    let source = document.source();
    let style = source.style(document.root);
    // The background of the root element covers the whole image.
    // <https://drafts.csswg.org/css-backgrounds-3/#special-backgrounds>
    let current = style.inherited_text.color.resolve(Rgba::BLACK);
    let canvas = Some(style.background.background_color.resolve(current));
    let styled = Writer::document(source, document.root, size);
    let options = DecodeOptions { canvas, ..options.clone() };
    // Where styling made of it what cannot be drawn, it is better drawn without.
    Ok(decode(styled.text.as_bytes(), Some(MIME_TYPE), &options).unwrap_or(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(attributes: &str, content: &str) -> Image {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}>{content}</svg>");
        decode_svg(text.as_bytes(), &DecodeOptions::default()).unwrap()
    }

    /// The pixel in the middle of the image at 20 by 10 CSS px.
    #[track_caller]
    fn middle(attributes: &str, content: &str) -> [u8; 4] {
        let Image::Svg(image) = image(attributes, content) else { panic!("not an SVG image") };
        image.rasterise(20.0, 10.0, 20, 10).unwrap().pixel(10, 5).unwrap()
    }

    const GREEN: [u8; 4] = [0, 128, 0, 255];

    #[test]
    fn the_background_of_the_root_covers_the_image() {
        assert_eq!(middle("width='20' height='10' style='background: green'", ""), GREEN);
        assert_eq!(middle("viewBox='0 0 1 50' style='background: green'", ""), GREEN, "beside the view box");
        assert_eq!(middle("", "<style>:root { color: green; background: currentcolor }</style>"), GREEN);
        assert_eq!(middle("style='fill: red'", ""), [0; 4]);
    }

    #[test]
    fn style_sheets_mean_what_they_mean_in_a_page() {
        let rect = "<rect class='a' width='20' height='10' fill='red'/>";
        for sheet in [
            ":root { --c: green } .a { fill: var(--c) }",
            "@media (min-width: 20px) { rect:not(.b) { fill: rgb(0 128 0) } }",
            "@layer low { rect { fill: red } } rect:is(.a) { fill: green }",
            "svg { &amp; > .a { fill: green } }",
        ] {
            assert_eq!(
                middle("width='20' height='10'", &format!("<style>{sheet}</style>{rect}")),
                GREEN,
                "{sheet}"
            );
        }
        assert_ne!(middle("", &format!("<style media='print'>.a {{ fill: green }}</style>{rect}")), GREEN);
    }

    #[test]
    fn the_size_of_the_root_can_be_a_property() {
        let image = image("width='7' style='width: 30px; height: 1in'", "");
        assert_eq!(image.intrinsic_size(), IntrinsicSize::of_size(30.0, 96.0));
    }

    #[test]
    fn an_image_that_is_no_svg_is_refused() {
        let html = b"<html xmlns='http://www.w3.org/1999/xhtml' style='color: red'/>";
        assert!(decode_svg(html, &DecodeOptions::default()).is_err());
    }
}
