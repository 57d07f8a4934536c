//! An update after changes gives the very artefacts that a full run gives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use fanlight_base::geometry::CssSize;
use fanlight_base::{DumpFormat, QualName, Silent, Stage};
use fanlight_dom::{Document, ElementState, NodeId};
use fanlight_page::{Artefact, CaptureOptions, Environment, Page, PageOptions, Source};

/// A kind of page: its rules, the classes that they speak of, and what its body is made of.
struct Scene {
    style: &'static str,
    classes: &'static [&'static str],
    /// Pieces of the body; `CLASS` stands for classes drawn at random.
    pieces: &'static [&'static str],
    /// How many pieces there are.
    count: usize,
    /// What is before them.
    start: &'static str,
}

const MIXED: Scene = Scene {
    style: "body { margin: 4px; font: 12px/16px serif } .a { color: red } .b { width: 90px; float: left }\
        .c { display: none } .d > p { margin: 6px; border: 1px solid } .a + .b { background: #cde } .d .a { padding: 3px }\
        p:first-child { font-weight: bold } p:nth-child(2n) { color: blue } :hover { outline: 1px solid red }\
        [title] { position: relative; top: 2px } div:has(.c) { background: #fee } .e { display: flex; gap: 3px }\
        .f::before { content: 'x' counter(n); counter-increment: n } .g { position: absolute; right: 0 }",
    classes: &["", "a", "b", "c", "d", "e", "f", "g", "a d"],
    pieces: &["<div class='CLASS'><p class='CLASS'>some words</p><p>second</p></div>"],
    count: 6,
    start: "",
};

const FLOW: Scene = Scene {
    style: "body { margin: 5px; font: 10px/12px serif } div { margin: 3px 0 } .m { margin: 11px 2px -4px } .n { margin-top: -9px }\
        .p { padding: 4px } .bt { border-top: 1px solid } .l { float: left; width: 40px } .r { float: right; height: 31px }\
        .c { clear: both } .cl { clear: left } .o { overflow: hidden } .i { display: inline-block } .x { position: absolute; top: 3px; left: 50% }\
        .rel { position: relative; left: 3px } .none { display: none } .big { font-size: 17px } .red { color: red }\
        .u { text-decoration: underline } .inl { display: inline } .empty { height: 0 } .tr { transform: translate(9px, 4px) rotate(8deg) }\
        .sh { box-shadow: 2px 2px 9px #888 } .op { opacity: .5 } .w { width: 63% } .ws { white-space: pre-wrap } .up { text-transform: uppercase }\
        .rtl { direction: rtl } .v { writing-mode: vertical-rl } .ct { display: contents } .z { position: relative; z-index: -1 }",
    classes: &[
        "", "m", "n", "p", "bt", "l", "r", "c", "cl", "o", "i", "x", "rel", "none", "big", "red", "u", "inl",
        "empty", "tr", "sh", "op", "w", "ws", "up", "rtl", "v", "ct", "z", "m p", "n red", "l big", "r sh",
        "u op", "rel o",
    ],
    pieces: &[
        "<div class='CLASS'>plain words in a block <b class='CLASS'>bold</b></div>",
        "<div class='CLASS'><div class='CLASS'></div><div class='CLASS'>inner words</div></div>",
        "loose text <span class='CLASS'>inline <i class='CLASS'>nested</i></span>",
        "<div>unchanged neighbour</div>",
        "<div class='CLASS'><span class='CLASS'>a</span> <div class='CLASS'>block</div> tail</div>",
    ],
    count: 22,
    start: "",
};

const MANY: Scene = Scene {
    style: "body { margin: 0; font: 8px/9px serif } p { margin: 2px 0 } .m { margin: 7px 0 } .big { font-size: 13px; line-height: 15px }\
        .red { color: red } .l { float: left } .none { display: none } .pad { padding: 3px } .x { position: absolute } .u { text-decoration: underline }\
        .o { outline: 3px solid blue } .rel { position: relative; top: 40px } .w { width: 40% } .h { height: 60px }",
    classes: &["", "m", "big", "red", "l", "none", "pad", "x", "u", "o", "rel", "w", "h"],
    pieces: &["<p>words</p>", "<p>words <b>bold</b></p>", "<div><p>in</p><p>side</p></div>"],
    count: 150,
    start: "",
};

const GENERATED: Scene = Scene {
    style: "body { margin: 5px; font: 11px/14px serif; counter-reset: n } li { margin: 1px 0 } .red { color: red } .inside { list-style-position: inside }\
        .roman { list-style-type: upper-roman } .q::before { content: open-quote } .q::after { content: close-quote } .n { counter-increment: n }\
        .n::before { content: counter(n) '. ' } .n::after { content: '[' attr(data-x) ']'; color: green } .fl::first-letter { font-size: 22px; color: red }\
        .ff::first-letter { float: left; font-size: 20px } .fli::first-line { font-weight: bold; color: blue } .pad { padding: 4px } .big { font-size: 15px }\
        .bl::before { content: 'block'; display: block; margin: 2px; border: 1px solid } .none { display: none } .b { display: block } .bm::marker { color: red }",
    classes: &[
        "", "red", "inside", "roman", "q", "n", "fl", "ff", "fli", "pad", "big", "bl", "none", "b", "bm",
        "n red", "q big", "fl pad", "bl n",
    ],
    pieces: &[
        "<ol class='CLASS'><li class='CLASS'>one<li class='CLASS'><p class='CLASS'>two</p><li>three</ol>",
        "<ul class='CLASS'><li class='CLASS'>item <ul><li class='CLASS'>nested</ul></ul>",
        "<p class='CLASS'>Once upon a time there was <b class='CLASS'>a word</b> and another</p>",
        "<div class='CLASS'><p class='CLASS'>Inner paragraph of text</p></div>",
        "<details><summary class='CLASS'>Sum</summary><p class='CLASS'>Hidden or not</p></details>",
    ],
    count: 6,
    start: "",
};

const GRIDS: Scene = Scene {
    style: "body { margin: 4px; font: 11px/13px serif } table { border: 1px solid; border-spacing: 2px } td { padding: 2px } .col { border-collapse: collapse }\
        .bd { border: 3px solid red } .pad { padding: 6px } .w { width: 80px } .big { font-size: 16px } .red { color: red } .none { display: none }\
        .f { display: flex; gap: 2px } .wrap { flex-wrap: wrap } .dir { flex-direction: column } .g { display: grid; grid-template-columns: 1fr 2fr } .grow { flex-grow: 1 }\
        .x { position: absolute; top: 2px; right: 2px } .rel { position: relative } .mid { vertical-align: middle } .h { height: 44px } .vc { visibility: collapse }\
        .ord { order: -1 } .cap { caption-side: bottom } .hov:hover { background: #ffd }\
        .s { display: grid; grid: subgrid / subgrid; grid-column: span 2 } .rows { grid-template-columns: none } .base { align-items: baseline }\
        .last { align-self: last baseline }",
    classes: &[
        "", "col", "bd", "pad", "w", "big", "red", "none", "f", "wrap", "dir", "g", "grow", "x", "rel",
        "mid", "h", "vc", "ord", "cap", "hov", "f wrap", "g rel", "pad red", "s", "rows", "base", "last",
    ],
    pieces: &[
        "<table class='CLASS'><caption class='CLASS'>cap</caption><tr class='CLASS'><td class='CLASS'>a<td>bb<td class='CLASS'>c c<tr><td class='CLASS' colspan=2>wide<td>z</table>",
        "<div class='g CLASS'><div class='s CLASS'><p class='CLASS'>one</p><p>two words</p></div><div class='s rows CLASS'><p class='CLASS'>three</p><p>four</p></div><p class='CLASS'>five</p></div>",
        "<div class='f CLASS'><div class='CLASS'>one</div>text<div class='CLASS'><p class='CLASS'>two words</p></div></div>",
        "<div class='g CLASS'><div class='CLASS'>one</div><div class='CLASS'>two words</div><span class='CLASS'>three</span></div>",
        "<div style='display: table-cell' class='CLASS'>stray cell</div>",
    ],
    count: 4,
    start: "",
};

const ROWS: Scene = Scene {
    style: "body { margin: 0; font: 9px/10px serif } table { border-spacing: 1px } td { padding: 1px } .red { color: red } .pad { padding: 5px }\
        .big { font-size: 14px } .none { display: none } .h { height: 40px } .w { width: 90px } .mid { vertical-align: middle } .vc { visibility: collapse }\
        .rel { position: relative; top: 3px } .u { text-decoration: underline } .x { position: absolute; right: 0 } .tall i { display: block; height: 3px }",
    classes: &["", "red", "pad", "big", "none", "h", "w", "mid", "vc", "rel", "u", "x", "tall"],
    pieces: &[
        "<tr class='CLASS'><td class='CLASS'>a<td>b b<td class='CLASS'>c",
        "<tr><td>plain<td>row<td>of cells",
        "<tr><td class='CLASS' rowspan=2>two rows<td>d<td>e",
        "<tr><td class='CLASS'>wide <b class='CLASS'>bold</b><td colspan=2><p class='CLASS'>in a block</p>",
        "<tbody class='CLASS'><tr><td>next<td>group",
    ],
    count: 30,
    start: "<table>",
};

const CONTROLS: Scene = Scene {
    style: "body { margin: 4px; font: 12px/15px serif } .red { color: red } .pad { padding: 5px } .big { font-size: 18px } .none { display: none }\
        .b { display: block } :hover { background: #eef } .w { width: 120px } .o { overflow: auto; height: 30px }",
    classes: &["", "red", "pad", "big", "none", "b", "w", "o"],
    pieces: &[
        "<p class='CLASS'>Name <input class='CLASS' value=v> <button class='CLASS'>Go <b>on</b></button></p>",
        "<fieldset class='CLASS'><legend class='CLASS'>Legend</legend><input type=checkbox class='CLASS'> <input placeholder=p></fieldset>",
        "<select class='CLASS'><option>one<option selected>two</select><textarea class='CLASS'>text</textarea>",
        "<div class='CLASS'><progress class='CLASS' value=.5></progress><hr class='CLASS'><p>words</p></div>",
    ],
    count: 4,
    start: "",
};

const CONTAINERS: Scene = Scene {
    style: "@property --n { syntax: '<length>'; inherits: false; initial-value: 4px } body { margin: 4px; font: 12px/16px serif } .c { container-type: inline-size }\
        .s { container: box / size; height: 50px } .w { width: 90px } .half { width: 50% } .fl { float: left } .dark { --theme: dark } .none { display: none }\
        .var { --n: 1em } .big { font-size: 16px } div { padding: var(--n) } p { margin: 1px; border-left: 2cqw solid; text-indent: attr(title px, 5cqh) }\
        @container (width > 100px) { p { margin-left: 5cqw } .w { width: 70px } } @container (width < 92px) { p { text-indent: 1em } }\
        @container box (height > 40px) { p { color: red } p::before { content: '#' } } @container style(--theme: dark) { p { background: #333 } }",
    classes: &[
        "", "c", "s", "w", "half", "fl", "dark", "none", "var", "big", "c w", "s half", "c fl", "dark var",
    ],
    pieces: &[
        "<div class='CLASS'><p class='CLASS'>some words</p><div class='CLASS'><p class='CLASS'>in two</p></div></div>",
        "<div class='c CLASS'><div class='s CLASS'><div class='c CLASS'><p>in three containers</p></div></div></div>",
    ],
    count: 4,
    start: "",
};

const SKIPPED: Scene = Scene {
    style: "body { margin: 4px; font: 12px/16px serif; counter-reset: n } section { content-visibility: auto; contain-intrinsic-size: auto 120px }\
        .v { content-visibility: auto } .h { content-visibility: hidden } .big { font-size: 20px } .tall { contain-intrinsic-height: 300px }\
        .e { display: flex } .g { display: grid } .i { display: inline-block } .none { display: none } .l { float: left } .s { overflow: scroll; height: 60px }\
        .n { counter-increment: n } .n::before { content: counter(n) } .x { position: absolute; top: 300px } .tr { transform: translateY(200px) }\
        .t { display: table } p { margin: 6px 0; border: 1px solid }",
    classes: &[
        "", "v", "h", "big", "tall", "e", "g", "i", "none", "l", "s", "n", "x", "tr", "t", "v tall", "i v",
        "s n",
    ],
    pieces: &[
        "<section class='CLASS'><p class='CLASS'>some words</p><p>second</p></section>",
        "<section><div class='CLASS'><section class='CLASS'><p class='CLASS'>nested</p></section></div></section>",
        "<p class='CLASS'>never skipped <b class='v CLASS'>bold</b></p>",
    ],
    count: 14,
    start: "",
};

/// A small generator of its own: the same sequence on every machine.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

impl Scene {
    fn page(&self, random: &mut Random) -> Page {
        let mut html = format!("<!doctype html><style>{}</style><body>{}", self.style, self.start);
        for _ in 0..self.count {
            let mut parts = random.of(self.pieces).split("CLASS");
            html.extend(parts.next());
            for part in parts {
                // Most have no class, so that there is something to change.
                html += if random.below(3) == 0 { *random.of(self.classes) } else { "" };
                html += part;
            }
        }
        let options = PageOptions { viewport: CssSize::new(300.0, 240.0), ..PageOptions::default() };
        Page::load(&Environment::new(true), Source::Bytes(html.into_bytes()), options, &Silent).unwrap()
    }

    fn change(&self, page: &mut Page, random: &mut Random) {
        if random.below(24) == 0 {
            let width = *random.of(&[300.0, 180.0, 420.0]);
            page.set_viewport(CssSize::new(width, 240.0), 1.0);
            return;
        }
        page.edit(|document| {
            let (elements, texts) = body_contents(document);
            if elements.is_empty() {
                return;
            }
            let node = *random.of(&elements);
            let set = |document: &mut Document, name: &str, value: &str| {
                document.set_attribute(node, QualName::attribute(name), value);
            };
            match random.below(16) {
                0..=6 => {
                    let class = random.of(self.classes);
                    set(document, "class", class);
                }
                7 => document.set_state(node, ElementState::HOVER),
                8 => {
                    let (name, value) = *random.of(&[
                        ("title", "t"),
                        ("data-x", "shown"),
                        ("colspan", "3"),
                        ("start", "7"),
                        ("value", "12"),
                        ("open", ""),
                        ("dir", "rtl"),
                        ("id", "named"),
                        ("style", "margin-left: 9px"),
                        ("hidden", ""),
                    ]);
                    set(document, name, value);
                }
                9 if elements.len() > 6 => document.detach(node),
                10 => {
                    let p = document.create_element(QualName::html("p"), []);
                    document.append_text(p, "inserted words that may take more than one line");
                    document.insert_before(node, p);
                }
                11 => {
                    let name = *random.of(&["span", "div", "br", "li", "td", "img"]);
                    let inserted = document.create_element(QualName::html(name), []);
                    document.insert_before(node, inserted);
                }
                12 => {
                    let other = *random.of(&elements);
                    if !document.is_inclusive_descendant(other, node) {
                        document.detach(node);
                        document.insert_before(other, node);
                    }
                }
                13 | 14 if !texts.is_empty() => {
                    let text = *random.of(&texts);
                    let words = *random.of(&["", " ", "other", "more words than there were before"]);
                    document.set_text(text, words);
                }
                _ => document.append_text(node, " more"),
            }
        });
    }

    /// Makes random changes and compares, after each few, what the update made with what a full run makes.
    fn check(&self, seeds: u64, steps: usize) {
        for seed in 1..=seeds {
            let mut random = Random::new(seed);
            let mut page = self.page(&mut random);
            artefacts(&mut page);
            for step in 0..steps {
                for _ in 0..=random.below(3) {
                    self.change(&mut page, &mut random);
                }
                let incremental = artefacts(&mut page);
                page.forget_artefacts();
                let full = artefacts(&mut page);
                for (incremental, full) in incremental.0.iter().zip(&full.0) {
                    assert!(
                        incremental == full,
                        "seed {seed}, step {step}: {}",
                        difference(incremental, full)
                    );
                }
                assert!(incremental.1 == full.1, "seed {seed}, step {step}: the pictures differ");
            }
        }
    }
}

/// The first lines that differ, with those before them.
fn difference(incremental: &str, full: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) = (incremental.lines().collect(), full.lines().collect());
    let same = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
    let part = |lines: &[&str]| lines[same.min(lines.len())..(same + 4).min(lines.len())].join("\n");
    let before = left[same.saturating_sub(8)..same].join("\n");
    format!("after\n{before}\nthe update has\n{}\nand the full run\n{}", part(&left), part(&right))
}

/// The elements and the text nodes in the body.
fn body_contents(document: &Document) -> (Vec<NodeId>, Vec<NodeId>) {
    let is_body =
        |node: &NodeId| document.element(*node).is_some_and(|element| &*element.name.local == "body");
    let body = document.descendants(NodeId::DOCUMENT).find(is_body).unwrap();
    let elements = document.descendants(body).filter(|&node| document.element(node).is_some()).collect();
    let texts = document.descendants(body).filter(|&node| document.node(node).text().is_some()).collect();
    (elements, texts)
}

fn artefacts(page: &mut Page) -> (Vec<String>, fanlight_page::Picture) {
    let dumps = [Stage::Style, Stage::Layout, Stage::Paint]
        .map(|stage| page.dump(Artefact::Stage(stage), DumpFormat::Text, &Silent));
    (dumps.to_vec(), page.capture(&CaptureOptions::default(), &Silent).unwrap())
}

#[test]
fn updates_of_mixed_content_equal_full_runs() {
    MIXED.check(16, 12);
}

#[test]
fn updates_of_blocks_floats_and_collapsing_margins_equal_full_runs() {
    FLOW.check(30, 12);
}

#[test]
fn updates_of_many_siblings_equal_full_runs() {
    MANY.check(6, 10);
}

#[test]
fn updates_of_lists_and_generated_content_equal_full_runs() {
    GENERATED.check(24, 12);
}

#[test]
fn updates_of_tables_flex_and_grid_equal_full_runs() {
    GRIDS.check(24, 12);
}

#[test]
fn updates_of_tables_with_many_rows_equal_full_runs() {
    ROWS.check(10, 12);
}

#[test]
fn updates_of_form_controls_equal_full_runs() {
    CONTROLS.check(12, 12);
}

#[test]
fn updates_of_contents_that_may_be_skipped_equal_full_runs() {
    SKIPPED.check(24, 12);
}

#[test]
fn updates_of_query_containers_equal_full_runs() {
    CONTAINERS.check(24, 12);
}
