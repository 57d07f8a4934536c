//! Tables: backgrounds of their parts behind cells, and collapsed borders.

mod support;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_paint::display_list::ItemKind;
use support::{colors, painted};

fn rects(body: &str) -> Vec<CssRect> {
    let rect = |kind: &ItemKind| match *kind {
        ItemKind::Rect { rect, .. } => Some(rect),
        _ => None,
    };
    painted(body).items.iter().filter_map(|item| rect(&item.kind)).collect()
}

fn rect(x: f32, y: f32, width: f32, height: f32) -> CssRect {
    CssRect::new(CssPoint::new(x, y), CssSize::new(width, height))
}

#[test]
fn the_background_of_a_row_fills_a_cell_that_spans_further_rows() {
    let found = rects(
        "<table style='border-spacing: 0'>\
         <tr style='background: red'><td rowspan='2' style='padding: 0; width: 20px; height: 60px'></td>\
         <td style='padding: 0; width: 10px; height: 20px'></td></tr>\
         <tr><td style='padding: 0; height: 40px'></td></tr></table>",
    );
    assert_eq!(found, [rect(0.0, 0.0, 20.0, 60.0), rect(20.0, 0.0, 10.0, 20.0)]);
}

#[test]
fn collapsed_borders_of_one_strength_cross_in_the_order_of_their_cells() {
    let table = "<table style='border-collapse: collapse'><tr><td style='padding: 0; width: 13px; height: 10px;\
                 border: 10px solid; border-color: #ff0000 #008000 #0000ff #ffa500'></td></tr></table>";
    assert_eq!(colors(&painted(table)), ["#ffa500", "#ff0000", "#008000", "#0000ff"]);
    let found = rects(table);
    let across = [rect(0.0, 0.0, 33.0, 10.0), rect(0.0, 20.0, 33.0, 10.0)];
    let down = [rect(0.0, 0.0, 10.0, 30.0), rect(23.0, 0.0, 10.0, 30.0)];
    assert_eq!(found, [down[0], across[0], down[1], across[1]]);
}

#[test]
fn a_weaker_collapsed_border_stops_at_a_stronger_one() {
    let found = rects(
        "<table style='border-collapse: collapse'><tr><td style='padding: 0; width: 20px; height: 20px;\
         border: solid red; border-width: 4px 10px'></td></tr></table>",
    );
    let across = [rect(10.0, 0.0, 20.0, 4.0), rect(10.0, 24.0, 20.0, 4.0)];
    let down = [rect(0.0, 0.0, 10.0, 28.0), rect(30.0, 0.0, 10.0, 28.0)];
    assert_eq!(found, [down[0], across[0], down[1], across[1]]);
}

#[test]
fn a_column_fills_the_cells_that_begin_in_it_whichever_way_rows_run() {
    let cell = |width: u32, height: u32| {
        format!("<td style='padding: 0; width: {width}px; height: {height}px'></td>")
    };
    let column = |color: &str| format!("<col style='display: table-column; background: {color}'>");
    let group = |columns: &str| format!("<colgroup style='display: table-column-group'>{columns}</colgroup>");
    let columns = group(&(column("red") + &column("blue")));
    let downwards = rects(&format!(
        "<table style='border-spacing: 0; writing-mode: vertical-lr'>{columns}<tr>{}{}</tr></table>",
        cell(10, 20),
        cell(10, 30),
    ));
    assert_eq!(downwards, [rect(0.0, 0.0, 10.0, 20.0), rect(0.0, 20.0, 10.0, 30.0)]);
    let upwards = rects(&format!(
        "<table style='border-spacing: 0; writing-mode: sideways-lr'>{columns}<tr>{}{}</tr></table>",
        cell(10, 20),
        cell(10, 30),
    ));
    assert_eq!(upwards, [rect(0.0, 30.0, 10.0, 20.0), rect(0.0, 0.0, 10.0, 30.0)]);
    let leftwards = rects(&format!(
        "<table style='border-spacing: 0; direction: rtl'>{}<tr>{}{}</tr><tr><td colspan='2' style='padding: 0; height: 15px'></td></tr></table>",
        group(&column("red")),
        cell(20, 10),
        cell(30, 10),
    ));
    assert_eq!(leftwards, [rect(30.0, 0.0, 20.0, 10.0), rect(0.0, 10.0, 50.0, 15.0)]);
}

#[test]
fn what_is_stacked_in_a_table_leaves_its_collapsed_borders_alone() {
    let table = |row: &str, cell: &str| {
        let found = rects(&format!(
            "<table style='border-collapse: collapse'><tr style='{row}'><td style='padding: 0; width: 20px;\
             height: 20px; border: 4px solid; {cell}'></td></tr></table>",
        ));
        *found.iter().find(|found| found.size.width > 4.0 && found.size.height > 4.0).expect("a background")
    };
    let (inside, whole) = (rect(4.0, 4.0, 20.0, 20.0), rect(2.0, 2.0, 24.0, 24.0));
    assert_eq!(table("background: red", ""), whole);
    assert_eq!(table("position: relative; background: red", ""), inside);
    assert_eq!(table("", "position: relative; background: red"), inside);
    assert_eq!(table("position: relative", "background: red"), inside);
    assert_eq!(table("background: red", "position: relative"), whole);
}
