//! Answers by box and constraints, kept from one layout to the next for the boxes in which nothing changed.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::{BlockBasis, Constraints, LayoutResult, MinMax};
use crate::block::{FlowAnswer, FlowQuestion, FlowRecord};
use crate::box_tree::{BoxId, BoxKind, BoxTree};
use crate::flow::LogicalSize;
use crate::grid::SubgridAxis;
use crate::inline::PreparedLines;
use crate::table::{CellMeasures, Column, TableRecord};

/// How many answers a box keeps: flex and grid ask the same few questions again and again.
const RESULTS_PER_BOX: usize = 6;

/// How many intrinsic sizes a box keeps: with and without a height that percentages refer to, before and after a change.
const SIZES_PER_BOX: usize = 4;

/// How many answers a box keeps that it gave in the block formatting context of its parent.
const FLOWS_PER_BOX: usize = 2;

/// What a box is asked whose intrinsic sizes are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SizesQuestion {
    /// What percentages of its padding refer to; nothing where it has none.
    pub margin_basis: LayoutUnit,
    /// What is known of its block size.
    pub block: BlockBasis,
}

/// What is known of one box.
#[derive(Clone, Default)]
struct Entry {
    results: Vec<(Constraints, Arc<LayoutResult>)>,
    /// Which result the next one replaces when there are enough.
    next: u8,
    content_sizes: Vec<(SizesQuestion, MinMax)>,
    /// For lines that `::first-line` does not style, and for those that it does.
    lines: [Option<Arc<PreparedLines>>; 2],
    flows: Vec<(FlowQuestion, FlowAnswer)>,
    record: Option<Arc<FlowRecord>>,
    /// What only tables and subgrids have.
    tracks: Option<Box<Tracks>>,
}

/// What is known of the tracks of one table or subgrid.
#[derive(Clone, Default)]
struct Tracks {
    /// What the columns of a table ask for.
    columns: Option<Arc<[Column]>>,
    cells: Option<Arc<CellMeasures>>,
    table: Option<Arc<TableRecord>>,
    /// What a subgrid has of the grid around it. All other answers were given with that.
    subgrid: SubgridAxes,
}

/// What a subgrid has of the grid around it along each axis.
type SubgridAxes = LogicalSize<Option<Arc<SubgridAxis>>>;

/// Of what is no subgrid.
static NO_AXES: SubgridAxes = LogicalSize::new(None, None);

impl Entry {
    fn forget_answers(&mut self) {
        self.results.clear();
        self.next = 0;
        self.content_sizes.clear();
        self.flows.clear();
        if let Some(tracks) = &mut self.tracks {
            tracks.columns = None;
        }
    }

    fn tracks_mut(&mut self) -> &mut Tracks {
        self.tracks.get_or_insert_default()
    }
}

/// Adds to a list that mostly has one element: most boxes are asked one question.
fn push_tightly<T>(list: &mut Vec<T>, element: T) {
    list.reserve_exact(1);
    list.push(element);
}

/// Answers by box and constraints.
#[derive(Clone, Default)]
pub(crate) struct LayoutCache {
    /// Nothing for boxes that were asked nothing, as texts and inline boxes are not.
    entries: Vec<Option<Box<Entry>>>,
    /// For each box the layout before which something in it changed last.
    changed: Vec<u32>,
    /// How many layouts there were before this one.
    layouts: u32,
}

impl LayoutCache {
    /// An empty cache for this many boxes.
    pub fn new(boxes: usize) -> Self {
        LayoutCache { entries: vec![None; boxes], changed: vec![0; boxes], layouts: 0 }
    }

    /// Begins another layout.
    pub fn begin_layout(&mut self) {
        self.layouts += 1;
    }

    /// Makes room for this many boxes.
    pub fn add_boxes(&mut self, boxes: usize) {
        self.entries.resize_with(boxes, || None);
        self.changed.resize(boxes, self.layouts);
    }

    fn entry(&self, id: BoxId) -> Option<&Entry> {
        self.entries[id.index()].as_deref()
    }

    fn entry_mut(&mut self, id: BoxId) -> &mut Entry {
        self.entries[id.index()].get_or_insert_default()
    }

    fn tracks(&self, id: BoxId) -> Option<&Tracks> {
        self.entry(id)?.tracks.as_deref()
    }

    /// Which layout this is.
    pub fn layout_number(&self) -> u32 {
        self.layouts
    }

    /// Whether something in a box changed after the layout of this number.
    pub fn is_changed_since(&self, id: BoxId, layout: u32) -> bool {
        self.changed[id.index()] > layout
    }

    /// Forgets all about a box that changed, and what boxes around it answered.
    pub fn forget(&mut self, boxes: &BoxTree, id: BoxId) {
        self.entries[id.index()] = None;
        self.changed[id.index()] = self.layouts;
        self.forget_around(boxes, id);
    }

    /// Forgets what a box answered that has other boxes in it, and what boxes around it answered.
    pub fn forget_answers(&mut self, boxes: &BoxTree, id: BoxId) {
        if let Some(entry) = &mut self.entries[id.index()] {
            entry.forget_answers();
        }
        self.changed[id.index()] = self.layouts;
        self.forget_around(boxes, id);
    }

    fn forget_around(&mut self, boxes: &BoxTree, id: BoxId) {
        // The lines that a box is on have its style and its text in them.
        let mut is_on_lines = true;
        for ancestor in boxes.ancestors(id) {
            let mut entry = self.entries[ancestor.index()].as_deref_mut();
            if is_on_lines {
                if let Some(entry) = &mut entry {
                    entry.lines = [None, None];
                }
                is_on_lines = matches!(boxes.get(ancestor).kind, BoxKind::Inline(_));
            }
            if self.changed[ancestor.index()] < self.layouts {
                self.changed[ancestor.index()] = self.layouts;
                if let Some(entry) = entry {
                    entry.forget_answers();
                }
            } else if !is_on_lines {
                break;
            }
        }
    }

    /// Forgets all that depends on the viewport; what text shapes to does not.
    pub fn forget_sizes(&mut self) {
        for entry in self.entries.iter_mut().flatten() {
            entry.forget_answers();
            entry.record = None;
            if let Some(tracks) = &mut entry.tracks {
                tracks.cells = None;
                tracks.table = None;
            }
        }
        self.changed.fill(self.layouts);
    }

    pub fn result(&self, id: BoxId, constraints: &Constraints) -> Option<Arc<LayoutResult>> {
        let entry = self.entry(id)?;
        entry.results.iter().find(|(asked, _)| asked == constraints).map(|(_, result)| result.clone())
    }

    /// An answer for which, with what was asked, `is_it` says yes.
    pub fn result_by(
        &self,
        id: BoxId,
        is_it: impl Fn(&Constraints, &LayoutResult) -> bool,
    ) -> Option<Arc<LayoutResult>> {
        let found = self.entry(id)?.results.iter().find(|(asked, result)| is_it(asked, result));
        found.map(|(_, result)| result.clone())
    }

    /// What was asked where this was the answer.
    pub fn question(&self, id: BoxId, answer: &Arc<LayoutResult>) -> Option<Constraints> {
        let found = self.entry(id)?.results.iter().find(|(_, known)| Arc::ptr_eq(known, answer));
        found.map(|(asked, _)| *asked)
    }

    pub fn keep_result(&mut self, id: BoxId, constraints: Constraints, result: Arc<LayoutResult>) {
        let entry = self.entry_mut(id);
        if entry.results.len() < RESULTS_PER_BOX {
            push_tightly(&mut entry.results, (constraints, result));
        } else {
            entry.results[usize::from(entry.next)] = (constraints, result);
            entry.next = (entry.next + 1) % RESULTS_PER_BOX as u8;
        }
    }

    pub fn content_sizes(&self, id: BoxId, question: &SizesQuestion) -> Option<MinMax> {
        let known = &self.entry(id)?.content_sizes;
        known.iter().find(|(asked, _)| asked == question).map(|(_, sizes)| *sizes)
    }

    pub fn keep_content_sizes(&mut self, id: BoxId, question: SizesQuestion, sizes: MinMax) {
        let known = &mut self.entry_mut(id).content_sizes;
        if known.len() >= SIZES_PER_BOX {
            known.remove(0);
        }
        push_tightly(known, (question, sizes));
    }

    pub fn lines(&self, id: BoxId, is_first_line: bool) -> Option<Arc<PreparedLines>> {
        self.entry(id)?.lines[usize::from(is_first_line)].clone()
    }

    pub fn keep_lines(&mut self, id: BoxId, is_first_line: bool, lines: Arc<PreparedLines>) {
        self.entry_mut(id).lines[usize::from(is_first_line)] = Some(lines);
    }

    /// What a box answered in the block formatting context of its parent.
    pub fn flow(&self, id: BoxId, question: &FlowQuestion) -> Option<&FlowAnswer> {
        let known = &self.entry(id)?.flows;
        known.iter().find(|(asked, _)| asked == question).map(|(_, answer)| answer)
    }

    pub fn keep_flow(&mut self, id: BoxId, question: FlowQuestion, answer: FlowAnswer) {
        let known = &mut self.entry_mut(id).flows;
        if known.len() >= FLOWS_PER_BOX {
            known.remove(0);
        }
        push_tightly(known, (question, answer));
    }

    /// Takes where the children of a block container landed when it was last laid out, whatever changed in them since.
    pub fn take_record(&mut self, id: BoxId) -> Option<Arc<FlowRecord>> {
        self.entries[id.index()].as_mut()?.record.take()
    }

    pub fn keep_record(&mut self, id: BoxId, record: Arc<FlowRecord>) {
        self.entry_mut(id).record = Some(record);
    }

    pub fn columns(&self, table: BoxId) -> Option<Arc<[Column]>> {
        self.tracks(table)?.columns.clone()
    }

    pub fn keep_columns(&mut self, table: BoxId, columns: Arc<[Column]>) {
        self.entry_mut(table).tracks_mut().columns = Some(columns);
    }

    /// What the cells of a table asked for when they were last measured, whatever changed in them since.
    pub fn cells(&self, table: BoxId) -> Option<Arc<CellMeasures>> {
        self.tracks(table)?.cells.clone()
    }

    pub fn keep_cells(&mut self, table: BoxId, cells: Arc<CellMeasures>) {
        self.entry_mut(table).tracks_mut().cells = Some(cells);
    }

    /// The rows of a table when it was last laid out, whatever changed in them since.
    pub fn table(&self, id: BoxId) -> Option<Arc<TableRecord>> {
        self.tracks(id)?.table.clone()
    }

    pub fn keep_table(&mut self, id: BoxId, record: Arc<TableRecord>) {
        self.entry_mut(id).tracks_mut().table = Some(record);
    }

    /// What a subgrid was given by the grid around it.
    pub fn subgrid(&self, id: BoxId) -> &SubgridAxes {
        self.tracks(id).map_or(&NO_AXES, |tracks| &tracks.subgrid)
    }

    /// Gives a subgrid something else; what it answered before no longer holds.
    pub fn set_subgrid(&mut self, id: BoxId, subgrid: SubgridAxes) {
        if *self.subgrid(id) != subgrid {
            let entry = self.entry_mut(id);
            entry.tracks_mut().subgrid = subgrid;
            entry.forget_answers();
        }
    }
}
