//! Back to the last opportunity on a line that became too long.

use fanlight_base::LayoutUnit;
use fanlight_text::BreakClass;

use super::{Breaker, Place};
use crate::box_tree::InlineItemKind;
use crate::inline::prepare::PreparedItem;

impl Breaker<'_> {
    /// Ends the line at the last opportunity on it, not after byte `limit`. Returns whether there was one.
    pub(in crate::inline) fn rewind(&mut self, limit: u32) -> bool {
        let lines = self.lines;
        // The first place whose hyphen does not fit: where there is no other, as little as possible is too long.
        let mut without_room = None;
        // Within a ruby column the breaks of its base are not those of the line.
        let mut column_start = None;
        for position in (0..self.line.items.len()).rev() {
            if column_start.is_some_and(|start| position > start) {
                continue;
            }
            let taken = &self.line.items[position];
            let item = &lines.items[taken.item];
            let (start, end) = (taken.range.start, taken.range.end);
            match item.kind {
                InlineItemKind::Text => {
                    let mut before = end.min(limit) + 1;
                    while let Some((at, class)) = self.breaks_of(item).last_before(before as usize)
                        && at as u32 > start
                    {
                        let may_divide = class != BreakClass::Hyphenated
                            || self.breaks_of(item).may_divide_at(at, self.start as usize);
                        let at = at as u32;
                        let wraps =
                            may_divide && if at < end { item.wraps } else { self.boundary_wraps(position) };
                        let has_room =
                            class != BreakClass::Hyphenated || self.has_room_for_hyphen(position, at);
                        if wraps && has_room {
                            self.cut(position, at, class);
                            return true;
                        }
                        if wraps {
                            without_room = Some((position, at));
                        }
                        before = at;
                    }
                }
                InlineItemKind::CloseRubyColumn(_) => {
                    if self.rewind_into_column(position, limit) {
                        return true;
                    }
                    column_start = self.column_start(position);
                }
                InlineItemKind::OpenRubyColumn(_) => {
                    column_start = None;
                    if end <= limit && self.ends_before_column(position) {
                        return true;
                    }
                }
                InlineItemKind::Atomic
                | InlineItemKind::CombinedText
                | InlineItemKind::Tab
                | InlineItemKind::WordBreakOpportunity
                    if end <= limit && lines.can_break_at(item, end) && self.boundary_wraps(position) =>
                {
                    self.cut(position, end, BreakClass::Allowed);
                    return true;
                }
                _ => {}
            }
        }
        if let Some((position, at)) = without_room {
            self.cut(position, at, BreakClass::Hyphenated);
        }
        without_room.is_some()
    }

    /// Whether a hyphen fits behind byte `at` of the text at `position` of the line.
    fn has_room_for_hyphen(&self, position: usize, at: u32) -> bool {
        let taken = &self.line.items[position];
        let item = &self.lines.items[taken.item];
        let dropped: LayoutUnit = self.line.items[position..].iter().map(|later| later.advance).sum();
        self.fits_with_hyphen(item, self.used - dropped, taken.range.start..at)
    }

    /// Whether a line may break after an item of the line, as far as `white-space` goes: the nearest box around both sides
    /// decides. <https://drafts.csswg.org/css-text-4/#line-break-details>
    pub(in crate::inline) fn boundary_wraps(&self, position: usize) -> bool {
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
    pub(in crate::inline) fn cut(&mut self, position: usize, at: u32, class: BreakClass) {
        let taken = self.line.items[position].clone();
        self.drop_after(position);
        let item = &self.lines.items[taken.item];
        if item.kind == InlineItemKind::Text {
            self.end_within(taken.item, item, taken.range.start, (at, class));
        } else {
            let next = Place::new(taken.item + 1, at);
            self.used += taken.advance;
            self.line.items.push(taken);
            self.end(next);
        }
    }

    /// Takes everything off the line from `position` on.
    pub(in crate::inline) fn drop_after(&mut self, position: usize) {
        let Some(first) = self.line.items.get(position) else { return };
        self.room = first.mark.room;
        self.surroundings.take_back(first.mark);
        self.line.columns.retain(|column| column.first < position);
        for dropped in self.line.items.drain(position..) {
            self.used -= dropped.advance;
            let item = &self.lines.items[dropped.item];
            if item.kind == InlineItemKind::Float {
                self.line.deferred_floats.retain(|&float| float != item.box_id);
            }
        }
    }
}
