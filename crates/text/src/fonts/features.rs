//! The features that text is shaped with.
//! <https://drafts.csswg.org/css-fonts-4/#font-feature-variation-resolution>

use std::sync::Arc;

use harfrust::{Feature, Tag};
use rustc_hash::FxHashMap;

use crate::description::{AlternateKind, FontDescription, FontFeature, FontKerning};
use crate::font::Face;
use crate::shape::capitals;

/// What the `@font-feature-values` rules of a page say names stand for.
/// <https://drafts.csswg.org/css-fonts-4/#font-feature-values>
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FontFeatureValues(FxHashMap<(String, AlternateKind, Arc<str>), Vec<u32>>);

impl FontFeatureValues {
    /// Says what a name means in fonts of a family, whose name is compared without regard to case. What was said before is
    /// forgotten.
    pub fn define(&mut self, family: &str, kind: AlternateKind, name: &str, values: &[u32]) {
        self.0.insert((family.to_lowercase(), kind, name.into()), values.to_vec());
    }

    fn find(&self, family: &str, kind: AlternateKind, name: &Arc<str>) -> Option<&[u32]> {
        self.0.get(&(family.to_lowercase(), kind, name.clone())).map(Vec::as_slice)
    }
}

/// All that switches features of text in a face, the weakest first: `@font-face`, `font-variant-*`, the names of
/// alternates, `font-feature-settings`.
pub(super) fn resolve(
    face: &Face,
    description: &FontDescription,
    values: &FontFeatureValues,
) -> Arc<[Feature]> {
    let mut features = Vec::new();
    let mut set = |tag: Tag, value: u32| features.push(Feature::new(tag, value, ..));
    if description.kerning == FontKerning::None {
        set(Tag::new(b"kern"), 0);
        set(Tag::new(b"vkrn"), 0);
    }
    let mut set_all = |list: &[FontFeature]| list.iter().for_each(|feature| set(feature.tag, feature.value));
    set_all(&face.features);
    set_all(&description.variants);
    for tag in capitals::features(face, description.caps).unwrap_or_default() {
        set_all(&[FontFeature { tag: Tag::new(tag), value: 1 }]);
    }
    for alternate in description.alternates.iter() {
        let Some(values) = values.find(&face.family, alternate.kind, &alternate.name) else { continue };
        set_all(&alternates(alternate.kind, values));
    }
    set_all(&description.features);
    features.into()
}

/// The features that the numbers of alternates stand for.
/// <https://drafts.csswg.org/css-fonts-4/#multi-value-features>
fn alternates(kind: AlternateKind, values: &[u32]) -> Vec<FontFeature> {
    let first = values.first().copied().unwrap_or_default();
    let one = |tag: &[u8; 4], value| FontFeature { tag: Tag::new(tag), value };
    let numbered = |letters: &[u8; 2], number: u32, value| {
        let digit = |digit: u32| b'0' + (digit % 10) as u8;
        (1..=99)
            .contains(&number)
            .then(|| one(&[letters[0], letters[1], digit(number / 10), digit(number)], value))
    };
    match kind {
        AlternateKind::Stylistic => vec![one(b"salt", first)],
        AlternateKind::Styleset => values.iter().filter_map(|&set| numbered(b"ss", set, 1)).collect(),
        AlternateKind::CharacterVariant => {
            numbered(b"cv", first, values.get(1).copied().unwrap_or(1)).into_iter().collect()
        }
        AlternateKind::Swash => vec![one(b"swsh", first), one(b"cswh", first)],
        AlternateKind::Ornaments => vec![one(b"ornm", first)],
        AlternateKind::Annotation => vec![one(b"nalt", first)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_features() {
        let names = |kind, values: &[u32]| -> Vec<String> {
            alternates(kind, values)
                .iter()
                .map(|feature| format!("{} {}", feature.tag, feature.value))
                .collect()
        };
        assert_eq!(names(AlternateKind::Styleset, &[1, 12, 100]), ["ss01 1", "ss12 1"]);
        assert_eq!(names(AlternateKind::CharacterVariant, &[7, 3]), ["cv07 3"]);
        assert_eq!(names(AlternateKind::Swash, &[2]), ["swsh 2", "cswh 2"]);
    }
}
