//! Transforms as matrices. <https://drafts.csswg.org/css-transforms-2/#ctm>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{
    CssPoint, CssRect, CssSize, CssTransform, LayoutPoint, LayoutRect, LayoutSize, to_css_rect,
};
use fanlight_css::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_css::values::transform::TransformFunction;

/// Whether a box is transformed, by a transform that may be the identity.
pub(crate) fn has_transform(computed: &ComputedStyle) -> bool {
    let transform = &computed.transform;
    !transform.transform.is_none()
        || !transform.translate.is_none()
        || !transform.rotate.is_none()
        || !transform.scale.is_none()
}

/// The point about which a border box of this size is transformed, in CSS px from its corner.
/// <https://drafts.csswg.org/css-transforms-1/#transform-origin-property>
pub fn transform_origin(computed: &ComputedStyle, size: LayoutSize) -> CssPoint {
    let origin = &computed.transform.transform_origin;
    CssPoint::new(origin.x.resolve(size.width.to_f32()), origin.y.resolve(size.height.to_f32()))
}

/// The matrix from the border box's own coordinates to those of its surroundings, both with the border box's corner as
/// their origin; `None` without a transform. <https://drafts.csswg.org/css-transforms-2/#ctm>
pub fn transform_matrix(computed: &ComputedStyle, size: LayoutSize) -> Option<CssTransform> {
    transform_matrix_in(computed, CssSize::new(size.width.to_f32(), size.height.to_f32()))
}

/// The same for any reference box, whose size is in CSS px: what SVG has is no border box.
/// <https://drafts.csswg.org/css-transforms-1/#transform-box>
pub fn transform_matrix_in(computed: &ComputedStyle, size: CssSize) -> Option<CssTransform> {
    if !has_transform(computed) {
        return None;
    }
    let transform = &computed.transform;
    let (width, height) = (size.width, size.height);
    let origin = &transform.transform_origin;
    let origin = CssPoint::new(origin.x.resolve(width), origin.y.resolve(height));
    let depth = transform.transform_origin.z.px();
    // What is said last is done first.
    let mut matrix = CssTransform::translation(-origin.x, -origin.y, -depth);
    if let NoneOr::Value(functions) = &transform.transform {
        for function in functions.iter().rev() {
            matrix = matrix.then(&function_matrix(function, width, height));
        }
    }
    if let NoneOr::Value(scale) = &transform.scale {
        matrix = matrix.then(&CssTransform::scale(scale.x, scale.y, scale.z));
    }
    if let NoneOr::Value(rotate) = &transform.rotate {
        matrix = matrix.then(&rotation(rotate.axis, rotate.angle.0));
    }
    if let NoneOr::Value(translate) = &transform.translate {
        matrix = matrix.then(&CssTransform::translation(
            translate.x.resolve(width),
            translate.y.resolve(height),
            translate.z.px(),
        ));
    }
    Some(matrix.then(&CssTransform::translation(origin.x, origin.y, depth)))
}

fn rotation(axis: [f32; 3], degrees: f32) -> CssTransform {
    let length = (axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]).sqrt();
    if length == 0.0 {
        return CssTransform::identity();
    }
    // Quarter turns are exact.
    let (sine, cosine) = match degrees.rem_euclid(360.0) {
        0.0 => (0.0, 1.0),
        90.0 => (1.0, 0.0),
        180.0 => (0.0, -1.0),
        270.0 => (-1.0, 0.0),
        other => {
            let radians = f64::from(other).to_radians();
            (radians.sin() as f32, radians.cos() as f32)
        }
    };
    let [x, y, z] = axis.map(|part| part / length);
    let rest = 1.0 - cosine;
    CssTransform::new(
        cosine + x * x * rest,
        y * x * rest + z * sine,
        z * x * rest - y * sine,
        0.0,
        x * y * rest - z * sine,
        cosine + y * y * rest,
        z * y * rest + x * sine,
        0.0,
        x * z * rest + y * sine,
        y * z * rest - x * sine,
        cosine + z * z * rest,
        0.0,
        0.0,
        0.0,
        0.0,
        1.0,
    )
}

fn skew(x: f32, y: f32) -> CssTransform {
    let tangent = |degrees: f32| f64::from(degrees).to_radians().tan() as f32;
    let (along_x, along_y) = (tangent(x), tangent(y));
    CssTransform::new_2d(1.0, along_y, along_x, 1.0, 0.0, 0.0)
}

fn function_matrix(function: &TransformFunction, width: f32, height: f32) -> CssTransform {
    use TransformFunction as F;
    match function {
        F::Matrix([a, b, c, d, e, f]) => CssTransform::new_2d(*a, *b, *c, *d, *e, *f),
        F::Matrix3d(matrix) => CssTransform::from_array(**matrix),
        F::Translate(x, y) => {
            CssTransform::translation(x.resolve(width), y.as_ref().map_or(0.0, |y| y.resolve(height)), 0.0)
        }
        F::TranslateX(x) => CssTransform::translation(x.resolve(width), 0.0, 0.0),
        F::TranslateY(y) => CssTransform::translation(0.0, y.resolve(height), 0.0),
        F::TranslateZ(z) => CssTransform::translation(0.0, 0.0, z.px()),
        F::Translate3d(x, y, z) => CssTransform::translation(x.resolve(width), y.resolve(height), z.px()),
        F::Scale(x, y) => CssTransform::scale(*x, y.unwrap_or(*x), 1.0),
        F::ScaleX(x) => CssTransform::scale(*x, 1.0, 1.0),
        F::ScaleY(y) => CssTransform::scale(1.0, *y, 1.0),
        F::ScaleZ(z) => CssTransform::scale(1.0, 1.0, *z),
        F::Scale3d(x, y, z) => CssTransform::scale(*x, *y, *z),
        F::Rotate(angle) | F::RotateZ(angle) => rotation([0.0, 0.0, 1.0], angle.0),
        F::RotateX(angle) => rotation([1.0, 0.0, 0.0], angle.0),
        F::RotateY(angle) => rotation([0.0, 1.0, 0.0], angle.0),
        F::Rotate3d(axis, angle) => rotation(*axis, angle.0),
        F::Skew(x, y) => skew(x.0, y.as_ref().map_or(0.0, |y| y.0)),
        F::SkewX(x) => skew(x.0, 0.0),
        F::SkewY(y) => skew(0.0, y.0),
        F::Perspective(NoneOr::Value(distance)) => {
            // https://drafts.csswg.org/css-transforms-2/#perspective: less than 1px counts as 1px.
            CssTransform::perspective(distance.px().max(1.0))
        }
        F::Perspective(NoneOr::None) => CssTransform::identity(),
    }
}

/// The bounds of a rectangle of a box after the box's transform.
pub(crate) fn transformed_bounds(computed: &ComputedStyle, size: LayoutSize, rect: LayoutRect) -> LayoutRect {
    let Some(matrix) = transform_matrix(computed, size) else { return rect };
    let Some(bounds): Option<CssRect> = matrix.outer_transformed_rect(&to_css_rect(rect)) else {
        return rect;
    };
    let point = LayoutPoint::new(
        LayoutUnit::from_f32_floor(bounds.origin.x),
        LayoutUnit::from_f32_floor(bounds.origin.y),
    );
    LayoutRect::new(
        point,
        LayoutSize::new(
            LayoutUnit::from_f32_ceil(bounds.max_x()) - point.x,
            LayoutUnit::from_f32_ceil(bounds.max_y()) - point.y,
        ),
    )
}
