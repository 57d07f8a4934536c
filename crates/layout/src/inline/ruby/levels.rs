//! Stacks annotations over and under what they belong to: those of one level stand on one line, those of containers that hold
//! others further out. <https://drafts.csswg.org/css-ruby-1/#ruby-layout>

use std::ops::Range;

use fanlight_base::LayoutUnit;

use super::RubyColumn;
use super::room::{AnnotationRoom, em_box};
use crate::formatting::Layouter;
use crate::inline::line::{LeafKind, LineBuilder};
use crate::inline::{TextMetrics, vertical_align};
use crate::style;

impl LineBuilder<'_> {
    /// Finds where the annotations stand, and how far they reach beyond a line of these metrics.
    pub(in crate::inline) fn place_annotations(
        &mut self,
        layouter: &mut Layouter<'_>,
        metrics: TextMetrics,
    ) -> AnnotationRoom {
        if self.columns.is_empty() {
            return AnnotationRoom::of_line(self, metrics, None);
        }
        self.prepare_annotations(layouter);
        // The innermost annotations lie next to their bases, not to the line.
        let next_to = |is_under: bool| {
            let innermost = self
                .columns
                .iter()
                .filter(|column| column.is_under == is_under && column.depth == 1)
                .map(|column| em_box(self, column.first..column.last + 1));
            let united = innermost.fold(TextMetrics::default(), |mut all, own| {
                all.unite(own);
                all
            });
            if united.height() > LayoutUnit::ZERO { united } else { metrics }
        };
        let from = TextMetrics { ascent: next_to(false).ascent, descent: next_to(true).descent };
        let reach = stack(self.columns.iter_mut().collect(), from);
        self.raise_emphasis_marks();
        AnnotationRoom::of_line(self, metrics, Some(reach))
    }

    /// Has emphasis marks stand beyond the annotations on their side.
    fn raise_emphasis_marks(&mut self) {
        for column in &self.columns {
            let height = column.annotation.extent_as_annotation().height();
            for leaf in &mut self.leaves[column.first..=column.last] {
                let LeafKind::Text { item, .. } = leaf.kind else { continue };
                let computed = &self.lines.style_of(&self.lines.items[item]).computed;
                if style::emphasis_side(computed, self.mode) == Some(column.is_under) {
                    leaf.emphasis_offset += height;
                }
            }
        }
    }

    /// Aligns annotations, along their lines and across.
    fn prepare_annotations(&mut self, layouter: &mut Layouter<'_>) {
        self.align_annotations();
        for column in &mut self.columns {
            vertical_align::align(&mut column.annotation, layouter);
            column.annotation.prepare_annotations(layouter);
        }
    }

    /// What an annotation asks for around its baseline: the em boxes of its text, or the whole box if that has edges.
    fn extent_as_annotation(&self) -> TextMetrics {
        let own = self.boxes.get(1).filter(|line_box| {
            let edges = line_box.edges.sum();
            let sides = [
                edges.block_start,
                edges.block_end,
                line_box.margins.block_start,
                line_box.margins.block_end,
            ];
            sides.iter().any(|&side| side != LayoutUnit::ZERO)
        });
        let Some(line_box) = own else { return em_box(self, self.all_leaves()) };
        let edges = line_box.edges.sum();
        let metrics = TextMetrics {
            ascent: line_box.text.metrics.ascent + edges.block_start + line_box.margins.block_start,
            descent: line_box.text.metrics.descent + edges.block_end + line_box.margins.block_end,
        };
        metrics.shifted(line_box.shift)
    }

    fn all_leaves(&self) -> Range<usize> {
        0..self.leaves.len()
    }
}

/// Places annotations of the same line above and below `from`, around the line's baseline. Returns how far they reach.
fn stack(mut columns: Vec<&mut RubyColumn<'_>>, from: TextMetrics) -> TextMetrics {
    let mut reach = from;
    for is_under in [false, true] {
        let depths = columns.iter().filter(|column| column.is_under == is_under).map(|column| column.depth);
        for depth in 1..=depths.max().unwrap_or(0) {
            let mut level: Vec<&mut RubyColumn<'_>> = columns
                .iter_mut()
                .filter(|column| column.is_under == is_under && column.depth == depth)
                .map(|column| &mut **column)
                .collect();
            let mut own = TextMetrics::default();
            level.iter().for_each(|column| own.unite(column.annotation.extent_as_annotation()));
            let inside = level.iter_mut().flat_map(|column| column.annotation.columns.iter_mut()).collect();
            let own = stack(inside, own);
            let baseline = if is_under {
                reach.descent += own.height();
                reach.descent - own.descent
            } else {
                reach.ascent += own.height();
                own.ascent - reach.ascent
            };
            level.iter_mut().for_each(|column| column.baseline = baseline);
        }
    }
    reach
}
