//! What painting needs of a table besides its boxes: the areas of columns, and collapsed borders.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::geometry::LayoutSize;
use fanlight_base::{LayoutUnit, Sides};

use super::Table;
use super::collapse::{BorderGrid, EdgeBorder};
use super::fragments::{Tracks, column_groups};
use super::rows::Row;
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
use crate::fragment::{CollapsedBorders, CollapsedEdge, PhysicalSide, StyleKey, TableFragment};

/// A row, or a part of it, in a fragment of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShownRow {
    pub row: usize,
    /// From the block-start edge of the table's fragment.
    pub start: LayoutUnit,
    pub end: LayoutUnit,
    /// Whether the row begins and ends here.
    pub has_start: bool,
    pub has_end: bool,
}

/// The rows of a table that nothing breaks.
pub(super) fn whole(tracks: &Tracks, rows: &[Row]) -> Vec<ShownRow> {
    let of = |(row, size): (usize, &Row)| ShownRow {
        row,
        start: tracks.start(row),
        end: tracks.start(row) + size.size,
        has_start: true,
        has_end: true,
    };
    rows.iter().enumerate().map(of).collect()
}

/// What painting needs of a fragment of a table of this size with these rows, whose grid is there.
pub(super) fn decoration(
    table: &Table<'_>,
    columns: &Tracks,
    rows: &[ShownRow],
    grid: LogicalRect,
    physical: LayoutSize,
) -> Arc<TableFragment> {
    let mode = table.mode;
    let key = |box_id: BoxId| StyleKey { box_id, is_first_line: false };
    let edge = |(area, border): (LogicalRect, EdgeBorder)| CollapsedEdge {
        rect: area.to_physical(mode, physical),
        winner: key(border.winner),
        side: border.side,
    };
    Arc::new(TableFragment {
        grid_rect: grid.to_physical(mode, physical),
        inline_start: inline_start(mode),
        columns: column_areas(table, columns, rows)
            .into_iter()
            .map(|(id, area)| (key(id), area.to_physical(mode, physical)))
            .collect(),
        collapsed: table.parts.borders.as_ref().map(|borders| CollapsedBorders {
            edges: collapsed_edges(borders, columns, rows).into_iter().map(edge).collect(),
        }),
    })
}

fn inline_start(mode: WritingMode) -> PhysicalSide {
    let is_start = LogicalSides { inline_start: true, ..LogicalSides::default() }.to_physical(mode);
    match is_start {
        Sides { top: true, .. } => PhysicalSide::Top,
        Sides { right: true, .. } => PhysicalSide::Right,
        Sides { bottom: true, .. } => PhysicalSide::Bottom,
        _ => PhysicalSide::Left,
    }
}

/// The areas of column groups and columns, for their backgrounds.
fn column_areas(table: &Table<'_>, columns: &Tracks, rows: &[ShownRow]) -> Vec<(BoxId, LogicalRect)> {
    let grid = &*table.parts.grid;
    let (top, bottom) = match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (LayoutUnit::ZERO, LayoutUnit::ZERO),
    };
    let groups = column_groups(grid);
    // A group without area is at the edge of the table, with what is in it, as in Chromium.
    let area = |covered: Range<usize>| {
        let is_seen = |covered: &Range<usize>| bottom > top && columns.extent(covered) > LayoutUnit::ZERO;
        let after = groups.partition_point(|(_, group)| group.start <= covered.start);
        let group = after.checked_sub(1).map(|index| &groups[index].1);
        let group = group.filter(|group| group.contains(&covered.start)).unwrap_or(&covered);
        let start = if is_seen(group) { top } else { LayoutUnit::ZERO };
        let block = if is_seen(&covered) { bottom - top } else { LayoutUnit::ZERO };
        LogicalRect {
            offset: LogicalOffset::new(columns.start(covered.start), start),
            size: LogicalSize::new(columns.extent(&covered), block),
        }
    };
    let single = grid.columns.iter().enumerate().filter_map(|(index, column)| Some((index, column.column?)));
    let mut spans: Vec<(BoxId, Range<usize>)> = Vec::new();
    for (index, id) in single {
        match spans.last_mut() {
            Some((last, covered)) if *last == id => covered.end = index + 1,
            _ => spans.push((id, index..index + 1)),
        }
    }
    let corner = LogicalOffset::new(columns.start(0), if bottom > top { top } else { LayoutUnit::ZERO });
    let nowhere = LogicalRect { offset: corner, size: LogicalSize::ZERO };
    let merged = grid.merged.iter().filter(|_| !grid.columns.is_empty()).map(|&id| (id, nowhere));
    let shown = groups.iter().chain(&spans).map(|(id, covered)| (*id, area(covered.clone())));
    shown.chain(merged).collect()
}

/// A line between rows.
#[derive(Clone, Copy)]
struct GridLine {
    number: usize,
    at: LayoutUnit,
    above: Option<usize>,
    below: Option<usize>,
}

/// The lines above and below each of the rows; nothing where a row is cut.
fn grid_lines(rows: &[ShownRow]) -> Vec<[Option<GridLine>; 2]> {
    let is_next =
        |upper: &ShownRow, lower: &ShownRow| upper.row + 1 == lower.row && upper.has_end && lower.has_start;
    let of = |index: usize| {
        let row = &rows[index];
        let upper =
            index.checked_sub(1).and_then(|upper| rows.get(upper)).filter(|upper| is_next(upper, row));
        let lower = rows.get(index + 1).filter(|lower| is_next(row, lower));
        let above = GridLine {
            number: row.row,
            at: row.start,
            above: upper.map(|row| row.row),
            below: Some(row.row),
        };
        let below = GridLine {
            number: row.row + 1,
            at: lower.map_or(row.end, |lower| lower.start),
            above: Some(row.row),
            below: lower.map(|row| row.row),
        };
        [row.has_start.then_some(above), row.has_end.then_some(below)]
    };
    (0..rows.len()).map(of).collect()
}

/// The pieces of collapsed borders, centred on the lines of the grid, in the order in which they are painted. Where borders
/// cross, those go through that no other is stronger than; where a border changes there, the crossing is that of the stronger
/// one, or of the first. <https://drafts.csswg.org/css-tables-3/#drawing-collapsed-borders>
fn collapsed_edges(
    borders: &BorderGrid,
    columns: &Tracks,
    rows: &[ShownRow],
) -> Vec<(LogicalRect, EdgeBorder)> {
    let before = |row: Option<usize>, line: usize| {
        row.filter(|&row| row < borders.rows()).and_then(|row| borders.before(row, line))
    };
    let above = |line: usize, column: Option<usize>| {
        column.filter(|&column| column < borders.columns()).and_then(|column| borders.above(line, column))
    };
    // How far a border goes beyond the crossing with these, or stays before it.
    let reach = |border: &EdgeBorder, is_own: bool, crossing: [Option<EdgeBorder>; 2]| {
        let crossing = crossing.into_iter().flatten();
        let (half, goes_through) = crossing.fold((LayoutUnit::ZERO, true), |(half, goes_through), other| {
            (half.max(other.width / 2), goes_through && !other.beats(border))
        });
        if goes_through && is_own { half } else { -half }
    };
    let horizontal = |line: &GridLine, column: usize| {
        let border = above(line.number, Some(column))?;
        let crossing = |column: usize| [before(line.above, column), before(line.below, column)];
        let is_after = above(line.number, column.checked_sub(1)).is_none_or(|known| border.beats(&known));
        let is_before = above(line.number, Some(column + 1)).is_none_or(|next| !next.beats(&border));
        let start = columns.line(column) - reach(&border, is_after, crossing(column));
        let end = columns.line(column + 1) + reach(&border, is_before, crossing(column + 1));
        let offset = LogicalOffset::new(start, line.at - border.width / 2);
        let size = LogicalSize::new((end - start).clamp_negative_to_zero(), border.width);
        Some((LogicalRect { offset, size }, border))
    };
    let vertical = |row: &ShownRow, first: Option<GridLine>, last: Option<GridLine>, column: usize| {
        let border = before(Some(row.row), column)?;
        let upper = first.and_then(|line| before(line.above, column));
        let lower = last.and_then(|line| before(line.below, column));
        let reach = |line: Option<GridLine>, is_own: bool| {
            line.map_or(LayoutUnit::ZERO, |line| {
                let crossing = [above(line.number, column.checked_sub(1)), above(line.number, Some(column))];
                reach(&border, is_own, crossing)
            })
        };
        let is_after = upper.is_none_or(|known| border.beats(&known));
        let is_before = lower.is_none_or(|next| !next.beats(&border));
        let start = row.start - reach(first, is_after);
        let end = last.map_or(row.end, |line| line.at) + reach(last, is_before);
        let offset = LogicalOffset::new(columns.line(column) - border.width / 2, start);
        let size = LogicalSize::new(border.width, (end - start).clamp_negative_to_zero());
        Some((LogicalRect { offset, size }, border))
    };
    let mut pieces = Vec::new();
    for (row, [first, last]) in rows.iter().zip(grid_lines(rows)) {
        for column in 0..=borders.columns() {
            pieces.extend(vertical(row, first, last, column));
            pieces.extend(first.and_then(|line| horizontal(&line, column)));
        }
        if let Some(line) = last.filter(|line| line.below.is_none()) {
            pieces.extend((0..borders.columns()).filter_map(|column| horizontal(&line, column)));
        }
    }
    pieces
}
