//! What sizing properties ask of replaced content, which has a ratio of its own to keep.

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::values::size::Size;

use super::super::Constraints;
use super::{edges, margins_or_zero, resolve, to_border_box};
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::style;

/// The content-box sizes that properties and parent ask of replaced content.
pub(crate) struct ReplacedLimits {
    /// The preferred inline size.
    pub inline: Option<LayoutUnit>,
    /// The preferred block size.
    pub block: Option<LayoutUnit>,
    /// The inline size that fills the container.
    pub stretch: Option<LayoutUnit>,
    /// Whether its inline size is automatic: with a ratio alone it has that which fills the container.
    pub fills: bool,
    min: LogicalSize,
    max: LogicalSize,
}

impl ReplacedLimits {
    /// The same, where along one of the axes only counts what the parent has decided.
    #[must_use]
    pub fn without_own_size(
        mut self,
        is_inline: bool,
        constraints: &Constraints,
        edges: LogicalSides,
    ) -> ReplacedLimits {
        let content = |size: Option<LayoutUnit>, around: LayoutUnit| {
            size.map(|size| (size - around).clamp_negative_to_zero())
        };
        if is_inline {
            self.inline = content(constraints.fixed.inline, edges.inline_sum());
            (self.min.inline, self.max.inline) = (LayoutUnit::ZERO, LayoutUnit::MAX);
        } else {
            self.block = content(constraints.fixed.block, edges.block_sum());
            (self.min.block, self.max.block) = (LayoutUnit::ZERO, LayoutUnit::MAX);
        }
        self
    }

    pub fn clamp_inline(&self, size: LayoutUnit) -> LayoutUnit {
        size.min(self.max.inline).max(self.min.inline)
    }

    pub fn clamp_block(&self, size: LayoutUnit) -> LayoutUnit {
        size.min(self.max.block).max(self.min.block)
    }

    /// Brings a size within the limits, keeping its ratio where it has one.
    /// <https://drafts.csswg.org/css2/#min-max-widths>
    pub fn constrain(
        &self,
        inline: LayoutUnit,
        block: LayoutUnit,
        ratio: Option<f32>,
    ) -> (LayoutUnit, LayoutUnit) {
        if ratio.is_none() || inline <= LayoutUnit::ZERO || block <= LayoutUnit::ZERO {
            return (self.clamp_inline(inline), self.clamp_block(block));
        }
        let (w, h) = (inline, block);
        let max = LogicalSize::new(self.max.inline.max(self.min.inline), self.max.block.max(self.min.block));
        let min = self.min;
        let block_for = |inline: LayoutUnit| inline.mul_div(h, w);
        let inline_for = |block: LayoutUnit| block.mul_div(w, h);
        // Which limit is passed by more decides; compared crosswise, in whole 1/64 px.
        let product = |one: LayoutUnit, other: LayoutUnit| i64::from(one.raw()) * i64::from(other.raw());
        match (w > max.inline, w < min.inline, h > max.block, h < min.block) {
            (true, _, true, _) if product(max.inline, h) <= product(max.block, w) => {
                (max.inline, block_for(max.inline).max(min.block))
            }
            (true, _, true, _) => (inline_for(max.block).max(min.inline), max.block),
            (_, true, _, true) if product(min.inline, h) <= product(min.block, w) => {
                (inline_for(min.block).min(max.inline), min.block)
            }
            (_, true, _, true) => (min.inline, block_for(min.inline).min(max.block)),
            (_, true, true, _) => (min.inline, max.block),
            (true, _, _, true) => (max.inline, min.block),
            (true, ..) => (max.inline, block_for(max.inline).max(min.block)),
            (_, true, ..) => (min.inline, block_for(min.inline).min(max.block)),
            (_, _, true, _) => (inline_for(max.block).max(min.inline), max.block),
            (_, _, _, true) => (inline_for(min.block).min(max.inline), min.block),
            _ => (w, h),
        }
    }
}

/// The limits on replaced content; keywords for intrinsic sizes count as `auto`.
pub(crate) fn replaced_limits(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    edges: LogicalSides,
) -> ReplacedLimits {
    let horizontal = mode.is_horizontal();
    let margins = margins_or_zero(computed, mode, constraints.margin_basis);
    let stretch = LogicalSize::new(
        constraints.available.inline.map(|available| available - margins.inline_sum() - edges.inline_sum()),
        constraints.available.block.map(|available| available - margins.block_sum() - edges.block_sum()),
    );
    let of = |size: &Size, basis: Option<LayoutUnit>, around: LayoutUnit, stretch: Option<LayoutUnit>| {
        match size {
            Size::LengthPercentage(size) => {
                resolve(size, basis).map(|size| to_border_box(computed, size, around) - around)
            }
            Size::Stretch => stretch.map(LayoutUnit::clamp_negative_to_zero),
            _ => None,
        }
    };
    let inline_of = |size: &Size| of(size, constraints.percentage.inline, edges.inline_sum(), stretch.inline);
    let block_of = |size: &Size| of(size, constraints.percentage.block, edges.block_sum(), stretch.block);
    let fixed = |size: Option<LayoutUnit>, around: LayoutUnit| {
        size.map(|size| (size - around).clamp_negative_to_zero())
    };
    let unbounded = |max: Option<LayoutUnit>| max.unwrap_or(LayoutUnit::MAX);
    let fixed_inline = fixed(constraints.fixed.inline, edges.inline_sum());
    let fixed_block = fixed(constraints.fixed.block, edges.block_sum());
    let mut limits = ReplacedLimits {
        inline: fixed_inline.or_else(|| inline_of(style::size(computed, horizontal))),
        block: fixed_block.or_else(|| block_of(style::size(computed, !horizontal))),
        stretch: stretch.inline.map(LayoutUnit::clamp_negative_to_zero),
        fills: style::size(computed, horizontal).is_auto(),
        min: LogicalSize::new(
            inline_of(style::min_size(computed, horizontal)).unwrap_or_default(),
            block_of(style::min_size(computed, !horizontal)).unwrap_or_default(),
        ),
        max: LogicalSize::new(
            unbounded(inline_of(&style::max_size(computed, horizontal))),
            unbounded(block_of(&style::max_size(computed, !horizontal))),
        ),
    };
    // What the parent decided holds.
    if fixed_inline.is_some() {
        (limits.min.inline, limits.max.inline) = (LayoutUnit::ZERO, LayoutUnit::MAX);
    }
    if fixed_block.is_some() {
        (limits.min.block, limits.max.block) = (LayoutUnit::ZERO, LayoutUnit::MAX);
    }
    limits
}

/// The min-content inline size of a content box whose content is this long, and can be compressed: percentages of its own
/// sizes count as zero. <https://drafts.csswg.org/css-sizing-3/#replaced-percentage-min-contribution>
pub(crate) fn compressed(computed: &ComputedStyle, mode: WritingMode, content: LayoutUnit) -> LayoutUnit {
    let max = compression(computed, mode, &style::max_size(computed, mode.is_horizontal()));
    compressed_by_size(computed, mode, content).min(max.unwrap_or(LayoutUnit::MAX))
}

/// The same of a form control, whose greatest size Chromium does not ask.
pub(crate) fn compressed_by_size(
    computed: &ComputedStyle,
    mode: WritingMode,
    content: LayoutUnit,
) -> LayoutUnit {
    let size = compression(computed, mode, style::size(computed, mode.is_horizontal()));
    content.min(size.unwrap_or(LayoutUnit::MAX))
}

/// What is left of a size with a percentage.
fn compression(computed: &ComputedStyle, mode: WritingMode, size: &Size) -> Option<LayoutUnit> {
    let Size::LengthPercentage(length) = size else { return None };
    if !length.has_percentage() {
        return None;
    }
    let edges = edges(computed, mode, LayoutUnit::ZERO).sum().inline_sum();
    resolve(length, Some(LayoutUnit::ZERO)).map(|size| to_border_box(computed, size, edges) - edges)
}
