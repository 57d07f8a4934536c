//! What a formatting context answers.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutPoint;
use thin_vec::ThinVec;

use crate::box_tree::BoxId;
use crate::flow::{LogicalSize, WritingMode};
use crate::fragment::BoxFragment;
use crate::fragmentation::BreakInfo;

/// Which edge of a box lies at a place along an axis, as alignment has it.
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

impl StaticEdge {
    /// The edge seen from the other end of the axis where `flipped`.
    #[must_use]
    pub fn flipped_if(self, flipped: bool) -> StaticEdge {
        match self {
            StaticEdge::Start if flipped => StaticEdge::End,
            StaticEdge::End if flipped => StaticEdge::Start,
            edge => edge,
        }
    }
}

/// What `safe` alignment does with a box that is larger than its static position rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeAlignment {
    /// The extent of the rectangle.
    pub extent: LayoutUnit,
    /// The edge that stays in.
    pub edge: StaticEdge,
}

/// How an absolutely positioned box is aligned with its static position along one axis.
/// <https://drafts.csswg.org/css-align-3/#staticpos-rect>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaticAlignment {
    /// Which edge of the margin box lies there.
    pub edge: StaticEdge,
    /// For `safe` alignment.
    pub safe: Option<SafeAlignment>,
}

impl StaticAlignment {
    /// At the start.
    pub const START: StaticAlignment = StaticAlignment { edge: StaticEdge::Start, safe: None };
    /// At the end.
    pub const END: StaticAlignment = StaticAlignment { edge: StaticEdge::End, safe: None };

    /// The alignment seen from the other end of the axis where `flipped`.
    fn flipped_if(self, flipped: bool) -> StaticAlignment {
        let safe = self.safe.map(|safe| SafeAlignment { edge: safe.edge.flipped_if(flipped), ..safe });
        StaticAlignment { edge: self.edge.flipped_if(flipped), safe }
    }
}

/// Where an absolutely positioned box would be if it were not.
/// <https://drafts.csswg.org/css-position-3/#staticpos-rect>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaticPosition {
    /// Physical, from the corner of the border box that reports it.
    pub point: LayoutPoint,
    /// The writing mode of the box that it would be in; what follows is along its axes.
    pub mode: WritingMode,
    /// How it is aligned along lines.
    pub inline: StaticAlignment,
    /// How it is aligned across lines.
    pub block: StaticAlignment,
}

impl StaticPosition {
    /// The alignment along the inline and the block axis of another writing mode.
    pub(crate) fn alignment_in(&self, mode: WritingMode) -> (StaticAlignment, StaticAlignment) {
        let own = LogicalSize::new(self.inline, self.block).transposed_if(self.mode.is_orthogonal_to(mode));
        let [along, across] = self.mode.flips_along_axes_of(mode);
        (own.inline.flipped_if(along), own.block.flipped_if(across))
    }
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
    pub out_of_flow: ThinVec<OutOfFlow>,
    /// The border-box block size that the content asks for.
    pub intrinsic_block_size: LayoutUnit,
    /// What there is to say about breaks, in a fragmentainer.
    pub breaks: Option<Arc<BreakInfo>>,
}

/// What is known of the block size of a box whose intrinsic sizes are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockBasis {
    /// What percentages of its block size refer to.
    pub percentage: Option<LayoutUnit>,
    /// Its border-box block size, where that does not depend on its content.
    pub definite: Option<LayoutUnit>,
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
