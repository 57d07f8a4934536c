//! What a page shows of SVG in other files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../fetch/tests/support/server.rs"]
mod support;

use std::io::Write;

use fanlight_base::Silent;
use fanlight_base::geometry::CssSize;
use fanlight_page::{Environment, Page, PageOptions, Source};
use support::{After, LONG, Server, response};

const GREEN: [u8; 3] = [0, 128, 0];
const RED: [u8; 3] = [255, 0, 0];
const WHITE: [u8; 3] = [255, 255, 255];

const FILE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>\
    <style>.shape { fill: var(--none, currentcolor) }</style>\
    <linearGradient id='c'><stop stop-color='green'/></linearGradient>\
    <symbol id='icon' viewBox='0 0 1 1'><rect class='shape' width='1' height='1'/></symbol>\
    <symbol id='painted' viewBox='0 0 1 1'><rect fill='url(#c)' width='1' height='1'/></symbol>\
    <clipPath id='left'><rect width='20' height='40'/></clipPath>\
    <mask id='right'><rect x='20' width='20' height='40' fill='white'/></mask>\
    <filter id='flood'><feFlood flood-color='green'/></filter>\
    <rect width='40' height='40' fill='green'/></svg>";

/// The colours at (10, 20) and (30, 20) of a page with this body, that comes with the file `a.svg`.
fn colours(body: &str) -> [[u8; 3]; 2] {
    let html = format!(
        "<!DOCTYPE html><style>body {{ margin: 0 }} svg, p {{ display: block; margin: 0; \
        width: 40px; height: 40px }}</style>{body}"
    );
    let server = Server::start(move |request, stream| {
        let (mime, text) = match request.path() {
            "/page" => ("text/html", html.as_str()),
            "/a.svg" => ("image/svg+xml", FILE),
            _ => ("text/plain", ""),
        };
        stream.write_all(&response("200 OK", &[("Content-Type", mime)], text.as_bytes())).unwrap();
        After::KeepOpen
    });
    let options = PageOptions { viewport: CssSize::new(80.0, 60.0), timeout: LONG, ..PageOptions::default() };
    let source = Source::Url(server.url("/page"));
    let mut page = Page::load(&Environment::new(true), source, options, &Silent).unwrap();
    let frame = page.frame(&Silent);
    [10, 30].map(|x| {
        let [red, green, blue, _] = frame.row(20)[x];
        [red, green, blue]
    })
}

#[test]
fn symbols_of_another_file_are_used_in_the_colours_of_the_page() {
    let body = "<svg style='color: green'><use href='a.svg#icon'/></svg>";
    assert_eq!(colours(body), [GREEN; 2]);
    // Both files have an element of this id; each means its own.
    let body = "<svg><linearGradient id='c'><stop stop-color='red'/></linearGradient>\
        <rect width='20' height='40' fill='url(#c)'/>\
        <use xlink:href='/a.svg#painted' x='20' width='20' height='40'/></svg>";
    assert_eq!(colours(body), [RED, GREEN]);
    assert_eq!(colours("<svg><use href='a.svg#none'/><use href='none.svg#icon'/></svg>"), [WHITE; 2]);
}

#[test]
fn images_are_shown_inside_of_svg() {
    let body = "<svg><image href='a.svg' x='20' width='20' height='20' y='10'/></svg>";
    assert_eq!(colours(body), [WHITE, GREEN]);
}

#[test]
fn clips_masks_and_filters_may_stand_in_another_file() {
    let with = |style: &str| colours(&format!("<p style='background: red; {style}'></p>"));
    assert_eq!(with("clip-path: url(a.svg#left)"), [RED, WHITE]);
    assert_eq!(with("mask: url(a.svg#right)"), [WHITE, RED]);
    assert_eq!(with("filter: url(a.svg#flood)"), [GREEN; 2]);
    // What is no mask is an image.
    assert_eq!(with("mask: url(a.svg#icon)"), [RED; 2]);
}
