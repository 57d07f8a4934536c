//! Adjoining margins on their way to collapsing into one.

use fanlight_base::LayoutUnit;

/// Margins that adjoin: the greatest positive and the least negative of them.
/// <https://drafts.csswg.org/css2/#collapsing-margins>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarginStrut {
    positive: LayoutUnit,
    negative: LayoutUnit,
    /// The greatest positive margin that quirks mode ignores at the edge of some containers.
    quirky_positive: LayoutUnit,
    /// Whether only margins that are not quirky count: at the start of a quirky container.
    pub ignores_quirky: bool,
    /// Whether margins are truncated: after an unforced break. <https://drafts.csswg.org/css-break-4/#break-margins>
    pub is_truncated: bool,
}

impl MarginStrut {
    /// No margins.
    pub const EMPTY: MarginStrut = MarginStrut {
        positive: LayoutUnit::ZERO,
        negative: LayoutUnit::ZERO,
        quirky_positive: LayoutUnit::ZERO,
        ignores_quirky: false,
        is_truncated: false,
    };

    /// Adds a margin. A quirky one is a margin of the user-agent sheet that quirks mode ignores at the edges of `<body>`
    /// and table cells. <https://quirks.spec.whatwg.org/#the-collapsing-margins-quirk>
    pub fn append(&mut self, margin: LayoutUnit, is_quirky: bool) {
        if self.is_truncated || self.ignores_quirky && is_quirky {
            return;
        }
        if margin < LayoutUnit::ZERO {
            self.negative = self.negative.min(margin);
        } else if is_quirky {
            self.quirky_positive = self.quirky_positive.max(margin);
        } else {
            self.positive = self.positive.max(margin);
        }
    }

    /// The collapsed margin.
    pub fn sum(&self) -> LayoutUnit {
        self.positive.max(self.quirky_positive) + self.negative
    }

    /// The collapsed margin without quirky ones.
    pub fn sum_without_quirky(&self) -> LayoutUnit {
        self.positive + self.negative
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_positive_and_the_least_negative_margin_add_up() {
        let mut strut = MarginStrut::default();
        for margin in [10, 30, -5, 20, -12] {
            strut.append(LayoutUnit::from_px(margin), false);
        }
        assert_eq!(strut.sum(), LayoutUnit::from_px(18));
    }

    #[test]
    fn quirky_margins_can_be_left_out() {
        let mut strut = MarginStrut::default();
        strut.append(LayoutUnit::from_px(16), true);
        strut.append(LayoutUnit::from_px(4), false);
        assert_eq!(strut.sum(), LayoutUnit::from_px(16));
        assert_eq!(strut.sum_without_quirky(), LayoutUnit::from_px(4));
    }
}
