//! Tables broken over fragmentainers: captions, row groups and what is around them follow one another from where they go
//! on. Columns and rows have the sizes that they have where nothing is broken; rows grow where breaks take room.
//! <https://drafts.csswg.org/css-tables-3/#fragmentation>

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::values::display::{Display, DisplayInternal};

use super::broken_rows::{self, SectionBreak};
use super::columns::Column;
use super::decoration::{ShownRow, decoration};
use super::fragments::{self, Caption, Placed, SectionTrack, Sized, Tracks};
use super::rows::Row;
use super::{Table, caption_min};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize};
use crate::formatting::{
    Child, Constraints, FragmentBuilder, LayoutResult, Layouter, StaticAlignment, sizing,
};
use crate::fragment::{ContextKind, Fragment};
use crate::fragmentation::{
    Attempt, BreakFinder, BreakRequest, BreakToken, EarlyBreakPlace, Fragmentainer, Inside, Landing,
    NextChild, rules, with_best_break,
};
use crate::style;

/// How much of a fragmentainer a header or a footer takes at most that is repeated in each, as in Chromium.
const MAX_REPEATED_SHARE: i32 = 4;

/// What is left of a table.
#[derive(Debug)]
pub(crate) struct TableBreak {
    plan: Arc<TablePlan>,
    open: Vec<OpenPart>,
    /// The first part that is left.
    next: usize,
    /// Whether a part of the grid is in a fragmentainer before.
    has_grid: bool,
    /// What is left of the grid after the last row group; of a grid without rows all of it.
    tail: LayoutUnit,
}

/// A part that goes on.
#[derive(Clone, Debug)]
struct OpenPart {
    part: usize,
    start: PartStart,
}

#[derive(Clone, Debug)]
enum PartStart {
    Caption(Arc<BreakToken>),
    Section(SectionBreak),
}

impl OpenPart {
    /// Whether what comes after it waits.
    fn is_waited_for(&self) -> bool {
        match &self.start {
            PartStart::Caption(token) => !token.is_at_block_end,
            PartStart::Section(left) => !left.is_at_end,
        }
    }
}

/// What comes one below the other in a table.
#[derive(Clone, Copy, Debug)]
enum Part {
    Caption(usize),
    Section(usize),
    /// The end of the grid: spacing and edges; of a grid without rows all of it.
    Tail,
}

/// A caption to lay out.
#[derive(Clone, Debug)]
struct PlannedCaption {
    id: BoxId,
    margins: LogicalSides,
}

/// A table whose columns and rows have their sizes.
#[derive(Debug)]
struct TablePlan {
    /// The border-box inline size.
    inline: LayoutUnit,
    asked: Arc<[Column]>,
    columns: Tracks,
    row_tracks: Tracks,
    section_tracks: Vec<SectionTrack>,
    rows: Vec<Row>,
    table_inline: LayoutUnit,
    is_definite: bool,
    captions: Vec<PlannedCaption>,
    parts: Vec<Part>,
    tail: LayoutUnit,
    /// The row groups that every fragment has, with their block sizes.
    header: Option<(usize, LayoutUnit)>,
    footer: Option<(usize, LayoutUnit)>,
}

impl TablePlan {
    fn new<'a>(
        layouter: &mut Layouter<'a>,
        table: &Table<'a>,
        constraints: &Constraints,
        inline: LayoutUnit,
        asked: Arc<[Column]>,
        column_sizes: &[LayoutUnit],
    ) -> TablePlan {
        let fragmentainer = constraints.fragmentainer;
        let constraints = Constraints { fragmentainer: None, ..*constraints };
        let Sized { above, below, columns, rows, room, grid_block, .. } =
            fragments::size_up(layouter, table, &constraints, inline, &asked, column_sizes);
        let of = |caption: &Caption| PlannedCaption { id: caption.id, margins: caption.margins };
        let captions: Vec<PlannedCaption> = above.iter().chain(&below).map(of).collect();
        let sections = &table.parts.grid.sections;
        let parts = (0..above.len())
            .map(Part::Caption)
            .chain((0..sections.len()).map(Part::Section))
            .chain([Part::Tail])
            .chain((above.len()..captions.len()).map(Part::Caption))
            .collect();
        let (row_tracks, section_tracks) =
            Tracks::of_rows(LayoutUnit::ZERO, table.spacing.block, &table.parts.grid, &rows);
        let rows = rows.rows;
        let is_empty = rows.iter().all(|row| row.is_collapsed);
        let tail = match is_empty {
            true => grid_block - table.edges.block_start,
            false => table.spacing.block + table.edges.block_end,
        };
        let most = fragmentainer.and_then(|fragmentainer| fragmentainer.block_size);
        let repeated = |internal: DisplayInternal, index: Option<usize>| {
            let index = index?;
            let section = &sections[index];
            let computed = &layouter.boxes.get(section.id).style;
            let size = row_tracks.extent(&section.rows);
            let is_it = computed.boxes.display == Display::Internal(internal)
                && style::avoids_breaks_inside(computed)
                && size <= most? / MAX_REPEATED_SHARE;
            (is_it && sections.len() > 1).then_some((index, size))
        };
        TablePlan {
            inline,
            tail,
            header: repeated(DisplayInternal::TableHeaderGroup, (!sections.is_empty()).then_some(0)),
            footer: repeated(DisplayInternal::TableFooterGroup, sections.len().checked_sub(1)),
            asked,
            columns,
            row_tracks,
            section_tracks,
            rows,
            table_inline: room.table_inline,
            is_definite: room.is_definite,
            captions,
            parts,
        }
    }

    fn placed<'p, 'a>(&'p self, table: &'p Table<'a>) -> Placed<'p, 'a> {
        Placed {
            table,
            asked: &self.asked,
            columns: &self.columns,
            rows: &self.row_tracks,
            sections: &self.section_tracks,
            sizes: &self.rows,
            table_inline: self.table_inline,
            is_definite: self.is_definite,
            known: None,
        }
    }
}

/// Lays out one fragment of a table wrapper box.
pub(super) fn layout<'a>(
    layouter: &mut Layouter<'a>,
    table: &Table<'a>,
    constraints: &Constraints,
    fragmentainer: Fragmentainer,
    request: BreakRequest<'_>,
    size: impl FnOnce(&mut Layouter<'a>) -> (LayoutUnit, Arc<[Column]>, Vec<LayoutUnit>),
) -> LayoutResult {
    let known = request.resume.and_then(|token| match &token.next {
        NextChild::Table(left) => Some(left.clone()),
        _ => None,
    });
    let left = known.unwrap_or_else(|| {
        let (inline, columns, column_sizes) = size(layouter);
        let plan = TablePlan::new(layouter, table, constraints, inline, columns, &column_sizes);
        let tail = plan.tail;
        Arc::new(TableBreak { plan: Arc::new(plan), open: Vec::new(), next: 0, has_grid: false, tail })
    });
    with_best_break(request.early, |early| {
        attempt(layouter, table, fragmentainer, BreakRequest { early, ..request }, &left)
    })
}

fn attempt(
    layouter: &mut Layouter<'_>,
    table: &Table<'_>,
    fragmentainer: Fragmentainer,
    request: BreakRequest<'_>,
    left: &TableBreak,
) -> Attempt<LayoutResult> {
    let clones_edges = style::clones_decoration(table.computed);
    let cloned_end = if clones_edges { table.edges.block_end } else { LayoutUnit::ZERO };
    let inside = Fragmentainer { grows: false, ..fragmentainer.without_end(cloned_end) };
    let own_edges = sizing::edges(table.computed, table.mode, table.margin_basis);
    let mut builder = FragmentBuilder::new(table.id, table.mode, ContextKind::Table, own_edges);
    builder.is_in_fragmentainer = true;
    builder.consumed = request.resume.map_or(LayoutUnit::ZERO, |token| token.consumed);
    let run = Run {
        layouter,
        table,
        plan: &left.plan,
        placed: left.plan.placed(table),
        fragmentainer: inside,
        finder: BreakFinder::new(inside, request.early),
        builder,
        clones_edges,
        at: LayoutUnit::ZERO,
        grid_start: None,
        grid_end: None,
        has_sections: false,
        rows: Vec::new(),
        tail: left.tail,
        is_empty: left.plan.rows.iter().all(|row| row.is_collapsed),
    };
    run.parts(left, request)
}

/// One fragment of a table while it is laid out.
struct Run<'r, 'f, 'a, 'l> {
    layouter: &'r mut Layouter<'l>,
    table: &'r Table<'a>,
    plan: &'r TablePlan,
    placed: Placed<'r, 'a>,
    /// What there is for all parts; the finder has what there is above a footer that is repeated.
    fragmentainer: Fragmentainer,
    finder: BreakFinder<'f>,
    builder: FragmentBuilder,
    clones_edges: bool,
    /// Where the next part goes.
    at: LayoutUnit,
    grid_start: Option<LayoutUnit>,
    grid_end: Option<LayoutUnit>,
    /// Whether there is a row group in this fragment, with spacing between it and the next.
    has_sections: bool,
    rows: Vec<ShownRow>,
    tail: LayoutUnit,
    /// Whether the grid shows no rows.
    is_empty: bool,
}

/// What became of a part.
enum Outcome {
    /// It is here, but for what goes on.
    Here(Option<OpenPart>),
    /// It waits for the next fragmentainer.
    Waits,
}

impl Run<'_, '_, '_, '_> {
    fn parts(mut self, left: &TableBreak, request: BreakRequest<'_>) -> Attempt<LayoutResult> {
        let plan = self.plan;
        let mut open: Vec<OpenPart> = Vec::new();
        if request.resume.is_none() {
            for &id in &self.table.parts.positioned {
                let offset = LogicalOffset::new(self.table.edges.inline_start, self.table.edges.block_start);
                self.builder.add_out_of_flow(id, offset, StaticAlignment::START, StaticAlignment::START);
            }
        }
        let is_in_grid = |part: usize| !matches!(plan.parts.get(part), Some(Part::Caption(_)) | None);
        let goes_on_in_grid = left.open.iter().any(|open| is_in_grid(open.part)) || is_in_grid(left.next);
        if left.has_grid && goes_on_in_grid {
            self.resume_grid(left);
        }
        for part in &left.open {
            if let Outcome::Here(Some(left)) = self.part(part.part, Some(&part.start)) {
                open.push(left);
            }
        }
        let mut next = left.next;
        while next < plan.parts.len() && !open.iter().any(OpenPart::is_waited_for) {
            match self.part(next, None) {
                Outcome::Here(left) => open.extend(left),
                Outcome::Waits => break,
            }
            next += 1;
        }
        let better = self.finder.better.take();
        Attempt { laid_out: self.finish(left, request, open, next), better }
    }

    /// Begins a fragment of a grid that was begun before.
    fn resume_grid(&mut self, left: &TableBreak) {
        self.grid_start = Some(LayoutUnit::ZERO);
        if self.clones_edges {
            self.at = self.table.edges.block_start;
        }
        let is_past = |index: usize| {
            let is_it =
                |part: usize| matches!(self.plan.parts.get(part), Some(Part::Section(at)) if *at == index);
            let first = left.open.iter().map(|open| open.part).chain([left.next]).min();
            first.is_some_and(|first| {
                (0..first).any(is_it) && matches!(self.plan.parts[first], Part::Section(_))
            })
        };
        if let Some((header, size)) = self.plan.header.filter(|(header, _)| is_past(*header)) {
            if self.table.parts.borders.is_some() && !self.clones_edges {
                // Half of its border is outside of it.
                self.at += self.table.edges.block_start;
            }
            self.repeat(header, size);
            self.at += self.table.spacing.block;
        }
        self.begin_at(self.at);
    }

    /// What is above is no content of the fragmentainer.
    fn begin_at(&mut self, block: LayoutUnit) {
        self.fragmentainer = self.fragmentainer.starting_at(block);
        self.finder.fragmentainer = self.fragmentainer;
    }

    /// Adds a header or footer that every fragment has.
    fn repeat(&mut self, section: usize, size: LayoutUnit) {
        let (result, _) = self.placed.section(self.layouter, section, &mut Vec::new());
        let rows = self.table.parts.grid.sections[section].rows.clone();
        let first = self.plan.row_tracks.start(rows.start);
        let (at, tracks) = (self.at, &self.plan.row_tracks);
        let shown = rows.map(|row| {
            let start = at + tracks.start(row) - first;
            let end = start + self.plan.rows[row].size;
            ShownRow { row, start, end, has_start: true, has_end: true }
        });
        self.rows.extend(shown);
        self.add_section(section, &result);
        self.at += size;
    }

    fn add_section(&mut self, section: usize, result: &LayoutResult) {
        let id = self.table.parts.grid.sections[section].id;
        let offset = LogicalOffset::new(self.plan.columns.start(0), self.at);
        let container = LogicalSize::new(self.plan.inline, LayoutUnit::ZERO);
        if self.builder.first_baseline.is_none() {
            self.builder.first_baseline = result.fragment.first_baseline.map(|baseline| self.at + baseline);
        }
        self.placed.add(self.layouter, &mut self.builder, id, offset, container, result);
    }

    fn part(&mut self, part: usize, from: Option<&PartStart>) -> Outcome {
        match (self.plan.parts[part], from) {
            (Part::Caption(index), Some(PartStart::Caption(token))) => self.caption(part, index, Some(token)),
            (Part::Caption(index), _) => self.caption(part, index, None),
            (Part::Section(index), Some(PartStart::Section(left))) => self.section(part, index, Some(left)),
            (Part::Section(index), _) => self.section(part, index, None),
            (Part::Tail, _) => self.grid_tail(),
        }
    }

    fn caption(&mut self, part: usize, index: usize, token: Option<&Arc<BreakToken>>) -> Outcome {
        let PlannedCaption { id, margins } = self.plan.captions[index].clone();
        let boxes = self.layouter.boxes;
        let before = rules::break_before(boxes, id);
        if token.is_none() {
            let is_forced = self.finder.is_forced(before);
            if is_forced || self.is_early_before(id) {
                self.finder.info.has_forced_break |= is_forced;
                return Outcome::Waits;
            }
        }
        let mode = self.table.mode;
        let room = self.plan.inline.max(caption_min(self.layouter, mode, id));
        let own_mode = style::writing_mode(&boxes.get(id).style);
        let mut constraints = Constraints::new(mode, LogicalSize::new(Some(room), None), own_mode);
        let start = if token.is_some() { self.at } else { self.at + margins.block_start };
        constraints.fragmentainer = Some(self.fragmentainer.inside(start));
        let request =
            BreakRequest { resume: token.map(|token| &**token), early: self.finder.early_inside(id) };
        let result = self.layouter.layout_fragment(id, &constraints, request);
        let size = LogicalSize::from_physical(result.fragment.size, mode);
        let stays = self.finder.stays(&Landing {
            place: EarlyBreakPlace::Before(id),
            child: Some(id),
            before,
            block: start,
            block_size: size.block,
            inside: result.breaks.as_deref().into(),
            is_resumed: token.is_some(),
            is_moved: false,
            is_monolithic: rules::is_monolithic(boxes, id),
            avoids_inside: style::avoids_breaks_inside(&boxes.get(id).style),
        });
        if !stays {
            return Outcome::Waits;
        }
        self.finder.passes(rules::break_after(boxes, id));
        self.builder.add_child(Child {
            offset: LogicalOffset::new(margins.inline_start, start),
            relative: Default::default(),
            margin: margins.to_physical(mode),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
        self.at = start + size.block;
        let Some(info) = &result.breaks else {
            self.at += margins.block_end;
            return Outcome::Here(None);
        };
        self.finder.info.include(info);
        if info.token.as_ref().is_none_or(|token| token.is_at_block_end) {
            self.at += margins.block_end;
        }
        let open = info.token.clone().map(|token| OpenPart { part, start: PartStart::Caption(token) });
        Outcome::Here(open)
    }

    fn is_early_before(&self, id: BoxId) -> bool {
        self.finder.is_early(|place| matches!(place, EarlyBreakPlace::Before(at) if *at == id))
    }

    fn section(&mut self, part: usize, index: usize, from: Option<&SectionBreak>) -> Outcome {
        let boxes = self.layouter.boxes;
        let id = self.table.parts.grid.sections[index].id;
        let before = rules::break_before(boxes, id);
        if from.is_none() {
            let is_forced = self.finder.is_forced(before);
            if is_forced || self.is_early_before(id) {
                self.finder.info.has_forced_break |= is_forced;
                return Outcome::Waits;
            }
        }
        let begins_grid = self.grid_start.is_none();
        let (former, former_fragmentainer) = (self.at, self.fragmentainer);
        if begins_grid {
            let is_start = self.fragmentainer.is_start(self.at);
            self.grid_start = Some(self.at);
            self.at += self.table.edges.block_start + self.table.spacing.block;
            if is_start && self.fragmentainer.end().is_some_and(|end| self.at >= end) {
                // No fragmentainer has more room for it.
                self.begin_at(self.at);
            }
        } else if self.has_sections {
            self.at += self.table.spacing.block;
        }
        // A repeated footer comes below all other row groups.
        let is_footer = self.plan.footer.is_some_and(|(footer, _)| footer == index);
        self.finder.fragmentainer = match self.plan.footer.filter(|_| !is_footer) {
            Some((_, size)) => {
                let has_edge = self.table.parts.borders.is_some() && !self.clones_edges;
                let edge = if has_edge { self.table.edges.block_end } else { LayoutUnit::ZERO };
                self.fragmentainer.without_end(size + self.table.spacing.block + edge)
            }
            None => self.fragmentainer,
        };
        let inside = self.finder.fragmentainer.inside(self.at);
        let early = self.finder.early_inside(id);
        let laid = broken_rows::section(self.layouter, &self.placed, index, from, inside, early);
        let size = LogicalSize::from_physical(laid.result.fragment.size, self.table.mode).block;
        let is_header = self.plan.header.is_some_and(|(header, _)| header == index);
        let stays = self.finder.stays(&Landing {
            place: EarlyBreakPlace::Before(id),
            child: Some(id),
            before,
            block: self.at,
            block_size: size,
            inside: Inside {
                is_broken: laid.left.as_ref().is_some_and(|left| !left.is_at_end),
                appeal: laid.info.appeal,
                shortage: laid.info.shortage,
                early: laid.info.early.as_ref(),
            },
            is_resumed: from.is_some(),
            is_moved: false,
            is_monolithic: is_header || is_footer,
            avoids_inside: style::avoids_breaks_inside(&boxes.get(id).style),
        });
        if !stays {
            if begins_grid {
                self.grid_start = None;
                self.fragmentainer = former_fragmentainer;
                self.at = former;
            }
            return Outcome::Waits;
        }
        let at = self.at;
        self.rows.extend(laid.rows.iter().map(|row| ShownRow {
            start: at + row.start,
            end: at + row.end,
            ..*row
        }));
        self.finder.info.include(&laid.info);
        self.add_section(index, &laid.result);
        if is_header {
            // Nothing is gained by a break below what the next fragment has too.
            if self.fragmentainer.is_start(at) {
                self.begin_at(at + size + self.table.spacing.block);
            }
        } else {
            self.finder.passes(rules::break_after(boxes, id));
        }
        self.at += size;
        self.has_sections = true;
        Outcome::Here(laid.left.map(|left| OpenPart { part, start: PartStart::Section(left) }))
    }

    /// Takes as much of the end of the grid as there is room for.
    fn grid_tail(&mut self) -> Outcome {
        if self.grid_start.is_none() {
            self.grid_start = Some(self.at);
            self.at += self.table.edges.block_start;
        }
        let edge = self.table.edges.block_end;
        let end = self.fragmentainer.end().map(|end| if self.clones_edges { end + edge } else { end });
        let room = |at: LayoutUnit| end.map_or(LayoutUnit::MAX, |end| (end - at).clamp_negative_to_zero());
        let spacing = (self.tail - edge).clamp_negative_to_zero();
        let taken = spacing.min(room(self.at));
        self.at += taken;
        if self.is_empty {
            self.tail -= taken;
        } else {
            // Spacing stays where it is. The edge comes after it, here or in the next fragmentainer.
            self.tail = edge;
        }
        if self.tail > edge || edge > room(self.at) && !self.fragmentainer.is_start(self.at) {
            self.finder.info.lacks(self.tail - room(self.at));
            return Outcome::Waits;
        }
        self.at += edge;
        self.tail = LayoutUnit::ZERO;
        self.grid_end = Some(self.at);
        Outcome::Here(None)
    }

    fn finish(
        mut self,
        from: &TableBreak,
        request: BreakRequest<'_>,
        open: Vec<OpenPart>,
        next: usize,
    ) -> LayoutResult {
        let plan = self.plan;
        let waits = next < plan.parts.len() || open.iter().any(OpenPart::is_waited_for);
        let is_in_grid = waits && self.grid_start.is_some() && self.grid_end.is_none();
        let waits_for_edge = is_in_grid
            && !open.iter().any(OpenPart::is_waited_for)
            && matches!(plan.parts.get(next), Some(Part::Tail))
            && !self.is_empty;
        let footer_part = plan.footer.and_then(|(footer, size)| {
            let is_it = |part: &Part| matches!(part, Part::Section(index) if *index == footer);
            Some((footer, size, plan.parts.iter().position(is_it)?))
        });
        if let Some((footer, size, part)) = footer_part
            && is_in_grid
            && next <= part
            && self.has_sections
        {
            self.repeat(footer, size);
        }
        let clones = self.clones_edges;
        let (edges, mode) = (self.table.edges, self.table.mode);
        let cloned_end = if clones && is_in_grid { edges.block_end } else { LayoutUnit::ZERO };
        let room = self.fragmentainer.end();
        let filled = if is_in_grid && !waits_for_edge {
            room.map_or(self.at, |room| room.max(self.at))
        } else {
            self.at
        };
        let block = filled + cloned_end;
        let was_at_end = request.resume.is_some_and(|token| token.is_at_block_end);
        let block = if was_at_end { LayoutUnit::ZERO } else { block };
        let size = LogicalSize::new(plan.inline, block);
        let grid_start = self.grid_start.unwrap_or(block);
        let grid_end = self.grid_end.unwrap_or(block).max(grid_start);
        let begins = self.grid_start.is_some() && !from.has_grid;
        self.builder.has_block_start = begins || clones && self.grid_start.is_some();
        self.builder.has_block_end = self.grid_end.is_some() || clones && is_in_grid;
        if !self.builder.has_block_start {
            self.builder.edges.border.block_start = LayoutUnit::ZERO;
            self.builder.edges.padding.block_start = LayoutUnit::ZERO;
        }
        if !self.builder.has_block_end {
            self.builder.edges.border.block_end = LayoutUnit::ZERO;
            self.builder.edges.padding.block_end = LayoutUnit::ZERO;
        }
        let grid = LogicalRect {
            offset: LogicalOffset::new(LayoutUnit::ZERO, grid_start),
            size: LogicalSize::new(plan.inline, grid_end - grid_start),
        };
        let physical = size.to_physical(mode);
        self.builder.table = Some(decoration(self.table, &plan.columns, &self.rows, grid, physical));
        let consumed = self.builder.consumed + block - cloned_end;
        let mut info = self.finder.info;
        if waits || !open.is_empty() {
            let left = TableBreak {
                plan: from.plan.clone(),
                open,
                next,
                has_grid: from.has_grid || self.grid_start.is_some(),
                tail: self.tail,
            };
            info.token = Some(Arc::new(BreakToken {
                box_id: self.table.id,
                consumed,
                children: Vec::new(),
                next: NextChild::Table(Arc::new(left)),
                is_at_block_end: !waits,
            }));
        }
        let mut result = self.builder.finish(self.layouter, size, block);
        result.breaks = Some(Arc::new(info));
        result
    }
}
