//! Basic shapes as clips. <https://drafts.csswg.org/css-shapes-1/#basic-shape-functions>

use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::values::shape::{BasicShape, FillRule as CssFillRule, ShapeRadius};
use svgtypes::{SimplePathSegment, SimplifyingPathParser};

use crate::display_list::{ClipShape, FillRule, Path, PathSegment, RoundedRect};
use crate::limits::MAX_PATH_SEGMENTS;

/// The clip that a shape makes in its reference box.
pub(super) fn clip_shape(shape: &BasicShape, reference: CssRect) -> ClipShape {
    let size = reference.size;
    match shape {
        BasicShape::Inset(distances, radii) => {
            let (left, right) =
                fitted(distances.left.resolve(size.width), distances.right.resolve(size.width), size.width);
            let (top, bottom) = fitted(
                distances.top.resolve(size.height),
                distances.bottom.resolve(size.height),
                size.height,
            );
            let rect = CssRect::new(
                reference.origin + euclid::vec2(left, top),
                CssSize::new(size.width - left - right, size.height - top - bottom),
            );
            // Percentages of radii are of the reference box.
            let radii = [0, 1, 2, 3].map(|corner| {
                let radius = &radii[corner];
                CssSize::new(radius.first.resolve(size.width), radius.second.resolve(size.height))
            });
            ClipShape::RoundedRect(RoundedRect::new(rect, radii))
        }
        BasicShape::Circle(radius, position) => {
            let center = CssPoint::new(position.x.resolve(size.width), position.y.resolve(size.height));
            let radius = circle_radius(radius, center, size);
            ellipse(reference.origin + center.to_vector(), CssSize::new(radius, radius))
        }
        BasicShape::Ellipse(horizontal, vertical, position) => {
            let center = CssPoint::new(position.x.resolve(size.width), position.y.resolve(size.height));
            let radii = CssSize::new(
                side_radius(horizontal, center.x, size.width),
                side_radius(vertical, center.y, size.height),
            );
            ellipse(reference.origin + center.to_vector(), radii)
        }
        BasicShape::Polygon(rule, points) => {
            let points = points
                .iter()
                .take(MAX_PATH_SEGMENTS)
                .map(|(x, y)| reference.origin + euclid::vec2(x.resolve(size.width), y.resolve(size.height)));
            ClipShape::Path(Arc::new(Path::of_points(points, true)), fill_rule(*rule))
        }
        BasicShape::Path(rule, path) => {
            ClipShape::Path(Arc::new(parse_path(path, reference.origin)), fill_rule(*rule))
        }
    }
}

const fn fill_rule(rule: CssFillRule) -> FillRule {
    match rule {
        CssFillRule::Nonzero => FillRule::NonZero,
        CssFillRule::Evenodd => FillRule::EvenOdd,
    }
}

/// Insets that are more than there is are made smaller in proportion, so that nothing is left.
fn fitted(start: f32, end: f32, length: f32) -> (f32, f32) {
    let sum = start + end;
    if sum > length && sum > 0.0 { (start * length / sum, end * length / sum) } else { (start, end) }
}

fn ellipse(center: CssPoint, radii: CssSize) -> ClipShape {
    let radii = CssSize::new(radii.width.max(0.0), radii.height.max(0.0));
    let rect = CssRect::new(center - radii.to_vector(), radii * 2.0);
    // A circle of no size leaves nothing.
    ClipShape::RoundedRect(RoundedRect { rect, radii: [radii; 4] })
}

fn circle_radius(radius: &ShapeRadius, center: CssPoint, size: CssSize) -> f32 {
    let (left, right) = (center.x.abs(), (size.width - center.x).abs());
    let (top, bottom) = (center.y.abs(), (size.height - center.y).abs());
    match radius {
        // Percentages are of the diagonal by the square root of two.
        ShapeRadius::LengthPercentage(radius) => {
            radius.resolve(size.width.hypot(size.height) / std::f32::consts::SQRT_2)
        }
        ShapeRadius::ClosestSide => left.min(right).min(top).min(bottom),
        ShapeRadius::FarthestSide => left.max(right).max(top).max(bottom),
        ShapeRadius::ClosestCorner => left.min(right).hypot(top.min(bottom)),
        ShapeRadius::FarthestCorner => left.max(right).hypot(top.max(bottom)),
    }
}

fn side_radius(radius: &ShapeRadius, center: f32, length: f32) -> f32 {
    let (low, high) = (center.abs(), (length - center).abs());
    match radius {
        ShapeRadius::LengthPercentage(radius) => radius.resolve(length),
        ShapeRadius::ClosestSide | ShapeRadius::ClosestCorner => low.min(high),
        ShapeRadius::FarthestSide | ShapeRadius::FarthestCorner => low.max(high),
    }
}

/// The path that SVG path data describes, up to its first error. <https://svgwg.org/svg2-draft/paths.html#PathData>
fn parse_path(data: &str, origin: CssPoint) -> Path {
    let point = |x: f64, y: f64| CssPoint::new(origin.x + x as f32, origin.y + y as f32);
    let mut segments = Vec::new();
    for segment in SimplifyingPathParser::from(data) {
        let Ok(segment) = segment else { break };
        if segments.len() >= MAX_PATH_SEGMENTS {
            break;
        }
        match segment {
            SimplePathSegment::MoveTo { x, y } => {
                segments.push(PathSegment::MoveTo(point(x, y)));
            }
            SimplePathSegment::LineTo { x, y } => {
                segments.push(PathSegment::LineTo(point(x, y)));
            }
            SimplePathSegment::CurveTo { x1, y1, x2, y2, x, y } => {
                segments.push(PathSegment::CubicTo(point(x1, y1), point(x2, y2), point(x, y)));
            }
            SimplePathSegment::Quadratic { x1, y1, x, y } => {
                segments.push(PathSegment::QuadTo(point(x1, y1), point(x, y)));
            }
            SimplePathSegment::ClosePath => {
                segments.push(PathSegment::Close);
            }
        }
    }
    Path { segments }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_css::values::length::LengthPercentage;

    fn reference() -> CssRect {
        CssRect::new(CssPoint::new(10.0, 20.0), CssSize::new(80.0, 60.0))
    }

    #[test]
    fn a_circle_without_radius_touches_the_closest_side() {
        let shape =
            BasicShape::Circle(ShapeRadius::ClosestSide, fanlight_css::values::position::Position::CENTER);
        let bounds = clip_shape(&shape, reference()).bounds();
        assert_eq!(bounds, CssRect::new(CssPoint::new(20.0, 20.0), CssSize::new(60.0, 60.0)));
    }

    #[test]
    fn a_percentage_radius_is_of_the_diagonal() {
        let radius = ShapeRadius::LengthPercentage(LengthPercentage::Percentage(0.5));
        let found = circle_radius(&radius, CssPoint::new(40.0, 30.0), CssSize::new(80.0, 60.0));
        assert!((found - 35.355).abs() < 1e-3, "{found}");
    }

    #[test]
    fn insets_that_are_too_large_leave_nothing() {
        assert_eq!(fitted(75.0, 75.0, 100.0), (50.0, 50.0));
        assert_eq!(fitted(-10.0, 20.0, 100.0), (-10.0, 20.0));
    }

    #[test]
    fn a_path_begins_at_the_reference_box_and_ends_at_its_first_error() {
        let path = parse_path("M0 0 h10 v10 z l x", CssPoint::new(5.0, 5.0));
        assert_eq!(path.bounds(), CssRect::new(CssPoint::new(5.0, 5.0), CssSize::new(10.0, 10.0)));
        assert_eq!(path.segments.len(), 4);
    }
}
