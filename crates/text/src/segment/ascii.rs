//! Break opportunities between two printable characters of ASCII. Browsers have a table of their own for these, which
//! breaks URLs, options and code less often than UAX 14 would, and dates not at all before a number's sign.
//! <https://drafts.csswg.org/css-text-4/#line-breaking>

use super::WordBreak;

/// Whether a line may break between two characters from `!` to `~`. `before` is the character before the first.
pub(super) fn may_break(before: Option<char>, first: u8, second: u8, word_break: WordBreak) -> bool {
    // A hyphen after a letter or digit joins; elsewhere it is the sign of the number that follows.
    if first == b'-' && second.is_ascii_digit() && word_break != WordBreak::BreakAll {
        return before.is_some_and(|character| character.is_ascii_alphanumeric());
    }
    let table = match word_break {
        WordBreak::Normal | WordBreak::KeepAll => &NORMAL,
        WordBreak::BreakAll => &BREAK_ALL,
    };
    table[usize::from(first)] & (1 << second) != 0
}

/// For each first character, the set of second ones.
type Table = [u128; 128];

const OPENING: u128 = set(b"(<[{");
/// What never begins a line: closing brackets, marks of the end of a clause, slashes.
const CLOSING: u128 = set(b"!),./:;?]}");
const PRINTABLE: u128 = ((1 << b'~') - (1 << b'!')) | (1 << b'~');

const NORMAL: Table = {
    let mut table = [0; 128];
    fill(&mut table, b"!\"#%&)*+,.:;=>\\]|}~", OPENING);
    fill(&mut table, b"?", PRINTABLE & !CLOSING & !set(b"\"'"));
    fill(&mut table, b"-", PRINTABLE & !CLOSING & !set(b"$"));
    table
};

const BREAK_ALL: Table = {
    let mut table = [0; 128];
    let general = PRINTABLE & !CLOSING & !set(b"\"'");
    let mut letter = b'!';
    while letter <= b'~' {
        table[letter as usize] = general & !set(b"%");
        letter += 1;
    }
    fill(&mut table, b"!%?", general);
    fill(&mut table, b"\"", OPENING);
    fill(&mut table, b"$", set(b"%"));
    fill(&mut table, b"'([{", 0);
    fill(&mut table, b",.:;", general & !set(b"$%\\"));
    fill(&mut table, b"-", PRINTABLE & !CLOSING & !set(b"$"));
    fill(&mut table, b"\\", OPENING | set(b"%"));
    table
};

const fn set(characters: &[u8]) -> u128 {
    let mut set = 0;
    let mut index = 0;
    while index < characters.len() {
        set |= 1 << characters[index];
        index += 1;
    }
    set
}

const fn fill(table: &mut Table, first: &[u8], second: u128) {
    let mut index = 0;
    while index < first.len() {
        table[first[index] as usize] = second;
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_breaks_as_in_chromium() {
        let measured = include_str!("../../tests/chromium/ascii-line-breaks.txt");
        let mut word_break = WordBreak::Normal;
        let mut pairs = 0;
        for line in
            measured.lines().filter(|line| !line.starts_with("# Between") && !line.starts_with("# mark"))
        {
            match line.strip_prefix("word-break: ") {
                Some("break-all") => word_break = WordBreak::BreakAll,
                Some(_) => word_break = WordBreak::Normal,
                None => {
                    let first = line.as_bytes()[0];
                    for (second, mark) in (b'!'..=b'~').zip(line[2..].bytes()) {
                        let expected = mark == b'x';
                        assert_eq!(
                            may_break(Some('a'), first, second, word_break),
                            expected,
                            "{word_break:?} {}{}",
                            char::from(first),
                            char::from(second)
                        );
                        pairs += 1;
                    }
                }
            }
        }
        assert_eq!(pairs, 2 * 94 * 94);
    }

    #[test]
    fn a_sign_stays_with_its_number() {
        assert!(!may_break(Some(' '), b'-', b'5', WordBreak::Normal));
        assert!(!may_break(Some('-'), b'-', b'5', WordBreak::Normal));
        assert!(may_break(Some('4'), b'-', b'5', WordBreak::Normal));
        assert!(may_break(Some(' '), b'-', b'x', WordBreak::Normal));
    }
}
