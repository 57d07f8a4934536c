//! Bars: `<progress>`, `<meter>` and `<input type=range>`.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_css::properties::inherited_text::{Direction as CssDirection, WritingMode};
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

/// How a bar fills its box: along its lines. <https://drafts.csswg.org/css-writing-modes-4/#vertical-writing-mode>
#[derive(Clone, Copy)]
struct Direction {
    is_vertical: bool,
    /// Whether it begins at the right or at the bottom.
    is_reversed: bool,
}

impl Direction {
    fn of(style: &ComputedStyle) -> Direction {
        let text = &style.inherited_text;
        let is_rtl = text.direction == CssDirection::Rtl;
        Direction {
            is_vertical: text.writing_mode != WritingMode::HorizontalTb,
            is_reversed: is_rtl != (text.writing_mode == WritingMode::SidewaysLr),
        }
    }

    /// How long and how thick a box is.
    fn extents(self, size: CssSize) -> (f32, f32) {
        if self.is_vertical { (size.height, size.width) } else { (size.width, size.height) }
    }

    /// The part of a box that begins at `start` and is `length` long.
    fn part(self, rect: CssRect, start: f32, length: f32) -> CssRect {
        let (extent, thickness) = self.extents(rect.size);
        let start = if self.is_reversed { extent - start - length } else { start };
        if self.is_vertical {
            let corner = CssPoint::new(rect.origin.x, rect.origin.y + start);
            CssRect::new(corner, CssSize::new(thickness, length))
        } else {
            let corner = CssPoint::new(rect.origin.x + start, rect.origin.y);
            CssRect::new(corner, CssSize::new(length, thickness))
        }
    }

    /// A track of this thickness in the middle of a box.
    fn track(self, rect: CssRect, thickness: f32) -> CssRect {
        let (extent, room) = self.extents(rect.size);
        let thickness = thickness.min(room);
        let size =
            if self.is_vertical { CssSize::new(thickness, extent) } else { CssSize::new(extent, thickness) };
        centered(rect, size)
    }
}

/// Paints `<progress>`. Where it is not known how much is done, it stands at the start of its animation.
pub(super) fn paint_progress(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    part: Option<f32>,
) {
    let part = part.unwrap_or(ENDLESS_PART);
    let direction = Direction::of(style);
    let (extent, thickness) = direction.extents(rect.size);
    if style.boxes.appearance == Appearance::None {
        let [bar, track] = PLAIN_PROGRESS.map(opaque);
        painter.fill_rect(rect, track);
        painter.fill_rect(direction.part(rect, 0.0, extent * part), bar);
        return;
    }
    // Higher bars have thicker tracks.
    let track = direction.track(rect, (thickness / 2.0).round());
    paint_bar(painter, direction, track, part, accent(style, control), TRACK_EDGE);
}

/// Paints `<meter>`.
pub(super) fn paint_meter(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    part: f32,
    region: MeterRegion,
) {
    let color = match region {
        MeterRegion::Optimum => [0x10, 0x7c, 0x10],
        MeterRegion::Suboptimal => [0xff, 0xb9, 0x00],
        MeterRegion::EvenLessGood => [0xd8, 0x3b, 0x01],
    };
    let direction = Direction::of(style);
    let (_, thickness) = direction.extents(rect.size);
    let track = direction.track(rect, (thickness / 2.0).round());
    paint_bar(painter, direction, track, part, opaque(color), TRACK_EDGE);
}

/// Paints `<input type=range>`, with or without its thumb.
pub(super) fn paint_range(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    rect: CssRect,
    control: &Control,
    part: f32,
    has_thumb: bool,
) {
    let part = part.clamp(0.0, 1.0);
    let color = accent(style, control);
    let direction = Direction::of(style);
    let (extent, thickness) = direction.extents(rect.size);
    let thumb = THUMB.min(extent).min(thickness);
    let mut knob = direction.part(rect, (extent - thumb) * part, thumb);
    knob.size = CssSize::new(thumb, thumb);
    let aside = ((thickness - thumb) / 2.0).floor();
    if direction.is_vertical {
        knob.origin = CssPoint::new(knob.origin.x + aside, knob.origin.y.round());
    } else {
        knob.origin = CssPoint::new(knob.origin.x.round(), knob.origin.y + aside);
    }
    // The bar ends under the middle of the knob.
    let middle = if direction.is_vertical {
        knob.origin.y - rect.origin.y + thumb / 2.0
    } else {
        knob.origin.x - rect.origin.x + thumb / 2.0
    };
    let filled = if direction.is_reversed { extent - middle } else { middle } / extent;
    let edge = if control.is_disabled { DISABLED_TRACK_EDGE } else { TRACK_EDGE };
    paint_bar(painter, direction, direction.track(rect, TRACK_THICKNESS), filled, color, edge);
    if has_thumb {
        paint_slider_thumb(painter, knob, color);
    }
}

/// Paints the thumb of a slider: round.
pub(super) fn paint_slider_thumb(painter: &mut Painter<'_>, thumb: CssRect, color: Rgba) {
    painter.fill_rounded(RoundedRect::new(thumb, [thumb.size / 2.0; 4]), color);
}

fn paint_bar(
    painter: &mut Painter<'_>,
    direction: Direction,
    track: CssRect,
    part: f32,
    color: Rgba,
    edge: Rgba,
) {
    let (extent, thickness) = direction.extents(track.size);
    let round = RoundedRect::new(track, [CssSize::new(thickness, thickness) / 2.0; 4]);
    painter.fill_rounded(round, opaque(TRACK));
    let length = extent * part.clamp(0.0, 1.0);
    if length > 0.0 {
        let bar = direction.part(track, 0.0, length);
        painter.clipped(ClipShape::RoundedRect(round), |painter| painter.fill_rect(bar, color));
    }
    paint_frame(painter, round, edge, 1.0);
}
