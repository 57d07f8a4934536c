//! Grid containers, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn fractions_share_what_lengths_leave() {
    check(
        "<div style='display:grid;grid-template-columns:100px 1fr 2fr;column-gap:10px;row-gap:10px'><div>a</div><div>b</div><div>c</div><div>d d d</div></div>",
        &[
            "div 8 8 484 46",
            "div 8 8 100 18",
            "div 118 8 121.328 18",
            "div 249.328 8 242.672 18",
            "div 8 36 100 18",
        ],
    );
}

#[test]
fn areas_and_lines_have_names() {
    check(
        "<div style='display:grid;grid-template-areas:none;grid-template-columns:[start] 50px [mid] 60px [end]'><div style='grid-column-start:mid;grid-column-end:end'>a</div><div style='grid-column-start:start;grid-column-end:end'>b</div></div>",
        &["div 8 8 484 36", "div 58 8 60 18", "div 8 26 110 18"],
    );
}

#[test]
fn tracks_repeat_to_fill_or_fit() {
    check(
        "<div style='display:grid;grid-template-columns:repeat(auto-fill,minmax(90px,1fr))'><div>a</div><div>b</div></div><div style='display:grid;grid-template-columns:repeat(auto-fit,minmax(90px,1fr))'><div>a</div><div>b</div></div>",
        &[
            "div 8 8 484 18",
            "div 8 8 96.797 18",
            "div 104.797 8 96.797 18",
            "div 8 26 484 18",
            "div 8 26 242 18",
            "div 250 26 242 18",
        ],
    );
}

#[test]
fn spanning_items_are_placed_sparsely_or_densely() {
    check(
        "<div style='display:grid;grid-template-columns:repeat(3,50px)'><div style='grid-column-start:span 2'>a</div><div style='grid-column-start:span 2'>b</div><div>c</div></div><div style='display:grid;grid-template-columns:repeat(3,50px);grid-auto-flow:dense'><div style='grid-column-start:span 2'>a</div><div style='grid-column-start:span 2'>b</div><div>c</div></div>",
        &[
            "div 8 8 484 36",
            "div 8 8 100 18",
            "div 8 26 100 18",
            "div 108 26 50 18",
            "div 8 44 484 36",
            "div 8 44 100 18",
            "div 8 62 100 18",
            "div 108 44 50 18",
        ],
    );
}

#[test]
fn track_sizes_come_from_content() {
    check(
        "<div style='display:grid;width:300px;grid-template-columns:minmax(50px,100px) minmax(min-content,1fr) fit-content(80px)'><div>a</div><div>bb cc</div><div>some words here</div></div>",
        &["div 8 8 300 36", "div 8 8 100 36", "div 108 8 120 36", "div 228 8 80 36"],
    );
}

#[test]
fn percentages_of_rows_wait_for_the_height() {
    check(
        "<div style='display:grid;width:300px;grid-template-rows:50% 50%'><div>a</div><div>c</div></div>",
        &["div 8 8 300 36", "div 8 8 300 18", "div 8 26 300 18"],
    );
}

#[test]
fn items_and_tracks_are_aligned() {
    check(
        "<div style='display:grid;grid-template-columns:50px 50px;grid-template-rows:20px 20px;width:300px;height:100px;justify-content:space-between;align-content:space-evenly'><div></div><div></div><div></div><div></div></div><div style='display:grid;grid-template-columns:100px 100px;grid-template-rows:60px;justify-content:center;align-items:center;justify-items:end'><div>a</div><div style='align-self:end;justify-self:start'>b</div></div>",
        &[
            "div 8 8 300 100",
            "div 8 28 50 20",
            "div 258 28 50 20",
            "div 8 68 50 20",
            "div 258 68 50 20",
            "div 8 108 484 60",
            "div 242.891 129 7.109 18",
            "div 250 150 8 18",
        ],
    );
}

#[test]
fn positioned_children_have_areas() {
    check(
        "<div style='display:grid;position:relative;grid-template-columns:50px 60px 70px;grid-template-rows:30px 40px;padding:10px'><div style='position:absolute;grid-column-start:2;grid-column-end:3;grid-row-start:2;grid-row-end:3;top:0px;right:0px;bottom:0px;left:0px'></div><div>x</div></div>",
        &["div 8 8 484 90", "div 68 48 60 40", "div 18 18 50 30"],
    );
}

#[test]
fn right_to_left_columns_begin_at_the_right() {
    check(
        "<div style='display:grid;direction:rtl;grid-template-columns:50px 70px;column-gap:4px'><div>a</div><div>b</div></div>",
        &["div 8 8 484 18", "div 442 8 50 18", "div 368 8 70 18"],
    );
}

#[test]
fn intrinsic_widths_are_those_of_tracks() {
    check(
        "<div style='width:min-content'><div style='display:grid;grid-template-columns:1fr auto'><div>aa bb</div><div>ccc ddd</div></div></div><div style='display:inline-grid;grid-template-columns:auto 1fr 1fr'><div>aa</div><div>bbbb</div><div>c</div></div>",
        &[
            "div 8 8 40 36",
            "div 8 8 40 36",
            "div 8 8 16 36",
            "div 24 8 24 36",
            "div 8 44 78.203 18",
            "div 8 44 14.203 18",
            "div 22.203 44 32 18",
            "div 54.203 44 32 18",
        ],
    );
}

#[test]
fn grids_nest() {
    check(
        "<div style='display:grid;grid-template-columns:1fr 1fr'><div style='display:grid;grid-template-columns:1fr 1fr'><div>a</div><div>b</div></div><div style='display:flex;justify-content:center'><div>c</div></div></div>",
        &[
            "div 8 8 484 18",
            "div 8 8 242 18",
            "div 8 8 121 18",
            "div 129 8 121 18",
            "div 250 8 242 18",
            "div 367.438 8 7.109 18",
        ],
    );
}

#[test]
fn vertical_writing_modes_turn_the_axes() {
    check(
        "<div style='display:grid;writing-mode:vertical-rl;grid-template-columns:30px 40px;grid-template-rows:20px 50px'><div>a</div><div>b</div><div>c</div></div>",
        &["div 8 8 70 70", "div 58 8 20 30", "div 58 38 20 40", "div 8 8 50 30"],
    );
}

#[test]
fn subgrids_take_tracks_and_size_them() {
    // The second column is as wide as the widest item in it, which is in the second subgrid, with its padding.
    check(
        "<div style='display:grid;grid-template-columns:auto auto 1fr;column-gap:10px;row-gap:10px'>\
         <div style='display:grid;grid-template-columns:subgrid;grid-template-rows:subgrid;grid-column-start:span 2'>\
         <div style='width:30px;height:20px;justify-self:start'></div>\
         <div style='width:50px;justify-self:start'></div></div><div></div>\
         <div style='display:grid;grid-template-columns:subgrid;grid-template-rows:subgrid;grid-column-start:span 2;padding-top:5px;padding-right:7px;padding-bottom:5px;padding-left:7px'>\
         <div style='width:40px;justify-self:start'></div>\
         <div style='width:60px;height:40px;justify-self:start'></div></div></div>",
        &[
            "div 8 8 484 80",
            "div 8 8 124 20",
            "div 8 8 30 20",
            "div 65 8 50 20",
            "div 142 8 350 20",
            "div 8 38 124 50",
            "div 15 43 40 40",
            "div 65 43 60 40",
        ],
    );
}

#[test]
fn a_gap_of_its_own_lies_in_the_middle_of_that_around() {
    check(
        "<div style='display:grid;grid-template-columns:100px 100px;column-gap:20px'>\
         <div style='display:grid;grid-template-columns:subgrid;grid-column-start:span 2;column-gap:40px'>\
         <div style='height:10px'></div><div></div></div></div>",
        &["div 8 8 484 10", "div 8 8 220 10", "div 8 8 90 10", "div 138 8 90 10"],
    );
}

#[test]
fn lines_of_subgrids_have_their_own_names_and_those_around() {
    check(
        "<div style='display:grid;grid-template-columns:10px [a] 20px [b] 30px [c] 40px'>\
         <div style='display:grid;grid-template-columns:subgrid [x] repeat(auto-fill, [y]) [z];grid-column-start:2;grid-column-end:5'>\
         <div style='grid-column-start:b;grid-column-end:c;height:10px'></div>\
         <div style='grid-column-start:y 2;grid-column-end:z;grid-row-start:1'></div>\
         <div style='grid-column-start:5;grid-column-end:9;grid-row-start:1'></div></div></div>",
        &["div 8 8 484 10", "div 18 8 90 10", "div 38 8 30 10", "div 68 8 40 10", "div 68 8 40 10"],
    );
}

#[test]
fn last_baselines_meet_at_the_end_of_the_row() {
    check(
        "<div style='display:grid;grid-template-columns:50px 50px;align-items:last baseline'>\
         <div style='padding-bottom:20px'>a</div><div style='width:10px'>a a a</div></div>",
        &["div 8 8 484 74", "div 8 44 50 38", "div 58 8 10 54"],
    );
}

#[test]
fn an_item_stretched_across_lines_has_its_width_from_its_ratio() {
    check(
        "<div style='display:grid;grid-template-columns:200px;grid-template-rows:100px'><div style='aspect-ratio:1/1;align-self:stretch'></div></div>",
        &["div 8 8 484 100", "div 8 8 100 100"],
    );
    check(
        "<div style='display:grid;grid-template-columns:100px;grid-template-rows:100px'><div style='aspect-ratio:2/1;align-self:stretch;justify-self:stretch'></div></div>",
        &["div 8 8 484 100", "div 8 8 100 100"],
    );
}

#[test]
fn relative_positions_refer_to_the_area_of_an_item() {
    check(
        "<div style='display:grid;grid-template-columns:200px 100px;grid-template-rows:90px 60px;height:300px;align-content:start'><div style='position:relative;left:5%;top:10%'></div><div style='position:relative;left:-10%;top:-20%'></div></div>",
        &["div 8 8 484 300", "div 18 17 200 90", "div 198 -10 100 90"],
    );
}

#[test]
fn the_baseline_of_a_grid_is_that_of_its_first_item() {
    check(
        "<div style='display:inline-grid;grid-template-columns:10px 10px'><div style='order:1;height:30px'></div><div style='height:20px'></div></div><div style='display:inline-block;width:5px;height:5px'></div>",
        &["div 8 8 20 30", "div 18 8 10 30", "div 8 8 10 20", "div 28 23 5 5"],
    );
}

#[test]
fn areas_contain_positioned_boxes_deeper_inside() {
    check(
        "<div style='display:grid;position:relative;grid-template-columns:50px 20px;grid-template-rows:50px 20px;width:70px'><div style='grid-column-start:2;grid-row-start:2'><div style='position:absolute;top:0px;left:0px;grid-column-start:1;grid-column-end:2;grid-row-start:1;grid-row-end:2;width:100%;height:100%'></div></div></div>",
        &["div 8 8 70 70", "div 58 58 20 20", "div 8 8 50 50"],
    );
}

#[test]
fn columns_are_repeated_up_to_the_minimum_width() {
    check(
        "<div style='float:left;display:grid;grid-template-columns:repeat(auto-fill, 100px);min-width:300px;box-sizing:border-box;border-width:10px;border-style:solid'><div style='grid-column-start:-2;height:5px'></div></div>",
        &["div 8 8 320 25", "div 218 18 100 5"],
    );
}

#[test]
fn items_whose_lines_run_along_rows_are_measured_in_these() {
    check(
        "<div style='display:inline-grid;height:60px'><div style='writing-mode:vertical-lr'><p style='display:inline-block;margin:0;width:10px;height:40px'></p> <p style='display:inline-block;margin:0;width:10px;height:40px'></p></div></div>",
        &["div 8 8 36 60", "div 8 8 36 60", "p 12 8 10 40", "p 30 8 10 40"],
    );
}

#[test]
fn gaps_keep_their_lengths_where_their_percentages_refer_to_nothing() {
    check(
        "<div style='display:inline-grid;grid-template-columns:90px 90px;grid-template-rows:90px 90px;column-gap:calc(20px + 5%);row-gap:calc(20px + 5%)'><div></div><div></div><div></div><div></div></div>",
        &["div 8 8 200 200", "div 8 8 90 90", "div 128 8 90 90", "div 8 128 90 90", "div 128 128 90 90"],
    );
}

#[test]
fn the_share_of_a_gap_in_rows_comes_out_of_the_tracks() {
    check(
        "<div style='display:grid;grid-template-rows:minmax(auto,50px) minmax(auto,50px);row-gap:10%'><div></div><div></div></div>",
        &["div 8 8 484 100", "div 8 8 484 45", "div 8 63 484 45"],
    );
}

#[test]
fn columns_are_sized_again_for_an_item_whose_width_comes_from_the_height_of_its_row() {
    check(
        "<div style='display:inline-grid'><div style='aspect-ratio:2/1'>a</div></div>",
        &["div 8 8 36 18", "div 8 8 36 18"],
    );
    check(
        "<div style='display:grid'><div style='aspect-ratio:1/1;justify-self:end'>a</div></div>",
        &["div 8 8 484 18", "div 474 8 18 18"],
    );
}

#[test]
fn a_ratio_counts_what_is_inside_borders_and_margins() {
    check(
        "<div style='display:grid;width:500px'><div style='aspect-ratio:2/1;border-width:5px;border-style:solid'></div></div>",
        &["div 8 8 500 255", "div 8 8 500 255"],
    );
    check(
        "<div style='display:grid;width:500px'><div style='aspect-ratio:1/1;margin:10px 5%'></div></div>",
        &["div 8 8 500 470", "div 33 18 450 450"],
    );
}

#[test]
fn margins_with_percentages_count_for_nothing_while_columns_are_sized() {
    check(
        "<div style='display:inline-grid'><div style='margin:5px 5%'>two three four</div></div>",
        &["div 8 8 90.641 46", "div 12.531 13 81.578 36"],
    );
}

#[test]
fn rows_are_sized_again_in_the_height_that_they_gave() {
    check(
        "<div style='display:grid;grid-auto-rows:0.3fr'><div style='height:18px'></div><div></div></div>",
        &["div 8 8 484 23.391", "div 8 8 484 18", "div 8 26 484 1.609"],
    );
}

#[test]
fn an_item_over_automatic_tracks_adds_to_what_others_ask_for() {
    check(
        "<div style='display:inline-grid'><div style='grid-column-start:1;grid-column-end:span 2;width:100px;height:5px'></div><div></div><div style='width:20px'></div></div>",
        &["div 8 17 100 5", "div 8 17 100 5", "div 8 22 40 0", "div 48 22 20 0"],
    );
}

#[test]
fn a_fixed_greatest_size_bounds_the_automatic_minimum() {
    check(
        "<div style='display:inline-grid;grid-template-columns:1fr minmax(auto,80px)'><div style='grid-column-start:1;grid-column-end:-1;height:5px'>a</div></div>",
        &["div 8 8 80 5", "div 8 8 80 5"],
    );
}

#[test]
fn the_greatest_height_of_a_stretched_grid_item_may_be_that_of_its_content() {
    check(
        "<div style='display:grid;grid-auto-rows:50px'><div style='max-height:max-content'>a</div></div>",
        &["div 8 8 484 50", "div 8 8 484 18"],
    );
}

#[test]
fn a_picture_as_high_as_its_row_makes_its_column_as_wide_as_its_ratio_says() {
    check(
        "<div style='display:inline-grid;grid-template-rows:100px'><svg viewBox='0 0 50 50' style='align-self:stretch'></svg></div>",
        &["div 8 8 100 100", "svg 8 8 100 100"],
    );
}

#[test]
fn a_grid_with_a_ratio_is_no_higher_than_its_rows_need() {
    check(
        "<div style='display:grid;width:200px;aspect-ratio:1/1'><div style='height:18px'></div><div style='overflow:auto;aspect-ratio:1/1'></div></div>",
        &["div 8 8 200 200", "div 8 8 200 18", "div 8 26 200 200"],
    );
}

#[test]
fn keywords_for_the_width_of_an_item_mean_what_its_ratio_says() {
    check(
        "<div style='display:grid;grid-template-columns:auto;width:min-content'><div style='height:50px;width:min-content;aspect-ratio:2/1'></div><div style='height:50px;width:1%;min-width:min-content;aspect-ratio:2/1'></div></div>",
        &["div 8 8 100 100", "div 8 8 100 50", "div 8 58 100 50"],
    );
}

#[test]
fn a_greatest_height_bounds_the_width_of_an_item_with_a_ratio() {
    check(
        "<div style='display:grid'><div style='aspect-ratio:3/2;max-height:40px'></div></div>",
        &["div 8 8 484 40", "div 8 8 60 40"],
    );
    check(
        "<div style='display:grid'><div style='aspect-ratio:3/2;max-height:40px;justify-self:stretch'></div></div>",
        &["div 8 8 484 40", "div 8 8 484 40"],
    );
}

#[test]
fn a_least_height_above_the_greatest_counts_for_repeated_rows() {
    check(
        "<div style='display:grid;grid-template-rows:repeat(auto-fill,50px);max-height:50px;min-height:125px'><div style='grid-row-start:-2'></div></div>",
        &["div 8 8 484 125", "div 8 58 484 50"],
    );
}

#[test]
fn the_least_height_counts_more_than_a_greatest_that_names_the_content() {
    check(
        "<div style='display:grid;grid-auto-rows:50px'><div style='max-height:fit-content;min-height:70px'>a</div></div>",
        &["div 8 8 484 50", "div 8 8 484 70"],
    );
}

#[test]
fn rows_are_as_high_as_items_whose_lines_cross_them() {
    check(
        "<div style='display:grid'><p style='margin:0;padding:5%;writing-mode:vertical-lr'></p></div>\
         <div style='display:grid;width:100px'><p style='margin:0;aspect-ratio:1;writing-mode:vertical-lr'></p></div>",
        &["div 8 8 484 48.375", "p 8 8 484 48.375", "div 8 56.375 100 100", "p 8 56.375 100 100"],
    );
}
