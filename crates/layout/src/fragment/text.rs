//! The fragment of text: characters of one box on one line in one direction, shaped and placed.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;
use fanlight_text::{Font, Glyph, ShapedText};

use super::StyleKey;
use crate::box_tree::{InlineContents, OffsetMap};

/// What text is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextFragmentKind {
    /// Characters of a text box.
    Normal,
    /// The part that is shown of a [hidden](super::FragmentLink::is_hidden) fragment, before an ellipsis. Geometry knows it
    /// from there.
    Truncated,
    /// The ellipsis of `text-overflow`. <https://drafts.csswg.org/css-overflow-3/#text-overflow>
    Ellipsis,
    /// The hyphen at the end of a line. <https://drafts.csswg.org/css-text-3/#hyphenate-character>
    Hyphen,
    /// A forced line break or a tab: it draws nothing, and can be selected.
    Blank,
}

/// Where the characters of a text fragment are.
#[derive(Clone, Debug)]
pub enum TextCharacters {
    /// In an inline formatting context: these UTF-8 bytes of its text.
    Contents(Arc<InlineContents>, Range<u32>),
    /// Characters that layout added: a hyphen, an ellipsis.
    Added(Arc<str>),
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
    /// The characters.
    pub characters: TextCharacters,
    /// From the characters to those of the text node, where they come from one.
    pub map: Option<Arc<OffsetMap>>,
    /// The glyphs, with letter and word spacing, before justification; see [`TextFragment::glyphs`].
    pub shaped: ShapedText,
    /// What justification adds after each space, in CSS px.
    pub expansion: f32,
    /// Of text that stands horizontally on a line that runs downwards: how wide it is drawn, as a part of its own width.
    /// <https://drafts.csswg.org/css-writing-modes-4/#text-combine-compression>
    pub combined: Option<f32>,
    /// How much further out than beside the text its emphasis marks stand: beyond ruby annotations.
    pub emphasis_offset: LayoutUnit,
    /// Decorations of the box and of those around it, outermost first. Empty for most text, and then without allocation.
    pub decorations: Arc<[AppliedDecoration]>,
}

/// A glyph and where it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// The glyph; its `advance` does not count justification.
    pub glyph: Glyph,
    /// The pen along the line in CSS px, from the fragment's line-left edge.
    pub position: f32,
}

impl TextFragment {
    /// The characters as they are shown.
    pub fn text(&self) -> &str {
        match &self.characters {
            TextCharacters::Contents(contents, range) => {
                &contents.text[range.start as usize..range.end as usize]
            }
            TextCharacters::Added(text) => text,
        }
    }

    /// The characters' UTF-8 bytes in the text that glyph clusters and [`TextFragment::map`] refer to.
    pub fn range(&self) -> Range<u32> {
        match &self.characters {
            TextCharacters::Contents(_, range) => range.clone(),
            TextCharacters::Added(text) => 0..text.len() as u32,
        }
    }

    /// The UTF-8 bytes of the text box's own text that are shown, with what collapsed between them.
    pub fn dom_range(&self) -> Option<Range<u32>> {
        self.map.as_ref()?.dom_range(self.range())
    }

    /// The glyphs of one font after another, from line-left to line-right, justification applied.
    pub fn glyphs(&self) -> impl Iterator<Item = (&Font, bool, Vec<PlacedGlyph>)> + '_ {
        let mut pen = 0.0_f64;
        let text = self.whole_text();
        self.shaped.runs().map(move |run| {
            let glyphs = run
                .glyphs()
                .map(|glyph| {
                    let placed = PlacedGlyph { glyph, position: pen as f32 };
                    pen += f64::from(glyph.advance);
                    if self.expansion != 0.0 && is_expandable(text, glyph.cluster) {
                        pen += f64::from(self.expansion);
                    }
                    placed
                })
                .collect();
            (run.font(), run.is_upright(), glyphs)
        })
    }

    /// The distance in CSS px from the logical start of the fragment to the edge before a byte of the text.
    pub fn position_of(&self, offset: u32) -> f32 {
        let position = self.shaped.position_of(offset as usize);
        if self.expansion == 0.0 {
            return position;
        }
        let range = self.range();
        let before = &self.whole_text()[range.start as usize..offset.clamp(range.start, range.end) as usize];
        position + self.expansion * before.chars().filter(|&character| is_space(character)).count() as f32
    }

    fn whole_text(&self) -> &str {
        match &self.characters {
            TextCharacters::Contents(contents, _) => &contents.text,
            TextCharacters::Added(text) => text,
        }
    }
}

/// Whether justification adds room after a character. <https://drafts.csswg.org/css-text-4/#word-separator>
pub(crate) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{1361}' | '\u{10100}' | '\u{10101}' | '\u{1039f}' | '\u{1091f}')
}

fn is_expandable(text: &str, cluster: usize) -> bool {
    text[cluster..].chars().next().is_some_and(is_space)
}
