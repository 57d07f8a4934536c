//! The borders between the frames of a frameset, as Chromium has them.
//! <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_layout::{BoxFragment, Frameset};

use super::control::opaque;
use crate::painter::Painter;
use crate::style::current_color;

/// The face of a border without colour of its own.
const FACE: [u8; 3] = [0xd0, 0xd0, 0xd0];
/// Its left or upper edge.
const START_EDGE: [u8; 3] = [0xaa, 0xaa, 0xaa];
/// Its right or lower edge.
const END_EDGE: [u8; 3] = [0x00, 0x00, 0x00];
/// Borders that are thinner show their face alone, in CSS px.
const LEAST_WITH_EDGES: u32 = 3;

/// Paints the borders that have a frame at their left or above.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    frameset: &Frameset,
) {
    if frameset.border == 0 {
        return;
    }
    let [columns, rows] = frameset.tracks(fragment.size);
    let frames = frameset.frames.len();
    let border = LayoutUnit::from_px(i32::try_from(frameset.border).unwrap_or(i32::MAX));
    let ends = |tracks: &[(LayoutUnit, LayoutUnit)], borders: &[bool], count: usize| -> Vec<LayoutUnit> {
        let between = tracks.iter().zip(borders.iter().skip(1)).take(count.min(tracks.len() - 1));
        between.filter(|(_, is_drawn)| **is_drawn).map(|((start, length), _)| *start + *length).collect()
    };
    for x in ends(&columns, &frameset.column_borders, frames) {
        let size = LayoutSize::new(border, fragment.size.height);
        paint_border(
            painter,
            style,
            frameset,
            LayoutRect::new(LayoutPoint::new(x, LayoutUnit::ZERO), size),
            true,
        );
    }
    for y in ends(&rows, &frameset.row_borders, frames / columns.len()) {
        let size = LayoutSize::new(fragment.size.width, border);
        paint_border(
            painter,
            style,
            frameset,
            LayoutRect::new(LayoutPoint::new(LayoutUnit::ZERO, y), size),
            false,
        );
    }
}

fn paint_border(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    frameset: &Frameset,
    border: LayoutRect,
    is_upright: bool,
) {
    let face = if frameset.has_border_color {
        style.border.border_left_color.resolve(current_color(style))
    } else {
        opaque(FACE)
    };
    let moved = painter.place.offset.to_vector();
    let fill = |painter: &mut Painter<'_>, rect: LayoutRect, color| {
        let rect = painter.snapping.snap(rect.translate(moved));
        painter.fill_rect(rect, color);
    };
    fill(painter, border, face);
    if frameset.border < LEAST_WITH_EDGES {
        return;
    }
    let mut edge = border;
    let one = LayoutUnit::from_px(1);
    let end = if is_upright {
        edge.size.width = one;
        LayoutPoint::new(border.max_x() - one, border.origin.y)
    } else {
        edge.size.height = one;
        LayoutPoint::new(border.origin.x, border.max_y() - one)
    };
    fill(painter, edge, opaque(START_EDGE));
    edge.origin = end;
    fill(painter, edge, opaque(END_EDGE));
}
