//! The fragments of a table: captions, row groups, rows and cells where they land.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;
use fanlight_css::properties::table::CaptionSide;

use super::columns::Column;
use super::decoration;
use super::grid::TableGrid;
use super::reuse::{self, PlacedRows, Room, RowPlace, SectionRecord, TableRecord};
use super::rows::{self, CellAlignment, CellContents, Row, RowSizes};
use super::{Table, caption_min};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize};
use crate::formatting::sizing::Edges;
use crate::formatting::{
    Child, Constraints, FragmentBuilder, LayoutResult, Layouter, StaticAlignment, builder, sizing,
};
use crate::fragment::{BoxFragment, ContextKind, Fragment};
use crate::overflow::{self, Reach};
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

/// Where tracks begin and how large they are; those that are collapsed have no spacing.
#[derive(Debug)]
pub(super) struct Tracks {
    starts: Vec<LayoutUnit>,
    sizes: Vec<LayoutUnit>,
    end: LayoutUnit,
}

impl Tracks {
    pub fn new(
        first: LayoutUnit,
        spacing: LayoutUnit,
        tracks: impl Iterator<Item = (LayoutUnit, bool)>,
    ) -> Tracks {
        let (mut at, mut end) = (first, first);
        let (mut starts, mut sizes) = (Vec::new(), Vec::new());
        for (size, is_collapsed) in tracks {
            starts.push(if is_collapsed { end } else { at });
            sizes.push(size);
            if is_collapsed {
                end += size;
                at += size;
            } else {
                end = at + size;
                at = end + spacing;
            }
        }
        Tracks { starts, sizes, end }
    }

    /// The rows of row groups one below the other, with spacing around those that have rows; and where the groups begin.
    pub fn of_rows(
        first: LayoutUnit,
        spacing: LayoutUnit,
        grid: &TableGrid,
        sizes: &RowSizes<'_, '_>,
    ) -> (Tracks, Vec<SectionTrack>) {
        let (mut at, mut end) = (first, first);
        let mut tracks = Tracks { starts: Vec::with_capacity(grid.rows.len()), sizes: Vec::new(), end };
        tracks.sizes.reserve(grid.rows.len());
        let mut sections = Vec::with_capacity(grid.sections.len());
        for (section, size) in grid.sections.iter().zip(&sizes.sections) {
            if size.has_rows {
                at += spacing;
            }
            sections.push(SectionTrack { start: at, size: size.size });
            let rows = sizes.rows[section.rows.clone()].iter().map(|row| (row.size, row.is_collapsed));
            let rows = Tracks::new(at, spacing, rows);
            tracks.starts.extend(rows.starts);
            tracks.sizes.extend(rows.sizes);
            if size.has_rows {
                end = rows.end;
            }
            at += size.size;
        }
        tracks.end = end;
        (tracks, sections)
    }

    pub fn start(&self, index: usize) -> LayoutUnit {
        self.starts.get(index).copied().unwrap_or(self.end)
    }

    /// From the start of the first to the end of the last.
    pub fn extent(&self, tracks: &Range<usize>) -> LayoutUnit {
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
    pub fn line(&self, index: usize) -> LayoutUnit {
        self.start(index)
    }
}

/// Where a row group begins and how high it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionTrack {
    pub start: LayoutUnit,
    pub size: LayoutUnit,
}

/// A caption that has its size.
pub(super) struct Caption {
    pub id: BoxId,
    pub margins: LogicalSides,
    pub size: LogicalSize,
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

/// A table whose captions, columns and rows have their sizes.
pub(super) struct Sized<'t, 'a> {
    pub above: Vec<Caption>,
    pub below: Vec<Caption>,
    pub columns: Tracks,
    pub rows: RowSizes<'t, 'a>,
    pub room: Room,
    known: Option<Arc<TableRecord>>,
    /// The border-box block size of the grid, and what its rows ask for instead.
    pub grid_block: LayoutUnit,
    intrinsic: LayoutUnit,
}

/// The block size of captions with their margins.
fn extent(captions: &[Caption]) -> LayoutUnit {
    captions.iter().map(|caption| caption.size.block + caption.margins.block_sum()).sum()
}

/// Lays out captions and measures rows in a table of this border-box inline size.
pub(super) fn size_up<'t, 'a>(
    layouter: &mut Layouter<'a>,
    table: &'t Table<'a>,
    constraints: &Constraints,
    inline: LayoutUnit,
    columns: &[Column],
    column_sizes: &[LayoutUnit],
) -> Sized<'t, 'a> {
    let grid = &*table.parts.grid;
    let mode = table.mode;
    let captions: Vec<Caption> =
        table.parts.captions.iter().map(|&id| lay_out_caption(layouter, table, id, inline)).collect();
    let is_below = |layouter: &Layouter<'_>, caption: &Caption| {
        layouter.boxes.get(caption.id).style.table.caption_side == CaptionSide::Bottom
    };
    let (below, above): (Vec<Caption>, Vec<Caption>) =
        captions.into_iter().partition(|caption| is_below(layouter, caption));

    let first_column = table.edges.inline_start + table.spacing.inline;
    let sized_columns = || column_sizes.iter().zip(columns);
    let shown = sized_columns().map(|(&size, column)| {
        let size = if column.is_collapsed { LayoutUnit::ZERO } else { size };
        (size, column.is_skipped())
    });
    let column_tracks = Tracks::new(first_column, table.spacing.inline, shown);
    // Rows are as high as they are where no column is collapsed.
    let whole = sized_columns().map(|(&size, column)| (size, column.is_merged));
    let whole_columns = Tracks::new(first_column, table.spacing.inline, whole);
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
        whole_columns.extent(columns)
    });
    let intrinsic = row_sizes.total() + table.edges.block_sum();
    let grid_block = match constraints.fixed.block {
        Some(fixed) => fixed - extent(&above) - extent(&below),
        None => {
            // To limits that ask for the content's size a table is as high as it is said to be.
            let own = sizing::definite_block_size(table.computed, mode, constraints, table.edges);
            let content = intrinsic.max(own.unwrap_or_default());
            sizing::block_size(layouter, table.id, constraints, inline, content)
        }
    }
    .max(intrinsic);
    if grid_block > intrinsic {
        row_sizes.fill(grid, grid_block - table.edges.block_sum());
    }
    let whole = row_sizes.total();
    row_sizes.collapse(layouter);
    let gone = whole - row_sizes.total();
    let (grid_block, intrinsic) = (grid_block - gone, intrinsic.min(grid_block - gone));
    Sized { above, below, columns: column_tracks, rows: row_sizes, room, known, grid_block, intrinsic }
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
    let mode = table.mode;
    let Sized { above, below, columns: column_tracks, rows: row_sizes, room, known, grid_block, intrinsic } =
        size_up(layouter, table, constraints, inline, columns, column_sizes);
    let (above_extent, below_extent) = (extent(&above), extent(&below));
    let (table_inline, is_definite) = (room.table_inline, room.is_definite);
    let own_edges = sizing::edges(table.computed, mode, constraints.margin_basis);
    let mut builder = FragmentBuilder::new(table.id, mode, ContextKind::Table, own_edges);
    let size = LogicalSize::new(inline, above_extent + grid_block + below_extent);
    let mut at = LayoutUnit::ZERO;
    for caption in &above {
        at = add_caption(layouter, &mut builder, caption, at);
    }
    let first_row = above_extent + table.edges.block_start;
    let (row_tracks, sections) =
        Tracks::of_rows(first_row, table.spacing.block, &table.parts.grid, &row_sizes);
    let placed = Placed {
        table,
        asked: columns,
        columns: &column_tracks,
        rows: &row_tracks,
        sections: &sections,
        sizes: &row_sizes.rows,
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
    let shown = decoration::whole(&row_tracks, &row_sizes.rows);
    builder.table = Some(decoration::decoration(table, &column_tracks, &shown, grid_rect, physical));
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
pub(super) struct Placed<'p, 'a> {
    pub table: &'p Table<'a>,
    pub asked: &'p [Column],
    pub columns: &'p Tracks,
    pub rows: &'p Tracks,
    pub sections: &'p [SectionTrack],
    pub sizes: &'p [Row],
    /// Without the table's borders and padding.
    pub table_inline: LayoutUnit,
    /// Whether the table's block size does not come from its contents.
    pub is_definite: bool,
    /// The rows as they were laid out before.
    pub known: Option<&'p TableRecord>,
}

impl Placed<'_, '_> {
    pub fn grid(&self) -> &TableGrid {
        &self.table.parts.grid
    }

    pub fn inline_extent(&self) -> LayoutUnit {
        if self.asked.is_empty() || self.asked.iter().any(|column| column.is_collapsed) {
            // The table can be wider than what is left of its columns.
            return (self.table_inline - self.table.spacing.inline * 2).clamp_negative_to_zero();
        }
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
            let start = self.sections[index].start;
            let (result, reaches) = self.section(layouter, index, &mut placed.rows);
            if table.first_baseline.is_none() {
                table.first_baseline = result.fragment.first_baseline.map(|baseline| start + baseline);
            }
            self.add(layouter, table, section.id, LogicalOffset::new(inline, start), size, &result);
            placed.sections.push(SectionRecord { id: section.id, fragment: result.fragment, reaches });
        }
        placed
    }

    /// Lays out a row group, with rows and cells inside; says how far each of these reaches, and where they landed.
    pub fn section(
        &self,
        layouter: &mut Layouter<'_>,
        index: usize,
        placed: &mut Vec<RowPlace>,
    ) -> (LayoutResult, Vec<Reach>) {
        let section = &self.grid().sections[index];
        let SectionTrack { start, size } = self.sections[index];
        let extent = LogicalSize::new(self.inline_extent(), size);
        let mut builder =
            FragmentBuilder::new(section.id, self.table.mode, ContextKind::TableSection, Edges::default());
        if reuse::is_recorded(self.table) {
            builder.keep_reaches();
        }
        for row in section.rows.clone() {
            let at = self.rows.start(row) - start;
            let link = self.add_row(layouter, &mut builder, (index, section.id), row, at, extent);
            placed.push(RowPlace { start: at, link });
        }
        builder.finish_with_reaches(layouter, extent, extent.block)
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
        let given = &self.sizes[index];
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
    pub fn add(
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
        let size = LogicalSize::new(self.inline_extent(), self.sizes[index].size);
        let mut builder = FragmentBuilder::new(row.id, mode, ContextKind::TableRow, Edges::default());
        let mut content_end = LayoutUnit::ZERO;
        for cell in &grid.cells[row.cells.clone()] {
            let area = LogicalSize::new(self.columns.extent(&cell.columns), self.rows.extent(&cell.rows));
            let is_collapsed = self.sizes[cell.rows.clone()].iter().all(|row| row.is_collapsed)
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
        builder.first_baseline = self.sizes[index]
            .baseline
            .or((!row.cells.is_empty()).then_some(content_end))
            .filter(|_| !self.sizes[index].is_collapsed);
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
        let constraints = self.cell_constraints(layouter, id, area);
        let result = layouter.layout(id, &constraints);
        let border = LogicalSides::from_physical(&result.fragment.border, self.table.mode);
        let padding = LogicalSides::from_physical(&result.fragment.padding, self.table.mode);
        let end = area.block - border.block_end - padding.block_end;
        (self.aligned(layouter, row, id, area, &result), end)
    }

    /// What a cell in these slots is told.
    pub fn cell_constraints(&self, layouter: &Layouter<'_>, id: BoxId, area: LogicalSize) -> Constraints {
        let computed = &*layouter.boxes.get(id).style;
        let mode = style::writing_mode(computed);
        let constraints = rows::cell_constraints(layouter, self.table, id, area.inline, self.table_inline);
        let is_definite =
            self.is_definite || rows::has_block_size(computed, !self.table.mode.is_horizontal());
        if mode.is_orthogonal_to(self.table.mode) {
            constraints.with_fixed_inline(area.block)
        } else {
            constraints.with_fixed_block(area.block, is_definite)
        }
    }

    /// A cell in its slots with its contents aligned.
    pub fn aligned(
        &self,
        layouter: &Layouter<'_>,
        row: usize,
        id: BoxId,
        area: LogicalSize,
        result: &LayoutResult,
    ) -> LayoutResult {
        let computed = &*layouter.boxes.get(id).style;
        let contents = CellContents::new(layouter, self.table, id, result);
        let free = (area.block - contents.size).clamp_negative_to_zero();
        let shift = match rows::alignment(computed) {
            CellAlignment::Top => LayoutUnit::ZERO,
            CellAlignment::Middle => free / 2,
            CellAlignment::Bottom => free,
            // What is out of flow alone has its static position at the start, as in Chromium.
            CellAlignment::Baseline if result.fragment.children.is_empty() => LayoutUnit::ZERO,
            CellAlignment::Baseline => match (self.sizes[row].baseline, contents.baseline) {
                (Some(shared), Some(own)) => (shared - own).clamp_negative_to_zero(),
                _ => LayoutUnit::ZERO,
            },
        };
        moved(layouter, result, self.table, shift)
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
    fragment.special.set_bands(overflow::bands(&fragment.children, &[]));
    LayoutResult {
        fragment: Arc::new(fragment),
        out_of_flow,
        intrinsic_block_size: result.intrinsic_block_size,
        breaks: result.breaks.clone(),
    }
}
