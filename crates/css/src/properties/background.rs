//! Backgrounds. Each list is as the author wrote it; [`Background::layer_count`] says how many layers there are, and lists
//! that are shorter repeat.
//! <https://drafts.csswg.org/css-backgrounds-4/>

use crate::values::color::{Color, SpecifiedColor};
use crate::values::image::{BackgroundRepeat, BackgroundSize, SpecifiedBackgroundSize, SpecifiedImageOrNone};
use crate::values::length::LengthPercentage;
use crate::values::position::{SpecifiedPositionX, SpecifiedPositionY};
use crate::values::{AutoOr, CommaList, NoneOr};

pub use super::effects::BlendMode;

keywords! {
    /// <https://drafts.csswg.org/css-backgrounds-3/#background-attachment>
    pub enum BackgroundAttachment { Scroll = "scroll", Fixed = "fixed", Local = "local" }
}

keywords! {
    /// The box that a background is positioned in.
    pub enum BackgroundOrigin { PaddingBox = "padding-box", BorderBox = "border-box", ContentBox = "content-box" }
}

keywords! {
    /// The box that a background is clipped to.
    pub enum BackgroundClip {
        BorderBox = "border-box", PaddingBox = "padding-box", ContentBox = "content-box", Text = "text",
        BorderArea = "border-area",
    }
}

longhands! {
    /// Backgrounds.
    group Background: reset {
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-color>
        "background-color" background_color / BackgroundColor: SpecifiedColor = Color::TRANSPARENT, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-image>
        "background-image" background_image / BackgroundImage: CommaList<SpecifiedImageOrNone> = CommaList::one(NoneOr::None), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-4/#propdef-background-position-x>
        "background-position-x" background_position_x / BackgroundPositionX: CommaList<SpecifiedPositionX> =
            CommaList::one(LengthPercentage::Percentage(0.0)), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-4/#propdef-background-position-y>
        "background-position-y" background_position_y / BackgroundPositionY: CommaList<SpecifiedPositionY> =
            CommaList::one(LengthPercentage::Percentage(0.0)), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-size>
        "background-size" background_size / BackgroundSize: CommaList<SpecifiedBackgroundSize> =
            CommaList::one(BackgroundSize::Explicit(AutoOr::Auto, AutoOr::Auto)), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-repeat>
        "background-repeat" background_repeat / BackgroundRepeat: CommaList<BackgroundRepeat> =
            CommaList::one(BackgroundRepeat::REPEAT), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-attachment>
        "background-attachment" background_attachment / BackgroundAttachment: CommaList<BackgroundAttachment> =
            CommaList::one(BackgroundAttachment::Scroll), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-origin>
        "background-origin" background_origin / BackgroundOrigin: CommaList<BackgroundOrigin> =
            CommaList::one(BackgroundOrigin::PaddingBox), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-background-clip>
        "background-clip" background_clip / BackgroundClip: CommaList<BackgroundClip> =
            CommaList::one(BackgroundClip::BorderBox), Paint;
        /// <https://drafts.fxtf.org/compositing-1/#propdef-background-blend-mode>
        "background-blend-mode" background_blend_mode / BackgroundBlendMode: CommaList<BlendMode> =
            CommaList::one(BlendMode::Normal), Paint;
    }
}

impl Background {
    /// How many layers there are: as many as images.
    pub fn layer_count(&self) -> usize {
        self.background_image.len()
    }

    /// Whether nothing is painted.
    pub fn is_empty(&self) -> bool {
        self.background_color.is_transparent() && self.background_image.iter().all(NoneOr::is_none)
    }
}
