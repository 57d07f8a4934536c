//! The memory of shaped words: shaping the same word again is one look-up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::shaped::{PackedGlyph, Piece};
use crate::font::FontId;
use crate::limits::{MAX_CACHED_RUN_BYTES, MAX_CACHED_RUNS};

/// Everything but the text that the glyphs of a word depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Setting {
    pub font: FontId,
    pub script: [u8; 4],
    pub right_to_left: bool,
    pub vertical: bool,
    pub language: Option<harfrust::Language>,
    pub features: Vec<(harfrust::Tag, u32)>,
}

/// The words of one setting.
#[derive(Default)]
pub(crate) struct Words(Mutex<FxHashMap<Box<str>, Arc<Piece>>>);

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

    /// The piece for `text`, from memory or from `shape`.
    pub fn piece(&self, words: &Words, text: &str, shape: impl FnOnce() -> Piece) -> Arc<Piece> {
        if let Some(piece) = words.0.lock().get(text) {
            return piece.clone();
        }
        let piece = Arc::new(shape());
        let cost = text.len()
            + piece.glyphs.len() * size_of::<PackedGlyph>()
            + piece.offsets.len() * size_of::<(f32, f32)>()
            + size_of::<Piece>()
            + size_of::<(Box<str>, Arc<Piece>)>();
        let bytes = self.bytes.fetch_add(cost, Ordering::Relaxed) + cost;
        let entries = self.entries.fetch_add(1, Ordering::Relaxed) + 1;
        if bytes > MAX_CACHED_RUN_BYTES || entries > MAX_CACHED_RUNS {
            // Forgetting everything at once is cheap, and what is still in use comes back soon.
            self.settings.lock().clear();
            self.bytes.store(0, Ordering::Relaxed);
            self.entries.store(0, Ordering::Relaxed);
        } else {
            words.0.lock().insert(text.into(), piece.clone());
        }
        piece
    }
}
