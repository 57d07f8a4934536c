//! Where a line may break: UAX 14 with the tailoring of CSS and of browsers.
//! <https://drafts.csswg.org/css-text-4/#line-breaking> <https://www.unicode.org/reports/tr14/>

use icu_locale_core::{LanguageIdentifier, langid};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options as icu;

use super::tailoring::{self, Context};
use super::{Hyphenation, ascii, grapheme_boundaries};

/// Stands in the text of an inline formatting context for what is no text.
const OBJECT: char = '\u{fffc}';

/// A line may end after it, and then shows a hyphen. <https://drafts.csswg.org/css-text-4/#hyphenation>
const SOFT_HYPHEN: char = '\u{ad}';

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
    /// Whether the content language is Chinese or Japanese, which break more freely around some marks.
    pub is_chinese_or_japanese: bool,
    /// Whether a line may break after every blank, because blanks take room at its end:
    /// `white-space-collapse: break-spaces`.
    pub after_every_blank: bool,
    /// Whether soft hyphens count: not with `hyphens: none`.
    pub ignores_soft_hyphens: bool,
    /// How words are hyphenated, with `hyphens: auto` in a language that is known.
    pub hyphenation: Option<Hyphenation>,
}

impl LineBreakOptions {
    /// The same, for text in the language of this BCP 47 tag.
    #[must_use]
    pub fn with_language(self, language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("");
        let is_chinese_or_japanese = ["ja", "zh"].iter().any(|tag| tag.eq_ignore_ascii_case(primary));
        LineBreakOptions { is_chinese_or_japanese, ..self }
    }
}

/// Whether a line may or must break at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakClass {
    /// A soft wrap opportunity.
    Allowed,
    /// A soft wrap opportunity after which the line ends with a hyphen that is not in the text: a soft hyphen, or a place
    /// where a word may be divided.
    /// <https://drafts.csswg.org/css-text-4/#hyphenation>
    Hyphenated,
    /// A forced break: the text before ends with a line or paragraph separator.
    Mandatory,
}

/// The places in a text where a line may break, in order; the start and the end of the text are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LineBreaks {
    breaks: Vec<(u32, BreakClass)>,
    /// Where the last word begins, if it is divided and there are others.
    divided_last_word: Option<u32>,
}

impl LineBreaks {
    /// Finds them. Between two characters of ASCII a table decides, as in browsers; after blanks a line may always
    /// break and before them never, because they hang; elsewhere UAX 14 decides.
    pub fn new(text: &str, options: LineBreakOptions) -> Self {
        let inner = if options.strictness == LineBreakStrictness::Anywhere {
            grapheme_boundaries(text)
        } else if text.is_ascii() {
            Vec::new()
        } else {
            segmenter(options).segment_str(text).collect()
        };
        let mut inner = inner.into_iter().peekable();
        // A word is some letters long.
        let mut breaks = Vec::with_capacity(text.len() / 6);
        let mut before = None;
        let mut characters = text.char_indices();
        let Some((_, mut first)) = characters.next() else { return LineBreaks::default() };
        while let Some((offset, second)) = characters.next() {
            while inner.next_if(|&at| at < offset).is_some() {}
            let is_boundary = inner.next_if_eq(&offset).is_some();
            if forces_break(first, second) {
                breaks.push((offset as u32, BreakClass::Mandatory));
            } else {
                let after = || characters.clone().next().map(|(_, character)| character);
                let context = Context { before, first, second, after: &after, is_boundary };
                if first == SOFT_HYPHEN && options.ignores_soft_hyphens {
                    // It joins the letters around it like any of them.
                } else if may_break(&context, options) {
                    let shows_hyphen = first == SOFT_HYPHEN && !hangs_at_line_end(second);
                    let class = if shows_hyphen { BreakClass::Hyphenated } else { BreakClass::Allowed };
                    breaks.push((offset as u32, class));
                }
            }
            before = Some(first);
            first = second;
        }
        let found = LineBreaks { breaks, divided_last_word: None };
        match options.hyphenation {
            Some(hyphenation) if options.strictness != LineBreakStrictness::Anywhere => {
                found.hyphenated(text, hyphenation)
            }
            _ => found,
        }
    }

    /// The same with the places where words may be divided. In words with soft hyphens these alone count.
    /// <https://drafts.csswg.org/css-text-4/#hyphens-property>
    fn hyphenated(self, text: &str, hyphenation: Hyphenation) -> LineBreaks {
        let mut breaks = Vec::with_capacity(self.breaks.len() * 2);
        let mut divided_last_word = None;
        let mut start = 0;
        let mut follows_soft_hyphen = false;
        let end = std::iter::once((text.len() as u32, BreakClass::Allowed));
        for (at, class) in self.breaks.iter().copied().chain(end) {
            let piece = &text[start as usize..at as usize];
            let has_soft_hyphen = class == BreakClass::Hyphenated;
            let first = breaks.len();
            if !has_soft_hyphen && !follows_soft_hyphen {
                let divide = |inner: usize| breaks.push((start + inner as u32, BreakClass::Hyphenated));
                hyphenation.divisions(piece, divide);
            }
            if breaks.len() > first {
                divided_last_word = Some(start);
            } else if piece.contains(|character| !hangs_at_line_end(character)) {
                divided_last_word = None;
            }
            if (at as usize) < text.len() {
                breaks.push((at, class));
            }
            follows_soft_hyphen = has_soft_hyphen;
            start = at;
        }
        let is_first_word = |start: &u32| text[..*start as usize].chars().all(hangs_at_line_end);
        LineBreaks { breaks, divided_last_word: divided_last_word.filter(|start| !is_first_word(start)) }
    }

    /// Whether a line that begins at byte `line_start` may end at a place in the last word: not, so that no part of a word
    /// stands on the last line alone, unless the line begins with the word.
    pub fn may_divide_at(&self, offset: usize, line_start: usize) -> bool {
        self.divided_last_word.is_none_or(|start| offset <= start as usize || line_start >= start as usize)
    }

    /// All of them, by byte offset.
    pub fn iter(&self) -> impl Iterator<Item = (usize, BreakClass)> + '_ {
        self.breaks.iter().copied().map(at_offset)
    }

    /// What is allowed before the byte at `offset`.
    pub fn at(&self, offset: usize) -> Option<BreakClass> {
        let index = self.breaks.binary_search_by_key(&offset, |&(at, _)| at as usize).ok()?;
        Some(self.breaks[index].1)
    }

    /// The first place after `offset`.
    pub fn next_after(&self, offset: usize) -> Option<(usize, BreakClass)> {
        self.breaks.get(self.breaks.partition_point(|&(at, _)| at as usize <= offset)).copied().map(at_offset)
    }

    /// The last place before `offset`.
    pub fn last_before(&self, offset: usize) -> Option<(usize, BreakClass)> {
        let before = self.breaks.partition_point(|&(at, _)| (at as usize) < offset);
        self.breaks[..before].last().copied().map(at_offset)
    }
}

fn at_offset((at, class): (u32, BreakClass)) -> (usize, BreakClass) {
    (at as usize, class)
}

fn may_break(context: &Context<'_>, options: LineBreakOptions) -> bool {
    let Context { before, first, second, is_boundary, .. } = *context;
    let breaks_anywhere = options.strictness == LineBreakStrictness::Anywhere;
    if options.after_every_blank && (is_blank(first) || hangs_at_line_end(first)) {
        return true;
    }
    if is_blank(second) || hangs_at_line_end(second) {
        return options.after_every_blank && breaks_anywhere;
    }
    // https://drafts.csswg.org/css-text-4/#line-break-details: around what is no text, whatever stands beside it.
    if is_blank(first) || first == OBJECT || second == OBJECT {
        return true;
    }
    if breaks_anywhere {
        return is_boundary;
    }
    match (ascii_byte(first), ascii_byte(second)) {
        (Some(first), Some(second)) => ascii::may_break(before, first, second, options.word_break),
        _ => tailoring::may_break(context, options),
    }
}

/// Blanks that are collapsed or hang at the end of a line.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Whether a character hangs at the end of a line, where blanks take no room: a space, or another space separator that a
/// line may break after.
/// <https://drafts.csswg.org/css-text-4/#white-space-phase-2>
pub fn hangs_at_line_end(character: char) -> bool {
    matches!(character, ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
}

fn ascii_byte(character: char) -> Option<u8> {
    u8::try_from(character).ok().filter(u8::is_ascii)
}

/// Rules LB4 and LB5: a separator of lines or paragraphs ends its line, CR and LF together.
fn forces_break(first: char, second: char) -> bool {
    match first {
        '\r' => second != '\n',
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        _ => false,
    }
}

fn segmenter(options: LineBreakOptions) -> icu_segmenter::LineSegmenterBorrowed<'static> {
    static JAPANESE: LanguageIdentifier = langid!("ja");
    let mut settings = icu::LineBreakOptions::default();
    settings.strictness = Some(match options.strictness {
        LineBreakStrictness::Loose => icu::LineBreakStrictness::Loose,
        LineBreakStrictness::Auto | LineBreakStrictness::Normal => icu::LineBreakStrictness::Normal,
        LineBreakStrictness::Strict => icu::LineBreakStrictness::Strict,
        LineBreakStrictness::Anywhere => icu::LineBreakStrictness::Anywhere,
    });
    settings.word_option = Some(match options.word_break {
        // What `keep-all` forbids is taken away afterwards.
        WordBreak::Normal | WordBreak::KeepAll => icu::LineBreakWordOption::Normal,
        WordBreak::BreakAll => icu::LineBreakWordOption::BreakAll,
    });
    settings.content_locale = options.is_chinese_or_japanese.then_some(&JAPANESE);
    LineSegmenter::new_auto(settings)
}
