//! Where `position: sticky` keeps a box. Layout leaves it where it is in the flow; whoever knows how far things are scrolled asks
//! here. <https://drafts.csswg.org/css-position-3/#stickypos-scroll>

use fanlight_base::geometry::{LayoutRect, LayoutVector, inset};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;

use super::insets;
use crate::formatting::sizing::resolve_or_zero;
use crate::style;

/// How far a sticky box moves to stay in view. `own` is its border box as it is in the flow, `scrollport` what its nearest scroll
/// container shows of its contents, `containing_block` where it must stay: all in the same coordinates.
/// <https://drafts.csswg.org/css-position-3/#stickypos-insets>
pub fn sticky_shift(
    computed: &ComputedStyle,
    own: LayoutRect,
    scrollport: LayoutRect,
    containing_block: LayoutRect,
) -> LayoutVector {
    let insets = insets(computed, Some(scrollport.size.width), Some(scrollport.size.height));
    let margins: Sides<LayoutUnit> = style::margins(computed).map(|margin| {
        margin
            .value()
            .map_or(LayoutUnit::ZERO, |margin| resolve_or_zero(margin, Some(containing_block.size.width)))
    });
    let around = inset(containing_block, margins);
    let x = along_axis(
        (own.min_x(), own.max_x()),
        (scrollport.min_x(), scrollport.max_x()),
        (around.min_x(), around.max_x()),
        (insets.left, insets.right),
    );
    let y = along_axis(
        (own.min_y(), own.max_y()),
        (scrollport.min_y(), scrollport.max_y()),
        (around.min_y(), around.max_y()),
        (insets.top, insets.bottom),
    );
    LayoutVector::new(x, y)
}

/// One axis of sticky positioning; each pair is (start, end). The end inset acts first, so that the start inset wins.
fn along_axis(
    own: (LayoutUnit, LayoutUnit),
    view: (LayoutUnit, LayoutUnit),
    around: (LayoutUnit, LayoutUnit),
    insets: (Option<LayoutUnit>, Option<LayoutUnit>),
) -> LayoutUnit {
    let zero = LayoutUnit::ZERO;
    let mut shift = zero;
    if let Some(end) = insets.1 {
        let wanted = (view.1 - end - own.1).min(zero);
        let available = (around.0 - own.0).min(zero);
        shift = wanted.max(available);
    }
    if let Some(start) = insets.0 {
        let wanted = (view.0 + start - (own.0 + shift)).max(zero);
        let available = (around.1 - (own.1 + shift)).max(zero);
        shift += wanted.min(available);
    }
    shift
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(value: i32) -> LayoutUnit {
        LayoutUnit::from_px(value)
    }

    fn axis(
        own: (i32, i32),
        view: (i32, i32),
        around: (i32, i32),
        insets: (Option<i32>, Option<i32>),
    ) -> LayoutUnit {
        let pair = |(a, b)| (px(a), px(b));
        along_axis(pair(own), pair(view), pair(around), (insets.0.map(px), insets.1.map(px)))
    }

    #[test]
    fn a_sticky_box_stays_below_the_start_of_the_view() {
        assert_eq!(axis((10, 20), (50, 150), (0, 1000), (Some(5), None)), px(45));
        assert_eq!(axis((80, 90), (50, 150), (0, 1000), (Some(5), None)), px(0));
    }

    #[test]
    fn a_sticky_box_does_not_leave_its_containing_block() {
        assert_eq!(axis((10, 20), (50, 150), (0, 40), (Some(0), None)), px(20));
    }

    #[test]
    fn a_sticky_box_stays_above_the_end_of_the_view() {
        assert_eq!(axis((200, 220), (0, 100), (0, 1000), (None, Some(0))), px(-120));
        assert_eq!(axis((200, 220), (0, 100), (190, 1000), (None, Some(0))), px(-10));
    }
}
