//! The font properties as the text crate takes them.

use std::sync::Arc;

use fanlight_css::properties::Font;
use fanlight_css::properties::font as css;
use fanlight_css::values::font as values;
use fanlight_css::values::{AutoOr, CommaList, NoneOr, NormalOr};
use fanlight_text::{
    AdjustedMetric, AlternateKind, FontAlternate, FontCaps, FontDescription, FontFamily, FontFeature,
    FontKerning, FontSizeAdjust, FontStyle, FontSynthesis, FontVariation, GenericFamily, Tag,
};

/// What the font properties ask of fonts. <https://drafts.csswg.org/css-fonts-4/>
pub fn font_description(font: &Font) -> FontDescription {
    FontDescription {
        families: font.font_family.iter().map(family).collect(),
        size: font.font_size.px(),
        size_adjust: match font.font_size_adjust {
            NoneOr::None => None,
            NoneOr::Value(adjust) => Some(FontSizeAdjust {
                metric: match adjust.metric {
                    values::FontSizeAdjustMetric::ExHeight => AdjustedMetric::XHeight,
                    values::FontSizeAdjustMetric::CapHeight => AdjustedMetric::CapHeight,
                    values::FontSizeAdjustMetric::ChWidth => AdjustedMetric::ZeroAdvance,
                    values::FontSizeAdjustMetric::IcWidth | values::FontSizeAdjustMetric::IcHeight => {
                        AdjustedMetric::IdeographicAdvance
                    }
                },
                value: adjust.value,
            }),
        },
        weight: font.font_weight,
        stretch: font.font_stretch.0,
        style: match font.font_style {
            values::FontStyle::Normal => FontStyle::Normal,
            values::FontStyle::Italic => FontStyle::Italic,
            values::FontStyle::Oblique(angle) => FontStyle::Oblique(angle.0),
        },
        kerning: match font.font_kerning {
            css::FontKerning::Auto => FontKerning::Auto,
            css::FontKerning::Normal => FontKerning::Normal,
            css::FontKerning::None => FontKerning::None,
        },
        caps: match font.font_variant_caps {
            css::FontVariantCaps::Normal => FontCaps::Normal,
            css::FontVariantCaps::SmallCaps => FontCaps::Small,
            css::FontVariantCaps::AllSmallCaps => FontCaps::AllSmall,
            css::FontVariantCaps::PetiteCaps => FontCaps::Petite,
            css::FontVariantCaps::AllPetiteCaps => FontCaps::AllPetite,
            css::FontVariantCaps::Unicase => FontCaps::Unicase,
            css::FontVariantCaps::TitlingCaps => FontCaps::Titling,
        },
        variants: variants(font).into(),
        alternates: alternates(&font.font_variant_alternates),
        features: font_features(&font.font_feature_settings),
        variations: font_variations(&font.font_variation_settings),
        optical_sizing: font.font_optical_sizing == css::FontOpticalSizing::Auto,
        synthesis: FontSynthesis {
            weight: font.font_synthesis_weight == css::FontSynthesis::Auto,
            style: font.font_synthesis_style == css::FontSynthesis::Auto,
            small_caps: font.font_synthesis_small_caps == css::FontSynthesis::Auto,
        },
        language: language(font).cloned(),
    }
}

/// The language of the content as a BCP 47 tag, where it is known.
pub(crate) fn language(font: &Font) -> Option<&Arc<str>> {
    match &font.locale {
        AutoOr::Value(language) if !language.0.is_empty() => Some(&language.0),
        _ => None,
    }
}

fn family(family: &values::FontFamily) -> FontFamily {
    match family {
        values::FontFamily::Named(name) => FontFamily::Named((&**name).into()),
        values::FontFamily::Generic(generic) => FontFamily::Generic(match generic {
            values::GenericFamily::Serif => GenericFamily::Serif,
            values::GenericFamily::SansSerif => GenericFamily::SansSerif,
            values::GenericFamily::Cursive => GenericFamily::Cursive,
            values::GenericFamily::Fantasy => GenericFamily::Fantasy,
            values::GenericFamily::Monospace => GenericFamily::Monospace,
            values::GenericFamily::SystemUi => GenericFamily::SystemUi,
            values::GenericFamily::Emoji => GenericFamily::Emoji,
            values::GenericFamily::Math => GenericFamily::Math,
            values::GenericFamily::Fangsong => GenericFamily::Fangsong,
            values::GenericFamily::UiSerif => GenericFamily::UiSerif,
            values::GenericFamily::UiSansSerif => GenericFamily::UiSansSerif,
            values::GenericFamily::UiMonospace => GenericFamily::UiMonospace,
            values::GenericFamily::UiRounded => GenericFamily::UiRounded,
        }),
    }
}

/// `font-feature-settings`, of an element or an `@font-face` rule.
pub fn font_features(settings: &NormalOr<CommaList<values::FeatureSetting>>) -> Arc<[FontFeature]> {
    let NormalOr::Value(settings) = settings else { return Arc::from([]) };
    let feature = |setting: &values::FeatureSetting| FontFeature {
        tag: Tag::new(&setting.tag.0),
        value: u32::try_from(setting.value).unwrap_or(0),
    };
    settings.iter().map(feature).collect()
}

/// `font-variation-settings`, of an element or an `@font-face` rule.
pub fn font_variations(settings: &NormalOr<CommaList<values::VariationSetting>>) -> Arc<[FontVariation]> {
    let NormalOr::Value(settings) = settings else { return Arc::from([]) };
    let variation = |setting: &values::VariationSetting| FontVariation {
        axis: Tag::new(&setting.tag.0),
        value: setting.value,
    };
    settings.iter().map(variation).collect()
}

/// What names of `font-variant-alternates` and blocks of `@font-feature-values` stand for.
pub fn alternate_kind(kind: values::FeatureValueKind) -> AlternateKind {
    match kind {
        values::FeatureValueKind::Stylistic => AlternateKind::Stylistic,
        values::FeatureValueKind::Styleset => AlternateKind::Styleset,
        values::FeatureValueKind::CharacterVariant => AlternateKind::CharacterVariant,
        values::FeatureValueKind::Swash => AlternateKind::Swash,
        values::FeatureValueKind::Ornaments => AlternateKind::Ornaments,
        values::FeatureValueKind::Annotation => AlternateKind::Annotation,
    }
}

fn alternates(alternates: &values::FontVariantAlternates) -> Arc<[FontAlternate]> {
    let named =
        alternates.named.iter().flat_map(|named| named.names.iter().map(move |name| (named.kind, name)));
    named.map(|(kind, name)| FontAlternate { kind: alternate_kind(kind), name: (&**name).into() }).collect()
}

/// What `font-variant-*` amounts to, capitals and the names of alternates aside.
/// <https://drafts.csswg.org/css-fonts-4/#font-feature-variation-resolution>
fn variants(font: &Font) -> Vec<FontFeature> {
    let mut features = Vec::new();
    let mut set = |tag: &[u8; 4], value: u32| features.push(FontFeature { tag: Tag::new(tag), value });
    let ligatures = &font.font_variant_ligatures;
    if ligatures.none.is_some() {
        for tag in [b"liga", b"clig", b"dlig", b"hlig", b"calt"] {
            set(tag, 0);
        }
    }
    if let Some(common) = ligatures.common {
        let value = u32::from(common == values::CommonLigatures::On);
        set(b"liga", value);
        set(b"clig", value);
    }
    if let Some(discretionary) = ligatures.discretionary {
        set(b"dlig", u32::from(discretionary == values::DiscretionaryLigatures::On));
    }
    if let Some(historical) = ligatures.historical {
        set(b"hlig", u32::from(historical == values::HistoricalLigatures::On));
    }
    if let Some(contextual) = ligatures.contextual {
        set(b"calt", u32::from(contextual == values::ContextualAlternates::On));
    }
    let numeric = &font.font_variant_numeric;
    match numeric.figure {
        Some(values::NumericFigure::Lining) => set(b"lnum", 1),
        Some(values::NumericFigure::Oldstyle) => set(b"onum", 1),
        None => {}
    }
    match numeric.spacing {
        Some(values::NumericSpacing::Proportional) => set(b"pnum", 1),
        Some(values::NumericSpacing::Tabular) => set(b"tnum", 1),
        None => {}
    }
    match numeric.fraction {
        Some(values::NumericFraction::Diagonal) => set(b"frac", 1),
        Some(values::NumericFraction::Stacked) => set(b"afrc", 1),
        None => {}
    }
    if numeric.ordinal.is_some() {
        set(b"ordn", 1);
    }
    if numeric.slashed_zero.is_some() {
        set(b"zero", 1);
    }
    match font.font_variant_position {
        css::FontVariantPosition::Normal => {}
        css::FontVariantPosition::Sub => set(b"subs", 1),
        css::FontVariantPosition::Super => set(b"sups", 1),
    }
    let east_asian = &font.font_variant_east_asian;
    if let Some(variant) = east_asian.variant {
        set(
            match variant {
                values::EastAsianVariant::Jis78 => b"jp78",
                values::EastAsianVariant::Jis83 => b"jp83",
                values::EastAsianVariant::Jis90 => b"jp90",
                values::EastAsianVariant::Jis04 => b"jp04",
                values::EastAsianVariant::Simplified => b"smpl",
                values::EastAsianVariant::Traditional => b"trad",
            },
            1,
        );
    }
    match east_asian.width {
        Some(values::EastAsianWidth::FullWidth) => set(b"fwid", 1),
        Some(values::EastAsianWidth::ProportionalWidth) => set(b"pwid", 1),
        None => {}
    }
    if east_asian.ruby.is_some() {
        set(b"ruby", 1);
    }
    if font.font_variant_alternates.historical_forms {
        set(b"hist", 1);
    }
    features
}
