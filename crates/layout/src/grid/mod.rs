//! Grid containers. <https://drafts.csswg.org/css-grid-2/>
//!
//! taffy places items between the lines and in the areas of [`template`]. [`track_sizing`] gives the [`tracks`] their sizes
//! from what items [contribute](contribution), and each item is laid out in its [`area`]. [`passes`] is the way through, with
//! what [`subgrid`]s and [`baseline`]s add.

mod absolute;
mod area;
mod auto_repeat;
mod axis;
mod baseline;
mod contribution;
mod distribute;
mod inside;
mod passes;
mod subgrid;
mod template;
mod track_sizing;
mod tracks;
mod tracks_of_container;

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::values::size::Size;

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::{BlockBasis, FragmentBuilder, Layouter, MinMax, sizing};
use crate::fragment::ContextKind;
use crate::style::{self, Positioning};
use crate::taffy_tree::{self, Algorithm, Contents, InlineQuestion, Lengths, Node, Question, Tree};

pub(crate) use passes::{PlacementQuestion, Places, area_size, compute};
pub(crate) use subgrid::SubgridAxis;

/// What sets grid containers apart.
pub(crate) const CONTENTS: Contents = Contents {
    algorithm: Algorithm::Grid,
    context: ContextKind::Grid,
    container_style: template::container_style,
    items,
};

/// The content-box sizes of a grid container: the sums of its tracks.
/// <https://drafts.csswg.org/css-grid-2/#intrinsic-sizes>
pub(crate) fn content_sizes(layouter: &mut Layouter<'_>, id: BoxId, basis: BlockBasis) -> MinMax {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, LayoutUnit::ZERO);
    let sums = edges.sum();
    let block = sizing::intrinsic_percentage_block(layouter, id, basis).map(|inner| inner + sums.block_sum());
    let mut tree = CONTENTS.tree(layouter, id, &edges, (None, None));
    if let Size::LengthPercentage(min) = style::min_size(&computed, mode.is_horizontal())
        && let Some(min) = sizing::resolve(min, None)
    {
        tree.limits.inline.0 = Some(sizing::to_border_box(&computed, min, sums.inline_sum()));
    }
    let mut of = |inline: InlineQuestion| {
        let question = Question { inline, block, block_is_definite: true };
        (tree.inline_size(Algorithm::Grid, question) - sums.inline_sum()).clamp_negative_to_zero()
    };
    let min = of(InlineQuestion::MinContent);
    MinMax { min, max: of(InlineQuestion::MaxContent).max(min) }
}

fn items(lengths: &mut Lengths, layouter: &mut Layouter<'_>, id: BoxId, mode: WritingMode) -> Vec<Node> {
    let BoxKind::Grid(children) = &layouter.boxes.get(id).kind else { return Vec::new() };
    let ordered = taffy_tree::in_order(layouter, children);
    let style = |child: BoxId| {
        let mut style = taffy_tree::item_style(lengths, layouter, mode, child);
        template::item_style(&layouter.boxes.get(child).style, &mut style);
        template::fill_along(subgrid::axes_of(layouter, mode, child), &mut style);
        Node::new(child, style)
    };
    ordered.into_iter().map(style).collect()
}

/// Whether one of these rows is as high as what is in it, at least.
/// <https://drafts.csswg.org/css-grid-2/#intrinsic-sizing-function>
pub(crate) fn has_intrinsic_row(tree: &Tree<'_, '_>, rows: &Range<usize>) -> bool {
    tree.intrinsic_rows.get(rows.clone()).is_some_and(|rows| rows.contains(&true))
}

/// Gives absolutely positioned boxes deeper inside that say where they are in this grid their areas as containing blocks.
/// <https://drafts.csswg.org/css-grid-2/#abspos>
pub(crate) fn give_areas_to_descendants(
    tree: &mut Tree<'_, '_>,
    builder: &mut FragmentBuilder,
    question: Question,
) {
    let boxes = tree.layouter.boxes;
    let is_placed = |id: &BoxId| {
        let computed = &boxes.get(*id).style;
        let lines = [
            &computed.grid.grid_column_start,
            &computed.grid.grid_column_end,
            &computed.grid.grid_row_start,
            &computed.grid.grid_row_end,
        ];
        style::position(computed) == Positioning::Absolute && lines.iter().any(|line| !line.is_auto())
    };
    let placed: Vec<BoxId> = builder.waiting_inside().filter(is_placed).collect();
    if placed.is_empty() {
        return;
    }
    let count = tree.items.len();
    for id in placed {
        let mut style = taffy_tree::item_style(&mut tree.lengths, tree.layouter, tree.mode, id);
        template::item_style(&boxes.get(id).style, &mut style);
        tree.items.push(Node::new(id, style));
    }
    let output = tree.perform(Algorithm::Grid, question);
    for candidate in output.oof_candidates.iter() {
        let index = usize::from(candidate.node).wrapping_sub(1);
        if let Some(node) = tree.items.get(index).filter(|_| index >= count) {
            builder.add_area(node.id, taffy_tree::area_of(candidate));
        }
    }
    tree.items.truncate(count);
}
