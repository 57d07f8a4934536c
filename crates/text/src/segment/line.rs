//! Where a line may break.
//! <https://drafts.csswg.org/css-text-4/#line-breaking> <https://www.unicode.org/reports/tr14/>

use icu_segmenter::LineSegmenter;

/// `word-break`.
/// <https://drafts.csswg.org/css-text-4/#word-break-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum WordBreak {
    /// `normal`
    #[default]
    Normal,
    /// `break-all`
    BreakAll,
    /// `keep-all`
    KeepAll,
}

/// `line-break`.
/// <https://drafts.csswg.org/css-text-4/#line-break-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LineBreakStrictness {
    /// `auto`: like `normal`.
    #[default]
    Auto,
    /// `loose`
    Loose,
    /// `normal`
    Normal,
    /// `strict`
    Strict,
    /// `anywhere`
    Anywhere,
}

/// What decides where lines may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct LineBreakOptions {
    /// `word-break`
    pub word_break: WordBreak,
    /// `line-break`
    pub strictness: LineBreakStrictness,
}

/// Whether a line may or must break at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakClass {
    /// A soft wrap opportunity.
    Allowed,
    /// A forced break: the text before ends with a line or paragraph separator.
    Mandatory,
}

/// The places in a text where a line may break, in order; the start and the end of the text are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LineBreaks {
    breaks: Vec<(usize, BreakClass)>,
}

impl LineBreaks {
    /// Finds them.
    pub fn new(text: &str, options: LineBreakOptions) -> Self {
        let mut settings = icu_segmenter::options::LineBreakOptions::default();
        use icu_segmenter::options::{LineBreakStrictness as Strictness, LineBreakWordOption as Word};
        settings.strictness = Some(match options.strictness {
            LineBreakStrictness::Loose => Strictness::Loose,
            LineBreakStrictness::Auto | LineBreakStrictness::Normal => Strictness::Normal,
            LineBreakStrictness::Strict => Strictness::Strict,
            LineBreakStrictness::Anywhere => Strictness::Anywhere,
        });
        settings.word_option = Some(match options.word_break {
            WordBreak::Normal => Word::Normal,
            WordBreak::BreakAll => Word::BreakAll,
            WordBreak::KeepAll => Word::KeepAll,
        });
        let segmenter = LineSegmenter::new_auto(settings);
        let mut iterator = segmenter.segment_str(text);
        let mut breaks = Vec::new();
        while let Some(offset) = iterator.next() {
            if offset > 0 && offset < text.len() {
                let class = class_after(&text[..offset]);
                breaks.push((offset, class));
            }
        }
        LineBreaks { breaks }
    }

    /// All of them, by byte offset.
    pub fn iter(&self) -> impl Iterator<Item = (usize, BreakClass)> + '_ {
        self.breaks.iter().copied()
    }

    /// What is allowed before the byte at `offset`.
    pub fn at(&self, offset: usize) -> Option<BreakClass> {
        let index = self.breaks.binary_search_by_key(&offset, |&(at, _)| at).ok()?;
        Some(self.breaks[index].1)
    }

    /// The first place after `offset`.
    pub fn next_after(&self, offset: usize) -> Option<(usize, BreakClass)> {
        self.breaks.get(self.breaks.partition_point(|&(at, _)| at <= offset)).copied()
    }

    /// The last place before `offset`.
    pub fn last_before(&self, offset: usize) -> Option<(usize, BreakClass)> {
        self.breaks[..self.breaks.partition_point(|&(at, _)| at < offset)].last().copied()
    }
}

/// A break is forced after a separator of lines or paragraphs (rules LB4 and LB5), and allowed elsewhere.
fn class_after(before: &str) -> BreakClass {
    match before.chars().next_back() {
        Some('\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') => BreakClass::Mandatory,
        _ => BreakClass::Allowed,
    }
}
