//! What is kept of the children of block containers, so that one that changed costs itself and not its siblings.
//!
//! Where no float makes a difference, where a child lands depends on nothing but its size and the margins before it:
//!
//! - A child in its parent's formatting context answers a [`FlowQuestion`] once; its [`FlowAnswer`] holds wherever the
//!   parent comes to ask it again.
//! - A block container with many children keeps a [`FlowRecord`] of all of them. When it is laid out again, those that did
//!   not change are moved to where they are now, without a look at them.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::flow::{BlockFlow, FlowSpace, Outcome, Position, Restart};
use super::margin_strut::MarginStrut;
use crate::box_tree::{BoxId, Control};
use crate::float::Consulted;
use crate::flow::LogicalSides;
use crate::formatting::{Child, Constraints, LayoutResult, Layouter};
use crate::fragment::{BoxFragment, Fragment, FragmentLink};
use crate::overflow::Reach;
use crate::style;

/// From how many children on a block container keeps a record of them.
const RECORDED_CHILDREN: usize = 16;

/// How far the next known child is looked for past those that are gone.
const MAX_SKIPPED_CHILDREN: usize = 64;

/// What a child in its parent's formatting context is asked, where it lies between no floats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FlowQuestion {
    pub(crate) constraints: Constraints,
    pub(crate) start: FlowStart,
}

/// What comes before a child in its parent's formatting context.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FlowStart {
    /// The margins before it that have not stopped collapsing.
    strut: MarginStrut,
    /// What is left over before it for ruby annotations.
    annotation_space: LayoutUnit,
}

impl FlowQuestion {
    /// Nothing where floats are involved whose place is still being found.
    pub(super) fn new(constraints: &Constraints, space: &FlowSpace) -> Option<FlowQuestion> {
        let is_plain = space.forced.is_none()
            && space.assumed.is_none()
            && space.adjoining_floats == [false; 2]
            && space.clearance == LayoutUnit::MIN;
        is_plain.then_some(FlowQuestion {
            constraints: *constraints,
            start: FlowStart { strut: space.strut, annotation_space: space.annotation_space },
        })
    }
}

/// What the child answers: an [`Outcome`] wherever it is.
#[derive(Clone)]
pub(crate) struct FlowAnswer {
    result: LayoutResult,
    /// Its block-start border edge, from [`FlowSpace::block`].
    block: Option<LayoutUnit>,
    end_strut: MarginStrut,
    annotation_space: LayoutUnit,
    /// What it asked of floats, from [`FlowSpace::block`].
    consulted: Consulted,
}

impl BlockFlow<'_, '_> {
    /// The answer of a child that was asked the same before.
    pub(super) fn known_answer(
        &self,
        child: BoxId,
        question: &FlowQuestion,
        space: &FlowSpace,
    ) -> Option<Outcome> {
        let known = self.layouter.cache.flow(child, question)?;
        let consulted = known.consulted.moved(space.block);
        if self.exclusions.matters_to(consulted) {
            return None;
        }
        self.exclusions.note(consulted);
        Some(Outcome {
            result: known.result.clone(),
            block: known.block.map(|block| block + space.block),
            end_strut: known.end_strut,
            pushed_by_floats: false,
            assumed: None,
            adjoining_floats: [false; 2],
            annotation_space: known.annotation_space,
        })
    }

    /// Keeps the answer of a child that left `floats` behind, where it depends on none.
    pub(super) fn keep_answer(
        &mut self,
        child: BoxId,
        question: FlowQuestion,
        space: &FlowSpace,
        outcome: &Outcome,
        consulted: Consulted,
        floats: usize,
    ) {
        if self.exclusions.len() != floats
            || outcome.adjoining_floats != [false; 2]
            || outcome.pushed_by_floats
            || self.exclusions.matters_to(consulted)
        {
            return;
        }
        let answer = FlowAnswer {
            result: outcome.result.clone(),
            block: outcome.block.map(|block| block - space.block),
            end_strut: outcome.end_strut,
            annotation_space: outcome.annotation_space,
            consulted: consulted.moved(-space.block),
        };
        self.layouter.cache.keep_flow(child, question, answer);
    }
}

/// Where one child landed.
#[derive(Clone, Copy)]
struct ChildRecord {
    id: BoxId,
    /// The place of its link among those of the parent's fragment; nothing where it is not alone in where it landed.
    link: Option<u32>,
    /// Where the parent was before it and after it.
    before: Position,
    after: Position,
    /// What it asked of floats, from the parent's block-start border edge.
    consulted: Consulted,
    /// Its first and its last baseline, from there too.
    baselines: [Option<LayoutUnit>; 2],
}

/// The room that a block container gives its children.
#[derive(Clone, Copy, PartialEq)]
struct Room {
    inline_size: LayoutUnit,
    edges: LogicalSides,
    percentage_block: Option<LayoutUnit>,
}

/// Where the children of a block container landed.
#[derive(Clone)]
pub(crate) struct FlowRecord {
    /// The number of the layout that made it.
    layout: u32,
    room: Room,
    children: Vec<ChildRecord>,
    /// The parent's fragment, and how far each of its links reaches.
    fragment: Arc<BoxFragment>,
    reaches: Vec<Reach>,
}

/// A record from which children are taken, in their order.
struct Known {
    layout: u32,
    children: Vec<ChildRecord>,
    reaches: Vec<Reach>,
    links: std::vec::IntoIter<FragmentLink>,
    /// The place of the next child, and of the next link.
    next: usize,
    next_link: usize,
}

impl Known {
    /// Where nobody else holds the fragment any more, its links are moved and not copied.
    fn new(record: Arc<FlowRecord>) -> Known {
        let FlowRecord { layout, children, reaches, fragment, .. } = Arc::unwrap_or_clone(record);
        let links = Arc::unwrap_or_clone(fragment).children.into_vec().into_iter();
        Known { layout, children, reaches, links, next: 0, next_link: 0 }
    }

    /// Goes past a child.
    fn find(&mut self, child: BoxId) -> Option<ChildRecord> {
        let mut ahead = self.children.iter().skip(self.next).take(MAX_SKIPPED_CHILDREN);
        let skipped = ahead.position(|record| record.id == child)?;
        self.next += skipped + 1;
        self.children.get(self.next - 1).copied()
    }

    /// Takes a link, and how far it reaches.
    fn take(&mut self, place: usize) -> Option<(FragmentLink, Reach)> {
        let link = self.links.nth(place.checked_sub(self.next_link)?)?;
        self.next_link = place + 1;
        Some((link, *self.reaches.get(place)?))
    }
}

/// The record of a block container while it is laid out.
pub(super) struct Recorder {
    room: Room,
    children: Vec<ChildRecord>,
}

impl Recorder {
    /// Keeps the record of a box whose fragment is done.
    pub(super) fn keep(
        self,
        layouter: &mut Layouter<'_>,
        id: BoxId,
        fragment: &Arc<BoxFragment>,
        reaches: Vec<Reach>,
    ) {
        let Recorder { room, children } = self;
        let layout = layouter.cache.layout_number();
        let record = FlowRecord { layout, room, children, fragment: fragment.clone(), reaches };
        layouter.cache.keep_record(id, Arc::new(record));
    }
}

impl BlockFlow<'_, '_> {
    fn room(&self) -> Room {
        Room { inline_size: self.inline_size, edges: self.edges, percentage_block: self.percentage_block }
    }

    /// Lays out the children, from the record of the time before where that holds.
    pub(super) fn children(&mut self, children: &[BoxId]) -> Result<(), Restart> {
        // Across the lines of vertical text, places depend on the size of the parent.
        // What a button shows is moved to its middle when all is there, and `align-content` moves all too.
        let is_button = self.layouter.boxes.get(self.id).control.as_deref().is_some_and(Control::is_button);
        if self.breaks.is_some() {
            return self.children_in_fragmentainer(children);
        }
        self.builder.reserve(children.len());
        let is_aligned = style::block_content_alignment(&self.computed).is_some();
        let is_plain =
            self.mode.is_horizontal() && !is_button && !is_aligned && !self.layouter.line_clamp.is_limited();
        if children.len() < RECORDED_CHILDREN || !is_plain {
            return children.iter().try_for_each(|&child| self.child(child));
        }
        let mut recorder = Recorder { room: self.room(), children: Vec::with_capacity(children.len()) };
        // A box whose own style changed has no record: that of this one was made with the same style.
        let known = self.layouter.cache.take_record(self.id).filter(|known| known.room == recorder.room);
        let mut known = known.map(Known::new);
        for &child in children {
            if let Some(known) = &mut known
                && let Some(record) = known.find(child)
                && let Some(record) = self.reused(known, &record)
            {
                recorder.children.push(record);
                continue;
            }
            recorder.children.push(self.recorded(child)?);
        }
        self.builder.keep_reaches();
        self.recorder = Some(recorder);
        Ok(())
    }

    /// Puts a child where it belongs that did not change since it was recorded; nothing where that does not say where.
    fn reused(&mut self, known: &mut Known, record: &ChildRecord) -> Option<ChildRecord> {
        let (place, block) = (record.link?, self.block?);
        let before = self.position;
        let is_same = before.strut == record.before.strut
            && before.after_cleared_empty_child == record.before.after_cleared_empty_child
            && !self.layouter.cache.is_changed_since(record.id, known.layout);
        // The marker goes beside it, and may move it.
        let takes_marker = self.marker.is_some() && record.baselines[0].is_some();
        if !is_same || takes_marker {
            return None;
        }
        let shift = before.block - record.before.block;
        let consulted = record.consulted.moved(shift);
        if self.exclusions.matters_to(consulted.moved(block)) {
            return None;
        }
        let (link, reach) = known.take(place as usize)?;
        self.exclusions.note(consulted.moved(block));
        let baselines = record.baselines.map(|baseline| baseline.map(|baseline| baseline + shift));
        self.take_baselines(baselines);
        let place = self.builder.add_known(link, reach, shift);
        self.position = Position { block: record.after.block + shift, ..record.after };
        Some(ChildRecord {
            id: record.id,
            link: Some(place as u32),
            before,
            after: self.position,
            consulted,
            baselines,
        })
    }

    fn baselines_of_child(&self, place: usize) -> [Option<LayoutUnit>; 2] {
        match self.builder.new_child(place) {
            Some(Child { offset, fragment: Fragment::Box(fragment), .. }) => {
                self.baselines(fragment, offset.block)
            }
            _ => [None; 2],
        }
    }

    /// Lays out a child and records where it landed.
    fn recorded(&mut self, child: BoxId) -> Result<ChildRecord, Restart> {
        let (known_block, before) = (self.block, self.position);
        let (floats, landed) = (self.exclusions.len(), self.builder.landed());
        let watch = self.exclusions.watch();
        let done = self.child(child);
        let consulted = self.exclusions.end_watch(watch);
        done?;
        let link = match known_block {
            Some(_) if self.exclusions.len() == floats && !self.exclusions.matters_to(consulted) => {
                self.builder.only_child_since(landed)
            }
            _ => None,
        };
        Ok(ChildRecord {
            id: child,
            link: link.map(|link| link as u32),
            before,
            after: self.position,
            consulted: consulted.moved(-known_block.unwrap_or_default()),
            baselines: link.map_or([None; 2], |link| self.baselines_of_child(link)),
        })
    }
}
