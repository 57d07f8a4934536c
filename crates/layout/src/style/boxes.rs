//! Boxes: kinds, positions, sizes, edges.

use fanlight_base::atoms::local_name;
use fanlight_base::{LayoutUnit, LocalName, Sides};
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::{BaselineSource, BoxSizing, Clear, Float, Overflow, Position};
use fanlight_css::properties::inherited_text::{Direction, WritingMode as CssWritingMode};
use fanlight_css::values::border::{LineStyle, OutlineStyle};
use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal};
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::overflow::Contain;
use fanlight_css::values::size::Size;
use fanlight_css::values::text::{VerticalAlign, VerticalAlignKeyword};
use fanlight_css::values::{AutoOr, NoneOr};

use crate::box_tree::{BlockContents, BoxId, BoxKind, BoxSource, BoxTree};
use crate::float::FloatSide;
use crate::flow::{BlockFlow, LogicalSides, WritingMode};
use crate::formatting::sizing;
use crate::fragment::BoxFragment;

/// How a box is positioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Positioning {
    Static,
    /// `relative`, or `sticky`, which depends on scrolling and is not moved by layout.
    Relative,
    Sticky,
    Absolute,
    Fixed,
}

pub(crate) fn position(computed: &ComputedStyle) -> Positioning {
    match computed.boxes.position {
        Position::Static => Positioning::Static,
        Position::Relative => Positioning::Relative,
        Position::Sticky => Positioning::Sticky,
        Position::Absolute => Positioning::Absolute,
        Position::Fixed => Positioning::Fixed,
    }
}

pub(crate) fn writing_mode(computed: &ComputedStyle) -> WritingMode {
    WritingMode {
        block_flow: match computed.inherited_text.writing_mode {
            CssWritingMode::HorizontalTb => BlockFlow::HorizontalTb,
            CssWritingMode::VerticalRl => BlockFlow::VerticalRl,
            CssWritingMode::VerticalLr => BlockFlow::VerticalLr,
            CssWritingMode::SidewaysRl => BlockFlow::SidewaysRl,
            CssWritingMode::SidewaysLr => BlockFlow::SidewaysLr,
        },
        is_rtl: computed.inherited_text.direction == Direction::Rtl,
    }
}

/// Whether the box floats; positioned boxes do not. <https://drafts.csswg.org/css2/#dis-pos-flo>
pub(crate) fn is_floating(computed: &ComputedStyle) -> bool {
    computed.boxes.float != Float::None && !computed.boxes.position.is_absolutely_positioned()
}

/// The side of the container's line that a box floats to.
pub(crate) fn float_side(computed: &ComputedStyle, container: WritingMode) -> Option<FloatSide> {
    if !is_floating(computed) {
        return None;
    }
    Some(match (computed.boxes.float, container.is_rtl) {
        (Float::Left, _) | (Float::InlineStart, false) | (Float::InlineEnd, true) => FloatSide::Left,
        _ => FloatSide::Right,
    })
}

/// Whether a box goes below floats of the left and of the right.
pub(crate) fn clears(computed: &ComputedStyle, container: WritingMode) -> [bool; 2] {
    match (computed.boxes.clear, container.is_rtl) {
        (Clear::None, _) => [false, false],
        (Clear::Both, _) => [true, true],
        (Clear::Left, _) | (Clear::InlineStart, false) | (Clear::InlineEnd, true) => [true, false],
        (Clear::Right, _) | (Clear::InlineEnd, false) | (Clear::InlineStart, true) => [false, true],
    }
}

pub(crate) fn is_inline_level(computed: &ComputedStyle) -> bool {
    computed.boxes.display.is_inline_level()
}

/// Whether the box was inline-level before it was positioned.
pub(crate) fn was_inline_level(computed: &ComputedStyle) -> bool {
    computed.original_display.is_inline_level()
}

pub(crate) fn is_table_cell(computed: &ComputedStyle) -> bool {
    computed.boxes.display == Display::Internal(DisplayInternal::TableCell)
}

pub(crate) fn is_scroll_container(computed: &ComputedStyle) -> bool {
    computed.boxes.overflow_x.is_scrollable() || computed.boxes.overflow_y.is_scrollable()
}

/// Whether overflow is clipped along x and along y.
pub(crate) fn clips_overflow(computed: &ComputedStyle) -> [bool; 2] {
    let paint = computed.containment().contains(Contain::PAINT);
    [
        paint || computed.boxes.overflow_x != Overflow::Visible,
        paint || computed.boxes.overflow_y != Overflow::Visible,
    ]
}

/// Whether a block container keeps floats in and margins apart, whatever its parent is.
/// <https://drafts.csswg.org/css2/#block-formatting>
pub(crate) fn establishes_block_formatting_context(computed: &ComputedStyle) -> bool {
    let display = computed.boxes.display;
    is_scroll_container(computed)
        || is_floating(computed)
        || computed.boxes.position.is_absolutely_positioned()
        || display.is_inline_level()
        || display.inside() == Some(DisplayInside::FlowRoot)
        || matches!(display, Display::Internal(_))
        || super::containment::isolates_formatting(computed)
        || super::columns::is_multi_column(computed)
        || super::alignment::block_content_alignment(computed).is_some()
}

/// Whether transforms and the like make a box the containing block of all positioned descendants.
/// <https://drafts.csswg.org/css-transforms-1/#transform-rendering>
pub(crate) fn contains_fixed(computed: &ComputedStyle) -> bool {
    let will_change = |name| computed.transform.will_change.contains(name);
    super::transform::has_transform(computed)
        || !computed.transform.perspective.is_none()
        || !computed.effects.filter.is_none()
        || !computed.effects.backdrop_filter.is_none()
        || computed.containment().intersects(Contain::LAYOUT | Contain::PAINT)
        || ["transform", "perspective", "filter", "backdrop-filter", "translate", "rotate", "scale"]
            .into_iter()
            .any(will_change)
}

/// Whether a box is the containing block of absolutely positioned descendants.
pub(crate) fn contains_absolute(computed: &ComputedStyle) -> bool {
    computed.boxes.position != Position::Static || contains_fixed(computed)
}

pub(crate) fn is_border_box(computed: &ComputedStyle) -> bool {
    computed.boxes.box_sizing == BoxSizing::BorderBox
}

/// `aspect-ratio`, width divided by height. `auto` alone is none.
pub(crate) fn aspect_ratio(computed: &ComputedStyle) -> Option<f32> {
    let ratio = computed.size.aspect_ratio.ratio?;
    (!ratio.is_degenerate()).then(|| ratio.width / ratio.height)
}

/// Whether the ratio relates the sides of the content box whatever `box-sizing` says: with `auto`.
pub(crate) fn ratio_is_content_box(computed: &ComputedStyle) -> bool {
    computed.size.aspect_ratio.auto
}

/// The preferred size along an axis.
pub(crate) fn size(computed: &ComputedStyle, horizontal: bool) -> &Size {
    if horizontal { &computed.size.width } else { &computed.size.height }
}

/// The minimum size along an axis.
pub(crate) fn min_size(computed: &ComputedStyle, horizontal: bool) -> &Size {
    if horizontal { &computed.size.min_width } else { &computed.size.min_height }
}

/// The maximum size along an axis; `none` is `auto`.
pub(crate) fn max_size(computed: &ComputedStyle, horizontal: bool) -> Size {
    sizing::max_as_size(if horizontal { &computed.size.max_width } else { &computed.size.max_height })
}

pub(crate) fn is_block_size_auto(computed: &ComputedStyle, mode: WritingMode) -> bool {
    size(computed, !mode.is_horizontal()).is_auto()
}

pub(crate) fn border_widths(computed: &ComputedStyle) -> Sides<LayoutUnit> {
    let border = &computed.border;
    Sides::new(
        border.border_top_width,
        border.border_right_width,
        border.border_bottom_width,
        border.border_left_width,
    )
    .map(|width| LayoutUnit::from_f32(width.px()))
}

pub(crate) fn padding(computed: &ComputedStyle) -> Sides<&LengthPercentage> {
    let size = &computed.size;
    Sides::new(&size.padding_top, &size.padding_right, &size.padding_bottom, &size.padding_left)
}

/// Whether padding depends on the containing block.
pub(crate) fn has_percentage_padding(computed: &ComputedStyle) -> bool {
    let Sides { top, right, bottom, left } = padding(computed);
    [top, right, bottom, left].iter().any(|padding| padding.has_percentage())
}

pub(crate) fn margins(computed: &ComputedStyle) -> Sides<&AutoOr<LengthPercentage>> {
    let size = &computed.size;
    Sides::new(&size.margin_top, &size.margin_right, &size.margin_bottom, &size.margin_left)
}

pub(crate) fn insets(computed: &ComputedStyle) -> Sides<&AutoOr<LengthPercentage>> {
    let size = &computed.size;
    Sides::new(&size.top, &size.right, &size.bottom, &size.left)
}

/// Whether percentages of heights pass through a box of automatic height in quirks mode.
/// <https://quirks.spec.whatwg.org/#the-percentage-height-calculation-quirk>
pub(crate) fn passes_percentage_through(computed: &ComputedStyle) -> bool {
    !is_table_cell(computed)
        && !computed.boxes.position.is_absolutely_positioned()
        && !computed.boxes.display.is_flex_or_grid()
}

/// 0 for the root element's box, 1 for that of `<body>` in it.
pub(crate) fn root_or_body_depth(boxes: &BoxTree, id: BoxId) -> Option<usize> {
    let parent = boxes.get(id).parent?;
    if parent == BoxId::VIEWPORT {
        return Some(0);
    }
    (boxes.get(parent).parent == Some(BoxId::VIEWPORT) && boxes.get(id).is_body).then_some(1)
}

/// Whether quirks mode ignores the default margins of children at the edges of a box.
/// <https://quirks.spec.whatwg.org/#the-collapsing-margins-quirk>
pub(crate) fn is_quirky_container(boxes: &BoxTree, id: BoxId) -> bool {
    let layout_box = boxes.get(id);
    layout_box.is_body || is_table_cell(&layout_box.style)
}

/// The elements with default margins.
/// <https://html.spec.whatwg.org/multipage/rendering.html#margin-collapsing-quirks>
const WITH_DEFAULT_MARGINS: [LocalName; 17] = [
    local_name!("blockquote"),
    local_name!("dir"),
    local_name!("dl"),
    local_name!("h1"),
    local_name!("h2"),
    local_name!("h3"),
    local_name!("h4"),
    local_name!("h5"),
    local_name!("h6"),
    local_name!("listing"),
    local_name!("menu"),
    local_name!("ol"),
    local_name!("p"),
    local_name!("plaintext"),
    local_name!("pre"),
    local_name!("ul"),
    local_name!("xmp"),
];

/// Those whose margin at the end does not count either.
const QUIRKY_AT_THE_END: [LocalName; 5] = [
    local_name!("listing"),
    local_name!("p"),
    local_name!("plaintext"),
    local_name!("pre"),
    local_name!("xmp"),
];

/// Whether quirks mode ignores margins of a box.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct QuirkyMargins {
    /// That at the block start.
    pub block_start: bool,
    /// That at the block end.
    pub block_end: bool,
}

/// Which of a box's block-axis margins quirks mode ignores at the edges of a quirky container: those that an element has by
/// default, as Chromium has it.
pub(crate) fn quirky_margins(boxes: &BoxTree, id: BoxId, mode: WritingMode) -> QuirkyMargins {
    const NONE: Sides<bool> = Sides::new(false, false, false, false);
    let layout_box = boxes.get(id);
    let defaults = &layout_box.style.user_agent_margins;
    if *defaults == NONE
        || !matches!(layout_box.source, BoxSource::Node(_))
        || !WITH_DEFAULT_MARGINS.contains(&layout_box.name)
    {
        return QuirkyMargins::default();
    }
    let defaults = LogicalSides::from_physical(defaults, mode);
    let at_end = QUIRKY_AT_THE_END.contains(&layout_box.name);
    QuirkyMargins { block_start: defaults.block_start, block_end: defaults.block_end && at_end }
}

/// Whether a box's baselines are not those of its container: it is out of flow.
pub(crate) fn is_baseline_ignored(computed: &ComputedStyle) -> bool {
    is_floating(computed)
        || computed.boxes.position.is_absolutely_positioned()
        || computed.containment().contains(Contain::LAYOUT)
}

/// The baseline of an atomic box, from its block-start border edge; `None` is its block-end margin edge.
/// <https://drafts.csswg.org/css2/#propdef-vertical-align>
pub(crate) fn atomic_baseline(
    boxes: &BoxTree,
    id: BoxId,
    computed: &ComputedStyle,
    fragment: &BoxFragment,
) -> Option<LayoutUnit> {
    if computed.containment().contains(Contain::LAYOUT) {
        return None;
    }
    match &boxes.get(id).kind {
        BoxKind::BlockContainer(BlockContents::Blocks(_) | BlockContents::Lines(_)) => {
            let last = computed.boxes.baseline_source != BaselineSource::First;
            // Form controls know their baselines, whether they scroll or not.
            if is_scroll_container(computed) && boxes.get(id).control.is_none() {
                return None;
            }
            if last { fragment.last_baseline } else { fragment.first_baseline }
        }
        BoxKind::Replaced(_) => None,
        _ => fragment.first_baseline,
    }
}

/// Whether an inline box has room around its content, a background, a border or an outline, or is positioned.
pub(crate) fn is_seen_inline(computed: &ComputedStyle) -> bool {
    let (size, border) = (&computed.size, &computed.border);
    let margins = [&size.margin_top, &size.margin_right, &size.margin_bottom, &size.margin_left];
    let paddings = [&size.padding_top, &size.padding_right, &size.padding_bottom, &size.padding_left];
    let borders = [
        border.border_top_style,
        border.border_right_style,
        border.border_bottom_style,
        border.border_left_style,
    ];
    margins.iter().any(|margin| is_some_margin(margin))
        || paddings.iter().any(|padding| !matches!(padding, LengthPercentage::Length(px) if *px == 0.0))
        || borders.iter().any(|style| *style != LineStyle::None)
        || !computed.background.background_color.is_transparent()
        || computed.background.background_image.iter().any(|image| *image != NoneOr::None)
        || border.outline_style != OutlineStyle::None
        || computed.boxes.position != Position::Static
}

fn is_some_margin(margin: &AutoOr<LengthPercentage>) -> bool {
    !matches!(margin, AutoOr::Value(LengthPercentage::Length(px)) if *px == 0.0)
}

/// Whether an inline box inside another is not of the same height, where both have text, or away from what is beside it.
pub(crate) fn stands_out_in(inner: &ComputedStyle, outer: &ComputedStyle) -> bool {
    let size = &inner.size;
    let margins = [&size.margin_top, &size.margin_right, &size.margin_bottom, &size.margin_left];
    let is_baseline =
        matches!(inner.boxes.vertical_align, VerticalAlign::Keyword(VerticalAlignKeyword::Baseline));
    inner.font.font_family != outer.font.font_family
        || inner.font.font_size != outer.font.font_size
        || !is_baseline
        || margins.iter().any(|margin| is_some_margin(margin))
}

/// Whether a style inks outside of the scrollable overflow of its box.
pub(crate) fn inks_outside(computed: &ComputedStyle) -> bool {
    let effects = &computed.effects;
    !matches!(effects.box_shadow, NoneOr::None)
        || !matches!(effects.filter, NoneOr::None)
        || computed.border.outline_style != OutlineStyle::None
}
