//! Used inline margins of block-level boxes in normal flow.

use fanlight_base::LayoutUnit;

use crate::flow::LogicalSides;

/// Shares what is left of the line among `auto` margins; `margins` are along the container's axes.
/// <https://drafts.csswg.org/css2/#blockwidth>
pub(crate) fn used(
    margins: LogicalSides<Option<LayoutUnit>>,
    available: LayoutUnit,
    inline_size: LayoutUnit,
) -> LogicalSides {
    let start = margins.inline_start;
    let end = margins.inline_end;
    let left = available - inline_size - start.unwrap_or_default() - end.unwrap_or_default();
    let left = left.clamp_negative_to_zero();
    let (inline_start, inline_end) = match (start, end) {
        (None, None) => (left / 2, left - left / 2),
        (None, Some(end)) => (left, end),
        (Some(start), None) => (start, left),
        (Some(start), Some(end)) => (start, end),
    };
    LogicalSides {
        inline_start,
        inline_end,
        block_start: margins.block_start.unwrap_or_default(),
        block_end: margins.block_end.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(start: Option<i32>, end: Option<i32>, available: i32, size: i32) -> (i32, i32) {
        let margins = LogicalSides {
            inline_start: start.map(LayoutUnit::from_px),
            inline_end: end.map(LayoutUnit::from_px),
            block_start: None,
            block_end: None,
        };
        let used = used(margins, LayoutUnit::from_px(available), LayoutUnit::from_px(size));
        (used.inline_start.floor(), used.inline_end.floor())
    }

    #[test]
    fn auto_margins_share_what_is_left() {
        assert_eq!(inline(None, None, 100, 40), (30, 30));
        assert_eq!(inline(None, Some(10), 100, 40), (50, 10));
        assert_eq!(inline(Some(5), None, 100, 40), (5, 55));
    }

    #[test]
    fn auto_margins_of_a_box_that_is_too_wide_are_zero() {
        assert_eq!(inline(None, None, 100, 140), (0, 0));
        assert_eq!(inline(Some(10), None, 100, 95), (10, 0));
    }
}
