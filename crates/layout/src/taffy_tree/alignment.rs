//! Box alignment in taffy's terms. <https://drafts.csswg.org/css-align-3/>
//!
//! taffy lays out along flow-relative axes, so that "left" is always where lines begin.

use fanlight_css::values::align::{
    ContentAlignment, ContentPosition, OverflowPosition, SelfAlignment, SelfPosition,
};
use taffy::{AlignContent, AlignItems, AlignmentSafety};

use crate::flow::WritingMode;

/// The axis that an alignment works in, as `left` and `right` see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlignedAxis {
    /// It has a left and a right end, or line-left and line-right.
    LeftRight {
        /// Whether `left` is the end.
        left_is_end: bool,
    },
    /// `left` and `right` mean `start`.
    Other,
}

impl AlignedAxis {
    /// Along the lines of a container.
    pub const fn inline(mode: WritingMode) -> AlignedAxis {
        AlignedAxis::LeftRight { left_is_end: mode.is_rtl }
    }

    /// Across the lines of a container. <https://drafts.csswg.org/css-align-3/#valdef-justify-content-left>
    pub const fn block(mode: WritingMode) -> AlignedAxis {
        if mode.is_horizontal() {
            AlignedAxis::Other
        } else {
            AlignedAxis::LeftRight { left_is_end: mode.is_block_flipped() }
        }
    }
}

fn safety(overflow: Option<OverflowPosition>) -> AlignmentSafety {
    match overflow {
        None => AlignmentSafety::Default,
        Some(OverflowPosition::Safe) => AlignmentSafety::Safe,
        Some(OverflowPosition::Unsafe) => AlignmentSafety::Unsafe,
    }
}

/// `align-content` or `justify-content`.
pub(crate) fn content<const JUSTIFY: bool>(
    alignment: ContentAlignment<JUSTIFY>,
    axis: AlignedAxis,
) -> AlignContent {
    let value = match (alignment.position, axis) {
        (ContentPosition::Normal, _) => AlignContent::NORMAL,
        (ContentPosition::Stretch, _) => AlignContent::STRETCH,
        (ContentPosition::Center, _) => AlignContent::CENTER,
        (ContentPosition::Left, AlignedAxis::LeftRight { left_is_end: true })
        | (ContentPosition::Right, AlignedAxis::LeftRight { left_is_end: false })
        | (ContentPosition::End, _) => AlignContent::END,
        (ContentPosition::Left | ContentPosition::Right | ContentPosition::Start, _) => AlignContent::START,
        (ContentPosition::FlexStart, _) => AlignContent::FLEX_START,
        (ContentPosition::FlexEnd, _) => AlignContent::FLEX_END,
        (ContentPosition::SpaceBetween, _) => AlignContent::SPACE_BETWEEN,
        (ContentPosition::SpaceAround, _) => AlignContent::SPACE_AROUND,
        (ContentPosition::SpaceEvenly, _) => AlignContent::SPACE_EVENLY,
        // https://drafts.csswg.org/css-align-3/#baseline-values: the fallback alignments.
        (ContentPosition::Baseline, _) => return AlignContent::SAFE_START,
        (ContentPosition::LastBaseline, _) => return AlignContent::SAFE_END,
    };
    value.with_safety(safety(alignment.overflow))
}

/// What is aligned along an axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlignedItem {
    pub axis: AlignedAxis,
    /// Whether the item's own axis runs the other way.
    pub is_turned: bool,
    /// Whether it is absolutely positioned, and its static position is asked for.
    pub is_out_of_flow: bool,
}

/// `align-items` and the like; `None` for `auto`.
pub(crate) fn of_self<const JUSTIFY: bool, const ITEMS: bool>(
    alignment: SelfAlignment<JUSTIFY, ITEMS>,
    item: AlignedItem,
) -> Option<AlignItems> {
    let value = match (alignment.position, item.axis) {
        (SelfPosition::Auto, _) => return None,
        (SelfPosition::Normal, _) => AlignItems::NORMAL,
        (SelfPosition::Stretch, _) => AlignItems::STRETCH,
        (SelfPosition::Baseline, _) => AlignItems::BASELINE,
        // https://drafts.csswg.org/css-align-3/#baseline-values: the fallback alignment.
        (SelfPosition::LastBaseline, _) if item.is_out_of_flow => AlignItems::END,
        (SelfPosition::LastBaseline, _) => return Some(AlignItems::SAFE_END),
        (SelfPosition::Center | SelfPosition::AnchorCenter, _) => AlignItems::CENTER,
        (SelfPosition::Left, AlignedAxis::LeftRight { left_is_end: true })
        | (SelfPosition::Right, AlignedAxis::LeftRight { left_is_end: false })
        | (SelfPosition::End, _) => AlignItems::END,
        (SelfPosition::SelfStart, _) if item.is_turned => AlignItems::END,
        (SelfPosition::SelfEnd, _) if !item.is_turned => AlignItems::END,
        (
            SelfPosition::Left
            | SelfPosition::Right
            | SelfPosition::Start
            | SelfPosition::SelfStart
            | SelfPosition::SelfEnd,
            _,
        ) => AlignItems::START,
        (SelfPosition::FlexStart, _) => AlignItems::FLEX_START,
        (SelfPosition::FlexEnd, _) => AlignItems::FLEX_END,
    };
    Some(value.with_safety(safety(alignment.overflow)))
}

#[cfg(test)]
mod tests {
    use fanlight_css::values::align::{AlignSelf, JustifyContent, JustifySelf};

    use super::*;

    const ACROSS: AlignedItem =
        AlignedItem { axis: AlignedAxis::Other, is_turned: false, is_out_of_flow: false };

    #[test]
    fn left_and_right_follow_the_direction_of_lines() {
        let left = JustifyContent::of(ContentPosition::Left);
        assert_eq!(content(left, AlignedAxis::LeftRight { left_is_end: false }), AlignContent::START);
        assert_eq!(content(left, AlignedAxis::LeftRight { left_is_end: true }), AlignContent::END);
        assert_eq!(content(left, AlignedAxis::Other), AlignContent::START);
        let right = JustifySelf::of(SelfPosition::Right);
        assert_eq!(
            of_self(right, AlignedItem { axis: AlignedAxis::LeftRight { left_is_end: false }, ..ACROSS }),
            Some(AlignItems::END)
        );
    }

    #[test]
    fn the_edges_of_an_item_that_runs_the_other_way_are_exchanged() {
        let of = |position, is_turned| of_self(AlignSelf::of(position), AlignedItem { is_turned, ..ACROSS });
        assert_eq!(of(SelfPosition::SelfStart, true), Some(AlignItems::END));
        assert_eq!(of(SelfPosition::SelfEnd, true), Some(AlignItems::START));
        assert_eq!(of(SelfPosition::SelfEnd, false), Some(AlignItems::END));
    }

    #[test]
    fn auto_defers_to_the_container_and_safe_is_kept() {
        assert_eq!(of_self(AlignSelf::AUTO, ACROSS), None);
        let safe =
            AlignSelf { overflow: Some(OverflowPosition::Safe), ..AlignSelf::of(SelfPosition::Center) };
        assert_eq!(of_self(safe, ACROSS), Some(AlignItems::SAFE_CENTER));
    }
}
