//! Scroll bars over the contents that they scroll.
//! <https://drafts.csswg.org/css-scrollbars-1/>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector, to_css_rect};
use fanlight_css::properties::ui::ScrollbarWidth;
use fanlight_layout::BoxFragment;

use crate::display_list::{RoundedRect, SpatialId};
use crate::order::Place;
use crate::painter::Painter;

/// How thick a thumb is, in CSS px, and how far from the edge.
const THICKNESS: f32 = 8.0;
const THIN: f32 = 4.0;
const MARGIN: f32 = 2.0;
/// How short a thumb can be, in CSS px.
const MIN_THUMB: f32 = 24.0;
/// Seen on light and on dark contents.
const THUMB: Rgba = Rgba { red: 0.5, green: 0.5, blue: 0.5, alpha: 0.7 };

/// Paints the scroll bars of a scroll container.
pub(crate) fn paint(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let thickness = match style.ui.scrollbar_width {
        ScrollbarWidth::None => return,
        ScrollbarWidth::Thin => THIN,
        ScrollbarWidth::Auto => THICKNESS,
    };
    let port = to_css_rect(fragment.padding_box().translate(painter.place.offset.to_vector()));
    let offset = painter.input.scroll.boxes.get(&fragment.style.box_id).copied().unwrap_or_default();
    paint_bars(painter, port, contents_size(fragment), offset, thickness);
}

/// How far the contents of a scroll container reach from the corner of its padding box, in CSS px.
fn contents_size(fragment: &BoxFragment) -> CssSize {
    let overflow = to_css_rect(fragment.scrollable_overflow);
    CssSize::new(
        overflow.max_x() - fragment.border.left.to_f32(),
        overflow.max_y() - fragment.border.top.to_f32(),
    )
}

/// Paints the scroll bars of the viewport, above everything.
pub(crate) fn paint_viewport(painter: &mut Painter<'_>, contents: CssSize) {
    painter.place = Place {
        offset: fanlight_base::geometry::LayoutPoint::zero(),
        spatial: SpatialId::VIEWPORT,
        clip: None,
    };
    (painter.effect, painter.node) = (None, None);
    let port = CssRect::from_size(painter.input.viewport);
    let offset = painter.input.scroll.viewport;
    paint_bars(painter, port, contents, offset, THICKNESS);
}

fn paint_bars(
    painter: &mut Painter<'_>,
    port: CssRect,
    contents: CssSize,
    offset: CssVector,
    thickness: f32,
) {
    if let Some((start, length)) = thumb(port.size.height, contents.height, offset.y) {
        let x = port.max_x() - thickness - MARGIN;
        let rect = CssRect::new(CssPoint::new(x, port.min_y() + start), CssSize::new(thickness, length));
        paint_thumb(painter, rect);
    }
    if let Some((start, length)) = thumb(port.size.width, contents.width, offset.x) {
        let y = port.max_y() - thickness - MARGIN;
        let rect = CssRect::new(CssPoint::new(port.min_x() + start, y), CssSize::new(length, thickness));
        paint_thumb(painter, rect);
    }
}

fn paint_thumb(painter: &mut Painter<'_>, rect: CssRect) {
    let radius = rect.size.width.min(rect.size.height) / 2.0;
    painter.fill_rounded(RoundedRect::new(rect, [CssSize::new(radius, radius); 4]), THUMB);
}

/// Where the thumb begins on its track, and how long it is; nothing where there is nothing to scroll.
fn thumb(port: f32, contents: f32, offset: f32) -> Option<(f32, f32)> {
    let hidden = contents - port;
    // Less than a px cannot be scrolled.
    if hidden < 1.0 || port <= 0.0 {
        return None;
    }
    let length = (port * port / contents).max(MIN_THUMB).min(port);
    Some(((offset / hidden).clamp(0.0, 1.0) * (port - length), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumb_is_as_long_as_what_is_seen_and_reaches_the_end() {
        assert_eq!(thumb(100.0, 200.0, 0.0), Some((0.0, 50.0)));
        assert_eq!(thumb(100.0, 200.0, 100.0), Some((50.0, 50.0)));
        assert_eq!(thumb(100.0, 1e6, 0.0), Some((0.0, MIN_THUMB)));
    }

    #[test]
    fn what_fits_has_no_scroll_bar() {
        assert_eq!(thumb(100.0, 100.5, 0.0), None);
    }
}
