//! Perspective, and what becomes of a plane that is transformed. The matrix of a box is layout's, which needs it for
//! overflow. <https://drafts.csswg.org/css-transforms-2/>

use fanlight_base::geometry::{CssTransform, LayoutPoint, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_layout::BoxFragment;

use crate::geometry::border_box;

/// The least distance of `perspective`, in CSS px. <https://drafts.csswg.org/css-transforms-2/#perspective-property>
const MIN_PERSPECTIVE: f32 = 1.0;

/// `perspective` of a box as its children see it, in the coordinates that `offset` is in.
/// <https://drafts.csswg.org/css-transforms-2/#perspective-matrix>
pub(crate) fn perspective(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
) -> Option<CssTransform> {
    let NoneOr::Value(distance) = &style.transform.perspective else { return None };
    let reference = to_css_rect(border_box(fragment, offset));
    let origin = &style.transform.perspective_origin;
    let (x, y) = (
        reference.origin.x + origin.x.resolve(reference.size.width),
        reference.origin.y + origin.y.resolve(reference.size.height),
    );
    let matrix = CssTransform::perspective(distance.px().max(MIN_PERSPECTIVE));
    Some(CssTransform::translation(-x, -y, 0.0).then(&matrix).then_translate(euclid::vec3(x, y, 0.0)))
}

/// Whether a transform only moves things.
pub(crate) fn is_translation(transform: &CssTransform) -> bool {
    CssTransform::translation(transform.m41, transform.m42, transform.m43) == *transform
}

/// Whether anything can be seen through a transform: not when it flattens the plane to a line.
pub(crate) fn leaves_something(transform: &CssTransform) -> bool {
    let t = transform;
    // The determinant of the transform of the plane z = 0, in homogeneous coordinates.
    let product = |a: f32, b: f32, c: f32| f64::from(a) * f64::from(b) * f64::from(c);
    let terms = [
        product(t.m11, t.m22, t.m44),
        -product(t.m11, t.m24, t.m42),
        -product(t.m21, t.m12, t.m44),
        product(t.m21, t.m14, t.m42),
        product(t.m41, t.m12, t.m24),
        -product(t.m41, t.m14, t.m22),
    ];
    let determinant: f64 = terms.iter().sum();
    // What is not 0 only because single precision was lost counts as 0.
    let noise = terms.iter().map(|term| term.abs()).sum::<f64>() * 1e-6;
    determinant.abs() > noise && determinant.is_finite()
}

/// Whether the viewer sees the plane z = 0 from behind.
/// <https://drafts.csswg.org/css-transforms-2/#backface-visibility-property>
pub(crate) fn shows_back(transform: &CssTransform) -> bool {
    // The z component of the transformed normal, where the viewer looks at the origin of the plane.
    transform.inverse().is_some_and(|inverse| inverse.m33 < 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(x: f32, y: f32, degrees: f32) -> CssTransform {
        CssTransform::rotation(x, y, 0.0, euclid::Angle::degrees(degrees))
    }

    #[test]
    fn turning_over_shows_the_back() {
        assert!(shows_back(&turned(0.0, 1.0, 180.0)));
        assert!(shows_back(&turned(1.0, 0.0, 120.0)));
        assert!(!shows_back(&turned(0.0, 1.0, 60.0)));
        assert!(!shows_back(&CssTransform::scale(-1.0, 1.0, 1.0)));
    }

    #[test]
    fn a_plane_seen_from_its_edge_leaves_nothing() {
        assert!(!leaves_something(&CssTransform::scale(0.0, 1.0, 1.0)));
        assert!(leaves_something(&CssTransform::scale(1.0, 1.0, 0.0)));
    }

    #[test]
    fn moving_is_told_from_turning() {
        assert!(is_translation(&CssTransform::translation(1.5, 2.0, 0.0)));
        assert!(!is_translation(&turned(0.0, 1.0, 30.0)));
    }
}
