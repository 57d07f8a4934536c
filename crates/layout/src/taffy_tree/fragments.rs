//! Flex and grid containers broken over fragmentainers. The container is laid out once as if nothing broke it ([`Plan`]);
//! in each fragmentainer its rows follow one another from where they go on, and what breaks push down pushes down the rows
//! after it. <https://drafts.csswg.org/css-flexbox-1/#pagination>, <https://drafts.csswg.org/css-grid-2/#pagination>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::Contents;
use super::plan::{Plan, PlannedItem, PlannedRow};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSize, WritingMode};
use crate::formatting::{Child, Constraints, FragmentBuilder, LayoutResult, Layouter, sizing};
use crate::fragment::{ContextKind, Fragment};
use crate::fragmentation::{
    Attempt, BreakAppeal, BreakFinder, BreakRequest, BreakToken, EarlyBreakPlace, FragmentRequest,
    FragmentSize, Fragmentainer, Inside, Landing, NextChild, RowPlace, cloned_edges, fragment_size,
    with_best_break,
};
use crate::style;

/// What is left of a flex or grid container.
#[derive(Debug)]
pub(crate) struct ItemsBreak {
    plan: Arc<Plan>,
    /// How much of the plan is in fragmentainers before.
    base: LayoutUnit,
    flows: Vec<FlowBreak>,
}

/// What is left of a flow of rows.
#[derive(Clone, Debug, Default)]
struct FlowBreak {
    /// The items that were begun, or are in rows that were.
    open: Vec<OpenItem>,
    /// The first row that is left.
    next_row: usize,
    /// What of it is where the next fragmentainer begins, wherever that is in the plan.
    pushed: Option<LayoutUnit>,
    /// How much further down than planned rows are.
    shift: LayoutUnit,
    /// How much the rows before one of a number have grown, where that is not in the shift yet.
    growths: Vec<(usize, LayoutUnit)>,
}

/// An item that goes on in the next fragmentainer.
#[derive(Clone, Debug)]
struct OpenItem {
    index: usize,
    start: ItemStart,
    /// How much further down than planned its row is.
    shift: LayoutUnit,
    /// How much higher than planned it is to be.
    grown: LayoutUnit,
}

#[derive(Clone, Debug)]
enum ItemStart {
    /// Where it is planned to be.
    Planned,
    /// Where the fragmentainer begins: it did not fit into the one before.
    Pushed,
    /// Where it goes on.
    Inside(Arc<BreakToken>),
}

impl OpenItem {
    fn token(&self) -> Option<&Arc<BreakToken>> {
        match &self.start {
            ItemStart::Inside(token) => Some(token),
            ItemStart::Planned | ItemStart::Pushed => None,
        }
    }

    /// Whether the rows after its own wait for it.
    fn is_waited_for(&self) -> bool {
        self.token().is_none_or(|token| !token.is_at_block_end)
    }
}

/// An item in this fragmentainer.
struct Placed {
    item: OpenItem,
    /// From the container's block-start border edge.
    block: LayoutUnit,
    result: Arc<LayoutResult>,
}

impl Placed {
    fn token(&self) -> Option<&Arc<BreakToken>> {
        self.result.breaks.as_ref()?.token.as_ref()
    }

    fn is_finished(&self) -> bool {
        self.token().is_none_or(|token| token.is_at_block_end)
    }
}

/// Items side by side in this fragmentainer.
#[derive(Default)]
struct Group {
    placed: Vec<Placed>,
    /// Those that begin further down than the fragmentainer reaches.
    later: Vec<OpenItem>,
}

/// One fragment of a container while it is laid out.
struct Run<'r, 'f, 'l> {
    layouter: &'r mut Layouter<'l>,
    plan: &'r Plan,
    mode: WritingMode,
    finder: BreakFinder<'f>,
    builder: FragmentBuilder,
    base: LayoutUnit,
    /// The edge that is repeated at the start of this fragment.
    start: LayoutUnit,
    /// Where contents end.
    end: LayoutUnit,
}

impl Contents {
    /// Lays out one fragment of a container.
    pub fn layout_fragment(
        &self,
        layouter: &mut Layouter<'_>,
        id: BoxId,
        constraints: &Constraints,
        fragmentainer: Fragmentainer,
        request: BreakRequest<'_>,
    ) -> LayoutResult {
        let known = request.resume.and_then(|token| match &token.next {
            NextChild::Items(left) => Some(left.clone()),
            _ => None,
        });
        let left = known.unwrap_or_else(|| {
            let plan = self.plan(layouter, id, &Constraints { fragmentainer: None, ..*constraints });
            let flows = vec![FlowBreak::default(); plan.flows.len()];
            Arc::new(ItemsBreak { plan, base: LayoutUnit::ZERO, flows })
        });
        with_best_break(request.early, |early| {
            let request = BreakRequest { early, ..request };
            self.attempt(layouter, id, constraints, fragmentainer, request, &left)
        })
    }

    fn attempt(
        &self,
        layouter: &mut Layouter<'_>,
        id: BoxId,
        constraints: &Constraints,
        fragmentainer: Fragmentainer,
        request: BreakRequest<'_>,
        left: &ItemsBreak,
    ) -> Attempt<LayoutResult> {
        let computed = &*layouter.boxes.get(id).style;
        let mode = style::writing_mode(computed);
        let is_resumed = request.resume.is_some();
        let clones_edges = style::clones_decoration(computed);
        let mut parts = sizing::edges(computed, mode, constraints.margin_basis);
        if is_resumed && !clones_edges {
            parts.border.block_start = LayoutUnit::ZERO;
            parts.padding.block_start = LayoutUnit::ZERO;
        }
        let edges = parts.sum();
        let mut builder = FragmentBuilder::new(id, mode, self.context, parts);
        builder.is_in_fragmentainer = true;
        builder.consumed = request.resume.map_or(LayoutUnit::ZERO, |token| token.consumed);
        builder.has_block_start = !is_resumed || clones_edges;
        let cloned = cloned_edges(clones_edges, &edges, is_resumed);
        let mut inside = Fragmentainer { grows: false, ..fragmentainer.without_end(cloned[1]) };
        if is_resumed {
            inside = inside.starting_at(edges.block_start);
        }
        let finder = BreakFinder::new(inside, request.early);
        let mut run = Run {
            layouter,
            plan: &left.plan,
            mode,
            finder,
            builder,
            base: left.base,
            start: cloned[0],
            end: edges.block_start,
        };
        if !is_resumed {
            run.begin();
        }
        let flows = run.flows(&left.flows);
        let better = run.finder.better.take();
        Attempt { laid_out: run.finish(constraints, request, left, flows, cloned), better }
    }
}

impl Run<'_, '_, '_> {
    /// What the first fragment has.
    fn begin(&mut self) {
        [self.builder.first_baseline, self.builder.last_baseline] = self.plan.baselines;
        for waiting in &self.plan.out_of_flow {
            self.builder.add_out_of_flow(waiting.id, waiting.offset, waiting.inline, waiting.block);
        }
    }

    /// From the container's block-start border edge to a block offset of the plan.
    fn place(&self, planned: LayoutUnit) -> LayoutUnit {
        planned - self.base + self.start
    }

    /// Where the fragmentainer ends, from the container's block-start border edge.
    fn room(&self) -> Option<LayoutUnit> {
        self.finder.fragmentainer.end()
    }

    /// Lays out all flows, one beside the other.
    fn flows(&mut self, flows: &[FlowBreak]) -> Vec<FlowBreak> {
        let mut left = Vec::with_capacity(flows.len());
        for (number, flow) in flows.iter().enumerate() {
            self.finder.has_sibling = false;
            // No break in one flow is for what comes in another.
            self.finder.info.early = None;
            left.push(self.flow(number, flow));
        }
        if flows.len() > 1 {
            self.finder.info.early = None;
        }
        left
    }

    /// Lays out a flow from where it goes on to where the fragmentainer ends.
    fn flow(&mut self, number: usize, from: &FlowBreak) -> FlowBreak {
        let plan = self.plan;
        let rows = &plan.flows[number];
        let mut left = FlowBreak {
            open: Vec::new(),
            next_row: from.next_row,
            pushed: None,
            shift: from.shift,
            growths: from.growths.clone(),
        };
        if !from.open.is_empty() {
            let group = self.place_items(from.open.iter().cloned());
            self.settle(group, rows, &mut left);
            if let Some(row) = from.next_row.checked_sub(1).and_then(|row| rows.get(row)) {
                self.finder.passes(row.after);
            }
        }
        let pushed = |row: usize| from.pushed.filter(|_| row == from.next_row);
        while let Some(row) = rows.get(left.next_row) {
            let number_of_row = left.next_row;
            let waits =
                |open: &OpenItem| open.is_waited_for() && plan.items[open.index].end_row <= number_of_row;
            if left.open.iter().any(waits) {
                break;
            }
            left.take_growth();
            if let Some(pushed) = pushed(number_of_row) {
                left.shift = self.base - pushed;
            }
            let place = RowPlace { flow: number, row: number_of_row };
            let is_forced = self.finder.is_forced(row.before);
            let is_here = |early: &EarlyBreakPlace| matches!(early, EarlyBreakPlace::Row(at) if *at == place);
            if is_forced || self.finder.is_early(is_here) {
                self.finder.info.has_forced_break |= is_forced;
                // Margins after a forced break are kept.
                left.pushed = Some(if is_forced { row.start } else { row.border });
                break;
            }
            match self.row(row, place, left.shift) {
                Some(group) => {
                    left.next_row += 1;
                    self.settle(group, rows, &mut left);
                    self.finder.passes(row.after);
                }
                None => {
                    let is_past = self.room().is_some_and(|end| self.place(row.border + left.shift) > end);
                    left.pushed = Some(if is_past { row.start } else { row.border });
                    break;
                }
            }
        }
        left.take_growth();
        left
    }

    /// Lays out a row; nothing where it waits for the next fragmentainer.
    fn row(&mut self, row: &PlannedRow, place: RowPlace, shift: LayoutUnit) -> Option<Group> {
        let start = self.place(row.border + shift);
        let begin =
            |&index: &usize| OpenItem { index, start: ItemStart::Planned, shift, grown: LayoutUnit::ZERO };
        let items: Vec<OpenItem> = row.items.iter().map(begin).collect();
        let mut group = self.place_items(items.into_iter());
        let mut inside = Inside { appeal: BreakAppeal::Perfect, ..Inside::default() };
        let mut lack = |shortage: LayoutUnit| {
            inside.shortage = Some(inside.shortage.map_or(shortage, |known: LayoutUnit| known.min(shortage)));
        };
        let mut end = start;
        let mut is_broken = !group.later.is_empty();
        // The rows of a grid are not to be torn apart, those of a flex container may be where there is room above an item.
        let mut appeal = match is_broken && self.builder.context == ContextKind::Grid {
            true => BreakAppeal::LastResort,
            false => BreakAppeal::Perfect,
        };
        let mut tallest = LayoutUnit::ZERO;
        for placed in &group.placed {
            let item = &self.plan.items[placed.item.index];
            let size = LogicalSize::from_physical(placed.result.fragment.size, self.mode).block;
            end = end.max(placed.block + size);
            if item.is_monolithic {
                tallest = tallest.max(size);
            }
            if let Some(shortage) = self.overflow(item, placed) {
                is_broken = true;
                if placed.block <= start || self.builder.context == ContextKind::Grid {
                    appeal = BreakAppeal::LastResort;
                }
                lack(shortage);
            }
            let Some(info) = &placed.result.breaks else { continue };
            if !placed.is_finished() {
                is_broken = true;
                let avoids = style::avoids_breaks_inside(&self.layouter.boxes.get(item.id).style);
                let cap = if avoids { BreakAppeal::ViolatesAvoid } else { BreakAppeal::Perfect };
                appeal = appeal.min(info.appeal).min(cap);
            }
            if let Some(shortage) = info.shortage {
                lack(shortage);
            }
        }
        (inside.is_broken, inside.appeal) = (is_broken, appeal);
        let only = match &group.placed[..] {
            [placed] if row.items.len() == 1 => Some(placed),
            _ => None,
        };
        let only = only.map(|placed| (self.plan.items[placed.item.index].id, placed.result.clone()));
        let child = only.as_ref().map(|(id, _)| *id);
        let known = only.as_ref().and_then(|(_, result)| result.breaks.as_ref());
        inside.early = known.and_then(|info| info.early.as_ref());
        if self.room().is_none() {
            self.finder.info.keeps_together(tallest);
        }
        let stays = self.finder.stays(&Landing {
            place: EarlyBreakPlace::Row(place),
            child,
            before: row.before,
            block: start,
            block_size: end - start,
            inside,
            is_resumed: false,
            is_moved: row.border > row.start,
            is_monolithic: false,
            avoids_inside: child
                .is_some_and(|id| style::avoids_breaks_inside(&self.layouter.boxes.get(id).style)),
        });
        stays.then(|| {
            self.push_what_overflows(&mut group);
            group
        })
    }

    /// How much room an item lacks that cannot be broken and could begin in the next fragmentainer.
    fn overflow(&self, item: &PlannedItem, placed: &Placed) -> Option<LayoutUnit> {
        let end = self.room()?;
        let size = LogicalSize::from_physical(placed.result.fragment.size, self.mode).block;
        let shortage = placed.block + size - end;
        let can_move = !self.finder.fragmentainer.is_start(placed.block);
        (item.is_monolithic && shortage > LayoutUnit::ZERO && can_move).then_some(shortage)
    }

    /// Has items that do not fit, and that cannot be broken, wait for the next fragmentainer, where all of their row cannot.
    fn push_what_overflows(&mut self, group: &mut Group) {
        let (moves, stays) = std::mem::take(&mut group.placed)
            .into_iter()
            .partition(|placed| self.overflow(&self.plan.items[placed.item.index], placed).is_some());
        group.placed = stays;
        let moves: Vec<Placed> = moves;
        for placed in moves {
            group.later.push(OpenItem { start: ItemStart::Pushed, ..placed.item });
        }
    }

    /// Lays out items where they go on or begin.
    fn place_items(&mut self, items: impl Iterator<Item = OpenItem>) -> Group {
        let mut group = Group::default();
        for open in items {
            let item = &self.plan.items[open.index];
            let planned = self.place(item.offset.block + open.shift);
            let block = match open.start {
                ItemStart::Planned if self.base == LayoutUnit::ZERO => planned,
                ItemStart::Planned => planned.max(self.start),
                ItemStart::Pushed | ItemStart::Inside(_) => self.start,
            };
            let is_past = self
                .room()
                .is_some_and(|end| block > end || block == end && item.size.block > LayoutUnit::ZERO);
            let can_wait = !self.finder.fragmentainer.is_start(block);
            if is_past && can_wait && open.token().is_none() {
                group.later.push(open);
                continue;
            }
            let result = self.lay_out(&open, block);
            group.placed.push(Placed { item: open, block, result });
        }
        group
    }

    fn lay_out(&mut self, open: &OpenItem, block: LayoutUnit) -> Arc<LayoutResult> {
        let item = &self.plan.items[open.index];
        let mut constraints = item.constraints;
        constraints.fragmentainer = Some(self.finder.fragmentainer.inside(block).growing(item.grows));
        if open.grown > LayoutUnit::ZERO {
            constraints.fixed.block = constraints.fixed.block.map(|size| size + open.grown);
        }
        let early = self.finder.early_inside(item.id);
        let request = BreakRequest { resume: open.token().map(|token| &**token), early };
        self.layouter.layout_fragment(item.id, &constraints, request)
    }

    /// Takes over items that stay here, and notes what is left of them.
    fn settle(&mut self, mut group: Group, rows: &[PlannedRow], left: &mut FlowBreak) {
        self.stretch(&mut group, rows);
        for placed in group.placed {
            let item = &self.plan.items[placed.item.index];
            let size = LogicalSize::from_physical(placed.result.fragment.size, self.mode).block;
            let end = placed.block + size;
            if let Some(room) = self.room().filter(|room| end > *room) {
                self.finder.info.lacks(end - room);
                self.finder.unbreakable_end = self.finder.unbreakable_end.max(end);
            }
            self.end = self.end.max(end);
            self.builder.add_child(Child {
                offset: LogicalOffset::new(item.offset.inline, placed.block),
                relative: item.relative,
                margin: item.margin.to_physical(self.mode),
                fragment: Fragment::Box(placed.result.fragment.clone()),
                out_of_flow: placed.result.out_of_flow.clone(),
            });
            if placed.is_finished() {
                let growth = self.growth(&placed, rows);
                if growth > LayoutUnit::ZERO {
                    left.growths.push((item.end_row, growth));
                }
            }
            let Some(info) = &placed.result.breaks else { continue };
            self.finder.info.include(info);
            if let Some(token) = &info.token {
                if !token.is_at_block_end {
                    self.finder.info.appeal = self.finder.info.appeal.min(info.appeal);
                }
                left.open.push(OpenItem { start: ItemStart::Inside(token.clone()), ..placed.item });
            }
        }
        left.open.extend(group.later);
    }

    /// How far an item that ends here reaches past where its row was planned to end, because of breaks.
    fn growth(&self, placed: &Placed, rows: &[PlannedRow]) -> LayoutUnit {
        if placed.item.token().is_some_and(|token| token.is_at_block_end) {
            return LayoutUnit::ZERO;
        }
        let item = &self.plan.items[placed.item.index];
        let size = LogicalSize::from_physical(placed.result.fragment.size, self.mode).block;
        let further = placed.block + size - self.place(item.end() + placed.item.shift);
        let last_row = item.end_row.checked_sub(1).and_then(|row| rows.get(row));
        let slack = last_row.map_or(LayoutUnit::ZERO, |row| row.end - item.end() - item.margin.block_end);
        (further - slack.clamp_negative_to_zero()).clamp_negative_to_zero()
    }

    /// Lays out items again that are as high as their row, where that has grown and ends here.
    fn stretch(&mut self, group: &mut Group, rows: &[PlannedRow]) {
        let growth = group.placed.iter().filter(|placed| placed.is_finished());
        let growth = growth.map(|placed| self.growth(placed, rows)).max().unwrap_or_default();
        let goes_on = group.placed.iter().any(|placed| !placed.is_finished())
            || group.later.iter().any(|open| matches!(open.start, ItemStart::Pushed));
        if goes_on || growth == LayoutUnit::ZERO {
            return;
        }
        for index in 0..group.placed.len() {
            let placed = &group.placed[index];
            let item = &self.plan.items[placed.item.index];
            if !item.stretches || item.is_monolithic || placed.token().is_some() {
                continue;
            }
            let missing = growth - self.growth(placed, rows);
            if missing > LayoutUnit::ZERO {
                let mut open = placed.item.clone();
                let block = placed.block;
                open.grown += missing;
                let result = self.lay_out(&open, block);
                group.placed[index] = Placed { item: open, block, result };
            }
        }
    }

    fn finish(
        mut self,
        constraints: &Constraints,
        request: BreakRequest<'_>,
        from: &ItemsBreak,
        flows: Vec<FlowBreak>,
        cloned_edges: [LayoutUnit; 2],
    ) -> LayoutResult {
        let (plan, id) = (self.plan, self.builder.id);
        let waits = flows
            .iter()
            .zip(&plan.flows)
            .any(|(flow, rows)| flow.next_row < rows.len() || flow.open.iter().any(OpenItem::is_waited_for));
        let room = self.room();
        let content = if waits {
            room.map_or(self.end, |room| room.max(self.end)) + cloned_edges[1]
        } else {
            let end = |(flow, rows): (&FlowBreak, &Vec<PlannedRow>)| Some(rows.last()?.end + flow.shift);
            let ends = flows.iter().zip(&plan.flows).filter_map(end).max();
            let planned = ends.map_or(plan.intrinsic, |end| end + plan.tail);
            self.place(planned).max(self.builder.edges.sum().block_sum())
        };
        let asked = FragmentRequest {
            consumed: self.builder.consumed,
            end_edge: self.builder.edges.sum().block_end,
            cloned_edges,
            intrinsic: content,
            room: constraints.fragmentainer.and_then(|fragmentainer| fragmentainer.end()),
            unbreakable_end: self.finder.unbreakable_end,
            asks_for_more: waits,
            ends_with_contents: false,
            was_at_block_end: request.resume.is_some_and(|token| token.is_at_block_end),
        };
        let inline = plan.inline;
        let FragmentSize { size, is_at_block_end, overflow, consumed } = fragment_size(&asked, |intrinsic| {
            sizing::block_size(self.layouter, id, constraints, inline, intrinsic)
        });
        if let Some(overflow) = overflow.filter(|_| !waits) {
            self.finder.info.lacks(overflow);
        }
        let is_open = flows.iter().any(|flow| !flow.open.is_empty());
        if waits || overflow.is_some() || is_open {
            let used = room.map_or(self.end, |room| room.max(self.finder.unbreakable_end)) - self.start;
            let left = ItemsBreak { plan: from.plan.clone(), base: self.base + used, flows };
            self.finder.info.token = Some(Arc::new(BreakToken {
                box_id: id,
                consumed,
                children: Vec::new(),
                next: NextChild::Items(Arc::new(left)),
                is_at_block_end,
            }));
        }
        let clones_edges = style::clones_decoration(&self.layouter.boxes.get(id).style);
        self.builder.has_block_end = clones_edges || is_at_block_end && !asked.was_at_block_end;
        if !self.builder.has_block_end {
            self.builder.edges.border.block_end = LayoutUnit::ZERO;
            self.builder.edges.padding.block_end = LayoutUnit::ZERO;
        }
        let mut result = self.builder.finish(self.layouter, LogicalSize::new(inline, size), content);
        result.breaks = Some(Arc::new(self.finder.info));
        result
    }
}

impl FlowBreak {
    /// Moves the rows that are left down by what those before them have grown.
    fn take_growth(&mut self) {
        let next_row = self.next_row;
        let grown = self.growths.iter().filter(|(row, _)| *row <= next_row).map(|&(_, growth)| growth).max();
        self.shift += grown.unwrap_or_default();
        self.growths.retain(|(row, _)| *row > next_row);
    }
}
