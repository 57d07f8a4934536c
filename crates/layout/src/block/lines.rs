//! The lines of a block container in normal flow: between floats, one below the other.

use std::sync::Arc;

use fanlight_base::geometry::LayoutVector;
use fanlight_base::{LayoutUnit, Sides};
use rustc_hash::FxHashMap;

use super::alignment;
use super::flow::{BlockFlow, Restart};
use super::initial_letter::PlacedLetter;
use super::line_clamp::LineFate;
use super::optimal_lines::LinePlan;
use crate::box_tree::{BoxId, BoxKind, InlineContents, InlineItemKind};
use crate::float::Opportunity;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::{Child, StaticAlignment, sizing};
use crate::fragment::Fragment;
use crate::fragmentation::LinePosition;
use crate::inline::PreparedLines;
use crate::inline::breaker::{BrokenLine, Mark, Place, Surroundings, break_line};
use crate::inline::line::{FinishedLine, LineBuilder, OutOfFlowOnLine, PlacedAtomic};
use crate::inline::ruby::ColumnPlace;
use crate::inline::truncate::{ELLIPSIS, Truncation};
use crate::positioned;
use crate::style::{self, TextAlign};

/// The lines of a block container while they are laid out.
pub(super) struct Lines {
    prepared: Arc<PreparedLines>,
    /// Where the next one begins.
    pub at: LinePosition,
    /// Where they end, as far as it has been decided.
    plan: LinePlan,
}

impl BlockFlow<'_, '_> {
    /// Lays out an inline formatting context.
    pub fn lines(&mut self, contents: &Arc<InlineContents>) -> Result<(), Restart> {
        let resumed = self.resume_lines()?;
        let is_first = resumed.as_ref().is_none_or(|at| at.is_first);
        let Some(prepared) = self.layouter.prepared_lines(self.id, is_first) else { return Ok(()) };
        let at = resumed.unwrap_or_else(|| LinePosition { is_first: true, ..LinePosition::default() });
        let mut lines = Lines { prepared, at, plan: LinePlan::default() };
        let mut marks = Vec::new();
        if self.is_stopped() {
            self.stop_lines(lines.at);
            return Ok(());
        }
        while lines.at.place.item < lines.prepared.items.len() {
            let item = &lines.prepared.items[lines.at.place.item];
            if item.kind == InlineItemKind::Block {
                let after = Place::new(lines.at.place.item + 1, item.range.end);
                self.child(item.box_id)?;
                lines.at.place = after;
                if self.is_stopped() {
                    self.stop_lines(lines.at);
                    return Ok(());
                }
                continue;
            }
            if self.breaks.is_none() {
                self.another_line(&mut lines)?;
                continue;
            }
            if item.kind == InlineItemKind::Float {
                // A float that begins a line stays, wherever the line goes.
                let after = Place::new(lines.at.place.item + 1, item.range.end);
                self.child(item.box_id)?;
                lines.at.place = after;
                continue;
            }
            if self.breaks_before_line(marks.len()) {
                self.stop_lines(lines.at);
                return Ok(());
            }
            marks.push(self.mark_line(lines.at.clone()));
            let Some(height) = self.another_line(&mut lines)? else {
                marks.pop();
                continue;
            };
            if self.overflows(height) {
                return self.break_lines(&mut lines, &marks);
            }
        }
        self.pass_lines(marks.len());
        debug_assert!(Arc::ptr_eq(contents, &lines.prepared.contents));
        Ok(())
    }

    /// Lays out the next line, if there is one before the next block-level box. Says how high it is; nothing where there is
    /// nothing on it that has height.
    pub(super) fn another_line(&mut self, lines: &mut Lines) -> Result<Option<LayoutUnit>, Restart> {
        let place = lines.at.place;
        let is_line =
            lines.prepared.items.get(place.item).is_some_and(|item| item.kind != InlineItemKind::Block);
        if !is_line {
            return Ok(None);
        }
        let is_empty = !self.has_content(&lines.prepared, place);
        if !is_empty {
            self.resolve_here()?;
        }
        let is_first = lines.at.is_first;
        let prepared = lines.prepared.clone();
        let (next, height) =
            self.line(&prepared, place, is_first, is_empty, &mut lines.plan, &mut lines.at.open)?;
        lines.at.place = next;
        if is_first && !is_empty {
            lines.at.is_first = false;
            if lines.prepared.is_first_line
                && let Some(later) = self.layouter.prepared_lines(self.id, false)
            {
                lines.at.place = same_place(&later, lines.at.place);
                lines.prepared = later;
            }
        }
        Ok((!is_empty).then_some(height))
    }

    /// Whether something that has height is on the lines from `place` to the next block-level box or to the end.
    /// <https://drafts.csswg.org/css2/#phantom-line-box>
    fn has_content(&self, prepared: &PreparedLines, place: Place) -> bool {
        for item in &prepared.items[place.item..] {
            match item.kind {
                InlineItemKind::Block => return false,
                InlineItemKind::Text if item.range.start < item.range.end => return true,
                InlineItemKind::Tab
                | InlineItemKind::ForcedBreak
                | InlineItemKind::Atomic
                | InlineItemKind::CombinedText
                | InlineItemKind::OpenRubyColumn(_) => return true,
                InlineItemKind::OpenBox | InlineItemKind::CloseBox => {
                    let computed = &self.layouter.boxes.get(item.box_id).style;
                    let margins = sizing::margins_or_zero(computed, self.mode, self.content_inline);
                    let edges = sizing::edges(computed, self.mode, self.content_inline).sum();
                    let [margin, edge] = match item.kind {
                        InlineItemKind::OpenBox => [margins.inline_start, edges.inline_start],
                        _ => [margins.inline_end, edges.inline_end],
                    };
                    if margin != LayoutUnit::ZERO || edge != LayoutUnit::ZERO {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Lays out one line; says where the next begins, and how high it is.
    fn line(
        &mut self,
        prepared: &Arc<PreparedLines>,
        start: Place,
        is_first: bool,
        is_empty: bool,
        plan: &mut LinePlan,
        open: &mut Vec<BoxId>,
    ) -> Result<(Place, LayoutUnit), Restart> {
        let indent = self.indent(self.begins_lines(prepared, start, is_first));
        let strut = prepared.styles[0].line.height();
        let letter = if is_first { self.initial_letter(prepared, start) } else { None };
        let mut block = self.next_border_edge();
        if let Some(letter) = &letter {
            block = block.max(self.exclusions.past_initial_letters()) + letter.raise;
        }
        let mut height = if is_empty { LayoutUnit::ZERO } else { strut.clamp_negative_to_zero() };
        let leading_floats = self.leading_floats(prepared, start);
        if style::plans_lines(&self.computed) && (is_first || prepared.follows_forced_break(start)) {
            *plan = self.plan_lines(prepared, start, is_first, &leading_floats);
        }
        let mark = Mark {
            exclusions: self.exclusions.len(),
            children: self.builder.child_count(),
            room: LayoutUnit::ZERO,
        };
        loop {
            let room = self.room_at(block, height);
            let extent = plan.extent(start, room.inline_size());
            let buffer = std::mem::take(&mut self.layouter.line_buffers.items);
            let mut surroundings = LineSurroundings {
                flow: self,
                block,
                height,
                atomics: FxHashMap::default(),
                room,
                leading_floats: &leading_floats,
                letter: letter.as_ref(),
            };
            let broken = break_line(prepared, start, extent, indent, &mut surroundings, buffer);
            let room = surroundings.room;
            let atomics = surroundings.atomics;
            if is_empty {
                self.empty_line(prepared, &broken, open, atomics, indent)?;
                self.layouter.line_buffers.give_back_items(broken.items);
                return Ok((broken.next, LayoutUnit::ZERO));
            }
            let touches_floats = room.inline_size() < self.content_inline;
            if touches_floats
                && style::wraps(&self.computed)
                && broken.inline_size > room.inline_size()
                && let Some(next) = self.exclusions.next_change(block)
            {
                // Beside the floats there is no room for it: it goes below.
                self.take_back(mark);
                block = next;
                continue;
            }
            let mut still_open = open.clone();
            let mut builder = self.line_builder(prepared, open);
            builder.take(self.layouter, &broken, &mut still_open, &mut |id| atomics[&id].clone());
            let inline_size = broken.inline_size + builder.added_inline_size();
            let align = self.align(prepared, broken.is_last);
            let left = room.inline_size() - inline_size;
            let justified = align == TextAlign::Justify && builder.justify(left, broken.hangs_from);
            let ellipsis = match self.layouter.line_clamp.next_line() {
                LineFate::EndsWithEllipsis => Some(ELLIPSIS.into()),
                LineFate::Hidden => {
                    builder.hide();
                    None
                }
                LineFate::Shown if left < LayoutUnit::ZERO => style::ellipsis(self.layouter.boxes, self.id),
                LineFate::Shown => None,
            };
            if let Some(ellipsis) = ellipsis {
                let room = (room.inline_size() - indent).clamp_negative_to_zero();
                builder.truncate(Truncation { room, ellipsis });
            }
            let finished = builder.finish(self.layouter, false);
            if finished.size.block > height {
                let tall = self.room_at(block, finished.size.block);
                if tall.line_left > room.line_left || tall.line_right < room.line_right {
                    // A float further down reaches into the line.
                    self.take_back(mark);
                    height = finished.size.block;
                    continue;
                }
            }
            let is_rtl = self.line_is_rtl(prepared, start);
            let shift = if justified { LayoutUnit::ZERO } else { offset_along(align, is_rtl, left) };
            // Indentation is at the line's start, and what hangs is at its end.
            let line_left = room.line_left + shift + if self.mode.is_rtl { LayoutUnit::ZERO } else { indent }
                - if is_rtl { broken.hanging } else { LayoutUnit::ZERO };
            let room = finished.annotation_room;
            let shift = self.make_room_for_annotations(room);
            let line_height = finished.size.block;
            if let Some(letter) = &letter {
                let before = letter.before(prepared, &broken);
                let block = block + shift - letter.raise;
                self.exclude_letter(letter, before, block, line_left, finished.size.inline);
            }
            self.add_line(finished, block + shift, line_left);
            let line_height = line_height + shift + self.leave_room_for_annotations(room);
            self.layouter.line_clamp.count_line();
            self.note_clamp(self.position.block);
            *open = still_open;
            self.layouter.line_buffers.give_back_items(broken.items);
            for float in broken.deferred_floats {
                let measured = self.measure_float(float);
                let origin = self.next_border_edge();
                self.place_float(measured, origin);
            }
            self.clear_after_line(prepared, broken.next);
            return Ok((broken.next, line_height));
        }
    }

    /// After `<br>` with `clear` the next line is below the floats, as is the end of the box.
    /// <https://html.spec.whatwg.org/multipage/rendering.html#phrasing-content-3>
    fn clear_after_line(&mut self, prepared: &PreparedLines, next: Place) {
        let last = next.item.checked_sub(1).and_then(|index| prepared.items.get(index));
        let Some(last) = last.filter(|item| item.kind == InlineItemKind::ForcedBreak) else { return };
        let layout_box = self.layouter.boxes.get(last.box_id);
        let own_block = self.block.unwrap_or_default();
        if matches!(layout_box.kind, BoxKind::LineBreak) {
            let [left, right] = style::clears(&layout_box.style, self.mode);
            let past_floats = self.exclusions.clearance_offset(left, right);
            self.position.block = self.position.block.max(past_floats - own_block);
        }
    }

    /// Places the floats that a line begins with. They stay where they are when the line goes below them.
    fn leading_floats(&mut self, prepared: &PreparedLines, start: Place) -> Vec<BoxId> {
        let mut floats = Vec::new();
        for item in &prepared.items[start.item..] {
            match item.kind {
                InlineItemKind::Float => {
                    let measured = self.measure_float(item.box_id);
                    let origin = self.next_border_edge();
                    self.place_float(measured, origin);
                    floats.push(item.box_id);
                }
                InlineItemKind::OpenBox | InlineItemKind::CloseBox | InlineItemKind::OutOfFlow => {}
                _ => break,
            }
        }
        floats
    }

    fn line_builder<'p>(&mut self, prepared: &'p PreparedLines, open: &[BoxId]) -> LineBuilder<'p> {
        LineBuilder::new(
            self.layouter,
            prepared,
            self.id,
            self.mode,
            self.content_inline,
            self.percentage_block,
            open,
        )
    }

    /// Adds a line that nothing with height is on. It takes no room, and margins collapse through it.
    fn empty_line(
        &mut self,
        prepared: &Arc<PreparedLines>,
        broken: &BrokenLine,
        open: &mut Vec<BoxId>,
        atomics: FxHashMap<BoxId, PlacedAtomic>,
        indent: LayoutUnit,
    ) -> Result<(), Restart> {
        let mut builder = self.line_builder(prepared, open);
        builder.take(self.layouter, broken, open, &mut |id| atomics[&id].clone());
        let finished = builder.finish(self.layouter, true);
        let block = self.next_border_edge();
        let line_left = self.static_line(block, indent);
        let offset_block = self.block.map_or(LayoutUnit::ZERO, |own| block - own);
        self.add_line_at(finished, offset_block, line_left);
        for &float in &broken.deferred_floats {
            let measured = self.measure_float(float);
            let origin = self.next_border_edge();
            self.place_float(measured, origin);
        }
        Ok(())
    }

    /// Where on a line at `block` a box without size would be that is alone on it.
    pub fn static_line(&self, block: LayoutUnit, indent: LayoutUnit) -> LayoutUnit {
        let room = self.room_at(block, LayoutUnit::ZERO);
        let align = style::used_text_align(&self.computed, true);
        let indent = if self.mode.is_rtl { -indent } else { indent };
        room.line_left + offset_along(align, self.mode.is_rtl, room.inline_size()) + indent
    }

    pub(super) fn room_at(&self, block: LayoutUnit, height: LayoutUnit) -> Opportunity {
        self.exclusions.opportunity_at(self.content_line_left(), self.content_line_right(), block, height)
    }

    fn take_back(&mut self, mark: Mark) {
        self.exclusions.truncate(mark.exclusions);
        self.builder.truncate_children(mark.children);
    }

    /// Whether a line that begins at `start` is a first line as far as indentation goes.
    pub(super) fn begins_lines(&self, prepared: &PreparedLines, start: Place, is_first: bool) -> bool {
        is_first && !self.layouter.boxes.continues_block(self.id)
            || style::text_indent(&self.computed).each_line && prepared.follows_forced_break(start)
    }

    /// `text-indent` of a line that is a first line, or is not. <https://drafts.csswg.org/css-text-4/#text-indent-property>
    pub(super) fn indent(&self, is_first: bool) -> LayoutUnit {
        let indent = style::text_indent(&self.computed);
        if is_first != indent.hanging {
            sizing::resolve_or_zero(&indent.length, Some(self.content_inline))
        } else {
            LayoutUnit::ZERO
        }
    }

    fn align(&self, prepared: &PreparedLines, is_last: bool) -> TextAlign {
        style::used_text_align(&prepared.styles[0].computed, is_last)
    }

    fn line_is_rtl(&self, prepared: &PreparedLines, start: Place) -> bool {
        prepared.paragraph.base_level_at(start.offset as usize).number() % 2 == 1
    }

    /// Adds a finished line at `block` and `line_left` in the formatting context; the next goes below it.
    fn add_line(&mut self, finished: FinishedLine, block: LayoutUnit, line_left: LayoutUnit) {
        let offset_block = block - self.block.unwrap_or(block);
        let height = finished.size.block;
        let baseline = offset_block + finished.baseline;
        self.builder.first_baseline.get_or_insert(baseline);
        self.builder.last_baseline = Some(baseline);
        self.add_line_at(finished, offset_block, line_left);
        self.position.block = offset_block + height;
        self.position.strut = Default::default();
        self.position.after_cleared_empty_child = false;
    }

    fn add_line_at(&mut self, finished: FinishedLine, offset_block: LayoutUnit, line_left: LayoutUnit) {
        let size = finished.size;
        for positioned in &finished.out_of_flow_on_line {
            self.static_position(positioned, offset_block, size, line_left);
        }
        let offset = LogicalOffset::new(self.inline_offset(line_left, size.inline), offset_block);
        self.builder.add_child(Child {
            offset,
            relative: LayoutVector::default(),
            margin: Sides::default(),
            fragment: Fragment::Line(finished.fragment),
            out_of_flow: finished.out_of_flow,
        });
    }

    /// Where a positioned box in a line would be: in the line if it was inline-level, else at the start of the next.
    fn static_position(
        &mut self,
        positioned: &OutOfFlowOnLine,
        offset_block: LayoutUnit,
        line: LogicalSize,
        line_left: LayoutUnit,
    ) {
        let id = positioned.box_id;
        let computed = &self.layouter.boxes.get(id).style;
        let (along, _) = positioned::alignment_of(computed, self.mode);
        let (offset, inline) = if style::was_inline_level(computed) {
            let at = self.inline_offset(line_left + positioned.along, LayoutUnit::ZERO);
            let is_turned = positioned.is_rtl != self.mode.is_rtl;
            let inline = match along.is_normal {
                true if is_turned => StaticAlignment::END,
                true => StaticAlignment::START,
                false => alignment::static_alignment(along, LayoutUnit::ZERO),
            };
            (LogicalOffset::new(at, offset_block), inline)
        } else {
            let below = if positioned.follows_content { line.block } else { LayoutUnit::ZERO };
            let offset = LogicalOffset::new(self.edges.inline_start, offset_block + below);
            (offset, alignment::static_alignment(along, LayoutUnit::ZERO))
        };
        // Inline boxes that it is in take it along.
        let moved = self.relative_offset(id).to_point();
        let moved = LogicalOffset::from_physical(moved, self.mode, Default::default(), Default::default());
        self.builder.add_out_of_flow(id, offset + moved, inline, StaticAlignment::START);
    }
}

/// Where the line goes in the room, `left` being what it leaves over. An overflowing line keeps its start in.
fn offset_along(align: TextAlign, is_rtl: bool, left: LayoutUnit) -> LayoutUnit {
    let align = match align {
        TextAlign::Start | TextAlign::Justify => {
            if is_rtl {
                TextAlign::Right
            } else {
                TextAlign::Left
            }
        }
        TextAlign::End => {
            if is_rtl {
                TextAlign::Left
            } else {
                TextAlign::Right
            }
        }
        other => other,
    };
    let offset = match align {
        TextAlign::Right => left,
        TextAlign::Center => left / 2,
        _ => LayoutUnit::ZERO,
    };
    match is_rtl {
        false => offset.clamp_negative_to_zero(),
        true if left < LayoutUnit::ZERO => left,
        true => offset,
    }
}

/// The same place in a preparation with other styles, whose items may be split elsewhere.
fn same_place(prepared: &PreparedLines, place: Place) -> Place {
    let column = place.column.map(|column| {
        let annotation = &prepared.annotations[column.number as usize];
        let at = same_place(annotation, Place::new(column.item, column.offset));
        ColumnPlace { item: at.item, offset: at.offset, ..column }
    });
    let item = prepared.items.iter().enumerate().skip(place.item.saturating_sub(1));
    for (index, item) in item {
        if item.range.end > place.offset || index >= place.item && item.range.start >= place.offset {
            return Place { item: index.max(place.item.min(index)), column, ..place };
        }
    }
    Place::new(prepared.items.len(), place.offset)
}

/// What the line breaker finds in a block container.
pub(super) struct LineSurroundings<'s, 'f, 'l> {
    pub flow: &'s mut BlockFlow<'f, 'l>,
    pub block: LayoutUnit,
    pub height: LayoutUnit,
    pub atomics: FxHashMap<BoxId, PlacedAtomic>,
    pub room: Opportunity,
    /// The floats before the line's content, which have been placed.
    pub leading_floats: &'s [BoxId],
    /// The initial letter that it begins with.
    pub letter: Option<&'s PlacedLetter>,
}

impl Surroundings for LineSurroundings<'_, '_, '_> {
    fn atomic_size(&mut self, box_id: BoxId) -> LayoutUnit {
        let flow = &mut *self.flow;
        let placed = self.atomics.entry(box_id).or_insert_with(|| {
            let computed = flow.layouter.boxes.get(box_id).style.clone();
            let constraints = flow.child_constraints(box_id).shrink_to_fit();
            let result = flow.layouter.layout(box_id, &constraints);
            let size = LogicalSize::from_physical(result.fragment.size, flow.mode);
            let mut margins = sizing::margins_or_zero(&computed, flow.mode.on_line(), flow.content_inline);
            if flow.layouter.boxes.is_outside_marker(box_id) {
                // It stands before the line and takes no room on it.
                let before = -size.inline;
                margins.inline_start = if flow.mode.is_rtl { LayoutUnit::ZERO } else { before };
                margins.inline_end = if flow.mode.is_rtl { before } else { LayoutUnit::ZERO };
            }
            let below_over_edge = self.letter.and_then(|letter| letter.below_over_edge(box_id));
            PlacedAtomic { box_id, margins, size, result, below_over_edge }
        });
        placed.size.inline + placed.margins.inline_sum()
    }

    fn inline_edges(&mut self, box_id: BoxId) -> LogicalSides {
        let computed = &self.flow.layouter.boxes.get(box_id).style;
        let mode = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..self.flow.mode };
        let basis = self.flow.content_inline;
        sizing::margins_or_zero(computed, mode, basis) + sizing::edges(computed, mode, basis).sum()
    }

    fn float(&mut self, box_id: BoxId, used: LayoutUnit, others_wait: bool) -> Option<LayoutUnit> {
        if self.leading_floats.contains(&box_id) {
            return Some(self.room.inline_size());
        }
        let measured = self.flow.measure_float(box_id);
        let flow = &*self.flow;
        let [clears_left, clears_right] = style::clears(&flow.layouter.boxes.get(box_id).style, flow.mode);
        let earliest = flow
            .exclusions
            .clearance_offset(clears_left, clears_right)
            .max(flow.exclusions.last_float_start());
        let does_not_fit =
            used > LayoutUnit::ZERO && used + measured.inline_extent() > self.room.inline_size();
        if others_wait || does_not_fit || earliest > self.block {
            return None;
        }
        let block = self.block.max(self.flow.next_border_edge());
        self.flow.place_float(measured, block);
        self.room = self.flow.room_at(self.block, self.height);
        Some(self.room.inline_size())
    }

    fn mark(&self) -> Mark {
        Mark {
            exclusions: self.flow.exclusions.len(),
            children: self.flow.builder.child_count(),
            room: self.room.inline_size(),
        }
    }

    fn take_back(&mut self, mark: Mark) {
        self.flow.take_back(mark);
        self.room = self.flow.room_at(self.block, self.height);
    }
}
