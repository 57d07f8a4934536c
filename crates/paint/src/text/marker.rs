//! Markers of list items that are [shapes](MarkerSymbol).
//! <https://drafts.csswg.org/css-counter-styles-3/#simple-symbolic>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::Direction;
use fanlight_css::properties::list::ListStylePosition;
use fanlight_layout::{
    BoxSource, GeneratedFor, MarkerSymbol, TextFragment, marker_symbol, marker_symbol_size,
};

use crate::display_list::{LineJoin, Path, PathSegment, RoundedRect, Stroke};
use crate::painter::Painter;
use crate::style::current_color;

/// From a marker outside of its item to the item, besides what depends on the font, in CSS px.
const PADDING: f32 = 7.0;
/// How far the control points of a quarter of a circle are from its ends, as a part of the radius.
const QUARTER: f32 = 0.552_284_8;

/// Paints a marker's shape in place of its text. `false` where the text is to be painted.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    text: &TextFragment,
    style: &ComputedStyle,
    rect: CssRect,
) -> bool {
    let source = painter.layout.boxes.get(text.style.box_id).source;
    if !matches!(source, BoxSource::Pseudo(_, GeneratedFor::Marker)) {
        return false;
    }
    let Some(symbol) = marker_symbol(style, text.text()) else { return false };
    let bullet = bullet_rect(text.ascent.to_f32(), rect, style);
    let snapping = painter.snapping;
    let edge = |value: f32| snapping.snap_edge(fanlight_base::LayoutUnit::from_f32(value));
    let origin = CssPoint::new(edge(bullet.min_x()), edge(bullet.min_y()));
    let bullet =
        CssRect::new(origin, CssSize::new(edge(bullet.max_x()) - origin.x, edge(bullet.max_y()) - origin.y));
    let color = current_color(style);
    match symbol {
        MarkerSymbol::Square => painter.fill_rect(bullet, color),
        MarkerSymbol::Disc => {
            painter.fill_rounded(RoundedRect::new(bullet, [bullet.size / 2.0; 4]), color);
        }
        MarkerSymbol::Circle => paint_circle(painter, bullet, color),
    }
    true
}

/// Where Chromium draws the shape: sized by the ascent in whole px, from the upper edge of the marker's text.
fn bullet_rect(ascent: f32, text: CssRect, style: &ComputedStyle) -> CssRect {
    let ascent = ascent.round();
    let two_thirds = (ascent * 2.0 / 3.0).floor();
    let size = marker_symbol_size(ascent);
    let top = (3.0 * (ascent - two_thirds) / 2.0).floor();
    let rtl = style.inherited_text.direction == Direction::Rtl;
    let left = match style.list.list_style_position {
        ListStylePosition::Outside if rtl => text.min_x() + two_thirds + PADDING - size,
        ListStylePosition::Outside => text.max_x() - two_thirds - PADDING,
        ListStylePosition::Inside if rtl => text.max_x() - size,
        ListStylePosition::Inside => text.min_x(),
    };
    CssRect::new(CssPoint::new(left, text.min_y() + top), CssSize::new(size, size))
}

/// A circle of a line of one px, half of which is outside.
fn paint_circle(painter: &mut Painter<'_>, rect: CssRect, color: Rgba) {
    let radius = rect.size.width / 2.0;
    let center = rect.center();
    let at = |x: f32, y: f32| CssPoint::new(center.x + x * radius, center.y + y * radius);
    let segments = vec![
        PathSegment::MoveTo(at(1.0, 0.0)),
        PathSegment::CubicTo(at(1.0, QUARTER), at(QUARTER, 1.0), at(0.0, 1.0)),
        PathSegment::CubicTo(at(-QUARTER, 1.0), at(-1.0, QUARTER), at(-1.0, 0.0)),
        PathSegment::CubicTo(at(-1.0, -QUARTER), at(-QUARTER, -1.0), at(0.0, -1.0)),
        PathSegment::CubicTo(at(QUARTER, -1.0), at(1.0, -QUARTER), at(1.0, 0.0)),
        PathSegment::Close,
    ];
    let stroke = Stroke { join: LineJoin::Round, ..Stroke::plain(color, 1.0) };
    painter.stroke_path(Path { segments }, stroke);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_is_where_chromium_draws_it() {
        // 16px Times: the ascent is 14, the marker's text ends at the item.
        let text = CssRect::new(CssPoint::new(30.0, 100.0), CssSize::new(10.0, 18.0));
        let bullet = bullet_rect(14.0, text, ComputedStyle::initial());
        assert_eq!(bullet, CssRect::new(CssPoint::new(24.0, 107.0), CssSize::new(5.0, 5.0)));
    }
}
