//! Block formatting, with numbers measured in Chromium.

mod support;

use support::{check, check_document};

#[test]
fn margins_of_parents_and_children_collapse() {
    check(
        "<div style='margin:20px 0'><div style='margin:30px 0'>a</div></div><div style='margin-top:10px'>b</div>",
        &["div 8 30 484 18", "div 8 30 484 18", "div 8 78 484 18"],
    );
}

#[test]
fn padding_and_borders_keep_margins_apart() {
    check(
        "<div style='margin:20px 0;padding-top:1px'><div style='margin:30px 0'>a</div></div><div style='border-width:1px;border-style:solid'><div style='margin:5px'>b</div></div>",
        &["div 8 20 484 49", "div 8 51 484 18", "div 8 99 484 30", "div 14 105 472 18"],
    );
}

#[test]
fn margins_collapse_through_empty_boxes() {
    check(
        "<div>a</div><div style='margin:15px 0'></div><div style='margin:-5px 0 25px'></div><p>b</p>",
        &["div 8 8 484 18", "div 8 41 484 0", "div 8 36 484 0", "p 8 46 484 18"],
    );
}

#[test]
fn a_minimum_height_keeps_the_end_margin_in() {
    check(
        "<div style='min-height:30px;margin:10px 0;padding-top:1px'><p>p</p></div><div>b</div>",
        &["div 8 10 484 35", "p 8 27 484 18", "div 8 61 484 18"],
    );
}

#[test]
fn negative_margins_pull() {
    check(
        "<div style='height:40px'>a</div><div style='margin-top:-10px'>b</div><div style='margin-left:-5px;margin-right:-7px'>c</div>",
        &["div 8 8 484 40", "div 8 38 484 18", "div 3 56 496 18"],
    );
}

#[test]
fn over_constrained_and_auto_margins() {
    check(
        "<div style='width:100px;margin:0 auto'>a</div><div style='width:100px;margin:0 10px 0 auto'>b</div><div style='width:700px;margin:0 auto'>c</div><div style='direction:rtl'><div style='width:100px;margin:0 10px'>d</div></div>",
        &["div 200 8 100 18", "div 382 26 100 18", "div 8 44 700 18", "div 8 62 484 18", "div 382 62 100 18"],
    );
}

#[test]
fn widths_by_content() {
    check(
        "<div style='width:max-content'>max content width</div><div style='width:min-content'>min content width</div><div style='width:fit-content;max-width:80px'>fit content width is that</div>",
        &["div 8 8 119.094 18", "div 8 26 47.094 54", "div 8 80 80 36"],
    );
}

#[test]
fn percentages_of_a_definite_height() {
    check(
        "<div style='box-sizing:border-box;width:100px;padding:10px;height:60px'><div style='height:50%'>h</div></div><div><div style='height:50%'>auto</div></div>",
        &["div 8 8 100 60", "div 18 18 80 20", "div 8 68 484 18", "div 8 68 484 18"],
    );
}

#[test]
fn a_ratio_gives_the_other_size() {
    check(
        "<div style='aspect-ratio:2/1;width:80px'></div><div style='aspect-ratio:2/1;height:20px'></div><div style='aspect-ratio:1/1;width:10px'>content</div>",
        &["div 8 8 80 40", "div 8 48 40 20", "div 8 68 10 18"],
    );
}

#[test]
fn blocks_inside_inline_boxes() {
    check(
        "<span>inline <div>block</div> after</span><div>next</div>",
        &["span 8 8 484 53", "div 8 26 484 18", "div 8 62 484 18"],
    );
}

#[test]
fn limits_on_the_height_go_through_the_aspect_ratio() {
    check(
        "<div style='aspect-ratio:1/1;max-height:60px'></div><div style='aspect-ratio:2/1;max-height:20px;width:max-content'><p style='width:100px;height:1px;margin:0'></p></div><div style='aspect-ratio:1/2;min-height:80px;width:min-content'></div>",
        &["div 8 8 60 60", "div 8 68 40 20", "p 8 68 100 1", "div 8 88 40 80"],
    );
}

#[test]
fn a_border_is_no_part_of_what_scrolls() {
    let body = "<div style='width:100px;height:50px;border-width:3px;border-style:solid;overflow-x:auto;\
        overflow-y:auto'></div><div style='width:100px;height:50px;border-width:3px;border-style:solid'></div>\
        <div style='width:100px;height:50px;border-width:3px;border-style:solid'><p style='width:120px;height:1px'></div>";
    let (tree, document, styles) = support::lay_out(&format!("<!DOCTYPE html><body>{body}"));
    let json = fanlight_layout::geometry::boxes_json(&tree, &document, &styles);
    let boxes = json["boxes"].as_array().unwrap();
    let scroll: Vec<&serde_json::Value> =
        boxes.iter().filter(|found| found["tag"] == "div").map(|found| &found["scroll"]).collect();
    assert_eq!(
        scroll,
        [&serde_json::json!([100, 50]), &serde_json::json!([100, 50]), &serde_json::json!([120, 50])]
    );
}

#[test]
fn a_relative_inline_moves_the_blocks_and_floats_in_it() {
    check(
        "<b style='position:relative;top:100px'><div style='height:10px'></div><div style='float:left;width:30px;height:10px'></div><div style='height:10px'></div></b>",
        &["b 8 108 484 20", "div 8 108 484 10", "div 8 118 30 10", "div 8 118 484 10"],
    );
}

#[test]
fn percentages_look_through_anonymous_blocks() {
    check(
        "<div style='height:200px;width:100px'>a<div style='height:5px'></div><b style='display:inline-block;width:10px;height:50%'></b></div>",
        &["div 8 8 100 200", "div 8 26 100 5", "b 8 31 10 100"],
    );
}

#[test]
fn the_end_of_an_inline_makes_no_line_before_a_block_in_it() {
    check("<b style='padding-right:10px'><div>x</div></b>", &["b 8 8 484 35", "div 8 8 484 18"]);
}

#[test]
fn a_marker_beside_a_formatting_context_makes_no_line_and_one_alone_makes_the_item_high() {
    check(
        "<ul style='margin:0'><li><div style='display:flow-root;height:40px'>x</div></li><li><div style='float:left;width:20px;height:5px'></div></li><li style='margin-top:20px'></li></ul><div style='height:5px'></div>",
        &[
            "ul 8 8 484 96",
            "li 48 8 444 40",
            "div 48 8 444 40",
            "li 48 48 444 18",
            "div 48 48 20 5",
            "li 48 86 444 18",
            "div 8 104 484 5",
        ],
    );
}

#[test]
fn inlines_that_are_drawn_count_for_the_area_of_those_around_that_are_not() {
    check(
        "<p style='margin:0'><u><b style='padding:5px'>x</b></u> <u style='background-color:red'><b style='padding:5px'>x</b></u></p>",
        &["p 8 8 484 18", "u 8 3 18 27", "b 8 3 18 27", "u 30 8 18 17", "b 30 3 18 27"],
    );
}

#[test]
fn what_scrolls_ends_after_collapsed_margins_and_leaves_out_what_is_empty() {
    let body = "<div style='width:100px;height:100px;overflow-x:auto;overflow-y:auto'>\
        <p style='height:100px;margin:0 0 30px'></p>\
        <p style='margin:0 0 100px'></p></div>\
        <div style='width:100px;height:50px;overflow-x:auto;overflow-y:auto'>\
        <p style='position:relative;left:300px;width:0px;margin:0'></p></div>";
    let (tree, document, styles) = support::lay_out(&format!("<!DOCTYPE html><body>{body}"));
    let json = fanlight_layout::geometry::boxes_json(&tree, &document, &styles);
    let boxes = json["boxes"].as_array().unwrap();
    let scroll: Vec<&serde_json::Value> =
        boxes.iter().filter(|found| found["tag"] == "div").map(|found| &found["scroll"]).collect();
    assert_eq!(scroll, [&serde_json::json!([100, 200]), &serde_json::json!([100, 50])]);
}

#[test]
fn quirks_mode_ignores_default_margins_at_the_start_of_the_body() {
    check_document("<body><p>a</p><p>b</p>", &["p 8 8 484 18", "p 8 42 484 18"]);
    check_document("<body><div><ul><li>a</ul></div>", &["div 8 8 484 18", "ul 8 8 484 18", "li 48 8 444 18"]);
    check_document("<!DOCTYPE html><body><p>a</p>", &["p 8 16 484 18"]);
}

#[test]
fn in_quirks_mode_the_body_fills_the_viewport_with_margins_that_collapsed() {
    let (tree, ..) = support::lay_out("<body><div style='margin-top:50px'>a</div>");
    assert_eq!(tree.scrollable_overflow.size.height.to_f32(), 300.0);
}

#[test]
fn quirks_mode_ignores_default_margins_at_the_edges_of_cells() {
    let rows = |cell: &str| format!("<body><table style='border-spacing:0 0'><tr><td>{cell}</table>");
    check_document(
        &rows("<p>a</p>"),
        &["table 8 8 9.109 20", "tbody 8 8 9.109 20", "tr 8 8 9.109 20", "td 8 8 9.109 20", "p 9 9 7.109 18"],
    );
}

#[test]
fn quirks_mode_heeds_margins_of_the_page_and_those_after_lists() {
    check_document(
        "<body><div style='display:table-cell'><p style='margin-top:1em'>a</p></div>",
        &["div 8 8 7.109 34", "p 8 24 7.109 18"],
    );
    check_document(
        "<body><div style='display:table-cell'><ul style='padding:0'>a</ul></div>",
        &["div 8 8 7.109 34", "ul 8 8 7.109 18"],
    );
}

#[test]
fn a_marker_stands_on_the_first_baseline_and_moves_what_is_lower() {
    check(
        "<ul style='line-height:40px'><li><p style='line-height:10px;margin:0'>ok</p></ul>\
         <ul style='line-height:10px'><li><p style='line-height:40px;margin:0'>ok</p></ul>\
         <ul><li><div style='height:5px'></div><p style='font-size:10px;margin:0'>a<br>b</p><p style='margin:0'>c</p></ul>",
        &[
            "ul 8 16 484 25",
            "li 48 16 444 25",
            "p 48 31 444 10",
            "ul 8 57 484 40",
            "li 48 57 444 40",
            "p 48 57 444 40",
            "ul 8 113 484 50",
            "li 48 113 444 50",
            "div 48 113 444 5",
            "p 48 123 444 22",
            "br 52.453 123 0 11",
            "p 48 145 444 18",
        ],
    );
}

#[test]
fn lines_of_list_items_have_a_strut_in_quirks_mode() {
    check_document(
        "<body><ul style='line-height:40px'><li><i style='line-height:10px'>a</i></ul>\
         <div style='line-height:40px'><i style='line-height:10px'>a</i></div>",
        &["ul 8 8 484 40", "li 48 8 444 40", "i 48 19 8 17", "div 8 64 484 10", "i 8 60 8 17"],
    );
}

#[test]
fn the_body_fills_the_viewport_but_for_margins_that_collapse_with_its_own_in_quirks_mode() {
    let (tree, document, _) = support::lay_out("<body><p>a</p><ul><li>b</li></ul>");
    let boxes = fanlight_layout::geometry::ElementBoxes::new(&tree);
    let root = document.document_element().expect("the parser makes one");
    let body = document.element_children(root).last().expect("the parser makes one");
    let bounds = boxes.get(body).expect("it has a box").bounds;
    assert_eq!((bounds.origin.y, bounds.size.height), (8.0, 300.0 - 8.0 - 16.0));
}

#[test]
fn ends_of_lines_ask_for_no_height_beside_anything_else_in_quirks_mode() {
    check_document(
        "<body><div style='line-height:20px'><i style='line-height:10px'>a</i><br></div>\
         <div style='line-height:20px'><br></div><div style='line-height:20px'><i></i><br>x</div>",
        &[
            "div 8 8 484 10",
            "i 8 4 8 17",
            "br 16 18 0 0",
            "div 8 18 484 20",
            "br 8 19 0 17",
            "div 8 38 484 40",
            "i 8 39 0 17",
            "br 8 39 0 17",
        ],
    );
}
