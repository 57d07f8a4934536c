//! SVG's presentation properties that do not inherit, its geometry among them.
//! <https://svgwg.org/svg2-draft/propidx.html>

use crate::values::AutoOr;
use crate::values::color::{Color, SpecifiedColor};
use crate::values::length::{LengthPercentage, NonNegative, SpecifiedLengthPercentage};
use crate::values::number::AlphaValue;

keywords! {
    /// <https://svgwg.org/svg2-draft/coords.html#VectorEffects>
    pub enum VectorEffect { None = "none", NonScalingStroke = "non-scaling-stroke" }
}

longhands! {
    /// SVG that does not inherit.
    group SvgReset: reset {
        /// <https://svgwg.org/svg2-draft/pservers.html#StopColorProperty>
        "stop-color" stop_color / StopColor: SpecifiedColor = Color::BLACK, Paint;
        /// <https://svgwg.org/svg2-draft/pservers.html#StopOpacityProperty>
        "stop-opacity" stop_opacity / StopOpacity: AlphaValue = 1.0, Paint;
        /// <https://drafts.fxtf.org/filter-effects-1/#propdef-flood-color>
        "flood-color" flood_color / FloodColor: SpecifiedColor = Color::BLACK, Paint;
        /// <https://drafts.fxtf.org/filter-effects-1/#propdef-flood-opacity>
        "flood-opacity" flood_opacity / FloodOpacity: AlphaValue = 1.0, Paint;
        /// <https://drafts.fxtf.org/filter-effects-1/#propdef-lighting-color>
        "lighting-color" lighting_color / LightingColor: SpecifiedColor = Color::Absolute(crate::values::color::AbsoluteColor::WHITE), Paint;
        /// <https://svgwg.org/svg2-draft/coords.html#VectorEffects>
        "vector-effect" vector_effect / VectorEffect: VectorEffect = VectorEffect::None, Paint;
        /// <https://svgwg.org/svg2-draft/geometry.html#XProperty>
        "x" x / X: SpecifiedLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#YProperty>
        "y" y / Y: SpecifiedLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#CXProperty>
        "cx" cx / Cx: SpecifiedLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#CYProperty>
        "cy" cy / Cy: SpecifiedLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#RProperty>
        "r" r / R: NonNegative<SpecifiedLengthPercentage> = LengthPercentage::ZERO, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#RxProperty>
        "rx" rx / Rx: AutoOr<NonNegative<SpecifiedLengthPercentage>> = AutoOr::Auto, Layout;
        /// <https://svgwg.org/svg2-draft/geometry.html#RyProperty>
        "ry" ry / Ry: AutoOr<NonNegative<SpecifiedLengthPercentage>> = AutoOr::Auto, Layout;
    }
}
