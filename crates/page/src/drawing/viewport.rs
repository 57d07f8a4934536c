//! The viewports that SVG elements make: what percentages in them are of.
//! <https://svgwg.org/svg2-draft/coords.html#EstablishingANewSVGViewport>

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::geometry::CssSize;
use fanlight_css::ComputedStyle;
use fanlight_css::values::size::Size;
use fanlight_dom::{ElementData, NodeId};

use super::writer::Source;
use crate::limits::MAX_SVG_ANCESTORS;

/// The size in user units of the viewport that an element makes for what is inside; `around` is the one that it is in. `None`
/// where it makes none.
pub(super) fn inside(element: &ElementData, style: &ComputedStyle, around: CssSize) -> Option<CssSize> {
    if !matches!(&*element.name.local, "svg" | "symbol" | "marker" | "pattern") {
        return None;
    }
    if let Some(size) = element.attribute(&local_name!("viewBox")).and_then(view_box) {
        return Some(size);
    }
    if element.name.local != local_name!("svg") {
        return None;
    }
    let length = |size: &Size, basis: f32| match size {
        Size::LengthPercentage(length) => length.resolve(basis),
        _ => basis,
    };
    Some(CssSize::new(length(&style.size.width, around.width), length(&style.size.height, around.height)))
}

/// The viewport that an element anywhere in the document is in, as far as attributes say.
pub(super) fn around(source: Source<'_>, node: NodeId) -> CssSize {
    let mut makers: Vec<&ElementData> = Vec::new();
    let mut styles = Vec::new();
    for above in source.document.ancestors(node).take(MAX_SVG_ANCESTORS) {
        let Some(element) = source.document.element(above) else { break };
        if element.name.namespace != ns!(svg) {
            break;
        }
        makers.push(element);
        styles.push(source.style(above));
    }
    let mut size = CssSize::zero();
    for (element, style) in makers.iter().zip(styles).rev() {
        size = inside(element, style, size).unwrap_or(size);
    }
    size
}

/// Width and height of a `viewBox`. <https://svgwg.org/svg2-draft/coords.html#ViewBoxAttribute>
fn view_box(text: &str) -> Option<CssSize> {
    let numbers: Vec<f32> = text
        .split(|c: char| c.is_ascii_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map_while(|word| word.parse().ok().filter(|number: &f32| number.is_finite()))
        .collect();
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some(CssSize::new(width, height)),
        _ => None,
    }
}
