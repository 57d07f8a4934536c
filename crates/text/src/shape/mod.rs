//! Shaping: characters to glyphs.
//!
//! [`FontStack::shape`] splits a range of text where script or font change ([`itemize`]), finds the full-width
//! punctuation that is set narrow ([`fullwidth`]), shapes each piece with harfrust ([`shaper`]), word by word where that
//! gives the same as the whole ([`words`]), remembers the words ([`cache`]), and joins the glyphs to a [`ShapedText`]
//! ([`shaped`]).

mod autospace;
mod cache;
pub(crate) mod capitals;
pub(crate) mod emoji;
mod fullwidth;
mod ink;
mod itemize;
mod shaped;
mod shaper;
mod words;

use std::ops::Range;

use smallvec::SmallVec;

use crate::bidi::Direction;
use crate::fonts::FontStack;

pub(crate) use cache::ShapeCache;
pub use ink::InkBounds;
pub use shaped::{Glyph, ShapedRun, ShapedText};
pub(crate) use shaper::shapes_without_gaps;

/// How glyphs stand on the line.
/// <https://drafts.csswg.org/css-writing-modes-4/#text-orientation>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// A horizontal line; also a vertical one whose glyphs are turned by a quarter (`sideways`): advances are the same.
    #[default]
    Horizontal,
    /// A vertical line whose glyphs all stand upright, with vertical advances and forms: `upright`.
    Upright,
    /// A vertical line whose glyphs stand upright where their script does, and are turned otherwise: `mixed`.
    Mixed,
}

/// What shaping depends on besides the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ShapeOptions {
    /// The direction of the text, from its bidi level.
    pub direction: Direction,
    /// How glyphs stand.
    pub orientation: Orientation,
    /// `letter-spacing` in CSS px, added after every cluster. Ligatures are off where it is not zero.
    pub letter_spacing: f32,
    /// `word-spacing` in CSS px, added to every word separator.
    pub word_spacing: f32,
    /// Whether there is room between ideographs and other letters and digits: `text-autospace: normal`.
    pub autospace: bool,
    /// Whether full-width punctuation keeps its width beside other punctuation: `text-spacing-trim: space-all`.
    pub keeps_full_width: bool,
}

/// Which ends of a part of a text are ends of its line, where nothing joins it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineEnds {
    /// Whether the line begins with the part.
    pub starts_line: bool,
    /// Whether the line ends with the part.
    pub ends_line: bool,
}

impl LineEnds {
    /// A part that is all of its line.
    pub const BOTH: LineEnds = LineEnds { starts_line: true, ends_line: true };
}

impl FontStack {
    /// Shapes `range` of `text` (its ends on character boundaries), which is text of one direction. The text around
    /// it decides how letters join at its ends.
    pub fn shape(&self, text: &str, range: Range<usize>, options: &ShapeOptions) -> ShapedText {
        let mut builder = shaped::Builder::new(text, range.clone(), options);
        for item in itemize::items(self, text, range, options.orientation) {
            words::shape_item(self, text, &item, options, &mut builder);
        }
        builder.finish()
    }

    /// A part of a shaped text on a line. Only what lies between an end of the line where a break is not safe and the
    /// next safe place is shaped again; the rest is shared with `shaped`.
    ///
    /// `text` and `options` must be those that `shaped` was made with.
    pub fn shape_line(
        &self,
        shaped: &ShapedText,
        text: &str,
        part: Range<usize>,
        ends: LineEnds,
        options: &ShapeOptions,
    ) -> ShapedText {
        let part = part.start.max(shaped.range().start)..part.end.min(shaped.range().end);
        if part.is_empty() {
            return shaped.slice(part.start..part.start);
        }
        let safe_start = match ends.starts_line {
            true => shaped.next_safe_to_break(part.start).min(part.end),
            false => part.start,
        };
        let safe_end = match ends.ends_line {
            true => shaped.previous_safe_to_break(part.end).max(safe_start),
            false => part.end,
        };
        if safe_start == part.start && safe_end == part.end {
            return shaped.slice(part);
        }
        // What is on the other line does not join: the part is shaped as if the text ended with the line.
        let line_start = if ends.starts_line { part.start } else { 0 };
        let context = if ends.ends_line { &text[..part.end] } else { text };
        let alone = |part: Range<usize>| {
            let mut builder = shaped::Builder::new(context, part.clone(), options);
            for item in itemize::items(self, context, part, options.orientation) {
                words::shape_item_from(self, context, line_start, &item, options, &mut builder);
            }
            builder.finish()
        };
        if safe_start >= safe_end {
            return alone(part);
        }
        let mut parts: SmallVec<[ShapedText; 3]> = SmallVec::new();
        if part.start < safe_start {
            parts.push(alone(part.start..safe_start));
        }
        parts.push(shaped.slice(safe_start..safe_end));
        if safe_end < part.end {
            parts.push(alone(safe_end..part.end));
        }
        ShapedText::join(&parts)
    }
}
