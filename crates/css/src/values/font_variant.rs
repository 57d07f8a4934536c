//! Variants of glyphs: OpenType features and axes, and the sets of keywords that `font-variant` is made of.
//! <https://drafts.csswg.org/css-fonts-4/#font-rend-props>

use cssparser::match_ignore_ascii_case;

use super::Parse;
use super::calc::Range;
use super::number::parse_number;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::{write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// A four-letter name of a feature or an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpenTypeTag(pub [u8; 4]);

impl Parse for OpenTypeTag {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let tag: [u8; 4] = input.expect_string()?.as_bytes().try_into().map_err(|_| invalid_value())?;
        let printable = tag.iter().all(|byte| (0x20..=0x7e).contains(byte));
        if printable { Ok(OpenTypeTag(tag)) } else { Err(invalid_value()) }
    }
}

impl ToCss for OpenTypeTag {
    fn to_css(&self, out: &mut String) {
        write_string(&String::from_utf8_lossy(&self.0), out);
    }
}

/// One setting of `font-feature-settings`: its tag and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeatureSetting {
    /// The feature.
    pub tag: OpenTypeTag,
    /// 0 is off, 1 on, others choose.
    pub value: i32,
}

impl Parse for FeatureSetting {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let tag = OpenTypeTag::parse(input, context)?;
        let value = input.try_parse(|input| -> CssResult<i32> {
            Ok(match input.next()? {
                Token::Number { int_value: Some(value), .. } if *value >= 0 => *value,
                Token::Ident(word) => match_ignore_ascii_case! { word,
                    "on" => 1,
                    "off" => 0,
                    _ => return Err(invalid_value()),
                },
                _ => return Err(invalid_value()),
            })
        });
        Ok(FeatureSetting { tag, value: value.unwrap_or(1) })
    }
}

impl ToCss for FeatureSetting {
    fn to_css(&self, out: &mut String) {
        self.tag.to_css(out);
        if self.value != 1 {
            out.push(' ');
            self.value.to_css(out);
        }
    }
}

/// One setting of `font-variation-settings`: its axis and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VariationSetting {
    /// The axis.
    pub tag: OpenTypeTag,
    /// The place on the axis.
    pub value: f32,
}

impl Parse for VariationSetting {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let tag = OpenTypeTag::parse(input, context)?;
        Ok(VariationSetting { tag, value: parse_number(input, Range::All)? })
    }
}

impl ToCss for VariationSetting {
    fn to_css(&self, out: &mut String) {
        self.tag.to_css(out);
        out.push(' ');
        write_number(self.value, out);
    }
}

computes_to_itself!(OpenTypeTag, FeatureSetting, VariationSetting);

/// Makes a set of keywords of which each group may be given once, in any order.
macro_rules! keyword_set {
    (
        $(#[$meta:meta])* pub struct $name:ident {
            $($(#[$field_meta:meta])* pub $field:ident: $group:ident),+ $(,)?
        }
        empty $empty:literal $(| $all_off:literal)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: Option<$group>),+
        }

        impl Parse for $name {
            fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
                let mut set = $name::default();
                if input.try_parse(|input| input.expect_ident_matching($empty)).is_ok() {
                    return Ok(set);
                }
                while let Ok(keyword) = input.try_parse(|input| -> CssResult<_> {
                    let keyword = input.expect_ident_cloned()?;
                    let known = $($group::from_keyword(&keyword).is_some())||+;
                    if known { Ok(keyword) } else { Err(invalid_value()) }
                }) {
                    $(if let Some(found) = $group::from_keyword(&keyword) {
                        if set.$field.replace(found).is_some() {
                            return Err(invalid_value());
                        }
                    })+
                }
                if set == $name::default() { Err(invalid_value()) } else { Ok(set) }
            }
        }

        impl ToCss for $name {
            fn to_css(&self, out: &mut String) {
                let start = out.len();
                $(if let Some(keyword) = self.$field {
                    if out.len() > start {
                        out.push(' ');
                    }
                    keyword.to_css(out);
                })+
                if out.len() == start {
                    out.push_str($empty);
                }
            }
        }

        computes_to_itself!($name);
    };
}

keywords! {
    /// Ligatures of everyday text.
    pub enum CommonLigatures { On = "common-ligatures", Off = "no-common-ligatures" }
}
keywords! {
    /// Ligatures on request.
    pub enum DiscretionaryLigatures { On = "discretionary-ligatures", Off = "no-discretionary-ligatures" }
}
keywords! {
    /// Ligatures of old texts.
    pub enum HistoricalLigatures { On = "historical-ligatures", Off = "no-historical-ligatures" }
}
keywords! {
    /// Forms that depend on neighbours.
    pub enum ContextualAlternates { On = "contextual", Off = "no-contextual" }
}
keywords! {
    /// `none`: all of them off.
    pub enum NoLigatures { None = "none" }
}

keyword_set! {
    /// `font-variant-ligatures`
    pub struct FontVariantLigatures {
        /// `none`
        pub none: NoLigatures,
        /// `liga`, `clig`
        pub common: CommonLigatures,
        /// `dlig`
        pub discretionary: DiscretionaryLigatures,
        /// `hlig`
        pub historical: HistoricalLigatures,
        /// `calt`
        pub contextual: ContextualAlternates,
    }
    empty "normal"
}

keywords! {
    /// The look of digits.
    pub enum NumericFigure { Lining = "lining-nums", Oldstyle = "oldstyle-nums" }
}
keywords! {
    /// The widths of digits.
    pub enum NumericSpacing { Proportional = "proportional-nums", Tabular = "tabular-nums" }
}
keywords! {
    /// The look of fractions.
    pub enum NumericFraction { Diagonal = "diagonal-fractions", Stacked = "stacked-fractions" }
}
keywords! {
    /// Letters of ordinals.
    pub enum NumericOrdinal { Ordinal = "ordinal" }
}
keywords! {
    /// A zero with a slash.
    pub enum NumericZero { Slashed = "slashed-zero" }
}

keyword_set! {
    /// `font-variant-numeric`
    pub struct FontVariantNumeric {
        /// `lnum`, `onum`
        pub figure: NumericFigure,
        /// `pnum`, `tnum`
        pub spacing: NumericSpacing,
        /// `frac`, `afrc`
        pub fraction: NumericFraction,
        /// `ordn`
        pub ordinal: NumericOrdinal,
        /// `zero`
        pub slashed_zero: NumericZero,
    }
    empty "normal"
}

keywords! {
    /// Variants of East Asian characters.
    pub enum EastAsianVariant {
        Jis78 = "jis78", Jis83 = "jis83", Jis90 = "jis90", Jis04 = "jis04", Simplified = "simplified",
        Traditional = "traditional",
    }
}
keywords! {
    /// Widths of East Asian characters.
    pub enum EastAsianWidth { FullWidth = "full-width", ProportionalWidth = "proportional-width" }
}
keywords! {
    /// Characters for ruby.
    pub enum EastAsianRuby { Ruby = "ruby" }
}

keyword_set! {
    /// `font-variant-east-asian`
    pub struct FontVariantEastAsian {
        /// `jp78` and others
        pub variant: EastAsianVariant,
        /// `fwid`, `pwid`
        pub width: EastAsianWidth,
        /// `ruby`
        pub ruby: EastAsianRuby,
    }
    empty "normal"
}
