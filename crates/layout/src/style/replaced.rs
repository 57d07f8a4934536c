//! Replaced content in its box.

use fanlight_css::ComputedStyle;
use fanlight_css::properties::ui::ObjectFit;
use fanlight_image::IntrinsicSize;

/// `aspect-ratio` where it is preferred to a natural ratio: without `auto`.
pub(crate) fn aspect_ratio_is_preferred(computed: &ComputedStyle) -> Option<f32> {
    if computed.size.aspect_ratio.auto { None } else { super::aspect_ratio(computed) }
}

/// The concrete object size in CSS px for a content box of this size.
/// <https://drafts.csswg.org/css-images-3/#the-object-fit>
pub(crate) fn object_size(computed: &ComputedStyle, natural: &IntrinsicSize, area: (f32, f32)) -> (f32, f32) {
    let scaled = |cover: bool| match natural.ratio {
        Some(ratio) if area.0 > 0.0 && area.1 > 0.0 => {
            let fits_width = (area.0 / ratio <= area.1) != cover;
            if fits_width { (area.0, area.0 / ratio) } else { (area.1 * ratio, area.1) }
        }
        _ => area,
    };
    let unscaled = || natural.concrete_size(None, None, area);
    match computed.ui.object_fit {
        ObjectFit::Fill => area,
        ObjectFit::Contain => scaled(false),
        ObjectFit::Cover => scaled(true),
        ObjectFit::None => unscaled(),
        ObjectFit::ScaleDown => {
            let (contain, none) = (scaled(false), unscaled());
            if contain.0 < none.0 { contain } else { none }
        }
    }
}

/// Where the object goes, in CSS px, when this much is left over along x and y.
pub(crate) fn object_position(computed: &ComputedStyle, left_x: f32, left_y: f32) -> (f32, f32) {
    let position = &computed.ui.object_position;
    (position.x.resolve(left_x), position.y.resolve(left_y))
}
