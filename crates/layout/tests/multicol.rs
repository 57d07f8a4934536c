//! Multi-column containers and what is broken over their columns, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn columns_are_balanced_between_blocks() {
    check(
        "<div style='width:320px;columns:3;column-gap:10px'><p style='height:50px;margin:0'></p><p style='height:50px;margin:0'></p><p style='height:50px;margin:0'></p></div>",
        &["div 8 8 320 50", "p 8 8 100 50", "p 118 8 100 50", "p 228 8 100 50"],
    );
}

#[test]
fn columns_are_filled_one_after_the_other() {
    check(
        "<div style='width:320px;height:70px;columns:3;column-gap:10px;column-fill:auto'><p style='height:50px;margin:0'></p><p style='height:50px;margin:0;break-inside:avoid'></p></div>",
        &["div 8 8 320 70", "p 8 8 100 50", "p 118 8 100 50"],
    );
}

#[test]
fn what_does_not_fit_overflows_in_further_columns() {
    check(
        "<div style='width:210px;height:50px;columns:2;column-gap:10px'><i style='display:block;height:50px'></i><b style='display:block;height:50px'></b><u style='display:block;height:50px'></u></div>",
        &["div 8 8 210 50", "i 8 8 100 50", "b 118 8 100 50", "u 228 8 100 50"],
    );
}

#[test]
fn forced_breaks_end_columns() {
    check(
        "<div style='width:320px;columns:3;column-gap:10px'><i style='display:block;height:10px'></i><b style='display:block;height:20px;break-before:column'></b><u style='display:block;height:30px;break-before:column'></u></div>",
        &["div 8 8 320 30", "i 8 8 100 10", "b 118 8 100 20", "u 228 8 100 30"],
    );
}

#[test]
fn margins_are_truncated_at_unforced_breaks_and_kept_after_forced_ones() {
    check(
        "<div style='width:320px;height:60px;columns:3;column-gap:10px;column-fill:auto'><i style='display:block;height:50px;margin-bottom:20px'></i><b style='display:block;height:50px;margin-top:8px'></b><u style='display:block;height:10px;margin-top:5px;break-before:column'></u></div>",
        &["div 8 8 320 60", "i 8 8 100 50", "b 118 8 100 50", "u 228 13 100 10"],
    );
}

#[test]
fn a_break_is_avoided_where_another_is_possible() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><i style='display:block;height:40px'></i><b style='display:block;height:40px;break-after:avoid'></b><u style='display:block;height:40px;break-inside:avoid'></u></div>",
        &["div 8 8 210 100", "i 8 8 100 40", "b 118 8 100 40", "u 118 48 100 40"],
    );
}

#[test]
fn a_spanning_box_ends_a_row_of_columns() {
    check(
        "<div style='width:210px;columns:2;column-gap:10px'><i style='display:block;height:40px'></i><b style='display:block;height:30px;margin:5px 0;column-span:all'></b><u style='display:block;height:60px'></u></div>",
        &["div 8 8 210 90", "i 8 8 210 20", "b 8 33 210 30", "u 8 68 210 30"],
    );
}

#[test]
fn a_spanning_box_splits_what_is_around() {
    check(
        "<div style='width:210px;columns:2;column-gap:10px'><section style='border:2px solid'><i style='display:block;height:40px'></i><b style='display:block;height:30px;column-span:all'></b><u style='display:block;height:60px'></u></section></div>",
        &["div 8 8 210 82", "section 8 8 210 82", "i 10 8 206 21", "b 8 29 210 30", "u 10 59 206 31"],
    );
}

#[test]
fn a_spanning_box_in_a_formatting_context_stays_in_it() {
    check(
        "<div style='width:210px;columns:2;column-gap:10px'><section style='display:flow-root'><b style='display:block;height:30px;column-span:all'></b></section></div>",
        &["div 8 8 210 15", "section 8 8 210 15", "b 8 8 210 15"],
    );
}

#[test]
fn borders_and_padding_are_at_the_ends_of_a_box() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><section style='border:10px solid;padding:5px'><i style='display:block;height:100px'></i></section></div>",
        &["div 8 8 210 100", "section 8 8 210 100", "i 23 8 180 100"],
    );
}

#[test]
fn cloned_edges_take_room_in_every_column() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><section style='border:10px solid;box-decoration-break:clone'><i style='display:block;height:100px'></i></section></div>",
        &["div 8 8 210 100", "section 8 8 210 100", "i 18 18 190 80"],
    );
}

#[test]
fn a_float_goes_on_beside_what_follows() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><i style='float:left;width:20px;height:150px'></i><b style='display:block;height:90px'></b><u style='display:block;height:20px;clear:left'></u></div>",
        &["div 8 8 210 100", "i 8 8 130 100", "b 8 8 100 90", "u 118 58 100 20"],
    );
}

#[test]
fn what_overflows_a_box_goes_on_beside_what_follows_it() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><section style='height:60px'><i style='display:block;height:150px'></i></section><b style='display:block;height:60px'></b></div>",
        &["div 8 8 210 100", "section 8 8 100 60", "i 8 8 210 100", "b 8 8 210 100"],
    );
}

#[test]
fn a_positioned_box_is_broken_in_its_containing_block() {
    check(
        "<div style='width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><section style='position:relative;height:150px'><i style='position:absolute;top:80px;left:10px;width:20px;height:60px'></i><b style='position:absolute;bottom:0;right:0;width:20px;height:30px'></b></section></div>",
        &["div 8 8 210 100", "section 8 8 210 100", "i 18 8 130 100", "b 198 28 20 30"],
    );
}

#[test]
fn a_positioned_box_in_the_container_itself_is_not_broken() {
    check(
        "<div style='position:relative;width:210px;height:100px;columns:2;column-gap:10px;column-fill:auto'><i style='position:absolute;top:80px;left:10px;width:20px;height:60px'></i></div>",
        &["div 8 8 210 100", "i 18 88 20 60"],
    );
}

#[test]
fn columns_in_columns_go_on_in_the_next_one() {
    check(
        "<div style='width:210px;height:50px;columns:2;column-gap:10px;column-fill:auto'><section style='columns:2;column-gap:0'><i style='display:block;height:200px'></i></section></div>",
        &["div 8 8 210 50", "section 8 8 210 50", "i 8 8 210 50"],
    );
}

#[test]
fn what_scrolls_is_not_broken() {
    check(
        "<div style='width:210px;height:50px;columns:2;column-gap:10px;column-fill:auto'><i style='display:block;height:30px'></i><b style='display:block;height:30px;overflow:auto'></b></div>",
        &["div 8 8 210 50", "i 8 8 100 30", "b 118 8 100 30"],
    );
}

#[test]
fn columns_follow_the_writing_mode() {
    check(
        "<div style='writing-mode:vertical-rl;width:100px;height:210px;columns:2;column-gap:10px;column-fill:auto'><i style='display:block;block-size:60px'></i><b style='display:block;block-size:60px'></b></div>",
        &["div 8 8 100 210", "i 48 8 60 100", "b 8 8 100 210"],
    );
}

#[test]
fn columns_run_from_right_to_left() {
    check(
        "<div style='direction:rtl;width:210px;height:50px;columns:2;column-gap:10px;column-fill:auto'><i style='display:block;height:50px'></i><b style='display:block;height:50px'></b></div>",
        &["div 8 8 210 50", "i 118 8 100 50", "b 8 8 100 50"],
    );
}

#[test]
fn a_container_is_as_wide_as_its_columns_ask_for() {
    check(
        "<div style='width:max-content;columns:3;column-gap:10px'><i style='display:block;width:50px;height:10px'></i></div><div style='width:max-content;columns:2;column-gap:10px'><i style='display:block;width:50px;height:10px'></i><b style='display:block;width:150px;height:10px;column-span:all'></b></div>",
        &[
            "div 8 8 170 3.344",
            "i 8 8 170 3.344",
            "div 8 11.344 150 15",
            "i 8 11.344 130 5",
            "b 8 16.344 150 10",
        ],
    );
}

#[test]
fn orphans_and_widows_keep_lines_together() {
    check(
        "<div style='width:210px;height:60px;columns:2;column-gap:10px;column-fill:auto;line-height:20px'><section style='orphans:1;widows:2'><a style='display:inline-block;vertical-align:top;width:100px;height:20px'></a><a style='display:inline-block;vertical-align:top;width:100px;height:20px'></a><a style='display:inline-block;vertical-align:top;width:100px;height:20px'></a><a style='display:inline-block;vertical-align:top;width:100px;height:20px'></a></section></div>",
        &[
            "div 8 8 210 60",
            "section 8 8 210 60",
            "a 8 8 100 20",
            "a 8 28 100 20",
            "a 118 8 100 20",
            "a 118 28 100 20",
        ],
    );
}
