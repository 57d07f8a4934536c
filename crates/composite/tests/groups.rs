//! Groups, clips and masks, a few pixels at a time.

mod common;

use common::*;
use fanlight_base::geometry::{CssSize, CssTransform};
use fanlight_base::{DumpFormat, Rgba, dump};
use fanlight_paint::DisplayList;
use fanlight_paint::display_list::*;

const RED: Rgba = Rgba { red: 1.0, green: 0.0, blue: 0.0, alpha: 1.0 };

fn group(list: &mut DisplayList, change: impl FnOnce(&mut EffectNode)) -> EffectId {
    let mut node = EffectNode::isolated(None, SpatialId::DOCUMENT, None);
    change(&mut node);
    list.effects.push(node)
}

#[test]
fn opacity_fades_a_group_as_a_whole() {
    let mut faded =
        list(vec![filled(rect(0.0, 0.0, 4.0, 4.0), Rgba::BLACK), filled(rect(2.0, 0.0, 4.0, 4.0), RED)]);
    let id = group(&mut faded, |effect| effect.opacity = 0.5);
    faded.items.iter_mut().for_each(|item| item.effect = Some(id));
    let frame = draw(&faded, &options(8, 4));
    assert_eq!(pixel(&frame, 3, 1), [255, 127, 127], "the black box does not show through the red one");
}

#[test]
fn a_mask_keeps_what_it_covers_also_where_it_has_nothing() {
    let mut masked =
        list(vec![filled(rect(0.0, 0.0, 40.0, 40.0), RED), filled(rect(2.0, 2.0, 4.0, 4.0), Rgba::BLACK)]);
    let outer = group(&mut masked, |_| {});
    let mask = group(&mut masked, |effect| {
        effect.parent = Some(outer);
        effect.blend_mode = BlendMode::DestinationIn;
    });
    masked.items[0].effect = Some(outer);
    masked.items[1].effect = Some(mask);
    for tile_size in [16, 100] {
        let options = fanlight_composite::CompositeOptions { tile_size, ..options(40, 40) };
        let frame = draw(&masked, &options);
        assert_eq!(pixel(&frame, 3, 3), [255, 0, 0]);
        assert_eq!(pixel(&frame, 1, 1), [255, 255, 255]);
        assert_eq!(pixel(&frame, 30, 30), [255, 255, 255], "tiles of {tile_size} px");
    }
}

#[test]
fn blending_stops_at_an_isolated_group() {
    let mut blended =
        list(vec![filled(rect(0.0, 0.0, 4.0, 4.0), RED), filled(rect(0.0, 0.0, 4.0, 4.0), Rgba::WHITE)]);
    let outer = group(&mut blended, |_| {});
    let multiplied = group(&mut blended, |effect| {
        effect.parent = Some(outer);
        effect.blend_mode = BlendMode::Multiply;
    });
    blended.items[1].effect = Some(multiplied);
    assert_eq!(pixel(&draw(&blended, &options(4, 4)), 1, 1), [255, 255, 255], "white on nothing");
}

#[test]
fn rounded_clips_cut_and_nest() {
    let mut clipped = list(vec![filled(rect(0.0, 0.0, 40.0, 40.0), RED)]);
    let outer = clipped.clips.push(ClipNode {
        parent: None,
        spatial: SpatialId::DOCUMENT,
        shape: ClipShape::RoundedRect(RoundedRect::new(
            rect(0.0, 0.0, 40.0, 40.0),
            [CssSize::new(20.0, 20.0); 4],
        )),
    });
    let inner = clipped.clips.push(ClipNode {
        parent: Some(outer),
        spatial: SpatialId::DOCUMENT,
        shape: ClipShape::Rect(rect(0.0, 0.0, 20.0, 40.0)),
    });
    clipped.items[0].clip = Some(inner);
    let frame = draw(&clipped, &options(40, 40));
    assert_eq!(pixel(&frame, 1, 1), [255, 255, 255]);
    assert_eq!(pixel(&frame, 15, 20), [255, 0, 0]);
    assert_eq!(pixel(&frame, 25, 20), [255, 255, 255]);
}

#[test]
fn the_clip_of_a_group_cuts_it_after_its_filter() {
    let mut blurred = list(vec![filled(rect(0.0, 0.0, 20.0, 20.0), Rgba::BLACK)]);
    let clip = blurred.clips.push(ClipNode {
        parent: None,
        spatial: SpatialId::DOCUMENT,
        shape: ClipShape::Rect(rect(0.0, 0.0, 22.0, 40.0)),
    });
    let id = group(&mut blurred, |effect| {
        effect.clip = Some(clip);
        effect.filters = vec![Filter::Blur(4.0)];
    });
    blurred.items[0].clip = Some(clip);
    blurred.items[0].effect = Some(id);
    let frame = draw(&blurred, &options(40, 40));
    assert!(pixel(&frame, 21, 10)[0] < 250, "blurred beyond the box");
    assert_eq!(pixel(&frame, 22, 10), [255, 255, 255], "cut at the clip");
}

#[test]
fn a_hidden_back_and_a_squeezed_plane_are_not_drawn() {
    for (matrix, hidden, seen) in [
        (CssTransform::scale(-1.0, 1.0, -1.0).then_translate(euclid::vec3(4.0, 0.0, 0.0)), true, false),
        (CssTransform::scale(-1.0, 1.0, -1.0).then_translate(euclid::vec3(4.0, 0.0, 0.0)), false, true),
        (CssTransform::scale(0.0, 1.0, 1.0), false, false),
    ] {
        let mut turned = list(vec![filled(rect(0.0, 0.0, 4.0, 4.0), RED)]);
        let kind = SpatialKind::Transform { matrix, backface_hidden: hidden };
        turned.items[0].spatial = turned.spatial.push(SpatialId::DOCUMENT, kind);
        let frame = draw(&turned, &options(4, 4));
        assert_eq!(pixel(&frame, 1, 1) == [255, 0, 0], seen, "{matrix:?} {hidden}");
    }
}

#[test]
fn ten_thousand_nested_groups_are_drawn() {
    let mut deep = list(vec![filled(rect(0.0, 0.0, 4.0, 4.0), RED)]);
    let mut parent = None;
    for _ in 0..10_000 {
        parent = Some(deep.effects.push(EffectNode::isolated(parent, SpatialId::DOCUMENT, None)));
    }
    deep.items[0].effect = parent;
    assert_eq!(pixel(&draw(&deep, &options(4, 4)), 1, 1), [255, 0, 0]);
}

#[test]
fn the_canvas_colour_is_over_the_background() {
    let mut page = list(vec![]);
    page.canvas_color = Some(Rgba { alpha: 0.5, ..Rgba::BLACK });
    let [red, ..] = pixel(&draw(&page, &options(2, 2)), 0, 0);
    assert!((127..=128).contains(&red), "{red}");
}

#[test]
fn hostile_numbers_draw_nothing_and_do_not_panic() {
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -1e30] {
        let hostile = rect(number, 0.0, number, 10.0);
        let rounded = RoundedRect::new(hostile, [CssSize::new(number, 5.0); 4]);
        let mut items = vec![
            item(ItemKind::Rect { rect: hostile, color: RED }),
            item(ItemKind::RoundedRect { rounded, color: RED }),
            border(rounded, number, BorderStyle::Dashed, [RED; 4]),
            border(RoundedRect::sharp(hostile), 3.0, BorderStyle::Dotted, [RED; 4]),
        ];
        items[0].bounds = hostile;
        let mut page = list(items);
        let kind =
            SpatialKind::Transform { matrix: CssTransform::scale(number, 1.0, 1.0), backface_hidden: false };
        page.items[1].spatial = page.spatial.push(SpatialId::DOCUMENT, kind);
        draw(&page, &options(20, 20));
    }
}

#[test]
fn the_dump_names_layers_and_why_they_exist() {
    let mut page = list(vec![filled(rect(0.0, 0.0, 10.0, 10.0), RED), filled(rect(0.0, 0.0, 5.0, 5.0), RED)]);
    let id = group(&mut page, |effect| effect.opacity = 0.5);
    page.items[1].effect = Some(id);
    page.items[1].node = Some(9);
    let text = dump::to_string(&draw(&page, &options(20, 20)), DumpFormat::Text);
    assert_eq!(
        text,
        "frame size=20x20 scale=1.0 items=2 tile=256 tiles=1 drawn=1 bytes=1600\n  \
         layer reason=document bounds=0,0+20x20 items=2 tiles=1 bytes=1600\n  \
         layer reason=opacity node=#9 bounds=0,0+5x5 items=1 tiles=1 bytes=100\n"
    );
}

/// A group with nothing but what is below it, changed by a filter.
fn with_backdrop(items: Vec<DisplayItem>, area: RoundedRect, filter: Filter) -> DisplayList {
    let mut list = list(items);
    let id = group(&mut list, |_| {});
    let kind = ItemKind::Backdrop(Box::new(Backdrop { area, filters: vec![filter] }));
    list.items.push(DisplayItem { bounds: area.rect, effect: Some(id), ..item(kind) });
    list
}

#[test]
fn a_backdrop_is_filtered_in_the_whole_box_also_without_content() {
    let area = RoundedRect::sharp(rect(2.0, 0.0, 4.0, 4.0));
    let list = with_backdrop(vec![filled(rect(0.0, 0.0, 4.0, 4.0), RED)], area, Filter::Invert(1.0));
    let frame = draw(&list, &options(8, 4));
    assert_eq!(pixel(&frame, 1, 1), [255, 0, 0], "outside the box");
    assert_eq!(pixel(&frame, 3, 1), [0, 255, 255]);
    assert_eq!(pixel(&frame, 5, 1), [0, 0, 0], "the white page inverted");
    assert_eq!(pixel(&frame, 7, 1), [255, 255, 255]);
}

#[test]
fn a_blurred_backdrop_takes_nothing_from_outside_the_box() {
    let area = RoundedRect::sharp(rect(10.0, 0.0, 20.0, 20.0));
    let inside = filled(rect(10.0, 0.0, 20.0, 20.0), Rgba::BLACK);
    let list = with_backdrop(vec![filled(rect(0.0, 0.0, 40.0, 20.0), RED), inside], area, Filter::Blur(4.0));
    let frame = draw(&list, &options(40, 20));
    assert_eq!(pixel(&frame, 10, 10), [0, 0, 0]);
    assert_eq!(pixel(&frame, 9, 10), [255, 0, 0]);
}

#[test]
fn a_backdrop_ends_at_rounded_corners() {
    let rounded = RoundedRect::new(rect(0.0, 0.0, 20.0, 20.0), [CssSize::new(10.0, 10.0); 4]);
    let list = with_backdrop(vec![filled(rect(0.0, 0.0, 20.0, 20.0), RED)], rounded, Filter::Invert(1.0));
    let frame = draw(&list, &options(20, 20));
    assert_eq!(pixel(&frame, 0, 0), [255, 0, 0]);
    assert_eq!(pixel(&frame, 10, 10), [0, 255, 255]);
}
