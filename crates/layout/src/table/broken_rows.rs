//! Row groups and rows broken over fragmentainers. The cells of a row go on beside one another; a cell that spans rows goes
//! on beside those after its own. <https://drafts.csswg.org/css-tables-3/#fragmentation>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::decoration::ShownRow;
use super::fragments::Placed;
use crate::flow::{LogicalOffset, LogicalSize};
use crate::formatting::sizing::Edges;
use crate::formatting::{FragmentBuilder, LayoutResult, Layouter};
use crate::fragment::ContextKind;
use crate::fragmentation::rules;
use crate::fragmentation::{
    Attempt, BreakAppeal, BreakFinder, BreakInfo, BreakRequest, BreakToken, EarlyBreak, EarlyBreakPlace,
    Fragmentainer, Inside, Landing, with_best_break,
};
use crate::style;

/// What is left of a row group.
#[derive(Clone, Debug)]
pub(super) struct SectionBreak {
    open: Vec<RowBreak>,
    /// The first row that is left.
    next_row: usize,
    /// Whether all rows have ended, and only contents go on that overflow them.
    pub is_at_end: bool,
}

/// What is left of a row.
#[derive(Clone, Debug)]
struct RowBreak {
    row: usize,
    /// The block size of its fragments so far.
    consumed: LayoutUnit,
    /// Whether it has all of its block size, and only cells go on that reach past it.
    is_at_end: bool,
    cells: Vec<OpenCell>,
}

/// A cell to lay out.
#[derive(Clone, Debug)]
struct OpenCell {
    cell: usize,
    /// Where it goes on.
    token: Option<Arc<BreakToken>>,
    /// How much higher than planned it is to be.
    grown: LayoutUnit,
}

/// A fragment of a row group.
pub(super) struct SectionPart {
    pub result: LayoutResult,
    pub left: Option<SectionBreak>,
    pub info: BreakInfo,
    /// Its rows, from its block-start edge.
    pub rows: Vec<ShownRow>,
}

/// A fragment of a row.
struct RowPart {
    result: LayoutResult,
    size: LayoutUnit,
    left: Option<RowBreak>,
    info: BreakInfo,
    is_broken: bool,
    unbreakable_end: LayoutUnit,
}

/// Lays out a row group from where it goes on.
pub(super) fn section(
    layouter: &mut Layouter<'_>,
    placed: &Placed<'_, '_>,
    index: usize,
    from: Option<&SectionBreak>,
    fragmentainer: Fragmentainer,
    early: Option<&EarlyBreak>,
) -> SectionPart {
    with_best_break(early, |early| attempt(layouter, placed, index, from, fragmentainer, early))
}

fn attempt(
    layouter: &mut Layouter<'_>,
    placed: &Placed<'_, '_>,
    index: usize,
    from: Option<&SectionBreak>,
    fragmentainer: Fragmentainer,
    early: Option<&EarlyBreak>,
) -> Attempt<SectionPart> {
    let boxes = layouter.boxes;
    let section = &placed.grid().sections[index];
    let inline = placed.inline_extent();
    let spacing = placed.table.spacing.block;
    let mut builder =
        FragmentBuilder::new(section.id, placed.table.mode, ContextKind::TableSection, Edges::default());
    builder.is_in_fragmentainer = true;
    let mut finder = BreakFinder::new(fragmentainer, early);
    let mut shown: Vec<ShownRow> = Vec::new();
    let mut parts: Vec<(usize, LayoutUnit, LayoutResult)> = Vec::new();
    let mut open: Vec<RowBreak> = Vec::new();
    let mut at = LayoutUnit::ZERO;
    let mut has_rows = false;
    let mut is_stopped = false;
    let mut next_row = section.rows.start;
    if let Some(from) = from {
        next_row = from.next_row;
        for left in &from.open {
            let part = row(layouter, placed, left.row, Some(left), fragmentainer);
            if !left.is_at_end {
                let has_end = !part.is_broken;
                shown.push(ShownRow { row: left.row, start: at, end: part.size, has_start: false, has_end });
                has_rows = true;
            }
            at = at.max(part.size);
            is_stopped |= part.is_broken;
            take(&mut finder, &part, part.unbreakable_end);
            parts.push((left.row, LayoutUnit::ZERO, part.result));
            open.extend(part.left);
            finder.passes(rules::break_after(boxes, placed.grid().rows[left.row].id));
        }
        if !has_rows {
            finder.has_sibling = false;
        }
    }
    while next_row < section.rows.end && !is_stopped {
        let id = placed.grid().rows[next_row].id;
        if placed.sizes[next_row].is_collapsed {
            let part = row(layouter, placed, next_row, None, fragmentainer.inside(at));
            parts.push((next_row, at, part.result));
            shown.push(ShownRow { row: next_row, start: at, end: at, has_start: true, has_end: true });
            next_row += 1;
            continue;
        }
        let before = rules::break_before(boxes, id);
        let is_forced = finder.is_forced(before);
        if is_forced || finder.is_early(|place| matches!(place, EarlyBreakPlace::Before(at) if *at == id)) {
            finder.info.has_forced_break |= is_forced;
            is_stopped = true;
            break;
        }
        let start = if has_rows { at + spacing } else { at };
        let part = row(layouter, placed, next_row, None, fragmentainer.inside(start));
        let stays = finder.stays(&Landing {
            place: EarlyBreakPlace::Before(id),
            child: None,
            before,
            block: start,
            block_size: part.size,
            inside: Inside {
                is_broken: part.is_broken || part.info.appeal == BreakAppeal::LastResort,
                appeal: part.info.appeal,
                shortage: part.info.shortage,
                early: None,
            },
            is_resumed: false,
            is_moved: false,
            is_monolithic: false,
            avoids_inside: style::avoids_breaks_inside(&boxes.get(id).style),
        });
        if !stays {
            is_stopped = true;
            break;
        }
        let end = start + part.size;
        shown.push(ShownRow { row: next_row, start, end, has_start: true, has_end: !part.is_broken });
        take(&mut finder, &part, start + part.unbreakable_end);
        finder.passes(rules::break_after(boxes, id));
        parts.push((next_row, start, part.result));
        open.extend(part.left);
        is_stopped |= part.is_broken;
        (at, has_rows) = (end, true);
        next_row += 1;
    }
    let waits = next_row < section.rows.end || open.iter().any(|row| !row.is_at_end);
    let is_cut = open.iter().any(|row| !row.is_at_end);
    let size = match fragmentainer.end() {
        // The spacing before a row that waits is here, as far as there is room.
        Some(room) if is_stopped && !is_cut => at.max((at + spacing).min(room)),
        _ => at,
    };
    let extent = LogicalSize::new(inline, size);
    for (row, start, result) in parts {
        let offset = LogicalOffset::new(LayoutUnit::ZERO, start);
        placed.add(layouter, &mut builder, placed.grid().rows[row].id, offset, extent, &result);
    }
    let result = builder.finish(layouter, extent, size);
    let left = (waits || !open.is_empty()).then_some(SectionBreak { open, next_row, is_at_end: !waits });
    let mut info = finder.info;
    if finder.unbreakable_end > size {
        info.keeps_together(LayoutUnit::ZERO);
    }
    Attempt { laid_out: SectionPart { result, left, info, rows: shown }, better: finder.better }
}

fn take(finder: &mut BreakFinder<'_>, part: &RowPart, unbreakable_end: LayoutUnit) {
    finder.info.include(&part.info);
    finder.unbreakable_end = finder.unbreakable_end.max(unbreakable_end);
}

/// Lays out a row from where it goes on; the fragmentainer is that of a box where the row begins.
fn row(
    layouter: &mut Layouter<'_>,
    placed: &Placed<'_, '_>,
    index: usize,
    from: Option<&RowBreak>,
    fragmentainer: Fragmentainer,
) -> RowPart {
    let grid = placed.grid();
    let id = grid.rows[index].id;
    let room = fragmentainer.end().map(LayoutUnit::clamp_negative_to_zero);
    let planned = placed.sizes[index].size;
    let consumed = from.map_or(LayoutUnit::ZERO, |left| left.consumed);
    let was_at_end = from.is_some_and(|left| left.is_at_end);
    let mut info = BreakInfo::default();
    let begun = |cell: usize| OpenCell { cell, token: None, grown: LayoutUnit::ZERO };
    let cells: Vec<OpenCell> = match from {
        Some(left) => left.cells.clone(),
        None => grid.rows[index].cells.clone().map(begun).collect(),
    };
    let mut laid: Vec<(OpenCell, Arc<LayoutResult>)> = Vec::new();
    let mut empty: Vec<usize> = Vec::new();
    for open in cells {
        let cell = &grid.cells[open.cell];
        let is_collapsed = placed.sizes[cell.rows.clone()].iter().all(|row| row.is_collapsed)
            || placed.asked[cell.columns.clone()].iter().all(|column| column.is_collapsed);
        if is_collapsed {
            empty.push(open.cell);
            continue;
        }
        let result = lay_out(layouter, placed, &open, fragmentainer);
        laid.push((open, result));
    }
    let size_of =
        |result: &LayoutResult| LogicalSize::from_physical(result.fragment.size, placed.table.mode).block;
    let token_of = |result: &LayoutResult| result.breaks.as_ref().and_then(|info| info.token.clone());
    let goes_on = |result: &LayoutResult| token_of(result).is_some_and(|token| !token.is_at_block_end);
    let is_own = |open: &OpenCell| grid.cells[open.cell].rows.len() == 1;
    let left_size = (planned - consumed).clamp_negative_to_zero();
    let is_broken = !was_at_end
        && (laid.iter().any(|(open, result)| is_own(open) && goes_on(result))
            || room.is_some_and(|room| left_size > room));
    let highest = laid.iter().filter(|(open, _)| is_own(open)).map(|(_, result)| size_of(result)).max();
    let highest = highest.unwrap_or_default();
    let size = match (was_at_end, is_broken, room) {
        (true, ..) => LayoutUnit::ZERO,
        (_, true, Some(room)) => room.max(highest),
        (_, true, None) => highest,
        (_, false, _) => left_size.max(highest),
    };
    let mut unbreakable_end = LayoutUnit::ZERO;
    for (open, result) in &mut laid {
        let cell = &grid.cells[open.cell];
        let is_monolithic = rules::is_monolithic(layouter.boxes, cell.id);
        let cell_size = size_of(result);
        if is_monolithic {
            match room {
                None => info.keeps_together(cell_size),
                Some(room) if cell_size > room && from.is_none() => {
                    info.lacks(cell_size - room);
                    info.appeal = BreakAppeal::LastResort;
                    unbreakable_end = unbreakable_end.max(cell_size);
                }
                Some(_) => {}
            }
            continue;
        }
        let missing = size - cell_size;
        let ends_with_row = is_own(open) && !was_at_end && !is_broken && token_of(result).is_none();
        if ends_with_row && missing > LayoutUnit::ZERO {
            open.grown += missing;
            *result = lay_out(layouter, placed, open, fragmentainer);
        }
    }
    let mode = placed.table.mode;
    let extent = LogicalSize::new(placed.inline_extent(), size);
    let mut builder = FragmentBuilder::new(id, mode, ContextKind::TableRow, Edges::default());
    builder.is_in_fragmentainer = true;
    builder.consumed = consumed;
    if from.is_none() {
        let baseline = placed.sizes[index].baseline;
        (builder.first_baseline, builder.last_baseline) = (baseline, baseline);
    }
    let offset = |cell: usize| {
        let column = grid.cells[cell].columns.start;
        let inline = placed.columns.start(column) - placed.columns.start(0);
        LogicalOffset::new(inline, LayoutUnit::ZERO)
    };
    for cell in empty {
        let cell_id = grid.cells[cell].id;
        let shown = FragmentBuilder::new(cell_id, mode, ContextKind::TableCell, Edges::default());
        let area = LogicalSize::new(placed.columns.extent(&grid.cells[cell].columns), size);
        let result = shown.finish(layouter, area, LayoutUnit::ZERO);
        placed.add(layouter, &mut builder, cell_id, offset(cell), extent, &result);
    }
    let mut open_cells = Vec::new();
    for (open, result) in laid {
        let cell = &grid.cells[open.cell];
        let area = LogicalSize::new(placed.columns.extent(&cell.columns), size_of(&result));
        let token = token_of(&result);
        if let Some(inside) = &result.breaks {
            info.include(inside);
            if token.as_ref().is_some_and(|token| !token.is_at_block_end) {
                let avoids = style::avoids_breaks_inside(&layouter.boxes.get(cell.id).style);
                let cap = if avoids { BreakAppeal::ViolatesAvoid } else { BreakAppeal::Perfect };
                info.appeal = info.appeal.min(inside.appeal).min(cap);
            }
        }
        // What goes on is not aligned: nobody knows what room there will be.
        let is_whole = token.is_none() && open.token.is_none();
        let shown = match is_whole {
            true => placed.aligned(layouter, index, cell.id, area, &result),
            false => (*result).clone(),
        };
        placed.add(layouter, &mut builder, cell.id, offset(open.cell), extent, &shown);
        if token.is_some() {
            open_cells.push(OpenCell { token, ..open });
        }
    }
    let result = builder.finish(layouter, extent, size);
    let left = (is_broken || !open_cells.is_empty()).then(|| RowBreak {
        row: index,
        consumed: consumed + size,
        is_at_end: !is_broken,
        cells: open_cells,
    });
    RowPart { result, size, left, info, is_broken, unbreakable_end }
}

fn lay_out(
    layouter: &mut Layouter<'_>,
    placed: &Placed<'_, '_>,
    open: &OpenCell,
    fragmentainer: Fragmentainer,
) -> Arc<LayoutResult> {
    let cell = &placed.grid().cells[open.cell];
    let block = placed.rows.extent(&cell.rows) + open.grown;
    let area = LogicalSize::new(placed.columns.extent(&cell.columns), block);
    let mut constraints = placed.cell_constraints(layouter, cell.id, area);
    constraints.fragmentainer = Some(fragmentainer.growing(cell.rows.len() == 1));
    let request = BreakRequest { resume: open.token.as_deref(), early: None };
    layouter.layout_fragment(cell.id, &constraints, request)
}
