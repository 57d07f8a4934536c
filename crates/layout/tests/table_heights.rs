//! How the height of a table is shared by its row groups and rows, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn header_and_footer_grow_in_proportion_where_there_is_no_other() {
    check(
        "<table style='border-spacing:5px;height:200px'><thead><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></thead><tfoot><tr style=''><td style='padding:0;'><div style='height:30px'></div></td></tr></tfoot></table>",
        &[
            "table 8 8 10 200",
            "thead 13 13 0 46.25",
            "tr 13 13 0 46.25",
            "td 13 13 0 46.25",
            "div 13 31.125 0 10",
            "tfoot 13 64.25 0 138.75",
            "tr 13 64.25 0 138.75",
            "td 13 64.25 0 138.75",
            "div 13 118.625 0 30",
        ],
    );
}

#[test]
fn a_second_header_grows_like_a_body() {
    check(
        "<table style='border-spacing:5px;height:200px'><thead><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></thead><thead><tr style=''><td style='padding:0;'><div style='height:30px'></div></td></tr></thead></table>",
        &[
            "table 8 8 10 200",
            "thead 13 13 0 10",
            "tr 13 13 0 10",
            "td 13 13 0 10",
            "div 13 13 0 10",
            "thead 13 28 0 175",
            "tr 13 28 0 175",
            "td 13 28 0 175",
            "div 13 100.5 0 30",
        ],
    );
}

#[test]
fn groups_grow_in_proportion_whatever_their_rows_say() {
    check(
        "<table style='border-spacing:5px;height:200px'><tbody><tr style=''><td style='padding:0;height:10px'><div style='height:10px'></div></td></tr></tbody><tbody><tr style=''><td style='padding:0;'><div style='height:30px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 200",
            "tbody 13 13 0 46.25",
            "tr 13 13 0 46.25",
            "td 13 13 0 46.25",
            "div 13 31.125 0 10",
            "tbody 13 64.25 0 138.75",
            "tr 13 64.25 0 138.75",
            "td 13 64.25 0 138.75",
            "div 13 118.625 0 30",
        ],
    );
}

#[test]
fn groups_with_a_height_of_their_own_do_not_grow() {
    check(
        "<table style='border-spacing:5px;height:200px'><tbody><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></tbody><tbody style='height:50px'><tr style=''><td style='padding:0;'><div style='height:30px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 200",
            "tbody 13 13 0 135",
            "tr 13 13 0 135",
            "td 13 13 0 135",
            "div 13 75.5 0 10",
            "tbody 13 153 0 50",
            "tr 13 153 0 50",
            "td 13 153 0 50",
            "div 13 163 0 30",
        ],
    );
}

#[test]
fn shares_of_groups_that_are_too_large_grow_by_what_they_lack() {
    check(
        "<table style='border-spacing:5px;height:200px'><tbody style='height:80%'><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></tbody><tbody style='height:80%'><tr style=''><td style='padding:0;'><div style='height:30px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 200",
            "tbody 13 13 0 88.156",
            "tr 13 13 0 88.156",
            "td 13 13 0 88.156",
            "div 13 52.078 0 10",
            "tbody 13 106.156 0 96.844",
            "tr 13 106.156 0 96.844",
            "td 13 106.156 0 96.844",
            "div 13 139.578 0 30",
        ],
    );
}

#[test]
fn shares_of_rows_are_those_of_their_group() {
    check(
        "<table style='border-spacing:5px;height:300px'><tbody style='height:50%'><tr style='height:10%'><td style='padding:0;'><div style='height:10px'></div></td></tr><tr style=''><td style='padding:0;'><div style='height:20px'></div></td></tr></tbody><tbody><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 300",
            "tbody 13 13 0 142.5",
            "tr 13 13 0 14.25",
            "td 13 13 0 14.25",
            "div 13 15.125 0 10",
            "tr 13 32.25 0 123.25",
            "td 13 32.25 0 123.25",
            "div 13 83.875 0 20",
            "tbody 13 160.5 0 142.5",
            "tr 13 160.5 0 142.5",
            "td 13 160.5 0 142.5",
            "div 13 226.75 0 10",
        ],
    );
}

#[test]
fn a_table_is_filled_before_its_rows_collapse() {
    check(
        "<table style='border-spacing:5px;height:300px'><tbody><tr style='visibility:collapse'><td style='padding:0;height:10px'></td></tr><tr style=''><td style='padding:0;'><div style='height:20px'></div></td></tr></tbody><tbody><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 285",
            "tbody 13 13 0 206.656",
            "tr 13 13 0 0",
            "td 13 13 0 0",
            "tr 13 13 0 206.656",
            "td 13 13 0 206.656",
            "div 13 106.328 0 20",
            "tbody 13 224.656 0 63.344",
            "tr 13 224.656 0 63.344",
            "td 13 224.656 0 63.344",
            "div 13 251.328 0 10",
        ],
    );
}

#[test]
fn a_collapsed_group_leaves_the_spacing_after_it() {
    check(
        "<table style='border-spacing:5px;height:auto'><tbody style='visibility:collapse'><tr><td style='padding:0;height:10px'></td></tr></tbody><tbody><tr style=''><td style='padding:0;'><div style='height:10px'></div></td></tr></tbody></table>",
        &[
            "table 8 8 10 25",
            "tbody 13 13 0 0",
            "tr 13 13 0 0",
            "td 13 13 0 0",
            "tbody 13 18 0 10",
            "tr 13 18 0 10",
            "td 13 18 0 10",
            "div 13 18 0 10",
        ],
    );
}

#[test]
fn empty_rows_grow_before_those_with_a_height() {
    check(
        "<table style='border-spacing:5px;height:200px'><tr style=''><td style='padding:0;height:10px'><div style='height:10px'></div></td></tr><tr><td style='padding:0;height:0'></td></tr></table>",
        &[
            "table 8 8 10 200",
            "tbody 13 13 0 190",
            "tr 13 13 0 10",
            "td 13 13 0 10",
            "div 13 13 0 10",
            "tr 13 28 0 175",
            "td 13 28 0 175",
        ],
    );
}
