//! The blanks at the end of a line: they collapse, or hang.
//! <https://drafts.csswg.org/css-text-4/#white-space-phase-2>

use std::ops::Range;

use fanlight_base::LayoutUnit;

use super::{Breaker, LineItem, width};
use crate::box_tree::InlineItemKind;
use crate::style;

impl Breaker<'_> {
    /// Takes blanks off the end.
    pub(in crate::inline) fn trim_end(&mut self) {
        self.line.hangs_from = u32::MAX;
        let mut hanging = LayoutUnit::ZERO;
        // Preserved blanks hang before a forced break only as far as they do not fit.
        let mut hangs_conditionally = false;
        for position in (0..self.line.items.len()).rev() {
            let taken = &self.line.items[position];
            let item = &self.lines.items[taken.item];
            match item.kind {
                InlineItemKind::Text => {}
                InlineItemKind::Tab if self.hangs(item) => {
                    hanging += taken.advance;
                    self.line.hangs_from = taken.range.start;
                    hangs_conditionally |= self.line.is_last;
                    continue;
                }
                InlineItemKind::CloseBox
                | InlineItemKind::OpenBox
                | InlineItemKind::OutOfFlow
                | InlineItemKind::Float
                | InlineItemKind::WordBreakOpportunity
                | InlineItemKind::ForcedBreak => continue,
                _ => break,
            }
            let preserves_spaces = style::white_space(&self.lines.style_of(item).computed).preserves_spaces;
            // Spaces that could collapse do so at the end of the line, not before others that are preserved.
            if !preserves_spaces && hanging == LayoutUnit::ZERO {
                self.remove_spaces(position);
            }
            let taken = &self.line.items[position];
            let visible = self.without_blanks_at_end(item, &taken.range);
            if visible != taken.range {
                hanging += taken.advance
                    - taken.shaped.as_ref().map_or(taken.advance, |shaped| width(shaped, &visible));
                self.line.hangs_from = visible.end;
                hangs_conditionally |= preserves_spaces && self.line.is_last;
                self.split_blanks(position, visible.end);
            }
            if !visible.is_empty() {
                break;
            }
        }
        if hangs_conditionally {
            hanging = hanging.min((self.used - self.room).clamp_negative_to_zero());
        }
        self.line.hanging = hanging;
        self.line.inline_size = self.used - hanging;
    }

    /// Removes the collapsible spaces that the text at `position` of the line ends with.
    fn remove_spaces(&mut self, position: usize) {
        let taken = &self.line.items[position];
        let item = &self.lines.items[taken.item];
        let text = &self.lines.contents.text[taken.range.start as usize..taken.range.end as usize];
        let kept = taken.range.start..taken.range.start + text.trim_end_matches(' ').len() as u32;
        let Some(shaped) = &taken.shaped else { return };
        if kept == taken.range || !self.hangs(item) {
            return;
        }
        let part = self.shaped_part(item, shaped, &kept, true);
        let advance = LayoutUnit::from_f32_ceil(part.width());
        self.used -= taken.advance - advance;
        let taken = &mut self.line.items[position];
        taken.advance = advance;
        taken.range = kept;
        taken.shaped = Some(part);
    }

    /// Makes the hanging blanks of the text at `position` of the line, from byte `at` on, an item of their own. Blanks at the
    /// end of a line go where the paragraph ends, whatever the direction of the text before them.
    /// <https://www.unicode.org/reports/tr9/#L1>
    fn split_blanks(&mut self, position: usize, at: u32) {
        let level = self.lines.paragraph.base_level_at(at as usize).number();
        let taken = &mut self.line.items[position];
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
