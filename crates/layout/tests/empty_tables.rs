//! Tables without columns or rows, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn a_table_without_columns_shows_no_spacing() {
    check(
        "<table style='border-spacing:5px'><tr style='height:20px'></tr></table>",
        &["table 8 8 0 20", "tbody 8 8 0 20", "tr 8 8 0 20"],
    );
}

#[test]
fn a_table_without_columns_asks_for_spacing_all_the_same() {
    check(
        "<div style='display:flex'><table style='border-spacing:5px'><tr></tr></table></div>",
        &["div 8 8 484 0", "table 8 8 10 0", "tbody 8 8 10 0", "tr 8 8 10 0"],
    );
}

#[test]
fn columns_give_a_table_without_rows_its_width() {
    check(
        "<table style='border-spacing:5px'><col style='width:30px'><col style='width:40px'></table>",
        &["table 8 8 85 0", "colgroup 13 8 75 0", "col 13 8 30 0", "col 48 8 40 0"],
    );
}

#[test]
fn row_groups_without_rows_leave_the_spacing_at_the_end() {
    check(
        "<table style='border-spacing:5px'><col style='width:30px'><tbody></tbody></table>",
        &["table 8 8 40 5", "colgroup 13 8 30 0", "col 13 8 30 0", "tbody 13 8 30 0"],
    );
}

#[test]
fn row_groups_without_rows_have_a_height_but_no_spacing() {
    check(
        "<table style='border-spacing:5px'><thead></thead><tbody style='height:30px'></tbody><tbody><tr><td><div style='height:10px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 12 52",
            "thead 13 8 2 0",
            "tbody 13 8 2 30",
            "tbody 13 43 2 12",
            "tr 13 43 2 12",
            "td 13 43 2 12",
            "div 14 44 0 10",
        ],
    );
}

#[test]
fn rows_of_a_table_without_columns_are_as_wide_as_it_is() {
    check(
        "<table style='width:100px;padding:7px;border-spacing:5px'><tr style='height:10px'></tr></table>",
        &["table 8 8 100 24", "tbody 15 15 86 10", "tr 15 15 86 10"],
    );
}
