//! What a formatting context is told: the question that its fragment answers.

use fanlight_base::LayoutUnit;

use crate::flow::{LogicalSize, WritingMode};
use crate::fragmentation::Fragmentainer;

/// What an automatic size along an axis means where the box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AutoSize {
    /// All that is available, as block-level boxes do along lines.
    /// <https://drafts.csswg.org/css-sizing-4/#stretch-fit-sizing>
    Stretch,
    /// As much as the content wants and there is. <https://drafts.csswg.org/css-sizing-3/#fit-content-size>
    FitContent,
}

/// The question that a formatting context answers. Sizes are along the axes of the box itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Constraints {
    /// The writing mode of the containing block.
    pub container_mode: WritingMode,
    /// The room for the margin box; `None` where there is no bound.
    pub available: LogicalSize<Option<LayoutUnit>>,
    /// What percentages of sizes refer to; `None` where that depends on the content.
    pub percentage: LogicalSize<Option<LayoutUnit>>,
    /// What percentages of margins and padding refer to: the inline size of the containing block, along its own axes.
    pub margin_basis: LayoutUnit,
    /// What `auto` means along lines.
    pub inline_auto: AutoSize,
    /// What `auto` means across lines.
    pub block_auto: AutoSize,
    /// Border-box sizes that the parent has decided, as flex, grid, tables and absolute positioning do.
    pub fixed: LogicalSize<Option<LayoutUnit>>,
    /// Whether percentages of children may refer to the fixed block size.
    pub fixed_block_is_definite: bool,
    /// Whether the box's own preferred block size counts as automatic: its content is asked how high it wants to be.
    /// <https://drafts.csswg.org/css-flexbox-1/#content-size-suggestion>
    pub ignores_block_size: bool,
    /// The room that is left, where what surrounds the box can break.
    pub fragmentainer: Option<Fragmentainer>,
}

impl Constraints {
    /// For a box in a containing block of this content size, which breaks nowhere.
    pub fn new(
        container_mode: WritingMode,
        container: LogicalSize<Option<LayoutUnit>>,
        mode: WritingMode,
    ) -> Self {
        let own = container.transposed_if(container_mode.is_orthogonal_to(mode));
        Constraints {
            container_mode,
            available: own,
            percentage: own,
            margin_basis: container.inline.unwrap_or_default(),
            inline_auto: AutoSize::Stretch,
            block_auto: AutoSize::FitContent,
            fixed: LogicalSize::new(None, None),
            fixed_block_is_definite: true,
            ignores_block_size: false,
            fragmentainer: None,
        }
    }

    /// The same, with all that other constraints say about the block axis.
    #[must_use]
    pub(crate) fn with_block_of(mut self, other: &Constraints) -> Self {
        self.available.block = other.available.block;
        self.percentage.block = other.percentage.block;
        self.block_auto = other.block_auto;
        self.fixed.block = other.fixed.block;
        self.fixed_block_is_definite = other.fixed_block_is_definite;
        self.ignores_block_size = other.ignores_block_size;
        self
    }

    /// The same, where `auto` along lines shrinks to fit.
    #[must_use]
    pub fn shrink_to_fit(mut self) -> Self {
        self.inline_auto = AutoSize::FitContent;
        self
    }

    /// The same, with a border-box inline size that the parent has decided.
    #[must_use]
    pub fn with_fixed_inline(mut self, size: LayoutUnit) -> Self {
        self.fixed.inline = Some(size);
        self
    }

    /// The same, with a border-box block size that the parent has decided.
    #[must_use]
    pub fn with_fixed_block(mut self, size: LayoutUnit, is_definite: bool) -> Self {
        self.fixed.block = Some(size);
        self.fixed_block_is_definite = is_definite;
        self
    }
}
