//! An initial letter among the lines of its block container. <https://drafts.csswg.org/css-inline-3/#initial-letter-position>

use fanlight_base::LayoutUnit;
use fanlight_css::values::text::InitialLetterSink;

use super::flow::BlockFlow;
use crate::box_tree::{BoxId, InlineItemKind};
use crate::float::FloatSide;
use crate::flow::LogicalSize;
use crate::formatting::sizing;
use crate::inline::breaker::{BrokenLine, LineItem, Place};
use crate::inline::initial_letter::initial_letter;
use crate::inline::{BoxText, PreparedLines};

/// The initial letter of a block container, in the coordinates of the first line where it does not yield to the letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedLetter {
    box_id: BoxId,
    /// How far the text of the line moves down, because the letter rises above it.
    pub raise: LayoutUnit,
    /// Where the letter's border box begins.
    offset: LayoutUnit,
    margin_start: LayoutUnit,
    /// The margin box.
    size: LogicalSize,
}

impl PlacedLetter {
    /// Where the border box begins below the over edge of the line as it is in the end, if the box is that of the letter.
    pub fn below_over_edge(&self, box_id: BoxId) -> Option<LayoutUnit> {
        (box_id == self.box_id).then_some(self.offset - self.raise)
    }

    /// How much of a line stands before the letter: edges of inline boxes around it.
    pub fn before(&self, prepared: &PreparedLines, broken: &BrokenLine) -> LayoutUnit {
        let is_before = |taken: &&LineItem| {
            let item = &prepared.items[taken.item];
            item.kind != InlineItemKind::Atomic || item.box_id != self.box_id
        };
        broken.items.iter().take_while(is_before).map(|taken| taken.advance).sum()
    }
}

impl BlockFlow<'_, '_> {
    /// The initial letter that the first line begins with.
    pub(super) fn initial_letter(&mut self, prepared: &PreparedLines, start: Place) -> Option<PlacedLetter> {
        let is_transparent = |kind| {
            matches!(kind, InlineItemKind::OpenBox | InlineItemKind::OutOfFlow | InlineItemKind::Float)
        };
        let item = prepared.items[start.item..].iter().find(|item| !is_transparent(item.kind))?;
        if item.kind != InlineItemKind::Atomic {
            return None;
        }
        let box_id = item.box_id;
        let letter = initial_letter(self.layouter.boxes, box_id)?;
        let computed = self.layouter.boxes.get(box_id).style.clone();
        let constraints = self.child_constraints(box_id).shrink_to_fit();
        let result = self.layouter.layout(box_id, &constraints);
        let size = LogicalSize::from_physical(result.fragment.size, self.mode);
        let margins = sizing::margins_or_zero(&computed, self.mode, self.content_inline);
        let BoxText { line, .. } = prepared.styles[0];
        let line_height = line.height();
        let high = if line_height > LayoutUnit::ZERO {
            (size.block.to_f32() / line_height.to_f32()).ceil() as i32
        } else {
            0
        };
        let sink = match letter.sink {
            // As deep as it is high, padding and borders included.
            InitialLetterSink::Unspecified | InitialLetterSink::Drop => high,
            InitialLetterSink::Raise => 1,
            InitialLetterSink::Lines(lines) => lines,
        };
        let (offset, raise) = if high < sink {
            (line_height * sink - size.block, LayoutUnit::ZERO)
        } else {
            let baseline = result.fragment.first_baseline.unwrap_or(size.block);
            let on_last_line = LayoutUnit::from_f32(line_height.to_f32() * letter.size) - line.descent;
            (on_last_line - baseline, line_height * (high - sink))
        };
        Some(PlacedLetter {
            box_id,
            raise,
            offset: offset + margins.block_start,
            margin_start: margins.block_start,
            size: LogicalSize::new(
                (size.inline + margins.inline_sum()).clamp_negative_to_zero(),
                (size.block + margins.block_sum()).clamp_negative_to_zero(),
            ),
        })
    }

    /// Keeps the lines after the first away from its letter, which is `before` from the start of the line. The line would
    /// begin at `block` were its text not raised; it is at `line_left` and `length` long.
    pub(super) fn exclude_letter(
        &mut self,
        letter: &PlacedLetter,
        before: LayoutUnit,
        block: LayoutUnit,
        line_left: LayoutUnit,
        length: LayoutUnit,
    ) {
        let (side, left) = if self.mode.is_rtl {
            (FloatSide::Right, line_left + length - before - letter.size.inline)
        } else {
            (FloatSide::Left, line_left + before)
        };
        let start = letter.offset - letter.margin_start;
        self.exclusions.add_initial_letter(
            side,
            [left, left + letter.size.inline],
            [block + start.min(LayoutUnit::ZERO), block + start + letter.size.block],
        );
    }
}
