//! Opacity, shadows, filters, blending, masks and clips.
//! <https://drafts.csswg.org/css-masking-1/> <https://drafts.fxtf.org/filter-effects-1/> <https://drafts.fxtf.org/compositing-1/>

use crate::values::combinators::Boxed;
use crate::values::image::{BackgroundRepeat, BackgroundSize, SpecifiedBackgroundSize, SpecifiedImageOrNone};
use crate::values::length::LengthPercentage;
use crate::values::number::AlphaValue;
use crate::values::position::{SpecifiedPositionX, SpecifiedPositionY};
use crate::values::shape::{ClipPath, SpecifiedClipPath, SpecifiedFilterFunction};
use crate::values::text::SpecifiedBoxShadow;
use crate::values::{AutoOr, CommaList, NoneOr, SpaceList};

keywords! {
    /// <https://drafts.fxtf.org/compositing-1/#ltblendmodegt>
    pub enum BlendMode {
        Normal = "normal", Multiply = "multiply", Screen = "screen", Overlay = "overlay", Darken = "darken",
        Lighten = "lighten", ColorDodge = "color-dodge", ColorBurn = "color-burn", HardLight = "hard-light",
        SoftLight = "soft-light", Difference = "difference", Exclusion = "exclusion", Hue = "hue",
        Saturation = "saturation", Color = "color", Luminosity = "luminosity", PlusLighter = "plus-lighter",
    }
}

keywords! {
    /// <https://drafts.fxtf.org/compositing-1/#propdef-isolation>
    pub enum Isolation { Auto = "auto", Isolate = "isolate" }
}

keywords! {
    /// <https://drafts.csswg.org/css-masking-1/#the-mask-mode>
    pub enum MaskMode { MatchSource = "match-source", Alpha = "alpha", Luminance = "luminance" }
}

keywords! {
    /// The box that a mask is positioned in.
    pub enum MaskOrigin {
        BorderBox = "border-box", PaddingBox = "padding-box", ContentBox = "content-box", FillBox = "fill-box",
        StrokeBox = "stroke-box", ViewBox = "view-box",
    }
}

keywords! {
    /// The box that a mask is clipped to.
    pub enum MaskClip {
        BorderBox = "border-box", PaddingBox = "padding-box", ContentBox = "content-box", FillBox = "fill-box",
        StrokeBox = "stroke-box", ViewBox = "view-box", NoClip = "no-clip", Text = "text",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-masking-1/#the-mask-composite>
    pub enum MaskComposite {
        Add = "add" | "source-over", Subtract = "subtract" | "source-out", Intersect = "intersect" | "source-in",
        Exclude = "exclude" | "xor",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-masking-1/#the-mask-type>
    pub enum MaskType { Luminance = "luminance", Alpha = "alpha" }
}

longhands! {
    /// Opacity, shadows, filters, blending, masks and clips.
    group Effects: reset {
        /// <https://drafts.csswg.org/css-color-4/#propdef-opacity>
        "opacity" opacity / Opacity: AlphaValue = 1.0, Stacking;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-box-shadow>
        "box-shadow" box_shadow / BoxShadow: NoneOr<CommaList<SpecifiedBoxShadow>> = NoneOr::None, Paint;
        /// <https://drafts.fxtf.org/filter-effects-1/#propdef-filter>
        "filter" filter / Filter: NoneOr<SpaceList<SpecifiedFilterFunction>> = NoneOr::None, Layout;
        /// <https://drafts.fxtf.org/filter-effects-2/#propdef-backdrop-filter>
        "backdrop-filter" backdrop_filter / BackdropFilter: NoneOr<SpaceList<SpecifiedFilterFunction>> = NoneOr::None, Layout;
        /// <https://drafts.fxtf.org/compositing-1/#propdef-mix-blend-mode>
        "mix-blend-mode" mix_blend_mode / MixBlendMode: BlendMode = BlendMode::Normal, Stacking;
        /// <https://drafts.fxtf.org/compositing-1/#propdef-isolation>
        "isolation" isolation / Isolation: Isolation = Isolation::Auto, Stacking;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-clip-path>
        "clip-path" clip_path / ClipPath: Boxed<SpecifiedClipPath> = ClipPath::None, Stacking;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-image>
        "mask-image" mask_image / MaskImage: CommaList<SpecifiedImageOrNone> = CommaList::one(NoneOr::None), Stacking;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-mode>
        "mask-mode" mask_mode / MaskMode: CommaList<MaskMode> = CommaList::one(MaskMode::MatchSource), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-position>
        "-webkit-mask-position-x" mask_position_x / MaskPositionX: CommaList<SpecifiedPositionX> =
            CommaList::one(LengthPercentage::Percentage(0.0)), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-position>
        "-webkit-mask-position-y" mask_position_y / MaskPositionY: CommaList<SpecifiedPositionY> =
            CommaList::one(LengthPercentage::Percentage(0.0)), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-size>
        "mask-size" mask_size / MaskSize: CommaList<SpecifiedBackgroundSize> =
            CommaList::one(BackgroundSize::Explicit(AutoOr::Auto, AutoOr::Auto)), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-repeat>
        "mask-repeat" mask_repeat / MaskRepeat: CommaList<BackgroundRepeat> = CommaList::one(BackgroundRepeat::REPEAT), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-origin>
        "mask-origin" mask_origin / MaskOrigin: CommaList<MaskOrigin> = CommaList::one(MaskOrigin::BorderBox), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-clip>
        "mask-clip" mask_clip / MaskClip: CommaList<MaskClip> = CommaList::one(MaskClip::BorderBox), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-composite>
        "mask-composite" mask_composite / MaskComposite: CommaList<MaskComposite> = CommaList::one(MaskComposite::Add), Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-mask-type>
        "mask-type" mask_type / MaskType: MaskType = MaskType::Luminance, Paint;
    }
}
