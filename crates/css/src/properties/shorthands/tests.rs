//! What shorthands set, and how they are written again.

use super::super::declaration::{DeclarationBlock, SourcePosition};
use super::super::id::PropertyId;
use crate::syntax::{ParseContext, Parser, ToCss};

/// The block that declarations give; panics at an invalid one.
fn block(css: &str) -> DeclarationBlock {
    try_block(css).unwrap_or_else(|| panic!("invalid: {css}"))
}

fn try_block(css: &str) -> Option<DeclarationBlock> {
    let mut block = DeclarationBlock::default();
    for declaration in css.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = declaration.split_once(':').expect("a test writes name and value");
        block
            .parse_declaration(
                name.trim(),
                &mut Parser::new(value),
                &ParseContext::default(),
                SourcePosition::default(),
            )
            .ok()?;
    }
    block.remove_overridden();
    Some(block)
}

fn value(css: &str, property: &str) -> String {
    block(css).value_of(&PropertyId::from_name(property).expect("a test names known properties"))
}

#[test]
fn sides_that_are_not_given_are_taken_from_the_opposite_side() {
    assert_eq!(value("margin: 1px 2px", "margin-left"), "2px");
    assert_eq!(value("margin: 1px 2px 3px", "margin-left"), "2px");
    assert_eq!(value("margin: 1px 2px 3px 4px", "margin-left"), "4px");
    assert_eq!(value("margin: auto", "margin-bottom"), "auto");
    assert_eq!(value("border-color: red blue", "border-bottom-color"), "red");
    assert_eq!(value("gap: 1px", "column-gap"), "1px");
    assert_eq!(value("inset-inline: 1px 2px", "inset-inline-end"), "2px");
}

#[test]
fn every_shorthand_is_written_in_its_shortest_form() {
    for (css, expected) in [
        ("margin: 1px 2px 1px 2px", "margin: 1px 2px;"),
        ("padding: 0 0 0 0", "padding: 0px;"),
        ("border: solid red", "border: solid red;"),
        ("border: 1px solid", "border: 1px solid;"),
        ("border-radius: 1px 2px / 3px", "border-radius: 1px 2px / 3px;"),
        ("border-radius: 5px", "border-radius: 5px;"),
        ("outline: none", "outline: medium;"),
        ("flex: 1", "flex: 1 1 0%;"),
        ("flex: none", "flex: none;"),
        ("flex: 2 3 10px", "flex: 2 3 10px;"),
        ("flex-flow: column wrap", "flex-flow: column wrap;"),
        ("background: red", "background: red;"),
        ("background: none", "background: none;"),
        ("background: center / cover no-repeat red", "background: center center / cover no-repeat red;"),
        ("background: linear-gradient(red, blue), green", "background: linear-gradient(red, blue), green;"),
        ("background-position: right 1px bottom", "background-position: right 1px bottom;"),
        ("font: italic bold 12px/1.5 Arial, sans-serif", "font: italic bold 12px / 1.5 Arial, sans-serif;"),
        ("list-style: none", "list-style: none;"),
        ("white-space: nowrap", "white-space: nowrap;"),
        ("white-space: pre-line", "white-space: pre-line;"),
        ("text-decoration: underline dotted", "text-decoration: underline dotted;"),
        ("overflow: hidden", "overflow: hidden;"),
        ("overflow: hidden auto", "overflow: hidden auto;"),
        ("grid-area: a", "grid-area: a;"),
        ("grid-row: 1 / span 2", "grid-row: 1 / span 2;"),
        ("grid-column: a / auto", "grid-column: a / auto;"),
        ("grid-template: \"a b\" 10px \"c d\" / 1fr 2fr", "grid-template: \"a b\" 10px \"c d\" / 1fr 2fr;"),
        ("grid: auto-flow dense / 1fr 1fr", "grid: auto-flow dense / 1fr 1fr;"),
        ("transition: opacity 1s ease-in 2s", "transition: opacity 1s ease-in 2s;"),
        ("animation: 1s linear infinite spin", "animation: 1s linear infinite spin;"),
        ("columns: 3 auto", "columns: 3;"),
        ("place-content: center", "place-content: center;"),
        ("all: unset", "all: unset;"),
        ("margin: inherit", "margin: inherit;"),
        ("margin: var(--a)", "margin: var(--a);"),
    ] {
        assert_eq!(block(css).to_css_string(), expected, "{css}");
    }
}

#[test]
fn what_a_shorthand_leaves_out_is_reset() {
    assert_eq!(value("background-color: red; background: none", "background-color"), "transparent");
    assert_eq!(value("border-image-source: url(a); border: 1px solid", "border-image-source"), "none");
    assert_eq!(value("font-kerning: none; font: 1px a", "font-kerning"), "auto");
    assert_eq!(value("border-top: solid", "border-top-width"), "medium");
    assert_eq!(value("background: padding-box", "background-clip"), "padding-box");
}

#[test]
fn invalid_values_set_nothing() {
    for css in [
        "margin: 1px 2px 3px 4px 5px",
        "margin: 1px solid",
        "border: solid dotted",
        "border: red blue",
        "flex: 1 2 3 4",
        "font: 12px",
        "font: bold",
        "background: red, blue",
        "background: ",
        "transition: none, opacity",
        "list-style: none none none",
        "grid-template: \"a\" \"a b\"",
        "overflow: hidden hidden hidden",
        "columns: 1 2",
        "white-space: pre pre",
        "all: red",
        "margin: -1px inherit",
    ] {
        assert!(try_block(css).is_none(), "{css}");
    }
}

#[test]
fn the_last_declaration_wins_but_not_over_an_important_one() {
    assert_eq!(block("color: red; color: blue").to_css_string(), "color: blue;");
    assert_eq!(block("color: red !important; color: blue").to_css_string(), "color: red !important;");
    assert_eq!(
        block("color: red !important; color: blue !important").to_css_string(),
        "color: blue !important;"
    );
    assert_eq!(block("--a: 1 !important; --a: 2").to_css_string(), "--a: 1 !important;");
}

#[test]
fn shorthands_are_not_made_of_longhands_that_differ_in_importance() {
    let css = "margin: 1px; margin-left: 2px !important";
    let text = block(css).to_css_string();
    assert_eq!(text, "margin-top: 1px; margin-right: 1px; margin-bottom: 1px; margin-left: 2px !important;");
    assert_eq!(value(css, "margin"), "");
}

#[test]
fn longhands_of_a_shorthand_with_variables_have_no_text() {
    assert_eq!(value("margin: var(--a)", "margin"), "var(--a)");
    assert_eq!(value("margin: var(--a)", "margin-top"), "");
    assert_eq!(value("margin-top: calc(1px + var(--a))", "margin-top"), "calc(1px + var(--a))");
}
