//! What a page asks for, in which order and how urgently.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::Arc;

use fanlight_base::geometry::CssVector;
use fanlight_base::{DumpFormat, Silent};
use fanlight_page::{Area, Artefact, LazyLoading, Page, PageOptions};
use support::{Scripted, asked_by, load, options, start};

fn has_size(page: &mut Page, id: &str, size: [i64; 2]) -> bool {
    let boxes: serde_json::Value =
        serde_json::from_str(&page.dump(Artefact::Boxes, DumpFormat::Json, &Silent)).unwrap();
    let found = boxes["boxes"].as_array().unwrap().iter().find(|found| found["id"] == id).unwrap().clone();
    [found["width"].as_f64(), found["height"].as_f64()] == size.map(|side| Some(side as f64))
}

#[test]
fn everything_is_asked_for_in_the_order_and_as_urgently_as_chromium_does() {
    let html = "<!doctype html><style>@font-face{font-family:f;src:url(f.ttf)} p{font-family:f;background:url(bg)}</style>\
        <link rel=stylesheet href=a.css><link rel=stylesheet href=print.css media=print>\
        <link rel=stylesheet href=low.css fetchpriority=low><body>\
        <img src=small width=20 height=20><img src=1><img src=2><img src=3><img src=4><img src=5><img src=6>\
        <img src=important fetchpriority=high><img src=unimportant fetchpriority=low>\
        <link rel=stylesheet href=late.css><p>text</p>";
    let paths = [
        "f.ttf",
        "bg",
        "a.css",
        "print.css",
        "low.css",
        "small",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "important",
        "unimportant",
        "late.css",
    ];
    let (asked, diagnostics) = asked_by(html, "", &paths, options());
    let expected = [
        "very-high a.css",
        "very-low print.css",
        "high low.css",
        "low small",
        "medium 1",
        "medium 2",
        "medium 3",
        "medium 4",
        "medium 5",
        "low 6",
        "high important",
        "low unimportant",
        "very-high late.css",
        "low bg",
        "very-high f.ttf cors",
    ];
    assert_eq!((&asked[..], &diagnostics[..]), (&expected.map(str::to_owned)[..], &[][..]));
}

#[test]
fn a_preload_is_what_is_used_where_it_is_asked_for_in_the_same_way() {
    let html = "<!doctype html><link rel=preload as=font href=f.ttf crossorigin type=font/ttf>\
        <link rel=preload as=style href=a.css><link rel=preload as=image href=i imagesrcset='i2 1x'>\
        <link rel=preload as=image href=no type=image/avif><link rel=preload as=image href=no media=print>\
        <link rel=preload as=script href=no><link rel=modulepreload href=no>\
        <style>@font-face{font-family:f;src:url(f.ttf)} p{font-family:f}</style><link rel=stylesheet href=a.css>\
        <img src=i2><p>text";
    let (asked, diagnostics) = asked_by(html, "", &["f.ttf", "a.css", "i2"], options());
    assert_eq!(asked, ["high f.ttf cors", "very-high a.css", "low i2"]);
    assert_eq!(diagnostics, [""; 0]);
}

#[test]
fn a_preload_in_vain_is_told_and_why() {
    let html = "<!doctype html><link rel=preload as=font href=f.ttf>\n<link rel=preload as=image href=i>\
        <style>@font-face{font-family:f;src:url(f.ttf)} p{font-family:f}</style><p>text";
    let (asked, diagnostics) = asked_by(html, "", &["f.ttf", "i"], options());
    assert_eq!(asked, ["high f.ttf", "low i", "very-high f.ttf cors"]);
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert!(
        diagnostics[0].contains("http://a/f.ttf was preloaded as font, and nothing used it"),
        "{diagnostics:?}"
    );
    assert!(diagnostics[0].contains("the link in line 1 have the same 'crossorigin'"), "{diagnostics:?}");
    assert!(diagnostics[1].contains("remove the link in line 2"), "{diagnostics:?}");
}

#[test]
fn links_of_the_header_prepare_before_the_document_is_read() {
    let link = "<a.css>; rel=preload; as=style, </f.ttf>; rel=preload; as=font; crossorigin, <//b/>; rel=preconnect, \
        <x>; rel=stylesheet, <i>; rel=preload; as=image; anchor=\"/other\"";
    let html = "<!doctype html><link rel='preconnect dns-prefetch' href=//b/x><link rel=preconnect href=//b/y>\
        <link rel=dns-prefetch href=ftp://c/><img src=i><link rel=stylesheet href=a.css>";
    let (asked, diagnostics) = asked_by(html, link, &["a.css", "f.ttf", "i"], options());
    assert_eq!(
        asked,
        ["very-high a.css", "high f.ttf cors", "connect to http://b/", "look up http://b/x", "medium i"]
    );
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
}

#[test]
fn what_the_next_page_needs_is_fetched_in_a_window_alone_and_holds_nothing_up() {
    let html = "<!doctype html><link rel=prefetch href=next><p>text";
    assert_eq!(asked_by(html, "", &["next"], options()).0, [""; 0]);
    let fetcher = Arc::new(Scripted::new(html, "", &["next"], &["next"]));
    let mut page = start(&fetcher, PageOptions { progressive: true, ..options() });
    while page.is_loading() {
        page.advance(&Silent);
    }
    assert_eq!(fetcher.take_asked(), ["very-low next"]);
}

#[test]
fn what_is_asked_for_with_credentials_or_without_is_not_the_same() {
    let html = "<img id=a src=i><img src=i crossorigin><img id=b src=i crossorigin=anonymous>\
        <link rel=stylesheet href=s.css><link rel=stylesheet href=s.css crossorigin>";
    let fetcher = Arc::new(Scripted::new(html, "", &["i", "s.css"], &[]));
    let mut page = load(&fetcher, options());
    assert_eq!(
        fetcher.take_asked(),
        ["medium i", "medium i cors", "very-high s.css", "very-high s.css cors"]
    );
    assert!(has_size(&mut page, "a", [20, 10]) && has_size(&mut page, "b", [20, 10]));
}

#[test]
fn sheets_of_another_set_than_the_first_are_not_asked_for() {
    let html = "<!doctype html><link rel=stylesheet href=1.css><link rel=stylesheet href=2.css title=a><style title=b>p{}</style>\
        <link rel=stylesheet href=no.css title=b><link rel=stylesheet href=3.css title=a>\
        <link rel='alternate stylesheet' href=no.css title=c><link rel=stylesheet href=no.css disabled>";
    let (asked, diagnostics) = asked_by(html, "", &["1.css", "2.css", "3.css"], options());
    assert_eq!(asked, ["very-high 1.css", "very-high 2.css", "very-high 3.css"]);
    assert_eq!(diagnostics, [""; 0]);
}

#[test]
fn images_that_layout_shows_in_view_come_before_the_others() {
    let html = "<!doctype html><body style=margin:0>\
        <img style=display:none src=1><img style=display:none src=2><img style=display:none src=3>\
        <img style=display:none src=4><img style=display:none src=5>\
        <div style=height:50px></div><img src=seen><div style=height:90px></div><img src=unseen>";
    let paths = ["1", "2", "3", "4", "5", "seen", "unseen"];
    let fetcher = Arc::new(Scripted::new(html, "", &paths, &paths));
    let mut page = start(&fetcher, PageOptions { progressive: true, ..options() });
    page.advance(&Silent);
    let asked = fetcher.take_asked();
    assert_eq!(asked[5..], ["low seen", "low unseen", "seen is high"]);
    paths.iter().for_each(|path| fetcher.release(path));
    page.advance(&Silent);
    assert!(!page.is_loading());
}

const LAZY: &str = "<!doctype html><body style=margin:0><img id=near src=near loading=lazy>\
    <div style=height:1400px></div><img id=far src=far loading=Lazy><img src=hidden loading=lazy style=display:none>\
    <div style=height:5000px></div><iframe src=frame loading=lazy></iframe>";

#[test]
fn what_loads_lazily_is_asked_for_near_the_viewport_alone() {
    let fetcher = Arc::new(Scripted::new(LAZY, "", &["near", "far", "hidden", "frame"], &[]));
    let mut page = load(&fetcher, options());
    assert_eq!(fetcher.take_asked(), ["medium near"]);
    assert!(has_size(&mut page, "near", [20, 10]) && has_size(&mut page, "far", [0, 0]));
}

#[test]
fn a_lazy_frame_with_its_document_at_hand_is_not_waited_for_in_vain() {
    let html = "<!doctype html><iframe loading=lazy srcdoc=text></iframe>";
    let begun = std::time::Instant::now();
    assert_eq!(asked_by(html, "", &[], options()).0, [""; 0]);
    assert!(begun.elapsed() < options().timeout, "the page was given up");
}

#[test]
fn a_picture_of_the_whole_document_has_what_loads_lazily() {
    let lazy_loading = Area::Document.lazy_loading();
    assert_eq!(Area::Viewport.lazy_loading(), LazyLoading::NearViewport);
    let (asked, _) = asked_by(LAZY, "", &["near", "far", "frame"], PageOptions { lazy_loading, ..options() });
    assert_eq!(asked, ["medium near", "medium far", "very-high frame"]);
}

#[test]
fn scrolling_brings_what_loads_lazily() {
    let fetcher = Arc::new(Scripted::new(LAZY, "", &["near", "far", "frame"], &[]));
    let mut page = start(&fetcher, PageOptions { progressive: true, ..options() });
    let go_on = |page: &mut Page| {
        while page.wants_to_advance() {
            page.advance(&Silent);
            page.update(fanlight_base::Stage::Layout, &Silent);
        }
        fetcher.take_asked()
    };
    assert_eq!(go_on(&mut page), ["medium near"]);
    page.scroll_to(CssVector::new(0.0, 200.0), &Silent);
    assert_eq!(go_on(&mut page), ["medium far"]);
    page.scroll_to(CssVector::new(0.0, 9000.0), &Silent);
    assert_eq!(go_on(&mut page), ["very-high frame"]);
}

#[test]
fn nothing_loads_lazily_where_scripts_may_not_run() {
    let (asked, _) =
        asked_by(LAZY, "", &["near", "far", "frame"], PageOptions { scripting: false, ..options() });
    assert_eq!(asked, ["medium near", "medium far", "medium hidden", "very-high frame"]);
}

/// It came between the last look at images and the last look at what is under way, and was counted as loaded without having
/// been decoded.
#[test]
fn an_image_that_comes_while_fonts_are_asked_for_is_not_forgotten() {
    let html = "<!doctype html><style>@font-face{font-family:f;src:url(f.ttf)} p{font-family:f}</style>\
        <img id=i src=i><p>text";
    let scripted = Scripted::new(html, "", &["f.ttf", "i"], &["i"]);
    let fetcher = Arc::new(Scripted { releases: Some(("f.ttf", "i")), ..scripted });
    let mut page = load(&fetcher, options());
    assert!(has_size(&mut page, "i", [20, 10]));
}
