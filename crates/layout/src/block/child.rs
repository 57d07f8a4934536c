//! The children of a block container: in its formatting context, in ones of their own, floating, or positioned.

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;
use fanlight_css::ComputedStyle;

use super::breaks::ChildLanding;
use super::flow::{BlockFlow, FlowPart, FlowSpace, FlowTask, Outcome, Position, Restart, layout};
use super::margin_strut::MarginStrut;
use super::reuse::FlowQuestion;
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::sizing;
use crate::formatting::{Child, Constraints, LayoutResult, builder};
use crate::fragment::{BoxFragment, ContextKind, Fragment};
use crate::fragmentation::{BreakRequest, BreakToken, rules};
use crate::style::{self, Positioning};

/// Past which floats a child goes.
#[derive(Clone, Copy)]
pub(super) struct Clearance {
    /// Where they end; `LayoutUnit::MIN` where it clears none.
    pub past: LayoutUnit,
    /// Whether some would move with the child's margins, if these collapsed with those before them. Clearance comes between.
    pub is_of_adjoining: bool,
}

impl Clearance {
    /// Of what clears no floats.
    pub const NONE: Clearance = Clearance { past: LayoutUnit::MIN, is_of_adjoining: false };
}

/// A child of this formatting context while it is laid out.
struct InFlowChild {
    id: BoxId,
    constraints: Constraints,
    margins: LogicalSides,
    quirky_margins: style::QuirkyMargins,
    clearance: Clearance,
    space: FlowSpace,
    /// Whether a part of it was in the fragmentainer before.
    is_resumed: bool,
    /// How many floats there were before it.
    floats: usize,
}

impl BlockFlow<'_, '_> {
    /// Lays out a child of any kind.
    pub fn child(&mut self, child: BoxId) -> Result<(), Restart> {
        self.child_from(child, None)
    }

    /// Lays out a child of any kind, from where it goes on.
    pub fn child_from(&mut self, child: BoxId, resume: Option<&BreakToken>) -> Result<(), Restart> {
        let boxes = self.layouter.boxes;
        let computed = &boxes.get(child).style;
        if boxes.is_outside_marker(child) {
            self.marker = Some(child);
            return Ok(());
        }
        if matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed) {
            self.out_of_flow(child);
            return Ok(());
        }
        if style::float_side(computed, self.mode).is_some() {
            let float = self.measure_float(child);
            let origin = self.next_border_edge();
            self.place_float_from(float, origin, resume);
            return Ok(());
        }
        if resume.is_none() && self.breaks_before(child) {
            return Ok(());
        }
        if establishes_formatting_context(self, child) {
            self.new_formatting_context(child, resume)
        } else {
            self.in_flow_block(child, resume)
        }
    }

    /// A child that takes part in this formatting context.
    fn in_flow_block(&mut self, child: BoxId, resume: Option<&BreakToken>) -> Result<(), Restart> {
        let boxes = self.layouter.boxes;
        let computed = boxes.get(child).style.clone();
        let mut constraints = self.block_level_constraints(child);
        let inline_size = sizing::inline_size(self.layouter, child, &constraints);
        constraints.fixed.inline = Some(inline_size);
        constraints.fragmentainer = self
            .breaks
            .as_ref()
            .map(|breaks| breaks.finder.fragmentainer)
            .filter(|_| !rules::is_monolithic(self.layouter.boxes, child));
        let asked = sizing::margins(&computed, self.mode, self.content_inline);
        let mut margins = self.aligned_margins(child, asked, self.content_inline, inline_size);
        let mut clearance = self.clearance(&computed);
        if resume.is_some() {
            margins.block_start = LayoutUnit::ZERO;
            clearance = Clearance::NONE;
        }
        if clearance.is_of_adjoining
            || self.block.is_none() && self.space.forced.is_some_and(|forced| forced < clearance.past)
        {
            self.resolve_here()?;
        }
        let line = match self.mode.is_rtl {
            false => self.content_line_left() + margins.inline_start,
            true => self.content_line_right() - margins.inline_start - inline_size,
        };
        let quirky_margins = style::quirky_margins(boxes, child, self.mode);
        let mut strut = self.position.strut;
        strut.append(margins.block_start, quirky_margins.block_start);
        let mut in_flow = InFlowChild {
            id: child,
            constraints,
            margins,
            quirky_margins,
            clearance,
            space: self.space_for(line, strut, clearance),
            is_resumed: resume.is_some(),
            floats: self.exclusions.len(),
        };
        let question = match self.breaks {
            Some(_) => None,
            None if self.layouter.line_clamp.is_limited() => None,
            None => FlowQuestion::new(&in_flow.constraints, &in_flow.space),
        };
        if let Some(question) = &question
            && let Some(known) = self.known_answer(child, question, &in_flow.space)
        {
            return self.place_in_flow(in_flow, known, None);
        }
        let watch = self.exclusions.watch();
        let laid_out = self.layout_in_flow(&mut in_flow, resume);
        let consulted = self.exclusions.end_watch(watch);
        let outcome = laid_out?;
        if let Some(question) = question {
            self.keep_answer(child, question, &in_flow.space, &outcome, consulted, in_flow.floats);
        }
        self.place_in_flow(in_flow, outcome, resume)
    }

    /// Where the next child of this formatting context is asked to go.
    fn space_for(&self, line: LayoutUnit, strut: MarginStrut, clearance: Clearance) -> FlowSpace {
        let mut space = match self.block {
            Some(block) => FlowSpace::at(line, block + self.position.block, strut),
            // What holds for the edges of this box holds for the child's, whose margins collapse with them.
            None => FlowSpace {
                clearance: self.space.clearance,
                forced: self.space.forced,
                clears_adjoining: self.space.clears_adjoining,
                assumed: self.assumed.or(self.space.assumed),
                adjoining_floats: self.adjoining_floats,
                attempt: self.space.attempt,
                ..FlowSpace::at(line, self.space.block, strut)
            },
        };
        space.annotation_space = self.position.annotation_space;
        space.clearance = space.clearance.max(clearance.past);
        if clearance.is_of_adjoining {
            // The floats are where they are: the child's margins have no part in it.
            space.forced = Some(clearance.past);
            space.clears_adjoining = true;
            space.pushed_by_floats = true;
        }
        space
    }

    /// Lays out a child of this formatting context, again where it was assumed to be elsewhere.
    fn layout_in_flow(
        &mut self,
        child: &mut InFlowChild,
        resume: Option<&BreakToken>,
    ) -> Result<Outcome, Restart> {
        let request = match &self.breaks {
            Some(breaks) => breaks.child_request(child.id, resume),
            None => BreakRequest::default(),
        };
        let clamp = self.layouter.line_clamp;
        loop {
            let InFlowChild { id, constraints, space, .. } = *child;
            let task = FlowTask { id, constraints, space, part: FlowPart::InParent, request };
            match layout(self.layouter, self.exclusions, &task) {
                Err(Restart::Moved(moved)) if self.block.is_some() => {
                    self.exclusions.truncate(child.floats);
                    self.layouter.line_clamp = clamp;
                    child.space.forced = Some(moved.block);
                    child.space.assumed = None;
                    child.space.pushed_by_floats = moved.pushed_by_floats;
                    child.space.attempt += 1;
                }
                // Where the margins of this box and of the child collapse, it is this box that moved.
                Err(Restart::Moved(moved)) => {
                    let own = self.edge_with(child, moved.block, moved.pushed_by_floats);
                    return Err(Restart::Moved(self.cleared(own)));
                }
                done => return done,
            }
        }
    }

    /// Where the block-start border edge of this box is when that of a child is at `block`. With clearance of its own the
    /// child's margins do not collapse with this box's; otherwise it is this box that goes past floats.
    fn edge_with(&self, child: &InFlowChild, block: LayoutUnit, pushed_by_floats: bool) -> LayoutUnit {
        if pushed_by_floats && child.space.clearance != self.space.clearance {
            self.own_edge()
        } else {
            block
        }
    }

    /// Finds where a child of this formatting context landed, and where the next one goes.
    fn place_in_flow(
        &mut self,
        mut child: InFlowChild,
        mut outcome: Outcome,
        resume: Option<&BreakToken>,
    ) -> Result<(), Restart> {
        let mut had_clearance = false;
        let block = match outcome.block {
            Some(block) => {
                let own = self.edge_with(&child, block, outcome.pushed_by_floats);
                self.resolve(own)?;
                block
            }
            None => {
                let natural = child.space.block + outcome.end_strut.sum();
                had_clearance = child.clearance.is_of_adjoining || natural < child.clearance.past;
                if had_clearance {
                    self.resolve_here()?;
                }
                let block = child.space.forced.unwrap_or(natural.max(child.space.clearance));
                if self.block.is_some() {
                    outcome = self.settle_empty_child(&mut child, block, had_clearance, outcome, resume)?;
                }
                block
            }
        };
        if self.block.is_none() {
            self.assumed = self.assumed.or(outcome.assumed);
            for (mine, child_has) in self.adjoining_floats.iter_mut().zip(outcome.adjoining_floats) {
                *mine |= child_has;
            }
        }
        let own_block = self.block.unwrap_or(block);
        let offset_block = block - own_block;
        let size = LogicalSize::from_physical(outcome.result.fragment.size, self.mode);
        let landing = ChildLanding {
            child: child.id,
            block,
            block_size: size.block,
            result: &outcome.result,
            is_resumed: child.is_resumed,
            floats: child.floats,
            is_moved: outcome.pushed_by_floats || had_clearance,
        };
        if !self.stays(&landing)? {
            return Ok(());
        }
        self.passes_child(child.id, &outcome.result);
        let offset_block = offset_block + self.marker_beside(&outcome.result.fragment, offset_block)?;
        let offset = LogicalOffset::new(self.inline_offset(child.space.line, size.inline), offset_block);
        self.add(child.id, offset, child.margins, &outcome.result);
        self.note_clamp(offset_block + size.block);

        let collapsed_through = outcome.block.is_none();
        let mut end_strut = outcome.end_strut;
        let was_at_block_end = resume.is_some_and(|token| token.is_at_block_end);
        if ends_here(&outcome.result, was_at_block_end) {
            end_strut.append(child.margins.block_end, child.quirky_margins.block_end);
        }
        self.position = Position {
            block: match collapsed_through {
                true if had_clearance => offset_block - outcome.end_strut.sum(),
                true => self.position.block,
                false => offset_block + size.block,
            },
            strut: end_strut,
            after_cleared_empty_child: had_clearance
                || collapsed_through && self.position.after_cleared_empty_child,
            annotation_space: outcome.annotation_space,
        };
        Ok(())
    }

    /// Lays out a child again through which margins collapsed and that is at `block`: where floats in it were placed
    /// elsewhere, or clearance keeps its margins apart from those before it.
    fn settle_empty_child(
        &mut self,
        child: &mut InFlowChild,
        block: LayoutUnit,
        had_clearance: bool,
        outcome: Outcome,
        resume: Option<&BreakToken>,
    ) -> Result<Outcome, Restart> {
        let mut strut = child.space.strut;
        if had_clearance {
            strut = MarginStrut::default();
            strut.append(child.margins.block_start, child.quirky_margins.block_start);
        }
        if strut == child.space.strut && outcome.assumed.is_none_or(|assumed| assumed == block) {
            return Ok(outcome);
        }
        self.exclusions.truncate(child.floats);
        child.space.strut = strut;
        child.space.forced = Some(block);
        child.space.assumed = None;
        self.layout_in_flow(child, resume)
    }

    /// Past which floats a child goes. <https://drafts.csswg.org/css2/#clearance>
    pub fn clearance(&self, computed: &ComputedStyle) -> Clearance {
        let [left, right] = style::clears(computed, self.mode);
        let [adjoins_left, adjoins_right] = self.adjoining_floats;
        Clearance {
            past: self.exclusions.clearance_offset(left, right),
            is_of_adjoining: self.block.is_none() && (left && adjoins_left || right && adjoins_right),
        }
    }

    /// Adds the fragment of a child in normal flow.
    pub fn add(&mut self, child: BoxId, offset: LogicalOffset, margins: LogicalSides, result: &LayoutResult) {
        let relative = self.relative_offset(child);
        self.take_baselines(self.baselines(&result.fragment, offset.block));
        self.builder.add_child(Child {
            offset,
            relative,
            margin: self.physical(margins),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
    }

    /// How far `position: relative` moves a child: its own, and that of inline boxes that it is in.
    /// <https://drafts.csswg.org/css2/#anonymous-block-level>
    pub fn relative_offset(&self, child: BoxId) -> LayoutVector {
        let container = LogicalSize::new(Some(self.content_inline), self.percentage_block);
        let offset = |id: BoxId| builder::relative_offset(self.layouter, id, self.mode, container);
        let boxes = self.layouter.boxes;
        let inlines =
            boxes.ancestors(child).take_while(|&id| matches!(boxes.get(id).kind, BoxKind::Inline(_)));
        inlines.fold(offset(child), |sum, inline| sum + offset(inline))
    }

    /// The first and the last baseline of a child at `block`, where they count.
    pub fn baselines(&self, child: &BoxFragment, block: LayoutUnit) -> [Option<LayoutUnit>; 2] {
        let computed = &self.layouter.boxes.get(child.style.box_id).style;
        if style::is_baseline_ignored(computed) || style::writing_mode(computed).is_orthogonal_to(self.mode) {
            return [None; 2];
        }
        // What is typed into a field scrolls too, and is what the field stands on.
        let scrolls =
            || style::is_scroll_container(computed) && self.layouter.boxes.get(self.id).control.is_none();
        let last = match child.context {
            // As in Chromium, what is on lines around stands on the first baseline of these, and below what scrolls.
            ContextKind::Flex | ContextKind::Grid => child.first_baseline,
            ContextKind::Block | ContextKind::Lines if scrolls() => {
                let margins = sizing::margins_or_zero(computed, self.mode, self.content_inline);
                Some(LogicalSize::from_physical(child.size, self.mode).block + margins.block_end)
            }
            _ => child.last_baseline,
        };
        [child.first_baseline, last].map(|baseline| baseline.map(|baseline| block + baseline))
    }

    /// Takes the baselines of the next child.
    pub fn take_baselines(&mut self, [first, last]: [Option<LayoutUnit>; 2]) {
        let builder = &mut self.builder;
        builder.first_baseline = builder.first_baseline.or(first);
        builder.last_baseline = last.or(builder.last_baseline);
    }
}

/// Whether a child keeps floats in and margins apart. <https://drafts.csswg.org/css-display-4/#establish-an-independent-formatting-context>
fn establishes_formatting_context(flow: &BlockFlow<'_, '_>, child: BoxId) -> bool {
    let layout_box = flow.layouter.boxes.get(child);
    match layout_box.kind {
        BoxKind::BlockContainer(_) => {
            flow.id == BoxId::VIEWPORT
                || style::establishes_block_formatting_context(&layout_box.style)
                || style::writing_mode(&layout_box.style).block_flow != flow.mode.block_flow
        }
        _ => true,
    }
}

/// Whether the end of a box is in this fragment, and its margin after it: it was not in one before, and the box does not go
/// on in another.
pub(super) fn ends_here(result: &LayoutResult, was_at_block_end: bool) -> bool {
    let token = result.breaks.as_ref().and_then(|info| info.token.as_ref());
    !was_at_block_end && token.is_none_or(|token| token.is_at_block_end)
}
