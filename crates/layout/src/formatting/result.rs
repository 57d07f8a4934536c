//! What a formatting context answers.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutPoint;

use crate::box_tree::BoxId;
use crate::flow::WritingMode;
use crate::fragment::BoxFragment;

/// Which edge of an absolutely positioned box lies at its static position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StaticEdge {
    /// The start edge.
    #[default]
    Start,
    /// The middle.
    Center,
    /// The end edge.
    End,
}

/// Where an absolutely positioned box would be if it were not.
/// <https://drafts.csswg.org/css-position-3/#staticpos-rect>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaticPosition {
    /// Physical, from the corner of the border box that reports it.
    pub point: LayoutPoint,
    /// The writing mode of the box that it would be in; the edges below are its.
    pub mode: WritingMode,
    /// Which inline edge of the margin box lies there.
    pub inline_edge: StaticEdge,
    /// Which block edge of the margin box lies there.
    pub block_edge: StaticEdge,
}

/// An absolutely positioned box that waits for its containing block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfFlow {
    /// The box.
    pub box_id: BoxId,
    /// Where it would be otherwise.
    pub static_position: StaticPosition,
}

/// The answer of an independent formatting context.
#[derive(Clone, Debug)]
pub struct LayoutResult {
    /// Where everything landed.
    pub fragment: Arc<BoxFragment>,
    /// Positioned descendants whose containing block is further out.
    pub out_of_flow: Vec<OutOfFlow>,
    /// The border-box block size that the content asks for.
    pub intrinsic_block_size: LayoutUnit,
}

/// The narrowest and the widest that content asks for.
/// <https://drafts.csswg.org/css-sizing-3/#intrinsic-sizes>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinMax {
    /// The min-content size.
    pub min: LayoutUnit,
    /// The max-content size.
    pub max: LayoutUnit,
}

impl MinMax {
    /// Both the same.
    pub const fn both(size: LayoutUnit) -> Self {
        MinMax { min: size, max: size }
    }

    /// Both sizes with something around.
    #[must_use]
    pub fn plus(self, around: LayoutUnit) -> Self {
        MinMax { min: self.min + around, max: self.max + around }
    }

    /// The greater of both.
    #[must_use]
    pub fn encompass(self, other: MinMax) -> Self {
        MinMax { min: self.min.max(other.min), max: self.max.max(other.max) }
    }

    /// <https://drafts.csswg.org/css-sizing-3/#fit-content-size>
    pub fn shrink_to_fit(self, available: LayoutUnit) -> LayoutUnit {
        self.max.min(self.min.max(available))
    }
}
