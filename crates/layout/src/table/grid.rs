//! The slots of a table: which cell covers which rows and columns.
//! <https://html.spec.whatwg.org/multipage/tables.html#forming-a-table>

use std::ops::Range;

use fanlight_css::values::display::{Display, DisplayInternal};

use crate::box_tree::{BoxId, BoxKind, BoxTree, TableAttributes, TableParts};
use crate::limits::MAX_TABLE_COLUMNS;

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct GridColumn {
    /// Its `<col>`.
    pub column: Option<BoxId>,
    /// Its `<colgroup>`.
    pub group: Option<BoxId>,
}

/// A row group, with those of its rows among the rows of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridSection {
    pub id: BoxId,
    pub rows: Range<usize>,
}

/// A row, with those of its cells that begin in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridRow {
    pub id: BoxId,
    pub cells: Range<usize>,
}

/// A cell and the slots that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridCell {
    pub id: BoxId,
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

/// The slots of a table, its row groups in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableGrid {
    pub columns: Vec<GridColumn>,
    /// The `<col>` and `<colgroup>` of which no column is left.
    pub merged: Vec<BoxId>,
    pub sections: Vec<GridSection>,
    /// The places of the table's header and footer among these.
    header: Option<usize>,
    footer: Option<usize>,
    pub rows: Vec<GridRow>,
    /// By row, then by column.
    pub cells: Vec<GridCell>,
}

impl TableGrid {
    /// Whether a row group is the header or the footer of the table.
    pub fn is_header_or_footer(&self, section: usize) -> bool {
        self.header == Some(section) || self.footer == Some(section)
    }

    /// Finds the slots of all cells.
    pub fn new(tree: &BoxTree, parts: &TableParts) -> TableGrid {
        let mut grid = TableGrid::default();
        grid.add_columns(tree, &parts.columns);
        let is = |id: BoxId, internal| tree.get(id).style.boxes.display == Display::Internal(internal);
        let first = |internal| parts.sections.iter().copied().find(|&id| is(id, internal));
        // The first header group stands before, the first footer group after all others.
        // https://drafts.csswg.org/css2/#table-display
        let header = first(DisplayInternal::TableHeaderGroup);
        let footer = first(DisplayInternal::TableFooterGroup);
        let bodies = parts.sections.iter().copied().filter(|&id| Some(id) != header && Some(id) != footer);
        for section in header.into_iter().chain(bodies).chain(footer) {
            let BoxKind::TableSection(rows) = &tree.get(section).kind else { continue };
            grid.add_section(tree, section, rows);
        }
        grid.header = header.and(Some(0));
        grid.footer = footer.and(grid.sections.len().checked_sub(1));
        grid
    }

    /// Leaves only this many columns, at least those that cells begin in.
    pub fn truncate(&mut self, columns: usize) {
        let merged = self.columns.split_off(columns.min(self.columns.len()));
        let last = self.columns.last().copied().unwrap_or_default();
        for id in merged.into_iter().flat_map(|column| [column.group, column.column]).flatten() {
            if last.group != Some(id) && last.column != Some(id) && !self.merged.contains(&id) {
                self.merged.push(id);
            }
        }
        for cell in &mut self.cells {
            cell.columns.end = cell.columns.end.min(columns);
        }
    }

    fn add_columns(&mut self, tree: &BoxTree, columns: &[BoxId]) {
        for &id in columns {
            match &tree.get(id).kind {
                BoxKind::TableColumnGroup(inside) if inside.is_empty() => {
                    let column = GridColumn { column: None, group: Some(id) };
                    self.add_column(column, tree.table_attributes(id));
                }
                BoxKind::TableColumnGroup(inside) => {
                    for &column in inside {
                        let span = tree.table_attributes(column);
                        self.add_column(GridColumn { column: Some(column), group: Some(id) }, span);
                    }
                }
                _ => self.add_column(GridColumn { column: Some(id), group: None }, tree.table_attributes(id)),
            }
        }
    }

    fn add_column(&mut self, column: GridColumn, span: TableAttributes) {
        let end = (self.columns.len() + span.columns as usize).min(MAX_TABLE_COLUMNS);
        self.columns.resize(end.max(self.columns.len()), column);
    }

    fn add_section(&mut self, tree: &BoxTree, id: BoxId, rows: &[BoxId]) {
        let first = self.rows.len();
        let end = first + rows.len();
        // For each column the row at which it is free again.
        let mut free_from: Vec<usize> = Vec::new();
        for (row, &row_id) in (first..).zip(rows) {
            let first_cell = self.cells.len();
            let mut column = 0;
            let BoxKind::TableRow(cells) = &tree.get(row_id).kind else { continue };
            for &cell in cells {
                while free_from.get(column).is_some_and(|&free| free > row) {
                    column += 1;
                }
                if column >= MAX_TABLE_COLUMNS {
                    break;
                }
                let span = tree.table_attributes(cell);
                let columns = column..(column + span.columns as usize).min(MAX_TABLE_COLUMNS);
                let last = match span.rows {
                    0 => end,
                    rows => (row + rows as usize).min(end),
                };
                if free_from.len() < columns.end {
                    free_from.resize(columns.end, 0);
                }
                for free in &mut free_from[columns.clone()] {
                    *free = (*free).max(last);
                }
                column = columns.end;
                self.cells.push(GridCell { id: cell, rows: row..last, columns });
            }
            self.rows.push(GridRow { id: row_id, cells: first_cell..self.cells.len() });
        }
        if self.columns.len() < free_from.len() {
            self.columns.resize(free_from.len(), GridColumn::default());
        }
        self.sections.push(GridSection { id, rows: first..self.rows.len() });
    }
}
