//! A property of every sheet: what is written of it parses to what is written the same, and nothing of it is dropped.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;

use super::tests::{parse_with_diagnostics, written};
use crate::properties::LonghandId;
use crate::properties::round_trip_tests::POOL;

/// Writes a sheet, reads that and writes it again.
fn check(text: &str) -> Result<(), TestCaseError> {
    let first = written(&parse_with_diagnostics(text).0);
    let (again, mut dropped) = parse_with_diagnostics(&first);
    // A query that never holds is told of, and stays.
    dropped.retain(|message| !message.contains("is not understood"));
    prop_assert_eq!(&written(&again), &first, "read back from {}", text);
    prop_assert!(dropped.is_empty(), "{:?} of {} from {}", dropped, first, text);
    Ok(())
}

/// What stands before a block of declarations.
const SELECTORS: [&str; 24] = [
    "a",
    "*",
    "a > b + c ~ d e",
    ".a\\:b#\\31",
    "[href], [lang|=en i], [a='\"' s]",
    "a:hover::before",
    ":is(a, .b) :where(#c):not(d, e)",
    ":has(> a + b)",
    ":nth-child(2n + 1 of .a, b)",
    ":nth-last-of-type(-n+3)",
    "& .a, .b &",
    "+ a",
    ":lang(en, '*-fr'):dir(rtl)",
    "::marker, li::first-letter",
    "::-webkit-anything",
    ":unknown, a",
    "input:checked:not(:disabled)::placeholder",
    "s|a",
    "|a, *|b",
    "::slotted(a), ::part(b)",
    ":host(.a) b",
    "50%, from",
    "@media",
    "a..b",
];

/// What stands before a block of rules.
const GROUPS: [&str; 20] = [
    "@media screen and (min-width: 10em)",
    "@media (100px <= width < 200px), not print",
    "@media not (hover)",
    "@media (what is this), all",
    "@supports (display: grid) and (not (a: b))",
    "@supports selector(a > b) or font-tech(variations)",
    "@container card (inline-size > 20rem) and style(--a: b c)",
    "@container not (orientation: portrait)",
    "@layer a.b",
    "@layer",
    "@scope (.a) to (.b > .c)",
    "@scope",
    "@starting-style",
    "@keyframes 'a b'",
    "@font-face",
    "@page wide:first",
    "@counter-style \\31 x",
    "@property --a",
    "@unknown thing",
    "@-webkit-keyframes k",
];

/// What ends with a semicolon, at-rules and declarations that are more than a property with a value.
const STATEMENTS: [&str; 26] = [
    "@import url(\"a b.css\") layer(x.y) supports(display: grid) screen",
    "@import 'a.css' layer",
    "@namespace s url(http://a.test/\\\")",
    "@layer a, b.c",
    "@charset \"utf-8\"",
    "--a: { b: c; d }",
    "--b:",
    "--c: 'un closed",
    "--d: url(a b",
    "--e: a/**/b/**/ c",
    "--\\{: !important",
    "--f: var(--a, ) !important",
    "color: var(--a, rgb(1 2 3)) !important",
    "margin: var(--a) 1px",
    "width: attr(data-w px, 1px)",
    "all: revert-layer",
    "src: url(a.woff2) format(woff2) tech(variations), local('A')",
    "unicode-range: U+26, U+0-7F, U+4??",
    "syntax: '<length>+ | auto'; inherits: true; initial-value: 1px",
    "system: additive; additive-symbols: 5 V, 1 'I'",
    "size: a4 landscape",
    "font: italic 1.5em/2 'A B', serif",
    "grid: [a] 'b c' 1fr / auto-flow 2fr",
    "background: url(\"a)b\") center / 2em no-repeat, red",
    "transition: opacity 1s ease-in 2s, --a 1s",
    "no declaration",
];

fn declaration() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = LonghandId::all().map(LonghandId::name).collect();
    (select(names), select(POOL), prop::bool::weighted(0.2)).prop_map(|(name, value, important)| {
        let important = if important { " !important" } else { "" };
        format!("{name}: {value}{important}")
    })
}

/// What may stand in a block or in a sheet, with whatever is nested in it.
fn item() -> impl Strategy<Value = String> {
    let statement = prop_oneof![select(&STATEMENTS[..]).prop_map(str::to_owned), declaration()];
    statement.prop_map(|statement| statement + ";\n").prop_recursive(4, 40, 8, |inner| {
        let prelude = prop_oneof![select(&SELECTORS[..]), select(&GROUPS[..])];
        (prelude, prop::collection::vec(inner, 0..8))
            .prop_map(|(prelude, items)| format!("{prelude} {{\n{} }}\n", items.concat()))
    })
}

fn sheet() -> impl Strategy<Value = String> {
    prop::collection::vec(item(), 0..8).prop_map(|items| items.concat())
}

proptest! {
    #[test]
    fn writing_and_reading_a_sheet_changes_nothing(text in sheet()) {
        check(&text)?;
    }

    #[test]
    fn so_it_is_with_sheets_that_end_early_or_have_rubbish_in_them(
        text in sheet(),
        place in any::<prop::sample::Index>(),
        rubbish in prop_oneof![Just(String::new()), "[\\[\\](){};:!\"'\\\\/*@#.,a1 \n-]{1,4}"],
        ends in any::<bool>(),
    ) {
        let places: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let (before, after) = text.split_at(*place.get(&places));
        check(&[before, &rubbish, if ends { "" } else { after }].concat())?;
    }
}

/// The files below a folder, in order.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn so_it_is_with_the_sheets_of_the_golden_pages_and_of_this_engine() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["assets", "tests/goldens"] {
        files(&repository.join(folder), &mut paths);
    }
    let mut sheets = 0;
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("css" | "html" | "xht")) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let parts: Vec<&str> = match extension {
            Some("css") => vec![&text],
            _ => text.split("<style>").skip(1).filter_map(|part| part.split("</style>").next()).collect(),
        };
        for part in parts {
            sheets += 1;
            check(part).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
    assert!(sheets > 20, "only {sheets} sheets were found");
}
