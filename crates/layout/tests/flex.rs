//! Flex containers, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn flexible_lengths_share_the_line() {
    check(
        "<div style='display:flex'><div style='flex:1 1 0px'>a</div><div style='flex:2 1 0px'>b</div><div style='flex:1 1 0px;max-width:50px'>c</div></div>",
        &["div 8 8 484 18", "div 8 8 144.672 18", "div 152.672 8 289.328 18", "div 442 8 50 18"],
    );
}

#[test]
fn items_shrink_to_their_automatic_minimum() {
    check(
        "<div style='display:flex;width:100px'><div style='width:80px;height:10px'></div><div style='width:80px;flex-shrink:3;min-width:0px'></div><div>word <div style='width:70px'></div></div></div>",
        &["div 8 8 100 18", "div 8 8 30 10", "div 38 8 0 18", "div 38 8 70 18", "div 38 26 70 0"],
    );
}

#[test]
fn auto_margins_take_free_space_along_both_axes() {
    check(
        "<div style='display:flex;height:60px'><div style='margin:auto;width:20px;height:20px'></div><div style='margin-left:auto;width:20px'>x</div></div>",
        &["div 8 8 484 60", "div 156 28 20 20", "div 472 8 20 60"],
    );
}

#[test]
fn lines_wrap_and_wrap_reverse_turns_them() {
    check(
        "<div style='display:flex;flex-wrap:wrap-reverse;width:100px;height:100px'><div style='width:60px;height:10px'></div><div style='width:60px;height:20px'></div><div style='width:40px'>t</div></div>",
        &["div 8 8 100 100", "div 8 98 60 10", "div 8 43 60 20", "div 68 8 40 55"],
    );
}

#[test]
fn right_to_left_rows_begin_at_the_right() {
    check(
        "<div style='display:flex;justify-content:space-around;direction:rtl'><div>aaa</div><div>b</div></div><div style='display:flex;direction:rtl;justify-content:left'><div>left</div></div>",
        &[
            "div 8 8 484 18",
            "div 357.016 8 21.313 18",
            "div 121.672 8 8 18",
            "div 8 26 484 18",
            "div 8 26 21.328 18",
        ],
    );
}

#[test]
fn baselines_are_aligned_and_exported() {
    check(
        "<div style='display:flex;align-items:baseline'><div style='font-size:30px'>a</div><div style='padding-top:20px'>b</div><div style='width:10px;height:30px'></div></div>x <div style='display:inline-flex'><div style='font-size:30px'>a</div></div>",
        &[
            "div 8 8 484 41",
            "div 8 15 13.328 34",
            "div 21.328 8 8 38",
            "div 29.328 12 10 30",
            "div 20 49 13.328 34",
            "div 20 49 13.328 34",
        ],
    );
}

#[test]
fn nested_columns_fill_definite_heights() {
    check(
        "<div style='display:flex;flex-direction:column;height:200px'><div style='flex:1 1 0px;display:flex;flex-direction:column'><div style='flex:1 1 auto;display:flex'><div style='width:30px;height:100%'></div></div></div></div>",
        &["div 8 8 484 200", "div 8 8 484 200", "div 8 8 484 200", "div 8 8 30 200"],
    );
}

#[test]
fn intrinsic_widths_count_inflexible_bases() {
    check(
        "<div style='display:inline-flex'><div style='flex:0 0 100px'>x</div><div style='flex:1 1 0px'>yy</div></div><div style='width:min-content'><div style='display:flex'><div>aaa bbb</div><div style='flex:0 0 auto'>ccc ddd</div></div></div>",
        &[
            "div 8 8 116 18",
            "div 8 8 100 18",
            "div 108 8 16 18",
            "div 8 26 48 36",
            "div 8 26 48 36",
            "div 8 26 24 36",
            "div 32 26 49.313 36",
        ],
    );
}

#[test]
fn order_comes_before_tree_order() {
    check(
        "<div style='display:flex'><div style='order:2;width:10px'>a</div><div style='width:20px'>b</div><div style='order:-1;width:30px'>c</div></div>",
        &["div 8 8 484 18", "div 58 8 10 18", "div 38 8 20 18", "div 8 8 30 18"],
    );
}

#[test]
fn positioned_children_stand_where_a_sole_item_would() {
    check(
        "<div style='display:flex;position:relative;height:100px;justify-content:center;align-items:center'><div style='position:absolute;width:20px;height:20px'></div><div style='position:absolute;right:5px;width:20px;height:20px'></div><div style='width:50px;height:10px'></div></div>",
        &["div 8 8 484 100", "div 240 48 20 20", "div 467 48 20 20", "div 225 53 50 10"],
    );
}

#[test]
fn ratios_follow_the_used_main_size() {
    check(
        "<div style='display:flex;width:30px'><div style='aspect-ratio:1/1;width:100px'><div style='width:50px;height:10px'></div></div></div><div style='display:flex;height:50px'><div style='aspect-ratio:2/1'></div></div>",
        &["div 8 8 30 50", "div 8 8 50 50", "div 8 8 50 10", "div 8 58 484 50", "div 8 58 100 50"],
    );
}

#[test]
fn columns_break_side_by_side() {
    check(
        "<div style='float:left;display:flex;flex-direction:column;flex-wrap:wrap;height:50px'><div>some text</div><div>yy</div><div>zz</div></div>",
        &["div 8 8 75.969 50", "div 8 8 61.766 18", "div 8 26 61.766 18", "div 69.766 8 14.203 18"],
    );
}

#[test]
fn vertical_writing_modes_turn_the_axes() {
    check(
        "<div style='display:flex;writing-mode:vertical-rl;height:100px;width:200px'><div style='flex:1 1 0px;width:20px'></div><div style='flex:2 1 0px;width:30px'></div></div><div style='display:flex;width:200px'><div style='writing-mode:vertical-rl'>abc def</div><div>horizontal</div></div>",
        &[
            "div 8 8 200 100",
            "div 188 8 20 33.328",
            "div 178 41.328 30 66.672",
            "div 8 108 200 46.641",
            "div 8 108 18 46.641",
            "div 26 108 64.875 46.641",
        ],
    );
}

#[test]
fn text_between_items_is_an_item() {
    check("<div style='display:flex'>text <b>bold</b> more</div>", &["div 8 8 484 18", "b 32 8 30.25 18"]);
}

#[test]
fn percentages_of_children_refer_to_stretched_items() {
    check(
        "<div style='display:flex;height:100px'><div style='width:50px'><div style='height:50%'></div></div><div style='width:50px;align-self:flex-start'><div style='height:50%'>x</div></div></div>",
        &["div 8 8 484 100", "div 8 8 50 100", "div 8 8 50 50", "div 58 8 50 18", "div 58 8 50 18"],
    );
}

#[test]
fn contained_items_are_as_high_as_they_say() {
    check(
        "<div style='display:flex;flex-wrap:wrap;align-items:flex-start'><div style='contain:size;contain-intrinsic-width:55px;contain-intrinsic-height:21px'></div></div>",
        &["div 8 8 484 21", "div 8 8 55 21"],
    );
}

#[test]
fn items_of_columns_are_aligned_along_lines_by_their_own_direction() {
    check(
        "<div style='display:flex;flex-direction:column;direction:rtl;width:100px;height:20px;position:relative'><div style='position:absolute;direction:ltr;align-self:self-start;width:10px;height:5px'></div><div style='position:absolute;direction:ltr;align-self:self-end;width:10px;height:5px'></div></div>",
        &["div 8 8 100 20", "div 8 8 10 5", "div 98 8 10 5"],
    );
}

#[test]
fn left_and_right_mean_start_where_a_column_is_vertical() {
    check(
        "<div style='display:flex;flex-direction:column;height:40px;justify-content:right'><p style='margin:0;height:10px'></p></div><div style='display:flex;flex-direction:column;writing-mode:vertical-rl;width:100px;height:20px;justify-content:left'><p style='margin:0;width:10px'></p></div>",
        &["div 8 8 484 40", "p 8 8 484 10", "div 8 48 100 20", "p 8 48 10 20"],
    );
}

#[test]
fn percentages_inside_do_not_refer_to_the_height_of_an_item_that_is_measured() {
    check(
        "<div style='display:flex;flex-direction:column;width:100px'><div style='flex-basis:100px;height:200px'><div style='height:100%'></div></div></div>",
        &["div 8 8 100 100", "div 8 8 100 100", "div 8 8 100 100"],
    );
}

#[test]
fn a_container_is_as_wide_as_the_automatic_minimum_of_its_items() {
    check(
        "<div style='display:inline-flex'><div style='flex-basis:20px'><div style='width:100px;height:5px'></div></div></div>",
        &["div 8 17 100 5", "div 8 17 100 5", "div 8 17 100 5"],
    );
}

#[test]
fn a_column_is_as_high_as_the_bases_of_its_items() {
    check(
        "<div style='display:flex;flex-direction:column'><div style='flex:1 1 0px;min-height:0px'><p style='height:14px;margin:0'></p></div><div style='height:5px'></div></div>",
        &["div 8 8 484 5", "div 8 8 484 0", "p 8 8 484 14", "div 8 8 484 5"],
    );
}

#[test]
fn the_content_of_an_item_with_a_ratio_is_as_wide_as_its_height_says() {
    check(
        "<div style='display:flex;width:1px'><div style='height:25px;aspect-ratio:8/1'></div></div><div style='display:flex;width:1px'><div style='min-height:25px;aspect-ratio:8/1'></div></div>",
        &["div 8 8 1 25", "div 8 8 200 25", "div 8 33 1 25", "div 8 33 200 25"],
    );
}

#[test]
fn the_content_of_an_item_with_a_ratio_is_within_the_limits_on_its_width() {
    check(
        "<div style='display:flex;flex-direction:column;height:1px'><div style='max-width:25px;width:100px;aspect-ratio:1/8'><div style='height:500px'></div></div></div>",
        &["div 8 8 484 1", "div 8 8 25 200", "div 8 8 25 500"],
    );
}

#[test]
fn the_height_of_a_table_leaves_its_caption_out() {
    check(
        "<div style='display:flex;flex-direction:column;width:100px'><table style='border-spacing:0px 0px;height:90px'><caption style='height:10px'></caption><tbody><tr><td style='padding:0px'></td></tr></tbody></table></div>",
        &[
            "div 8 8 100 100",
            "table 8 8 100 100",
            "caption 8 8 100 10",
            "tbody 8 18 100 90",
            "tr 8 18 100 90",
            "td 8 18 100 90",
        ],
    );
}

#[test]
fn a_column_does_not_count_a_height_where_there_is_a_basis() {
    check(
        "<div style='display:flex;flex-direction:column'><div style='flex:1 0 0px;height:500px'><p style='height:40px;margin:0'></p></div></div>",
        &["div 8 8 484 40", "div 8 8 484 40", "p 8 8 484 40"],
    );
}

#[test]
fn last_baselines_meet_at_the_end_of_a_row() {
    check(
        "<div style='display:flex;align-items:last baseline;width:300px'><div style='width:10px'><p style='display:inline-block;margin:0;width:5px;height:30px'></p></div><div style='width:10px;padding-bottom:20px'><p style='display:inline-block;margin:0;width:5px;height:10px'></p></div><div style='width:10px;height:40px;margin-bottom:3px'></div></div>",
        &[
            "div 8 8 300 64",
            "div 8 18 10 34",
            "p 8 18 5 30",
            "div 18 34 10 38",
            "p 18 38 5 10",
            "div 28 8 10 40",
        ],
    );
}

#[test]
fn each_line_of_a_row_has_its_last_baseline() {
    check(
        "<div style='display:flex;flex-wrap:wrap;align-items:last baseline;width:30px;line-height:0'><div style='width:20px;height:20px'></div><div style='width:10px;padding-bottom:20px'><p style='display:inline-block;margin:0;width:5px;height:10px'></p></div><div style='width:20px;height:20px'></div><div style='width:10px;height:5px;margin-bottom:5px'></div></div>",
        &[
            "div 8 8 30 65",
            "div 8 8 20 20",
            "div 28 18 10 30",
            "p 28 18 5 10",
            "div 8 48 20 20",
            "div 28 63 10 5",
        ],
    );
}

#[test]
fn a_column_measures_items_at_the_inline_size_that_they_ask_for() {
    check(
        "<div style='display:flex;flex-direction:column;width:100px'><div style='width:max-content'><p style='float:left;margin:0;width:80px;height:20px'></p><p style='float:left;margin:0;width:80px;height:20px'></p></div><div style='width:min-content'><p style='float:left;margin:0;width:40px;height:20px'></p><p style='float:left;margin:0;width:40px;height:20px'></p></div></div>",
        &[
            "div 8 8 100 60",
            "div 8 8 160 20",
            "p 8 8 80 20",
            "p 88 8 80 20",
            "div 8 28 40 40",
            "p 8 28 40 20",
            "p 8 48 40 20",
        ],
    );
}

#[test]
fn the_share_of_a_block_size_that_is_not_definite_is_no_gap() {
    check(
        "<div style='display:flex;flex-direction:column;row-gap:10%'><div style='height:20px'></div><div style='height:20px'></div></div>",
        &["div 8 8 484 40", "div 8 8 484 20", "div 8 28 484 20"],
    );
}

#[test]
fn items_of_a_nested_row_do_not_refer_to_a_height_that_is_not_definite() {
    check(
        "<div style='display:flex;align-items:center'><div style='display:flex'><div style='height:150%'><p style='margin:0;height:20px;width:10px'></p></div></div><div style='height:100px'></div></div>",
        &["div 8 8 484 100", "div 8 48 10 20", "div 8 48 10 20", "p 8 48 10 20", "div 18 8 0 100"],
    );
}

#[test]
fn an_item_too_large_for_its_line_begins_at_its_start_in_spite_of_automatic_margins() {
    check(
        "<div style='display:flex;height:50px'><div style='margin:auto 0;width:20px;height:150px'></div><div style='margin-top:auto;width:20px;height:150px'></div><div style='margin:auto 0;width:20px;height:10px'></div></div>",
        &["div 8 8 484 50", "div 8 8 20 150", "div 28 8 20 150", "div 48 28 20 10"],
    );
}

#[test]
fn lines_of_a_reversed_container_that_do_not_fit_reach_past_its_start() {
    check(
        "<div style='display:flex;flex-wrap:wrap-reverse;width:100px;height:50px;margin-top:100px'><div style='width:80px;height:40px'></div><div style='width:80px;height:40px'></div></div>",
        &["div 8 100 100 50", "div 8 110 80 40", "div 8 70 80 40"],
    );
}

#[test]
fn minimum_sizes_of_items_fill_the_container() {
    check(
        "<div style='display:flex;width:200px'><div style='min-width:stretch;margin:0 10px;padding:5px;height:10px'></div></div>",
        &["div 8 8 200 20", "div 18 8 180 20"],
    );
}

#[test]
fn last_baselines_of_lines_are_their_start() {
    check(
        "<div style='display:flex;flex-wrap:wrap;height:50px;align-content:last baseline'><div style='width:20px;height:10px'></div></div>",
        &["div 8 8 484 50", "div 8 8 20 10"],
    );
}

#[test]
fn an_item_is_as_high_as_a_maximum_that_names_its_content() {
    check(
        "<div style='display:flex;height:100px'><div style='max-height:max-content;width:10px'></div><div style='max-height:fit-content;width:10px'><p style='margin:0;height:20px'></p></div><div style='height:80px;max-height:min-content;width:10px'><p style='margin:0;height:30px'></p></div></div>",
        &[
            "div 8 8 484 100",
            "div 8 8 10 0",
            "div 18 8 10 20",
            "p 18 8 10 20",
            "div 28 8 10 30",
            "p 28 8 10 30",
        ],
    );
}

#[test]
fn a_stretched_item_is_at_least_as_high_as_a_minimum_that_names_its_content() {
    check(
        "<div style='display:flex;height:10px'><div style='min-height:fit-content;width:10px'><p style='margin:0;height:20px'></p></div></div>",
        &["div 8 8 484 10", "div 8 8 10 20", "p 8 8 10 20"],
    );
}

#[test]
fn an_item_does_not_shrink_below_what_its_height_and_ratio_give() {
    check(
        "<div style='display:flex;height:300px'><div style='aspect-ratio:2'></div></div>",
        &["div 8 8 484 300", "div 8 8 600 300"],
    );
    check(
        "<div style='display:flex'><div style='aspect-ratio:1/2;height:120px'><p style='margin:0;width:150px;height:5px'></p></div></div>",
        &["div 8 8 484 120", "div 8 8 150 120", "p 8 8 150 5"],
    );
}

#[test]
fn a_row_with_a_ratio_is_not_as_high_as_what_stretches_in_it() {
    check(
        "<div style='display:flex;aspect-ratio:2;width:20px'><div style='width:5px'><p style='margin:0;height:30px'></p></div></div>",
        &["div 8 8 20 10", "div 8 8 5 10", "p 8 8 5 30"],
    );
    check(
        "<div style='display:flex;aspect-ratio:2;width:20px'><div style='width:5px;height:50px'></div></div>",
        &["div 8 8 20 50", "div 8 8 5 50"],
    );
}

#[test]
fn percentages_refer_to_nothing_in_an_item_that_is_as_high_as_its_content() {
    check(
        "<div style='display:flex'><div style='display:flex;align-self:end'><div style='width:10px;height:50%'><p style='margin:0;height:20px'></p></div></div></div>",
        &["div 8 8 484 20", "div 8 8 10 20", "div 8 8 10 20", "p 8 8 10 20"],
    );
}

#[test]
fn a_minimum_that_names_the_content_makes_a_container_higher() {
    check(
        "<div style='display:flex;flex-direction:column;height:20px;min-height:max-content'><p style='margin:0;height:50px'></p></div>",
        &["div 8 8 484 50", "p 8 8 484 50"],
    );
    check(
        "<div style='display:flex;height:20px;min-height:fit-content;align-items:center'><p style='margin:0;height:50px'></p></div>",
        &["div 8 8 484 50", "p 8 8 0 50"],
    );
    check(
        "<div style='display:flex;height:120px;max-height:fit-content'><div></div><p style='margin:0;height:50px'></p></div>",
        &["div 8 8 484 120", "div 8 8 0 120", "p 8 8 0 50"],
    );
    check(
        "<div style='display:grid;height:20px;min-height:fit-content'><p style='margin:0;height:50px'></p></div>",
        &["div 8 8 484 50", "p 8 8 484 50"],
    );
}

#[test]
fn limits_of_items_that_name_content_count_while_they_flex() {
    check(
        "<div style='display:flex;height:120px;flex-direction:column'><div style='min-height:max-content;flex:1 1 0;overflow:hidden'><p style='margin:0;height:150px'></p></div><div style='height:30px'></div></div>",
        &["div 8 8 484 120", "div 8 8 484 150", "p 8 8 484 150", "div 8 158 484 0"],
    );
    check(
        "<div style='display:flex;flex-direction:column'><div style='max-height:max-content;flex:1 1 50px'></div></div>",
        &["div 8 8 484 0", "div 8 8 484 0"],
    );
    check(
        "<div style='display:flex;width:100px'><div style='min-width:fit-content;flex:1 1 0'>two three four five six</div></div>",
        &["div 8 8 100 36", "div 8 8 100 36"],
    );
}

#[test]
fn nothing_has_the_size_of_a_line_that_is_not_known() {
    check(
        "<div style='display:flex;height:80px;width:150px;flex-wrap:wrap'><div style='aspect-ratio:2'>a</div></div>",
        &["div 8 8 150 80", "div 8 8 7.109 80"],
    );
    check(
        "<div style='display:flex'><div style='display:flex'>a<div style='aspect-ratio:1'></div></div></div>",
        &["div 8 8 484 18", "div 8 8 7.109 18", "div 15.109 8 0 18"],
    );
    check(
        "<div style='display:flex'><div style='aspect-ratio:1/2;max-height:40px'></div></div>",
        &["div 8 8 484 0", "div 8 8 0 0"],
    );
}

#[test]
fn the_height_of_a_line_gives_a_width_through_the_ratio_of_what_is_inside_an_item() {
    check(
        "<div style='display:flex;height:80px'><div style='display:flex'><div style='aspect-ratio:3/2'></div></div></div>",
        &["div 8 8 484 80", "div 8 8 120 80", "div 8 8 120 80"],
    );
}

#[test]
fn gaps_count_once_beside_factors_below_one() {
    check(
        "<div style='display:flex;gap:4px;width:100px'><p style='margin:0;width:10px'></p><div style='flex-grow:0.5'></div></div>",
        &["div 8 8 100 0", "p 8 8 10 0", "div 22 8 43 0"],
    );
    check(
        "<div style='display:flex;gap:10%;width:100px;flex-direction:row-reverse'><div style='flex-grow:0.5'></div><p style='margin:0;width:10px'></p></div>",
        &["div 8 8 100 0", "div 68 8 40 0", "p 48 8 10 0"],
    );
}

#[test]
fn a_reversed_row_stands_on_the_baseline_of_the_item_at_its_start() {
    check(
        "x<div style='display:inline-flex;flex-direction:row-reverse'><p style='margin:0;width:10px;font-size:10px'>a</p><p style='margin:0;width:20px;font-size:30px'>b</p></div>",
        &["div 16 8 30 34", "p 36 8 10 34", "p 16 8 20 34"],
    );
}

#[test]
fn an_inline_block_stands_on_the_first_baseline_of_the_last_container_inside() {
    let items = "<p style='margin:0;width:20px;font-size:10px'>a</p><p style='margin:0;width:20px;font-size:30px'>b</p>";
    check(
        &format!(
            "x<span style='display:inline-block'><div style='display:flex;flex-direction:column'>{items}</div></span>"
        ),
        &["span 16 13 20 45", "div 16 13 20 45", "p 16 13 20 11", "p 16 24 20 34"],
    );
    check(
        &format!(
            "x<span style='display:inline-block'><div>y</div><div style='display:flex;flex-direction:column'>{items}</div></span>"
        ),
        &["span 16 8 20 63", "div 16 8 20 18", "div 16 26 20 45", "p 16 26 20 11", "p 16 37 20 34"],
    );
}

#[test]
fn items_that_stretch_along_a_reversed_row_are_at_its_start() {
    check(
        "<div style='display:flex;flex-direction:row-reverse;justify-content:stretch'><p style='margin:0;width:10px;height:5px'></p></div>",
        &["div 8 8 484 5", "p 482 8 10 5"],
    );
}

#[test]
fn an_item_whose_lines_cross_the_row_asks_for_its_content_beside_a_small_basis() {
    check(
        "<div style='display:flex;width:max-content'><p style='margin:0;flex-basis:0;writing-mode:vertical-lr'>a</p></div>",
        &["div 8 8 18 7.109", "p 8 8 18 7.109"],
    );
}
