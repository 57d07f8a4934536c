//! The room in a column. <https://drafts.csswg.org/css-break-4/#fragmentainer>

use fanlight_base::LayoutUnit;

/// The fragmentainer that a formatting context is laid out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fragmentainer {
    /// How high the fragmentainer is; `None` while its height is being found, when only forced breaks end it.
    pub block_size: Option<LayoutUnit>,
    /// How much of it is above the block-start border edge of the root of the formatting context.
    pub offset: LayoutUnit,
    /// How many multi-column containers are around.
    pub depth: u8,
}

impl Fragmentainer {
    /// The block offset in the formatting context at which the fragmentainer ends.
    pub fn end(&self) -> Option<LayoutUnit> {
        self.block_size.map(|size| size - self.offset)
    }

    /// Whether nothing of the fragmentainer has been used above `block` in the formatting context.
    pub fn is_start(&self, block: LayoutUnit) -> bool {
        self.offset + block <= LayoutUnit::ZERO
    }

    /// The same for an independent formatting context inside whose root is at `block`.
    #[must_use]
    pub fn inside(self, block: LayoutUnit) -> Fragmentainer {
        Fragmentainer { offset: self.offset + block, ..self }
    }

    /// The same without so much at its end.
    #[must_use]
    pub fn without_end(self, end: LayoutUnit) -> Fragmentainer {
        Fragmentainer { block_size: self.block_size.map(|size| size - end), ..self }
    }
}
