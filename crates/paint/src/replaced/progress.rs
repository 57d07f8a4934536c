//! Bars: `<progress>`, `<meter>` and `<input type=range>`.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;

use super::centered;
use super::control::{accent, opaque, paint_frame};
use crate::display_list::{ClipShape, RoundedRect};
use crate::painter::Painter;

/// What a bar is filled on.
const TRACK: [u8; 3] = [0xef, 0xef, 0xef];
/// The edge of a track.
const TRACK_EDGE: [u8; 3] = [0xb2, 0xb2, 0xb2];
/// How thick a track is, in CSS px.
const TRACK_THICKNESS: f32 = 8.0;
/// The knob of a slider, in CSS px.
const THUMB: f32 = 16.0;
/// The bar of a meter in its best range.
const METER_GOOD: [u8; 3] = [0x10, 0x7c, 0x10];

/// Paints `<progress>`; without a known part it is an empty track.
pub(super) fn paint_progress(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    part: Option<f32>,
) {
    let track = track_in(rect, painter.snapping.snap_border_width(TRACK_THICKNESS));
    paint_bar(painter, track, part.unwrap_or(0.0), accent(style));
}

/// Paints `<meter>`.
pub(super) fn paint_meter(painter: &mut Painter<'_>, rect: CssRect, part: f32) {
    let track = track_in(rect, rect.size.height / 2.0);
    paint_bar(painter, track, part, opaque(METER_GOOD));
}

/// Paints `<input type=range>`.
pub(super) fn paint_range(painter: &mut Painter<'_>, style: &ComputedStyle, rect: CssRect, part: f32) {
    let part = part.clamp(0.0, 1.0);
    let accent = accent(style);
    let thumb = THUMB.min(rect.size.height).min(rect.size.width);
    let left = rect.origin.x + (rect.size.width - thumb) * part;
    let knob = CssRect::new(
        CssPoint::new(left, rect.origin.y + (rect.size.height - thumb) / 2.0),
        CssSize::new(thumb, thumb),
    );
    // The bar ends under the middle of the knob.
    let filled = (left + thumb / 2.0 - rect.origin.x) / rect.size.width;
    paint_bar(painter, track_in(rect, TRACK_THICKNESS), filled, accent);
    painter.fill_rounded(RoundedRect::new(knob, [knob.size / 2.0; 4]), accent);
}

fn track_in(rect: CssRect, thickness: f32) -> CssRect {
    centered(rect, CssSize::new(rect.size.width, thickness.min(rect.size.height)))
}

fn paint_bar(painter: &mut Painter<'_>, track: CssRect, part: f32, color: Rgba) {
    let round = RoundedRect::new(track, [CssSize::new(track.size.height, track.size.height) / 2.0; 4]);
    painter.fill_rounded(round, opaque(TRACK));
    paint_frame(painter, round, opaque(TRACK_EDGE), 1.0);
    let width = track.size.width * part.clamp(0.0, 1.0);
    if width > 0.0 {
        let bar = CssRect::new(track.origin, CssSize::new(width, track.size.height));
        painter.clipped(ClipShape::RoundedRect(round), |painter| painter.fill_rect(bar, color));
    }
}
