//! Filter primitives: numbers that are parts of a box in user units, and which may not show what they were given.

use fanlight_base::atoms::ns;
use fanlight_base::geometry::CssRect;
use fanlight_css::values::color::Color;
use fanlight_dom::{ElementData, NodeId};
use rustc_hash::FxHashMap;

use super::writer::Source;

/// The value of an attribute in no namespace.
pub(super) fn attribute<'e>(element: &'e ElementData, name: &str) -> Option<&'e str> {
    let mut attributes = element.attributes().iter();
    let found = attributes.find(|own| *own.name.local == *name && own.name.namespace == ns!())?;
    Some(found.value.trim())
}

/// A number, or a percentage as a part of one.
pub(super) fn number(text: &str) -> Option<f32> {
    let value = match text.strip_suffix('%') {
        Some(percentage) => percentage.trim().parse::<f32>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

/// The attributes of a primitive, or of what is in one, whose numbers are parts of a box, in user units.
/// <https://drafts.fxtf.org/filter-effects-1/#element-attrdef-filter-primitiveunits>
pub(super) fn in_user_units(element: &ElementData, unit: CssRect) -> Vec<(&'static str, String)> {
    let (width, height) = (unit.size.width, unit.size.height);
    let diagonal = width.hypot(height) / std::f32::consts::SQRT_2;
    let is_light = matches!(&*element.name.local, "fePointLight" | "feSpotLight");
    let single = [
        ("x", unit.origin.x, width),
        ("y", unit.origin.y, height),
        ("width", 0.0, width),
        ("height", 0.0, height),
        ("dx", 0.0, width),
        ("dy", 0.0, height),
        ("z", 0.0, if is_light { diagonal } else { 1.0 }),
        ("pointsAtX", unit.origin.x, width),
        ("pointsAtY", unit.origin.y, height),
        ("pointsAtZ", 0.0, diagonal),
    ];
    let mut changed: Vec<(&'static str, String)> = Vec::new();
    for (name, start, factor) in single {
        if let Some(value) = attribute(element, name).and_then(number) {
            changed.push((name, (start + value * factor).to_string()));
        }
    }
    if *element.name.local == *"feDisplacementMap"
        && let Some(scale) = attribute(element, "scale").and_then(number)
    {
        changed.push(("scale", (scale * diagonal).to_string()));
    }
    for name in ["stdDeviation", "radius"] {
        let Some(value) = attribute(element, name) else { continue };
        let mut parts = value
            .split(|c: char| c.is_ascii_whitespace() || c == ',')
            .filter(|part| !part.is_empty())
            .filter_map(number);
        if let Some(first) = parts.next() {
            let second = parts.next().unwrap_or(first);
            changed.push((name, format!("{} {}", first * width, second * height)));
        }
    }
    changed
}

/// Gives a displacement map the root of its scale, since resvg 0.49 multiplies by the scale twice; it cannot be had negative.
pub(super) fn adjust_displacement(element: &ElementData, attributes: &mut Vec<(&'static str, String)>) {
    if *element.name.local != *"feDisplacementMap" {
        return;
    }
    let changed = attributes.iter().position(|(name, _)| *name == "scale");
    let scale = match changed.map(|index| attributes.swap_remove(index)) {
        Some((_, text)) => number(&text),
        None => attribute(element, "scale").and_then(number),
    };
    if let Some(scale) = scale.filter(|scale| *scale > 0.0) {
        attributes.push(("scale", scale.sqrt().to_string()));
    }
}

/// The displacement maps of a filter whose map holds a colour that the page's scripts must not learn: `currentcolor`, which may
/// tell whether a link was visited.
/// <https://drafts.fxtf.org/filter-effects-1/#tainted-filter-primitives>
pub(super) fn tainted_maps(source: Source<'_>, filter: NodeId) -> Vec<NodeId> {
    let mut maps = Vec::new();
    let mut results: FxHashMap<&str, bool> = FxHashMap::default();
    let mut previous = false;
    for node in source.document.element_children(filter) {
        let Some(element) = source.document.element(node) else { continue };
        let input = |element: &ElementData, name: &str| match attribute(element, name) {
            Some("SourceGraphic" | "SourceAlpha") => false,
            Some(name) => results.get(name).copied().unwrap_or(previous),
            None => previous,
        };
        let reset = &source.style(node).svg_reset;
        let first = || input(element, "in");
        let is_tainted = match &*element.name.local {
            "feFlood" => reset.flood_color == Color::CurrentColor,
            "feDropShadow" => reset.flood_color == Color::CurrentColor || first(),
            "feDiffuseLighting" | "feSpecularLighting" => {
                reset.lighting_color == Color::CurrentColor || first()
            }
            "feBlend" | "feComposite" => first() || input(element, "in2"),
            "feDisplacementMap" => {
                let map = input(element, "in2");
                if map {
                    maps.push(node);
                }
                first() || map
            }
            "feMerge" => source
                .document
                .element_children(node)
                .any(|layer| source.document.element(layer).is_some_and(|layer| input(layer, "in"))),
            "feImage" | "feTurbulence" => false,
            name if name.starts_with("fe") => first(),
            _ => continue,
        };
        if let Some(result) = attribute(element, "result") {
            results.insert(result, is_tainted);
        }
        previous = is_tainted;
    }
    maps
}
