//! Absolutely positioned boxes whose containing block is in the columns, broken over these as it may be.
//! <https://drafts.csswg.org/css-break-4/#transforms>
//!
//! The fragments of the containing block, put together again, are the area that insets refer to. Where the box begins in
//! it says in which column; from there on the box is broken like any other.

use std::sync::Arc;

use fanlight_base::geometry::{LayoutRect, LayoutSize, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};

use super::container::Container;
use super::flow::{Flow, Piece, container_around};
use crate::box_tree::{BoxId, BoxTree};
use crate::flow::{LogicalOffset, LogicalSize, WritingMode};
use crate::formatting::{Constraints, OutOfFlow, builder};
use crate::fragment::{Fragment, FragmentLink};
use crate::fragmentation::{BreakRequest, BreakToken, Fragmentainer};
use crate::positioned::{self, Positioned};
use crate::style::{self, Positioning};

/// Lays out the positioned boxes that wait in columns for a containing block in these. In columns that are in others this
/// is left to the outermost container, as it knows all fragments.
pub(super) fn place(container: &mut Container<'_, '_>) {
    if container.constraints.fragmentainer.is_some() {
        return;
    }
    let (boxes, id) = (container.layouter.boxes, container.id);
    let mut pending: Vec<(usize, OutOfFlow)> = Vec::new();
    for (index, part) in container.parts.iter_mut().enumerate().filter(|(_, part)| part.is_column) {
        part.child.out_of_flow.retain(|&waiting| {
            let is_inside = containing_block(boxes, waiting.box_id, id).is_some();
            if is_inside {
                pending.push((index, waiting));
            }
            !is_inside
        });
    }
    pending.sort_by_key(|(_, waiting)| boxes.tree_order(waiting.box_id));
    pending.reverse();
    while let Some((part, waiting)) = pending.pop() {
        for (part, inside) in place_one(container, part, waiting).into_iter().rev() {
            if containing_block(boxes, inside.box_id, id).is_some() {
                pending.push((part, inside));
            } else {
                container.parts[part].child.out_of_flow.push(inside);
            }
        }
    }
}

/// The containing block of a positioned box, where that is in the columns of a container.
fn containing_block(boxes: &BoxTree, id: BoxId, container: BoxId) -> Option<BoxId> {
    let is_fixed = style::position(&boxes.get(id).style) == Positioning::Fixed;
    boxes.ancestors(id).take_while(|&ancestor| ancestor != container).find(|&ancestor| {
        let computed = &boxes.get(ancestor).style;
        if is_fixed { style::contains_fixed(computed) } else { style::contains_absolute(computed) }
    })
}

/// Lays out one positioned box, and returns those inside that wait in turn, with the parts that they are in.
fn place_one(container: &mut Container<'_, '_>, part: usize, waiting: OutOfFlow) -> Vec<(usize, OutOfFlow)> {
    let boxes = container.layouter.boxes;
    let Some(id) = containing_block(boxes, waiting.box_id, container.id) else { return Vec::new() };
    let Some(around) = container_around(boxes, id) else { return Vec::new() };
    let flow = container.flow_of(around);
    let mode = flow.mode;
    let pieces = container.pieces_of(&flow, id);
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    // Block offsets from here on are those of the flow, through all columns.
    let start = flow.columns[first.column].before + first.offset.block + first.border.block_start;
    let end = if first.is_inline {
        flow.columns[last.column].before + last.offset.block + last.size.block - last.border.block_end
    } else {
        let padding_box = |piece: &Piece| piece.size.block - piece.border.block_sum();
        start + pieces.iter().map(padding_box).sum()
    };
    let is_rtl = style::writing_mode(&boxes.get(id).style).is_rtl;
    // An inline box begins in its first fragment and ends in its last, in its own direction.
    let (from, to) = match (first.is_inline, is_rtl == mode.is_rtl) {
        (false, _) => (first, first),
        (true, true) => (first, last),
        (true, false) => (last, first),
    };
    let inline_start = from.offset.inline + from.border.inline_start;
    let inline_end = to.offset.inline + to.size.inline - to.border.inline_end;
    let area = LogicalSize::new(inline_end - inline_start, end - start).to_physical(mode);
    let mut waiting = waiting;
    waiting.static_position.point -= first.relative;
    let at = static_offset(container, &flow, part, &waiting);
    let at = LogicalOffset::new(at.inline - inline_start, at.block - start);
    waiting.static_position.point = at.to_physical(mode, area, LayoutSize::default());
    let area_mode = WritingMode { is_rtl, ..mode };
    let Positioned { link, constraints, .. } =
        positioned::place_one(container.layouter, waiting, LayoutRect::from_size(area), area_mode);
    let offset = LogicalOffset::from_physical(link.offset, mode, area, link.fragment.size());
    let beginning = Beginning {
        id: waiting.box_id,
        column: first.column,
        inline: inline_start + offset.inline,
        block: start + offset.block - flow.columns[first.column].before,
        margin: link.margin,
    };
    lay_out(container, flow, &pieces, beginning, &constraints)
}

/// Where a box in a part would be if it were not positioned, in the terms of a flow.
fn static_offset(
    container: &Container<'_, '_>,
    flow: &Flow,
    part: usize,
    waiting: &OutOfFlow,
) -> LogicalOffset {
    let outer = container.parts[part].child.fragment.size();
    let point = waiting.static_position.point;
    let at = LogicalOffset::from_physical(point, flow.mode, outer, LayoutSize::default());
    let in_part = || flow.columns.iter().filter(|column| column.address.part == part);
    let holds = |column: &&super::flow::FlowColumn| {
        let inline = column.offset.inline;
        at.block >= column.offset.block && at.inline >= inline && at.inline <= inline + column.size.inline
    };
    match in_part().rfind(holds).or_else(|| in_part().next()) {
        Some(column) => LogicalOffset::new(
            at.inline - column.offset.inline,
            column.before + at.block - column.offset.block,
        ),
        None => at,
    }
}

/// Where a positioned box begins.
struct Beginning {
    id: BoxId,
    /// The column of the containing block's first fragment.
    column: usize,
    /// From that column's start.
    inline: LayoutUnit,
    block: LayoutUnit,
    margin: Sides<LayoutUnit>,
}

/// Lays out a positioned box from where it begins, column by column.
fn lay_out(
    container: &mut Container<'_, '_>,
    mut flow: Flow,
    pieces: &[Piece],
    beginning: Beginning,
    constraints: &Constraints,
) -> Vec<(usize, OutOfFlow)> {
    let Beginning { id, column: mut index, inline, mut block, margin } = beginning;
    while block < LayoutUnit::ZERO && index > 0 {
        index -= 1;
        block += flow.columns[index].size.block;
    }
    while let Some(size) = flow.columns.get(index).map(|column| column.size.block)
        && block >= size
        && size > LayoutUnit::ZERO
        && next_column(container, &mut flow, index)
    {
        block -= size;
        index += 1;
    }
    let mut inside = Vec::new();
    let mut token: Option<Arc<BreakToken>> = None;
    while let Some(column) = flow.columns.get(index).cloned() {
        let fragmentainer =
            Fragmentainer { block_size: Some(column.size.block), offset: block, depth: 0, grows: false };
        let constraints = Constraints { fragmentainer: Some(fragmentainer), ..*constraints };
        let request = BreakRequest { resume: token.as_deref(), early: None };
        let result = container.layouter.layout_fragment(id, &constraints, request);
        let column_size = column.size.to_physical(flow.mode);
        let in_column =
            LogicalOffset::new(inline, block).to_physical(flow.mode, column_size, result.fragment.size);
        let relative = pieces.first().map_or(LayoutVector::default(), |first| first.relative);
        let mut offset = in_column + column.corner.to_vector() + relative;
        inside.extend(
            result.out_of_flow.iter().map(|&waiting| (column.address.part, builder::moved(waiting, offset))),
        );
        // It is a child of its containing block's fragment in the same column, whose clips it is subject to.
        let piece = pieces.iter().rfind(|piece| piece.column == index && !piece.is_inline);
        let (address, corner) = match piece {
            Some(piece) => (&piece.address, piece.corner),
            None => (&column.address, column.corner),
        };
        offset -= corner.to_vector();
        let fragment = Fragment::Box(result.fragment.clone());
        container.add_at(address, FragmentLink { offset, margin, fragment, is_hidden: false });
        token = result.breaks.as_ref().and_then(|info| info.token.clone());
        block = LayoutUnit::ZERO;
        if token.is_none() || !next_column(container, &mut flow, index) {
            break;
        }
        index += 1;
    }
    inside
}

/// Makes sure that there is a column after one.
fn next_column(container: &mut Container<'_, '_>, flow: &mut Flow, index: usize) -> bool {
    if index + 1 < flow.columns.len() {
        return true;
    }
    if container.add_column_after(flow).is_none() {
        return false;
    }
    *flow = container.flow_of(flow.id);
    index + 1 < flow.columns.len()
}
