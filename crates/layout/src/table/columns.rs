//! What columns ask for, from their cells and their own styles.
//! <https://drafts.csswg.org/css-tables-3/#computing-column-measures>

use fanlight_base::LayoutUnit;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_ui::Visibility;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;

use super::grid::{GridCell, GridColumn, TableGrid};
use super::reuse::{self, CellMeasures};
use super::{Table, distribute};
use crate::box_tree::{BoxId, BoxTree};
use crate::formatting::{BlockBasis, Layouter, sizing};
use crate::style;

/// What a column, or a cell, asks for. Cells are measured with borders and padding.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Column {
    pub min: LayoutUnit,
    pub max: LayoutUnit,
    /// Of the table's columns together, 1 for all.
    pub percent: Option<f32>,
    /// What borders and padding add to the share in the fixed mode.
    pub percent_edges: LayoutUnit,
    /// Whether a length was given.
    pub is_constrained: bool,
    /// `visibility: collapse`. <https://drafts.csswg.org/css-tables-3/#visibility-collapse-rendering>
    pub is_collapsed: bool,
    /// Whether no cell begins in it and it has no width of its own: then it vanishes in the cells that span it.
    /// <https://drafts.csswg.org/css-tables-3/#dimensioning-the-row-column-grid--step2>
    pub is_merged: bool,
}

impl Column {
    /// Whether it takes no room, nor spacing.
    pub const fn is_skipped(&self) -> bool {
        self.is_collapsed || self.is_merged
    }

    /// Makes the column fit a cell.
    fn encompass(&mut self, cell: Column, is_fixed: bool) {
        if is_fixed && (self.is_constrained || self.percent.is_some()) {
            // In the fixed mode columns precede cells.
            return;
        }
        self.is_merged = false;
        self.min = self.min.max(cell.min);
        self.max = match (self.is_constrained, cell.is_constrained) {
            (true, false) => self.max,
            (false, true) => cell.max,
            _ => self.max.max(cell.max),
        };
        self.max = self.max.max(self.min);
        self.is_constrained |= cell.is_constrained;
        self.percent_edges = self.percent_edges.max(cell.percent_edges);
        self.percent = match (self.percent, cell.percent) {
            (Some(own), Some(other)) => Some(own.max(other)),
            (own, other) => own.or(other),
        };
    }
}

/// A preferred size: a length, or the share of a plain percentage. 0% is no share.
fn length_or_percent(size: &Size) -> (Option<&LengthPercentage>, Option<f32>) {
    match size {
        Size::LengthPercentage(length) => match length {
            LengthPercentage::Percentage(share) => (None, Some(*share).filter(|share| *share > 0.0)),
            length if length.has_percentage() => (None, plain_share(length)),
            length => (Some(length), None),
        },
        _ => (None, None),
    }
}

/// The share that a calculation comes to which adds no length to its percentage.
fn plain_share(length: &LengthPercentage) -> Option<f32> {
    let share = length.resolve(1.0);
    let is_plain = length.resolve(0.0) == 0.0 && (length.resolve(2.0) - share * 2.0).abs() <= f32::EPSILON;
    is_plain.then_some(share).filter(|share| *share > 0.0)
}

/// What a `<col>` or `<colgroup>` asks for, or where it says nothing a length that it has from its group.
fn of_column(
    computed: &ComputedStyle,
    inherited: Option<LayoutUnit>,
    horizontal: bool,
    is_fixed: bool,
) -> Column {
    let (length, percent) = length_or_percent(style::size(computed, horizontal));
    let min = match style::min_size(computed, horizontal) {
        Size::LengthPercentage(min) => sizing::resolve(min, None).unwrap_or_default(),
        _ => LayoutUnit::ZERO,
    };
    let length = length.and_then(|length| sizing::resolve(length, None)).or(inherited);
    let length = length.map(|length| length.max(min));
    let max = length.unwrap_or_default();
    Column {
        min,
        max: max.max(min),
        percent,
        is_constrained: length.is_some(),
        is_collapsed: computed.inherited_ui.visibility == Visibility::Collapse,
        is_merged: !is_fixed && max <= LayoutUnit::ZERO && percent.is_none(),
        ..Column::default()
    }
}

/// What is said of a column besides its cells. A group's share is that of none of its columns, and in the fixed mode its
/// length is neither.
fn of_grid_column(tree: &BoxTree, column: GridColumn, horizontal: bool, is_fixed: bool) -> Column {
    let group = column.group.map(|id| of_column(&tree.get(id).style, None, horizontal, is_fixed));
    let Some(id) = column.column else {
        return group.unwrap_or(Column { is_merged: !is_fixed, ..Column::default() });
    };
    let inherited = group.filter(|group| group.is_constrained && !is_fixed).map(|group| group.max);
    of_column(&tree.get(id).style, inherited, horizontal, is_fixed)
}

/// How many columns there are in the automatic mode, without those at the end in which no cell begins and for which no width
/// is given. <https://drafts.csswg.org/css-tables-3/#track-merging>
pub(super) fn last_needed(tree: &BoxTree, grid: &TableGrid, horizontal: bool) -> usize {
    let begun = grid.cells.iter().map(|cell| cell.columns.start + 1).max().unwrap_or_default();
    let is_needed = |column: &GridColumn| !of_grid_column(tree, *column, horizontal, false).is_merged;
    grid.columns.iter().rposition(is_needed).map_or(begun, |last| begun.max(last + 1))
}

/// What a cell asks for.
fn of_cell(layouter: &mut Layouter<'_>, id: BoxId, horizontal: bool, is_fixed: bool) -> Column {
    let tree = layouter.boxes;
    let computed = &*tree.get(id).style;
    let mode = style::writing_mode(computed);
    let around = sizing::edges(computed, mode, LayoutUnit::ZERO).sum();
    let around = if mode.is_horizontal() == horizontal { around.inline_sum() } else { around.block_sum() };
    let border_box = |length: &LengthPercentage| {
        sizing::resolve(length, None).map(|length| sizing::to_border_box(computed, length, around))
    };
    let (length, percent) = length_or_percent(style::size(computed, horizontal));
    let width = length.and_then(border_box);
    let limit = |size: &Size| length_or_percent(size).0.and_then(border_box);
    let min_width = limit(style::min_size(computed, horizontal));
    let max_width = limit(&style::max_size(computed, horizontal));
    let contents = if is_fixed {
        crate::formatting::MinMax::both(around)
    } else if mode.is_horizontal() == horizontal {
        layouter.content_sizes(id, LayoutUnit::ZERO, BlockBasis::default())
    } else {
        let container = crate::flow::WritingMode { is_rtl: mode.is_rtl, ..Default::default() };
        sizing::contribution(layouter, container, id, None)
    };
    // A maximum bounds the narrowest too.
    let min = max_width.map_or(contents.min, |max| contents.min.min(max));
    let mut min = min.max(min_width.unwrap_or_default());
    if is_fixed {
        min = LayoutUnit::ZERO;
    } else if let Some(width) = width
        && layouter.is_quirks
        && tree.table_attributes(id).is_nowrap
    {
        // https://quirks.spec.whatwg.org/#the-table-cell-nowrap-minimum-width-calculation-quirk
        min = min.max(width);
    }
    let preferred = width.unwrap_or(contents.max);
    let preferred = max_width.map_or(preferred, |max| preferred.min(max));
    let percent_edges = if is_fixed && percent.is_some() && !style::is_border_box(computed) {
        around
    } else {
        LayoutUnit::ZERO
    };
    Column {
        min,
        max: preferred.max(min),
        percent,
        percent_edges,
        is_constrained: width.is_some(),
        ..Column::default()
    }
}

/// What each cell asks for, with the cell; those aside that do not count. In the fixed mode the first row counts.
fn of_cells<'t>(layouter: &mut Layouter<'_>, table: &Table<'t>) -> Vec<(&'t GridCell, Column)> {
    let grid = &*table.parts.grid;
    let horizontal = table.mode.is_horizontal();
    if table.is_fixed() {
        let first = grid.rows.first().map_or(0..0, |row| row.cells.clone());
        return grid.cells[first]
            .iter()
            .map(|cell| (cell, of_cell(layouter, cell.id, horizontal, true)))
            .collect();
    }
    let known = layouter.cache.cells(table.id);
    let measure = |(index, cell): (usize, &'t GridCell)| {
        let known = known.as_ref().and_then(|known| known.cell(layouter, index, cell.id));
        (cell, known.unwrap_or_else(|| of_cell(layouter, cell.id, horizontal, false)))
    };
    let cells: Vec<(&GridCell, Column)> = grid.cells.iter().enumerate().map(measure).collect();
    if reuse::is_recorded(table) {
        CellMeasures::keep(layouter, table.id, cells.iter().map(|(cell, asked)| (cell.id, *asked)).collect());
    }
    cells
}

/// What each column asks for.
pub(super) fn measure(layouter: &mut Layouter<'_>, table: &Table<'_>) -> Vec<Column> {
    let tree = layouter.boxes;
    let grid = &*table.parts.grid;
    let (horizontal, is_fixed, spacing) =
        (table.mode.is_horizontal(), table.is_fixed(), table.spacing.inline);
    let mut columns: Vec<Column> =
        grid.columns.iter().map(|&column| of_grid_column(tree, column, horizontal, is_fixed)).collect();
    let mut spanning: Vec<(&GridCell, Column)> = Vec::new();
    for (cell, asked) in of_cells(layouter, table) {
        // A cell that spans columns of which one is left makes no length that of the column.
        if cell.columns.len() == 1 && tree.table_attributes(cell.id).columns <= 1 {
            columns[cell.columns.start].encompass(asked, is_fixed);
        } else {
            columns[cell.columns.start].is_merged = false;
            spanning.push((cell, asked));
        }
    }
    spanning.sort_by_key(|(cell, _)| cell.columns.len());
    for (cell, asked) in spanning {
        let spanned = &mut columns[cell.columns.clone()];
        // The spacing between its columns is the cell's.
        let shown = spanned.iter().filter(|column| !column.is_merged).count();
        let spacing = spacing * i32::try_from(shown.saturating_sub(1)).unwrap_or(i32::MAX);
        let min = (asked.min - spacing).clamp_negative_to_zero();
        let max = (asked.max - spacing).clamp_negative_to_zero();
        let asked = Column { min, max, ..asked };
        if is_fixed {
            span_fixed(spanned, asked);
        } else {
            span(spanned, asked);
        }
    }
    columns
}

/// In the fixed mode a spanning cell is shared equally by its columns; those that say something themselves do not take
/// their part.
fn span_fixed(columns: &mut [Column], cell: Column) {
    let is_free = |column: &Column| !column.is_constrained && column.percent.is_none();
    let Ok(count) = i32::try_from(columns.len()) else { return };
    let share = Column {
        min: cell.min / count,
        max: cell.max / count,
        percent: cell.percent.map(|percent| percent / count as f32),
        percent_edges: LayoutUnit::ZERO,
        ..cell
    };
    for column in columns.iter_mut().filter(|column| is_free(column)) {
        column.encompass(share, true);
    }
}

/// Shares what a spanning cell asks for among its columns.
/// <https://drafts.csswg.org/css-tables-3/#distributing-width-to-columns>
fn span(columns: &mut [Column], cell: Column) {
    if let Some(percent) = cell.percent {
        let known: f32 = columns.iter().filter_map(|column| column.percent).sum();
        let left = percent - known;
        let free: Vec<usize> = (0..columns.len()).filter(|&index| columns[index].percent.is_none()).collect();
        if left > 0.0 && !free.is_empty() {
            let widths: f32 = free.iter().map(|&index| columns[index].max.to_f32()).sum();
            for &index in &free {
                let share =
                    if widths > 0.0 { columns[index].max.to_f32() / widths } else { 1.0 / free.len() as f32 };
                columns[index].percent = Some(left * share);
            }
        }
    }
    let total =
        |columns: &[Column], of: fn(&Column) -> LayoutUnit| columns.iter().map(of).sum::<LayoutUnit>();
    if cell.min > total(columns, |column| column.min) {
        let sizes = distribute::automatic(columns, cell.min, true);
        for (column, size) in columns.iter_mut().zip(sizes) {
            column.min = column.min.max(size);
            column.max = column.max.max(column.min);
        }
    }
    if cell.max > total(columns, |column| column.max) {
        let sizes = distribute::automatic(columns, cell.max, cell.is_constrained);
        for (column, size) in columns.iter_mut().zip(sizes) {
            column.max = column.max.max(size);
        }
    }
}

/// The narrowest and widest that the columns can make the grid, without spacing.
/// Where shares do not count, no share of a column makes it wider.
/// <https://drafts.csswg.org/css-tables-3/#computing-the-table-width>
pub(super) fn min_and_max(
    columns: &[Column],
    is_fixed: bool,
    counts_shares: bool,
) -> (LayoutUnit, LayoutUnit) {
    let min: LayoutUnit = columns
        .iter()
        .map(|column| if is_fixed && column.is_constrained { column.max } else { column.min })
        .sum();
    let mut max: LayoutUnit = columns.iter().map(|column| column.max).sum();
    if !counts_shares {
        return (min, max.min(super::MAX_INTRINSIC_SIZE).max(min));
    }
    // A column with a share of 20% that wants 100 px asks for a table of 500 px.
    let mut percent_sum = 0.0_f32;
    let mut without_percent = LayoutUnit::ZERO;
    for column in columns {
        match column.percent {
            Some(percent) => {
                let percent = percent.min(1.0 - percent_sum).max(0.0);
                percent_sum += percent;
                if percent > 0.0 {
                    max = max.max(LayoutUnit::from_f32(column.max.to_f32() / percent));
                } else if column.max > LayoutUnit::ZERO {
                    max = super::MAX_INTRINSIC_SIZE;
                }
            }
            None => without_percent += column.max,
        }
    }
    if percent_sum > 0.0 && without_percent > LayoutUnit::ZERO {
        max = max.max(if percent_sum < 1.0 {
            LayoutUnit::from_f32(without_percent.to_f32() / (1.0 - percent_sum))
        } else {
            super::MAX_INTRINSIC_SIZE
        });
    }
    (min, max.min(super::MAX_INTRINSIC_SIZE).max(min))
}
