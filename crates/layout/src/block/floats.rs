//! Floats of a block formatting context. <https://drafts.csswg.org/css2/#floats>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::flow::BlockFlow;
use crate::box_tree::BoxId;
use crate::float::FloatSide;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::{Child, LayoutResult, sizing};
use crate::fragment::Fragment;
use crate::fragmentation::{BreakAppeal, BreakToken, ChildBreak, rules};
use crate::style;

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
    pub fn place_float_from(
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
        let fragmentainer = breaks.finder.fragmentainer;
        let is_monolithic = rules::is_monolithic(self.layouter.boxes, float.box_id);
        let Some(end) = fragmentainer.end() else {
            if is_monolithic {
                breaks.finder.info.keeps_together(float.size.block + float.margins.block_sum());
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
            breaks.finder.info.lacks(overflow);
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
            breaks.finder.info.lacks(info.shortage.unwrap_or(overflow));
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
            breaks.finder.info.include(info);
        } else {
            breaks.finder.info.lacks(border_edge + float.size.block - end);
        }
        float.result = result;
        Some(if goes_on { past } else { LayoutUnit::MIN })
    }
}
