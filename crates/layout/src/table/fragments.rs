//! The fragments of a table: captions, row groups, rows and cells where they land.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;
use fanlight_css::properties::table::CaptionSide;

use super::collapse::{BorderGrid, EdgeBorder};
use super::columns::Column;
use super::grid::TableGrid;
use super::reuse::{self, PlacedRows, Room, RowPlace, SectionRecord, TableRecord};
use super::rows::{self, CellAlignment, CellContents, RowSizes};
use super::{Table, caption_min};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize};
use crate::formatting::sizing::Edges;
use crate::formatting::{
    Child, Constraints, FragmentBuilder, LayoutResult, Layouter, StaticAlignment, builder, sizing,
};
use crate::fragment::{
    BoxFragment, CollapsedBorders, CollapsedEdge, ContextKind, Fragment, StyleKey, TableFragment,
};
use crate::overflow;
use crate::style::{self, Positioning};

/// The column groups and the columns that they cover.
pub(super) fn column_groups(grid: &TableGrid) -> Vec<(BoxId, Range<usize>)> {
    let mut groups: Vec<(BoxId, Range<usize>)> = Vec::new();
    for (index, column) in grid.columns.iter().enumerate() {
        let Some(id) = column.group else { continue };
        match groups.last_mut() {
            Some((last, columns)) if *last == id => columns.end = index + 1,
            _ => groups.push((id, index..index + 1)),
        }
    }
    groups
}

/// Where tracks begin and how large they are; those that are collapsed have no size and no spacing.
struct Tracks {
    starts: Vec<LayoutUnit>,
    sizes: Vec<LayoutUnit>,
    end: LayoutUnit,
}

impl Tracks {
    fn new(
        first: LayoutUnit,
        spacing: LayoutUnit,
        tracks: impl Iterator<Item = (LayoutUnit, bool)>,
    ) -> Tracks {
        let (mut at, mut end) = (first, first);
        let (mut starts, mut sizes) = (Vec::new(), Vec::new());
        for (size, is_collapsed) in tracks {
            starts.push(if is_collapsed { end } else { at });
            sizes.push(size);
            if !is_collapsed {
                end = at + size;
                at = end + spacing;
            }
        }
        Tracks { starts, sizes, end }
    }

    fn start(&self, index: usize) -> LayoutUnit {
        self.starts.get(index).copied().unwrap_or(self.end)
    }

    /// From the start of the first to the end of the last.
    fn extent(&self, tracks: &Range<usize>) -> LayoutUnit {
        match tracks
            .end
            .checked_sub(1)
            .and_then(|last| Some(*self.starts.get(last)? + *self.sizes.get(last)?))
        {
            Some(end) if !tracks.is_empty() => end - self.start(tracks.start),
            _ => LayoutUnit::ZERO,
        }
    }

    /// The line before a track, or after the last one.
    fn line(&self, index: usize) -> LayoutUnit {
        self.start(index)
    }
}

/// A caption that has its size.
struct Caption {
    id: BoxId,
    margins: LogicalSides,
    size: LogicalSize,
    result: Arc<LayoutResult>,
}

fn lay_out_caption(layouter: &mut Layouter<'_>, table: &Table<'_>, id: BoxId, inline: LayoutUnit) -> Caption {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let room = inline.max(caption_min(layouter, table.mode, id));
    let constraints = Constraints::new(table.mode, LogicalSize::new(Some(room), None), mode);
    let result = layouter.layout(id, &constraints);
    let size = LogicalSize::from_physical(result.fragment.size, table.mode);
    let margins = sizing::margins(&computed, table.mode, room);
    let left = room
        - size.inline
        - margins.inline_start.unwrap_or_default()
        - margins.inline_end.unwrap_or_default();
    let left = left.clamp_negative_to_zero();
    let (start, end) = match (margins.inline_start, margins.inline_end) {
        (None, None) => (left / 2, left - left / 2),
        (None, Some(end)) => (left, end),
        (Some(start), None) => (start, left),
        (Some(start), Some(end)) => (start, end),
    };
    let margins = LogicalSides {
        inline_start: start,
        inline_end: end,
        block_start: margins.block_start.unwrap_or_default(),
        block_end: margins.block_end.unwrap_or_default(),
    };
    Caption { id, margins, size, result }
}

/// Lays out captions, rows and cells in a table of this border-box inline size.
pub(super) fn layout<'a>(
    layouter: &mut Layouter<'a>,
    table: &Table<'a>,
    constraints: &Constraints,
    inline: LayoutUnit,
    columns: &[Column],
    column_sizes: &[LayoutUnit],
) -> LayoutResult {
    let grid = &*table.parts.grid;
    let mode = table.mode;
    let captions: Vec<Caption> =
        table.parts.captions.iter().map(|&id| lay_out_caption(layouter, table, id, inline)).collect();
    let is_below = |layouter: &Layouter<'_>, caption: &Caption| {
        layouter.boxes.get(caption.id).style.table.caption_side == CaptionSide::Bottom
    };
    let (below, above): (Vec<Caption>, Vec<Caption>) =
        captions.into_iter().partition(|caption| is_below(layouter, caption));
    let extent = |captions: &[Caption]| -> LayoutUnit {
        captions.iter().map(|caption| caption.size.block + caption.margins.block_sum()).sum()
    };
    let (above_extent, below_extent) = (extent(&above), extent(&below));

    let column_tracks = Tracks::new(
        table.edges.inline_start + table.spacing.inline,
        table.spacing.inline,
        column_sizes.iter().zip(columns).map(|(&size, column)| (size, column.is_skipped())),
    );
    let table_inline = (inline - table.edges.inline_sum()).clamp_negative_to_zero();
    let is_definite = constraints.fixed.block.is_some() && constraints.fixed_block_is_definite
        || rows::has_block_size(table.computed, !mode.is_horizontal());
    let room = Room {
        columns: column_tracks
            .starts
            .iter()
            .zip(&column_tracks.sizes)
            .zip(columns)
            .map(|((&start, &size), column)| (start, size, column.is_collapsed))
            .collect(),
        table_inline,
        is_definite,
    };
    let known = TableRecord::known(layouter, table, &room);
    let mut row_sizes = RowSizes::new(layouter, table, table_inline, known.as_deref(), |columns| {
        column_tracks.extent(columns)
    });
    let intrinsic = row_sizes.total() + table.edges.block_sum();
    let grid_block = match constraints.fixed.block {
        Some(fixed) => fixed - above_extent - below_extent,
        None => {
            // To limits that ask for the content's size a table is as high as it is said to be.
            let own = sizing::definite_block_size(table.computed, mode, constraints, table.edges);
            let content = intrinsic.max(own.unwrap_or_default());
            sizing::block_size(layouter, table.id, constraints, inline, content)
        }
    }
    .max(intrinsic);
    if grid_block > intrinsic {
        row_sizes.fill(grid, layouter, grid_block - table.edges.block_sum());
    }

    let own_edges = sizing::edges(table.computed, mode, constraints.margin_basis);
    let mut builder = FragmentBuilder::new(table.id, mode, ContextKind::Table, own_edges);
    let size = LogicalSize::new(inline, above_extent + grid_block + below_extent);
    let mut at = LayoutUnit::ZERO;
    for caption in &above {
        at = add_caption(layouter, &mut builder, caption, at);
    }
    let row_tracks = Tracks::new(
        above_extent + table.edges.block_start + table.spacing.block,
        table.spacing.block,
        row_sizes.rows.iter().map(|row| (row.size, row.is_collapsed)),
    );
    let placed = Placed {
        table,
        asked: columns,
        columns: &column_tracks,
        rows: &row_tracks,
        sizes: &row_sizes,
        table_inline,
        is_definite,
        known: known.as_deref(),
    };
    let rows = placed.sections(layouter, &mut builder, size);
    TableRecord::keep(layouter, table, room, &row_sizes, rows);
    at = above_extent + grid_block;
    for caption in &below {
        at = add_caption(layouter, &mut builder, caption, at);
    }
    for &id in &table.parts.positioned {
        let offset = LogicalOffset::new(table.edges.inline_start, above_extent + table.edges.block_start);
        builder.add_out_of_flow(id, offset, StaticAlignment::START, StaticAlignment::START);
    }

    let physical = size.to_physical(mode);
    let grid_rect = LogicalRect {
        offset: LogicalOffset::new(LayoutUnit::ZERO, above_extent),
        size: LogicalSize::new(inline, grid_block),
    };
    builder.table = Some(Arc::new(TableFragment {
        grid_rect: grid_rect.to_physical(mode, physical),
        columns: placed
            .column_areas()
            .into_iter()
            .map(|(id, area)| {
                (StyleKey { box_id: id, is_first_line: false }, area.to_physical(mode, physical))
            })
            .collect(),
        collapsed: table.parts.borders.as_ref().map(|borders| CollapsedBorders {
            edges: collapsed_edges(borders, &column_tracks, &row_tracks)
                .into_iter()
                .map(|(area, border)| CollapsedEdge {
                    rect: area.to_physical(mode, physical),
                    winner: StyleKey { box_id: border.winner, is_first_line: false },
                    side: border.side,
                })
                .collect(),
        }),
    }));
    builder.finish(layouter, size, above_extent + intrinsic + below_extent)
}

fn add_caption(
    layouter: &Layouter<'_>,
    builder: &mut FragmentBuilder,
    caption: &Caption,
    at: LayoutUnit,
) -> LayoutUnit {
    let offset = LogicalOffset::new(caption.margins.inline_start, at + caption.margins.block_start);
    let container = LogicalSize::new(Some(caption.size.inline + caption.margins.inline_sum()), None);
    builder.add_child(Child {
        offset,
        relative: builder::relative_offset(layouter, caption.id, builder.mode, container),
        margin: caption.margins.to_physical(builder.mode),
        fragment: Fragment::Box(caption.result.fragment.clone()),
        out_of_flow: caption.result.out_of_flow.clone(),
    });
    at + caption.margins.block_sum() + caption.size.block
}

/// Takes the baseline of a row, which begins at `start`, for its row group.
fn pass_baseline(section: &mut FragmentBuilder, row: &BoxFragment, start: LayoutUnit) {
    if let Some(baseline) = row.first_baseline {
        section.first_baseline.get_or_insert(start + baseline);
        section.last_baseline = Some(start + baseline);
    }
}

/// A table whose rows and columns have their places.
struct Placed<'p, 'a> {
    table: &'p Table<'a>,
    asked: &'p [Column],
    columns: &'p Tracks,
    rows: &'p Tracks,
    sizes: &'p RowSizes<'p, 'a>,
    /// Without the table's borders and padding.
    table_inline: LayoutUnit,
    /// Whether the table's block size does not come from its contents.
    is_definite: bool,
    /// The rows as they were laid out before.
    known: Option<&'p TableRecord>,
}

impl Placed<'_, '_> {
    fn grid(&self) -> &TableGrid {
        &self.table.parts.grid
    }

    fn inline_extent(&self) -> LayoutUnit {
        self.columns.extent(&(0..self.columns.sizes.len()))
    }

    /// Adds the row groups, with rows and cells inside; returns where these landed.
    fn sections(
        &self,
        layouter: &mut Layouter<'_>,
        table: &mut FragmentBuilder,
        size: LogicalSize,
    ) -> PlacedRows {
        let mut placed = PlacedRows::default();
        let inline = self.columns.start(0);
        for (index, section) in self.grid().sections.iter().enumerate() {
            let start = self.rows.start(section.rows.start);
            let extent = LogicalSize::new(self.inline_extent(), self.rows.extent(&section.rows));
            let mut builder = FragmentBuilder::new(
                section.id,
                self.table.mode,
                ContextKind::TableSection,
                Edges::default(),
            );
            if reuse::is_recorded(self.table) {
                builder.keep_reaches();
            }
            for row in section.rows.clone() {
                let at = self.rows.start(row) - start;
                let link = self.add_row(layouter, &mut builder, (index, section.id), row, at, extent);
                placed.rows.push(RowPlace { start: at, link });
            }
            let (result, reaches) = builder.finish_with_reaches(layouter, extent, extent.block);
            if table.first_baseline.is_none() {
                table.first_baseline = result.fragment.first_baseline.map(|baseline| start + baseline);
            }
            self.add(layouter, table, section.id, LogicalOffset::new(inline, start), size, &result);
            placed.sections.push(SectionRecord { id: section.id, fragment: result.fragment, reaches });
        }
        placed
    }

    /// Adds a row to its row group: the fragment that it had before where nothing changed. Returns its place among those of
    /// the group, where the next layout can find it there.
    fn add_row(
        &self,
        layouter: &mut Layouter<'_>,
        section: &mut FragmentBuilder,
        section_of: (usize, BoxId),
        index: usize,
        at: LayoutUnit,
        extent: LogicalSize,
    ) -> Option<usize> {
        let id = self.grid().rows[index].id;
        let given = &self.sizes.rows[index];
        if let Some((link, reach, start)) =
            self.known.and_then(|known| known.placed_row(layouter, section_of, (index, id), given))
        {
            if let Fragment::Box(row) = &link.fragment {
                pass_baseline(section, row, at);
            }
            return Some(section.add_known(link, reach, at - start));
        }
        let landed = section.landed();
        let result = self.row(layouter, index);
        self.add(layouter, section, id, LogicalOffset::new(LayoutUnit::ZERO, at), extent, &result);
        // Where vertical rows are depends on the size of the group, and so does how far a relative position moves one.
        let is_free = self.table.mode.is_horizontal()
            && style::position(&layouter.boxes.get(id).style) != Positioning::Relative;
        section.only_child_since(landed).filter(|_| is_free)
    }

    /// Adds a part to what is around it, moved where it is relatively positioned; a row group takes the part's baseline.
    fn add(
        &self,
        layouter: &Layouter<'_>,
        builder: &mut FragmentBuilder,
        id: BoxId,
        offset: LogicalOffset,
        container: LogicalSize,
        result: &LayoutResult,
    ) {
        // Percentages refer to the size that the part around is given, not to that which it comes to.
        let around = &layouter.boxes.get(builder.id).style;
        let block = sizing::fixed_content_block_size(around, self.table.mode);
        let container = LogicalSize::new(Some(container.inline), block);
        if builder.context == ContextKind::TableSection {
            pass_baseline(builder, &result.fragment, offset.block);
        }
        builder.add_child(Child {
            offset,
            relative: builder::relative_offset(layouter, id, self.table.mode, container),
            margin: fanlight_base::Sides::default(),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
    }

    fn row(&self, layouter: &mut Layouter<'_>, index: usize) -> LayoutResult {
        let grid = self.grid();
        let row = &grid.rows[index];
        let mode = self.table.mode;
        let size = LogicalSize::new(self.inline_extent(), self.sizes.rows[index].size);
        let mut builder = FragmentBuilder::new(row.id, mode, ContextKind::TableRow, Edges::default());
        let mut content_end = LayoutUnit::ZERO;
        for cell in &grid.cells[row.cells.clone()] {
            let area = LogicalSize::new(self.columns.extent(&cell.columns), self.rows.extent(&cell.rows));
            let is_collapsed = self.sizes.rows[cell.rows.clone()].iter().all(|row| row.is_collapsed)
                || self.asked[cell.columns.clone()].iter().all(|column| column.is_collapsed);
            let offset = LogicalOffset::new(
                self.columns.start(cell.columns.start) - self.columns.start(0),
                LayoutUnit::ZERO,
            );
            if is_collapsed {
                // It shows nothing, and has the area that is left of its slots.
                let empty = FragmentBuilder::new(cell.id, mode, ContextKind::TableCell, Edges::default());
                let result = empty.finish(layouter, area, LayoutUnit::ZERO);
                self.add(layouter, &mut builder, cell.id, offset, size, &result);
                continue;
            }
            let (result, end) = self.cell(layouter, index, cell.id, area);
            if cell.rows.len() == 1 {
                content_end = content_end.max(end);
            }
            self.add(layouter, &mut builder, cell.id, offset, size, &result);
        }
        // https://drafts.csswg.org/css-tables-3/#row-baseline: without lines the end of the lowest content box.
        builder.first_baseline = self.sizes.rows[index]
            .baseline
            .or((!row.cells.is_empty()).then_some(content_end))
            .filter(|_| !self.sizes.rows[index].is_collapsed);
        builder.last_baseline = builder.first_baseline;
        builder.finish(layouter, size, size.block)
    }

    /// Lays a cell out in its slots, with its contents aligned; also says where its content box ends.
    fn cell(
        &self,
        layouter: &mut Layouter<'_>,
        row: usize,
        id: BoxId,
        area: LogicalSize,
    ) -> (LayoutResult, LayoutUnit) {
        let tree = layouter.boxes;
        let computed = &*tree.get(id).style;
        let mode = style::writing_mode(computed);
        let constraints = rows::cell_constraints(layouter, self.table, id, area.inline, self.table_inline);
        let is_definite =
            self.is_definite || rows::has_block_size(computed, !self.table.mode.is_horizontal());
        let constraints = if mode.is_orthogonal_to(self.table.mode) {
            constraints.with_fixed_inline(area.block)
        } else {
            constraints.with_fixed_block(area.block, is_definite)
        };
        let result = layouter.layout(id, &constraints);
        let contents = CellContents::new(layouter, self.table, id, &result);
        let free = (area.block - contents.size).clamp_negative_to_zero();
        let shift = match rows::alignment(computed) {
            CellAlignment::Top => LayoutUnit::ZERO,
            CellAlignment::Middle => free / 2,
            CellAlignment::Bottom => free,
            CellAlignment::Baseline => match (self.sizes.rows[row].baseline, contents.baseline) {
                (Some(shared), Some(own)) => (shared - own).clamp_negative_to_zero(),
                _ => LayoutUnit::ZERO,
            },
        };
        let border = LogicalSides::from_physical(&result.fragment.border, self.table.mode);
        let padding = LogicalSides::from_physical(&result.fragment.padding, self.table.mode);
        let end = area.block - border.block_end - padding.block_end;
        (moved(layouter, &result, self.table, shift), end)
    }

    /// The areas of column groups and columns, for their backgrounds.
    fn column_areas(&self) -> Vec<(BoxId, LogicalRect)> {
        let grid = self.grid();
        if grid.rows.is_empty() {
            return Vec::new();
        }
        let area = |columns: Range<usize>| LogicalRect {
            offset: LogicalOffset::new(self.columns.start(columns.start), self.rows.start(0)),
            size: LogicalSize::new(self.columns.extent(&columns), self.rows.extent(&(0..grid.rows.len()))),
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
}

/// A cell whose contents are moved along the block axis, as a cell's fragment.
fn moved(
    layouter: &Layouter<'_>,
    result: &LayoutResult,
    table: &Table<'_>,
    shift: LayoutUnit,
) -> LayoutResult {
    if shift == LayoutUnit::ZERO && result.fragment.context == ContextKind::TableCell {
        return result.clone();
    }
    let mut fragment = (*result.fragment).clone();
    fragment.context = ContextKind::TableCell;
    let mut out_of_flow = result.out_of_flow.clone();
    let unit = LogicalOffset::new(LayoutUnit::ZERO, shift);
    let zero = fanlight_base::geometry::LayoutSize::default();
    let by = unit.to_physical(table.mode, zero, zero);
    let by = LayoutVector::new(by.x, by.y);
    for link in &mut fragment.children {
        let is_positioned = matches!(&link.fragment, Fragment::Box(child) if matches!(
            style::position(layouter.boxes.style_of(child.style)),
            Positioning::Absolute | Positioning::Fixed
        ));
        if !is_positioned {
            link.offset += by;
        }
    }
    for waiting in &mut out_of_flow {
        waiting.static_position.point += by;
    }
    fragment.first_baseline = fragment.first_baseline.map(|baseline| baseline + shift);
    fragment.last_baseline = fragment.last_baseline.map(|baseline| baseline + shift);
    fragment.scrollable_overflow =
        overflow::of_box(layouter.boxes, &fragment, &fragment.children, &[], None, table.mode);
    fragment.bands = overflow::bands(&fragment.children, &[]);
    LayoutResult {
        fragment: Arc::new(fragment),
        out_of_flow,
        intrinsic_block_size: result.intrinsic_block_size,
        breaks: result.breaks.clone(),
    }
}

/// The pieces of collapsed borders, centred on the lines of the grid. Where borders cross, the wider one goes through, or
/// the horizontal one of equal ones; where it changes there, the crossing is that of the stronger one, or of the first. <https://drafts.csswg.org/css-tables-3/#drawing-collapsed-borders>
fn collapsed_edges(borders: &BorderGrid, columns: &Tracks, rows: &Tracks) -> Vec<(LogicalRect, EdgeBorder)> {
    let width = |edge: Option<EdgeBorder>| edge.map_or(LayoutUnit::ZERO, |edge| edge.width);
    let before = |row: Option<usize>, line: usize| {
        row.filter(|&row| row < borders.rows()).and_then(|row| borders.before(row, line))
    };
    let above = |line: usize, column: Option<usize>| {
        column.filter(|&column| column < borders.columns()).and_then(|column| borders.above(line, column))
    };
    // At the crossing of two lines: the widest borders along and across.
    let along = |row: usize, column: usize| {
        width(above(row, column.checked_sub(1))).max(width(above(row, Some(column))))
    };
    let across = |row: usize, column: usize| {
        width(before(row.checked_sub(1), column)).max(width(before(Some(row), column)))
    };
    // How far a border goes beyond the crossing with another of this width, or stays before it.
    let reach = |goes_through: bool, has_crossing: bool, other: LayoutUnit| {
        if goes_through && has_crossing { other / 2 } else { -(other / 2) }
    };
    let mut pieces = Vec::new();
    for row in 0..=borders.rows() {
        for column in 0..borders.columns() {
            let Some(border) = borders.above(row, column) else { continue };
            let reach = |column: usize, has_crossing: bool| {
                let other = across(row, column);
                reach(along(row, column) >= other, has_crossing, other)
            };
            let is_after = above(row, column.checked_sub(1)).is_none_or(|known| border.beats(&known));
            let is_before = above(row, Some(column + 1)).is_none_or(|next| !next.beats(&border));
            let start = columns.line(column) - reach(column, is_after);
            let end = columns.line(column + 1) + reach(column + 1, is_before);
            let offset = LogicalOffset::new(start, rows.line(row) - border.width / 2);
            let size = LogicalSize::new((end - start).clamp_negative_to_zero(), border.width);
            pieces.push((LogicalRect { offset, size }, border));
        }
        for column in 0..=borders.columns() {
            let Some(border) = before(Some(row), column) else { continue };
            let reach = |row: usize, has_crossing: bool| {
                let other = along(row, column);
                reach(other < across(row, column), has_crossing, other)
            };
            let is_after = before(row.checked_sub(1), column).is_none_or(|known| border.beats(&known));
            let is_before = before(Some(row + 1), column).is_none_or(|next| !next.beats(&border));
            let start = rows.line(row) - reach(row, is_after);
            let end = rows.line(row + 1) + reach(row + 1, is_before);
            let offset = LogicalOffset::new(columns.line(column) - border.width / 2, start);
            let size = LogicalSize::new(border.width, (end - start).clamp_negative_to_zero());
            pieces.push((LogicalRect { offset, size }, border));
        }
    }
    pieces
}
