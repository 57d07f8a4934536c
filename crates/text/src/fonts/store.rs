//! Fonts that have been made, so that the same question gives the same font.

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use skrifa::{MetadataProvider, Tag};

use super::matching::imitation;
use crate::description::{FontDescription, FontSizeAdjust, FontStyle};
use crate::font::{Face, FaceStyle, Font, FontKey};
use crate::limits::{MAX_CACHED_FONTS, MAX_FONT_SIZE};

/// Steps of sizes to one CSS px: Chromium cuts off the rest.
const SIZE_STEPS: f32 = 100.0;

/// Fonts by face, size and setting. The shared context has one; a page has one for its web fonts, which go with it.
#[derive(Default)]
pub(crate) struct FontStore(Mutex<FxHashMap<FontKey, Font>>);

impl FontStore {
    /// The font for a face under a description, its glyphs at whole px or not.
    pub fn font(&self, face: &Arc<Face>, wanted: &FontDescription, whole_px: bool) -> Font {
        let key = font_key(face, wanted, whole_px);
        let Some(FontSizeAdjust { metric, value: Some(value) }) = wanted.size_adjust else {
            return self.font_of_key(face, key);
        };
        // https://drafts.csswg.org/css-fonts-5/#font-size-adjust-prop: the size at which the font's measure is the wanted one.
        let size = f32::from_bits(key.size);
        let own = self.font_of_key(face, key.clone()).metrics().adjusted(metric);
        let adjusted = if own > 0.0 { (size * value * size / own).min(MAX_FONT_SIZE) } else { size };
        self.font_of_key(face, FontKey { size: adjusted.to_bits(), ..key })
    }

    /// The font that sets text as another does, and shows nothing of it.
    pub fn without_ink(&self, font: &Font) -> Font {
        self.font_of_key(font.face(), FontKey { has_ink: false, ..font.key().clone() })
    }

    /// A font at `factor` of its size, in whole px, as Chromium makes it.
    pub fn scaled(&self, font: &Font, factor: f32) -> Font {
        let size = (f32::from_bits(font.key().size) * factor).round();
        self.font_of_key(font.face(), FontKey { size: size.to_bits(), ..font.key().clone() })
    }

    fn font_of_key(&self, face: &Arc<Face>, key: FontKey) -> Font {
        let mut fonts = self.0.lock();
        if let Some(font) = fonts.get(&key) {
            return font.clone();
        }
        if fonts.len() >= MAX_CACHED_FONTS {
            fonts.clear();
        }
        let font = Font::new(face.clone(), key.clone());
        fonts.insert(key, font.clone());
        font
    }
}

fn font_key(face: &Face, wanted: &FontDescription, whole_px: bool) -> FontKey {
    let size = if wanted.size.is_nan() { 0.0 } else { wanted.size.clamp(0.0, MAX_FONT_SIZE) };
    let size = (size * SIZE_STEPS).floor() / SIZE_STEPS;
    let imitation = imitation(wanted, &face.attributes);
    FontKey {
        face: face.id,
        size: size.to_bits(),
        axes: axes(face, wanted, size),
        bold: imitation.bold,
        skew: imitation.skew.to_bits(),
        has_ink: true,
        whole_px,
    }
}

/// Where a variable font is to be set: first what the properties say, then `font-variation-settings`.
/// <https://drafts.csswg.org/css-fonts-4/#apply-font-matching-variations>
fn axes(face: &Face, wanted: &FontDescription, size: f32) -> Vec<(Tag, u32)> {
    let font = face.font_ref();
    let attributes = &face.attributes;
    font.axes()
        .iter()
        .filter_map(|axis| {
            let within = |value: f32, range: &std::ops::RangeInclusive<f32>| {
                value.max(*range.start()).min(*range.end())
            };
            let from_properties = match &axis.tag().to_be_bytes() {
                b"wght" => Some(within(wanted.weight, &attributes.weight)),
                b"wdth" => Some(within(wanted.stretch, &attributes.stretch) * 100.0),
                b"slnt" => match (wanted.style, &attributes.style) {
                    (FontStyle::Normal, _) | (_, FaceStyle::Normal) => None,
                    (FontStyle::Oblique(angle), FaceStyle::Oblique(range)) => Some(-within(angle, range)),
                    (FontStyle::Italic, FaceStyle::Oblique(range)) => Some(-within(14.0, range)),
                    (_, FaceStyle::Italic) => None,
                },
                b"ital" => (wanted.style == FontStyle::Italic).then_some(1.0),
                b"opsz" => wanted.optical_sizing.then_some(size),
                _ => None,
            };
            // https://drafts.csswg.org/css-fonts-4/#font-variation-settings-desc: the property wins over the rule.
            let settings = face.variations.iter().chain(wanted.variations.iter());
            let explicit = settings.rev().find(|variation| variation.axis == axis.tag());
            let value = explicit.map(|variation| variation.value).or(from_properties)?;
            let value = value.max(axis.min_value()).min(axis.max_value());
            (value != axis.default_value()).then(|| (axis.tag(), value.to_bits()))
        })
        .collect()
}
