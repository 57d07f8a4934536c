//! Text: fonts, fallback, shaping, bidi, line-break opportunities, glyph outlines.
//!
//! In the order in which inline layout uses it:
//!
//! 1. [`FontContext`] opens the bundled fonts and, when one is asked for, the system's; [`Fonts`] adds the web fonts of
//!    one page ([`FontFaceSet`]).
//! 2. [`Fonts::stack`] turns a [`FontDescription`] (the computed font properties) into a [`FontStack`]: the fonts to
//!    try in order, the first being the one whose [`FontMetrics`] size a line.
//! 3. [`Paragraph`] finds bidi levels and [`reorder_visually`] puts the runs of a line in visual order.
//! 4. [`FontStack::shape`] turns a range of the paragraph into a [`ShapedText`]: glyphs with advances, split where the
//!    font changes, cheap to measure and to slice.
//! 5. [`LineBreaks`] says where lines may break; [`grapheme_boundaries`] and [`word_boundaries`] serve carets and selection.
//! 6. [`Font::outline`] and [`Font::image`] give painting what a glyph looks like.
//!
//! Shaping is deterministic for the same fonts; nothing here reads the clock, and no font file is opened before a page
//! needs it.

mod bidi;
mod case;
mod description;
mod font;
mod fonts;
pub mod limits;
mod segment;
mod shape;

pub use bidi::{BaseDirection, Direction, Level, LevelRun, LevelRuns, Paragraph, reorder_visually};
pub use case::{CaseMapping, map_case};
pub use description::{
    AdjustedMetric, AlternateKind, FontAlternate, FontCaps, FontDescription, FontFamily, FontFeature,
    FontKerning, FontSizeAdjust, FontStyle, FontSynthesis, FontVariation, GenericFamily, Tag,
    UnknownGenericFamily,
};
pub use font::{
    ColorLayer, DecodeError, Font, FontId, FontMetrics, GlyphId, GlyphImage, PathSink, decode_font,
};
pub use fonts::{
    FontContext, FontFaceDescriptors, FontFaceKey, FontFaceSet, FontFeatureValues, FontSource, FontStack,
    Fonts, LoadError, MetricOverrides, UnicodeRange,
};
pub use segment::{
    BreakClass, Hyphenation, HyphenationLimits, LineBreakOptions, LineBreakStrictness, LineBreaks, WordBreak,
    grapheme_boundaries, hangs_at_line_end, next_grapheme_boundary, previous_grapheme_boundary,
    word_boundaries,
};
pub use shape::{Glyph, InkBounds, LineEnds, Orientation, ShapeOptions, ShapedRun, ShapedText};
