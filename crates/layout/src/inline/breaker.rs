//! Takes items of an inline formatting context until a line is full.
//! <https://drafts.csswg.org/css-text-4/#line-breaking>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_text::{LineEnds, ShapedText, next_grapheme_boundary};

use super::PreparedLines;
use super::prepare::PreparedItem;
use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::LogicalSides;
use crate::style;

/// A soft hyphen: a line can end after it, with a hyphen. <https://drafts.csswg.org/css-text-4/#hyphenation>
const SOFT_HYPHEN: char = '\u{ad}';

/// A place in the items of an inline formatting context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The item.
    pub item: usize,
    /// The byte of the text.
    pub offset: u32,
}

/// An item, or a part of one, on a line.
#[derive(Clone, Debug)]
pub(crate) struct LineItem {
    /// Which item.
    pub item: usize,
    /// The bytes of the text on this line.
    pub range: Range<u32>,
    /// How far it moves on along the line.
    pub advance: LayoutUnit,
    /// The glyphs, where the item is text.
    pub shaped: Option<ShapedText>,
    /// The bidi level on this line.
    pub level: u8,
    /// The floats before it.
    mark: Mark,
}

/// How many floats were placed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    pub exclusions: usize,
    pub children: usize,
    /// The room on the line.
    pub room: LayoutUnit,
}

/// A full line.
#[derive(Debug, Default)]
pub(crate) struct BrokenLine {
    pub items: Vec<LineItem>,
    /// With indentation, without blanks that hang or collapse at the end.
    pub inline_size: LayoutUnit,
    /// The length of the blanks that hang at the end.
    pub hanging: LayoutUnit,
    /// Whether a forced break or the end of the formatting context ends it, so that it is aligned as a last line.
    pub is_last: bool,
    /// Whether it ends after a soft hyphen.
    pub is_hyphenated: bool,
    /// Where the next line begins.
    pub next: Place,
    /// Floats that did not fit beside the line.
    pub deferred_floats: Vec<BoxId>,
}

/// What the breaker asks while it takes items.
pub(crate) trait Surroundings {
    /// The margin-box inline size of an atomic box.
    fn atomic_size(&mut self, box_id: BoxId) -> LayoutUnit;
    /// The margins, borders and padding of an inline box, together.
    fn inline_edges(&mut self, box_id: BoxId) -> LogicalSides;
    /// A float was met when the line is `used` long. Returns the room on the line from now on, or `None` when the float
    /// does not fit and waits for the end of the line.
    fn float(&mut self, box_id: BoxId, used: LayoutUnit, others_wait: bool) -> Option<LayoutUnit>;
    /// The floats there are.
    fn mark(&self) -> Mark;
    /// Takes floats back that were placed since.
    fn take_back(&mut self, mark: Mark);
}

/// Fills one line from `start`, at most `room` long where it can be broken.
pub(crate) fn break_line(
    lines: &PreparedLines,
    start: Place,
    room: LayoutUnit,
    indent: LayoutUnit,
    surroundings: &mut dyn Surroundings,
) -> BrokenLine {
    let line = BrokenLine { next: start, ..BrokenLine::default() };
    let mut breaker = Breaker {
        lines,
        surroundings,
        start: start.offset,
        room: with_tolerance(room),
        used: indent,
        line,
        has_content: false,
    };
    breaker.run(start);
    breaker.trim_end();
    breaker.line
}

struct Breaker<'a> {
    lines: &'a PreparedLines,
    surroundings: &'a mut dyn Surroundings,
    /// The byte of the text that the line begins with.
    start: u32,
    room: LayoutUnit,
    used: LayoutUnit,
    line: BrokenLine,
    /// Whether there is something on the line, so that what does not fit can go to the next.
    has_content: bool,
}

impl Breaker<'_> {
    fn run(&mut self, start: Place) {
        let lines = self.lines;
        let mut offset = start.offset;
        for (index, item) in lines.items.iter().enumerate().skip(start.item) {
            match item.kind {
                InlineItemKind::Text => {
                    if self.text(index, item, offset.max(item.range.start)) {
                        return;
                    }
                }
                InlineItemKind::Tab => {
                    let advance = self.tab_advance(item);
                    self.push(index, item.range.clone(), advance, None);
                    let overflows = item.wraps && self.used > self.room && self.has_content;
                    self.has_content = true;
                    if overflows && self.rewind(item.range.start) {
                        return;
                    }
                }
                InlineItemKind::ForcedBreak => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    self.end(Place { item: index + 1, offset: item.range.end });
                    self.line.is_last = true;
                    return;
                }
                InlineItemKind::WordBreakOpportunity | InlineItemKind::OutOfFlow => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                }
                InlineItemKind::OpenBox => {
                    let edges = self.surroundings.inline_edges(item.box_id);
                    self.push(index, item.range.clone(), edges.inline_start, None);
                }
                InlineItemKind::CloseBox => {
                    let edges = self.surroundings.inline_edges(item.box_id);
                    self.push(index, item.range.clone(), edges.inline_end, None);
                    if edges.inline_end > LayoutUnit::ZERO
                        && self.used > self.room
                        && self.has_content
                        && self.rewind(item.range.start.saturating_sub(1))
                    {
                        return;
                    }
                }
                InlineItemKind::Atomic => {
                    let advance = self.surroundings.atomic_size(item.box_id);
                    self.push(index, item.range.clone(), advance, None);
                    let overflows = self.used > self.room && self.has_content;
                    self.has_content = true;
                    if overflows && self.rewind(item.range.start) {
                        return;
                    }
                }
                InlineItemKind::Float => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    let others_wait = !self.line.deferred_floats.is_empty();
                    let used = self.used - self.blanks_at_end();
                    match self.surroundings.float(item.box_id, used, others_wait) {
                        Some(room) => self.room = with_tolerance(room),
                        None => self.line.deferred_floats.push(item.box_id),
                    }
                }
                InlineItemKind::Block => {
                    // It stands between lines; the caller sees to it.
                    self.line.next = Place { item: index, offset: item.range.start };
                    self.line.is_last = true;
                    return;
                }
            }
            offset = item.range.end;
        }
        self.line.is_last = true;
        self.line.next = Place { item: lines.items.len(), offset: lines.contents.text.len() as u32 };
    }

    fn push(&mut self, item: usize, range: Range<u32>, advance: LayoutUnit, shaped: Option<ShapedText>) {
        let mark = Mark { room: self.room, ..self.surroundings.mark() };
        self.used += advance;
        let level = self.lines.items[item].level;
        self.line.items.push(LineItem { item, range, advance, shaped, level, mark });
    }

    /// Ends the line; tags that close there belong to it.
    fn end(&mut self, next: Place) {
        self.line.next = next;
        let mut index = next.item;
        while let Some(item) = self.lines.items.get(index)
            && item.kind == InlineItemKind::CloseBox
        {
            let edges = self.surroundings.inline_edges(item.box_id);
            self.push(index, item.range.clone(), edges.inline_end, None);
            index += 1;
            self.line.next = Place { item: index, offset: item.range.end };
        }
        let before = &self.lines.contents.text[..next.offset as usize];
        self.line.is_hyphenated = before.ends_with(SOFT_HYPHEN);
    }

    /// Takes text from byte `start` of an item on; returns whether the line is full.
    fn text(&mut self, index: usize, item: &PreparedItem, start: u32) -> bool {
        let Some(shaped) = &item.shaped else { return false };
        let rest = start..item.range.end;
        if rest.is_empty() {
            return false;
        }
        let fits = self.used + width(shaped, &self.without_blanks_at_end(item, &rest)) <= self.room;
        let had_content = self.has_content;
        if fits || !item.wraps {
            self.take_text(index, item, rest, false);
            // Text that does not wrap can still go to the next line as a whole.
            return !fits && had_content && self.rewind(start);
        }
        let room = self.room - self.used;
        if let Some(at) = self.last_fitting(item, start, room) {
            self.end_within(index, item, start, at);
            return true;
        }
        if had_content {
            let before = self.line.items.len();
            self.take_text(index, item, rest.clone(), false);
            if self.rewind(start) {
                return true;
            }
            self.drop_after(before);
        }
        if style::breaks_words(&self.lines.style_of(item).computed) {
            let text = &self.lines.contents.text;
            let mut at = next_grapheme_boundary(text, start as usize) as u32;
            loop {
                let next = next_grapheme_boundary(text, at as usize) as u32;
                if next > rest.end || next <= at || width(shaped, &(start..next)) > room {
                    break;
                }
                at = next;
            }
            if at < rest.end {
                self.end_within(index, item, start, at);
                return true;
            }
        }
        // Nothing fits: the line is longer than its room, up to the next opportunity.
        let next = self.lines.breaks[item.breaks as usize].next_after(start as usize);
        match next {
            Some((at, _)) if (at as u32) < rest.end => {
                self.end_within(index, item, start, at as u32);
                true
            }
            _ => {
                self.take_text(index, item, rest, false);
                false
            }
        }
    }

    fn take_text(&mut self, index: usize, item: &PreparedItem, range: Range<u32>, ends_line: bool) {
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
    fn shaped_part(
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
    fn end_within(&mut self, index: usize, item: &PreparedItem, start: u32, at: u32) {
        self.take_text(index, item, start..at, true);
        let item = if at >= item.range.end { index + 1 } else { index };
        self.end(Place { item, offset: at });
    }

    /// The last opportunity after `start` up to which the text fits in `room`, blanks before it left out.
    fn last_fitting(&self, item: &PreparedItem, start: u32, room: LayoutUnit) -> Option<u32> {
        let shaped = item.shaped.as_ref()?;
        let breaks = &self.lines.breaks[item.breaks as usize];
        let text = &self.lines.contents.text;
        let passes = fitting_prefix(shaped, start, item.range.end, room);
        // Blanks that reach past the end of the room can hang there.
        let after = &text.as_bytes()[passes as usize..item.range.end as usize];
        let hanging = after.iter().take_while(|&&byte| byte == b' ');
        let mut limit = passes + hanging.count() as u32 + 1;
        loop {
            let (found, _) = breaks.last_before(limit as usize)?;
            let found = found as u32;
            if found <= start {
                return None;
            }
            let mut needed = width(shaped, &self.without_blanks_at_end(item, &(start..found)));
            if text[..found as usize].ends_with(SOFT_HYPHEN) {
                needed += self.hyphen_width(item);
            }
            if needed <= room && found <= item.range.end {
                return Some(found);
            }
            limit = found;
        }
    }

    fn hyphen_width(&self, item: &PreparedItem) -> LayoutUnit {
        let stack = &self.lines.style_of(item).stack;
        LayoutUnit::from_f32_ceil(stack.shape("\u{2010}", 0..3, &item.options).width())
    }

    /// The part of a range of text that takes room when a line ends after it.
    fn without_blanks_at_end(&self, item: &PreparedItem, range: &Range<u32>) -> Range<u32> {
        if style::white_space(&self.lines.style_of(item).computed).blanks_take_room {
            return range.clone();
        }
        let text = &self.lines.contents.text[range.start as usize..range.end as usize];
        range.start..range.start + text.trim_end_matches(' ').len() as u32
    }

    /// How far a tab goes. <https://drafts.csswg.org/css-text-4/#tab-size-property>
    /// How much of the line so far are blanks that would take no room if it ended here.
    fn blanks_at_end(&self) -> LayoutUnit {
        let takes_room = |taken: &&LineItem| taken.advance != LayoutUnit::ZERO;
        let Some(last) = self.line.items.iter().rev().find(takes_room) else { return LayoutUnit::ZERO };
        let item = &self.lines.items[last.item];
        match &last.shaped {
            Some(shaped) if item.kind == InlineItemKind::Text => {
                last.advance - width(shaped, &self.without_blanks_at_end(item, &last.range))
            }
            _ => LayoutUnit::ZERO,
        }
    }

    fn tab_advance(&self, item: &PreparedItem) -> LayoutUnit {
        let text = self.lines.style_of(item);
        let metrics = text.stack.metrics();
        let tab = style::tab_size(&text.computed, metrics.space_advance);
        if tab <= 0.0 {
            return LayoutUnit::ZERO;
        }
        let at = self.used.to_f32();
        let mut stop = ((at / tab).floor() + 1.0) * tab;
        if stop - at < metrics.zero_advance / 2.0 {
            stop += tab;
        }
        LayoutUnit::from_f32(stop) - self.used
    }

    /// Ends the line at the last opportunity on it, not after byte `limit`. Returns whether there was one.
    fn rewind(&mut self, limit: u32) -> bool {
        let lines = self.lines;
        for position in (0..self.line.items.len()).rev() {
            let taken = &self.line.items[position];
            let item = &lines.items[taken.item];
            let (start, end) = (taken.range.start, taken.range.end);
            match item.kind {
                InlineItemKind::Text => {
                    let breaks = &lines.breaks[item.breaks as usize];
                    let mut before = end.min(limit) + 1;
                    while let Some((at, _)) = breaks.last_before(before as usize)
                        && at as u32 > start
                    {
                        let at = at as u32;
                        if if at < end { item.wraps } else { self.boundary_wraps(position) } {
                            self.cut(position, at);
                            return true;
                        }
                        before = at;
                    }
                }
                InlineItemKind::Atomic | InlineItemKind::Tab | InlineItemKind::WordBreakOpportunity
                    if end <= limit && lines.can_break_at(item, end) && self.boundary_wraps(position) =>
                {
                    self.cut(position, end);
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a line may break after an item of the line, as far as `white-space` goes: the nearest box around both sides
    /// decides. <https://drafts.csswg.org/css-text-4/#line-break-details>
    fn boundary_wraps(&self, position: usize) -> bool {
        let taken = &self.line.items[position];
        let before = &self.lines.items[taken.item];
        let is_transparent = |item: &&PreparedItem| {
            matches!(
                item.kind,
                InlineItemKind::OpenBox
                    | InlineItemKind::CloseBox
                    | InlineItemKind::Float
                    | InlineItemKind::OutOfFlow
            )
        };
        before.wraps
            || self.lines.items[taken.item + 1..]
                .iter()
                .find(|item| !is_transparent(item))
                .is_some_and(|after| after.wraps && after.box_id != before.box_id)
    }

    /// Ends the line after byte `at`, which is in the item at `position` of the line or ends it.
    fn cut(&mut self, position: usize, at: u32) {
        let taken = self.line.items[position].clone();
        self.drop_after(position);
        let item = &self.lines.items[taken.item];
        if item.kind == InlineItemKind::Text {
            self.end_within(taken.item, item, taken.range.start, at);
        } else {
            let next = Place { item: taken.item + 1, offset: at };
            self.used += taken.advance;
            self.line.items.push(taken);
            self.end(next);
        }
    }

    /// Takes everything off the line from `position` on.
    fn drop_after(&mut self, position: usize) {
        let Some(first) = self.line.items.get(position) else { return };
        self.room = first.mark.room;
        self.surroundings.take_back(first.mark);
        for dropped in self.line.items.drain(position..) {
            self.used -= dropped.advance;
            let item = &self.lines.items[dropped.item];
            if item.kind == InlineItemKind::Float {
                self.line.deferred_floats.retain(|&float| float != item.box_id);
            }
        }
    }

    /// Takes blanks off the end: they collapse, or hang.
    /// <https://drafts.csswg.org/css-text-4/#white-space-phase-2>
    fn trim_end(&mut self) {
        let mut preserved = false;
        for position in (0..self.line.items.len()).rev() {
            let taken = &self.line.items[position];
            let item = &self.lines.items[taken.item];
            let shaped = match (item.kind, &taken.shaped) {
                (InlineItemKind::Text, Some(shaped)) => shaped,
                (
                    InlineItemKind::CloseBox
                    | InlineItemKind::OpenBox
                    | InlineItemKind::OutOfFlow
                    | InlineItemKind::Float
                    | InlineItemKind::ForcedBreak,
                    _,
                ) => continue,
                _ => break,
            };
            let visible = self.without_blanks_at_end(item, &taken.range);
            if visible == taken.range {
                break;
            }
            if style::white_space(&self.lines.style_of(item).computed).preserves_spaces {
                self.line.hanging += taken.advance - width(shaped, &visible);
                self.level_blanks(position, visible.end);
                preserved = true;
            } else if preserved {
                // Spaces that could collapse are not at the end of the line: those after them are preserved.
                break;
            } else {
                let part = self.shaped_part(item, shaped, &visible, true);
                let advance = LayoutUnit::from_f32_ceil(part.width());
                self.used -= taken.advance - advance;
                let taken = &mut self.line.items[position];
                taken.advance = advance;
                taken.range = visible.clone();
                taken.shaped = Some(part);
            }
            if !visible.is_empty() {
                break;
            }
        }
        self.line.inline_size = self.used - self.line.hanging;
    }

    /// Blanks at the end of a line go where the paragraph ends, whatever the direction of the text before them. They are
    /// those of the item at `position` of the line from byte `at` on.
    /// <https://www.unicode.org/reports/tr9/#L1>
    fn level_blanks(&mut self, position: usize, at: u32) {
        let level = self.lines.paragraph.base_level_at(at as usize).number();
        let taken = &mut self.line.items[position];
        if taken.level == level {
            return;
        }
        if taken.range.start == at {
            taken.level = level;
            return;
        }
        let Some(shaped) = &taken.shaped else { return };
        let part = |range: &Range<u32>| shaped.slice(range.start as usize..range.end as usize);
        let (visible, blanks) = (taken.range.start..at, at..taken.range.end);
        let before = width(shaped, &visible);
        let after = LineItem {
            item: taken.item,
            advance: taken.advance - before,
            shaped: Some(part(&blanks)),
            range: blanks,
            level,
            mark: taken.mark,
        };
        taken.shaped = Some(part(&visible));
        taken.range = visible;
        taken.advance = before;
        self.line.items.insert(position + 1, after);
    }
}

/// The room that a line may fill: the widths of its parts are rounded up, so that it may be as much too long.
fn with_tolerance(room: LayoutUnit) -> LayoutUnit {
    room + LayoutUnit::EPSILON
}

fn width(shaped: &ShapedText, range: &Range<u32>) -> LayoutUnit {
    LayoutUnit::from_f32_ceil(shaped.width_of(range.start as usize..range.end as usize))
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
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if width(shaped, &(start..middle)) <= room { low = middle } else { high = middle }
    }
    low
}
