//! The presentation attributes of SVG.
//! <https://svgwg.org/svg2-draft/styling.html#PresentationAttributes>

use std::fmt::Write as _;

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_css::properties::PropertyId;
use fanlight_dom::ElementData;

use super::Hints;

/// The properties that every SVG element takes as an attribute of the same name.
const PROPERTIES: [&str; 54] = [
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "cursor",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "image-rendering",
    "letter-spacing",
    "lighting-color",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-type",
    "opacity",
    "overflow",
    "paint-order",
    "pointer-events",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "word-spacing",
];

/// The properties whose values are lengths: SVG lets them go without a unit.
const LENGTHS: [&str; 6] =
    ["baseline-shift", "font-size", "letter-spacing", "stroke-dashoffset", "stroke-width", "word-spacing"];

/// Which elements take geometry from attributes, and which.
/// <https://svgwg.org/svg2-draft/geometry.html>
fn geometry(element: &LocalName) -> &'static [&'static str] {
    match &**element {
        "svg" | "image" | "foreignObject" => &["x", "y", "width", "height"],
        "rect" => &["x", "y", "width", "height", "rx", "ry"],
        "circle" => &["cx", "cy", "r"],
        "ellipse" => &["cx", "cy", "rx", "ry"],
        _ => &[],
    }
}

/// Whether an SVG element's attribute stands for a declaration, so that its computed style says all that the attribute does.
/// <https://svgwg.org/svg2-draft/styling.html#PresentationAttributes>
pub fn is_presentation_attribute(element: &LocalName, attribute: &str) -> bool {
    attribute == "transform"
        || geometry(element).contains(&attribute)
        || PROPERTIES.binary_search(&attribute).is_ok() && PropertyId::from_name(attribute).is_some()
}

/// Writes the presentation attributes of an element.
pub(super) fn collect(element: &ElementData, hints: &mut Hints) {
    let geometry = geometry(&element.name.local);
    for attribute in element.attributes() {
        if attribute.name.namespace != ns!() {
            continue;
        }
        let (name, value) = (&*attribute.name.local, attribute.value.trim());
        if value.is_empty() {
            continue;
        }
        if attribute.name.local == local_name!("transform") {
            if let Some(transform) = transform(value) {
                hints.push("transform", transform);
            }
        } else if PROPERTIES.binary_search(&name).is_ok() {
            push_length_or_value(name, value, LENGTHS.contains(&name), hints);
        } else if geometry.contains(&name) {
            push_length_or_value(name, value, true, hints);
        } else if name == "word-break" || name == "writing-mode" {
            hints.push(name, value);
        }
    }
}

fn push_length_or_value(name: &str, value: &str, is_length: bool, hints: &mut Hints) {
    match value.parse::<f64>() {
        Ok(number) if is_length && number.is_finite() => hints.push(name, format_args!("{number}px")),
        _ => hints.push(name, value),
    }
}

/// SVG's grammar of transforms, in CSS's: numbers get units, arguments get commas.
/// <https://drafts.csswg.org/css-transforms-1/#svg-syntax>
fn transform(value: &str) -> Option<String> {
    let mut css = String::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('(')?;
        let (arguments, after) = after.split_once(')')?;
        let numbers: Vec<f64> = numbers(arguments)?;
        match (name.trim(), numbers.as_slice()) {
            ("matrix", [a, b, c, d, e, f]) => write!(css, "matrix({a},{b},{c},{d},{e},{f})"),
            ("translate", [x]) => write!(css, "translate({x}px)"),
            ("translate", [x, y]) => write!(css, "translate({x}px,{y}px)"),
            ("scale", [x]) => write!(css, "scale({x})"),
            ("scale", [x, y]) => write!(css, "scale({x},{y})"),
            ("rotate", [angle]) => write!(css, "rotate({angle}deg)"),
            ("rotate", [angle, x, y]) => {
                write!(css, "translate({x}px,{y}px) rotate({angle}deg) translate({}px,{}px)", -x, -y)
            }
            ("skewX", [angle]) => write!(css, "skewX({angle}deg)"),
            ("skewY", [angle]) => write!(css, "skewY({angle}deg)"),
            _ => return None,
        }
        .ok()?;
        css.push(' ');
        rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
    Some(css.trim_end().to_owned()).filter(|css| !css.is_empty())
}

/// Numbers between blanks or commas; a sign also begins a new one.
fn numbers(arguments: &str) -> Option<Vec<f64>> {
    let mut numbers = Vec::new();
    let mut current = String::new();
    for character in arguments.chars() {
        let separates = character.is_ascii_whitespace() || character == ',';
        let begins = matches!(character, '-' | '+') && !current.ends_with(['e', 'E']);
        if (separates || begins) && !current.is_empty() {
            numbers.push(current.parse().ok()?);
            current.clear();
        }
        if !separates {
            current.push(character);
        }
    }
    if !current.is_empty() {
        numbers.push(current.parse().ok()?);
    }
    numbers.iter().all(|number: &f64| number.is_finite()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_properties_are_sorted_for_searching() {
        assert!(PROPERTIES.is_sorted());
    }

    #[test]
    fn transforms_get_units_and_commas() {
        for (svg, css) in [
            ("translate(10 -20)", Some("translate(10px,-20px)")),
            (
                "rotate(45, 5, 5)scale(2)",
                Some("translate(5px,5px) rotate(45deg) translate(-5px,-5px) scale(2)"),
            ),
            ("matrix(1 0 0 1-3-4)", Some("matrix(1,0,0,1,-3,-4)")),
            ("scale()", None),
            ("spin(3)", None),
            ("translate(1", None),
        ] {
            assert_eq!(transform(svg).as_deref(), css, "{svg:?}");
        }
    }
}
