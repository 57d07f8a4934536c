//! Media queries: reading, writing, evaluating.

use fanlight_base::geometry::CssSize;

use super::*;
use crate::syntax::ToCss;

fn device() -> Device {
    Device::new(CssSize::new(800.0, 600.0), 2.0)
}

#[track_caller]
fn assert_matches(query: &str, expected: bool) {
    assert_eq!(MediaList::parse_text(query).matches(&device()), expected, "{query}");
}

#[test]
fn a_list_is_written_as_cssom_says_and_read_back() {
    for (text, expected) in [
        ("", ""),
        ("SCREEN", "screen"),
        ("all", "all"),
        ("only all", "only all"),
        ("all and (color)", "(color)"),
        ("not all and (color)", "not all and (color)"),
        ("screen and (min-width:100px),print", "screen and (min-width: 100px), print"),
        ("(MIN-WIDTH: 10EM)", "(min-width: 10em)"),
        ("(100px<=width<=200px)", "(100px <= width <= 200px)"),
        ("(width>calc(1px + 2px))", "(width > calc(3px))"),
        ("(aspect-ratio: 16/9)", "(aspect-ratio: 16 / 9)"),
        ("(min-resolution: 96dpi)", "(min-resolution: 96dpi)"),
        ("(-webkit-min-device-pixel-ratio: 1.5)", "(-webkit-min-device-pixel-ratio: 1.5)"),
        ("not (hover)", "not (hover)"),
        ("(not (hover))", "(not (hover))"),
        ("((color) or (hover)) and (grid:0)", "((color) or (hover)) and (grid: 0)"),
        ("(color) or (hover) or (pointer:fine)", "(color) or (hover) or (pointer: fine)"),
        ("(unknown-thing: 3)", "(unknown-thing: 3)"),
        ("unknown(a b)", "unknown(a b)"),
    ] {
        let written = MediaList::parse_text(text).to_css_string();
        assert_eq!(written, expected, "{text}");
        assert_eq!(MediaList::parse_text(&written).to_css_string(), expected, "read back: {text}");
    }
}

#[test]
fn a_malformed_query_becomes_not_all_and_leaves_the_others() {
    for (text, expected) in [
        ("&test, screen", "not all, screen"),
        ("(color) and (hover) or (grid), print", "not all, print"),
        ("screen and (color) or (hover)", "not all"),
        ("screen (color)", "not all"),
        ("or", "not all"),
        ("only", "not all"),
        (",", "not all, not all"),
        ("screen,", "screen, not all"),
        ("(color", "(color)"),
    ] {
        assert_eq!(MediaList::parse_text(text).to_css_string(), expected, "{text}");
    }
}

#[test]
fn an_unclosed_query_ends_with_the_text() {
    assert!(MediaList::parse_text("screen and (min-width: 100px").matches(&device()));
}

#[test]
fn types_and_qualifiers() {
    assert_matches("", true);
    assert_matches("all", true);
    assert_matches("screen", true);
    assert_matches("only screen", true);
    assert_matches("not screen", false);
    assert_matches("print", false);
    assert_matches("not print", true);
    assert_matches("tv", false);
    assert_matches("not tv", true);
    assert_matches("print, screen", true);
}

#[test]
fn ranges() {
    assert_matches("(width: 800px)", true);
    assert_matches("(min-width: 800px)", true);
    assert_matches("(min-width: 800.5px)", false);
    assert_matches("(max-width: 50em)", true);
    assert_matches("(max-width: 49em)", false);
    assert_matches("(width > 800px)", false);
    assert_matches("(800px >= width > 700px)", true);
    assert_matches("(700px < width < 800px)", false);
    assert_matches("(700px < width > 600px)", false);
    assert_matches("(width = 100vw)", true);
    assert_matches("(width)", true);
    assert_matches("(min-width)", false);
    assert_matches("(min-width: -1px)", true);
    assert_matches("(calc(10px * 80) <= width)", true);
}

#[test]
fn ratios_compare_without_dividing() {
    assert_matches("(aspect-ratio: 4/3)", true);
    assert_matches("(aspect-ratio: 8/6)", true);
    assert_matches("(min-aspect-ratio: 16/9)", false);
    assert_matches("(max-aspect-ratio: 1/0)", true);
    assert_matches("(max-aspect-ratio: 0/0)", true);
    assert_matches("(min-aspect-ratio: 0/1)", true);
    assert_matches("(aspect-ratio > 1)", true);
}

#[test]
fn resolutions_in_every_unit() {
    assert_matches("(resolution: 2dppx)", true);
    assert_matches("(resolution: 2x)", true);
    assert_matches("(resolution: 192dpi)", true);
    assert_matches("(min-resolution: 1.5dppx)", true);
    assert_matches("(max-resolution: 1dppx)", false);
    assert_matches("(-webkit-min-device-pixel-ratio: 2)", true);
    assert_matches("(-webkit-max-device-pixel-ratio: 1.9)", false);
}

#[test]
fn keywords_and_preferences() {
    assert_matches("(orientation: landscape)", true);
    assert_matches("(orientation: portrait)", false);
    assert_matches("(hover: hover) and (pointer: fine)", true);
    assert_matches("(hover: none)", false);
    assert_matches("(prefers-color-scheme: light)", true);
    assert_matches("(prefers-color-scheme: dark)", false);
    assert_matches("(prefers-reduced-motion)", false);
    assert_matches("(prefers-reduced-motion: no-preference)", true);
    assert_matches("(prefers-contrast)", false);
    assert_matches("(scripting: enabled)", true);
    assert_matches("(update: fast)", true);
    assert_matches("(update: slow)", false);
    assert_matches("(update: none)", false);
    assert_matches("(grid)", false);
    assert_matches("(grid: 0)", true);
    assert_matches("(color)", true);
    assert_matches("(monochrome)", false);
    let mut dark = device();
    dark.color_scheme = ColorScheme::Dark;
    assert!(MediaList::parse_text("(prefers-color-scheme: dark)").matches(&dark));
}

#[test]
fn what_is_unknown_is_neither_true_nor_false() {
    assert_matches("(unknown)", false);
    assert_matches("not (unknown)", false);
    assert_matches("(unknown) or (color)", true);
    assert_matches("(unknown) and (color)", false);
    assert_matches("not ((unknown) and (grid))", true);
    assert_matches("screen and (unknown)", false);
    assert_matches("not print and (unknown)", true);
    assert_matches("not screen and (unknown)", false);
    assert_matches("(width: 3)", false);
    assert_matches("(orientation: sideways)", false);
    assert_eq!(MediaList::parse_text("screen, (a: b)").unknown_parts().collect::<Vec<_>>(), ["(a: b)"]);
}

#[test]
fn parentheses_of_any_depth_end_in_an_answer() {
    let deep = format!("{}(color){}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(!MediaList::parse_text(&deep).matches(&device()));
    let shallow = format!("{}(color){}", "(".repeat(20), ")".repeat(20));
    assert!(MediaList::parse_text(&shallow).matches(&device()));
}
