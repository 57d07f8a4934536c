//! Intrinsic sizes of inline formatting contexts. <https://drafts.csswg.org/css-sizing-3/#intrinsic-sizes>

use fanlight_base::LayoutUnit;
use fanlight_css::values::text::TextIndent;
use fanlight_text::{BreakClass, hangs_at_line_end};
use smallvec::SmallVec;

use super::prepare::PreparedItem;
use super::{PreparedLines, ruby};
use crate::box_tree::{BoxId, InlineItemKind};
use crate::float::FloatSide;
use crate::flow::WritingMode;
use crate::formatting::{Layouter, MinMax, sizing};
use crate::style::{self, WhiteSpace};

/// The content-box sizes of a block container with lines. `block_basis` is the block size of the content box, where that does
/// not depend on the content; `floats_before` is the extent of the floats that the first line begins beside.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
    floats_before: LayoutUnit,
) -> MinMax {
    let Some(prepared) = layouter.prepared_lines(id, true) else { return MinMax::default() };
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    if prepared.has_ruby() {
        let indent = style::text_indent(&layouter.boxes.get(id).style);
        let length = sizing::resolve_or_zero(&indent.length, Some(LayoutUnit::ZERO));
        let first = if indent.hanging { LayoutUnit::ZERO } else { length };
        return ruby::intrinsic::content_sizes(layouter, &prepared, mode, block_basis, first);
    }
    let indent = style::text_indent(&layouter.boxes.get(id).style);
    let mut sum = Sum { floats_before, ..Sum::new(&prepared, indent) };
    for item in &prepared.items {
        let boxes = layouter.boxes;
        let computed = &boxes.get(item.box_id).style;
        match item.kind {
            InlineItemKind::Text => sum.text(item),
            InlineItemKind::Tab => sum.tab(item),
            InlineItemKind::ForcedBreak => sum.end_line(),
            InlineItemKind::WordBreakOpportunity => sum.wrap(),
            InlineItemKind::OpenBox | InlineItemKind::CloseBox => {
                let own = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..mode };
                let edges = sizing::margins_or_zero(computed, own, LayoutUnit::ZERO)
                    + sizing::edges(computed, own, LayoutUnit::ZERO).sum();
                let is_start = item.kind == InlineItemKind::OpenBox;
                sum.add(if is_start { edges.inline_start } else { edges.inline_end });
            }
            InlineItemKind::CombinedText => sum.combined(item),
            InlineItemKind::Atomic if boxes.is_outside_marker(item.box_id) => {}
            InlineItemKind::Atomic => {
                let own = contribution(layouter, mode, item.box_id, block_basis);
                let breaks_before = item.wraps && prepared.can_break_at(item, item.range.start);
                if breaks_before {
                    sum.wrap();
                }
                sum.word += own.min;
                sum.line += own.max;
                sum.blanks = Blanks::default();
                if item.wraps && prepared.can_break_at(item, item.range.end) {
                    sum.wrap();
                }
            }
            InlineItemKind::Float => {
                let own = contribution(layouter, mode, item.box_id, block_basis);
                sum.sizes.min = sum.sizes.min.max(own.min);
                sum.floats.push(FloatOnLine {
                    extent: own.max.clamp_negative_to_zero(),
                    side: style::float_side(computed, mode).unwrap_or(FloatSide::Left),
                    clears: style::clears(computed, mode),
                });
            }
            InlineItemKind::Block if crate::multicol::leaves_columns(layouter.boxes, item.box_id) => {}
            InlineItemKind::Block => {
                sum.end_line();
                let own = contribution(layouter, mode, item.box_id, block_basis);
                sum.sizes = sum.sizes.encompass(own);
            }
            InlineItemKind::OutOfFlow
            | InlineItemKind::OpenRubyColumn(_)
            | InlineItemKind::CloseRubyColumn(_) => {}
        }
    }
    sum.end_line();
    MinMax { min: sum.sizes.min, max: sum.sizes.max.max(sum.sizes.min) }
}

/// The margin-box contribution of a box on the line.
pub(super) fn contribution(
    layouter: &mut Layouter<'_>,
    mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let margins = sizing::margins_or_zero(&layouter.boxes.get(id).style, mode, LayoutUnit::ZERO);
    sizing::contribution(layouter, mode, id, block_basis).plus(margins.inline_sum())
}

/// A float among the contents of a line.
struct FloatOnLine {
    /// Its margin box along the line, if that is positive.
    extent: LayoutUnit,
    side: FloatSide,
    /// Whether it goes below floats on the left and on the right.
    clears: [bool; 2],
}

/// Adds up words and lines.
struct Sum<'a> {
    prepared: &'a PreparedLines,
    sizes: MinMax,
    /// The length of the line so far.
    line: LayoutUnit,
    /// The length of what cannot be broken so far.
    word: LayoutUnit,
    /// The blanks at the end of both.
    blanks: Blanks,
    /// Floats on the line.
    floats: SmallVec<[FloatOnLine; 2]>,
    /// The extent of the floats that the line begins beside.
    floats_before: LayoutUnit,
    /// What lines begin with that follow a forced break, and those that do not.
    indent_after_forced_break: LayoutUnit,
    indent_after_wrap: LayoutUnit,
}

/// Blanks at the end of what was added up.
#[derive(Clone, Copy, Default)]
struct Blanks {
    /// The length of those that take no room where a line wraps.
    at_wrap: LayoutUnit,
    /// The length of those that take no room at the end of the last line either: all but preserved ones.
    /// <https://drafts.csswg.org/css-text-4/#hanging>
    at_forced_break: LayoutUnit,
}

impl<'a> Sum<'a> {
    fn new(prepared: &'a PreparedLines, indent: &TextIndent) -> Sum<'a> {
        let length = sizing::resolve_or_zero(&indent.length, Some(LayoutUnit::ZERO));
        let where_it_is = |is_indented: bool| if is_indented { length } else { LayoutUnit::ZERO };
        let first = where_it_is(!indent.hanging);
        Sum {
            prepared,
            sizes: MinMax::default(),
            line: first,
            word: first,
            blanks: Blanks::default(),
            floats: SmallVec::new(),
            floats_before: LayoutUnit::ZERO,
            indent_after_forced_break: where_it_is(indent.each_line != indent.hanging),
            indent_after_wrap: where_it_is(indent.hanging),
        }
    }

    fn add(&mut self, length: LayoutUnit) {
        self.line += length;
        self.word += length;
    }

    /// A line may wrap here.
    fn wrap(&mut self) {
        self.end_word(LayoutUnit::ZERO);
    }

    /// A line may wrap here, and then shows a hyphen.
    fn end_word(&mut self, hyphen: LayoutUnit) {
        self.sizes.min = self.sizes.min.max(self.word - self.blanks.at_wrap + hyphen);
        self.word = self.indent_after_wrap;
        self.blanks.at_wrap = LayoutUnit::ZERO;
    }

    fn end_line(&mut self) {
        let line = self.line - self.blanks.at_forced_break;
        let mut beside = std::mem::take(&mut self.floats_before);
        let mut last = None;
        for float in self.floats.drain(..) {
            let is_below = match last {
                None => false,
                Some(FloatSide::Left) => float.clears[0],
                Some(FloatSide::Right) => float.clears[1],
            };
            if is_below {
                self.sizes.max = self.sizes.max.max(line + beside);
                beside = LayoutUnit::ZERO;
            }
            beside += float.extent;
            last = Some(float.side);
        }
        self.sizes.max = self.sizes.max.max(line + beside);
        self.wrap();
        self.line = self.indent_after_forced_break;
        self.word = self.indent_after_forced_break;
        self.blanks = Blanks::default();
    }

    fn tab(&mut self, item: &PreparedItem) {
        let advance = self.prepared.tab_advance(item, self.line);
        self.add(advance);
        let white_space = style::white_space(&self.prepared.style_of(item).computed);
        self.blanks.at_forced_break = LayoutUnit::ZERO;
        if white_space.blanks_take_room {
            self.blanks.at_wrap = LayoutUnit::ZERO;
        } else {
            self.blanks.at_wrap += advance;
        }
        if item.wraps && self.prepared.can_break_at(item, item.range.end) {
            self.wrap();
        }
    }

    fn combined(&mut self, item: &PreparedItem) {
        if item.wraps && self.prepared.can_break_at(item, item.range.start) {
            self.wrap();
        }
        self.add(self.prepared.combined_advance(item));
        self.blanks = Blanks::default();
        if item.wraps && self.prepared.can_break_at(item, item.range.end) {
            self.wrap();
        }
    }

    fn text(&mut self, item: &PreparedItem) {
        let Some(shaped) = &item.shaped else { return };
        let prepared = self.prepared;
        let computed = &prepared.style_of(item).computed;
        let white_space = style::white_space(computed);
        let breaks = prepared.breaks_of(item, style::breaks_anywhere_for_min_content(computed));
        let width =
            |from: u32, to: u32| LayoutUnit::from_f32_ceil(shaped.width_of(from as usize..to as usize));
        let (start, end) = (item.range.start, item.range.end);
        if item.wraps && breaks.at(start as usize) == Some(BreakClass::Allowed) {
            self.wrap();
        }
        let mut from = start;
        let mut opportunity = breaks.next_after(start as usize).filter(|_| item.wraps);
        while let Some((at, class)) = opportunity
            && at < end as usize
        {
            let at = at as u32;
            self.word += width(from, at);
            self.blanks.at_wrap = self.blanks_before(item, white_space, from, at, &width);
            self.end_word(self.hyphen(item, class));
            from = at;
            opportunity = breaks.next_after(at as usize);
        }
        self.word += width(from, end);
        self.line += width(start, end);
        let at_end = self.blanks_before(item, white_space, from, end, &width);
        self.blanks = Blanks {
            at_wrap: at_end,
            at_forced_break: if white_space.preserves_spaces { LayoutUnit::ZERO } else { at_end },
        };
        if item.wraps
            && let Some(class @ (BreakClass::Allowed | BreakClass::Hyphenated)) = breaks.at(end as usize)
        {
            self.end_word(self.hyphen(item, class));
        }
    }

    /// The length of the blanks before byte `to`, on the line as far as they are in an item from byte `from` on.
    fn blanks_before(
        &self,
        item: &PreparedItem,
        white_space: WhiteSpace,
        from: u32,
        to: u32,
        width: &impl Fn(u32, u32) -> LayoutUnit,
    ) -> LayoutUnit {
        if white_space.blanks_take_room {
            return LayoutUnit::ZERO;
        }
        let text = &self.prepared.contents.text[from as usize..to as usize];
        let visible = text.trim_end_matches(hangs_at_line_end).len() as u32;
        let here = width(from, to) - width(from, from + visible);
        // A text of nothing but blanks adds to those before it.
        if visible == 0 && from == item.range.start { self.blanks.at_wrap + here } else { here }
    }

    fn hyphen(&self, item: &PreparedItem, class: BreakClass) -> LayoutUnit {
        match class {
            BreakClass::Hyphenated => LayoutUnit::from_f32_ceil(self.prepared.hyphen(item).1.width()),
            BreakClass::Allowed | BreakClass::Mandatory => LayoutUnit::ZERO,
        }
    }
}
