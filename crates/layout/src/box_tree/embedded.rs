//! Elements whose content is not made of boxes. <https://html.spec.whatwg.org/multipage/rendering.html#replaced-elements>

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_css::ComputedStyle;
use fanlight_css::values::generated::{Content, ContentItem};
use fanlight_dom::form::InputType;
use fanlight_dom::{ElementData, NodeData, NodeId};
use fanlight_image::IntrinsicSize;

use super::construct::{Builder, is_html};
use super::microsyntaxes::non_negative_integer;
use super::{BoxKind, Replaced, ReplacedKind, alternative};
use crate::ElementImage;

/// The kind of box, where the element is replaced. An element whose image is not there may have an
/// [`alternative`], and no replaced box.
pub(super) fn kind(
    builder: &Builder<'_>,
    node: NodeId,
    element: &ElementData,
    computed: &ComputedStyle,
) -> Option<BoxKind> {
    let replaced = |kind, natural| Some(BoxKind::Replaced(Box::new(Replaced { kind, natural })));
    // https://drafts.csswg.org/css-content-3/#content-property: one image replaces the element.
    if let Content::Items(items, _) = &computed.content.content
        && let [ContentItem::Image(image)] = &**items
    {
        let image = builder.replaced.css_image(image);
        let natural = image.as_ref().map_or_else(IntrinsicSize::default, |image| image.intrinsic_size());
        return replaced(ReplacedKind::Image(image), natural);
    }
    if element.name.namespace == ns!(svg) && element.name.local == local_name!("svg") {
        return replaced(ReplacedKind::Embedded, svg_size(element));
    }
    if !is_html(element) {
        return None;
    }
    match element.name.local {
        local_name!("img") | local_name!("input") => {
            if !can_have_alternative(element) || alternative::of(builder, node, element, computed).is_some() {
                return None;
            }
            let Replaced { kind, natural } = image(builder, node);
            replaced(kind, natural)
        }
        local_name!("canvas") if builder.replaced.has_scripting() => {
            let side = |name, default: f32| {
                element.attribute(name).and_then(non_negative_integer).map_or(default, |value| value as f32)
            };
            let natural = IntrinsicSize::of_size(
                side(&local_name!("width"), IntrinsicSize::DEFAULT_WIDTH),
                side(&local_name!("height"), IntrinsicSize::DEFAULT_HEIGHT),
            );
            replaced(ReplacedKind::Embedded, natural)
        }
        // https://html.spec.whatwg.org/multipage/media.html#the-video-element: the poster has no say where it failed, and what
        // shows nothing has a size, but no ratio.
        local_name!("video") => {
            shown(builder, node).or_else(|| replaced(ReplacedKind::Embedded, IntrinsicSize::default()))
        }
        // The controls.
        local_name!("audio") => replaced(ReplacedKind::Embedded, IntrinsicSize::default()),
        local_name!("iframe") | local_name!("frame") => {
            replaced(ReplacedKind::Embedded, IntrinsicSize::default())
        }
        local_name!("embed") => shown(builder, node).or_else(|| {
            let is_named =
                element.has_attribute(&local_name!("src")) || element.has_attribute(&local_name!("type"));
            let default = if is_named && names_no_image(builder, node, element, &local_name!("src")) {
                IntrinsicSize::default()
            } else {
                IntrinsicSize::of_size(0.0, 0.0)
            };
            let natural = builder.replaced.embedded_size(node).unwrap_or(default);
            replaced(ReplacedKind::Embedded, natural)
        }),
        local_name!("object") => shown(builder, node).or_else(|| {
            let is_empty = names_no_image(builder, node, element, &local_name!("data"))
                && !has_fallback_content(builder, node, element);
            let natural = builder.replaced.embedded_size(node);
            replaced(ReplacedKind::Embedded, natural.or(is_empty.then(IntrinsicSize::default))?)
        }),
        _ => None,
    }
}

/// Whether nothing has come that an element names, nor will.
fn names_no_image(builder: &Builder<'_>, node: NodeId, element: &ElementData, name: &LocalName) -> bool {
    matches!(builder.replaced.image(node), ElementImage::Absent)
        || element.attribute(name).is_some_and(|address| address.trim_ascii().is_empty())
}

/// The box of an element whose image is there.
fn shown(builder: &Builder<'_>, node: NodeId) -> Option<BoxKind> {
    let image = builder.replaced.image(node).ready()?;
    let natural = image.intrinsic_size();
    Some(BoxKind::Replaced(Box::new(Replaced { kind: ReplacedKind::Image(Some(image)), natural })))
}

/// Whether an element shows an image, or something else in its place.
pub(super) fn can_have_alternative(element: &ElementData) -> bool {
    element.is_html(&local_name!("img"))
        || element.is_html(&local_name!("input")) && InputType::of(element) == InputType::Image
}

/// Whether an `<object>` refers to something that did not come, or holds something to show in its place.
/// <https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-object-element>
fn has_fallback_content(builder: &Builder<'_>, node: NodeId, element: &ElementData) -> bool {
    let document = builder.document;
    element.attribute(&local_name!("data")).is_some_and(|data| !data.is_empty())
        || document.children(node).any(|child| match document.node(child).data() {
            NodeData::Text(text) => !text.trim_ascii().is_empty(),
            NodeData::Element(element) => !element.is_html(&local_name!("param")),
            _ => false,
        })
}

/// The image of an element, with the natural size that its density leaves it; without size while it is not there.
/// <https://html.spec.whatwg.org/multipage/images.html#density-corrected-intrinsic-width-and-height>
fn image(builder: &Builder<'_>, node: NodeId) -> Replaced {
    let image = builder.replaced.image(node).ready();
    let natural = match &image {
        Some(image) => {
            let natural = image.intrinsic_size();
            let density = builder.replaced.density(node);
            let corrected = |side: Option<f32>| side.map(|side| side / density);
            IntrinsicSize {
                width: corrected(natural.width),
                height: corrected(natural.height),
                ratio: natural.ratio,
            }
        }
        None => IntrinsicSize::of_size(0.0, 0.0),
    };
    Replaced { kind: ReplacedKind::Image(image), natural }
}

/// The natural dimensions of inline SVG. <https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS>
fn svg_size(element: &ElementData) -> IntrinsicSize {
    let length = |name| {
        let text = element.attribute(name)?.trim();
        let number = text.strip_suffix("px").unwrap_or(text);
        number.parse::<f32>().ok().filter(|value| value.is_finite() && *value >= 0.0)
    };
    let (width, height) = (length(&local_name!("width")), length(&local_name!("height")));
    let view_box = element.attribute(&local_name!("viewBox")).and_then(|text| {
        let parts: Vec<f32> = text
            .split(|character: char| character.is_ascii_whitespace() || character == ',')
            .filter(|part| !part.is_empty())
            .map_while(|part| part.parse().ok())
            .collect();
        match parts[..] {
            [_, _, width, height] if width > 0.0 && height > 0.0 => Some(width / height),
            _ => None,
        }
    });
    let ratio = match (width, height) {
        (Some(width), Some(height)) if width > 0.0 && height > 0.0 => Some(width / height),
        _ => view_box,
    };
    IntrinsicSize { width, height, ratio }
}
