//! The masks that were drawn before.

use std::sync::Arc;

use fanlight_image::RasterImage;
use fanlight_text::{Font, FontId};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::{GlyphMask, GlyphTransform};
use crate::limits::MAX_GLYPH_CACHE_BYTES;
use crate::raster::Scratch;

/// Glyph masks by font, transform, glyph and place. Shared by all frames of a page, or of many pages.
#[derive(Default)]
pub struct GlyphCache {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    fonts: FxHashMap<FontKey, FxHashMap<GlyphRequest, Entry>>,
    /// Pictures of glyphs that bring their own; `None` for those that could not be decoded.
    pictures: FxHashMap<(FontId, u16), Option<RasterImage>>,
    bytes: usize,
    /// Counts the frames, to tell which masks were used of late.
    frame: u64,
    scratch: Scratch,
}

/// A font, and the bits of the transform that it is drawn with.
type FontKey = (FontId, [u32; 4]);

struct Entry {
    mask: Arc<GlyphMask>,
    used: u64,
}

/// One glyph that is wanted: its number, and quarters of a px along x and y.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GlyphRequest {
    pub glyph: u16,
    pub subpixel: (u8, u8),
}

impl GlyphCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes of all masks.
    pub fn memory(&self) -> usize {
        self.inner.lock().bytes
    }

    /// Begins a frame: masks that were not used in the last one go first when there are too many.
    pub(crate) fn begin_frame(&self) {
        let mut inner = self.inner.lock();
        if inner.bytes > MAX_GLYPH_CACHE_BYTES {
            let current = inner.frame;
            let mut bytes = 0;
            for glyphs in inner.fonts.values_mut() {
                glyphs.retain(|_, entry| entry.used == current);
                bytes += glyphs.values().map(|entry| entry.mask.memory()).sum::<usize>();
            }
            inner.fonts.retain(|_, glyphs| !glyphs.is_empty());
            inner.bytes = bytes;
            inner.pictures.clear();
        }
        inner.frame += 1;
    }

    /// The picture of a glyph, decoded once.
    pub(crate) fn picture(
        &self,
        font: &Font,
        glyph: u16,
        decode: impl FnOnce() -> Option<RasterImage>,
    ) -> Option<RasterImage> {
        let inner = &mut *self.inner.lock();
        inner
            .pictures
            .entry((font.id(), glyph))
            .or_insert_with(|| {
                let picture = decode();
                inner.bytes += picture.as_ref().map_or(0, RasterImage::memory);
                picture
            })
            .clone()
    }

    /// The masks of a run of glyphs, drawn where they are not there yet.
    pub(crate) fn masks(
        &self,
        font: &Font,
        transform: &GlyphTransform,
        requests: impl Iterator<Item = GlyphRequest>,
        mut receive: impl FnMut(Arc<GlyphMask>),
    ) {
        let inner = &mut *self.inner.lock();
        let glyphs = inner.fonts.entry((font.id(), transform.key())).or_default();
        for request in requests {
            let GlyphRequest { glyph, subpixel } = request;
            let entry = glyphs.entry(request).or_insert_with(|| {
                let mask = Arc::new(GlyphMask::draw(font, glyph, transform, subpixel, &mut inner.scratch));
                inner.bytes += mask.memory();
                Entry { mask, used: inner.frame }
            });
            entry.used = inner.frame;
            receive(entry.mask.clone());
        }
    }
}

impl std::fmt::Debug for GlyphCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "GlyphCache({} bytes)", self.memory())
    }
}
