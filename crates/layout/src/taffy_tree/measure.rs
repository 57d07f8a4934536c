//! What taffy asks about an item, put to the item's own formatting context.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::values::size::Size;
use taffy::{AvailableSpace, Baselines, LayoutInput, LayoutOutput, RequestedAxis, SizingMode};

use super::lengths::{from_taffy, to_taffy};
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalSize, WritingMode};
use crate::formatting::block_dependence::depends_on_block_size;
use crate::formatting::{BlockBasis, Constraints, LayoutResult, Layouter, sizing};
use crate::table::MAX_INTRINSIC_SIZE as MAX_TABLE_SIZE;
use crate::{replaced, style, table};

pub(super) fn mode_of(layouter: &Layouter<'_>, id: BoxId) -> WritingMode {
    style::writing_mode(&layouter.boxes.get(id).style)
}

/// What items must know of their container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    pub mode: WritingMode,
    /// Whether baselines that are synthesized are in the middle.
    pub has_central_baseline: bool,
    /// The content-box inline size, where percentages of margins and padding refer to it whatever taffy says.
    pub content_inline: Option<LayoutUnit>,
    /// Whether it is a flex container whose lines run along its own.
    pub is_flex_row: bool,
    /// Whether it is one whose lines are as high as their items ask for.
    pub is_high_as_items: bool,
    /// Whether it is a flex container that breaks into columns: how wide those are is not known while items are measured,
    /// and taffy then says how wide the container is.
    pub breaks_columns: bool,
}

/// The question in the item's own axes.
struct Asked {
    mode: WritingMode,
    is_orthogonal: bool,
    /// Border-box sizes that taffy has decided.
    known: LogicalSize<Option<LayoutUnit>>,
    available: LogicalSize<AvailableSpace>,
    constraints: Constraints,
}

impl Asked {
    fn new(layouter: &Layouter<'_>, container: Container, id: BoxId, input: &LayoutInput) -> Asked {
        let container_mode = container.mode;
        let computed = &layouter.boxes.get(id).style;
        let mode = style::writing_mode(computed);
        let is_orthogonal = mode.is_orthogonal_to(container_mode);
        let units = |size: taffy::Size<Option<f32>>| {
            LogicalSize::new(size.width.map(from_taffy), size.height.map(from_taffy))
        };
        let known = units(input.known_dimensions).transposed_if(is_orthogonal);
        let available = LogicalSize::new(input.available_space.width, input.available_space.height)
            .transposed_if(is_orthogonal);
        let mut constraints =
            Constraints::new(container_mode, units(input.parent_size), mode).shrink_to_fit();
        if let (None, Some(basis)) = (input.parent_size.width, container.content_inline) {
            // taffy leaves out the size that an item must not refer to; its margins and padding may.
            constraints.margin_basis = basis;
        }
        let margins = sizing::margins_or_zero(computed, mode, constraints.margin_basis).sums();
        let room = |space: AvailableSpace, margins: LayoutUnit| match space {
            AvailableSpace::Definite(space) => Some(from_taffy(space) + margins),
            _ => None,
        };
        constraints.available =
            LogicalSize::new(room(available.inline, margins.inline), room(available.block, margins.block));
        constraints.fixed_block_is_definite = is_orthogonal || input.known_dimensions_are_definite.height;
        Asked { mode, is_orthogonal, known, available, constraints }
    }

    /// The constraints with decided sizes. What no longer matters is left out, so that the same question is asked in the
    /// same words and its answer is found again.
    fn constraints(&self, inline: Option<LayoutUnit>, block: Option<LayoutUnit>) -> Constraints {
        let mut constraints = self.constraints;
        if let Some(inline) = inline {
            constraints.fixed.inline = Some(inline);
            constraints.available.inline = Some(inline);
            constraints.percentage.inline = None;
        }
        // Nothing is stretched across lines: taffy has done that.
        constraints.available.block = None;
        match block {
            Some(block) => {
                constraints.fixed.block = Some(block);
                constraints.percentage.block = None;
            }
            None => constraints.fixed_block_is_definite = true,
        }
        constraints
    }

    /// From the item's axes to taffy's.
    fn size(&self, inline: LayoutUnit, block: LayoutUnit) -> taffy::Size<f32> {
        let size = LogicalSize::new(inline, block).transposed_if(self.is_orthogonal);
        taffy::Size { width: to_taffy(size.inline), height: to_taffy(size.block) }
    }
}

/// The border-box size of an item.
pub(super) fn size(
    layouter: &mut Layouter<'_>,
    container: Container,
    id: BoxId,
    input: &LayoutInput,
) -> taffy::Size<f32> {
    let asked = Asked::new(layouter, container, id, input);
    let tree = layouter.boxes;
    let ignores_own_size = input.sizing_mode == SizingMode::ContentSize;
    if let BoxKind::Replaced(content) = &tree.get(id).kind {
        let constraints = asked.constraints(asked.known.inline, asked.known.block);
        let is_intrinsic =
            matches!(asked.available.inline, AvailableSpace::MinContent | AvailableSpace::MaxContent);
        let size = if ignores_own_size {
            let main_is_inline = (input.axis == RequestedAxis::Horizontal) != asked.is_orthogonal;
            let mut constraints = constraints;
            if main_is_inline && asked.available.inline == AvailableSpace::MaxContent {
                // What has a ratio alone fills the container.
                constraints.available.inline = container.content_inline.filter(|_| !asked.is_orthogonal);
            }
            replaced::content_size(layouter, id, content, &constraints, main_is_inline)
        } else if is_intrinsic
            && !asked.is_orthogonal
            && asked.known.inline.is_none()
            && asked.known.block.is_none()
        {
            let size = replaced::size(layouter, id, content, &constraints);
            LogicalSize::new(inherent_inline_size(layouter, container.mode, id, &asked), size.block)
        } else {
            replaced::size(layouter, id, content, &constraints)
        };
        return asked
            .size(asked.known.inline.unwrap_or(size.inline), asked.known.block.unwrap_or(size.block));
    }
    let mut asked = asked;
    if container.breaks_columns
        && ignores_own_size
        && !asked.is_orthogonal
        && style::size(&tree.get(id).style, asked.mode.is_horizontal()).is_auto()
        && let Some(room) = asked.known.inline.take()
    {
        asked.available.inline = AvailableSpace::Definite(to_taffy(room));
    }
    let asked = asked;
    // Along the cross axis of a flex container its own size counts all the same.
    let crosses_inline = (input.axis == RequestedAxis::Vertical) != asked.is_orthogonal
        && sizing::is_intrinsic(style::size(&tree.get(id).style, asked.mode.is_horizontal()));
    let inline = asked.known.inline.unwrap_or_else(|| {
        if ignores_own_size && !crosses_inline {
            if let Some(inline) = transferred_inline_size(layouter, id, &asked) {
                return inline;
            }
            let definite = asked.known.block.filter(|_| container.is_flex_row && !asked.is_orthogonal);
            let block = BlockBasis { percentage: asked.constraints.percentage.block, definite };
            let contents = layouter.content_sizes(id, asked.constraints.margin_basis, block);
            match asked.available.inline {
                AvailableSpace::MinContent => {
                    let computed = &tree.get(id).style;
                    if let Some(size) = through_known_block(computed, &asked) {
                        // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-minimum
                        return size.max(contents.min);
                    }
                    sizing::content_inline_through_ratio(
                        computed,
                        asked.mode,
                        &asked.constraints,
                        contents.min,
                    )
                }
                AvailableSpace::MaxContent => {
                    match container.content_inline.or(asked.constraints.percentage.inline) {
                        // A table that would be as wide as can be is as wide as there is room.
                        Some(room) if contents.max >= MAX_TABLE_SIZE => contents.shrink_to_fit(room),
                        _ => contents.max,
                    }
                }
                AvailableSpace::Definite(space) => contents.shrink_to_fit(from_taffy(space)),
            }
        } else {
            inherent_inline_size(layouter, container.mode, id, &asked)
        }
    });
    let needs_block = match input.axis {
        RequestedAxis::Horizontal => asked.is_orthogonal,
        RequestedAxis::Vertical => !asked.is_orthogonal,
        RequestedAxis::Both => true,
    };
    if !needs_block {
        return asked.size(inline, LayoutUnit::ZERO);
    }
    let block = asked.known.block.unwrap_or_else(|| {
        let constraints = asked.constraints(Some(inline), None);
        let computed = &tree.get(id).style;
        if ignores_own_size
            && computed.flex.flex_basis == Size::Content
            && asked.available.block != AvailableSpace::MinContent
            && let Some(ratio) = sizing::preferred_ratio(computed, asked.mode)
        {
            // https://drafts.csswg.org/css-flexbox-1/#algo-main-item: its own size along the main axis does not count.
            let edges = sizing::edges(computed, asked.mode, asked.constraints.margin_basis).sum();
            let (from, to) = (edges.inline_sum(), edges.block_sum());
            return sizing::through_ratio(computed, inline, ratio.recip(), from, to);
        }
        if ignores_own_size && !takes_ratio(layouter, id, &asked) {
            let content = content_block_size(layouter, id, &constraints);
            sizing::content_block_through_ratio(computed, asked.mode, &asked.constraints, content)
        } else {
            let result = layouter.layout(id, &constraints);
            LogicalSize::from_physical(result.fragment.size, asked.mode).block
        }
    });
    asked.size(inline, block)
}

/// Whether an automatic block size comes from the inline size and an aspect ratio. The automatic minimum does not.
fn takes_ratio(layouter: &Layouter<'_>, id: BoxId, asked: &Asked) -> bool {
    let computed = &layouter.boxes.get(id).style;
    let size = style::size(computed, !asked.mode.is_horizontal());
    asked.available.block != AvailableSpace::MinContent
        && (size.is_auto() || sizing::is_intrinsic(size))
        && sizing::preferred_ratio(computed, asked.mode).is_some()
}

/// The inline size of an item whose block size is known and that has an aspect ratio. The automatic minimum is as large as
/// the content too.
fn transferred_inline_size(layouter: &Layouter<'_>, id: BoxId, asked: &Asked) -> Option<LayoutUnit> {
    if asked.available.inline == AvailableSpace::MinContent {
        return None;
    }
    through_known_block(&layouter.boxes.get(id).style, asked)
}

/// The inline size that a known block size and an aspect ratio give.
fn through_known_block(computed: &ComputedStyle, asked: &Asked) -> Option<LayoutUnit> {
    let ratio = sizing::preferred_ratio(computed, asked.mode)?;
    let edges = sizing::edges(computed, asked.mode, asked.constraints.margin_basis).sum();
    Some(sizing::through_ratio(computed, asked.known.block?, ratio, edges.block_sum(), edges.inline_sum()))
}

/// The border-box block size that the content asks for.
fn content_block_size(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutUnit {
    let layout_box = layouter.boxes.get(id);
    let mode = style::writing_mode(&layout_box.style);
    if let Some(contained) = style::contained_block_size(&layout_box.style, mode) {
        let edges = sizing::edges(&layout_box.style, mode, constraints.margin_basis).sum();
        return contained + edges.block_sum();
    }
    if table::has_captions(&layout_box.kind) {
        // Its block size is that of its grid alone, which only its own layout knows.
        let result = layouter.layout(id, constraints);
        return LogicalSize::from_physical(result.fragment.size, mode).block;
    }
    let ignores_block_size = !style::is_block_size_auto(&layout_box.style, mode);
    layouter.layout(id, &Constraints { ignores_block_size, ..*constraints }).intrinsic_block_size
}

/// The border-box inline size of an item whose own sizing properties count.
fn inherent_inline_size(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    asked: &Asked,
) -> LayoutUnit {
    let block_basis = asked.constraints.percentage.block;
    // Seen in its own writing mode the item is parallel to its container.
    let container_mode = if asked.is_orthogonal { asked.mode } else { container_mode };
    match asked.available.inline {
        AvailableSpace::MinContent => sizing::contribution(layouter, container_mode, id, block_basis).min,
        AvailableSpace::MaxContent => sizing::contribution(layouter, container_mode, id, block_basis).max,
        AvailableSpace::Definite(_) => {
            sizing::inline_size(layouter, id, &asked.constraints(None, asked.known.block))
        }
    }
}

/// The border-box block size that the content of an item asks for, its inline size being known and `room` that of its
/// container.
pub(crate) fn natural_block_size(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    room: LayoutUnit,
    inline: LayoutUnit,
) -> LayoutUnit {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    if let Some(ratio) = sizing::preferred_ratio(&computed, mode) {
        let edges = sizing::edges(&computed, mode, room).sum();
        let (from, to) = (edges.inline_sum(), edges.block_sum());
        return sizing::through_ratio(&computed, inline, ratio.recip(), from, to);
    }
    let container = LogicalSize::new(Some(room), None);
    let mut constraints = Constraints::new(container_mode, container, mode).shrink_to_fit();
    constraints.fixed.inline = Some(inline);
    constraints.available.inline = Some(inline);
    constraints.percentage.inline = None;
    content_block_size(layouter, id, &constraints)
}

/// A block size within the limits that name what content asks for: taffy knows no such limits across lines.
/// <https://drafts.csswg.org/css-sizing-3/#min-size-properties>
fn within_content(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    asked: &Asked,
    inline: LayoutUnit,
    block: LayoutUnit,
) -> LayoutUnit {
    let computed = layouter.boxes.get(id).style.clone();
    let vertical = !asked.mode.is_horizontal();
    let has_max = sizing::is_intrinsic(&style::max_size(&computed, vertical));
    let has_min = sizing::is_intrinsic(style::min_size(&computed, vertical));
    if !has_max && !has_min || matches!(layouter.boxes.get(id).kind, BoxKind::Replaced(_)) {
        return block;
    }
    let content = match sizing::preferred_ratio(&computed, asked.mode) {
        Some(ratio) => {
            let edges = sizing::edges(&computed, asked.mode, asked.constraints.margin_basis).sum();
            let (from, to) = (edges.inline_sum(), edges.block_sum());
            sizing::through_ratio(&computed, inline, ratio.recip(), from, to)
        }
        None => content_block_size(layouter, id, &asked.constraints(Some(inline), None)),
    };
    let least = match style::min_size(&computed, vertical) {
        Size::LengthPercentage(least) => sizing::resolve(least, asked.constraints.percentage.block)
            .map(|least| sizing::to_border_box(&computed, least, LayoutUnit::ZERO)),
        _ => None,
    };
    let block = if has_max { block.min(content).max(least.unwrap_or_default()) } else { block };
    if has_min { block.max(content) } else { block }
}

/// Lays an item out.
pub(super) fn layout(
    layouter: &mut Layouter<'_>,
    container: Container,
    id: BoxId,
    input: &LayoutInput,
) -> (Arc<LayoutResult>, LayoutOutput) {
    let asked = Asked::new(layouter, container, id, input);
    let inline = match (asked.known.inline, asked.available.inline) {
        (Some(inline), _) => Some(inline),
        (None, AvailableSpace::Definite(_)) => None,
        (None, _) => match &layouter.boxes.get(id).kind {
            BoxKind::Replaced(_) => None,
            _ => Some(inherent_inline_size(layouter, container.mode, id, &asked)),
        },
    };
    let block = match (inline, asked.known.block) {
        (Some(inline), Some(block)) => Some(within_content(layouter, id, &asked, inline, block)),
        (_, block) => block,
    };
    let as_measured = inline.zip(block).filter(|_| container.is_high_as_items);
    let as_measured =
        as_measured.and_then(|(inline, block)| laid_out_as_measured(layouter, id, &asked, inline, block));
    let result = as_measured.unwrap_or_else(|| layouter.layout(id, &asked.constraints(inline, block)));
    let size = LogicalSize::from_physical(result.fragment.size, asked.mode);
    let block = LogicalSize::from_physical(result.fragment.size, container.mode).block;
    let synthesized = container.mode.synthesized_baseline(block, container.has_central_baseline);
    let baseline = |baseline: Option<LayoutUnit>| {
        Some(to_taffy(baseline.filter(|_| !asked.is_orthogonal).unwrap_or(synthesized)))
    };
    let baselines = Baselines {
        first: baseline(result.fragment.first_baseline),
        last: baseline(result.fragment.last_baseline),
    };
    let output = LayoutOutput::from_sizes_and_baselines(
        asked.size(size.inline, size.block),
        taffy::Rect::ZERO,
        baselines,
    );
    (result, output)
}

/// The layout with which an item was measured whose line came out as high as it is already: like browsers this does not lay it
/// out once more, and what is inside has no definite block size to refer to.
fn laid_out_as_measured(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    asked: &Asked,
    inline: LayoutUnit,
    block: LayoutUnit,
) -> Option<Arc<LayoutResult>> {
    let computed = &layouter.boxes.get(id).style;
    if asked.is_orthogonal
        || !style::is_block_size_auto(computed, asked.mode)
        || depends_on_block_size(layouter, id)
    {
        return None;
    }
    let result = layouter.layout(id, &asked.constraints(Some(inline), None));
    (LogicalSize::from_physical(result.fragment.size, asked.mode).block == block).then_some(result)
}
