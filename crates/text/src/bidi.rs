//! The bidirectional algorithm: levels of a paragraph, order of the runs on a line.
//! <https://www.unicode.org/reports/tr9/>

use std::ops::Range;

use smallvec::SmallVec;
use unicode_bidi::{BidiClass, BidiDataSource, BidiInfo, HardcodedBidiData};

/// The direction of text along a line.
/// <https://drafts.csswg.org/css-writing-modes-4/#direction>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// The base direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BaseDirection {
    /// As `direction` says.
    Explicit(Direction),
    /// From the first strong character of each paragraph, else left to right: `unicode-bidi: plaintext`.
    FromContent,
}

/// An embedding level: even levels run left to right, odd ones right to left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Level(u8);

impl Level {
    /// The level of this number.
    pub const fn new(number: u8) -> Self {
        Level(number)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The direction of text at this level.
    pub const fn direction(self) -> Direction {
        if self.0.is_multiple_of(2) { Direction::Ltr } else { Direction::Rtl }
    }
}

/// A stretch of text at one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelRun {
    /// The bytes of the paragraph's text.
    pub range: Range<usize>,
    /// Their level.
    pub level: Level,
}

/// Such stretches, of which there is mostly one.
pub type LevelRuns = SmallVec<[LevelRun; 1]>;

/// The levels of a text that is laid out together. Line separators in it begin new bidi paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    base: Level,
    len: usize,
    /// What there is to say of a text that is not one paragraph at one level.
    mixed: Option<Box<MixedLevels>>,
}

/// The levels of a text of several.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MixedLevels {
    /// By byte; `None` where all of it is at the base level.
    levels: Option<Vec<Level>>,
    /// Where bidi paragraphs begin, and their levels.
    starts: SmallVec<[(usize, Level); 1]>,
}

impl Paragraph {
    /// Runs the algorithm up to rule I2. Isolates, embeddings and overrides are given as control characters in the text.
    pub fn new(text: &str, base: BaseDirection) -> Self {
        let base_level = match base {
            BaseDirection::Explicit(Direction::Ltr) => Some(unicode_bidi::Level::ltr()),
            BaseDirection::Explicit(Direction::Rtl) => Some(unicode_bidi::Level::rtl()),
            BaseDirection::FromContent => None,
        };
        let left_to_right = base_level.is_none_or(|level| level.is_ltr());
        if left_to_right && !text.chars().any(may_change_level) {
            return Paragraph { base: Level(0), len: text.len(), mixed: None };
        }
        let info = BidiInfo::new(text, base_level);
        let starts: SmallVec<[_; 1]> = info
            .paragraphs
            .iter()
            .map(|paragraph| (paragraph.range.start, Level(paragraph.level.number())))
            .collect();
        let base = starts
            .first()
            .map_or_else(|| Level(base_level.map_or(0, |level| level.number())), |&(_, level)| level);
        let levels: Vec<Level> = info.levels.iter().map(|level| Level(level.number())).collect();
        let uniform = levels.iter().all(|&level| level == base);
        let levels = (!uniform).then_some(levels);
        let is_mixed = levels.is_some() || starts.len() > 1;
        let mixed = is_mixed.then(|| Box::new(MixedLevels { levels, starts }));
        Paragraph { base, len: text.len(), mixed }
    }

    fn levels(&self) -> Option<&[Level]> {
        self.mixed.as_ref()?.levels.as_deref()
    }

    /// The level of the (first) paragraph.
    pub fn base_level(&self) -> Level {
        self.base
    }

    /// The level of the bidi paragraph that holds a byte.
    pub fn base_level_at(&self, offset: usize) -> Level {
        let starts = self.mixed.as_ref().map_or(&[][..], |mixed| &mixed.starts);
        let after = starts.partition_point(|&(start, _)| start <= offset);
        after.checked_sub(1).map_or(self.base, |index| starts[index].1)
    }

    /// Whether nothing has to be reordered: everything is at an even base level.
    pub fn is_left_to_right(&self) -> bool {
        self.levels().is_none() && self.base.direction() == Direction::Ltr
    }

    /// The level of a byte.
    pub fn level_at(&self, offset: usize) -> Level {
        self.levels().and_then(|levels| levels.get(offset).copied()).unwrap_or(self.base)
    }

    /// The stretches of one level within `range`, in logical order.
    pub fn runs(&self, range: Range<usize>) -> LevelRuns {
        let range = range.start.min(self.len)..range.end.min(self.len);
        let Some(levels) = self.levels() else {
            let is_there = !range.is_empty();
            return is_there.then_some(LevelRun { range, level: self.base }).into_iter().collect();
        };
        runs_of(range.clone(), |offset| levels[offset])
    }

    /// The same for a line of `text`, after rule L1: separators, and blanks before them or at the end of the line, are
    /// at the paragraph's level. <https://www.unicode.org/reports/tr9/#L1>
    pub fn line_runs(&self, text: &str, line: Range<usize>) -> LevelRuns {
        let Some(levels) = self.levels() else {
            return self.runs(line);
        };
        let mut line_levels = levels[line.clone()].to_vec();
        // Where the blanks begin that reach up to here.
        let mut blanks_from: Option<usize> = None;
        for (index, character) in text[line.clone()].char_indices() {
            match HardcodedBidiData.bidi_class(character) {
                BidiClass::B | BidiClass::S => {
                    let from = blanks_from.take().unwrap_or(index);
                    let level = self.base_level_at(line.start + index);
                    line_levels[from..index + character.len_utf8()].fill(level);
                }
                BidiClass::WS
                | BidiClass::BN
                | BidiClass::FSI
                | BidiClass::LRI
                | BidiClass::RLI
                | BidiClass::PDI
                | BidiClass::LRE
                | BidiClass::RLE
                | BidiClass::LRO
                | BidiClass::RLO
                | BidiClass::PDF => {
                    blanks_from.get_or_insert(index);
                }
                _ => blanks_from = None,
            }
        }
        if let Some(from) = blanks_from {
            line_levels[from..].fill(self.base_level_at(line.start));
        }
        runs_of(line.clone(), |offset| line_levels[offset - line.start])
    }
}

fn runs_of(range: Range<usize>, level_at: impl Fn(usize) -> Level) -> LevelRuns {
    let mut runs = LevelRuns::new();
    for offset in range {
        let level = level_at(offset);
        match runs.last_mut() {
            Some(run) if run.level == level => run.range.end = offset + 1,
            _ => runs.push(LevelRun { range: offset..offset + 1, level }),
        }
    }
    runs
}

/// Rule L2: the indices of the runs of a line, in logical order given by their levels, from left to right.
/// <https://www.unicode.org/reports/tr9/#L2>
pub fn reorder_visually(levels: &[Level]) -> SmallVec<[usize; 16]> {
    let mut order: SmallVec<[usize; 16]> = (0..levels.len()).collect();
    let Some(&highest) = levels.iter().max() else { return order };
    let lowest_odd = levels.iter().filter(|level| !level.0.is_multiple_of(2)).min();
    let Some(&lowest_odd) = lowest_odd else { return order };
    for level in (lowest_odd.0..=highest.0).rev() {
        let mut start = 0;
        while start < order.len() {
            let end = start + order[start..].iter().take_while(|&&index| levels[index].0 >= level).count();
            order[start..end].reverse();
            start = end.max(start + 1);
        }
    }
    order
}

/// Whether a character can put anything at another level than that of a left-to-right paragraph.
fn may_change_level(character: char) -> bool {
    character >= '\u{590}'
        && matches!(
            HardcodedBidiData.bidi_class(character),
            BidiClass::R
                | BidiClass::AL
                | BidiClass::AN
                | BidiClass::RLE
                | BidiClass::LRE
                | BidiClass::RLO
                | BidiClass::LRO
                | BidiClass::RLI
                | BidiClass::LRI
                | BidiClass::FSI
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(runs: &[LevelRun]) -> Vec<(Range<usize>, u8)> {
        runs.iter().map(|run| (run.range.clone(), run.level.number())).collect()
    }

    #[test]
    fn latin_text_is_one_run_without_a_table() {
        let paragraph = Paragraph::new("plain text", BaseDirection::Explicit(Direction::Ltr));
        assert!(paragraph.is_left_to_right());
        assert_eq!(numbers(&paragraph.runs(0..10)), [(0..10, 0)]);
    }

    #[test]
    fn hebrew_in_latin_and_numbers_in_hebrew_get_their_levels() {
        let text = "ab אב 12";
        let paragraph = Paragraph::new(text, BaseDirection::Explicit(Direction::Ltr));
        assert_eq!(numbers(&paragraph.runs(0..text.len())), [(0..3, 0), (3..8, 1), (8..10, 2)]);
        let paragraph = Paragraph::new(text, BaseDirection::Explicit(Direction::Rtl));
        assert_eq!(numbers(&paragraph.runs(0..text.len())), [(0..2, 2), (2..8, 1), (8..10, 2)]);
    }

    #[test]
    fn the_first_strong_character_decides_where_the_base_is_open() {
        let base = |text| Paragraph::new(text, BaseDirection::FromContent).base_level().number();
        assert_eq!((base("1 אב ab"), base("1 ab אב"), base("123")), (1, 0, 0));
    }

    #[test]
    fn isolates_keep_their_neighbours_apart() {
        let text = "א\u{2068}abc\u{2069}ב";
        let paragraph = Paragraph::new(text, BaseDirection::Explicit(Direction::Rtl));
        let levels: Vec<u8> = text.char_indices().map(|(at, _)| paragraph.level_at(at).number()).collect();
        assert_eq!(levels, [1, 1, 2, 2, 2, 1, 1]);
    }

    #[test]
    fn each_line_of_a_text_has_its_own_base() {
        let text = "abc\nאבג";
        let paragraph = Paragraph::new(text, BaseDirection::FromContent);
        assert_eq!(paragraph.base_level_at(0).number(), 0);
        assert_eq!(paragraph.base_level_at(5).number(), 1);
    }

    #[test]
    fn blanks_at_the_end_of_a_line_are_at_the_base_level() {
        let text = "אב אב  ab";
        let paragraph = Paragraph::new(text, BaseDirection::Explicit(Direction::Ltr));
        assert_eq!(numbers(&paragraph.line_runs(text, 0..11)), [(0..9, 1), (9..11, 0)]);
    }

    #[test]
    fn runs_are_reversed_from_the_highest_level_down() {
        let order = |levels: &[u8]| {
            reorder_visually(&levels.iter().map(|&level| Level::new(level)).collect::<Vec<_>>()).to_vec()
        };
        assert_eq!(order(&[0, 1, 0]), [0, 1, 2]);
        assert_eq!(order(&[1, 2, 1]), [2, 1, 0]);
        assert_eq!(order(&[0, 1, 2, 1, 0]), [0, 3, 2, 1, 4]);
        assert_eq!(order(&[2, 1, 2, 3, 2]), [2, 3, 4, 1, 0]);
        assert_eq!(order(&[]), Vec::<usize>::new());
    }
}
