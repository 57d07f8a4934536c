//! The missing parts of tables. <https://drafts.csswg.org/css-tables-3/#fixup-algorithm>
//!
//! 1. [`wrap_stray_parts`]: parts of tables outside tables get a table around them.
//! 2. [`fill_table`], [`fill_section`] and [`fill_row`]: what is no part of a table inside one gets the parts around it
//!    that are missing, and a table's parts are sorted.

use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal, DisplayOutside};

use super::construct::{anonymous_box, is_blank, is_collapsible_blank, kind_of};
use super::{AnonymousKind, BoxId, BoxKind, BoxTree, TableParts, anonymous};
use crate::style::{self, Positioning};
use crate::table;

/// The parts of tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Caption,
    ColumnGroup,
    Column,
    Section,
    Row,
    Cell,
}

/// Which part of a table a box is.
fn part(tree: &BoxTree, id: BoxId) -> Option<Part> {
    let layout_box = tree.get(id);
    let Display::Internal(internal) = layout_box.style.boxes.display else { return None };
    let part = match internal {
        DisplayInternal::TableCaption => Part::Caption,
        DisplayInternal::TableColumnGroup => Part::ColumnGroup,
        DisplayInternal::TableColumn => Part::Column,
        DisplayInternal::TableRowGroup
        | DisplayInternal::TableHeaderGroup
        | DisplayInternal::TableFooterGroup => Part::Section,
        DisplayInternal::TableRow => Part::Row,
        DisplayInternal::TableCell => Part::Cell,
        _ => return None,
    };
    // Text has the style of its parent, and replaced content is no part of a table.
    let is_box = match part {
        Part::Caption | Part::Cell => matches!(layout_box.kind, BoxKind::BlockContainer(_)),
        Part::ColumnGroup => matches!(layout_box.kind, BoxKind::TableColumnGroup(_)),
        Part::Column => matches!(layout_box.kind, BoxKind::TableColumn),
        Part::Section => matches!(layout_box.kind, BoxKind::TableSection(_)),
        Part::Row => matches!(layout_box.kind, BoxKind::TableRow(_)),
    };
    is_box.then_some(part)
}

/// Boxes that wait for something around them; white space at their ends vanishes.
#[derive(Default)]
struct Run {
    boxes: Vec<BoxId>,
    /// How many of them there are without the white space at the end.
    solid: usize,
}

impl Run {
    fn push(&mut self, id: BoxId, is_blank: bool) {
        if is_blank && self.boxes.is_empty() {
            return;
        }
        self.boxes.push(id);
        if !is_blank {
            self.solid = self.boxes.len();
        }
    }

    /// The boxes, and the white space after them.
    fn take(&mut self) -> (Vec<BoxId>, Vec<BoxId>) {
        let mut boxes = std::mem::take(&mut self.boxes);
        let blanks = boxes.split_off(std::mem::take(&mut self.solid));
        (boxes, blanks)
    }
}

fn adopt(tree: &mut BoxTree, parent: BoxId, children: &[BoxId]) {
    for &child in children {
        tree.get_mut(child).parent = Some(parent);
    }
}

fn anonymous_part(tree: &mut BoxTree, parent: BoxId, internal: DisplayInternal) -> BoxId {
    let display = Display::Internal(internal);
    anonymous_box(tree, parent, AnonymousKind::TablePart, display, kind_of(display))
}

/// Puts tables around parts of tables whose parent is no table.
pub(super) fn wrap_stray_parts(tree: &mut BoxTree, parent: BoxId, children: Vec<BoxId>) -> Vec<BoxId> {
    if !children.iter().any(|&child| part(tree, child).is_some()) {
        return children;
    }
    let outside = match tree.get(parent).kind {
        BoxKind::Inline(_) => DisplayOutside::Inline,
        _ => DisplayOutside::Block,
    };
    let mut wrapped = Vec::new();
    let mut run = Run::default();
    let end_run = |tree: &mut BoxTree, run: &mut Run, wrapped: &mut Vec<BoxId>| {
        let (boxes, blanks) = run.take();
        if !boxes.is_empty() {
            let display = Display::new(outside, DisplayInside::Table);
            let table = anonymous_box(tree, parent, AnonymousKind::TablePart, display, kind_of(display));
            adopt(tree, table, &boxes);
            fill_table(tree, table, boxes);
            wrapped.push(table);
        }
        wrapped.extend(blanks);
    };
    for child in children {
        let is_blank = is_collapsible_blank(tree, child);
        if part(tree, child).is_some() || is_blank && !run.boxes.is_empty() {
            run.push(child, is_blank);
        } else {
            end_run(tree, &mut run, &mut wrapped);
            wrapped.push(child);
        }
    }
    end_run(tree, &mut run, &mut wrapped);
    wrapped
}

/// Sorts the children of a table into its parts.
pub(super) fn fill_table(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) {
    let mut parts = TableParts::default();
    let mut run = Run::default();
    let end_run = |tree: &mut BoxTree, run: &mut Run, parts: &mut TableParts| {
        let (boxes, _) = run.take();
        if !boxes.is_empty() {
            let section = anonymous_part(tree, id, DisplayInternal::TableRowGroup);
            adopt(tree, section, &boxes);
            fill_section(tree, section, boxes);
            parts.sections.push(section);
            parts.all.push(section);
        }
    };
    for child in children {
        let position = style::position(&tree.get(child).style);
        let is_text = matches!(tree.get(child).kind, BoxKind::Text(_));
        match part(tree, child) {
            Some(Part::Caption) => parts.captions.push(child),
            Some(Part::Column | Part::ColumnGroup) => parts.columns.push(child),
            Some(Part::Section) => {
                end_run(tree, &mut run, &mut parts);
                parts.sections.push(child);
            }
            None if !is_text && matches!(position, Positioning::Absolute | Positioning::Fixed) => {
                parts.positioned.push(child);
            }
            _ => {
                run.push(child, is_blank(tree, child));
                continue;
            }
        }
        parts.all.push(child);
    }
    end_run(tree, &mut run, &mut parts);
    table::build(tree, id, parts);
}

/// Gives a row group rows only.
pub(super) fn fill_section(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) {
    let mut rows = Vec::new();
    let mut run = Run::default();
    let end_run = |tree: &mut BoxTree, run: &mut Run, rows: &mut Vec<BoxId>| {
        let (boxes, _) = run.take();
        if !boxes.is_empty() {
            let row = anonymous_part(tree, id, DisplayInternal::TableRow);
            adopt(tree, row, &boxes);
            fill_row(tree, row, boxes);
            rows.push(row);
        }
    };
    for child in children {
        if part(tree, child) == Some(Part::Row) {
            end_run(tree, &mut run, &mut rows);
            rows.push(child);
        } else {
            run.push(child, is_blank(tree, child));
        }
    }
    end_run(tree, &mut run, &mut rows);
    tree.get_mut(id).kind = BoxKind::TableSection(rows);
}

/// Gives a row cells only.
pub(super) fn fill_row(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) {
    let mut cells = Vec::new();
    let mut run = Run::default();
    let end_run = |tree: &mut BoxTree, run: &mut Run, cells: &mut Vec<BoxId>| {
        let (boxes, _) = run.take();
        if !boxes.is_empty() {
            let cell = anonymous_part(tree, id, DisplayInternal::TableCell);
            adopt(tree, cell, &boxes);
            let boxes = wrap_stray_parts(tree, cell, boxes);
            anonymous::fill_block_container(tree, cell, boxes);
            cells.push(cell);
        }
    };
    for child in children {
        if part(tree, child) == Some(Part::Cell) {
            end_run(tree, &mut run, &mut cells);
            cells.push(child);
        } else {
            run.push(child, is_blank(tree, child));
        }
    }
    end_run(tree, &mut run, &mut cells);
    tree.get_mut(id).kind = BoxKind::TableRow(cells);
}

/// Gives a column group columns only.
pub(super) fn fill_column_group(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) {
    let columns = children.into_iter().filter(|&child| part(tree, child) == Some(Part::Column)).collect();
    tree.get_mut(id).kind = BoxKind::TableColumnGroup(columns);
}
