//! What painting asks of almost every style.

use fanlight_base::Rgba;
use fanlight_css::properties::ComputedStyle;

/// The used value of `color`. <https://drafts.csswg.org/css-color-4/#the-color-property>
pub(crate) fn current_color(style: &ComputedStyle) -> Rgba {
    style.inherited_text.color.resolve(Rgba::BLACK)
}

/// `font-size`, in CSS px.
pub(crate) fn font_size(style: &ComputedStyle) -> f32 {
    style.font.font_size.px()
}
