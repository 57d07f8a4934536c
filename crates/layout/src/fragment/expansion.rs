//! Where justification widens text, and by how much. <https://drafts.csswg.org/css-text-4/#justification>

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use smallvec::SmallVec;

/// Which places a line is widened at. <https://drafts.csswg.org/css-text-4/#text-justify-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opportunities {
    /// Spaces, and both sides of ideographs and symbols that are set like them: `auto`.
    Automatic,
    /// Spaces: `inter-word`.
    BetweenWords,
    /// Every character with its marks: `inter-character`.
    BetweenCharacters,
}

/// The room that justification adds to a text fragment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expansion {
    /// What is added at each place, in CSS px.
    each: f32,
    opportunities: Opportunities,
    edges: Edges,
}

/// What is around a text on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edges {
    /// Whether the text before it ends with an opportunity, or there is none: then it does not begin with one.
    pub follows_opportunity: bool,
    /// Whether it ends the line, and is not widened there.
    pub ends_line: bool,
}

impl Expansion {
    /// No justification.
    pub const NONE: Expansion = Expansion {
        each: 0.0,
        opportunities: Opportunities::BetweenWords,
        edges: Edges { follows_opportunity: true, ends_line: true },
    };

    /// Adds `each` CSS px at these opportunities of a text.
    pub(crate) fn new(each: f32, opportunities: Opportunities, edges: Edges) -> Expansion {
        Expansion { each, opportunities, edges }
    }

    /// Whether nothing is added.
    pub fn is_none(&self) -> bool {
        self.each == 0.0
    }

    /// What is added where, in bytes of the text, for the text in `range`. Nothing where nothing is added.
    pub(crate) fn places(&self, text: &str, range: Range<usize>) -> Places {
        let places = match self.is_none() {
            true => SmallVec::new(),
            false => places(self.opportunities, self.edges, text, range).0,
        };
        Places { each: self.each, places }
    }
}

/// The places in a text where justification adds room.
pub(crate) struct Places {
    each: f32,
    places: SmallVec<[u32; 16]>,
}

impl Places {
    /// What is added at the start of the text and within it, up to byte `end`, in CSS px.
    pub fn until(&self, end: usize) -> f32 {
        self.each * self.places.partition_point(|&place| place as usize <= end) as f32
    }

    /// What is added after byte `start` up to byte `end`, in CSS px.
    pub fn within(&self, start: usize, end: usize) -> f32 {
        if self.places.is_empty() { 0.0 } else { self.until(end) - self.until(start) }
    }
}

/// The byte offsets of the opportunities in a text, and whether it ends with one.
pub(crate) fn places(
    opportunities: Opportunities,
    edges: Edges,
    text: &str,
    range: Range<usize>,
) -> (SmallVec<[u32; 16]>, bool) {
    let mut places = SmallVec::new();
    let mut is_after = edges.follows_opportunity;
    let mut characters = text[range.clone()].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let start = range.start + offset;
        let mut end = start + character.len_utf8();
        while let Some((_, mark)) = characters.next_if(|&(_, next)| joins(next)) {
            end += mark.len_utf8();
        }
        let (before, after) = match opportunities {
            Opportunities::BetweenWords => (false, is_space(character)),
            Opportunities::BetweenCharacters => (false, true),
            Opportunities::Automatic => {
                let is_ideographic = is_ideograph_or_symbol(character);
                (is_ideographic && !is_after, is_ideographic || is_space(character))
            }
        };
        if before {
            places.push(start as u32);
        }
        if after {
            places.push(end as u32);
        }
        is_after = after;
    }
    if is_after && edges.ends_line && places.last() == Some(&(range.end as u32)) {
        places.pop();
    }
    (places, is_after)
}

/// Whether justification adds room after a character. <https://drafts.csswg.org/css-text-4/#word-separator>
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{1361}' | '\u{10100}' | '\u{10101}' | '\u{1039f}' | '\u{1091f}')
}

/// Whether a character stands on or beside the one before it.
fn joins(character: char) -> bool {
    use GeneralCategory::{EnclosingMark, Format, NonspacingMark, SpacingMark};
    character >= '\u{300}'
        && matches!(
            CodePointMapData::<GeneralCategory>::new().get(character),
            NonspacingMark | SpacingMark | EnclosingMark | Format
        )
}

/// Whether text is widened around a character because it is set like an ideograph: those that Chromium has so.
#[rustfmt::skip]
fn is_ideograph_or_symbol(character: char) -> bool {
    character >= '\u{2c7}' && matches!(character,
        '\u{2c7}' | '\u{2ca}'..='\u{2cb}' | '\u{2d9}' | '\u{2020}'..='\u{2021}' | '\u{2030}'
        | '\u{203b}'..='\u{203c}' | '\u{2042}' | '\u{2047}'..='\u{2049}' | '\u{2051}' | '\u{2100}'
        | '\u{2103}' | '\u{2105}' | '\u{2109}'..='\u{210a}' | '\u{2113}' | '\u{2116}' | '\u{2121}'
        | '\u{212b}' | '\u{213b}' | '\u{2150}'..='\u{2152}' | '\u{2156}'..='\u{215a}'
        | '\u{2160}'..='\u{216b}' | '\u{2170}'..='\u{217b}' | '\u{217f}' | '\u{2189}'
        | '\u{2194}'..='\u{2195}' | '\u{2307}' | '\u{2312}' | '\u{231a}'..='\u{231b}'
        | '\u{23be}'..='\u{23cc}' | '\u{23ce}' | '\u{23e9}'..='\u{23ec}' | '\u{23f0}' | '\u{23f3}'
        | '\u{2423}' | '\u{2460}'..='\u{2492}' | '\u{249c}'..='\u{24ff}' | '\u{25a0}'..='\u{25a2}'
        | '\u{25aa}'..='\u{25ab}' | '\u{25b1}'..='\u{25b3}' | '\u{25b6}'..='\u{25b7}'
        | '\u{25bc}'..='\u{25bd}' | '\u{25c0}'..='\u{25c1}' | '\u{25c6}'..='\u{25c7}' | '\u{25c9}'
        | '\u{25cb}'..='\u{25cc}' | '\u{25ce}'..='\u{25d3}' | '\u{25e2}'..='\u{25e6}' | '\u{25ef}'
        | '\u{25fd}'..='\u{25fe}' | '\u{2600}'..='\u{2603}' | '\u{2605}'..='\u{2606}' | '\u{260e}'
        | '\u{2614}'..='\u{2617}' | '\u{261d}' | '\u{2620}' | '\u{2640}' | '\u{2642}'
        | '\u{2648}'..='\u{2653}' | '\u{2660}'..='\u{266f}' | '\u{2672}'..='\u{267d}' | '\u{267f}'
        | '\u{2693}' | '\u{2695}'..='\u{2696}' | '\u{26a0}'..='\u{26a1}' | '\u{26a7}'
        | '\u{26aa}'..='\u{26ab}' | '\u{26bd}'..='\u{26be}' | '\u{26c4}'..='\u{26c5}' | '\u{26ce}'
        | '\u{26d3}'..='\u{26d4}' | '\u{26ea}' | '\u{26f2}'..='\u{26f3}' | '\u{26f5}'
        | '\u{26f9}'..='\u{26fa}' | '\u{26fd}' | '\u{2705}' | '\u{2708}' | '\u{270a}'..='\u{270d}'
        | '\u{2713}' | '\u{271a}' | '\u{2728}' | '\u{273f}'..='\u{2740}' | '\u{2744}' | '\u{274c}'
        | '\u{274e}' | '\u{2753}'..='\u{2757}' | '\u{2763}'..='\u{2764}' | '\u{2776}'..='\u{277f}'
        | '\u{2795}'..='\u{2797}' | '\u{27a1}' | '\u{27b0}' | '\u{27bf}' | '\u{2b1a}'..='\u{2b1c}'
        | '\u{2b50}' | '\u{2b55}' | '\u{2e80}'..='\u{2fdf}' | '\u{2ff0}'..='\u{3029}'
        | '\u{3031}'..='\u{3098}' | '\u{309b}'..='\u{312f}' | '\u{3190}'..='\u{31ef}'
        | '\u{3200}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe12}' | '\u{fe19}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0c}' | '\u{ff0e}'..='\u{ff1a}' | '\u{ff1d}'
        | '\u{ff1f}'..='\u{ff9d}' | '\u{ffa1}'..='\u{ffef}' | '\u{17000}'..='\u{18aff}'
        | '\u{1b000}'..='\u{1b2ff}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f100}' | '\u{1f110}'..='\u{1f129}'
        | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}' | '\u{1f18e}'
        | '\u{1f191}'..='\u{1f19a}' | '\u{1f1e6}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1f6ff}'
        | '\u{1f7e0}'..='\u{1f7eb}' | '\u{1f7f0}' | '\u{1f900}'..='\u{1f9ff}' | '\u{1fa70}'..='\u{1fa7c}'
        | '\u{1fa80}'..='\u{1fa8a}' | '\u{1fa8e}'..='\u{1fac6}' | '\u{1fac8}'..='\u{1fadc}'
        | '\u{1fadf}'..='\u{1faea}' | '\u{1faef}'..='\u{1faf8}' | '\u{20000}'..='\u{2ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Edges, Opportunities, places};

    const LINE: Edges = Edges { follows_opportunity: true, ends_line: true };

    fn marked(opportunities: Opportunities, edges: Edges, text: &str) -> String {
        let (found, _) = places(opportunities, edges, text, 0..text.len());
        let count = |at: usize| found.iter().filter(|&&place| place as usize == at).count();
        let mut marked = String::new();
        for (at, character) in text.char_indices() {
            marked.push_str(&"|".repeat(count(at)));
            marked.push(character);
        }
        marked + &"|".repeat(count(text.len()))
    }

    #[test]
    fn text_is_widened_at_spaces_and_around_ideographs() {
        assert_eq!(marked(Opportunities::Automatic, LINE, "a b\u{a0}c"), "a |b\u{a0}|c");
        assert_eq!(marked(Opportunities::Automatic, LINE, "日本とab語"), "日|本|と|ab|語");
        assert_eq!(marked(Opportunities::Automatic, LINE, "が\u{3099}は 한국"), "が\u{3099}|は| |한국");
    }

    #[test]
    fn words_alone_or_every_character_on_demand() {
        assert_eq!(marked(Opportunities::BetweenWords, LINE, "日本 ab"), "日本 |ab");
        assert_eq!(marked(Opportunities::BetweenCharacters, LINE, "e\u{301}t e"), "e\u{301}|t| |e");
    }

    #[test]
    fn what_is_around_a_text_counts() {
        let inside = Edges { follows_opportunity: false, ends_line: false };
        assert_eq!(marked(Opportunities::Automatic, inside, "日"), "|日|");
        let after_space = Edges { follows_opportunity: true, ends_line: false };
        assert_eq!(marked(Opportunities::Automatic, after_space, "日"), "日|");
    }
}
