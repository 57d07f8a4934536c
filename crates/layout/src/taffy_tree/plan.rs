//! A flex or grid container as it is where nothing breaks it, as what is broken over fragmentainers: flows of rows.
//!
//! Rows follow one another along the block axis, items of a row stand side by side. The lines of a row-wise flex container
//! and the rows of a grid are one such flow; each line of a column-wise flex container is a flow of its own, beside the
//! others, with one item in each row. <https://drafts.csswg.org/css-break-4/#parallel-flows>

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;
use fanlight_css::values::align::SelfPosition;
use fanlight_css::values::size::Size;

use super::container::Solved;
use super::{Algorithm, Contents, Node, Tree, from_taffy, place_from_taffy, static_place};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::{Constraints, Layouter, StaticAlignment, builder};
use crate::fragmentation::rules::{self, BreakBetween};
use crate::{flex, grid, style};

/// A container whose items have their sizes and places.
#[derive(Debug)]
pub(crate) struct Plan {
    pub items: Vec<PlannedItem>,
    pub flows: Vec<Vec<PlannedRow>>,
    /// The border-box inline size.
    pub inline: LayoutUnit,
    /// The border-box block size that the items ask for.
    pub intrinsic: LayoutUnit,
    /// What comes of that after the last row.
    pub tail: LayoutUnit,
    /// The first and the last baseline.
    pub baselines: [Option<LayoutUnit>; 2],
    pub out_of_flow: Vec<PlannedOutOfFlow>,
}

/// An item; offsets are from the container's block-start border edge.
#[derive(Debug)]
pub(crate) struct PlannedItem {
    pub id: BoxId,
    /// What it is told, its size included.
    pub constraints: Constraints,
    pub offset: LogicalOffset,
    /// The border box along the container's axes.
    pub size: LogicalSize,
    pub margin: LogicalSides,
    pub relative: LayoutVector,
    /// The row of its flow after those that it is in.
    pub end_row: usize,
    /// Whether it is as high as its row.
    pub stretches: bool,
    /// Whether it may grow past its size where breaks take room.
    pub grows: bool,
    pub is_monolithic: bool,
}

impl PlannedItem {
    /// Where its border box ends.
    pub fn end(&self) -> LayoutUnit {
        self.offset.block + self.size.block
    }
}

/// Items side by side.
#[derive(Debug)]
pub(crate) struct PlannedRow {
    /// Where it begins, with the margins before its items.
    pub start: LayoutUnit,
    /// Where what is in it begins that a break may come before.
    pub border: LayoutUnit,
    pub end: LayoutUnit,
    pub items: Vec<usize>,
    /// What is said of the place before it.
    pub before: BreakBetween,
    /// What is said of the place after it.
    pub after: BreakBetween,
}

/// A box that is out of flow, at its static position.
#[derive(Debug)]
pub(crate) struct PlannedOutOfFlow {
    pub id: BoxId,
    pub offset: LogicalOffset,
    pub inline: StaticAlignment,
    pub block: StaticAlignment,
}

impl Contents {
    /// Lays a container out where nothing breaks it.
    pub(super) fn plan(
        &self,
        layouter: &mut Layouter<'_>,
        id: BoxId,
        constraints: &Constraints,
    ) -> Arc<Plan> {
        let Solved { tree, output, inline, intrinsic, content, edges, .. } =
            self.solve(layouter, id, constraints);
        let content_start = edges.sum().block_start;
        let out_of_flow = output.oof_candidates.iter().filter_map(|candidate| {
            let (inline, inline_alignment) = static_place(&candidate.static_position.x);
            let (block, block_alignment) = static_place(&candidate.static_position.y);
            let node = tree.items.get(super::index(candidate.node))?;
            let offset = LogicalOffset::new(inline, block);
            Some(PlannedOutOfFlow { id: node.id, offset, inline: inline_alignment, block: block_alignment })
        });
        let out_of_flow = out_of_flow.collect();
        let in_flow: Vec<&Node> = tree.items.iter().filter(|node| node.result.is_some()).collect();
        let definite = constraints.fixed.block.is_some() || content.block.is_some();
        let mut items: Vec<PlannedItem> = in_flow
            .iter()
            .filter_map(|node| planned_item(&tree, self.algorithm, node, content, definite))
            .collect();
        let flows = match self.algorithm {
            Algorithm::Grid => vec![grid_rows(&tree, &in_flow, &mut items)],
            Algorithm::Flex => {
                let computed = &tree.layouter.boxes.get(id).style;
                let mut flows = flex_flows(&tree, &mut items);
                if flex::has_one_row(computed)
                    && let Some(row) = flows.first_mut().and_then(|rows| rows.first_mut())
                {
                    // Its line fills it.
                    row.start = content_start;
                    row.border = content_start;
                }
                flows
            }
        };
        let end = flows.iter().filter_map(|rows| rows.last()).map(|row| row.end).max();
        let first = output.baselines.first.map(from_taffy);
        Arc::new(Plan {
            tail: intrinsic - end.unwrap_or(intrinsic),
            items,
            flows,
            inline,
            intrinsic,
            baselines: tree.baselines.unwrap_or([first, None]),
            out_of_flow,
        })
    }
}

fn planned_item(
    tree: &Tree<'_, '_>,
    algorithm: Algorithm,
    node: &Node,
    content: LogicalSize<Option<LayoutUnit>>,
    is_definite: bool,
) -> Option<PlannedItem> {
    let boxes = tree.layouter.boxes;
    let result = node.result.as_ref()?;
    let size = LogicalSize::from_physical(result.fragment.size, tree.mode);
    let computed = &boxes.get(node.id).style;
    let own_mode = style::writing_mode(computed);
    let asked = tree.layouter.cache.question(node.id, result);
    let mut constraints = asked.unwrap_or_else(|| Constraints::new(tree.mode, content, own_mode));
    let own_size = size.transposed_if(own_mode.is_orthogonal_to(tree.mode));
    constraints.fixed = LogicalSize::new(Some(own_size.inline), Some(own_size.block));
    let is_auto = style::is_block_size_auto(computed, tree.mode);
    let margin = &node.layout.margin;
    let has_auto_margins = node.style.margin.top.is_auto() || node.style.margin.bottom.is_auto();
    let aligned = match computed.flex.align_self.position {
        SelfPosition::Auto => boxes.get(tree.id).style.flex.align_items.position,
        own => own,
    };
    let is_column = algorithm == Algorithm::Flex && flex::is_column(&boxes.get(tree.id).style);
    let is_stretched = matches!(aligned, SelfPosition::Normal | SelfPosition::Stretch);
    let stretches = !is_column && is_auto && is_stretched && !has_auto_margins;
    let content = match (&tree.info, &node.area) {
        (Some(info), Some(area)) => grid::area_size(info, area),
        _ => content,
    };
    let grows = is_auto
        && match algorithm {
            // Of a row that is as high as its container no item is higher.
            Algorithm::Flex if !is_column => {
                let fills = tree.container.flex_wrap == taffy::FlexWrap::NoWrap && is_definite && stretches;
                !fills
            }
            Algorithm::Flex => {
                let shrinks = computed.flex.flex_shrink != 0.0 && is_definite;
                let min = style::min_size(computed, !tree.mode.is_horizontal());
                !shrinks || matches!(min, Size::Auto) && !style::is_scroll_container(computed)
            }
            Algorithm::Grid => {
                node.area.as_ref().is_some_and(|area| grid::has_intrinsic_row(tree, &area.block))
            }
        };
    Some(PlannedItem {
        id: node.id,
        constraints,
        offset: LogicalOffset::new(
            place_from_taffy(node.layout.location.x),
            place_from_taffy(node.layout.location.y),
        ),
        size,
        margin: LogicalSides {
            inline_start: from_taffy(margin.left),
            inline_end: from_taffy(margin.right),
            block_start: from_taffy(margin.top),
            block_end: from_taffy(margin.bottom),
        },
        relative: builder::relative_offset(tree.layouter, node.id, tree.mode, content),
        end_row: 0,
        stretches,
        grows,
        is_monolithic: rules::is_monolithic(boxes, node.id),
    })
}

/// A row of these items. What is said of breaks before or after any of them is said of the row.
fn row(tree: &Tree<'_, '_>, items: &[PlannedItem], in_row: Vec<usize>) -> PlannedRow {
    let boxes = tree.layouter.boxes;
    let of = |index: &usize| &items[*index];
    let start = in_row.iter().map(of).map(|item| item.offset.block - item.margin.block_start).min();
    let end = in_row.iter().map(of).map(|item| item.end() + item.margin.block_end).max();
    let joined = |between: &dyn Fn(BoxId) -> BreakBetween| {
        in_row.iter().map(|&index| between(items[index].id)).fold(BreakBetween::default(), BreakBetween::and)
    };
    PlannedRow {
        start: start.unwrap_or_default(),
        border: start.unwrap_or_default(),
        end: end.unwrap_or_default(),
        before: joined(&|id| rules::break_before(boxes, id)),
        after: joined(&|id| rules::break_after(boxes, id)),
        items: in_row,
    }
}

fn grid_rows(tree: &Tree<'_, '_>, nodes: &[&Node], items: &mut [PlannedItem]) -> Vec<PlannedRow> {
    let area =
        |index: usize| nodes.get(index).and_then(|node| node.area.as_ref()).map(|area| area.block.clone());
    let mut order: Vec<(Range<usize>, usize)> =
        (0..items.len()).map(|index| (area(index).unwrap_or(0..1), index)).collect();
    order.sort_by_key(|(tracks, index)| (tracks.start, *index));
    let starts = {
        let mut starts: Vec<usize> = order.iter().map(|(tracks, _)| tracks.start).collect();
        starts.dedup();
        starts
    };
    let positions = tree.info.as_ref().map_or(&[][..], |info| &info.rows.positions);
    for (tracks, index) in &order {
        items[*index].end_row = starts.partition_point(|&start| start < tracks.end);
    }
    let of = |&start: &usize| {
        let in_row: Vec<usize> =
            order.iter().filter(|(tracks, _)| tracks.start == start).map(|&(_, index)| index).collect();
        let mut row = row(tree, items, in_row);
        if let Some(track) = positions.get(start) {
            (row.start, row.end) = (from_taffy(track.start), from_taffy(track.end));
            row.border = row.start;
        }
        row
    };
    starts.iter().map(of).collect()
}

fn flex_flows(tree: &Tree<'_, '_>, items: &mut [PlannedItem]) -> Vec<Vec<PlannedRow>> {
    let wraps = tree.container.flex_wrap != taffy::FlexWrap::NoWrap;
    let is_column = flex::is_column(&tree.layouter.boxes.get(tree.id).style);
    let is_reversed = matches!(
        tree.container.flex_direction,
        taffy::FlexDirection::RowReverse | taffy::FlexDirection::ColumnReverse
    );
    // Margin boxes in a line do not overlap.
    let along = |item: &PlannedItem| {
        let (margin, offset, size) = (&item.margin, item.offset, item.size);
        match is_column {
            true => (offset.block - margin.block_start, offset.block + size.block + margin.block_end),
            false => (offset.inline - margin.inline_start, offset.inline + size.inline + margin.inline_end),
        }
    };
    let follows = |first: (LayoutUnit, LayoutUnit), second: (LayoutUnit, LayoutUnit)| {
        second.0 + LayoutUnit::EPSILON >= first.1
    };
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for index in 0..items.len() {
        let goes_on = match lines.last().and_then(|line| line.last()) {
            None => false,
            Some(_) if !wraps => true,
            Some(&last) if is_reversed => follows(along(&items[index]), along(&items[last])),
            Some(&last) => follows(along(&items[last]), along(&items[index])),
        };
        match lines.last_mut() {
            Some(line) if goes_on => line.push(index),
            _ => lines.push(vec![index]),
        }
    }
    if !is_column {
        let mut rows: Vec<PlannedRow> = lines.into_iter().map(|line| row(tree, items, line)).collect();
        rows.sort_by_key(|row| row.start);
        for (number, row) in rows.iter().enumerate() {
            for &index in &row.items {
                items[index].end_row = number + 1;
            }
        }
        return vec![rows];
    }
    lines
        .into_iter()
        .map(|mut line| {
            line.sort_by_key(|&index| items[index].offset.block);
            for (number, &index) in line.iter().enumerate() {
                items[index].end_row = number + 1;
            }
            // The margin before a single item is truncated where a break comes before it.
            let of = |index: usize| PlannedRow {
                border: items[index].offset.block,
                ..row(tree, items, vec![index])
            };
            line.into_iter().map(of).collect()
        })
        .collect()
}
