//! The memory of shaped words: shaping the same word again is one look-up.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hashbrown::HashTable;
use parking_lot::Mutex;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::shaped::{PackedGlyph, Piece, PieceRef};
use crate::font::FontId;
use crate::limits::{MAX_CACHED_RUN_BYTES, MAX_CACHED_RUNS};

/// Everything but the text that the glyphs of a word depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Setting {
    pub font: FontId,
    pub script: [u8; 4],
    pub right_to_left: bool,
    pub vertical: bool,
    pub capitals: bool,
    pub language: Option<harfrust::Language>,
    pub features: Vec<(harfrust::Tag, u32)>,
}

/// The words of one setting.
#[derive(Default)]
pub(crate) struct Words(Mutex<WordList>);

/// Words one after the other, as they came: who shapes the same text again goes through them in the order they lie in memory.
#[derive(Default)]
struct WordList {
    /// The places of words, by the hash of their text.
    table: HashTable<u32>,
    words: Vec<Word>,
    text: String,
    glyphs: Vec<PackedGlyph>,
    offsets: Vec<(f32, f32)>,
}

/// Where the parts of a word are.
struct Word {
    text: Range<u32>,
    glyphs: Range<u32>,
    offsets: Range<u32>,
    unsafe_end: bool,
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

/// The bytes or elements of a list that a range of places names.
fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

impl WordList {
    fn get(&self, text: &str) -> Option<PieceRef<'_>> {
        let is_it = |place: &u32| &self.text[places(&self.words[*place as usize].text)] == text;
        let word = &self.words[*self.table.find(hash(text), is_it)? as usize];
        Some(PieceRef {
            glyphs: &self.glyphs[places(&word.glyphs)],
            offsets: &self.offsets[places(&word.offsets)],
            unsafe_end: word.unsafe_end,
        })
    }

    /// Adds a word that is not there yet.
    fn insert(&mut self, text: &str, piece: PieceRef<'_>) {
        // All of them together are bounded, so that places fit.
        let at = |length: usize| length as u32;
        let word = Word {
            text: at(self.text.len())..at(self.text.len() + text.len()),
            glyphs: at(self.glyphs.len())..at(self.glyphs.len() + piece.glyphs.len()),
            offsets: at(self.offsets.len())..at(self.offsets.len() + piece.offsets.len()),
            unsafe_end: piece.unsafe_end,
        };
        self.text.push_str(text);
        self.glyphs.extend_from_slice(piece.glyphs);
        self.offsets.extend_from_slice(piece.offsets);
        self.words.push(word);
        let (words, texts) = (&self.words, &self.text);
        let hash_of = |place: &u32| hash(&texts[places(&words[*place as usize].text)]);
        self.table.insert_unique(hash(text), at(words.len() - 1), hash_of);
    }
}

/// All words of all settings, bounded.
pub(crate) struct ShapeCache {
    settings: Mutex<FxHashMap<Setting, Arc<Words>>>,
    bytes: AtomicUsize,
    entries: AtomicUsize,
}

impl ShapeCache {
    pub fn new() -> Self {
        ShapeCache { settings: Mutex::default(), bytes: AtomicUsize::new(0), entries: AtomicUsize::new(0) }
    }

    /// The words of a setting.
    pub fn words(&self, setting: Setting) -> Arc<Words> {
        self.settings.lock().entry(setting).or_default().clone()
    }

    /// Gives `take` the piece for `text`, from memory or from `shape`.
    pub fn with_piece(
        &self,
        words: &Words,
        text: &str,
        shape: impl FnOnce() -> Piece,
        take: impl FnOnce(PieceRef<'_>),
    ) {
        if let Some(piece) = words.0.lock().get(text) {
            return take(piece);
        }
        let shaped = shape();
        let piece = shaped.as_ref();
        let cost = text.len()
            + size_of_val(piece.glyphs)
            + size_of_val(piece.offsets)
            + size_of::<Word>()
            + 2 * size_of::<u32>();
        let bytes = self.bytes.fetch_add(cost, Ordering::Relaxed) + cost;
        let entries = self.entries.fetch_add(1, Ordering::Relaxed) + 1;
        if bytes > MAX_CACHED_RUN_BYTES || entries > MAX_CACHED_RUNS {
            // Forgetting everything at once is cheap, and what is still in use comes back soon.
            self.settings.lock().clear();
            self.bytes.store(0, Ordering::Relaxed);
            self.entries.store(0, Ordering::Relaxed);
        } else {
            let mut words = words.0.lock();
            // Another thread may have been faster.
            if words.get(text).is_none() {
                words.insert(text, piece);
            }
        }
        take(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(of: u32, with_offsets: bool) -> Piece {
        let glyph = |index: u32| PackedGlyph {
            id: (of + index) as u16,
            unsafe_to_break: false,
            cluster: index,
            advance: of as f32,
        };
        Piece {
            glyphs: (0..of % 4).map(glyph).collect(),
            offsets: if with_offsets {
                (0..of % 4).map(|x| (x as f32, of as f32)).collect()
            } else {
                Vec::new()
            },
            unsafe_end: of.is_multiple_of(3),
        }
    }

    #[test]
    fn a_word_comes_back_as_it_was_shaped_and_is_shaped_once() {
        let cache = ShapeCache::new();
        let words = Words::default();
        for round in 0..2 {
            for of in 0..300 {
                let expected = piece(of, of % 5 == 0);
                let mut taken = false;
                let shape = || {
                    assert_eq!(round, 0, "word {of} is shaped again");
                    piece(of, of % 5 == 0)
                };
                cache.with_piece(&words, &format!("word {of}"), shape, |found| {
                    taken = true;
                    assert_eq!(found.glyphs, expected.glyphs);
                    assert_eq!(found.offsets, expected.offsets);
                    assert_eq!(found.unsafe_end, expected.unsafe_end);
                });
                assert!(taken);
            }
        }
    }
}
