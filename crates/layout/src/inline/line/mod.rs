//! Makes the fragments of a line: what stands on it in visual order, aligned along and across the line.
//!
//! - [`justify`]: what is left over of the line is spread over it.
//! - [`placement`]: where each thing on it is drawn.

mod justify;
mod placement;

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_text::{Level, ShapedText, reorder_visually};
use smallvec::SmallVec;
use thin_vec::ThinVec;

use self::placement::Placement;
use super::breaker::{BrokenLine, LineItem};
use super::pieces::link;
use super::ruby::RubyColumn;
use super::ruby::room::AnnotationRoom;
use super::truncate::{self, Truncation};
use super::vertical_align;
use super::{BoxText, PreparedItem, PreparedLines, TextMetrics};
use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, Edges};
use crate::formatting::{LayoutResult, Layouter, OutOfFlow};
use crate::fragment::{AppliedDecoration, Expansion, LineFragment, StyleKey};
use crate::{overflow, style};

/// An atomic box that has its size.
#[derive(Clone)]
pub(crate) struct PlacedAtomic {
    pub box_id: BoxId,
    pub result: Arc<LayoutResult>,
    /// Seen from the line: `inline_start` is line-left, and `block_start` line-over.
    pub margins: LogicalSides,
    pub size: LogicalSize,
    /// Where its border box begins below the line's over edge, where it is an initial letter; others stand on the baseline.
    pub below_over_edge: Option<LayoutUnit>,
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
    /// The room before and after it, from left to right, that belongs to the box around it.
    pub insets: (LayoutUnit, LayoutUnit),
    /// How much further out its emphasis marks stand because of ruby annotations.
    pub emphasis_offset: LayoutUnit,
}

pub(super) enum LeafKind {
    Text {
        item: usize,
        range: Range<u32>,
        shaped: ShapedText,
        expansion: Expansion,
    },
    Hyphen {
        item: usize,
        characters: Arc<str>,
        shaped: ShapedText,
    },
    Blank {
        item: usize,
        range: Range<u32>,
    },
    Combined {
        item: usize,
        range: Range<u32>,
        shaped: ShapedText,
    },
    Atomic(PlacedAtomic),
    OutOfFlow {
        box_id: BoxId,
        follows_content: bool,
    },
    /// Where a ruby column begins or ends.
    RubyEdge,
    Empty,
}

impl LeafKind {
    /// Whether it is something that is on the line.
    pub(super) fn is_content(&self) -> bool {
        match self {
            LeafKind::Text { range, .. } => !range.is_empty(),
            LeafKind::Hyphen { .. }
            | LeafKind::Blank { .. }
            | LeafKind::Combined { .. }
            | LeafKind::Atomic(_) => true,
            LeafKind::OutOfFlow { .. } | LeafKind::RubyEdge | LeafKind::Empty => false,
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
    /// The ruby columns on it, those inside of others before them.
    pub(super) columns: Vec<RubyColumn<'a>>,
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
    pub out_of_flow: ThinVec<OutOfFlow>,
    pub size: LogicalSize,
    pub baseline: LayoutUnit,
    /// Where there is ruby in the inline formatting context.
    pub annotation_room: Option<AnnotationRoom>,
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
        let is_list_item = layouter.boxes.get(container).style.boxes.display.is_list_item();
        let root = LineBox {
            box_id: container,
            parent: 0,
            text: lines.styles[0].clone(),
            margins: LogicalSides::ZERO,
            edges: Edges::default(),
            has_left: false,
            has_right: false,
            // As in Chromium, list items are as high as their own font asks in quirks mode too.
            has_strut: layouter.is_no_quirks || is_list_item,
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
            columns: Vec::new(),
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
        layouter: &mut Layouter<'_>,
        broken: &BrokenLine,
        open: &mut Vec<BoxId>,
        atomic: &mut dyn FnMut(BoxId) -> PlacedAtomic,
    ) {
        let lines = self.lines;
        let mut parent = self.boxes.len() - 1;
        let mut leaves_at_open: SmallVec<[usize; 8]> = SmallVec::from_elem(0, self.boxes.len());
        let mut columns_begun = broken.columns.iter();
        let mut open_columns = Vec::new();
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
                InlineItemKind::CombinedText => {
                    let Some(shaped) = taken.shaped.clone() else { continue };
                    let kind = LeafKind::Combined { item: taken.item, range: taken.range.clone(), shaped };
                    let metrics = Some(lines.style_of(item).line);
                    self.boxes[parent].has_strut = true;
                    self.add_leaf(parent, kind, taken.advance, item.level, metrics);
                }
                InlineItemKind::Tab | InlineItemKind::ForcedBreak => {
                    let kind = LeafKind::Blank { item: taken.item, range: taken.range.clone() };
                    let asks_for_height = self.boxes[parent].has_strut
                        || item.kind == InlineItemKind::Tab
                        || !self.has_height(parent);
                    let line_box = &mut self.boxes[parent];
                    line_box.has_strut = asks_for_height;
                    let metrics = asks_for_height.then_some(line_box.text.line);
                    self.add_leaf(parent, kind, taken.advance, item.level, metrics);
                }
                InlineItemKind::Atomic => {
                    let placed = atomic(item.box_id);
                    let container = &self.boxes[0].text.computed;
                    let is_on_baseline = placed.below_over_edge.is_none();
                    let metrics =
                        is_on_baseline.then(|| vertical_align::atomic_metrics(layouter, &placed, container));
                    self.add_leaf(parent, LeafKind::Atomic(placed), taken.advance, item.level, metrics);
                }
                InlineItemKind::OutOfFlow => {
                    let kind = LeafKind::OutOfFlow { box_id: item.box_id, follows_content: self.has_content };
                    self.add_leaf(parent, kind, LayoutUnit::ZERO, item.level, None);
                }
                InlineItemKind::WordBreakOpportunity => {
                    self.add_leaf(parent, LeafKind::Empty, LayoutUnit::ZERO, item.level, None);
                }
                InlineItemKind::OpenRubyColumn(_) => {
                    open_columns.push((self.leaves.len(), columns_begun.next()));
                    self.add_leaf(parent, LeafKind::RubyEdge, taken.advance, item.level, None);
                }
                InlineItemKind::CloseRubyColumn(_) => {
                    self.add_leaf(parent, LeafKind::RubyEdge, taken.advance, item.level, None);
                    if let Some((first, Some(column))) = open_columns.pop() {
                        self.close_column(layouter, column, first, atomic);
                    }
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

    /// A line for a ruby annotation of this one, in whose inline formatting context the boxes `open` have begun before.
    pub(super) fn line_of_annotation(
        &self,
        layouter: &mut Layouter<'_>,
        lines: &'a PreparedLines,
        container: BoxId,
        open: &[BoxId],
    ) -> LineBuilder<'a> {
        LineBuilder::new(
            layouter,
            lines,
            container,
            self.mode,
            self.margin_basis,
            self.percentage_block,
            open,
        )
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

    /// Whether something in a box has asked for height. In quirks mode the end of a line asks for none then.
    fn has_height(&self, index: usize) -> bool {
        let is_inside = |mut at: usize| {
            while at > index {
                at = self.boxes[at].parent;
            }
            at == index
        };
        self.leaves.iter().any(|leaf| leaf.metrics.is_some() && is_inside(leaf.parent))
            || (index..self.boxes.len()).any(|at| self.boxes[at].has_strut && is_inside(at))
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
        self.leaves.push(Leaf {
            parent,
            kind,
            advance,
            level,
            metrics,
            shift: LayoutUnit::ZERO,
            insets: Default::default(),
            emphasis_offset: LayoutUnit::ZERO,
        });
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
        let kind = LeafKind::Text { item: taken.item, range, shaped, expansion: Expansion::NONE };
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

    /// The line's fragment. `is_empty`: nothing is on it that has height.
    pub fn finish(mut self, layouter: &mut Layouter<'_>, is_empty: bool) -> FinishedLine {
        let metrics = vertical_align::align(&mut self, layouter);
        let metrics = if is_empty { TextMetrics::default() } else { metrics };
        let annotation_room = ((self.lines.has_ruby() || self.lines.has_emphasis_marks) && !is_empty)
            .then(|| self.place_annotations(layouter, metrics));
        let order = self.visual_order();
        let mut placement = Placement::new(&self, &order, is_empty, metrics.ascent);
        let mut pieces = placement.all(layouter);
        if let Some(truncation) = &self.truncation {
            truncate::apply(&self, truncation, &mut pieces, placement.pen, metrics.ascent);
        }
        if self.is_hidden {
            pieces.iter_mut().for_each(|piece| piece.is_hidden = true);
        }
        let size = LogicalSize::new(placement.pen, metrics.height());
        let out_of_flow_on_line = std::mem::take(&mut placement.out_of_flow);
        let physical = size.to_physical(self.mode);
        let mut out_of_flow = ThinVec::new();
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
        FinishedLine {
            fragment: Arc::new(fragment),
            out_of_flow_on_line,
            out_of_flow,
            size,
            baseline,
            annotation_room,
        }
    }

    /// The leaves as they stand from left to right.
    pub(super) fn visual_order(&self) -> SmallVec<[usize; 16]> {
        let levels: SmallVec<[Level; 16]> = self.leaves.iter().map(|leaf| Level::new(leaf.level)).collect();
        reorder_visually(&levels)
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
