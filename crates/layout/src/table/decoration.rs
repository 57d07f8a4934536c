//! What painting needs of a table besides its boxes: the areas of columns, and collapsed borders.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;

use super::Table;
use super::collapse::{BorderGrid, EdgeBorder};
use super::fragments::{Tracks, column_groups};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSize};
use crate::fragment::{CollapsedBorders, CollapsedEdge, StyleKey, TableFragment};

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
pub(super) fn whole(rows: &Tracks, count: usize) -> Vec<ShownRow> {
    let of = |row: usize| ShownRow {
        row,
        start: rows.start(row),
        end: rows.start(row + 1),
        has_start: true,
        has_end: true,
    };
    (0..count).map(of).collect()
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
        columns: column_areas(table, columns, rows)
            .into_iter()
            .map(|(id, area)| (key(id), area.to_physical(mode, physical)))
            .collect(),
        collapsed: table.parts.borders.as_ref().map(|borders| CollapsedBorders {
            edges: collapsed_edges(borders, columns, rows).into_iter().map(edge).collect(),
        }),
    })
}

/// The areas of column groups and columns, for their backgrounds.
fn column_areas(table: &Table<'_>, columns: &Tracks, rows: &[ShownRow]) -> Vec<(BoxId, LogicalRect)> {
    let grid = &*table.parts.grid;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let area = |covered: Range<usize>| LogicalRect {
        offset: LogicalOffset::new(columns.start(covered.start), first.start),
        size: LogicalSize::new(columns.extent(&covered), last.end - first.start),
    };
    let mut areas: Vec<(BoxId, LogicalRect)> =
        column_groups(grid).into_iter().map(|(id, columns)| (id, area(columns))).collect();
    for (index, column) in grid.columns.iter().enumerate() {
        if let Some(id) = column.column {
            areas.push((id, area(index..index + 1)));
        }
    }
    areas
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

/// The pieces of collapsed borders, centred on the lines of the grid. Where borders cross, the wider one goes through, or
/// the horizontal one of equal ones; where it changes there, the crossing is that of the stronger one, or of the first. <https://drafts.csswg.org/css-tables-3/#drawing-collapsed-borders>
fn collapsed_edges(
    borders: &BorderGrid,
    columns: &Tracks,
    rows: &[ShownRow],
) -> Vec<(LogicalRect, EdgeBorder)> {
    let width = |edge: Option<EdgeBorder>| edge.map_or(LayoutUnit::ZERO, |edge| edge.width);
    let before = |row: Option<usize>, line: usize| {
        row.filter(|&row| row < borders.rows()).and_then(|row| borders.before(row, line))
    };
    let above = |line: usize, column: Option<usize>| {
        column.filter(|&column| column < borders.columns()).and_then(|column| borders.above(line, column))
    };
    // At the crossing of two lines: the widest borders along and across.
    let along = |line: &GridLine, column: usize| {
        width(above(line.number, column.checked_sub(1))).max(width(above(line.number, Some(column))))
    };
    let across = |line: &GridLine, column: usize| {
        width(before(line.above, column)).max(width(before(line.below, column)))
    };
    // How far a border goes beyond the crossing with another of this width, or stays before it.
    let reach = |goes_through: bool, has_crossing: bool, other: LayoutUnit| {
        if goes_through && has_crossing { other / 2 } else { -(other / 2) }
    };
    let horizontal = |line: &GridLine, pieces: &mut Vec<(LogicalRect, EdgeBorder)>| {
        for column in 0..borders.columns() {
            let Some(border) = above(line.number, Some(column)) else { continue };
            let reach = |column: usize, has_crossing: bool| {
                let other = across(line, column);
                reach(along(line, column) >= other, has_crossing, other)
            };
            let is_after = above(line.number, column.checked_sub(1)).is_none_or(|known| border.beats(&known));
            let is_before = above(line.number, Some(column + 1)).is_none_or(|next| !next.beats(&border));
            let start = columns.line(column) - reach(column, is_after);
            let end = columns.line(column + 1) + reach(column + 1, is_before);
            let offset = LogicalOffset::new(start, line.at - border.width / 2);
            let size = LogicalSize::new((end - start).clamp_negative_to_zero(), border.width);
            pieces.push((LogicalRect { offset, size }, border));
        }
    };
    let mut pieces = Vec::new();
    for (row, [first, last]) in rows.iter().zip(grid_lines(rows)) {
        if let Some(line) = &first {
            horizontal(line, &mut pieces);
        }
        for column in 0..=borders.columns() {
            let Some(border) = before(Some(row.row), column) else { continue };
            let reach = |line: &Option<GridLine>, has_crossing: bool| {
                line.as_ref().map_or(LayoutUnit::ZERO, |line| {
                    let other = along(line, column);
                    reach(other < across(line, column), has_crossing, other)
                })
            };
            let upper = first.and_then(|line| before(line.above, column));
            let lower = last.and_then(|line| before(line.below, column));
            let is_after = upper.is_none_or(|known| border.beats(&known));
            let is_before = lower.is_none_or(|next| !next.beats(&border));
            let start = row.start - reach(&first, is_after);
            let end = last.map_or(row.end, |line| line.at) + reach(&last, is_before);
            let offset = LogicalOffset::new(columns.line(column) - border.width / 2, start);
            let size = LogicalSize::new(border.width, (end - start).clamp_negative_to_zero());
            pieces.push((LogicalRect { offset, size }, border));
        }
        if let Some(line) = last.as_ref().filter(|line| line.below.is_none()) {
            horizontal(line, &mut pieces);
        }
    }
    pieces
}
