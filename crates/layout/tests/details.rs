//! `<details>` shows its summary first, and the rest only while it is open.

mod support;

use support::dump;

const INSIDE: &str = "early <div>block</div><div style='display:contents'>boxless</div>\
                      <summary style='display:block'>first</summary><summary style='display:block'>second</summary>";

/// The texts of a body in the order of their boxes.
fn texts(body: &str) -> Vec<String> {
    let dump = dump(body);
    let text = |line: &str| Some(line.split_once("text=")?.1.trim_matches('"').to_owned());
    dump.lines().filter_map(text).collect()
}

#[test]
fn closed_details_show_nothing_but_the_first_summary() {
    assert_eq!(texts(&format!("<details style='display:block'>{INSIDE}</details>")), ["first"]);
}

#[test]
fn open_details_show_the_first_summary_before_the_rest() {
    let found = texts(&format!("<details open style='display:block'>{INSIDE}</details>"));
    assert_eq!(found, ["first", "early", "block", "boxless", "second"]);
}

#[test]
fn the_margin_of_the_summary_stays_in_closed_details_and_leaves_open_ones() {
    let summary = "<summary style='display:block;height:10px;margin-bottom:12px'></summary>";
    support::check(
        &format!(
            "<details style='display:block'>{summary}</details><details open style='display:block'>{summary}</details><div style='height:5px'></div>"
        ),
        &[
            "details 8 8 484 22",
            "summary 8 8 484 10",
            "details 8 30 484 10",
            "summary 8 30 484 10",
            "div 8 52 484 5",
        ],
    );
}

#[test]
fn details_without_a_summary_say_what_they_are() {
    assert_eq!(texts("<details style='display:block'>inside</details>"), ["Details"]);
    assert_eq!(texts("<details open style='display:block'>inside</details>"), ["Details", "inside"]);
}

#[test]
fn the_rest_is_in_a_box_of_its_own() {
    let summary = "<summary style='display:block;width:20px'></summary>";
    // Items of a flex container are the summary and that box.
    support::check(
        &format!(
            "<details open style='display:flex'>{summary}<div style='width:30px;height:10px'></div><div style='height:10px'></div></details>"
        ),
        &["details 8 8 484 20", "summary 8 8 20 20", "div 28 8 30 10", "div 28 18 30 10"],
    );
    // Percentages refer to it, which is as high as its content.
    support::check(
        &format!(
            "<details open style='display:block;height:90px'>{summary}<div style='height:50%'></div></details>"
        ),
        &["details 8 8 484 90", "summary 8 8 20 0", "div 8 8 484 0"],
    );
    support::check(
        "<details open style='display:block' details-content='padding:5px'><summary style='display:block'></summary><div></div></details>",
        &["details 8 8 484 10", "summary 8 8 484 0", "div 13 13 474 0"],
    );
    // A page can have what is closed shown.
    support::check(
        "<details style='display:block' details-content='content-visibility:visible'><summary style='display:block'></summary><div style='height:3px'></div></details>",
        &["details 8 8 484 3", "summary 8 8 484 0", "div 8 8 484 3"],
    );
}
