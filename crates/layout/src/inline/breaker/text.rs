//! Text on a line: as much of it as fits.

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_text::{BreakClass, LineEnds, ShapedText, hangs_at_line_end};

use super::{Breaker, Outcome, Place, width};
use crate::inline::prepare::PreparedItem;
use crate::style;

impl Breaker<'_> {
    /// Takes text from byte `start` of an item on.
    pub(super) fn text(&mut self, index: usize, item: &PreparedItem, start: u32) -> Outcome {
        let Some(shaped) = &item.shaped else { return Outcome::Continues };
        let rest = start..item.range.end;
        if rest.is_empty() {
            return Outcome::Continues;
        }
        if let Some(at) = self.ends_at
            && rest.start < at
            && at <= rest.end
        {
            let class = self.breaks_of(item).at(at as usize).unwrap_or(BreakClass::Allowed);
            self.end_within(index, item, start, (at, class));
            return Outcome::Full;
        }
        let had_content = self.has_content;
        if self.fits(item, shaped, &rest) {
            self.take_text(index, item, rest, false);
            return Outcome::Continues;
        }
        if item.wraps
            && let Some((at, class)) = self.last_fitting(item, start)
        {
            self.end_within(index, item, start, (at, class));
            return Outcome::Full;
        }
        if had_content || !item.wraps {
            // Text that does not wrap can still go to the next line as a whole.
            let before = self.line.items.len();
            self.take_text(index, item, rest.clone(), false);
            if had_content && self.rewind(start) {
                return Outcome::Full;
            }
            let outcome = self.too_long();
            if outcome != Outcome::Continues || !item.wraps {
                return outcome;
            }
            self.drop_after(before);
        } else if !self.breaks_words && self.lines.may_break_words_of(item) {
            return Outcome::WordTooLong;
        }
        // Nothing fits: the line is longer than its room, up to the next opportunity.
        match self.breaks_of(item).next_after(start as usize) {
            Some((at, class)) if (at as u32) < rest.end => {
                self.end_within(index, item, start, (at as u32, class));
                Outcome::Full
            }
            _ => {
                self.take_text(index, item, rest, false);
                Outcome::Continues
            }
        }
    }

    /// Whether a part of a text fits behind what is on the line, if the line ends after it. What hangs always does.
    fn fits(&self, item: &PreparedItem, shaped: &ShapedText, range: &Range<u32>) -> bool {
        let visible = self.without_blanks_at_end(item, range);
        visible.is_empty() || self.used + width(shaped, &visible) <= self.room
    }

    pub(super) fn take_text(
        &mut self,
        index: usize,
        item: &PreparedItem,
        range: Range<u32>,
        ends_line: bool,
    ) {
        let Some(shaped) = &item.shaped else { return };
        if range.is_empty() {
            return;
        }
        let part = self.shaped_part(item, shaped, &range, ends_line);
        let advance = LayoutUnit::from_f32_ceil(part.width());
        self.push(index, range, advance, Some(part));
        self.has_content = true;
    }

    /// The glyphs of a part of an item.
    pub(super) fn shaped_part(
        &self,
        item: &PreparedItem,
        shaped: &ShapedText,
        range: &Range<u32>,
        ends_line: bool,
    ) -> ShapedText {
        let bytes = range.start as usize..range.end as usize;
        let ends = LineEnds { starts_line: range.start <= self.start, ends_line };
        let text = &self.lines.contents.text;
        self.lines.style_of(item).stack.shape_line(shaped, text, bytes, ends, &item.options)
    }

    /// Ends the line within a text item, or at its end.
    pub(super) fn end_within(
        &mut self,
        index: usize,
        item: &PreparedItem,
        start: u32,
        (at, class): (u32, BreakClass),
    ) {
        self.take_text(index, item, start..at, true);
        self.line.is_hyphenated = class == BreakClass::Hyphenated;
        let item = if at >= item.range.end { index + 1 } else { index };
        self.end(Place::new(item, at));
    }

    /// The last opportunity after `start` up to which the text fits on the line, blanks before it left out.
    fn last_fitting(&self, item: &PreparedItem, start: u32) -> Option<(u32, BreakClass)> {
        let shaped = item.shaped.as_ref()?;
        let breaks = self.breaks_of(item);
        let text = &self.lines.contents.text;
        let passes = fitting_prefix(shaped, start, item.range.end, self.room - self.used);
        let passes = text.floor_char_boundary(passes as usize) as u32;
        // Blanks that reach past the end of the room can hang there.
        let after = &text[passes as usize..item.range.end as usize];
        let hanging = if self.hangs(item) {
            after.len() - after.trim_start_matches(hangs_at_line_end).len()
        } else {
            0
        };
        let mut limit = passes + hanging as u32 + 1;
        loop {
            let (found, class) = breaks.last_before(limit as usize)?;
            let found = found as u32;
            if found <= start {
                return None;
            }
            let fits = match class {
                BreakClass::Hyphenated => {
                    breaks.may_divide_at(found as usize, self.start as usize)
                        && self.fits_with_hyphen(item, self.used, start..found)
                }
                BreakClass::Allowed | BreakClass::Mandatory => self.fits(item, shaped, &(start..found)),
            };
            if fits && found <= item.range.end {
                return Some((found, class));
            }
            limit = found;
        }
    }

    /// Whether a part of a text and a hyphen fit behind what is `used` long.
    pub(super) fn fits_with_hyphen(&self, item: &PreparedItem, used: LayoutUnit, range: Range<u32>) -> bool {
        let Some(shaped) = &item.shaped else { return false };
        let hyphen = LayoutUnit::from_f32_ceil(self.lines.hyphen(item).1.width());
        used + width(shaped, &range) + hyphen <= self.room
    }

    /// Whether blanks of an item take no room where the line ends after them.
    pub(super) fn hangs(&self, item: &PreparedItem) -> bool {
        !style::white_space(&self.lines.style_of(item).computed).blanks_take_room
    }

    /// The part of a range of text that takes room when a line ends after it.
    pub(super) fn without_blanks_at_end(&self, item: &PreparedItem, range: &Range<u32>) -> Range<u32> {
        if !self.hangs(item) {
            return range.clone();
        }
        let text = &self.lines.contents.text[range.start as usize..range.end as usize];
        range.start..range.start + text.trim_end_matches(hangs_at_line_end).len() as u32
    }
}

/// The greatest byte offset, up to `end`, such that the text from `start` fits in `room`.
fn fitting_prefix(shaped: &ShapedText, start: u32, end: u32, room: LayoutUnit) -> u32 {
    let origin = shaped.position_of(start as usize);
    // The nearest edge may lie past the room; then it is the one before.
    let nearest = (shaped.offset_at(origin + room.to_f32()) as u32).clamp(start, end);
    let (mut low, mut high) = (start, nearest + 1);
    if width(shaped, &(start..nearest)) <= room {
        return nearest;
    }
    // Within a cluster the width is divided evenly by bytes, so that the place found need not be the edge of a character.
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if width(shaped, &(start..middle)) <= room { low = middle } else { high = middle }
    }
    low
}
