//! Images that are SVG documents of their own: what their style sheets make of them.
//!
//! Such a document runs no scripts and loads nothing.
//! <https://svgwg.org/svg2-draft/conform.html#secure-static-mode>

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssSize;
use fanlight_base::{Rgba, atoms::local_name, atoms::ns};
use fanlight_css::media::{Device, MediaList};
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::values::compute::MissingMetrics;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{DocumentKind, ParserOptions, parse_document};
use fanlight_image::{DecodeOptions, Image, ImageError, IntrinsicSize, decode};
use fanlight_style::{DocumentSheet, StyleSet, resolve};

use super::ids_of;
use super::writer::{Source, Writer};

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
    let Some(styled) = styled(bytes, CssSize::new(width, height)) else { return Ok(plain) };
    let options = DecodeOptions { canvas: Some(styled.canvas), ..options.clone() };
    // Where styling made of it what cannot be drawn, it is better drawn without.
    Ok(decode(styled.text.as_bytes(), Some(MIME_TYPE), &options).unwrap_or(plain))
}

/// A document whose attributes say what its style sheets did.
struct StyledImage {
    text: String,
    /// The background of the root element, which covers the whole image.
    /// <https://drafts.csswg.org/css-backgrounds-3/#special-backgrounds>
    canvas: Rgba,
}

/// Styles a document in a viewport of `size` in CSS px; nothing where its root element is no `<svg>`.
fn styled(bytes: &[u8], size: CssSize) -> Option<StyledImage> {
    let options =
        ParserOptions { kind: DocumentKind::Xml, ..ParserOptions::new("about:svg-image", Arc::new(Unheard)) };
    let document = parse_document(bytes, &options);
    let root = document.document_element()?;
    let element = document.element(root)?;
    if element.name.namespace != ns!(svg) || element.name.local != local_name!("svg") {
        return None;
    }
    let mut set = StyleSet::new(&document, None, Device::new(size, 1.0), sheets(&document));
    let styles = resolve(&document, &mut set, &MissingMetrics, None, &Unheard).styles;
    let ids = ids_of(&document);
    let source = Source { document: &document, styles: &styles, ids: &ids };
    let style = source.style(root);
    let current = style.inherited_text.color.resolve(Rgba::BLACK);
    Some(StyledImage {
        text: Writer::document(source, root, size),
        canvas: style.background.background_color.resolve(current),
    })
}

/// The style sheets of a document, without what they import.
/// <https://svgwg.org/svg2-draft/styling.html#StyleElement>
fn sheets(document: &Document) -> Vec<DocumentSheet> {
    let of = |node: NodeId| {
        let element = document.element(node).filter(|element| element.name.local == local_name!("style"))?;
        let kind = element.attribute(&local_name!("type")).unwrap_or_default();
        if !kind.is_empty() && !kind.eq_ignore_ascii_case("text/css") {
            return None;
        }
        let media = MediaList::parse_text(element.attribute(&local_name!("media")).unwrap_or_default());
        let options = ParseOptions { media, ..ParseOptions::new(Arc::clone(&document.url), Origin::Author) };
        let sheet = Stylesheet::parse(&document.text_content(node), &options, &Unheard);
        let sheet = SheetWithImports::new(Arc::new(sheet));
        Some(DocumentSheet { sheet, owner_parent: document.parent_element(node) })
    };
    document.descendants(NodeId::DOCUMENT).filter_map(of).collect()
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
