//! Bars: `<progress>`, `<meter>` and `<input type=range>`.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_layout::{Control, MeterRegion};

use super::centered;
use super::control::{accent, opaque, paint_frame};
use crate::display_list::{ClipShape, RoundedRect};
use crate::painter::Painter;

/// What a bar is filled on.
const TRACK: [u8; 3] = [0xef, 0xef, 0xef];
/// The line over the edge of a track: the colour of borders, half seen through.
const TRACK_EDGE: Rgba = Rgba { red: 0.463, green: 0.463, blue: 0.463, alpha: 0.5 };
/// The same where the control is disabled.
const DISABLED_TRACK_EDGE: Rgba = Rgba { alpha: 0.3, ..TRACK_EDGE };
/// How thick a track is, in CSS px.
const TRACK_THICKNESS: f32 = 8.0;
/// The knob of a slider, in CSS px.
const THUMB: f32 = 16.0;
/// How much of an endless bar is filled.
const ENDLESS_PART: f32 = 0.2;
/// The bar of a progress without the theme's look, and what it is filled on.
const PLAIN_PROGRESS: [[u8; 3]; 2] = [[0x00, 0x80, 0x00], [0x80, 0x80, 0x80]];

/// Paints `<progress>`. Where it is not known how much is done, it stands at the start of its animation.
pub(super) fn paint_progress(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    part: Option<f32>,
) {
    let part = part.unwrap_or(ENDLESS_PART);
    if style.boxes.appearance == Appearance::None {
        let [bar, track] = PLAIN_PROGRESS.map(opaque);
        painter.fill_rect(rect, track);
        painter.fill_rect(
            CssRect::new(rect.origin, CssSize::new(rect.size.width * part, rect.size.height)),
            bar,
        );
        return;
    }
    // Higher bars have thicker tracks.
    let thickness = (rect.size.height / 2.0).round();
    paint_bar(painter, track_in(rect, thickness), part, accent(style, control), TRACK_EDGE);
}

/// Paints `<meter>`.
pub(super) fn paint_meter(painter: &mut Painter<'_>, rect: CssRect, part: f32, region: MeterRegion) {
    let color = match region {
        MeterRegion::Optimum => [0x10, 0x7c, 0x10],
        MeterRegion::Suboptimal => [0xff, 0xb9, 0x00],
        MeterRegion::EvenLessGood => [0xd8, 0x3b, 0x01],
    };
    let track = track_in(rect, (rect.size.height / 2.0).round());
    paint_bar(painter, track, part, opaque(color), TRACK_EDGE);
}

/// Paints `<input type=range>`.
pub(super) fn paint_range(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    part: f32,
) {
    let part = part.clamp(0.0, 1.0);
    let color = accent(style, control);
    let thumb = THUMB.min(rect.size.height).min(rect.size.width);
    let left = (rect.origin.x + (rect.size.width - thumb) * part).round();
    let knob = CssRect::new(
        CssPoint::new(left, rect.origin.y + ((rect.size.height - thumb) / 2.0).floor()),
        CssSize::new(thumb, thumb),
    );
    // The bar ends under the middle of the knob.
    let filled = (left + thumb / 2.0 - rect.origin.x) / rect.size.width;
    let edge = if control.is_disabled { DISABLED_TRACK_EDGE } else { TRACK_EDGE };
    paint_bar(painter, track_in(rect, TRACK_THICKNESS), filled, color, edge);
    painter.fill_rounded(RoundedRect::new(knob, [knob.size / 2.0; 4]), color);
}

fn track_in(rect: CssRect, thickness: f32) -> CssRect {
    centered(rect, CssSize::new(rect.size.width, thickness.min(rect.size.height)))
}

fn paint_bar(painter: &mut Painter<'_>, track: CssRect, part: f32, color: Rgba, edge: Rgba) {
    let round = RoundedRect::new(track, [CssSize::new(track.size.height, track.size.height) / 2.0; 4]);
    painter.fill_rounded(round, opaque(TRACK));
    let width = track.size.width * part.clamp(0.0, 1.0);
    if width > 0.0 {
        let bar = CssRect::new(track.origin, CssSize::new(width, track.size.height));
        painter.clipped(ClipShape::RoundedRect(round), |painter| painter.fill_rect(bar, color));
    }
    paint_frame(painter, round, edge, 1.0);
}
