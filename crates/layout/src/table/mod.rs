//! Tables. <https://drafts.csswg.org/css-tables-3/>
//!
//! While boxes are made, [`build`] finds the slots of the cells ([`grid`]) and lets collapsing borders compete
//! ([`collapse`]). Layout then
//!
//! 1. measures the columns ([`columns`]) and shares the table's width among them ([`distribute`]);
//! 2. lays the cells out for their heights and finds those of the rows ([`rows`]);
//! 3. lays the cells out again in their rows, and puts the fragments together ([`fragments`]); where the table is broken
//!    over columns, one fragment after the other ([`broken`], [`broken_rows`]).

mod broken;
mod broken_rows;
mod collapse;
mod columns;
mod decoration;
mod distribute;
mod fragments;
mod grid;
mod reuse;
mod rows;

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::TableLayout;
use fanlight_css::properties::table::BorderCollapse;
use fanlight_css::values::size::Size;

pub(crate) use broken::TableBreak;
pub(crate) use collapse::BorderGrid;
pub(crate) use columns::Column;
pub(crate) use grid::TableGrid;
pub(crate) use reuse::{CellMeasures, TableRecord};

use crate::box_tree::{BoxId, BoxKind, BoxTree, TableParts};
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::formatting::{AutoSize, BlockBasis, Constraints, LayoutResult, Layouter, MinMax, sizing};
use crate::fragmentation::{BreakRequest, Fragmentainer};
use crate::style::{self, Positioning};

/// No table asks for more than this. <https://drafts.csswg.org/css-tables-3/#computing-the-table-width>
pub(crate) const MAX_INTRINSIC_SIZE: LayoutUnit = LayoutUnit::from_px(1_000_000);

/// Gives a table its parts, with the slots of its cells and its collapsed borders.
pub(crate) fn build(tree: &mut BoxTree, id: BoxId, mut parts: TableParts) {
    let mut grid = TableGrid::new(tree, &parts);
    let computed = &tree.get(id).style;
    let is_horizontal = style::writing_mode(computed).is_horizontal();
    if !is_fixed(computed, is_horizontal) {
        grid.truncate(columns::last_needed(tree, &grid, is_horizontal));
    }
    let grid = Arc::new(grid);
    parts.grid = grid.clone();
    if tree.get(id).style.table.border_collapse == BorderCollapse::Collapse {
        let borders = BorderGrid::new(tree, id, &grid);
        borders.apply(tree, id, &grid);
        parts.borders = Some(Arc::new(borders));
    }
    tree.get_mut(id).kind = BoxKind::Table(Box::new(parts));
}

/// Whether columns are as wide as they and the first row say, whatever is in them.
/// <https://drafts.csswg.org/css-tables-3/#table-layout-property>
fn is_fixed(computed: &ComputedStyle, is_horizontal: bool) -> bool {
    let width = style::size(computed, is_horizontal);
    computed.boxes.table_layout == TableLayout::Fixed && !matches!(width, Size::Auto | Size::MaxContent)
}

/// A table while it is laid out.
struct Table<'a> {
    id: BoxId,
    computed: &'a ComputedStyle,
    parts: &'a TableParts,
    mode: WritingMode,
    /// What percentages of its padding refer to.
    margin_basis: LayoutUnit,
    /// The table's own borders and padding.
    edges: LogicalSides,
    /// Between cells, and between them and the edge. None in a table without columns.
    spacing: LogicalSize,
    /// What the spacing between rows takes of a given block size, though a table without columns does not show it.
    lost_spacing: LayoutUnit,
}

impl<'a> Table<'a> {
    fn new(layouter: &Layouter<'a>, id: BoxId, margin_basis: LayoutUnit) -> Option<Table<'a>> {
        let layout_box = layouter.boxes.get(id);
        let BoxKind::Table(parts) = &layout_box.kind else { return None };
        let computed = &*layout_box.style;
        let mode = style::writing_mode(computed);
        let edges = sizing::edges(computed, mode, margin_basis).sum();
        let mut table = Table {
            id,
            computed,
            parts,
            mode,
            margin_basis,
            edges,
            spacing: LogicalSize::ZERO,
            lost_spacing: LayoutUnit::ZERO,
        };
        let spacing = table.given_spacing();
        if table.is_empty() {
            let gaps = i32::try_from(parts.grid.rows.len() + 1).unwrap_or(i32::MAX);
            table.lost_spacing = spacing.block * gaps;
        } else {
            table.spacing = spacing;
        }
        Some(table)
    }

    /// Whether it has no columns.
    fn is_empty(&self) -> bool {
        self.parts.grid.columns.is_empty()
    }

    fn is_fixed(&self) -> bool {
        is_fixed(self.computed, self.mode.is_horizontal())
    }

    /// What `border-spacing` says.
    fn given_spacing(&self) -> LogicalSize {
        if self.parts.borders.is_some() {
            return LogicalSize::ZERO;
        }
        let spacing = &self.computed.table.border_spacing;
        let of = |px: f32| LayoutUnit::from_f32(px);
        // The first is along lines whatever the writing mode.
        LogicalSize::new(of(spacing.first.px()), of(spacing.second.px()))
    }

    fn measure_columns(&self, layouter: &mut Layouter<'_>) -> Arc<[Column]> {
        if let Some(known) = layouter.cache.columns(self.id) {
            return known;
        }
        let columns: Arc<[Column]> = columns::measure(layouter, self).into();
        layouter.cache.keep_columns(self.id, columns.clone());
        columns
    }

    /// All spacing along lines, those of collapsed columns included. There is some before and after also where there is no
    /// column.
    fn inline_spacing(&self, columns: &[Column]) -> LayoutUnit {
        self.spacing_of(columns, |column| !column.is_merged)
    }

    fn spacing_of(&self, columns: &[Column], counts: impl Fn(&Column) -> bool) -> LayoutUnit {
        let count = columns.iter().filter(|column| counts(column)).count().max(1);
        self.given_spacing().inline * i32::try_from(count + 1).unwrap_or(i32::MAX)
    }

    /// How much narrower columns of these sizes are without those that are collapsed and their spacing.
    /// <https://drafts.csswg.org/css-tables-3/#visibility-collapse-rendering>
    fn collapsed_extent(&self, columns: &[Column], sizes: &[LayoutUnit]) -> LayoutUnit {
        let spacing = self.inline_spacing(columns) - self.spacing_of(columns, |column| !column.is_skipped());
        let collapsed = columns.iter().zip(sizes).filter(|(column, _)| column.is_collapsed);
        spacing + collapsed.map(|(_, &size)| size).sum::<LayoutUnit>()
    }

    /// The narrowest and the widest border box, without captions. Whether the shares of columns count is
    /// `counts_shares`; they never do in a table that is to be as wide as its columns want to be.
    fn grid_sizes(&self, columns: &[Column], counts_shares: bool) -> MinMax {
        let width = style::size(self.computed, self.mode.is_horizontal());
        let counts_shares = counts_shares && *width != Size::MaxContent;
        let (min, max) = columns::min_and_max(columns, self.is_fixed(), counts_shares);
        let around = self.inline_spacing(columns) + self.edges.inline_sum();
        MinMax { min, max }.plus(around)
    }

    /// The widths of the columns in a table of this border-box width.
    fn column_sizes(&self, columns: &[Column], inline: LayoutUnit) -> Vec<LayoutUnit> {
        let target = inline - self.edges.inline_sum() - self.inline_spacing(columns);
        let target = target.clamp_negative_to_zero();
        let mut sizes = if self.is_fixed() {
            distribute::fixed(columns, target)
        } else {
            distribute::automatic(columns, target, true)
        };
        for (column, size) in columns.iter().zip(&mut sizes) {
            if column.is_merged && column.percent.is_none() {
                *size = LayoutUnit::ZERO;
            }
        }
        sizes
    }
}

/// Whether a box is a table with captions, for which its block size has no room.
/// <https://drafts.csswg.org/css-tables-3/#bounding-box-assignment>
pub(crate) fn has_captions(kind: &BoxKind) -> bool {
    matches!(kind, BoxKind::Table(parts) if !parts.captions.is_empty())
}

/// The narrowest margin box that a caption can have.
fn caption_min(layouter: &mut Layouter<'_>, mode: WritingMode, caption: BoxId) -> LayoutUnit {
    let margins =
        sizing::margins_or_zero(&layouter.boxes.get(caption).style, mode, LayoutUnit::ZERO).inline_sum();
    sizing::contribution(layouter, mode, caption, None).min + margins
}

/// The border-box min-content and max-content inline sizes of a table.
/// Percentages of its padding refer to `margin_basis`.
pub(crate) fn content_sizes(layouter: &mut Layouter<'_>, id: BoxId, margin_basis: LayoutUnit) -> MinMax {
    let Some(table) = Table::new(layouter, id, margin_basis) else { return MinMax::default() };
    let columns = table.measure_columns(layouter);
    let counts_shares = columns.iter().all(|column| column.percent.is_none()) || counts_shares(layouter, id);
    table.grid_sizes(&columns, counts_shares).encompass(MinMax::both(captions_min(layouter, &table)))
}

/// The narrowest that captions let a table be.
fn captions_min(layouter: &mut Layouter<'_>, table: &Table<'_>) -> LayoutUnit {
    let captions = table.parts.captions.iter();
    captions.map(|&caption| caption_min(layouter, table.mode, caption)).max().unwrap_or_default()
}

/// Whether what a table asks of the boxes around it counts the shares of its columns. It does not in cells, flex and grid
/// containers, which would become as wide as they can, as in Chromium.
fn counts_shares(layouter: &Layouter<'_>, table: BoxId) -> bool {
    let boxes = layouter.boxes;
    let mut at = table;
    while let Some(container) = containing_block(boxes, at) {
        let layout_box = boxes.get(container);
        let is_cell = style::is_table_cell(&layout_box.style);
        if is_cell || matches!(layout_box.kind, BoxKind::Flex(_) | BoxKind::Grid(_)) {
            return false;
        }
        at = container;
    }
    true
}

/// The box that a box is positioned in; nothing for those that are in the viewport.
fn containing_block(boxes: &BoxTree, id: BoxId) -> Option<BoxId> {
    let around = |id: BoxId| boxes.get(id).parent;
    match style::position(&boxes.get(id).style) {
        Positioning::Fixed => None,
        Positioning::Absolute => std::iter::successors(around(id), |&id| around(id))
            .find(|&id| style::position(&boxes.get(id).style) != Positioning::Static),
        _ => around(id),
    }
}

/// Lays out a table wrapper box with its captions and its grid.
pub(crate) fn layout(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutResult {
    let Some(table) = Table::new(layouter, id, constraints.margin_basis) else {
        unreachable!("only tables are laid out as tables")
    };
    let (inline, columns, column_sizes) = widths(layouter, &table, constraints);
    fragments::layout(layouter, &table, constraints, inline, &columns, &column_sizes)
}

/// The same for one fragment of it, in a fragmentainer.
pub(crate) fn layout_fragment(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    fragmentainer: Fragmentainer,
    request: BreakRequest<'_>,
) -> LayoutResult {
    let Some(table) = Table::new(layouter, id, constraints.margin_basis) else {
        unreachable!("only tables are laid out as tables")
    };
    broken::layout(layouter, &table, constraints, fragmentainer, request, |layouter| {
        widths(layouter, &table, constraints)
    })
}

/// How wide a table and its columns are: the table without those that are collapsed, these as if none were.
fn widths(
    layouter: &mut Layouter<'_>,
    table: &Table<'_>,
    constraints: &Constraints,
) -> (LayoutUnit, Arc<[Column]>, Vec<LayoutUnit>) {
    let contents = layouter.content_sizes(table.id, constraints.margin_basis, BlockBasis::default());
    let columns = table.measure_columns(layouter);
    // An automatic width is that of the contents.
    let own = Constraints { inline_auto: AutoSize::FitContent, ..*constraints };
    let mut inline = sizing::inline_size(layouter, table.id, &own).max(contents.min);
    let is_auto = constraints.fixed.inline.is_none()
        && style::size(table.computed, table.mode.is_horizontal()).is_auto();
    let widest = table.grid_sizes(&columns, true).max;
    if is_auto && table.is_empty() {
        // Without columns and a width of its own it is as wide as what is around them.
        let limits = Constraints {
            inline_auto: AutoSize::Stretch,
            available: LogicalSize::new(Some(LayoutUnit::ZERO), constraints.available.block),
            ..*constraints
        };
        inline = sizing::inline_size(layouter, table.id, &limits).max(captions_min(layouter, table));
    } else if is_auto && widest > contents.max {
        // The shares count here, whatever is asked of the boxes around.
        let room = Constraints { inline_auto: AutoSize::Stretch, ..*constraints };
        if constraints.available.inline.is_some() {
            inline = inline.max(widest.min(sizing::inline_size(layouter, table.id, &room)));
        }
    }
    let column_sizes = table.column_sizes(&columns, inline);
    let gone = table.collapsed_extent(&columns, &column_sizes);
    if constraints.fixed.inline.is_none() {
        inline = (inline - gone).max(captions_min(layouter, table));
    }
    (inline, columns, column_sizes)
}
