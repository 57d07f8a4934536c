//! Makes the fragments of a line: what stands on it in visual order, aligned along and across the line.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::geometry::{LayoutRect, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;
use fanlight_text::{Level, ShapedText, reorder_visually};
use smallvec::SmallVec;

use super::breaker::{BrokenLine, LineItem};
use super::pieces::{Piece, PieceContent, link};
use super::truncate::{self, Truncation};
use super::vertical_align;
use super::{BoxText, PreparedItem, PreparedLines, TextMetrics};
use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, Edges};
use crate::formatting::{LayoutResult, Layouter, OutOfFlow, builder};
use crate::fragment::{
    AppliedDecoration, BoxEdges, BoxFragment, ContextKind, LineFragment, StyleKey, TextCharacters,
    TextFragment, TextFragmentKind, is_space,
};
use crate::{overflow, style};

/// An atomic box that has its size.
#[derive(Clone)]
pub(crate) struct PlacedAtomic {
    pub box_id: BoxId,
    pub result: Arc<LayoutResult>,
    /// Seen from the line: `inline_start` is line-left, and `block_start` line-over.
    pub margins: LogicalSides,
    pub size: LogicalSize,
}

/// An inline box on the line, or the root inline box.
pub(super) struct LineBox {
    pub box_id: BoxId,
    pub parent: usize,
    pub text: BoxText,
    /// Line-left is `inline_start`.
    pub margins: LogicalSides,
    pub edges: Edges,
    pub has_left: bool,
    pub has_right: bool,
    /// Whether it asks for the height of its line: always, or in quirks mode only where something is in it.
    pub has_strut: bool,
    /// How far its baseline is below that of the line.
    pub shift: LayoutUnit,
}

/// What has no boxes inside, as far as the line is concerned.
pub(super) struct Leaf {
    pub parent: usize,
    pub kind: LeafKind,
    pub advance: LayoutUnit,
    pub level: u8,
    /// What it asks of the line's height, around its own baseline.
    pub metrics: Option<TextMetrics>,
    /// How far its baseline is below that of the line.
    pub shift: LayoutUnit,
}

pub(super) enum LeafKind {
    Text { item: usize, range: Range<u32>, shaped: ShapedText, expansion: f32 },
    Hyphen { item: usize, characters: Arc<str>, shaped: ShapedText },
    Blank { item: usize, range: Range<u32> },
    Atomic(PlacedAtomic),
    OutOfFlow { box_id: BoxId, follows_content: bool },
    Empty,
}

impl LeafKind {
    /// Whether it is something that is on the line.
    fn is_content(&self) -> bool {
        match self {
            LeafKind::Text { range, .. } => !range.is_empty(),
            LeafKind::Hyphen { .. } | LeafKind::Blank { .. } | LeafKind::Atomic(_) => true,
            LeafKind::OutOfFlow { .. } | LeafKind::Empty => false,
        }
    }
}

/// What lines are put together in: empty between one line and the next. A line inside of another that is not done has
/// its own.
#[derive(Default)]
pub(crate) struct LineBuffers {
    pub items: Vec<LineItem>,
    boxes: Vec<LineBox>,
    leaves: Vec<Leaf>,
}

impl LineBuffers {
    /// Takes back what the items of a line were in.
    pub fn give_back_items(&mut self, mut items: Vec<LineItem>) {
        items.clear();
        self.items = items;
    }
}

/// A line on its way to a fragment.
pub(crate) struct LineBuilder<'a> {
    pub(super) lines: &'a PreparedLines,
    pub(super) container: BoxId,
    pub(super) mode: WritingMode,
    margin_basis: LayoutUnit,
    /// What percentages of `top` and `bottom` refer to.
    percentage_block: Option<LayoutUnit>,
    pub(super) boxes: Vec<LineBox>,
    pub(super) leaves: Vec<Leaf>,
    /// Whether something is on it.
    has_content: bool,
    is_quirky: bool,
    truncation: Option<Truncation>,
    is_hidden: bool,
}

/// Where an absolutely positioned box would be on a line.
pub(crate) struct OutOfFlowOnLine {
    pub box_id: BoxId,
    /// From line-left.
    pub along: LayoutUnit,
    /// Whether the text around it runs towards line-left, so that its line-right edge lies there.
    pub is_rtl: bool,
    /// Whether something is on the line before it.
    pub follows_content: bool,
}

/// A finished line.
pub(crate) struct FinishedLine {
    pub fragment: Arc<LineFragment>,
    /// The absolutely positioned boxes that would be on it.
    pub out_of_flow_on_line: Vec<OutOfFlowOnLine>,
    /// Positioned descendants of what is on the line, from its corner.
    pub out_of_flow: Vec<OutOfFlow>,
    pub size: LogicalSize,
    pub baseline: LayoutUnit,
}

impl<'a> LineBuilder<'a> {
    /// A line of `container`, in which the boxes `open` have begun on earlier lines.
    pub fn new(
        layouter: &mut Layouter<'_>,
        lines: &'a PreparedLines,
        container: BoxId,
        mode: WritingMode,
        margin_basis: LayoutUnit,
        percentage_block: Option<LayoutUnit>,
        open: &[BoxId],
    ) -> Self {
        let root = LineBox {
            box_id: container,
            parent: 0,
            text: lines.styles[0].clone(),
            margins: LogicalSides::ZERO,
            edges: Edges::default(),
            has_left: false,
            has_right: false,
            has_strut: layouter.is_no_quirks,
            shift: LayoutUnit::ZERO,
        };
        let mut boxes = std::mem::take(&mut layouter.line_buffers.boxes);
        boxes.push(root);
        let mut line = LineBuilder {
            lines,
            container,
            mode,
            margin_basis,
            percentage_block,
            boxes,
            leaves: std::mem::take(&mut layouter.line_buffers.leaves),
            has_content: false,
            is_quirky: !layouter.is_no_quirks,
            truncation: None,
            is_hidden: false,
        };
        let mut parent = 0;
        for &id in open {
            let computed =
                layouter.boxes.style_of(StyleKey { box_id: id, is_first_line: lines.is_first_line });
            let known = lines.styles.iter().find(|text| Arc::ptr_eq(&text.computed, computed)).cloned();
            let text = known.unwrap_or_else(|| BoxText::new(layouter, computed));
            parent = line.add_box(id, text, parent, false);
        }
        line
    }

    fn add_box(&mut self, id: BoxId, text: BoxText, parent: usize, has_start: bool) -> usize {
        let computed = &*text.computed;
        let own_mode = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..self.mode };
        let axis = self.mode.on_line();
        let clones = style::clones_decoration(computed);
        let has_start = has_start || clones;
        let margins = sizing::margins_or_zero(computed, axis, self.margin_basis);
        let edges = sizing::edges(computed, axis, self.margin_basis);
        let takes_room =
            margins.inline_sum() != LayoutUnit::ZERO || edges.sum().inline_sum() != LayoutUnit::ZERO;
        self.boxes.push(LineBox {
            box_id: id,
            parent,
            text,
            margins,
            edges,
            has_left: if own_mode.is_rtl { clones } else { has_start },
            has_right: if own_mode.is_rtl { has_start } else { clones },
            has_strut: !self.is_quirky || takes_room,
            shift: LayoutUnit::ZERO,
        });
        self.boxes.len() - 1
    }

    /// Takes what was broken; `open` is updated to the boxes that are open at the end.
    pub fn take(
        &mut self,
        layouter: &Layouter<'_>,
        broken: &BrokenLine,
        open: &mut Vec<BoxId>,
        mut atomic: impl FnMut(BoxId) -> PlacedAtomic,
    ) {
        let lines = self.lines;
        let mut parent = self.boxes.len() - 1;
        let mut leaves_at_open: SmallVec<[usize; 8]> = SmallVec::from_elem(0, self.boxes.len());
        for taken in &broken.items {
            let item = &lines.items[taken.item];
            match item.kind {
                InlineItemKind::OpenBox => {
                    parent = self.add_box(item.box_id, lines.style_of(item).clone(), parent, true);
                    leaves_at_open.push(self.leaves.len());
                    open.push(item.box_id);
                }
                InlineItemKind::CloseBox => {
                    self.close(parent, leaves_at_open.pop().unwrap_or_default(), item.level);
                    parent = self.boxes[parent].parent;
                    open.pop();
                }
                InlineItemKind::Text => {
                    if let Some(shaped) = &taken.shaped {
                        self.text(parent, item, taken, shaped.clone());
                    }
                }
                InlineItemKind::Tab | InlineItemKind::ForcedBreak => {
                    let kind = LeafKind::Blank { item: taken.item, range: taken.range.clone() };
                    let metrics = Some(self.boxes[parent].text.line);
                    self.boxes[parent].has_strut = true;
                    self.add_leaf(parent, kind, taken.advance, item.level, metrics);
                }
                InlineItemKind::Atomic => {
                    let placed = atomic(item.box_id);
                    let metrics =
                        Some(vertical_align::atomic_metrics(layouter, &placed, &self.boxes[0].text.computed));
                    self.add_leaf(parent, LeafKind::Atomic(placed), taken.advance, item.level, metrics);
                }
                InlineItemKind::OutOfFlow => {
                    let kind = LeafKind::OutOfFlow { box_id: item.box_id, follows_content: self.has_content };
                    self.add_leaf(parent, kind, LayoutUnit::ZERO, item.level, None);
                }
                InlineItemKind::WordBreakOpportunity => {
                    self.add_leaf(parent, LeafKind::Empty, LayoutUnit::ZERO, item.level, None);
                }
                InlineItemKind::Float | InlineItemKind::Block => {}
            }
        }
        if broken.is_hyphenated {
            self.hyphenate();
        }
        while parent != 0 {
            let before = leaves_at_open.pop().unwrap_or_default();
            if before == self.leaves.len() {
                let level = self.base_level();
                self.add_leaf(parent, LeafKind::Empty, LayoutUnit::ZERO, level, None);
            }
            parent = self.boxes[parent].parent;
        }
    }

    pub(super) fn base_level(&self) -> u8 {
        self.lines.paragraph.base_level().number()
    }

    fn close(&mut self, index: usize, leaves_before: usize, level: u8) {
        if leaves_before == self.leaves.len() {
            self.add_leaf(index, LeafKind::Empty, LayoutUnit::ZERO, level, None);
        }
        let closed = &mut self.boxes[index];
        if style::writing_mode(&closed.text.computed).is_rtl {
            closed.has_left = true;
        } else {
            closed.has_right = true;
        }
    }

    fn add_leaf(
        &mut self,
        parent: usize,
        kind: LeafKind,
        advance: LayoutUnit,
        level: u8,
        metrics: Option<TextMetrics>,
    ) {
        self.has_content |= kind.is_content();
        self.leaves.push(Leaf { parent, kind, advance, level, metrics, shift: LayoutUnit::ZERO });
    }

    fn text(&mut self, parent: usize, item: &PreparedItem, taken: &LineItem, shaped: ShapedText) {
        let range = taken.range.clone();
        let text = self.lines.style_of(item);
        let mut metrics = text.line;
        if style::line_height(&text.computed).is_none() {
            // With `line-height: normal` every font that is used asks for its own height.
            let has_central_baseline = style::has_central_baseline(&text.computed);
            for run in shaped.runs() {
                let font = run.font();
                if font != text.stack.primary() {
                    let own = font.metrics();
                    let height = TextMetrics::of_font(own, has_central_baseline);
                    metrics.unite(height.with_leading(LayoutUnit::from_f32(own.line_spacing)));
                }
            }
        }
        if !range.is_empty() {
            self.boxes[parent].has_strut = true;
        }
        let metrics = (!range.is_empty()).then_some(metrics);
        let kind = LeafKind::Text { item: taken.item, range, shaped, expansion: 0.0 };
        self.add_leaf(parent, kind, taken.advance, taken.level, metrics);
    }

    fn hyphenate(&mut self) {
        let Some((parent, index, level)) = self.leaves.iter().rev().find_map(|leaf| match leaf.kind {
            LeafKind::Text { item, .. } => Some((leaf.parent, item, leaf.level)),
            _ => None,
        }) else {
            return;
        };
        let item = &self.lines.items[index];
        let (characters, shaped) = self.lines.hyphen(item);
        let advance = LayoutUnit::from_f32_ceil(shaped.width());
        self.add_leaf(parent, LeafKind::Hyphen { item: index, characters, shaped }, advance, level, None);
    }

    /// How much longer the line is than what was broken: a hyphen.
    pub fn added_inline_size(&self) -> LayoutUnit {
        let hyphens = self.leaves.iter().filter(|leaf| matches!(leaf.kind, LeafKind::Hyphen { .. }));
        hyphens.map(|leaf| leaf.advance).sum()
    }

    /// Has an ellipsis drawn in place of what does not fit.
    pub fn truncate(&mut self, truncation: Truncation) {
        self.truncation = Some(truncation);
    }

    /// Hides all that is on the line, whose size stays.
    pub fn hide(&mut self) {
        self.is_hidden = true;
    }

    /// Spreads `space` over the line's word separators before the blanks that hang from byte `hangs_from` on. Returns whether
    /// there are any. <https://drafts.csswg.org/css-text-4/#justification>
    pub fn justify(&mut self, space: LayoutUnit, hangs_from: u32) -> bool {
        let text = &self.lines.contents.text;
        let spaces = |range: &Range<u32>| {
            if range.start >= hangs_from {
                return 0;
            }
            let characters = text[range.start as usize..range.end as usize].chars();
            characters.filter(|&character| is_space(character)).count()
        };
        let total: usize = self
            .leaves
            .iter()
            .map(|leaf| match &leaf.kind {
                LeafKind::Text { range, .. } => spaces(range),
                _ => 0,
            })
            .sum();
        if total == 0 || space <= LayoutUnit::ZERO {
            return false;
        }
        let each = space.to_f32() / total as f32;
        let mut done = 0;
        let mut given = LayoutUnit::ZERO;
        for leaf in &mut self.leaves {
            if let LeafKind::Text { range, expansion, .. } = &mut leaf.kind {
                let here = spaces(range);
                if here == 0 {
                    continue;
                }
                done += here;
                *expansion = each;
                let until_here = LayoutUnit::from_f32(each * done as f32);
                leaf.advance += until_here - given;
                given = until_here;
            }
        }
        true
    }

    /// The line's fragment. `is_empty`: nothing is on it that has height.
    pub fn finish(mut self, layouter: &mut Layouter<'_>, is_empty: bool) -> FinishedLine {
        let metrics = vertical_align::align(&mut self, layouter);
        let metrics = if is_empty { TextMetrics::default() } else { metrics };
        let levels: SmallVec<[Level; 16]> = self.leaves.iter().map(|leaf| Level::new(leaf.level)).collect();
        let order = reorder_visually(&levels);
        let mut ends: SmallVec<[(usize, usize); 8]> = SmallVec::from_elem((usize::MAX, 0), self.boxes.len());
        for (position, &leaf) in order.iter().enumerate() {
            let mut index = self.leaves[leaf].parent;
            while index != 0 {
                let (first, last) = &mut ends[index];
                *first = (*first).min(position);
                *last = (*last).max(position);
                index = self.boxes[index].parent;
            }
        }
        let mut placement = Placement {
            line: &self,
            order: &order,
            ends,
            is_empty,
            baseline: metrics.ascent,
            pen: LayoutUnit::ZERO,
            out_of_flow: Vec::new(),
        };
        let mut pieces = placement.group(layouter, 0..order.len(), 0);
        if self.lines.is_first_line && paints_behind_text(layouter, self.container) {
            pieces = vec![placement.first_line_box(pieces)];
        }
        if let Some(truncation) = &self.truncation {
            truncate::apply(&self, truncation, &mut pieces, placement.pen, metrics.ascent);
        }
        if self.is_hidden {
            pieces.iter_mut().for_each(|piece| piece.is_hidden = true);
        }
        let size = LogicalSize::new(placement.pen, metrics.height());
        let out_of_flow_on_line = std::mem::take(&mut placement.out_of_flow);
        let physical = size.to_physical(self.mode);
        let mut out_of_flow = Vec::new();
        let children =
            link(pieces, LogicalOffset::default(), physical, self.mode, &mut out_of_flow, layouter);
        let style = StyleKey { box_id: self.container, is_first_line: self.lines.is_first_line };
        let baseline = if self.mode.has_flipped_lines() { metrics.descent } else { metrics.ascent };
        let scrollable_overflow = overflow::of_line(layouter.boxes, physical, &children);
        let fragment = LineFragment { style, size: physical, baseline, children, scrollable_overflow };
        self.boxes.clear();
        self.leaves.clear();
        layouter.line_buffers.boxes = self.boxes;
        layouter.line_buffers.leaves = self.leaves;
        FinishedLine { fragment: Arc::new(fragment), out_of_flow_on_line, out_of_flow, size, baseline }
    }

    fn decorations(&self, item: &PreparedItem, shift: LayoutUnit) -> Arc<[AppliedDecoration]> {
        let shift_of = |origin: StyleKey| {
            let on_line = self.boxes.iter().find(|line_box| line_box.box_id == origin.box_id);
            on_line.map_or(LayoutUnit::ZERO, |line_box| line_box.shift)
        };
        if item.decorations.iter().all(|decoration| shift_of(decoration.origin) == shift) {
            return item.decorations.clone();
        }
        item.decorations
            .iter()
            .map(|decoration| AppliedDecoration {
                origin: decoration.origin,
                baseline_shift: shift_of(decoration.origin) - shift,
            })
            .collect()
    }
}

/// Whether the `::first-line` of a block has something to paint behind its text.
fn paints_behind_text(layouter: &Layouter<'_>, container: BoxId) -> bool {
    let style = layouter.boxes.style_of(StyleKey { box_id: container, is_first_line: true });
    let initial = ComputedStyle::undeclared();
    style.background != initial.background || style.effects.box_shadow != initial.effects.box_shadow
}

struct Placement<'l, 'a> {
    line: &'l LineBuilder<'a>,
    order: &'l [usize],
    /// Where in the visual order the first and the last leaf of each box are.
    ends: SmallVec<[(usize, usize); 8]>,
    /// Whether nothing is on the line that has height, inline boxes among it.
    is_empty: bool,
    baseline: LayoutUnit,
    pen: LayoutUnit,
    out_of_flow: Vec<OutOfFlowOnLine>,
}

impl Placement<'_, '_> {
    /// The pieces of the leaves in `range` of the visual order, all of which are in the box `parent`.
    fn group(&mut self, layouter: &mut Layouter<'_>, range: Range<usize>, parent: usize) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(range.len());
        let mut position = range.start;
        while position < range.end {
            match self.child_towards(self.order[position], parent) {
                None => {
                    let leaf = &self.line.leaves[self.order[position]];
                    pieces.extend(self.leaf(layouter, leaf));
                    position += 1;
                }
                Some(inner) => {
                    let end = (position + 1..range.end)
                        .find(|&next| self.child_towards(self.order[next], parent) != Some(inner))
                        .unwrap_or(range.end);
                    let piece = self.inline_box(layouter, position..end, inner);
                    pieces.push(piece);
                    position = end;
                }
            }
        }
        pieces
    }

    /// The box directly in `parent` that a leaf is in.
    fn child_towards(&self, leaf: usize, parent: usize) -> Option<usize> {
        let mut index = self.line.leaves[leaf].parent;
        if index == parent {
            return None;
        }
        while self.line.boxes[index].parent != parent {
            index = self.line.boxes[index].parent;
        }
        Some(index)
    }

    fn inline_box(&mut self, layouter: &mut Layouter<'_>, range: Range<usize>, index: usize) -> Piece {
        let line_box = &self.line.boxes[index];
        let (first, last) = self.ends[index];
        let has_left = line_box.has_left && range.start <= first;
        let has_right = line_box.has_right && range.end > last;
        let mut edges = line_box.edges;
        let mut margins = line_box.margins;
        if !has_left {
            edges.border.inline_start = LayoutUnit::ZERO;
            edges.padding.inline_start = LayoutUnit::ZERO;
            margins.inline_start = LayoutUnit::ZERO;
        }
        if !has_right {
            edges.border.inline_end = LayoutUnit::ZERO;
            edges.padding.inline_end = LayoutUnit::ZERO;
            margins.inline_end = LayoutUnit::ZERO;
        }
        let sums = edges.sum();
        self.pen += margins.inline_start;
        let start = self.pen;
        self.pen += sums.inline_start;
        let children = self.group(layouter, range, index);
        self.pen += sums.inline_end;
        let end = self.pen;
        self.pen += margins.inline_end;
        let metrics = if self.is_empty { TextMetrics::default() } else { line_box.text.metrics };
        let size = LogicalSize::new(end - start, metrics.height() + sums.block_sum());
        let block = self.baseline + line_box.shift - metrics.ascent - sums.block_start;
        let mode = self.line.mode.on_line();
        let physical = size.to_physical(mode);
        let baseline = Some(metrics.ascent + sums.block_start);
        let fragment = BoxFragment {
            style: StyleKey { box_id: line_box.box_id, is_first_line: self.line.lines.is_first_line },
            context: ContextKind::InlineBox,
            size: physical,
            border: edges.border.to_physical(mode),
            padding: edges.padding.to_physical(mode),
            edges: BoxEdges::from_logical(
                LogicalSides {
                    inline_start: has_left,
                    inline_end: has_right,
                    block_start: true,
                    block_end: true,
                },
                mode,
            ),
            consumed: LayoutUnit::ZERO,
            children: Box::default(),
            bands: Box::default(),
            first_baseline: baseline,
            last_baseline: baseline,
            scrollable_overflow: LayoutRect::from_size(physical),
            object_rect: None,
            table: None,
        };
        Piece {
            offset: LogicalOffset::new(start, block),
            relative: self.relative(layouter, line_box.box_id),
            margin: margins.to_physical(mode),
            content: PieceContent::Box(Box::new(fragment), children),
            is_hidden: false,
        }
    }

    /// The box of `::first-line` around all that is on the line.
    /// <https://drafts.csswg.org/css-pseudo-4/#first-line-styling>
    fn first_line_box(&self, children: Vec<Piece>) -> Piece {
        let root = &self.line.boxes[0];
        let metrics = if self.is_empty { TextMetrics::default() } else { root.text.metrics };
        let size = LogicalSize::new(self.pen, metrics.height());
        let physical = size.to_physical(self.line.mode.on_line());
        let fragment = BoxFragment {
            style: StyleKey { box_id: self.line.container, is_first_line: true },
            context: ContextKind::InlineBox,
            size: physical,
            border: Sides::default(),
            padding: Sides::default(),
            edges: BoxEdges::empty(),
            consumed: LayoutUnit::ZERO,
            children: Box::default(),
            bands: Box::default(),
            first_baseline: Some(metrics.ascent),
            last_baseline: Some(metrics.ascent),
            scrollable_overflow: LayoutRect::from_size(physical),
            object_rect: None,
            table: None,
        };
        Piece {
            offset: LogicalOffset::new(LayoutUnit::ZERO, self.baseline + root.shift - metrics.ascent),
            relative: LayoutVector::default(),
            margin: Sides::default(),
            content: PieceContent::Box(Box::new(fragment), children),
            is_hidden: false,
        }
    }

    fn relative(&self, layouter: &Layouter<'_>, id: BoxId) -> LayoutVector {
        let container = LogicalSize::new(Some(self.line.margin_basis), self.line.percentage_block);
        builder::relative_offset(layouter, id, self.line.mode, container)
    }

    fn leaf(&mut self, layouter: &mut Layouter<'_>, leaf: &Leaf) -> Option<Piece> {
        let start = self.pen;
        let mode = self.line.mode.on_line();
        let baseline = self.baseline + leaf.shift;
        self.pen += leaf.advance;
        let (item, kind, characters, shaped, expansion) = match &leaf.kind {
            LeafKind::Empty => return None,
            &LeafKind::OutOfFlow { box_id, follows_content } => {
                let is_rtl = leaf.level % 2 == 1;
                self.out_of_flow.push(OutOfFlowOnLine { box_id, along: start, is_rtl, follows_content });
                return None;
            }
            LeafKind::Atomic(placed) => {
                let block = baseline - leaf.metrics.map_or(LayoutUnit::ZERO, |metrics| metrics.ascent)
                    + placed.margins.block_start;
                return Some(Piece {
                    offset: LogicalOffset::new(start + placed.margins.inline_start, block),
                    relative: self.relative(layouter, placed.box_id),
                    margin: placed.margins.to_physical(mode),
                    content: PieceContent::Atomic(placed.result.clone()),
                    is_hidden: false,
                });
            }
            LeafKind::Text { range, .. } if range.is_empty() => return None,
            LeafKind::Text { item, range, shaped, expansion } => {
                let characters = TextCharacters::Contents(self.line.lines.contents.clone(), range.clone());
                (*item, TextFragmentKind::Normal, characters, shaped.clone(), *expansion)
            }
            LeafKind::Hyphen { item, characters, shaped } => (
                *item,
                TextFragmentKind::Hyphen,
                TextCharacters::Added(characters.clone()),
                shaped.clone(),
                0.0,
            ),
            LeafKind::Blank { item, range } => {
                let characters = TextCharacters::Contents(self.line.lines.contents.clone(), range.clone());
                let stack = &self.line.lines.style_of(&self.line.lines.items[*item]).stack;
                let at = range.start as usize;
                let nothing = stack.shape(&self.line.lines.contents.text, at..at, &Default::default());
                (*item, TextFragmentKind::Blank, characters, nothing, 0.0)
            }
        };
        let item = &self.line.lines.items[item];
        let text = self.line.lines.style_of(item);
        let metrics = text.metrics;
        let fragment = TextFragment {
            style: StyleKey { box_id: item.box_id, is_first_line: self.line.lines.is_first_line },
            kind,
            size: LogicalSize::new(leaf.advance, metrics.height()).to_physical(mode),
            ascent: text.alphabetic_ascent,
            bidi_level: leaf.level,
            characters,
            map: item.map.clone(),
            shaped,
            expansion,
            decorations: self.line.decorations(item, leaf.shift),
        };
        Some(Piece {
            offset: LogicalOffset::new(start, baseline - metrics.ascent),
            relative: LayoutVector::default(),
            margin: Sides::default(),
            content: PieceContent::Text(fragment),
            is_hidden: false,
        })
    }
}
