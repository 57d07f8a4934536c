//! From contexts to one sequence of steps, with the groups that effects make.

use fanlight_layout::LayoutTree;

use super::context::{ContextId, Contexts, Entry, Phase};
use super::walk::Walked;
use super::{Operation, PaintOrder, Place, Step, sort};
use crate::display_list::{BlendMode, ClipTree, EffectId, EffectNode, EffectTree, Filter};
use crate::effect;
use crate::input::PaintInput;

/// What is still to do, on an explicit stack: contexts nest as deep as the page likes.
enum Work<'a> {
    Entries(std::vec::IntoIter<Entry<'a>>),
    Contexts(std::vec::IntoIter<ContextId>),
    /// Ends a group.
    Close {
        outer: Option<EffectId>,
        masks: Vec<(Operation<'a>, Place)>,
    },
}

/// Runs through the contexts in painting order.
pub(super) fn flatten<'a>(
    layout: &'a LayoutTree,
    walked: Walked<'a>,
    input: &PaintInput<'_>,
) -> PaintOrder<'a> {
    let Walked { contexts, spatial, clips, canvas, has_orders } = walked;
    let mut flattening = Flattening {
        layout,
        input,
        contexts,
        has_orders,
        clips,
        effects: EffectTree::default(),
        steps: Vec::new(),
        work: vec![Work::Contexts(vec![ContextId::ROOT].into_iter())],
        effect: None,
    };
    flattening.run();
    PaintOrder {
        steps: flattening.steps,
        spatial,
        clips: flattening.clips,
        effects: flattening.effects,
        canvas,
    }
}

struct Flattening<'a, 'i> {
    layout: &'a LayoutTree,
    input: &'i PaintInput<'i>,
    contexts: Contexts<'a>,
    has_orders: bool,
    clips: ClipTree,
    effects: EffectTree,
    steps: Vec<Step<'a>>,
    work: Vec<Work<'a>>,
    effect: Option<EffectId>,
}

impl<'a> Flattening<'a, '_> {
    fn run(&mut self) {
        while let Some(work) = self.work.last_mut() {
            match work {
                Work::Entries(entries) => match entries.next() {
                    Some(Entry::Operation(operation, place)) => {
                        self.steps.push(Step { operation, place, effect: self.effect });
                    }
                    Some(Entry::Context(id)) => self.enter(id),
                    None => {
                        self.work.pop();
                    }
                },
                Work::Contexts(ids) => match ids.next() {
                    Some(id) => self.enter(id),
                    None => {
                        self.work.pop();
                    }
                },
                Work::Close { .. } => {
                    let Some(Work::Close { outer, masks }) = self.work.pop() else { continue };
                    self.close(outer, masks);
                }
            }
        }
    }

    /// The phases of a context, in the order of CSS 2 Appendix E, put on the stack from the last to the first.
    fn enter(&mut self, id: ContextId) {
        let mut stacked = std::mem::take(&mut self.contexts.get_mut(id).stacked);
        let (layout, contexts, orders) = (self.layout, &self.contexts, self.has_orders);
        stacked.sort_by(|&first, &second| {
            let (first, second) = (contexts.get(first), contexts.get(second));
            first
                .z_index
                .cmp(&second.z_index)
                .then_with(|| sort::compare(layout, first.box_id, second.box_id, orders))
        });
        let below = stacked.partition_point(|&id| contexts.get(id).z_index < 0);
        let above = stacked.split_off(below);

        self.open(id);
        // 8, 9. Positioned descendants and stacking contexts with z-index auto, 0 and more.
        self.work.push(Work::Contexts(above.into_iter()));
        // 4 to 7, and 10 for what is not positioned: Chromium draws those outlines below positioned descendants.
        for phase in [Phase::Outlines, Phase::Foreground, Phase::Floats, Phase::Blocks] {
            let entries = self.contexts.get_mut(id).take_phase(phase);
            if !entries.is_empty() {
                self.work.push(Work::Entries(entries.into_iter()));
            }
        }
        // 3. Stacking contexts with negative z-index.
        self.work.push(Work::Contexts(stacked.into_iter()));
        // 1, 2. The background and borders of the box itself.
        self.work.push(Work::Entries(self.contexts.get_mut(id).take_phase(Phase::Own).into_iter()));
    }

    /// Begins the group of a context whose box has effects.
    fn open(&mut self, id: ContextId) {
        let context = self.contexts.get_mut(id);
        let masks = std::mem::take(&mut context.masks);
        let (box_id, first) = (context.box_id, context.first);
        let Some(node) = effect::group(self.layout, box_id, first, self.effect, &mut self.clips, self.input)
        else {
            return;
        };
        let outer = self.effect;
        let place = node.filters.iter().any(|filter| matches!(filter, Filter::Reference(_))).then_some(first);
        self.effect = Some(self.effects.push(node));
        if let Some((place, _)) = place.flatten() {
            self.steps.push(Step { operation: Operation::FilterRegions, place, effect: self.effect });
        }
        self.work.push(Work::Close { outer, masks });
    }

    fn close(&mut self, outer: Option<EffectId>, masks: Vec<(Operation<'a>, Place)>) {
        let (clips, masks): (Vec<_>, Vec<_>) =
            masks.into_iter().partition(|(operation, _)| matches!(operation, Operation::ClipReference(_)));
        // What several fragments of a box leave is left; what is clipped as well as masked, only where both leave it.
        for masks in [clips, masks] {
            let Some((_, place)) = masks.first() else { continue };
            let node = EffectNode {
                blend_mode: BlendMode::DestinationIn,
                ..EffectNode::isolated(self.effect, place.spatial, None)
            };
            let effect = Some(self.effects.push(node));
            self.steps.extend(masks.into_iter().map(|(operation, place)| Step { operation, place, effect }));
        }
        self.effect = outer;
    }
}
