//! The looks of form controls that are drawn, as Chromium has them on Linux.
//! <https://drafts.csswg.org/css-ui-4/#appearance-switching>

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_base::{Rgba, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_css::properties::inherited_text::Direction;
use fanlight_css::values::AutoOr;
use fanlight_layout::{BoxFragment, Control, ControlKind, LayoutBox, PickerIcon};

use super::bars::{paint_meter, paint_progress, paint_range, paint_slider_thumb};
use super::{centered, control_rect};
use crate::display_list::{Border, BorderSide, BorderStyle, ItemKind, Path, RoundedRect, Stroke};
use crate::geometry::to_css_sides;
use crate::painter::Painter;
use crate::style::current_color;

/// What is switched on, where `accent-color` does not say: Chromium's blue.
const ACCENT: [u8; 3] = [0x00, 0x75, 0xff];
/// What is switched on in a control that is disabled.
const DISABLED_ACCENT: [u8; 3] = [0xd1, 0xd1, 0xd1];
/// The mark on it.
const DISABLED_MARK: [u8; 3] = [0xed, 0xed, 0xed];
/// The border of controls.
pub(super) const BORDER: [u8; 3] = [0x76, 0x76, 0x76];
/// The border of controls that are disabled.
pub(super) const DISABLED_BORDER: [u8; 3] = [0xd1, 0xd1, 0xd1];
/// What is in controls.
pub(super) const FACE: [u8; 3] = [0xff, 0xff, 0xff];
/// What is in controls that are disabled.
pub(super) const DISABLED_FACE: [u8; 3] = [0xf8, 0xf8, 0xf8];
/// The corners of a check box, in CSS px.
const CHECKBOX_RADIUS: f32 = 2.0;
/// The arrow of a drop-down list, in CSS px: its width, its height, and how far its middle is from the end of the box.
const ARROW: [f32; 3] = [8.0, 4.0, 8.0];
/// The line around a colour.
const SWATCH_EDGE: [u8; 3] = [0x77, 0x77, 0x77];
/// From the content edge of a colour field to the colour, in CSS px: above and below.
const SWATCH_PADDING: f32 = 4.0;
/// And at the sides.
const SWATCH_SIDE_PADDING: f32 = 2.0;
pub(super) fn opaque([red, green, blue]: [u8; 3]) -> Rgba {
    Rgba::from_u8(red, green, blue, 255)
}

/// `accent-color`, or the theme's.
pub(super) fn accent(style: &ComputedStyle, control: &Control) -> Rgba {
    if control.is_disabled {
        return opaque(DISABLED_ACCENT);
    }
    match &style.inherited_ui.accent_color {
        AutoOr::Auto => opaque(ACCENT),
        AutoOr::Value(color) => color.resolve(current_color(style)),
    }
}

/// The control that has something to be drawn besides its boxes, its background and its borders.
pub(super) fn drawn(layout_box: &LayoutBox) -> Option<&Control> {
    let control = layout_box.control.as_deref()?;
    let has_look = match control.kind {
        ControlKind::Checkbox { .. }
        | ControlKind::Radio { .. }
        | ControlKind::Range(_)
        | ControlKind::SliderThumb
        | ControlKind::Menulist(_)
        | ControlKind::DateTime(_)
        | ControlKind::Color(_) => layout_box.style.boxes.appearance != Appearance::None,
        ControlKind::Progress(_) | ControlKind::Meter { .. } => true,
        ControlKind::TextArea { .. }
        | ControlKind::TextField { .. }
        | ControlKind::Button
        | ControlKind::File
        | ControlKind::ListBox { .. } => false,
    };
    has_look.then_some(control)
}

/// Draws a control.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    control: &Control,
) {
    let rect = control_rect(painter, fragment);
    if rect.is_empty() {
        return;
    }
    match control.kind {
        ControlKind::Checkbox { is_checked, is_indeterminate } => {
            paint_checkbox(painter, style, rect, control, is_checked, is_indeterminate);
        }
        ControlKind::Radio { is_checked } => paint_radio(painter, style, rect, control, is_checked),
        ControlKind::Range(part) => {
            // A thumb of its own is painted above.
            let has_thumb = painter.layout.boxes.children(fragment.style.box_id).is_empty();
            paint_range(painter, style, rect, control, part, has_thumb);
        }
        ControlKind::SliderThumb => paint_slider_thumb(painter, rect, accent(style, control)),
        ControlKind::Progress(part) => paint_progress(painter, style, rect, control, part),
        ControlKind::Meter { part, region } => paint_meter(painter, style, rect, part, region),
        ControlKind::Menulist(_) => paint_arrow(painter, style, fragment, rect),
        ControlKind::Color(color) => paint_swatch(painter, content_rect(fragment, rect), color),
        ControlKind::DateTime(icon) => {
            paint_picker_icon(painter, style, content_rect(fragment, rect), icon);
        }
        ControlKind::TextField { .. }
        | ControlKind::TextArea { .. }
        | ControlKind::Button
        | ControlKind::File
        | ControlKind::ListBox { .. } => {}
    }
}

/// The content box of a control.
fn content_rect(fragment: &BoxFragment, border_box: CssRect) -> CssRect {
    let edges = to_css_sides(fragment.border + fragment.padding);
    border_box.inner_rect(euclid::SideOffsets2D::new(edges.top, edges.right, edges.bottom, edges.left))
}

/// The arrow of a drop-down list.
fn paint_arrow(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment, rect: CssRect) {
    let [width, height, from_end] = ARROW;
    let middle = rect.origin.y + (rect.size.height / 2.0).floor();
    let center = if style.inherited_text.direction == Direction::Rtl {
        rect.min_x() + fragment.border.left.to_f32().floor() + from_end
    } else {
        rect.max_x() - fragment.border.right.to_f32().floor() - from_end
    };
    let points = [
        CssPoint::new(center - width / 2.0, middle - height / 2.0),
        CssPoint::new(center, middle + height / 2.0),
        CssPoint::new(center + width / 2.0, middle - height / 2.0),
    ];
    stroke_line(painter, &points, current_color(style), 2.0);
}

/// The colour that is chosen.
fn paint_swatch(painter: &mut Painter<'_>, content: CssRect, color: Rgba) {
    let swatch = content.inflate(-SWATCH_SIDE_PADDING, -SWATCH_PADDING);
    if swatch.size.width <= 0.0 || swatch.size.height <= 0.0 {
        return;
    }
    painter.fill_rect(swatch, color);
    paint_frame(painter, RoundedRect::sharp(swatch), opaque(SWATCH_EDGE), 1.0);
}

/// The picture of what opens a picker: a sheet of a calendar, or a clock.
fn paint_picker_icon(painter: &mut Painter<'_>, style: &ComputedStyle, content: CssRect, icon: PickerIcon) {
    const PADDING: f32 = 2.0;
    let side = icon.side(style.font.font_size.px());
    let left = content.max_x() - PADDING - side;
    let top = content.min_y() + (content.size.height - side) / 2.0;
    // Drawn on a grid of 16 units.
    let unit = side / 16.0;
    let at = |x: f32, y: f32| CssPoint::new(left + x * unit, top + y * unit);
    let rect = |x: f32, y: f32, width: f32, height: f32| {
        CssRect::new(at(x, y), CssSize::new(width * unit, height * unit))
    };
    let color = current_color(style);
    match icon {
        PickerIcon::Calendar => {
            paint_frame(painter, RoundedRect::sharp(rect(2.0, 2.0, 12.0, 13.0)), color, unit);
            painter.fill_rect(rect(2.0, 2.0, 12.0, 3.5), color);
            painter.fill_rect(rect(4.0, 1.0, 1.5, 2.0), color);
            painter.fill_rect(rect(10.5, 1.0, 1.5, 2.0), color);
        }
        PickerIcon::Clock => {
            let face = rect(1.0, 1.0, 14.0, 14.0);
            paint_frame(painter, RoundedRect::new(face, [face.size / 2.0; 4]), color, 1.5 * unit);
            stroke_line(painter, &[at(8.0, 3.5), at(8.0, 8.5), at(11.5, 10.5)], color, 1.3 * unit);
        }
    }
}

fn paint_checkbox(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    is_checked: bool,
    is_indeterminate: bool,
) {
    let side = rect.size.width.min(rect.size.height);
    let rect = centered(rect, CssSize::new(side, side));
    let shape = RoundedRect::new(rect, [CssSize::new(CHECKBOX_RADIUS, CHECKBOX_RADIUS); 4]);
    if !is_checked && !is_indeterminate {
        let (face, border) = face_and_border(control);
        painter.fill_rounded(shape, face);
        paint_frame(painter, shape, border, 1.0);
        return;
    }
    let accent = accent(style, control);
    painter.fill_rounded(shape, accent);
    let mark = if control.is_disabled { opaque(DISABLED_MARK) } else { on_accent(accent) };
    if is_indeterminate {
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

fn paint_radio(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    is_checked: bool,
) {
    let side = rect.size.width.min(rect.size.height);
    let rect = centered(rect, CssSize::new(side, side));
    let circle = |rect: CssRect| RoundedRect::new(rect, [rect.size / 2.0; 4]);
    let (face, border) = face_and_border(control);
    let color = if is_checked { accent(style, control) } else { border };
    painter.fill_rounded(circle(rect), face);
    paint_frame(painter, circle(rect), color, 1.0);
    if is_checked {
        painter.fill_rounded(circle(rect.inflate(-side * 0.2, -side * 0.2)), color);
    }
}

fn face_and_border(control: &Control) -> (Rgba, Rgba) {
    let (face, border) = if control.is_disabled { (DISABLED_FACE, DISABLED_BORDER) } else { (FACE, BORDER) };
    (opaque(face), opaque(border))
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
    painter.stroke_path(Path::of_points(points.iter().copied(), false), Stroke::plain(color, width));
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
