//! `text-overflow`.

mod support;

use support::{check, dump};

const STYLE: &str =
    "width:60px;overflow-x:hidden;overflow-y:hidden;text-overflow:ellipsis;text-wrap-mode:nowrap";

/// Kinds, places along the line and texts of the text fragments of a body.
fn texts(body: &str) -> Vec<String> {
    let field = |line: &str, name: &str| {
        Some(line.split_once(name)?.1.split(' ').next().unwrap_or_default().to_owned())
    };
    let of = |line: &str| {
        let text = line.split_once("text=")?.1.trim_matches('"');
        let kind = line.trim().split(' ').next()?;
        Some(format!("{kind} {} {text}", field(line, " x=")?))
    };
    dump(body).lines().filter_map(of).collect()
}

#[test]
fn an_ellipsis_follows_what_fits() {
    assert_eq!(
        texts(&format!("<div style='{STYLE}'>Hello world, hello</div>")),
        ["text 8 Hello world, hello", "truncated 8 Hello ", "ellipsis 47.546875 …"]
    );
}

#[test]
fn what_overflows_keeps_its_place() {
    check(
        &format!("<div style='{STYLE}'>Hello <b>world, <u>hello</u></b></div>"),
        &["div 8 8 60 18", "b 47.547 8 80.891 17", "u 95.547 8 32.891 17"],
    );
}

#[test]
fn lines_that_fit_have_none() {
    assert_eq!(texts(&format!("<div style='{STYLE}'>Hello</div>")), ["text 8 Hello"]);
    let visible = "width:60px;text-overflow:ellipsis;text-wrap-mode:nowrap";
    assert_eq!(texts(&format!("<div style='{visible}'>Hello world</div>")).len(), 1);
}

#[test]
fn something_of_the_first_text_stays() {
    assert_eq!(
        texts(&format!("<div style='{STYLE};width:1px'>Hello</div>")),
        ["text 8 Hello", "truncated 8 H", "ellipsis 19.5625 …"]
    );
}

#[test]
fn lines_from_right_to_left_are_cut_on_the_left() {
    assert_eq!(
        texts(&format!(
            "<div dir=rtl style='{STYLE};direction:rtl'>&#1513;&#1500;&#1493;&#1501; &#1513;&#1500;&#1493;&#1501; &#1513;&#1500;&#1493;&#1501;</div>"
        )),
        ["text -38.671875 שלום שלום שלום", "truncated 31.109375 שלום ", "ellipsis 15.109375 …"]
    );
}

#[test]
fn blocks_beside_the_lines_do_not_take_the_ellipsis_away() {
    assert_eq!(texts(&format!("<div style='{STYLE}'>Hello world<div></div></div>")).len(), 3);
}
