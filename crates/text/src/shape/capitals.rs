//! Small capitals: of fonts that have them, and imitated by capitals of a smaller size where a font has none.
//! <https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop>

use std::ops::Range;

use smallvec::SmallVec;
use unicode_script::{Script, UnicodeScript};

use super::itemize::Item;
use crate::description::FontCaps;
use crate::font::Face;
use crate::fonts::FontStack;

/// How large imitated small capitals are beside capitals, in Chromium.
const SCALE: f32 = 0.7;

/// The features that give a face's own glyphs; nothing where it has none and they are to be imitated. Petite capitals that a
/// face lacks are its small ones.
pub(crate) fn features(face: &Face, caps: FontCaps) -> Option<&'static [&'static [u8; 4]]> {
    const SMALL: &[&[u8; 4]] = &[b"smcp"];
    const ALL_SMALL: &[&[u8; 4]] = &[b"smcp", b"c2sc"];
    let choices: &[&'static [&'static [u8; 4]]] = match caps {
        FontCaps::Normal => return Some(&[]),
        FontCaps::Titling => return Some(&[b"titl"]),
        FontCaps::Small => &[SMALL],
        FontCaps::AllSmall => &[ALL_SMALL],
        FontCaps::Petite => &[&[b"pcap"], SMALL],
        FontCaps::AllPetite => &[&[b"pcap", b"c2pc"], ALL_SMALL],
        FontCaps::Unicase => &[&[b"unic"], &[b"c2sc"]],
    };
    choices.iter().copied().find(|tags| tags.iter().all(|tag| face.substitutes(tag)))
}

/// Splits the items whose fonts lack what `font-variant-caps` asks for where the case of letters changes, and sets what is to
/// look like small capitals in a smaller size.
pub(crate) fn imitate(stack: &FontStack, text: &str, items: SmallVec<[Item; 1]>) -> SmallVec<[Item; 1]> {
    let description = stack.description();
    if !description.synthesis.small_caps {
        return items;
    }
    let mut split = SmallVec::new();
    for item in items {
        if features(item.font.face(), description.caps).is_some() {
            split.push(item);
            continue;
        }
        for (range, is_small_letters) in by_case(text, item.range.clone()) {
            let is_scaled = match description.caps {
                FontCaps::AllSmall | FontCaps::AllPetite => true,
                FontCaps::Unicase => !is_small_letters,
                _ => is_small_letters,
            };
            let font = if is_scaled { stack.scaled(&item.font, SCALE) } else { item.font.clone() };
            split.push(Item { range, font, capitals: is_scaled && is_small_letters, ..item });
        }
    }
    split
}

/// The parts of a range of text, and whether a part is letters that have capitals. Marks go with what is before them.
fn by_case(text: &str, range: Range<usize>) -> SmallVec<[(Range<usize>, bool); 4]> {
    let mut parts = SmallVec::<[(Range<usize>, bool); 4]>::new();
    for (at, character) in text[range.clone()].char_indices() {
        let end = range.start + at + character.len_utf8();
        let is_small = character.to_uppercase().ne(std::iter::once(character));
        match parts.last_mut() {
            Some((part, of_part)) if *of_part == is_small || character.script() == Script::Inherited => {
                part.end = end;
            }
            _ => parts.push((range.start + at..end, is_small)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{FontContext, FontDescription, FontFamily, FontSource, FontSynthesis, Fonts, GenericFamily};
    use crate::{ShapeOptions, ShapedText};

    fn shape(caps: FontCaps, synthesis: FontSynthesis, text: &str) -> ShapedText {
        let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
        let families = Arc::from([FontFamily::Generic(GenericFamily::Serif)]);
        let description =
            FontDescription { families, size: 24.0, caps, synthesis, ..FontDescription::default() };
        fonts.stack(&description).shape(text, 0..text.len(), &ShapeOptions::default())
    }

    /// The sizes and the bytes of the runs.
    fn runs(caps: FontCaps, text: &str) -> Vec<(f32, Range<usize>)> {
        let shaped = shape(caps, FontSynthesis::default(), text);
        shaped.runs().map(|run| (run.font().size(), run.range())).collect()
    }

    #[test]
    fn small_letters_become_smaller_capitals() {
        assert_eq!(
            runs(FontCaps::Small, "FPDoc 1a"),
            [(24.0, 0..3), (17.0, 3..5), (24.0, 5..7), (17.0, 7..8)]
        );
        assert_eq!(runs(FontCaps::AllSmall, "Ab"), [(17.0, 0..2)]);
        assert_eq!(runs(FontCaps::Unicase, "Ab"), [(17.0, 0..1), (24.0, 1..2)]);
        assert_eq!(runs(FontCaps::Titling, "Ab"), [(24.0, 0..2)]);
        assert_eq!(
            runs(FontCaps::Small, "Ae\u{301}e"),
            [(24.0, 0..1), (17.0, 1..5)],
            "marks go with their base"
        );
    }

    #[test]
    fn glyphs_are_those_of_capitals_and_know_their_text() {
        let all = FontSynthesis::default();
        let glyphs = |shaped: &ShapedText| {
            let runs: Vec<_> = shaped.runs().collect();
            runs.iter().flat_map(|run| run.glyphs().collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        let small = glyphs(&shape(FontCaps::Small, all, "stra\u{df}e"));
        let large = glyphs(&shape(FontCaps::Normal, all, "STRASSE"));
        assert!(small.iter().map(|glyph| glyph.id).eq(large.iter().map(|glyph| glyph.id)));
        assert!(small.iter().map(|glyph| glyph.cluster).eq([0, 1, 2, 3, 4, 4, 6]));
    }

    #[test]
    fn nothing_is_imitated_where_the_page_forbids_it() {
        let none = FontSynthesis { small_caps: false, ..FontSynthesis::default() };
        let forbidden = shape(FontCaps::Small, none, "abc");
        assert_eq!(forbidden.width(), shape(FontCaps::Normal, none, "abc").width());
    }
}
