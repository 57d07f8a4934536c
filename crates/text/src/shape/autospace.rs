//! Room between ideographs and the letters and digits of other scripts: `text-autospace`.
//! <https://drafts.csswg.org/css-text-4/#text-autospace-property>

use icu_properties::CodePointMapData;
use icu_properties::props::{EastAsianWidth, GeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// What a character is to its neighbours. <https://drafts.csswg.org/css-text-4/#text-spacing-classes>
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Ideograph,
    LetterOrDigit,
    Other,
}

/// How wide the room is, in ems.
pub(super) const ROOM: f32 = 1.0 / 8.0;

/// Whether there is room after the character that `text` begins with and the marks on it.
pub(super) fn has_room_after_first(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return false };
    let Some(second) = characters.find(|&character| !is_mark(character)) else { return false };
    if first.is_ascii() && second.is_ascii() {
        return false;
    }
    matches!(
        (class_of(first), class_of(second)),
        (Class::Ideograph, Class::LetterOrDigit) | (Class::LetterOrDigit, Class::Ideograph)
    )
}

fn is_mark(character: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    character >= '\u{300}'
        && matches!(
            CodePointMapData::<GeneralCategory>::new().get(character),
            EnclosingMark | NonspacingMark | SpacingMark
        )
}

fn class_of(character: char) -> Class {
    use GeneralCategory::{
        DecimalNumber, LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    let is_east_asian = matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana)
        || matches!(character, '\u{30fc}' | '\u{31c0}'..='\u{31ef}');
    match category {
        OtherLetter | ModifierLetter if is_east_asian => Class::Ideograph,
        _ if matches!(character, '\u{2e80}'..='\u{2fd5}' | '\u{3007}' | '\u{31c0}'..='\u{31ef}') => {
            Class::Ideograph
        }
        LowercaseLetter | UppercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
        | DecimalNumber => match CodePointMapData::<EastAsianWidth>::new().get(character) {
            EastAsianWidth::Wide | EastAsianWidth::Fullwidth => Class::Other,
            _ => Class::LetterOrDigit,
        },
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::has_room_after_first;

    #[test]
    fn there_is_room_where_scripts_meet() {
        for pair in ["国a", "a国", "あ1", "9ア", "が\u{3099}b", "é漢", "ーz"] {
            assert!(has_room_after_first(pair), "{pair}");
        }
        for pair in ["ab", "国国", "国。", "(国", "国 a", "한a", "国Ａ", "国", ""] {
            assert!(!has_room_after_first(pair), "{pair}");
        }
    }
}
