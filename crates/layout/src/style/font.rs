//! The font properties as the text crate takes them.

use fanlight_css::properties::Font;
use fanlight_css::properties::font as css;
use fanlight_css::values::font as values;
use fanlight_css::values::{AutoOr, NormalOr};
use fanlight_text::{
    FontDescription, FontFamily, FontFeature, FontKerning, FontStyle, FontSynthesis, FontVariation,
    GenericFamily, Tag,
};

/// What the font properties ask of fonts. <https://drafts.csswg.org/css-fonts-4/>
pub fn font_description(font: &Font) -> FontDescription {
    FontDescription {
        families: font.font_family.iter().map(family).collect(),
        size: font.font_size.px(),
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
        features: features(font).into(),
        variations: match &font.font_variation_settings {
            NormalOr::Normal => [].into(),
            NormalOr::Value(settings) => settings
                .iter()
                .map(|setting| FontVariation { axis: Tag::new(&setting.tag.0), value: setting.value })
                .collect(),
        },
        optical_sizing: font.font_optical_sizing == css::FontOpticalSizing::Auto,
        synthesis: FontSynthesis {
            weight: font.font_synthesis_weight == css::FontSynthesis::Auto,
            style: font.font_synthesis_style == css::FontSynthesis::Auto,
        },
        language: match &font.locale {
            AutoOr::Value(language) if !language.0.is_empty() => Some(language.0.clone()),
            _ => None,
        },
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

/// What `font-variant-*` amounts to, then `font-feature-settings`, which wins.
/// <https://drafts.csswg.org/css-fonts-4/#font-feature-variation-resolution>
fn features(font: &Font) -> Vec<FontFeature> {
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
    let caps: &[&[u8; 4]] = match font.font_variant_caps {
        css::FontVariantCaps::Normal => &[],
        css::FontVariantCaps::SmallCaps => &[b"smcp"],
        css::FontVariantCaps::AllSmallCaps => &[b"smcp", b"c2sc"],
        css::FontVariantCaps::PetiteCaps => &[b"pcap"],
        css::FontVariantCaps::AllPetiteCaps => &[b"pcap", b"c2pc"],
        css::FontVariantCaps::Unicase => &[b"unic"],
        css::FontVariantCaps::TitlingCaps => &[b"titl"],
    };
    for tag in caps {
        set(tag, 1);
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
    if let NormalOr::Value(settings) = &font.font_feature_settings {
        for setting in settings.iter() {
            set(&setting.tag.0, u32::try_from(setting.value).unwrap_or(0));
        }
    }
    features
}
