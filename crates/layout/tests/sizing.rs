//! Sizes that content and ratios give, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn percentages_of_padding_count_in_what_an_item_asks_for_once_they_are_known() {
    check(
        "<div style='display:inline-flex'><div style='padding:25%'><div style='width:20px;height:20px'></div></div></div>",
        &["div 8 8 20 30", "div 8 8 30 30", "div 13 13 20 20"],
    );
}

#[test]
fn sizes_that_ask_for_content_come_from_the_ratio() {
    check(
        "<div style='width:100px;height:max-content;aspect-ratio:2'></div><div style='width:100px;min-height:min-content;aspect-ratio:2'><div style='height:80px'></div></div>",
        &["div 8 8 100 50", "div 8 58 100 50", "div 8 58 100 80"],
    );
}

#[test]
fn a_box_with_a_ratio_contributes_no_less_than_its_content() {
    check(
        "<div style='float:left'><div style='height:20px;aspect-ratio:1/2'><div style='width:50px;height:10px'></div></div></div>",
        &["div 8 8 50 20", "div 8 8 50 20", "div 8 8 50 10"],
    );
}

#[test]
fn the_least_of_transferred_limits_counts_most() {
    check(
        "<div style='float:left;height:100px'><div style='width:min-content;min-height:80px;max-height:25px;aspect-ratio:1'></div></div>",
        &["div 8 8 80 100", "div 8 8 80 80"],
    );
}

#[test]
fn orthogonal_content_has_no_baseline_for_a_line() {
    check(
        "<div style='line-height:0'><div style='display:inline-block;vertical-align:baseline'><div style='writing-mode:vertical-lr;width:30px;height:20px'></div></div><div style='display:inline-block;width:10px;height:5px'></div></div>",
        &["div 8 8 484 20", "div 8 8 30 20", "div 8 8 30 20", "div 38 23 10 5"],
    );
}

#[test]
fn a_definite_block_size_within_its_limits_gives_no_others() {
    check(
        "<div style='height:50px;max-height:20px;aspect-ratio:1'><div style='width:40px;height:10px'></div></div>",
        &["div 8 8 40 20", "div 8 8 40 10"],
    );
}

#[test]
fn floats_are_beside_the_lines_of_an_anonymous_block() {
    check(
        "<div style='width:max-content'><div style='float:left;width:20px;height:10px'></div><span style='display:inline-block;width:30px;height:10px;vertical-align:top'></span><div></div></div>",
        &["div 8 8 50 18", "div 8 8 20 10", "span 28 8 30 10", "div 8 26 50 0"],
    );
}

#[test]
fn a_ratio_makes_the_height_of_replaced_content_follow_from_its_natural_width() {
    check("<canvas width=40 height=30 style='display:block;aspect-ratio:2'></canvas>", &["canvas 8 8 40 20"]);
    // It is that of the content box, whatever `box-sizing` says.
    check(
        "<canvas width=20 height=50 style='display:block;aspect-ratio:20/50;padding:0 80px 50px 0;box-sizing:border-box;max-height:100px'></canvas>",
        &["canvas 8 8 100 100"],
    );
}

#[test]
fn a_video_that_shows_nothing_has_no_ratio() {
    check("<video style='width:50px;display:block'></video>", &["video 8 8 50 150"]);
    check("<video style='height:50px;display:block'></video>", &["video 8 8 300 50"]);
}

#[test]
fn the_size_of_a_canvas_is_read_leniently() {
    check("<canvas width=20px height=60.7 style='display:block'></canvas>", &["canvas 8 8 20 60"]);
}
