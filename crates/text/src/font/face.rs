//! A face: one font file's design at no particular size.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use harfrust::ShaperData;
use skrifa::attribute::{Attributes, Style};
use skrifa::charmap::MappingIndex;
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use super::data::FontData;
use super::hinting::HintStyles;
use super::metrics::MetricOverrides;
use crate::description::{FontFeature, FontVariation};

/// What a face can do, as matching sees it. A variable font has ranges.
/// <https://drafts.csswg.org/css-fonts-4/#font-prop-desc>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FaceAttributes {
    /// Weights, 1 to 1000.
    pub weight: RangeInclusive<f32>,
    /// Widths as ratios; 1.0 is normal.
    pub stretch: RangeInclusive<f32>,
    /// Slant.
    pub style: FaceStyle,
}

/// The slant of a face.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FaceStyle {
    Normal,
    Italic,
    /// Angles in degrees, clockwise.
    Oblique(RangeInclusive<f32>),
}

/// Whether a face has the features that halve full-width glyphs.
/// <https://learn.microsoft.com/en-us/typography/opentype/spec/features_fj#halt>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HalfWidths {
    /// `halt`
    pub horizontal: bool,
    /// `vhal`
    pub vertical: bool,
}

/// One face, shared by all sizes of it.
pub(crate) struct Face {
    /// Tells faces apart within this process.
    pub id: u32,
    pub data: FontData,
    /// The place in a collection.
    pub index: u32,
    /// The family's name, for matching and dumps.
    pub family: Arc<str>,
    pub attributes: FaceAttributes,
    pub overrides: MetricOverrides,
    /// The features that `@font-face` switches.
    pub features: Arc<[FontFeature]>,
    /// The positions on axes that `@font-face` chooses.
    pub variations: Arc<[FontVariation]>,
    units_per_em: u16,
    mapping: OnceLock<MappingIndex>,
    shaper: OnceLock<ShaperData>,
    has_color: OnceLock<bool>,
    hint_styles: HintStyles,
    separable_spaces: OnceLock<bool>,
    half_widths: OnceLock<HalfWidths>,
    /// The features that exchange glyphs.
    substitutions: OnceLock<Box<[Tag]>>,
}

static NEXT_FACE: AtomicU32 = AtomicU32::new(0);

impl Face {
    /// A face of `data`, which must hold a font at `index`.
    pub fn new(
        data: FontData,
        index: u32,
        family: Arc<str>,
        attributes: FaceAttributes,
        overrides: MetricOverrides,
    ) -> Option<Arc<Face>> {
        let units_per_em = FontRef::from_index(data.as_ref(), index).ok()?.head().ok()?.units_per_em();
        Some(Arc::new(Face {
            id: NEXT_FACE.fetch_add(1, Ordering::Relaxed),
            data,
            index,
            family,
            attributes,
            overrides,
            features: Arc::from([]),
            variations: Arc::from([]),
            units_per_em,
            mapping: OnceLock::new(),
            shaper: OnceLock::new(),
            has_color: OnceLock::new(),
            hint_styles: HintStyles::default(),
            separable_spaces: OnceLock::new(),
            half_widths: OnceLock::new(),
            substitutions: OnceLock::new(),
        }))
    }

    pub fn font_ref(&self) -> FontRef<'_> {
        FontRef::from_index(self.data.as_ref(), self.index).expect("Face::new has read the same bytes")
    }

    /// The glyph of a character, or `None` where the face has none.
    pub fn glyph(&self, character: char) -> Option<u16> {
        let font = self.font_ref();
        let mapping = self.mapping.get_or_init(|| MappingIndex::new(&font));
        let glyph = mapping.charmap(&font).map(character)?.to_u32();
        u16::try_from(glyph).ok().filter(|&glyph| glyph != 0)
    }

    /// Units of the design to one em.
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    pub fn hint_styles(&self) -> &HintStyles {
        &self.hint_styles
    }

    pub fn shaper_data(&self) -> &ShaperData {
        self.shaper.get_or_init(|| ShaperData::new(&self.font_ref()))
    }

    /// Whether text can be cut at a space for shaping, each part seeing the space, without changing its glyphs.
    pub fn has_separable_spaces(&self) -> bool {
        *self.separable_spaces.get_or_init(|| super::spaces::are_separable(self))
    }

    /// In which directions the face can set full-width punctuation half as wide.
    pub fn half_widths(&self) -> HalfWidths {
        *self.half_widths.get_or_init(|| {
            let font = self.font_ref();
            let features = font.gpos().and_then(|gpos| gpos.feature_list());
            let has = |tag: &[u8; 4]| {
                features.as_ref().is_ok_and(|features| {
                    features.feature_records().iter().any(|record| record.feature_tag() == Tag::new(tag))
                })
            };
            HalfWidths { horizontal: has(b"halt"), vertical: has(b"vhal") }
        })
    }

    /// Whether the face can exchange glyphs as an OpenType feature says.
    pub fn substitutes(&self, tag: &[u8; 4]) -> bool {
        let features = self.substitutions.get_or_init(|| {
            let font = self.font_ref();
            let list = font.gsub().and_then(|gsub| gsub.feature_list());
            list.map_or_else(
                |_| Box::default(),
                |list| list.feature_records().iter().map(|record| record.feature_tag()).collect(),
            )
        });
        features.contains(&Tag::new(tag))
    }

    /// Whether glyphs bring their own colours.
    pub fn has_color(&self) -> bool {
        *self.has_color.get_or_init(|| {
            let font = self.font_ref();
            [b"COLR", b"CBDT", b"sbix"].into_iter().any(|tag| font.table_data(Tag::new(tag)).is_some())
        })
    }

    /// Whether this is the face's full or PostScript name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        let font = self.font_ref();
        [StringId::FULL_NAME, StringId::POSTSCRIPT_NAME]
            .into_iter()
            .any(|id| font.localized_strings(id).any(|string| string.to_string().eq_ignore_ascii_case(name)))
    }

    /// Whether this is one of the names of the face's family, in any case.
    pub fn is_of_family(&self, name: &str) -> bool {
        let font = self.font_ref();
        [StringId::FAMILY_NAME, StringId::TYPOGRAPHIC_FAMILY_NAME]
            .into_iter()
            .any(|id| font.localized_strings(id).any(|string| string.to_string().eq_ignore_ascii_case(name)))
    }

    /// The full name for people, such as "Liberation Serif Bold".
    pub fn full_name(&self) -> String {
        let font = self.font_ref();
        font.localized_strings(StringId::FULL_NAME)
            .english_or_first()
            .map_or_else(|| self.family.to_string(), |name| name.to_string())
    }
}

impl FaceAttributes {
    /// What the font says of itself, with the ranges of its axes.
    pub fn of_font(font: &FontRef<'_>) -> Self {
        let attributes = Attributes::new(font);
        let weight = attributes.weight.value();
        let stretch = attributes.stretch.percentage() / 100.0;
        let mut result = FaceAttributes {
            weight: weight..=weight,
            stretch: stretch..=stretch,
            style: match attributes.style {
                Style::Normal => FaceStyle::Normal,
                Style::Italic => FaceStyle::Italic,
                Style::Oblique(angle) => {
                    let angle = angle.unwrap_or(14.0);
                    FaceStyle::Oblique(angle..=angle)
                }
            },
        };
        for axis in font.axes().iter() {
            let (least, greatest) = (axis.min_value(), axis.max_value());
            match &axis.tag().to_be_bytes() {
                b"wght" => result.weight = least..=greatest,
                b"wdth" => result.stretch = least / 100.0..=greatest / 100.0,
                // The axis counts counter-clockwise.
                b"slnt" if result.style == FaceStyle::Normal => {
                    result.style = FaceStyle::Oblique(-greatest..=-least);
                }
                _ => {}
            }
        }
        result
    }
}
