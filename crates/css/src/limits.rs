//! How much of hostile input this crate takes before it stops and says so.

/// How deep rules may nest inside each other; deeper ones are dropped. Keeps parsing within a 2 MiB stack.
pub const RULE_NESTING: usize = 64;

/// How long, in bytes, the value of one custom property or of one declaration may grow by substituting `var()`.
/// <https://drafts.csswg.org/css-variables/#long-variables>
pub const SUBSTITUTED_VALUE_BYTES: usize = 1 << 20;

/// How deep `var()` fallbacks and references may nest while one value is substituted.
pub const SUBSTITUTION_DEPTH: usize = 256;

/// How many `attr()` one value may have replaced, those in the text of attributes among them.
pub const ATTRIBUTE_REFERENCES: usize = 1000;

/// How many custom properties one element may have.
pub const CUSTOM_PROPERTIES: usize = 1 << 16;

/// How long, in bytes, the source text in a diagnostic may be before it is cut.
pub const DIAGNOSTIC_EXCERPT_BYTES: usize = 120;

/// How many tracks `repeat()` may make of a track list.
/// <https://drafts.csswg.org/css-grid-2/#overlarge-grids>
pub const GRID_TRACKS: u32 = 10_000;

/// How many graphemes a counter may have before its style is said not to represent it, so that its fallback does.
/// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-system>
pub const COUNTER_GRAPHEMES: usize = 120;

/// How many counter styles may extend, or fall back to, one another before it is `decimal` that counts.
pub const COUNTER_STYLE_FALLBACKS: usize = 64;
