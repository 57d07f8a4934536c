//! Answers by box and constraints.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::{Constraints, LayoutResult, MinMax};
use crate::box_tree::BoxId;
use crate::inline::PreparedLines;

/// How many answers a box keeps: flex and grid ask the same few questions again and again.
const RESULTS_PER_BOX: usize = 6;

/// How many intrinsic sizes a box keeps: with and without a height that percentages refer to, before and after a change.
const SIZES_PER_BOX: usize = 4;

/// What is known of one box.
#[derive(Clone, Default)]
struct Entry {
    results: Vec<(Constraints, Arc<LayoutResult>)>,
    /// Which result the next one replaces when there are enough.
    next: usize,
    content_sizes: Vec<(Option<LayoutUnit>, MinMax)>,
    /// For lines that `::first-line` does not style, and for those that it does.
    lines: [Option<Arc<PreparedLines>>; 2],
}

/// Answers by box and constraints.
#[derive(Clone, Default)]
pub(crate) struct LayoutCache {
    entries: Vec<Entry>,
}

impl LayoutCache {
    /// An empty cache for this many boxes.
    pub fn new(boxes: usize) -> Self {
        LayoutCache { entries: vec![Entry::default(); boxes] }
    }

    pub fn result(&self, id: BoxId, constraints: &Constraints) -> Option<Arc<LayoutResult>> {
        let entry = &self.entries[id.index()];
        entry.results.iter().find(|(asked, _)| asked == constraints).map(|(_, result)| result.clone())
    }

    pub fn keep_result(&mut self, id: BoxId, constraints: Constraints, result: Arc<LayoutResult>) {
        let entry = &mut self.entries[id.index()];
        if entry.results.len() < RESULTS_PER_BOX {
            entry.results.push((constraints, result));
        } else {
            entry.results[entry.next] = (constraints, result);
            entry.next = (entry.next + 1) % RESULTS_PER_BOX;
        }
    }

    pub fn content_sizes(&self, id: BoxId, block_basis: Option<LayoutUnit>) -> Option<MinMax> {
        let known = &self.entries[id.index()].content_sizes;
        known.iter().find(|(asked, _)| *asked == block_basis).map(|(_, sizes)| *sizes)
    }

    pub fn keep_content_sizes(&mut self, id: BoxId, block_basis: Option<LayoutUnit>, sizes: MinMax) {
        let known = &mut self.entries[id.index()].content_sizes;
        if known.len() >= SIZES_PER_BOX {
            known.remove(0);
        }
        known.push((block_basis, sizes));
    }

    pub fn lines(&self, id: BoxId, is_first_line: bool) -> Option<Arc<PreparedLines>> {
        self.entries[id.index()].lines[usize::from(is_first_line)].clone()
    }

    pub fn keep_lines(&mut self, id: BoxId, is_first_line: bool, lines: Arc<PreparedLines>) {
        self.entries[id.index()].lines[usize::from(is_first_line)] = Some(lines);
    }
}
