//! What styling an element costs, on documents of growing size: the cost of one must not grow with their number.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::ItemsCount;
use fanlight_base::{Silent, Stage};
use fanlight_page::{Environment, Page, PageOptions, Source};

fn main() {
    divan::main();
}

/// How many elements one section of the document has.
const ELEMENTS_OF_SECTION: usize = 38;

/// A sheet with rules of the usual kinds: by name, class, id, attribute, position, state, and of ancestors.
const SHEET: &str = "
    :root { --accent: #357; --gap: .5rem }
    body { font: 16px/1.5 sans-serif; margin: 0 }
    * { box-sizing: border-box }
    a { color: var(--accent); text-decoration: none } a:hover { text-decoration: underline }
    .section { padding: var(--gap) calc(var(--gap) * 2) } .section > h2 { margin: 1em 0 .5em }
    .section p + p { margin-top: 0 } .section:nth-child(even) { background: #f6f6f6 }
    .list { list-style: square } .list li:first-child { font-weight: bold }
    .list li:nth-child(3n) .note { color: gray }
    table.data { border-collapse: collapse } .data td, .data th { padding: 2px 4px; border: 1px solid #ccc }
    .data tr:hover td { background: #eef } .data td:last-child { text-align: right }
    code { font-family: monospace } .note::before { content: '('} .note::after { content: ')' }
    a[href^='#'] { color: inherit } #top { scroll-margin: 0 } :not(.section) > p em { font-style: normal }
";

/// A document of about `elements` elements.
fn html(elements: usize) -> String {
    let mut html = format!("<!doctype html><meta charset=utf-8><style>{SHEET}</style><h1 id=top>Title</h1>");
    for section in 0..elements / ELEMENTS_OF_SECTION {
        // Writing to a String cannot fail.
        let _ = write!(html, "<div class=section id=s{section}><h2><a href=#s{section}>Part</a></h2>");
        html.push_str("<p>Some <em>text</em> with <code>code</code> and <a href=x.html>a link</a>.</p>");
        html.push_str("<p>More <b>text</b>.</p><ul class=list>");
        html.push_str(&"<li>An <span class=note>item</span></li>".repeat(5));
        html.push_str("</ul><table class=data><tr><th>a<th>b<th>c</tr>");
        html.push_str(&"<tr><td>1<td>2<td>3</tr>".repeat(3));
        html.push_str("</table></div>");
    }
    html
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn style(bencher: Bencher<'_, '_>, elements: usize) {
    let options = PageOptions { goal: Stage::Style, ..PageOptions::default() };
    let source = Source::Bytes(html(elements).into_bytes());
    let mut page = Page::load(&Environment::new(true), source, options, &Silent)
        .expect("a page that is there needs no loading");
    let prepared = page.prepare_stage(Stage::Style, &Silent);
    bencher.counter(ItemsCount::new(prepared.throughput().amount)).bench_local(|| prepared.run());
}
