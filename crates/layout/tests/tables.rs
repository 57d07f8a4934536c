//! Tables, with numbers measured in Chromium.

mod support;

use support::{check, dump};

#[test]
fn columns_are_as_wide_as_their_contents() {
    check(
        "<table><tr><td>a</td><td>bbb</td></tr><tr><td>cc</td><td>d</td></tr></table>",
        &[
            "table 8 8 48.203 46",
            "tbody 10 10 44.203 42",
            "tr 10 10 44.203 20",
            "td 10 10 16.203 20",
            "td 28.203 10 26 20",
            "tr 10 32 44.203 20",
            "td 10 32 16.203 20",
            "td 28.203 32 26 20",
        ],
    );
}

#[test]
fn surplus_goes_to_automatic_columns() {
    check(
        "<table style='width:100%'><tr><td style='width:25%'>a</td><td>bbb</td><td style='width:80px'>c</td></tr></table>",
        &[
            "table 8 8 484 24",
            "tbody 10 10 480 20",
            "tr 10 10 480 20",
            "td 10 10 119 20",
            "td 131 10 275 20",
            "td 408 10 82 20",
        ],
    );
}

#[test]
fn narrow_tables_wrap_between_minimum_and_maximum() {
    check(
        "<div style='width:100px'><table><tr><td>some words that wrap</td><td>more words</td></tr></table></div>",
        &[
            "div 8 8 100 78",
            "table 8 8 100 78",
            "tbody 10 10 96 74",
            "tr 10 10 96 74",
            "td 10 10 49.75 74",
            "td 61.75 10 44.25 74",
        ],
    );
}

#[test]
fn spanning_cells_widen_their_columns() {
    check(
        "<table><tr><td colspan='2'>a quite long cell</td><td>x</td></tr><tr><td>b</td><td>ccc</td><td>d</td></tr></table>",
        &[
            "table 8 8 120.641 46",
            "tbody 10 10 116.641 42",
            "tr 10 10 116.641 20",
            "td 10 10 104.641 20",
            "td 116.641 10 10 20",
            "tr 10 32 116.641 20",
            "td 10 32 30.797 20",
            "td 42.797 32 71.844 20",
            "td 116.641 32 10 20",
        ],
    );
}

#[test]
fn columns_without_cells_of_their_own_vanish() {
    check(
        "<table style='width:200px'><tr><td colspan='5'>abc</td></tr><tr><td>x</td><td>y</td></tr></table>",
        &[
            "table 8 8 200 46",
            "tbody 10 10 196 42",
            "tr 10 10 196 20",
            "td 10 10 196 20",
            "tr 10 32 196 20",
            "td 10 32 96.922 20",
            "td 108.922 32 97.078 20",
        ],
    );
}

#[test]
fn fixed_layout_reads_columns_and_the_first_row() {
    check(
        "<table style='table-layout:fixed;width:300px'><tr><td style='width:100px'>a</td><td>bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb</td><td style='width:20%'>c</td></tr></table><table style='table-layout:fixed;width:300px'><col style='width:50px'><col><col style='width:30%'><tr><td colspan='2'>a</td><td>b</td></tr></table>",
        &[
            "table 8 8 300 24",
            "tbody 10 10 296 20",
            "tr 10 10 296 20",
            "td 10 10 102 20",
            "td 114 10 129.609 20",
            "td 245.609 10 60.391 20",
            "table 8 32 300 24",
            "colgroup 10 34 296 20",
            "col 10 34 50 20",
            "col 62 34 154.406 20",
            "col 218.406 34 87.594 20",
            "tbody 10 34 296 20",
            "tr 10 34 296 20",
            "td 10 34 206.406 20",
            "td 218.406 34 87.594 20",
        ],
    );
}

#[test]
fn cells_that_span_rows_make_them_higher() {
    check(
        "<table><tr><td rowspan='2'>a<br>b<br>c<br>d</td><td>x</td></tr><tr><td>y<br>z</td></tr></table><table><tr><td rowspan='0'>a</td><td>x</td></tr><tr><td>y</td></tr></table>",
        &[
            "table 8 8 26 78",
            "tbody 10 10 22 74",
            "tr 10 10 22 24.813",
            "td 10 10 10 74",
            "br 18.109 11 0 17",
            "br 19 29 0 17",
            "br 18.109 47 0 17",
            "td 22 10 10 24.813",
            "tr 10 36.813 22 47.188",
            "td 22 36.813 10 47.188",
            "br 31 42.406 0 17",
            "table 8 86 25.109 46",
            "tbody 10 88 21.109 42",
            "tr 10 88 21.109 20",
            "td 10 88 9.109 42",
            "td 21.109 88 10 20",
            "tr 10 110 21.109 20",
            "td 21.109 110 10 20",
        ],
    );
}

#[test]
fn rows_share_the_height_of_the_table() {
    check(
        "<table style='height:200px'><tr style='height:50px'><td>a</td></tr><tr><td>b</td></tr><tr><td>c<br>d</td></tr></table><table style='height:300px'><tr style='height:60%'><td>a</td></tr><tr style='height:60%'><td>b</td></tr><tr><td>c</td></tr></table>",
        &[
            "table 8 8 14 200",
            "tbody 10 10 10 196",
            "tr 10 10 10 50",
            "td 10 10 10 50",
            "tr 10 62 10 48.953",
            "td 10 62 10 48.953",
            "tr 10 112.953 10 93.047",
            "td 10 112.953 10 93.047",
            "br 18.109 141.469 0 17",
            "table 8 208 14 300",
            "tbody 10 210 10 296",
            "tr 10 210 10 162.813",
            "td 10 210 10 162.813",
            "tr 10 374.813 10 109.188",
            "td 10 374.813 10 109.188",
            "tr 10 486 10 20",
            "td 10 486 10 20",
        ],
    );
}

#[test]
fn contents_are_aligned_in_their_cells() {
    check(
        "<table style='height:100px'><tr><td><div style='height:20px'>m</div></td><td style='vertical-align:bottom'><div style='height:30px'></div></td><td style='vertical-align:top'><div>t</div></td></tr></table>",
        &[
            "table 8 8 30.906 100",
            "tbody 10 10 26.906 96",
            "tr 10 10 26.906 96",
            "td 10 10 14.453 96",
            "div 11 48 12.453 20",
            "td 26.453 10 2 96",
            "div 27.453 75 0 30",
            "td 30.453 10 6.453 96",
            "div 31.453 11 4.453 18",
        ],
    );
}

#[test]
fn cells_share_a_baseline() {
    check(
        "<table><tr><td style='vertical-align:baseline;font-size:30px'><div>A</div></td><td style='vertical-align:baseline'><div>b<br>c</div></td><td style='vertical-align:baseline;height:80px'><div>d</div></td></tr></table>",
        &[
            "table 8 8 51.672 86",
            "tbody 10 10 47.672 82",
            "tr 10 10 47.672 82",
            "td 10 10 23.672 82",
            "div 11 11 21.672 34",
            "td 35.672 10 10 82",
            "div 36.672 24 8 36",
            "br 44.672 24 0 17",
            "td 47.672 10 10 82",
            "div 48.672 24 8 18",
        ],
    );
}

#[test]
fn captions_stand_above_or_below_the_grid() {
    check(
        "<table style='width:200px;height:100px'><caption>top</caption><caption style='caption-side:bottom;margin-top:5px'>bottom</caption><tr><td>x</td></tr></table>",
        &[
            "table 8 8 200 141",
            "caption 8 8 200 18",
            "caption 8 131 200 18",
            "tbody 10 28 196 96",
            "tr 10 28 196 96",
            "td 10 28 196 96",
        ],
    );
}

#[test]
fn header_and_footer_stand_first_and_last() {
    check(
        "<table><tfoot><tr><td>foot</td></tr></tfoot><tbody><tr><td>body</td></tr></tbody><thead><tr><td>head</td></tr></thead></table>",
        &[
            "table 8 8 38 68",
            "tfoot 10 54 34 20",
            "tr 10 54 34 20",
            "td 10 54 34 20",
            "tbody 10 32 34 20",
            "tr 10 32 34 20",
            "td 10 32 34 20",
            "thead 10 10 34 20",
            "tr 10 10 34 20",
            "td 10 10 34 20",
        ],
    );
}

#[test]
fn collapsed_borders_are_shared() {
    check(
        "<table style='border-collapse:collapse;border-width:4px;border-style:solid'><tr><td style='border-width:1px;border-style:solid'>a</td><td style='border-width:6px;border-style:solid'>b</td></tr><tr><td>c</td><td style='border-width:2px;border-style:solid'>d</td></tr></table>",
        &[
            "table 8 8 35.109 56",
            "tbody 10 11 30.109 51",
            "tr 10 11 30.109 26",
            "td 10 11 14.109 26",
            "td 24.109 11 16 26",
            "tr 10 37 30.109 25",
            "td 10 37 14.109 25",
            "td 24.109 37 16 25",
        ],
    );
}

#[test]
fn hidden_borders_win() {
    check(
        "<table style='border-collapse:collapse;border-width:5px;border-style:solid'><tr><td style='border-width:10px;border-style:hidden'>a</td><td style='border-width:2px;border-style:solid'>b</td></tr></table>",
        &[
            "table 8 8 24.109 30",
            "tbody 8 10.5 21.609 25",
            "tr 8 10.5 21.609 25",
            "td 8 10.5 9.109 25",
            "td 17.109 10.5 12.5 25",
        ],
    );
}

#[test]
fn percentages_in_cells_refer_to_definite_heights() {
    check(
        "<table style='height:100px'><tr><td><div style='height:100%'>x</div></td><td>y</td></tr></table><table><tr><td style='height:60px'><div style='height:50%'>x</div></td></tr></table>",
        &[
            "table 8 8 26 100",
            "tbody 10 10 22 96",
            "tr 10 10 22 96",
            "td 10 10 10 96",
            "div 11 11 8 94",
            "td 22 10 10 96",
            "table 8 108 14 66",
            "tbody 10 110 10 62",
            "tr 10 110 10 62",
            "td 10 110 10 62",
            "div 11 126 8 30",
        ],
    );
}

#[test]
fn missing_parts_are_added() {
    check(
        "<div style='display:table-cell'>cell one</div><div style='display:table-cell'>two</div><div style='display:table'><div style='display:table-row'><div style='display:table-cell'>a</div>text<div>block</div></div><div style='display:table-cell'>z</div></div>",
        &[
            "div 8 8 50.203 18",
            "div 58.203 8 24 18",
            "div 8 26 42.656 54",
            "div 8 26 42.656 36",
            "div 8 26 7.109 36",
            "div 15.109 44 35.547 18",
            "div 8 62 7.109 18",
        ],
    );
}

#[test]
fn right_to_left_tables_begin_at_the_right() {
    check(
        "<table style='direction:rtl;width:200px'><tr><td style='width:50px'>a</td><td>bb</td></tr></table>",
        &["table 8 8 200 24", "tbody 10 10 196 20", "tr 10 10 196 20", "td 154 10 52 20", "td 10 10 142 20"],
    );
}

#[test]
fn collapsed_rows_and_columns_take_no_room() {
    check(
        "<table><tr><td rowspan='2'>a<br>b<br>c</td><td>x</td></tr><tr style='visibility:collapse'><td>y</td></tr></table>",
        &[
            "table 8 8 26 31",
            "tbody 10 10 22 27",
            "tr 10 10 22 27",
            "td 10 10 10 27",
            "br 18.109 11 0 17",
            "br 19 29 0 17",
            "td 22 10 10 27",
            "tr 10 37 22 0",
            "td 22 37 10 0",
        ],
    );
}

#[test]
fn positioned_cells_and_rows_contain() {
    check(
        "<table><tr style='position:relative'><td style='position:relative;width:100px;height:50px'><div style='position:absolute;right:0px;bottom:0px;width:10px;height:10px'></div>x</td></tr></table>",
        &["table 8 8 106 56", "tbody 10 10 102 52", "tr 10 10 102 52", "td 10 10 102 52", "div 102 52 10 10"],
    );
}

#[test]
fn widths_that_are_too_small_or_too_large_give_way() {
    check(
        "<table style='width:10px'><tr><td>aa bb</td><td>b</td></tr></table><table style='max-width:20px'><tr><td>averylongword</td></tr></table><table style='width:400px'><tr><td style='width:50px'>a</td><td style='width:100px'>b</td></tr></table>",
        &[
            "table 8 8 34 42",
            "tbody 10 10 30 38",
            "tr 10 10 30 38",
            "td 10 10 18 38",
            "td 30 10 10 38",
            "table 8 50 102.859 24",
            "tbody 10 52 98.859 20",
            "tr 10 52 98.859 20",
            "td 10 52 98.859 20",
            "table 8 74 400 24",
            "tbody 10 76 396 20",
            "tr 10 76 396 20",
            "td 10 76 133.031 20",
            "td 145.031 76 260.969 20",
        ],
    );
}

#[test]
fn tables_nest() {
    check(
        "<table style='width:400px'><tr><td><table style='width:100%'><tr><td>in</td><td>ner</td></tr></table></td><td>out</td></tr></table>",
        &[
            "table 8 8 400 30",
            "tbody 10 10 396 26",
            "tr 10 10 396 26",
            "td 10 10 262.625 26",
            "table 11 11 260.625 24",
            "tbody 13 13 256.625 20",
            "tr 13 13 256.625 20",
            "td 13 13 99.75 20",
            "td 114.75 13 154.875 20",
            "td 274.625 10 131.375 26",
        ],
    );
}

#[test]
fn vertical_tables_have_vertical_rows() {
    check(
        "<table style='writing-mode:vertical-rl'><tr><td>aaa</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        &[
            "table 8 8 46 39.313",
            "tbody 10 10 42 35.313",
            "tr 32 10 20 35.313",
            "td 32 10 20 23.313",
            "td 32 35.313 20 10",
            "tr 10 10 20 35.313",
            "td 10 10 20 23.313",
            "td 10 35.313 20 10",
        ],
    );
}

#[test]
fn empty_cells_give_a_baseline_only_where_no_cell_has_lines() {
    let row = |cells: &str| {
        format!(
            "<div>x<div style='display:inline-table;border-spacing:0px 0px'><div style='display:table-row'>{cells}</div></div></div>"
        )
    };
    check(
        &row("<div style='display:table-cell;width:10px;height:50px'></div>"),
        &["div 8 8 484 54", "div 16 8 10 50", "div 16 8 10 50", "div 16 8 10 50"],
    );
    check(
        &row(
            "<div style='display:table-cell;width:10px;padding-top:30px'></div><div style='display:table-cell'>x</div>",
        ),
        &["div 8 8 484 30", "div 16 8 18 30", "div 16 8 18 30", "div 16 8 10 30", "div 26 8 8 30"],
    );
}

#[test]
fn cells_of_fixed_columns_can_be_narrower_than_their_padding() {
    check(
        "<table style='table-layout:fixed;width:100px;border-spacing:0px 0px'><tr><td style='padding-right:25px'></td><td style='width:100%;padding-left:0px;padding-right:0px'></td></tr></table>",
        &["table 8 8 100 2", "tbody 8 8 100 2", "tr 8 8 100 2", "td 8 8 0 2", "td 8 8 100 2"],
    );
}

#[test]
fn rows_in_which_spanning_cells_begin_take_what_others_span() {
    check(
        "<table style='border-spacing:0px 0px'><tr><td style='padding:0px' rowspan='3'><div style='height:90px;width:5px'></div></td><td style='padding:0px'><div style='height:10px'></div></td></tr><tr><td style='padding:0px'><div style='height:10px'></div></td><td style='padding:0px' rowspan='2'></td></tr><tr><td style='padding:0px'><div style='height:10px'></div></td></tr></table>",
        &[
            "table 8 8 5 90",
            "tbody 8 8 5 90",
            "tr 8 8 5 10",
            "td 8 8 5 90",
            "div 8 8 5 90",
            "td 13 8 0 10",
            "div 13 8 0 10",
            "tr 8 18 5 70",
            "td 13 18 0 70",
            "div 13 48 0 10",
            "td 13 18 0 80",
            "tr 8 88 5 10",
            "td 13 88 0 10",
            "div 13 88 0 10",
        ],
    );
}

#[test]
fn percentages_in_cells_refer_to_their_own_height_and_not_to_that_of_the_row() {
    check(
        "<table style='border-spacing:0px 0px'><tr style='height:50px'><td style='padding:0px'><div style='height:100%;width:5px'></div></td></tr><tr><td style='padding:0px;height:40px'><div style='height:100%;width:5px'></div></td></tr></table>",
        &[
            "table 8 8 5 90",
            "tbody 8 8 5 90",
            "tr 8 8 5 50",
            "td 8 8 5 50",
            "div 8 33 5 0",
            "tr 8 58 5 40",
            "td 8 58 5 40",
            "div 8 58 5 40",
        ],
    );
}

#[test]
fn shares_of_columns_make_no_table_wider_than_its_columns() {
    check(
        "<table style='border-spacing:0px 0px;width:max-content'><tr><td style='padding:0px'><div style='width:60px;height:5px'></div></td><td style='padding:0px;width:20%'><div style='width:40px'></div></td></tr></table>",
        &[
            "table 8 8 100 5",
            "tbody 8 8 100 5",
            "tr 8 8 100 5",
            "td 8 8 60 5",
            "div 8 8 60 5",
            "td 68 8 40 5",
            "div 68 10.5 40 0",
        ],
    );
}

#[test]
fn a_spanning_cell_of_a_fixed_table_gives_each_column_its_part() {
    check(
        "<table style='border-spacing:0px 0px;table-layout:fixed;width:400px'><colgroup><col style='width:25%'><col style='width:25px'><col></colgroup><tr><td colspan='3' style='width:60%;padding:0px'></td><td style='padding:0px'></td></tr><tr><td style='padding:0px'></td><td style='padding:0px'></td><td style='padding:0px'></td><td style='padding:0px'></td></tr></table>",
        &[
            "table 8 8 400 0",
            "colgroup 8 8 205 0",
            "col 8 8 100 0",
            "col 108 8 25 0",
            "col 133 8 80 0",
            "tbody 8 8 400 0",
            "tr 8 8 400 0",
            "td 8 8 205 0",
            "td 213 8 195 0",
            "tr 8 8 400 0",
            "td 8 8 100 0",
            "td 108 8 25 0",
            "td 133 8 80 0",
            "td 213 8 195 0",
        ],
    );
}

#[test]
fn a_table_asks_for_its_own_height_where_limits_ask_for_the_content() {
    check(
        "<table style='border-spacing:0px 0px;height:150px;max-height:min-content'><tr><td style='padding:0px;height:50px'></td></tr></table>",
        &["table 8 8 0 150", "tbody 8 8 0 150", "tr 8 8 0 150", "td 8 8 0 150"],
    );
}

#[test]
fn the_parts_of_a_table_have_no_minimum_height_and_cells_have_a_maximum_width() {
    check(
        "<table><tr style='min-height:40px'><td style='min-height:50px;max-width:20px;padding:0'><div style='width:30px;height:10px'></div></td></tr></table>",
        &["table 8 8 24 14", "tbody 10 10 20 10", "tr 10 10 20 10", "td 10 10 20 10", "div 10 10 30 10"],
    );
}

#[test]
fn rows_without_columns_have_no_spacing() {
    check(
        "<table style='border:1px solid'><tr></tr><tr></tr></table>",
        &["table 8 8 2 2", "tbody 9 9 0 0", "tr 9 9 0 0", "tr 9 9 0 0"],
    );
}

#[test]
fn a_minimum_that_fits_the_content_lets_a_cell_be_narrow() {
    check(
        "<div style='width:100px'><table><tr><td style='padding:0'><div style='min-width:fit-content'><p style='display:inline-block;margin:0;width:60px;height:10px'></p><p style='display:inline-block;margin:0;width:60px;height:10px'></p></div></td></tr></table></div>",
        &[
            "div 8 8 100 40",
            "table 8 8 100 40",
            "tbody 10 10 96 36",
            "tr 10 10 96 36",
            "td 10 10 96 36",
            "div 10 10 96 36",
            "p 10 14 60 10",
            "p 10 32 60 10",
        ],
    );
}

#[test]
fn cells_without_lines_stand_on_the_baseline_with_the_end_of_their_contents() {
    let row = |cell: &str| {
        format!(
            "<table style='border-spacing:0'><tr><td style='vertical-align:baseline;padding:0'><div>a</div>\
             <td style='vertical-align:baseline;padding-top:40px'>{cell}</table>"
        )
    };
    // The text has its baseline 14 px down.
    for (cell, y) in [("<div style='height:10px'></div>", 36), ("<span></span>", 26), ("", 0)] {
        let found = dump(&row(cell));
        let is_there = |line: &str| line.ends_with("text=a") && line.contains(&format!(" y={} ", 8 + y));
        assert!(found.lines().any(is_there), "{cell}\n{found}");
    }
}
