//! `<fieldset>` and `<legend>`.

mod support;

use support::check;

#[test]
fn the_legend_stands_on_the_border_and_is_as_wide_as_its_content() {
    check(
        "<fieldset style='padding:10px'><div style='height:5px'></div><legend><div style='width:50px;height:20px'></div></legend></fieldset>",
        &["fieldset 8 8 484 47", "div 20 38 460 5", "legend 20 8 50 20", "div 20 8 50 20"],
    );
}

#[test]
fn a_low_legend_is_in_the_middle_of_a_thick_border() {
    check(
        "<fieldset style='border-width:30px'><legend style='width:50px;height:20px'></legend><div style='height:5px'></div></fieldset>",
        &["fieldset 8 8 484 65", "legend 38 13 50 20", "div 38 38 424 5"],
    );
}

#[test]
fn margins_and_alignment_of_the_legend() {
    check(
        "<fieldset><legend style='width:80px;height:20px;margin:3px 10px 4px;justify-self:right'></legend>text</fieldset>",
        &["fieldset 8 8 484 47", "legend 400 11 80 20"],
    );
}

#[test]
fn percentages_refer_to_what_the_legend_leaves() {
    check(
        "<fieldset style='height:100px'><legend style='height:22px'></legend><div style='height:50%'></div></fieldset>",
        &["fieldset 8 8 484 104", "legend 10 8 0 22", "div 10 30 480 40"],
    );
}

#[test]
fn fieldsets_keep_floats_in_and_margins_apart() {
    check(
        "<fieldset style='border-width:0'><p>a</p><div style='float:left;height:60px'></div></fieldset>",
        &["fieldset 8 8 484 110", "p 8 24 484 18", "div 8 58 0 60"],
    );
}

#[test]
fn a_floating_legend_is_not_rendered_as_one() {
    check(
        "<fieldset style='padding:10px'><legend style='float:left;width:50px;height:20px'></legend></fieldset>",
        &["fieldset 8 8 484 44", "legend 20 20 50 20"],
    );
}

#[test]
fn automatic_margins_move_the_legend() {
    check(
        "<fieldset style='border-width:10px;width:300px'><legend style='width:100px;height:20px;margin-left:auto'></legend></fieldset>",
        &["fieldset 8 8 320 30", "legend 218 8 100 20"],
    );
}

#[test]
fn a_fieldset_that_is_a_grid_has_its_legend_beside_the_grid() {
    check(
        "<fieldset style='display:grid;grid-template-columns:100px 50px;padding:10px'><legend style='width:50px;height:20px'></legend><div style='height:10px'></div><div style='height:10px'></div></fieldset>",
        &["fieldset 8 8 484 52", "legend 20 8 50 20", "div 20 38 100 10", "div 120 38 50 10"],
    );
}

#[test]
fn what_is_beside_the_legend_fills_the_fieldset_and_is_aligned_there() {
    check(
        "<fieldset style='display:flex;height:100px;align-items:end'><legend style='width:50px;height:20px'></legend><div style='width:10px;height:10px'></div></fieldset><fieldset style='height:100px;align-content:end'><legend style='width:50px;height:20px'></legend><div style='height:10px'></div></fieldset>",
        &[
            "fieldset 8 8 484 104",
            "legend 10 8 50 20",
            "div 10 100 10 10",
            "fieldset 8 112 484 104",
            "legend 10 112 50 20",
            "div 10 204 480 10",
        ],
    );
}

#[test]
fn a_low_fieldset_has_room_for_its_legend() {
    check(
        "<fieldset style='height:5px;padding:3px'><legend style='width:50px;height:20px'></legend><div style='height:50px'></div></fieldset>",
        &["fieldset 8 8 484 28", "legend 13 8 50 20", "div 13 31 474 50"],
    );
}

#[test]
fn fieldsets_and_legends_are_boxes_of_their_own_whatever_their_display() {
    check(
        "<legend style='display:inline'><div style='width:20px;height:10px'></div></legend>",
        &["legend 8 8 484 10", "div 8 8 20 10"],
    );
    check(
        "<fieldset style='display:table-cell'><legend style='display:inline;width:20px;height:10px'></legend></fieldset>",
        &["fieldset 8 8 484 12", "legend 10 8 20 10"],
    );
    check(
        "<fieldset style='display:inline;vertical-align:top'><div style='width:20px;height:10px'></div></fieldset>",
        &["fieldset 8 8 24 14", "div 10 10 20 10"],
    );
}
