//! Flow-relative geometry: inline and block axes instead of x and y, so that layout is written once for every writing
//! mode. Only fragments are physical; the conversions are here.
//! <https://drafts.csswg.org/css-writing-modes-4/#abstract-axes>

use std::ops::{Add, Sub};

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_base::{LayoutUnit, Sides};

/// Which way blocks stack. <https://drafts.csswg.org/css-writing-modes-4/#block-flow>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlockFlow {
    /// Lines are horizontal and stack downwards.
    #[default]
    HorizontalTb,
    /// Lines are vertical and stack leftwards.
    VerticalRl,
    /// Lines are vertical and stack rightwards.
    VerticalLr,
    /// As [`BlockFlow::VerticalRl`], with all characters turned clockwise.
    SidewaysRl,
    /// As [`BlockFlow::VerticalLr`], with all characters turned anticlockwise, so that lines run upwards.
    SidewaysLr,
}

/// The writing mode and the inline base direction of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WritingMode {
    /// Which way blocks stack.
    pub block_flow: BlockFlow,
    /// Whether `direction` is `rtl`: inline-start is where lines end otherwise.
    pub is_rtl: bool,
}

impl WritingMode {
    /// Whether the inline axis is horizontal.
    pub const fn is_horizontal(self) -> bool {
        matches!(self.block_flow, BlockFlow::HorizontalTb)
    }

    /// Whether boxes of the two have crossed inline axes.
    /// <https://drafts.csswg.org/css-writing-modes-4/#orthogonal-flow>
    pub const fn is_orthogonal_to(self, other: WritingMode) -> bool {
        self.is_horizontal() != other.is_horizontal()
    }

    /// Whether block-start is the physical right or bottom.
    pub const fn is_block_flipped(self) -> bool {
        matches!(self.block_flow, BlockFlow::VerticalRl | BlockFlow::SidewaysRl)
    }

    /// Whether inline-start is the physical right or bottom.
    const fn is_inline_flipped(self) -> bool {
        matches!(self.block_flow, BlockFlow::SidewaysLr) != self.is_rtl
    }

    /// Along the inline and the block axis of another writing mode: whether this one's axis there runs the other way.
    pub fn flips_along_axes_of(self, other: WritingMode) -> [bool; 2] {
        let own = LogicalSize::new(self.is_inline_flipped(), self.is_block_flipped())
            .transposed_if(self.is_orthogonal_to(other));
        [own.inline != other.is_inline_flipped(), own.block != other.is_block_flipped()]
    }

    /// In which the contents of a line are laid out: from line-left, and from the line-over side, which is not where blocks
    /// begin in `vertical-lr`. <https://drafts.csswg.org/css-writing-modes-4/#line-mappings>
    pub const fn on_line(self) -> WritingMode {
        let block_flow = match self.block_flow {
            BlockFlow::VerticalLr => BlockFlow::VerticalRl,
            other => other,
        };
        WritingMode { block_flow, is_rtl: false }
    }

    /// The baseline of a box without lines in a formatting context of this writing mode, from the block-start border edge of
    /// a box this long: in the middle, or at the line-under edge.
    /// <https://drafts.csswg.org/css-align-3/#synthesize-baseline>
    pub fn synthesized_baseline(self, extent: LayoutUnit, is_central: bool) -> LayoutUnit {
        match is_central {
            true => extent / 2,
            false if self.has_flipped_lines() => LayoutUnit::ZERO,
            false => extent,
        }
    }

    /// Whether the line-over side is the block-end side.
    pub const fn has_flipped_lines(self) -> bool {
        matches!(self.block_flow, BlockFlow::VerticalLr)
    }
}

/// An extent along the two axes of a writing mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalSize<T = LayoutUnit> {
    /// Along lines.
    pub inline: T,
    /// Across lines.
    pub block: T,
}

impl<T> LogicalSize<T> {
    /// From the two extents.
    pub const fn new(inline: T, block: T) -> Self {
        LogicalSize { inline, block }
    }

    /// With the axes exchanged when `orthogonal`.
    pub fn transposed_if(self, orthogonal: bool) -> Self {
        if orthogonal { LogicalSize { inline: self.block, block: self.inline } } else { self }
    }
}

impl LogicalSize {
    /// Nothing.
    pub const ZERO: LogicalSize = LogicalSize::new(LayoutUnit::ZERO, LayoutUnit::ZERO);

    /// Width and height.
    pub fn to_physical(self, mode: WritingMode) -> LayoutSize {
        if mode.is_horizontal() {
            LayoutSize::new(self.inline, self.block)
        } else {
            LayoutSize::new(self.block, self.inline)
        }
    }

    /// From width and height.
    pub fn from_physical(size: LayoutSize, mode: WritingMode) -> Self {
        if mode.is_horizontal() {
            LogicalSize::new(size.width, size.height)
        } else {
            LogicalSize::new(size.height, size.width)
        }
    }
}

/// A distance from the inline-start block-start corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalOffset {
    /// Along lines, from inline-start.
    pub inline: LayoutUnit,
    /// Across lines, from block-start.
    pub block: LayoutUnit,
}

impl LogicalOffset {
    /// From the two distances.
    pub const fn new(inline: LayoutUnit, block: LayoutUnit) -> Self {
        LogicalOffset { inline, block }
    }

    /// The physical offset of something of size `inner` at this logical offset in something of size `outer`.
    pub fn to_physical(self, mode: WritingMode, outer: LayoutSize, inner: LayoutSize) -> LayoutPoint {
        let outer = LogicalSize::from_physical(outer, mode);
        let inner = LogicalSize::from_physical(inner, mode);
        let along =
            if mode.is_inline_flipped() { outer.inline - self.inline - inner.inline } else { self.inline };
        let across =
            if mode.is_block_flipped() { outer.block - self.block - inner.block } else { self.block };
        if mode.is_horizontal() { LayoutPoint::new(along, across) } else { LayoutPoint::new(across, along) }
    }

    /// The logical offset of something of size `inner` at a physical offset in something of size `outer`.
    pub fn from_physical(
        point: LayoutPoint,
        mode: WritingMode,
        outer: LayoutSize,
        inner: LayoutSize,
    ) -> LogicalOffset {
        let outer = LogicalSize::from_physical(outer, mode);
        let inner = LogicalSize::from_physical(inner, mode);
        let (along, across) = if mode.is_horizontal() { (point.x, point.y) } else { (point.y, point.x) };
        LogicalOffset {
            inline: if mode.is_inline_flipped() { outer.inline - along - inner.inline } else { along },
            block: if mode.is_block_flipped() { outer.block - across - inner.block } else { across },
        }
    }
}

impl Add for LogicalOffset {
    type Output = LogicalOffset;
    fn add(self, other: LogicalOffset) -> LogicalOffset {
        LogicalOffset::new(self.inline + other.inline, self.block + other.block)
    }
}

impl Sub for LogicalOffset {
    type Output = LogicalOffset;
    fn sub(self, other: LogicalOffset) -> LogicalOffset {
        LogicalOffset::new(self.inline - other.inline, self.block - other.block)
    }
}

/// A rectangle in flow-relative coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalRect {
    /// The inline-start block-start corner.
    pub offset: LogicalOffset,
    /// The extent.
    pub size: LogicalSize,
}

impl LogicalRect {
    /// Where it lies in a box of physical size `outer`.
    pub fn to_physical(self, mode: WritingMode, outer: LayoutSize) -> LayoutRect {
        let size = self.size.to_physical(mode);
        LayoutRect::new(self.offset.to_physical(mode, outer, size), size)
    }
}

/// A value for each flow-relative side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalSides<T = LayoutUnit> {
    /// Where lines begin.
    pub inline_start: T,
    /// Where lines end.
    pub inline_end: T,
    /// Where the first line is.
    pub block_start: T,
    /// Where the last line is.
    pub block_end: T,
}

impl<T: Copy> LogicalSides<T> {
    /// The flow-relative view of physical sides.
    pub fn from_physical(sides: &Sides<T>, mode: WritingMode) -> Self {
        let (low, high, before, after) = if mode.is_horizontal() {
            (sides.left, sides.right, sides.top, sides.bottom)
        } else {
            (sides.top, sides.bottom, sides.left, sides.right)
        };
        let (inline_start, inline_end) = if mode.is_inline_flipped() { (high, low) } else { (low, high) };
        let (block_start, block_end) =
            if mode.is_block_flipped() { (after, before) } else { (before, after) };
        LogicalSides { inline_start, inline_end, block_start, block_end }
    }

    /// The physical view.
    pub fn to_physical(&self, mode: WritingMode) -> Sides<T> {
        let (low, high) = if mode.is_inline_flipped() {
            (self.inline_end, self.inline_start)
        } else {
            (self.inline_start, self.inline_end)
        };
        let (before, after) = if mode.is_block_flipped() {
            (self.block_end, self.block_start)
        } else {
            (self.block_start, self.block_end)
        };
        if mode.is_horizontal() {
            Sides::new(before, high, after, low)
        } else {
            Sides::new(low, after, high, before)
        }
    }
}

impl LogicalSides {
    /// Nothing on any side.
    pub const ZERO: LogicalSides = LogicalSides {
        inline_start: LayoutUnit::ZERO,
        inline_end: LayoutUnit::ZERO,
        block_start: LayoutUnit::ZERO,
        block_end: LayoutUnit::ZERO,
    };

    /// Both inline sides.
    pub fn inline_sum(&self) -> LayoutUnit {
        self.inline_start + self.inline_end
    }

    /// Both block sides.
    pub fn block_sum(&self) -> LayoutUnit {
        self.block_start + self.block_end
    }

    /// The sums along both axes.
    pub fn sums(&self) -> LogicalSize {
        LogicalSize::new(self.inline_sum(), self.block_sum())
    }

    /// The inline-start block-start corner of what these sides surround.
    pub fn start_offset(&self) -> LogicalOffset {
        LogicalOffset::new(self.inline_start, self.block_start)
    }
}

impl<T: Add<Output = T>> Add for LogicalSides<T> {
    type Output = LogicalSides<T>;
    fn add(self, other: LogicalSides<T>) -> LogicalSides<T> {
        LogicalSides {
            inline_start: self.inline_start + other.inline_start,
            inline_end: self.inline_end + other.inline_end,
            block_start: self.block_start + other.block_start,
            block_end: self.block_end + other.block_end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [BlockFlow; 5] = [
        BlockFlow::HorizontalTb,
        BlockFlow::VerticalRl,
        BlockFlow::VerticalLr,
        BlockFlow::SidewaysRl,
        BlockFlow::SidewaysLr,
    ];

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    #[test]
    fn inline_start_is_where_the_specification_puts_it() {
        let sides = Sides::new("top", "right", "bottom", "left");
        let starts = |block_flow, is_rtl| {
            let logical = LogicalSides::from_physical(&sides, WritingMode { block_flow, is_rtl });
            (logical.inline_start, logical.block_start)
        };
        assert_eq!(starts(BlockFlow::HorizontalTb, false), ("left", "top"));
        assert_eq!(starts(BlockFlow::HorizontalTb, true), ("right", "top"));
        assert_eq!(starts(BlockFlow::VerticalRl, false), ("top", "right"));
        assert_eq!(starts(BlockFlow::VerticalRl, true), ("bottom", "right"));
        assert_eq!(starts(BlockFlow::VerticalLr, false), ("top", "left"));
        assert_eq!(starts(BlockFlow::SidewaysLr, false), ("bottom", "left"));
        assert_eq!(starts(BlockFlow::SidewaysLr, true), ("top", "left"));
    }

    #[test]
    fn conversions_come_back_to_where_they_started() {
        let outer = LayoutSize::new(px(100), px(60));
        let inner = LayoutSize::new(px(10), px(20));
        for block_flow in MODES {
            for is_rtl in [false, true] {
                let mode = WritingMode { block_flow, is_rtl };
                let point = LayoutPoint::new(px(7), px(3));
                let logical = LogicalOffset::from_physical(point, mode, outer, inner);
                assert_eq!(logical.to_physical(mode, outer, inner), point, "{mode:?}");
                let sides = Sides::new(1, 2, 3, 4);
                assert_eq!(LogicalSides::from_physical(&sides, mode).to_physical(mode), sides, "{mode:?}");
            }
        }
    }

    #[test]
    fn axes_of_two_writing_modes_are_told_to_run_together_or_not() {
        let of = |block_flow, is_rtl| WritingMode { block_flow, is_rtl };
        let horizontal = of(BlockFlow::HorizontalTb, false);
        assert_eq!(of(BlockFlow::HorizontalTb, true).flips_along_axes_of(horizontal), [true, false]);
        // The block axis of vertical-rl runs leftwards, along the lines of horizontal text.
        assert_eq!(of(BlockFlow::VerticalRl, false).flips_along_axes_of(horizontal), [true, false]);
        assert_eq!(of(BlockFlow::VerticalLr, true).flips_along_axes_of(horizontal), [false, true]);
        assert_eq!(
            of(BlockFlow::VerticalRl, false).flips_along_axes_of(of(BlockFlow::VerticalLr, true)),
            [true, true]
        );
    }

    #[test]
    fn right_to_left_counts_from_the_right() {
        let mode = WritingMode { block_flow: BlockFlow::HorizontalTb, is_rtl: true };
        let offset = LogicalOffset::new(px(5), px(2));
        let point =
            offset.to_physical(mode, LayoutSize::new(px(100), px(50)), LayoutSize::new(px(20), px(10)));
        assert_eq!(point, LayoutPoint::new(px(75), px(2)));
    }
}
