//! Adjustments of computed values that depend on several properties or on the parent.

use std::sync::Arc;

use super::boxes::{Float, Overflow};
use super::cascade::StyleInput;
use super::flex::{BoxAlign, BoxDirection, BoxOrient, BoxPack, FlexDirection, FlexWrap};
use super::inherited_text::{Direction, TextAlign};
use super::{Border, ComputedStyle};
use crate::values::NoneOr;
use crate::values::align::{AlignItems, AlignSelf, ContentPosition, JustifyContent, SelfPosition};
use crate::values::border::LineStyle;
use crate::values::display::{Display, DisplayInside, DisplayInternal, DisplayOutside};
use crate::values::length::Length;
use crate::values::size::Size;

/// Adjusts a style whose properties have all been computed one by one.
pub(super) fn adjust(style: &mut ComputedStyle, input: &StyleInput<'_>) {
    adjust_display(style, input);
    adjust_writing_mode(style, input);
    adjust_overflow(style);
    adjust_border_widths(style);
    adjust_text_align(style, input);
    adjust_webkit_box(style, input);
}

/// The properties of `-webkit-box` stand for those of flex containers and items, which have no effect there.
/// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/>
fn adjust_webkit_box(style: &mut ComputedStyle, input: &StyleInput<'_>) {
    let is_item = input.layout_parent.is_some_and(|parent| parent.boxes.display.is_webkit_box());
    let is_container = style.boxes.display.is_webkit_box();
    if !is_item && !is_container {
        return;
    }
    let flex = Arc::make_mut(&mut style.flex);
    if is_item {
        flex.order = flex.box_ordinal_group - 1;
        (flex.flex_grow, flex.flex_shrink) = (flex.box_flex, flex.box_flex);
        flex.flex_basis = Size::Auto;
        flex.align_self = AlignSelf::AUTO;
    }
    if is_container {
        flex.flex_direction = match (flex.box_orient, flex.box_direction) {
            (BoxOrient::Horizontal, BoxDirection::Normal) => FlexDirection::Row,
            (BoxOrient::Horizontal, BoxDirection::Reverse) => FlexDirection::RowReverse,
            (BoxOrient::Vertical, BoxDirection::Normal) => FlexDirection::Column,
            (BoxOrient::Vertical, BoxDirection::Reverse) => FlexDirection::ColumnReverse,
        };
        flex.flex_wrap = FlexWrap::Nowrap;
        flex.align_items = AlignItems::of(match flex.box_align {
            BoxAlign::Stretch => SelfPosition::Stretch,
            BoxAlign::Start => SelfPosition::FlexStart,
            BoxAlign::End => SelfPosition::FlexEnd,
            BoxAlign::Center => SelfPosition::Center,
            BoxAlign::Baseline => SelfPosition::Baseline,
        });
        flex.justify_content = JustifyContent::of(match flex.box_pack {
            BoxPack::Start => ContentPosition::FlexStart,
            BoxPack::End => ContentPosition::FlexEnd,
            BoxPack::Center => ContentPosition::Center,
            BoxPack::Justify => ContentPosition::SpaceBetween,
        });
    }
}

/// <https://drafts.csswg.org/css-display-4/#transformations>
fn adjust_display(style: &mut ComputedStyle, input: &StyleInput<'_>) {
    let display = style.boxes.display;
    style.original_display = display;
    if display.is_none() {
        return;
    }
    let is_root = input.layout_parent.is_none();
    let out_of_flow = style.boxes.position.is_absolutely_positioned();
    if out_of_flow && style.boxes.float != Float::None {
        // <https://drafts.csswg.org/css2/#dis-pos-flo>
        Arc::make_mut(&mut style.boxes).float = Float::None;
    }
    let is_item = input.layout_parent.is_some_and(|parent| parent.boxes.display.is_flex_or_grid());
    let is_inlinified = !out_of_flow && input.layout_parent.is_some_and(|parent| parent.inlinifies);
    let would_float = style.boxes.float != Float::None;
    if (is_item || is_inlinified) && would_float {
        Arc::make_mut(&mut style.boxes).float = Float::None;
    }
    let blockified = if is_root && display == Display::Contents {
        Display::BLOCK
    } else if is_inlinified {
        if would_float { display.blockified().inlinified() } else { display.inlinified() }
    } else if is_root || out_of_flow || is_item || style.boxes.float != Float::None {
        display.blockified()
    } else {
        display
    };
    let adjusted = match blockified {
        // <https://drafts.csswg.org/css-writing-modes-4/#block-flow>
        Display::INLINE if turns_lines(style, input) => Display::INLINE_BLOCK,
        other if clamps_lines(style, other) => other.with_flow_root_inside(),
        other => other,
    };
    if adjusted != display {
        Arc::make_mut(&mut style.boxes).display = adjusted;
    }
    style.inlinifies = match adjusted {
        Display::Box { inside: DisplayInside::Ruby, .. } | Display::Internal(DisplayInternal::RubyText) => {
            true
        }
        Display::Box { outside: DisplayOutside::Inline, inside: DisplayInside::Flow, .. } => is_inlinified,
        _ => false,
    };
}

/// Whether the lines of a box stack another way than those that it is on.
fn turns_lines(style: &ComputedStyle, input: &StyleInput<'_>) -> bool {
    input
        .layout_parent
        .is_some_and(|parent| parent.inherited_text.writing_mode != style.inherited_text.writing_mode)
}

/// `writing-mode` does not apply to rows and columns of tables, nor to groups of them.
/// <https://drafts.csswg.org/css-writing-modes-4/#block-flow>
fn adjust_writing_mode(style: &mut ComputedStyle, input: &StyleInput<'_>) {
    let Display::Internal(internal) = style.boxes.display else { return };
    let applies = !matches!(
        internal,
        DisplayInternal::TableRowGroup
            | DisplayInternal::TableHeaderGroup
            | DisplayInternal::TableFooterGroup
            | DisplayInternal::TableRow
            | DisplayInternal::TableColumnGroup
            | DisplayInternal::TableColumn
    );
    if let Some(parent) = input.layout_parent
        && !applies
        && parent.inherited_text.writing_mode != style.inherited_text.writing_mode
    {
        Arc::make_mut(&mut style.inherited_text).writing_mode = parent.inherited_text.writing_mode;
    }
}

/// Whether a `-webkit-box` is no flex container, but a block container with a limited number of lines.
/// <https://drafts.csswg.org/css-overflow-4/#webkit-line-clamp>
fn clamps_lines(style: &ComputedStyle, display: Display) -> bool {
    matches!(display, Display::Box { inside: DisplayInside::WebkitBox, .. })
        && style.flex.box_orient == BoxOrient::Vertical
        && style.text.line_clamp != NoneOr::None
}

/// <https://drafts.csswg.org/css-overflow-3/#propdef-overflow>
fn adjust_overflow(style: &mut ComputedStyle) {
    let (x, y) = (style.boxes.overflow_x, style.boxes.overflow_y);
    if x.is_scrollable() == y.is_scrollable() {
        return;
    }
    let scrollable = |overflow: Overflow| match overflow {
        Overflow::Visible => Overflow::Auto,
        Overflow::Clip => Overflow::Hidden,
        other => other,
    };
    let boxes = Arc::make_mut(&mut style.boxes);
    boxes.overflow_x = scrollable(x);
    boxes.overflow_y = scrollable(y);
}

/// The width of a border that is not there is 0.
/// <https://drafts.csswg.org/css-backgrounds-3/#border-width>
fn adjust_border_widths(style: &mut ComputedStyle) {
    if Arc::ptr_eq(&style.border, &ComputedStyle::initial().border) {
        // All elements without borders share one group.
        style.border = ComputedStyle::undeclared().border.clone();
        return;
    }
    let border = &*style.border;
    let none = |style: LineStyle, width: Length| style.is_none_or_hidden() && width != Length::ZERO;
    let wrong = none(border.border_top_style, border.border_top_width)
        || none(border.border_right_style, border.border_right_width)
        || none(border.border_bottom_style, border.border_bottom_width)
        || none(border.border_left_style, border.border_left_width);
    if wrong {
        zero_border_widths(Arc::make_mut(&mut style.border));
    }
}

/// Takes the width from borders that are not there.
pub(super) fn zero_border_widths(border: &mut Border) {
    for (line_style, width) in [
        (border.border_top_style, &mut border.border_top_width),
        (border.border_right_style, &mut border.border_right_width),
        (border.border_bottom_style, &mut border.border_bottom_width),
        (border.border_left_style, &mut border.border_left_width),
    ] {
        if line_style.is_none_or_hidden() {
            *width = Length::ZERO;
        }
    }
}

/// `match-parent` is what the parent's alignment means in the parent's direction.
/// <https://drafts.csswg.org/css-text-4/#valdef-text-align-match-parent>
fn adjust_text_align(style: &mut ComputedStyle, input: &StyleInput<'_>) {
    match style.inherited_text.text_align {
        TextAlign::MatchParent => {}
        // `<th>` is centred unless an ancestor says how text is aligned.
        TextAlign::InternalCenter => {
            let inherited = input.parent.map_or(TextAlign::Start, |parent| parent.inherited_text.text_align);
            let resolved = if inherited == TextAlign::Start { TextAlign::Center } else { inherited };
            Arc::make_mut(&mut style.inherited_text).text_align = resolved;
            return;
        }
        _ => return,
    }
    let resolved = match input.parent {
        None => TextAlign::Start,
        Some(parent) => {
            let ltr = parent.inherited_text.direction == Direction::Ltr;
            match (parent.inherited_text.text_align, ltr) {
                (TextAlign::Start, true) | (TextAlign::End, false) => TextAlign::Left,
                (TextAlign::End, true) | (TextAlign::Start, false) => TextAlign::Right,
                (other, _) => other,
            }
        }
    };
    Arc::make_mut(&mut style.inherited_text).text_align = resolved;
}
