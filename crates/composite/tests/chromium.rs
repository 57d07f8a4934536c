//! Pixels as Chromium 156 draws them: each number was read from its headless picture on Linux, scale 1, sRGB.

mod common;

use common::*;
use fanlight_base::Rgba;
use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_paint::display_list::*;

const RED: Rgba = Rgba { red: 1.0, green: 0.0, blue: 0.0, alpha: 1.0 };
const GREEN: Rgba = Rgba { red: 0.0, green: 128.0 / 255.0, blue: 0.0, alpha: 1.0 };
const BLUE: Rgba = Rgba { red: 0.0, green: 0.0, blue: 1.0, alpha: 1.0 };
const ORANGE: Rgba = Rgba { red: 1.0, green: 165.0 / 255.0, blue: 0.0, alpha: 1.0 };

fn near(actual: &[u8], expected: &[i32], tolerance: i32) {
    assert_eq!(actual.len(), expected.len());
    for (index, (&actual, &expected)) in actual.iter().zip(expected).enumerate() {
        assert!((i32::from(actual) - expected).abs() <= tolerance, "{index}: {actual} instead of {expected}");
    }
}

fn sharp(width: f32, height: f32) -> RoundedRect {
    RoundedRect::sharp(rect(0.0, 0.0, width, height))
}

#[test]
fn borders_of_four_colours_are_mitred_without_background_showing_through() {
    // border: 10px solid; border-color: red green blue orange
    let frame = draw(
        &list(vec![border(sharp(40.0, 40.0), 10.0, BorderStyle::Solid, [RED, GREEN, BLUE, ORANGE])]),
        &options(40, 40),
    );
    assert_eq!(pixel(&frame, 5, 4), [255, 0, 0]);
    assert_eq!(pixel(&frame, 4, 5), [255, 165, 0]);
    near(&pixel(&frame, 5, 5), &[0xff, 0x53, 0x00], 2);
    assert_eq!(pixel(&frame, 15, 15), [255, 255, 255]);
}

#[test]
fn a_triangle_of_borders_has_smooth_slopes() {
    // width: 0; height: 0; border: 20px solid transparent; border-bottom-color: black
    let colors = [Rgba::TRANSPARENT, Rgba::TRANSPARENT, Rgba::BLACK, Rgba::TRANSPARENT];
    let frame =
        draw(&list(vec![border(sharp(40.0, 40.0), 20.0, BorderStyle::Solid, colors)]), &options(40, 40));
    near(&reds(&frame, 20, 18, 22), &[255, 127, 127, 255], 1);
    near(&reds(&frame, 21, 18, 22), &[127, 0, 0, 127], 1);
    near(&reds(&frame, 39, 38, 40), &[0, 127], 1);
}

#[test]
fn double_borders_are_two_lines_of_a_third_each() {
    for (width, lines) in [
        (6.0, [0, 0, 255, 255, 0, 0, 255]),
        (5.0, [0, 0, 255, 0, 0, 255, 255]),
        (7.0, [0, 0, 255, 255, 255, 0, 0]),
    ] {
        let frame = draw(
            &list(vec![border(sharp(60.0, 40.0), width, BorderStyle::Double, [Rgba::BLACK; 4])]),
            &options(60, 40),
        );
        assert_eq!(reds(&frame, 20, 0, 7), lines, "{width}");
    }
}

#[test]
fn grooves_are_dark_outside_and_light_inside() {
    // border: 6px groove #808080; border: 6px ridge #c0c0c0
    let grey = Rgba::from_u8(0x80, 0x80, 0x80, 255);
    let frame =
        draw(&list(vec![border(sharp(60.0, 40.0), 6.0, BorderStyle::Groove, [grey; 4])]), &options(60, 40));
    assert_eq!(reds(&frame, 20, 0, 7), [44, 44, 44, 212, 212, 212, 255]);
    let silver = Rgba::from_u8(0xc0, 0xc0, 0xc0, 255);
    let frame =
        draw(&list(vec![border(sharp(60.0, 40.0), 6.0, BorderStyle::Ridge, [silver; 4])]), &options(60, 40));
    assert_eq!(reds(&frame, 20, 0, 7), [255, 255, 255, 108, 108, 108, 255]);
}

#[test]
fn dashes_are_spread_evenly() {
    // border: 2px dashed, 60 px wide: dashes of 6 px, gaps of 4.8 px.
    let frame = draw(
        &list(vec![border(sharp(60.0, 40.0), 2.0, BorderStyle::Dashed, [Rgba::BLACK; 4])]),
        &options(60, 40),
    );
    let expected = [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 203, 0, 0, 0, 0, 0, 51, 255, 255, 255, 255, 152];
    near(&reds(&frame, 0, 0, 22), &expected, 3);
    // border: 1px dotted: every other px, the first twice.
    let frame = draw(
        &list(vec![border(sharp(60.0, 40.0), 1.0, BorderStyle::Dotted, [Rgba::BLACK; 4])]),
        &options(60, 40),
    );
    assert_eq!(reds(&frame, 0, 0, 8), [0, 0, 255, 0, 255, 0, 255, 0]);
    assert_eq!(reds(&frame, 0, 56, 60), [255, 0, 255, 0]);
}

#[test]
fn thick_dots_are_round() {
    // border: 6px dotted, 60 px wide: dots 10.8 px apart.
    let frame = draw(
        &list(vec![border(sharp(60.0, 40.0), 6.0, BorderStyle::Dotted, [Rgba::BLACK; 4])]),
        &options(60, 40),
    );
    near(
        &reds(&frame, 0, 0, 18),
        &[209, 34, 2, 2, 34, 209, 255, 255, 255, 255, 255, 208, 71, 14, 33, 115, 255, 255],
        14,
    );
    near(&reds(&frame, 2, 0, 18), &[0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 221, 0, 0, 0, 0, 0, 73, 255], 4);
}

#[test]
fn round_corners_cover_as_much() {
    // border-radius: 10px, black
    let rounded = RoundedRect::new(rect(0.0, 0.0, 60.0, 40.0), [CssSize::new(10.0, 10.0); 4]);
    let frame =
        draw(&list(vec![item(ItemKind::RoundedRect { rounded, color: Rgba::BLACK })]), &options(60, 40));
    near(&reds(&frame, 0, 0, 12), &[255, 255, 255, 255, 255, 255, 179, 124, 74, 24, 0, 0], 16);
    near(&reds(&frame, 1, 0, 12), &[255, 255, 255, 255, 221, 58, 0, 0, 0, 0, 0, 0], 16);
    near(&reds(&frame, 3, 0, 6), &[255, 255, 151, 0, 0, 0], 16);
}

#[test]
fn fractional_edges_cover_in_part() {
    // A black box whose left edge is at 41.25 and right edge at 61.25.
    let frame = draw(&list(vec![filled(rect(41.25, 0.0, 20.0, 20.0), Rgba::BLACK)]), &options(70, 20));
    near(&reds(&frame, 5, 40, 43), &[255, 63, 0], 1);
    near(&reds(&frame, 5, 60, 63), &[0, 191, 255], 1);
}

#[test]
fn half_transparency_is_rounded_alike() {
    let half = Rgba { alpha: 0.5, ..Rgba::BLACK };
    let mut faded =
        list(vec![filled(rect(0.0, 0.0, 4.0, 4.0), half), filled(rect(4.0, 0.0, 4.0, 4.0), Rgba::BLACK)]);
    let group = EffectNode { opacity: 0.5, ..EffectNode::isolated(None, SpatialId::DOCUMENT, None) };
    faded.items[1].effect = Some(faded.effects.push(group));
    let frame = draw(&faded, &options(8, 4));
    assert_eq!(pixel(&frame, 1, 1), [127, 127, 127]);
    assert_eq!(pixel(&frame, 5, 1), [127, 127, 127]);
}

#[test]
fn shadows_fade_alike() {
    // box-shadow: 0 0 10px black, and inset, of a 40 × 20 px box.
    let shadow = |side| {
        item(ItemKind::BoxShadow(Box::new(BoxShadow {
            edge: RoundedRect::sharp(rect(20.0, 20.0, 40.0, 20.0)),
            offset: CssVector::zero(),
            blur: 10.0,
            spread: 0.0,
            color: Rgba::BLACK,
            side,
        })))
    };
    let frame = draw(&list(vec![shadow(ShadowSide::Outer)]), &options(80, 60));
    let upwards: Vec<u8> = (1..13).map(|distance| pixel(&frame, 40, 20 - distance)[0]).collect();
    near(&upwards, &[138, 159, 179, 197, 213, 226, 235, 243, 248, 252, 254, 255], 1);
    let slanting: Vec<u8> = (1..9).map(|distance| pixel(&frame, 20 - distance, 20 - distance)[0]).collect();
    near(&slanting, &[201, 219, 232, 242, 248, 252, 253, 254], 2);
    assert_eq!(pixel(&frame, 40, 30), [255, 255, 255], "not under the box");
    let frame = draw(&list(vec![shadow(ShadowSide::Inner)]), &options(80, 60));
    let downwards: Vec<u8> = (0..10).map(|distance| pixel(&frame, 40, 20 + distance)[0]).collect();
    near(&downwards, &[140, 160, 179, 197, 213, 226, 235, 243, 248, 250], 3);
}

#[test]
fn a_blurred_box_has_the_same_profile() {
    // filter: blur(4px) on a black 40 × 40 px box.
    let mut blurred = list(vec![filled(rect(20.0, 20.0, 40.0, 40.0), Rgba::BLACK)]);
    let group = EffectNode {
        filters: vec![Filter::Blur(4.0)],
        ..EffectNode::isolated(None, SpatialId::DOCUMENT, None)
    };
    blurred.items[0].effect = Some(blurred.effects.push(group));
    let frame = draw(&blurred, &options(80, 80));
    let profile: Vec<u8> = (-11..10).map(|distance| pixel(&frame, 40, 20 + distance)[0]).collect();
    let measured =
        [255, 253, 251, 246, 240, 230, 218, 202, 183, 162, 139, 116, 93, 72, 53, 37, 25, 15, 9, 4, 2];
    near(&profile, &measured, 6);
}

#[test]
fn text_is_fitted_to_the_grid_across_the_baseline() {
    // font: 16px "Liberation Serif", black, at x = 0, the baseline at y = 14: "T", from the middle of its stem upwards.
    let frame = draw(&list(vec![text("T", 16.0, 0.0, 14.0, Rgba::BLACK, 0.0)]), &options(20, 20));
    assert!(reds(&frame, 14, 0, 12).iter().all(|&red| red == 255), "nothing below the baseline");
    assert!(reds(&frame, 13, 3, 7).iter().any(|&red| red < 60), "the serif stands on it");
}
