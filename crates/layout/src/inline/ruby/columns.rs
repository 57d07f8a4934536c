//! Columns on a line that is being put together.

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::properties::inherited_text::RubyPosition;

use super::align::Aligned;
use super::{BrokenColumn, length};
use crate::box_tree::{BoxId, InlineItemKind};
use crate::formatting::Layouter;
use crate::inline::PreparedLines;
use crate::inline::breaker::Place;
use crate::inline::line::{LineBuilder, PlacedAtomic};

/// A column on a line.
pub(in crate::inline) struct RubyColumn<'a> {
    /// The leaves that it begins and ends with.
    pub first: usize,
    pub last: usize,
    /// Whether its base has the length of the column, so that it is justified with the rest of the line.
    pub is_base_whole: bool,
    /// Whether the annotation is below the base.
    pub is_under: bool,
    /// How many annotations are between this one and the text, itself counted: it stands further out than those of columns in
    /// its base.
    pub depth: u32,
    pub annotation: LineBuilder<'a>,
    annotation_size: LayoutUnit,
    /// The length of the column, and that of its leaves then: justification may make both longer.
    size: LayoutUnit,
    length_of_leaves: LayoutUnit,
    /// How far the annotation's baseline is below that of the line that its base is on.
    pub baseline: LayoutUnit,
}

impl<'a> LineBuilder<'a> {
    /// Takes the end of a column that begins with the leaf `first`; its base is on the line.
    pub(in crate::inline) fn close_column(
        &mut self,
        layouter: &mut Layouter<'_>,
        broken: &BrokenColumn,
        first: usize,
        atomic: &mut dyn FnMut(BoxId) -> PlacedAtomic,
    ) {
        let last = self.leaves.len() - 1;
        let lines = self.lines;
        let computed = lines.style_of(&lines.items[broken.open]).computed.clone();
        let space = broken.space_of_base();
        let left = self.align_in_column(first + 1..last, space, &computed, Aligned::Base);
        self.leaves[last].advance -= space - left;
        let length_of_leaves = self.length_of_leaves(first + 1..last);
        let is_under = computed.inherited_text.ruby_position == RubyPosition::Under;
        let inside = self.columns.iter().filter(|column| column.first > first && column.is_under == is_under);
        let depth = 1 + inside.map(|column| column.depth).max().unwrap_or(0);
        let annotations = &lines.annotations[broken.number];
        let mut open = open_boxes(annotations, broken.annotation_start);
        let container = lines.contents.annotations[broken.number].box_id;
        let mut annotation = self.line_of_annotation(layouter, annotations, container, &open);
        annotation.take(layouter, &broken.annotation, &mut open, atomic);
        let annotation_size = length(&broken.annotation) + annotation.added_inline_size();
        self.columns.push(RubyColumn {
            first,
            last,
            is_base_whole: space <= LayoutUnit::ZERO,
            is_under,
            depth,
            annotation,
            annotation_size,
            size: broken.size,
            length_of_leaves,
            baseline: LayoutUnit::ZERO,
        });
    }

    /// Aligns the annotations in their columns, which have their final lengths.
    pub(super) fn align_annotations(&mut self) {
        for index in 0..self.columns.len() {
            let column = &self.columns[index];
            let justified = self.length_of_leaves(column.first + 1..column.last) - column.length_of_leaves;
            let space = column.size + justified - column.annotation_size;
            let annotation = &mut self.columns[index].annotation;
            let computed = annotation.lines.styles[0].computed.clone();
            annotation.align_in_column(0..annotation.leaves.len(), space, &computed, Aligned::Annotation);
        }
    }

    fn length_of_leaves(&self, leaves: Range<usize>) -> LayoutUnit {
        self.leaves[leaves].iter().map(|leaf| leaf.advance).sum()
    }
}

/// The boxes that are open at a place in the items of an inline formatting context.
fn open_boxes(lines: &PreparedLines, place: Place) -> Vec<BoxId> {
    let mut open = Vec::new();
    for item in lines.items.iter().take(place.item) {
        match item.kind {
            InlineItemKind::OpenBox => open.push(item.box_id),
            InlineItemKind::CloseBox => {
                open.pop();
            }
            _ => {}
        }
    }
    open
}
