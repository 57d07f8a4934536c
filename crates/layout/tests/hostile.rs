//! Content that wants more than there is.

mod support;

use std::time::Instant;

use support::lay_out;

/// Elements nested this deep are more than the parser keeps, and than a small stack holds.
#[test]
fn a_hundred_thousand_nested_boxes_are_laid_out() {
    let html = "<!DOCTYPE html><body>".to_owned() + &"<div>".repeat(100_000) + "deep";
    let (tree, ..) = lay_out(&html);
    assert!(tree.boxes.len() > 500);
}

#[test]
fn a_line_of_ten_megabytes_takes_linear_time() {
    let text = "word ".repeat(2_000_000);
    let html = format!("<!DOCTYPE html><body><div style='text-wrap-mode:nowrap'>{text}</div>");
    let start = Instant::now();
    let (tree, ..) = lay_out(&html);
    assert!(tree.scrollable_overflow.size.width.floor() > 1_000_000);
    assert!(start.elapsed().as_secs() < 60, "took {:?}", start.elapsed());
}

#[test]
fn a_box_a_million_px_wide_is_as_wide_as_that() {
    let (tree, ..) = lay_out("<!DOCTYPE html><body><div style='width:1000000px'>wide</div>");
    assert_eq!(tree.scrollable_overflow.size.width.floor(), 1_000_008);
}

#[test]
fn nested_shrink_to_fit_boxes_take_linear_time() {
    let nested = |depth: usize| {
        let open = "<div style='display:inline-block;padding:1px'>x ".repeat(depth);
        let start = Instant::now();
        lay_out(&format!("<!DOCTYPE html><body>{open}"));
        start.elapsed()
    };
    nested(10);
    let (few, many) = (nested(20), nested(160));
    assert!(many < few * 64, "20 levels took {few:?}, 160 took {many:?}");
}
