//! The flow of a multi-column container after its columns are laid out: these one after the other, wherever they are in
//! the columns of containers around.

use std::sync::Arc;

use fanlight_base::geometry::{LayoutPoint, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};
use thin_vec::ThinVec;

use super::columns::Columns;
use super::container::{Container, Part};
use super::is_container;
use crate::box_tree::{BoxId, BoxTree};
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::Child;
use crate::fragment::{BoxFragment, ContextKind, Fragment, FragmentLink};
use crate::limits::MAX_COLUMNS;
use crate::style::{self, Positioning};
use crate::{overflow, positioned};

/// A fragment in the parts of the outermost container.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Which part it is in.
    pub part: usize,
    /// The way to it: the number of the link in each fragment, from the part's own on.
    pub path: Vec<usize>,
}

impl Address {
    fn is_in(&self, other: &Address) -> bool {
        self.part == other.part && self.path.starts_with(&other.path)
    }

    fn parent(&self) -> Address {
        let path = self.path.split_last().map_or(&[][..], |(_, parent)| parent);
        Address { part: self.part, path: path.to_vec() }
    }
}

/// A column.
#[derive(Clone)]
pub(super) struct FlowColumn {
    pub address: Address,
    /// Physical, from the part's corner.
    pub corner: LayoutPoint,
    /// The corner in flow-relative terms.
    pub offset: LogicalOffset,
    pub size: LogicalSize,
    /// How much of the flow is in the columns before.
    pub before: LayoutUnit,
}

/// The columns of a container in their order.
pub(super) struct Flow {
    pub id: BoxId,
    pub mode: WritingMode,
    pub columns: Vec<FlowColumn>,
}

/// A fragment of a containing block in a flow.
pub(super) struct Piece {
    pub address: Address,
    /// Which column of the flow it is in.
    pub column: usize,
    /// Physical, from the part's corner.
    pub corner: LayoutPoint,
    /// How much of the way from the column comes of `position: relative`.
    pub relative: LayoutVector,
    /// From the column's start, without that.
    pub offset: LogicalOffset,
    pub size: LogicalSize,
    pub border: LogicalSides,
    pub is_inline: bool,
}

/// The multi-column container in whose columns a box is.
pub(super) fn container_around(boxes: &BoxTree, id: BoxId) -> Option<BoxId> {
    boxes.ancestors(id).find(|&around| is_container(boxes, around))
}

/// A fragment on the way through those inside of it.
struct Visit<'a> {
    address: Address,
    fragment: &'a Fragment,
    /// Physical, from the part's corner.
    corner: LayoutPoint,
    /// How much of that comes of `position: relative`, which moves fragments where they are.
    relative: LayoutVector,
}

/// Finds fragments inside of one; nothing in those that are found.
fn find(
    boxes: &BoxTree,
    start: Visit<'_>,
    is_wanted: impl Fn(&BoxFragment) -> bool,
    mut found: impl FnMut(&Visit<'_>, &BoxFragment),
) {
    let mut pending = vec![start];
    while let Some(visit) = pending.pop() {
        if let Fragment::Box(own) = visit.fragment
            && is_wanted(own)
        {
            found(&visit, own);
            continue;
        }
        for (number, link) in visit.fragment.children().iter().enumerate().rev() {
            let path = visit.address.path.iter().copied().chain([number]).collect();
            pending.push(Visit {
                address: Address { part: visit.address.part, path },
                fragment: &link.fragment,
                corner: visit.corner + link.offset.to_vector(),
                relative: visit.relative + relative_shift(boxes, visit.fragment, &link.fragment),
            });
        }
    }
}

/// How far a fragment is moved in the one around.
fn relative_shift(boxes: &BoxTree, around: &Fragment, fragment: &Fragment) -> LayoutVector {
    let Fragment::Box(own) = fragment else { return LayoutVector::default() };
    let computed = boxes.style_of(own.style);
    if own.context == ContextKind::Column || style::position(computed) != Positioning::Relative {
        return LayoutVector::default();
    }
    let (mode, size) = match around {
        Fragment::Box(around) => {
            (style::writing_mode(boxes.style_of(around.style)), around.content_box().size)
        }
        other => (style::writing_mode(computed), other.size()),
    };
    positioned::relative_shift(computed, mode, Some(size.width), Some(size.height))
}

impl Container<'_, '_> {
    /// The flow of this container, or of one in its columns.
    pub fn flow_of(&self, id: BoxId) -> Flow {
        let mode = style::writing_mode(&self.layouter.boxes.get(id).style);
        let mut columns: Vec<FlowColumn> = Vec::new();
        let mut before = LayoutUnit::ZERO;
        for (part, found) in self.parts.iter().enumerate().filter(|(_, part)| part.is_column) {
            let outer = found.child.fragment.size();
            let start = Visit {
                address: Address { part, path: Vec::new() },
                fragment: &found.child.fragment,
                corner: LayoutPoint::default(),
                relative: LayoutVector::default(),
            };
            let is_wanted = |own: &BoxFragment| own.context == ContextKind::Column && own.style.box_id == id;
            find(self.layouter.boxes, start, is_wanted, |visit, own| {
                let size = LogicalSize::from_physical(own.size, mode);
                let corner = visit.corner;
                let offset = LogicalOffset::from_physical(corner, mode, outer, own.size);
                let address = visit.address.clone();
                columns.push(FlowColumn { address, corner, offset, size, before });
                before += size.block;
            });
        }
        Flow { id, mode, columns }
    }

    /// The fragments of a box in a flow.
    pub fn pieces_of(&self, flow: &Flow, id: BoxId) -> Vec<Piece> {
        let mode = flow.mode;
        let mut pieces = Vec::new();
        for (index, column) in flow.columns.iter().enumerate() {
            let Some(fragment) = self.fragment_at(&column.address) else { continue };
            let Fragment::Box(own_column) = fragment else { continue };
            let is_wanted = |own: &BoxFragment| own.style.box_id == id && own.context != ContextKind::Column;
            let start = Visit {
                address: column.address.clone(),
                fragment,
                corner: column.corner,
                relative: LayoutVector::default(),
            };
            find(self.layouter.boxes, start, is_wanted, |visit, own| {
                let inside = visit.corner - column.corner.to_vector() - visit.relative;
                pieces.push(Piece {
                    address: visit.address.clone(),
                    column: index,
                    corner: visit.corner,
                    relative: visit.relative,
                    offset: LogicalOffset::from_physical(inside, mode, own_column.size, own.size),
                    size: LogicalSize::from_physical(own.size, mode),
                    border: LogicalSides::from_physical(&own.border, mode),
                    is_inline: own.context == ContextKind::InlineBox,
                });
            });
        }
        pieces
    }

    fn fragment_at(&self, address: &Address) -> Option<&Fragment> {
        let mut fragment = &self.parts.get(address.part)?.child.fragment;
        for &number in &address.path {
            fragment = &fragment.children().get(number)?.fragment;
        }
        Some(fragment)
    }

    /// Adds to the children of a fragment.
    pub fn add_at(&mut self, address: &Address, link: FragmentLink) {
        let (boxes, mode) = (self.layouter.boxes, self.mode);
        let part = self.parts.get_mut(address.part).map(|part| &mut part.child.fragment);
        if let Some(Fragment::Box(fragment)) = part {
            add_below(boxes, Arc::make_mut(fragment), &address.path, link, mode);
        }
    }

    /// Has a flow go on after its last column: in a new one beside it; or where the container around ends and the row is
    /// full, in the next column of that. Nothing where there are too many.
    pub fn add_column_after(&mut self, flow: &Flow) -> Option<()> {
        let last = flow.columns.last()?.clone();
        if flow.id == self.id {
            return self.add_own_column();
        }
        let boxes = self.layouter.boxes;
        let outer = self.flow_of(container_around(boxes, flow.id)?);
        let around = outer.columns.iter().rposition(|column| last.address.is_in(&column.address))?;
        let outer_column = &outer.columns[around];
        let row: Vec<&FlowColumn> = flow
            .columns
            .iter()
            .filter(|column| {
                column.address.parent() == last.address.parent() && column.offset.block == last.offset.block
            })
            .collect();
        let columns = self.columns_in(flow)?;
        let ends_before =
            last.offset.block + last.size.block < outer_column.offset.block + outer_column.size.block;
        let (target, inline, block, block_size) = if ends_before || row.len() < columns.count {
            let Fragment::Box(parent) = self.fragment_at(&last.address.parent())? else { return None };
            let number = *last.address.path.last()?;
            let link = parent.children.get(number)?;
            let at = LogicalOffset::from_physical(link.offset, flow.mode, parent.size, link.fragment.size());
            (last.address.parent(), at.inline + columns.inline_size + columns.gap, at.block, last.size.block)
        } else {
            let inline = row.first()?.offset.inline - outer_column.offset.inline;
            if around + 1 >= outer.columns.len() {
                self.add_column_after(&outer)?;
            }
            let outer = self.flow_of(outer.id);
            let next = outer.columns.get(around + 1)?;
            (next.address.clone(), inline, LayoutUnit::ZERO, next.size.block)
        };
        let size = LogicalSize::new(columns.inline_size, block_size);
        let column = self.empty_column(flow.id, size);
        let within = self.fragment_at(&target)?.size();
        let offset = LogicalOffset::new(inline, block).to_physical(flow.mode, within, column.size());
        self.add_at(
            &target,
            FragmentLink { offset, margin: Sides::default(), fragment: column, is_hidden: false },
        );
        Some(())
    }

    fn add_own_column(&mut self) -> Option<()> {
        if self.parts.len() >= MAX_COLUMNS {
            return None;
        }
        if let Some(end) = self.content_end
            && self.parts.last().is_some_and(|part| !part.is_column)
        {
            // After a spanning box a row begins.
            let size = LogicalSize::new(self.columns.inline_size, end - self.block);
            return self.push_column(LogicalOffset::new(self.edges.inline_start, self.block), size);
        }
        let last = self.parts.iter().rfind(|part| part.is_column)?;
        let size = LogicalSize::from_physical(last.child.fragment.size(), self.mode);
        let step = self.columns.inline_size + self.columns.gap;
        let offset = LogicalOffset::new(last.child.offset.inline + step, last.child.offset.block);
        self.push_column(offset, size)
    }

    fn push_column(&mut self, offset: LogicalOffset, size: LogicalSize) -> Option<()> {
        let child = Child {
            offset,
            relative: LayoutVector::default(),
            margin: Sides::default(),
            fragment: self.empty_column(self.id, size),
            out_of_flow: ThinVec::new(),
        };
        self.parts.push(Part { child, is_column: true });
        Some(())
    }

    /// The used columns of a flow.
    fn columns_in(&self, flow: &Flow) -> Option<Columns> {
        let parent = flow.columns.first()?.address.parent();
        let Fragment::Box(parent) = self.fragment_at(&parent)? else { return None };
        let content = LogicalSize::from_physical(parent.content_box().size, flow.mode);
        Some(Columns::new(&self.layouter.boxes.get(flow.id).style, content.inline))
    }
}

fn add_below(
    boxes: &BoxTree,
    fragment: &mut BoxFragment,
    path: &[usize],
    link: FragmentLink,
    mode: WritingMode,
) {
    match path.split_first() {
        None => {
            let mut children = std::mem::take(&mut fragment.children).into_vec();
            children.push(link);
            fragment.children = children.into_boxed_slice();
        }
        Some((&next, rest)) => {
            let inner = fragment.children.get_mut(next).map(|child| &mut child.fragment);
            if let Some(Fragment::Box(inner)) = inner {
                add_below(boxes, Arc::make_mut(inner), rest, link, mode);
            }
        }
    }
    fragment.scrollable_overflow = overflow::of_box(boxes, fragment, &fragment.children, &[], None, mode);
    fragment.special.set_bands(overflow::bands(&fragment.children, &[]));
}
