//! What values are written as: specified, and computed for a root element of a screen of 800 by 600 px.

use super::cascade::{Cascaded, compute_style};
use super::declaration::{DeclarationBlock, SourcePosition};
use super::id::PropertyId;
use super::test_support::{AUTHOR, cascaded, compute_with, text_of};
use crate::syntax::{ParseContext, Parser};

/// The specified and the computed value of a longhand; `None` where the value is invalid.
fn values(name: &str, text: &str) -> Option<(String, String)> {
    let mut block = DeclarationBlock::default();
    block
        .parse_declaration(name, &mut Parser::new(text), &ParseContext::default(), SourcePosition::default())
        .ok()?;
    let property = PropertyId::from_name(name)?;
    let PropertyId::Longhand(id) = property else { panic!("{name} is no longhand") };
    let declarations: Vec<Cascaded<'_>> = cascaded(&block, AUTHOR).collect();
    let style = compute_with(&declarations, None, None, compute_style);
    let computed = text_of(&style, id);
    Some((block.value_of(&property), computed))
}

/// Checks rows of property, text, specified value and computed value.
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (name, text, specified, computed) in rows {
        let expected = Some(((*specified).to_owned(), (*computed).to_owned()));
        let found = values(name, text);
        if found != expected {
            wrong.push(format!("{name}: {text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn colours() {
    check(&[
        ("color", "RED", "red", "rgb(255, 0, 0)"),
        ("color", "#f008", "rgba(255, 0, 0, 0.533)", "rgba(255, 0, 0, 0.533)"),
        ("color", "rgb(300 -20 50% / 150%)", "rgb(255, 0, 128)", "rgb(255, 0, 128)"),
        ("color", "rgba(10%, 20%, 30%, 0.4)", "rgba(26, 51, 77, 0.4)", "rgba(26, 51, 77, 0.4)"),
        ("color", "hsl(0.5turn 50% 50%)", "rgb(64, 191, 191)", "rgb(64, 191, 191)"),
        ("color", "hsl(264, 130%, 50%)", "rgb(102, 0, 255)", "rgb(102, 0, 255)"),
        ("color", "hwb(120 0% 49.8039%)", "rgb(0, 128, 0)", "rgb(0, 128, 0)"),
        ("color", "lab(50% 40 -20%)", "lab(50 40 -25)", "lab(50 40 -25)"),
        ("color", "oklch(0.7 50% none / 0.5)", "oklch(0.7 0.2 none / 0.5)", "oklch(0.7 0.2 none / 0.5)"),
        ("color", "color(display-p3 1 50% 0)", "color(display-p3 1 0.5 0)", "color(display-p3 1 0.5 0)"),
        ("color", "color(xyz 0.1 0.2 0.3)", "color(xyz-d65 0.1 0.2 0.3)", "color(xyz-d65 0.1 0.2 0.3)"),
        ("color", "rgb(from red b g r)", "rgb(from red b g r)", "color(srgb 0 0 1)"),
        ("color", "rgb(from red b g r / alpha)", "rgb(from red b g r)", "color(srgb 0 0 1)"),
        (
            "color",
            "rgb(from red calc(r / 2) g b / 50%)",
            "rgb(from red calc(0.5 * r) g b / 0.5)",
            "color(srgb 0.5 0 0 / 0.5)",
        ),
        (
            "color",
            "color-mix(in srgb, red 25%, blue)",
            "color-mix(in srgb, red 25%, blue)",
            "color(srgb 0.25 0 0.75)",
        ),
        ("background-color", "transparent", "transparent", "rgba(0, 0, 0, 0)"),
        ("background-color", "CanvasText", "canvastext", "rgb(0, 0, 0)"),
    ]);
    for wrong in [
        "rgb(1, 2)",
        "rgb(1, 2%, 3)",
        "rgb(1 2, 3)",
        "rgb(none, 0, 0)",
        "hsl(0, 50, 50%)",
        "#12345",
        "#ggg",
        "color(srgb 1 2)",
        "color(p3 0 0 0)",
        "color-mix(in srgb, red 0%, blue 0%)",
        "color-mix(in nowhere, red, blue)",
        "rgb(from red x y z)",
        "lab(1 2 3 4)",
    ] {
        assert_eq!(values("color", wrong), None, "{wrong}");
    }
}

#[test]
fn calculations() {
    check(&[
        ("width", "calc(1px + 2px)", "calc(3px)", "3px"),
        ("width", "calc(1em + 10% - 1px)", "calc(10% + 1em - 1px)", "calc(10% + 15px)"),
        ("width", "calc(2 * (1em + 1px))", "calc(2em + 2px)", "34px"),
        ("width", "min(10px, 20px, 5%)", "min(10px, 20px, 5%)", "min(10px, 20px, 5%)"),
        ("width", "max(1em, 10px)", "max(1em, 10px)", "16px"),
        ("width", "calc(-1 * 5%)", "calc(-5%)", "0%"),
        ("width", "calc(1px / 0)", "calc(infinity * 1px)", "33554428px"),
        ("width", "calc(NaN * 1px)", "calc(NaN * 1px)", "0px"),
        ("margin-top", "calc(NaN * 1%)", "calc(NaN * 1%)", "0%"),
        ("margin-top", "calc(1% / 0)", "calc(infinity * 1%)", "3355442688%"),
        ("width", "hypot(3px, 4px)", "calc(5px)", "5px"),
        ("width", "calc(1px * pow(2, 3))", "calc(8px)", "8px"),
        ("width", "calc(10px + 1px * sign(-5em))", "calc(10px + (1px * sign(-5em)))", "9px"),
        ("width", "mod(3em, 2em)", "mod(3em, 2em)", "16px"),
        ("width", "mod(18px, 5px)", "calc(3px)", "3px"),
        ("width", "clamp(none, 5px, 3px)", "calc(3px)", "3px"),
        ("rotate", "calc(1turn / 4)", "calc(90deg)", "90deg"),
        ("rotate", "atan2(1px, 1px)", "calc(45deg)", "45deg"),
        ("transition-duration", "calc(1s + 500ms)", "calc(1.5s)", "1.5s"),
        ("opacity", "calc(50% * 3)", "calc(150%)", "1"),
        ("z-index", "calc(1.5)", "calc(1.5)", "2"),
    ]);
    for wrong in [
        "calc(1px + 2)",
        "calc(1px+2px)",
        "calc(1px * 2px)",
        "calc(1s)",
        "min()",
        "sin(1px)",
        "pow(1px, 2)",
        "clamp(1px, 2px)",
        "round(1px)",
        "calc()",
    ] {
        assert_eq!(values("width", wrong), None, "{wrong}");
    }
}

#[test]
fn images_and_gradients() {
    check(&[
        ("background-image", "none", "none", "none"),
        (
            "background-image",
            "linear-gradient(to bottom, red, blue)",
            "linear-gradient(red, blue)",
            "linear-gradient(rgb(255, 0, 0), rgb(0, 0, 255))",
        ),
        (
            "background-image",
            "linear-gradient(to left top, red 10%, 20%, blue 1em)",
            "linear-gradient(to top left, red 10%, 20%, blue 1em)",
            "linear-gradient(to top left, rgb(255, 0, 0) 10%, 20%, rgb(0, 0, 255) 16px)",
        ),
        (
            "background-image",
            "-webkit-linear-gradient(top, red, blue)",
            "linear-gradient(red, blue)",
            "linear-gradient(rgb(255, 0, 0), rgb(0, 0, 255))",
        ),
        (
            "background-image",
            "-webkit-gradient(linear, left top, 10 bottom, to(blue), color-stop(.5, lime), from(red))",
            "-webkit-gradient(linear, 0% 0%, 10 100%, color-stop(0%, red), color-stop(50%, lime), color-stop(100%, blue))",
            "-webkit-gradient(linear, 0% 0%, 10 100%, color-stop(0%, rgb(255, 0, 0)), color-stop(50%, rgb(0, 255, 0)), color-stop(100%, rgb(0, 0, 255)))",
        ),
        (
            "background-image",
            "-webkit-gradient(radial, center center, 0, center center, 9, from(red), to(blue))",
            "radial-gradient(9px, red 0%, blue 100%)",
            "radial-gradient(9px, rgb(255, 0, 0) 0%, rgb(0, 0, 255) 100%)",
        ),
        (
            "background-image",
            "linear-gradient(0.25turn in oklch longer hue, red 0 50%, blue)",
            "linear-gradient(0.25turn in oklch longer hue, red 0px, red 50%, blue)",
            "linear-gradient(90deg in oklch longer hue, rgb(255, 0, 0) 0px, rgb(255, 0, 0) 50%, rgb(0, 0, 255))",
        ),
        (
            "background-image",
            "radial-gradient(circle closest-side at 10px, red, blue)",
            "radial-gradient(circle closest-side at 10px center, red, blue)",
            "radial-gradient(circle closest-side at 10px 50%, rgb(255, 0, 0), rgb(0, 0, 255))",
        ),
        (
            "background-image",
            "radial-gradient(ellipse farthest-corner, red, blue)",
            "radial-gradient(red, blue)",
            "radial-gradient(rgb(255, 0, 0), rgb(0, 0, 255))",
        ),
        (
            "background-image",
            "repeating-conic-gradient(from 0deg at center, red 0deg, blue 50%)",
            "repeating-conic-gradient(red 0deg, blue 50%)",
            "repeating-conic-gradient(rgb(255, 0, 0) 0deg, rgb(0, 0, 255) 50%)",
        ),
        ("background-size", "auto auto", "auto", "auto"),
        ("background-repeat", "repeat no-repeat", "repeat-x", "repeat-x"),
        ("background-position-x", "right 10px", "right 10px", "calc(100% - 10px)"),
        ("object-position", "top", "center top", "50% 0%"),
    ]);
    for wrong in [
        "linear-gradient()",
        "linear-gradient(red, 10%)",
        "linear-gradient(10%, red, blue)",
        "linear-gradient(red, 10%, 20%, blue)",
        "linear-gradient(to, red, blue)",
        "radial-gradient(circle 10%, red, blue)",
        "radial-gradient(10px circle 5px, red, blue)",
        "conic-gradient(red 10px, blue)",
        "-webkit-gradient(linear, left top, from(red))",
        "-webkit-gradient(linear, left top, left bottom)",
        "-webkit-gradient(radial, 0 0, 5, 0 0, 9, from(red))",
    ] {
        assert_eq!(values("background-image", wrong), None, "{wrong}");
    }
}

#[test]
fn grids() {
    check(&[
        (
            "grid-template-columns",
            "1fr [a b] minmax(10px, 1fr) fit-content(20%)",
            "1fr [a b] minmax(10px, 1fr) fit-content(20%)",
            "1fr [a b] minmax(10px, 1fr) fit-content(20%)",
        ),
        (
            "grid-template-columns",
            "repeat(auto-fill, [x] 1em [y])",
            "repeat(auto-fill, [x] 1em [y])",
            "repeat(auto-fill, [x] 16px [y])",
        ),
        ("grid-template-columns", "subgrid [a] []", "subgrid [a] []", "subgrid [a] []"),
        (
            "grid-template-columns",
            "subgrid [a] repeat(auto-fill, [b] [c]) repeat(2, [d])",
            "subgrid [a] repeat(auto-fill, [b] [c]) [d] [d]",
            "subgrid [a] repeat(auto-fill, [b] [c]) [d] [d]",
        ),
        ("grid-template-areas", "\"a  a .\" 'b b...'", "\"a a .\" \"b b .\"", "\"a a .\" \"b b .\""),
        ("grid-auto-flow", "dense row", "dense", "dense"),
        ("grid-row-start", "span 2 foo", "span 2 foo", "span 2 foo"),
        ("grid-row-start", "foo 3", "3 foo", "3 foo"),
    ]);
    for (name, wrong) in [
        ("grid-template-columns", "repeat(auto-fill, 1fr)"),
        ("grid-template-columns", "minmax(1fr, 10px)"),
        ("grid-template-columns", "repeat(0, 1px)"),
        ("grid-template-columns", "-1px"),
        ("grid-template-areas", "\"a b\" \"b a\""),
        ("grid-template-areas", "\"a\" \"a a\""),
        ("grid-row-start", "0"),
        ("grid-row-start", "span -1"),
        ("grid-row-start", "span"),
    ] {
        assert_eq!(values(name, wrong), None, "{wrong}");
    }
}

#[test]
fn text_fonts_and_lists() {
    check(&[
        (
            "font-family",
            "Arial,  'Times New Roman', sans-serif",
            "Arial, Times New Roman, sans-serif",
            "Arial, Times New Roman, sans-serif",
        ),
        ("font-family", "'serif', serif", "\"serif\", serif", "\"serif\", serif"),
        ("font-size", "x-large", "x-large", "24px"),
        ("font-size", "120%", "120%", "19.2px"),
        ("font-weight", "bold", "bold", "700"),
        ("font-stretch", "condensed", "condensed", "75%"),
        ("font-style", "oblique 14deg", "oblique", "oblique"),
        ("font-feature-settings", "\"liga\" off, \"dlig\"", "\"liga\" 0, \"dlig\"", "\"liga\" 0, \"dlig\""),
        ("line-height", "150%", "150%", "24px"),
        ("line-height", "1.5", "1.5", "1.5"),
        ("letter-spacing", "normal", "normal", "normal"),
        ("tab-size", "4", "4", "4"),
        ("text-decoration-line", "overline underline", "underline overline", "underline overline"),
        (
            "text-shadow",
            "1px 2px red, 1px 1px 3px",
            "red 1px 2px 0px, currentcolor 1px 1px 3px",
            "rgb(255, 0, 0) 1px 2px 0px, currentcolor 1px 1px 3px",
        ),
        ("text-indent", "hanging 2em", "2em hanging", "32px hanging"),
        ("vertical-align", "-0.25em", "-0.25em", "-4px"),
        ("list-style-type", "DISC", "disc", "disc"),
        (
            "content",
            "counter(a, upper-roman) \"x\" open-quote / \"alt\"",
            "counter(a, upper-roman) \"x\" open-quote / \"alt\"",
            "counter(a, upper-roman) \"x\" open-quote / \"alt\"",
        ),
        ("counter-reset", "a reversed(b) c 3", "a 0 reversed(b) c 3", "a 0 reversed(b) c 3"),
        ("quotes", "'<' '>'", "\"<\" \">\"", "\"<\" \">\""),
    ]);
}

#[test]
fn effects_and_transforms() {
    check(&[
        (
            "box-shadow",
            "inset 1px 2px 3px 4px",
            "currentcolor 1px 2px 3px 4px inset",
            "currentcolor 1px 2px 3px 4px inset",
        ),
        (
            "filter",
            "blur(1em) drop-shadow(1px 1px red)",
            "blur(1em) drop-shadow(red 1px 1px 0px)",
            "blur(16px) drop-shadow(rgb(255, 0, 0) 1px 1px 0px)",
        ),
        ("filter", "brightness(50%)", "brightness(0.5)", "brightness(0.5)"),
        ("opacity", "150%", "1.5", "1"),
        ("clip-path", "inset(1px 2px round 3px)", "inset(1px 2px round 3px)", "inset(1px 2px round 3px)"),
        ("clip-path", "circle(at top left)", "circle(at left top)", "circle(at 0% 0%)"),
        (
            "clip-path",
            "polygon(evenodd, 0 0, 1em 100%)",
            "polygon(evenodd, 0px 0px, 1em 100%)",
            "polygon(evenodd, 0px 0px, 16px 100%)",
        ),
        (
            "transform",
            "translate(1em) rotate(0.5turn)",
            "translate(1em) rotate(0.5turn)",
            "translate(16px) rotate(180deg)",
        ),
        ("translate", "1px 0", "1px", "1px"),
        ("rotate", "y 45deg", "y 45deg", "y 45deg"),
        ("scale", "2 2", "2", "2"),
        ("transform-origin", "left 1px", "left 1px", "0% 1px"),
        ("transform-origin", "1px 2px 3px", "1px 2px 3px", "1px 2px 3px"),
        ("transition-timing-function", "steps(3, start)", "steps(3, start)", "steps(3, start)"),
        (
            "transition-timing-function",
            "linear(0, 0.5, 1)",
            "linear(0 0%, 0.5 50%, 1 100%)",
            "linear(0 0%, 0.5 50%, 1 100%)",
        ),
        ("will-change", "transform, opacity", "transform, opacity", "transform, opacity"),
    ]);
}

#[test]
fn numbers_beyond_all_bounds_stay_finite() {
    for (name, text) in [
        ("flex-grow", "1e999"),
        ("line-height", "1e999"),
        ("width", "1e999px"),
        ("margin-top", "-1e999%"),
        ("rotate", "1e38turn"),
        ("scale", "1e999"),
        ("transform", "scale(1e999) rotate(-1e38turn) translate(1e999%)"),
        ("transition-delay", "1e999s"),
        ("grid-template-columns", "1e999fr"),
        ("color", "hsl(1e999 50% 50%)"),
        ("color", "oklch(1e999 1e999 1e999)"),
        ("color", "color-mix(in oklch, color(srgb 1e38 -1e38 1e38), lab(50 1e38 -1e38))"),
        ("aspect-ratio", "1e999 / 1"),
        ("tab-size", "1e999"),
    ] {
        let (_, computed) = values(name, text).unwrap_or_else(|| panic!("{name}: {text} is valid"));
        assert!(
            !computed.contains("inf") && !computed.contains("NaN"),
            "{name}: {text} computes to {computed}"
        );
    }
}

#[test]
fn hyphenation_and_initial_letters() {
    check(&[
        ("hyphenate-limit-chars", "auto auto auto", "auto", "auto"),
        ("hyphenate-limit-chars", "5", "5", "5"),
        ("hyphenate-limit-chars", "5 3", "5 3", "5 3"),
        ("hyphenate-limit-chars", "5 auto 3", "5 auto 3", "5 auto 3"),
        ("initial-letter", "3", "3", "3"),
        ("initial-letter", "drop 2.5", "2.5 drop", "2.5 drop"),
        ("initial-letter", "3 raise", "3 raise", "3 raise"),
        ("initial-letter", "3 2", "3 2", "3 2"),
        ("text-autospace", "normal", "normal", "normal"),
        ("text-spacing-trim", "space-all", "space-all", "space-all"),
    ]);
    for (name, text) in [
        ("hyphenate-limit-chars", "0"),
        ("hyphenate-limit-chars", "-1"),
        ("hyphenate-limit-chars", "1 2 3 4"),
        ("initial-letter", "0.5"),
        ("initial-letter", "3 0"),
        ("initial-letter", "drop"),
    ] {
        assert_eq!(values(name, text), None, "{name}: {text}");
    }
}
