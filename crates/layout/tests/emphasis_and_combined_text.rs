//! Emphasis marks and combined text, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn combined_text_takes_one_em_of_a_line() {
    check(
        "<div style='writing-mode:vertical-rl;height:100px'>a<b style='text-combine-upright:all'>12</b><i style='text-combine-upright:all'>12345</i>b<b style='text-combine-upright:all'> 1 2 </b></div><div style='writing-mode:sideways-rl;height:100px'>a<b style='text-combine-upright:all'>12</b></div><div>a<b style='text-combine-upright:all'>12</b></div>",
        &[
            "div 8 8 18 100",
            "b 9 15.109 17 16",
            "i 9 31.109 17 16",
            "b 9 55.109 17 16",
            "div 8 108 18 100",
            "b 9 115.109 17 16",
            "div 8 208 484 18",
            "b 15.109 208 16 17",
        ],
    );
}

#[test]
fn preserved_white_space_is_combined_with_the_text() {
    let text = "<div style='writing-mode:vertical-rl'>a<b style='text-combine-upright:all;white-space:pre'>\n1  2 </b></div>";
    let laid_out = support::dump(text);
    assert!(laid_out.contains("text=\" 1  2 \""), "{laid_out}");
}

#[test]
fn lines_break_around_combined_text_and_not_within() {
    check(
        "<div style='writing-mode:vertical-rl;height:40px'>a <b style='text-combine-upright:all'>12</b> b <i style='text-combine-upright:all'>1 2</i> c</div><div style='writing-mode:vertical-lr;height:min-content'>a <b style='text-combine-upright:all'>1 2</b></div>",
        &["div 8 8 36 40", "b 27 19.109 17 16", "i 9 8 17 16", "div 8 48 36 16", "b 27 48 17 16"],
    );
}

#[test]
fn emphasis_marks_take_room_on_their_line() {
    check(
        "<div style='text-emphasis-style:dot'>abc</div><div style='line-height:1'><b style='text-emphasis-style:dot'>abc</b></div><div style='line-height:1'><b style='text-emphasis-style:dot;text-emphasis-position:under'>abc</b></div><div style='writing-mode:vertical-rl;height:50px;line-height:1'><b style='text-emphasis-style:dot'>abc</b></div>",
        &[
            "div 8 8 484 18",
            "div 8 26 484 23",
            "b 8 32 24 17",
            "div 8 49 484 24",
            "b 8 48 24 17",
            "div 8 73 25 50",
            "b 8 73 17 24",
        ],
    );
}

#[test]
fn emphasis_marks_stand_beyond_annotations() {
    check(
        "<div style='text-emphasis-style:dot'><ruby>abc<rt style='text-emphasis-style:none'>n</rt></ruby> d</div><div style='text-emphasis-style:dot'>aaa<ruby style='text-emphasis-style:none'>b<rt>a long note</rt></ruby>ccc</div>",
        &[
            "div 8 8 484 26",
            "ruby 8 16 22.203 17",
            "rt 8 8 22.188 9",
            "div 8 34 484 25",
            "ruby 29.313 41 35.531 17",
            "rt 29.313 33 35.547 9",
        ],
    );
}
