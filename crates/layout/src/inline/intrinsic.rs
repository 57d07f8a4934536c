//! Intrinsic sizes of inline formatting contexts. <https://drafts.csswg.org/css-sizing-3/#intrinsic-sizes>

use fanlight_base::LayoutUnit;

use super::PreparedLines;
use super::prepare::PreparedItem;
use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::WritingMode;
use crate::formatting::{Layouter, MinMax, sizing};
use crate::style;

/// The content-box sizes of a block container with lines. `block_basis` is the block size of the content box, where that does
/// not depend on the content.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let Some(prepared) = layouter.prepared_lines(id, true) else { return MinMax::default() };
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    let (indent, _, _) = style::text_indent(&layouter.boxes.get(id).style);
    let indent = sizing::resolve_or_zero(indent, Some(LayoutUnit::ZERO));
    let mut sum = Sum {
        prepared: &prepared,
        sizes: MinMax::default(),
        line: indent,
        word: indent,
        blank: LayoutUnit::ZERO,
        floats: LayoutUnit::ZERO,
    };
    for item in &prepared.items {
        let boxes = layouter.boxes;
        let computed = &boxes.get(item.box_id).style;
        match item.kind {
            InlineItemKind::Text => sum.text(item),
            InlineItemKind::Tab => {
                let metrics = prepared.style_of(item).stack.metrics();
                let tab = style::tab_size(computed, metrics.space_advance);
                sum.add(LayoutUnit::from_f32(tab));
            }
            InlineItemKind::ForcedBreak => sum.end_line(),
            InlineItemKind::WordBreakOpportunity => sum.end_word(),
            InlineItemKind::OpenBox | InlineItemKind::CloseBox => {
                let own = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..mode };
                let edges = sizing::margins_or_zero(computed, own, LayoutUnit::ZERO)
                    + sizing::edges(computed, own, LayoutUnit::ZERO).sum();
                let is_start = item.kind == InlineItemKind::OpenBox;
                sum.add(if is_start { edges.inline_start } else { edges.inline_end });
            }
            InlineItemKind::Atomic if boxes.is_outside_marker(item.box_id) => {}
            InlineItemKind::Atomic => {
                let own = contribution(layouter, mode, item.box_id, block_basis);
                let breaks_before = item.wraps && prepared.can_break_at(item, item.range.start);
                if breaks_before {
                    sum.end_word();
                }
                sum.word += own.min;
                sum.line += own.max;
                sum.blank = LayoutUnit::ZERO;
                if item.wraps && prepared.can_break_at(item, item.range.end) {
                    sum.end_word();
                }
            }
            InlineItemKind::Float => {
                let own = contribution(layouter, mode, item.box_id, block_basis);
                sum.sizes.min = sum.sizes.min.max(own.min);
                sum.floats += own.max;
            }
            InlineItemKind::Block if crate::multicol::leaves_columns(layouter.boxes, item.box_id) => {}
            InlineItemKind::Block => {
                sum.end_line();
                let own = contribution(layouter, mode, item.box_id, block_basis);
                sum.sizes = sum.sizes.encompass(own);
            }
            InlineItemKind::OutOfFlow => {}
        }
    }
    sum.end_line();
    MinMax { min: sum.sizes.min, max: sum.sizes.max.max(sum.sizes.min) }
}

/// The margin-box contribution of a box on the line.
fn contribution(
    layouter: &mut Layouter<'_>,
    mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let margins = sizing::margins_or_zero(&layouter.boxes.get(id).style, mode, LayoutUnit::ZERO);
    sizing::contribution(layouter, mode, id, block_basis).plus(margins.inline_sum())
}

/// Adds up words and lines.
struct Sum<'a> {
    prepared: &'a PreparedLines,
    sizes: MinMax,
    /// The length of the line so far.
    line: LayoutUnit,
    /// The length of what cannot be broken so far.
    word: LayoutUnit,
    /// How much of both are blanks at the end, which take no room when the line ends.
    blank: LayoutUnit,
    /// Floats beside the line.
    floats: LayoutUnit,
}

impl Sum<'_> {
    fn add(&mut self, length: LayoutUnit) {
        self.line += length;
        self.word += length;
    }

    fn end_word(&mut self) {
        self.sizes.min = self.sizes.min.max(self.word - self.blank);
        self.word = LayoutUnit::ZERO;
    }

    fn end_line(&mut self) {
        self.sizes.max = self.sizes.max.max(self.line - self.blank + self.floats);
        self.end_word();
        self.line = LayoutUnit::ZERO;
        self.blank = LayoutUnit::ZERO;
        self.floats = LayoutUnit::ZERO;
    }

    fn text(&mut self, item: &PreparedItem) {
        let Some(shaped) = &item.shaped else { return };
        let text = &self.prepared.contents.text;
        let computed = &self.prepared.style_of(item).computed;
        let hangs = !style::white_space(computed).blanks_take_room;
        let width =
            |from: u32, to: u32| LayoutUnit::from_f32_ceil(shaped.width_of(from as usize..to as usize));
        let blanks_at = |from: u32, to: u32| {
            let visible = text[from as usize..to as usize].trim_end_matches(' ').len() as u32;
            if hangs { width(from, to) - width(from, from + visible) } else { LayoutUnit::ZERO }
        };
        let (start, end) = (item.range.start, item.range.end);
        if item.wraps && self.prepared.can_break_at(item, start) {
            self.end_word();
        }
        if item.wraps {
            let anywhere = style::breaks_anywhere_for_min_content(computed);
            let mut from = start;
            for at in break_places(self.prepared, item, anywhere) {
                self.word += width(from, at);
                self.blank = blanks_at(from, at);
                self.end_word();
                from = at;
            }
            self.word += width(from, end);
        } else {
            self.word += width(start, end);
        }
        self.line += width(start, end);
        self.blank = blanks_at(start, end);
        if item.wraps && self.prepared.can_break_at(item, end) {
            self.end_word();
        }
    }
}

/// Where a line may break inside an item.
fn break_places(prepared: &PreparedLines, item: &PreparedItem, anywhere: bool) -> Vec<u32> {
    let (start, end) = (item.range.start, item.range.end);
    if anywhere {
        let text = &prepared.contents.text[start as usize..end as usize];
        let boundaries = fanlight_text::grapheme_boundaries(text);
        return boundaries
            .into_iter()
            .map(|at| start + at as u32)
            .filter(|&at| at > start && at < end)
            .collect();
    }
    let breaks = &prepared.breaks[item.breaks as usize];
    let mut places = Vec::new();
    let mut at = start;
    while let Some((next, _)) = breaks.next_after(at as usize)
        && (next as u32) < end
    {
        at = next as u32;
        places.push(at);
    }
    places
}
