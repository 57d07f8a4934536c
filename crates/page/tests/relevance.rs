//! `content-visibility: auto` in a page: what is far from the viewport is skipped until it comes near or is needed.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_base::{DumpFormat, Silent, Stage};
use fanlight_page::{Area, Artefact, CaptureOptions, Environment, Page, PageOptions, Source};

/// A page of 40 sections with 50 px, which are taken for 400 px while they are skipped, in a viewport of 300 by 200.
fn page() -> Page {
    let section = |index: usize| {
        format!("<section><div id=s{index}>text{index} <a href='#x' id=link{index}>link</a></div></section>")
    };
    let html = format!(
        "<!doctype html><style>body {{ margin: 0 }} div {{ height: 50px; background: lime }}\
         section {{ content-visibility: auto; contain-intrinsic-height: 400px }}</style>{}",
        (0..40).map(section).collect::<String>()
    );
    let options = PageOptions { viewport: CssSize::new(300.0, 200.0), ..PageOptions::default() };
    Page::load(&Environment::new(true), Source::Bytes(html.into_bytes()), options, &Silent).unwrap()
}

/// The numbers of the sections that are laid out.
fn laid_out(page: &mut Page) -> Vec<usize> {
    let dump = page.dump(Artefact::Stage(Stage::Layout), DumpFormat::Text, &Silent);
    dump.lines()
        .filter_map(|line| line.split("text=\"text").nth(1)?.split(' ').next()?.parse().ok())
        .collect()
}

fn scroll_to(page: &mut Page, y: f32) {
    page.scroll_to(CssVector::new(0.0, y), &Silent);
}

#[test]
fn what_is_near_the_viewport_is_laid_out() {
    let mut page = page();
    // 300 px around the viewport, so that there is room for ten.
    assert_eq!(laid_out(&mut page), Vec::from_iter(0..10));
    assert_eq!(page.document_size().height, 10.0 * 50.0 + 30.0 * 400.0);
}

#[test]
fn scrolling_lays_out_what_comes_near_and_skips_what_is_left_behind() {
    let mut page = page();
    scroll_to(&mut page, 400.0);
    // From 100 to 900.
    assert_eq!(laid_out(&mut page), Vec::from_iter(2..18));
    assert_eq!(page.document_size().height, 18.0 * 50.0 + 22.0 * 400.0);
    // What was laid out has its size from then on.
    scroll_to(&mut page, 2000.0);
    assert_eq!(laid_out(&mut page), Vec::from_iter(20..36));
    scroll_to(&mut page, 0.0);
    assert_eq!(laid_out(&mut page), Vec::from_iter(0..10));
    let before = page.document_size();
    scroll_to(&mut page, 200.0);
    assert_eq!(laid_out(&mut page), Vec::from_iter(0..14));
    assert_eq!(page.document_size(), before);
    // The window shows it.
    scroll_to(&mut page, 450.0);
    let frame = page.frame(&Silent);
    assert_eq!(frame.row(190)[290], [0, 255, 0, 255]);
}

#[test]
fn the_place_that_a_fragment_names_is_reached_although_the_sizes_before_it_change() {
    let mut page = page();
    page.go_to_fragment("s30", &Silent);
    let node = page.document().element_by_id("s30").unwrap();
    assert!(laid_out(&mut page).contains(&30));
    assert_eq!(page.border_box_in_viewport(node, &Silent).unwrap().min_y(), 0.0);
    page.go_to_fragment("s5", &Silent);
    let node = page.document().element_by_id("s5").unwrap();
    assert_eq!(page.border_box_in_viewport(node, &Silent).unwrap().min_y(), 0.0);
}

#[test]
fn the_focus_reaches_what_is_skipped_and_keeps_it() {
    let mut page = page();
    for _ in 0..20 {
        page.move_focus(true, &Silent);
    }
    let node = page.document().element_by_id("link19").unwrap();
    let rect = page.border_box_in_viewport(node, &Silent).unwrap();
    assert!(rect.min_y() >= 0.0 && rect.max_y() <= 200.0, "{rect:?}");
    scroll_to(&mut page, 0.0);
    let expected: Vec<usize> = (0..10).chain([19]).collect();
    assert_eq!(laid_out(&mut page), expected);
}

#[test]
fn a_picture_of_the_document_shows_what_is_laid_out_and_one_of_an_element_that_element() {
    let mut page = page();
    let whole = CaptureOptions { area: Area::Document, ..CaptureOptions::default() };
    let picture = page.capture(&whole, &Silent).unwrap();
    assert_eq!((picture.width(), picture.height()), (300, 12_500));
    let pixel = |picture: &fanlight_page::Picture, x: usize, y: usize| picture.pixels()[y * 300 + x];
    assert_eq!(pixel(&picture, 290, 495), [0, 255, 0, 255]);
    assert_eq!(pixel(&picture, 290, 505), [255, 255, 255, 255]);
    let element = CaptureOptions { area: Area::Element("#s25".to_owned()), ..CaptureOptions::default() };
    let picture = page.capture(&element, &Silent).unwrap();
    assert_eq!((picture.width(), picture.height()), (300, 50));
    assert_eq!(pixel(&picture, 290, 25), [0, 255, 0, 255]);
}

#[test]
fn the_dump_of_boxes_tells_where_skipped_elements_would_be() {
    let mut page = page();
    let dump = page.dump(Artefact::Boxes, DumpFormat::Json, &Silent);
    let boxes: serde_json::Value = serde_json::from_str(&dump).unwrap();
    let found = boxes["boxes"].as_array().unwrap().iter().find(|found| found["id"] == "s11").unwrap();
    assert_eq!((found["y"].as_f64(), found["height"].as_f64()), (Some(900.0), Some(50.0)));
    // That changes nothing.
    assert_eq!(laid_out(&mut page), Vec::from_iter(0..10));
}
