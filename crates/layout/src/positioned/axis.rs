//! Insets, margins, alignment and static position along one axis of the containing block.
//! <https://drafts.csswg.org/css-position-3/#abspos-layout>

use fanlight_base::LayoutUnit;

use crate::formatting::{StaticAlignment, StaticEdge};

use super::alignment::{Alignment, Safety};

/// The static position along an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct StaticPlace {
    /// From the start edge of the containing block.
    pub at: LayoutUnit,
    /// How the margin box is aligned with it.
    pub alignment: StaticAlignment,
}

impl StaticPlace {
    /// Where the start edge goes of a margin box of this size.
    fn start_of(&self, outer: LayoutUnit) -> LayoutUnit {
        let before = |edge: StaticEdge, extent: LayoutUnit| match edge {
            StaticEdge::Start => LayoutUnit::ZERO,
            StaticEdge::Center => extent / 2,
            StaticEdge::End => extent,
        };
        let edge = self.alignment.edge;
        match self.alignment.safe {
            Some(safe) if outer > safe.extent => {
                let rect_start = self.at - before(edge, safe.extent);
                rect_start + before(safe.edge, safe.extent) - before(safe.edge, outer)
            }
            _ => self.at - before(edge, outer),
        }
    }
}

/// What decides where an absolutely positioned box goes along one axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// The extent of the containing block.
    pub extent: LayoutUnit,
    pub start: Option<LayoutUnit>,
    pub end: Option<LayoutUnit>,
    pub margin_start: Option<LayoutUnit>,
    pub margin_end: Option<LayoutUnit>,
    pub place: StaticPlace,
    /// `align-self` or `justify-self`, whichever is along this axis.
    pub alignment: Alignment,
    /// Whether automatic margins are equal even when they are negative: along the block axis they are.
    pub centers_overflow: bool,
}

impl Axis {
    /// Whether both insets are given.
    pub fn is_inset(&self) -> bool {
        self.start.is_some() && self.end.is_some()
    }

    /// The insets of the inset-modified containing block.
    /// <https://drafts.csswg.org/css-position-3/#resolving-insets>
    fn modified_insets(&self) -> (LayoutUnit, LayoutUnit) {
        let zero = LayoutUnit::ZERO;
        if self.start.is_some() || self.end.is_some() {
            return (self.start.unwrap_or(zero), self.end.unwrap_or(zero));
        }
        let (before, after) = (self.place.at, self.extent - self.place.at);
        match self.place.alignment.edge {
            StaticEdge::Start => (before, zero),
            StaticEdge::End => (zero, after),
            StaticEdge::Center => {
                let half = before.min(after);
                (before - half, after - half)
            }
        }
    }

    /// The room for the margin box.
    pub fn room(&self) -> LayoutUnit {
        let (start, end) = self.modified_insets();
        (self.extent - start - end).clamp_negative_to_zero()
    }

    /// The used margins of a border box of this size. <https://drafts.csswg.org/css-position-3/#abspos-margins>
    fn used_margins(&self, size: LayoutUnit) -> (LayoutUnit, LayoutUnit) {
        let zero = LayoutUnit::ZERO;
        let (start, end) = (self.margin_start.unwrap_or(zero), self.margin_end.unwrap_or(zero));
        let (Some(inset_start), Some(inset_end)) = (self.start, self.end) else { return (start, end) };
        let left = self.extent - inset_start - inset_end - size - start - end;
        match (self.margin_start, self.margin_end) {
            (None, None) if left < zero && !self.centers_overflow => (zero, left),
            (None, None) => (left / 2, left - left / 2),
            (None, Some(_)) => (left, end),
            (Some(_), None) => (start, left),
            (Some(_), Some(_)) => (start, end),
        }
    }

    /// The offset of a border box of this size, and the used margins at its start and end.
    pub fn solve(&self, size: LayoutUnit) -> (LayoutUnit, LayoutUnit, LayoutUnit) {
        let (margin_start, margin_end) = self.used_margins(size);
        let outer = margin_start + size + margin_end;
        let start = match (self.start, self.end) {
            (None, None) => self.place.start_of(outer),
            (Some(start), None) => start,
            (None, Some(end)) => self.extent - end - outer,
            (Some(start), Some(end)) => self.aligned(start, end, outer),
        };
        (start + margin_start, margin_start, margin_end)
    }

    /// Where the margin box begins between two insets.
    /// <https://drafts.csswg.org/css-position-3/#abspos-alignment>
    fn aligned(&self, inset_start: LayoutUnit, inset_end: LayoutUnit, outer: LayoutUnit) -> LayoutUnit {
        let left = self.extent - inset_start - inset_end - outer;
        let overflows = left < LayoutUnit::ZERO;
        if overflows && self.alignment.safety == Safety::Safe {
            return inset_start;
        }
        let start = match self.alignment.edge {
            StaticEdge::Start => inset_start,
            StaticEdge::Center => inset_start + left / 2,
            StaticEdge::End => inset_start + left,
        };
        if !overflows || self.alignment.is_normal || self.alignment.safety == Safety::Unsafe {
            return start;
        }
        // https://drafts.csswg.org/css-align-3/#auto-safety-position: it stays in the containing block where it can.
        let first = inset_start.min(LayoutUnit::ZERO);
        let last = (self.extent - inset_end.min(LayoutUnit::ZERO)) - outer;
        start.min(last).max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formatting::SafeAlignment;

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    fn axis(start: Option<i32>, end: Option<i32>, margins: (Option<i32>, Option<i32>)) -> Axis {
        Axis {
            extent: px(100),
            start: start.map(px),
            end: end.map(px),
            margin_start: margins.0.map(px),
            margin_end: margins.1.map(px),
            place: StaticPlace { at: px(7), alignment: StaticAlignment::START },
            alignment: Alignment::NORMAL,
            centers_overflow: false,
        }
    }

    fn aligned(edge: StaticEdge, safety: Safety, insets: (i32, i32), size: i32) -> LayoutUnit {
        let alignment = Alignment { edge, safety, is_normal: false, is_stretch: false };
        let axis = axis(Some(insets.0), Some(insets.1), (Some(0), Some(0)));
        Axis { alignment, ..axis }.solve(px(size)).0
    }

    #[test]
    fn auto_margins_center_between_insets_and_keep_the_start_when_too_wide() {
        assert_eq!(axis(Some(10), Some(10), (None, None)).solve(px(40)).0, px(30));
        assert_eq!(axis(Some(10), Some(10), (None, None)).solve(px(140)).0, px(10));
    }

    #[test]
    fn the_end_inset_gives_way_when_everything_is_given() {
        assert_eq!(axis(Some(10), Some(50), (Some(3), Some(0))).solve(px(90)).0, px(13));
    }

    #[test]
    fn without_insets_the_box_stays_at_its_static_position() {
        assert_eq!(axis(None, None, (Some(2), None)).solve(px(10)).0, px(9));
        assert_eq!(axis(None, None, (None, None)).room(), px(93));
        assert_eq!(axis(None, Some(5), (Some(2), Some(1))).solve(px(10)).0, px(84));
    }

    #[test]
    fn alignment_moves_a_box_between_its_insets() {
        assert_eq!(aligned(StaticEdge::Center, Safety::Default, (10, 20), 30), px(30));
        assert_eq!(aligned(StaticEdge::End, Safety::Default, (10, 20), 30), px(50));
    }

    #[test]
    fn a_box_larger_than_its_room_stays_in_the_containing_block_unless_told_otherwise() {
        assert_eq!(aligned(StaticEdge::Center, Safety::Default, (0, 60), 80), px(0));
        assert_eq!(aligned(StaticEdge::Center, Safety::Unsafe, (0, 60), 80), px(-20));
        assert_eq!(aligned(StaticEdge::End, Safety::Default, (60, 0), 60), px(40));
        assert_eq!(aligned(StaticEdge::End, Safety::Safe, (60, 0), 60), px(60));
    }

    #[test]
    fn safe_alignment_with_the_static_position_keeps_the_start_of_the_rectangle_in() {
        let safe = Some(SafeAlignment { extent: px(50), edge: StaticEdge::Start });
        let place = StaticPlace { at: px(30), alignment: StaticAlignment { edge: StaticEdge::Center, safe } };
        assert_eq!(place.start_of(px(40)), px(10));
        assert_eq!(place.start_of(px(60)), px(5));
    }
}
