//! `::first-letter`; the styles are in `first-letter` attributes.

mod support;

use support::{dump, lay_out};

/// The texts and first letters of a body, one after another.
fn outline(body: &str) -> Vec<String> {
    let dump = dump(body);
    let of = |line: &str| {
        if let Some((_, text)) = line.split_once("text=") {
            return Some(text.trim_matches('"').to_owned());
        }
        let (_, name) = line.split_once("::first-letter")?;
        Some(format!("letter of {} px", name.split_once("height=")?.1.split(' ').next()?))
    };
    dump.lines().filter_map(of).collect()
}

#[test]
fn the_letter_has_a_box_with_its_own_font_size() {
    assert_eq!(
        outline("<p first-letter='font-size:40px'> &ldquo;Once upon</p>"),
        ["letter of 45 px", "\u{201c}O", "nce upon"]
    );
}

#[test]
fn the_letter_may_be_in_inline_boxes_and_in_blocks() {
    assert_eq!(
        outline("<div first-letter='font-size:40px'> <div></div><div><b><u>In</u>side</b></div></div>"),
        ["letter of 45 px", "I", "n", "side"]
    );
}

#[test]
fn images_and_line_breaks_come_before_any_letter() {
    assert_eq!(outline("<p first-letter='font-size:40px'><br>Text</p>")[1..], ["Text"]);
    assert_eq!(outline("<p first-letter='font-size:40px'><img>Text</p>"), ["Text"]);
}

#[test]
fn the_innermost_block_gives_the_letter_its_box() {
    assert_eq!(
        outline("<div first-letter='font-size:80px'><p first-letter='font-size:40px'>A</p></div>"),
        ["letter of 45 px", "A"]
    );
}

#[test]
fn a_floating_letter_stands_beside_the_lines() {
    let (tree, document, _) = lay_out(
        "<!DOCTYPE html><body><p style='width:100px' first-letter='float:left;font-size:40px'>Xxx xxx xxx xxx</p>",
    );
    let boxes = fanlight_layout::geometry::ElementBoxes::new(&tree);
    let text = document
        .descendants(fanlight_dom::NodeId::DOCUMENT)
        .find(|&node| document.node(node).text().is_some())
        .expect("the paragraph has text");
    let lines = boxes.lines(text);
    assert_eq!(lines[0].range, 0..1);
    assert_eq!(lines[1].range.start, 1, "places in the node count on after the letter");
    assert!(lines[1].bounds.origin.x >= lines[0].bounds.max_x(), "{lines:?}");
}

/// Where lines begin and what is on them, one row a line; the letter's own line is left out.
fn lines_beside_letter(style: &str, body: &str) -> Vec<String> {
    let page = format!("<div style='width:200px;font-size:16px;line-height:20px'>{body}</div>");
    let dump = dump(&page.replace("STYLE", style));
    let rows: Vec<&str> = dump.lines().filter(|row| row.trim_start().starts_with("text ")).collect();
    let field = |row: &str, name: &str| {
        row.split_once(name).map(|(_, rest)| rest.split(' ').next().unwrap_or("").to_owned())
    };
    rows.iter()
        .filter_map(|row| {
            let text = row.split_once("text=")?.1.trim_matches('"');
            Some(format!("{} {} {text}", field(row, "x=")?, field(row, "y=")?))
        })
        .collect()
}

const PARAGRAPH: &str =
    "<p style='margin:0' first-letter='STYLE'>The quick brown fox jumps over the lazy dog and runs on.</p>";

// The numbers are Chromium's.

#[test]
fn lines_go_round_an_initial_letter_as_high_as_they_are() {
    assert_eq!(
        lines_beside_letter("initial-letter:3", PARAGRAPH),
        ["7 -6 T", "53 9 he quick brown fox", "53 29 jumps over the lazy dog", "53 49 and runs on."]
    );
}

#[test]
fn a_letter_that_sinks_less_than_it_is_high_rises_above_the_lines() {
    assert_eq!(
        lines_beside_letter("initial-letter:3 raise", PARAGRAPH)[..3],
        ["7 -6 T", "53 49 he quick brown fox", "8 69 jumps over the lazy dog and"]
    );
    assert_eq!(
        lines_beside_letter("initial-letter:3 2", PARAGRAPH)[..4],
        ["7 -6 T", "53 29 he quick brown fox", "53 49 jumps over the lazy dog", "8 69 and runs on."]
    );
}

#[test]
fn a_letter_that_sinks_deeper_than_it_is_high_stands_at_the_bottom() {
    let lines = lines_beside_letter("initial-letter:2 4", PARAGRAPH);
    assert_eq!(lines[..2], ["8 47 T", "36 9 he quick brown fox jumps"]);
}

#[test]
fn the_next_paragraph_flows_beside_a_letter_unless_it_has_one_itself() {
    let letter = "<p style='margin:0' first-letter='STYLE'>Short.</p>";
    let other = format!("{letter}<p style='margin:0'>Another that is longer than a line</p>");
    let left = |row: &String| row.split(' ').next().unwrap_or("").to_owned();
    let lines = lines_beside_letter("initial-letter:3", &other);
    assert_eq!(lines.iter().skip(1).map(left).collect::<Vec<_>>(), ["42", "42", "42"]);
    let both = lines_beside_letter("initial-letter:3", &format!("{letter}{letter}"));
    assert_eq!(both.iter().filter(|row| row.ends_with("hort.")).count(), 2);
    assert_eq!(both[3], "42 65 hort.");
}

#[test]
fn hostile_initial_letters_are_laid_out() {
    for style in [
        "initial-letter:1000000",
        "initial-letter:1 1000000",
        "initial-letter:3;font-size:0",
        "initial-letter:3;margin:-1000px",
        "initial-letter:3;float:left",
    ] {
        assert!(!lines_beside_letter(style, PARAGRAPH).is_empty(), "{style}");
    }
    assert!(
        !lines_beside_letter("initial-letter:3", "<p style='line-height:0' first-letter='STYLE'>A b c</p>")
            .is_empty()
    );
}
