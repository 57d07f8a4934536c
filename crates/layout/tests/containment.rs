//! Size containment, with numbers measured in Chromium.

mod support;

use support::{check, dump};

#[test]
fn contents_do_not_count_for_the_size_of_a_box_that_contains_it() {
    check(
        "<div style='contain:size'>text</div><div style='contain:size;contain-intrinsic-size:30px 40px;float:left;padding:5px'>wide content</div>",
        &["div 8 8 484 0", "div 8 8 40 50"],
    );
}

#[test]
fn inline_size_containment_leaves_the_height_to_the_contents() {
    check(
        "<div style='contain:inline-size;width:max-content'>text</div><div style='container-type:inline-size;float:left'>a</div>",
        &["div 8 8 0 18", "div 8 26 0 18"],
    );
}

#[test]
fn a_grid_is_laid_out_in_the_size_that_stands_in() {
    check(
        "<div style='contain:size;contain-intrinsic-size:30px 40px;display:grid;width:max-content'><p style='margin:0'>grid item</p></div>",
        &["div 8 8 30 40", "p 8 8 30 40"],
    );
}

#[test]
fn tables_cannot_contain_their_size() {
    check(
        "<table style='contain:size'><tr><td>x</table>",
        &["table 8 8 14 24", "tbody 10 10 10 20", "tr 10 10 10 20", "td 10 10 10 20"],
    );
}

#[test]
fn hidden_contents_are_skipped_and_take_no_room() {
    let found = dump(
        "<div style='content-visibility:hidden'><p>text</p></div>\
         <div style='content-visibility:hidden;contain-intrinsic-size:50px 30px'>text<p>text</p></div>\
         <div style='display:inline-block;content-visibility:hidden;contain-intrinsic-size:50px 30px'>text</div>\
         <span style='content-visibility:hidden'>shown</span>",
    );
    let texts: Vec<&str> = found.lines().filter(|line| line.contains("text=")).collect();
    assert!(matches!(texts[..], [only] if only.ends_with("text=shown")), "{found}");
    check(
        "<div style='content-visibility:hidden'><p>text</p></div>\
         <div style='content-visibility:hidden;contain-intrinsic-size:50px 30px'>text</div>\
         <section style='display:flex'><div style='content-visibility:hidden;contain-intrinsic-size:50px 30px'>text</div></section>",
        &["div 8 8 484 0", "p 0 0 0 0", "div 8 8 484 30", "section 8 38 484 30", "div 8 38 50 30"],
    );
}

#[test]
fn contents_that_may_be_skipped_are_a_formatting_context_of_their_own() {
    check(
        "<div relevant style='content-visibility:auto'><p style='margin:16px 0'>a</p></div>",
        &["div 8 8 484 50", "p 8 24 484 18"],
    );
}

#[test]
fn a_box_that_contains_its_layout_has_no_baseline_for_others() {
    // 18 px of text with its baseline 14 px down; the box that contains its layout stands on that with its lower edge.
    for (container, item) in [("flex", "block"), ("flex", "flex"), ("flex", "grid"), ("grid", "block")] {
        check(
            &format!(
                "<section style='display:{container};grid-template-columns:20px 20px;align-items:baseline'>\
                 <div style='width:20px'>a</div>\
                 <div style='width:20px;display:{item};contain:layout;padding-top:10px;padding-bottom:10px'>b</div></section>"
            ),
            &["section 8 8 484 42", "div 8 32 20 18", "div 28 8 20 38"],
        );
    }
}
