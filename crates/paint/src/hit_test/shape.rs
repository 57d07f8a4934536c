//! Whether a point is inside a shape.

use fanlight_base::geometry::{CssPoint, CssSize};

use crate::display_list::{ClipShape, FillRule, Path, PathSegment, RoundedRect};

/// Straight pieces that stand for a curve.
const PIECES_OF_CURVE: usize = 16;

/// Whether a clip leaves a point.
pub(super) fn clip_contains(shape: &ClipShape, point: CssPoint) -> bool {
    match shape {
        ClipShape::Rect(rect) => rect.contains(point),
        ClipShape::RoundedRect(rounded) => rounded_contains(rounded, point),
        ClipShape::Path(path, rule) => path_contains(path, *rule, point),
    }
}

/// Whether a point is inside a rectangle with rounded corners.
pub(super) fn rounded_contains(rounded: &RoundedRect, point: CssPoint) -> bool {
    let rect = rounded.rect;
    if !rect.contains(point) {
        return false;
    }
    let [top_left, top_right, bottom_right, bottom_left] = rounded.radii;
    // In each corner: the distances into the corner's ellipse from its centre, as parts of the radii.
    let outside = |radius: CssSize, from_x: f32, from_y: f32| {
        let (x, y) = (radius.width - from_x, radius.height - from_y);
        x > 0.0 && y > 0.0 && (x / radius.width).powi(2) + (y / radius.height).powi(2) > 1.0
    };
    let (left, right) = (point.x - rect.min_x(), rect.max_x() - point.x);
    let (top, bottom) = (point.y - rect.min_y(), rect.max_y() - point.y);
    !(outside(top_left, left, top)
        || outside(top_right, right, top)
        || outside(bottom_right, right, bottom)
        || outside(bottom_left, left, bottom))
}

/// Whether a point is inside a path; its figures count as closed.
pub(super) fn path_contains(path: &Path, rule: FillRule, point: CssPoint) -> bool {
    let mut winding = 0_i32;
    let (mut start, mut at) = (CssPoint::zero(), CssPoint::zero());
    let mut line = |from: CssPoint, to: CssPoint| {
        // A ray to the right crosses the line.
        if (from.y <= point.y) != (to.y <= point.y) {
            let x = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x);
            if x > point.x {
                winding += if to.y > from.y { 1 } else { -1 };
            }
        }
    };
    for segment in &path.segments {
        match *segment {
            PathSegment::MoveTo(to) => {
                line(at, start);
                (start, at) = (to, to);
            }
            PathSegment::LineTo(to) => {
                line(at, to);
                at = to;
            }
            PathSegment::QuadTo(control, to) => {
                let from = at;
                for piece in 1..=PIECES_OF_CURVE {
                    let t = piece as f32 / PIECES_OF_CURVE as f32;
                    let next = from.lerp(control, t).lerp(control.lerp(to, t), t);
                    line(at, next);
                    at = next;
                }
            }
            PathSegment::CubicTo(first, second, to) => {
                let from = at;
                for piece in 1..=PIECES_OF_CURVE {
                    let t = piece as f32 / PIECES_OF_CURVE as f32;
                    let (a, b, c) = (from.lerp(first, t), first.lerp(second, t), second.lerp(to, t));
                    let next = a.lerp(b, t).lerp(b.lerp(c, t), t);
                    line(at, next);
                    at = next;
                }
            }
            PathSegment::Close => {
                line(at, start);
                at = start;
            }
        }
    }
    line(at, start);
    match rule {
        FillRule::NonZero => winding != 0,
        FillRule::EvenOdd => winding % 2 != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssRect;

    fn square(origin: f32, size: f32) -> [PathSegment; 5] {
        let point = CssPoint::new;
        [
            PathSegment::MoveTo(point(origin, origin)),
            PathSegment::LineTo(point(origin + size, origin)),
            PathSegment::LineTo(point(origin + size, origin + size)),
            PathSegment::LineTo(point(origin, origin + size)),
            PathSegment::Close,
        ]
    }

    #[test]
    fn a_rounded_corner_is_outside() {
        let rect = CssRect::new(CssPoint::zero(), CssSize::new(20.0, 20.0));
        let rounded = RoundedRect::new(rect, [CssSize::new(10.0, 10.0); 4]);
        assert!(!rounded_contains(&rounded, CssPoint::new(1.0, 1.0)));
        assert!(!rounded_contains(&rounded, CssPoint::new(19.0, 19.0)));
        assert!(rounded_contains(&rounded, CssPoint::new(10.0, 1.0)));
        assert!(!rounded_contains(&rounded, CssPoint::new(10.0, 21.0)));
    }

    #[test]
    fn a_hole_depends_on_the_fill_rule() {
        let path = Path { segments: square(0.0, 30.0).into_iter().chain(square(10.0, 10.0)).collect() };
        assert!(path_contains(&path, FillRule::NonZero, CssPoint::new(15.0, 15.0)));
        assert!(!path_contains(&path, FillRule::EvenOdd, CssPoint::new(15.0, 15.0)));
        assert!(path_contains(&path, FillRule::EvenOdd, CssPoint::new(5.0, 5.0)));
        assert!(!path_contains(&path, FillRule::NonZero, CssPoint::new(31.0, 5.0)));
    }

    #[test]
    fn a_curve_bulges() {
        let point = CssPoint::new;
        let path = Path {
            segments: vec![
                PathSegment::MoveTo(point(0.0, 10.0)),
                PathSegment::QuadTo(point(10.0, -10.0), point(20.0, 10.0)),
            ],
        };
        assert!(path_contains(&path, FillRule::NonZero, point(10.0, 1.0)));
        assert!(!path_contains(&path, FillRule::NonZero, point(1.0, 1.0)));
    }
}
