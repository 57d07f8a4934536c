//! Box alignment in block containers and table cells, with numbers measured in Chromium.

mod support;

use support::check;

#[test]
fn align_content_moves_all_that_is_in_a_block_container() {
    check(
        "<div style='height:100px;align-content:center'><div style='height:20px;margin:10px'></div></div><div style='height:100px;align-content:end'><div style='float:left;width:10px;height:20px'></div><div style='position:absolute;width:5px;height:5px'></div></div>",
        &["div 8 8 484 100", "div 18 48 464 20", "div 8 108 484 100", "div 8 188 10 20", "div 8 188 5 5"],
    );
}

#[test]
fn content_that_does_not_fit_begins_at_the_start_unless_told_otherwise() {
    check(
        "<div style='height:10px;align-content:end'><div style='height:20px'></div></div><div style='height:10px;align-content:unsafe center'><div style='height:20px'></div></div>",
        &["div 8 8 484 10", "div 8 8 484 20", "div 8 18 484 10", "div 8 13 484 20"],
    );
}

#[test]
fn values_that_distribute_fall_back_and_keep_margins_in() {
    check(
        "<div style='align-content:space-around;min-height:50px'><div style='height:20px;margin:5px 0'></div></div><div style='align-content:space-between'><div style='height:20px;margin:5px 0'></div></div>",
        &["div 8 8 484 50", "div 8 23 484 20", "div 8 58 484 30", "div 8 63 484 20"],
    );
}

#[test]
fn justify_self_shrinks_and_moves_a_block() {
    check(
        "<div style='width:300px'><div style='justify-self:center'><div style='width:50px;height:10px'></div></div><div style='justify-self:end;margin:0 20px 0 10px;width:80px;height:10px'></div><div style='justify-self:end;width:400px;height:10px'></div><div style='justify-self:safe end;width:400px;height:10px'></div></div>",
        &[
            "div 8 8 300 40",
            "div 133 8 50 10",
            "div 133 8 50 10",
            "div 208 18 80 10",
            "div -92 28 400 10",
            "div 8 38 400 10",
        ],
    );
}

#[test]
fn justify_items_of_a_block_container_aligns_its_blocks() {
    check(
        "<div style='width:300px;justify-items:end'><div style='width:50px;height:10px'></div><span>a<span style='display:block;height:10px'></span></span></div>",
        &["div 8 8 300 38", "div 258 8 50 10", "span 8 18 300 28", "span 8 36 300 10"],
    );
}

#[test]
fn automatic_margins_win_over_justify_self() {
    check(
        "<div style='width:300px'><div style='justify-self:end;margin:0 auto;width:50px;height:10px'></div></div>",
        &["div 8 8 300 10", "div 133 8 50 10"],
    );
}

#[test]
fn justify_self_works_beside_floats_and_follows_the_direction() {
    check(
        "<div style='width:300px'><div style='float:left;width:100px;height:30px'></div><div style='justify-self:center;overflow:hidden;width:50px;height:10px'></div></div><div style='width:300px;direction:rtl;clear:both'><div style='justify-self:left;width:50px;height:10px'></div><div style='justify-self:end;width:50px;height:10px'></div></div>",
        &[
            "div 8 8 300 10",
            "div 8 8 100 30",
            "div 183 8 50 10",
            "div 8 38 300 20",
            "div 8 38 50 10",
            "div 8 48 50 10",
        ],
    );
}

#[test]
fn align_content_of_a_cell_wins_over_vertical_align() {
    check(
        "<table style='border-spacing:0'><tr><td style='height:100px;padding:0;align-content:end;vertical-align:top'><div style='width:10px;height:10px'></div></td><td style='padding:0;align-content:center'><div style='width:10px;height:10px'></div></td></tr></table>",
        &[
            "table 8 8 20 100",
            "tbody 8 8 20 100",
            "tr 8 8 20 100",
            "td 8 8 10 100",
            "div 8 98 10 10",
            "td 18 8 10 100",
            "div 18 53 10 10",
        ],
    );
}

#[test]
fn a_static_position_is_aligned_in_the_content_box_and_across_it_with_a_point() {
    check(
        "<div style='width:300px'><div style='position:absolute;justify-self:end;align-self:end;width:50px;height:10px'></div></div><div style='margin-left:50px;width:100px'><div style='position:absolute;justify-self:center;align-self:center;width:50px;height:10px'></div></div>",
        &["div 8 8 300 0", "div 258 -2 50 10", "div 58 8 100 0", "div 83 3 50 10"],
    );
}
