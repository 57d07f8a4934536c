//! Scrolling, clips, transforms, fixed and sticky boxes; hit testing through all of them.

mod support;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector};
use fanlight_paint::display_list::{ClipShape, SpatialId, SpatialKind};
use fanlight_paint::{PaintInput, ScrollOffsets, caret_position, hit_test, paint};
use support::{input, lay_out, painted};

fn rect(x: f32, y: f32, width: f32, height: f32) -> CssRect {
    CssRect::new(CssPoint::new(x, y), CssSize::new(width, height))
}

fn page(body: &str) -> String {
    format!("<!DOCTYPE html><body>{body}")
}

#[test]
fn overflow_clips_to_the_padding_box() {
    let list = painted(
        "<div style='overflow: hidden; width: 50px; height: 50px; border: 5px solid'>\
         <div style='background: red; height: 100px'></div></div>",
    );
    let item = list.items.last().unwrap();
    let clip = list.clips.get(item.clip.unwrap()).unwrap();
    assert_eq!(clip.shape, ClipShape::Rect(rect(5.0, 5.0, 50.0, 50.0)));
    assert!(matches!(list.spatial.get(item.spatial).kind, SpatialKind::Scroll(_)));
}

#[test]
fn overflow_is_rounded_as_the_border_is_inside() {
    let list = painted(
        "<div style='overflow: clip; width: 50px; height: 50px; border: 5px solid; border-radius: 8px'>\
         <div style='background: red; height: 100px'></div></div>",
    );
    let clip = list.clips.get(list.items.last().unwrap().clip.unwrap()).unwrap();
    let ClipShape::RoundedRect(rounded) = clip.shape else { panic!("{clip:?}") };
    assert_eq!(rounded.radii, [CssSize::new(3.0, 3.0); 4]);
}

#[test]
fn overflow_of_the_body_is_the_viewports() {
    let (tree, _) = lay_out(
        "<!DOCTYPE html><body style='overflow: hidden; height: 50px'><div style='background: red; height: 99px'></div>",
    );
    let list = paint(&tree, &input(&ScrollOffsets::default()));
    assert_eq!(list.items[0].clip, None);
}

#[test]
fn fixed_boxes_are_in_the_viewport_unless_a_transform_holds_them() {
    let fixed = "<div style='position: fixed; background: red; width: 9px; height: 9px'></div>";
    assert_eq!(painted(fixed).items[0].spatial, SpatialId::VIEWPORT);
    let list = painted(&format!("<div style='transform: translate(5px, 0)'>{fixed}</div>"));
    assert_ne!(list.items[0].spatial, SpatialId::VIEWPORT);
    let corner = list.spatial.to_viewport(list.items[0].spatial).transform_point2d(CssPoint::zero());
    assert_eq!(corner, Some(CssPoint::new(5.0, 0.0)));
}

#[test]
fn transforms_turn_around_the_middle_of_the_border_box() {
    let list = painted(
        "<div style='margin: 10px; width: 40px; height: 20px; background: red; transform: rotate(90deg)'></div>",
    );
    let matrix = list.spatial.to_viewport(list.items[0].spatial);
    // The upper left corner goes to the upper right of the turned box, whose middle is at 30, 20.
    assert_eq!(matrix.transform_point2d(CssPoint::zero()), Some(CssPoint::new(40.0, 0.0)));
}

#[test]
fn nothing_is_painted_through_a_transform_without_area() {
    let list = painted("<div style='transform: scale(0, 1); background: red; height: 9px'></div>");
    assert!(list.items.is_empty());
}

#[test]
fn a_hidden_back_is_not_painted() {
    let hidden = "backface-visibility: hidden; background: red; height: 9px";
    assert!(painted(&format!("<div style='transform: rotateY(180deg); {hidden}'></div>")).items.is_empty());
    assert_eq!(painted(&format!("<div style='transform: rotateY(30deg); {hidden}'></div>")).items.len(), 1);
}

#[test]
fn sticky_boxes_stay_in_view() {
    let (tree, _) = lay_out(&page(
        "<div style='position: sticky; top: 10px; background: red; height: 9px'></div><div style='height: 2000px'></div>",
    ));
    let scroll = ScrollOffsets { viewport: CssVector::new(0.0, 100.0), ..ScrollOffsets::default() };
    let list = paint(&tree, &input(&scroll));
    let corner = list.spatial.to_viewport(list.items[0].spatial).transform_point2d(CssPoint::zero());
    assert_eq!(corner, Some(CssPoint::new(0.0, 10.0)));
}

#[test]
fn only_what_is_in_view_is_painted() {
    let rows = "<div style='background: red; height: 100px'></div>".repeat(1000);
    let (tree, _) = lay_out(&page(&rows));
    let cull = Some(rect(0.0, 50_000.0, 400.0, 300.0));
    let scroll = ScrollOffsets::default();
    let list = paint(&tree, &PaintInput { cull, ..input(&scroll) });
    assert!((3..10).contains(&list.items.len()), "{}", list.items.len());
    assert!(list.items.iter().any(|item| item.bounds.contains(CssPoint::new(1.0, 50_150.0))));
}

#[test]
fn fixed_boxes_are_painted_wherever_the_document_is_scrolled() {
    let (tree, _) = lay_out(&page(
        "<div style='position: fixed; background: red; width: 9px; height: 9px'></div><div style='height: 9000px'></div>",
    ));
    let scroll = ScrollOffsets::default();
    let list = paint(&tree, &PaintInput { cull: Some(rect(0.0, 5000.0, 400.0, 300.0)), ..input(&scroll) });
    assert_eq!(list.items.len(), 1);
    assert_eq!(list.items[0].spatial, SpatialId::VIEWPORT);
}

#[test]
fn a_group_holds_though_its_box_is_out_of_view() {
    let (tree, _) = lay_out(&page(
        "<div style='opacity: .5; height: 9px'><div style='position: absolute; top: 2000px; width: 9px; height: 9px;\
         background: red'></div></div>",
    ));
    let scroll = ScrollOffsets::default();
    let list = paint(&tree, &PaintInput { cull: Some(rect(0.0, 1900.0, 400.0, 300.0)), ..input(&scroll) });
    let effect = list.items[0].effect.and_then(|effect| list.effects.get(effect)).unwrap();
    assert_eq!(effect.opacity, 0.5);
}

#[test]
fn the_topmost_box_is_hit() {
    let (tree, document) = lay_out(&page(
        "<div id=under style='position: absolute; width: 50px; height: 50px'></div>\
         <div id=over style='position: absolute; left: 25px; width: 50px; height: 50px'></div>",
    ));
    let scroll = ScrollOffsets::default();
    let id_at = |x: f32| {
        let hit = hit_test(&tree, &input(&scroll), CssPoint::new(x, 10.0))?;
        let element = document.element(hit.node)?;
        element.attribute(&fanlight_base::atoms::local_name!("id")).map(str::to_owned)
    };
    assert_eq!(id_at(10.0).as_deref(), Some("under"));
    assert_eq!(id_at(30.0).as_deref(), Some("over"));
}

#[test]
fn what_is_cut_or_lets_events_through_is_not_hit() {
    let (tree, _) = lay_out(&page(
        "<div style='height: 290px'></div><div style='position: absolute; width: 40px; height: 40px; border-radius: 20px'></div>\
         <div style='position: absolute; top: 50px; width: 40px; height: 40px; pointer-events: none'></div>\
         <div style='position: absolute; top: 100px; width: 40px; height: 40px; overflow: hidden'>\
         <div id=in style='width: 200px; height: 40px'></div></div>",
    ));
    let scroll = ScrollOffsets::default();
    let width_at = |x: f32, y: f32| {
        let hit = hit_test(&tree, &input(&scroll), CssPoint::new(x, y)).unwrap();
        hit.local_point
    };
    // Outside of the round corner, through the second box, and beside the third, the page behind is hit.
    for (x, y) in [(1.0, 1.0), (10.0, 60.0), (60.0, 110.0)] {
        assert_eq!(width_at(x, y), CssPoint::new(x, y));
    }
    assert_eq!(width_at(10.0, 110.0), CssPoint::new(10.0, 10.0));
}

#[test]
fn hits_follow_scrolling_and_transforms() {
    let (tree, _) = lay_out(&page(
        "<div style='width: 20px; height: 20px; margin-top: 500px; transform: translate(100px, 0) scale(2)'></div>\
         <div style='height: 3000px'></div>",
    ));
    let scroll = ScrollOffsets { viewport: CssVector::new(0.0, 450.0), ..ScrollOffsets::default() };
    let hit = hit_test(&tree, &input(&scroll), CssPoint::new(100.0, 50.0)).unwrap();
    assert_eq!(hit.local_point, CssPoint::new(5.0, 5.0));
}

#[test]
fn a_point_in_text_is_an_offset_into_the_text_node() {
    let (tree, document) = lay_out(&page("<div style='font: 20px monospace'>ab  cd</div>"));
    let scroll = ScrollOffsets::default();
    let advance = 20.0 * 1229.0 / 2048.0;
    let hit = hit_test(&tree, &input(&scroll), CssPoint::new(advance * 3.1, 10.0)).unwrap();
    // One of the two blanks collapsed: after "ab " the text goes on at the fourth byte.
    assert_eq!(hit.text_offset, Some(4));
    let caret = caret_position(&tree, &input(&scroll), CssPoint::new(390.0, 200.0)).unwrap();
    assert_eq!(caret.offset, 6);
    assert!(document.element(caret.node).is_none());
}

#[test]
fn what_shares_the_space_of_a_plane_on_edge_is_seen() {
    // Two quarter turns, the first of which shows the edge alone.
    let inner = "<div style='transform: rotateX(90deg); width: 9px; height: 9px; background: red'></div>";
    let outer = |style: &str| format!("<div style='transform: rotateX(90deg); {style}'>{inner}</div>");
    assert_eq!(painted(&outer("")).items.len(), 0);
    assert_eq!(painted(&outer("transform-style: preserve-3d")).items.len(), 1);
}
