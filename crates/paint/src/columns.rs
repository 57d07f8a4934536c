//! The lines between columns. <https://drafts.csswg.org/css-multicol-1/#column-gaps-and-rules>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_layout::{BoxFragment, ContextKind, Fragment};

use crate::border::paint_line;
use crate::painter::Painter;
use crate::style::current_color;

/// Paints a line in the middle of each gap between two columns that stand beside each other.
pub(crate) fn paint_rules(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let rule = &style.columns;
    let (line, color) = (rule.column_rule_style, rule.column_rule_color.resolve(current_color(style)));
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
    for pair in columns.windows(2) {
        let Some(rect) = rule_rect(pair[0], pair[1], width) else { continue };
        let vertical = rect.size.height > rect.size.width;
        paint_line(painter, rect.translate(painter.place.offset.to_vector()), line, color, vertical);
    }
}

/// The line between two columns; nothing where one is not beside the other, as across a spanning box.
fn rule_rect(one: LayoutRect, other: LayoutRect, width: LayoutUnit) -> Option<LayoutRect> {
    let (left, right) = if one.min_x() <= other.min_x() { (one, other) } else { (other, one) };
    if left.max_x() <= right.min_x() && one.min_y() == other.min_y() {
        let middle = left.max_x() + (right.min_x() - left.max_x()) / 2;
        let top = one.min_y();
        let height = one.max_y().max(other.max_y()) - top;
        return Some(LayoutRect::new(
            LayoutPoint::new(middle - width / 2, top),
            LayoutSize::new(width, height),
        ));
    }
    // Columns of vertical text stand one below the other.
    let (upper, lower) = if one.min_y() <= other.min_y() { (one, other) } else { (other, one) };
    if upper.max_y() <= lower.min_y() && one.min_x() == other.min_x() {
        let middle = upper.max_y() + (lower.min_y() - upper.max_y()) / 2;
        let length = one.size.width.max(other.size.width);
        let start = LayoutPoint::new(one.min_x(), middle - width / 2);
        return Some(LayoutRect::new(start, LayoutSize::new(length, width)));
    }
    None
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
        let found = rule_rect(rect(0, 0, 100, 50), rect(120, 0, 100, 40), LayoutUnit::from_px(4));
        assert_eq!(found, Some(rect(108, 0, 4, 50)));
    }

    #[test]
    fn columns_on_both_sides_of_a_spanning_box_have_no_rule() {
        assert_eq!(rule_rect(rect(120, 0, 100, 50), rect(0, 80, 100, 50), LayoutUnit::from_px(4)), None);
    }
}
