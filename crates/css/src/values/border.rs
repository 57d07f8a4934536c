//! Borders and outlines.
//! <https://drafts.csswg.org/css-backgrounds-3/#borders>

use super::calc::Range;
use super::combinators::{FourSides, Pair};
use super::length::{
    Length, LengthPercentage, NonNegative, NumberOr, ParseInRange, SpecifiedLength, SpecifiedLengthPercentage,
};
use super::number::NumberOrPercentage;
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// The style of a border or of a rule between columns.
    pub enum LineStyle {
        None = "none", Hidden = "hidden", Dotted = "dotted", Dashed = "dashed", Solid = "solid", Double = "double",
        Groove = "groove", Ridge = "ridge", Inset = "inset", Outset = "outset",
    }
}

impl LineStyle {
    /// Whether nothing is drawn, and the width counts as zero.
    pub const fn is_none_or_hidden(self) -> bool {
        matches!(self, LineStyle::None | LineStyle::Hidden)
    }
}

keywords! {
    /// The style of an outline.
    pub enum OutlineStyle {
        Auto = "auto", None = "none", Dotted = "dotted", Dashed = "dashed", Solid = "solid", Double = "double",
        Groove = "groove", Ridge = "ridge", Inset = "inset", Outset = "outset",
    }
}

/// The width of a border in a declaration; it computes to px, snapped to device pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedLineWidth {
    /// `thin`
    Thin,
    /// `medium`
    Medium,
    /// `thick`
    Thick,
    /// A length.
    Length(SpecifiedLength),
}

impl Parse for SpecifiedLineWidth {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(cssparser::match_ignore_ascii_case! { &keyword,
                "thin" => SpecifiedLineWidth::Thin,
                "medium" => SpecifiedLineWidth::Medium,
                "thick" => SpecifiedLineWidth::Thick,
                _ => return Err(invalid_value()),
            });
        }
        SpecifiedLength::parse_in_range(input, context, Range::NonNegative).map(SpecifiedLineWidth::Length)
    }
}

impl ToCss for SpecifiedLineWidth {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedLineWidth::Thin => out.push_str("thin"),
            SpecifiedLineWidth::Medium => out.push_str("medium"),
            SpecifiedLineWidth::Thick => out.push_str("thick"),
            SpecifiedLineWidth::Length(length) => length.to_css(out),
        }
    }
}

impl Compute for SpecifiedLineWidth {
    type Computed = Length;

    fn compute(&self, context: &ComputeContext<'_>) -> Length {
        let width = match self {
            SpecifiedLineWidth::Thin => 1.0,
            SpecifiedLineWidth::Medium => 3.0,
            SpecifiedLineWidth::Thick => 5.0,
            SpecifiedLineWidth::Length(length) => length.compute(context).px(),
        };
        Length(snap_line_width(width, context.device.scale))
    }
}

/// Whole device pixels, rounded down, but at least one where the width is not zero.
/// <https://drafts.csswg.org/css-values-4/#snap-a-length-as-a-border-width>
pub fn snap_line_width(width: f32, scale: f32) -> f32 {
    let device_px = width * scale;
    if device_px <= 0.0 {
        0.0
    } else if device_px < 1.0 {
        1.0 / scale
    } else {
        device_px.floor() / scale
    }
}

/// A corner's radii: horizontal, vertical; in a declaration.
pub type SpecifiedRadius = Pair<NonNegative<SpecifiedLengthPercentage>>;
/// A corner's radii: horizontal, vertical; percentages are of the border box.
pub type Radius = Pair<LengthPercentage>;

/// `border-image-slice` in a declaration.
/// <https://drafts.csswg.org/css-backgrounds-3/#border-image-slice>
#[derive(Clone, Debug, PartialEq)]
pub struct BorderImageSlice<N = SliceOffset> {
    /// How far from each edge the image is cut.
    pub offsets: FourSides<N>,
    /// Whether the middle is kept.
    pub fill: bool,
}

/// How far from an edge an image is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SliceOffset {
    /// In the image's px.
    Number(f32),
    /// As a fraction of the image's size.
    Percentage(f32),
}

impl ToCss for SliceOffset {
    fn to_css(&self, out: &mut String) {
        match self {
            SliceOffset::Number(number) => number.to_css(out),
            SliceOffset::Percentage(fraction) => super::number::Percentage(*fraction).to_css(out),
        }
    }
}

/// A slice offset in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecifiedSliceOffset(NumberOrPercentage);

impl Parse for SpecifiedSliceOffset {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        NumberOrPercentage::parse_in_range(input, context, Range::NonNegative).map(SpecifiedSliceOffset)
    }
}

impl ToCss for SpecifiedSliceOffset {
    fn to_css(&self, out: &mut String) {
        match &self.0 {
            NumberOrPercentage::Number(number) => number.to_css(out),
            NumberOrPercentage::Percentage(percentage) => percentage.to_css(out),
        }
    }
}

impl Compute for SpecifiedSliceOffset {
    type Computed = SliceOffset;

    fn compute(&self, context: &ComputeContext<'_>) -> SliceOffset {
        match &self.0 {
            NumberOrPercentage::Number(number) => SliceOffset::Number(number.compute(context)),
            NumberOrPercentage::Percentage(percentage) => {
                SliceOffset::Percentage(percentage.compute(context).0)
            }
        }
    }
}

impl Parse for BorderImageSlice<SpecifiedSliceOffset> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let fill =
            |input: &mut Parser<'_>| input.try_parse(|input| input.expect_ident_matching("fill")).is_ok();
        let before = fill(input);
        let offsets = FourSides::parse(input, context)?;
        Ok(BorderImageSlice { offsets, fill: before || fill(input) })
    }
}

impl<N: ToCss + PartialEq> ToCss for BorderImageSlice<N> {
    fn to_css(&self, out: &mut String) {
        self.offsets.to_css(out);
        if self.fill {
            out.push_str(" fill");
        }
    }
}

impl<N: Compute> Compute for BorderImageSlice<N> {
    type Computed = BorderImageSlice<N::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        BorderImageSlice { offsets: self.offsets.compute(context), fill: self.fill }
    }
}

/// One side of `border-image-width`: `auto`, a multiple of the border's width, or a length or percentage.
pub type BorderImageSide = super::AutoOr<NumberOr<LengthPercentage>>;
/// One side of `border-image-width` in a declaration.
pub type SpecifiedBorderImageSide = super::AutoOr<NonNegative<NumberOr<SpecifiedLengthPercentage>>>;

keywords! {
    /// How the middle pieces of a border image fill their place.
    pub enum BorderImageRepeatKeyword { Stretch = "stretch", Repeat = "repeat", Round = "round", Space = "space" }
}
