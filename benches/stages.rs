//! Each stage alone over pages of different kinds, its input prepared once: `cargo bench`, or `cargo bench -- layout`.

use std::fmt;
use std::fmt::Write as _;

use divan::Bencher;
use fanlight_base::{Silent, Stage};
use fanlight_page::{Environment, Page, PageOptions, Source};

fn main() {
    divan::main();
}

/// The kinds of pages.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Long paragraphs with a little markup.
    Text,
    /// Boxes in boxes in boxes.
    Nesting,
    /// Many rules of all kinds, and elements that match some of them.
    Rules,
    /// Flex containers and grids, some nested.
    FlexAndGrid,
}

const KINDS: [Kind; 4] = [Kind::Text, Kind::Nesting, Kind::Rules, Kind::FlexAndGrid];

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Kind::Text => "text",
            Kind::Nesting => "nesting",
            Kind::Rules => "rules",
            Kind::FlexAndGrid => "flex-and-grid",
        })
    }
}

impl Kind {
    fn html(self) -> String {
        let mut html = String::from("<!doctype html><meta charset=utf-8>");
        // Writing to a String cannot fail.
        match self {
            Kind::Text => {
                for paragraph in 0..400 {
                    let _ = write!(
                        html,
                        "<h2>Heading {paragraph}</h2><p>The quick <b>brown fox</b> jumps over the lazy dog, and \
                         <a href=#>then</a> goes home. {}</p>",
                        "Pack my box with five dozen liquor jugs. ".repeat(12)
                    );
                }
            }
            Kind::Nesting => {
                for _ in 0..20 {
                    html.push_str(&"<div style='padding: 1px; border: 1px solid'>".repeat(60));
                    html.push_str("deep");
                    html.push_str(&"</div>".repeat(60));
                }
            }
            Kind::Rules => {
                html.push_str("<style>");
                for rule in 0..2000 {
                    let _ = write!(
                        html,
                        ".c{rule} {{ color: rgb({}, 0, 0) }} #i{rule} > p {{ margin: {}px }} \
                         ul li:nth-child({}) .d{rule} {{ padding: 1px }}",
                        rule % 256,
                        rule % 20,
                        rule % 7 + 1
                    );
                }
                html.push_str("</style>");
                for element in 0..2000 {
                    let _ =
                        write!(html, "<div id=i{element}><p class='c{element} d{}'>x</p></div>", element / 2);
                }
            }
            Kind::FlexAndGrid => {
                html.push_str(
                    "<style>.f { display: flex; gap: 4px; flex-wrap: wrap } .f > * { flex: 1 1 80px }\
                     .g { display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px }</style>",
                );
                for block in 0..150 {
                    let _ = write!(
                        html,
                        "<div class=f><div>one {block}</div><div class=g><p>a</p><p>b</p><p>c</p><p>d</p></div>\
                         <div class=f><span>x</span><span>y</span></div></div>"
                    );
                }
            }
        }
        html
    }
}

fn bench(bencher: Bencher<'_, '_>, stage: Stage, kind: Kind) {
    let options = PageOptions { goal: stage.max(Stage::Dom), ..PageOptions::default() };
    let source = Source::Bytes(kind.html().into_bytes());
    let mut page = Page::load(&Environment::new(true), source, options, &Silent)
        .expect("a page that is there needs no loading");
    let prepared = page.prepare_stage(stage, &Silent);
    bencher.bench_local(|| prepared.run());
}

#[divan::bench(args = KINDS)]
fn fetch(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Fetch, *kind);
}

#[divan::bench(args = KINDS)]
fn dom(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Dom, *kind);
}

#[divan::bench(args = KINDS)]
fn cssom(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Cssom, *kind);
}

#[divan::bench(args = KINDS)]
fn style(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Style, *kind);
}

#[divan::bench(args = KINDS)]
fn layout(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Layout, *kind);
}

#[divan::bench(args = KINDS)]
fn paint(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Paint, *kind);
}

#[divan::bench(args = KINDS)]
fn composite(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench(bencher, Stage::Composite, *kind);
}
