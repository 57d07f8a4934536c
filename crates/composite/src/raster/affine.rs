//! Two-dimensional affine transforms.

use fanlight_base::geometry::{CssPoint, CssRect, CssTransform};

use super::PixelRect;

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
    pub e: f32,
    pub f: f32,
}

impl Affine {
    pub const IDENTITY: Affine = Affine { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The flattened transform: what it does to points of the plane, without perspective.
    pub fn from_transform(transform: &CssTransform, scale: f32) -> Affine {
        let weight = if transform.m44 != 0.0 { scale / transform.m44 } else { scale };
        Affine {
            a: transform.m11 * weight,
            b: transform.m12 * weight,
            c: transform.m21 * weight,
            d: transform.m22 * weight,
            e: transform.m41 * weight,
            f: transform.m42 * weight,
        }
    }

    pub fn translation(x: f32, y: f32) -> Affine {
        Affine { e: x, f: y, ..Affine::IDENTITY }
    }

    /// `self`, then `next`.
    pub fn then(&self, next: &Affine) -> Affine {
        Affine {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    pub fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    pub fn apply_point(&self, point: CssPoint) -> (f32, f32) {
        self.apply(point.x, point.y)
    }

    /// The way back; `None` when the plane is squeezed into a line.
    pub fn inverse(&self) -> Option<Affine> {
        let (a, b, c, d) = (f64::from(self.a), f64::from(self.b), f64::from(self.c), f64::from(self.d));
        let (e, f) = (f64::from(self.e), f64::from(self.f));
        let determinant = a * d - b * c;
        if !determinant.is_finite() || determinant.abs() < 1e-12 {
            return None;
        }
        Some(Affine {
            a: (d / determinant) as f32,
            b: (-b / determinant) as f32,
            c: (-c / determinant) as f32,
            d: (a / determinant) as f32,
            e: ((c * f - d * e) / determinant) as f32,
            f: ((b * e - a * f) / determinant) as f32,
        })
    }

    /// Whether rectangles stay rectangles with horizontal and vertical edges, not turned.
    pub fn keeps_axes(&self) -> bool {
        self.b == 0.0 && self.c == 0.0
    }

    /// How much longer lengths become: the geometric mean over directions.
    pub fn mean_scale(&self) -> f32 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// The edges of the rectangle around a transformed rectangle: left, top, right, bottom.
    pub fn edges(&self, rect: &CssRect) -> (f32, f32, f32, f32) {
        let corners = [
            self.apply(rect.min_x(), rect.min_y()),
            self.apply(rect.max_x(), rect.min_y()),
            self.apply(rect.min_x(), rect.max_y()),
            self.apply(rect.max_x(), rect.max_y()),
        ];
        let mut edges = (f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
        for (x, y) in corners {
            edges = (edges.0.min(x), edges.1.min(y), edges.2.max(x), edges.3.max(y));
        }
        edges
    }

    /// The px that a transformed rectangle touches.
    pub fn bounds(&self, rect: &CssRect) -> PixelRect {
        let (left, top, right, bottom) = self.edges(rect);
        PixelRect::around(left, top, right, bottom)
    }

    /// The whole device px that a transformed rectangle is, when its edges are on device px.
    pub fn exact_pixels(&self, rect: &CssRect) -> Option<PixelRect> {
        if !self.keeps_axes() {
            return None;
        }
        let (left, top, right, bottom) = self.edges(rect);
        let whole = |edge: f32| {
            // 1/256 px is what coverage can tell apart.
            let rounded = edge.round();
            ((edge - rounded).abs() < 1.0 / 256.0 && rounded.abs() < 1e9).then_some(rounded as i32)
        };
        Some(PixelRect::new(whole(left)?, whole(top)?, whole(right)?, whole(bottom)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssSize;

    #[test]
    fn the_inverse_undoes() {
        let affine = Affine { a: 2.0, b: 1.0, c: -1.0, d: 3.0, e: 10.0, f: -4.0 };
        let (x, y) = affine.apply(5.0, 6.0);
        let (x, y) = affine.inverse().unwrap().apply(x, y);
        assert!((x - 5.0).abs() < 1e-4 && (y - 6.0).abs() < 1e-4);
        assert_eq!(Affine { a: 0.0, ..Affine::IDENTITY }.inverse(), None);
    }

    #[test]
    fn only_edges_on_device_pixels_are_exact() {
        let rect = CssRect::new(CssPoint::new(1.5, 2.0), CssSize::new(2.0, 3.0));
        let doubled = Affine { a: 2.0, d: 2.0, ..Affine::IDENTITY };
        assert_eq!(doubled.exact_pixels(&rect), Some(PixelRect::new(3, 4, 7, 10)));
        assert_eq!(Affine::IDENTITY.exact_pixels(&rect), None);
    }
}
