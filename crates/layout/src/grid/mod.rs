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

use fanlight_base::LayoutUnit;

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::{BlockBasis, Layouter, MinMax, sizing};
use crate::fragment::ContextKind;
use crate::style;
use crate::taffy_tree::{self, Algorithm, Contents, InlineQuestion, Lengths, Node, Question, Style};

pub(crate) use passes::compute;
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
