//! What text asks of fonts: the computed values of the font properties.
//! <https://drafts.csswg.org/css-fonts-4/>

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A four-letter name of a feature, an axis or a script.
/// <https://learn.microsoft.com/en-us/typography/opentype/spec/otff#data-types>
pub type Tag = skrifa::Tag;

/// A generic font family.
/// <https://drafts.csswg.org/css-fonts-4/#generic-font-families>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GenericFamily {
    /// `serif`
    Serif,
    /// `sans-serif`
    SansSerif,
    /// `monospace`
    Monospace,
    /// `cursive`
    Cursive,
    /// `fantasy`
    Fantasy,
    /// `system-ui`
    SystemUi,
    /// `ui-serif`
    UiSerif,
    /// `ui-sans-serif`
    UiSansSerif,
    /// `ui-monospace`
    UiMonospace,
    /// `ui-rounded`
    UiRounded,
    /// `math`
    Math,
    /// `emoji`
    Emoji,
    /// `fangsong`
    Fangsong,
}

impl GenericFamily {
    /// Every generic family.
    pub const ALL: [GenericFamily; 13] = [
        GenericFamily::Serif,
        GenericFamily::SansSerif,
        GenericFamily::Monospace,
        GenericFamily::Cursive,
        GenericFamily::Fantasy,
        GenericFamily::SystemUi,
        GenericFamily::UiSerif,
        GenericFamily::UiSansSerif,
        GenericFamily::UiMonospace,
        GenericFamily::UiRounded,
        GenericFamily::Math,
        GenericFamily::Emoji,
        GenericFamily::Fangsong,
    ];

    /// The keyword in CSS.
    pub const fn name(self) -> &'static str {
        match self {
            GenericFamily::Serif => "serif",
            GenericFamily::SansSerif => "sans-serif",
            GenericFamily::Monospace => "monospace",
            GenericFamily::Cursive => "cursive",
            GenericFamily::Fantasy => "fantasy",
            GenericFamily::SystemUi => "system-ui",
            GenericFamily::UiSerif => "ui-serif",
            GenericFamily::UiSansSerif => "ui-sans-serif",
            GenericFamily::UiMonospace => "ui-monospace",
            GenericFamily::UiRounded => "ui-rounded",
            GenericFamily::Math => "math",
            GenericFamily::Emoji => "emoji",
            GenericFamily::Fangsong => "fangsong",
        }
    }
}

/// A keyword that is no generic family's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a generic font family")]
pub struct UnknownGenericFamily(pub String);

impl std::str::FromStr for GenericFamily {
    type Err = UnknownGenericFamily;

    /// The keyword in any case.
    fn from_str(keyword: &str) -> Result<Self, UnknownGenericFamily> {
        GenericFamily::ALL
            .into_iter()
            .find(|family| family.name().eq_ignore_ascii_case(keyword))
            .ok_or_else(|| UnknownGenericFamily(keyword.to_owned()))
    }
}

/// One entry of `font-family`.
/// <https://drafts.csswg.org/css-fonts-4/#font-family-prop>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FontFamily {
    /// A family by its name, compared without regard to case.
    Named(Arc<str>),
    /// A generic family.
    Generic(GenericFamily),
}

/// `font-style`.
/// <https://drafts.csswg.org/css-fonts-4/#font-style-prop>
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum FontStyle {
    /// `normal`
    #[default]
    Normal,
    /// `italic`
    Italic,
    /// `oblique` with its angle in degrees, clockwise; 14 where the author gave none.
    Oblique(f32),
}

/// `font-kerning`.
/// <https://drafts.csswg.org/css-fonts-4/#font-kerning-prop>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum FontKerning {
    /// `auto`: on, as in Chromium.
    #[default]
    Auto,
    /// `normal`: on.
    Normal,
    /// `none`: off.
    None,
}

/// One entry of `font-feature-settings`, or what a `font-variant-*` value amounts to.
/// <https://drafts.csswg.org/css-fonts-4/#font-feature-settings-prop>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FontFeature {
    /// The feature.
    pub tag: Tag,
    /// 0 is off, 1 is on, more chooses an alternate.
    pub value: u32,
}

/// What a name of `font-variant-alternates` stands for.
/// <https://drafts.csswg.org/css-fonts-4/#font-variant-alternates-prop>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlternateKind {
    /// `stylistic()`
    Stylistic,
    /// `styleset()`
    Styleset,
    /// `character-variant()`
    CharacterVariant,
    /// `swash()`
    Swash,
    /// `ornaments()`
    Ornaments,
    /// `annotation()`
    Annotation,
}

/// A name in `font-variant-alternates`; the page's `@font-feature-values` rules say what it means for a family.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FontAlternate {
    /// The function.
    pub kind: AlternateKind,
    /// The name; case matters.
    pub name: Arc<str>,
}

/// One entry of `font-variation-settings`.
/// <https://drafts.csswg.org/css-fonts-4/#font-variation-settings-def>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontVariation {
    /// The axis.
    pub axis: Tag,
    /// The position on it, in the axis' own units.
    pub value: f32,
}

/// What `font-size-adjust` makes the same in all fonts.
/// <https://drafts.csswg.org/css-fonts-5/#font-size-adjust-prop>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AdjustedMetric {
    /// `ex-height`
    XHeight,
    /// `cap-height`
    CapHeight,
    /// `ch-width`
    ZeroAdvance,
    /// `ic-width` and `ic-height`
    IdeographicAdvance,
}

/// `font-size-adjust`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontSizeAdjust {
    /// What is made the same.
    pub metric: AdjustedMetric,
    /// What it is to be, over the font size; `None` is `from-font`: what the first available font has.
    pub value: Option<f32>,
}

impl FontSizeAdjust {
    fn key(self) -> (AdjustedMetric, Option<u32>) {
        (self.metric, self.value.map(f32::to_bits))
    }
}

/// `font-synthesis`: what may be imitated where a family has no such face.
/// <https://drafts.csswg.org/css-fonts-4/#font-synthesis-intro>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FontSynthesis {
    /// Bold by widening strokes.
    pub weight: bool,
    /// Oblique by slanting.
    pub style: bool,
    /// Small capitals by capitals of a smaller size.
    pub small_caps: bool,
}

impl Default for FontSynthesis {
    fn default() -> Self {
        FontSynthesis { weight: true, style: true, small_caps: true }
    }
}

/// `font-variant-caps`. <https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FontCaps {
    /// `normal`
    #[default]
    Normal,
    /// `small-caps`
    Small,
    /// `all-small-caps`
    AllSmall,
    /// `petite-caps`
    Petite,
    /// `all-petite-caps`
    AllPetite,
    /// `unicase`
    Unicase,
    /// `titling-caps`
    Titling,
}

/// The computed font properties of an element, as far as they choose and set up fonts.
/// Two descriptions that compare equal give the same [`crate::FontStack`].
#[derive(Clone, Debug)]
pub struct FontDescription {
    /// `font-family`, in the author's order. After the last comes the standard font, Liberation Serif.
    pub families: Arc<[FontFamily]>,
    /// `font-size` in CSS px.
    pub size: f32,
    /// `font-size-adjust`; `None` is `none`.
    pub size_adjust: Option<FontSizeAdjust>,
    /// `font-weight`, 1 to 1000.
    pub weight: f32,
    /// `font-stretch` as a ratio: 1.0 is `normal`.
    pub stretch: f32,
    /// `font-style`.
    pub style: FontStyle,
    /// `font-kerning`.
    pub kerning: FontKerning,
    /// `font-variant-caps`.
    pub caps: FontCaps,
    /// What the other `font-variant-*` switch on or off, later entries winning.
    pub variants: Arc<[FontFeature]>,
    /// The names in `font-variant-alternates`; they win over `variants`.
    pub alternates: Arc<[FontAlternate]>,
    /// `font-feature-settings`; they win over the others.
    pub features: Arc<[FontFeature]>,
    /// `font-variation-settings`.
    pub variations: Arc<[FontVariation]>,
    /// `font-optical-sizing: auto`.
    pub optical_sizing: bool,
    /// `font-synthesis`.
    pub synthesis: FontSynthesis,
    /// The content language as a BCP 47 tag, where it is known: it chooses among glyphs and fallback fonts.
    pub language: Option<Arc<str>>,
}

impl Default for FontDescription {
    /// The initial values: 16 px of the standard font.
    fn default() -> Self {
        FontDescription {
            families: Arc::from([]),
            size: 16.0,
            size_adjust: None,
            weight: 400.0,
            stretch: 1.0,
            style: FontStyle::Normal,
            kerning: FontKerning::Auto,
            caps: FontCaps::Normal,
            variants: Arc::from([]),
            alternates: Arc::from([]),
            features: Arc::from([]),
            variations: Arc::from([]),
            optical_sizing: true,
            synthesis: FontSynthesis::default(),
            language: None,
        }
    }
}

impl FontStyle {
    /// A word that tells styles apart bit by bit.
    pub(crate) fn key(self) -> (u8, u32) {
        match self {
            FontStyle::Normal => (0, 0),
            FontStyle::Italic => (1, 0),
            FontStyle::Oblique(degrees) => (2, degrees.to_bits()),
        }
    }
}

impl PartialEq for FontDescription {
    fn eq(&self, other: &Self) -> bool {
        self.size.to_bits() == other.size.to_bits()
            && self.size_adjust.map(FontSizeAdjust::key) == other.size_adjust.map(FontSizeAdjust::key)
            && self.weight.to_bits() == other.weight.to_bits()
            && self.stretch.to_bits() == other.stretch.to_bits()
            && self.style.key() == other.style.key()
            && self.kerning == other.kerning
            && self.optical_sizing == other.optical_sizing
            && self.synthesis == other.synthesis
            && self.caps == other.caps
            && self.families == other.families
            && self.variants == other.variants
            && self.alternates == other.alternates
            && self.features == other.features
            && self.language == other.language
            && self.variations.len() == other.variations.len()
            && self
                .variations
                .iter()
                .zip(other.variations.iter())
                .all(|(a, b)| a.axis == b.axis && a.value.to_bits() == b.value.to_bits())
    }
}

impl Eq for FontDescription {}

impl Hash for FontDescription {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.families.hash(state);
        self.size.to_bits().hash(state);
        self.size_adjust.map(FontSizeAdjust::key).hash(state);
        self.weight.to_bits().hash(state);
        self.stretch.to_bits().hash(state);
        self.style.key().hash(state);
        self.kerning.hash(state);
        self.variants.hash(state);
        self.alternates.hash(state);
        self.features.hash(state);
        for variation in self.variations.iter() {
            variation.axis.hash(state);
            variation.value.to_bits().hash(state);
        }
        self.optical_sizing.hash(state);
        self.synthesis.hash(state);
        self.caps.hash(state);
        self.language.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_families_are_found_by_keyword_in_any_case() {
        for family in GenericFamily::ALL {
            assert_eq!(family.name().to_uppercase().parse(), Ok(family));
        }
        assert_eq!(
            "times".parse::<GenericFamily>().unwrap_err().to_string(),
            "'times' is not a generic font family"
        );
    }

    #[test]
    fn descriptions_differ_by_every_field_that_chooses_a_font() {
        let base = FontDescription::default();
        let bold = FontDescription { weight: 700.0, ..base.clone() };
        let wide = FontDescription {
            variations: Arc::from([FontVariation { axis: Tag::new(b"wdth"), value: 110.0 }]),
            ..base.clone()
        };
        assert_eq!(base, base.clone());
        assert_ne!(base, bold);
        assert_ne!(base, wide);
        assert_ne!(base, FontDescription { style: FontStyle::Oblique(14.0), ..base.clone() });
    }
}
