//! The theme's backgrounds and borders of text fields, buttons and drop-down lists. They are drawn only while the page has
//! given the control none of its own.
//! <https://drafts.csswg.org/css-ui-4/#appearance-disabling-properties>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_css::values::NoneOr;
use fanlight_css::values::border::LineStyle;
use fanlight_layout::{ControlKind, LayoutBox};

use super::control::{BORDER, DISABLED_FACE, FACE, opaque, paint_frame};
use crate::display_list::RoundedRect;
use crate::painter::Painter;
use crate::style::current_color;

/// The face of a button.
const BUTTON_FACE: [u8; 3] = [0xef, 0xef, 0xef];
/// And of one that is disabled.
const DISABLED_BUTTON_FACE: [u8; 3] = [0xee, 0xee, 0xee];
/// The border of what is disabled.
const DISABLED_BORDER: [u8; 3] = [0xd0, 0xd0, 0xd0];
/// The corners of buttons, in CSS px.
const BUTTON_RADIUS: f32 = 2.0;

/// The borders and background that the user-agent style sheet gives a kind of control; the theme knows it by them.
struct Untouched {
    line: LineStyle,
    width: f32,
    border: Rgba,
    background: Rgba,
}

/// How the theme draws a control. Its line is one px wide, whatever room the style sheet leaves for it.
pub(crate) struct Theme {
    face: Rgba,
    border: Rgba,
    /// In CSS px; without it the corners are left out.
    radius: Option<f32>,
}

/// Whether the theme draws all of a control that the page has not taken from it, and neither background nor border of the page.
pub(crate) fn hides_decorations(layout_box: &LayoutBox) -> bool {
    let kind = layout_box.control.as_ref().map(|control| &control.kind);
    matches!(kind, Some(ControlKind::Checkbox { .. } | ControlKind::Radio { .. } | ControlKind::Range(_)))
        && layout_box.style.boxes.appearance != Appearance::None
}

impl Theme {
    /// The theme's look of a box; nothing where the page has its own, and for other boxes.
    pub(crate) fn of(layout_box: &LayoutBox) -> Option<Theme> {
        let control = layout_box.control.as_ref()?;
        let style = &*layout_box.style;
        if style.boxes.appearance == Appearance::None {
            return None;
        }
        let disabled =
            |color: [u8; 3], faint: [u8; 3]| opaque(if control.is_disabled { faint } else { color });
        let faint =
            |color: [u8; 3]| Rgba { alpha: if control.is_disabled { 0.3 } else { 1.0 }, ..opaque(color) };
        let (line, width, color, background, face, radius) = match control.kind {
            ControlKind::TextField { .. } | ControlKind::DateTime(_) => {
                let background = if control.is_disabled { faint(BUTTON_FACE) } else { opaque(FACE) };
                (LineStyle::Inset, 2.0, faint(BORDER), background, disabled(FACE, DISABLED_FACE), None)
            }
            ControlKind::Button => {
                let border = if control.is_disabled { faint(BORDER) } else { Rgba::BLACK };
                let face = disabled(BUTTON_FACE, DISABLED_BUTTON_FACE);
                (LineStyle::Outset, 2.0, border, faint(BUTTON_FACE), face, Some(BUTTON_RADIUS))
            }
            ControlKind::Menulist(_) => {
                (LineStyle::Solid, 1.0, faint(BORDER), opaque(BUTTON_FACE), opaque(FACE), None)
            }
            _ => return None,
        };
        let expected = Untouched { line, width, border: color, background };
        expected.describes(style).then(|| Theme { face, border: disabled(BORDER, DISABLED_BORDER), radius })
    }

    /// Fills the border box.
    pub(crate) fn paint_background(&self, painter: &mut Painter<'_>, rect: CssRect) {
        match self.radius {
            Some(_) => painter.fill_rounded(self.edge(rect), self.face),
            None => painter.fill_rect(rect.inflate(-1.0, -1.0), self.face),
        }
    }

    /// Draws the line around the border box.
    pub(crate) fn paint_border(&self, painter: &mut Painter<'_>, rect: CssRect) {
        let width = painter.snapping.snap_border_width(1.0);
        if self.radius.is_some() {
            paint_frame(painter, self.edge(rect), self.border, width);
            return;
        }
        let size = rect.size;
        let (long, high) = (size.width - 2.0 * width, size.height - 2.0 * width);
        let offset = |x, y| rect.origin + euclid::vec2(x, y);
        for side in [
            CssRect::new(offset(width, 0.0), CssSize::new(long, width)),
            CssRect::new(offset(size.width - width, width), CssSize::new(width, high)),
            CssRect::new(offset(width, size.height - width), CssSize::new(long, width)),
            CssRect::new(offset(0.0, width), CssSize::new(width, high)),
        ] {
            painter.fill_rect(side, self.border);
        }
    }

    fn edge(&self, rect: CssRect) -> RoundedRect {
        let radius = self.radius.unwrap_or_default();
        RoundedRect::new(rect, [CssSize::new(radius, radius); 4])
    }
}

impl Untouched {
    /// Whether a style still has these borders and this background.
    fn describes(&self, style: &ComputedStyle) -> bool {
        let current = current_color(style);
        let border = &style.border;
        let sides = [
            (border.border_top_style, border.border_top_width, &border.border_top_color),
            (border.border_right_style, border.border_right_width, &border.border_right_color),
            (border.border_bottom_style, border.border_bottom_width, &border.border_bottom_color),
            (border.border_left_style, border.border_left_width, &border.border_left_color),
        ];
        let is_near = |one: Rgba, other: Rgba| {
            let distance = |one: f32, other: f32| (one - other).abs() < 0.5 / 255.0;
            distance(one.red, other.red)
                && distance(one.green, other.green)
                && distance(one.blue, other.blue)
                && distance(one.alpha, other.alpha)
        };
        let corners = [
            &border.border_top_left_radius,
            &border.border_top_right_radius,
            &border.border_bottom_right_radius,
            &border.border_bottom_left_radius,
        ];
        sides.iter().all(|(line, width, color)| {
            *line == self.line && width.px() == self.width && is_near(color.resolve(current), self.border)
        }) && is_near(style.background.background_color.resolve(current), self.background)
            && style.background.background_image.iter().all(|image| matches!(image, NoneOr::None))
            && corners.iter().all(|corner| corner.first.is_zero() && corner.second.is_zero())
            && matches!(style.effects.box_shadow, NoneOr::None)
    }
}
