//! `text-wrap-style: balance`: lines of about the same length, no more of them than there would be without.
//! <https://drafts.csswg.org/css-text-4/#valdef-text-wrap-style-balance>

use fanlight_base::LayoutUnit;
use rustc_hash::FxHashMap;

use super::flow::BlockFlow;
use super::lines::LineSurroundings;
use crate::box_tree::InlineItemKind;
use crate::inline::PreparedLines;
use crate::inline::breaker::{Place, break_line};
use crate::style;

/// The most lines that are balanced, as in Chromium.
const MAX_LINES: usize = 6;

/// How exactly the length is found.
const PRECISION: LayoutUnit = LayoutUnit::from_px(1);

impl BlockFlow<'_, '_> {
    /// How long balanced lines may become at most; nothing where lines are not balanced: beside floats, around forced breaks,
    /// or when they are too many.
    pub(super) fn balanced_length(&mut self, prepared: &PreparedLines) -> Option<LayoutUnit> {
        if !style::balances_lines(&self.computed) {
            return None;
        }
        let stands_alone = |kind| {
            matches!(kind, InlineItemKind::Float | InlineItemKind::Block | InlineItemKind::ForcedBreak)
        };
        let has_floats = self.exclusions.next_change(self.next_border_edge()).is_some();
        if has_floats || prepared.items.iter().any(|item| stands_alone(item.kind)) {
            return None;
        }
        let (mut low, mut high) = (LayoutUnit::ZERO, self.content_inline);
        let count = self.count_lines(prepared, high)?;
        if count < 2 {
            return None;
        }
        while high - low > PRECISION {
            let middle = low + (high - low) / 2;
            if self.count_lines(prepared, middle) == Some(count) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// How many lines of a length there are; nothing where they are too many, or something is longer.
    fn count_lines(&mut self, prepared: &PreparedLines, length: LayoutUnit) -> Option<usize> {
        let block = self.next_border_edge();
        let mut place = Place::default();
        for count in 0..=MAX_LINES {
            if place.item >= prepared.items.len() {
                return Some(count);
            }
            let indent = self.indent(self.begins_lines(prepared, place, count == 0));
            let room = self.room_at(block, LayoutUnit::ZERO);
            let mut surroundings = LineSurroundings {
                flow: self,
                block,
                height: LayoutUnit::ZERO,
                atomics: FxHashMap::default(),
                room,
                leading_floats: &[],
            };
            let broken = break_line(prepared, place, length, indent, &mut surroundings, Vec::new());
            if broken.inline_size > length {
                return None;
            }
            place = broken.next;
        }
        None
    }
}
