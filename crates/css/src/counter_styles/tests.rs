//! Counting in predefined styles and in those of a page.

use super::*;
use crate::stylesheet::{Origin, ParseOptions, Rule, Stylesheet};
use crate::syntax::{ParseContext, Parser};

fn name(name: &str) -> CounterStyle {
    CounterStyle::Name(name.into())
}

fn styles_of(css: &str) -> CounterStyles {
    let options = ParseOptions::new("test.css", Origin::Author);
    let sheet = Stylesheet::parse(css, &options, &fanlight_base::diagnostics::Unheard);
    CounterStyles::new(sheet.rules.iter().filter_map(|rule| match rule {
        Rule::CounterStyle(rule) => Some(&**rule),
        _ => None,
    }))
}

#[track_caller]
fn assert_counts(css: &str, style: &str, expected: &[(i32, &str)]) {
    let styles = styles_of(css);
    for (value, text) in expected {
        assert_eq!(styles.representation(&name(style), *value), *text, "{style} {value}");
    }
}

#[test]
fn nothing_of_the_predefined_styles_is_dropped() {
    let diagnostics = fanlight_base::Diagnostics::default();
    let options = ParseOptions::new("resource:counter-styles.css", Origin::UserAgent);
    let sheet = Stylesheet::parse(predefined::SHEET, &options, &diagnostics);
    let messages: Vec<String> = diagnostics.to_vec().iter().map(ToString::to_string).collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    for rule in sheet.rules.iter() {
        let Rule::CounterStyle(rule) = rule else { panic!("{}", rule.kind()) };
        assert!(rule.defines_style(), "{}", rule.name);
    }
}

#[test]
fn predefined_styles_count_as_the_specification_says() {
    for (style, value, expected) in [
        ("decimal", -12, "-12"),
        ("decimal", i32::MIN, "-2147483648"),
        ("decimal-leading-zero", 7, "07"),
        ("decimal-leading-zero", -7, "-7"),
        ("decimal-leading-zero", 123, "123"),
        ("lower-roman", 1994, "mcmxciv"),
        ("upper-roman", 4000, "4000"),
        ("lower-alpha", 27, "aa"),
        ("upper-latin", 702, "ZZ"),
        ("lower-alpha", 0, "0"),
        ("lower-greek", 24, "ω"),
        ("hebrew", 16, "טז"),
        ("armenian", 1999, "ՌՋՂԹ"),
        ("cambodian", 10, "១០"),
        ("cjk-earthly-branch", 13, "一三"),
        ("japanese-informal", 1111, "千百十一"),
        ("japanese-formal", 9876, "九阡八百七拾六"),
        ("japanese-formal", -10, "マイナス壱拾"),
        ("korean-hanja-formal", 0, "零"),
        ("no-such-style", 3, "3"),
    ] {
        assert_counts("", style, &[(value, expected)]);
    }
}

#[test]
fn chinese_numbers_have_one_zero_between_digits_and_none_at_the_end() {
    let informal = [
        (0, "零"),
        (10, "十"),
        (16, "十六"),
        (20, "二十"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1060, "一千零六十"),
        (6300, "六千三百"),
        (-7, "负七"),
        (10_000, "一〇〇〇〇"),
    ];
    assert_counts("", "simp-chinese-informal", &informal);
    assert_counts("", "trad-chinese-formal", &[(13, "壹拾參"), (7005, "柒仟零伍")]);
}

#[test]
fn ethiopic_numbers_go_by_hundreds() {
    assert_counts(
        "",
        "ethiopic-numeric",
        &[(0, "0"), (1, "፩"), (11, "፲፩"), (100, "፻"), (78_010_092, "፸፰፻፩፼፺፪"), (780_100_000, "፯፼፹፻፲፼")],
    );
}

#[test]
fn a_page_defines_styles_of_every_system() {
    let css = "@counter-style c { system: cyclic; symbols: a b; }
        @counter-style n { system: numeric; symbols: x y z; negative: '(' ')'; }
        @counter-style a { system: alphabetic; symbols: x y; }
        @counter-style s { symbols: '*' '†'; }
        @counter-style d { system: additive; additive-symbols: 5 V, 1 I, 0 Z; }
        @counter-style f { system: fixed 3; symbols: u v; fallback: n; }";
    assert_counts(css, "c", &[(1, "a"), (2, "b"), (0, "b"), (-1, "a")]);
    assert_counts(css, "n", &[(0, "x"), (5, "yz"), (-5, "(yz)")]);
    assert_counts(css, "a", &[(1, "x"), (3, "xx"), (0, "0")]);
    assert_counts(css, "s", &[(1, "*"), (4, "††"), (-1, "-1")]);
    assert_counts(css, "d", &[(0, "Z"), (7, "VII"), (-2, "-2")]);
    assert_counts(css, "f", &[(3, "u"), (4, "v"), (5, "yz")]);
}

#[test]
fn ranges_padding_and_fallback() {
    let css = "@counter-style low { system: extends decimal; range: infinite 9; fallback: lower-roman; }
        @counter-style pad { system: extends decimal; pad: 4 'é'; negative: '-' '!'; }
        @counter-style auto { system: extends low; range: auto; }
        @counter-style one { system: extends two; fallback: two; range: 1 1; }
        @counter-style two { system: numeric; symbols: a b; fallback: one; range: 2 2; }";
    assert_counts(css, "low", &[(-3, "-3"), (9, "9"), (10, "x")]);
    assert_counts(css, "pad", &[(7, "ééé7"), (-7, "-é7!"), (12_345, "12345")]);
    assert_counts(css, "auto", &[(10, "10")]);
    assert_counts(css, "one", &[(1, "b"), (2, "ba"), (3, "3")]);
}

#[test]
fn styles_that_extend_in_a_circle_extend_decimal() {
    let css = "@counter-style x { system: extends y; prefix: 'x'; }
        @counter-style y { system: extends x; suffix: 'y'; }
        @counter-style z { system: extends y; prefix: 'z'; }";
    let styles = styles_of(css);
    assert_eq!(styles.marker_text(&name("x"), 1).as_deref(), Some("x1. "));
    assert_eq!(styles.marker_text(&name("z"), 1).as_deref(), Some("z1y"));
}

#[test]
fn the_last_rule_that_defines_a_style_counts() {
    let css = "@counter-style Lower-Roman { system: fixed; symbols: i; }
        @counter-style lower-roman { system: numeric; symbols: lonely; }
        @counter-style decimal { system: fixed; symbols: no; }";
    assert_counts(css, "lower-roman", &[(1, "i"), (2, "2")]);
    assert_counts(css, "decimal", &[(1, "1")]);
}

#[test]
fn markers_have_what_stands_around_the_number() {
    let styles = CounterStyles::predefined();
    let parse = |text| CounterStyle::parse_style(&mut Parser::new(text), &ParseContext::default()).unwrap();
    for (style, expected) in [
        (name("decimal"), Some("3. ")),
        (name("disc"), Some("\u{2022} ")),
        (name("katakana"), Some("ウ、")),
        (name("korean-hangul-formal"), Some("삼, ")),
        (CounterStyle::None, None),
        (CounterStyle::String("- ".into()), Some("- ")),
        (parse("symbols(cyclic 'a' 'b')"), Some("a ")),
        (parse("SIMP-Chinese-informal"), Some("三、")),
    ] {
        assert_eq!(styles.marker_text(&style, 3).as_deref(), expected, "{style:?}");
    }
}

#[test]
fn endless_representations_are_left_to_the_fallback() {
    let css = "@counter-style long { symbols: '*'; }
        @counter-style wide { system: extends decimal; pad: 2000000000 '0'; }
        @counter-style many { system: additive; additive-symbols: 1 I; }";
    for style in ["long", "wide", "many"] {
        assert_counts(css, style, &[(2_000_000, "2000000")]);
    }
}
