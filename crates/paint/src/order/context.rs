//! Contexts: what is painted as a whole, with a bucket for each phase of painting.

use fanlight_layout::{BoxFragment, BoxId};
use rustc_hash::FxHashMap;

use super::{Operation, Place};

/// Names a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContextId(u32);

impl ContextId {
    /// The stacking context of the initial containing block.
    pub(super) const ROOT: ContextId = ContextId(0);
}

/// What a bucket holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry<'a> {
    Operation(Operation<'a>, Place),
    /// A context that is painted here, as a whole.
    Context(ContextId),
}

/// The phases of a context whose order the fragment tree decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Background and borders of the box that makes the context.
    Own,
    /// In-flow, block-level descendants that are not positioned: background and borders.
    Blocks,
    /// Floats that are not positioned.
    Floats,
    /// In-flow, inline-level descendants that are not positioned: text, inline boxes, atomic boxes.
    Foreground,
    /// Outlines of all of these.
    Outlines,
}

/// Everything that is painted together.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The box that makes it.
    pub(super) box_id: BoxId,
    /// Where it stands among the others of its stacking context; 0 for `auto`.
    pub(super) z_index: i32,
    /// The first fragment of the box, where the group's effects happen.
    pub(super) first: Option<(Place, &'a BoxFragment)>,
    /// The mask, when there is one.
    pub(super) masks: Vec<(Operation<'a>, Place)>,
    /// Contexts of positioned descendants and of descendant stacking contexts that belong to this stacking context.
    pub(super) stacked: Vec<ContextId>,
    phases: [Vec<Entry<'a>>; 5],
}

impl<'a> Context<'a> {
    fn new(box_id: BoxId, z_index: i32) -> Self {
        Context {
            box_id,
            z_index,
            first: None,
            masks: Vec::new(),
            stacked: Vec::new(),
            phases: std::array::from_fn(|_| Vec::new()),
        }
    }

    /// Adds to the end of a phase.
    pub(super) fn push(&mut self, phase: Phase, entry: Entry<'a>) {
        self.phases[phase as usize].push(entry);
    }

    /// Takes what a phase paints.
    pub(super) fn take_phase(&mut self, phase: Phase) -> Vec<Entry<'a>> {
        std::mem::take(&mut self.phases[phase as usize])
    }
}

/// All contexts.
#[derive(Debug)]
pub(super) struct Contexts<'a> {
    contexts: Vec<Context<'a>>,
    by_box: FxHashMap<BoxId, ContextId>,
}

impl<'a> Contexts<'a> {
    /// The root stacking context alone.
    pub(super) fn new() -> Self {
        let mut contexts = Contexts { contexts: Vec::new(), by_box: FxHashMap::default() };
        contexts.add(BoxId::VIEWPORT, 0);
        contexts
    }

    /// A new context for a box.
    pub(super) fn add(&mut self, box_id: BoxId, z_index: i32) -> ContextId {
        let id = ContextId(self.contexts.len() as u32);
        self.contexts.push(Context::new(box_id, z_index));
        self.by_box.insert(box_id, id);
        id
    }

    /// The context that a box has made already.
    pub(super) fn of_box(&self, box_id: BoxId) -> Option<ContextId> {
        self.by_box.get(&box_id).copied()
    }

    pub(super) fn get(&self, id: ContextId) -> &Context<'a> {
        &self.contexts[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: ContextId) -> &mut Context<'a> {
        &mut self.contexts[id.0 as usize]
    }

    /// Adds to the end of a phase.
    pub(super) fn push(&mut self, id: ContextId, phase: Phase, entry: Entry<'a>) {
        self.get_mut(id).push(phase, entry);
    }
}
