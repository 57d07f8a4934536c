//! Where lines break, and what is at their ends, as in Chromium.

mod support;

use support::dump;

/// The text of each line of a page, in order; what is in line-left order stands so.
fn lines(html: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for row in dump(html).lines().map(str::trim_start) {
        if row.starts_with("line ") {
            lines.push(String::new());
        } else if let (true, Some((_, text)), Some(line)) = (
            row.starts_with("text ") || row.starts_with("hyphen "),
            row.split_once(" text="),
            lines.last_mut(),
        ) {
            line.push_str(text.trim_matches('"'));
        }
    }
    lines
}

/// Text of which each character but the space is as wide as the others.
fn monospace(style: &str, content: &str) -> Vec<String> {
    lines(&format!("<div style='font-family:monospace;font-size:20px;{style}'>{content}</div>"))
}

#[test]
fn lines_break_around_boxes_whatever_stands_beside_them() {
    let image = "<img style='width:30px;height:10px'>";
    assert_eq!(monospace("width:0", &format!("{image}\u{a0}{image}")).len(), 3);
    assert_eq!(monospace("width:0", &format!("{image}:")).len(), 2);
    assert_eq!(
        monospace("width:0;white-space-collapse:collapse;text-wrap-mode:nowrap", &format!("{image}:")).len(),
        1
    );
}

#[test]
fn blanks_that_take_room_go_to_the_next_line() {
    let kept = "width:4ch;white-space-collapse:break-spaces";
    assert_eq!(monospace(kept, "abc   d"), ["abc ", "  d"]);
    assert_eq!(monospace("width:4ch;white-space-collapse:preserve", "abc   d"), ["abc   ", "d"]);
}

#[test]
fn a_hyphen_that_fits_nowhere_is_shown_all_the_same() {
    assert_eq!(monospace("width:0", "ex<b>&shy;</b>ample").len(), 2);
    assert_eq!(monospace("width:0;hyphens:none", "ex<b>&shy;</b>ample").len(), 1);
    assert_eq!(monospace("width:6ch", "ab&shy;cdef&shy;gh")[0], "ab\u{ad}‐");
}

#[test]
fn indentation_is_for_first_lines_or_for_all_others() {
    let left = |style: &str| -> Vec<f32> {
        let page = format!("<div style='margin:0;width:300px;{style}'>a<br>b</div>");
        let dumped = dump(&page);
        let texts = dumped.lines().map(str::trim_start).filter(|row| row.starts_with("text "));
        texts.filter_map(|row| row.split_once("x=")?.1.split(' ').next()?.parse().ok()).collect()
    };
    assert_eq!(left("text-indent:20px"), [28.0, 8.0]);
    assert_eq!(left("text-indent:20px each-line"), [28.0, 28.0]);
    assert_eq!(left("text-indent:20px hanging"), [8.0, 28.0]);
}

#[test]
fn words_are_hyphenated_in_a_language_that_is_known() {
    let auto = |language: &str, style: &str, text: &str| {
        monospace(&format!("hyphens:auto;-webkit-locale:\"{language}\";{style}"), text)
    };
    assert_eq!(
        auto("de", "width:110px", "die Silbentrennung in Worten"),
        ["die Sil‐", "bentren‐", "nung in", "Worten"]
    );
    assert_eq!(auto("en", "width:110px", "the hyphenation of words"), ["the hy‐", "phenation", "of words"]);
    assert_eq!(auto("en", "width:110px", "the Hyphenation of words").len(), 3);
    assert_eq!(auto("", "width:110px", "the hyphenation of words").len(), 3);
    assert_eq!(auto("en", "width:110px;hyphens:manual", "the hyphenation of words").len(), 3);
    assert_eq!(auto("en", "width:85px;hyphenate-limit-chars:auto 3", "the hyphenation of")[1], "hyphen‐");
    assert_eq!(
        auto("en", "width:110px;hyphenate-character:\"==\"", "the hyphenation of words")[0],
        "the hy=="
    );
}

#[test]
fn soft_hyphens_win_over_what_a_dictionary_says() {
    let page = |text: &str| monospace("hyphens:auto;-webkit-locale:\"en\";width:110px", text);
    assert_eq!(page("a hyphena&shy;tion here"), ["a", "hyphena\u{ad}‐", "tion here"]);
}

#[test]
fn the_last_word_is_divided_only_where_its_line_begins_with_it() {
    let page = |text: &str| monospace("hyphens:auto;-webkit-locale:\"en\";width:110px", text);
    assert_eq!(page("the hyphenation"), ["the", "hyphen‐", "ation"]);
    assert_eq!(page("hyphenation"), ["hyphen‐", "ation"]);
}

#[test]
fn the_parts_of_hyphenated_words_count_for_the_min_content_size() {
    let width = |style: &str| {
        let page = format!(
            "<div style='font-family:monospace;-webkit-locale:\"en\";width:min-content;{style}'>hyphenation</div>"
        );
        lines(&page).len()
    };
    assert_eq!(width("hyphens:auto"), 3);
    assert_eq!(width(""), 1);
}

#[test]
fn every_line_after_a_forced_break_is_indented_once() {
    let page =
        "<div style='font-size:20px;width:100px;text-indent:30px each-line'>one<br>two three four five</div>";
    let dumped = dump(page);
    let left: Vec<&str> = dumped
        .lines()
        .map(str::trim_start)
        .filter(|row| row.starts_with("line "))
        .filter_map(|row| row.split_once("x=")?.1.split(' ').next())
        .collect();
    assert_eq!(left, ["38", "38", "8", "8"]);
}

#[test]
fn balanced_lines_are_about_as_long_as_each_other() {
    let text = "aaaa bbbb cccc dddd eeee ffff";
    assert_eq!(monospace("width:310px", text), ["aaaa bbbb cccc dddd eeee", "ffff"]);
    assert_eq!(monospace("width:310px;text-wrap-style:balance", text), ["aaaa bbbb cccc", "dddd eeee ffff"]);
}

#[test]
fn only_the_first_paragraph_is_balanced_and_none_that_is_long() {
    let balance = |text: &str| monospace("width:310px;text-wrap-style:balance", text);
    assert_eq!(
        balance("aaaa bbbb cccc dddd eeee ffff<br>aaaa bbbb cccc dddd eeee ffff"),
        ["aaaa bbbb cccc", "dddd eeee ffff", "aaaa bbbb cccc dddd eeee", "ffff"]
    );
    let long = "aaaa bbbb cccc dddd eeee ".repeat(6) + "ffff";
    assert_eq!(balance(&long), monospace("width:310px", &long));
}

#[test]
fn a_pretty_paragraph_does_not_end_with_a_short_word_alone() {
    let pretty = |text: &str| monospace("width:310px;text-wrap-style:pretty", text);
    assert_eq!(
        pretty("aaaa bbbb cccc dddd eeee ffff gggg hhhh i"),
        ["aaaa bbbb cccc dddd eeee", "ffff gggg hhhh i"]
    );
    assert_eq!(pretty("aaaa bbbb cccc dddd eeee f"), ["aaaa bbbb cccc dddd", "eeee f"]);
    let good = "aaaa bbbb cccc dddd eeee ffff gggg hhhh";
    assert_eq!(pretty(good), monospace("width:310px", good));
}
