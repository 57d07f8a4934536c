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
use crate::style;

/// No table asks for more than this. <https://drafts.csswg.org/css-tables-3/#computing-the-table-width>
pub(crate) const MAX_INTRINSIC_SIZE: LayoutUnit = LayoutUnit::from_px(1_000_000);

/// Gives a table its parts, with the slots of its cells and its collapsed borders.
pub(crate) fn build(tree: &mut BoxTree, id: BoxId, mut parts: TableParts) {
    let grid = Arc::new(TableGrid::new(tree, &parts));
    parts.grid = grid.clone();
    if tree.get(id).style.table.border_collapse == BorderCollapse::Collapse {
        let borders = BorderGrid::new(tree, id, &grid);
        borders.apply(tree, id, &grid);
        parts.borders = Some(Arc::new(borders));
    }
    tree.get_mut(id).kind = BoxKind::Table(Box::new(parts));
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
    /// Between cells, and between them and the edge.
    spacing: LogicalSize,
}

impl<'a> Table<'a> {
    fn new(layouter: &Layouter<'a>, id: BoxId, margin_basis: LayoutUnit) -> Option<Table<'a>> {
        let layout_box = layouter.boxes.get(id);
        let BoxKind::Table(parts) = &layout_box.kind else { return None };
        let computed = &*layout_box.style;
        let mode = style::writing_mode(computed);
        let spacing = if parts.borders.is_some() || parts.grid.columns.is_empty() {
            LogicalSize::ZERO
        } else {
            let spacing = &computed.table.border_spacing;
            let of = |px: f32| LayoutUnit::from_f32(px);
            // The first is along lines whatever the writing mode.
            LogicalSize::new(of(spacing.first.px()), of(spacing.second.px()))
        };
        let edges = sizing::edges(computed, mode, margin_basis).sum();
        Some(Table { id, computed, parts, mode, margin_basis, edges, spacing })
    }

    /// Whether columns are as wide as they and the first row say, whatever is in them.
    /// <https://drafts.csswg.org/css-tables-3/#table-layout-property>
    fn is_fixed(&self) -> bool {
        let width = style::size(self.computed, self.mode.is_horizontal());
        self.computed.boxes.table_layout == TableLayout::Fixed
            && !matches!(width, Size::Auto | Size::MaxContent)
    }

    fn measure_columns(&self, layouter: &mut Layouter<'_>) -> Arc<[Column]> {
        if let Some(known) = layouter.cache.columns(self.id) {
            return known;
        }
        let columns: Arc<[Column]> = columns::measure(layouter, self).into();
        layouter.cache.keep_columns(self.id, columns.clone());
        columns
    }

    /// All spacing along lines.
    fn inline_spacing(&self, columns: &[Column]) -> LayoutUnit {
        let shown = columns.iter().filter(|column| !column.is_skipped()).count();
        match i32::try_from(shown) {
            Ok(shown) if shown > 0 => self.spacing.inline * (shown + 1),
            _ => LayoutUnit::ZERO,
        }
    }

    /// The narrowest and the widest border box, without captions.
    fn grid_sizes(&self, columns: &[Column]) -> MinMax {
        let width = style::size(self.computed, self.mode.is_horizontal());
        let (min, max) = columns::min_and_max(columns, self.is_fixed(), *width == Size::MaxContent);
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
            if column.is_skipped() {
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
    let sizes = table.grid_sizes(&columns);
    let captions = &table.parts.captions;
    let caption = captions.iter().map(|&caption| caption_min(layouter, table.mode, caption)).max();
    sizes.encompass(MinMax::both(caption.unwrap_or_default()))
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

/// How wide a table and its columns are.
fn widths(
    layouter: &mut Layouter<'_>,
    table: &Table<'_>,
    constraints: &Constraints,
) -> (LayoutUnit, Arc<[Column]>, Vec<LayoutUnit>) {
    let contents = layouter.content_sizes(table.id, constraints.margin_basis, BlockBasis::default());
    // An automatic width is that of the contents.
    let own = Constraints { inline_auto: AutoSize::FitContent, ..*constraints };
    let inline = sizing::inline_size(layouter, table.id, &own).max(contents.min);
    let columns = table.measure_columns(layouter);
    let column_sizes = table.column_sizes(&columns, inline);
    (inline, columns, column_sizes)
}
