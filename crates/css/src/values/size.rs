//! Sizes of boxes.
//! <https://drafts.csswg.org/css-sizing-4/#sizing-properties>

use cssparser::match_ignore_ascii_case;

use super::calc::Range;
use super::length::{LengthPercentage, NonNegative, ParseInRange, SpecifiedLengthPercentage};
use super::number::Ratio;
use super::{AutoOr, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

computes_by_parts! {
    /// A preferred or minimum size: `width`, `min-height`, `flex-basis`.
    pub enum Size<LP = LengthPercentage> {
        /// `auto`
        Auto,
        /// A length or percentage, not negative.
        LengthPercentage(size: LP),
        /// `min-content`
        MinContent,
        /// `max-content`
        MaxContent,
        /// `fit-content`
        FitContent,
        /// `fit-content(<length-percentage>)`
        FitContentFunction(limit: LP),
        /// `stretch`, `-webkit-fill-available`
        Stretch,
        /// `content`, in `flex-basis` only.
        Content,
    }
}

computes_by_parts! {
    /// A maximum size.
    pub enum MaxSize<LP = LengthPercentage> {
        /// `none`
        None,
        /// A length or percentage, not negative.
        LengthPercentage(size: LP),
        /// `min-content`
        MinContent,
        /// `max-content`
        MaxContent,
        /// `fit-content`
        FitContent,
        /// `fit-content(<length-percentage>)`
        FitContentFunction(limit: LP),
        /// `stretch`, `-webkit-fill-available`
        Stretch,
    }
}

/// A size in a declaration.
pub type SpecifiedSize = Size<SpecifiedLengthPercentage>;
/// A maximum size in a declaration.
pub type SpecifiedMaxSize = MaxSize<SpecifiedLengthPercentage>;

impl<LP> Size<LP> {
    /// Whether this is `auto`.
    pub const fn is_auto(&self) -> bool {
        matches!(self, Size::Auto)
    }
}

/// What preferred, minimum and maximum sizes have in common: all but their initial keyword.
enum Sizing {
    LengthPercentage(SpecifiedLengthPercentage),
    MinContent,
    MaxContent,
    FitContent,
    FitContentFunction(SpecifiedLengthPercentage),
    Stretch,
}

impl Sizing {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Sizing> {
        let limit = |input: &mut Parser<'_>| {
            SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)
        };
        if input.try_parse(|input| input.expect_function_matching("fit-content")).is_ok() {
            return input.parse_nested_block(limit).map(Sizing::FitContentFunction);
        }
        let keyword = input.try_parse(|input| {
            Ok(match_ignore_ascii_case! { input.expect_ident()?,
                "min-content" | "-webkit-min-content" => Sizing::MinContent,
                "max-content" | "-webkit-max-content" | "intrinsic" => Sizing::MaxContent,
                "fit-content" | "-webkit-fit-content" => Sizing::FitContent,
                "stretch" | "-webkit-fill-available" => Sizing::Stretch,
                _ => return Err(invalid_value()),
            })
        });
        keyword.or_else(|_| limit(input).map(Sizing::LengthPercentage))
    }
}

impl From<Sizing> for SpecifiedSize {
    fn from(sizing: Sizing) -> Self {
        match sizing {
            Sizing::LengthPercentage(size) => Size::LengthPercentage(size),
            Sizing::MinContent => Size::MinContent,
            Sizing::MaxContent => Size::MaxContent,
            Sizing::FitContent => Size::FitContent,
            Sizing::FitContentFunction(limit) => Size::FitContentFunction(limit),
            Sizing::Stretch => Size::Stretch,
        }
    }
}

impl From<Sizing> for SpecifiedMaxSize {
    fn from(sizing: Sizing) -> Self {
        match sizing {
            Sizing::LengthPercentage(size) => MaxSize::LengthPercentage(size),
            Sizing::MinContent => MaxSize::MinContent,
            Sizing::MaxContent => MaxSize::MaxContent,
            Sizing::FitContent => MaxSize::FitContent,
            Sizing::FitContentFunction(limit) => MaxSize::FitContentFunction(limit),
            Sizing::Stretch => MaxSize::Stretch,
        }
    }
}

impl Parse for SpecifiedSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(Size::Auto);
        }
        Sizing::parse(input, context).map(Size::from)
    }
}

impl Parse for SpecifiedMaxSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(MaxSize::None);
        }
        Sizing::parse(input, context).map(MaxSize::from)
    }
}

fn write_fit_content<LP: ToCss>(limit: &LP, out: &mut String) {
    out.push_str("fit-content(");
    limit.to_css(out);
    out.push(')');
}

impl<LP: ToCss> ToCss for Size<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            Size::Auto => out.push_str("auto"),
            Size::LengthPercentage(size) => size.to_css(out),
            Size::MinContent => out.push_str("min-content"),
            Size::MaxContent => out.push_str("max-content"),
            Size::FitContent => out.push_str("fit-content"),
            Size::FitContentFunction(limit) => write_fit_content(limit, out),
            Size::Stretch => out.push_str("stretch"),
            Size::Content => out.push_str("content"),
        }
    }
}

impl<LP: ToCss> ToCss for MaxSize<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            MaxSize::None => out.push_str("none"),
            MaxSize::LengthPercentage(size) => size.to_css(out),
            MaxSize::MinContent => out.push_str("min-content"),
            MaxSize::MaxContent => out.push_str("max-content"),
            MaxSize::FitContent => out.push_str("fit-content"),
            MaxSize::FitContentFunction(limit) => write_fit_content(limit, out),
            MaxSize::Stretch => out.push_str("stretch"),
        }
    }
}

/// `flex-basis`: a size, or `content`. It computes to [`Size`].
#[derive(Clone, Debug, PartialEq)]
pub struct FlexBasis(pub SpecifiedSize);

impl Parse for FlexBasis {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("content")).is_ok() {
            return Ok(FlexBasis(Size::Content));
        }
        SpecifiedSize::parse(input, context).map(FlexBasis)
    }
}

impl ToCss for FlexBasis {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl super::Compute for FlexBasis {
    type Computed = Size;

    fn compute(&self, context: &super::ComputeContext<'_>) -> Size {
        self.0.compute(context)
    }
}

/// A margin or inset: a length or percentage of either sign, or `auto`.
pub type SpecifiedMargin = AutoOr<SpecifiedLengthPercentage>;
/// A length or percentage that is not negative: paddings, radii, gaps.
pub type NonNegativeLengthPercentage = NonNegative<SpecifiedLengthPercentage>;

/// `aspect-ratio`
/// <https://drafts.csswg.org/css-sizing-4/#aspect-ratio>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AspectRatio {
    /// Whether a replaced element's natural ratio is preferred.
    pub auto: bool,
    /// The ratio of width to height.
    pub ratio: Option<Ratio>,
}

impl AspectRatio {
    /// `auto`
    pub const AUTO: AspectRatio = AspectRatio { auto: true, ratio: None };
}

impl Parse for AspectRatio {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let auto =
            |input: &mut Parser<'_>| input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
        let before = auto(input);
        let ratio = match input.try_parse(|input| Ratio::parse(input, context)) {
            Ok(ratio) => Some(ratio),
            Err(_) if before => None,
            Err(error) => return Err(error),
        };
        Ok(AspectRatio { auto: before || (ratio.is_some() && auto(input)), ratio })
    }
}

impl ToCss for AspectRatio {
    fn to_css(&self, out: &mut String) {
        if self.auto {
            out.push_str("auto");
        }
        if let Some(ratio) = &self.ratio {
            if self.auto {
                out.push(' ');
            }
            ratio.to_css(out);
        }
    }
}

computes_to_itself!(AspectRatio);

computes_by_parts! {
    /// One axis of `contain-intrinsic-size`.
    /// <https://drafts.csswg.org/css-sizing-4/#intrinsic-size-override>
    pub struct IntrinsicSizeValue<L = super::length::Length> {
        /// Whether the last size is remembered.
        pub auto: bool,
        /// The size; `None` is `none`.
        pub length: Option<L>,
    }
}

/// One axis of `contain-intrinsic-size` in a declaration.
pub type SpecifiedIntrinsicSize = IntrinsicSizeValue<super::length::SpecifiedLength>;

impl IntrinsicSizeValue {
    /// `none`
    pub const NONE: IntrinsicSizeValue = IntrinsicSizeValue { auto: false, length: None };
}

impl Parse for SpecifiedIntrinsicSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let auto = input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(IntrinsicSizeValue { auto, length: None });
        }
        let length = super::length::SpecifiedLength::parse_in_range(input, context, Range::NonNegative)?;
        Ok(IntrinsicSizeValue { auto, length: Some(length) })
    }
}

impl<L: ToCss> ToCss for IntrinsicSizeValue<L> {
    fn to_css(&self, out: &mut String) {
        if self.auto {
            out.push_str("auto ");
        }
        match &self.length {
            Some(length) => length.to_css(out),
            None => out.push_str("none"),
        }
    }
}
