//! What is kept of the cells and rows of a table, so that a cell that changed costs its row and not all of them: the others
//! are neither measured nor laid out, but moved to where they are now.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::Table;
use super::columns::Column;
use super::rows::{Row, RowSizes};
use crate::box_tree::BoxId;
use crate::formatting::Layouter;
use crate::fragment::{BoxFragment, FragmentLink};
use crate::overflow::Reach;

/// From how many rows on a table keeps a record of them.
const RECORDED_ROWS: usize = 16;

/// What a table gives all its rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Room {
    /// Where each column begins, how wide it is, and whether it is collapsed.
    pub columns: Vec<(LayoutUnit, LayoutUnit, bool)>,
    /// Without the table's borders and padding.
    pub table_inline: LayoutUnit,
    /// Whether the table's block size does not come from its contents.
    pub is_definite: bool,
}

/// A row as it was laid out.
pub(super) struct RowRecord {
    id: BoxId,
    /// What its cells asked for.
    pub measured: Row,
    /// What it was given.
    given: Row,
    pub place: RowPlace,
}

/// Where a row landed in its row group.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowPlace {
    /// Its block-start edge, from that of the group.
    pub start: LayoutUnit,
    /// The place of its link among those of the group's fragment; nothing where more than that depends on the row.
    pub link: Option<usize>,
}

/// A row group as it was laid out.
pub(super) struct SectionRecord {
    pub id: BoxId,
    pub fragment: Arc<BoxFragment>,
    /// How far each of its rows reaches.
    pub reaches: Vec<Reach>,
}

/// The rows of a table as they were laid out.
pub(crate) struct TableRecord {
    /// The number of the layout that made it.
    layout: u32,
    room: Room,
    /// Nothing for rows with cells that span others.
    rows: Vec<Option<RowRecord>>,
    sections: Vec<SectionRecord>,
}

/// Whether a table keeps a record of its rows.
pub(super) fn is_recorded(table: &Table<'_>) -> bool {
    table.parts.grid.rows.len() >= RECORDED_ROWS
}

impl TableRecord {
    /// What is known of the rows of a table in this room.
    pub(super) fn known(layouter: &Layouter<'_>, table: &Table<'_>, room: &Room) -> Option<Arc<TableRecord>> {
        layouter.cache.table(table.id).filter(|known| known.room == *room)
    }

    /// A row in which nothing changed.
    pub(super) fn row(&self, layouter: &Layouter<'_>, index: usize, id: BoxId) -> Option<&RowRecord> {
        let known = self.rows.get(index)?.as_ref()?;
        (known.id == id && !layouter.cache.is_changed_since(id, self.layout)).then_some(known)
    }

    /// Where a row landed in which nothing changed, and which is given what it was given before; with its block-start edge
    /// there, from that of its row group.
    pub(super) fn placed_row(
        &self,
        layouter: &Layouter<'_>,
        (section, section_id): (usize, BoxId),
        (row, row_id): (usize, BoxId),
        given: &Row,
    ) -> Option<(FragmentLink, Reach, LayoutUnit)> {
        let known = self.row(layouter, row, row_id).filter(|known| known.given == *given)?;
        let section = self.sections.get(section).filter(|section| section.id == section_id)?;
        let link = known.place.link?;
        Some((section.fragment.children.get(link)?.clone(), *section.reaches.get(link)?, known.place.start))
    }

    /// Keeps the rows of a table for its next layout: what each was measured as, what it was given, where it landed.
    pub(super) fn keep(
        layouter: &mut Layouter<'_>,
        table: &Table<'_>,
        room: Room,
        sizes: &RowSizes<'_, '_>,
        placed: PlacedRows,
    ) {
        if !is_recorded(table) {
            return;
        }
        let grid = &table.parts.grid;
        let record = |(index, (row, &place)): (usize, (&super::grid::GridRow, &RowPlace))| {
            let spans = grid.cells[row.cells.clone()].iter().any(|cell| cell.rows.len() > 1);
            let (measured, given) = (sizes.measured[index], sizes.rows[index]);
            (!spans).then_some(RowRecord { id: row.id, measured, given, place })
        };
        let rows = grid.rows.iter().zip(&placed.rows).enumerate().map(record).collect();
        let layout = layouter.cache.layout_number();
        let record = TableRecord { layout, room, rows, sections: placed.sections };
        layouter.cache.keep_table(table.id, Arc::new(record));
    }
}

/// The rows and row groups of a table that was just laid out.
#[derive(Default)]
pub(super) struct PlacedRows {
    pub rows: Vec<RowPlace>,
    pub sections: Vec<SectionRecord>,
}

/// What the cells of a table ask of its columns, so that only those are measured that changed.
pub(crate) struct CellMeasures {
    /// The number of the layout that made it.
    layout: u32,
    cells: Vec<(BoxId, Column)>,
}

impl CellMeasures {
    /// What a cell asks for in which nothing changed.
    pub(super) fn cell(&self, layouter: &Layouter<'_>, index: usize, id: BoxId) -> Option<Column> {
        let &(known, column) = self.cells.get(index)?;
        (known == id && !layouter.cache.is_changed_since(id, self.layout)).then_some(column)
    }

    /// Keeps what all cells of a table ask for.
    pub(super) fn keep(layouter: &mut Layouter<'_>, table: BoxId, cells: Vec<(BoxId, Column)>) {
        let layout = layouter.cache.layout_number();
        layouter.cache.keep_cells(table, Arc::new(CellMeasures { layout, cells }));
    }
}
