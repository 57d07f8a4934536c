//! Columns and breaks.

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::columns::{
    BoxDecorationBreak, BreakBetween as Between, BreakInside, ColumnFill, ColumnSpan,
};
use fanlight_css::values::NormalOr;

use super::{contained_block_size, font_size, is_scroll_container};
use crate::flow::WritingMode;
use crate::formatting::sizing;
use crate::fragmentation::rules::BreakBetween;

/// Whether the box is a multi-column container. <https://drafts.csswg.org/css-multicol-1/#multi-column-container>
pub(crate) fn is_multi_column(computed: &ComputedStyle) -> bool {
    !computed.columns.column_count.is_auto() || !computed.columns.column_width.is_auto()
}

/// `column-count`, at least one.
pub(crate) fn column_count(computed: &ComputedStyle) -> Option<i32> {
    computed.columns.column_count.value().copied()
}

/// `column-width`.
pub(crate) fn column_width(computed: &ComputedStyle) -> Option<LayoutUnit> {
    computed.columns.column_width.value().map(|width| LayoutUnit::from_f32(width.px()))
}

/// The gap between columns in a content box this wide. <https://drafts.csswg.org/css-align-3/#column-row-gap>
pub(crate) fn column_gap(computed: &ComputedStyle, basis: LayoutUnit) -> LayoutUnit {
    match &computed.flex.column_gap {
        NormalOr::Normal => LayoutUnit::from_f32(font_size(computed)),
        NormalOr::Value(gap) => sizing::resolve_or_zero(gap, Some(basis)),
    }
}

/// Whether columns are as high as they must be and no higher.
pub(crate) fn balances_columns(computed: &ComputedStyle) -> bool {
    computed.columns.column_fill != ColumnFill::Auto
}

/// `column-span: all`.
pub(crate) fn spans_all_columns(computed: &ComputedStyle) -> bool {
    computed.columns.column_span == ColumnSpan::All
}

fn between(value: Between) -> BreakBetween {
    BreakBetween {
        is_forced: value == Between::Column,
        is_avoided: matches!(value, Between::Avoid | Between::AvoidColumn),
    }
}

/// What `break-before` means in columns.
pub(crate) fn break_before(computed: &ComputedStyle) -> BreakBetween {
    between(computed.columns.break_before)
}

/// What `break-after` means in columns.
pub(crate) fn break_after(computed: &ComputedStyle) -> BreakBetween {
    between(computed.columns.break_after)
}

/// Whether a column should not end in the box.
pub(crate) fn avoids_breaks_inside(computed: &ComputedStyle) -> bool {
    matches!(computed.columns.break_inside, BreakInside::Avoid | BreakInside::AvoidColumn)
}

/// `orphans` and `widows`: how many lines stay together at least at the end and at the start of a column.
pub(crate) fn orphans_and_widows(computed: &ComputedStyle) -> [usize; 2] {
    let inherited = &computed.inherited_ui;
    [inherited.orphans, inherited.widows].map(|lines| usize::try_from(lines).unwrap_or(1))
}

/// Whether `box-decoration-break` gives every fragment all edges.
/// <https://drafts.csswg.org/css-break-4/#break-decoration>
pub(crate) fn clones_decoration(computed: &ComputedStyle) -> bool {
    computed.columns.box_decoration_break == BoxDecorationBreak::Clone
}

/// Whether no break is made in the box, because it scrolls or its size does not follow from its contents.
/// <https://drafts.csswg.org/css-break-4/#monolithic>
pub(crate) fn is_kept_together(computed: &ComputedStyle, mode: WritingMode) -> bool {
    is_scroll_container(computed) || contained_block_size(computed, mode).is_some()
}
