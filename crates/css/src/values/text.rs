//! Text: indents, shadows, decorations, emphasis, transforms.
//! <https://drafts.csswg.org/css-text-4/>

pub use super::text_decoration::{
    EmphasisShape, SpecifiedTextDecorationThickness, TextDecorationLine, TextDecorationThickness,
    TextEmphasisPosition, TextEmphasisStyle, TextUnderlinePosition,
};

use std::sync::Arc;

use bitflags::bitflags;
use cssparser::match_ignore_ascii_case;

use super::calc::Range;
use super::color::{Color, SpecifiedColor};
use super::length::{
    Length, LengthPercentage, NonNegative, ParseInRange, SpecifiedLength, SpecifiedLengthPercentage,
};
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_string;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

computes_by_parts! {
    /// `text-indent`
    pub struct TextIndent<LP = LengthPercentage> {
        /// How far; percentages are of the containing block's inline size.
        pub length: LP,
        /// Whether all lines but the first are indented.
        pub hanging: bool,
        /// Whether lines after a forced break are first lines too.
        pub each_line: bool,
    }
}

/// `text-indent` in a declaration.
pub type SpecifiedTextIndent = TextIndent<SpecifiedLengthPercentage>;

impl Parse for SpecifiedTextIndent {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let (mut length, mut hanging, mut each_line) = (None, false, false);
        loop {
            if length.is_none()
                && let Ok(found) = input.try_parse(|input| SpecifiedLengthPercentage::parse(input, context))
            {
                length = Some(found);
            } else if !hanging && input.try_parse(|input| input.expect_ident_matching("hanging")).is_ok() {
                hanging = true;
            } else if !each_line && input.try_parse(|input| input.expect_ident_matching("each-line")).is_ok()
            {
                each_line = true;
            } else {
                break;
            }
        }
        Ok(TextIndent { length: length.ok_or_else(invalid_value)?, hanging, each_line })
    }
}

impl<LP: ToCss> ToCss for TextIndent<LP> {
    fn to_css(&self, out: &mut String) {
        self.length.to_css(out);
        if self.hanging {
            out.push_str(" hanging");
        }
        if self.each_line {
            out.push_str(" each-line");
        }
    }
}

computes_by_parts! {
    /// A shadow of text, or of what `drop-shadow()` is applied to.
    pub struct Shadow<C = Color, L = Length> {
        /// The colour.
        pub color: C,
        /// To the right.
        pub x: L,
        /// Down.
        pub y: L,
        /// The blur radius; the standard deviation is half of it.
        pub blur: L,
    }
}

/// A shadow in a declaration.
pub type SpecifiedShadow = Shadow<SpecifiedColor, SpecifiedLength>;

impl Parse for SpecifiedShadow {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let color = input.try_parse(|input| SpecifiedColor::parse(input, context)).ok();
        let x = SpecifiedLength::parse(input, context)?;
        let y = SpecifiedLength::parse(input, context)?;
        let blur =
            input.try_parse(|input| SpecifiedLength::parse_in_range(input, context, Range::NonNegative));
        let color = color.or_else(|| input.try_parse(|input| SpecifiedColor::parse(input, context)).ok());
        Ok(Shadow {
            color: color.unwrap_or(SpecifiedColor::CurrentColor),
            x,
            y,
            blur: blur.unwrap_or(SpecifiedLength::px(0.0)),
        })
    }
}

impl<C: ToCss, L: ToCss> ToCss for Shadow<C, L> {
    fn to_css(&self, out: &mut String) {
        let color = self.color.to_css_string();
        out.push_str(&color);
        for length in [&self.x, &self.y, &self.blur] {
            out.push(' ');
            length.to_css(out);
        }
    }
}

computes_by_parts! {
    /// One shadow of `box-shadow`.
    pub struct BoxShadow<C = Color, L = Length> {
        /// Colour, offsets and blur.
        pub shadow: Shadow<C, L>,
        /// How much larger than the box it is.
        pub spread: L,
        /// Whether it is inside the box.
        pub inset: bool,
    }
}

/// A box shadow in a declaration.
pub type SpecifiedBoxShadow = BoxShadow<SpecifiedColor, SpecifiedLength>;

impl Parse for SpecifiedBoxShadow {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let (mut color, mut lengths, mut inset) = (None, None, false);
        let parse_lengths = |input: &mut Parser<'_>| -> CssResult<[SpecifiedLength; 4]> {
            let x = SpecifiedLength::parse(input, context)?;
            let y = SpecifiedLength::parse(input, context)?;
            let blur =
                input.try_parse(|input| SpecifiedLength::parse_in_range(input, context, Range::NonNegative));
            let spread = match &blur {
                Ok(_) => input.try_parse(|input| SpecifiedLength::parse(input, context)).ok(),
                Err(_) => None,
            };
            let zero = SpecifiedLength::px(0.0);
            Ok([x, y, blur.unwrap_or_else(|_| zero.clone()), spread.unwrap_or(zero)])
        };
        loop {
            if !inset && input.try_parse(|input| input.expect_ident_matching("inset")).is_ok() {
                inset = true;
            } else if lengths.is_none()
                && let Ok(found) = input.try_parse(parse_lengths)
            {
                lengths = Some(found);
            } else if color.is_none()
                && let Ok(found) = input.try_parse(|input| SpecifiedColor::parse(input, context))
            {
                color = Some(found);
            } else {
                break;
            }
        }
        let [x, y, blur, spread] = lengths.ok_or_else(invalid_value)?;
        let color = color.unwrap_or(SpecifiedColor::CurrentColor);
        Ok(BoxShadow { shadow: Shadow { color, x, y, blur }, spread, inset })
    }
}

impl<C: ToCss, L: ToCss> ToCss for BoxShadow<C, L> {
    fn to_css(&self, out: &mut String) {
        self.shadow.to_css(out);
        out.push(' ');
        self.spread.to_css(out);
        if self.inset {
            out.push_str(" inset");
        }
    }
}

/// `text-transform`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextTransform {
    /// The change of case.
    pub case: TextTransformCase,
    /// Whether characters become full-width.
    pub full_width: bool,
    /// Whether small kana become full-size.
    pub full_size_kana: bool,
}

keywords! {
    /// A change of case.
    pub enum TextTransformCase {
        None = "none", Capitalize = "capitalize", Uppercase = "uppercase", Lowercase = "lowercase", MathAuto = "math-auto",
    }
}

impl TextTransform {
    /// `none`
    pub const NONE: TextTransform =
        TextTransform { case: TextTransformCase::None, full_width: false, full_size_kana: false };
}

impl Parse for TextTransform {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let mut transform = TextTransform::NONE;
        let mut count = 0;
        while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            let fresh = match TextTransformCase::from_keyword(&keyword) {
                Some(case @ (TextTransformCase::None | TextTransformCase::MathAuto)) => {
                    transform.case = case;
                    count == 0 && input.is_exhausted()
                }
                Some(case) => std::mem::replace(&mut transform.case, case) == TextTransformCase::None,
                None => match_ignore_ascii_case! { &keyword,
                    "full-width" => !std::mem::replace(&mut transform.full_width, true),
                    "full-size-kana" => !std::mem::replace(&mut transform.full_size_kana, true),
                    _ => false,
                },
            };
            if !fresh {
                return Err(invalid_value());
            }
            count += 1;
        }
        if count == 0 { Err(invalid_value()) } else { Ok(transform) }
    }
}

impl ToCss for TextTransform {
    fn to_css(&self, out: &mut String) {
        let start = out.len();
        if self.case != TextTransformCase::None || !(self.full_width || self.full_size_kana) {
            self.case.to_css(out);
        }
        for (shown, keyword) in [(self.full_width, "full-width"), (self.full_size_kana, "full-size-kana")] {
            if shown {
                if out.len() > start {
                    out.push(' ');
                }
                out.push_str(keyword);
            }
        }
    }
}

computes_to_itself!(TextTransform);

/// `text-overflow`: one side, or start and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOverflow {
    /// At the start, where two are given.
    pub start: Option<TextOverflowSide>,
    /// At the end of the line.
    pub end: TextOverflowSide,
}

/// What is shown where text overflows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextOverflowSide {
    /// `clip`
    Clip,
    /// `ellipsis`
    Ellipsis,
    /// A string.
    String(Arc<str>),
}

impl TextOverflow {
    /// `clip`
    pub const CLIP: TextOverflow = TextOverflow { start: None, end: TextOverflowSide::Clip };
}

impl Parse for TextOverflowSide {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(text) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(TextOverflowSide::String((&*text).into()));
        }
        Ok(match_ignore_ascii_case! { input.expect_ident()?,
            "clip" => TextOverflowSide::Clip,
            "ellipsis" => TextOverflowSide::Ellipsis,
            _ => return Err(invalid_value()),
        })
    }
}

impl Parse for TextOverflow {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let first = TextOverflowSide::parse(input, context)?;
        Ok(match input.try_parse(|input| TextOverflowSide::parse(input, context)) {
            Ok(second) => TextOverflow { start: Some(first), end: second },
            Err(_) => TextOverflow { start: None, end: first },
        })
    }
}

impl ToCss for TextOverflowSide {
    fn to_css(&self, out: &mut String) {
        match self {
            TextOverflowSide::Clip => out.push_str("clip"),
            TextOverflowSide::Ellipsis => out.push_str("ellipsis"),
            TextOverflowSide::String(text) => write_string(text, out),
        }
    }
}

impl ToCss for TextOverflow {
    fn to_css(&self, out: &mut String) {
        if let Some(start) = &self.start {
            start.to_css(out);
            out.push(' ');
        }
        self.end.to_css(out);
    }
}

computes_to_itself!(TextOverflow);

bitflags! {
    /// `hanging-punctuation`; empty is `none`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct HangingPunctuation: u8 {
        /// `first`
        const FIRST = 1;
        /// `force-end`
        const FORCE_END = 2;
        /// `allow-end`
        const ALLOW_END = 4;
        /// `last`
        const LAST = 8;
    }
}

flag_keywords!(
    HangingPunctuation, empty "none",
    "first" => FIRST, "force-end" => FORCE_END, "allow-end" => ALLOW_END, "last" => LAST
);

computes_by_parts! {
    /// `vertical-align`
    pub enum VerticalAlign<LP = LengthPercentage> {
        /// A keyword.
        Keyword(keyword: VerticalAlignKeyword),
        /// Raised by a length, or by a percentage of the line height.
        LengthPercentage(raise: LP),
    }
}

keywords! {
    /// Where in the line a box stands.
    pub enum VerticalAlignKeyword {
        Baseline = "baseline", Sub = "sub", Super = "super", Top = "top", TextTop = "text-top", Middle = "middle",
        Bottom = "bottom", TextBottom = "text-bottom", BaselineMiddle = "-webkit-baseline-middle",
    }
}

/// `vertical-align` in a declaration.
pub type SpecifiedVerticalAlign = VerticalAlign<SpecifiedLengthPercentage>;

impl VerticalAlign {
    /// `baseline`
    pub const BASELINE: VerticalAlign = VerticalAlign::Keyword(VerticalAlignKeyword::Baseline);
}

impl Parse for SpecifiedVerticalAlign {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(|input| VerticalAlignKeyword::parse(input, context)) {
            return Ok(VerticalAlign::Keyword(keyword));
        }
        SpecifiedLengthPercentage::parse(input, context).map(VerticalAlign::LengthPercentage)
    }
}

impl<LP: ToCss> ToCss for VerticalAlign<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            VerticalAlign::Keyword(keyword) => keyword.to_css(out),
            VerticalAlign::LengthPercentage(raise) => raise.to_css(out),
        }
    }
}

/// `word-spacing` and `letter-spacing` in a declaration: `normal` is no length.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedSpacing {
    /// `normal`
    Normal,
    /// A length, or a percentage of the font size.
    LengthPercentage(SpecifiedLengthPercentage),
}

impl Parse for SpecifiedSpacing {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(SpecifiedSpacing::Normal);
        }
        SpecifiedLengthPercentage::parse(input, context).map(SpecifiedSpacing::LengthPercentage)
    }
}

impl ToCss for SpecifiedSpacing {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedSpacing::Normal => out.push_str("normal"),
            SpecifiedSpacing::LengthPercentage(spacing) => spacing.to_css(out),
        }
    }
}

impl Compute for SpecifiedSpacing {
    type Computed = Spacing;

    fn compute(&self, context: &ComputeContext<'_>) -> Spacing {
        Spacing(match self {
            SpecifiedSpacing::Normal => LengthPercentage::ZERO,
            SpecifiedSpacing::LengthPercentage(spacing) => spacing.compute(context),
        })
    }
}

/// The space that is added between letters or words; percentages are of the font size.
#[derive(Clone, Debug, PartialEq)]
pub struct Spacing(pub LengthPercentage);

impl Spacing {
    /// `normal`
    pub const NORMAL: Spacing = Spacing(LengthPercentage::ZERO);

    /// In CSS px, in a font of `font_size`.
    pub fn px(&self, font_size: f32) -> f32 {
        self.0.resolve(font_size)
    }
}

impl ToCss for Spacing {
    fn to_css(&self, out: &mut String) {
        if self.0 == LengthPercentage::ZERO { out.push_str("normal") } else { self.0.to_css(out) }
    }
}

/// A width of lines that is not negative: `-webkit-text-stroke-width`.
pub type SpecifiedStrokeWidth = NonNegative<SpecifiedLength>;

/// How many lines an initial letter sinks into the lines beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialLetterSink {
    /// As many as it is high.
    Unspecified,
    /// `drop`: as many as it is high.
    Drop,
    /// `raise`: one.
    Raise,
    /// So many.
    Lines(i32),
}

/// `initial-letter`: how many lines high, and how many lines deep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InitialLetter {
    /// The height in lines.
    pub size: f32,
    /// How many lines it sinks.
    pub sink: InitialLetterSink,
}

impl Parse for InitialLetter {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let keyword = |input: &mut Parser<'_>| -> CssResult<InitialLetterSink> {
            let keyword = input.expect_ident_cloned()?;
            match_ignore_ascii_case! { &keyword,
                "drop" => Ok(InitialLetterSink::Drop),
                "raise" => Ok(InitialLetterSink::Raise),
                _ => Err(invalid_value()),
            }
        };
        let number = |input: &mut Parser<'_>| super::number::parse_number(input, Range::AtLeastOne);
        if let Ok(sink) = input.try_parse(keyword) {
            return Ok(InitialLetter { size: number(input)?, sink });
        }
        let size = number(input)?;
        let lines = |input: &mut Parser<'_>| -> CssResult<InitialLetterSink> {
            match super::number::SpecifiedInteger::parse_in_range(input, context, Range::AtLeastOne)? {
                super::number::SpecifiedInteger::Literal(lines) => Ok(InitialLetterSink::Lines(lines)),
                super::number::SpecifiedInteger::Calc(_) => Err(invalid_value()),
            }
        };
        let sink = input.try_parse(keyword).or_else(|_| input.try_parse(lines));
        Ok(InitialLetter { size, sink: sink.unwrap_or(InitialLetterSink::Unspecified) })
    }
}

impl ToCss for InitialLetter {
    fn to_css(&self, out: &mut String) {
        self.size.to_css(out);
        match self.sink {
            InitialLetterSink::Unspecified => {}
            InitialLetterSink::Drop => out.push_str(" drop"),
            InitialLetterSink::Raise => out.push_str(" raise"),
            InitialLetterSink::Lines(lines) => {
                out.push(' ');
                lines.to_css(out);
            }
        }
    }
}

computes_to_itself!(InitialLetter);

/// `hyphenate-limit-chars`: how many characters a word and its parts have at least where it is hyphenated; nothing for
/// `auto`. <https://drafts.csswg.org/css-text-4/#hyphenate-char-limits>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HyphenateLimitChars {
    /// The whole word.
    pub word: Option<u16>,
    /// What stands before the hyphen.
    pub before: Option<u16>,
    /// What stands after it.
    pub after: Option<u16>,
}

impl HyphenateLimitChars {
    /// All `auto`.
    pub const AUTO: HyphenateLimitChars = HyphenateLimitChars { word: None, before: None, after: None };
}

impl Parse for HyphenateLimitChars {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let limit = |input: &mut Parser<'_>| -> CssResult<Option<u16>> {
            if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
                return Ok(None);
            }
            match super::number::SpecifiedInteger::parse_in_range(input, context, Range::AtLeastOne)? {
                super::number::SpecifiedInteger::Literal(limit) => {
                    Ok(Some(u16::try_from(limit).unwrap_or(u16::MAX)))
                }
                super::number::SpecifiedInteger::Calc(_) => Err(invalid_value()),
            }
        };
        let word = limit(input)?;
        let before = input.try_parse(limit);
        let after = before.as_ref().ok().and_then(|_| input.try_parse(limit).ok());
        let before = before.unwrap_or(None);
        Ok(HyphenateLimitChars { word, before, after: after.unwrap_or(before) })
    }
}

impl ToCss for HyphenateLimitChars {
    fn to_css(&self, out: &mut String) {
        let limits = [self.word, self.before, self.after];
        // What is left out is `auto`, or after the hyphen what it is before it.
        let count = match limits {
            [_, None, None] => 1,
            [_, before, after] if before == after => 2,
            _ => 3,
        };
        for (index, limit) in limits[..count].iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            match limit {
                Some(limit) => i32::from(*limit).to_css(out),
                None => out.push_str("auto"),
            }
        }
    }
}

computes_to_itself!(HyphenateLimitChars);
