//! Ruby, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn annotations_stand_over_their_bases_and_move_the_line_down() {
    check(
        "<div>x<ruby>abc<rt>k</rt>de<rt>ji</rt></ruby>y</div><div style='line-height:40px'>x<ruby>abc<rt>k</rt></ruby></div>",
        &[
            "div 8 8 484 18",
            "ruby 16 8 37.313 17",
            "rt 16 0 22.188 9",
            "rt 38.203 0 15.109 9",
            "div 8 26 484 40",
            "ruby 16 37 22.203 17",
            "rt 16 29 22.188 9",
        ],
    );
}

#[test]
fn a_base_is_all_before_its_annotation() {
    check(
        "<div><ruby><b>a</b>b<rt>long note</rt>c</ruby><ruby><rt>alone</rt></ruby></div><div style='display:block ruby'>abc<rt>n</rt></div>",
        &[
            "div 8 8 484 18",
            "ruby 8 8 33.563 17",
            "b 8 8 15 17",
            "rt 8 0 30 9",
            "ruby 41.563 8 17.313 17",
            "rt 41.563 0 17.328 9",
            "div 8 26 484 25",
            "rt 8 25 22.188 9",
        ],
    );
}

#[test]
fn annotations_reach_over_text_that_is_not_larger() {
    check(
        "<div>xxxxx<ruby>a<rt>long note</rt></ruby>yyyyy</div><div>xxxxx<ruby style='ruby-overhang:none'>a<rt>long note</rt></ruby>yyyyy</div><div><b style='font-size:30px'>x</b><ruby>a<rt>long note</rt></ruby> y</div><div>x <ruby style='ruby-overhang:spaces'>a<rt>long note</rt></ruby> y</div>",
        &[
            "div 8 8 484 18",
            "ruby 48 8 21.984 17",
            "rt 44 0 30 9",
            "div 8 26 484 25",
            "ruby 48 33 29.984 17",
            "rt 48 25 30 9",
            "div 8 51 484 34",
            "b 8 51 15 33",
            "ruby 23 64 25.984 17",
            "rt 23 56 30 9",
            "div 8 85 484 25",
            "ruby 20 92 21.984 17",
            "rt 16 84 30 9",
        ],
    );
}

#[test]
fn bases_and_annotations_share_the_room_of_their_column() {
    check(
        "<div><ruby style='ruby-align:start'><i>a</i><rt>long note</rt></ruby>x</div><div><ruby style='ruby-align:center'>a b c d e<rt><i>x y</i></rt></ruby></div><div><ruby style='ruby-align:space-between'>a b c d e<rt><i>x</i> <i>y</i></rt></ruby></div><div><ruby>a b c d e<rt style='text-align:right'><i>x</i> <i>y</i></rt></ruby></div>",
        &[
            "div 8 8 484 18",
            "ruby 8 8 26 17",
            "i 8 8 30 17",
            "rt 8 0 30 9",
            "div 8 26 484 25",
            "ruby 8 33 53.313 17",
            "rt 8 25 53.297 9",
            "i 8 25 53.297 9",
            "div 8 51 484 25",
            "ruby 8 58 53.313 17",
            "rt 8 50 53.313 9",
            "i 8 50 3.563 9",
            "i 57.75 50 3.563 9",
            "div 8 76 484 25",
            "ruby 8 83 53.313 17",
            "rt 8 75 53.313 9",
            "i 8 75 47.75 9",
            "i 57.75 75 3.563 9",
        ],
    );
}

#[test]
fn annotations_under_their_bases_move_what_follows() {
    check(
        "<div style='ruby-position:under'>x<ruby>a<rt>n</rt></ruby><br>second</div><div style='ruby-position:under;padding:20px 0'>x<ruby>a<rt>n</rt></ruby></div><p>x</p>",
        &[
            "div 8 8 484 43",
            "ruby 16 8 7.109 17",
            "rt 16 25 7.094 9",
            "br 23.109 8 0 17",
            "div 8 51 484 58",
            "ruby 16 71 7.109 17",
            "rt 16 88 7.094 9",
            "p 8 125 484 18",
        ],
    );
}

#[test]
fn annotations_lie_on_padding_margins_and_leading_before_their_line() {
    check(
        "<p><ruby>a<rt>n</rt></ruby></p><div style='padding-top:2px'><ruby>a<rt>n</rt></ruby></div><div style='border-style:solid;border-width:1px'><ruby>a<rt>n</rt></ruby></div><div style='overflow:hidden;margin:9px 0'><ruby>a<rt>n</rt></ruby></div>",
        &[
            "p 8 16 484 18",
            "ruby 8 16 7.109 17",
            "rt 8 8 7.094 9",
            "div 8 50 484 20",
            "ruby 8 52 7.109 17",
            "rt 8 44 7.094 9",
            "div 8 70 484 28",
            "ruby 9 79 7.109 17",
            "rt 9 71 7.094 9",
            "div 8 107 484 26",
            "ruby 8 115 7.109 17",
            "rt 8 107 7.094 9",
        ],
    );
}

#[test]
fn ruby_in_ruby_stands_further_out() {
    check(
        "<div><ruby><ruby>abc<rt>in</rt></ruby><rt>outer</rt></ruby></div><div><ruby style='ruby-position:under'><ruby style='ruby-position:over'>abc<rt>in</rt></ruby><rt>outer</rt></ruby></div><div style='font-size:32px'><ruby>abc<rt><ruby>no<rt>x</rt></ruby></rt></ruby></div>",
        &[
            "div 8 8 484 27",
            "ruby 8 17 22.203 17",
            "ruby 8 17 22.203 17",
            "rt 8 9 22.203 9",
            "rt 8 0 22.188 9",
            "div 8 35 484 33",
            "ruby 8 42 22.203 17",
            "ruby 8 42 22.203 17",
            "rt 8 34 22.203 9",
            "rt 8 59 22.188 9",
            "div 8 68 484 58",
            "ruby 8 89 44.406 36",
            "rt 8 76 44.406 17",
            "ruby 8 76 44.406 17",
            "rt 8 68 16 9",
        ],
    );
}

#[test]
fn columns_break_where_base_and_annotation_can() {
    check(
        "<div style='width:120px'>aa <ruby>the quick brown fox jumps<rt>over the lazy dog and more</rt></ruby> word</div><div style='width:120px'>aa <ruby style='white-space-collapse:collapse;text-wrap-mode:nowrap'>the quick brown fox jumps<rt>over</rt></ruby> word</div><div style='width:100px'>aaaa bbbb <ruby>cc dd<rt>nn</rt></ruby> word</div>",
        &[
            "div 8 8 120 61",
            "ruby 8 8 109.328 42",
            "rt 8 0 109.328 34",
            "div 8 69 120 61",
            "ruby 8 94 172.422 17",
            "rt 8 86 172.406 9",
            "div 8 130 100 43",
            "ruby 8 137 82.609 35",
            "rt 76.406 129 14.188 9",
        ],
    );
}

#[test]
fn intrinsic_sizes_count_columns() {
    check(
        "<div style='width:min-content'>aa <ruby>ff<rt>a long note</rt></ruby>y</div><div style='width:max-content'>aa<ruby>ff<rt>a long note</rt></ruby>yyyyy</div><div style='width:min-content'><ruby>abcde<rt>a long note that goes on</rt></ruby></div>",
        &[
            "div 8 8 39.547 43",
            "ruby 8 33 31.531 17",
            "rt 8 25 35.547 9",
            "div 8 51 81.75 25",
            "ruby 22.203 58 27.531 17",
            "rt 18.203 50 35.547 9",
            "div 8 76 76.219 25",
            "ruby 8 83 76.219 17",
            "rt 8 75 76.219 9",
        ],
    );
}

#[test]
fn white_space_collapses_through_annotations() {
    check(
        "<div>A <ruby> ab <rt> n </rt> cd <rt>n</rt> </ruby> B</div>",
        &["div 8 8 484 18", "ruby 22.672 8 42.219 17", "rt 22.672 0 19.094 9", "rt 41.781 0 19.094 9"],
    );
}

#[test]
fn boxes_in_ruby_are_inline_level() {
    check(
        "<div><ruby><span style='float:left'>a</span>b<div>c</div><rt>x<div>y</div></rt></ruby></div>",
        &[
            "div 8 8 484 19",
            "ruby 8 9 22.219 17",
            "span 8 9 7.109 18",
            "div 23.109 9 7.109 18",
            "rt 8 0 22.219 9",
            "div 19.109 0 4 9",
        ],
    );
}

#[test]
fn columns_of_right_to_left_lines_run_leftwards() {
    check(
        "<div style='direction:rtl'>x<ruby>ab<rt>n</rt>cd<rt>a long note</rt></ruby>y</div>",
        &["div 8 8 484 18", "ruby 437.344 8 46.656 17", "rt 437.344 0 15.094 9", "rt 452.453 0 35.547 9"],
    );
}

#[test]
fn lines_that_run_downwards_have_annotations_beside_them() {
    check(
        "<div style='writing-mode:vertical-rl;height:150px'>x<ruby>abc<rt>n</rt></ruby>y</div><div style='writing-mode:vertical-lr;height:150px'>x<ruby style='ruby-position:under'>abc<rt>n</rt></ruby>y</div><div style='writing-mode:sideways-lr;height:150px'>x<ruby>abc<rt>n</rt></ruby>y</div>",
        &[
            "div 8 8 25.5 150",
            "ruby 9 16 17 22.203",
            "rt 25 16 9 22.188",
            "div 8 158 24.5 150",
            "ruby 15.5 166 17 22.203",
            "rt 7.5 166 9 22.188",
            "div 8 308 26 150",
            "ruby 16 427.797 17 22.203",
            "rt 8 427.813 9 22.188",
        ],
    );
}

#[test]
fn annotations_with_edges_take_room_as_boxes() {
    check(
        "<div>x<ruby>abc<rt style='padding:3px 5px;border-style:solid;border-width:1px;margin:2px'>n</rt></ruby>y</div>",
        &["div 8 8 484 30", "ruby 16 20 22.203 17", "rt 18 2 18.188 17"],
    );
}
