//! Where justified lines are widened, as in Chromium.

mod support;

use support::dump;

/// The texts of a line of 200 px, and how wide each is.
fn widths(style: &str, content: &str) -> Vec<(String, f32)> {
    let page = format!("<div style='width:200px;font-size:20px;{style}'>{content}</div>");
    let width = |row: &str| {
        let text = row.split_once("text=")?.1.trim_matches('"').to_owned();
        let width = row.split_once("width=")?.1.split(' ').next()?.parse().ok()?;
        Some((text, width))
    };
    let dumped = dump(&page);
    dumped.lines().filter(|row| row.trim_start().starts_with("text ")).filter_map(width).collect()
}

/// How many px justification adds to each text, rounded.
fn added(style: &str, content: &str) -> Vec<(String, i32)> {
    let natural = widths(style, content);
    let justified = widths(&format!("text-align:justify;text-align-last:justify;{style}"), content);
    assert_eq!(natural.len(), justified.len());
    let difference = |((text, natural), (_, justified)): ((String, f32), (String, f32))| {
        (text, (justified - natural).round() as i32)
    };
    natural.into_iter().zip(justified).map(difference).collect()
}

fn pairs(expected: &[(&str, i32)]) -> Vec<(String, i32)> {
    expected.iter().map(|&(text, width)| (text.to_owned(), width)).collect()
}

const FOUR: &str = "&#x65e5;<b>&#x672c;</b>&#x8a9e;<i>&#x3068;</i>";

#[test]
fn ideographs_are_moved_apart() {
    let found = added("", FOUR);
    let [first, others @ .., last] = &found[..] else { panic!("{found:?}") };
    assert!(first.1 > 20 && others.iter().all(|(_, width)| *width == first.1), "{found:?}");
    assert_eq!(last.1, 0);
}

#[test]
fn only_spaces_are_widened_between_words() {
    let words = "text-justify:inter-word";
    assert_eq!(added(words, FOUR), pairs(&[("日", 0), ("本", 0), ("語", 0), ("と", 0)]));
    assert!(added(words, "&#x65e5;&#x672c; &#x8a9e;")[0].1 > 100);
}

#[test]
fn nothing_is_widened_where_there_is_no_justification() {
    assert_eq!(added("text-justify:none", "a b"), pairs(&[("a b", 0)]));
    assert!(added("", "a b")[0].1 > 100);
}

#[test]
fn ideographs_keep_away_from_boxes_on_both_sides() {
    let image = "<img style='width:20px;height:10px'>";
    // Two places at the first, two at the second, none at the end of the line.
    let found = added("", &format!("&#x65e5;&#x672c;{image}&#x8a9e;{image}"));
    assert_eq!(found.len(), 2);
    assert!(found[0].1 > 40 && found[0].1 == found[1].1, "{found:?}");
}

#[test]
fn every_character_with_its_marks_is_moved_away_on_demand() {
    let style = "text-justify:inter-character;font-family:monospace";
    // Three letters of 12 px each.
    assert_eq!(added(style, "e&#x301;t<b>o</b>"), pairs(&[("e\u{301}t", 164), ("o", 0)]));
}

#[test]
fn a_line_that_is_justified_fills_its_room() {
    let style = "text-align-last:justify;text-align:justify";
    let total: f32 = widths(style, "one <b>two</b> three &#x65e5;").iter().map(|(_, width)| width).sum();
    assert_eq!(total, 200.0);
}
