//! The collapsing border model: which border wins on each edge of the grid.
//! <https://drafts.csswg.org/css-tables-3/#border-conflict-resolution-for-collapsed-borders>

use std::sync::Arc;

use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::border::LineStyle;
use fanlight_css::values::length::{Length, LengthPercentage};

use super::grid::TableGrid;
use crate::box_tree::{BoxId, BoxTree};
use crate::flow::{LogicalSides, WritingMode};
use crate::fragment::PhysicalSide;
use crate::style;

/// A border that competes for an edge, or has won it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EdgeBorder {
    pub width: LayoutUnit,
    style: LineStyle,
    /// The box that it belongs to, and which of its borders it is.
    pub winner: BoxId,
    pub side: PhysicalSide,
}

impl EdgeBorder {
    fn rank(&self) -> u8 {
        match self.style {
            LineStyle::Double => 8,
            LineStyle::Solid => 7,
            LineStyle::Dashed => 6,
            LineStyle::Dotted => 5,
            LineStyle::Ridge => 4,
            LineStyle::Outset => 3,
            LineStyle::Groove => 2,
            LineStyle::Inset => 1,
            LineStyle::None | LineStyle::Hidden => 0,
        }
    }

    /// Whether it wins over one that came first.
    pub fn beats(&self, known: &EdgeBorder) -> bool {
        if known.style == LineStyle::Hidden || self.style == LineStyle::None {
            return false;
        }
        self.style == LineStyle::Hidden || (self.width, self.rank()) > (known.width, known.rank())
    }
}

type Edge = Option<EdgeBorder>;

/// The borders on all edges of a table's grid, flow-relative.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct BorderGrid {
    columns: usize,
    rows: usize,
    /// Above each slot, row by row, and below the last row.
    above: Vec<Edge>,
    /// Before each slot, row by row, with one more for the end of each row.
    before: Vec<Edge>,
}

/// The border of a box on each side.
fn borders(tree: &BoxTree, id: BoxId, mode: WritingMode) -> LogicalSides<EdgeBorder> {
    let computed = &tree.get(id).style;
    let border = &computed.border;
    let widths = style::border_widths(computed);
    let of = |width: LayoutUnit, style: LineStyle, side: PhysicalSide| EdgeBorder {
        width,
        style,
        winner: id,
        side,
    };
    let sides = Sides::new(
        of(widths.top, border.border_top_style, PhysicalSide::Top),
        of(widths.right, border.border_right_style, PhysicalSide::Right),
        of(widths.bottom, border.border_bottom_style, PhysicalSide::Bottom),
        of(widths.left, border.border_left_style, PhysicalSide::Left),
    );
    LogicalSides::from_physical(&sides, mode)
}

impl BorderGrid {
    /// Lets all borders of a table compete. Of equal ones the first wins: cells before rows, row groups, columns, column
    /// groups and the table, and what stands further to the start and to the top.
    pub fn new(tree: &BoxTree, table: BoxId, grid: &TableGrid) -> BorderGrid {
        let mode = style::writing_mode(&tree.get(table).style);
        let (columns, rows) = (grid.columns.len(), grid.rows.len());
        let mut edges = BorderGrid {
            columns,
            rows,
            above: vec![None; (rows + 1) * columns],
            before: vec![None; rows * (columns + 1)],
        };
        for cell in &grid.cells {
            edges.compete(cell.rows.clone(), cell.columns.clone(), borders(tree, cell.id, mode));
        }
        for (index, row) in grid.rows.iter().enumerate() {
            edges.compete(index..index + 1, 0..columns, borders(tree, row.id, mode));
        }
        for section in &grid.sections {
            edges.compete(section.rows.clone(), 0..columns, borders(tree, section.id, mode));
        }
        for (index, column) in grid.columns.iter().enumerate() {
            if let Some(id) = column.column {
                edges.compete(0..rows, index..index + 1, borders(tree, id, mode));
            }
        }
        for (id, columns) in super::fragments::column_groups(grid) {
            edges.compete(0..rows, columns, borders(tree, id, mode));
        }
        edges.compete(0..rows, 0..columns, borders(tree, table, mode));
        edges
    }

    fn compete(
        &mut self,
        rows: std::ops::Range<usize>,
        columns: std::ops::Range<usize>,
        borders: LogicalSides<EdgeBorder>,
    ) {
        if rows.is_empty() || columns.is_empty() {
            return;
        }
        let set = |edge: &mut Edge, border: EdgeBorder| {
            let wins = match edge {
                Some(known) => border.beats(known),
                None => border.style != LineStyle::None,
            };
            if wins {
                *edge = Some(border);
            }
        };
        for column in columns.clone() {
            set(&mut self.above[rows.start * self.columns + column], borders.block_start);
            set(&mut self.above[rows.end * self.columns + column], borders.block_end);
        }
        for row in rows {
            set(&mut self.before[row * (self.columns + 1) + columns.start], borders.inline_start);
            set(&mut self.before[row * (self.columns + 1) + columns.end], borders.inline_end);
        }
    }

    fn seen(edge: Option<&Edge>) -> Option<EdgeBorder> {
        edge.copied()
            .flatten()
            .filter(|border| border.style != LineStyle::Hidden && border.width > LayoutUnit::ZERO)
    }

    /// The border above a slot, or below the last row.
    pub fn above(&self, row: usize, column: usize) -> Option<EdgeBorder> {
        if column >= self.columns { None } else { Self::seen(self.above.get(row * self.columns + column)) }
    }

    /// The border before a slot, or after the last column.
    pub fn before(&self, row: usize, column: usize) -> Option<EdgeBorder> {
        if column > self.columns {
            None
        } else {
            Self::seen(self.before.get(row * (self.columns + 1) + column))
        }
    }

    fn widest(edges: impl Iterator<Item = Option<EdgeBorder>>) -> LayoutUnit {
        edges.map(|edge| edge.map_or(LayoutUnit::ZERO, |edge| edge.width)).max().unwrap_or_default()
    }

    /// Half of the widest borders around a cell: what lies inside it.
    fn of_cell(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> LogicalSides {
        LogicalSides {
            block_start: Self::widest(columns.clone().map(|column| self.above(rows.start, column))) / 2,
            block_end: Self::widest(columns.clone().map(|column| self.above(rows.end, column))) / 2,
            inline_start: Self::widest(rows.clone().map(|row| self.before(row, columns.start))) / 2,
            inline_end: Self::widest(rows.map(|row| self.before(row, columns.end))) / 2,
        }
    }

    /// The half of the widest outermost borders, which lies in the table's own.
    /// <https://drafts.csswg.org/css-tables-3/#border-collapsing>
    fn of_table(&self) -> LogicalSides {
        self.of_cell(0..self.rows, 0..self.columns)
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns there are.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Gives the table and its cells the border widths that layout sees.
    pub fn apply(&self, tree: &mut BoxTree, table: BoxId, grid: &TableGrid) {
        let mode = style::writing_mode(&tree.get(table).style);
        set_widths(tree, table, &self.of_table().to_physical(mode));
        let computed = Arc::make_mut(&mut tree.get_mut(table).style);
        let size = Arc::make_mut(&mut computed.size);
        // https://drafts.csswg.org/css2/#collapsing-borders: such a table has no padding.
        size.padding_top = LengthPercentage::ZERO;
        size.padding_right = LengthPercentage::ZERO;
        size.padding_bottom = LengthPercentage::ZERO;
        size.padding_left = LengthPercentage::ZERO;
        for cell in &grid.cells {
            let widths = self.of_cell(cell.rows.clone(), cell.columns.clone());
            set_widths(tree, cell.id, &widths.to_physical(mode));
        }
    }
}

fn set_widths(tree: &mut BoxTree, id: BoxId, widths: &Sides<LayoutUnit>) {
    let computed: &mut ComputedStyle = Arc::make_mut(&mut tree.get_mut(id).style);
    let border = Arc::make_mut(&mut computed.border);
    border.border_top_width = Length(widths.top.to_f32());
    border.border_right_width = Length(widths.right.to_f32());
    border.border_bottom_width = Length(widths.bottom.to_f32());
    border.border_left_width = Length(widths.left.to_f32());
}
