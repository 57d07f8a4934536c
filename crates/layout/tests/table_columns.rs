//! Columns of tables and what gives them their widths, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn columns_at_the_end_that_only_spans_reach_are_none() {
    check(
        "<table><tr><td colspan='4' style='width:20%'><div style='height:5px'></div></td></tr></table>",
        &["table 8 8 14 11", "tbody 10 10 10 7", "tr 10 10 10 7", "td 10 10 10 7", "div 11 11 8 5"],
    );
}

#[test]
fn shares_of_columns_that_only_spans_reach_are_kept() {
    check(
        "<table style='border-spacing:0'><tr><td colspan='2' style='width:40%'>aaaaaaa</td><td>b</td></tr></table>",
        &[
            "table 8 8 129.297 20",
            "tbody 8 8 129.297 20",
            "tr 8 8 129.297 20",
            "td 8 8 51.719 20",
            "td 59.719 8 77.578 20",
        ],
    );
}

#[test]
fn a_minimum_width_makes_no_column() {
    check(
        "<table><col style='min-width:100px'><col style='min-width:30px'><tr><td>a</td></tr></table>",
        &[
            "table 8 8 104 24",
            "colgroup 10 10 100 20",
            "col 10 10 100 20",
            "col 10 10 0 0",
            "tbody 10 10 100 20",
            "tr 10 10 100 20",
            "td 10 10 100 20",
        ],
    );
}

#[test]
fn a_group_gives_columns_its_length_but_not_its_share_nor_its_minimum() {
    check(
        "<div><table><colgroup style='width:50px'><col><col></colgroup><tr><td>a</td><td>b</td></tr></table><table><colgroup style='width:20%;min-width:90px'><col><col></colgroup><tr><td>a</td><td>b</td></tr></table></div>",
        &[
            "div 8 8 484 48",
            "table 8 8 106 24",
            "colgroup 10 10 102 20",
            "col 10 10 50 20",
            "col 62 10 50 20",
            "tbody 10 10 102 20",
            "tr 10 10 102 20",
            "td 10 10 50 20",
            "td 62 10 50 20",
            "table 8 32 25.109 24",
            "colgroup 10 34 21.109 20",
            "col 10 34 9.109 20",
            "col 21.109 34 10 20",
            "tbody 10 34 21.109 20",
            "tr 10 34 21.109 20",
            "td 10 34 9.109 20",
            "td 21.109 34 10 20",
        ],
    );
}

#[test]
fn a_group_gives_columns_nothing_in_the_fixed_mode() {
    check(
        "<table style='table-layout:fixed;width:300px;border-spacing:0'><colgroup style='width:50px'><col><col></colgroup><tr><td>a</td><td>b</td></tr></table>",
        &[
            "table 8 8 300 20",
            "colgroup 8 8 300 20",
            "col 8 8 150 20",
            "col 158 8 150 20",
            "tbody 8 8 300 20",
            "tr 8 8 300 20",
            "td 8 8 150 20",
            "td 158 8 150 20",
        ],
    );
}

#[test]
fn shares_do_not_count_in_what_a_table_asks_of_flex_containers() {
    check(
        "<div style='display:flex'><table style='border-spacing:0'><tr><td style='width:10%;padding:0'><div style='width:20px;height:5px'></div></td></tr></table></div>",
        &["div 8 8 484 5", "table 8 8 20 5", "tbody 8 8 20 5", "tr 8 8 20 5", "td 8 8 20 5", "div 8 8 20 5"],
    );
}

#[test]
fn shares_do_not_count_in_what_a_table_asks_of_cells() {
    check(
        "<table style='border-spacing:0'><tr><td><div><table style='border-spacing:0'><tr><td style='width:10%;padding:0'><div style='width:20px;height:5px'></div></td></tr></table></div></td></tr></table>",
        &[
            "table 8 8 22 7",
            "tbody 8 8 22 7",
            "tr 8 8 22 7",
            "td 8 8 22 7",
            "div 9 9 20 5",
            "table 9 9 20 5",
            "tbody 9 9 20 5",
            "tr 9 9 20 5",
            "td 9 9 20 5",
            "div 9 9 20 5",
        ],
    );
}

#[test]
fn shares_count_in_a_box_that_is_positioned_outside_of_the_flex_container() {
    check(
        "<div style='display:flex'><div style='position:absolute'><table style='border-spacing:0'><tr><td style='width:10%;padding:0'><div style='width:20px;height:5px'></div></td></tr></table></div></div>",
        &[
            "div 8 8 484 0",
            "div 8 8 200 5",
            "table 8 8 200 5",
            "tbody 8 8 200 5",
            "tr 8 8 200 5",
            "td 8 8 200 5",
            "div 8 8 20 5",
        ],
    );
}

#[test]
fn a_column_whose_share_is_used_up_makes_the_table_as_wide_as_it_can_be() {
    check(
        "<table style='border-spacing:0'><tr><td style='width:100%'></td><td style='width:100%'></td></tr></table>",
        &["table 8 8 484 2", "tbody 8 8 484 2", "tr 8 8 484 2", "td 8 8 482 2", "td 490 8 2 2"],
    );
}

#[test]
fn a_span_of_columns_is_one_area() {
    check(
        "<table style='border-spacing:5px'><col span='2' style='width:30px'><tr><td><div style='height:10px'></div></td><td></td></tr></table>",
        &[
            "table 8 8 75 22",
            "colgroup 13 13 65 12",
            "col 13 13 65 12",
            "tbody 13 13 65 12",
            "tr 13 13 65 12",
            "td 13 13 30 12",
            "div 14 14 28 10",
            "td 48 13 30 12",
        ],
    );
}

#[test]
fn the_length_of_a_span_is_not_that_of_the_one_column_left_of_it() {
    check(
        "<table style='width:200px;border-spacing:0'><tr><td></td><td colspan='3' style='width:40px'></td></tr></table>",
        &["table 8 8 200 2", "tbody 8 8 200 2", "tr 8 8 200 2", "td 8 8 9.078 2", "td 17.078 8 190.922 2"],
    );
}

#[test]
fn collapsed_borders_end_where_the_last_column_does() {
    check(
        "<table style='border-collapse:collapse'><tr><td style='border:20px solid'></td></tr><tr><td colspan='3'></td></tr></table>",
        &[
            "table 8 8 42 44",
            "tbody 18 18 22 34",
            "tr 18 18 22 22",
            "td 18 18 22 22",
            "tr 18 40 22 12",
            "td 18 40 22 12",
        ],
    );
}
