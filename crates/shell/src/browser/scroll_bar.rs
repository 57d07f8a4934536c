//! The scroll bars at the edges of a page that is larger than its viewport.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector};

/// How wide a bar is, in CSS px.
pub const WIDTH: f32 = 12.0;
/// A thumb must stay large enough to be grasped; CSS px.
const SHORTEST_THUMB: f32 = 32.0;
/// Between the thumb and the sides of its track; CSS px.
const GAP: f32 = 2.0;

/// The colour of the thumb.
pub const THUMB: Rgba = Rgba { red: 0.13, green: 0.19, blue: 0.23, alpha: 0.45 };
/// The colour of the track.
pub const TRACK: Rgba = Rgba { red: 0.13, green: 0.19, blue: 0.23, alpha: 0.08 };

/// Which way a bar scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Up and down; the bar is at the right-hand edge.
    Vertical,
    /// To the left and right; the bar is at the lower edge.
    Horizontal,
}

impl Axis {
    /// Both.
    pub const ALL: [Axis; 2] = [Axis::Vertical, Axis::Horizontal];

    /// The coordinate along the bar.
    pub fn along(self, vector: CssVector) -> f32 {
        match self {
            Axis::Vertical => vector.y,
            Axis::Horizontal => vector.x,
        }
    }

    /// The vector with another coordinate along the bar.
    pub fn replace(self, vector: CssVector, along: f32) -> CssVector {
        match self {
            Axis::Vertical => CssVector::new(vector.x, along),
            Axis::Horizontal => CssVector::new(along, vector.y),
        }
    }
}

/// Where track and thumb lie, in CSS px of the viewport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrollBar {
    /// Which way it scrolls.
    pub axis: Axis,
    /// The whole bar.
    pub track: CssRect,
    /// The part that shows what is seen.
    pub thumb: CssRect,
    farthest: f32,
}

impl ScrollBar {
    /// A bar of a viewport that is scrolled by `offset` and can be scrolled by `farthest` CSS px; nothing when it cannot
    /// be scrolled that way.
    pub fn new(axis: Axis, viewport: CssSize, offset: CssVector, farthest: CssVector) -> Option<Self> {
        let (offset, farthest, port) =
            (axis.along(offset), axis.along(farthest), axis.along(viewport.to_vector()));
        if farthest < 1.0 || port <= 0.0 {
            return None;
        }
        let length = (port * port / (port + farthest)).max(SHORTEST_THUMB).min(port);
        let start = (port - length) * (offset / farthest).clamp(0.0, 1.0);
        let (track, thumb) = match axis {
            Axis::Vertical => {
                let track = CssPoint::new(viewport.width - WIDTH, 0.0);
                let thumb = CssPoint::new(track.x + GAP, start);
                (
                    CssRect::new(track, CssSize::new(WIDTH, port)),
                    CssRect::new(thumb, CssSize::new(WIDTH - 2.0 * GAP, length)),
                )
            }
            Axis::Horizontal => {
                let track = CssPoint::new(0.0, viewport.height - WIDTH);
                let thumb = CssPoint::new(start, track.y + GAP);
                (
                    CssRect::new(track, CssSize::new(port, WIDTH)),
                    CssRect::new(thumb, CssSize::new(length, WIDTH - 2.0 * GAP)),
                )
            }
        };
        Some(ScrollBar { axis, track, thumb, farthest })
    }

    /// Where the thumb starts along the bar.
    pub fn thumb_start(&self) -> f32 {
        self.axis.along(self.thumb.origin.to_vector())
    }

    /// How far the page is scrolled when the thumb's start is drawn to a place, in CSS px.
    pub fn offset_for_thumb(&self, start: f32) -> f32 {
        let room = self.axis.along((self.track.size - self.thumb.size).to_vector());
        if room <= 0.0 { 0.0 } else { (start / room).clamp(0.0, 1.0) * self.farthest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vertical(offset: f32, farthest: f32) -> Option<ScrollBar> {
        let viewport = CssSize::new(400.0, 300.0);
        ScrollBar::new(Axis::Vertical, viewport, CssVector::new(0.0, offset), CssVector::new(0.0, farthest))
    }

    #[test]
    fn the_thumb_shows_where_the_viewport_is() {
        assert_eq!(vertical(0.0, 0.0), None);
        let bar = vertical(150.0, 300.0).unwrap();
        assert_eq!((bar.thumb.min_y(), bar.thumb.max_y()), (75.0, 225.0));
        assert_eq!(bar.offset_for_thumb(75.0), 150.0);
        assert_eq!(bar.offset_for_thumb(-9.0), 0.0);
        let long = vertical(1e6, 1e6).unwrap();
        assert_eq!((long.thumb.height(), long.thumb.max_y()), (SHORTEST_THUMB, 300.0));
    }

    #[test]
    fn a_wide_page_has_a_bar_at_the_lower_edge() {
        let viewport = CssSize::new(400.0, 300.0);
        let (offset, farthest) = (CssVector::new(400.0, 0.0), CssVector::new(400.0, 0.0));
        let bar = ScrollBar::new(Axis::Horizontal, viewport, offset, farthest).unwrap();
        assert_eq!((bar.thumb_start(), bar.thumb.max_x(), bar.track.max_y()), (200.0, 400.0, 300.0));
        assert_eq!(bar.offset_for_thumb(100.0), 200.0);
    }
}
