//! Insets, margins and static position along one axis of the containing block.
//! <https://drafts.csswg.org/css-position-3/#abs-non-replaced-width>

use fanlight_base::LayoutUnit;

use crate::formatting::StaticEdge;

/// The static position along an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct StaticPlace {
    /// From the start edge of the containing block.
    pub at: LayoutUnit,
    /// Which edge of the margin box lies there.
    pub edge: StaticEdge,
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
    /// Whether automatic margins are equal even when they are negative: along the block axis they are.
    pub centers_overflow: bool,
}

impl Axis {
    /// The room for the margin box.
    pub fn room(&self) -> LayoutUnit {
        let room = match (self.start, self.end) {
            (None, None) => match self.place.edge {
                StaticEdge::Start => self.extent - self.place.at,
                StaticEdge::End => self.place.at,
                StaticEdge::Center => {
                    let before = self.place.at;
                    before.min(self.extent - before) * 2
                }
            },
            (start, end) => self.extent - start.unwrap_or_default() - end.unwrap_or_default(),
        };
        room.clamp_negative_to_zero()
    }

    /// The offset of a border box of this size, and the used margins at its start and end.
    pub fn solve(&self, size: LayoutUnit) -> (LayoutUnit, LayoutUnit, LayoutUnit) {
        let zero = LayoutUnit::ZERO;
        let (mut margin_start, mut margin_end) =
            (self.margin_start.unwrap_or(zero), self.margin_end.unwrap_or(zero));
        match (self.start, self.end) {
            (Some(start), Some(end)) => {
                let left = self.extent - start - end - size - margin_start - margin_end;
                match (self.margin_start, self.margin_end) {
                    (None, None) if left < zero && !self.centers_overflow => margin_end = left,
                    (None, None) => {
                        margin_start = left / 2;
                        margin_end = left - margin_start;
                    }
                    (None, Some(_)) => margin_start = left,
                    (Some(_), None) => margin_end = left,
                    (Some(_), Some(_)) => {}
                }
                (start + margin_start, margin_start, margin_end)
            }
            (Some(start), None) => (start + margin_start, margin_start, margin_end),
            (None, Some(end)) => (self.extent - end - margin_end - size, margin_start, margin_end),
            (None, None) => {
                let outer = margin_start + size + margin_end;
                let edge = match self.place.edge {
                    StaticEdge::Start => self.place.at,
                    StaticEdge::Center => self.place.at - outer / 2,
                    StaticEdge::End => self.place.at - outer,
                };
                (edge + margin_start, margin_start, margin_end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            place: StaticPlace { at: px(7), edge: StaticEdge::Start },
            centers_overflow: false,
        }
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
}
