//! Content that wants more than there is.

mod support;

use support::lay_out;

/// How much work a page is for each of its boxes.
fn answers_per_box(html: &str) -> f64 {
    let (tree, ..) = lay_out(html);
    tree.answers as f64 / tree.boxes.len() as f64
}

/// Elements nested this deep are more than the parser keeps, and than a small stack holds.
#[test]
fn a_hundred_thousand_nested_boxes_are_laid_out() {
    let html = "<!DOCTYPE html><body>".to_owned() + &"<div>".repeat(100_000) + "deep";
    let (tree, ..) = lay_out(&html);
    assert!(tree.boxes.len() > 500);
}

#[test]
fn a_line_of_ten_megabytes_is_laid_out() {
    let text = "word ".repeat(2_000_000);
    let html = format!("<!DOCTYPE html><body><div style='text-wrap-mode:nowrap'>{text}</div>");
    let (tree, ..) = lay_out(&html);
    assert!(tree.scrollable_overflow.size.width.floor() > 1_000_000);
}

#[test]
fn a_box_a_million_px_wide_is_as_wide_as_that() {
    let (tree, ..) = lay_out("<!DOCTYPE html><body><div style='width:1000000px'>wide</div>");
    assert_eq!(tree.scrollable_overflow.size.width.floor(), 1_000_008);
}

#[test]
fn nested_columns_take_linear_time() {
    let nested = |depth: usize| {
        let open = "<div style='columns:2'>x ".repeat(depth);
        answers_per_box(&format!("<!DOCTYPE html><body>{open}"))
    };
    let (few, many) = (nested(10), nested(40));
    assert!(many < few * 3.0, "{few} answers for each of a few boxes, {many} for each of many");
}

#[test]
fn nested_shrink_to_fit_boxes_take_linear_time() {
    let nested = |depth: usize| {
        let open = "<div style='display:inline-block;padding:1px'>x ".repeat(depth);
        answers_per_box(&format!("<!DOCTYPE html><body>{open}"))
    };
    let (few, many) = (nested(20), nested(160));
    assert!(many < few * 1.5, "{few} answers a box with 20 levels, {many} with 160");
}

#[test]
fn nested_flex_and_grid_containers_and_tables_take_linear_time() {
    let patterns = [
        "<div style='display:flex'><div style='flex-grow:1'>",
        "<div style='display:flex;flex-direction:column;align-items:flex-start'><div>",
        "<div style='display:grid;grid-template-columns:auto 1fr'><div>",
        "<table><tbody><tr><td>",
        "<div style='display:flex'><div style='aspect-ratio:2'></div>",
        "<div style='display:flex'><div style='display:flex;aspect-ratio:2'>",
        "<div style='display:flex'><div style='height:90%'>",
        "<div style='display:flex;height:90%'>",
        "<div style='display:flex;flex-direction:column;height:90%'>",
        "<div style='display:flex;flex-wrap:wrap'><div style='display:flex;flex-direction:column;aspect-ratio:1'>",
    ];
    for pattern in patterns {
        let nested =
            |depth: usize| answers_per_box(&format!("<!DOCTYPE html><body>{}x", pattern.repeat(depth)));
        let (few, many) = (nested(12), nested(48));
        assert!(many < few * 1.5, "{pattern}: {few} answers a box with 12 levels, {many} with 48");
    }
}

#[test]
fn a_table_of_fifty_thousand_cells_takes_linear_time() {
    let table = |rows: usize| {
        let row = format!("<tr>{}", "<td>cell".repeat(10));
        answers_per_box(&format!("<!DOCTYPE html><body><table><tbody>{}", row.repeat(rows)))
    };
    let (few, many) = (table(500), table(5000));
    assert!(many < few * 1.1, "{few} answers a box with 5,000 cells, {many} with 50,000");
}
