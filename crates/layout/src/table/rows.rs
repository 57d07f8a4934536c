//! Cells for their heights, and the heights of rows.
//! <https://drafts.csswg.org/css-tables-3/#row-layout>

use std::cmp::Reverse;
use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_ui::Visibility;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;
use fanlight_css::values::text::{VerticalAlign, VerticalAlignKeyword};

use super::Table;
use super::distribute::share;
use super::grid::{GridCell, TableGrid};
use super::reuse::TableRecord;
use crate::box_tree::BoxId;
use crate::flow::{LogicalSides, LogicalSize};
use crate::formatting::{Constraints, LayoutResult, Layouter, StaticEdge, sizing};
use crate::style;

/// Where a cell's contents stand in the cell. <https://drafts.csswg.org/css2/#height-layout>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellAlignment {
    Baseline,
    Top,
    Middle,
    Bottom,
}

/// What `align-content` means on a cell, or where that is `normal` `vertical-align`.
pub(super) fn alignment(computed: &ComputedStyle) -> CellAlignment {
    if let Some((is_baseline, edge)) = style::cell_content_alignment(computed) {
        return match edge {
            _ if is_baseline => CellAlignment::Baseline,
            StaticEdge::Start => CellAlignment::Top,
            StaticEdge::Center => CellAlignment::Middle,
            StaticEdge::End => CellAlignment::Bottom,
        };
    }
    match &computed.boxes.vertical_align {
        VerticalAlign::Keyword(VerticalAlignKeyword::Top) => CellAlignment::Top,
        VerticalAlign::Keyword(VerticalAlignKeyword::Middle) => CellAlignment::Middle,
        VerticalAlign::Keyword(VerticalAlignKeyword::Bottom) => CellAlignment::Bottom,
        _ => CellAlignment::Baseline,
    }
}

/// A block size that a part of a table was given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct GivenSize {
    /// A length, as border box.
    length: Option<LayoutUnit>,
    /// A share of the table's block size.
    percent: Option<f32>,
}

/// `min-height` means nothing on parts of tables. <https://drafts.csswg.org/css2/#min-max-heights>
fn given(computed: &ComputedStyle, horizontal: bool, edges: LayoutUnit) -> GivenSize {
    let border_box = |length: &LengthPercentage| {
        sizing::resolve(length, None).map(|length| sizing::to_border_box(computed, length, edges))
    };
    match style::size(computed, horizontal) {
        Size::LengthPercentage(LengthPercentage::Percentage(share)) => {
            GivenSize { length: None, percent: Some(*share) }
        }
        Size::LengthPercentage(length) => GivenSize { length: border_box(length), percent: None },
        _ => GivenSize::default(),
    }
}

/// Whether a part of a table was given a block size, to which percentages in cells may refer.
pub(super) fn has_block_size(computed: &ComputedStyle, horizontal: bool) -> bool {
    !style::size(computed, horizontal).is_auto()
}

/// A row and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub size: LayoutUnit,
    /// From its start to the baseline that its cells share.
    pub baseline: Option<LayoutUnit>,
    percent: Option<f32>,
    /// Whether it or a cell in it was given a length.
    is_constrained: bool,
    /// `visibility: collapse`. <https://drafts.csswg.org/css-tables-3/#visibility-collapse-rendering>
    pub is_collapsed: bool,
    /// Whether a cell begins in it that spans further rows.
    has_spanning_start: bool,
}

/// A row group and its size.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SectionSize {
    pub size: LayoutUnit,
    given: GivenSize,
    /// Whether it is neither the header nor the footer of the table: these do not grow with it where there are others.
    is_body: bool,
    /// Whether there is spacing around it.
    pub has_rows: bool,
}

/// The constraints of a cell of this inline size.
pub(super) fn cell_constraints(
    layouter: &Layouter<'_>,
    table: &Table<'_>,
    id: BoxId,
    inline: LayoutUnit,
    table_inline: LayoutUnit,
) -> Constraints {
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    let container = LogicalSize::new(Some(inline), None);
    let mut constraints = Constraints::new(table.mode, container, mode).shrink_to_fit();
    constraints.margin_basis = table_inline;
    if mode.is_orthogonal_to(table.mode) {
        constraints.fixed.block = Some(inline);
    } else {
        constraints.fixed.inline = Some(inline);
        constraints.percentage.inline = None;
    }
    constraints
}

/// Where contents begin and end in a laid out cell.
pub(super) struct CellContents {
    /// The border-box block size that they ask for.
    pub size: LayoutUnit,
    /// That of the first line, else where the contents end. Empty cells share no baseline.
    /// <https://drafts.csswg.org/css2/#height-layout>
    pub baseline: Option<LayoutUnit>,
}

impl CellContents {
    pub fn new(layouter: &Layouter<'_>, table: &Table<'_>, id: BoxId, result: &LayoutResult) -> CellContents {
        let computed = &layouter.boxes.get(id).style;
        if style::writing_mode(computed).is_orthogonal_to(table.mode) {
            let size = LogicalSize::from_physical(result.fragment.size, table.mode).block;
            return CellContents { size, baseline: None };
        }
        let size = result.intrinsic_block_size;
        let baseline = result.fragment.first_baseline.or_else(|| {
            let fragment = &result.fragment;
            let edges = LogicalSides::from_physical(&(fragment.border + fragment.padding), table.mode);
            (!layouter.boxes.children(id).is_empty()).then(|| size - edges.block_end)
        });
        CellContents { size, baseline }
    }
}

/// A cell that was laid out for its height.
struct MeasuredCell {
    contents: CellContents,
    given: GivenSize,
}

impl MeasuredCell {
    fn size(&self) -> LayoutUnit {
        self.given.length.map_or(self.contents.size, |length| length.max(self.contents.size))
    }
}

/// A row of these cells. Those that span rows only take part in its baseline.
fn row_of<'c>(
    layouter: &Layouter<'_>,
    own: GivenSize,
    cells: impl Iterator<Item = (&'c GridCell, &'c MeasuredCell)>,
) -> Row {
    let mut row = Row {
        size: own.length.unwrap_or_default(),
        percent: own.percent,
        is_constrained: own.length.is_some(),
        ..Row::default()
    };
    let mut descent = LayoutUnit::ZERO;
    for (cell, measured) in cells {
        let contents = &measured.contents;
        let is_single = cell.rows.len() == 1;
        row.has_spanning_start |= !is_single;
        if alignment(&layouter.boxes.get(cell.id).style) == CellAlignment::Baseline
            && let Some(baseline) = contents.baseline
        {
            row.baseline = Some(row.baseline.map_or(baseline, |known| known.max(baseline)));
            if is_single {
                descent = descent.max(contents.size - baseline);
            }
        }
        if is_single {
            row.size = row.size.max(measured.size());
            row.is_constrained |= measured.given.length.is_some();
            row.percent = match (row.percent, measured.given.percent) {
                (Some(known), Some(other)) => Some(known.max(other)),
                (known, other) => known.or(other),
            };
        }
    }
    if let Some(ascent) = row.baseline {
        row.size = row.size.max(ascent + descent);
    }
    row
}

/// The rows while their sizes are found.
pub(super) struct RowSizes<'t, 'a> {
    table: &'t Table<'a>,
    pub rows: Vec<Row>,
    /// The same as their own cells ask for them.
    pub measured: Vec<Row>,
    pub sections: Vec<SectionSize>,
}

impl<'t, 'a> RowSizes<'t, 'a> {
    /// Lays out all cells to find how high rows must be, those aside that are in rows of which that is known.
    pub fn new(
        layouter: &mut Layouter<'a>,
        table: &'t Table<'a>,
        table_inline: LayoutUnit,
        known: Option<&TableRecord>,
        inline_size: impl Fn(&Range<usize>) -> LayoutUnit,
    ) -> Self {
        let grid = &*table.parts.grid;
        let tree = layouter.boxes;
        let across = !table.mode.is_horizontal();
        let mut rows = Vec::with_capacity(grid.rows.len());
        let mut spanning: Vec<(&GridCell, LayoutUnit)> = Vec::new();
        for section in &grid.sections {
            for index in section.rows.clone() {
                let row = &grid.rows[index];
                if let Some(known) = known.and_then(|known| known.row(layouter, index, row.id)) {
                    rows.push(known.measured);
                    continue;
                }
                let cells = &grid.cells[row.cells.clone()];
                let measured: Vec<MeasuredCell> = cells
                    .iter()
                    .map(|cell| {
                        let inline = inline_size(&cell.columns);
                        let computed = &*tree.get(cell.id).style;
                        // Percentages inside refer to nothing as long as the row has no size.
                        let own_mode = style::writing_mode(computed);
                        let constraints = Constraints {
                            ignores_block_size: !style::is_block_size_auto(computed, own_mode)
                                && !own_mode.is_orthogonal_to(table.mode),
                            ..cell_constraints(layouter, table, cell.id, inline, table_inline)
                        };
                        let result = layouter.layout(cell.id, &constraints);
                        let contents = CellContents::new(layouter, table, cell.id, &result);
                        let edges = sizing::edges(computed, table.mode, table_inline).sum().block_sum();
                        MeasuredCell { contents, given: given(computed, across, edges) }
                    })
                    .collect();
                let pairs = || cells.iter().zip(&measured);
                let own = given(&tree.get(row.id).style, across, LayoutUnit::ZERO);
                rows.push(row_of(layouter, own, pairs()));
                spanning.extend(
                    pairs()
                        .filter(|(cell, _)| cell.rows.len() > 1)
                        .map(|(cell, measured)| (cell, measured.size())),
                );
            }
        }
        let mut sizes = RowSizes { table, measured: rows.clone(), rows, sections: Vec::new() };
        // Cells inside the rows of others come before those, the higher one of two in the same rows first.
        spanning.sort_by_key(|(cell, size)| (cell.rows.end, Reverse(cell.rows.start), Reverse(*size)));
        for (cell, size) in spanning {
            let extra = size - sizes.extent(&cell.rows);
            sizes.grow(cell.rows.clone(), extra, true);
        }
        for (index, section) in grid.sections.iter().enumerate() {
            let given = given(&tree.get(section.id).style, across, LayoutUnit::ZERO);
            if let Some(length) = given.length {
                let extra = length - sizes.extent(&section.rows);
                sizes.grow(section.rows.clone(), extra, false);
            }
            let size = sizes.extent(&section.rows).max(given.length.unwrap_or_default());
            let is_body = !grid.is_header_or_footer(index);
            let has_rows = !section.rows.is_empty();
            sizes.sections.push(SectionSize { size, given, is_body, has_rows });
        }
        sizes
    }

    /// The rows together, with the spacing between them.
    pub fn extent(&self, rows: &Range<usize>) -> LayoutUnit {
        let shown = self.rows[rows.clone()].iter().filter(|row| !row.is_collapsed);
        let (mut extent, mut count) = (LayoutUnit::ZERO, 0);
        for row in shown {
            extent += row.size;
            count += 1;
        }
        extent + self.table.spacing.block * (count - 1).max(0)
    }

    /// The spacing around row groups. Those without rows have none, but that at the end of the table is there, as in Chromium.
    fn spacing(&self) -> LayoutUnit {
        let count = self.sections.iter().filter(|section| section.has_rows).count();
        match i32::try_from(count) {
            Ok(0) if self.sections.is_empty() => LayoutUnit::ZERO,
            Ok(count) => self.table.spacing.block * (count + 1),
            Err(_) => LayoutUnit::ZERO,
        }
    }

    /// All row groups with all spacing.
    pub fn total(&self) -> LayoutUnit {
        self.sections.iter().map(|section| section.size).sum::<LayoutUnit>() + self.spacing()
    }

    /// Takes rows that are collapsed out, when all have the sizes that they have in the whole table. What spans them is cut, and
    /// does not make the others higher. <https://drafts.csswg.org/css-tables-3/#visibility-collapse-rendering>
    pub fn collapse(&mut self, layouter: &Layouter<'_>) {
        let (tree, grid) = (layouter.boxes, &self.table.parts.grid);
        for (index, section) in grid.sections.iter().enumerate() {
            let mut has_collapsed = false;
            for row in section.rows.clone() {
                let computed = &tree.get(grid.rows[row].id).style;
                if computed.inherited_ui.visibility == Visibility::Collapse {
                    has_collapsed = true;
                    self.rows[row] = Row { is_collapsed: true, size: LayoutUnit::ZERO, ..self.rows[row] };
                }
            }
            if has_collapsed {
                self.sections[index].size = self.extent(&section.rows);
            }
        }
    }

    /// Makes the row groups of a table of this block size, borders left out, as high as they must be.
    /// <https://drafts.csswg.org/css-tables-3/#height-distribution>
    pub fn fill(&mut self, grid: &TableGrid, total: LayoutUnit) {
        let basis = (total - self.spacing() - self.table.lost_spacing).clamp_negative_to_zero();
        let mut sizes: Vec<LayoutUnit> = self.sections.iter().map(|section| section.size).collect();
        let left = |sizes: &[LayoutUnit]| basis - sizes.iter().sum::<LayoutUnit>();
        let missing: Vec<LayoutUnit> = self
            .sections
            .iter()
            .map(|section| match section.given.percent {
                Some(percent) => (basis * percent - section.size).clamp_negative_to_zero(),
                None => LayoutUnit::ZERO,
            })
            .collect();
        let wanted = missing.iter().sum::<LayoutUnit>().min(left(&sizes));
        share(&mut sizes, wanted, |index| f64::from(missing[index].raw()));
        // Those without a height of their own take the rest, those between the header and the footer where there are any.
        let has_body = self.sections.iter().any(|section| section.is_body);
        let takes: Vec<bool> = self.sections.iter().map(|section| section.is_body || !has_body).collect();
        let is_free = |index: usize| takes[index] && self.sections[index].given == GivenSize::default();
        let surplus = left(&sizes);
        let before = sizes.clone();
        let weight = |index: usize| f64::from(before[index].raw());
        let count = sizes.len();
        if (0..count).any(|index| is_free(index) && weight(index) > 0.0) {
            share(&mut sizes, surplus, |index| if is_free(index) { weight(index) } else { 0.0 });
        } else if (0..count).any(is_free) {
            share(&mut sizes, surplus, |index| f64::from(u8::from(is_free(index))));
        } else if (0..count).any(|index| takes[index] && weight(index) > 0.0) {
            share(&mut sizes, surplus, |index| if takes[index] { weight(index) } else { 0.0 });
        } else {
            share(&mut sizes, surplus, |index| f64::from(u8::from(takes[index])));
        }
        for (index, (section, size)) in grid.sections.iter().zip(sizes).enumerate() {
            self.sections[index].size = size;
            self.fill_section(section.rows.clone(), size);
        }
    }

    /// Makes the rows of a row group of this block size as high as they must be.
    fn fill_section(&mut self, rows: Range<usize>, size: LayoutUnit) {
        let mut left = size - self.extent(&rows);
        let mut percent_left = 1.0_f32;
        let missing: Vec<LayoutUnit> = self.rows[rows.clone()]
            .iter()
            .map(|row| match row.percent {
                Some(percent) => {
                    let percent = percent.min(percent_left);
                    percent_left -= percent;
                    (size * percent - row.size).clamp_negative_to_zero()
                }
                None => LayoutUnit::ZERO,
            })
            .collect();
        let wanted = missing.iter().sum::<LayoutUnit>().min(left);
        let mut sizes: Vec<LayoutUnit> = self.rows[rows.clone()].iter().map(|row| row.size).collect();
        share(&mut sizes, wanted, |index| f64::from(missing[index].raw()));
        for (row, size) in self.rows[rows.clone()].iter_mut().zip(sizes) {
            row.size = size;
        }
        left -= wanted.clamp_negative_to_zero();
        self.grow(rows, left, false);
    }

    /// Shares extra room among rows: those without a length of their own take it, in proportion to their sizes. What spans
    /// rows is taken by those of them that other such cells begin in, and fills the last one where all are empty; a table
    /// fills empty rows equally. <https://github.com/w3c/csswg-drafts/issues/4418>
    fn grow(&mut self, rows: Range<usize>, extra: LayoutUnit, is_spanning: bool) {
        if extra <= LayoutUnit::ZERO {
            return;
        }
        let rows = &mut self.rows[rows];
        let is_empty = |row: &Row| row.size == LayoutUnit::ZERO;
        // A percentage refers to nothing as long as the table has no height.
        let is_free = |row: &Row| row.percent.map_or(!row.is_constrained, |_| is_spanning);
        let all = |which: &dyn Fn(&Row) -> bool| rows.iter().all(|row| row.is_collapsed || which(row));
        let equally = |which: &dyn Fn(&Row) -> bool| -> Vec<f64> {
            rows.iter().map(|row| f64::from(u8::from(!row.is_collapsed && which(row)))).collect()
        };
        let by_size = |which: &dyn Fn(&Row) -> bool| -> Vec<f64> {
            let weight = |row: &Row| f64::from(row.size.raw());
            let weigh = |row: &Row| if !row.is_collapsed && which(row) { weight(row) } else { 0.0 };
            rows.iter().map(weigh).collect()
        };
        let starts_inside: Vec<f64> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let takes = is_spanning && index > 0 && row.has_spanning_start && !row.is_collapsed;
                f64::from(u8::from(takes))
            })
            .collect();
        let last = rows.iter().rposition(|row| !row.is_collapsed);
        let in_last: Vec<f64> =
            (0..rows.len()).map(|index| f64::from(u8::from(Some(index) == last))).collect();
        let empty = equally(&|row| is_empty(row) && row.percent.is_none());
        let has_any = |weights: &[f64]| weights.iter().any(|weight| *weight > 0.0);
        let weights = [
            starts_inside,
            by_size(&is_free),
            if is_spanning && all(&is_empty) { in_last } else { Vec::new() },
            if is_spanning { Vec::new() } else { empty },
            by_size(&|_| true),
            equally(&|_| true),
        ];
        let Some(weights) = weights.iter().find(|weights| has_any(weights)) else { return };
        let mut sizes: Vec<LayoutUnit> = rows.iter().map(|row| row.size).collect();
        share(&mut sizes, extra, |index| weights[index]);
        for (row, size) in rows.iter_mut().zip(sizes) {
            row.size = size;
        }
    }
}
