//! `<clipPath>`, `<mask>` and `<filter>` elements that boxes of the page refer to, as documents that draw what they leave, or as
//! filters of pictures. Their units are said in CSS px, since what they are applied to is no SVG.
//! <https://drafts.fxtf.org/css-masking-1/>, <https://drafts.fxtf.org/filter-effects-1/>

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform};
use fanlight_css::properties::effects::{MaskMode, MaskType};
use fanlight_css::properties::svg::SvgColorInterpolation;
use fanlight_css::values::display::Display;
use fanlight_dom::{ElementData, NodeId};
use fanlight_image::SvgFilter;
use fanlight_paint::{MaskElement, MaskRequest};

use super::filter::{attribute, number};
use super::transform;
use super::writer::{Changes, Source, Writer, Written};

/// The local name of elements that mask.
pub(super) const fn mask_element_name(element: MaskElement) -> &'static str {
    match element {
        MaskElement::ClipPath => "clipPath",
        MaskElement::Mask => "mask",
    }
}

/// A drawing of what the element of an id leaves: opaque where all is left. `None` where it is none that the request asks for.
pub(super) fn mask(source: Source<'_>, id: &str, request: &MaskRequest<'_>) -> Option<Written> {
    // The origin of user space is the corner of the reference box.
    let to_user = -request.reference.origin.to_vector();
    let reference = request.reference.translate(to_user);
    let area = request.area.translate(to_user);
    let node = source.by_id(id, |name| name == mask_element_name(request.element))?;
    let mut writer = Writer::new(source, area);
    let property = match request.element {
        MaskElement::ClipPath => {
            writer.tree(node, &clip_path(source, node, reference)?);
            "clip-path"
        }
        MaskElement::Mask => {
            let mode = match request.mode {
                MaskMode::Alpha => MaskType::Alpha,
                MaskMode::Luminance => MaskType::Luminance,
                MaskMode::MatchSource => source.style(node).effects.mask_type,
            };
            writer.tree(node, &mask_element(source, node, reference, mode)?);
            "mask"
        }
    };
    writer.markup("<rect fill=\"white\"");
    for (name, value) in corners(area) {
        writer.attribute(name, value);
    }
    writer.attribute(property, format_args!("url(#{id})"));
    writer.markup("/>");
    writer.definitions();
    Some(writer.finish())
}

/// A filter whose user space begins at `corner`, and whose parts are of `reference`, in CSS px. `None` where the id is no
/// `<filter>`'s.
pub(super) fn filter(
    source: Source<'_>,
    id: &str,
    corner: CssPoint,
    reference: CssRect,
) -> Option<SvgFilter> {
    let node = source.by_id(id, |name| name == "filter")?;
    let element = source.document.element(node)?;
    let origin = corner.to_vector();
    let reference = reference.translate(-origin);
    let mut writer = Writer::empty(source);
    let is_part = |name: &str| attribute(element, name) == Some("objectBoundingBox");
    if is_part("primitiveUnits") {
        writer.primitive_box = Some(reference);
    }
    let region = region(element, attribute(element, "filterUnits"), reference)?;
    let mut attributes =
        vec![("filterUnits", "userSpaceOnUse".to_owned()), ("primitiveUnits", "userSpaceOnUse".to_owned())];
    attributes.extend(corners(region).map(|(name, value)| (name, value.to_string())));
    // Without boxes around it Chromium's filters know no properties, and interpolate colours as CSS does.
    let is_undisplayed = source.document.ancestors(node).any(|above| {
        // Inside of the drawing the user agent's style sheet has it so.
        let is_defs = source.document.element(above).is_some_and(|element| *element.name.local == *"defs");
        !is_defs && source.style(above).boxes.display == Display::None
    });
    let interpolation = source.style(node).svg.color_interpolation_filters;
    if is_undisplayed && interpolation == SvgColorInterpolation::LinearRgb {
        attributes.push(("color-interpolation-filters", "sRGB".to_owned()));
    }
    writer.tree(node, &Changes { attributes, contents: None });
    writer.primitive_box = None;
    writer.definitions();
    Some(SvgFilter::new(writer.into_elements(), id, corner, region.translate(origin)))
}

fn corners(rect: CssRect) -> [(&'static str, f32); 4] {
    [("x", rect.origin.x), ("y", rect.origin.y), ("width", rect.size.width), ("height", rect.size.height)]
}

/// The attributes `x`, `y`, `width` and `height` of a mask or filter in user units; a tenth more than the box on all sides where
/// they are absent. `None` where nothing is left.
fn region(element: &ElementData, units: Option<&str>, reference: CssRect) -> Option<CssRect> {
    let is_user = units == Some("userSpaceOnUse");
    let value = |name: &str, default: f32, start: f32, length: f32| {
        let Some(text) = attribute(element, name) else { return start + default * length };
        match number(text) {
            Some(value) if is_user && !text.ends_with('%') => value,
            // Percentages of user space would be of a viewport, which a box has not.
            Some(value) => start + value * length,
            None => text.strip_suffix("px").and_then(number).unwrap_or(start + default * length),
        }
    };
    let (corner, size) = (reference.origin, reference.size);
    let rect = CssRect::new(
        CssPoint::new(value("x", -0.1, corner.x, size.width), value("y", -0.1, corner.y, size.height)),
        CssSize::new(value("width", 1.2, 0.0, size.width), value("height", 1.2, 0.0, size.height)),
    );
    (rect.size.width > 0.0 && rect.size.height > 0.0).then_some(rect)
}

/// From parts of a box to user units.
fn from_parts(reference: CssRect) -> CssTransform {
    CssTransform::scale(reference.size.width, reference.size.height, 1.0).then(&CssTransform::translation(
        reference.origin.x,
        reference.origin.y,
        0.0,
    ))
}

/// <https://drafts.fxtf.org/css-masking-1/#element-attrdef-clippath-clippathunits>
fn clip_path(source: Source<'_>, node: NodeId, reference: CssRect) -> Option<Changes> {
    let element = source.document.element(node)?;
    if attribute(element, "clipPathUnits") != Some("objectBoundingBox") {
        return Some(Changes::default());
    }
    let own = transform::matrix(source, node, reference.size).unwrap_or_else(CssTransform::identity);
    let matrix = own.then(&from_parts(reference));
    let attributes = vec![
        ("clipPathUnits", "userSpaceOnUse".to_owned()),
        ("transform", transform::Attribute(matrix).to_string()),
    ];
    Some(Changes { attributes, contents: None })
}

/// <https://drafts.fxtf.org/css-masking-1/#element-attrdef-mask-maskunits>
fn mask_element(source: Source<'_>, node: NodeId, reference: CssRect, mode: MaskType) -> Option<Changes> {
    let element = source.document.element(node)?;
    let region = region(element, attribute(element, "maskUnits"), reference)?;
    let mode = if mode == MaskType::Alpha { "alpha" } else { "luminance" };
    let mut attributes = vec![
        ("maskUnits", "userSpaceOnUse".to_owned()),
        ("maskContentUnits", "userSpaceOnUse".to_owned()),
        ("style", format!("mask-type:{mode}")),
    ];
    attributes.extend(corners(region).map(|(name, value)| (name, value.to_string())));
    let contents = (attribute(element, "maskContentUnits") == Some("objectBoundingBox"))
        .then(|| transform::Attribute(from_parts(reference)).to_string());
    Some(Changes { attributes, contents })
}
