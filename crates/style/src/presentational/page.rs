//! The body, links, rules, line breaks, `<font>`, and the alignment of blocks.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-page>

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_dom::{ElementData, ElementState};

use super::values::{self, Dimension};
use super::{FrameMargins, Hints, Surroundings};

/// `<body>`: colours, background, margins; those of the frame hold where it does not say others itself.
pub(super) fn body(element: &ElementData, frame: FrameMargins, hints: &mut Hints) {
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::background(element, &local_name!("background"), hints);
    values::color(element, &local_name!("text"), "color", hints);
    let margin = |names: [LocalName; 2], of_frame: Option<u32>, property: &str, hints: &mut Hints| {
        let own = names.iter().find_map(|name| values::non_negative_integer(element.attribute(name)?));
        if let Some(px) = own.map(i64::from).or(of_frame.map(i64::from)) {
            hints.push(property, format_args!("{px}px"));
        }
    };
    let height = local_name!("marginheight");
    margin([height.clone(), LocalName::from("topmargin")], frame.height, "margin-top", hints);
    margin([height, LocalName::from("bottommargin")], frame.height, "margin-bottom", hints);
    let width = local_name!("marginwidth");
    margin([width.clone(), LocalName::from("leftmargin")], frame.width, "margin-left", hints);
    margin([width, LocalName::from("rightmargin")], frame.width, "margin-right", hints);
}

/// A link takes the colours that `<body>` names.
pub(super) fn link(element: &ElementData, around: &Surroundings, hints: &mut Hints) {
    if !crate::states::is_link(element) {
        return;
    }
    let state = element.state();
    let color = if state.contains(ElementState::VISITED) { &around.visited } else { &around.link };
    let active = around.active.as_ref().filter(|_| state.contains(ElementState::ACTIVE));
    if let Some(color) = active.or(color.as_ref()) {
        hints.push("color", color);
    }
}

/// The value of `text-align` that also aligns blocks inside.
/// <https://html.spec.whatwg.org/multipage/rendering.html#align-descendants>
pub(super) fn align_descendants(align: &str) -> Option<&'static str> {
    let is = |keyword: &str| align.eq_ignore_ascii_case(keyword);
    if is("center") || is("middle") {
        Some("-webkit-center")
    } else if is("left") {
        Some("-webkit-left")
    } else if is("right") {
        Some("-webkit-right")
    } else if is("justify") {
        Some("justify")
    } else {
        None
    }
}

/// `align` on blocks and headings.
pub(super) fn aligned_block(element: &ElementData, hints: &mut Hints) {
    if let Some(value) = element.attribute(&local_name!("align")).and_then(align_descendants) {
        hints.push("text-align", value);
    }
}

/// `<legend align>`.
pub(super) fn legend(element: &ElementData, hints: &mut Hints) {
    let align = element.attribute(&local_name!("align")).unwrap_or("");
    for (keyword, side) in [("left", "left"), ("center", "center"), ("middle", "center"), ("right", "right")]
    {
        if align.eq_ignore_ascii_case(keyword) {
            hints.push("justify-self", side);
        }
    }
}

/// `<hr>`. <https://html.spec.whatwg.org/multipage/rendering.html#the-hr-element-2>
pub(super) fn hr(element: &ElementData, hints: &mut Hints) {
    let align = element.attribute(&local_name!("align")).unwrap_or("");
    if element.has_attribute(&local_name!("align")) {
        // What is neither left nor right is in the middle.
        let [left, right] = if align.eq_ignore_ascii_case("left") {
            ["0", "auto"]
        } else if align.eq_ignore_ascii_case("right") {
            ["auto", "0"]
        } else {
            ["auto", "auto"]
        };
        hints.push("margin-left", left);
        hints.push("margin-right", right);
    }
    let no_shade = element.has_attribute(&local_name!("noshade"));
    // Even a colour that is none makes the rule flat.
    if no_shade || element.has_attribute(&local_name!("color")) {
        hints.push("border-style", "solid");
    }
    let color = element.attribute(&local_name!("color")).and_then(values::legacy_color);
    if let Some(color) = color.as_deref().or(no_shade.then_some("gray")) {
        hints.push("border-color", color);
        hints.push("background-color", color);
    }
    // What is no number counts as zero.
    match element.attribute(&local_name!("size")).map(|size| values::integer(size).unwrap_or(0)) {
        Some(size) if size <= 1 => hints.push("border-bottom-width", "0"),
        Some(size) => hints.push("height", format_args!("{}px", size - 2)),
        None => {}
    }
    if let Some(width) = element.attribute(&local_name!("width")).and_then(Dimension::parse) {
        hints.push("width", width);
    }
}

/// `<br clear>`.
pub(super) fn br(element: &ElementData, hints: &mut Hints) {
    let clear = element.attribute(&local_name!("clear")).unwrap_or("");
    for (keyword, value) in [("left", "left"), ("right", "right"), ("all", "both"), ("both", "both")] {
        if clear.eq_ignore_ascii_case(keyword) {
            hints.push("clear", value);
        }
    }
}

/// `<font>`.
pub(super) fn font(element: &ElementData, hints: &mut Hints) {
    values::color(element, &local_name!("color"), "color", hints);
    if let Some(face) = element.attribute(&local_name!("face")).filter(|face| !face.trim().is_empty()) {
        hints.push("font-family", face);
    }
    if let Some(size) = element.attribute(&local_name!("size")).and_then(font_size) {
        hints.push("font-size", size);
    }
}

/// <https://html.spec.whatwg.org/multipage/rendering.html#rules-for-parsing-a-legacy-font-size>
fn font_size(value: &str) -> Option<&'static str> {
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let relative = value.starts_with(['+', '-']);
    let number = values::integer(value)?;
    let number = if relative { number.saturating_add(3) } else { number };
    Some(match number.clamp(1, 7) {
        1 => "x-small",
        2 => "small",
        3 => "medium",
        4 => "large",
        5 => "x-large",
        6 => "xx-large",
        _ => "xxx-large",
    })
}

/// `<marquee>`.
pub(super) fn marquee(element: &ElementData, hints: &mut Hints) {
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::dimension(element, &local_name!("width"), "width", hints);
    values::dimension(element, &local_name!("height"), "height", hints);
    for side in ["margin-left", "margin-right"] {
        values::dimension(element, &local_name!("hspace"), side, hints);
    }
    for side in ["margin-top", "margin-bottom"] {
        values::dimension(element, &local_name!("vspace"), side, hints);
    }
}

/// `<pre wrap>`.
pub(super) fn pre(element: &ElementData, hints: &mut Hints) {
    if element.has_attribute(&local_name!("wrap")) {
        hints.push("white-space", "pre-wrap");
    }
}

/// `<textarea wrap=off>`.
pub(super) fn textarea(element: &ElementData, hints: &mut Hints) {
    if values::is(element, &local_name!("wrap"), "off") {
        hints.push("white-space", "pre");
    }
}

#[cfg(test)]
mod tests {
    use super::font_size;

    #[test]
    fn legacy_font_sizes_clamp_and_count_from_three() {
        for (value, expected) in [
            ("1", Some("x-small")),
            ("+1", Some("large")),
            ("-9", Some("x-small")),
            ("12", Some("xxx-large")),
            ("big", None),
        ] {
            assert_eq!(font_size(value), expected, "{value:?}");
        }
    }
}
