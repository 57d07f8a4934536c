//! The root element's start tag: how large the image is, and how it takes another size.

use std::ops::Range;

use usvg::roxmltree;

use crate::IntrinsicSize;
use crate::natural::ratio;

/// What the start tag of the root element says about size.
pub(super) struct Root {
    /// `width` in CSS px; absent when it is missing or a percentage.
    width: Option<f32>,
    /// `height` in CSS px; absent when it is missing or a percentage.
    height: Option<f32>,
    /// Width and height of the `viewBox`.
    view_box: Option<(f32, f32)>,
    /// Whether the `viewBox` is empty, which means that nothing is drawn.
    /// <https://svgwg.org/svg2-draft/coords.html#ViewBoxAttribute>
    pub is_empty: bool,
    /// Whether `preserveAspectRatio` is `none`.
    stretches: bool,
    /// Where the attributes `width` and `height` stand in the source, in order.
    size_attributes: Vec<Range<usize>>,
    /// Where the name of the root element ends.
    name_end: usize,
}

/// Whether a document whose beginning this is has `svg` as its root element.
pub(crate) fn looks_like_svg(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning));
    let Some(start) = root_start(&text) else { return false };
    let name = text[start + 1..].split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next();
    name.is_some_and(|name| name == "svg" || name.ends_with(":svg"))
}

/// Where the root element's tag begins: after comments, processing instructions and the document type.
fn root_start(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find(|c: char| !c.is_ascii_whitespace())?;
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")? + 3;
        } else if rest.starts_with("<?") {
            at += rest.find("?>")? + 2;
        } else if rest.starts_with("<!") {
            at += declaration_end(rest)?;
        } else {
            return rest.starts_with('<').then_some(at);
        }
    }
}

/// The length of a document type declaration; its internal subset may hold `>` of its own.
fn declaration_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut in_subset = false;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[') => in_subset = true,
            (None, b']') => in_subset = false,
            (None, b'>') if !in_subset => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// The length of a start tag, with its `>`.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(index + 1),
            _ => {}
        }
    }
    None
}

impl Root {
    /// Reads the start tag; the rest of the document need not be there.
    pub fn read(source: &str) -> Result<Self, String> {
        let start = root_start(source).ok_or("there is no root element")?;
        let length = tag_end(&source[start..]).ok_or("the root element's tag does not end")?;
        let mut head = source[..start + length].to_owned();
        if !head.ends_with("/>") {
            head.insert(head.len() - 1, '/');
        }
        let parsing = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let document =
            roxmltree::Document::parse_with_options(&head, parsing).map_err(|error| error.to_string())?;
        let element = document.root_element();
        if !element.has_tag_name(("http://www.w3.org/2000/svg", "svg")) {
            return Err("the root element is not svg in the SVG namespace".to_owned());
        }
        let size_attributes = element
            .attributes()
            .filter(|attribute| {
                attribute.namespace().is_none() && matches!(attribute.name(), "width" | "height")
            })
            .map(|attribute| attribute.range())
            .collect();
        let name_length = source[start + 1..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or_default();
        let view_box = element.attribute("viewBox").and_then(view_box);
        Ok(Root {
            width: element.attribute("width").and_then(length_in_px),
            height: element.attribute("height").and_then(length_in_px),
            view_box: view_box.filter(|(width, height)| *width > 0.0 && *height > 0.0),
            is_empty: view_box.is_some_and(|(width, height)| width == 0.0 || height == 0.0),
            stretches: element
                .attribute("preserveAspectRatio")
                .is_some_and(|value| value.split_ascii_whitespace().any(|word| word == "none")),
            size_attributes,
            name_end: start + 1 + name_length,
        })
    }

    /// <https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS>
    pub fn intrinsic_size(&self) -> IntrinsicSize {
        let own_ratio = match (self.width, self.height) {
            (Some(width), Some(height)) => ratio(width, height),
            _ => None,
        };
        let view_box_ratio = || self.view_box.and_then(|(width, height)| ratio(width, height));
        IntrinsicSize { width: self.width, height: self.height, ratio: own_ratio.or_else(view_box_ratio) }
    }

    /// Whether a tree for the natural size, scaled, is right for this viewport too.
    pub fn scales_to(&self, width: f32, height: f32) -> bool {
        match self.view_box {
            None => self.width.is_some() && self.height.is_some(),
            Some(_) if self.stretches => true,
            Some(_) => self.intrinsic_size().ratio.is_some_and(|own| {
                ratio(width, height).is_some_and(|other| (own / other - 1.0).abs() < 1e-4)
            }),
        }
    }

    /// The source with the root element's size replaced, in CSS px.
    pub fn with_viewport(&self, source: &str, width: f32, height: f32) -> String {
        let mut text = String::with_capacity(source.len() + 64);
        text.push_str(&source[..self.name_end]);
        text.push_str(&format!(" width=\"{width}\" height=\"{height}\" "));
        // An image with a size and no viewBox is scaled as if it had one of that size.
        // <https://svgwg.org/svg2-draft/coords.html#ViewBoxAttribute>
        if let (None, Some(own_width), Some(own_height)) = (self.view_box, self.width, self.height)
            && own_width > 0.0
            && own_height > 0.0
        {
            text.push_str(&format!("viewBox=\"0 0 {own_width} {own_height}\" "));
            if !self.stretches {
                text.push_str("preserveAspectRatio=\"none\" ");
            }
        }
        let mut from = self.name_end;
        for range in &self.size_attributes {
            text.push_str(&source[from..range.start]);
            from = range.end;
        }
        text.push_str(&source[from..]);
        text
    }
}

/// A length in CSS px; percentages and what is no length are absent, and so are negative lengths.
/// <https://drafts.csswg.org/css-values-4/#absolute-lengths>
fn length_in_px(value: &str) -> Option<f32> {
    let value = value.trim();
    let (number, unit) = match value.strip_suffix('%') {
        Some(_) => return None,
        None => value.split_at(value.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()),
    };
    let px = match unit.to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        // The initial font size, and half of it for want of a font.
        "em" | "rem" => 16.0,
        "ex" | "ch" => 8.0,
        _ => return None,
    };
    let length = number.parse::<f32>().ok()? * px;
    (length.is_finite() && length >= 0.0).then_some(length)
}

/// Width and height of a `viewBox`, where neither is negative.
fn view_box(value: &str) -> Option<(f32, f32)> {
    let mut numbers = value
        .split(|c: char| c.is_ascii_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| word.parse::<f32>().ok().filter(|number| number.is_finite()));
    let (_x, _y) = (numbers.next()??, numbers.next()??);
    let (width, height) = (numbers.next()??, numbers.next()??);
    (numbers.next().is_none() && width >= 0.0 && height >= 0.0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(attributes: &str) -> IntrinsicSize {
        let source =
            format!("<?xml version='1.0'?><!-- > --><svg xmlns='http://www.w3.org/2000/svg' {attributes}><g");
        Root::read(&source).unwrap().intrinsic_size()
    }

    #[test]
    fn the_start_tag_alone_tells_the_natural_size() {
        assert_eq!(natural("width='20' height='1in'"), IntrinsicSize::of_size(20.0, 96.0));
        assert_eq!(natural(""), IntrinsicSize::default());
        let ratio_only = IntrinsicSize { ratio: Some(2.0), ..IntrinsicSize::default() };
        assert_eq!(natural("viewBox='0,0 40 20'"), ratio_only);
        assert_eq!(natural("width='100%' height='50%' viewBox='0 0 40 20'"), ratio_only);
        let one = IntrinsicSize { width: Some(10.0), height: None, ratio: Some(2.0) };
        assert_eq!(natural("width='10px' viewBox='0 0 40 20'"), one);
    }

    #[test]
    fn nonsense_is_as_if_absent() {
        assert_eq!(natural("width='-5' height='wide' viewBox='0 0 0 20'"), IntrinsicSize::default());
    }

    #[test]
    fn entities_of_the_document_type_are_known() {
        let source = "<!DOCTYPE svg [<!ENTITY ns '>http'>]><svg xmlns='http://www.w3.org/2000/svg' x='&ns;' width='3'/>";
        assert_eq!(Root::read(source).unwrap().intrinsic_size().width, Some(3.0));
    }

    #[test]
    fn only_svg_looks_like_svg() {
        assert!(looks_like_svg(b"\xef\xbb\xbf <?xml version='1.0'?>\n<svg xmlns='"));
        assert!(looks_like_svg(b"<!-- a --><x:svg>"));
        assert!(!looks_like_svg(b"<html><svg>"));
        assert!(!looks_like_svg(b"\x89PNG"));
    }
}
