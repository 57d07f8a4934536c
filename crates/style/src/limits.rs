//! How much of hostile input this crate takes before it stops and says so.

/// How deep below its anchor `:has()` looks. Matching there recurses, and the page decides how deep its tree is.
pub const HAS_DEPTH: u16 = 512;

/// How many ancestors are asked for a language or a direction before the document's own is taken.
pub const INHERITED_STATE_ANCESTORS: usize = 4_096;

/// How many siblings are looked at for whether an element is the first of its block, and how much below each; what comes
/// after more than that counts as the first.
pub const FIRST_LINE_SIBLINGS: usize = 64;

/// How many parsed `style` attributes and sets of presentational hints are kept; past it all are forgotten, so that a
/// script that writes ever new ones does not fill the memory.
pub const PARSED_ATTRIBUTES: usize = 16_384;
