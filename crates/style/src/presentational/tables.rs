//! Tables and their parts. <https://html.spec.whatwg.org/multipage/rendering.html#tables-2>

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_dom::{Document, ElementData, NodeId, QuirksMode};

use super::page::align_descendants;
use super::values::{self, Dimension};
use super::{Hints, Surroundings};

/// `rules`. <https://html.spec.whatwg.org/multipage/obsolete.html#attr-table-rules>
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    None,
    Groups,
    Rows,
    Cols,
    All,
}

impl Rules {
    fn of(table: &ElementData) -> Option<Rules> {
        let value = table.attribute(&local_name!("rules"))?;
        [
            ("none", Rules::None),
            ("groups", Rules::Groups),
            ("rows", Rules::Rows),
            ("cols", Rules::Cols),
            ("all", Rules::All),
        ]
        .into_iter()
        .find_map(|(keyword, rules)| value.eq_ignore_ascii_case(keyword).then_some(rules))
    }
}

/// The width in px of a table's border; what is no number means 1.
fn border_width(table: &ElementData) -> Option<i32> {
    let value = table.attribute(&local_name!("border"))?;
    Some(values::non_negative_integer(value).unwrap_or(1))
}

/// `<table>`.
pub(super) fn table(document: &Document, element: &ElementData, colors: &Surroundings, hints: &mut Hints) {
    if document.quirks_mode == QuirksMode::Quirks {
        // https://quirks.spec.whatwg.org/#the-tables-inherit-color-from-body-quirk
        hints.push("color", colors.text.as_deref().unwrap_or("CanvasText"));
    }
    if element.attributes().is_empty() {
        return;
    }
    let align = element.attribute(&local_name!("align")).unwrap_or("");
    if align.eq_ignore_ascii_case("left") {
        hints.push("float", "left");
    } else if align.eq_ignore_ascii_case("right") {
        hints.push("float", "right");
    } else if align.eq_ignore_ascii_case("center") {
        hints.push("margin-inline", "auto");
    }
    values::nonzero_dimension(element, &local_name!("width"), "width", hints);
    values::nonzero_dimension(element, &local_name!("height"), "height", hints);
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::background(element, &local_name!("background"), hints);
    if let Some(spacing) =
        element.attribute(&local_name!("cellspacing")).and_then(values::non_negative_integer)
    {
        hints.push("border-spacing", format_args!("{spacing}px"));
    }
    for side in ["margin-left", "margin-right"] {
        values::dimension(element, &local_name!("hspace"), side, hints);
    }
    for side in ["margin-top", "margin-bottom"] {
        values::dimension(element, &local_name!("vspace"), side, hints);
    }
    borders(element, hints);
}

/// The border around a table: `border`, `bordercolor`, `frame`, `rules`.
fn borders(element: &ElementData, hints: &mut Hints) {
    let rules = Rules::of(element);
    if rules.is_some() {
        hints.push("border-collapse", "collapse");
        hints.push("border-style", "hidden");
    }
    let width = border_width(element);
    if let Some(width) = width {
        hints.push("border-width", format_args!("{width}px"));
    }
    let color = element.attribute(&LocalName::from("bordercolor")).and_then(values::legacy_color);
    if let Some(color) = &color {
        hints.push("border-color", color);
    }
    if let Some(styles) = element.attribute(&local_name!("frame")).and_then(frame_styles) {
        if width.is_none() {
            hints.push("border-width", "1px");
        }
        hints.push("border-style", styles);
    } else if color.is_some() && width.is_some_and(|width| width > 0) {
        hints.push("border-style", "solid");
    } else if width.is_some_and(|width| width > 0) {
        hints.push("border-style", "outset");
    }
}

/// Which sides of the outer border `frame` shows: top, right, bottom, left.
fn frame_styles(frame: &str) -> Option<&'static str> {
    [
        ("void", "hidden"),
        ("above", "outset hidden hidden hidden"),
        ("below", "hidden hidden outset hidden"),
        ("hsides", "outset hidden"),
        ("lhs", "hidden hidden hidden outset"),
        ("rhs", "hidden outset hidden hidden"),
        ("vsides", "hidden outset"),
        ("box", "outset"),
        ("border", "outset"),
    ]
    .into_iter()
    .find_map(|(keyword, styles)| frame.eq_ignore_ascii_case(keyword).then_some(styles))
}

/// `align` and `valign`, as all parts of a table have them.
fn cell_alignment(element: &ElementData, hints: &mut Hints) {
    if let Some(align) = element.attribute(&local_name!("align")) {
        if align.eq_ignore_ascii_case("absmiddle") {
            hints.push("text-align", "center");
        } else if let Some(value) = align_descendants(align) {
            hints.push("text-align", value);
        }
    }
    let vertical = element.attribute(&local_name!("valign")).unwrap_or("");
    for keyword in ["top", "middle", "bottom", "baseline"] {
        if vertical.eq_ignore_ascii_case(keyword) {
            hints.push("vertical-align", keyword);
        }
    }
}

/// `<td>` and `<th>`: their own attributes, and what their table says of all cells.
pub(super) fn cell(document: &Document, node: NodeId, element: &ElementData, hints: &mut Hints) {
    if let Some(table) = table_of(document, node) {
        if let Some(padding) = table.attribute(&local_name!("cellpadding")).and_then(Dimension::parse) {
            hints.push("padding", padding);
        }
        match Rules::of(table) {
            Some(Rules::None | Rules::Groups | Rules::Rows) => hints.push("border", "1px none"),
            Some(Rules::Cols) => {
                hints.push("border-width", "1px");
                hints.push("border-style", "none solid");
            }
            Some(Rules::All) => hints.push("border", "1px solid"),
            None if border_width(table).is_some_and(|width| width > 0) => {
                hints.push("border-width", "1px");
                let colored = table.has_attribute(&LocalName::from("bordercolor"));
                hints.push("border-style", if colored { "solid" } else { "inset" });
                hints.push("border-color", "inherit");
            }
            None => {}
        }
    }
    if element.attributes().is_empty() {
        return;
    }
    cell_alignment(element, hints);
    values::nonzero_dimension(element, &local_name!("width"), "width", hints);
    values::nonzero_dimension(element, &local_name!("height"), "height", hints);
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::background(element, &local_name!("background"), hints);
    if element.has_attribute(&local_name!("nowrap")) {
        hints.push("white-space", "nowrap");
    }
}

/// Rows and groups of rows.
pub(super) fn row_or_group(document: &Document, node: NodeId, element: &ElementData, hints: &mut Hints) {
    if let Some(rules) = table_of(document, node).and_then(Rules::of) {
        let is_row = element.is_html(&local_name!("tr"));
        if is_row && rules == Rules::Rows || !is_row && rules == Rules::Groups {
            hints.push("border-block", "1px solid");
        }
    }
    if element.attributes().is_empty() {
        return;
    }
    cell_alignment(element, hints);
    values::dimension(element, &local_name!("height"), "height", hints);
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::background(element, &local_name!("background"), hints);
}

/// Columns and groups of columns.
pub(super) fn column(document: &Document, node: NodeId, element: &ElementData, hints: &mut Hints) {
    if element.is_html(&local_name!("colgroup"))
        && table_of(document, node).and_then(Rules::of) == Some(Rules::Groups)
    {
        hints.push("border-inline", "1px solid");
    }
    if element.attributes().is_empty() {
        return;
    }
    cell_alignment(element, hints);
    nonproportional_width(element, &local_name!("width"), hints);
    values::color(element, &local_name!("bgcolor"), "background-color", hints);
    values::background(element, &local_name!("background"), hints);
}

/// A column's `width`; proportional ones such as `2*` mean nothing today.
fn nonproportional_width(element: &ElementData, attribute: &LocalName, hints: &mut Hints) {
    if element.attribute(attribute).is_some_and(|value| !value.contains('*')) {
        values::dimension(element, attribute, "width", hints);
    }
}

/// `<caption align>`.
pub(super) fn caption(element: &ElementData, hints: &mut Hints) {
    let align = element.attribute(&local_name!("align")).unwrap_or("");
    if align.eq_ignore_ascii_case("bottom") {
        hints.push("caption-side", "bottom");
    } else if let Some(value) = align_descendants(align) {
        hints.push("text-align", value);
    }
}

/// The table that a part belongs to; it is no further than four levels up: table, group, row, cell.
fn table_of(document: &Document, node: NodeId) -> Option<&ElementData> {
    let mut above = document.ancestors(node).take(3).map_while(|above| document.element(above));
    above.find(|element| element.is_html(&local_name!("table")))
}
