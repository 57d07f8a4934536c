//! The two axes of a grid, for what is the same along both.

use fanlight_base::Sides;

use crate::flow::{LogicalSides, LogicalSize, WritingMode};

/// An axis of a grid: its columns follow one another along the inline axis, its rows along the block axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Inline,
    Block,
}

impl Axis {
    pub const BOTH: [Axis; 2] = [Axis::Inline, Axis::Block];

    pub fn of<T>(self, size: &LogicalSize<T>) -> &T {
        match self {
            Axis::Inline => &size.inline,
            Axis::Block => &size.block,
        }
    }

    pub fn of_mut<T>(self, size: &mut LogicalSize<T>) -> &mut T {
        match self {
            Axis::Inline => &mut size.inline,
            Axis::Block => &mut size.block,
        }
    }

    /// The sides where the axis begins and ends.
    pub fn sides<T: Copy>(self, sides: &LogicalSides<T>) -> (T, T) {
        match self {
            Axis::Inline => (sides.inline_start, sides.inline_end),
            Axis::Block => (sides.block_start, sides.block_end),
        }
    }

    /// Whether it lies from left to right, or back.
    pub fn is_horizontal(self, mode: WritingMode) -> bool {
        (self == Axis::Inline) == mode.is_horizontal()
    }

    /// The same axis of the page in a box of another writing mode, and whether it runs the other way there.
    pub fn seen_from(self, own: WritingMode, other: WritingMode) -> (Axis, bool) {
        let names = Sides::new('t', 'r', 'b', 'l');
        let (start, _) = self.sides(&LogicalSides::from_physical(&names, own));
        let axis = if own.is_orthogonal_to(other) { self.other() } else { self };
        let (other_start, _) = axis.sides(&LogicalSides::from_physical(&names, other));
        (axis, start != other_start)
    }

    pub const fn other(self) -> Axis {
        match self {
            Axis::Inline => Axis::Block,
            Axis::Block => Axis::Inline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::BlockFlow;

    #[test]
    fn axes_cross_and_turn_with_the_writing_mode() {
        let ltr = WritingMode::default();
        let rtl = WritingMode { is_rtl: true, ..ltr };
        let vertical = WritingMode { block_flow: BlockFlow::VerticalRl, is_rtl: false };
        assert_eq!(Axis::Inline.seen_from(ltr, ltr), (Axis::Inline, false));
        assert_eq!(Axis::Inline.seen_from(ltr, rtl), (Axis::Inline, true));
        assert_eq!(Axis::Inline.seen_from(ltr, vertical), (Axis::Block, true));
        assert_eq!(Axis::Block.seen_from(ltr, vertical), (Axis::Inline, false));
    }
}
