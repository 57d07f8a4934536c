//! Puts what is on a line, in visual order, where it is drawn.

use std::ops::Range;

use fanlight_base::geometry::{LayoutRect, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;
use smallvec::SmallVec;

use super::{Leaf, LeafKind, LineBuilder, OutOfFlowOnLine};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::{Layouter, builder};
use crate::fragment::{
    BoxEdges, BoxFragment, ContextKind, EastAsianText, Expansion, SpecialParts, StyleKey, TextCharacters,
    TextFragment, TextFragmentKind,
};
use crate::inline::TextMetrics;
use crate::inline::pieces::{Piece, PieceContent};

/// How wide combined text may be, in em, before it is compressed: as in Chromium.
const COMBINED_ROOM: f32 = 1.1;

/// Whether the `::first-line` of a block has something to paint behind its text.
fn paints_behind_text(layouter: &Layouter<'_>, container: BoxId) -> bool {
    let style = layouter.boxes.style_of(StyleKey { box_id: container, is_first_line: true });
    let initial = ComputedStyle::undeclared();
    style.background != initial.background || style.effects.box_shadow != initial.effects.box_shadow
}

pub(super) struct Placement<'l, 'a> {
    line: &'l LineBuilder<'a>,
    order: &'l [usize],
    /// Where in the visual order the first and the last leaf of each box are.
    ends: SmallVec<[(usize, usize); 8]>,
    /// Whether nothing is on the line that has height, inline boxes among it.
    is_empty: bool,
    baseline: LayoutUnit,
    pub(super) pen: LayoutUnit,
    pub(super) out_of_flow: Vec<OutOfFlowOnLine>,
    /// Of each ruby column where it begins from the left, once that is known.
    column_starts: SmallVec<[Option<LayoutUnit>; 0]>,
}

impl<'l, 'a> Placement<'l, 'a> {
    /// Of the leaves of a line in the visual `order`. `is_empty`: nothing is on it that has height. `baseline`: how far it is
    /// below the line's upper edge.
    pub fn new(
        line: &'l LineBuilder<'a>,
        order: &'l [usize],
        is_empty: bool,
        baseline: LayoutUnit,
    ) -> Placement<'l, 'a> {
        let mut ends: SmallVec<[(usize, usize); 8]> = SmallVec::from_elem((usize::MAX, 0), line.boxes.len());
        for (position, &leaf) in order.iter().enumerate() {
            let mut index = line.leaves[leaf].parent;
            while index != 0 {
                let (first, last) = &mut ends[index];
                *first = (*first).min(position);
                *last = (*last).max(position);
                index = line.boxes[index].parent;
            }
        }
        Placement {
            line,
            order,
            ends,
            is_empty,
            baseline,
            pen: LayoutUnit::ZERO,
            out_of_flow: Vec::new(),
            column_starts: SmallVec::from_elem(None, line.columns.len()),
        }
    }

    /// The pieces of the whole line.
    pub fn all(&mut self, layouter: &mut Layouter<'_>) -> Vec<Piece> {
        let pieces = self.group(layouter, 0..self.order.len(), 0);
        if self.line.lines.is_first_line && paints_behind_text(layouter, self.line.container) {
            vec![self.first_line_box(pieces)]
        } else {
            pieces
        }
    }

    /// The pieces of the leaves in `range` of the visual order, all of which are in the box `parent`.
    fn group(&mut self, layouter: &mut Layouter<'_>, range: Range<usize>, parent: usize) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(range.len());
        let mut position = range.start;
        while position < range.end {
            match self.child_towards(self.order[position], parent) {
                None => {
                    let leaf = &self.line.leaves[self.order[position]];
                    match leaf.kind {
                        LeafKind::RubyEdge => self.edge_of_column(layouter, position, &mut pieces),
                        _ => pieces.extend(self.leaf(layouter, leaf)),
                    }
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

    /// One end of a ruby column. At the second one its annotation is placed.
    fn edge_of_column(&mut self, layouter: &mut Layouter<'_>, position: usize, pieces: &mut Vec<Piece>) {
        let leaf = self.order[position];
        self.pen += self.line.leaves[leaf].advance;
        let mut columns = self.line.columns.iter();
        let Some(index) = columns.position(|column| column.first == leaf || column.last == leaf) else {
            return;
        };
        let Some(start) = self.column_starts[index] else {
            self.column_starts[index] = Some(self.pen);
            return;
        };
        let column = &self.line.columns[index];
        let order = column.annotation.visual_order();
        let baseline = self.baseline + column.baseline;
        let mut annotation = Placement::new(&column.annotation, &order, false, baseline);
        annotation.pen = start;
        pieces.extend(annotation.group(layouter, 0..order.len(), 0));
        self.out_of_flow.append(&mut annotation.out_of_flow);
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
            children: Box::default(),
            first_baseline: baseline,
            last_baseline: baseline,
            scrollable_overflow: LayoutRect::from_size(physical),
            special: SpecialParts::default(),
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
            children: Box::default(),
            first_baseline: Some(metrics.ascent),
            last_baseline: Some(metrics.ascent),
            scrollable_overflow: LayoutRect::from_size(physical),
            special: SpecialParts::default(),
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
        let start = self.pen + leaf.insets.0;
        let mode = self.line.mode.on_line();
        let baseline = self.baseline + leaf.shift;
        self.pen = start + leaf.advance + leaf.insets.1;
        let (item, kind, characters, shaped, expansion) = match &leaf.kind {
            LeafKind::Empty | LeafKind::RubyEdge => return None,
            &LeafKind::OutOfFlow { box_id, follows_content } => {
                let is_rtl = leaf.level % 2 == 1;
                self.out_of_flow.push(OutOfFlowOnLine { box_id, along: start, is_rtl, follows_content });
                return None;
            }
            LeafKind::Atomic(placed) => {
                let on_baseline = || {
                    let ascent = leaf.metrics.map_or(LayoutUnit::ZERO, |metrics| metrics.ascent);
                    baseline - ascent + placed.margins.block_start
                };
                let block = placed.below_over_edge.unwrap_or_else(on_baseline);
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
            LeafKind::Combined { item, range, shaped } => {
                let characters = TextCharacters::Contents(self.line.lines.contents.clone(), range.clone());
                (*item, TextFragmentKind::Normal, characters, shaped.clone(), Expansion::NONE)
            }
            LeafKind::Hyphen { item, characters, shaped } => (
                *item,
                TextFragmentKind::Hyphen,
                TextCharacters::Added(characters.clone()),
                shaped.clone(),
                Expansion::NONE,
            ),
            LeafKind::Blank { item, range } => {
                let characters = TextCharacters::Contents(self.line.lines.contents.clone(), range.clone());
                let stack = &self.line.lines.style_of(&self.line.lines.items[*item]).stack;
                let at = range.start as usize;
                let nothing = stack.shape(&self.line.lines.contents.text, at..at, &Default::default());
                (*item, TextFragmentKind::Blank, characters, nothing, Expansion::NONE)
            }
        };
        let item = &self.line.lines.items[item];
        let text = self.line.lines.style_of(item);
        // The end of a line that asks for no height has none.
        let metrics = match (&leaf.kind, leaf.metrics) {
            (LeafKind::Blank { .. }, None) => {
                TextMetrics { ascent: LayoutUnit::ZERO, descent: LayoutUnit::ZERO }
            }
            _ => text.metrics,
        };
        let mut across = metrics.height();
        let mut combined = None;
        if matches!(leaf.kind, LeafKind::Combined { .. }) {
            let width = shaped.width();
            let scale = (leaf.advance.to_f32() * COMBINED_ROOM / width.max(f32::MIN_POSITIVE)).min(1.0);
            across = LayoutUnit::from_f32(width * scale);
            combined = Some(scale);
        }
        let fragment = TextFragment {
            style: StyleKey { box_id: item.box_id, is_first_line: self.line.lines.is_first_line },
            kind,
            size: LogicalSize::new(leaf.advance, across).to_physical(mode),
            ascent: text.alphabetic_ascent,
            bidi_level: leaf.level,
            characters,
            map: item.map.clone(),
            shaped,
            expansion,
            east_asian: EastAsianText { combined, emphasis_offset: leaf.emphasis_offset }.boxed(),
            decorations: self.line.decorations(item, leaf.shift),
        };
        Some(Piece {
            offset: LogicalOffset::new(start, baseline - metrics.ascent + (metrics.height() - across) / 2),
            relative: LayoutVector::default(),
            margin: Sides::default(),
            content: PieceContent::Text(fragment),
            is_hidden: false,
        })
    }
}
