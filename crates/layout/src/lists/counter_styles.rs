//! The predefined counter styles. <https://drafts.csswg.org/css-counter-styles-3/#predefined-counters>

use std::sync::Arc;

use fanlight_css::values::generated::{CounterStyle, SymbolsType};

/// How a style makes text of a number. <https://drafts.csswg.org/css-counter-styles-3/#counter-style-system>
enum System {
    Cyclic(&'static [&'static str]),
    /// Positional digits.
    Numeric(&'static str),
    Alphabetic(&'static str),
    /// Weights and symbols, greatest first, and the range that it covers.
    Additive(&'static [(i32, &'static str)], i32, i32),
    LeadingZero,
    Fixed(&'static str),
}

const LOWER_ROMAN: &[(i32, &str)] = &[
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

const UPPER_ROMAN: &[(i32, &str)] = &[
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

const UPPER_ARMENIAN: &[(i32, &str)] = &[
    (9000, "Ք"),
    (8000, "Փ"),
    (7000, "Ւ"),
    (6000, "Ց"),
    (5000, "Ր"),
    (4000, "Տ"),
    (3000, "Վ"),
    (2000, "Ս"),
    (1000, "Ռ"),
    (900, "Ջ"),
    (800, "Պ"),
    (700, "Չ"),
    (600, "Ո"),
    (500, "Շ"),
    (400, "Ն"),
    (300, "Յ"),
    (200, "Մ"),
    (100, "Ճ"),
    (90, "Ղ"),
    (80, "Ձ"),
    (70, "Հ"),
    (60, "Կ"),
    (50, "Ծ"),
    (40, "Խ"),
    (30, "Լ"),
    (20, "Ի"),
    (10, "Ժ"),
    (9, "Թ"),
    (8, "Ը"),
    (7, "Է"),
    (6, "Զ"),
    (5, "Ե"),
    (4, "Դ"),
    (3, "Գ"),
    (2, "Բ"),
    (1, "Ա"),
];

const LOWER_ARMENIAN: &[(i32, &str)] = &[
    (9000, "ք"),
    (8000, "փ"),
    (7000, "ւ"),
    (6000, "ց"),
    (5000, "ր"),
    (4000, "տ"),
    (3000, "վ"),
    (2000, "ս"),
    (1000, "ռ"),
    (900, "ջ"),
    (800, "պ"),
    (700, "չ"),
    (600, "ո"),
    (500, "շ"),
    (400, "ն"),
    (300, "յ"),
    (200, "մ"),
    (100, "ճ"),
    (90, "ղ"),
    (80, "ձ"),
    (70, "հ"),
    (60, "կ"),
    (50, "ծ"),
    (40, "խ"),
    (30, "լ"),
    (20, "ի"),
    (10, "ժ"),
    (9, "թ"),
    (8, "ը"),
    (7, "է"),
    (6, "զ"),
    (5, "ե"),
    (4, "դ"),
    (3, "գ"),
    (2, "բ"),
    (1, "ա"),
];

const GEORGIAN: &[(i32, &str)] = &[
    (10000, "ჵ"),
    (9000, "ჰ"),
    (8000, "ჯ"),
    (7000, "ჴ"),
    (6000, "ხ"),
    (5000, "ჭ"),
    (4000, "წ"),
    (3000, "ძ"),
    (2000, "ც"),
    (1000, "ჩ"),
    (900, "შ"),
    (800, "ყ"),
    (700, "ღ"),
    (600, "ქ"),
    (500, "ფ"),
    (400, "ჳ"),
    (300, "ტ"),
    (200, "ს"),
    (100, "რ"),
    (90, "ჟ"),
    (80, "პ"),
    (70, "ო"),
    (60, "ჲ"),
    (50, "ნ"),
    (40, "მ"),
    (30, "ლ"),
    (20, "კ"),
    (10, "ი"),
    (9, "თ"),
    (8, "ჱ"),
    (7, "ზ"),
    (6, "ვ"),
    (5, "ე"),
    (4, "დ"),
    (3, "გ"),
    (2, "ბ"),
    (1, "ა"),
];

const HEBREW: &[(i32, &str)] = &[
    (10000, "י׳"),
    (9000, "ט׳"),
    (8000, "ח׳"),
    (7000, "ז׳"),
    (6000, "ו׳"),
    (5000, "ה׳"),
    (4000, "ד׳"),
    (3000, "ג׳"),
    (2000, "ב׳"),
    (1000, "א׳"),
    (400, "ת"),
    (300, "ש"),
    (200, "ר"),
    (100, "ק"),
    (90, "צ"),
    (80, "פ"),
    (70, "ע"),
    (60, "ס"),
    (50, "נ"),
    (40, "מ"),
    (30, "ל"),
    (20, "כ"),
    (19, "יט"),
    (18, "יח"),
    (17, "יז"),
    (16, "טז"),
    (15, "טו"),
    (10, "י"),
    (9, "ט"),
    (8, "ח"),
    (7, "ז"),
    (6, "ו"),
    (5, "ה"),
    (4, "ד"),
    (3, "ג"),
    (2, "ב"),
    (1, "א"),
];

/// The system of a predefined style; `None` for a name that is none.
fn system(name: &str) -> Option<System> {
    Some(match name {
        "decimal" => System::Numeric("0123456789"),
        "decimal-leading-zero" => System::LeadingZero,
        "arabic-indic" => System::Numeric("٠١٢٣٤٥٦٧٨٩"),
        "bengali" => System::Numeric("০১২৩৪৫৬৭৮৯"),
        "cambodian" | "khmer" => System::Numeric("០១២៣៤៥៦៧៨៩"),
        "cjk-decimal" => System::Numeric("〇一二三四五六七八九"),
        "devanagari" => System::Numeric("०१२३४५६७८९"),
        "gujarati" => System::Numeric("૦૧૨૩૪૫૬૭૮૯"),
        "gurmukhi" => System::Numeric("੦੧੨੩੪੫੬੭੮੯"),
        "kannada" => System::Numeric("೦೧೨೩೪೫೬೭೮೯"),
        "lao" => System::Numeric("໐໑໒໓໔໕໖໗໘໙"),
        "malayalam" => System::Numeric("൦൧൨൩൪൫൬൭൮൯"),
        "mongolian" => System::Numeric("᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙"),
        "myanmar" => System::Numeric("၀၁၂၃၄၅၆၇၈၉"),
        "oriya" => System::Numeric("୦୧୨୩୪୫୬୭୮୯"),
        "persian" => System::Numeric("۰۱۲۳۴۵۶۷۸۹"),
        "tamil" => System::Numeric("௦௧௨௩௪௫௬௭௮௯"),
        "telugu" => System::Numeric("౦౧౨౩౪౫౬౭౮౯"),
        "thai" => System::Numeric("๐๑๒๓๔๕๖๗๘๙"),
        "tibetan" => System::Numeric("༠༡༢༣༤༥༦༧༨༩"),
        "lower-alpha" | "lower-latin" => System::Alphabetic("abcdefghijklmnopqrstuvwxyz"),
        "upper-alpha" | "upper-latin" => System::Alphabetic("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lower-greek" => System::Alphabetic("αβγδεζηθικλμνξοπρστυφχψω"),
        "hiragana" => System::Alphabetic(
            "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん",
        ),
        "hiragana-iroha" => System::Alphabetic(
            "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
        ),
        "katakana" => System::Alphabetic(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
        ),
        "katakana-iroha" => System::Alphabetic(
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
        ),
        "cjk-earthly-branch" => System::Fixed("子丑寅卯辰巳午未申酉戌亥"),
        "cjk-heavenly-stem" => System::Fixed("甲乙丙丁戊己庚辛壬癸"),
        "lower-roman" => System::Additive(LOWER_ROMAN, 1, 3999),
        "upper-roman" => System::Additive(UPPER_ROMAN, 1, 3999),
        "armenian" | "upper-armenian" => System::Additive(UPPER_ARMENIAN, 1, 9999),
        "lower-armenian" => System::Additive(LOWER_ARMENIAN, 1, 9999),
        "georgian" => System::Additive(GEORGIAN, 1, 19999),
        "hebrew" => System::Additive(HEBREW, 1, 10999),
        "disc" => System::Cyclic(&["\u{2022}"]),
        "circle" => System::Cyclic(&["\u{25e6}"]),
        "square" => System::Cyclic(&["\u{25aa}"]),
        "disclosure-open" => System::Cyclic(&["\u{25be}"]),
        "disclosure-closed" => System::Cyclic(&["\u{25b8}"]),
        _ => return None,
    })
}

/// A number in a counter style. A style that does not know the number, or is not known, falls back to `decimal`.
/// <https://drafts.csswg.org/css-counter-styles-3/#generate-a-counter>
pub(crate) fn representation(style: &CounterStyle, value: i32) -> String {
    let found = match style {
        CounterStyle::None => return String::new(),
        CounterStyle::String(text) => return text.to_string(),
        CounterStyle::Name(name) => system(name).and_then(|system| in_system(&system, value)),
        CounterStyle::Symbols(kind, symbols) => in_symbols(*kind, symbols, value),
    };
    found.unwrap_or_else(|| value.to_string())
}

/// A marker's text, with what follows the number; `None` for `none`.
/// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-suffix>
pub(crate) fn marker_text(style: &CounterStyle, value: i32) -> Option<String> {
    let suffix = match style {
        CounterStyle::None => return None,
        CounterStyle::String(text) => return Some(text.to_string()),
        CounterStyle::Symbols(..) => " ",
        CounterStyle::Name(name) => match &**name {
            "disc" | "circle" | "square" | "disclosure-open" | "disclosure-closed" => " ",
            "hiragana" | "hiragana-iroha" | "katakana" | "katakana-iroha" | "cjk-decimal"
            | "cjk-earthly-branch" | "cjk-heavenly-stem" => "、",
            _ => ". ",
        },
    };
    Some(representation(style, value) + suffix)
}

fn in_system(system: &System, value: i32) -> Option<String> {
    match system {
        System::Cyclic(symbols) => {
            let index = (i64::from(value) - 1).rem_euclid(symbols.len() as i64);
            Some(symbols[index as usize].to_owned())
        }
        System::Numeric(digits) => Some(numeric(&characters(digits), value)),
        System::Alphabetic(letters) => alphabetic(&characters(letters), value),
        System::Additive(weights, first, last) => {
            (*first..=*last).contains(&value).then(|| additive(weights, value))
        }
        System::LeadingZero => {
            Some(if value < 0 { format!("-{:02}", value.unsigned_abs()) } else { format!("{value:02}") })
        }
        System::Fixed(symbols) => {
            let index = usize::try_from(value).ok()?.checked_sub(1)?;
            symbols.chars().nth(index).map(String::from)
        }
    }
}

fn in_symbols(kind: SymbolsType, symbols: &[Arc<str>], value: i32) -> Option<String> {
    let symbols: Vec<&str> = symbols.iter().map(|symbol| &**symbol).collect();
    let count = symbols.len() as i64;
    match kind {
        SymbolsType::Cyclic => Some(symbols[(i64::from(value) - 1).rem_euclid(count) as usize].to_owned()),
        SymbolsType::Numeric => {
            let digits: Vec<String> = symbols.iter().map(|&symbol| symbol.to_owned()).collect();
            Some(numeric(&digits, value))
        }
        SymbolsType::Alphabetic => {
            let letters: Vec<String> = symbols.iter().map(|&symbol| symbol.to_owned()).collect();
            alphabetic(&letters, value)
        }
        SymbolsType::Symbolic => {
            let index = i64::from(value) - 1;
            if index < 0 {
                return None;
            }
            let repeats = (index / count + 1).min(120) as usize;
            Some(symbols[(index % count) as usize].repeat(repeats))
        }
        SymbolsType::Fixed => {
            symbols.get(usize::try_from(value).ok()?.checked_sub(1)?).map(|&symbol| symbol.to_owned())
        }
    }
}

fn characters(symbols: &str) -> Vec<String> {
    symbols.chars().map(String::from).collect()
}

fn numeric(digits: &[String], value: i32) -> String {
    let base = digits.len() as u32;
    let mut rest = value.unsigned_abs();
    let mut parts = Vec::new();
    loop {
        parts.push(&*digits[(rest % base) as usize]);
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        parts.push("-");
    }
    parts.into_iter().rev().collect()
}

fn alphabetic(letters: &[String], value: i32) -> Option<String> {
    let base = letters.len() as u32;
    let mut rest = u32::try_from(value).ok().filter(|&value| value > 0)?;
    let mut parts = Vec::new();
    while rest > 0 {
        rest -= 1;
        parts.push(&*letters[(rest % base) as usize]);
        rest /= base;
    }
    Some(parts.into_iter().rev().collect())
}

fn additive(weights: &[(i32, &str)], value: i32) -> String {
    let mut rest = value;
    let mut text = String::new();
    for &(weight, symbol) in weights {
        while rest >= weight {
            text.push_str(symbol);
            rest -= weight;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, value: i32) -> String {
        representation(&CounterStyle::Name(name.into()), value)
    }

    #[test]
    fn each_system_counts_as_the_specification_says() {
        for (style, value, expected) in [
            ("decimal", -12, "-12"),
            ("decimal-leading-zero", 7, "07"),
            ("lower-roman", 1994, "mcmxciv"),
            ("upper-roman", 4000, "4000"),
            ("lower-alpha", 27, "aa"),
            ("upper-latin", 702, "ZZ"),
            ("lower-alpha", 0, "0"),
            ("lower-greek", 24, "ω"),
            ("hebrew", 16, "טז"),
            ("armenian", 1999, "ՌՋՂԹ"),
            ("cjk-earthly-branch", 13, "13"),
            ("no-such-style", 3, "3"),
        ] {
            assert_eq!(text(style, value), expected, "{style} {value}");
        }
    }

    #[test]
    fn markers_have_what_follows_the_number() {
        assert_eq!(marker_text(&CounterStyle::decimal(), 3).as_deref(), Some("3. "));
        assert_eq!(marker_text(&CounterStyle::disc(), 3).as_deref(), Some("\u{2022} "));
        assert_eq!(marker_text(&CounterStyle::None, 3), None);
    }
}
