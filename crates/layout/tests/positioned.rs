//! Positioned boxes, transforms and vertical lines, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn insets_size_and_center() {
    check(
        "<div style='position:relative;width:200px;height:100px;padding:10px;border-width:3px;border-style:solid'><div style='position:absolute;left:0;right:0;margin:0 auto;width:50px;height:10px;top:auto'></div><div style='position:absolute;top:5px;right:5px;width:50%;height:50%'></div><div style='position:absolute;top:10px;bottom:10px;left:20px;right:20px;padding:4px'></div><div style='position:absolute;left:50%'>shrink to fit the text here please it is long</div></div>",
        &[
            "div 8 8 226 126",
            "div 96 21 50 10",
            "div 116 16 110 60",
            "div 31 21 180 100",
            "div 121 21 110 54",
        ],
    );
}

#[test]
fn static_positions() {
    check(
        "<div style='position:relative;width:200px'>text <span style='position:absolute'>inline</span> more<div style='position:absolute'>block</div></div><div style='position:absolute'>after</div>",
        &["div 8 8 200 18", "span 36 8 36.438 18", "div 8 26 35.547 18", "div 8 26 29.313 18"],
    );
}

#[test]
fn inline_boxes_contain_positioned_ones() {
    check(
        "<div style='width:150px'>aaa <span style='position:relative;left:5px'>rel <span style='position:absolute;top:0;left:0'>A</span></span></div>",
        &["div 8 8 150 18", "span 38.313 8 16.875 17", "span 38.313 8 11.563 18"],
    );
}

#[test]
fn relative_offsets() {
    check(
        "<div style='position:relative;left:10px;top:5px;width:50%;height:20px'>a</div><div style='direction:rtl'><div style='position:relative;left:10px;right:3px'>b</div></div>",
        &["div 18 13 242 20", "div 8 28 484 18", "div 5 28 484 18"],
    );
}

#[test]
fn fixed_boxes_are_in_the_viewport() {
    check(
        "<div style='position:relative;margin:50px'><div style='position:fixed;left:7px;top:9px;width:10%;height:10px'></div><div style='transform:translate(0,0)'><div style='position:fixed;left:7px;top:9px;width:10px;height:10px'></div></div></div>",
        &["div 58 50 384 0", "div 7 9 50 10", "div 58 50 384 0", "div 65 59 10 10"],
    );
}

#[test]
fn transforms_move_bounds() {
    check(
        "<div style='transform:translate(10px,5px) scale(2);width:50px;height:20px;transform-origin:0 0'><div style='width:10px;height:10px;transform:rotate(90deg)'></div></div>",
        &["div 18 13 100 40", "div 18 13 20 20"],
    );
}

#[test]
fn vertical_lines() {
    check(
        "<div style='writing-mode:vertical-rl;height:100px;width:200px'><div style='margin:10px 5px;padding:3px'>vertical text here that wraps over</div><div style='width:20px;height:50%'>x</div></div><div style='writing-mode:vertical-rl;direction:rtl;height:80px;position:relative;width:100px'><div style='position:absolute;top:5px;left:7px'>abs</div>text</div><div style='width:200px'><div style='writing-mode:vertical-rl'>orthogonal</div></div>",
        &[
            "div 8 8 200 100",
            "div 125 18 78 80",
            "div 100 8 20 50",
            "div 8 108 100 80",
            "div 15 113 18 21.328",
            "div 8 188 200 69.328",
            "div 8 188 18 69.328",
        ],
    );
}

#[test]
fn alignment_moves_positioned_boxes_between_their_insets() {
    check(
        "<div style='position:relative;width:200px;height:100px'><b style='position:absolute;left:20px;right:40px;top:10px;bottom:10px;justify-self:center;align-self:end;width:40px;height:20px'></b><b style='position:absolute;inset:0;justify-self:end;align-self:center'>xx</b><b style='position:absolute;left:0;right:120px;top:0;bottom:0;justify-self:center;width:120px;height:10px'></b><b style='position:absolute;left:0;right:120px;top:20px;bottom:0;justify-self:unsafe center;width:120px;height:10px'></b><b style='position:absolute;left:60px;right:0;top:40px;bottom:0;justify-self:safe end;width:180px;height:10px'></b></div>",
        &[
            "div 8 8 200 100",
            "b 78 78 40 20",
            "b 192 49 16 18",
            "b 8 8 120 10",
            "b -12 28 120 10",
            "b 68 48 180 10",
        ],
    );
}

#[test]
fn static_positions_follow_direction_floats_and_alignment_of_text() {
    check(
        "<div style='position:relative;width:200px;direction:rtl'>xx<b style='position:absolute;width:10px;height:10px'></b>x<div style='width:50px;text-align:right'><u style='position:absolute;width:10px;height:10px;display:inline'></u></div></div><div style='position:relative;width:100px;text-align:center;text-indent:10px'><div style='height:5px'></div><div style='float:left;width:40px;height:5px'></div><u style='position:absolute;width:10px;height:10px;display:inline'></u></div><div style='writing-mode:vertical-rl;position:relative;height:60px'><div style='writing-mode:horizontal-tb;width:30px'><b style='position:absolute;display:block;width:10px;height:10px'></b></div></div>",
        &[
            "div 8 8 200 18",
            "b 200 8 10 10",
            "div 158 26 50 0",
            "u 198 26 10 10",
            "div 8 26 100 5",
            "div 8 26 100 5",
            "div 8 31 40 5",
            "u 88 31 10 10",
            "div 48 31 30 60",
            "div 48 31 30 0",
            "b 48 31 10 10",
        ],
    );
}

#[test]
fn an_inline_box_contains_what_is_positioned_in_atomic_boxes_inside() {
    check(
        "<div style='width:80px'>aaaa <u style='position:relative;border-width:2px;border-style:solid'>bb bbb bbb<b style='display:inline-block;width:5px;height:5px'><i style='position:absolute;right:0;bottom:0;width:4px;height:4px'></i></b></u></div>",
        &["div 8 8 80 36", "u 8 6 78.406 39", "b 32 35 5 5", "i 38.406 39 4 4"],
    );
}

#[test]
fn blocks_move_with_the_inline_box_that_they_are_in() {
    check(
        "<div style='width:100px;height:40px'><u style='position:relative;top:50%'><div style='width:10px;height:10px'></div></u></div>",
        &["div 8 8 100 40", "u 8 28 100 10", "div 8 28 10 10"],
    );
}

#[test]
fn static_positions_move_with_the_inline_boxes_around() {
    check(
        "<p style='margin:0'>a<b style='position:relative;left:10px;top:3px;font-weight:400'>c<i style='position:absolute;width:5px;height:5px'></i>d</b></p>",
        &["p 8 8 484 18", "b 25.109 11 15.109 17", "i 32.219 11 5 5"],
    );
}

#[test]
fn sticky_boxes_are_where_they_stick_before_anything_is_scrolled() {
    check(
        "<div style='overflow:hidden;height:50px'><p style='position:sticky;top:20px;margin:0;height:10px'></p><div style='height:100px'></div><p style='position:sticky;bottom:5px;margin:0;height:10px'></p></div>",
        &["div 8 8 484 50", "p 8 28 484 10", "div 8 18 484 100", "p 8 43 484 10"],
    );
    check(
        "<div style='display:flex;width:100px'><p style='position:sticky;left:70px;margin:0;width:50px;height:5px'></p></div>",
        &["div 8 8 100 5", "p 58 8 50 5"],
    );
}

#[test]
fn what_is_fixed_to_the_viewport_cannot_be_scrolled_to() {
    let size = |body: &str| {
        let (tree, ..) = support::lay_out(&format!("<!DOCTYPE html><body>{body}"));
        let size = tree.scrollable_overflow.size;
        (size.width.to_f32(), size.height.to_f32())
    };
    let fixed = "position:fixed;left:450px;width:100px;height:400px";
    assert_eq!(size(&format!("<div style='{fixed}'></div>")), (500.0, 300.0));
    let within = "position:absolute;left:450px;width:100px;height:400px";
    assert_eq!(
        size(&format!("<div style='position:fixed'><div style='{within}'></div></div>")),
        (500.0, 300.0)
    );
    let transformed = format!("<div style='transform:translate(0,0)'><div style='{fixed}'></div></div>");
    assert_eq!(size(&transformed), (558.0, 408.0));
}
