//! What is kept of the rows of a table, so that a cell that changed costs its row and not all of them.

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::Table;
use super::rows::Row;
use crate::box_tree::BoxId;
use crate::formatting::{LayoutResult, Layouter};

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
    /// What it was given, and what it came to.
    pub placed: (Row, LayoutResult),
}

/// The rows of a table as they were laid out.
pub(crate) struct TableRecord {
    /// The number of the layout that made it.
    layout: u32,
    room: Room,
    /// Nothing for rows with cells that span others.
    rows: Vec<Option<RowRecord>>,
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

    /// Keeps the rows of a table for its next layout: what each was measured as, what it was given, what it came to.
    pub(super) fn keep(
        layouter: &mut Layouter<'_>,
        table: &Table<'_>,
        room: Room,
        rows: impl Iterator<Item = (Row, Row, LayoutResult)>,
    ) {
        let grid = &table.parts.grid;
        if grid.rows.len() < RECORDED_ROWS {
            return;
        }
        let record = |(row, (measured, given, result)): (&super::grid::GridRow, (Row, Row, LayoutResult))| {
            let spans = grid.cells[row.cells.clone()].iter().any(|cell| cell.rows.len() > 1);
            (!spans).then_some(RowRecord { id: row.id, measured, placed: (given, result) })
        };
        let rows = grid.rows.iter().zip(rows).map(record).collect();
        let record = TableRecord { layout: layouter.cache.layout_number(), room, rows };
        layouter.cache.keep_table(table.id, Arc::new(record));
    }
}
