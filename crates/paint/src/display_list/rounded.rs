//! Rectangles with rounded corners.

use fanlight_base::Sides;
use fanlight_base::geometry::{CssRect, CssSize};

/// A rectangle whose corners are quarters of ellipses.
/// <https://drafts.csswg.org/css-backgrounds-3/#border-radius>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoundedRect {
    /// The rectangle, in CSS px.
    pub rect: CssRect,
    /// The horizontal and vertical radius of each corner in CSS px, in the order of CSS: top left, top right, bottom
    /// right, bottom left. They never overlap ([`RoundedRect::new`] sees to it).
    pub radii: [CssSize; 4],
}

impl RoundedRect {
    /// With radii that are scaled down together where they would overlap.
    /// <https://drafts.csswg.org/css-backgrounds-3/#corner-overlap>
    pub fn new(rect: CssRect, radii: [CssSize; 4]) -> Self {
        let mut radii = radii
            .map(|radius| if radius.width > 0.0 && radius.height > 0.0 { radius } else { CssSize::zero() });
        let [top_left, top_right, bottom_right, bottom_left] = radii;
        let mut factor = 1.0_f32;
        for (length, sum) in [
            (rect.size.width, top_left.width + top_right.width),
            (rect.size.width, bottom_left.width + bottom_right.width),
            (rect.size.height, top_left.height + bottom_left.height),
            (rect.size.height, top_right.height + bottom_right.height),
        ] {
            if sum > length {
                factor = factor.min(length.max(0.0) / sum);
            }
        }
        if factor < 1.0 {
            radii = radii.map(|radius| radius * factor);
        }
        RoundedRect { rect, radii }
    }

    /// With sharp corners.
    pub fn sharp(rect: CssRect) -> Self {
        RoundedRect { rect, radii: [CssSize::zero(); 4] }
    }

    /// Whether no corner is rounded.
    pub fn is_sharp(&self) -> bool {
        self.radii.iter().all(|radius| radius.width <= 0.0 || radius.height <= 0.0)
    }

    /// The rounded rectangle inside `widths`, as the padding edge is inside the border edge: each radius is less by the
    /// widths beside it, down to a sharp corner.
    pub fn inset(&self, widths: Sides<f32>) -> Self {
        let rect = CssRect::new(
            CssRect::zero().origin + (self.rect.origin.to_vector() + euclid::vec2(widths.left, widths.top)),
            CssSize::new(
                (self.rect.size.width - widths.left - widths.right).max(0.0),
                (self.rect.size.height - widths.top - widths.bottom).max(0.0),
            ),
        );
        let less = |radius: CssSize, horizontal: f32, vertical: f32| {
            CssSize::new((radius.width - horizontal).max(0.0), (radius.height - vertical).max(0.0))
        };
        let [top_left, top_right, bottom_right, bottom_left] = self.radii;
        RoundedRect::new(
            rect,
            [
                less(top_left, widths.left, widths.top),
                less(top_right, widths.right, widths.top),
                less(bottom_right, widths.right, widths.bottom),
                less(bottom_left, widths.left, widths.bottom),
            ],
        )
    }

    /// The rounded rectangle `distance` CSS px around this one (inside it when negative). A sharp corner stays sharp, and
    /// a small radius grows by less than the distance, as the shadows of boxes do.
    /// <https://drafts.csswg.org/css-backgrounds-3/#shadow-shape>
    pub fn outset(&self, distance: f32) -> Self {
        if distance < 0.0 {
            return self.inset(Sides::all(-distance));
        }
        let grown = |radius: f32| {
            if radius <= 0.0 {
                0.0
            } else if radius < distance {
                let part = radius / distance - 1.0;
                radius + distance * (1.0 + part * part * part)
            } else {
                radius + distance
            }
        };
        RoundedRect::new(
            self.rect.inflate(distance, distance),
            self.radii.map(|radius| CssSize::new(grown(radius.width), grown(radius.height))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssPoint;

    fn rect(width: f32, height: f32) -> CssRect {
        CssRect::new(CssPoint::zero(), CssSize::new(width, height))
    }

    #[test]
    fn radii_that_overlap_are_scaled_together() {
        let rounded = RoundedRect::new(rect(100.0, 50.0), [CssSize::new(50.0, 50.0); 4]);
        assert_eq!(rounded.radii, [CssSize::new(25.0, 25.0); 4]);
    }

    #[test]
    fn a_radius_of_zero_in_one_direction_is_a_sharp_corner() {
        assert!(RoundedRect::new(rect(10.0, 10.0), [CssSize::new(0.0, 5.0); 4]).is_sharp());
    }

    #[test]
    fn the_inner_edge_has_what_is_left_of_the_radii() {
        let rounded = RoundedRect::new(rect(40.0, 40.0), [CssSize::new(10.0, 10.0); 4]);
        let inner = rounded.inset(Sides::new(4.0, 12.0, 4.0, 4.0));
        assert_eq!(inner.rect, CssRect::new(CssPoint::new(4.0, 4.0), CssSize::new(24.0, 32.0)));
        assert_eq!(inner.radii[0], CssSize::new(6.0, 6.0));
        assert_eq!(inner.radii[1], CssSize::zero());
    }

    #[test]
    fn growing_keeps_sharp_corners_sharp() {
        let mut rounded = RoundedRect::new(rect(40.0, 40.0), [CssSize::new(10.0, 10.0); 4]);
        rounded.radii[2] = CssSize::zero();
        let outer = rounded.outset(5.0);
        assert_eq!(outer.radii[0], CssSize::new(15.0, 15.0));
        assert_eq!(outer.radii[2], CssSize::zero());
        assert!(
            RoundedRect::new(rect(40.0, 40.0), [CssSize::new(1.0, 1.0); 4]).outset(10.0).radii[0].width
                < 11.0
        );
    }
}
