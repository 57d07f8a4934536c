//! Putting edges on device pixels.

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, LayoutRect};

/// Puts the edges of boxes on whole device px, each edge by itself, so that boxes that touch still do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelSnapping {
    scale: f32,
}

impl PixelSnapping {
    /// For so many device px to a CSS px.
    pub fn new(scale: f32) -> Self {
        PixelSnapping { scale: if scale.is_finite() && scale > 0.0 { scale } else { 1.0 } }
    }

    /// Device px to a CSS px.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// A rectangle in CSS px whose edges are on device px.
    pub fn snap(&self, rect: LayoutRect) -> CssRect {
        let left = self.snap_edge(rect.origin.x);
        let top = self.snap_edge(rect.origin.y);
        let right = self.snap_edge(rect.origin.x + rect.size.width);
        let bottom = self.snap_edge(rect.origin.y + rect.size.height);
        CssRect::new(CssPoint::new(left, top), CssSize::new(right - left, bottom - top))
    }

    /// The smallest rectangle around another, in CSS px, whose edges are on device px.
    pub fn snap_out(&self, rect: CssRect) -> CssRect {
        (rect * self.scale).round_out() / self.scale
    }

    /// An edge in CSS px, on the nearest device px; halves go up.
    pub fn snap_edge(&self, edge: LayoutUnit) -> f32 {
        if self.scale == 1.0 {
            return edge.round() as f32;
        }
        let device = (f64::from(edge.to_f32()) * f64::from(self.scale) + 0.5).floor();
        (device / f64::from(self.scale)) as f32
    }

    /// The width of a border or an outline in CSS px: whole device px, rounded down, but never none.
    /// <https://drafts.csswg.org/css-values-4/#snap-a-length-as-a-border-width>
    pub fn snap_border_width(&self, width: f32) -> f32 {
        let device = width * self.scale;
        if device <= 0.0 {
            0.0
        } else if device < 1.0 {
            1.0 / self.scale
        } else {
            device.floor() / self.scale
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::{LayoutPoint, LayoutSize};

    fn rect(x: f32, width: f32) -> LayoutRect {
        let unit = LayoutUnit::from_f32;
        LayoutRect::new(LayoutPoint::new(unit(x), unit(0.0)), LayoutSize::new(unit(width), unit(1.0)))
    }

    #[test]
    fn edges_go_to_device_pixels_each_by_itself() {
        let snapped = PixelSnapping::new(1.0).snap(rect(0.5, 1.25));
        assert_eq!((snapped.origin.x, snapped.size.width), (1.0, 1.0));
        let snapped = PixelSnapping::new(2.0).snap(rect(0.5, 1.25));
        assert_eq!((snapped.origin.x, snapped.size.width), (0.5, 1.5));
    }

    #[test]
    fn a_thin_border_is_one_device_pixel() {
        let snapping = PixelSnapping::new(2.0);
        assert_eq!(snapping.snap_border_width(0.1), 0.5);
        assert_eq!(snapping.snap_border_width(1.9), 1.5);
        assert_eq!(snapping.snap_border_width(0.0), 0.0);
    }
}
