//! Lines and marks beside text: decorations and emphasis.
//! <https://drafts.csswg.org/css-text-decor-4/>

use std::sync::Arc;

use bitflags::bitflags;
use cssparser::match_ignore_ascii_case;

use super::Parse;
use super::length::{LengthPercentage, SpecifiedLengthPercentage};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_string;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

bitflags! {
    /// `text-decoration-line`
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TextDecorationLine: u8 {
        /// `underline`
        const UNDERLINE = 1;
        /// `overline`
        const OVERLINE = 2;
        /// `line-through`
        const LINE_THROUGH = 4;
        /// `blink`, which does nothing.
        const BLINK = 8;
        /// `spelling-error`
        const SPELLING_ERROR = 16;
        /// `grammar-error`
        const GRAMMAR_ERROR = 32;
    }
}

flag_keywords!(
    TextDecorationLine, empty "none",
    "underline" => UNDERLINE, "overline" => OVERLINE, "line-through" => LINE_THROUGH, "blink" => BLINK,
    "spelling-error" => SPELLING_ERROR, "grammar-error" => GRAMMAR_ERROR;
    alone SPELLING_ERROR | GRAMMAR_ERROR
);

computes_by_parts! {
    /// `text-decoration-thickness`
    pub enum TextDecorationThickness<LP = LengthPercentage> {
        /// `auto`
        Auto,
        /// `from-font`
        FromFont,
        /// A length, or a percentage of 1em.
        LengthPercentage(thickness: LP),
    }
}

/// `text-decoration-thickness` in a declaration.
pub type SpecifiedTextDecorationThickness = TextDecorationThickness<SpecifiedLengthPercentage>;

impl Parse for SpecifiedTextDecorationThickness {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(match_ignore_ascii_case! { &keyword,
                "auto" => TextDecorationThickness::Auto,
                "from-font" => TextDecorationThickness::FromFont,
                _ => return Err(invalid_value()),
            });
        }
        SpecifiedLengthPercentage::parse(input, context).map(TextDecorationThickness::LengthPercentage)
    }
}

impl<LP: ToCss> ToCss for TextDecorationThickness<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            TextDecorationThickness::Auto => out.push_str("auto"),
            TextDecorationThickness::FromFont => out.push_str("from-font"),
            TextDecorationThickness::LengthPercentage(thickness) => thickness.to_css(out),
        }
    }
}

/// `text-emphasis-style`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextEmphasisStyle {
    /// `none`
    None,
    /// A shape; without one, a circle, or a sesame in vertical text.
    Mark {
        /// Whether it is filled.
        filled: bool,
        /// The shape.
        shape: Option<EmphasisShape>,
    },
    /// A string.
    String(Arc<str>),
}

keywords! {
    /// The shape of an emphasis mark.
    pub enum EmphasisShape {
        Dot = "dot", Circle = "circle", DoubleCircle = "double-circle", Triangle = "triangle", Sesame = "sesame",
    }
}

impl Parse for TextEmphasisStyle {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(text) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(TextEmphasisStyle::String((&*text).into()));
        }
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(TextEmphasisStyle::None);
        }
        let (mut filled, mut shape) = (None, None);
        while let Ok(keyword) = input.try_parse(|input| -> CssResult<_> {
            let keyword = input.expect_ident_cloned()?;
            let fill = keyword.eq_ignore_ascii_case("filled") || keyword.eq_ignore_ascii_case("open");
            if fill || EmphasisShape::from_keyword(&keyword).is_some() {
                Ok(keyword)
            } else {
                Err(invalid_value())
            }
        }) {
            let repeated = match EmphasisShape::from_keyword(&keyword) {
                Some(found) => shape.replace(found).is_some(),
                None => filled.replace(keyword.eq_ignore_ascii_case("filled")).is_some(),
            };
            if repeated {
                return Err(invalid_value());
            }
        }
        if filled.is_none() && shape.is_none() {
            return Err(invalid_value());
        }
        Ok(TextEmphasisStyle::Mark { filled: filled.unwrap_or(true), shape })
    }
}

impl ToCss for TextEmphasisStyle {
    fn to_css(&self, out: &mut String) {
        match self {
            TextEmphasisStyle::None => out.push_str("none"),
            TextEmphasisStyle::String(text) => write_string(text, out),
            TextEmphasisStyle::Mark { filled, shape } => match (filled, shape) {
                (true, Some(shape)) => shape.to_css(out),
                (true, None) => out.push_str("filled"),
                (false, None) => out.push_str("open"),
                (false, Some(shape)) => {
                    out.push_str("open ");
                    shape.to_css(out);
                }
            },
        }
    }
}

bitflags! {
    /// `text-emphasis-position`, without the initial `over right`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TextEmphasisPosition: u8 {
        /// `under`
        const UNDER = 1;
        /// `left`
        const LEFT = 2;
    }
}

impl Parse for TextEmphasisPosition {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let mut vertical = None;
        let mut horizontal = None;
        while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            let repeated = match_ignore_ascii_case! { &keyword,
                "over" => vertical.replace(TextEmphasisPosition::empty()).is_some(),
                "under" => vertical.replace(TextEmphasisPosition::UNDER).is_some(),
                "right" => horizontal.replace(TextEmphasisPosition::empty()).is_some(),
                "left" => horizontal.replace(TextEmphasisPosition::LEFT).is_some(),
                _ => true,
            };
            if repeated {
                return Err(invalid_value());
            }
        }
        Ok(vertical.ok_or_else(invalid_value)? | horizontal.unwrap_or_default())
    }
}

impl ToCss for TextEmphasisPosition {
    fn to_css(&self, out: &mut String) {
        out.push_str(if self.contains(TextEmphasisPosition::UNDER) { "under" } else { "over" });
        if self.contains(TextEmphasisPosition::LEFT) {
            out.push_str(" left");
        }
    }
}

bitflags! {
    /// `text-underline-position`; empty is `auto`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TextUnderlinePosition: u8 {
        /// `from-font`
        const FROM_FONT = 1;
        /// `under`
        const UNDER = 2;
        /// `left`
        const LEFT = 4;
        /// `right`
        const RIGHT = 8;
    }
}

flag_keywords!(
    TextUnderlinePosition, empty "auto",
    "from-font" => FROM_FONT, "under" => UNDER, "left" => LEFT, "right" => RIGHT
);

computes_to_itself!(TextEmphasisStyle, TextEmphasisPosition);
