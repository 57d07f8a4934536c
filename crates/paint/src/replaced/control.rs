//! The looks of form controls, as Chromium draws them on Linux.
//! <https://drafts.csswg.org/css-ui-4/#appearance-switching>

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_css::values::AutoOr;
use fanlight_css::values::border::LineStyle;
use fanlight_layout::{BoxFragment, Control, ControlKind, LayoutBox};

use super::progress::{paint_meter, paint_progress, paint_range};
use super::{centered, control_rect};
use crate::display_list::{
    Border, BorderSide, BorderStyle, ItemKind, LineCap, LineJoin, Path, PathItem, PathSegment, RoundedRect,
    Stroke,
};
use crate::painter::Painter;
use crate::style::current_color;
use fanlight_base::Sides;

/// What is switched on, where `accent-color` does not say: Chromium's blue.
const ACCENT: [u8; 3] = [0x00, 0x75, 0xff];
/// The border of controls.
pub(super) const BORDER: [u8; 3] = [0x76, 0x76, 0x76];
/// What is in controls.
const FACE: [u8; 3] = [0xff, 0xff, 0xff];
/// The corners of a check box, in CSS px.
const CHECKBOX_RADIUS: f32 = 2.0;
/// The width of the arrow of a drop-down list, in CSS px.
const ARROW_WIDTH: f32 = 8.0;

pub(super) fn opaque([red, green, blue]: [u8; 3]) -> Rgba {
    Rgba::from_u8(red, green, blue, 255)
}

/// `accent-color`, or the theme's.
pub(super) fn accent(style: &ComputedStyle) -> Rgba {
    match &style.inherited_ui.accent_color {
        AutoOr::Auto => opaque(ACCENT),
        AutoOr::Value(color) => color.resolve(current_color(style)),
    }
}

/// Paints a control that is no boxes.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    kind: ControlKind,
) {
    let rect = control_rect(painter, fragment);
    if rect.is_empty() {
        return;
    }
    match kind {
        ControlKind::Checkbox { checked, indeterminate } => {
            paint_checkbox(painter, style, rect, checked, indeterminate);
        }
        ControlKind::Radio { checked } => paint_radio(painter, style, rect, checked),
        ControlKind::Range(part) => paint_range(painter, style, rect, part),
        ControlKind::Progress(part) => paint_progress(painter, style, rect, part),
        ControlKind::Meter(part) => paint_meter(painter, rect, part),
        ControlKind::Color => {}
    }
}

/// The corners of text fields and buttons, in CSS px.
const FIELD_RADIUS: f32 = 2.0;

/// The edge of a text field or button that the theme draws, as long as the page has not given it borders of its own: the
/// theme's is one px wide, whatever room the style sheet leaves for it.
pub(crate) fn theme_edge(style: &ComputedStyle, edge: RoundedRect) -> Option<RoundedRect> {
    let border = &style.border;
    let untouched = matches!(border.border_top_style, LineStyle::Inset | LineStyle::Outset)
        && border.border_top_width.px() == 2.0
        && [border.border_right_style, border.border_bottom_style, border.border_left_style]
            .iter()
            .all(|line| *line == border.border_top_style);
    (style.boxes.appearance != Appearance::None && untouched && edge.is_sharp())
        .then(|| RoundedRect::new(edge.rect, [CssSize::new(FIELD_RADIUS, FIELD_RADIUS); 4]))
}

/// Paints the border of a text field or button as the theme does.
pub(crate) fn paint_theme_border(painter: &mut Painter<'_>, style: &ComputedStyle, edge: RoundedRect) {
    let border_color = style.border.border_top_color.resolve(current_color(style));
    paint_frame(painter, edge, border_color, painter.snapping.snap_border_width(1.0));
}

/// Whether a box has a look besides its boxes: the arrow of a drop-down list.
pub(super) fn has_look(layout_box: &LayoutBox) -> bool {
    layout_box.control == Some(Control::Select) && layout_box.style.boxes.appearance != Appearance::None
}

/// Paints the arrow of a drop-down list, in its right padding.
pub(super) fn paint_look(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) {
    let rect = control_rect(painter, fragment);
    let middle = rect.origin.y + rect.size.height / 2.0;
    let right = rect.max_x() - fragment.border.right.to_f32() - 6.0;
    let points = [
        CssPoint::new(right - ARROW_WIDTH, middle - ARROW_WIDTH / 4.0),
        CssPoint::new(right - ARROW_WIDTH / 2.0, middle + ARROW_WIDTH / 4.0),
        CssPoint::new(right, middle - ARROW_WIDTH / 4.0),
    ];
    stroke_line(painter, &points, current_color(style), 2.0);
}

fn paint_checkbox(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    checked: bool,
    indeterminate: bool,
) {
    let side = rect.size.width.min(rect.size.height);
    let rect = centered(rect, CssSize::new(side, side));
    let shape = RoundedRect::new(rect, [CssSize::new(CHECKBOX_RADIUS, CHECKBOX_RADIUS); 4]);
    if !checked && !indeterminate {
        painter.fill_rounded(shape, opaque(FACE));
        paint_frame(painter, shape, opaque(BORDER), 1.0);
        return;
    }
    let accent = accent(style);
    painter.fill_rounded(shape, accent);
    let mark = on_accent(accent);
    if indeterminate {
        let dash = CssRect::new(
            rect.origin + euclid::vec2(side * 0.2, side * 0.4),
            CssSize::new(side * 0.6, side * 0.2),
        );
        painter.fill_rect(dash, mark);
        return;
    }
    let at = |x: f32, y: f32| rect.origin + euclid::vec2(side * x, side * y);
    stroke_line(painter, &[at(0.2, 0.5), at(0.4, 0.7), at(0.8, 0.2)], mark, side * 0.16);
}

fn paint_radio(painter: &mut Painter<'_>, style: &ComputedStyle, rect: CssRect, checked: bool) {
    let side = rect.size.width.min(rect.size.height);
    let rect = centered(rect, CssSize::new(side, side));
    let circle = |rect: CssRect| RoundedRect::new(rect, [rect.size / 2.0; 4]);
    painter.fill_rounded(circle(rect), opaque(FACE));
    let color = if checked { accent(style) } else { opaque(BORDER) };
    paint_frame(painter, circle(rect), color, 1.0);
    if checked {
        painter.fill_rounded(circle(rect.inflate(-side * 0.2, -side * 0.2)), color);
    }
}

/// A border of one colour inside an edge.
pub(super) fn paint_frame(painter: &mut Painter<'_>, outer: RoundedRect, color: Rgba, width: f32) {
    let side = BorderSide { style: BorderStyle::Solid, color };
    let border = Border { outer, widths: Sides::all(width), sides: Sides::all(side) };
    painter.push(outer.rect, ItemKind::Border(Box::new(border)));
}

/// White, or black on accents that are too light for it.
fn on_accent(accent: Rgba) -> Rgba {
    let linear = |component: f32| {
        if component <= 0.04045 { component / 12.92 } else { ((component + 0.055) / 1.055).powf(2.4) }
    };
    let luminance =
        0.2126 * linear(accent.red) + 0.7152 * linear(accent.green) + 0.0722 * linear(accent.blue);
    // Where black contrasts more. <https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio>
    let (white, black) = (1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05);
    if black > white * 1.8 { Rgba::BLACK } else { Rgba::WHITE }
}

/// Strokes lines from point to point.
fn stroke_line(painter: &mut Painter<'_>, points: &[CssPoint], color: Rgba, width: f32) {
    let segments = points
        .iter()
        .enumerate()
        .map(|(index, point)| match index {
            0 => PathSegment::MoveTo(*point),
            _ => PathSegment::LineTo(*point),
        })
        .collect();
    let path = Path { segments };
    let bounds = path.bounds().inflate(width * 2.0, width * 2.0);
    let stroke = Stroke {
        color,
        width,
        cap: LineCap::Butt,
        join: LineJoin::Miter(4.0),
        dashes: Vec::new(),
        dash_offset: 0.0,
    };
    let item = PathItem { path: Arc::new(path), fill: None, stroke: Some(stroke) };
    painter.push(bounds, ItemKind::Path(Box::new(item)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_seen_on_their_accent() {
        assert_eq!(on_accent(opaque(ACCENT)), Rgba::WHITE);
        assert_eq!(on_accent(Rgba::from_u8(255, 255, 0, 255)), Rgba::BLACK);
    }
}
