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

#[test]
fn nested_flex_and_grid_containers_and_tables_take_linear_time() {
    let patterns = [
        "<div style='display:flex'><div style='flex-grow:1'>",
        "<div style='display:flex;flex-direction:column;align-items:flex-start'><div>",
        "<div style='display:grid;grid-template-columns:auto 1fr'><div>",
        "<table><tbody><tr><td>",
    ];
    for pattern in patterns {
        let nested = |depth: usize| {
            let start = Instant::now();
            lay_out(&format!("<!DOCTYPE html><body>{}x", pattern.repeat(depth)));
            start.elapsed()
        };
        nested(6);
        let (few, many) = (nested(12), nested(48));
        assert!(many < few * 24, "{pattern}: 12 levels took {few:?}, 48 took {many:?}");
    }
}

#[test]
fn a_table_of_fifty_thousand_cells_takes_linear_time() {
    let table = |rows: usize| {
        let row = format!("<tr>{}", "<td>cell".repeat(10));
        let start = Instant::now();
        let (tree, ..) = lay_out(&format!("<!DOCTYPE html><body><table><tbody>{}", row.repeat(rows)));
        assert!(tree.boxes.len() > rows * 20);
        start.elapsed()
    };
    let (few, many) = (table(500), table(5000));
    assert!(many < few * 40, "5,000 cells took {few:?}, 50,000 took {many:?}");
}
