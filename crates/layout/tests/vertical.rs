//! Lines that run downwards, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn atomic_boxes_are_centered_on_lines_that_run_downwards() {
    check(
        "<div style='writing-mode:vertical-rl;width:max-content'>a<b style='display:inline-block;width:40px;height:10px'></b><span style='font-size:32px'>x</span></div><div style='writing-mode:vertical-lr;width:max-content'><b style='display:inline-block;width:31px;height:10px;writing-mode:horizontal-tb'>t</b>a</div>",
        &[
            "div 8 8 40 33.109",
            "b 8 15.109 40 10",
            "span 10 25.109 36 16",
            "div 8 41.109 31 17.109",
            "b 8 41.109 31 10",
        ],
    );
}

#[test]
fn sideways_text_keeps_the_alphabetic_baseline() {
    check(
        "<div style='writing-mode:vertical-rl;width:max-content;text-orientation:sideways'>a<b style='display:inline-block;width:40px;height:10px'></b></div>",
        &["div 8 8 44 17.109", "b 12 15.109 40 10"],
    );
}

#[test]
fn orthogonal_flows_fit_in_their_container_or_in_the_viewport() {
    check(
        "<div style='width:300px'><div style='writing-mode:vertical-rl;padding:3px'>a b c</div><div style='height:30px'><p style='writing-mode:vertical-rl;margin:0'>aa bb cc</p></div><div style='max-height:40px'><p style='writing-mode:vertical-lr;margin:0;height:50%'>aa</p></div><div style='float:left;height:30px'><p style='writing-mode:vertical-rl;margin:0'>aa bb cc</p></div></div>",
        &[
            "div 8 8 300 86.203",
            "div 8 8 24 36.203",
            "div 8 44.203 300 30",
            "p 8 44.203 54 30",
            "div 8 74.203 300 20",
            "p 8 74.203 18 20",
            "div 8 94.203 54 30",
            "p 8 94.203 54 30",
        ],
    );
}

#[test]
fn lines_are_aligned_from_their_over_side() {
    check(
        "<div style='writing-mode:vertical-lr;width:max-content;text-orientation:sideways'>a<b style='display:inline-block;width:40px;height:10px;margin-left:3px'></b></div><div style='writing-mode:vertical-lr;width:max-content;line-height:40px'>a<u style='font-size:32px;line-height:1;vertical-align:top'>x</u></div><div style='writing-mode:sideways-lr;width:max-content;height:60px'>a<u>bb</u></div>",
        &[
            "div 8 8 47 17.109",
            "b 15 15.109 40 10",
            "div 8 25.109 40 23.109",
            "u 14 32.219 36 16",
            "div 8 48.219 18 60",
            "u 8 85.109 17 16",
        ],
    );
}

#[test]
fn an_inline_box_with_other_lines_is_atomic() {
    check(
        "<div>x<u style='writing-mode:vertical-rl;width:30px;height:20px'>y</u></div>",
        &["div 8 8 484 24", "u 16 8 30 20"],
    );
}
