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
    /// Whether a block size that the parent has decided is the least one: where breaks take room, the box grows.
    pub grows: bool,
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
        Fragmentainer { offset: self.offset + block, grows: false, ..self }
    }

    /// The same for a box that may grow past the block size that it is given.
    #[must_use]
    pub fn growing(self, grows: bool) -> Fragmentainer {
        Fragmentainer { grows, ..self }
    }

    /// The same where it begins at `block` in the formatting context: what is above is in every fragmentainer, or cannot be
    /// left alone.
    #[must_use]
    pub fn starting_at(self, block: LayoutUnit) -> Fragmentainer {
        let start = self.offset + block;
        Fragmentainer { block_size: self.block_size.map(|size| size - start), offset: -block, ..self }
    }

    /// The same without so much at its end.
    #[must_use]
    pub fn without_end(self, end: LayoutUnit) -> Fragmentainer {
        Fragmentainer { block_size: self.block_size.map(|size| size - end), ..self }
    }
}
