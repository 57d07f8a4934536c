//! Full-width punctuation next to other punctuation is set half as wide: its other half is blank, and two blanks in a row
//! would be a hole in the line. This is `text-spacing-trim: normal`.
//! <https://drafts.csswg.org/css-text-4/#fullwidth-collapsing>

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use smallvec::SmallVec;

/// What a character is to its neighbours.
/// <https://drafts.csswg.org/css-text-4/#text-spacing-classes>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A full-width opening bracket or quotation mark: its left half is blank.
    Opening,
    /// A full-width closing bracket, comma or full stop: its right half is blank.
    Closing,
    /// Full-width punctuation with blanks on both sides, and the full-width space.
    Middle,
    /// An opening bracket or quotation mark that is no wider than its ink.
    NarrowOpening,
    /// A closing one.
    NarrowClosing,
    Other,
}

/// Full-width punctuation that gives up its blank half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Collapsed {
    /// Its byte offset in the text.
    pub at: usize,
    /// Its length in bytes.
    pub length: usize,
    /// Whether what stands before it makes it narrow; otherwise what follows does.
    pub because_of_before: bool,
}

/// The characters of `text[start..end]` that give up half of their width, `text` being all that is on the line.
/// `centers_stops`: commas and full stops stand in the middle of their box, as in Taiwan and Hong Kong.
pub(super) fn collapsed(
    text: &str,
    context_start: usize,
    start: usize,
    end: usize,
    centers_stops: bool,
) -> SmallVec<[Collapsed; 4]> {
    let mut found = SmallVec::new();
    let class = |character: char| class_of(character, centers_stops);
    let mut before = text[context_start..start].chars().next_back().map_or(Class::Other, class);
    let mut characters = text[start..].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let at = start + offset;
        if at >= end {
            break;
        }
        let own = class(character);
        let after = || characters.clone().next().map_or(Class::Other, |(_, next)| class(next));
        let because_of_before = own == Class::Opening
            && matches!(before, Class::Opening | Class::Closing | Class::Middle | Class::NarrowOpening);
        if because_of_before
            || own == Class::Closing
                && matches!(after(), Class::Closing | Class::Middle | Class::NarrowClosing)
        {
            found.push(Collapsed { at, length: character.len_utf8(), because_of_before });
        }
        before = own;
    }
    found
}

fn class_of(character: char, centers_stops: bool) -> Class {
    match character {
        '\0'..='\'' | '*'..='Z' | '\\' | '^'..='z' | '|' | '~'..='\u{aa}' => Class::Other,
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' | '（' | '［' | '｛' | '｟' => {
            Class::Opening
        }
        '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞' | '〟' | '）' | '］' | '｝'
        | '｠' => Class::Closing,
        '、' | '。' | '，' | '．' if centers_stops => Class::Middle,
        '、' | '。' | '，' | '．' => Class::Closing,
        '\u{b7}' | '\u{2027}' | '\u{3000}' | '・' | '：' | '；' => Class::Middle,
        _ => match CodePointMapData::<GeneralCategory>::new().get(character) {
            GeneralCategory::OpenPunctuation | GeneralCategory::InitialPunctuation => Class::NarrowOpening,
            GeneralCategory::ClosePunctuation | GeneralCategory::FinalPunctuation => Class::NarrowClosing,
            _ => Class::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::collapsed;

    /// The text with a slash after every character that gives up half of its width.
    fn marked(text: &str) -> String {
        let found = collapsed(text, 0, 0, text.len(), false);
        let is_narrow = |at: usize| found.iter().any(|collapsed| collapsed.at == at);
        let mark = |(at, c): (usize, char)| if is_narrow(at) { format!("{c}/") } else { c.to_string() };
        text.char_indices().map(mark).collect()
    }

    #[test]
    fn of_two_blanks_that_meet_one_goes() {
        assert_eq!(marked("（「あ」）"), "（「/あ」/）");
        assert_eq!(marked("あ」「い"), "あ」「/い");
        assert_eq!(marked("あ）、い"), "あ）/、い");
        assert_eq!(marked("」・「"), "」/・「/");
    }

    #[test]
    fn narrow_brackets_count_on_their_inner_side_only() {
        assert_eq!(marked("(「あ。)"), "(「/あ。/)");
        assert_eq!(marked("あ、(い)「う"), "あ、(い)「う");
    }

    #[test]
    fn punctuation_among_letters_keeps_its_width() {
        assert_eq!(marked("「あ」、と。い"), "「あ」/、と。い");
        assert_eq!(marked("a「b」c, d"), "a「b」c, d");
    }

    #[test]
    fn what_is_on_another_line_does_not_count() {
        let text = "あ」「い";
        let second = "あ」".len();
        assert_eq!(collapsed(text, second, second, text.len(), false).len(), 0);
    }

    #[test]
    fn stops_in_the_middle_of_their_box_keep_both_blanks() {
        assert!(collapsed("。」", 0, 0, 6, true).is_empty());
        let narrow: Vec<_> = collapsed("」。", 0, 0, 6, true).iter().map(|found| found.at).collect();
        assert_eq!(narrow, [0]);
    }
}
