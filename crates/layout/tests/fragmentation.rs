//! Flex containers, grids and tables broken over columns, with numbers measured in Chromium.

mod support;

use fanlight_base::LayoutUnit;
use fanlight_layout::{BoxFragment, ContextKind, Fragment};
use support::{check, lay_out};

#[test]
fn a_row_of_flex_items_goes_on_in_parallel() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex'><i style='display:block;height:130px;width:50%'></i><u style='display:block;height:60px;width:50%'></u></section><p style='display:block;height:5px;margin:0;'></p></div>",
        &["div 8 8 400 100", "section 8 8 200 100", "i 8 8 150 100", "u 58 8 50 60", "p 108 38 100 5"],
    );
}

#[test]
fn a_row_of_flex_items_is_moved_where_one_does_not_fit() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-wrap:wrap'><i style='display:block;height:60px;width:100%'></i><u style='display:block;height:80px;width:50%'></u><b style='display:block;height:70px;contain:size;width:50%'></b></section></div>",
        &["div 8 8 400 100", "section 8 8 200 100", "i 8 8 100 60", "u 108 8 50 80", "b 158 8 50 70"],
    );
}

#[test]
fn what_a_break_pushes_down_makes_its_row_higher() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-wrap:wrap'><i style='display:block;height:60px;width:100%'></i><div style='width:50%'><i style='display:block;height:20px;'></i><b style='display:block;height:60px;contain:size;'></b></div><div style='width:50%'></div><u style='display:block;height:20px;width:100%'></u></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 200 100",
            "i 8 8 100 60",
            "div 8 8 150 100",
            "i 8 68 50 20",
            "b 108 8 50 60",
            "div 58 8 150 100",
            "u 108 68 100 20",
        ],
    );
}

#[test]
fn a_flex_column_breaks_between_and_in_its_items() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-direction:column'><i style='display:block;height:60px;'></i><div><i style='display:block;height:20px;'></i><b style='display:block;height:60px;contain:size;'></b></div><b style='display:block;height:50px;contain:size;'></b><u style='display:block;height:30px;'></u></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 300 100",
            "i 8 8 100 60",
            "div 8 8 200 100",
            "i 8 68 100 20",
            "b 108 8 100 60",
            "b 208 8 100 50",
            "u 208 58 100 30",
        ],
    );
}

#[test]
fn lines_of_a_flex_column_break_beside_each_other() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-flow:column wrap;height:150px'><b style='display:block;height:60px;contain:size;width:20px'></b><b style='display:block;height:60px;contain:size;width:20px'></b><i style='display:block;height:30px;width:20px'></i><b style='display:block;height:90px;contain:size;width:20px'></b><u style='display:block;height:30px;width:20px'></u></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 200 100",
            "b 8 8 20 60",
            "b 108 8 20 60",
            "i 108 68 20 30",
            "b 58 8 20 90",
            "u 58 8 120 100",
        ],
    );
}

#[test]
fn forced_breaks_come_between_rows_of_a_flex_container() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-wrap:wrap'><i style='display:block;height:20px;width:50%'></i><i style='display:block;height:30px;width:50%;break-before:column'></i><u style='display:block;height:20px;width:50%;break-after:column'></u><u style='display:block;height:30px;width:50%'></u><i style='display:block;height:30px;width:50%'></i></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 200 100",
            "i 8 8 50 20",
            "i 58 8 50 30",
            "u 8 38 50 20",
            "u 58 38 50 30",
            "i 108 8 50 30",
        ],
    );
}

#[test]
fn a_break_between_flex_rows_is_avoided() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:flex;flex-wrap:wrap'><i style='display:block;height:40px;width:100%'></i><u style='display:block;height:20px;width:50%;break-after:avoid'></u><u style='display:block;height:20px;width:50%'></u><i style='display:block;height:50px;width:100%;break-inside:avoid'></i></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 200 100",
            "i 8 8 100 40",
            "u 108 8 50 20",
            "u 158 8 50 20",
            "i 108 28 100 50",
        ],
    );
}

#[test]
fn rows_of_a_grid_break_and_lose_the_gap_at_the_break() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:grid;grid-template-columns:1fr 1fr;row-gap:30px'><i style='display:block;height:80px;'></i><i style='display:block;height:20px;'></i><u style='display:block;height:20px;'></u><u style='display:block;height:30px;'></u><i style='display:block;height:30px;'></i></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 200 100",
            "i 8 8 50 80",
            "i 58 8 50 20",
            "u 108 8 50 20",
            "u 158 8 50 30",
            "i 108 68 50 30",
        ],
    );
}

#[test]
fn an_item_that_spans_rows_goes_on_beside_them() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='display:grid;grid-template-columns:1fr 1fr'><u style='grid-row:1/4;grid-column:2'></u><i style='display:block;height:60px;'></i><b style='display:block;height:50px;contain:size;'></b><i style='display:block;height:50px;'></i><i style='display:block;height:20px;grid-column:span 2'></i></section></div>",
        &[
            "div 8 8 400 100",
            "section 8 8 300 100",
            "u 58 8 150 100",
            "i 8 8 50 60",
            "b 108 8 50 50",
            "i 108 58 50 50",
            "i 208 8 100 20",
        ],
    );
}

#[test]
fn a_table_breaks_between_and_in_its_rows() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:60px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:70px;'></i></td><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 8 8 200 100",
            "tr 8 8 100 60",
            "td 8 8 50 60",
            "i 8 8 50 60",
            "tr 8 8 200 100",
            "td 8 8 150 100",
            "i 8 8 150 100",
            "td 58 8 150 100",
            "i 58 68 50 20",
            "tr 108 38 100 20",
            "td 108 38 50 20",
            "i 108 38 50 20",
        ],
    );
}

#[test]
fn a_table_row_is_moved_where_a_cell_does_not_fit() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:60px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:80px;'></i></td><td style='padding:0;vertical-align:top;'><b style='display:block;height:60px;contain:size;'></b></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 8 8 200 80",
            "tr 8 8 100 60",
            "td 8 8 50 60",
            "i 8 8 50 60",
            "tr 108 8 100 80",
            "td 108 8 50 80",
            "i 108 8 50 80",
            "td 158 8 50 80",
            "b 158 8 50 60",
        ],
    );
}

#[test]
fn a_table_row_grows_with_what_a_break_pushes_down() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:60px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i><b style='display:block;height:60px;contain:size;'></b></td><td style='padding:0;vertical-align:top;'><i style='display:block;height:10px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 8 8 200 100",
            "tr 8 8 100 60",
            "td 8 8 50 60",
            "i 8 8 50 60",
            "tr 8 8 200 100",
            "td 8 8 150 100",
            "i 8 68 50 20",
            "b 108 8 50 60",
            "td 58 8 150 100",
            "i 58 68 50 10",
            "tr 108 68 100 20",
            "td 108 68 50 20",
            "i 108 68 50 20",
        ],
    );
}

#[test]
fn a_cell_that_spans_rows_goes_on_beside_them() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td rowspan=2 style='padding:0;vertical-align:top;'><i style='display:block;height:150px;'></i></td><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 8 8 200 100",
            "tr 8 8 100 75",
            "td 8 8 150 100",
            "i 8 8 150 100",
            "td 58 8 50 75",
            "i 58 8 50 30",
            "tr 8 8 200 100",
            "td 58 8 150 100",
            "i 58 8 150 100",
            "tr 108 58 100 20",
            "td 108 58 50 20",
            "i 108 58 50 20",
        ],
    );
}

#[test]
fn spacing_is_above_a_break_and_not_below() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border:3px solid;border-spacing:4px'><tbody><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr></tbody><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:30px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 15 8 186 75",
            "tr 15 15 86 30",
            "td 15 15 86 30",
            "i 15 15 86 30",
            "tr 15 49 86 30",
            "td 15 49 86 30",
            "i 15 49 86 30",
            "tr 115 8 86 30",
            "td 115 8 86 30",
            "i 115 8 86 30",
            "tbody 115 42 86 30",
            "tr 115 42 86 30",
            "td 115 42 86 30",
            "i 115 42 86 30",
        ],
    );
}

#[test]
fn captions_break_before_and_after_the_grid() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><caption><i style='display:block;height:130px;'></i></caption><caption style='caption-side:bottom'><i style='display:block;height:130px;'></i></caption><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 300 100",
            "caption 8 8 200 100",
            "i 8 8 200 100",
            "caption 108 8 200 100",
            "i 108 8 200 100",
            "tbody 108 38 100 20",
            "tr 108 38 100 20",
            "td 108 38 100 20",
            "i 108 38 100 20",
        ],
    );
}

#[test]
fn collapsed_borders_take_no_room_at_breaks() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-collapse:collapse'><tbody><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;border:4px solid'><i style='display:block;height:30px;'></i></td></tr><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;border:4px solid'><i style='display:block;height:30px;'></i></td></tr><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;border:4px solid'><i style='display:block;height:30px;'></i></td></tr><tr style='break-inside:avoid'><td style='padding:0;vertical-align:top;border:4px solid'><i style='display:block;height:30px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 10 8 196 70",
            "tr 10 10 96 34",
            "td 10 10 96 34",
            "i 12 12 92 30",
            "tr 10 44 96 34",
            "td 10 44 96 34",
            "i 12 46 92 30",
            "tr 110 8 96 34",
            "td 110 8 96 34",
            "i 112 10 92 30",
            "tr 110 42 96 34",
            "td 110 42 96 34",
            "i 112 44 92 30",
        ],
    );
}

#[test]
fn forced_breaks_come_between_rows_and_row_groups() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody><tbody style='break-before:column'><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody><tbody><tr style='break-before:column'><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 300 100",
            "tbody 8 8 100 20",
            "tr 8 8 100 20",
            "td 8 8 100 20",
            "i 8 8 100 20",
            "tbody 108 8 100 20",
            "tr 108 8 100 20",
            "td 108 8 100 20",
            "i 108 8 100 20",
            "tbody 208 8 100 20",
            "tr 208 8 100 20",
            "td 208 8 100 20",
            "i 208 8 100 20",
        ],
    );
}

#[test]
fn cells_that_are_broken_are_not_aligned() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;vertical-align:middle'><i style='display:block;height:30px;'></i></td><td style='padding:0;vertical-align:top;'><i style='display:block;height:180px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 8 8 200 100",
            "tr 8 8 200 100",
            "td 8 8 150 100",
            "i 8 8 50 30",
            "td 58 8 150 100",
            "i 58 8 150 100",
        ],
    );
}

#[test]
fn cloned_edges_of_a_table_are_in_every_column() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><table style='width:100%;border:5px solid;border-spacing:3px;box-decoration-break:clone'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:80px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:50px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 100",
            "table 8 8 200 100",
            "tbody 16 13 184 90",
            "tr 16 16 84 20",
            "td 16 16 84 20",
            "i 16 16 84 20",
            "tr 16 13 184 90",
            "td 16 13 184 90",
            "i 16 13 184 90",
            "tr 116 32 84 50",
            "td 116 32 84 50",
            "i 116 32 84 50",
        ],
    );
}

#[test]
fn an_edge_that_does_not_fit_is_in_the_next_column() {
    check(
        "<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'><section style='border:30px solid'><i style='display:block;height:55px;'></i></section></div>",
        &["div 8 8 400 100", "section 8 8 200 85", "i 38 38 40 55"],
    );
}

#[test]
fn a_table_is_balanced_over_columns() {
    check(
        "<div style='width:400px;columns:4;column-gap:0;'><table style='width:100%;border-spacing:0'><tbody><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr><tr><td style='padding:0;vertical-align:top;'><i style='display:block;height:20px;'></i></td></tr></tbody></table></div>",
        &[
            "div 8 8 400 40",
            "table 8 8 400 40",
            "tbody 8 8 400 40",
            "tr 8 8 100 20",
            "td 8 8 100 20",
            "i 8 8 100 20",
            "tr 8 28 100 20",
            "td 8 28 100 20",
            "i 8 28 100 20",
            "tr 108 8 100 20",
            "td 108 8 100 20",
            "i 108 8 100 20",
            "tr 108 28 100 20",
            "td 108 28 100 20",
            "i 108 28 100 20",
            "tr 208 8 100 20",
            "td 208 8 100 20",
            "i 208 8 100 20",
            "tr 208 28 100 20",
            "td 208 28 100 20",
            "i 208 28 100 20",
            "tr 308 8 100 20",
            "td 308 8 100 20",
            "i 308 8 100 20",
            "tr 308 28 100 20",
            "td 308 28 100 20",
            "i 308 28 100 20",
        ],
    );
}

/// The sizes and places of all fragments of a kind, from the corner of the viewport.
fn fragments(body: &str, kind: ContextKind) -> Vec<[i32; 4]> {
    fn collect(
        fragment: &BoxFragment,
        at: (LayoutUnit, LayoutUnit),
        kind: ContextKind,
        into: &mut Vec<[i32; 4]>,
    ) {
        if fragment.context == kind {
            let size = fragment.size;
            into.push([at.0, at.1, size.width, size.height].map(LayoutUnit::floor));
        }
        for link in &fragment.children {
            if let Fragment::Box(inner) = &link.fragment {
                collect(inner, (at.0 + link.offset.x, at.1 + link.offset.y), kind, into);
            }
        }
    }
    let (tree, ..) = lay_out(&format!("<!DOCTYPE html><body style='margin:0'>{body}"));
    let mut found = Vec::new();
    collect(&tree.root, (LayoutUnit::ZERO, LayoutUnit::ZERO), kind, &mut found);
    found
}

/// A container 100 px wide in columns that are as high, and no wider.
fn in_columns(container: &str) -> String {
    format!("<div style='width:400px;height:100px;columns:4;column-gap:0;column-fill:auto'>{container}</div>")
}

#[test]
fn headers_and_footers_that_keep_together_are_in_every_column() {
    let row = "<tr><td style='padding:0'><i style='display:block;height:60px'></i></td></tr>";
    let part = "style='break-inside:avoid'><tr><td style='padding:0'><i style='display:block;height:10px'></i></td></tr>";
    let body = in_columns(&format!(
        "<table style='width:100%;border-spacing:0'><thead {part}</thead><tfoot {part}</tfoot><tbody>{row}{row}</tbody></table>"
    ));
    let sections = fragments(&body, ContextKind::TableSection);
    assert_eq!(
        sections,
        [
            [0, 0, 100, 10],
            [0, 10, 100, 80],
            [0, 90, 100, 10],
            [100, 0, 100, 10],
            [100, 10, 100, 40],
            [100, 50, 100, 10]
        ]
    );
}

#[test]
fn a_header_of_more_than_a_quarter_of_the_column_is_not_repeated() {
    let row = |height: u32| {
        format!("<tr><td style='padding:0'><i style='display:block;height:{height}px'></i></td></tr>")
    };
    let body = in_columns(&format!(
        "<table style='width:100%;border-spacing:0'><thead style='break-inside:avoid'>{}</thead><tbody>{}</tbody></table>",
        row(26),
        row(100)
    ));
    let sections = fragments(&body, ContextKind::TableSection);
    assert_eq!(sections, [[0, 0, 100, 26], [0, 26, 100, 74], [100, 0, 100, 26]]);
}

/// Numbers that look random, and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn fragments_are_together_as_high_as_what_is_not_broken() {
    let mut numbers = Numbers(4);
    for round in 0..40 {
        let count = 1 + numbers.below(6);
        let mut items = |before: &str, after: &str| -> String {
            let item = |_| {
                format!("{before}<i style='display:block;height:{}px'></i>{after}", 5 + numbers.below(70))
            };
            (0..count).map(item).collect()
        };
        let (kind, container) = match round % 4 {
            0 => (
                ContextKind::Flex,
                format!(
                    "<section style='display:flex;flex-wrap:wrap'>{}</section>",
                    items("<div style='width:50%'>", "</div>")
                ),
            ),
            1 => (
                ContextKind::Flex,
                format!("<section style='display:flex;flex-direction:column'>{}</section>", items("", "")),
            ),
            2 => (
                ContextKind::Grid,
                format!(
                    "<section style='display:grid;grid-template-columns:1fr 1fr'>{}</section>",
                    items("<div>", "</div>")
                ),
            ),
            _ => (
                ContextKind::Table,
                format!(
                    "<table style='width:100%;border-spacing:0'><tbody>{}</tbody></table>",
                    items("<tr><td style='padding:0'>", "</td></tr>")
                ),
            ),
        };
        let sum = |body: &str| -> i32 { fragments(body, kind).iter().map(|rect| rect[3]).sum() };
        let whole = sum(&format!("<div style='width:100px'>{container}</div>"));
        assert_eq!(sum(&in_columns(&container)), whole, "{container}");
    }
}

#[test]
fn nested_containers_that_do_not_fit_end() {
    let depth = 14;
    let open = "<section style='display:flex;border-top:3px solid'><div style='display:grid;width:100%'>";
    let body = format!(
        "{}<b style='display:block;height:130px;contain:size'></b><i style='display:block;height:90px'></i>{}",
        open.repeat(depth),
        "</div></section>".repeat(depth)
    );
    let found = fragments(&in_columns(&body), ContextKind::Flex);
    assert!(found.len() > depth, "{} fragments", found.len());
}
