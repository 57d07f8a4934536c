//! Fonts: a face at a size, with its axes set and what has to be imitated.

mod data;
mod decode;
mod face;
mod hinting;
mod image;
mod metrics;
mod outline;
mod spaces;

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use harfrust::{ShapePlan, ShaperInstance};
use parking_lot::Mutex;
use skrifa::instance::{Location, LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{MetadataProvider, Tag};

pub(crate) use data::FontData;
pub use decode::{DecodeError, decode_font};
pub(crate) use face::{Face, FaceAttributes, FaceStyle};
use hinting::Hinters;
pub use image::{ColorLayer, GlyphImage};
pub use metrics::{FontMetrics, MetricOverrides};
pub use outline::PathSink;

/// The number of a glyph in its font; 0 is the box for missing characters.
pub type GlyphId = u16;

/// Tells fonts apart within this process, for keys of caches. It is no artefact: dumps write [`Font::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u64);

/// A face at a size, ready to shape and to draw. Cloning costs a counter; two equal fonts are the same font.
#[derive(Clone)]
pub struct Font(Arc<FontInner>);

struct FontInner {
    id: FontId,
    face: Arc<Face>,
    key: FontKey,
    size: f32,
    location: Location,
    instance: ShaperInstance,
    metrics: OnceLock<FontMetrics>,
    name: OnceLock<String>,
    plans: Mutex<Vec<Arc<ShapePlan>>>,
    hinters: Hinters,
}

/// All that makes one font different from another of the same face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FontKey {
    pub face: u32,
    /// CSS px, as bits.
    pub size: u32,
    /// Positions on the face's axes, as bits.
    pub axes: Vec<(Tag, u32)>,
    pub bold: bool,
    /// The tangent of the slant, as bits.
    pub skew: u32,
    /// Whether advances are rounded to whole px.
    pub whole_px: bool,
    /// Whether glyphs show: those of text that waits for a font unseen do not.
    pub has_ink: bool,
}

static NEXT_FONT: AtomicU64 = AtomicU64::new(0);

impl Font {
    pub(crate) fn new(face: Arc<Face>, key: FontKey) -> Self {
        let font_ref = face.font_ref();
        let settings = || key.axes.iter().map(|&(tag, value)| (tag, f32::from_bits(value)));
        let location = font_ref.axes().location(settings());
        let instance = ShaperInstance::from_coords(&font_ref, location.coords().iter().copied());
        let size = f32::from_bits(key.size) * face.overrides.size_adjust;
        Font(Arc::new(FontInner {
            id: FontId(NEXT_FONT.fetch_add(1, Ordering::Relaxed)),
            face,
            size,
            location,
            instance,
            metrics: OnceLock::new(),
            name: OnceLock::new(),
            plans: Mutex::default(),
            hinters: Hinters::default(),
            key,
        }))
    }

    /// What tells this font apart.
    pub fn id(&self) -> FontId {
        self.0.id
    }

    /// The size in CSS px that glyphs are drawn at, `size-adjust` included.
    pub fn size(&self) -> f32 {
        self.0.size
    }

    /// The size that glyphs are scaled to: whole 1/64 px, cut off, as FreeType has it and so Chromium on Linux.
    pub(crate) fn glyph_size(&self) -> f32 {
        (self.0.size * SIZE_UNIT).floor() / SIZE_UNIT
    }

    /// The family's name as the font or its `@font-face` rule gives it.
    pub fn family(&self) -> &str {
        &self.0.face.family
    }

    /// The full name for dumps and people, such as "Liberation Serif Bold".
    pub fn name(&self) -> &str {
        self.0.name.get_or_init(|| self.0.face.full_name())
    }

    /// The bytes of the file that the font is in, the same allocation for the same file, and its place in a collection.
    /// For libraries that read fonts themselves.
    pub fn file(&self) -> (Arc<dyn AsRef<[u8]> + Send + Sync>, u32) {
        (Arc::new(self.0.face.data.clone()), self.0.face.index)
    }

    /// Ascent, descent and the rest, in CSS px.
    pub fn metrics(&self) -> &FontMetrics {
        self.0.metrics.get_or_init(|| FontMetrics::new(self))
    }

    /// The glyph of a character, or `None` where the font has none.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        self.0.face.glyph(character)
    }

    /// How far a glyph moves on, in CSS px, by itself.
    pub fn advance(&self, glyph: GlyphId) -> f32 {
        let font = self.0.face.font_ref();
        let units = GlyphMetrics::new(&font, Size::unscaled(), self.location())
            .advance_width(skrifa::GlyphId::from(glyph))
            .unwrap_or(0.0);
        let advance = self.advance_scale().apply(units.round() as i32) as f32 / 65536.0;
        if self.is_at_whole_px() { advance.round() } else { advance }
    }

    /// Whether every glyph moves on by whole px.
    pub(crate) fn is_at_whole_px(&self) -> bool {
        self.0.key.whole_px
    }

    /// How advances in units of the design become advances in px.
    pub(crate) fn advance_scale(&self) -> AdvanceScale {
        AdvanceScale::new(self.0.size, self.0.face.units_per_em())
    }

    /// Whether bold is imitated, by widening every stroke.
    pub fn is_synthetic_bold(&self) -> bool {
        self.0.key.bold
    }

    /// The tangent of the angle by which glyphs are slanted to imitate oblique; 0 where they are not.
    pub fn synthetic_skew(&self) -> f32 {
        f32::from_bits(self.0.key.skew)
    }

    /// Whether some glyphs bring their own colours, so that [`Font::image`] has to be asked.
    pub fn has_color(&self) -> bool {
        self.has_ink() && self.0.face.has_color()
    }

    pub(crate) fn has_ink(&self) -> bool {
        self.0.key.has_ink
    }

    pub(crate) fn key(&self) -> &FontKey {
        &self.0.key
    }

    pub(crate) fn face(&self) -> &Arc<Face> {
        &self.0.face
    }

    pub(crate) fn location(&self) -> LocationRef<'_> {
        LocationRef::from(&self.0.location)
    }

    pub(crate) fn shaper_instance(&self) -> &ShaperInstance {
        &self.0.instance
    }

    pub(crate) fn hinters(&self) -> &Hinters {
        &self.0.hinters
    }

    pub(crate) fn plans(&self) -> &Mutex<Vec<Arc<ShapePlan>>> {
        &self.0.plans
    }
}

/// FreeType's units to a px of font size.
const SIZE_UNIT: f32 = 64.0;

/// How FreeType, and so Chromium on Linux, scales advances: the size is cut off to 1/64 px, the scale rounded to
/// 1/65536, and every advance rounded to 1/65536 px. Over a long line of a font of 1000 units this makes a difference
/// that decides where it breaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AdvanceScale {
    /// 1/65536 of (1/64 px) to a unit.
    scale: i64,
    exact: bool,
    /// The size in 1/64 px, and the units that one px of size is made of.
    size_units: i64,
    units_per_px: i64,
}

impl AdvanceScale {
    fn new(size: f32, units_per_em: u16) -> Self {
        let units = i64::from(units_per_em.max(1));
        let size_units = (size * SIZE_UNIT).floor();
        let numerator = (size_units as i64) << 16;
        AdvanceScale {
            scale: (numerator + units / 2) / units,
            exact: numerator % units == 0 && size_units == size * SIZE_UNIT,
            size_units: size_units as i64,
            units_per_px: units * SIZE_UNIT as i64,
        }
    }

    /// Whether nothing is lost, so that plain scaling gives the same.
    pub fn is_exact(self) -> bool {
        self.exact
    }

    /// An advance in 1/65536 px. Rounding the scale does not spoil one that is a whole number of px.
    pub fn apply(self, units: i32) -> i32 {
        let exact = i64::from(units) * self.size_units;
        let advance = if exact % self.units_per_px == 0 {
            (exact / self.units_per_px) << 16
        } else {
            (i64::from(units) * self.scale + 32) >> 6
        };
        advance.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
    }
}

impl PartialEq for Font {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Font {}

impl Hash for Font {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

/// `Liberation Serif Bold 16px`.
impl std::fmt::Debug for Font {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}px", self.name(), self.0.size)
    }
}
