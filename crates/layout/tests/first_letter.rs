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
