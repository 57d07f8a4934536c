//! The children of a block container: in its formatting context, in ones of their own, floating, or positioned.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;

use super::breaks::Landing;
use super::flow::{BlockFlow, FlowPart, FlowSpace, Outcome, Position, Restart, layout};
use super::margin_strut::MarginStrut;
use super::margins;
use super::reuse::FlowQuestion;
use crate::box_tree::{BoxId, BoxKind};
use crate::float::FloatSide;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::sizing;
use crate::formatting::{Child, Constraints, LayoutResult, builder};
use crate::fragment::{BoxFragment, Fragment};
use crate::fragmentation::{BreakAppeal, BreakRequest, BreakToken, ChildBreak, rules};
use crate::style::{self, Positioning};

/// A float that has its size.
pub(super) struct MeasuredFloat {
    pub box_id: BoxId,
    pub side: FloatSide,
    pub margins: LogicalSides,
    /// The border box.
    pub size: LogicalSize,
    pub result: Arc<LayoutResult>,
}

impl MeasuredFloat {
    /// The extent of the margin box along lines.
    pub fn inline_extent(&self) -> LayoutUnit {
        self.size.inline + self.margins.inline_sum()
    }
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
        let computed = self.layouter.boxes.get(child).style.clone();
        let mut constraints = self.child_constraints(child);
        let inline_size = sizing::inline_size(self.layouter, child, &constraints);
        constraints.fixed.inline = Some(inline_size);
        constraints.fragmentainer = self
            .breaks
            .as_ref()
            .map(|breaks| breaks.fragmentainer)
            .filter(|_| !rules::is_monolithic(self.layouter.boxes, child));
        let mut margins = self.used_margins(&computed, inline_size);
        let mut clearance = LayoutUnit::MIN;
        if resume.is_some() {
            margins.block_start = LayoutUnit::ZERO;
        } else {
            clearance = self.clearance(&computed)?;
        }

        let mut strut = self.position.strut;
        strut.append(margins.block_start, false);
        let line = match self.mode.is_rtl {
            false => self.content_line_left() + margins.inline_start,
            true => self.content_line_right() - margins.inline_start - inline_size,
        };
        let block = self.block.map_or(self.space.block, |block| block + self.position.block);
        let mut space = FlowSpace {
            line,
            block,
            strut,
            clearance,
            assumed: if self.block.is_none() { self.space.assumed } else { None },
            attempt: if self.block.is_none() { self.space.attempt } else { 0 },
        };
        let question = match self.breaks {
            Some(_) => None,
            None if self.layouter.line_clamp.is_limited() => None,
            None => FlowQuestion::new(&constraints, &space),
        };
        if let Some(question) = &question
            && let Some(known) = self.known_answer(child, question, &space)
        {
            let arrival =
                Arrival { is_resumed: false, was_at_block_end: false, floats: self.exclusions.len() };
            return self.place_in_flow(child, margins, space, known, arrival);
        }
        let floats = self.exclusions.len();
        let watch = self.exclusions.watch();
        let laid_out = self.layout_in_flow(child, &constraints, &mut space, resume);
        let consulted = self.exclusions.end_watch(watch);
        let outcome = laid_out?;
        if let Some(question) = question {
            self.keep_answer(child, question, &space, &outcome, consulted, floats);
        }
        let was_at_block_end = resume.is_some_and(|token| token.is_at_block_end);
        let arrival = Arrival { is_resumed: resume.is_some(), was_at_block_end, floats };
        self.place_in_flow(child, margins, space, outcome, arrival)
    }

    /// Lays out a child of this formatting context, again where it was assumed to be elsewhere.
    fn layout_in_flow(
        &mut self,
        child: BoxId,
        constraints: &Constraints,
        space: &mut FlowSpace,
        resume: Option<&BreakToken>,
    ) -> Result<Outcome, Restart> {
        let floats = self.exclusions.len();
        let request = match &self.breaks {
            Some(breaks) => breaks.child_request(child, resume),
            None => BreakRequest::default(),
        };
        let clamp = self.layouter.line_clamp;
        loop {
            let part = FlowPart::InParent;
            match layout(self.layouter, self.exclusions, child, constraints, *space, part, request) {
                Err(Restart::Moved(block)) if self.block.is_some() => {
                    self.exclusions.truncate(floats);
                    self.layouter.line_clamp = clamp;
                    space.assumed = Some(block);
                    space.attempt += 1;
                }
                // Where the margins of this box and of the child collapse, it is this box that moved.
                done => return done,
            }
        }
    }

    /// Finds where a child of this formatting context landed, and where the next one goes.
    fn place_in_flow(
        &mut self,
        child: BoxId,
        margins: LogicalSides,
        space: FlowSpace,
        outcome: Outcome,
        arrival: Arrival,
    ) -> Result<(), Restart> {
        let collapsed_through = outcome.block.is_none();
        let mut had_clearance = false;
        let block = match outcome.block {
            Some(block) => {
                // With clearance the child's margins do not collapse with this box's.
                let own = if outcome.pushed_by_floats {
                    self.space.block + self.position.strut.sum()
                } else {
                    block
                };
                self.resolve(own)?;
                block
            }
            None => {
                let natural = space.block + outcome.end_strut.sum();
                if natural < space.clearance {
                    self.resolve_here()?;
                    had_clearance = true;
                    space.clearance
                } else {
                    natural
                }
            }
        };
        if self.block.is_none() {
            for (mine, child_has) in self.adjoining_floats.iter_mut().zip(outcome.adjoining_floats) {
                *mine |= child_has;
            }
            if outcome.adjoining_floats != [false; 2] {
                let expected = self.expected_block();
                self.assumed.get_or_insert(expected);
            }
        }
        let own_block = self.block.unwrap_or(block);
        let offset_block = block - own_block;
        let size = LogicalSize::from_physical(outcome.result.fragment.size, self.mode);
        let landing = Landing {
            child,
            block,
            block_size: size.block,
            result: &outcome.result,
            is_resumed: arrival.is_resumed,
            floats: arrival.floats,
            is_moved: outcome.pushed_by_floats || had_clearance,
        };
        if !self.stays(&landing)? {
            return Ok(());
        }
        self.passes_child(child, &outcome.result);
        let offset = LogicalOffset::new(self.inline_offset(space.line, size.inline), offset_block);
        self.add(child, offset, margins, &outcome.result);
        self.note_clamp(offset_block + size.block);

        let mut end_strut = outcome.end_strut;
        if ends_here(&outcome.result, arrival.was_at_block_end) {
            end_strut.append(margins.block_end, false);
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
        };
        Ok(())
    }

    /// A child with a formatting context of its own goes beside floats where it fits, else below them.
    /// <https://drafts.csswg.org/css2/#bfc-next-to-float>
    fn new_formatting_context(&mut self, child: BoxId, resume: Option<&BreakToken>) -> Result<(), Restart> {
        let computed = self.layouter.boxes.get(child).style.clone();
        let constraints = self.child_constraints(child);
        let mut margins = sizing::margins(&computed, self.mode, self.content_inline);
        let mut clearance = LayoutUnit::MIN;
        if resume.is_some() {
            margins.block_start = None;
        } else {
            clearance = self.clearance(&computed)?;
        }
        let block_start = margins.block_start.unwrap_or_default();
        let base = self.block.map_or(self.space.block, |block| block + self.position.block);
        let separate = base + self.position.strut.sum();
        let mut strut = self.position.strut;
        strut.append(block_start, false);
        let collapsed = base + strut.sum();

        let mark = self.exclusions.len();
        let fits_at = |flow: &mut Self, block: LayoutUnit| {
            flow.find_place_for_context(child, &constraints, margins, block, resume)
        };
        let start = collapsed.max(clearance);
        let mut place = fits_at(self, start);
        if place.block != collapsed && (self.block.is_none() || clearance > collapsed) {
            // It is pulled down by floats: its margin does not collapse with those before.
            self.resolve(separate)?;
            let block = self.block.unwrap_or_default();
            let base = block + self.position.block + self.position.strut.sum();
            if place.block < base + block_start {
                place = fits_at(self, base + block_start);
            }
        } else {
            self.resolve(collapsed.max(self.space.block.min(collapsed)))?;
        }
        self.exclusions.truncate(mark);
        let own_block = self.block.unwrap_or_default();
        let used = place.margins;
        let offset_block = place.block - own_block;
        let size = LogicalSize::from_physical(place.result.fragment.size, self.mode);
        let landing = Landing {
            child,
            block: place.block,
            block_size: size.block,
            result: &place.result,
            is_resumed: resume.is_some(),
            floats: mark,
            is_moved: place.block != collapsed,
        };
        if !self.stays(&landing)? {
            return Ok(());
        }
        self.passes_child(child, &place.result);
        let offset = LogicalOffset::new(self.inline_offset(place.line, size.inline), offset_block);
        self.add(child, offset, used, &place.result);
        let mut end_strut = MarginStrut::EMPTY;
        if ends_here(&place.result, resume.is_some_and(|token| token.is_at_block_end)) {
            end_strut.append(used.block_end, false);
        }
        self.position =
            Position { block: offset_block + size.block, strut: end_strut, after_cleared_empty_child: false };
        Ok(())
    }

    fn find_place_for_context(
        &mut self,
        child: BoxId,
        constraints: &Constraints,
        margins: LogicalSides<Option<LayoutUnit>>,
        block: LayoutUnit,
        resume: Option<&BreakToken>,
    ) -> ContextPlace {
        let (left_edge, right_edge) = (self.content_line_left(), self.content_line_right());
        let computed = &self.layouter.boxes.get(child).style;
        let is_orthogonal = style::writing_mode(computed).is_orthogonal_to(self.mode);
        let start_margin = margins.inline_start.unwrap_or_default();
        let end_margin = margins.inline_end.unwrap_or_default();
        let (margin_left, margin_right) =
            if self.mode.is_rtl { (end_margin, start_margin) } else { (start_margin, end_margin) };
        let mut block = block;
        loop {
            // Margins may overlap floats; the border box may not.
            let room = self.exclusions.opportunity_at(left_edge, right_edge, block, LayoutUnit::ZERO);
            let touches =
                |room: &crate::float::Opportunity| room.line_left > left_edge || room.line_right < right_edge;
            let mut own = *constraints;
            if touches(&room) {
                let left = (left_edge + margin_left).max(room.line_left);
                let right = (right_edge - margin_right).min(room.line_right);
                let available = Some((right - left).clamp_negative_to_zero() + start_margin + end_margin);
                match is_orthogonal {
                    false => own.available.inline = available,
                    true => own.available.block = available,
                }
            }
            let result = self.layout_independent(child, &own, block, resume);
            let size = LogicalSize::from_physical(result.fragment.size, self.mode);
            let room = self.exclusions.opportunity_at(left_edge, right_edge, block, size.block);
            if !touches(&room) {
                let used = margins::used(margins, self.content_inline, size.inline);
                let line = match self.mode.is_rtl {
                    false => left_edge + used.inline_start,
                    true => right_edge - used.inline_start - size.inline,
                };
                return ContextPlace { block, line, margins: used, result };
            }
            let left = (left_edge + margin_left).max(room.line_left);
            let right = (right_edge - margin_right).min(room.line_right);
            if size.inline <= right - left {
                // Automatic margins share the room between the floats.
                let spare = LogicalSides {
                    inline_start: margins.inline_start.map(|_| LayoutUnit::ZERO),
                    inline_end: margins.inline_end.map(|_| LayoutUnit::ZERO),
                    ..margins
                };
                let shared = margins::used(spare, right - left, size.inline);
                let line = match self.mode.is_rtl {
                    false => left + shared.inline_start,
                    true => right - shared.inline_start - size.inline,
                };
                let used = LogicalSides {
                    inline_start: margins.inline_start.unwrap_or(shared.inline_start),
                    inline_end: margins.inline_end.unwrap_or(shared.inline_end),
                    ..shared
                };
                return ContextPlace { block, line, margins: used, result };
            }
            match self.exclusions.next_change(block) {
                Some(next) => block = next,
                None => {
                    let used = margins::used(margins, self.content_inline, size.inline);
                    return ContextPlace { block, line: left, margins: used, result };
                }
            }
        }
    }

    /// Lays out a child with a formatting context of its own at `block`.
    fn layout_independent(
        &mut self,
        child: BoxId,
        constraints: &Constraints,
        block: LayoutUnit,
        resume: Option<&BreakToken>,
    ) -> Arc<LayoutResult> {
        let Some(breaks) = &self.breaks else { return self.layouter.layout(child, constraints) };
        let fragmentainer = Some(breaks.fragmentainer.inside(block));
        let request = breaks.child_request(child, resume);
        self.layouter.layout_fragment(child, &Constraints { fragmentainer, ..*constraints }, request)
    }

    /// Past which floats a child goes. Where floats adjoin whose place is not certain, margins before the child stop
    /// collapsing: clearance comes between. <https://drafts.csswg.org/css2/#clearance>
    fn clearance(&mut self, computed: &fanlight_css::ComputedStyle) -> Result<LayoutUnit, Restart> {
        let [left, right] = style::clears(computed, self.mode);
        if left && self.adjoining_floats[0] || right && self.adjoining_floats[1] {
            self.resolve_here()?;
        }
        Ok(self.exclusions.clearance_offset(left, right))
    }

    /// Used margins of a block-level child of this inline size.
    fn used_margins(&self, computed: &fanlight_css::ComputedStyle, inline_size: LayoutUnit) -> LogicalSides {
        let margins = sizing::margins(computed, self.mode, self.content_inline);
        let used = margins::used(margins, self.content_inline, inline_size);
        style::align_block_child(&self.computed, margins, used, self.content_inline, inline_size)
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
    fn relative_offset(&self, child: BoxId) -> LayoutVector {
        let container = LogicalSize::new(Some(self.content_inline), self.percentage_block);
        let offset = |id: BoxId| builder::relative_offset(self.layouter, id, self.mode, container);
        let boxes = self.layouter.boxes;
        let inlines =
            boxes.ancestors(child).take_while(|&id| matches!(boxes.get(id).kind, BoxKind::Inline(_)));
        inlines.fold(offset(child), |sum, inline| sum + offset(inline))
    }

    /// The first and the last baseline of a child at `block`, where they count.
    pub fn baselines(&self, child: &BoxFragment, block: LayoutUnit) -> [Option<LayoutUnit>; 2] {
        if style::is_baseline_ignored(&self.layouter.boxes.get(child.style.box_id).style) {
            return [None; 2];
        }
        [child.first_baseline, child.last_baseline].map(|baseline| baseline.map(|baseline| block + baseline))
    }

    /// Takes the baselines of the next child.
    pub fn take_baselines(&mut self, [first, last]: [Option<LayoutUnit>; 2]) {
        let builder = &mut self.builder;
        builder.first_baseline = builder.first_baseline.or(first);
        builder.last_baseline = last.or(builder.last_baseline);
    }

    // --- floats ---

    /// Gives a float its size. <https://drafts.csswg.org/css2/#float-width>
    pub fn measure_float(&mut self, child: BoxId) -> MeasuredFloat {
        let computed = self.layouter.boxes.get(child).style.clone();
        let constraints = self.child_constraints(child).shrink_to_fit();
        let result = self.layouter.layout(child, &constraints);
        MeasuredFloat {
            box_id: child,
            side: style::float_side(&computed, self.mode).unwrap_or(FloatSide::Left),
            margins: sizing::margins_or_zero(&computed, self.mode, self.content_inline),
            size: LogicalSize::from_physical(result.fragment.size, self.mode),
            result,
        }
    }

    /// Puts a float as high as it can be, not above `origin`; says where its margin box begins.
    /// <https://drafts.csswg.org/css2/#float-rules>
    pub fn place_float(&mut self, float: MeasuredFloat, origin: LayoutUnit) -> LayoutUnit {
        self.place_float_from(float, origin, None)
    }

    /// The same for a float that goes on here.
    fn place_float_from(
        &mut self,
        mut float: MeasuredFloat,
        origin: LayoutUnit,
        resume: Option<&BreakToken>,
    ) -> LayoutUnit {
        self.assume(float.side == FloatSide::Left, float.side == FloatSide::Right);
        let computed = &self.layouter.boxes.get(float.box_id).style;
        let [clears_left, clears_right] = style::clears(computed, self.mode);
        if resume.is_some() {
            float.margins.block_start = LayoutUnit::ZERO;
        }
        let start = origin
            .max(self.exclusions.last_float_start())
            .max(self.exclusions.clearance_offset(clears_left, clears_right));
        let extent = float.inline_extent();
        let room = self.exclusions.find_opportunity(
            self.content_line_left(),
            self.content_line_right(),
            start,
            extent,
            LayoutUnit::ZERO,
        );
        let line = match float.side {
            FloatSide::Left => room.line_left,
            FloatSide::Right => room.line_right.max(room.line_left) - extent,
        };
        let Some(goes_on_after) = self.break_float(&mut float, room.block, resume) else {
            return room.block;
        };
        let block_end = room.block + float.size.block + float.margins.block_sum();
        self.exclusions.add(float.side, line, line + extent, room.block, block_end.max(goes_on_after));
        let margin_left =
            if self.mode.is_rtl { float.margins.inline_end } else { float.margins.inline_start };
        let offset = LogicalOffset::new(
            self.inline_offset(line + margin_left, float.size.inline),
            room.block + float.margins.block_start - self.expected_block(),
        );
        let relative = self.relative_offset(float.box_id);
        self.builder.add_child(Child {
            offset,
            relative,
            margin: self.physical(float.margins),
            fragment: Fragment::Box(float.result.fragment.clone()),
            out_of_flow: float.result.out_of_flow.clone(),
        });
        room.block
    }

    /// Breaks a float whose margin box begins at `block` where the fragmentainer ends, or moves it to the next. Floats and
    /// boxes that go past it must do so in the next fragmentainer too: it is said how far the float keeps them away here;
    /// nothing where it is not here at all.
    fn break_float(
        &mut self,
        float: &mut MeasuredFloat,
        block: LayoutUnit,
        resume: Option<&BreakToken>,
    ) -> Option<LayoutUnit> {
        let Some(breaks) = &mut self.breaks else { return Some(LayoutUnit::MIN) };
        let fragmentainer = breaks.fragmentainer;
        let is_monolithic = rules::is_monolithic(self.layouter.boxes, float.box_id);
        let Some(end) = fragmentainer.end() else {
            if is_monolithic {
                breaks.info.keeps_together(float.size.block + float.margins.block_sum());
            }
            return Some(LayoutUnit::MIN);
        };
        let past = end + LayoutUnit::EPSILON;
        let border_edge = block + float.margins.block_start;
        let overflow = border_edge + float.size.block - end;
        if overflow <= LayoutUnit::ZERO && resume.is_none() && block <= end {
            return Some(LayoutUnit::MIN);
        }
        let is_start = fragmentainer.is_start(block);
        let computed = self.layouter.boxes.get(float.box_id).style.clone();
        let must_move = border_edge >= end || is_monolithic || style::avoids_breaks_inside(&computed);
        if resume.is_none() && must_move && !is_start {
            breaks.info.lacks(overflow);
            breaks.children.push(ChildBreak::Before { id: float.box_id, is_forced: false });
            self.exclusions.add(float.side, past, past, past, past);
            return None;
        }
        let constraints = self.child_constraints(float.box_id).shrink_to_fit();
        let result = self.layout_independent(float.box_id, &constraints, border_edge, resume);
        let info = result.breaks.clone();
        let token = info.as_ref().and_then(|info| info.token.as_ref());
        let breaks = self.breaks.as_mut()?;
        if let Some(info) = &info
            && token.is_some()
            && resume.is_none()
            && !is_start
            && info.appeal < BreakAppeal::Perfect
        {
            breaks.info.lacks(info.shortage.unwrap_or(overflow));
            breaks.children.push(ChildBreak::Before { id: float.box_id, is_forced: false });
            self.exclusions.add(float.side, past, past, past, past);
            return None;
        }
        float.size = LogicalSize::from_physical(result.fragment.size, self.mode);
        let goes_on = token.is_some();
        if let Some(token) = token {
            breaks.children.push(ChildBreak::Inside(token.clone()));
            float.margins.block_end = LayoutUnit::ZERO;
        }
        if let Some(info) = &info {
            breaks.info.include(info);
        } else {
            breaks.info.lacks(border_edge + float.size.block - end);
        }
        float.result = result;
        Some(if goes_on { past } else { LayoutUnit::MIN })
    }
}

/// Whether the end of a box is in this fragment, and its margin after it: it was not in one before, and the box does not go
/// on in another.
fn ends_here(result: &LayoutResult, was_at_block_end: bool) -> bool {
    let token = result.breaks.as_ref().and_then(|info| info.token.as_ref());
    !was_at_block_end && token.is_none_or(|token| token.is_at_block_end)
}

/// How a child in this formatting context came here.
struct Arrival {
    /// Whether a part of it was in the fragmentainer before.
    is_resumed: bool,
    /// Whether all of its block size was.
    was_at_block_end: bool,
    /// How many floats there were before it.
    floats: usize,
}

/// Where a box with a formatting context of its own goes.
struct ContextPlace {
    block: LayoutUnit,
    line: LayoutUnit,
    margins: LogicalSides,
    result: Arc<LayoutResult>,
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
