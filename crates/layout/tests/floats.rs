//! Floats, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn floats_go_as_high_and_as_far_as_they_can() {
    check(
        "<div style='width:200px'><div style='float:left;width:120px;height:20px'></div><div style='float:left;width:120px;height:20px'></div><div style='float:right;width:60px;height:50px'></div>floating text in between which wraps and wraps around all of these floats</div>",
        &["div 8 8 200 94", "div 8 8 120 20", "div 8 28 120 20", "div 148 28 60 50"],
    );
}

#[test]
fn a_float_moves_with_the_margin_of_what_follows() {
    check(
        "<div style='margin:10px'><div style='float:left;width:50px;height:50px'></div><div style='margin-top:30px'>text</div></div>",
        &["div 18 30 464 18", "div 18 30 50 50", "div 18 30 464 18"],
    );
}

#[test]
fn clearance_separates_margins() {
    check(
        "<div style='float:left;width:20px;height:40px'></div><div style='clear:left;margin-top:10px'>cleared</div><div style='float:left;width:20px;height:40px'></div><div style='clear:both;margin-top:60px'>far</div>",
        &["div 8 8 20 40", "div 8 48 484 18", "div 8 66 20 40", "div 8 126 484 18"],
    );
}

#[test]
fn an_empty_cleared_box_keeps_its_margin_in() {
    check(
        "<div style='background-color:red'><div style='float:left;width:20px;height:40px'></div><div style='clear:both;margin-bottom:20px'></div></div><div>after</div>",
        &["div 8 8 484 60", "div 8 8 20 40", "div 8 48 484 0", "div 8 68 484 18"],
    );
}

#[test]
fn formatting_contexts_stand_beside_floats_or_below() {
    check(
        "<div style='float:left;width:300px;height:30px'></div><div style='display:flow-root'>beside</div><div style='display:flow-root;width:250px'>below</div>",
        &["div 8 8 300 30", "div 308 8 184 18", "div 8 38 250 18"],
    );
}

#[test]
fn a_formatting_context_encloses_its_floats() {
    check(
        "<div style='display:flow-root'><div style='float:left;width:20px;height:40px;margin:5px'></div></div><div>after</div>",
        &["div 8 8 484 50", "div 13 13 20 40", "div 8 58 484 18"],
    );
}

#[test]
fn floats_in_lines_that_do_not_fit_wait() {
    check(
        "<div style='width:100px'>aaaa bbbb <div style='float:left;width:60px;height:30px'></div> cccc dddd eeee ffff</div>",
        &["div 8 8 100 72", "div 8 26 60 30"],
    );
}

#[test]
fn floats_that_a_margin_would_move_are_cleared_without_it() {
    check(
        "<div style='width:100px'><div style='float:left;width:100px;height:50px'></div><div style='clear:left;margin-top:200px'></div></div><div style='width:100px;height:50px'></div>",
        &["div 8 8 100 50", "div 8 8 100 50", "div 8 58 100 0", "div 8 58 100 50"],
    );
}

#[test]
fn clearance_of_a_box_holds_for_the_children_whose_margins_collapse_with_its_own() {
    check(
        "<div style='float:left;width:200px;height:100px'></div><div style='clear:left;margin-top:100px'><div style='height:100px;margin-top:-1000px'></div></div>",
        &["div 8 8 200 100", "div 8 108 484 100", "div 8 108 484 100"],
    );
}

#[test]
fn a_formatting_context_below_floats_leaves_them_where_they_are_without_its_margin() {
    check(
        "<div style='overflow-x:hidden;overflow-y:hidden;width:200px;height:200px'><div style='margin-top:-50px'><div><div style='float:left;width:200px;height:150px'></div></div><div style='margin-top:12345px;display:flow-root;width:200px;height:100px'></div></div></div>",
        &[
            "div 8 8 200 200",
            "div 8 -42 200 250",
            "div 8 -42 200 0",
            "div 8 -42 200 150",
            "div 8 108 200 100",
        ],
    );
}

#[test]
fn a_formatting_context_is_narrower_where_a_float_further_down_reaches_in() {
    check(
        "<div style='width:125px'><div style='float:left;width:0;height:50px'></div><div style='float:right;clear:left;width:25px;height:50px'></div><div style='display:flow-root;margin-left:-50px;height:100px'></div></div>",
        &["div 8 8 125 100", "div 8 8 0 50", "div 108 58 25 50", "div 8 8 100 100"],
    );
}

#[test]
fn floats_in_an_empty_box_move_with_the_margin_that_comes_after_it() {
    check(
        "<div style='height:1px'></div><div><div><div style='float:left;width:9px;height:9px'></div></div><div style='margin-top:100px'></div></div><div>x</div>",
        &[
            "div 8 8 484 1",
            "div 8 109 484 0",
            "div 8 109 484 0",
            "div 8 109 9 9",
            "div 8 109 484 0",
            "div 8 109 484 18",
        ],
    );
}

#[test]
fn a_line_break_clears_floats() {
    check(
        "<div>text<div style='float:left;width:20px;height:70px'></div><br style='clear:both'>after</div><div><div style='float:left;width:20px;height:70px'></div>x<br style='clear:both'></div>",
        &[
            "div 8 8 484 88",
            "div 8 8 20 70",
            "br 52 8 0 17",
            "div 8 96 484 70",
            "div 8 96 20 70",
            "br 36 96 0 17",
        ],
    );
}

#[test]
fn a_line_moves_aside_for_a_float_that_begins_beside_it() {
    check(
        "<div style='width:400px'><div style='float:left;clear:left;width:50px;height:75px'></div><div style='float:left;clear:left;width:100px;height:75px'></div><b style='display:inline-block;vertical-align:top;width:300px;height:50px'></b> <b style='display:inline-block;vertical-align:top;width:300px;height:50px'></b></div>",
        &["div 8 8 400 100", "div 8 8 50 75", "div 8 83 100 75", "b 58 8 300 50", "b 108 58 300 50"],
    );
}

#[test]
fn floats_before_a_line_stay_where_they_are_when_it_goes_below_them() {
    check(
        "<div style='width:100px;line-height:0'><div style='float:left;width:100px;height:50px'></div><div style='float:right;width:100px;height:10px'></div><b style='display:inline-block;width:100px;height:40px'></b></div>",
        &["div 8 8 100 100", "div 8 8 100 50", "div 8 58 100 10", "b 8 68 100 40"],
    );
}

#[test]
fn a_line_break_with_clear_goes_below_floats() {
    check(
        "<div style='width:100px'><div style='float:left;width:20px;height:50px'></div>a<br style='clear:left'><u>b</u><div style='float:right;width:20px;height:50px'></div><br style='clear:left'><u>c</u></div>",
        &[
            "div 8 8 100 86",
            "div 8 8 20 50",
            "br 35.109 8 0 17",
            "u 8 58 8 17",
            "div 88 58 20 50",
            "br 16 58 0 17",
            "u 8 76 7.109 17",
        ],
    );
}

#[test]
fn a_float_fits_beside_a_line_without_the_blank_before_it() {
    check(
        "<div style='width:60px;font-size:20px'><u style='display:inline-block;width:30px;height:5px'></u> <div style='float:left;width:30px;height:10px'></div></div>",
        &["div 8 8 60 23", "u 38 21 30 5", "div 8 8 30 10"],
    );
}

#[test]
fn floats_on_a_line_below_others_do_not_make_it_longer() {
    // As wide as the text with the wider of the two floats.
    check(
        "<div style='float:left'><div style='display:inline-block;width:50px;height:4px'></div><div style='float:left;width:10px;height:5px'></div><div style='float:left;clear:left;width:30px;height:5px'></div></div>",
        &["div 8 8 80 23", "div 18 18 50 4", "div 8 8 10 5", "div 8 26 30 5"],
    );
    // The float that clears the other takes its room on the line away, whichever side it goes to.
    check(
        "<div style='float:left'><div style='float:left;width:30px;height:5px'></div><div style='float:right;clear:left;width:40px;height:5px'></div><div style='display:inline-block;width:50px;height:4px'></div></div>",
        &["div 8 8 90 23", "div 8 8 30 5", "div 58 13 40 5", "div 8 23 50 4"],
    );
}

#[test]
fn lines_between_blocks_begin_beside_the_floats_before_them() {
    check(
        "<div style='float:left'><div></div><div style='float:left;width:30px;height:5px'></div><div style='display:inline-block;width:50px;height:4px'></div></div>",
        &["div 8 8 80 18", "div 8 8 80 0", "div 8 8 30 5", "div 38 18 50 4"],
    );
}

#[test]
fn a_formatting_context_with_a_negative_margin_overlaps_floats_where_it_is_measured() {
    check(
        "<div style='float:left'><div style='float:left;width:30px;height:5px'></div><div style='display:flow-root;margin-left:-10px;width:20px'></div></div>",
        &["div 8 8 40 5", "div 8 8 30 5", "div -2 13 20 0"],
    );
}

#[test]
fn a_float_on_a_line_that_clears_another_waits_for_the_end_of_the_line() {
    check(
        "<div>a<div style='float:right;width:10px;height:10px'></div><div style='float:left;clear:both;width:5px;height:5px'></div>b</div>",
        &["div 8 8 484 18", "div 482 8 10 10", "div 8 26 5 5"],
    );
}
