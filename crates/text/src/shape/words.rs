//! Shaping an item word by word, so that words can be remembered, where that gives what shaping the whole would.

use harfrust::Feature;
use smallvec::SmallVec;

use super::ShapeOptions;
use super::cache::Setting;
use super::fullwidth::{self, Collapsed};
use super::itemize::Item;
use super::shaped::{Builder, Piece};
use super::shaper::{Parameters, shape_piece};
use crate::bidi::Direction;
use crate::fonts::FontStack;
use crate::limits::{MAX_CACHED_TEXT_BYTES, MAX_SHAPED_PIECE_BYTES};

/// Shapes an item and adds its glyphs.
pub(crate) fn shape_item(
    stack: &FontStack,
    text: &str,
    item: &Item,
    options: &ShapeOptions,
    builder: &mut Builder<'_>,
) {
    shape_item_from(stack, text, 0, item, options, builder);
}

/// The same, with nothing before `context_start` having an effect.
pub(crate) fn shape_item_from(
    stack: &FontStack,
    text: &str,
    context_start: usize,
    item: &Item,
    options: &ShapeOptions,
    builder: &mut Builder<'_>,
) {
    let own = stack.features(&item.font);
    let without_ligatures;
    let features: &[Feature] = if options.letter_spacing == 0.0 {
        &own
    } else {
        without_ligatures = no_ligatures(&own);
        &without_ligatures
    };
    let parameters = Parameters {
        font: &item.font,
        script: item.script,
        direction: match (item.upright, options.direction) {
            (true, _) => harfrust::Direction::TopToBottom,
            (false, Direction::Ltr) => harfrust::Direction::LeftToRight,
            (false, Direction::Rtl) => harfrust::Direction::RightToLeft,
        },
        language: stack.language(),
        features,
        capitals: item.capitals,
    };
    builder.begin_run(&item.font, item.upright, item.range.start, item.range.len());
    let cache = stack.context().shapes();
    let words = cache.words(Setting {
        font: item.font.id(),
        script: item.script,
        right_to_left: options.direction == Direction::Rtl,
        vertical: item.upright,
        capitals: item.capitals,
        language: stack.language().cloned(),
        features: features.iter().map(|feature| (feature.tag, feature.value)).collect(),
    });
    // Against its script's own direction text is kerned back to front, the space by what stands before it.
    let is_native = (options.direction == Direction::Rtl) == runs_right_to_left(item.script);
    let separable = is_native && item.font.face().has_separable_spaces();
    let end = item.range.end;
    let collapsed = match options.keeps_full_width {
        true => SmallVec::new(),
        false => collapsed(stack, text, context_start, item),
    };
    let mut start = item.range.start;
    while start < end {
        let stop = if separable { word_end(&text[..end], start) } else { piece_end(&text[..end], start) };
        // The space after a word is shaped with it for its effect on the word, and again with the next word.
        let lookahead = usize::from(separable && stop < end);
        let piece = &text[start..stop + lookahead];
        let shape = || {
            shape_piece(
                &parameters,
                &text[context_start.min(start)..start],
                piece,
                stop - start,
                &text[stop + lookahead..],
            )
        };
        let narrow = within(&collapsed, start, stop);
        if !narrow.is_empty() {
            let features = halved(features, narrow, start, item.upright);
            let parameters = Parameters { features: &features, ..parameters };
            let mut piece = shape_piece(
                &parameters,
                &text[context_start.min(start)..start],
                piece,
                stop - start,
                &text[stop + lookahead..],
            );
            keep_neighbours(&mut piece, narrow, start);
            builder.push(piece.as_ref(), start);
        } else if piece.len() <= MAX_CACHED_TEXT_BYTES
            && joins_nothing(text, context_start, start, stop, item)
        {
            cache.with_piece(&words, piece, shape, |shaped| builder.push(shaped, start));
        } else {
            builder.push(shape().as_ref(), start);
        }
        start = stop;
    }
}

/// The full-width punctuation of an item that its neighbours make narrow.
fn collapsed(stack: &FontStack, text: &str, context_start: usize, item: &Item) -> SmallVec<[Collapsed; 4]> {
    let half_widths = item.font.face().half_widths();
    let can_halve = if item.upright { half_widths.vertical } else { half_widths.horizontal };
    if !can_halve || text[item.range.clone()].is_ascii() {
        return SmallVec::new();
    }
    let language = stack.description().language.as_deref().unwrap_or_default().to_ascii_lowercase();
    let centers_stops = ["zh-hant", "zh-tw", "zh-hk", "zh-mo"].iter().any(|tag| language.starts_with(tag));
    fullwidth::collapsed(text, context_start, item.range.start, item.range.end, centers_stops)
}

/// Those from byte `start` to byte `stop`.
fn within(collapsed: &[Collapsed], start: usize, stop: usize) -> &[Collapsed] {
    let from = collapsed.partition_point(|collapsed| collapsed.at < start);
    let to = collapsed.partition_point(|collapsed| collapsed.at < stop);
    &collapsed[from..to]
}

/// The features with those that halve glyphs, for a piece that begins at byte `start`.
fn halved(features: &[Feature], narrow: &[Collapsed], start: usize, upright: bool) -> Vec<Feature> {
    let tag = harfrust::Tag::new(if upright { b"vhal" } else { b"halt" });
    let halving = narrow.iter().map(|collapsed| {
        let at = collapsed.at - start;
        Feature::new(tag, 1, at..at + collapsed.length)
    });
    features.iter().copied().chain(halving).collect()
}

/// A line break between narrow punctuation and what makes it narrow gives it its width back.
fn keep_neighbours(piece: &mut Piece, narrow: &[Collapsed], start: usize) {
    for collapsed in narrow {
        let at = collapsed.at - start;
        let together = if collapsed.because_of_before { at } else { at + collapsed.length };
        for glyph in piece.glyphs.iter_mut().filter(|glyph| glyph.cluster as usize == together) {
            glyph.unsafe_to_break = true;
        }
    }
}

/// Scripts that are written from right to left.
fn runs_right_to_left(script: [u8; 4]) -> bool {
    matches!(
        &script,
        b"Arab" | b"Hebr" | b"Syrc" | b"Thaa" | b"Nkoo" | b"Mand" | b"Samr" | b"Adlm" | b"Rohg" | b"Mend"
    )
}

/// Where the word that begins at `start`, with the space before it, ends: at the next space that stands by itself.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while at < bytes.len() {
        if bytes[at] == b' ' && bytes.get(at + 1).is_none_or(u8::is_ascii) {
            return at;
        }
        if at - start >= MAX_SHAPED_PIECE_BYTES && text.is_char_boundary(at) {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// Where a piece ends that is not cut at spaces unless it gets too long.
fn piece_end(text: &str, start: usize) -> usize {
    if text.len() - start <= MAX_SHAPED_PIECE_BYTES {
        return text.len();
    }
    let mut end = start + MAX_SHAPED_PIECE_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[start..end].rfind(' ').filter(|&at| at > 0).map_or(end, |at| start + at)
}

/// Whether what lies around a piece has no effect on it. Letters of joining scripts do, across a change of font or
/// style.
fn joins_nothing(text: &str, context_start: usize, start: usize, stop: usize, item: &Item) -> bool {
    if !matches!(
        &item.script,
        b"Arab"
            | b"Syrc"
            | b"Mong"
            | b"Nkoo"
            | b"Mand"
            | b"Mani"
            | b"Phlp"
            | b"Phag"
            | b"Adlm"
            | b"Rohg"
            | b"Sogd"
            | b"Chrs"
            | b"Ougr"
    ) {
        return true;
    }
    let inner_start = start == context_start || !text[..start].ends_with(joins);
    let inner_end = !text[stop..].starts_with(joins);
    inner_start && inner_end
}

fn joins(character: char) -> bool {
    !character.is_ascii()
}

fn no_ligatures(features: &[Feature]) -> Vec<Feature> {
    let off = [*b"liga", *b"clig"].map(|tag| Feature::new(harfrust::Tag::new(&tag), 0, ..));
    off.into_iter().chain(features.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{FontContext, FontDescription, FontFamily, FontSource, Fonts, GenericFamily};

    /// Letters that kern with the space and with each other, marks, several spaces, other scripts.
    const ALPHABET: &[&str] = &[
        " ", " ", " ", "A", "T", "V", "Y", "W", "L", "P", "o", "f", "i", "e\u{301}", "\u{301}", "’", ".",
        "Α", "Т", "ש", "1",
    ];

    /// A sequence of numbers that is the same on every machine.
    fn next(state: &mut u32) -> usize {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*state >> 8) as usize
    }

    fn whole(stack: &FontStack, text: &str, script: [u8; 4], direction: harfrust::Direction) -> Piece {
        let parameters = Parameters {
            font: stack.primary(),
            script,
            direction,
            language: None,
            features: &stack.features(stack.primary()),
            capitals: false,
        };
        shape_piece(&parameters, "", text, text.len(), "")
    }

    fn compare(family: GenericFamily, size: f32, script: [u8; 4], direction: Direction) {
        let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
        let families = Arc::from([FontFamily::Generic(family)]);
        let stack = fonts.stack(&FontDescription { families, size, ..FontDescription::default() });
        assert!(stack.primary().face().has_separable_spaces(), "words of {family:?} are to be remembered");
        let options = ShapeOptions { direction, ..ShapeOptions::default() };
        let shaper_direction = match direction {
            Direction::Ltr => harfrust::Direction::LeftToRight,
            Direction::Rtl => harfrust::Direction::RightToLeft,
        };
        let mut state = 7;
        for _ in 0..400 {
            let text: String =
                (0..next(&mut state) % 24).map(|_| ALPHABET[next(&mut state) % ALPHABET.len()]).collect();
            let item = Item {
                range: 0..text.len(),
                script,
                font: stack.primary().clone(),
                upright: false,
                capitals: false,
            };
            let mut builder = Builder::new(&text, 0..text.len(), &options);
            shape_item(&stack, &text, &item, &options, &mut builder);
            let by_words = builder.finish();
            let expected = whole(&stack, &text, script, shaper_direction);
            let expected_offsets = |index: usize| expected.offsets.get(index).copied().unwrap_or_default();
            let found: Vec<_> = by_words.runs().flat_map(|run| run.glyphs().collect::<Vec<_>>()).collect();
            assert_eq!(found.len(), expected.glyphs.len(), "{text:?}");
            for (index, (found, glyph)) in found.iter().zip(&expected.glyphs).enumerate() {
                assert_eq!(
                    (found.id, found.cluster, found.advance, found.x_offset, found.y_offset),
                    (
                        glyph.id,
                        glyph.cluster as usize,
                        glyph.advance,
                        expected_offsets(index).0,
                        expected_offsets(index).1
                    ),
                    "glyph {index} of {text:?}"
                );
            }
            for glyph in &expected.glyphs {
                let safe = by_words.is_safe_to_break(glyph.cluster as usize);
                assert_eq!(
                    safe,
                    !glyph.unsafe_to_break || glyph.cluster == 0,
                    "{text:?} at {}",
                    glyph.cluster
                );
            }
        }
    }

    #[test]
    fn word_by_word_equals_the_whole() {
        compare(GenericFamily::Serif, 16.0, *b"Latn", Direction::Ltr);
        compare(GenericFamily::SansSerif, 13.3333, *b"Latn", Direction::Ltr);
        compare(GenericFamily::Monospace, 13.0, *b"Latn", Direction::Ltr);
    }

    #[test]
    fn word_by_word_equals_the_whole_from_right_to_left() {
        compare(GenericFamily::SansSerif, 16.0, *b"Hebr", Direction::Rtl);
        // Forced against the script's direction, as by `bdo`.
        compare(GenericFamily::SansSerif, 16.0, *b"Latn", Direction::Rtl);
    }
}
