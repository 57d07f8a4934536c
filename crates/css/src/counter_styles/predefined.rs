//! The counter styles that every page has.
//! <https://drafts.csswg.org/css-counter-styles-3/#predefined-counters>
//!
//! Most are rules in `assets/counter-styles.css`. Those of the Chinese languages and of Ethiopic count in ways that no
//! descriptor can say.

use std::sync::LazyLock;

use fanlight_base::Atom;
use fanlight_base::diagnostics::Unheard;
use rustc_hash::{FxHashMap, FxHashSet};

use super::definition::{Definition, System, define};
use crate::stylesheet::{CounterStyleRule, Origin, ParseOptions, Rule, Stylesheet};

/// The rules of the predefined styles.
pub(super) const SHEET: &str = include_str!("../../../../assets/counter-styles.css");

/// How numbers are written in Chinese.
#[derive(Debug)]
pub(super) struct ChineseNumerals {
    /// Whether a ten that begins a number has no digit.
    pub(super) is_informal: bool,
    pub(super) digits: [&'static str; 10],
    /// Ten, a hundred, a thousand.
    pub(super) markers: [&'static str; 3],
}

const INFORMAL: ChineseNumerals = ChineseNumerals {
    is_informal: true,
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    markers: ["十", "百", "千"],
};
const SIMPLIFIED_FORMAL: ChineseNumerals = ChineseNumerals {
    is_informal: false,
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    markers: ["拾", "佰", "仟"],
};
const TRADITIONAL_FORMAL: ChineseNumerals = ChineseNumerals {
    is_informal: false,
    digits: ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"],
    markers: ["拾", "佰", "仟"],
};

/// Names, numerals, and the sign of negative numbers.
const CHINESE: [(&str, &ChineseNumerals, &str); 5] = [
    ("simp-chinese-informal", &INFORMAL, "负"),
    ("simp-chinese-formal", &SIMPLIFIED_FORMAL, "负"),
    ("trad-chinese-informal", &INFORMAL, "負"),
    ("trad-chinese-formal", &TRADITIONAL_FORMAL, "負"),
    ("cjk-ideographic", &INFORMAL, "負"),
];

/// The names of all predefined styles. They are known without parsing the sheet, which asks for them.
static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let of_sheet = SHEET.split("@counter-style ").skip(1).filter_map(|rule| rule.split_whitespace().next());
    of_sheet.chain(CHINESE.iter().map(|(name, ..)| *name)).chain([ETHIOPIC_NUMERIC]).collect()
});

/// Whether a name, in lower case, is that of a predefined style.
pub(crate) fn is_predefined(name: &str) -> bool {
    NAMES.contains(name)
}

const ETHIOPIC_NUMERIC: &str = "ethiopic-numeric";

struct Predefined {
    styles: FxHashMap<Atom, Definition>,
    decimal: Definition,
}

static STYLES: LazyLock<Predefined> = LazyLock::new(|| {
    let options = ParseOptions::new("resource:counter-styles.css", Origin::UserAgent);
    // A test makes sure that nothing of it is dropped.
    let sheet = Stylesheet::parse(SHEET, &options, &Unheard);
    let rules: FxHashMap<&Atom, &CounterStyleRule> = sheet
        .rules
        .iter()
        .filter_map(|rule| match rule {
            Rule::CounterStyle(rule) => Some((&rule.name, &**rule)),
            _ => None,
        })
        .collect();
    let defined = rules.values().map(|rule| (rule.name.clone(), define(rule, &rules, &|_| None)));
    let mut styles: FxHashMap<Atom, Definition> = defined.collect();
    for (name, numerals, sign) in CHINESE {
        let style = Definition {
            negative: (sign.into(), "".into()),
            suffix: "、".into(),
            ranges: [(-9999, 9999)].into(),
            fallback: "cjk-decimal".into(),
            ..Definition::of_system(System::Chinese(numerals))
        };
        styles.insert(name.into(), style);
    }
    let ethiopic = Definition { suffix: "/ ".into(), ..Definition::of_system(System::EthiopicNumeric) };
    styles.insert(ETHIOPIC_NUMERIC.into(), ethiopic);
    let decimal = styles.get(&Atom::from("decimal")).cloned().expect("the sheet begins with decimal");
    Predefined { styles, decimal }
});

/// A predefined style.
pub(super) fn definition(name: &Atom) -> Option<&'static Definition> {
    STYLES.styles.get(name)
}

/// `decimal`, which says whatever number.
pub(super) fn decimal() -> &'static Definition {
    &STYLES.decimal
}
