//! User interface, scrolling and replaced content: what does not inherit.
//! <https://drafts.csswg.org/css-ui-4/> <https://drafts.csswg.org/css-images-4/> <https://drafts.csswg.org/css-overscroll-1/>

use crate::values::AutoOr;
use crate::values::NoneOr;
use crate::values::combinators::Boxed;
use crate::values::identifier::CustomIdent;
use crate::values::image::SpecifiedImage;
use crate::values::length::LengthPercentage;
use crate::values::number::AlphaValue;
use crate::values::overflow::TouchAction;
use crate::values::position::{Position, SpecifiedPosition};
use crate::values::scroll::{ScrollSnapAlign, ScrollSnapType, ScrollbarGutter};
use crate::values::shape::{ClipPath, SpecifiedClipPath};
use crate::values::size::NonNegativeLengthPercentage;

keywords! {
    /// <https://drafts.csswg.org/css-images-3/#the-object-fit>
    pub enum ObjectFit {
        Fill = "fill", Contain = "contain", Cover = "cover", None = "none", ScaleDown = "scale-down",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-scrollbars-1/#scrollbar-width>
    pub enum ScrollbarWidth { Auto = "auto", Thin = "thin", None = "none" }
}

keywords! {
    /// <https://drafts.csswg.org/css-overflow-3/#smooth-scrolling>
    pub enum ScrollBehavior { Auto = "auto", Smooth = "smooth" }
}

keywords! {
    /// <https://drafts.csswg.org/css-scroll-snap-1/#scroll-snap-stop>
    pub enum ScrollSnapStop { Normal = "normal", Always = "always" }
}

keywords! {
    /// <https://drafts.csswg.org/css-overscroll-1/>
    pub enum OverscrollBehavior { Auto = "auto", Contain = "contain", None = "none" }
}

keywords! {
    /// <https://drafts.csswg.org/css-scroll-anchoring-1/#exclusion-api>
    pub enum OverflowAnchor { Auto = "auto", None = "none" }
}

keywords! {
    /// <https://drafts.csswg.org/css-ui-4/#content-selection>
    pub enum UserSelect { Auto = "auto", Text = "text", None = "none", Contain = "contain", All = "all" }
}

keywords! {
    /// <https://drafts.csswg.org/css-ui-4/#field-sizing>
    pub enum FieldSizing { Fixed = "fixed", Content = "content" }
}

longhands! {
    /// User interface that does not inherit.
    group Ui: reset {
        /// <https://drafts.csswg.org/css-images-3/#propdef-object-fit>
        "object-fit" object_fit / ObjectFit: ObjectFit = ObjectFit::Fill, Layout;
        /// <https://drafts.csswg.org/css-images-3/#propdef-object-position>
        "object-position" object_position / ObjectPosition: Boxed<SpecifiedPosition> = Position::CENTER, Layout;
        /// <https://drafts.csswg.org/css-scrollbars-1/#propdef-scrollbar-width>
        "scrollbar-width" scrollbar_width / ScrollbarWidth: ScrollbarWidth = ScrollbarWidth::Auto, Layout;
        /// <https://drafts.csswg.org/css-overflow-3/#propdef-scrollbar-gutter>
        "scrollbar-gutter" scrollbar_gutter / ScrollbarGutter: ScrollbarGutter = ScrollbarGutter::AUTO, Layout;
        /// <https://drafts.csswg.org/css-overflow-3/#propdef-scroll-behavior>
        "scroll-behavior" scroll_behavior / ScrollBehavior: ScrollBehavior = ScrollBehavior::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-snap-type>
        "scroll-snap-type" scroll_snap_type / ScrollSnapType: ScrollSnapType = ScrollSnapType::NONE, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-snap-align>
        "scroll-snap-align" scroll_snap_align / ScrollSnapAlign: ScrollSnapAlign = ScrollSnapAlign::NONE, Nothing;
        /// <https://drafts.csswg.org/css-scroll-snap-1/#propdef-scroll-snap-stop>
        "scroll-snap-stop" scroll_snap_stop / ScrollSnapStop: ScrollSnapStop = ScrollSnapStop::Normal, Nothing;
        /// <https://drafts.csswg.org/css-overscroll-1/#propdef-overscroll-behavior-x>
        "overscroll-behavior-x" overscroll_behavior_x / OverscrollBehaviorX: OverscrollBehavior = OverscrollBehavior::Auto, Nothing;
        /// <https://drafts.csswg.org/css-overscroll-1/#propdef-overscroll-behavior-y>
        "overscroll-behavior-y" overscroll_behavior_y / OverscrollBehaviorY: OverscrollBehavior = OverscrollBehavior::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scroll-anchoring-1/#propdef-overflow-anchor>
        "overflow-anchor" overflow_anchor / OverflowAnchor: OverflowAnchor = OverflowAnchor::Auto, Nothing;
        /// <https://w3c.github.io/pointerevents/#the-touch-action-css-property>
        "touch-action" touch_action / TouchAction: TouchAction = TouchAction::empty(), Nothing;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-user-select>
        "user-select" user_select / UserSelect: UserSelect = UserSelect::Auto, Nothing;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-field-sizing>
        "field-sizing" field_sizing / FieldSizing: FieldSizing = FieldSizing::Fixed, Layout;
        /// <https://drafts.csswg.org/css-shapes-1/#propdef-shape-outside>
        "shape-outside" shape_outside / ShapeOutside: Boxed<ShapeOutside> = ShapeOutsideValue::Shape(ClipPath::None), Layout;
        /// <https://drafts.csswg.org/css-shapes-1/#propdef-shape-margin>
        "shape-margin" shape_margin / ShapeMargin: NonNegativeLengthPercentage = LengthPercentage::ZERO, Layout;
        /// <https://drafts.csswg.org/css-shapes-1/#propdef-shape-image-threshold>
        "shape-image-threshold" shape_image_threshold / ShapeImageThreshold: AlphaValue = 0.0, Layout;
        /// <https://drafts.csswg.org/css-page-3/#propdef-page>
        "page" page / Page: AutoOr<CustomIdent> = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-view-transitions-1/#propdef-view-transition-name>
        "view-transition-name" view_transition_name / ViewTransitionName: NoneOr<CustomIdent> = NoneOr::None, Stacking;
    }
}

computes_by_parts! {
    /// `shape-outside`
    pub enum ShapeOutsideValue<S = ClipPath, I = crate::values::image::Image> {
        /// A shape, a box or `none`.
        Shape(shape: S),
        /// The alpha of an image.
        Image(image: I),
    }
}

/// `shape-outside` in a declaration.
pub type ShapeOutside = ShapeOutsideValue<SpecifiedClipPath, SpecifiedImage>;

impl crate::values::Parse for ShapeOutside {
    fn parse(
        input: &mut crate::syntax::Parser<'_>,
        context: &crate::syntax::ParseContext<'_>,
    ) -> crate::syntax::CssResult<Self> {
        if let Ok(image) = input.try_parse(|input| SpecifiedImage::parse(input, context)) {
            return Ok(ShapeOutsideValue::Image(image));
        }
        SpecifiedClipPath::parse(input, context).map(ShapeOutsideValue::Shape)
    }
}

impl<S: crate::syntax::ToCss, I: crate::syntax::ToCss> crate::syntax::ToCss for ShapeOutsideValue<S, I> {
    fn to_css(&self, out: &mut String) {
        match self {
            ShapeOutsideValue::Shape(shape) => shape.to_css(out),
            ShapeOutsideValue::Image(image) => image.to_css(out),
        }
    }
}
