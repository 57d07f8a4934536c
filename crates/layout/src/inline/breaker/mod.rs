//! Takes items of an inline formatting context until a line is full.
//! <https://drafts.csswg.org/css-text-4/#line-breaking>
//!
//! - [`text`]: how much of a text fits.
//! - [`rewind`]: back to the last opportunity where something did not fit.
//! - [`line_end`]: the blanks at the end of a line.

mod line_end;
mod rewind;
mod text;

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_text::{LineBreaks, ShapedText};

use super::PreparedLines;
use super::prepare::PreparedItem;
use super::ruby::{BrokenColumn, ColumnPlace};
use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::LogicalSides;

/// A place in the items of an inline formatting context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The item.
    pub item: usize,
    /// The byte of the text.
    pub offset: u32,
    /// The ruby column that it is in, where a line ends in one.
    pub column: Option<ColumnPlace>,
}

impl Place {
    /// A place in no ruby column.
    pub const fn new(item: usize, offset: u32) -> Place {
        Place { item, offset, column: None }
    }
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
#[derive(Clone, Debug, Default)]
pub(crate) struct BrokenLine {
    pub items: Vec<LineItem>,
    /// With indentation, without blanks that hang or collapse at the end.
    pub inline_size: LayoutUnit,
    /// The length of the blanks that hang at the end.
    pub hanging: LayoutUnit,
    /// The byte of the text from which on blanks hang.
    pub hangs_from: u32,
    /// Whether a forced break or the end of the formatting context ends it, so that it is aligned as a last line.
    pub is_last: bool,
    /// Whether it ends with a hyphen that is not in the text.
    pub is_hyphenated: bool,
    /// Where the next line begins.
    pub next: Place,
    /// Floats that did not fit beside the line.
    pub deferred_floats: Vec<BoxId>,
    /// The ruby columns on it, in the order in which they begin.
    pub columns: Vec<BrokenColumn>,
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
    /// Whether what is asked for is how short lines can be.
    fn is_min_content(&self) -> bool {
        false
    }
}

/// How far a line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineExtent {
    /// As far as this much room lets it, where it can be broken.
    Room(LayoutUnit),
    /// Up to this byte of the text, where it may end.
    Until(u32),
}

/// Fills one line from `start`. Its items go into `buffer`, which is empty.
pub(crate) fn break_line(
    lines: &PreparedLines,
    start: Place,
    extent: LineExtent,
    indent: LayoutUnit,
    surroundings: &mut dyn Surroundings,
    buffer: Vec<LineItem>,
) -> BrokenLine {
    let line = BrokenLine { items: buffer, next: start, ..BrokenLine::default() };
    let (room, ends_at) = match extent {
        LineExtent::Room(room) => (with_tolerance(room), None),
        LineExtent::Until(end) => (LayoutUnit::MAX, Some(end)),
    };
    let mut breaker = Breaker {
        lines,
        surroundings,
        start: start.offset,
        end_item: lines.items.len(),
        part: None,
        ends_at,
        room,
        used: indent,
        line,
        has_content: false,
        breaks_words: false,
    };
    breaker.fill(start);
    breaker.line
}

pub(super) struct Breaker<'a> {
    pub(super) lines: &'a PreparedLines,
    pub(super) surroundings: &'a mut dyn Surroundings,
    /// The byte of the text that the line begins with.
    pub(super) start: u32,
    /// The item before which it ends at the latest.
    pub(super) end_item: usize,
    /// What this is where it is no line.
    pub(super) part: Option<Part>,
    /// The byte of the text that the line ends at, where that has been decided.
    pub(super) ends_at: Option<u32>,
    pub(super) room: LayoutUnit,
    pub(super) used: LayoutUnit,
    pub(super) line: BrokenLine,
    /// Whether there is something on the line, so that what does not fit can go to the next.
    pub(super) has_content: bool,
    /// Whether words may be broken that `overflow-wrap` lets be broken, because the line has no other opportunity.
    pub(super) breaks_words: bool,
}

/// A part of a ruby column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What is annotated.
    Base,
    /// What stands beside it.
    Annotation,
}

/// How taking an item, or all of them, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is room left.
    Continues,
    /// The line is full.
    Full,
    /// Something does not fit, no opportunity is before it, and some word on the line may be broken to make one.
    /// <https://drafts.csswg.org/css-text-4/#overflow-wrap-property>
    WordTooLong,
}

impl Breaker<'_> {
    /// Fills the line from `start`.
    pub(super) fn fill(&mut self, start: Place) {
        if self.run(start) == Outcome::WordTooLong {
            self.drop_after(0);
            self.has_content = false;
            self.breaks_words = true;
            self.run(start);
        }
        if self.part == Some(Part::Base) && self.line.next.item >= self.end_item {
            // The line goes on after it.
            self.line.inline_size = self.used;
        } else {
            self.trim_end();
        }
    }

    fn run(&mut self, start: Place) -> Outcome {
        let lines = self.lines;
        let mut offset = start.offset;
        let mut next_item = start.item;
        if let Some(column) = start.column {
            let (outcome, next) = self.resume_column(start, column);
            if outcome != Outcome::Continues {
                return outcome;
            }
            next_item = next;
        }
        for (index, item) in lines.items.iter().enumerate().take(self.end_item).skip(start.item) {
            if index < next_item {
                continue;
            }
            let outcome = match item.kind {
                InlineItemKind::Text => {
                    self.let_annotation_hang_over(item);
                    self.text(index, item, offset.max(item.range.start))
                }
                InlineItemKind::Tab => {
                    let advance = lines.tab_advance(item, self.used);
                    self.push(index, item.range.clone(), advance, None);
                    let hangs = self.hangs(item);
                    let outcome =
                        if hangs { Outcome::Continues } else { self.check_room(item, item.range.start) };
                    self.has_content = true;
                    outcome
                }
                // Nothing forces a line to end in the middle of a base or an annotation.
                InlineItemKind::ForcedBreak if self.part.is_some() => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    Outcome::Continues
                }
                InlineItemKind::ForcedBreak => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    self.end(Place::new(index + 1, item.range.end));
                    self.line.is_last = true;
                    return Outcome::Full;
                }
                InlineItemKind::WordBreakOpportunity | InlineItemKind::OutOfFlow => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    Outcome::Continues
                }
                InlineItemKind::OpenBox => {
                    let edges = self.surroundings.inline_edges(item.box_id);
                    self.push(index, item.range.clone(), edges.inline_start, None);
                    Outcome::Continues
                }
                InlineItemKind::CloseBox => {
                    let edges = self.surroundings.inline_edges(item.box_id);
                    self.push(index, item.range.clone(), edges.inline_end, None);
                    if edges.inline_end > LayoutUnit::ZERO {
                        self.check_room(item, item.range.start.saturating_sub(1))
                    } else {
                        Outcome::Continues
                    }
                }
                InlineItemKind::CombinedText => {
                    let advance = lines.combined_advance(item);
                    self.push(index, item.range.clone(), advance, item.shaped.clone());
                    let outcome = self.check_room(item, item.range.start);
                    self.has_content = true;
                    outcome
                }
                InlineItemKind::Atomic => {
                    let advance = self.surroundings.atomic_size(item.box_id);
                    self.push(index, item.range.clone(), advance, None);
                    let outcome = self.check_room(item, item.range.start);
                    self.has_content = true;
                    outcome
                }
                InlineItemKind::Float => {
                    self.push(index, item.range.clone(), LayoutUnit::ZERO, None);
                    let others_wait = !self.line.deferred_floats.is_empty();
                    let used = self.used - self.blanks_at_end();
                    match self.surroundings.float(item.box_id, used, others_wait) {
                        Some(_) if self.ends_at.is_some() => {}
                        Some(room) => self.room = with_tolerance(room),
                        None => self.line.deferred_floats.push(item.box_id),
                    }
                    Outcome::Continues
                }
                InlineItemKind::OpenRubyColumn(_) => {
                    let (outcome, next) = self.column(index, item);
                    next_item = next;
                    outcome
                }
                InlineItemKind::CloseRubyColumn(_) => Outcome::Continues,
                InlineItemKind::Block => {
                    // It stands between lines; the caller sees to it.
                    self.line.next = Place::new(index, item.range.start);
                    self.line.is_last = true;
                    return Outcome::Full;
                }
            };
            if outcome != Outcome::Continues {
                return outcome;
            }
            if self.ends_at == Some(item.range.end) && !item.range.is_empty() {
                self.end(Place::new(index + 1, item.range.end));
                return Outcome::Full;
            }
            offset = item.range.end;
        }
        self.line.is_last = true;
        let offset =
            lines.items.get(self.end_item).map_or(lines.contents.text.len() as u32, |end| end.range.start);
        self.line.next = Place::new(self.end_item, offset);
        Outcome::Full
    }

    /// Ends the line before an item that has just been taken, at byte `limit` at the latest, if it does not fit.
    pub(super) fn check_room(&mut self, item: &PreparedItem, limit: u32) -> Outcome {
        let wraps = item.kind != InlineItemKind::Tab || item.wraps;
        if self.used <= self.room || !self.has_content || !wraps {
            Outcome::Continues
        } else if self.rewind(limit) {
            Outcome::Full
        } else {
            self.too_long()
        }
    }

    /// What to do where the line has no opportunity and is too long.
    fn too_long(&self) -> Outcome {
        let may_break = |taken: &LineItem| {
            let item = &self.lines.items[taken.item];
            item.kind == InlineItemKind::Text && self.lines.may_break_words_of(item)
        };
        if !self.breaks_words && self.line.items.iter().any(may_break) {
            Outcome::WordTooLong
        } else {
            Outcome::Continues
        }
    }

    /// Where lines may break in an item and at its ends.
    fn breaks_of(&self, item: &PreparedItem) -> &LineBreaks {
        self.lines.breaks_of(item, self.breaks_words)
    }

    pub(super) fn push(
        &mut self,
        item: usize,
        range: Range<u32>,
        advance: LayoutUnit,
        shaped: Option<ShapedText>,
    ) {
        let mark = Mark { room: self.room, ..self.surroundings.mark() };
        self.used += advance;
        let level = self.lines.items[item].level;
        self.line.items.push(LineItem { item, range, advance, shaped, level, mark });
    }

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
            self.line.next = Place::new(index, item.range.end);
        }
    }
}

/// The room that a line may fill: the widths of its parts are rounded up, so that it may be as much too long.
pub(super) fn with_tolerance(room: LayoutUnit) -> LayoutUnit {
    room + LayoutUnit::EPSILON
}

fn width(shaped: &ShapedText, range: &Range<u32>) -> LayoutUnit {
    LayoutUnit::from_f32_ceil(shaped.width_of(range.start as usize..range.end as usize))
}
