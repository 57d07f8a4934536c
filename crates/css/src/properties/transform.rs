//! Transforms.
//! <https://drafts.csswg.org/css-transforms-2/>

use crate::values::NoneOr;
use crate::values::combinators::Boxed;
use crate::values::length::{Length, LengthPercentage};
use crate::values::position::{Position, SpecifiedPosition};
use crate::values::transform::{
    SpecifiedPerspective, SpecifiedRotate, SpecifiedScale, SpecifiedTransform, SpecifiedTransformOrigin,
    SpecifiedTranslate, TransformOrigin, WillChange,
};

keywords! {
    /// <https://drafts.csswg.org/css-transforms-1/#transform-box>
    pub enum TransformBox {
        ViewBox = "view-box", ContentBox = "content-box", BorderBox = "border-box", FillBox = "fill-box",
        StrokeBox = "stroke-box",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-transforms-2/#transform-style-property>
    pub enum TransformStyle { Flat = "flat", Preserve3d = "preserve-3d" }
}

keywords! {
    /// <https://drafts.csswg.org/css-transforms-2/#backface-visibility-property>
    pub enum BackfaceVisibility { Visible = "visible", Hidden = "hidden" }
}

longhands! {
    /// Transforms.
    group Transform: reset {
        /// <https://drafts.csswg.org/css-transforms-1/#propdef-transform>
        "transform" transform / Transform: SpecifiedTransform = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-transforms-1/#propdef-transform-origin>
        "transform-origin" transform_origin / TransformOrigin: Boxed<SpecifiedTransformOrigin> = TransformOrigin {
            x: LengthPercentage::Percentage(0.5),
            y: LengthPercentage::Percentage(0.5),
            z: Length::ZERO,
        }, Layout;
        /// <https://drafts.csswg.org/css-transforms-1/#propdef-transform-box>
        "transform-box" transform_box / TransformBox: TransformBox = TransformBox::ViewBox, Layout;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-transform-style>
        "transform-style" transform_style / TransformStyle: TransformStyle = TransformStyle::Flat, Stacking;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-translate>
        "translate" translate / Translate: Boxed<NoneOr<SpecifiedTranslate>> = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-rotate>
        "rotate" rotate / Rotate: Boxed<NoneOr<SpecifiedRotate>> = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-scale>
        "scale" scale / Scale: Boxed<NoneOr<SpecifiedScale>> = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-perspective>
        "perspective" perspective / Perspective: SpecifiedPerspective = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-perspective-origin>
        "perspective-origin" perspective_origin / PerspectiveOrigin: Boxed<SpecifiedPosition> = Position::CENTER, Stacking;
        /// <https://drafts.csswg.org/css-transforms-2/#propdef-backface-visibility>
        "backface-visibility" backface_visibility / BackfaceVisibility: BackfaceVisibility =
            BackfaceVisibility::Visible, Stacking;
        /// <https://drafts.csswg.org/css-will-change/#propdef-will-change>
        "will-change" will_change / WillChange: WillChange = WillChange::Auto, Layout;
    }
}
