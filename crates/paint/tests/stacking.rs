//! Painting order. <https://drafts.csswg.org/css2/#painting-order>

mod support;

use support::{colors, lay_out, painted};

/// Each box has a colour of its own; their order in the list is their order in painting.
#[track_caller]
fn assert_order(body: &str, expected: &[&str]) {
    assert_eq!(colors(&painted(body)), expected, "{body}");
}

const RED: &str = "#ff0000";
const LIME: &str = "#00ff00";
const BLUE: &str = "#0000ff";
const AQUA: &str = "#00ffff";
const FUCHSIA: &str = "#ff00ff";

#[test]
fn blocks_come_before_floats_and_floats_before_text() {
    assert_order(
        "<div style='color: red; background: lime'>x<div style='float: left; width: 9px; height: 9px; background: blue'>\
         </div></div><div style='background: aqua; height: 1px'></div>",
        &[LIME, AQUA, BLUE, "text:#ff0000"],
    );
}

#[test]
fn z_index_sorts_positioned_boxes_around_the_flow() {
    let at = |z: &str, color: &str| {
        format!(
            "<div style='position: absolute; z-index: {z}; width: 9px; height: 9px; background: {color}'></div>"
        )
    };
    let body = format!(
        "{}{}{}<div style='background: lime; height: 9px'></div>{}",
        at("2", "red"),
        at("auto", "blue"),
        at("-1", "aqua"),
        at("1", "fuchsia")
    );
    assert_order(&body, &[AQUA, LIME, BLUE, FUCHSIA, RED]);
}

#[test]
fn a_negative_box_stays_above_the_background_of_its_stacking_context() {
    assert_order(
        "<div style='position: relative; z-index: 0; background: lime; height: 9px'>\
         <div style='position: relative; z-index: -1; background: red; height: 9px'></div>\
         <div style='background: blue; height: 9px'></div></div>",
        &[LIME, RED, BLUE],
    );
}

#[test]
fn a_positioned_box_without_z_index_is_no_stacking_context() {
    // The child goes above the second box, which is not in its parent.
    assert_order(
        "<div style='position: relative; background: lime; height: 9px'>\
         <div style='position: relative; z-index: 1; background: red; height: 9px'></div></div>\
         <div style='position: relative; background: blue; height: 9px'></div>",
        &[LIME, BLUE, RED],
    );
}

#[test]
fn opacity_makes_a_stacking_context_at_level_zero() {
    assert_order(
        "<div style='opacity: .5; background: lime; height: 9px'>\
         <div style='position: relative; z-index: 9; background: red; height: 9px'></div></div>\
         <div style='position: relative; background: blue; height: 9px'></div>",
        &[LIME, RED, BLUE],
    );
}

#[test]
fn a_positioned_descendant_is_in_the_group_of_a_box_that_does_not_contain_it() {
    let list = painted(
        "<div style='position: relative; height: 50px'><div style='opacity: .5; overflow: hidden; height: 9px'>\
         <div style='position: absolute; top: 20px; width: 9px; height: 9px; background: red'></div></div></div>",
    );
    let [item] = &list.items[..] else { panic!("{:?}", list.items) };
    let effect = item.effect.and_then(|effect| list.effects.get(effect)).unwrap();
    assert_eq!(effect.opacity, 0.5);
    // The overflow of the box that is not its containing block does not clip it, nor the group.
    assert_eq!((item.clip, effect.clip), (None, None));
}

#[test]
fn an_inline_block_is_painted_as_a_whole() {
    assert_order(
        "<div style='color: blue'>a<div style='display: inline-block; background: lime; color: red'>b\
         <div style='float: left; background: aqua; width: 9px; height: 9px'></div></div>c</div>",
        &["text:#0000ff", LIME, AQUA, "text:#ff0000", "text:#0000ff"],
    );
}

#[test]
fn a_float_is_painted_as_a_whole() {
    assert_order(
        "<div style='float: left; color: red; background: lime'>x</div>\
         <div style='float: left; color: blue; background: aqua'>y</div>",
        &[LIME, "text:#ff0000", AQUA, "text:#0000ff"],
    );
}

#[test]
fn boxes_of_one_level_are_in_tree_order_wherever_their_fragments_hang() {
    // The fixed box hangs at the viewport, the other one in the body: tree order decides.
    assert_order(
        "<div style='position: fixed; width: 9px; height: 9px; background: red'></div>\
         <div style='position: relative; width: 9px; height: 9px; background: blue'></div>",
        &[RED, BLUE],
    );
}

#[test]
fn hidden_boxes_leave_their_visible_children() {
    assert_order(
        "<div style='visibility: hidden; background: red'>\
         <div style='visibility: visible; background: lime; height: 9px'></div></div>",
        &[LIME],
    );
}

#[test]
fn outlines_come_above_the_flow_and_below_positioned_boxes() {
    let list = painted(
        "<div style='outline: 2px solid red; height: 9px'></div><div style='background: lime; height: 9px'></div>\
         <div style='position: relative; background: blue; height: 9px'></div>",
    );
    assert_eq!(support::kinds(&list), ["rect", "outline", "rect"]);
}

#[test]
fn deep_nesting_needs_no_stack() {
    let depth = 20_000;
    let body = format!("{}x", "<div style='position: relative; opacity: .9'>".repeat(depth));
    let (tree, _) = lay_out(&format!("<!DOCTYPE html><body>{body}"));
    let list = fanlight_paint::paint(&tree, &support::input(&fanlight_paint::ScrollOffsets::default()));
    assert!(list.effects.iter().len() > 100);
}
