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
