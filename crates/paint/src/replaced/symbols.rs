//! Small pictures that layout leaves room for: the triangle of a summary, the icon of a broken image.

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::{Direction, WritingMode};

use super::control::opaque;
use crate::display_list::{FillRule, ItemKind, Path, PathItem, Stroke};
use crate::painter::Painter;
use crate::style::current_color;

/// Where a triangle points to.
#[derive(Clone, Copy)]
enum Pointing {
    Down,
    Left,
    Right,
    Up,
}

/// Paints the triangle before a summary: it points to the text, or to what is shown.
/// <https://drafts.csswg.org/css-counter-styles-3/#disclosure-closed>
pub(super) fn paint_disclosure(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    is_open: bool,
) {
    let is_rtl = style.inherited_text.direction == Direction::Rtl;
    let pointing = match (style.inherited_text.writing_mode, is_open) {
        (WritingMode::HorizontalTb, true) => Pointing::Down,
        (WritingMode::VerticalRl | WritingMode::SidewaysRl, true) => Pointing::Left,
        (WritingMode::VerticalLr | WritingMode::SidewaysLr, true) => Pointing::Right,
        (WritingMode::HorizontalTb, false) => {
            if is_rtl {
                Pointing::Left
            } else {
                Pointing::Right
            }
        }
        (_, false) => {
            if is_rtl {
                Pointing::Up
            } else {
                Pointing::Down
            }
        }
    };
    // Chromium's triangles, in parts of the square.
    let corners = match pointing {
        Pointing::Down => [(0.0, 0.07), (0.5, 0.93), (1.0, 0.07)],
        Pointing::Up => [(0.0, 0.93), (0.5, 0.07), (1.0, 0.93)],
        Pointing::Left => [(1.0, 0.0), (0.14, 0.5), (1.0, 1.0)],
        Pointing::Right => [(0.0, 0.0), (0.86, 0.5), (0.0, 1.0)],
    };
    fill_polygon(painter, rect, &corners, current_color(style));
}

/// Paints the icon of an image that did not come: a torn sheet with a hill under a sky.
pub(super) fn paint_broken_image(painter: &mut Painter<'_>, rect: CssRect) {
    const SKY: [u8; 3] = [0xc6, 0xd8, 0xf4];
    const HILL: [u8; 3] = [0x58, 0xae, 0x39];
    const EDGE: [u8; 3] = [0x9c, 0x9c, 0x9c];
    const GRID: f32 = 16.0;
    let unit = |points: &[(f32, f32)]| -> Vec<(f32, f32)> {
        points.iter().map(|(x, y)| (x / GRID, y / GRID)).collect()
    };
    let sheet = unit(&[(0.5, 0.5), (10.5, 0.5), (15.0, 5.0), (15.0, 15.5), (0.5, 15.5)]);
    fill_polygon(painter, rect, &sheet, opaque(SKY));
    let cloud = unit(&[(2.0, 6.0), (2.5, 4.5), (4.0, 3.5), (5.5, 4.0), (7.0, 5.0), (7.0, 6.0)]);
    fill_polygon(painter, rect, &cloud, Rgba::WHITE);
    let hill =
        unit(&[(1.0, 15.0), (1.0, 13.0), (5.0, 10.5), (8.5, 10.0), (11.0, 11.5), (14.5, 14.0), (14.5, 15.0)]);
    fill_polygon(painter, rect, &hill, opaque(HILL));
    stroke_polygon(painter, rect, &sheet, opaque(EDGE));
    let fold = unit(&[(10.5, 0.5), (10.5, 5.0), (15.0, 5.0)]);
    fill_polygon(painter, rect, &fold, Rgba::WHITE);
    stroke_polygon(painter, rect, &fold, opaque(EDGE));
    // The tear goes through everything.
    let tear = unit(&[(16.0, 8.0), (16.0, 11.5), (9.5, 16.0), (6.0, 16.0)]);
    fill_polygon(painter, rect, &tear, Rgba::WHITE);
}

/// A polygon whose corners are parts of `rect`.
fn polygon(rect: CssRect, corners: &[(f32, f32)]) -> Path {
    let at = |&(x, y): &(f32, f32)| {
        CssPoint::new(rect.origin.x + x * rect.size.width, rect.origin.y + y * rect.size.height)
    };
    Path::of_points(corners.iter().map(at), true)
}

fn fill_polygon(painter: &mut Painter<'_>, rect: CssRect, corners: &[(f32, f32)], color: Rgba) {
    let path = polygon(rect, corners);
    let bounds = path.bounds();
    let item = PathItem { path: Arc::new(path), fill: Some((color, FillRule::NonZero)), stroke: None };
    painter.push(bounds, ItemKind::Path(Box::new(item)));
}

fn stroke_polygon(painter: &mut Painter<'_>, rect: CssRect, corners: &[(f32, f32)], color: Rgba) {
    painter.stroke_path(polygon(rect, corners), Stroke::plain(color, 1.0));
}
