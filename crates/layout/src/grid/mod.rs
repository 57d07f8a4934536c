//! Grid containers. <https://drafts.csswg.org/css-grid-2/>
//!
//! [`template`] gives taffy the tracks, lines and areas; taffy places items, sizes tracks and aligns.

mod template;

use fanlight_base::LayoutUnit;

use crate::box_tree::{BoxId, BoxKind};
use crate::flow::WritingMode;
use crate::formatting::{Constraints, LayoutResult, Layouter, MinMax, sizing};
use crate::fragment::ContextKind;
use crate::style;
use crate::taffy_tree::{self, Algorithm, Contents, InlineQuestion, Lengths, Question, Style};

const CONTENTS: Contents = Contents {
    algorithm: Algorithm::Grid,
    context: ContextKind::Grid,
    container_style: template::container_style,
    items,
};

/// Lays out a grid container.
pub(crate) fn layout(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutResult {
    taffy_tree::layout(layouter, id, constraints, &CONTENTS)
}

/// The border-box block size that the items ask for.
pub(crate) fn content_block_size(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
) -> LayoutUnit {
    taffy_tree::content_block_size(layouter, id, constraints, &CONTENTS)
}

/// The content-box sizes of a grid container: the sums of its tracks.
/// <https://drafts.csswg.org/css-grid-2/#intrinsic-sizes>
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, LayoutUnit::ZERO);
    let sums = edges.sum();
    let block = match style::size(&computed, !mode.is_horizontal()) {
        fanlight_css::values::size::Size::LengthPercentage(length) => sizing::resolve(length, block_basis)
            .map(|size| sizing::to_border_box(&computed, size, sums.block_sum())),
        _ => None,
    };
    let mut tree = CONTENTS.tree(layouter, id, &edges, (None, None));
    let mut of = |inline: InlineQuestion| {
        let question = Question { inline, block, block_is_definite: true };
        (tree.inline_size(Algorithm::Grid, question) - sums.inline_sum()).clamp_negative_to_zero()
    };
    let min = of(InlineQuestion::MinContent);
    MinMax { min, max: of(InlineQuestion::MaxContent).max(min) }
}

fn items(
    lengths: &mut Lengths,
    layouter: &mut Layouter<'_>,
    id: BoxId,
    mode: WritingMode,
) -> Vec<(BoxId, Style)> {
    let BoxKind::Grid(children) = &layouter.boxes.get(id).kind else { return Vec::new() };
    let ordered = taffy_tree::in_order(layouter, children);
    let style = |child: BoxId| {
        let mut style = taffy_tree::item_style(lengths, layouter, mode, child);
        template::item_style(&layouter.boxes.get(child).style, &mut style);
        (child, style)
    };
    ordered.into_iter().map(style).collect()
}
