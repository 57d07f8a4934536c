//! The scroll bar at the right-hand edge of a page that is longer than its viewport.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};

/// Its width in CSS px.
pub const WIDTH: f32 = 12.0;
/// A thumb must stay large enough to be grasped; CSS px.
const SHORTEST_THUMB: f32 = 32.0;

/// The colour of the thumb.
pub const THUMB: Rgba = Rgba { red: 0.13, green: 0.19, blue: 0.23, alpha: 0.45 };
/// The colour of the track.
pub const TRACK: Rgba = Rgba { red: 0.13, green: 0.19, blue: 0.23, alpha: 0.08 };

/// Where track and thumb lie, in CSS px of the viewport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrollBar {
    /// The whole bar.
    pub track: CssRect,
    /// The part that shows what is seen.
    pub thumb: CssRect,
    farthest: f32,
}

impl ScrollBar {
    /// The bar of a viewport that is scrolled by `offset` and can be scrolled by `farthest` CSS px; nothing when it
    /// cannot be scrolled.
    pub fn new(viewport: CssSize, offset: f32, farthest: f32) -> Option<Self> {
        if farthest <= 0.0 {
            return None;
        }
        let track =
            CssRect::new(CssPoint::new(viewport.width - WIDTH, 0.0), CssSize::new(WIDTH, viewport.height));
        let share = viewport.height / (viewport.height + farthest);
        let length = (viewport.height * share).max(SHORTEST_THUMB).min(viewport.height);
        let top = (viewport.height - length) * (offset / farthest).clamp(0.0, 1.0);
        let thumb = CssRect::new(CssPoint::new(track.origin.x + 2.0, top), CssSize::new(WIDTH - 4.0, length));
        Some(ScrollBar { track, thumb, farthest })
    }

    /// How far the page is scrolled when the thumb's upper edge is dragged to `top`, in CSS px.
    pub fn offset_for_thumb(&self, top: f32) -> f32 {
        let room = self.track.size.height - self.thumb.size.height;
        if room <= 0.0 { 0.0 } else { (top / room).clamp(0.0, 1.0) * self.farthest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumb_shows_where_the_viewport_is() {
        let viewport = CssSize::new(400.0, 300.0);
        assert_eq!(ScrollBar::new(viewport, 0.0, 0.0), None);
        let bar = ScrollBar::new(viewport, 150.0, 300.0).unwrap();
        assert_eq!((bar.thumb.min_y(), bar.thumb.max_y()), (75.0, 225.0));
        assert_eq!(bar.offset_for_thumb(75.0), 150.0);
        assert_eq!(bar.offset_for_thumb(-9.0), 0.0);
        let long = ScrollBar::new(viewport, 1e6, 1e6).unwrap();
        assert_eq!((long.thumb.size.height, long.thumb.max_y()), (SHORTEST_THUMB, 300.0));
    }
}
