//! What is changed about UAX 14 where a character beyond ASCII is involved: rules of newer versions of it, and what CSS
//! and browsers ask for.
//! <https://www.unicode.org/reports/tr14/#Rules>

use unicode_script::{Script, UnicodeScript};

use super::{LineBreakOptions, WordBreak};

/// A place between two characters.
pub(super) struct Context<'a> {
    pub before: Option<char>,
    pub first: char,
    pub second: char,
    pub after: &'a dyn Fn() -> Option<char>,
    /// What the segmenter says.
    pub is_boundary: bool,
}

/// Whether a line may break there.
pub(super) fn may_break(context: &Context<'_>, options: LineBreakOptions) -> bool {
    let Context { before, first, second, .. } = *context;
    match options.word_break {
        WordBreak::Normal => {}
        WordBreak::KeepAll => {
            let letter = if is_mark(first) { before.unwrap_or(first) } else { first };
            if is_kept_together(letter) && is_kept_together(second) {
                return false;
            }
        }
        WordBreak::BreakAll => {
            if second == '-' && (is_alphabetic(first) || is_mark(first) || first == '\u{ad}') {
                return true;
            }
            if first == '-' && is_alphabetic(second) {
                return false;
            }
            if first == '-' && second.is_ascii_digit() {
                return true;
            }
        }
    }
    context.is_boundary
        || breaks_beside_quotation_mark(context, options)
        || breaks_in_hebrew_compound(context)
}

/// Rule LB19a: quotation marks among East Asian text are as good as brackets. In Chinese and Japanese they are so
/// next to each other and to brackets, too.
fn breaks_beside_quotation_mark(context: &Context<'_>, options: LineBreakOptions) -> bool {
    let Context { before, first, second, .. } = *context;
    if is_final_quotation_mark(first) {
        let opens = is_initial_quotation_mark(second) || matches!(second, '(' | '[' | '{');
        return (options.is_chinese_or_japanese && opens)
            || (before.is_some_and(is_east_asian) && is_east_asian(second));
    }
    is_initial_quotation_mark(second) && is_east_asian(first) && (context.after)().is_some_and(is_east_asian)
}

/// Rule LB21a: a hyphen between Hebrew words is one like any other.
fn breaks_in_hebrew_compound(context: &Context<'_>) -> bool {
    let is_hebrew = |character: char| character.script() == Script::Hebrew && character.is_alphabetic();
    context.first == '-' && context.before.is_some_and(is_hebrew) && is_hebrew(context.second)
}

/// Letters and digits of scripts that show their words by spaces, or have none to show.
fn is_kept_together(character: char) -> bool {
    character.is_alphanumeric()
        && !matches!(
            character.script(),
            Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tai_Le
                | Script::New_Tai_Lue
        )
}

/// Letters that are not each a word of their own.
fn is_alphabetic(character: char) -> bool {
    !character.is_ascii() && character.is_alphabetic() && !is_east_asian(character)
}

fn is_mark(character: char) -> bool {
    character.script() == Script::Inherited
}

fn is_east_asian(character: char) -> bool {
    matches!(
        character.script(),
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo | Script::Yi
    ) || matches!(character, '\u{3000}'..='\u{303f}' | '\u{30fb}'..='\u{30fc}' | '\u{ff00}'..='\u{ffef}')
}

/// <https://www.unicode.org/reports/tr44/#General_Category_Values> `Pi`
fn is_initial_quotation_mark(character: char) -> bool {
    matches!(character, '\u{ab}' | '\u{2018}' | '\u{201b}' | '\u{201c}' | '\u{201f}' | '\u{2039}')
}

/// <https://www.unicode.org/reports/tr44/#General_Category_Values> `Pf`
fn is_final_quotation_mark(character: char) -> bool {
    matches!(character, '\u{bb}' | '\u{2019}' | '\u{201d}' | '\u{203a}')
}
