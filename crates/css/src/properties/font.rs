//! Fonts.
//! <https://drafts.csswg.org/css-fonts-4/>

use crate::values::CommaList;
use crate::values::font::{
    FeatureSetting, FontFamily, FontSize, FontSizeAdjust, FontStyle, FontVariantAlternates,
    FontVariantEastAsian, FontVariantLigatures, FontVariantNumeric, GenericFamily, LineHeight,
    SpecifiedFontSize, SpecifiedFontStretch, SpecifiedFontStyle, SpecifiedFontWeight, SpecifiedLineHeight,
    VariationSetting,
};
use crate::values::identifier::CssString;
use crate::values::number::Percentage;
use crate::values::{AutoOr, NoneOr, NormalOr};

keywords! {
    /// <https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop>
    pub enum FontVariantCaps {
        Normal = "normal", SmallCaps = "small-caps", AllSmallCaps = "all-small-caps", PetiteCaps = "petite-caps",
        AllPetiteCaps = "all-petite-caps", Unicase = "unicase", TitlingCaps = "titling-caps",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-fonts-4/#font-variant-position-prop>
    pub enum FontVariantPosition { Normal = "normal", Sub = "sub", Super = "super" }
}

keywords! {
    /// <https://drafts.csswg.org/css-fonts-4/#font-variant-emoji-prop>
    pub enum FontVariantEmoji { Normal = "normal", Text = "text", Emoji = "emoji", Unicode = "unicode" }
}

keywords! {
    /// <https://drafts.csswg.org/css-fonts-4/#font-kerning-prop>
    pub enum FontKerning { Auto = "auto", Normal = "normal", None = "none" }
}

keywords! {
    /// <https://drafts.csswg.org/css-fonts-4/#font-optical-sizing-def>
    pub enum FontOpticalSizing { Auto = "auto", None = "none" }
}

keywords! {
    /// Whether a missing style is made from another.
    pub enum FontSynthesis { Auto = "auto", None = "none" }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/painting.html#TextRenderingProperty>
    pub enum TextRendering {
        Auto = "auto", OptimizeSpeed = "optimizespeed", OptimizeLegibility = "optimizelegibility",
        GeometricPrecision = "geometricprecision",
    }
}

keywords! {
    /// `-webkit-font-smoothing`
    pub enum FontSmoothing {
        Auto = "auto", None = "none", Antialiased = "antialiased", SubpixelAntialiased = "subpixel-antialiased",
    }
}

longhands! {
    /// Fonts.
    group Font: inherited {
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-family>
        "font-family" font_family / FontFamily: CommaList<FontFamily> = CommaList::one(FontFamily::Generic(GenericFamily::Serif)), Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-size>
        "font-size" font_size / FontSize: SpecifiedFontSize = FontSize::MEDIUM, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-style>
        "font-style" font_style / FontStyle: SpecifiedFontStyle = FontStyle::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-weight>
        "font-weight" font_weight / FontWeight: SpecifiedFontWeight = 400.0, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-stretch>
        "font-stretch" font_stretch / FontStretch: SpecifiedFontStretch = Percentage(1.0), Text;
        /// <https://drafts.csswg.org/css-inline-3/#propdef-line-height>
        "line-height" line_height / LineHeight: SpecifiedLineHeight = LineHeight::Normal, Layout;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-caps>
        "font-variant-caps" font_variant_caps / FontVariantCaps: FontVariantCaps = FontVariantCaps::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-ligatures>
        "font-variant-ligatures" font_variant_ligatures / FontVariantLigatures: FontVariantLigatures = FontVariantLigatures::default(), Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-numeric>
        "font-variant-numeric" font_variant_numeric / FontVariantNumeric: FontVariantNumeric = FontVariantNumeric::default(), Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-east-asian>
        "font-variant-east-asian" font_variant_east_asian / FontVariantEastAsian: FontVariantEastAsian = FontVariantEastAsian::default(), Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-alternates>
        "font-variant-alternates" font_variant_alternates / FontVariantAlternates: FontVariantAlternates = FontVariantAlternates::default(), Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-position>
        "font-variant-position" font_variant_position / FontVariantPosition: FontVariantPosition = FontVariantPosition::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variant-emoji>
        "font-variant-emoji" font_variant_emoji / FontVariantEmoji: FontVariantEmoji = FontVariantEmoji::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-feature-settings>
        "font-feature-settings" font_feature_settings / FontFeatureSettings: NormalOr<CommaList<FeatureSetting>> = NormalOr::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-variation-settings>
        "font-variation-settings" font_variation_settings / FontVariationSettings: NormalOr<CommaList<VariationSetting>> = NormalOr::Normal, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-kerning>
        "font-kerning" font_kerning / FontKerning: FontKerning = FontKerning::Auto, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-optical-sizing>
        "font-optical-sizing" font_optical_sizing / FontOpticalSizing: FontOpticalSizing = FontOpticalSizing::Auto, Text;
        /// <https://drafts.csswg.org/css-fonts-5/#propdef-font-size-adjust>
        "font-size-adjust" font_size_adjust / FontSizeAdjust: NoneOr<FontSizeAdjust> = NoneOr::None, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-synthesis-weight>
        "font-synthesis-weight" font_synthesis_weight / FontSynthesisWeight: FontSynthesis = FontSynthesis::Auto, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-synthesis-style>
        "font-synthesis-style" font_synthesis_style / FontSynthesisStyle: FontSynthesis = FontSynthesis::Auto, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-synthesis-small-caps>
        "font-synthesis-small-caps" font_synthesis_small_caps / FontSynthesisSmallCaps: FontSynthesis = FontSynthesis::Auto, Text;
        /// <https://drafts.csswg.org/css-fonts-4/#propdef-font-language-override>
        "font-language-override" font_language_override / FontLanguageOverride: NormalOr<CssString> = NormalOr::Normal, Text;
        /// The content language, which comes from `lang` attributes: it chooses glyphs, fonts and quotation marks.
        /// <https://html.spec.whatwg.org/multipage/dom.html#language>
        "-webkit-locale" locale / Locale: AutoOr<CssString> = AutoOr::Auto, Boxes;
        /// <https://svgwg.org/svg2-draft/painting.html#TextRenderingProperty>
        "text-rendering" text_rendering / TextRendering: TextRendering = TextRendering::Auto, Text;
        /// A hint of WebKit's for macOS; nothing follows from it.
        "-webkit-font-smoothing" font_smoothing / FontSmoothing: FontSmoothing = FontSmoothing::Auto, Nothing;
    }
}
