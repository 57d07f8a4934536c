//! What a change of one class costs on pages of 10,000 elements, beside the whole pipeline on the same page:
//! `cargo bench --bench updates`.

use std::fmt;
use std::fmt::Write as _;

use divan::Bencher;
use fanlight_base::{QualName, Silent, Stage};
use fanlight_page::{Environment, Page, PageOptions, Source};

fn main() {
    divan::main();
}

/// The kinds of pages.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Paragraphs, one below the other.
    Flat,
    /// Sections of cards.
    Nested,
    /// One table.
    Table,
    /// Flex containers, one below the other.
    Flex,
    /// One grid container.
    Grid,
}

const KINDS: [Kind; 5] = [Kind::Flat, Kind::Nested, Kind::Table, Kind::Flex, Kind::Grid];

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Kind::Flat => "flat",
            Kind::Nested => "nested",
            Kind::Table => "table",
            Kind::Flex => "flex",
            Kind::Grid => "grid",
        })
    }
}

const STYLE: &str = "<!doctype html><meta charset=utf-8><style>.red { color: red } .padded { padding: 7px }\
    .section { border: 1px solid; margin: 4px } .card { margin: 3px; background: #fafafa }\
    .flex { display: flex; gap: 4px } .flex > div { flex: 1 }\
    .grid { display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px }</style><body>";

impl Kind {
    /// A page of about 10,000 elements. One near the top has the id `target`.
    fn html(self) -> String {
        let mut html = String::from(STYLE);
        let id = |index: usize| if index == 20 { "id=target" } else { "" };
        // Writing to a String cannot fail.
        match self {
            Kind::Flat => {
                for index in 0..10_000 {
                    let _ = write!(html, "<p {}>Paragraph {index} with some words</p>", id(index));
                }
            }
            Kind::Nested => {
                for index in 0..2_000 {
                    html.push_str(if index % 4 == 0 { "<div class=section>" } else { "" });
                    let _ = write!(
                        html,
                        "<div class=card {}><h3>Card {index}</h3><p>Some <b>words</b> here</p></div>",
                        id(index)
                    );
                    html.push_str(if index % 4 == 3 { "</div>" } else { "" });
                }
            }
            Kind::Table => {
                html.push_str("<table>");
                for index in 0..8_000 {
                    html.push_str(if index % 4 == 0 { "<tr>" } else { "" });
                    let _ = write!(html, "<td {}>cell {index}</td>", id(index));
                }
                html.push_str("</table>");
            }
            Kind::Flex => {
                for index in 0..4_500 {
                    html.push_str(if index % 4 == 0 { "<div class=flex>" } else { "" });
                    let _ = write!(html, "<div {}><p>item {index}</p></div>", id(index));
                    html.push_str(if index % 4 == 3 { "</div>" } else { "" });
                }
            }
            Kind::Grid => {
                html.push_str("<div class=grid>");
                for index in 0..5_000 {
                    let _ = write!(html, "<div {}><p>item {index}</p></div>", id(index));
                }
                html.push_str("</div>");
            }
        }
        html
    }
}

fn drawn(html: &str) -> Page {
    let source = Source::Bytes(html.as_bytes().to_vec());
    let mut page = Page::load(&Environment::new(true), source, PageOptions::default(), &Silent)
        .expect("a page that is there needs no loading");
    page.update(Stage::Composite, &Silent);
    page
}

/// Gives the target a class and takes it away again, in turns.
fn bench_class(bencher: Bencher<'_, '_>, kind: Kind, class: &str) {
    let mut page = drawn(&kind.html());
    let mut classes = [class, ""].into_iter().cycle();
    bencher.bench_local(|| {
        page.set_attribute_of("target", QualName::attribute("class"), classes.next().unwrap_or_default());
        page.update(Stage::Composite, &Silent);
    });
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn whole_pipeline(bencher: Bencher<'_, '_>, kind: &Kind) {
    let html = kind.html();
    bencher.bench_local(|| drawn(&html));
}

#[divan::bench(args = KINDS)]
fn class_that_repaints(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench_class(bencher, *kind, "red");
}

#[divan::bench(args = KINDS)]
fn class_that_moves(bencher: Bencher<'_, '_>, kind: &Kind) {
    bench_class(bencher, *kind, "padded");
}
