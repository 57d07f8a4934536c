//! Positioned boxes. <https://drafts.csswg.org/css-position-3/>

mod alignment;
mod axis;
mod inline_area;
mod sticky;

use fanlight_base::geometry::{LayoutRect, LayoutSize, LayoutVector, inset};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;
use thin_vec::ThinVec;

use crate::box_tree::{BlockContents, BoxId, BoxKind};
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, resolve};
use crate::formatting::{AutoSize, Constraints, Layouter, OutOfFlow, builder};
use crate::fragment::{BoxFragment, Fragment, FragmentLink};
use crate::style::{self, Positioning};
pub(crate) use alignment::{Alignment, Safety, justification, of as alignment_of};
use axis::{Axis, StaticPlace};
pub use sticky::sticky_shift;

/// The insets, `auto` as `None`. <https://drafts.csswg.org/css-position-3/#insets>
fn insets(
    computed: &ComputedStyle,
    width: Option<LayoutUnit>,
    height: Option<LayoutUnit>,
) -> Sides<Option<LayoutUnit>> {
    let sides = style::insets(computed);
    let of =
        |side: &fanlight_css::values::AutoOr<fanlight_css::values::length::LengthPercentage>,
         basis: Option<LayoutUnit>| { side.value().and_then(|length| resolve(length, basis)) };
    Sides::new(of(sides.top, height), of(sides.right, width), of(sides.bottom, height), of(sides.left, width))
}

/// How far `position: relative` moves a box whose containing block is this large.
/// <https://drafts.csswg.org/css-position-3/#relpos-insets>
pub(crate) fn relative_shift(
    computed: &ComputedStyle,
    container_mode: WritingMode,
    width: Option<LayoutUnit>,
    height: Option<LayoutUnit>,
) -> LayoutVector {
    let insets = insets(computed, width, height);
    let logical = LogicalSides::from_physical(&insets, container_mode);
    // Where both are given, the start counts.
    let keep_start = LogicalSides {
        inline_end: if logical.inline_start.is_some() { None } else { logical.inline_end },
        block_end: if logical.block_start.is_some() { None } else { logical.block_end },
        ..logical
    };
    let insets = keep_start.to_physical(container_mode);
    let shift = |start: Option<LayoutUnit>, end: Option<LayoutUnit>| match (start, end) {
        (Some(start), _) => start,
        (None, Some(end)) => -end,
        (None, None) => LayoutUnit::ZERO,
    };
    LayoutVector::new(shift(insets.left, insets.right), shift(insets.top, insets.bottom))
}

/// Lays out the positioned boxes whose containing block a fragment is, adds them to its children, and returns the others.
/// `areas` are the containing blocks of those that have one of their own in the fragment.
pub(crate) fn place(
    layouter: &mut Layouter<'_>,
    fragment: &BoxFragment,
    mode: WritingMode,
    links: &mut Vec<FragmentLink>,
    mut pending: ThinVec<OutOfFlow>,
    areas: &[(BoxId, LayoutRect)],
) -> ThinVec<OutOfFlow> {
    let container = fragment.style.box_id;
    let boxes = layouter.boxes;
    let computed = &boxes.get(container).style;
    let is_viewport = container == BoxId::VIEWPORT;
    let contains_fixed = is_viewport || style::contains_fixed(computed);
    let contains_absolute = contains_fixed || style::contains_absolute(computed);
    let padding_box = inset(LayoutRect::from_size(fragment.size), fragment.border);
    let mut others = ThinVec::new();
    // Those inside are placed after those around them; they may be in this containing block too.
    pending.reverse();
    while let Some(waiting) = pending.pop() {
        let is_fixed = style::position(&boxes.get(waiting.box_id).style) == Positioning::Fixed;
        let inline = if is_fixed { None } else { containing_inline(layouter, container, waiting.box_id) };
        let (area, area_mode) = match inline {
            Some(inline) => match inline_area::of(links, fragment.size, mode, boxes, inline) {
                Some(area) => (area, style::writing_mode(&boxes.get(inline).style)),
                None => (padding_box, mode),
            },
            None if if is_fixed { contains_fixed } else { contains_absolute } => {
                let own = areas.iter().find(|(id, _)| *id == waiting.box_id);
                (own.map_or(padding_box, |(_, area)| *area), mode)
            }
            None => {
                others.push(waiting);
                continue;
            }
        };
        let Positioned { link, inside, .. } = place_one(layouter, waiting, area, area_mode);
        links.push(link);
        pending.extend(inside.into_iter().rev());
    }
    others
}

/// The positioned inline box around a box, inside a block container: boxes between the two contain nothing that is
/// positioned, or it would not have come so far.
/// <https://drafts.csswg.org/css-position-3/#def-cb>
fn containing_inline(layouter: &Layouter<'_>, container: BoxId, id: BoxId) -> Option<BoxId> {
    let boxes = layouter.boxes;
    let BoxKind::BlockContainer(BlockContents::Lines(_)) = boxes.get(container).kind else { return None };
    boxes.ancestors(id).take_while(|&ancestor| ancestor != container).find(|&ancestor| {
        let around = boxes.get(ancestor);
        matches!(around.kind, BoxKind::Inline(_)) && style::contains_absolute(&around.style)
    })
}

/// A positioned box in its containing block.
pub(crate) struct Positioned {
    /// Where it landed.
    pub link: FragmentLink,
    /// Positioned descendants whose containing block is another.
    pub inside: Vec<OutOfFlow>,
    /// What it was asked.
    pub constraints: Constraints,
}

/// Lays out one absolutely positioned box in its containing block.
/// <https://drafts.csswg.org/css-position-3/#abspos-layout>
pub(crate) fn place_one(
    layouter: &mut Layouter<'_>,
    waiting: OutOfFlow,
    area: LayoutRect,
    area_mode: WritingMode,
) -> Positioned {
    let layout_box = layouter.boxes.get(waiting.box_id);
    let computed = layout_box.style.clone();
    let own_mode = style::writing_mode(&computed);
    let size = LogicalSize::from_physical(area.size, area_mode);
    let insets = LogicalSides::from_physical(
        &insets(&computed, Some(area.size.width), Some(area.size.height)),
        area_mode,
    );
    let margins = sizing::margins(&computed, area_mode, size.inline);
    let static_position = waiting.static_position;
    let point = static_position.point - area.origin.to_vector();
    let at = LogicalOffset::from_physical(point, area_mode, area.size, LayoutSize::default());
    let (inline_place, block_place) = static_position.alignment_in(area_mode);
    let (inline_alignment, block_alignment) = alignment::of(&computed, area_mode);
    let is_orthogonal = own_mode.is_orthogonal_to(area_mode);
    let inline = Axis {
        extent: size.inline,
        start: insets.inline_start,
        end: insets.inline_end,
        margin_start: margins.inline_start,
        margin_end: margins.inline_end,
        place: StaticPlace { at: at.inline, alignment: inline_place },
        alignment: inline_alignment,
        centers_overflow: is_orthogonal,
    };
    let block = Axis {
        extent: size.block,
        start: insets.block_start,
        end: insets.block_end,
        margin_start: margins.block_start,
        margin_end: margins.block_end,
        place: StaticPlace { at: at.block, alignment: block_place },
        alignment: block_alignment,
        centers_overflow: !is_orthogonal,
    };
    let is_table = matches!(layout_box.kind, BoxKind::Table(_));
    let room = |axis: &Axis| {
        // A table is not larger than its containing block, unless what is in it is.
        let room = axis.room();
        Some(if is_table { room.min(axis.extent) } else { room })
    };
    let room = LogicalSize::new(room(&inline), room(&block)).transposed_if(is_orthogonal);
    let fills = !is_table && !matches!(layout_box.kind, BoxKind::Replaced(_));
    let auto = |axis: &Axis| {
        let stretches = axis.alignment.is_stretch || fills && axis.alignment.is_normal;
        if stretches && axis.is_inset() { AutoSize::Stretch } else { AutoSize::FitContent }
    };
    let (inline_auto, mut block_auto) =
        if is_orthogonal { (auto(&block), auto(&inline)) } else { (auto(&inline), auto(&block)) };
    // https://drafts.csswg.org/css-position-3/#abspos-auto-size: with an aspect ratio one axis is enough.
    let own_block_alignment = if is_orthogonal { inline.alignment } else { block.alignment };
    if inline_auto == AutoSize::Stretch
        && own_block_alignment.is_normal
        && sizing::preferred_ratio(&computed, own_mode).is_some()
    {
        block_auto = AutoSize::FitContent;
    }
    let container = LogicalSize::new(Some(size.inline), Some(size.block));
    let mut constraints = Constraints::new(area_mode, container, own_mode);
    constraints.available = room;
    constraints.inline_auto = inline_auto;
    constraints.block_auto = block_auto;
    let result = layouter.layout(waiting.box_id, &constraints);
    let own = LogicalSize::from_physical(result.fragment.size, area_mode);
    let (inline_offset, inline_start, inline_end) = inline.solve(own.inline);
    let (block_offset, block_start, block_end) = block.solve(own.block);
    let offset = LogicalOffset::new(inline_offset, block_offset).to_physical(
        area_mode,
        area.size,
        result.fragment.size,
    ) + area.origin.to_vector();
    let margin = LogicalSides { inline_start, inline_end, block_start, block_end }.to_physical(area_mode);
    let inside = result.out_of_flow.iter().map(|&waiting| builder::moved(waiting, offset)).collect();
    let fragment = Fragment::Box(result.fragment.clone());
    Positioned { link: FragmentLink { offset, margin, fragment, is_hidden: false }, inside, constraints }
}
