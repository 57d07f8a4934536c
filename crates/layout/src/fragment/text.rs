//! The fragment of text: characters of one box on one line in one direction, shaped and placed.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;

use super::StyleKey;

/// What text is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextFragmentKind {
    /// Characters of a text node.
    Normal,
    /// Characters that the style sheet or the engine made: `content`, markers, what a form control shows.
    Generated,
    /// The ellipsis of `text-overflow`. <https://drafts.csswg.org/css-overflow-3/#text-overflow>
    Ellipsis,
    /// The hyphen at the end of a line. <https://drafts.csswg.org/css-text-3/#hyphenate-character>
    Hyphen,
    /// A forced line break: it draws nothing, and can be selected.
    LineBreak,
}

/// A line that a box draws along the text in it, as it applies to one text fragment.
/// <https://drafts.csswg.org/css-text-decor-4/#line-decoration>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedDecoration {
    /// The decorating box, whose style says line, style, colour and thickness.
    pub origin: StyleKey,
    /// From the text fragment's baseline to the baseline that the decorating box draws at; positive is further down.
    pub baseline_shift: LayoutUnit,
}

/// Text on one line, of one style and direction.
#[derive(Clone, Debug)]
pub struct TextFragment {
    /// The text box.
    pub style: StyleKey,
    /// What the text is there for.
    pub kind: TextFragmentKind,
    /// The advance along the line, and the font's ascent and descent together across it.
    pub size: LayoutSize,
    /// From the line-over edge to the alphabetic baseline: the font's ascent.
    pub ascent: LayoutUnit,
    /// The bidi embedding level; odd is right-to-left. <https://www.unicode.org/reports/tr9/#BD2>
    pub bidi_level: u8,
    /// Decorations of the box and of those around it, outermost first. Empty for most text, and then without allocation.
    pub decorations: Arc<[AppliedDecoration]>,
}
