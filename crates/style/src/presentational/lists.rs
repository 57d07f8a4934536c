//! Lists and their numbering. <https://html.spec.whatwg.org/multipage/rendering.html#lists>

use fanlight_base::atoms::local_name;
use fanlight_dom::{Document, ElementData, NodeId};

use super::Hints;
use super::values;

/// `<ol type start reversed>`.
pub(super) fn ordered(document: &Document, node: NodeId, element: &ElementData, hints: &mut Hints) {
    if let Some(style) = element.attribute(&local_name!("type")).and_then(counter_style) {
        hints.push("list-style-type", style);
    }
    let start = element.attribute(&local_name!("start")).and_then(values::integer);
    if element.has_attribute(&local_name!("reversed")) {
        // Items count down, so the first one is numbered as there are items.
        let first = start.unwrap_or_else(|| item_count(document, node));
        hints.push("counter-reset", format_args!("reversed(list-item) {}", first.saturating_add(1)));
    } else if let Some(start) = start {
        hints.push("counter-reset", format_args!("list-item {}", start.saturating_sub(1)));
    }
}

/// How many items a list owns.
fn item_count(document: &Document, list: NodeId) -> i32 {
    let items = document
        .element_children(list)
        .filter(|&child| document.element(child).is_some_and(|element| element.is_html(&local_name!("li"))));
    i32::try_from(items.count()).unwrap_or(i32::MAX)
}

/// `<ul type>`, `<dir type>`, `<menu type>`.
pub(super) fn unordered(element: &ElementData, hints: &mut Hints) {
    if let Some(style) = element.attribute(&local_name!("type")).and_then(marker_shape) {
        hints.push("list-style-type", style);
    }
}

/// `<li type value>`.
pub(super) fn item(element: &ElementData, hints: &mut Hints) {
    if let Some(kind) = element.attribute(&local_name!("type"))
        && let Some(style) = counter_style(kind).or_else(|| marker_shape(kind))
    {
        hints.push("list-style-type", style);
    }
    if let Some(value) = element.attribute(&local_name!("value")).and_then(values::integer) {
        hints.push("counter-set", format_args!("list-item {value}"));
    }
}

/// Numberings; here case matters.
fn counter_style(kind: &str) -> Option<&'static str> {
    match kind {
        "1" => Some("decimal"),
        "a" => Some("lower-alpha"),
        "A" => Some("upper-alpha"),
        "i" => Some("lower-roman"),
        "I" => Some("upper-roman"),
        _ => None,
    }
}

/// Shapes; here it does not.
fn marker_shape(kind: &str) -> Option<&'static str> {
    ["none", "disc", "circle", "square"].into_iter().find(|shape| kind.eq_ignore_ascii_case(shape))
}
