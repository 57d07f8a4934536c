//! Answers by box and constraints, kept from one layout to the next for the boxes in which nothing changed.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use thin_vec::ThinVec;

use super::{BlockBasis, Constraints, LayoutResult, MinMax};
use crate::block::{FlowAnswer, FlowQuestion, FlowRecord, FlowStart};
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

/// What is known of one box. It takes one cache line: layout asks box after box, and again in the next pass.
#[derive(Clone, Default)]
#[repr(align(64))]
struct Entry {
    results: ThinVec<(Constraints, Arc<LayoutResult>)>,
    /// Which result the next one replaces when there are enough.
    next: u8,
    content_sizes: ThinVec<(SizesQuestion, MinMax)>,
    /// For lines that `::first-line` does not style, and for those that it does.
    lines: [Option<Arc<PreparedLines>>; 2],
    flows: ThinVec<KnownFlow>,
    record: Option<Arc<FlowRecord>>,
    /// What only tables and subgrids have.
    tracks: Option<Box<Tracks>>,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Entry>() == 64);

/// An answer given in the block formatting context of the parent.
#[derive(Clone)]
struct KnownFlow {
    constraints: Arc<Constraints>,
    start: FlowStart,
    answer: FlowAnswer,
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
fn push_tightly<T>(list: &mut ThinVec<T>, element: T) {
    list.reserve_exact(1);
    list.push(element);
}

/// Answers by box and constraints.
#[derive(Clone, Default)]
pub(crate) struct LayoutCache {
    /// For each box what it was asked: nothing for texts and inline boxes.
    entries: Vec<Entry>,
    /// For each box the layout before which something in it changed last.
    changed: Vec<u32>,
    /// How many layouts there were before this one.
    layouts: u32,
    /// What was last asked: siblings mostly are asked the same, and share it.
    asked: Option<Arc<Constraints>>,
}

impl LayoutCache {
    /// An empty cache for this many boxes.
    pub fn new(boxes: usize) -> Self {
        LayoutCache {
            entries: vec![Entry::default(); boxes],
            changed: vec![0; boxes],
            layouts: 0,
            asked: None,
        }
    }

    /// Begins another layout.
    pub fn begin_layout(&mut self) {
        self.layouts += 1;
    }

    /// Makes room for this many boxes.
    pub fn add_boxes(&mut self, boxes: usize) {
        self.entries.resize_with(boxes, Entry::default);
        self.changed.resize(boxes, self.layouts);
    }

    fn entry(&self, id: BoxId) -> &Entry {
        &self.entries[id.index()]
    }

    fn entry_mut(&mut self, id: BoxId) -> &mut Entry {
        &mut self.entries[id.index()]
    }

    /// The question, shared with those who were asked the same just before.
    fn shared(&mut self, constraints: &Constraints) -> Arc<Constraints> {
        match &self.asked {
            Some(asked) if **asked == *constraints => asked.clone(),
            _ => self.asked.insert(Arc::new(*constraints)).clone(),
        }
    }

    fn tracks(&self, id: BoxId) -> Option<&Tracks> {
        self.entry(id).tracks.as_deref()
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
        self.entries[id.index()] = Entry::default();
        self.changed[id.index()] = self.layouts;
        self.forget_around(boxes, id);
    }

    /// Forgets what a box answered that has other boxes in it, and what boxes around it answered.
    pub fn forget_answers(&mut self, boxes: &BoxTree, id: BoxId) {
        self.entries[id.index()].forget_answers();
        self.changed[id.index()] = self.layouts;
        self.forget_around(boxes, id);
    }

    fn forget_around(&mut self, boxes: &BoxTree, id: BoxId) {
        // The lines that a box is on have its style and its text in them.
        let mut is_on_lines = true;
        for ancestor in boxes.ancestors(id) {
            let entry = &mut self.entries[ancestor.index()];
            if is_on_lines {
                entry.lines = [None, None];
                is_on_lines = matches!(boxes.get(ancestor).kind, BoxKind::Inline(_));
            }
            if self.changed[ancestor.index()] < self.layouts {
                self.changed[ancestor.index()] = self.layouts;
                entry.forget_answers();
            } else if !is_on_lines {
                break;
            }
        }
    }

    /// Forgets all that depends on the viewport; what text shapes to does not.
    pub fn forget_sizes(&mut self) {
        for entry in &mut self.entries {
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
        self.entry(id)
            .results
            .iter()
            .find(|(asked, _)| asked == constraints)
            .map(|(_, result)| result.clone())
    }

    /// An answer for which, with what was asked, `is_it` says yes.
    pub fn result_by(
        &self,
        id: BoxId,
        is_it: impl Fn(&Constraints, &LayoutResult) -> bool,
    ) -> Option<Arc<LayoutResult>> {
        let found = self.entry(id).results.iter().find(|(asked, result)| is_it(asked, result));
        found.map(|(_, result)| result.clone())
    }

    /// What was asked where this was the answer.
    pub fn question(&self, id: BoxId, answer: &Arc<LayoutResult>) -> Option<Constraints> {
        let found = self.entry(id).results.iter().find(|(_, known)| Arc::ptr_eq(known, answer));
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
        let known = &self.entry(id).content_sizes;
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
        self.entry(id).lines[usize::from(is_first_line)].clone()
    }

    pub fn keep_lines(&mut self, id: BoxId, is_first_line: bool, lines: Arc<PreparedLines>) {
        self.entry_mut(id).lines[usize::from(is_first_line)] = Some(lines);
    }

    /// What a box answered in the block formatting context of its parent.
    pub fn flow(&self, id: BoxId, question: &FlowQuestion) -> Option<&FlowAnswer> {
        let known = &self.entry(id).flows;
        let is_same =
            |known: &&KnownFlow| known.start == question.start && *known.constraints == question.constraints;
        known.iter().find(is_same).map(|known| &known.answer)
    }

    pub fn keep_flow(&mut self, id: BoxId, question: FlowQuestion, answer: FlowAnswer) {
        let constraints = self.shared(&question.constraints);
        let known = &mut self.entry_mut(id).flows;
        if known.len() >= FLOWS_PER_BOX {
            known.remove(0);
        }
        push_tightly(known, KnownFlow { constraints, start: question.start, answer });
    }

    /// Takes where the children of a block container landed when it was last laid out, whatever changed in them since.
    pub fn take_record(&mut self, id: BoxId) -> Option<Arc<FlowRecord>> {
        self.entries[id.index()].record.take()
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
