//! What laying out an element costs, on documents of growing size: the cost of one must not grow with their number.

use std::fmt;
use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::ItemsCount;
use fanlight_base::{Silent, Stage};
use fanlight_page::{Environment, Page, PageOptions, Source};

fn main() {
    divan::main();
}

/// The kinds of pages.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Headings and paragraphs in boxes, and rows of flex items.
    Cards,
    /// One paragraph with markup.
    Paragraph,
    /// One table.
    Table,
    /// Flex containers, one below the other.
    Flex,
    /// One grid container.
    Grid,
}

const KINDS: [Kind; 5] = [Kind::Cards, Kind::Paragraph, Kind::Table, Kind::Flex, Kind::Grid];

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

const STYLE: &str = "<!doctype html><meta charset=utf-8><style>.card { margin: 3px; border: 1px solid }\
    .flex { display: flex; gap: 4px } .grid { display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px }\
    </style><body>";

impl Kind {
    /// A page of about so many elements.
    fn html(self, elements: usize) -> String {
        let mut html = String::from(STYLE);
        // Writing to a String cannot fail.
        match self {
            Kind::Cards => {
                for card in 0..elements / 9 {
                    let _ = write!(
                        html,
                        "<div class=card><h3>Card {card}</h3><p>Some <b>words</b> and <i>more</i> words here that \
                         wrap</p><div class=flex><span>a</span><span>b {card}</span><span>c</span></div></div>"
                    );
                }
            }
            Kind::Paragraph => {
                html.push_str("<p>");
                for word in 0..elements / 2 {
                    let _ = write!(html, "words and <b>bold {word}</b> and <i>slanted</i> ones, ");
                }
            }
            Kind::Table => {
                html.push_str("<table>");
                for row in 0..elements / 5 {
                    let _ = write!(html, "<tr><td>cell {row}<td>more<td>words here<td>{}</tr>", row * 3);
                }
            }
            Kind::Flex => {
                for row in 0..elements / 7 {
                    let _ = write!(
                        html,
                        "<div class=flex><div><p>item {row}</p></div><div><p>two</p></div><div><p>3</p></div></div>"
                    );
                }
            }
            Kind::Grid => {
                html.push_str("<div class=grid>");
                for item in 0..elements / 2 {
                    let _ = write!(html, "<div><p>item {item}</p></div>");
                }
            }
        }
        html
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Kind::Cards => "cards",
            Kind::Paragraph => "paragraph",
            Kind::Table => "table",
            Kind::Flex => "flex",
            Kind::Grid => "grid",
        })
    }
}

#[divan::bench(args = KINDS, consts = SIZES)]
fn layout<const ELEMENTS: usize>(bencher: Bencher<'_, '_>, kind: &Kind) {
    let options = PageOptions { goal: Stage::Layout, ..PageOptions::default() };
    let source = Source::Bytes(kind.html(ELEMENTS).into_bytes());
    let mut page = Page::load(&Environment::new(true), source, options, &Silent)
        .expect("a page that is there needs no loading");
    let prepared = page.prepare_stage(Stage::Layout, &Silent);
    bencher.counter(ItemsCount::new(prepared.throughput().amount)).bench_local(|| prepared.run());
}
