//! Sizes of boxes from their properties. <https://drafts.csswg.org/css-sizing-4/>
//!
//! All sizes are border-box sizes along the box's own axes, unless a name says otherwise.

mod replaced;

pub(crate) use replaced::{ReplacedLimits, compressed, compressed_by_size, replaced_limits};

use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::{MaxSize, Size};

use super::{AutoSize, BlockBasis, Constraints, Layouter, MinMax, orthogonal};
use crate::box_tree::{AnonymousKind, BoxId, BoxKind, BoxSource};
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::style;

/// The used length, cut off as Chromium does; `None` where a percentage has nothing to refer to.
pub(crate) fn resolve(length: &LengthPercentage, basis: Option<LayoutUnit>) -> Option<LayoutUnit> {
    match (length.to_length(), basis) {
        (Some(px), _) => Some(LayoutUnit::from_f32(px)),
        (None, Some(basis)) => Some(LayoutUnit::from_f32(length.resolve(basis.to_f32()))),
        (None, None) => None,
    }
}

/// The used length where percentages that have nothing to refer to count as zero.
pub(crate) fn resolve_or_zero(length: &LengthPercentage, basis: Option<LayoutUnit>) -> LayoutUnit {
    resolve(length, Some(basis.unwrap_or_default())).unwrap_or_default()
}

/// Borders and padding of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edges {
    pub border: LogicalSides,
    pub padding: LogicalSides,
}

impl Edges {
    pub(crate) fn sum(&self) -> LogicalSides {
        self.border + self.padding
    }
}

/// The used border and padding widths. `basis` is the inline size of the containing block.
pub(crate) fn edges(computed: &ComputedStyle, mode: WritingMode, basis: LayoutUnit) -> Edges {
    Edges {
        border: LogicalSides::from_physical(&style::border_widths(computed), mode),
        padding: LogicalSides::from_physical(&padding(computed, basis), mode),
    }
}

fn padding(computed: &ComputedStyle, basis: LayoutUnit) -> Sides<LayoutUnit> {
    style::padding(computed).map(|padding| resolve_or_zero(padding, Some(basis)).clamp_negative_to_zero())
}

/// The margins, `auto` as `None`. `basis` is the inline size of the containing block; `mode` says which sides are meant.
pub(crate) fn margins(
    computed: &ComputedStyle,
    mode: WritingMode,
    basis: LayoutUnit,
) -> LogicalSides<Option<LayoutUnit>> {
    let physical = style::margins(computed).map(|margin| match margin {
        AutoOr::Auto => None,
        AutoOr::Value(length) => Some(resolve_or_zero(length, Some(basis))),
    });
    LogicalSides::from_physical(&physical, mode)
}

/// The margins with `auto` as zero.
pub(crate) fn margins_or_zero(
    computed: &ComputedStyle,
    mode: WritingMode,
    basis: LayoutUnit,
) -> LogicalSides {
    let margins = margins(computed, mode, basis);
    LogicalSides {
        inline_start: margins.inline_start.unwrap_or_default(),
        inline_end: margins.inline_end.unwrap_or_default(),
        block_start: margins.block_start.unwrap_or_default(),
        block_end: margins.block_end.unwrap_or_default(),
    }
}

/// Whether margins, borders or padding keep what is in an inline box away from what is before or after it.
pub(crate) fn inline_ends_take_room(computed: &ComputedStyle) -> bool {
    // Of percentages it matters only whether they are zero.
    let basis = LayoutUnit::from_px(1000);
    let mode = style::writing_mode(computed);
    let sides = margins_or_zero(computed, mode, basis) + edges(computed, mode, basis).sum();
    sides.inline_start != LayoutUnit::ZERO || sides.inline_end != LayoutUnit::ZERO
}

/// From what the sizing properties say to a border-box size.
/// <https://drafts.csswg.org/css-sizing-3/#box-sizing>
pub(crate) fn to_border_box(computed: &ComputedStyle, size: LayoutUnit, edges: LayoutUnit) -> LayoutUnit {
    if style::is_border_box(computed) { size.max(edges) } else { size.clamp_negative_to_zero() + edges }
}

/// What a block-axis sizing property makes the content box, where it names a length.
pub(crate) fn fixed_content_size(
    computed: &ComputedStyle,
    mode: WritingMode,
    size: &Size,
) -> Option<LayoutUnit> {
    let Size::LengthPercentage(length) = size else { return None };
    let edges = edges(computed, mode, LayoutUnit::ZERO).sum().block_sum();
    resolve(length, None).map(|size| to_border_box(computed, size, edges) - edges)
}

/// The content-box block size that a box is given as a length.
pub(crate) fn fixed_content_block_size(computed: &ComputedStyle, mode: WritingMode) -> Option<LayoutUnit> {
    fixed_content_size(computed, mode, style::size(computed, !mode.is_horizontal()))
}

/// The preferred aspect ratio of a box that is not replaced: inline size divided by block size, and whether it relates
/// border boxes. <https://drafts.csswg.org/css-sizing-4/#aspect-ratio>
pub(crate) fn preferred_ratio(computed: &ComputedStyle, mode: WritingMode) -> Option<f32> {
    let ratio = style::aspect_ratio(computed)?;
    Some(if mode.is_horizontal() { ratio } else { ratio.recip() })
}

/// The other size of a box with an aspect ratio, `from` being a border-box size.
pub(crate) fn through_ratio(
    computed: &ComputedStyle,
    from: LayoutUnit,
    factor: f32,
    from_edges: LayoutUnit,
    to_edges: LayoutUnit,
) -> LayoutUnit {
    if style::is_border_box(computed) && !style::ratio_is_content_box(computed) {
        (from * factor).max(to_edges)
    } else {
        (from - from_edges).clamp_negative_to_zero() * factor + to_edges
    }
}

/// What the sizing properties of an axis come to, apart from `auto`.
#[derive(Clone, Copy)]
pub(crate) struct AxisSizes {
    preferred: Option<LayoutUnit>,
    min: Option<LayoutUnit>,
    max: Option<LayoutUnit>,
}

impl AxisSizes {
    /// The same with another lower limit.
    pub(crate) fn with_min(self, min: LayoutUnit) -> AxisSizes {
        AxisSizes { min: Some(min), ..self }
    }

    pub(crate) fn clamp(&self, size: LayoutUnit) -> LayoutUnit {
        let size = self.max.map_or(size, |max| size.min(max));
        self.min.map_or(size, |min| size.max(min))
    }

    /// With limits that an aspect ratio brings over from the other axis, as far as the axis's own limits let them.
    fn with_transferred(self, limits: &AxisSizes) -> AxisSizes {
        let own_min = self.min.unwrap_or_default();
        let max = match (self.max, limits.max.map(|max| max.max(own_min))) {
            (Some(own), Some(transferred)) => Some(own.min(transferred)),
            (own, transferred) => own.or(transferred),
        };
        let transferred = limits.min.map(|min| max.map_or(min, |max| min.min(max)));
        AxisSizes { max, min: self.min.max(transferred), ..self }
    }
}

/// The border-box inline size of a box.
pub(crate) fn inline_size(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutUnit {
    let tree = layouter.boxes;
    let computed = &*tree.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    if let Some(fixed) = constraints.fixed.inline {
        // Columns of the fixed mode can be narrower than what is around the contents of a cell.
        return if style::is_table_cell(computed) { fixed } else { fixed.max(edges.inline_sum()) };
    }
    let margins = margins_or_zero(computed, mode, constraints.margin_basis);
    let room = constraints
        .available
        .inline
        .map(|available| (available - margins.inline_sum()).max(edges.inline_sum()));
    let mut contents = LazyContents { id, constraints, size: None };
    let sizes = inline_axis(layouter, computed, mode, constraints, room, edges, &mut contents);
    let automatic = |layouter: &mut Layouter<'_>, contents: &mut LazyContents<'_>| {
        if let Some(ratio) = preferred_ratio(computed, mode)
            && let Some(block) = definite_block_size(computed, mode, constraints, edges)
        {
            let size = through_ratio(computed, block, ratio, edges.block_sum(), edges.inline_sum());
            // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-minimum
            let minimum = match style::min_size(computed, mode.is_horizontal()) {
                Size::Auto if !style::is_scroll_container(computed) => contents.get(layouter).min,
                _ => LayoutUnit::ZERO,
            };
            return size.max(minimum);
        }
        // Form controls do not fill their container.
        let is_control =
            tree.get(id).control.is_some() && !computed.boxes.position.is_absolutely_positioned();
        match (constraints.inline_auto, room) {
            (AutoSize::Stretch, Some(room)) if !is_control => room,
            (AutoSize::Stretch | AutoSize::FitContent, Some(room)) => {
                contents.get(layouter).shrink_to_fit(room)
            }
            (_, None) => contents.get(layouter).max,
        }
    };
    let preferred = match sizes.preferred {
        Some(preferred) => preferred,
        None => automatic(layouter, &mut contents),
    };
    sizes.clamp(preferred).max(edges.inline_sum())
}

/// The border-box inline size of a box whose automatic inline size is all that is available, whatever its aspect ratio is.
pub(crate) fn filling_inline_size(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
) -> LayoutUnit {
    let computed = &*layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    let margins = margins_or_zero(computed, mode, constraints.margin_basis).inline_sum();
    let room = constraints.available.inline.map(|available| (available - margins).max(edges.inline_sum()));
    let mut contents = LazyContents { id, constraints, size: None };
    let sizes = inline_axis(layouter, computed, mode, constraints, room, edges, &mut contents);
    let preferred = sizes.preferred.or(room).unwrap_or_default();
    sizes.clamp(preferred).max(edges.inline_sum())
}

/// The intrinsic sizes of a box, found when they are first asked for.
struct LazyContents<'c> {
    id: BoxId,
    constraints: &'c Constraints,
    size: Option<MinMax>,
}

impl LazyContents<'_> {
    fn get(&mut self, layouter: &mut Layouter<'_>) -> MinMax {
        *self.size.get_or_insert_with(|| {
            let block = block_basis(layouter, self.id, self.constraints);
            layouter.content_sizes(self.id, self.constraints.margin_basis, block)
        })
    }
}

fn inline_axis(
    layouter: &mut Layouter<'_>,
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    room: Option<LayoutUnit>,
    edges: LogicalSides,
    contents: &mut LazyContents<'_>,
) -> AxisSizes {
    let horizontal = mode.is_horizontal();
    let basis = constraints.percentage.inline;
    let length = |length: &LengthPercentage| {
        resolve(length, basis).map(|size| to_border_box(computed, size, edges.inline_sum()))
    };
    let fit = |contents: MinMax, limit: Option<LayoutUnit>| match limit {
        Some(limit) => contents.shrink_to_fit(limit),
        None => contents.max,
    };
    // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-intrinsic: what content asks for comes from the ratio too.
    let is_replaced = matches!(layouter.boxes.get(contents.id).kind, BoxKind::Replaced(_));
    let from_ratio = preferred_ratio(computed, mode).filter(|_| !is_replaced).and_then(|ratio| {
        let block = definite_block_size(computed, mode, constraints, edges)?;
        Some(through_ratio(computed, block, ratio, edges.block_sum(), edges.inline_sum()))
    });
    let mut asked = |layouter: &mut Layouter<'_>| match from_ratio {
        Some(size) => MinMax::both(size),
        None => contents.get(layouter),
    };
    let mut of = |layouter: &mut Layouter<'_>, size: &Size| match size {
        Size::Auto | Size::Content => None,
        Size::LengthPercentage(size) => length(size),
        Size::MinContent => Some(asked(layouter).min),
        Size::MaxContent => Some(asked(layouter).max),
        Size::FitContent => Some(fit(asked(layouter), room)),
        Size::FitContentFunction(limit) => Some(fit(asked(layouter), length(limit))),
        Size::Stretch => room,
    };
    let preferred = of(layouter, style::size(computed, horizontal));
    let min = of(layouter, style::min_size(computed, horizontal));
    let max = of(layouter, &style::max_size(computed, horizontal));
    let sizes = AxisSizes { preferred, min, max };
    match style::size(computed, horizontal) {
        Size::LengthPercentage(_) | Size::Stretch => sizes,
        _ if matches!(layouter.boxes.get(contents.id).kind, BoxKind::Replaced(_)) => sizes,
        // The block size that the ratio refers to is within its limits.
        _ if definite_block_size(computed, mode, constraints, edges).is_some() => sizes,
        _ => match transferred_limits(computed, mode, constraints, edges) {
            Some(limits) => sizes.with_transferred(&limits),
            None => sizes,
        },
    }
}

/// The limits on the inline size that follow from those on the block size and the aspect ratio.
/// <https://drafts.csswg.org/css-sizing-4/#aspect-ratio-size-transfers>
fn transferred_limits(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    edges: LogicalSides,
) -> Option<AxisSizes> {
    let ratio = preferred_ratio(computed, mode)?;
    let block = block_axis(computed, mode, constraints, edges, None);
    // The least counts most.
    let max = block.max.map(|max| max.max(block.min.unwrap_or_default()));
    let transfer = |size: Option<LayoutUnit>| {
        size.map(|size| through_ratio(computed, size, ratio, edges.block_sum(), edges.inline_sum()))
    };
    Some(AxisSizes { preferred: None, min: transfer(block.min), max: transfer(max) })
}

/// The inline size that content asks of a box with an aspect ratio: what its block size gives, else what is within the limits
/// on that. <https://drafts.csswg.org/css-sizing-4/#aspect-ratio-intrinsic>
pub(crate) fn content_inline_through_ratio(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    content: LayoutUnit,
) -> LayoutUnit {
    let Some(ratio) = preferred_ratio(computed, mode) else { return content };
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    if let Some(block) = definite_block_size(computed, mode, constraints, edges) {
        return through_ratio(computed, block, ratio, edges.block_sum(), edges.inline_sum());
    }
    transferred_limits(computed, mode, constraints, edges).map_or(content, |limits| limits.clamp(content))
}

/// The block size that content asks of a box with an aspect ratio, within what the limits on its inline size give.
/// <https://drafts.csswg.org/css-sizing-4/#aspect-ratio-size-transfers>
pub(crate) fn content_block_through_ratio(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    content: LayoutUnit,
) -> LayoutUnit {
    let Some(ratio) = preferred_ratio(computed, mode) else { return content };
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    let limit = |size: &Size| match size {
        Size::LengthPercentage(length) => {
            let size = resolve(length, constraints.percentage.inline)?;
            let inline = to_border_box(computed, size, edges.inline_sum());
            Some(through_ratio(computed, inline, ratio.recip(), edges.inline_sum(), edges.block_sum()))
        }
        _ => None,
    };
    let horizontal = mode.is_horizontal();
    let min = limit(style::min_size(computed, horizontal));
    let max = limit(&style::max_size(computed, horizontal));
    AxisSizes { preferred: None, min, max }.clamp(content)
}

/// A maximum as a size: `none` bounds as little as `auto` does.
pub(crate) fn max_as_size(max: &MaxSize) -> Size {
    match max {
        MaxSize::None => Size::Auto,
        MaxSize::LengthPercentage(size) => Size::LengthPercentage(size.clone()),
        MaxSize::MinContent => Size::MinContent,
        MaxSize::MaxContent => Size::MaxContent,
        MaxSize::FitContent => Size::FitContent,
        MaxSize::FitContentFunction(limit) => Size::FitContentFunction(limit.clone()),
        MaxSize::Stretch => Size::Stretch,
    }
}

/// Whether a size is what the content asks for.
pub(crate) fn is_intrinsic(size: &Size) -> bool {
    matches!(size, Size::MinContent | Size::MaxContent | Size::FitContent | Size::FitContentFunction(_))
}

/// Whether the limits on a block size name what the content asks for.
pub(crate) fn has_intrinsic_block_limits(computed: &ComputedStyle, mode: WritingMode) -> bool {
    let vertical = !mode.is_horizontal();
    is_intrinsic(style::min_size(computed, vertical)) || is_intrinsic(&style::max_size(computed, vertical))
}

/// The block-axis sizes; `intrinsic` is what the content asks for, where that is known.
fn block_axis(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    edges: LogicalSides,
    intrinsic: Option<LayoutUnit>,
) -> AxisSizes {
    let vertical = !mode.is_horizontal();
    let basis = constraints.percentage.block;
    let room = constraints
        .available
        .block
        .map(|available| available - margins_or_zero(computed, mode, constraints.margin_basis).block_sum());
    let of = |size: &Size| match size {
        Size::Auto | Size::Content => None,
        Size::LengthPercentage(size) => {
            resolve(size, basis).map(|size| to_border_box(computed, size, edges.block_sum()))
        }
        Size::MinContent | Size::MaxContent | Size::FitContent | Size::FitContentFunction(_) => intrinsic,
        Size::Stretch => room,
    };
    AxisSizes {
        preferred: if constraints.ignores_block_size { None } else { of(style::size(computed, vertical)) },
        min: of(style::min_size(computed, vertical)),
        max: of(&style::max_size(computed, vertical)),
    }
}

/// The border-box block size, when it does not depend on the content: percentages of children refer to it.
/// <https://drafts.csswg.org/css-sizing-3/#definite>
pub(crate) fn definite_block_size(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    edges: LogicalSides,
) -> Option<LayoutUnit> {
    if let Some(fixed) = constraints.fixed.block {
        return constraints.fixed_block_is_definite.then_some(fixed.max(edges.block_sum()));
    }
    let is_stretched = constraints.block_auto == AutoSize::Stretch && constraints.available.block.is_some();
    if !is_stretched && style::is_block_size_auto(computed, mode) {
        return None;
    }
    let sizes = block_axis(computed, mode, constraints, edges, None);
    let preferred = match (sizes.preferred, constraints.block_auto, constraints.available.block) {
        (Some(preferred), _, _) => preferred,
        (None, AutoSize::Stretch, Some(available))
            if style::size(computed, !mode.is_horizontal()).is_auto() =>
        {
            available - margins_or_zero(computed, mode, constraints.margin_basis).block_sum()
        }
        _ => return None,
    };
    Some(sizes.clamp(preferred).max(edges.block_sum()))
}

/// The border-box block size of a box whose content asks for `intrinsic` (a border-box size).
pub(crate) fn block_size(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    inline_size: LayoutUnit,
    intrinsic: LayoutUnit,
) -> LayoutUnit {
    let computed = &*layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    if let Some(fixed) = constraints.fixed.block {
        let grows = constraints.fragmentainer.is_some_and(|fragmentainer| fragmentainer.grows);
        return fixed.max(if grows { intrinsic } else { edges.block_sum() });
    }
    let contained = style::contained_block_size(computed, mode);
    let intrinsic = contained.map_or(intrinsic, |size| size + edges.block_sum());
    if let Some(definite) = definite_block_size(computed, mode, constraints, edges)
        && style::min_size(computed, !mode.is_horizontal()).is_auto()
    {
        let sizes = block_axis(computed, mode, constraints, edges, Some(intrinsic));
        return sizes.clamp(definite).max(edges.block_sum());
    }
    let from_ratio = preferred_ratio(computed, mode).map(|ratio| {
        through_ratio(computed, inline_size, ratio.recip(), edges.inline_sum(), edges.block_sum())
    });
    // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-intrinsic: what content asks for comes from the ratio too.
    let asked = from_ratio.unwrap_or(intrinsic);
    let sizes = block_axis(computed, mode, constraints, edges, Some(asked));
    let is_asked = from_ratio.is_some() && is_intrinsic(style::size(computed, !mode.is_horizontal()));
    let preferred = sizes.preferred.filter(|_| !is_asked).unwrap_or_else(|| match from_ratio {
        Some(from_ratio) => {
            // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-minimum
            let size = style::size(computed, !mode.is_horizontal());
            let grows = style::min_size(computed, !mode.is_horizontal()).is_auto()
                && (size.is_auto() || is_intrinsic(size))
                && !style::is_scroll_container(computed);
            if grows { from_ratio.max(intrinsic) } else { from_ratio }
        }
        None => match (constraints.block_auto, constraints.available.block) {
            (AutoSize::Stretch, Some(available)) => {
                available - margins_or_zero(computed, mode, constraints.margin_basis).block_sum()
            }
            _ => intrinsic,
        },
    });
    sizes.clamp(preferred).max(edges.block_sum())
}

/// What percentages of block sizes refer to in the children of a box: its content-box block size, when definite.
pub(crate) fn child_percentage_block(
    layouter: &Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    edges: LogicalSides,
    inline_size: LayoutUnit,
) -> Option<LayoutUnit> {
    let layout_box = layouter.boxes.get(id);
    if matches!(layout_box.source, BoxSource::Anonymous(_, AnonymousKind::Block)) {
        // https://drafts.csswg.org/css2/#anonymous-block-level: they count for nothing.
        return constraints.percentage.block;
    }
    let computed = &*layout_box.style;
    let mode = style::writing_mode(computed);
    let definite = definite_block_size(computed, mode, constraints, edges).or_else(|| {
        let ratio = preferred_ratio(computed, mode)?;
        Some(through_ratio(computed, inline_size, ratio.recip(), edges.inline_sum(), edges.block_sum()))
    });
    match definite {
        Some(size) => Some((size - edges.block_sum()).clamp_negative_to_zero()),
        None => passed_percentage_block(layouter, id, constraints),
    }
}

/// What percentages of block sizes refer to in the children of a box whose own block size is not definite.
fn passed_percentage_block(
    layouter: &Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
) -> Option<LayoutUnit> {
    let layout_box = layouter.boxes.get(id);
    match layout_box.source {
        // https://drafts.csswg.org/css2/#anonymous-block-level: anonymous boxes are ignored.
        BoxSource::Anonymous(_, AnonymousKind::Block) => constraints.percentage.block,
        // https://quirks.spec.whatwg.org/#the-percentage-height-calculation-quirk
        _ if layouter.is_quirks
            && constraints.fixed.block.is_none()
            && style::passes_percentage_through(&layout_box.style) =>
        {
            constraints.percentage.block
        }
        _ => None,
    }
}

/// The same while intrinsic sizes are found.
pub(crate) fn intrinsic_percentage_block(
    layouter: &Layouter<'_>,
    id: BoxId,
    block: BlockBasis,
) -> Option<LayoutUnit> {
    let computed = &*layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = edges(computed, mode, LayoutUnit::ZERO).sum();
    let constraints = intrinsic_constraints(mode, mode, block.percentage);
    match block.definite.or_else(|| definite_block_size(computed, mode, &constraints, edges)) {
        Some(size) => Some((size - edges.block_sum()).clamp_negative_to_zero()),
        None => passed_percentage_block(layouter, id, &constraints),
    }
}

/// What is known of the block size of a box before its inline size is.
pub(crate) fn block_basis(layouter: &Layouter<'_>, id: BoxId, constraints: &Constraints) -> BlockBasis {
    let computed = &*layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    let definite = definite_block_size(computed, mode, constraints, edges);
    BlockBasis { percentage: constraints.percentage.block, definite }
}

/// What a box is told whose intrinsic sizes are found.
fn intrinsic_constraints(
    container_mode: WritingMode,
    mode: WritingMode,
    block_basis: Option<LayoutUnit>,
) -> Constraints {
    Constraints {
        percentage: LogicalSize::new(None, block_basis),
        available: LogicalSize::new(None, block_basis),
        ..Constraints::new(container_mode, LogicalSize::new(None, None), mode)
    }
}

/// The border-box sizes that a box contributes to those of its container, its margins left out.
/// <https://drafts.csswg.org/css-sizing-3/#intrinsic-contribution>
pub(crate) fn contribution(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    contribution_in(layouter, id, &intrinsic_constraints(container_mode, mode, block_basis))
}

/// The same of a flex item that is as high as its container, `block_basis` being the block size of that.
pub(crate) fn stretched_contribution(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> MinMax {
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    let constraints = intrinsic_constraints(container_mode, mode, block_basis);
    contribution_in(layouter, id, &Constraints { block_auto: AutoSize::Stretch, ..constraints })
}

/// The same of a grid item whose lines cross those of its container. `room` is the inline size of its area, which percentages of
/// its padding refer to; `fills` says whether it is that large across its lines where its block size is automatic.
pub(crate) fn crossing_contribution(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    room: Option<LayoutUnit>,
    fills: bool,
) -> MinMax {
    // Seen in its own writing mode the item is parallel to its container.
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    let constraints = Constraints {
        margin_basis: room.unwrap_or_default(),
        block_auto: if fills { AutoSize::Stretch } else { AutoSize::FitContent },
        ..intrinsic_constraints(mode, mode, room)
    };
    contribution_in(layouter, id, &constraints)
}

fn contribution_in(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> MinMax {
    let tree = layouter.boxes;
    let computed = &*tree.get(id).style;
    let mode = style::writing_mode(computed);
    let container_mode = constraints.container_mode;
    if mode.is_orthogonal_to(container_mode) {
        return orthogonal::contribution(layouter, container_mode, id, constraints.percentage.block);
    }
    let is_replaced = matches!(tree.get(id).kind, BoxKind::Replaced(_));
    let edges = edges(computed, mode, constraints.margin_basis).sum();
    let mut contents = LazyContents { id, constraints, size: None };
    let sizes = inline_axis(layouter, computed, mode, constraints, None, edges, &mut contents);
    let min_size = style::min_size(computed, mode.is_horizontal());
    let has_automatic_minimum = min_size.is_auto() && !style::is_scroll_container(computed);
    let preferred = match sizes.preferred {
        Some(preferred)
            if !matches!(
                style::size(computed, mode.is_horizontal()),
                Size::FitContent | Size::FitContentFunction(_) | Size::Stretch
            ) =>
        {
            MinMax::both(preferred)
        }
        _ => {
            // Replaced content has its own ratio.
            let from_ratio = preferred_ratio(computed, mode).filter(|_| !is_replaced).and_then(|ratio| {
                let block = definite_block_size(computed, mode, constraints, edges)?;
                Some(through_ratio(computed, block, ratio, edges.block_sum(), edges.inline_sum()))
            });
            match from_ratio {
                // https://drafts.csswg.org/css-sizing-4/#aspect-ratio-minimum
                Some(size) if has_automatic_minimum => MinMax::both(size.max(contents.get(layouter).min)),
                Some(size) => MinMax::both(size),
                None => contents.get(layouter),
            }
        }
    };
    // A table is never narrower than its contents.
    let least = match tree.get(id).kind {
        BoxKind::Table(_) => contents.get(layouter).min,
        _ => edges.inline_sum(),
    };
    // In no room at all a minimum that fits the content is its narrowest.
    let narrow = match min_size {
        Size::FitContent => AxisSizes { min: Some(contents.get(layouter).min), ..sizes },
        _ => sizes,
    };
    MinMax { min: narrow.clamp(preferred.min).max(least), max: sizes.clamp(preferred.max).max(least) }
}

/// The limits on the inline size of an item in a row, with the automatic minimum; nothing is known of an item whose lines
/// cross those of the container. <https://drafts.csswg.org/css-flexbox-1/#min-size-auto>
pub(crate) fn flex_item_limits(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
    block_basis: Option<LayoutUnit>,
) -> AxisSizes {
    let computed = &*layouter.boxes.get(id).style;
    let mode = style::writing_mode(computed);
    if mode.is_orthogonal_to(container_mode) {
        return AxisSizes { preferred: None, min: None, max: None };
    }
    let constraints = intrinsic_constraints(container_mode, mode, block_basis);
    let edges = edges(computed, mode, LayoutUnit::ZERO).sum();
    let mut contents = LazyContents { id, constraints: &constraints, size: None };
    let sizes = inline_axis(layouter, computed, mode, &constraints, None, edges, &mut contents);
    let is_automatic =
        style::min_size(computed, mode.is_horizontal()).is_auto() && !style::is_scroll_container(computed);
    let automatic = is_automatic.then(|| {
        let content = contents.get(layouter).min;
        let suggested = sizes.preferred.map_or(content, |preferred| content.min(preferred));
        sizes.max.map_or(suggested, |max| suggested.min(max))
    });
    AxisSizes { min: automatic.or(sizes.min), ..sizes }
}
