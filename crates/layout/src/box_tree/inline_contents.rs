//! An inline formatting context as one text and a list of items: what line breaking, bidi and shaping work on.

use std::ops::Range;
use std::sync::Arc;

use thin_vec::ThinVec;

use super::BoxId;
use super::offset_map::OffsetMap;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InlineItemKind {
    /// Characters of a text box.
    Text,
    /// Characters of a text box that stand beside each other on a line that runs downwards, as one.
    /// <https://drafts.csswg.org/css-writing-modes-4/#text-combine>
    CombinedText,
    /// A preserved tab.
    Tab,
    /// A forced line break: a preserved line feed, or `<br>`.
    ForcedBreak,
    /// `<wbr>`, a zero-width space.
    WordBreakOpportunity,
    /// The start of an inline box, with the characters that bidi needs there.
    OpenBox,
    /// The end of an inline box, with the characters that bidi needs there.
    CloseBox,
    /// An atomic inline: inline-block, replaced content ...
    Atomic,
    /// A float.
    Float,
    /// An absolutely positioned box.
    OutOfFlow,
    /// A block-level box inside an inline box, which has a line of its own.
    Block,
    /// The start of a ruby base, with the character that isolates it. The number is that of its annotation among
    /// [`InlineContents::annotations`].
    OpenRubyColumn(u32),
    /// The end of a ruby base.
    CloseRubyColumn(u32),
}

/// A part of an inline formatting context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineItem {
    /// What it is.
    pub kind: InlineItemKind,
    /// The box that it is of.
    pub box_id: BoxId,
    /// Its UTF-8 bytes in the text.
    pub range: Range<u32>,
    /// For text: where the characters come from in the text box.
    pub map: Option<Arc<OffsetMap>>,
}

/// An inline formatting context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InlineContents {
    /// The text of all items, as it is shown.
    pub text: String,
    /// The items in tree order.
    pub items: ThinVec<InlineItem>,
    /// The boxes directly in the block container.
    pub children: Vec<BoxId>,
    /// The annotations of ruby bases, in the order of these. Each is an inline formatting context of its own.
    pub annotations: ThinVec<RubyAnnotation>,
}

/// A ruby annotation. <https://drafts.csswg.org/css-ruby-1/#ruby-annotation-box>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubyAnnotation {
    /// The annotation's box, an inline box.
    pub box_id: BoxId,
    /// That box with all that is in it.
    pub contents: Arc<InlineContents>,
}
