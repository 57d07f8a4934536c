//! Borders and outlines.
//! <https://drafts.csswg.org/css-backgrounds-3/> <https://drafts.csswg.org/css-ui-4/#outline-props>

use crate::values::border::{
    BorderImageRepeatKeyword, BorderImageSide, BorderImageSlice, LineStyle, OutlineStyle, Radius,
    SliceOffset, SpecifiedBorderImageSide, SpecifiedLineWidth, SpecifiedRadius, SpecifiedSliceOffset,
};
use crate::values::color::{Color, SpecifiedColor};
use crate::values::combinators::{Boxed, FourSides, Pair};
use crate::values::image::SpecifiedImageOrNone;
use crate::values::length::{Length, LengthPercentage, NonNegative, NumberOr, SpecifiedLength};
use crate::values::{AutoOr, NoneOr};

/// `border-image-width` in a declaration.
pub type SpecifiedBorderImageWidth = FourSides<SpecifiedBorderImageSide>;
/// `border-image-outset` in a declaration.
pub type SpecifiedBorderImageOutset = FourSides<NonNegative<NumberOr<SpecifiedLength>>>;

/// `medium`, the initial width of borders, outlines and column rules.
/// <https://drafts.csswg.org/css-backgrounds-3/#valdef-line-width-medium>
pub(super) const MEDIUM: Length = Length(3.0);

fn no_radius() -> Radius {
    Pair::same(LengthPercentage::ZERO)
}

longhands! {
    /// Borders and outlines. The width of a border is 0 where its style is `none` or `hidden`.
    group Border: reset {
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-top-width>
        "border-top-width" border_top_width / BorderTopWidth: SpecifiedLineWidth = MEDIUM, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-right-width>
        "border-right-width" border_right_width / BorderRightWidth: SpecifiedLineWidth = MEDIUM, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-bottom-width>
        "border-bottom-width" border_bottom_width / BorderBottomWidth: SpecifiedLineWidth = MEDIUM, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-left-width>
        "border-left-width" border_left_width / BorderLeftWidth: SpecifiedLineWidth = MEDIUM, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-top-style>
        "border-top-style" border_top_style / BorderTopStyle: LineStyle = LineStyle::None, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-right-style>
        "border-right-style" border_right_style / BorderRightStyle: LineStyle = LineStyle::None, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-bottom-style>
        "border-bottom-style" border_bottom_style / BorderBottomStyle: LineStyle = LineStyle::None, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-left-style>
        "border-left-style" border_left_style / BorderLeftStyle: LineStyle = LineStyle::None, Layout;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-top-color>
        "border-top-color" border_top_color / BorderTopColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-right-color>
        "border-right-color" border_right_color / BorderRightColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-bottom-color>
        "border-bottom-color" border_bottom_color / BorderBottomColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-left-color>
        "border-left-color" border_left_color / BorderLeftColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-top-left-radius>
        "border-top-left-radius" border_top_left_radius / BorderTopLeftRadius: Boxed<SpecifiedRadius> = no_radius(), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-top-right-radius>
        "border-top-right-radius" border_top_right_radius / BorderTopRightRadius: Boxed<SpecifiedRadius> = no_radius(), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-bottom-right-radius>
        "border-bottom-right-radius" border_bottom_right_radius / BorderBottomRightRadius: Boxed<SpecifiedRadius> = no_radius(), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-bottom-left-radius>
        "border-bottom-left-radius" border_bottom_left_radius / BorderBottomLeftRadius: Boxed<SpecifiedRadius> = no_radius(), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-image-source>
        "border-image-source" border_image_source / BorderImageSource: Boxed<SpecifiedImageOrNone> = NoneOr::None, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-image-slice>
        "border-image-slice" border_image_slice / BorderImageSlice: Boxed<BorderImageSlice<SpecifiedSliceOffset>> =
            BorderImageSlice { offsets: FourSides::same(SliceOffset::Percentage(1.0)), fill: false }, Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-image-width>
        "border-image-width" border_image_width / BorderImageWidth: Boxed<SpecifiedBorderImageWidth> =
            FourSides::<BorderImageSide>::same(AutoOr::Value(NumberOr::Number(1.0))), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-image-outset>
        "border-image-outset" border_image_outset / BorderImageOutset: Boxed<SpecifiedBorderImageOutset> =
            FourSides::same(NumberOr::Number(0.0)), Paint;
        /// <https://drafts.csswg.org/css-backgrounds-3/#propdef-border-image-repeat>
        "border-image-repeat" border_image_repeat / BorderImageRepeat: Pair<BorderImageRepeatKeyword> =
            Pair::same(BorderImageRepeatKeyword::Stretch), Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-outline-width>
        "outline-width" outline_width / OutlineWidth: SpecifiedLineWidth = MEDIUM, Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-outline-style>
        "outline-style" outline_style / OutlineStyle: OutlineStyle = OutlineStyle::None, Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-outline-color>
        "outline-color" outline_color / OutlineColor: AutoOr<SpecifiedColor> = AutoOr::Value(Color::CurrentColor), Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-outline-offset>
        "outline-offset" outline_offset / OutlineOffset: SpecifiedLength = Length::ZERO, Paint;
    }
}
