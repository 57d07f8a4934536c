//! Boxes with a formatting context of their own among the children of a block container: beside floats, or below them.
//! <https://drafts.csswg.org/css2/#bfc-next-to-float>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::breaks::ChildLanding;
use super::child::{Clearance, ends_here};
use super::flow::{BlockFlow, Position, Restart};
use super::margin_strut::MarginStrut;
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::{Constraints, LayoutResult, sizing};
use crate::fragmentation::BreakToken;
use crate::style;

/// Where a box with a formatting context of its own goes.
struct ContextPlace {
    block: LayoutUnit,
    line: LayoutUnit,
    margins: LogicalSides,
    result: Arc<LayoutResult>,
}

impl BlockFlow<'_, '_> {
    /// A child with a formatting context of its own goes beside floats where it fits, else below them.
    /// <https://drafts.csswg.org/css2/#bfc-next-to-float>
    pub fn new_formatting_context(
        &mut self,
        child: BoxId,
        resume: Option<&BreakToken>,
    ) -> Result<(), Restart> {
        let computed = self.layouter.boxes.get(child).style.clone();
        let constraints = self.block_level_constraints(child);
        let mut margins = sizing::margins(&computed, self.mode, self.content_inline);
        let mut clearance = self.clearance(&computed);
        if resume.is_some() {
            margins.block_start = None;
            clearance = Clearance::NONE;
        }
        let base = self.block.map_or(self.space.block, |block| block + self.position.block);
        let separate = base + self.position.strut.sum();
        let mut strut = self.position.strut;
        let quirky_margins = style::quirky_margins(self.layouter.boxes, child, self.mode);
        strut.append(margins.block_start.unwrap_or_default(), quirky_margins.block_start);
        let collapsed = base + strut.sum();

        let mark = self.exclusions.len();
        let mut start = collapsed;
        // Floats before it move with its margin, as long as that collapses with those before it. It does where the child
        // fits beside the floats.
        let mut may_separate = false;
        if self.block.is_none() {
            if self.space.clears_adjoining || clearance.is_of_adjoining {
                start = separate;
            } else {
                start = self.space.forced.unwrap_or(collapsed);
                may_separate = start == collapsed && self.adjoining_floats != [false; 2];
            }
            self.resolve(start)?;
            start = self.block.unwrap_or(start);
        }
        let start = start.max(clearance.past);
        let place = self.find_place_for_context(child, &constraints, margins, start, resume);
        if may_separate && place.block != start {
            let moved = self.cleared(separate);
            if self.block != Some(moved.block) {
                return Err(Restart::Moved(moved));
            }
        }
        let own_block = self.block.unwrap_or_default();
        let used = place.margins;
        let offset_block = place.block - own_block;
        let size = LogicalSize::from_physical(place.result.fragment.size, self.mode);
        let landing = ChildLanding {
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
        let offset_block = offset_block + self.marker_beside(&place.result.fragment, offset_block)?;
        let offset = LogicalOffset::new(self.inline_offset(place.line, size.inline), offset_block);
        self.add(child, offset, used, &place.result);
        let mut end_strut = MarginStrut::EMPTY;
        if ends_here(&place.result, resume.is_some_and(|token| token.is_at_block_end)) {
            end_strut.append(used.block_end, quirky_margins.block_end);
        }
        self.position =
            Position { block: offset_block + size.block, strut: end_strut, ..Position::default() };
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
        let mut room = self.exclusions.opportunity_at(left_edge, right_edge, block, LayoutUnit::ZERO);
        loop {
            let touches_floats = room.line_left > left_edge || room.line_right < right_edge;
            // Beside floats the margins are those of the content box.
            let left = (left_edge + margin_left.clamp_negative_to_zero()).max(room.line_left);
            let right = (right_edge - margin_right.clamp_negative_to_zero()).min(room.line_right);
            let mut own = *constraints;
            if touches_floats {
                let between = (right - left).clamp_negative_to_zero();
                let available = Some((between + start_margin + end_margin).clamp_negative_to_zero());
                match is_orthogonal {
                    false => own.available.inline = available,
                    true => own.available.block = available,
                }
            }
            let result = self.layout_independent(child, &own, block, resume);
            let size = LogicalSize::from_physical(result.fragment.size, self.mode);
            // Floats further down may reach in.
            let needed = self.exclusions.opportunity_at(left_edge, right_edge, block, size.block);
            if needed.line_left > room.line_left || needed.line_right < room.line_right {
                room = needed;
                continue;
            }
            if !touches_floats {
                let used = self.aligned_margins(child, margins, self.content_inline, size.inline);
                let line = match self.mode.is_rtl {
                    false => left_edge + used.inline_start,
                    true => right_edge - used.inline_start - size.inline,
                };
                return ContextPlace { block, line, margins: used, result };
            }
            let next = self.exclusions.next_change(block);
            if let Some(next) = next
                && size.inline > room.inline_size()
            {
                block = next;
                room = self.exclusions.opportunity_at(left_edge, right_edge, block, LayoutUnit::ZERO);
                continue;
            }
            // Automatic margins share the room between the floats.
            let spare = LogicalSides {
                inline_start: margins.inline_start.map(|_| LayoutUnit::ZERO),
                inline_end: margins.inline_end.map(|_| LayoutUnit::ZERO),
                ..margins
            };
            let shared = self.aligned_margins(child, spare, right - left, size.inline);
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
    }

    /// Lays out a child with a formatting context of its own at `block`.
    pub fn layout_independent(
        &mut self,
        child: BoxId,
        constraints: &Constraints,
        block: LayoutUnit,
        resume: Option<&BreakToken>,
    ) -> Arc<LayoutResult> {
        let Some(breaks) = &self.breaks else { return self.layouter.layout(child, constraints) };
        let fragmentainer = Some(breaks.finder.fragmentainer.inside(block));
        let request = breaks.child_request(child, resume);
        self.layouter.layout_fragment(child, &Constraints { fragmentainer, ..*constraints }, request)
    }
}
