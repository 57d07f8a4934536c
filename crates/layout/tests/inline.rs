//! Inline formatting, with numbers measured in Chromium.

mod support;

use support::{check, dump, lay_out};

#[test]
fn text_wraps_at_spaces() {
    check(
        "<p>Hello <b>bold world</b> and more text that wraps over the line because it is long enough for it, as this one is.</p>",
        &["p 8 16 484 36", "b 47.547 16 74.25 17"],
    );
}

#[test]
fn baselines_and_vertical_align() {
    check(
        "<div style='font-size:20px'>x <span style='vertical-align:top;font-size:30px'>Top</span> <span style='vertical-align:super'>sup</span> <span style='vertical-align:sub'>sub</span> <span style='vertical-align:-10px;padding:3px'>low</span> <span style='vertical-align:50%'>up</span></div>",
        &[
            "div 8 8 484 44.5",
            "span 23 8 46.234 33",
            "span 74.234 11.844 27.797 22",
            "span 107.031 24.5 27.797 22",
            "span 139.828 26.5 36 28",
            "span 180.828 8 20 22",
        ],
    );
}

#[test]
fn atomic_boxes_stand_on_their_last_baseline() {
    check(
        "<div style='display:inline-block'><p>ib</p><p>second</p></div> baseline <div style='display:inline-block;width:30px;height:60px'></div> <div style='display:inline-block;overflow-x:hidden;overflow-y:hidden;height:30px'>clipped</div>",
        &[
            "div 8 8 44.438 84",
            "p 8 24 44.438 18",
            "p 8 58 44.438 18",
            "div 112.859 12 30 60",
            "div 146.859 42 47.094 30",
        ],
    );
}

#[test]
fn line_height_and_indentation() {
    check(
        "<div style='width:200px;line-height:30px;text-indent:20px'>Some text in a block with a line height and an indentation, <span style='padding:0 10px;margin:0 5px'>span with padding that wraps</span> over.</div>",
        &["div 8 8 200 120", "span 8 74 160.313 47"],
    );
}

#[test]
fn alignment() {
    check(
        "<div style='text-align:right'>r <span style='display:inline-block;width:40px;height:10px'></span></div><div style='text-align:center'>c <b>b</b></div><div style='text-align:justify;width:120px'>justify <b>these</b> words please <b>over</b> lines</div><div style='text-align:justify;text-align-last:justify;width:200px'>a b c d<b>e</b></div>",
        &[
            "div 8 8 484 18",
            "span 452 12 40 10",
            "div 8 26 484 18",
            "b 251.094 26 8.906 17",
            "div 8 44 120 54",
            "b 93.344 44 34.656 17",
            "b 97.797 62 30.203 17",
            "div 8 98 200 18",
            "b 200.891 98 7.109 17",
        ],
    );
}

#[test]
fn words_that_fit_nowhere() {
    check(
        "<div style='width:60px;overflow-wrap:break-word'>Donaudampfschifffahrt</div><div style='width:100px;word-break:break-all'>abcdefghijklmnopqrstuvwxyz</div><div style='width:100px'>super&shy;cali&shy;fragilistic&shy;expialidocious</div><div style='width:50px;text-wrap-mode:nowrap'>no wrapping <b>at all</b></div>",
        &["div 8 8 60 54", "div 8 62 100 36", "div 8 98 100 54", "div 8 152 50 18", "b 92.438 152 34.219 17"],
    );
}

#[test]
fn white_space() {
    check(
        "<div style='white-space-collapse:preserve;width:50px'>a b   c d    e f g h i  j</div><div style='white-space-collapse:preserve-breaks'>a\nb   c</div><div>  a  <b> b </b> <i> c</i> </div>",
        &[
            "div 8 8 50 54",
            "div 8 62 484 36",
            "div 8 98 484 18",
            "b 19.109 98 12.906 17",
            "i 32.016 98 7.109 17",
        ],
    );
}

#[test]
fn line_breaks() {
    check(
        "<u>under<b>bold</b></u> text<br>after break<br><br>two",
        &["u 8 8 66.688 17", "b 44.438 8 30.25 17", "br 102.688 8 0 17", "br 76.844 26 0 17", "br 8 44 0 17"],
    );
}

#[test]
fn reading_from_right_to_left() {
    check(
        "<div style='direction:rtl;width:300px'>right to left <b>bold</b> text <span style='padding:0 5px 0 9px'>a b</span>.</div>",
        &["div 8 8 300 18", "b 212.641 8 30.25 17", "span 274.891 8 33.109 17"],
    );
}

#[test]
fn markers_take_no_room_outside() {
    check(
        "<ol><li>One<li style='list-style-position:inside'>Two</ol><ul><li><div>block</div></li></ul>",
        &[
            "ol 8 16 484 36",
            "li 48 16 444 18",
            "li 48 34 444 18",
            "ul 8 68 484 18",
            "li 48 68 444 18",
            "div 48 68 444 18",
        ],
    );
}

#[test]
fn an_inline_box_around_blocks_is_as_long_as_lines_are() {
    check(
        "<a><div style='width:100px;margin-left:20px;height:30px'></div></a><a>x<div style='height:20px'></div></a>",
        &["a 8 8 484 30", "div 28 8 100 30", "a 8 38 484 38", "div 8 56 484 20"],
    );
}

#[test]
fn text_is_kerned_across_inline_boxes_that_take_no_room() {
    check(
        "<div><span>A</span>V <span style='padding-right:1px'>A</span>V <span style='margin-left:10%'>V</span></div>",
        &["div 8 8 484 18", "span 8 8 9.5 17", "span 31.891 8 12.563 17", "span 108.109 8 11.563 17"],
    );
}

#[test]
fn text_is_not_kerned_with_what_is_on_another_line() {
    check(
        "<div style='width:70px'><span>bbbb AV</span><span>AVA</span></div><div style='width:60px'><span>bbbb </span><span>To </span><span>AVA</span></div>",
        &[
            "div 8 8 70 36",
            "span 8 8 32 35",
            "span 29.047 26 30.547 17",
            "div 8 44 60 36",
            "span 8 44 35.719 17",
            "span 43.719 44 16.656 17",
            "span 8 62 30.547 17",
        ],
    );
}

#[test]
fn line_heights_that_are_lengths_are_rounded_and_factors_cut_off() {
    check(
        "<div style='line-height:19.2px'>x</div><div style='line-height:1.2'>x</div>",
        &["div 8 8 484 19.203", "div 8 27.203 484 19.188"],
    );
}

#[test]
fn a_line_may_be_too_long_by_what_rounding_adds() {
    check(
        "<div style='width:19.984375px'>b b</div><div style='width:19.96875px'>b b</div>",
        &["div 8 8 19.984 18", "div 8 26 19.969 36"],
    );
}

#[test]
fn sizes_of_fonts_are_cut_to_hundredths() {
    check(
        "<div><span style='font-size:18.72px'>mmmmmmmmmmmmmmmmmmmmmmmmm</span></div>",
        &["div 8 8 484 22", "span 8 8 363.703 21"],
    );
}

#[test]
fn a_marker_before_the_line_leaves_it_at_its_start() {
    check("<ul><li> <span>x</span></li></ul>", &["ul 8 16 484 18", "li 48 16 444 18", "span 48 16 8 17"]);
}

#[test]
fn blanks_hang_at_the_left_end_of_right_to_left_lines() {
    check(
        "<div style='direction:rtl;width:50px'><span style='white-space-collapse:preserve'>bbb  bbb</span></div><div style='direction:rtl;width:60px'>bbb <span style='white-space-collapse:preserve'> bbb</span></div>",
        &["div 8 8 50 36", "span 26 8 32 35", "div 8 44 60 18", "span 40 44 28 17"],
    );
}

#[test]
fn lines_of_source_are_kept_apart_by_a_space_in_every_script() {
    let found = dump("<p>&#x6f22;\n&#x5b57;</p>");
    assert!(found.contains("漢 字"), "{found}");
}

#[test]
fn tabs_belong_to_the_lines_of_their_text() {
    let (tree, document, _) = lay_out("<!DOCTYPE html><body><pre>\tx</pre>");
    let text = document
        .descendants(fanlight_dom::NodeId::DOCUMENT)
        .find(|&node| document.node(node).text().is_some_and(|text| text == "\tx"));
    let lines = fanlight_layout::geometry::ElementBoxes::new(&tree).lines(text.expect("it is parsed"));
    let found: Vec<_> = lines.iter().map(|line| (line.range.clone(), line.bounds.origin.x)).collect();
    assert_eq!(found, [(0..2, 8.0)]);
}

#[test]
fn a_marker_goes_past_inline_boxes_that_make_no_line() {
    check(
        "<ul><li><a></a><p>text</p></li><li><a></a></li><li><span style='padding-left:3px'></span><p>y</p></li></ul>",
        &[
            "ul 8 16 484 104",
            "li 48 16 444 18",
            "a 48 16 0 0",
            "p 48 16 444 18",
            "li 48 50 444 18",
            "a 48 50 0 17",
            "li 48 68 444 52",
            "span 48 68 3 17",
            "p 48 102 444 18",
        ],
    );
}

#[test]
fn a_marker_goes_into_a_block_that_comes_first_in_an_inline_box() {
    check(
        "<ul style='margin:0'><li><a><p style='margin:5px 0;height:10px'>x</p></a></li></ul>",
        &["ul 8 8 484 10", "li 48 8 444 10", "a 48 8 444 10", "p 48 8 444 10"],
    );
}

#[test]
fn an_inline_box_that_shows_nothing_has_the_area_of_a_padded_box_inside() {
    check("<b><u style='padding:5px'>x</u></b>", &["b 8 3 18 27", "u 8 3 18 27"]);
}

#[test]
fn a_marker_inside_takes_the_room_of_its_shape() {
    check(
        "<div style='display:list-item;list-style-position:inside;list-style-type:disc;letter-spacing:5px;font-size:20px'><p style='display:inline-block;margin:0;width:10px;height:10px'></p></div>",
        &["div 8 8 484 23", "p 35 16 10 10"],
    );
}

#[test]
fn an_inline_block_stands_on_the_end_of_a_block_inside_that_scrolls() {
    check(
        "x<span style='display:inline-block'><div>a</div><div style='overflow:hidden;height:10px;margin-bottom:4px'>b</div></span><b style='display:inline-block;width:5px;height:5px'></b>",
        &["span 16 8 8 32", "div 16 8 8 18", "div 16 26 8 10", "b 24 35 5 5"],
    );
}

#[test]
fn no_line_ends_after_a_marker_outside() {
    check(
        "<ul style='width:20px'><li>loooooong<li><b>loooooong</b></ul>",
        &["ul 8 16 60 36", "li 48 16 20 18", "li 48 34 20 18", "b 48 34 69.344 17"],
    );
}

#[test]
fn small_capitals_are_imitated() {
    check("<span style='font-variant-caps:small-caps'>FPDoc</span>", &["span 8 8 44.641 17"]);
}
