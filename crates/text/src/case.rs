//! Upper case, lower case and capitals of words, as languages write them.
//! <https://drafts.csswg.org/css-text-4/#casing>

use std::borrow::Cow;

use icu_casemap::options::{LeadingAdjustment, TitlecaseOptions, TrailingCase};
use icu_casemap::{CaseMapper, CaseMapperBorrowed, TitlecaseMapper};
use icu_locale_core::LanguageIdentifier;

use crate::segment::word_boundaries;

/// A change of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseMapping {
    /// All letters become capitals.
    Uppercase,
    /// All letters become small.
    Lowercase,
    /// The first letter of each word becomes a capital, the others stay.
    Capitalize,
}

/// A text with its case changed as the language of a BCP 47 tag does it: Turkish keeps the dot of the i, Greek capitals
/// lose their accents, Dutch takes ij for one letter. `in_word` says whether the text goes on with a word that began before
/// it. <https://www.unicode.org/versions/latest/core-spec/chapter-3/#G33992>
pub fn map_case<'t>(
    text: &'t str,
    mapping: CaseMapping,
    language: Option<&str>,
    in_word: bool,
) -> Cow<'t, str> {
    let language = language.and_then(|tag| tag.parse().ok()).unwrap_or(LanguageIdentifier::UNKNOWN);
    let mapper: CaseMapperBorrowed<'static> = CaseMapper::new();
    match mapping {
        CaseMapping::Uppercase => mapper.uppercase_to_string(text, &language),
        CaseMapping::Lowercase => mapper.lowercase_to_string(text, &language),
        CaseMapping::Capitalize => capitalize(text, &language, in_word),
    }
}

fn capitalize<'t>(text: &'t str, language: &LanguageIdentifier, in_word: bool) -> Cow<'t, str> {
    let mapper = TitlecaseMapper::new();
    let mut options = TitlecaseOptions::default();
    options.leading_adjustment = Some(LeadingAdjustment::None);
    options.trailing_case = Some(TrailingCase::Unchanged);
    let mut capitalized = String::with_capacity(text.len());
    for (index, word) in word_boundaries(text).windows(2).enumerate() {
        let word = &text[word[0]..word[1]];
        // A letter after a full stop or a colon begins a word, as in Chromium.
        for (part_index, part) in word.split_inclusive(['.', ':', '：']).enumerate() {
            if index == 0 && part_index == 0 && in_word {
                capitalized.push_str(part);
            } else {
                capitalized.push_str(&mapper.titlecase_segment_to_string(part, language, options));
            }
        }
    }
    if capitalized == text { Cow::Borrowed(text) } else { Cow::Owned(capitalized) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_rules_of_their_own() {
        let upper = |text, language| map_case(text, CaseMapping::Uppercase, language, false);
        assert_eq!(upper("iı", Some("tr-TR")), "İI");
        assert_eq!(upper("iı", None), "II");
        assert_eq!(upper("Νεράιδα", Some("el")), "ΝΕΡΑΪΔΑ");
        assert_eq!(upper("i\u{307}\u{301}", Some("lt")), "I\u{301}");
        assert_eq!(upper("straße", Some("not a language")), "STRASSE");
    }

    #[test]
    fn sigma_is_final_at_the_end_of_a_word() {
        assert_eq!(map_case("ΟΔΥΣΣΕΥΣ", CaseMapping::Lowercase, None, false), "οδυσσευς");
    }

    #[test]
    fn words_begin_after_what_is_no_letter() {
        let capitals = |text, language, in_word| map_case(text, CaseMapping::Capitalize, language, in_word);
        assert_eq!(capitals("'twas-she e.g. don't", None, false), "'Twas-She E.G. Don't");
        assert_eq!(capitals("ter-end", None, true), "ter-End");
        assert_eq!(capitals("ijsland", Some("nl"), false), "IJsland");
        assert_eq!(capitals("ǆ", None, false), "ǅ");
    }
}
