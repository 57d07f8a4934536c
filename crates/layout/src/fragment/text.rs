//! The fragment of text: characters of one box on one line in one direction, shaped and placed.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;
use fanlight_text::{Font, Glyph, ShapedText};

use super::StyleKey;
use super::expansion::Expansion;
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
    /// What justification adds.
    pub expansion: Expansion,
    /// What East Asian text may have.
    pub(crate) east_asian: Option<Box<EastAsianText>>,
    /// Decorations of the box and of those around it, outermost first. Empty for most text, and then without allocation.
    pub decorations: Arc<[AppliedDecoration]>,
}

/// What only East Asian text has; most fragments are kept small without it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct EastAsianText {
    /// See [`TextFragment::combined`].
    pub combined: Option<f32>,
    /// See [`TextFragment::emphasis_offset`].
    pub emphasis_offset: LayoutUnit,
}

impl EastAsianText {
    /// Nothing where it says nothing.
    pub fn boxed(self) -> Option<Box<EastAsianText>> {
        (self != EastAsianText::default()).then(|| Box::new(self))
    }
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
    /// Of text that stands horizontally on a line that runs downwards: how wide it is drawn, as a part of its own width.
    /// <https://drafts.csswg.org/css-writing-modes-4/#text-combine-compression>
    pub fn combined(&self) -> Option<f32> {
        self.east_asian.as_ref()?.combined
    }

    /// How much further out than beside the text its emphasis marks stand: beyond ruby annotations.
    pub fn emphasis_offset(&self) -> LayoutUnit {
        self.east_asian.as_ref().map_or(LayoutUnit::ZERO, |text| text.emphasis_offset)
    }

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
        let range = self.range();
        let range = range.start as usize..range.end as usize;
        let places = self.expansion.places(self.whole_text(), range.clone());
        let is_rtl = self.bidi_level % 2 == 1;
        let mut pen = if is_rtl { 0.0 } else { f64::from(places.until(range.start)) };
        self.shaped.runs().map(move |run| {
            let mut placed: Vec<PlacedGlyph> = Vec::with_capacity(run.glyphs().len());
            let mut glyphs = run.glyphs().peekable();
            let mut before = run.range().end;
            while let Some(glyph) = glyphs.next() {
                let cluster = glyph.cluster;
                // Room at the end of a cluster lies on the side where the text goes on.
                if is_rtl && placed.last().is_none_or(|last| last.glyph.cluster != cluster) {
                    pen += f64::from(places.within(cluster, before));
                    before = cluster;
                }
                placed.push(PlacedGlyph { glyph, position: pen as f32 });
                pen += f64::from(glyph.advance);
                if !is_rtl {
                    let next = glyphs.peek().map_or(run.range().end, |next| next.cluster);
                    pen += f64::from(places.within(cluster, next));
                }
            }
            (run.font(), run.is_upright(), placed)
        })
    }

    /// The distance in CSS px from the logical start of the fragment to the edge before a byte of the text.
    pub fn position_of(&self, offset: u32) -> f32 {
        let position = self.shaped.position_of(offset as usize);
        if self.expansion.is_none() {
            return position;
        }
        let range = self.range();
        let places = self.expansion.places(self.whole_text(), range.start as usize..range.end as usize);
        position + places.until(offset.clamp(range.start, range.end) as usize)
    }

    fn whole_text(&self) -> &str {
        match &self.characters {
            TextCharacters::Contents(contents, _) => &contents.text,
            TextCharacters::Added(text) => text,
        }
    }
}
