//! Properties of the whole table: every value that any property takes is written so that it parses to the same value again, and
//! no value makes computing fail.

use super::declaration::{DeclarationBlock, SourcePosition, parse_longhand};
use super::id::{LonghandId, PropertyId};
use super::shorthands::ShorthandId;
use super::{ComputedStyle, PropertyDeclaration};
use crate::syntax::{ParseContext, Parser};

/// Values of all kinds; most are wrong for most properties.
pub(crate) const POOL: &[&str] = &[
    "auto",
    "none",
    "normal",
    "0",
    "1",
    "2",
    "-1",
    "1.5",
    "100",
    "1px",
    "-1px",
    "1.25em",
    "10%",
    "-5%",
    "0.5turn",
    "45deg",
    "1s",
    "150ms",
    "2dppx",
    "1fr",
    "red",
    "#abc",
    "#12345678",
    "transparent",
    "currentcolor",
    "CanvasText",
    "rgb(1 2 3 / 0.5)",
    "hsl(120deg 50% 50%)",
    "hwb(10 20% 30%)",
    "lab(50 20 -30)",
    "oklch(0.5 0.1 200 / none)",
    "color(display-p3 1 0 0.5)",
    "color-mix(in oklch longer hue, red 30%, blue)",
    "light-dark(red, blue)",
    "rgb(from red calc(r * 0.5) none b)",
    "hsl(from currentcolor h s l)",
    "calc(1px + 1em)",
    "calc(50% - 2px)",
    "calc(1 + 2)",
    "calc(1deg * 3)",
    "calc(1s * 2)",
    "min(1px, 2em)",
    "max(10%, 1px)",
    "clamp(1px, 2em, 3px)",
    "round(up, 1.5em, 1px)",
    "mod(5px, 2em)",
    "calc(1px * (2 + sin(45deg)))",
    "calc(-1 * (1em + 1px) / 3)",
    "calc(infinity * 1px)",
    "calc(NaN)",
    "url(a.png)",
    "url(\"#b\")",
    "linear-gradient(red, 10%, blue 50%)",
    "linear-gradient(to top right in oklab, red 1px 2px, blue)",
    "radial-gradient(circle 1em at left 10px top, red, blue)",
    "repeating-conic-gradient(from 1turn at center, red, 10deg, blue)",
    "image-set(url(a) 1x, \"b\" 2x type(\"image/png\"))",
    "cross-fade(url(a) 30%, red)",
    "image(blue)",
    "\"a b\"",
    "\"\"",
    "'\\a \"'",
    "foo",
    "foo bar",
    "span 2 foo",
    "foo 3",
    "Times New Roman, serif",
    "'a', \"b c\", monospace",
    "a 1 b",
    "reversed(c)",
    "left",
    "right 10px",
    "top",
    "center",
    "left 10px top 5%",
    "10px 20px",
    "1px 2px 3px",
    "1px 2px 3px 4px",
    "1 2",
    "1 / 2",
    "auto 16 / 9",
    "10px / 20px",
    "bold",
    "bolder",
    "italic",
    "oblique -10deg",
    "small-caps",
    "condensed",
    "x-large",
    "smaller",
    "underline overline",
    "wavy",
    "block",
    "inline flow-root list-item",
    "table-cell",
    "contents",
    "absolute",
    "hidden",
    "clip",
    "scroll",
    "visible",
    "solid",
    "dotted",
    "thin",
    "thick",
    "repeat-x",
    "round space",
    "cover",
    "auto 10px",
    "fixed, scroll",
    "padding-box",
    "border-box, content-box",
    "multiply",
    "isolate",
    "1px 2px red",
    "inset 1px 2px 3px 4px blue, 0 0 red",
    "blur(2px) brightness(150%)",
    "drop-shadow(red 1px 2px)",
    "translate(1px, 10%) rotate(1rad)",
    "matrix(1, 0, 0, 1, 5, 6) perspective(none)",
    "scale3d(1, 50%, 2)",
    "rotate3d(1, 0, 1, 45deg)",
    "x 45deg",
    "1 0 1 45deg",
    "circle(10px at left)",
    "ellipse(closest-side 10% at 1px 2px)",
    "polygon(evenodd, 0 0, 1px 100%)",
    "inset(1px 2px round 3px / 4px) padding-box",
    "path(\"M 0 0 L 1 1\")",
    "rect(1px, auto, 2em, 3px)",
    "ease-in-out",
    "cubic-bezier(0.1, -2, 0.3, 4)",
    "steps(3, jump-both)",
    "linear(0, 0.5 25% 75%, 1)",
    "infinite",
    "alternate",
    "opacity, all",
    "repeat(3, [a] 1fr [b]) [c] minmax(10px, auto)",
    "repeat(auto-fit, minmax(1em, 1fr))",
    "fit-content(20px) 1fr",
    "subgrid [a] [b c]",
    "\"a b\" \". b\"",
    "column dense",
    "safe center",
    "first baseline",
    "last baseline",
    "space-between",
    "legacy left",
    "unsafe flex-end",
    "stretch",
    "min-content",
    "fit-content(5em)",
    "content",
    "ltr",
    "vertical-rl",
    "justify",
    "uppercase full-width",
    "preserve",
    "break-spaces",
    "balance",
    "open dot",
    "under left",
    "from-font",
    "2 3",
    "\"liga\" on, \"kern\" 0",
    "\"wght\" 650.5",
    "lining-nums tabular-nums",
    "no-common-ligatures contextual",
    "ex-height 0.5",
    "url(c.cur) 1 2, pointer",
    "light dark only",
    "dark",
    "stable both-edges",
    "y mandatory",
    "start end",
    "pan-x pinch-zoom",
    "size layout",
    "strict",
    "transform, scroll-position",
    "counter(a) \"x\" attr(b, \"c\") open-quote / \"d\"",
    "counters(a, \".\", lower-roman)",
    "symbols(cyclic \"*\" \"+\")",
    "disc",
    "upper-roman",
    "\"<\" \">\" \"(\" \")\"",
    "url(#a) red",
    "context-fill",
    "1, 2 3",
    "none none",
    "nonzero",
];

/// Values that lose something when they are written, as the specifications want: colours of 8 bits, six decimals, the order of
/// sums, percentages that are written as numbers; and NaN, which is never the same as itself.
const LOSSY: &[&str] = &[
    "hsl(120deg 50% 50%)",
    "hwb(10 20% 30%)",
    "#12345678",
    "10%",
    "-5%",
    "calc(1px + 1em)",
    "calc(NaN)",
    "calc(1px * (2 + sin(45deg)))",
    "calc(-1 * (1em + 1px) / 3)",
    "blur(2px) brightness(150%)",
    "scale3d(1, 50%, 2)",
];

fn text_of(declaration: &PropertyDeclaration) -> String {
    let mut text = String::new();
    declaration.write_value(&mut text);
    text
}

fn parse(id: LonghandId, text: &str) -> Option<PropertyDeclaration> {
    let context = ParseContext::default();
    Parser::new(text).parse_entirely(|input| parse_longhand(id, input, &context)).ok()
}

#[test]
fn every_specified_value_parses_again_from_what_it_writes() {
    let mut wrong = Vec::new();
    let mut accepted = 0;
    for id in LonghandId::all() {
        for text in POOL {
            let Some(declaration) = parse(id, text) else { continue };
            accepted += 1;
            let written = text_of(&declaration);
            let again = parse(id, &written);
            let same_text = again.as_ref().is_some_and(|again| text_of(again) == written);
            if !same_text || (again.as_ref() != Some(&declaration) && !LOSSY.contains(text)) {
                wrong.push(format!("{}: {text} is written {written}, which is {again:?}", id.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(accepted > 2000, "the pool says little: {accepted}");
}

#[test]
fn every_property_takes_something_of_the_pool() {
    let lonely: Vec<&str> = LonghandId::all()
        .filter(|&id| !POOL.iter().any(|text| parse(id, text).is_some()))
        .map(LonghandId::name)
        .collect();
    // These take keywords that no other property has.
    let known = |name: &&&str| POOL.iter().all(|text| text != *name) && parse_initial(name);
    let unexplained: Vec<&&str> = lonely.iter().filter(|name| !known(name)).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

/// Whether the property takes its own initial value as it is written.
fn parse_initial(name: &str) -> bool {
    let Some(PropertyId::Longhand(id)) = PropertyId::from_name(name) else { return false };
    let mut text = String::new();
    ComputedStyle::initial().write_value(id, &mut text);
    parse(id, &text).is_some()
}

#[test]
fn every_shorthand_parses_again_from_what_it_writes() {
    let mut wrong = Vec::new();
    for id in ShorthandId::all() {
        for text in POOL {
            let mut block = DeclarationBlock::default();
            let context = ParseContext::default();
            let position = SourcePosition::default();
            if block.parse_declaration(id.name(), &mut Parser::new(text), &context, position).is_err() {
                continue;
            }
            let written = block.value_of(&PropertyId::Shorthand(id));
            if written.is_empty() {
                continue;
            }
            let mut again = DeclarationBlock::default();
            let result = again.parse_declaration(id.name(), &mut Parser::new(&written), &context, position);
            let rewritten = again.value_of(&PropertyId::Shorthand(id));
            if result.is_err() || rewritten != written {
                wrong.push(format!("{}: {text} is written {written}, then {rewritten}", id.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_initial_value_of_every_property_can_be_written_and_read() {
    let wrong: Vec<&str> =
        LonghandId::physical().map(LonghandId::name).filter(|name| !parse_initial(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
