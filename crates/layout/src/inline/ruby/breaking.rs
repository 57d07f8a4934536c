//! Columns in the line breaker. <https://drafts.csswg.org/css-ruby-1/#line-breaks>
//!
//! A column that does not fit is broken into a part for this line and one for the next: the base where the share of the room
//! that falls to it ends, and the annotation at the same share of its length.

use fanlight_base::LayoutUnit;

use super::{BrokenColumn, ColumnPlace, length, overhang};
use crate::box_tree::InlineItemKind;
use crate::inline::breaker::{Breaker, BrokenLine, Outcome, Part, Place, with_tolerance};
use crate::inline::{PreparedItem, PreparedLines};
use crate::style;

/// So short bases are not broken from annotations that are as short, as in Chromium.
const SHORT_BASE: usize = 4;
/// In characters.
const SHORT_ANNOTATION: usize = 8;

/// A column, from where a line has come to in it.
struct Start {
    number: u32,
    /// The items that the base is between.
    open: usize,
    close: usize,
    base: Place,
    annotation: Place,
}

impl Breaker<'_> {
    /// Takes the column that begins with an item. Says how that ended, and with which item to go on.
    pub fn column(&mut self, open: usize, item: &PreparedItem) -> (Outcome, usize) {
        let InlineItemKind::OpenRubyColumn(number) = item.kind else { return (Outcome::Continues, open + 1) };
        let close = self.lines.column_end(open, number);
        let base = Place::new(open + 1, item.range.end);
        self.column_from(&Start { number, open, close, base, annotation: Place::default() }, None)
    }

    /// Goes on with the column that the line before ended in.
    pub fn resume_column(&mut self, base: Place, column: ColumnPlace) -> (Outcome, usize) {
        let Some(open) = self.lines.column_start(base.item, column.number) else {
            return (Outcome::Continues, base.item);
        };
        let close = self.lines.column_end(open, column.number);
        let annotation = Place::new(column.item, column.offset);
        let base = Place { column: None, ..base };
        self.column_from(&Start { number: column.number, open, close, base, annotation }, None)
    }

    /// `shorter_than`: have its base end before this length.
    fn column_from(&mut self, start: &Start, shorter_than: Option<LayoutUnit>) -> (Outcome, usize) {
        let lines = self.lines;
        let annotations = &lines.annotations[start.number as usize];
        let item = &lines.items[start.open];
        let base = self.part(lines, start.base, start.close, None);
        let annotation = self.part(annotations, start.annotation, annotations.items.len(), None);
        let (base_size, annotation_size) = (length(&base), length(&annotation));
        let size = base_size.max(annotation_size);
        let room = (self.room - self.used).clamp_negative_to_zero();
        let is_breakable = self.is_breakable(item, &base, &annotation);
        let allowed = overhang::allowed(lines, start.open, size, annotation_size, &base);
        let before = overhang::over_previous(self, item, allowed.start);
        if !is_breakable || shorter_than.is_none() && size <= room + before {
            self.push_column(start, base, annotation, (before, allowed.end), is_breakable);
            return (self.check_column(item), start.close + 1);
        }
        if self.surroundings.is_min_content() {
            let base = self.min_content_base(start);
            self.push_column(start, base, annotation, (before, allowed.end), false);
            return (self.check_column(item), start.close + 1);
        }
        let base_room = match shorter_than {
            None => share(room, base_size, size),
            Some(limit) => limit - LayoutUnit::EPSILON,
        };
        let base = self.part(lines, start.base, start.close, Some(base_room));
        let is_broken = base.next.item < start.close;
        let annotation_room = match shorter_than {
            _ if !is_broken => None,
            None => Some(share(room, annotation_size, size)),
            Some(_) => Some(share(annotation_size, length(&base), base_size)),
        };
        let annotation = self.part(annotations, start.annotation, annotations.items.len(), annotation_room);
        let next = Place {
            column: Some(ColumnPlace {
                number: start.number,
                item: annotation.next.item,
                offset: annotation.next.offset,
            }),
            ..base.next
        };
        let (base_size, annotation_size) = (length(&base), length(&annotation));
        let size = base_size.max(annotation_size);
        let allowed = overhang::allowed(lines, start.open, size, annotation_size, &base);
        let before = overhang::over_previous(self, item, allowed.start);
        self.push_column(start, base, annotation, (before, allowed.end), true);
        let outcome = self.check_column(item);
        if is_broken && outcome != Outcome::Full {
            self.line.next = next;
            return (Outcome::Full, start.close + 1);
        }
        (outcome, start.close + 1)
    }

    /// A base or an annotation, at most `room` long if it must be broken.
    fn part(
        &mut self,
        lines: &PreparedLines,
        start: Place,
        end_item: usize,
        room: Option<LayoutUnit>,
    ) -> BrokenLine {
        let is_base = std::ptr::eq(lines, self.lines);
        let starts_line = !is_base || !self.has_content;
        let mut breaker = Breaker {
            lines,
            surroundings: &mut *self.surroundings,
            start: if starts_line { start.offset } else { 0 },
            end_item,
            ends_at: None,
            part: Some(if is_base { Part::Base } else { Part::Annotation }),
            room: room.map_or(LayoutUnit::MAX, with_tolerance),
            used: LayoutUnit::ZERO,
            line: BrokenLine { next: start, ..BrokenLine::default() },
            has_content: false,
            breaks_words: self.breaks_words && room.is_some(),
        };
        breaker.fill(start);
        breaker.line
    }

    /// A base as long as the longest of its parts. Beside its annotation as a whole it says how much room a column needs at
    /// least, as in Chromium.
    fn min_content_base(&mut self, start: &Start) -> BrokenLine {
        let mut base = BrokenLine::default();
        let mut place = start.base;
        while place.item < start.close {
            let part = self.part(self.lines, place, start.close, Some(LayoutUnit::ZERO));
            base.inline_size = base.inline_size.max(length(&part));
            place = part.next;
        }
        base.next = place;
        base
    }

    /// Whether a column can be broken. Those inside of others cannot, nor can short ones.
    fn is_breakable(&self, item: &PreparedItem, base: &BrokenLine, annotation: &BrokenLine) -> bool {
        let container = &self.lines.styles[0].computed;
        self.part.is_none()
            && item.wraps
            && length(base) > LayoutUnit::ZERO
            && !style::plans_lines(container)
            && (glyphs(base) > SHORT_BASE || glyphs(annotation) > SHORT_ANNOTATION)
    }

    /// Puts a column on the line: its annotation reaches over what is `before` it, and may over what comes after.
    fn push_column(
        &mut self,
        start: &Start,
        base: BrokenLine,
        annotation: BrokenLine,
        (before, end_overhang): (LayoutUnit, LayoutUnit),
        is_breakable: bool,
    ) {
        let lines = self.lines;
        let (open, close) = (&lines.items[start.open], lines.items.get(start.close));
        let (base_size, annotation_size) = (length(&base), length(&annotation));
        let size = base_size.max(annotation_size);
        let first = self.line.items.len();
        self.push(start.open, open.range.clone(), -before, None);
        self.line.columns.push(BrokenColumn {
            number: start.number as usize,
            first,
            open: start.open,
            close: start.close,
            last: first + base.items.len() + 1,
            base_start: start.base,
            annotation_start: start.annotation,
            annotation,
            size,
            base_size,
            end_overhang,
            is_breakable,
        });
        for inside in base.columns {
            let (inside_first, inside_last) = (inside.first + first + 1, inside.last + first + 1);
            self.line.columns.push(BrokenColumn { first: inside_first, last: inside_last, ..inside });
        }
        self.line.items.extend(base.items);
        self.line.is_hyphenated = base.is_hyphenated;
        self.used += base_size;
        let end = close.map_or(0, |close| close.range.start);
        let range = close.map_or(end..end, |close| close.range.clone());
        self.push(start.close, range, size - base_size, None);
    }

    /// Ends the line before a column that has just been taken, if it does not fit.
    fn check_column(&mut self, item: &PreparedItem) -> Outcome {
        let outcome = self.check_room(item, item.range.end);
        self.has_content = true;
        outcome
    }

    /// Lets an annotation reach over the text that follows its column and is about to be taken.
    pub fn let_annotation_hang_over(&mut self, item: &PreparedItem) {
        let Some(column) = self.line.columns.iter_mut().max_by_key(|column| column.last) else { return };
        let mut between = self.line.items[column.last + 1..].iter();
        if column.end_overhang <= LayoutUnit::ZERO
            || !between.all(|taken| super::is_tag(&self.lines.items[taken.item]))
        {
            return;
        }
        let overhang = overhang::over_next(self.lines, column.open, item, column.end_overhang);
        column.end_overhang = LayoutUnit::ZERO;
        self.line.items[column.last].advance -= overhang;
        self.used -= overhang;
    }

    /// The item of the line that the column begins with which ends with another.
    pub fn column_start(&self, last: usize) -> Option<usize> {
        let column = self.line.columns.iter().find(|column| column.last == last);
        column.map(|column| column.first)
    }

    /// Ends the line after the column that ends with an item of the line, or inside of it. Returns whether that can be.
    pub fn rewind_into_column(&mut self, position: usize, limit: u32) -> bool {
        let taken = &self.line.items[position];
        let Some(item) = self.lines.items.get(taken.item) else { return false };
        let end = taken.range.end;
        if end > limit {
            return false;
        }
        if self.lines.can_break_at(item, end) && self.boundary_wraps(position) {
            self.cut(position, end, fanlight_text::BreakClass::Allowed);
            return true;
        }
        let Some(column) = self.line.columns.iter().find(|column| column.last == position).cloned() else {
            return false;
        };
        if !column.is_breakable {
            return false;
        }
        let (items, columns, used) = (self.line.items.clone(), self.line.columns.clone(), self.used);
        self.drop_after(column.first);
        let start = Start {
            number: column.number as u32,
            open: column.open,
            close: column.close,
            base: column.base_start,
            annotation: column.annotation_start,
        };
        if self.column_from(&start, Some(column.base_size)).0 == Outcome::Full {
            return true;
        }
        (self.line.items, self.line.columns, self.used) = (items, columns, used);
        false
    }

    /// Ends the line before the column that begins with an item of the line. Returns whether that can be.
    pub fn ends_before_column(&mut self, position: usize) -> bool {
        let taken = &self.line.items[position];
        let (index, start) = (taken.item, taken.range.start);
        let item = &self.lines.items[index];
        let is_resumed = position == 0
            && self.line.columns.first().is_some_and(|column| {
                column.base_start.item != index + 1 || column.base_start.offset != item.range.end
            });
        if is_resumed || position == 0 || !item.wraps || !self.lines.can_break_at(item, item.range.end) {
            return false;
        }
        self.drop_after(position);
        self.line.next = Place::new(index, start);
        true
    }
}

/// The part of `length` that `part` is of `whole`.
fn share(length: LayoutUnit, part: LayoutUnit, whole: LayoutUnit) -> LayoutUnit {
    if whole <= LayoutUnit::ZERO {
        return length;
    }
    LayoutUnit::from_f32(length.to_f32() * (part.to_f32() / whole.to_f32()))
}

fn glyphs(line: &BrokenLine) -> usize {
    let shaped = line.items.iter().filter_map(|item| item.shaped.as_ref());
    shaped.flat_map(|shaped| shaped.runs()).map(|run| run.glyphs().count()).sum()
}
