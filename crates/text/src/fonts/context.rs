//! The fonts that all pages share, and how names resolve to them as in Chromium on Linux.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::aliases;
use super::bundled::{BundledFamily, BundledFonts};
use super::placement;
use super::store::FontStore;
use super::system::SystemFonts;
use crate::description::{FontDescription, GenericFamily};
use crate::font::Face;
use crate::shape::ShapeCache;

/// What Chromium on Linux is set to for `serif`, and for text whose families are all missing.
const SERIF: &str = "Times New Roman";
/// What it is set to for `sans-serif`.
const SANS_SERIF: &str = "Arial";

/// Which fonts there are besides those of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FontSource {
    /// The system's fonts, and the bundled ones where the system lacks a family or a character.
    #[default]
    System,
    /// The bundled fonts alone: the same on every machine.
    Pinned,
}

/// The fonts of this process: opened when first used, remembered, shared between pages and threads.
/// Making one costs nothing worth measuring.
pub struct FontContext {
    bundled: BundledFonts,
    source: FontSource,
    system: Mutex<Option<SystemFonts>>,
    /// Whether glyphs are placed at whole px.
    whole_px: OnceLock<bool>,
    /// Whether a thread has been told to open the system's fonts.
    opens_ahead: AtomicBool,
    fonts: FontStore,
    shapes: ShapeCache,
}

impl FontContext {
    /// A context that has opened no font yet.
    pub fn new(source: FontSource) -> Self {
        FontContext {
            bundled: BundledFonts::new(),
            source,
            system: Mutex::new(None),
            whole_px: OnceLock::new(),
            opens_ahead: AtomicBool::new(false),
            fonts: FontStore::default(),
            shapes: ShapeCache::new(),
        }
    }

    /// The same, with every advance rounded to a whole px, or none: as fontconfig's setting of full hinting has it for the
    /// system's fonts, and not for pinned ones.
    #[must_use]
    pub fn placing_glyphs_at_whole_px(mut self, whole_px: bool) -> Self {
        self.whole_px = OnceLock::from(whole_px);
        self
    }

    /// Whether every advance is rounded to a whole px.
    pub(crate) fn places_glyphs_at_whole_px(&self) -> bool {
        *self.whole_px.get_or_init(|| match self.source {
            FontSource::Pinned => false,
            FontSource::System => placement::is_at_whole_px(),
        })
    }

    /// Where fonts come from.
    pub fn source(&self) -> FontSource {
        self.source
    }

    /// Whether the system's fonts have been asked for: not before there is text.
    pub fn has_opened_system_fonts(&self) -> bool {
        self.system.lock().is_some()
    }

    /// Begins to open the system's fonts on a thread of its own: for when they will probably be asked for and there is
    /// something else to do until then. Whoever asks earlier waits for it.
    pub fn open_system_fonts_ahead(self: &Arc<Self>) {
        if self.source == FontSource::Pinned || self.opens_ahead.swap(true, Ordering::Relaxed) {
            return;
        }
        let context = Arc::clone(self);
        let thread = std::thread::Builder::new().name("fanlight-fonts".to_owned());
        // Where no thread is to be had, the fonts are opened when they are needed.
        let _ = thread.spawn(move || {
            context.places_glyphs_at_whole_px();
            context.with_system(|_| None::<()>)
        });
    }

    /// The fonts of bundled and installed faces.
    pub(crate) fn fonts(&self) -> &FontStore {
        &self.fonts
    }

    pub(crate) fn shapes(&self) -> &ShapeCache {
        &self.shapes
    }

    /// Asks the system's fonts, opening them before the first time.
    fn with_system<T>(&self, ask: impl FnOnce(&mut SystemFonts) -> Option<T>) -> Option<T> {
        match self.source {
            FontSource::Pinned => None,
            FontSource::System => ask(self.system.lock().get_or_insert_with(SystemFonts::open)),
        }
    }

    /// The nearest face of a family: the system's, or bundled, or one with the same metrics.
    pub(crate) fn named(&self, name: &str, wanted: &FontDescription) -> Option<Arc<Face>> {
        self.exactly_named(name, wanted)
            .or_else(|| aliases::substitutes(name).find_map(|name| self.exactly_named(name, wanted)))
    }

    fn exactly_named(&self, name: &str, wanted: &FontDescription) -> Option<Arc<Face>> {
        match aliases::system_generic(name) {
            Some(generic) => self.system_generic(generic, wanted),
            // The system's before the bundled one of that name: another version of a font has other characters and
            // other kerning, and the system's is what other browsers on this machine use.
            None => self
                .with_system(|system| system.named(name, wanted))
                .or_else(|| self.bundled.face(BundledFamily::by_name(name)?, wanted)),
        }
    }

    /// The nearest face for a generic family, as Chromium on Linux has them set up.
    pub(crate) fn generic(&self, family: GenericFamily, wanted: &FontDescription) -> Option<Arc<Face>> {
        match family {
            GenericFamily::Serif => self.named(SERIF, wanted),
            GenericFamily::SansSerif => self.named(SANS_SERIF, wanted),
            GenericFamily::Monospace | GenericFamily::SystemUi => self.system_generic(family, wanted),
            GenericFamily::Emoji => self.system_generic(family, wanted).filter(|face| face.has_color()),
            // Nothing is set up for these: the next family of the list is taken.
            GenericFamily::Cursive
            | GenericFamily::Fantasy
            | GenericFamily::Math
            | GenericFamily::Fangsong
            | GenericFamily::UiSerif
            | GenericFamily::UiSansSerif
            | GenericFamily::UiMonospace
            | GenericFamily::UiRounded => None,
        }
    }

    /// The system's answer for a generic family, or the bundled one.
    fn system_generic(&self, family: GenericFamily, wanted: &FontDescription) -> Option<Arc<Face>> {
        let (asked, bundled) = match family {
            GenericFamily::Serif => (fontique::GenericFamily::Serif, BundledFamily::LiberationSerif),
            GenericFamily::Monospace => (fontique::GenericFamily::Monospace, BundledFamily::LiberationMono),
            GenericFamily::SystemUi => (fontique::GenericFamily::SystemUi, BundledFamily::LiberationSans),
            GenericFamily::Emoji => (fontique::GenericFamily::Emoji, BundledFamily::DejaVuSans),
            _ => (fontique::GenericFamily::SansSerif, BundledFamily::LiberationSans),
        };
        self.with_system(|system| system.generic(asked, wanted))
            .or_else(|| self.bundled.face(bundled, wanted))
    }

    /// The face that ends every list: Chromium's standard font.
    pub(crate) fn standard(&self, wanted: &FontDescription) -> Arc<Face> {
        self.named(SERIF, wanted).expect("a twin of it is bundled, and sound, as tests show")
    }

    /// A face for a character that no family of the list has: the system's choice, else the bundled wide one.
    pub(crate) fn for_character(
        &self,
        character: char,
        script: [u8; 4],
        wanted: &FontDescription,
    ) -> Option<Arc<Face>> {
        self.with_system(|system| system.for_character(character, script, wanted)).or_else(|| {
            let face = self.bundled.face(BundledFamily::DejaVuSans, wanted)?;
            face.glyph(character).is_some().then_some(face)
        })
    }

    /// The system's colour font for emoji.
    pub(crate) fn emoji(&self, character: char, wanted: &FontDescription) -> Option<Arc<Face>> {
        self.generic(GenericFamily::Emoji, wanted)
            .filter(|face| face.has_color() && face.glyph(character).is_some())
    }

    /// The face that `src: local(name)` means: by its full or its PostScript name.
    /// <https://drafts.csswg.org/css-fonts-4/#local-font-fallback>
    pub(crate) fn local_face(&self, name: &str) -> Option<Arc<Face>> {
        self.with_system(|system| system.local(name)).or_else(|| self.bundled.local(name))
    }
}
