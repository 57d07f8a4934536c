//! Containment: what of a box does not depend on its contents.
//! <https://drafts.csswg.org/css-contain-2/#containment-types>

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::ContentVisibility;
use fanlight_css::properties::size::IntrinsicSizeValue;
use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal};
use fanlight_css::values::length::Length;
use fanlight_css::values::overflow::{Contain, ContainerType};

use crate::flow::WritingMode;

/// Whether what is inside a box is laid out as if nothing were around: a formatting context of its own.
pub(crate) fn isolates_formatting(computed: &ComputedStyle) -> bool {
    computed.containment().intersects(Contain::LAYOUT | Contain::PAINT)
        || computed.size.container_type.intersects(ContainerType::SIZE | ContainerType::INLINE_SIZE)
}

/// Whether counters and quotes inside of a box change nothing outside.
pub(crate) fn contains_style(computed: &ComputedStyle) -> bool {
    computed.containment().contains(Contain::STYLE)
        || computed.size.container_type.intersects(ContainerType::SIZE | ContainerType::INLINE_SIZE)
}

/// The content-box inline size that stands in for that of the contents: `contain: size` and `inline-size`, and the
/// containers that queries ask for these. <https://drafts.csswg.org/css-contain-2/#containment-size>
pub(crate) fn contained_inline_size(computed: &ComputedStyle, mode: WritingMode) -> Option<LayoutUnit> {
    let contained = Contain::SIZE | Contain::INLINE_SIZE;
    let container = ContainerType::SIZE | ContainerType::INLINE_SIZE;
    contained_size(computed, mode.is_horizontal(), contained, container)
}

/// The content-box block size that stands in for that of the contents: `contain: size` and `container-type: size`.
pub(crate) fn contained_block_size(computed: &ComputedStyle, mode: WritingMode) -> Option<LayoutUnit> {
    contained_size(computed, !mode.is_horizontal(), Contain::SIZE, ContainerType::SIZE)
}

fn contained_size(
    computed: &ComputedStyle,
    horizontal: bool,
    contain: Contain,
    container: ContainerType,
) -> Option<LayoutUnit> {
    let is_contained =
        computed.containment().intersects(contain) || computed.size.container_type.intersects(container);
    if !is_contained || is_exempt(computed.boxes.display) {
        return None;
    }
    let IntrinsicSizeValue { length, .. } = if horizontal {
        &computed.size.contain_intrinsic_width
    } else {
        &computed.size.contain_intrinsic_height
    };
    Some(length.as_ref().map_or(LayoutUnit::ZERO, |length| LayoutUnit::from_f32(length.px())))
}

/// Whether nothing of what is in a box is shown, and it is as large as if there were nothing: `content-visibility: hidden`.
/// <https://drafts.csswg.org/css-contain-2/#content-visibility>
pub(crate) fn skips_contents(computed: &ComputedStyle) -> bool {
    computed.boxes.content_visibility == ContentVisibility::Hidden && can_skip_contents(computed)
}

/// Whether a box is one that skips its contents while they are not relevant to the user: `content-visibility: auto`.
pub(crate) fn may_skip_contents(computed: &ComputedStyle, is_replaced: bool) -> bool {
    computed.boxes.content_visibility == ContentVisibility::Auto
        && (is_replaced || can_skip_contents(computed))
}

/// Boxes that cannot contain their size do not skip what is in them.
fn can_skip_contents(computed: &ComputedStyle) -> bool {
    let display = computed.boxes.display;
    let is_inline = display.is_inline_level() && display.inside() == Some(DisplayInside::Flow);
    display != Display::Contents && !is_inline && !is_exempt(display)
}

/// Makes a style one that hides its contents, which are as large as `size` where that is known.
pub(crate) fn hide_contents(computed: &mut ComputedStyle, size: Option<LayoutSize>) {
    Arc::make_mut(&mut computed.boxes).content_visibility = ContentVisibility::Hidden;
    if let Some(size) = size {
        let sizes = Arc::make_mut(&mut computed.size);
        sizes.contain_intrinsic_width.length = Some(Length(size.width.to_f32()));
        sizes.contain_intrinsic_height.length = Some(Length(size.height.to_f32()));
    }
}

/// Tables and their parts, ruby and inline boxes are as large as what is in them in any case.
fn is_exempt(display: Display) -> bool {
    match display {
        Display::Internal(internal) => {
            !matches!(internal, DisplayInternal::TableCell | DisplayInternal::TableCaption)
        }
        _ => matches!(display.inside(), Some(DisplayInside::Table | DisplayInside::Ruby)),
    }
}
