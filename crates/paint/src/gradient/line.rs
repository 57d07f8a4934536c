//! The geometry of gradients in their gradient box, in CSS px from its upper left corner.

use fanlight_base::geometry::{CssPoint, CssSize};

/// The ends of the gradient line of a linear gradient whose angle is in radians, clockwise from upwards.
/// <https://drafts.csswg.org/css-images-3/#linear-gradient-syntax>
pub(crate) fn at_angle(radians: f32, size: CssSize) -> (CssPoint, CssPoint) {
    let (sine, cosine) = exact_sin_cos(radians);
    // The line is as long as makes the corners exactly the first and last colour.
    let half = (size.width * sine.abs() + size.height * cosine.abs()) / 2.0;
    let (x, y) = (sine * half, -cosine * half);
    let center = CssPoint::new(size.width / 2.0, size.height / 2.0);
    (CssPoint::new(center.x - x, center.y - y), CssPoint::new(center.x + x, center.y + y))
}

/// The gradient line towards a corner: the 50% line runs through the two neighbouring corners.
pub(crate) fn to_corner(right: bool, bottom: bool, size: CssSize) -> (CssPoint, CssPoint) {
    let x = if right { size.height } else { -size.height };
    let y = if bottom { size.width } else { -size.width };
    // The direction at right angles to the other diagonal.
    at_angle(x.atan2(-y), size)
}

/// Sine and cosine that are exact at multiples of a right angle, where rounding would tilt the line.
fn exact_sin_cos(radians: f32) -> (f32, f32) {
    let quarters = f64::from(radians) / std::f64::consts::FRAC_PI_2;
    if (quarters - quarters.round()).abs() < 1e-6 {
        return match (quarters.round() as i64).rem_euclid(4) {
            0 => (0.0, 1.0),
            1 => (1.0, 0.0),
            2 => (0.0, -1.0),
            _ => (-1.0, 0.0),
        };
    }
    let (sine, cosine) = f64::from(radians).sin_cos();
    (sine as f32, cosine as f32)
}

/// Which side or corner decides the radius. <https://drafts.csswg.org/css-images-3/#typedef-radial-extent>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    ClosestSide,
    FarthestSide,
    ClosestCorner,
    FarthestCorner,
}

/// The radius of a circle around `center`.
pub(crate) fn circle_radius(extent: Extent, center: CssPoint, size: CssSize) -> f32 {
    let (near_x, far_x) = side_distances(center.x, size.width);
    let (near_y, far_y) = side_distances(center.y, size.height);
    match extent {
        Extent::ClosestSide => near_x.min(near_y),
        Extent::FarthestSide => far_x.max(far_y),
        Extent::ClosestCorner => near_x.hypot(near_y),
        Extent::FarthestCorner => far_x.hypot(far_y),
    }
}

/// The horizontal and vertical radius of an ellipse around `center`. A corner extent has the side extent's ratio.
pub(crate) fn ellipse_radii(extent: Extent, center: CssPoint, size: CssSize) -> CssSize {
    let (near_x, far_x) = side_distances(center.x, size.width);
    let (near_y, far_y) = side_distances(center.y, size.height);
    match extent {
        Extent::ClosestSide => CssSize::new(near_x, near_y),
        Extent::FarthestSide => CssSize::new(far_x, far_y),
        // An ellipse of ratio a:b through (a, b) has the radii a√2 and b√2.
        Extent::ClosestCorner => CssSize::new(near_x, near_y) * std::f32::consts::SQRT_2,
        Extent::FarthestCorner => CssSize::new(far_x, far_y) * std::f32::consts::SQRT_2,
    }
}

/// The distances to the nearer and the farther side.
fn side_distances(center: f32, length: f32) -> (f32, f32) {
    let (low, high) = (center.abs(), (length - center).abs());
    (low.min(high), low.max(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_angles_are_exact() {
        let size = CssSize::new(100.0, 50.0);
        let down = at_angle(std::f32::consts::PI, size);
        assert_eq!(down, (CssPoint::new(50.0, 0.0), CssPoint::new(50.0, 50.0)));
        let right = at_angle(std::f32::consts::FRAC_PI_2, size);
        assert_eq!(right, (CssPoint::new(0.0, 25.0), CssPoint::new(100.0, 25.0)));
    }

    #[test]
    fn a_corner_line_is_square_to_the_other_diagonal() {
        let size = CssSize::new(100.0, 50.0);
        let (start, end) = to_corner(true, true, size);
        let along = end - start;
        assert!((along.x * 100.0 + along.y * -50.0).abs() < 1e-2, "{along:?}");
        assert!(along.x > 0.0 && along.y > 0.0);
    }

    #[test]
    fn radii_reach_what_their_extent_says() {
        let size = CssSize::new(100.0, 60.0);
        let center = CssPoint::new(20.0, 30.0);
        assert_eq!(circle_radius(Extent::ClosestSide, center, size), 20.0);
        assert_eq!(circle_radius(Extent::FarthestSide, center, size), 80.0);
        assert_eq!(ellipse_radii(Extent::FarthestSide, center, size), CssSize::new(80.0, 30.0));
        let corner = ellipse_radii(Extent::FarthestCorner, center, size);
        let on_ellipse = (80.0 / corner.width).powi(2) + (30.0 / corner.height).powi(2);
        assert!((on_ellipse - 1.0).abs() < 1e-5);
    }
}
