//! The lines between columns. <https://drafts.csswg.org/css-multicol-1/#column-gaps-and-rules>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_css::properties::inherited_text::WritingMode;
use fanlight_css::values::border::LineStyle;
use fanlight_layout::{BoxFragment, ContextKind, Fragment};

use crate::border::paint_line;
use crate::painter::Painter;
use crate::style::current_color;

/// Paints a line in the middle of each gap between two columns that stand beside each other.
pub(crate) fn paint_rules(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let rule = &style.columns;
    let color = rule.column_rule_color.resolve(current_color(style));
    // A line has no inside: https://drafts.csswg.org/css-multicol-1/#crs
    let line = match rule.column_rule_style {
        LineStyle::Inset => LineStyle::Ridge,
        LineStyle::Outset => LineStyle::Groove,
        line => line,
    };
    let width = LayoutUnit::from_f32(rule.column_rule_width.px());
    let columns: Vec<LayoutRect> = fragment
        .children
        .iter()
        .filter_map(|link| match &link.fragment {
            Fragment::Box(column) if column.context == ContextKind::Column => {
                Some(LayoutRect::new(link.offset, column.size))
            }
            _ => None,
        })
        .collect();
    let mode = style.inherited_text.writing_mode;
    let content_box = fragment.content_box();
    let last = columns.last().copied();
    for pair in columns.windows(2) {
        let Some(mut rect) = rule_rect(pair[0], pair[1], width, mode) else { continue };
        if last.is_some_and(|last| is_in_row_of(pair[0], last, mode)) {
            // Those of the last row reach to the end of the content box.
            rect = to_end_of(rect, content_box, mode);
        }
        let vertical = rect.size.height > rect.size.width;
        paint_line(painter, rect.translate(painter.place.offset.to_vector()), line, color, vertical);
    }
}

/// The line between two columns; nothing where one is not beside the other, as across a spanning box.
fn rule_rect(one: LayoutRect, other: LayoutRect, width: LayoutUnit, mode: WritingMode) -> Option<LayoutRect> {
    if mode == WritingMode::HorizontalTb {
        let (left, right) = if one.min_x() <= other.min_x() { (one, other) } else { (other, one) };
        let is_row = left.max_x() <= right.min_x() && one.min_y() == other.min_y();
        let middle = left.max_x() + (right.min_x() - left.max_x()) / 2;
        let start = LayoutPoint::new(middle - width / 2, one.min_y());
        let length = one.size.height.max(other.size.height);
        return is_row.then(|| LayoutRect::new(start, LayoutSize::new(width, length)));
    }
    // Columns of vertical text stand one below the other.
    let (upper, lower) = if one.min_y() <= other.min_y() { (one, other) } else { (other, one) };
    let begins_right = matches!(mode, WritingMode::VerticalRl | WritingMode::SidewaysRl);
    let starts_level = if begins_right { one.max_x() == other.max_x() } else { one.min_x() == other.min_x() };
    let middle = upper.max_y() + (lower.min_y() - upper.max_y()) / 2;
    let start = LayoutPoint::new(one.min_x().min(other.min_x()), middle - width / 2);
    let length = one.size.width.max(other.size.width);
    (upper.max_y() <= lower.min_y() && starts_level)
        .then(|| LayoutRect::new(start, LayoutSize::new(length, width)))
}

/// Whether two columns are in the same row.
fn is_in_row_of(one: LayoutRect, other: LayoutRect, mode: WritingMode) -> bool {
    one == other || rule_rect(one, other, LayoutUnit::ZERO, mode).is_some()
}

/// A rule that is at least as long as to where the blocks of its container end.
fn to_end_of(rule: LayoutRect, content_box: LayoutRect, mode: WritingMode) -> LayoutRect {
    let mut rule = rule;
    match mode {
        WritingMode::HorizontalTb => {
            rule.size.height = rule.size.height.max(content_box.max_y() - rule.min_y());
        }
        WritingMode::VerticalLr | WritingMode::SidewaysLr => {
            rule.size.width = rule.size.width.max(content_box.max_x() - rule.min_x());
        }
        WritingMode::VerticalRl | WritingMode::SidewaysRl => {
            let left = rule.min_x().min(content_box.min_x());
            rule.size.width = rule.max_x() - left;
            rule.origin.x = left;
        }
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i32, y: i32, width: i32, height: i32) -> LayoutRect {
        let px = LayoutUnit::from_px;
        LayoutRect::new(LayoutPoint::new(px(x), px(y)), LayoutSize::new(px(width), px(height)))
    }

    #[test]
    fn a_rule_is_in_the_middle_of_the_gap() {
        let found = rule_rect(
            rect(0, 0, 100, 50),
            rect(120, 0, 100, 40),
            LayoutUnit::from_px(4),
            WritingMode::HorizontalTb,
        );
        assert_eq!(found, Some(rect(108, 0, 4, 50)));
    }

    #[test]
    fn a_rule_of_the_last_row_reaches_to_the_end_of_the_content_box() {
        let rule = rect(108, 10, 4, 50);
        let content = rect(10, 10, 210, 80);
        assert_eq!(to_end_of(rule, content, WritingMode::HorizontalTb), rect(108, 10, 4, 80));
        let rule = rect(170, 58, 50, 4);
        assert_eq!(to_end_of(rule, content, WritingMode::VerticalRl), rect(10, 58, 210, 4));
    }

    #[test]
    fn columns_on_both_sides_of_a_spanning_box_have_no_rule() {
        let width = LayoutUnit::from_px(4);
        for second in [rect(0, 80, 100, 50), rect(120, 80, 100, 50)] {
            assert_eq!(rule_rect(rect(120, 0, 100, 50), second, width, WritingMode::HorizontalTb), None);
        }
    }
}
