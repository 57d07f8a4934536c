//! Replaced content: images, frames, canvases.
//! <https://drafts.csswg.org/css2/#inline-replaced-width>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize, inset};
use fanlight_css::ComputedStyle;

use crate::box_tree::{BoxId, Replaced};
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing;
use crate::formatting::{Constraints, FragmentBuilder, LayoutResult, Layouter, MinMax};
use crate::fragment::ContextKind;
use crate::style;

/// The natural dimensions along the axes of a box.
struct Natural {
    inline: Option<LayoutUnit>,
    block: Option<LayoutUnit>,
    /// Inline size divided by block size.
    ratio: Option<f32>,
    /// What of the two sizes is around the box that the ratio is of: the edges, when `box-sizing` makes it the border box.
    /// <https://drafts.csswg.org/css-sizing-4/#aspect-ratio>
    around: LogicalSize,
}

impl Natural {
    fn new(content: &Replaced, computed: &ComputedStyle, mode: WritingMode, edges: LogicalSides) -> Natural {
        let natural = &content.natural;
        // https://drafts.csswg.org/css-sizing-4/#aspect-ratio: a natural ratio is preferred to one after `auto`.
        let preferred = style::aspect_ratio_is_preferred(computed);
        let ratio = preferred.or(natural.ratio).or_else(|| style::aspect_ratio(computed));
        let around = match preferred {
            Some(_) if style::is_border_box(computed) => {
                LogicalSize::new(edges.inline_sum(), edges.block_sum())
            }
            _ => LogicalSize::ZERO,
        };
        let size = LogicalSize::new(natural.width, natural.height).transposed_if(!mode.is_horizontal());
        let contained_inline = style::contained_inline_size(computed, mode);
        let contained_block = style::contained_block_size(computed, mode);
        // https://drafts.csswg.org/css-contain-2/#containment-size: without natural ratio.
        let ratio = if contained_block.is_some() { style::aspect_ratio(computed) } else { ratio };
        let ratio = if mode.is_horizontal() { ratio } else { ratio.map(f32::recip) };
        // A ratio that the author prefers makes the natural block size follow from the natural inline size, both of the
        // content box.
        let block = match (preferred.and(ratio), size.inline) {
            (Some(ratio), Some(inline)) if ratio > 0.0 => Some(inline / ratio),
            _ => size.block,
        };
        Natural {
            inline: contained_inline.or(size.inline.map(LayoutUnit::from_f32)),
            block: contained_block.or(block.map(LayoutUnit::from_f32)),
            ratio,
            around,
        }
    }

    /// The inline size that goes with a block size.
    fn inline_of(&self, block: LayoutUnit) -> Option<LayoutUnit> {
        let ratio = self.ratio?;
        Some(((block + self.around.block) * ratio - self.around.inline).clamp_negative_to_zero())
    }

    /// The block size that goes with an inline size.
    fn block_of(&self, inline: LayoutUnit) -> Option<LayoutUnit> {
        let ratio = self.ratio.filter(|ratio| *ratio > 0.0)?;
        let block = LayoutUnit::from_f32((inline + self.around.inline).to_f32() / ratio);
        Some((block - self.around.block).clamp_negative_to_zero())
    }
}

/// The border-box size of replaced content.
pub(crate) fn size(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    content: &Replaced,
    constraints: &Constraints,
) -> LogicalSize {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, constraints.margin_basis).sum();
    let limits = sizing::replaced_limits(&computed, mode, constraints, edges);
    size_within(&Natural::new(content, &computed, mode, edges), &limits, mode, edges)
}

/// The border-box size of replaced content whose own size and limits along one of its axes do not count: flex items are
/// measured so along the main axis. <https://drafts.csswg.org/css-flexbox-1/#algo-main-item>
pub(crate) fn content_size(
    layouter: &Layouter<'_>,
    id: BoxId,
    content: &Replaced,
    constraints: &Constraints,
    main_is_inline: bool,
) -> LogicalSize {
    let computed = &layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = sizing::edges(computed, mode, constraints.margin_basis).sum();
    let limits = sizing::replaced_limits(computed, mode, constraints, edges).without_own_size(
        main_is_inline,
        constraints,
        edges,
    );
    size_within(&Natural::new(content, computed, mode, edges), &limits, mode, edges)
}

/// The border-box size within limits on the content box.
fn size_within(
    natural: &Natural,
    limits: &sizing::ReplacedLimits,
    mode: WritingMode,
    edges: LogicalSides,
) -> LogicalSize {
    let inline_limit = |size: LayoutUnit| limits.clamp_inline(size);
    let block_limit = |size: LayoutUnit| limits.clamp_block(size);
    let default = LogicalSize::new(LayoutUnit::from_px(300), LayoutUnit::from_px(150))
        .transposed_if(!mode.is_horizontal());
    let (inline, block) = match (limits.inline, limits.block) {
        (Some(inline), Some(block)) => (inline_limit(inline), block_limit(block)),
        (Some(inline), None) => {
            let inline = inline_limit(inline);
            let block = natural.block_of(inline).or(natural.block).unwrap_or(default.block);
            (inline, block_limit(block))
        }
        (None, Some(block)) => {
            let block = block_limit(block);
            let inline = natural.inline_of(block).or(natural.inline).unwrap_or(default.inline);
            (inline_limit(inline), block)
        }
        (None, None) => {
            let inline = match (
                natural.inline,
                natural.block.and_then(|block| natural.inline_of(block)),
                natural.ratio,
            ) {
                (Some(inline), _, _) | (None, Some(inline), _) => inline,
                // https://drafts.csswg.org/css2/#inline-replaced-width: as a block would be.
                // Where nothing is known of that it asks for nothing.
                (None, None, Some(_)) => {
                    limits.stretch.unwrap_or(if limits.fills { LayoutUnit::ZERO } else { default.inline })
                }
                _ => default.inline,
            };
            let block = match natural.block {
                Some(block) if natural.inline.is_some() || natural.ratio.is_none() => block,
                _ => natural.block_of(inline).unwrap_or(default.block),
            };
            limits.constrain(inline, block, natural.ratio)
        }
    };
    LogicalSize::new(inline + edges.inline_sum(), block + edges.block_sum())
}

/// Lays out replaced content.
pub(crate) fn layout(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    content: &Replaced,
    constraints: &Constraints,
) -> LayoutResult {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, constraints.margin_basis);
    let size = size(layouter, id, content, constraints);
    let mut builder = FragmentBuilder::new(id, mode, ContextKind::Replaced, edges);
    let physical = size.to_physical(mode);
    let sides: LogicalSides = edges.sum();
    let content_box = inset(LayoutRect::from_size(physical), sides.to_physical(mode));
    builder.object_rect = Some(object_rect(&computed, content, content_box));
    builder.finish(layouter, size, size.block)
}

/// Where `object-fit` and `object-position` put the content.
/// <https://drafts.csswg.org/css-images-3/#the-object-fit>
fn object_rect(computed: &ComputedStyle, content: &Replaced, content_box: LayoutRect) -> LayoutRect {
    let area = (content_box.size.width.to_f32(), content_box.size.height.to_f32());
    let (width, height) = style::object_size(computed, &content.natural, area);
    let size = LayoutSize::new(LayoutUnit::from_f32(width), LayoutUnit::from_f32(height));
    let (x, y) = style::object_position(computed, area.0 - width, area.1 - height);
    LayoutRect::new(
        LayoutPoint::new(
            content_box.origin.x + LayoutUnit::from_f32(x),
            content_box.origin.y + LayoutUnit::from_f32(y),
        ),
        size,
    )
}

/// The content-box intrinsic sizes: what the content would be without its own inline sizing properties.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    content: &Replaced,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, LayoutUnit::ZERO).sum();
    let constraints = Constraints {
        percentage: LogicalSize::new(None, block_basis),
        available: LogicalSize::new(None, None),
        ..Constraints::new(mode, LogicalSize::new(None, None), mode)
    };
    let size = size(layouter, id, content, &constraints);
    let inline = (size.inline - edges.inline_sum()).clamp_negative_to_zero();
    MinMax { min: sizing::compressed(&computed, mode, inline), max: inline }
}
