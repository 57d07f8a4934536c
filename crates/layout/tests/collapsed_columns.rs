//! Columns of tables with `visibility: collapse`, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn a_table_gets_its_width_before_its_columns_collapse() {
    check(
        "<table style='border-spacing:5px;width:300px'><col><col style='visibility:collapse'><col><tr><td style='padding:0'><div style='width:20px;height:5px'></div></td><td style='padding:0;width:30px'></td><td style='padding:0'><div style='width:40px;height:5px'></div></td></tr></table>",
        &[
            "table 8 8 265 15",
            "colgroup 13 13 255 5",
            "col 13 13 83.328 5",
            "col 96.328 13 0 0",
            "col 101.328 13 166.672 5",
            "tbody 13 13 255 5",
            "tr 13 13 255 5",
            "td 13 13 83.328 5",
            "div 13 13 20 5",
            "td 96.328 13 0 5",
            "td 101.328 13 166.672 5",
            "div 101.328 13 40 5",
        ],
    );
}

#[test]
fn what_is_around_a_table_has_room_for_its_collapsed_columns() {
    check(
        "<div style='float:left'><table style='border-spacing:5px'><col style='visibility:collapse'><tr><td style='padding:0;width:30px'></td><td style='padding:0'><div style='width:40px;height:5px'></div></td></tr></table></div>",
        &[
            "div 8 8 85 15",
            "table 8 8 50 15",
            "colgroup 13 8 0 0",
            "col 13 8 0 0",
            "tbody 13 13 40 5",
            "tr 13 13 40 5",
            "td 13 13 0 5",
            "td 13 13 40 5",
            "div 13 13 40 5",
        ],
    );
}

#[test]
fn rows_are_as_high_as_where_no_column_is_collapsed() {
    check(
        "<table style='border-spacing:0'><col style='visibility:collapse'><tr><td style='padding:0'>longer words</td><td style='padding:0'>a</td></tr></table>",
        &[
            "table 8 8 7.109 18",
            "colgroup 8 8 0 0",
            "col 8 8 0 0",
            "tbody 8 8 7.109 18",
            "tr 8 8 7.109 18",
            "td 8 8 0 18",
            "td 8 8 7.109 18",
        ],
    );
}

#[test]
fn spans_lose_what_is_collapsed() {
    check(
        "<table style='border-spacing:5px;width:300px'><col><col style='visibility:collapse'><col><tr><td style='padding:0'><div style='width:20px;height:5px'></div></td><td colspan='2' style='padding:0'><div style='width:30px;height:5px'></div></td></tr><tr><td style='padding:0;width:10px'></td><td style='padding:0'></td><td style='padding:0'></td></tr></table>",
        &[
            "table 8 8 165 20",
            "colgroup 13 13 155 10",
            "col 13 13 20 10",
            "col 33 13 0 0",
            "col 38 13 130 10",
            "tbody 13 13 155 10",
            "tr 13 13 155 5",
            "td 13 13 20 5",
            "div 13 13 20 5",
            "td 33 13 135 5",
            "div 33 13 30 5",
            "tr 13 23 155 0",
            "td 13 23 20 0",
            "td 33 23 0 0",
            "td 38 23 130 0",
        ],
    );
}
