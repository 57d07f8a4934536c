//! Form controls are block containers with boxes for what they show. Numbers are Chromium's, in the same font.

mod support;

use support::{check, dump};

/// What the user-agent sheet says of controls, as far as sizes go.
const FIELD: &str = "display:inline-block;font-size:13.3333px;font-family:Liberation Sans;vertical-align:top";

#[test]
fn a_button_shows_its_content_in_the_middle() {
    check(
        "<button style='display:block;width:40px;height:60px'><div style='height:20px'></div></button>",
        &["button 8 8 40 60", "div 8 28 40 20"],
    );
}

#[test]
fn what_is_too_high_for_a_button_begins_at_its_edge() {
    check(
        "<button style='display:block;width:40px;height:10px'><div style='height:20px'></div></button>",
        &["button 8 8 40 10", "div 8 8 40 20"],
    );
}

#[test]
fn a_list_box_is_as_high_as_so_many_of_its_options() {
    let option = "style='display:block;height:17px;width:50px'";
    check(
        &format!(
            "<select size=3 style='display:block'><option {option}></option><option {option}></option></select>"
        ),
        &["select 8 8 50 51", "option 8 8 50 17", "option 8 25 50 17"],
    );
}

#[test]
fn a_text_field_is_as_wide_as_its_characters_and_the_widest_glyph() {
    let found = dump(&format!("<input size=5 style='{FIELD}'>"));
    assert!(found.contains("box=input x=8 y=8 width=57 height=15"), "{found}");
}

#[test]
fn passwords_are_not_shown() {
    let found = dump(&format!("<input type=password value=secret style='{FIELD}'>"));
    assert!(!found.contains("secret") && found.contains("••••••"), "{found}");
}

#[test]
fn an_image_without_source_shows_its_alternative_text() {
    assert!(dump("<img alt='instead'>").contains("text=instead"));
    assert!(!dump("<img alt=''>").contains("text="));
}

#[test]
fn check_boxes_of_the_theme_have_neither_borders_nor_padding() {
    check(
        "<input type=checkbox style='appearance:auto;display:block;padding:20px 5px;border:3px solid'>",
        &["input 8 8 13 13"],
    );
}

#[test]
fn a_field_for_numbers_does_not_count_its_width_in_characters() {
    let found = dump(&format!("<input type=number size=5 style='{FIELD}'><input style='{FIELD}'>"));
    let widths: Vec<&str> = found
        .lines()
        .filter_map(|line| line.split_once("box=input")?.1.split_once(" width="))
        .map(|(_, rest)| rest.split(' ').next().unwrap_or_default())
        .collect();
    assert!(matches!(widths[..], [number, text] if number == text), "{found}");
}

#[test]
fn buttons_of_the_theme_that_are_inputs_are_as_high_as_their_font() {
    let theme =
        "appearance:auto;border-style:outset;border-width:2px;background-color:ButtonFace;line-height:40px";
    let height = |css: &str| {
        let found = dump(&format!("<input type=button value=x style='{FIELD};{theme};{css}'>"));
        found.split_once(" height=").and_then(|(_, rest)| rest.split(' ').next()).map(str::to_owned)
    };
    assert_eq!(height("").as_deref(), Some("19"));
    assert_eq!(height("background-color:red").as_deref(), Some("44"));
    assert_eq!(height("appearance:button").as_deref(), Some("44"));
}

#[test]
fn a_field_that_is_sized_by_its_content_is_as_wide_as_that() {
    let found = dump(&format!("<input value=abc style='{FIELD};field-sizing:content'>"));
    assert!(found.contains("box=input x=8 y=8 width=21.5"), "{found}");
    let found = dump(&format!("<textarea rows=5 style='{FIELD};field-sizing:content'></textarea>"));
    assert!(found.contains("height=15"), "{found}");
}

#[test]
fn text_areas_have_room_for_the_bars_that_they_can_show() {
    for (overflow, size) in
        [("auto", "31 15"), ("visible", "31 15"), ("hidden", "16 15"), ("scroll", "31 30")]
    {
        let overflow = format!("overflow-x:{overflow};overflow-y:{overflow}");
        check(
            &format!("<textarea cols=2 rows=1 style='{FIELD};display:block;{overflow}'></textarea>"),
            &[&format!("textarea 8 8 {size}")],
        );
    }
}

#[test]
fn percentages_of_greatest_sizes_do_not_compress_controls() {
    check(
        "<div style='width:min-content'><input type=range style='max-width:50%;display:block'></div>",
        &["div 8 8 129 16", "input 8 8 64.5 16"],
    );
    check(
        "<div style='width:min-content'><input type=range style='width:50%;display:block'></div>",
        &["div 8 8 0 16", "input 8 8 0 16"],
    );
}

#[test]
fn a_slider_is_as_high_as_the_track_that_the_page_styles() {
    let slider = |style: &str, parts: &str| {
        let found = dump(&format!("<input type=range value=75 style='display:block;{style}' {parts}>"));
        let place = |line: &str| line.split_once(" x=").map(|(_, place)| format!("x={place}"));
        found.lines().filter(|line| line.contains(" x=")).filter_map(place).collect::<Vec<_>>()
    };
    let track = "slider-track='height:2px'";
    let thumb = "slider-thumb='width:20px;height:10px;margin-top:-4px'";
    // The slider, the flex container in it, the track and the thumb.
    let expected = [
        "x=8 y=8 width=120 height=2",
        "x=8 y=8 width=120 height=2",
        "x=8 y=8 width=120 height=2",
        "x=83 y=4 width=20 height=10",
    ];
    let found = slider("width:120px", &format!("{track} {thumb}"));
    assert!(found.len() == 4 && found.iter().zip(expected).all(|(a, b)| a.starts_with(b)), "{found:#?}");
    // It is in the middle of a higher slider, and is as high as the thumb where it does not say.
    assert!(slider("width:120px;height:22px", track)[1].starts_with("x=8 y=18 width=120 height=2"));
    assert!(
        slider("width:120px", "slider-thumb='height:30px'")[0].starts_with("x=8 y=8 width=120 height=30")
    );
}

#[test]
fn the_theme_draws_a_slider_whose_thumb_alone_is_styled() {
    let themed = |parts: &str| dump(&format!("<input type=range style='appearance:auto' {parts}>"));
    assert_eq!(themed("slider-thumb='appearance:none;height:30px'"), themed(""));
    assert!(themed("slider-track='height:2px'").contains("-webkit-slider-thumb"));
}
