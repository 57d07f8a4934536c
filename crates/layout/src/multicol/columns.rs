//! How many columns there are, and how wide. <https://drafts.csswg.org/css-multicol-1/#pseudo-algorithm>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;

use crate::style;

/// The used columns of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// How many fit, at least one.
    pub count: usize,
    /// How wide each is.
    pub inline_size: LayoutUnit,
    /// The gap between two.
    pub gap: LayoutUnit,
}

impl Columns {
    /// Those of a container with this content-box inline size.
    pub fn new(computed: &ComputedStyle, available: LayoutUnit) -> Columns {
        let gap = style::column_gap(computed, available);
        used(style::column_count(computed), style::column_width(computed), gap, available)
    }

    /// From the inline-start content edge to the column of this number.
    pub fn start(&self, index: usize) -> LayoutUnit {
        (self.inline_size + self.gap) * i32::try_from(index).unwrap_or(i32::MAX)
    }
}

fn used(count: Option<i32>, width: Option<LayoutUnit>, gap: LayoutUnit, available: LayoutUnit) -> Columns {
    let count = match width {
        None => count.unwrap_or(1),
        Some(width) => {
            // At least 1px each, so that there is an end to them.
            let step = (width + gap).max(LayoutUnit::from_px(1));
            let fitting = ((available + gap).raw() / step.raw()).max(1);
            count.map_or(fitting, |count| count.min(fitting))
        }
    };
    let inline_size = ((available + gap) / count - gap).clamp_negative_to_zero();
    Columns { count: usize::try_from(count).unwrap_or(1), inline_size, gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    fn of(count: Option<i32>, width: Option<i32>, gap: i32, available: i32) -> (usize, f32) {
        let columns = used(count, width.map(px), px(gap), px(available));
        (columns.count, columns.inline_size.to_f32())
    }

    #[test]
    fn a_width_says_how_many_fit_and_they_share_what_is_left() {
        assert_eq!(of(None, Some(90), 10, 320), (3, 100.0));
        assert_eq!(of(None, Some(400), 10, 300), (1, 300.0));
    }

    #[test]
    fn a_count_bounds_what_fits() {
        assert_eq!(of(Some(2), Some(50), 0, 400), (2, 200.0));
        assert_eq!(of(Some(9), Some(100), 0, 400), (4, 100.0));
        assert_eq!(of(Some(3), None, 20, 100), (3, 20.0));
    }

    #[test]
    fn gaps_may_leave_nothing() {
        assert_eq!(of(Some(4), None, 50, 100), (4, 0.0));
    }
}
