//! Where a word may be divided, by the patterns of its language: `hyphens: auto`.
//! <https://drafts.csswg.org/css-text-4/#hyphenation>
//!
//! The patterns are automata that lie in the program and are read in place: a page that hyphenates nothing loads none.

use hypher::Lang;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, LineBreak};

use crate::limits::MAX_HYPHENATED_WORD_CHARS;

/// How words of a language are hyphenated. <https://drafts.csswg.org/css-text-4/#hyphens-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hyphenation {
    language: Lang,
    limits: HyphenationLimits,
}

/// How many characters there are at least, each at least 1.
/// <https://drafts.csswg.org/css-text-4/#hyphenate-char-limits>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HyphenationLimits {
    /// In a word.
    pub word: u16,
    /// Before the hyphen.
    pub before: u16,
    /// After it.
    pub after: u16,
}

impl Default for HyphenationLimits {
    /// What the specification suggests for `auto`.
    fn default() -> Self {
        HyphenationLimits { word: 5, before: 2, after: 2 }
    }
}

impl Hyphenation {
    /// That of the language of a BCP 47 tag; nothing where its patterns are not known.
    pub fn new(language: &str, limits: HyphenationLimits) -> Option<Hyphenation> {
        let primary = language.split(['-', '_']).next()?.to_ascii_lowercase();
        let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
        Some(Hyphenation { language: Lang::from_iso(code)?, limits })
    }

    /// The byte offsets in `piece`, what is between two soft wrap opportunities, where the word in it may be divided.
    pub(super) fn divisions(self, piece: &str, mut found: impl FnMut(usize)) {
        let word = piece.trim_start_matches(precedes_word);
        let start = piece.len() - word.len();
        let word = word.trim_end_matches(follows_word);
        let length = word.chars().take(MAX_HYPHENATED_WORD_CHARS + 1).count();
        if length > MAX_HYPHENATED_WORD_CHARS
            || length < usize::from(self.limits.word)
            || !word.chars().all(is_of_word)
            || self.language == Lang::English && word.starts_with(char::is_uppercase)
        {
            return;
        }
        let (before, after) = (usize::from(self.limits.before), usize::from(self.limits.after));
        let mut at = 0;
        let mut characters = 0;
        // The crate keeps a break out where fewer characters than these would be cut off, two of them at least.
        for syllable in hypher::hyphenate_bounded(word, self.language, 1, 1) {
            if at > 0 && characters >= before && length - characters >= after {
                found(start + at);
            }
            at += syllable.len();
            characters += syllable.chars().count();
        }
    }
}

/// Whether a character at the start of a piece stands before its word: blanks, opening brackets and quotation marks.
fn precedes_word(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            CodePointMapData::<LineBreak>::new().get(character),
            LineBreak::OpenPunctuation | LineBreak::Quotation
        )
}

/// Whether a character at the end of a piece stands after its word.
fn follows_word(character: char) -> bool {
    use GeneralCategory::{
        ClosePunctuation, ConnectorPunctuation, Control, DashPunctuation, FinalPunctuation,
        InitialPunctuation, OpenPunctuation, OtherPunctuation, SpaceSeparator,
    };
    matches!(
        CodePointMapData::<GeneralCategory>::new().get(character),
        ClosePunctuation
            | ConnectorPunctuation
            | Control
            | DashPunctuation
            | FinalPunctuation
            | InitialPunctuation
            | OpenPunctuation
            | OtherPunctuation
            | SpaceSeparator
    )
}

/// Whether the patterns of some language know a character: letters, their marks, joiners and apostrophes.
fn is_of_word(character: char) -> bool {
    use GeneralCategory::{NonspacingMark, SpacingMark};
    character.is_alphabetic()
        || matches!(character, '\'' | '\u{2019}' | '\u{200c}' | '\u{200d}')
        || !character.is_ascii()
            && matches!(
                CodePointMapData::<GeneralCategory>::new().get(character),
                NonspacingMark | SpacingMark
            )
}

#[cfg(test)]
mod tests {
    use super::{Hyphenation, HyphenationLimits};

    fn divided_with(limits: HyphenationLimits, language: &str, piece: &str) -> String {
        let mut divided = String::new();
        let mut from = 0;
        Hyphenation::new(language, limits).expect("a language that is known").divisions(piece, |at| {
            divided.push_str(&piece[from..at]);
            divided.push('-');
            from = at;
        });
        divided + &piece[from..]
    }

    fn divided(language: &str, piece: &str) -> String {
        divided_with(HyphenationLimits::default(), language, piece)
    }

    #[test]
    fn words_are_divided_as_their_language_does() {
        assert_eq!(divided("en", "hyphenation"), "hy-phen-ation");
        assert_eq!(divided("de-AT", "Silbentrennung"), "Sil-ben-tren-nung");
        assert_eq!(divided("fr", "anticonstitutionnellement"), "an-ti-cons-ti-tu-tion-nel-le-ment");
        assert_eq!(divided("ru", "переносы"), "пе-ре-но-сы");
        assert_eq!(divided("el", "διαμερίσματα"), "δια-με-ρί-σμα-τα");
    }

    #[test]
    fn languages_without_patterns_are_not_hyphenated() {
        for language in ["", "ja", "x-klingon", "zz", "e", "english"] {
            assert_eq!(Hyphenation::new(language, HyphenationLimits::default()), None, "{language}");
        }
    }

    #[test]
    fn punctuation_around_a_word_does_not_count() {
        assert_eq!(divided("en", "\u{201c}(hyphenation).\u{201d} "), "\u{201c}(hy-phen-ation).\u{201d} ");
        assert_eq!(divided("en", "ta,"), "ta,");
    }

    #[test]
    fn names_in_english_and_what_is_no_word_stay_whole() {
        assert_eq!(divided("en", "Hyphenation"), "Hyphenation");
        assert_eq!(divided("en", "hyphenation2"), "hyphenation2");
        assert_eq!(divided("en", "example.hyphenation"), "example.hyphenation");
        assert_eq!(divided("en", &"hyphenation".repeat(1000)), "hyphenation".repeat(1000));
    }

    #[test]
    fn limits_keep_parts_and_words_long_enough() {
        let limits = |word, before, after| HyphenationLimits { word, before, after };
        assert_eq!(divided_with(limits(5, 3, 2), "en", "hyphenation"), "hyphen-ation");
        assert_eq!(divided_with(limits(5, 2, 6), "en", "hyphenation"), "hy-phenation");
        assert_eq!(divided_with(limits(12, 2, 2), "en", "hyphenation"), "hyphenation");
    }
}
