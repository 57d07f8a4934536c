//! Sizes, margins, paddings and insets, by their physical sides; the flow-relative names are in [`super::logical`].
//! <https://drafts.csswg.org/css-sizing-4/> <https://drafts.csswg.org/css-box-4/> <https://drafts.csswg.org/css-position-3/>

use crate::values::identifier::CustomIdent;
use crate::values::length::{Length, LengthPercentage, SpecifiedLength};
use crate::values::overflow::ContainerType;
use crate::values::size::{
    AspectRatio, MaxSize, NonNegativeLengthPercentage, Size as SizeValue, SpecifiedMargin, SpecifiedMaxSize,
    SpecifiedSize,
};
use crate::values::{AutoOr, NoneOr, SpaceList};

longhands! {
    /// Sizes, margins, paddings and insets.
    group Size: reset {
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-width>
        "width" width / Width: SpecifiedSize = SizeValue::Auto, Layout;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-height>
        "height" height / Height: SpecifiedSize = SizeValue::Auto, Layout;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-min-width>
        "min-width" min_width / MinWidth: SpecifiedSize = SizeValue::Auto, Layout;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-min-height>
        "min-height" min_height / MinHeight: SpecifiedSize = SizeValue::Auto, Layout;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-max-width>
        "max-width" max_width / MaxWidth: SpecifiedMaxSize = MaxSize::None, Layout;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-max-height>
        "max-height" max_height / MaxHeight: SpecifiedMaxSize = MaxSize::None, Layout;
        /// <https://drafts.csswg.org/css-sizing-4/#propdef-aspect-ratio>
        "aspect-ratio" aspect_ratio / AspectRatio: AspectRatio = AspectRatio::AUTO, Layout;

        /// <https://drafts.csswg.org/css-box-4/#propdef-margin-top>
        "margin-top" margin_top / MarginTop: SpecifiedMargin = AutoOr::Value(LengthPercentage::ZERO), Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-margin-right>
        "margin-right" margin_right / MarginRight: SpecifiedMargin = AutoOr::Value(LengthPercentage::ZERO), Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-margin-bottom>
        "margin-bottom" margin_bottom / MarginBottom: SpecifiedMargin = AutoOr::Value(LengthPercentage::ZERO), Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-margin-left>
        "margin-left" margin_left / MarginLeft: SpecifiedMargin = AutoOr::Value(LengthPercentage::ZERO), Layout;

        /// <https://drafts.csswg.org/css-box-4/#propdef-padding-top>
        "padding-top" padding_top / PaddingTop: NonNegativeLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-padding-right>
        "padding-right" padding_right / PaddingRight: NonNegativeLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-padding-bottom>
        "padding-bottom" padding_bottom / PaddingBottom: NonNegativeLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://drafts.csswg.org/css-box-4/#propdef-padding-left>
        "padding-left" padding_left / PaddingLeft: NonNegativeLengthPercentage = LengthPercentage::ZERO, Layout;

        /// <https://drafts.csswg.org/css-position-3/#propdef-top>
        "top" top / Top: SpecifiedMargin = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-position-3/#propdef-right>
        "right" right / Right: SpecifiedMargin = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-position-3/#propdef-bottom>
        "bottom" bottom / Bottom: SpecifiedMargin = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-position-3/#propdef-left>
        "left" left / Left: SpecifiedMargin = AutoOr::Auto, Layout;

        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-margin-top>
        "scroll-margin-top" scroll_margin_top / ScrollMarginTop: SpecifiedLength = Length::ZERO, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-margin-right>
        "scroll-margin-right" scroll_margin_right / ScrollMarginRight: SpecifiedLength = Length::ZERO, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-margin-bottom>
        "scroll-margin-bottom" scroll_margin_bottom / ScrollMarginBottom: SpecifiedLength = Length::ZERO, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-margin-left>
        "scroll-margin-left" scroll_margin_left / ScrollMarginLeft: SpecifiedLength = Length::ZERO, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-padding-top>
        "scroll-padding-top" scroll_padding_top / ScrollPaddingTop: AutoOr<NonNegativeLengthPercentage> = AutoOr::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-padding-right>
        "scroll-padding-right" scroll_padding_right / ScrollPaddingRight: AutoOr<NonNegativeLengthPercentage> = AutoOr::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-padding-bottom>
        "scroll-padding-bottom" scroll_padding_bottom / ScrollPaddingBottom: AutoOr<NonNegativeLengthPercentage> = AutoOr::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-padding-left>
        "scroll-padding-left" scroll_padding_left / ScrollPaddingLeft: AutoOr<NonNegativeLengthPercentage> = AutoOr::Auto, Nothing;

        /// <https://drafts.csswg.org/css-sizing-4/#propdef-contain-intrinsic-width>
        "contain-intrinsic-width" contain_intrinsic_width / ContainIntrinsicWidth: IntrinsicSize = IntrinsicSizeValue::NONE, Layout;
        /// <https://drafts.csswg.org/css-sizing-4/#propdef-contain-intrinsic-height>
        "contain-intrinsic-height" contain_intrinsic_height / ContainIntrinsicHeight: IntrinsicSize = IntrinsicSizeValue::NONE, Layout;
        /// <https://drafts.csswg.org/css-conditional-5/#propdef-container-type>
        "container-type" container_type / ContainerType: ContainerType = ContainerType::empty(), Layout;
        /// <https://drafts.csswg.org/css-conditional-5/#propdef-container-name>
        "container-name" container_name / ContainerName: NoneOr<SpaceList<CustomIdent>> = NoneOr::None, Layout;
    }
}

pub use crate::values::size::{IntrinsicSizeValue, SpecifiedIntrinsicSize as IntrinsicSize};
