//! Fonts.
//! <https://drafts.csswg.org/css-fonts-4/>

pub use super::font_alternates::{FeatureValueKind, FontVariantAlternates, NamedAlternates};
pub use super::font_variant::{
    CommonLigatures, ContextualAlternates, DiscretionaryLigatures, EastAsianRuby, EastAsianVariant,
    EastAsianWidth, FeatureSetting, FontVariantEastAsian, FontVariantLigatures, FontVariantNumeric,
    HistoricalLigatures, NoLigatures, NumericFigure, NumericFraction, NumericOrdinal, NumericSpacing,
    NumericZero, OpenTypeTag, VariationSetting,
};

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use super::angle::{Angle, SpecifiedAngle};
use super::calc::Range;
use super::length::{Length, LengthPercentage, ParseInRange, SpecifiedLengthPercentage};
use super::number::{Percentage, SpecifiedNumber, SpecifiedPercentage, parse_number};
use super::units::LengthUnit;
use super::{CommaList, Compute, ComputeContext, Parse};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_identifier, write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// A generic font family.
    /// <https://drafts.csswg.org/css-fonts-4/#generic-font-families>
    pub enum GenericFamily {
        Serif = "serif", SansSerif = "sans-serif", Cursive = "cursive", Fantasy = "fantasy", Monospace = "monospace",
        SystemUi = "system-ui", Emoji = "emoji", Math = "math",
        Fangsong = "fangsong", UiSerif = "ui-serif", UiSansSerif = "ui-sans-serif", UiMonospace = "ui-monospace",
        UiRounded = "ui-rounded",
    }
}

/// A font family.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FontFamily {
    /// A family by name.
    Named(Atom),
    /// A generic family.
    Generic(GenericFamily),
}

/// The computed value of `font-family`.
pub type FontFamilyList = CommaList<FontFamily>;

impl Parse for FontFamily {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(name) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(FontFamily::Named(Atom::from(&*name)));
        }
        let first = input.expect_ident()?.clone();
        let mut name = first.to_string();
        while let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
            name.push(' ');
            name.push_str(&word);
        }
        if name.len() == first.len() {
            if let Some(generic) = GenericFamily::from_keyword(&first) {
                return Ok(FontFamily::Generic(generic));
            }
            if super::identifier::is_reserved(&first) {
                return Err(invalid_value());
            }
        }
        Ok(FontFamily::Named(Atom::from(name)))
    }
}

impl ToCss for FontFamily {
    fn to_css(&self, out: &mut String) {
        match self {
            FontFamily::Generic(generic) => generic.to_css(out),
            FontFamily::Named(name) => {
                // Words that need no escape stand as identifiers; everything else is a string.
                let plain = |word: &str| {
                    let mut written = String::new();
                    write_identifier(word, &mut written);
                    !word.is_empty() && written == word
                };
                if name.split(' ').all(plain) && GenericFamily::from_keyword(name).is_none() {
                    out.push_str(name);
                } else {
                    write_string(name, out);
                }
            }
        }
    }
}

computes_to_itself!(FontFamily);

/// `font-size` in a declaration; it computes to px.
/// <https://drafts.csswg.org/css-fonts-4/#font-size-prop>
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedFontSize {
    /// A step of the scale.
    Absolute(AbsoluteSize),
    /// `smaller`
    Smaller,
    /// `larger`
    Larger,
    /// A length, or a percentage of the parent's font size.
    LengthPercentage(SpecifiedLengthPercentage),
    /// `math`: the parent's size.
    Math,
}

keywords! {
    /// A step of the scale of font sizes.
    pub enum AbsoluteSize {
        XxSmall = "xx-small", XSmall = "x-small", Small = "small", Medium = "medium", Large = "large",
        XLarge = "x-large", XxLarge = "xx-large", XxxLarge = "xxx-large" | "-webkit-xxx-large",
    }
}

/// Which scale the steps of font sizes are of. `monospace`, where it is the only family, has smaller letters, as in browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontScale {
    /// `medium` is 16 CSS px.
    Proportional,
    /// `medium` is 13 CSS px.
    Monospace,
}

impl FontScale {
    /// The scale of a list of families.
    pub fn of(families: &[FontFamily]) -> FontScale {
        match families {
            [FontFamily::Generic(GenericFamily::Monospace)] => FontScale::Monospace,
            _ => FontScale::Proportional,
        }
    }
}

impl AbsoluteSize {
    /// The size in CSS px, as Chromium has it.
    /// <https://drafts.csswg.org/css-fonts-4/#absolute-size-mapping>
    pub const fn px(self, scale: FontScale) -> f32 {
        let (proportional, monospace) = match self {
            AbsoluteSize::XxSmall => (9.0, 9.0),
            AbsoluteSize::XSmall => (10.0, 10.0),
            AbsoluteSize::Small => (13.0, 12.0),
            AbsoluteSize::Medium => (16.0, 13.0),
            AbsoluteSize::Large => (18.0, 16.0),
            AbsoluteSize::XLarge => (24.0, 20.0),
            AbsoluteSize::XxLarge => (32.0, 26.0),
            AbsoluteSize::XxxLarge => (48.0, 39.0),
        };
        match scale {
            FontScale::Proportional => proportional,
            FontScale::Monospace => monospace,
        }
    }
}

impl Parse for SpecifiedFontSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            if let Some(size) = AbsoluteSize::from_keyword(&keyword) {
                return Ok(SpecifiedFontSize::Absolute(size));
            }
            return Ok(match_ignore_ascii_case! { &keyword,
                "smaller" => SpecifiedFontSize::Smaller,
                "larger" => SpecifiedFontSize::Larger,
                "math" => SpecifiedFontSize::Math,
                _ => return Err(invalid_value()),
            });
        }
        SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)
            .map(SpecifiedFontSize::LengthPercentage)
    }
}

impl ToCss for SpecifiedFontSize {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedFontSize::Absolute(size) => size.to_css(out),
            SpecifiedFontSize::Smaller => out.push_str("smaller"),
            SpecifiedFontSize::Larger => out.push_str("larger"),
            SpecifiedFontSize::LengthPercentage(size) => size.to_css(out),
            SpecifiedFontSize::Math => out.push_str("math"),
        }
    }
}

/// A computed `font-size`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontSize {
    px: f32,
    basis: FontSizeBasis,
}

/// What a font size was made from, here or where it is inherited from: what becomes of it in a family of another scale.
#[derive(Clone, Copy, Debug, PartialEq)]
enum FontSizeBasis {
    /// A step, which is another size there.
    Step(AbsoluteSize),
    /// Such a step times a number: it changes as `medium` does.
    Relative,
    /// A length that does not depend on fonts: it stays.
    Length,
}

impl FontSize {
    /// `medium`.
    pub const MEDIUM: FontSize = FontSize::step(AbsoluteSize::Medium, FontScale::Proportional);

    const fn step(step: AbsoluteSize, scale: FontScale) -> FontSize {
        FontSize { px: step.px(scale), basis: FontSizeBasis::Step(step) }
    }

    /// The size in CSS px.
    pub const fn px(self) -> f32 {
        self.px
    }

    /// The size in families of one scale where it was computed in or inherited from those of another.
    #[must_use]
    pub(crate) fn rescaled(self, from: FontScale, to: FontScale) -> FontSize {
        match self.basis {
            FontSizeBasis::Step(step) => FontSize::step(step, to),
            FontSizeBasis::Relative if from != to => {
                let factor = AbsoluteSize::Medium.px(to) / AbsoluteSize::Medium.px(from);
                FontSize { px: self.px * factor, ..self }
            }
            FontSizeBasis::Relative | FontSizeBasis::Length => self,
        }
    }

    /// A size that was computed from this one.
    const fn related(self, px: f32) -> FontSize {
        let basis = match self.basis {
            FontSizeBasis::Length => FontSizeBasis::Length,
            FontSizeBasis::Step(_) | FontSizeBasis::Relative => FontSizeBasis::Relative,
        };
        FontSize { px, basis }
    }
}

impl ToCss for FontSize {
    fn to_css(&self, out: &mut String) {
        Length(self.px).to_css(out);
    }
}

impl Compute for SpecifiedFontSize {
    type Computed = FontSize;

    /// While this computes, the context's font and its size are the parent's; [`FontSize::rescaled`] follows.
    fn compute(&self, context: &ComputeContext<'_>) -> FontSize {
        let parent = context.parent.map_or(FontSize::MEDIUM, |parent| parent.font.font_size);
        let size = match self {
            SpecifiedFontSize::Absolute(step) => FontSize::step(*step, FontScale::Proportional),
            SpecifiedFontSize::Smaller => parent.related(parent.px / 1.2),
            SpecifiedFontSize::Larger => parent.related(parent.px * 1.2),
            SpecifiedFontSize::LengthPercentage(size) => {
                let computed = size.compute(context);
                let is_relative = match size {
                    // Chromium counts `rem` among the lengths.
                    SpecifiedLengthPercentage::Length(_, unit) => {
                        unit.is_font_relative() && *unit != LengthUnit::Rem
                    }
                    SpecifiedLengthPercentage::Percentage(_) => true,
                    SpecifiedLengthPercentage::Calc(_) => {
                        matches!(computed, LengthPercentage::Percentage(_))
                    }
                };
                let px = computed.resolve(context.font_size);
                if is_relative { parent.related(px) } else { FontSize { px, basis: FontSizeBasis::Length } }
            }
            SpecifiedFontSize::Math => parent.related(parent.px),
        };
        FontSize { px: size.px.clamp(0.0, MAXIMUM_FONT_SIZE), ..size }
    }
}

/// The largest font size in CSS px, as in Chromium.
pub const MAXIMUM_FONT_SIZE: f32 = 10_000.0;

/// `font-weight` in a declaration; it computes to a number.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedFontWeight {
    /// `normal`
    Normal,
    /// `bold`
    Bold,
    /// `bolder`
    Bolder,
    /// `lighter`
    Lighter,
    /// A number from 1 to 1000.
    Number(SpecifiedNumber),
}

impl Parse for SpecifiedFontWeight {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(match_ignore_ascii_case! { &keyword,
                "normal" => SpecifiedFontWeight::Normal,
                "bold" => SpecifiedFontWeight::Bold,
                "bolder" => SpecifiedFontWeight::Bolder,
                "lighter" => SpecifiedFontWeight::Lighter,
                _ => return Err(invalid_value()),
            });
        }
        let number = SpecifiedNumber::parse(input, context)?;
        match number {
            SpecifiedNumber::Literal(value) if !(1.0..=1000.0).contains(&value) => Err(out_of_range()),
            number => Ok(SpecifiedFontWeight::Number(number)),
        }
    }
}

impl ToCss for SpecifiedFontWeight {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedFontWeight::Normal => out.push_str("normal"),
            SpecifiedFontWeight::Bold => out.push_str("bold"),
            SpecifiedFontWeight::Bolder => out.push_str("bolder"),
            SpecifiedFontWeight::Lighter => out.push_str("lighter"),
            SpecifiedFontWeight::Number(number) => number.to_css(out),
        }
    }
}

impl Compute for SpecifiedFontWeight {
    type Computed = f32;

    /// <https://drafts.csswg.org/css-fonts-4/#relative-weights>
    fn compute(&self, context: &ComputeContext<'_>) -> f32 {
        let inherited = context.parent.map_or(400.0, |parent| parent.font.font_weight);
        match self {
            SpecifiedFontWeight::Normal => 400.0,
            SpecifiedFontWeight::Bold => 700.0,
            SpecifiedFontWeight::Bolder => match inherited {
                weight if weight < 350.0 => 400.0,
                weight if weight < 550.0 => 700.0,
                weight if weight < 900.0 => 900.0,
                weight => weight,
            },
            SpecifiedFontWeight::Lighter => match inherited {
                weight if weight < 100.0 => weight,
                weight if weight < 550.0 => 100.0,
                weight if weight < 750.0 => 400.0,
                _ => 700.0,
            },
            SpecifiedFontWeight::Number(number) => number.compute(context).clamp(1.0, 1000.0),
        }
    }
}

computes_by_parts! {
    /// `font-style`
    pub enum FontStyle<A = Angle> {
        /// `normal`
        Normal,
        /// `italic`
        Italic,
        /// `oblique`, at an angle.
        Oblique(angle: A),
    }
}

/// `font-style` in a declaration.
pub type SpecifiedFontStyle = FontStyle<SpecifiedAngle>;

/// The angle of `oblique` alone, in degrees.
const DEFAULT_OBLIQUE_ANGLE: f32 = 14.0;

impl Parse for SpecifiedFontStyle {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Ok(match_ignore_ascii_case! { input.expect_ident()?,
            "normal" => FontStyle::Normal,
            "italic" => FontStyle::Italic,
            "oblique" => {
                let default = SpecifiedAngle::Literal(DEFAULT_OBLIQUE_ANGLE, super::angle::AngleUnit::Deg);
                let angle = input.try_parse(|input| SpecifiedAngle::parse(input, context)).unwrap_or(default);
                if !(-90.0..=90.0).contains(&angle.degrees()) {
                    return Err(out_of_range());
                }
                FontStyle::Oblique(angle)
            },
            _ => return Err(invalid_value()),
        })
    }
}

impl<A: ToCss> ToCss for FontStyle<A> {
    fn to_css(&self, out: &mut String) {
        match self {
            FontStyle::Normal => out.push_str("normal"),
            FontStyle::Italic => out.push_str("italic"),
            FontStyle::Oblique(angle) => {
                out.push_str("oblique");
                let angle = angle.to_css_string();
                if angle != "14deg" {
                    out.push(' ');
                    out.push_str(&angle);
                }
            }
        }
    }
}

/// `font-stretch` in a declaration; it computes to a percentage.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedFontStretch {
    /// A keyword.
    Keyword(FontStretchKeyword),
    /// A percentage.
    Percentage(SpecifiedPercentage),
}

keywords! {
    /// A named width of a font.
    pub enum FontStretchKeyword {
        UltraCondensed = "ultra-condensed", ExtraCondensed = "extra-condensed", Condensed = "condensed",
        SemiCondensed = "semi-condensed", Normal = "normal", SemiExpanded = "semi-expanded", Expanded = "expanded",
        ExtraExpanded = "extra-expanded", UltraExpanded = "ultra-expanded",
    }
}

impl FontStretchKeyword {
    /// The percentage, as a fraction.
    pub const fn fraction(self) -> f32 {
        match self {
            FontStretchKeyword::UltraCondensed => 0.5,
            FontStretchKeyword::ExtraCondensed => 0.625,
            FontStretchKeyword::Condensed => 0.75,
            FontStretchKeyword::SemiCondensed => 0.875,
            FontStretchKeyword::Normal => 1.0,
            FontStretchKeyword::SemiExpanded => 1.125,
            FontStretchKeyword::Expanded => 1.25,
            FontStretchKeyword::ExtraExpanded => 1.5,
            FontStretchKeyword::UltraExpanded => 2.0,
        }
    }
}

impl Parse for SpecifiedFontStretch {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(|input| FontStretchKeyword::parse(input, context)) {
            return Ok(SpecifiedFontStretch::Keyword(keyword));
        }
        SpecifiedPercentage::parse_in_range(input, context, Range::NonNegative)
            .map(SpecifiedFontStretch::Percentage)
    }
}

impl ToCss for SpecifiedFontStretch {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedFontStretch::Keyword(keyword) => keyword.to_css(out),
            SpecifiedFontStretch::Percentage(percentage) => percentage.to_css(out),
        }
    }
}

impl Compute for SpecifiedFontStretch {
    type Computed = Percentage;

    fn compute(&self, context: &ComputeContext<'_>) -> Percentage {
        match self {
            SpecifiedFontStretch::Keyword(keyword) => Percentage(keyword.fraction()),
            SpecifiedFontStretch::Percentage(percentage) => percentage.compute(context),
        }
    }
}

/// `line-height`
/// <https://drafts.csswg.org/css-inline-3/#line-height-property>
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineHeight {
    /// What the font says.
    Normal,
    /// A multiple of the font size; children inherit the number.
    Number(f32),
    /// CSS px.
    Length(Length),
}

impl LineHeight {
    /// The used height in CSS px for a font of `font_size` whose normal line is `normal` high.
    pub fn used(self, font_size: f32, normal: f32) -> f32 {
        match self {
            LineHeight::Normal => normal,
            LineHeight::Number(number) => number * font_size,
            LineHeight::Length(length) => length.px(),
        }
    }
}

impl ToCss for LineHeight {
    fn to_css(&self, out: &mut String) {
        match self {
            LineHeight::Normal => out.push_str("normal"),
            LineHeight::Number(number) => write_number(*number, out),
            LineHeight::Length(length) => length.to_css(out),
        }
    }
}

/// `line-height` in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecifiedLineHeight {
    /// `normal`
    Normal,
    /// A number.
    Number(SpecifiedNumber),
    /// A length, or a percentage of the font size.
    LengthPercentage(SpecifiedLengthPercentage),
}

impl Parse for SpecifiedLineHeight {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(SpecifiedLineHeight::Normal);
        }
        let number =
            |input: &mut Parser<'_>| SpecifiedNumber::parse_in_range(input, context, Range::NonNegative);
        if let Ok(number) = input.try_parse(number) {
            return Ok(SpecifiedLineHeight::Number(number));
        }
        SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)
            .map(SpecifiedLineHeight::LengthPercentage)
    }
}

impl ToCss for SpecifiedLineHeight {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedLineHeight::Normal => out.push_str("normal"),
            SpecifiedLineHeight::Number(number) => number.to_css(out),
            SpecifiedLineHeight::LengthPercentage(height) => height.to_css(out),
        }
    }
}

impl Compute for SpecifiedLineHeight {
    type Computed = LineHeight;

    fn compute(&self, context: &ComputeContext<'_>) -> LineHeight {
        match self {
            SpecifiedLineHeight::Normal => LineHeight::Normal,
            SpecifiedLineHeight::Number(number) => LineHeight::Number(number.compute(context)),
            SpecifiedLineHeight::LengthPercentage(height) => {
                LineHeight::Length(Length(height.compute(context).resolve(context.font_size)))
            }
        }
    }
}

/// `font-size-adjust`
/// <https://drafts.csswg.org/css-fonts-5/#font-size-adjust-prop>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontSizeAdjust {
    /// Which measure is made the same.
    pub metric: FontSizeAdjustMetric,
    /// The measure over the font size; `None` is `from-font`.
    pub value: Option<f32>,
}

keywords! {
    /// A measure of a font.
    pub enum FontSizeAdjustMetric {
        ExHeight = "ex-height", CapHeight = "cap-height", ChWidth = "ch-width", IcWidth = "ic-width",
        IcHeight = "ic-height",
    }
}

impl Parse for FontSizeAdjust {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let metric = input.try_parse(|input| FontSizeAdjustMetric::parse(input, context));
        let value = match input.try_parse(|input| input.expect_ident_matching("from-font")) {
            Ok(()) => None,
            Err(_) => Some(parse_number(input, Range::NonNegative)?),
        };
        Ok(FontSizeAdjust { metric: metric.unwrap_or(FontSizeAdjustMetric::ExHeight), value })
    }
}

impl ToCss for FontSizeAdjust {
    fn to_css(&self, out: &mut String) {
        if self.metric != FontSizeAdjustMetric::ExHeight {
            self.metric.to_css(out);
            out.push(' ');
        }
        match self.value {
            Some(value) => write_number(value, out),
            None => out.push_str("from-font"),
        }
    }
}

computes_to_itself!(FontSizeAdjust);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_fonts_of_other_systems_are_names_like_any_other() {
        let parse = |text: &str| FontFamily::parse(&mut Parser::new(text), &ParseContext::default()).ok();
        assert_eq!(parse("system-ui"), Some(FontFamily::Generic(GenericFamily::SystemUi)));
        for name in ["-apple-system", "BlinkMacSystemFont"] {
            assert_eq!(parse(name), Some(FontFamily::Named(Atom::from(name))));
        }
    }
}
