//! Shaping: characters to glyphs.
//!
//! [`FontStack::shape`] splits a range of text where script or font change ([`itemize`]), shapes each piece with
//! harfrust ([`shaper`]), word by word where that gives the same as the whole ([`words`]), remembers the words
//! ([`cache`]), and joins the glyphs to a [`ShapedText`] ([`shaped`]).

mod cache;
pub(crate) mod emoji;
mod itemize;
mod shaped;
mod shaper;
mod words;

use std::ops::Range;

use crate::bidi::Direction;
use crate::description::{FontDescription, FontKerning};
use crate::fonts::FontStack;

pub(crate) use cache::ShapeCache;
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

    /// The part of a shaped text that stands on one line. Only what lies between an unsafe end and the next safe
    /// place is shaped again; the rest is shared with `shaped`.
    ///
    /// `text` and `options` must be those that `shaped` was made with.
    pub fn shape_line(
        &self,
        shaped: &ShapedText,
        text: &str,
        line: Range<usize>,
        options: &ShapeOptions,
    ) -> ShapedText {
        let line = line.start.max(shaped.range().start)..line.end.min(shaped.range().end);
        if line.is_empty() {
            return shaped.slice(line.start..line.start);
        }
        let safe_start = shaped.next_safe_to_break(line.start).min(line.end);
        let safe_end = shaped.previous_safe_to_break(line.end).max(safe_start);
        if safe_start == line.start && safe_end == line.end {
            return shaped.slice(line);
        }
        let Range { start: line_start, end: line_end } = line.clone();
        // What is on the other line does not join: the part is shaped as if the text ended with the line.
        let alone = |part: Range<usize>| {
            let mut builder = shaped::Builder::new(text, part.clone(), options);
            let context = &text[..line_end];
            for item in itemize::items(self, context, part, options.orientation) {
                words::shape_item_from(self, context, line_start, &item, options, &mut builder);
            }
            builder.finish()
        };
        if safe_start >= safe_end {
            return alone(line);
        }
        let mut parts = Vec::new();
        if line.start < safe_start {
            parts.push(alone(line.start..safe_start));
        }
        parts.push(shaped.slice(safe_start..safe_end));
        if safe_end < line.end {
            parts.push(alone(safe_end..line.end));
        }
        ShapedText::join(parts)
    }
}

/// The features that a description switches, as the shaper takes them.
pub(crate) fn features(description: &FontDescription) -> Vec<harfrust::Feature> {
    let kerning = (description.kerning == FontKerning::None)
        .then_some([*b"kern", *b"vkrn"])
        .into_iter()
        .flatten()
        .map(|tag| harfrust::Feature::new(harfrust::Tag::new(&tag), 0, ..));
    let explicit =
        description.features.iter().map(|feature| harfrust::Feature::new(feature.tag, feature.value, ..));
    kerning.chain(explicit).collect()
}
