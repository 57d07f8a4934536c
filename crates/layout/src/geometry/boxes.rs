//! The `boxes` dump, for comparison with other engines.

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::geometry::{LayoutPoint, LayoutSize};
use fanlight_base::{LayoutUnit, LocalName, Sides};
use fanlight_css::ToCss;
use fanlight_css::properties::boxes::Position;
use fanlight_dom::{Document, NodeId};
use serde_json::{Map, Value, json};

use super::elements::{ElementBox, ElementBoxes};
use crate::style;
use crate::{ElementStyles, LayoutTree};

/// Every element in document order with its bounding rectangle, and the lines of every text node.
pub fn boxes_json(tree: &LayoutTree, document: &Document, styles: &dyn ElementStyles) -> Value {
    let found = ElementBoxes::new(tree);
    let mut boxes = Vec::new();
    let mut text = Vec::new();
    // The paths of the elements around, and how many element and text children of each came before.
    let mut above: Vec<(NodeId, String, u32, u32)> = vec![(NodeId::DOCUMENT, String::new(), 0, 0)];
    for node in document.descendants(NodeId::DOCUMENT) {
        let parent = document.node(node).parent();
        while above.len() > 1 && above.last().map(|(id, ..)| *id) != parent {
            above.pop();
        }
        let Some((_, parent_path, elements, texts)) = above.last_mut() else { break };
        if let Some(element) = document.element(node) {
            *elements += 1;
            let separator = if parent_path.is_empty() { "" } else { ">" };
            let tag = element.name.local.to_ascii_lowercase();
            let path = format!("{parent_path}{separator}{tag}:nth-child({elements})");
            let mut entry = Map::new();
            entry.insert("path".into(), path.clone().into());
            entry.insert("tag".into(), (*tag).into());
            entry.insert("id".into(), element.id().map_or("", |id| id).into());
            describe(tree, document, styles, &found, node, &mut entry);
            let data: Map<String, Value> = element
                .attributes()
                .iter()
                .filter(|attribute| attribute.name.namespace == ns!())
                .filter_map(|attribute| {
                    let name = attribute.name.local.strip_prefix("data-")?;
                    Some((name.to_owned(), Value::from(attribute.value.as_str())))
                })
                .collect();
            entry.insert("data".into(), data.into());
            boxes.push(Value::Object(entry));
            above.push((node, path, 0, 0));
        } else if let Some(characters) = document.node(node).text() {
            let index = *texts;
            *texts += 1;
            let lines: Vec<Value> = found
                .lines(node)
                .into_iter()
                .filter_map(|line| {
                    let part = characters.get(line.range.start as usize..line.range.end as usize)?;
                    let words: Vec<&str> = part.split_ascii_whitespace().collect();
                    if words.is_empty() {
                        return None;
                    }
                    let bounds = line.bounds;
                    Some(json!([
                        words.join(" "),
                        number(bounds.origin.x),
                        number(bounds.origin.y),
                        number(bounds.size.width),
                        number(bounds.size.height)
                    ]))
                })
                .collect();
            if !lines.is_empty() {
                text.push(json!({ "path": &*parent_path, "node": index, "lines": lines }));
            }
        }
    }
    json!({
        "viewport": [number(tree.viewport.width.to_f32()), number(tree.viewport.height.to_f32())],
        "boxes": boxes,
        "text": text,
    })
}

/// A number without needless decimals.
fn number(value: f32) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e9 {
        Value::from(value as i64)
    } else {
        Value::from(f64::from(value))
    }
}

fn unit(value: LayoutUnit) -> Value {
    number(value.to_f32())
}

fn sides(sides: Sides<LayoutUnit>) -> Value {
    json!([unit(sides.top), unit(sides.right), unit(sides.bottom), unit(sides.left)])
}

fn describe(
    tree: &LayoutTree,
    document: &Document,
    styles: &dyn ElementStyles,
    found: &ElementBoxes,
    node: NodeId,
    entry: &mut Map<String, Value>,
) {
    let display = styles.get(node).map(|style| style.boxes.display.to_css_string());
    entry.insert("display".into(), display.unwrap_or_default().into());
    let Some(own) = found.get(node) else {
        entry.insert("box".into(), false.into());
        return;
    };
    entry.insert("box".into(), true.into());
    let bounds = own.bounds;
    for (name, value) in [
        ("x", bounds.origin.x),
        ("y", bounds.origin.y),
        ("width", bounds.size.width),
        ("height", bounds.size.height),
    ] {
        entry.insert(name.into(), number(value));
    }
    let is_html = document.element(node).is_some_and(|element| element.name.namespace == ns!(html));
    let offset = if is_html { offset(document, styles, found, node, own) } else { Value::Null };
    entry.insert("offset".into(), offset);
    entry.insert("client".into(), client(tree, document, node, own));
    entry.insert("scroll".into(), scroll(tree, document, node, own));
    entry.insert("padding".into(), sides(own.padding));
    entry.insert("margin".into(), sides(own.margin));
}

/// <https://drafts.csswg.org/cssom-view-1/#extensions-to-the-htmlelement-interface>
fn offset(
    document: &Document,
    styles: &dyn ElementStyles,
    found: &ElementBoxes,
    node: NodeId,
    own: &ElementBox,
) -> Value {
    let origin = match offset_parent(document, styles, node) {
        Some(parent) => match found.get(parent) {
            // `<body>` counts with its border box's place of zero: offsets are from the document.
            Some(_) if is_static_body(document, styles, parent) => LayoutPoint::default(),
            Some(parent) => {
                let corner = parent.untransformed.origin;
                let border = if parent.is_inline { Sides::default() } else { parent.border };
                LayoutPoint::new(corner.x + border.left, corner.y + border.top)
            }
            None => LayoutPoint::default(),
        },
        None => LayoutPoint::default(),
    };
    let place = own.untransformed.origin - origin.to_vector();
    let size = own.untransformed.size;
    json!([unit(place.x), unit(place.y), unit(size.width), unit(size.height)])
}

fn is_static_body(document: &Document, styles: &dyn ElementStyles, node: NodeId) -> bool {
    document.element(node).is_some_and(|element| element.is_html(&local_name!("body")))
        && styles.get(node).is_some_and(|style| style.boxes.position == Position::Static)
}

/// <https://drafts.csswg.org/cssom-view-1/#dom-htmlelement-offsetparent>
fn offset_parent(document: &Document, styles: &dyn ElementStyles, node: NodeId) -> Option<NodeId> {
    let is =
        |node: NodeId, name: LocalName| document.element(node).is_some_and(|element| element.is_html(&name));
    let own = styles.get(node)?;
    if document.document_element() == Some(node) || is(node, local_name!("body")) {
        return None;
    }
    let is_static = own.boxes.position == Position::Static;
    for ancestor in document.ancestors(node) {
        let Some(style) = styles.get(ancestor) else { continue };
        if own.boxes.position == Position::Fixed {
            if style::contains_fixed(style) {
                return Some(ancestor);
            }
            continue;
        }
        if style::contains_absolute(style) || is(ancestor, local_name!("body")) {
            return Some(ancestor);
        }
        let in_table = [local_name!("td"), local_name!("th"), local_name!("table")];
        if is_static && in_table.into_iter().any(|name| is(ancestor, name)) {
            return Some(ancestor);
        }
    }
    None
}

/// <https://drafts.csswg.org/cssom-view-1/#dom-element-clienttop>
fn client(tree: &LayoutTree, document: &Document, node: NodeId, own: &ElementBox) -> Value {
    if own.is_inline {
        return json!([0, 0, 0, 0]);
    }
    let viewport = is_viewport_element(document, node).then_some(tree.viewport);
    let size = viewport.unwrap_or_else(|| padding_size(own));
    json!([unit(own.border.left), unit(own.border.top), unit(size.width), unit(size.height)])
}

fn padding_size(own: &ElementBox) -> LayoutSize {
    let size = own.untransformed.size;
    LayoutSize::new(
        (size.width - own.border.horizontal()).clamp_negative_to_zero(),
        (size.height - own.border.vertical()).clamp_negative_to_zero(),
    )
}

/// The element that stands for the viewport: the root element, in quirks mode `<body>`.
fn is_viewport_element(document: &Document, node: NodeId) -> bool {
    match document.quirks_mode {
        fanlight_dom::QuirksMode::Quirks => {
            document.element(node).is_some_and(|element| element.is_html(&local_name!("body")))
        }
        _ => document.document_element() == Some(node),
    }
}

/// <https://drafts.csswg.org/cssom-view-1/#dom-element-scrollwidth>
fn scroll(tree: &LayoutTree, document: &Document, node: NodeId, own: &ElementBox) -> Value {
    if is_viewport_element(document, node) {
        let size = tree.scrollable_overflow.size;
        return json!([unit(size.width), unit(size.height)]);
    }
    if own.is_inline {
        return json!([0, 0]);
    }
    let padding = padding_size(own);
    let size = own.untransformed.size;
    // The border itself is in the overflow of a box that is no scroll container, and is not scrolled to.
    let reach = |end: LayoutUnit, border_box: LayoutUnit, border: LayoutUnit, padding: LayoutUnit| {
        if end <= border_box { padding } else { (end - border).max(padding) }
    };
    let overflow = own.scrollable_overflow;
    json!([
        unit(reach(overflow.max_x(), size.width, own.border.left, padding.width)),
        unit(reach(overflow.max_y(), size.height, own.border.top, padding.height)),
    ])
}
