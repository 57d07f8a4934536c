//! The quotation marks of languages, for `quotes: auto`. <https://drafts.csswg.org/css-content-3/#quotes-property>

/// Opening and closing marks: of a quotation, and of those inside of quotations.
type Marks = [&'static str; 4];

/// Where nothing else is known.
const ENGLISH: Marks = ["\u{201c}", "\u{201d}", "\u{2018}", "\u{2019}"];
/// Low marks that close as English ones open.
const GERMAN: Marks = ["\u{201e}", "\u{201c}", "\u{201a}", "\u{2018}"];
const GUILLEMETS_THEN_SINGLE: Marks = ["\u{ab}", "\u{bb}", "\u{2039}", "\u{203a}"];
const GUILLEMETS_THEN_ENGLISH: Marks = ["\u{ab}", "\u{bb}", "\u{201c}", "\u{201d}"];
const RIGHT_MARKS_ON_BOTH_SIDES: Marks = ["\u{201d}", "\u{201d}", "\u{2019}", "\u{2019}"];
const RIGHT_TO_LEFT: Marks = ["\u{201d}", "\u{201c}", "\u{2019}", "\u{2018}"];
const CORNER_BRACKETS: Marks = ["\u{300c}", "\u{300d}", "\u{300e}", "\u{300f}"];

/// Languages and their marks, after the delimiters of the Unicode Common Locale Data Repository, where Chromium has them.
/// <https://cldr.unicode.org/translation/characters/delimiters>
const LANGUAGES: &[(&str, Marks)] = &[
    ("am", GUILLEMETS_THEN_SINGLE),
    ("ar", RIGHT_TO_LEFT),
    ("az-cyrl", GUILLEMETS_THEN_SINGLE),
    ("bg", ["\u{201e}", "\u{201c}", "\u{201e}", "\u{201c}"]),
    ("bs-cyrl", GERMAN),
    ("ca", GUILLEMETS_THEN_ENGLISH),
    ("cs", GERMAN),
    ("de", GERMAN),
    ("el", GUILLEMETS_THEN_ENGLISH),
    ("es-us", GUILLEMETS_THEN_ENGLISH),
    ("et", GERMAN),
    ("fa", GUILLEMETS_THEN_SINGLE),
    ("fi", RIGHT_MARKS_ON_BOTH_SIDES),
    ("fr", ["\u{ab}", "\u{bb}", "\u{ab}", "\u{bb}"]),
    ("fr-ca", ["\u{ab}", "\u{bb}", "\u{201d}", "\u{201c}"]),
    ("fr-ch", GUILLEMETS_THEN_SINGLE),
    ("he", RIGHT_MARKS_ON_BOTH_SIDES),
    ("hr", GERMAN),
    ("hu", ["\u{201e}", "\u{201d}", "\u{bb}", "\u{ab}"]),
    ("it", GUILLEMETS_THEN_ENGLISH),
    ("ja", CORNER_BRACKETS),
    ("kk-arab", ["\u{bb}", "\u{ab}", "\u{203a}", "\u{2039}"]),
    ("lt", ["\u{201e}", "\u{201c}", "\u{201e}", "\u{201c}"]),
    ("nb", ["\u{ab}", "\u{bb}", "\u{2018}", "\u{2019}"]),
    ("nl", ["\u{2018}", "\u{2019}", "\u{2018}", "\u{2019}"]),
    ("nn", ["\u{ab}", "\u{bb}", "\u{2018}", "\u{2019}"]),
    ("no", ["\u{ab}", "\u{bb}", "\u{2018}", "\u{2019}"]),
    ("pl", ["\u{201e}", "\u{201d}", "\u{ab}", "\u{bb}"]),
    ("pt-ao", GUILLEMETS_THEN_ENGLISH),
    ("pt-ch", GUILLEMETS_THEN_ENGLISH),
    ("pt-cv", GUILLEMETS_THEN_ENGLISH),
    ("pt-gq", GUILLEMETS_THEN_ENGLISH),
    ("pt-gw", GUILLEMETS_THEN_ENGLISH),
    ("pt-lu", GUILLEMETS_THEN_ENGLISH),
    ("pt-mo", GUILLEMETS_THEN_ENGLISH),
    ("pt-mz", GUILLEMETS_THEN_ENGLISH),
    ("pt-pt", GUILLEMETS_THEN_ENGLISH),
    ("pt-st", GUILLEMETS_THEN_ENGLISH),
    ("pt-tl", GUILLEMETS_THEN_ENGLISH),
    ("ro", ["\u{201e}", "\u{201d}", "\u{ab}", "\u{bb}"]),
    ("ru", ["\u{ab}", "\u{bb}", "\u{201e}", "\u{201c}"]),
    ("sk", GERMAN),
    ("sl", GERMAN),
    ("sr", ["\u{201e}", "\u{201d}", "\u{2019}", "\u{2019}"]),
    ("sv", RIGHT_MARKS_ON_BOTH_SIDES),
    ("uk", ["\u{ab}", "\u{bb}", "\u{201e}", "\u{201c}"]),
    ("ur", RIGHT_TO_LEFT),
    ("zh-hant", CORNER_BRACKETS),
];

/// The mark that opens or closes the quotation at a depth, counted from 0, in a language given as a tag of BCP 47.
pub(super) fn mark(language: &str, depth: usize, opens: bool) -> &'static str {
    let marks = marks(&language.to_ascii_lowercase().replace('_', "-"));
    marks[2 * usize::from(depth > 0) + usize::from(!opens)]
}

/// The marks of the longest beginning of a tag that is known.
/// <https://www.rfc-editor.org/rfc/rfc4647#section-3.4>
fn marks(tag: &str) -> Marks {
    let beginnings = std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter));
    let known = |tag: &str| LANGUAGES.binary_search_by_key(&tag, |(language, _)| language).ok();
    beginnings.into_iter().find_map(known).map_or(ENGLISH, |index| LANGUAGES[index].1)
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, mark};

    #[test]
    fn languages_are_sorted_for_the_search() {
        assert!(LANGUAGES.is_sorted_by_key(|(language, _)| language));
    }

    #[test]
    fn the_most_specific_known_language_chooses_the_marks() {
        let all = |language| {
            [(0, true), (1, true), (2, false), (0, false)].map(|(depth, opens)| mark(language, depth, opens))
        };
        assert_eq!(all("en-GB"), ["\u{201c}", "\u{2018}", "\u{2019}", "\u{201d}"]);
        assert_eq!(all("fr-FR"), ["\u{ab}", "\u{ab}", "\u{bb}", "\u{bb}"]);
        assert_eq!(all("fr_CH"), ["\u{ab}", "\u{2039}", "\u{203a}", "\u{bb}"]);
        assert_eq!(all("DE-AT-1996"), ["\u{201e}", "\u{201a}", "\u{2018}", "\u{201c}"]);
        assert_eq!(all("zh-Hant-HK"), ["\u{300c}", "\u{300e}", "\u{300f}", "\u{300d}"]);
        assert_eq!(all("zh"), all(""));
    }
}
