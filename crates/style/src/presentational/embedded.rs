//! Images, frames, video and other replaced elements.
//! <https://html.spec.whatwg.org/multipage/rendering.html#attributes-for-embedded-content-and-images>

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_dom::ElementData;

use super::Hints;
use super::values::{self, Dimension};
use crate::states::form::InputType;

/// Which attributes an element maps.
struct Mapped {
    dimensions: bool,
    aspect_ratio: bool,
    alignment: bool,
    spacing: bool,
    border: bool,
}

/// What maps on an element, or `None` where nothing does.
fn mapped(element: &ElementData) -> Option<Mapped> {
    let mapped = |dimensions, aspect_ratio, alignment, spacing, border| {
        Some(Mapped { dimensions, aspect_ratio, alignment, spacing, border })
    };
    match element.name.local {
        local_name!("img") => mapped(true, true, true, true, true),
        local_name!("object") => mapped(true, false, true, true, true),
        local_name!("embed") | local_name!("applet") => mapped(true, false, true, true, false),
        local_name!("iframe") => mapped(true, false, true, false, false),
        local_name!("video") => mapped(true, true, false, false, false),
        local_name!("canvas") => mapped(false, true, false, false, false),
        local_name!("input") if InputType::of(element) == InputType::Image => {
            mapped(true, true, true, true, true)
        }
        _ => None,
    }
}

/// Everything that the attributes of a replaced element stand for.
pub(super) fn collect(element: &ElementData, hints: &mut Hints) {
    let Some(mapped) = mapped(element) else { return };
    if mapped.dimensions {
        values::dimension(element, &local_name!("width"), "width", hints);
        values::dimension(element, &local_name!("height"), "height", hints);
    }
    if mapped.aspect_ratio {
        aspect_ratio(element, hints);
    }
    if mapped.alignment {
        alignment(element, hints);
    }
    if mapped.spacing {
        for side in ["margin-left", "margin-right"] {
            values::dimension(element, &local_name!("hspace"), side, hints);
        }
        for side in ["margin-top", "margin-bottom"] {
            values::dimension(element, &local_name!("vspace"), side, hints);
        }
    }
    if mapped.border
        && let Some(width) = element.attribute(&local_name!("border")).and_then(values::non_negative_integer)
    {
        hints.push("border-width", format_args!("{width}px"));
        hints.push("border-style", "solid");
    }
    if element.is_html(&local_name!("iframe"))
        && let Some(border) = element.attribute(&local_name!("frameborder"))
        && values::integer(border).unwrap_or(0) == 0
    {
        hints.push("border-width", "0");
    }
}

/// `<frameset>` and `<frame>`: the colour of the borders between frames.
/// <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>
pub(super) fn frame(element: &ElementData, hints: &mut Hints) {
    values::color(element, &LocalName::from("bordercolor"), "border-color", hints);
}

/// <https://html.spec.whatwg.org/multipage/rendering.html#map-to-the-aspect-ratio-property>
fn aspect_ratio(element: &ElementData, hints: &mut Hints) {
    let is_canvas = element.is_html(&local_name!("canvas"));
    let side = |value: Option<&str>| -> Option<f64> {
        if is_canvas {
            return values::non_negative_integer(value?).map(f64::from);
        }
        match Dimension::parse(value?)? {
            Dimension::Px(px) => Some(px),
            Dimension::Percent(_) => None,
        }
    };
    let width = side(element.attribute(&local_name!("width")));
    let height = side(element.attribute(&local_name!("height")));
    if let (Some(width), Some(height)) = (width, height) {
        hints.push("aspect-ratio", format_args!("auto {width} / {height}"));
    }
}

/// `align` of what stands in a line.
fn alignment(element: &ElementData, hints: &mut Hints) {
    let align = element.attribute(&local_name!("align")).unwrap_or("");
    let is = |keyword: &str| align.eq_ignore_ascii_case(keyword);
    if is("left") || is("right") {
        hints.push("float", if is("left") { "left" } else { "right" });
        hints.push("vertical-align", "top");
        return;
    }
    let vertical = if is("top") {
        "top"
    } else if is("middle") {
        "-webkit-baseline-middle"
    } else if is("absmiddle") || is("abscenter") || is("center") {
        "middle"
    } else if is("bottom") || is("baseline") {
        "baseline"
    } else if is("texttop") {
        "text-top"
    } else if is("absbottom") {
        "bottom"
    } else {
        return;
    };
    hints.push("vertical-align", vertical);
}
