//! Computed styles in taffy's terms, along the axes of the container: taffy's left is its inline-start, taffy's top its
//! block-start. So right-to-left and vertical writing modes need nothing of taffy.

use fanlight_base::{Atom, LayoutUnit};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NormalOr;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::{MaxSize, Size};

use super::alignment::{self, AlignedAxis, AlignedItem};
use super::lengths::{Lengths, to_taffy};
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalSides, WritingMode};
use crate::formatting::sizing;
use crate::formatting::{BlockBasis, Constraints, Layouter, MinMax};
use crate::style::{self, Positioning};
use crate::{flex, table};

/// A style as taffy reads it.
pub(crate) type Style = taffy::Style<Atom>;

fn rect<T>(sides: LogicalSides<T>) -> taffy::Rect<T> {
    taffy::Rect {
        left: sides.inline_start,
        right: sides.inline_end,
        top: sides.block_start,
        bottom: sides.block_end,
    }
}

/// The automatic minimum size is zero where the box scrolls along either axis.
/// <https://drafts.csswg.org/css-flexbox-1/#min-size-auto>
fn overflow(computed: &ComputedStyle) -> taffy::Point<taffy::Overflow> {
    let overflow =
        if style::is_scroll_container(computed) { taffy::Overflow::Hidden } else { taffy::Overflow::Visible };
    taffy::Point { x: overflow, y: overflow }
}

fn gap(lengths: &mut Lengths, gap: &NormalOr<LengthPercentage>) -> taffy::LengthPercentage {
    match gap {
        NormalOr::Normal => taffy::LengthPercentage::length(0.0),
        NormalOr::Value(gap) => lengths.length_percentage(gap),
    }
}

/// What flex and grid containers have in common. The size is known to taffy otherwise; `edges` are used widths, `limits`
/// the border-box limits of the block size.
pub(crate) fn container(
    lengths: &mut Lengths,
    computed: &ComputedStyle,
    mode: WritingMode,
    edges: &sizing::Edges,
    limits: (Option<LayoutUnit>, Option<LayoutUnit>),
) -> Style {
    let flex = &computed.flex;
    let used = |sides: &LogicalSides| {
        rect(LogicalSides {
            inline_start: taffy::LengthPercentage::length(to_taffy(sides.inline_start)),
            inline_end: taffy::LengthPercentage::length(to_taffy(sides.inline_end)),
            block_start: taffy::LengthPercentage::length(to_taffy(sides.block_start)),
            block_end: taffy::LengthPercentage::length(to_taffy(sides.block_end)),
        })
    };
    let limit = |limit: Option<LayoutUnit>| match limit {
        Some(limit) => taffy::LengthPercentageAuto::length(to_taffy(limit)),
        None => taffy::LengthPercentageAuto::auto(),
    };
    let auto = taffy::LengthPercentageAuto::auto;
    Style {
        position: if style::contains_absolute(computed) {
            taffy::Position::Relative
        } else {
            taffy::Position::Static
        },
        box_sizing: taffy::BoxSizing::BorderBox,
        overflow: overflow(computed),
        border: used(&edges.border),
        padding: used(&edges.padding),
        min_size: taffy::Size { width: auto(), height: limit(limits.0) },
        max_size: taffy::Size { width: auto(), height: limit(limits.1) },
        gap: taffy::Size { width: gap(lengths, &flex.column_gap), height: gap(lengths, &flex.row_gap) },
        // What `align-items` and `justify-items` say is said to each item.
        align_items: taffy::AlignItems::NORMAL,
        justify_items: taffy::AlignItems::NORMAL,
        align_content: alignment::content(flex.align_content, AlignedAxis::Other),
        justify_content: alignment::content(flex.justify_content, AlignedAxis::inline(mode)),
        ..Style::DEFAULT
    }
}

/// Where an item stands that cannot stretch.
fn unstretched(alignment: taffy::AlignItems) -> taffy::AlignItems {
    match alignment.keyword {
        taffy::AlignItemsKeyword::Normal | taffy::AlignItemsKeyword::Stretch => taffy::AlignItems::FLEX_START,
        _ => alignment,
    }
}

/// What flex and grid items have in common.
pub(crate) fn item(
    lengths: &mut Lengths,
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    id: BoxId,
) -> Style {
    let tree = layouter.boxes;
    let layout_box = tree.get(id);
    let computed = &*layout_box.style;
    let own_mode = style::writing_mode(computed);
    let is_replaced = matches!(layout_box.kind, BoxKind::Replaced(_));
    let horizontal = container_mode.is_horizontal();
    let out_of_flow = matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed);
    let [turned_along, turned_across] = own_mode.flips_along_axes_of(container_mode);
    let inline = AlignedAxis::inline(container_mode);
    let along = AlignedItem { axis: inline, is_turned: turned_along, is_out_of_flow: out_of_flow };
    let across =
        AlignedItem { axis: AlignedAxis::Other, is_turned: turned_across, is_out_of_flow: out_of_flow };
    let container = layout_box.parent.map_or(layout_box, |container| tree.get(container));
    let is_in_column = matches!(container.kind, BoxKind::Flex(_)) && flex::is_column(&container.style);
    let cross = if is_in_column { along } else { across };
    // What the item leaves open its container says.
    let items = &container.style.flex;
    let own_size = |lengths: &mut Lengths, horizontal: bool| {
        if table::has_captions(&layout_box.kind) && horizontal != own_mode.is_horizontal() {
            return taffy::Dimension::auto();
        }
        lengths.dimension(style::size(computed, horizontal))
    };
    let fits_content = !out_of_flow
        && !own_mode.is_orthogonal_to(container_mode)
        && sizing::is_intrinsic(&style::max_size(computed, !horizontal))
        && matches!(style::size(computed, !horizontal), Size::LengthPercentage(_));
    let mut limits = Limits { id, own_mode, horizontal, contents: None };

    let border = style::border_widths(computed).map(|width| taffy::LengthPercentage::length(to_taffy(width)));
    let padding = style::padding(computed).map(|padding| lengths.length_percentage(padding));
    let margin = style::margins(computed).map(|margin| lengths.length_percentage_auto(margin));
    Style {
        position: match style::position(computed) {
            Positioning::Absolute => taffy::Position::Absolute,
            Positioning::Fixed => taffy::Position::Fixed,
            // Layout moves relatively positioned boxes itself.
            _ => taffy::Position::Static,
        },
        item_is_replaced: is_replaced,
        item_is_compressible_replaced: is_replaced || layout_box.control.is_some(),
        item_is_table: matches!(layout_box.kind, BoxKind::Table(_)),
        box_sizing: if style::is_border_box(computed) {
            taffy::BoxSizing::BorderBox
        } else {
            taffy::BoxSizing::ContentBox
        },
        overflow: overflow(computed),
        size: if out_of_flow {
            taffy::Size::auto()
        } else if fits_content && !is_in_column {
            // The item's own layout brings its size within what its content asks for.
            taffy::Size { width: own_size(lengths, horizontal), height: taffy::Dimension::auto() }
        } else {
            taffy::Size { width: own_size(lengths, horizontal), height: own_size(lengths, !horizontal) }
        },
        min_size: limits.both(lengths, layouter, |horizontal| style::min_size(computed, horizontal).clone()),
        max_size: limits.both(lengths, layouter, |horizontal| style::max_size(computed, horizontal)),
        // Replaced content keeps its natural ratio in its own layout.
        aspect_ratio: if is_replaced { None } else { sizing::preferred_ratio(computed, container_mode) },
        margin: rect(LogicalSides::from_physical(&margin, container_mode)),
        padding: rect(LogicalSides::from_physical(&padding, container_mode)),
        border: rect(LogicalSides::from_physical(&border, container_mode)),
        align_self: alignment::of_self(computed.flex.align_self, cross)
            .or_else(|| alignment::of_self(items.align_items, cross))
            .map(|own| if fits_content && !is_in_column { unstretched(own) } else { own }),
        justify_self: alignment::of_self(computed.flex.justify_self, along)
            .or_else(|| alignment::of_self(items.justify_items, along)),
        ..Style::DEFAULT
    }
}

/// Minimum and maximum sizes: taffy knows no intrinsic ones.
struct Limits {
    id: BoxId,
    own_mode: WritingMode,
    /// Whether the container's inline axis is horizontal.
    horizontal: bool,
    contents: Option<MinMax>,
}

impl Limits {
    fn both(
        &mut self,
        lengths: &mut Lengths,
        layouter: &mut Layouter<'_>,
        of: impl Fn(bool) -> Size,
    ) -> taffy::Size<taffy::LengthPercentageAuto> {
        let inline_is_horizontal = self.horizontal;
        let mut along = |horizontal: bool| match of(horizontal) {
            Size::LengthPercentage(length) => lengths.length_percentage(&length).into(),
            Size::Auto | Size::Content | Size::Stretch => taffy::LengthPercentageAuto::auto(),
            keyword => match self.intrinsic(layouter, &keyword, horizontal) {
                Some(size) => taffy::LengthPercentageAuto::length(to_taffy(size)),
                None => taffy::LengthPercentageAuto::auto(),
            },
        };
        let (width, height) = (along(inline_is_horizontal), along(!inline_is_horizontal));
        taffy::Size { width, height }
    }

    /// An intrinsic size along the box's own lines, as `box-sizing` measures it; across lines it bounds nothing.
    fn intrinsic(
        &mut self,
        layouter: &mut Layouter<'_>,
        size: &Size,
        horizontal: bool,
    ) -> Option<LayoutUnit> {
        if horizontal != self.own_mode.is_horizontal() {
            return None;
        }
        let computed = &layouter.boxes.get(self.id).style;
        let edges = if style::is_border_box(computed) {
            LayoutUnit::ZERO
        } else {
            sizing::edges(computed, self.own_mode, LayoutUnit::ZERO).sum().inline_sum()
        };
        let contents = *self
            .contents
            .get_or_insert_with(|| layouter.content_sizes(self.id, LayoutUnit::ZERO, BlockBasis::default()));
        let border_box = match size {
            Size::MinContent => contents.min,
            _ => contents.max,
        };
        Some((border_box - edges).clamp_negative_to_zero())
    }
}

/// A size brought within limits, of which the least counts most.
pub(super) fn within(size: LayoutUnit, (min, max): (Option<LayoutUnit>, Option<LayoutUnit>)) -> LayoutUnit {
    let size = max.map_or(size, |max| size.min(max));
    min.map_or(size, |min| size.max(min))
}

/// The border-box limits of a container's block size where its size is automatic.
pub(crate) fn block_limits(
    computed: &ComputedStyle,
    mode: WritingMode,
    constraints: &Constraints,
    edges: &LogicalSides,
) -> (Option<LayoutUnit>, Option<LayoutUnit>) {
    if constraints.fixed.block.is_some() {
        return (None, None);
    }
    let of = |size: &Size| match size {
        Size::LengthPercentage(length) => sizing::resolve(length, constraints.percentage.block)
            .map(|size| sizing::to_border_box(computed, size, edges.block_sum())),
        _ => None,
    };
    let max = match if mode.is_horizontal() { &computed.size.max_height } else { &computed.size.max_width } {
        MaxSize::LengthPercentage(length) => of(&Size::LengthPercentage(length.clone())),
        _ => None,
    };
    (of(style::min_size(computed, !mode.is_horizontal())), max)
}
