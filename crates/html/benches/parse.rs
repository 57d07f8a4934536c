//! How fast documents are parsed, in bytes a second: `cargo bench -p fanlight-html`.

use std::fmt::Write as _;
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fanlight_base::diagnostics::Unheard;
use fanlight_html::{DocumentKind, ParserOptions, PreloadScanner, parse_document};

fn main() {
    divan::main();
}

/// About 1.5 MB as articles have it: paragraphs with links and emphasis, lists, tables.
fn article() -> String {
    let mut text = "<!DOCTYPE html><html><head><title>Article</title></head><body>\n".to_owned();
    for section in 0..2000 {
        let _ = write!(
            text,
            "<section id=\"s{section}\" class=\"section wide\">\n<h2>Section {section}</h2>\n\
             <p class=\"lead\">A paragraph with <a href=\"/page/{section}?a=1&amp;b=2\">a link</a>, some <em>emphasis \
             and <strong>weight</strong></em>, and enough words after it that most of its bytes are text, as they are \
             on pages that people read.</p>\n<ul>\n<li>One</li>\n<li>Two <code>code</code></li>\n<li>Three</li>\n</ul>\n\
             <table>\n<tr><td>1</td><td>2</td></tr>\n<tr><td>3</td><td>4</td></tr>\n</table>\n\
             <img src=\"i/{section}.png\" alt=\"An image\" width=\"40\" height=\"30\">\n</section>\n"
        );
    }
    text + "</body></html>"
}

/// The same, well-formed.
fn xhtml() -> String {
    let article = article().replace("height=\"30\">", "height=\"30\"/>");
    article.replace("<html>", "<html xmlns=\"http://www.w3.org/1999/xhtml\">")
}

#[divan::bench]
fn html(bencher: Bencher<'_, '_>) {
    let text = article();
    let options =
        ParserOptions { charset: Some("utf-8"), ..ParserOptions::new("about:blank", Arc::new(Unheard)) };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| parse_document(black_box(text.as_bytes()), &options));
}

#[divan::bench]
fn xml(bencher: Bencher<'_, '_>) {
    let text = xhtml();
    let options =
        ParserOptions { kind: DocumentKind::Xml, ..ParserOptions::new("about:blank", Arc::new(Unheard)) };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| parse_document(black_box(text.as_bytes()), &options));
}

#[divan::bench]
fn preload_scan(bencher: Bencher<'_, '_>) {
    let text = article();
    let options =
        ParserOptions { charset: Some("utf-8"), ..ParserOptions::new("about:blank", Arc::new(Unheard)) };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| PreloadScanner::new(&options).scan(black_box(text.as_bytes())));
}
