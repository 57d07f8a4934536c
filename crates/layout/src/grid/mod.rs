//! Grid containers. <https://drafts.csswg.org/css-grid-2/>
//!
//! [`template`] gives taffy the tracks, lines and areas; taffy places items, sizes tracks and aligns. Where there are
//! [`subgrid`]s or [`baseline`]s it does so in [`passes`], which tell it what it cannot find out itself.

mod axis;
mod baseline;
mod inside;
mod passes;
mod subgrid;
mod template;

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::values::NormalOr;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::{BlockBasis, FragmentBuilder, Layouter, MinMax, sizing};
use crate::fragment::ContextKind;
use crate::style::{self, Positioning};
use crate::taffy_tree::{self, Algorithm, Contents, InlineQuestion, Lengths, Node, Question, Style, Tree};

pub(crate) use passes::{area_size, compute};
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
    if template::fills_with_columns(&computed)
        && let Size::LengthPercentage(min) = style::min_size(&computed, mode.is_horizontal())
        && let Some(min) = sizing::resolve(min, None)
    {
        let min = sizing::to_border_box(&computed, min, sums.inline_sum());
        tree.container.min_size.width = taffy::LengthPercentageAuto::length(taffy_tree::to_taffy(min));
    }
    if let Some(gap) = indefinite_gap(&computed.flex.column_gap) {
        tree.container.gap.width = gap;
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
        stretch_past_ratio(&mut style);
        Node::new(child, style)
    };
    ordered.into_iter().map(style).collect()
}

/// What is left of a gap with a percentage that refers to nothing, where that is something.
/// <https://drafts.csswg.org/css-align-3/#column-row-gap>
fn indefinite_gap(gap: &NormalOr<LengthPercentage>) -> Option<taffy::LengthPercentage> {
    let NormalOr::Value(gap) = gap else { return None };
    let length = sizing::resolve_or_zero(gap, None);
    gap.has_percentage().then(|| taffy::LengthPercentage::length(taffy_tree::to_taffy(length)))
}

/// Whether one of these rows is as high as what is in it, at least.
/// <https://drafts.csswg.org/css-grid-2/#intrinsic-sizing-function>
pub(crate) fn has_intrinsic_row(tree: &Tree<'_, '_>, rows: &Range<usize>) -> bool {
    let implicit = &tree.container.grid_auto_rows;
    let before = tree.info.as_ref().map_or(0, |info| usize::from(info.rows.negative_implicit_tracks));
    let template = &tree.container.grid_template_rows;
    let size_of = |row: usize| {
        let explicit = row.checked_sub(before).and_then(|row| template.get(row));
        match explicit {
            Some(taffy::GridTemplateComponent::Single(size)) => Some(*size),
            // Only tracks of fixed sizes are repeated automatically.
            Some(taffy::GridTemplateComponent::Repeat(_)) => None,
            None => implicit.get(row.checked_rem(implicit.len())?).copied(),
        }
    };
    rows.clone().any(|row| size_of(row).is_none_or(|size| size.min.is_intrinsic() || size.max.is_intrinsic()))
}

/// The border-box block size of a grid whose row gap depends on it. `None` where taffy finds it.
pub(crate) fn natural_block_size(tree: &mut Tree<'_, '_>, question: Question) -> Option<LayoutUnit> {
    let gap = indefinite_gap(&tree.layouter.boxes.get(tree.id).style.flex.row_gap)?;
    let own = std::mem::replace(&mut tree.container.gap.height, gap);
    let output = tree.perform(Algorithm::Grid, question);
    tree.container.gap.height = own;
    Some(taffy_tree::from_taffy(output.size.height))
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

/// An item with an aspect ratio that is stretched along one axis has its size along the other from there, unless that is
/// given or stretched too. taffy would stretch it along lines first.
/// <https://drafts.csswg.org/css-grid-2/#grid-item-sizing>
fn stretch_past_ratio(style: &mut Style) {
    if style.aspect_ratio.is_none() {
        return;
    }
    let is = |own: Option<taffy::AlignItems>, keyword: taffy::AlignItemsKeyword| {
        own.is_some_and(|own| own.keyword == keyword)
    };
    let margin = &style.margin;
    let block = is(style.align_self, taffy::AlignItemsKeyword::Stretch)
        && style.size.height.is_auto()
        && !margin.top.is_auto()
        && !margin.bottom.is_auto();
    let inline = is(style.justify_self, taffy::AlignItemsKeyword::Stretch)
        && style.size.width.is_auto()
        && !margin.left.is_auto()
        && !margin.right.is_auto();
    if block && (inline || !style.size.width.is_auto()) || inline && !style.size.height.is_auto() {
        style.aspect_ratio = None;
    } else if block && is(style.justify_self, taffy::AlignItemsKeyword::Normal) {
        style.justify_self = Some(taffy::AlignItems::START);
    }
}
