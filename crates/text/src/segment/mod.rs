//! Where text can be cut: lines, grapheme clusters, words.

mod ascii;
mod clusters;
mod hyphenation;
mod line;
mod tailoring;

pub(crate) use clusters::grapheme_ends;
pub use clusters::{
    grapheme_boundaries, next_grapheme_boundary, previous_grapheme_boundary, word_boundaries,
};
pub use hyphenation::{Hyphenation, HyphenationLimits};
pub use line::{BreakClass, LineBreakOptions, LineBreakStrictness, LineBreaks, WordBreak, hangs_at_line_end};
