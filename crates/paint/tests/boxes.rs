//! Backgrounds, borders, shadows, text: what boxes show, in numbers.

mod support;

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_image::{DecodeOptions, Image};
use fanlight_paint::display_list::{BorderStyle, DecorationStyle, Filter, GradientKind, ItemKind};
use fanlight_paint::{EmbeddedContent, ImageProvider, PaintInput, ScrollOffsets, paint};
use support::{colors, input, kinds, lay_out, painted};

fn rect(x: f32, y: f32, width: f32, height: f32) -> CssRect {
    CssRect::new(CssPoint::new(x, y), CssSize::new(width, height))
}

fn rects(body: &str) -> Vec<CssRect> {
    painted(body)
        .items
        .iter()
        .filter_map(|item| match item.kind {
            ItemKind::Rect { rect, .. } => Some(rect),
            _ => None,
        })
        .collect()
}

#[test]
fn edges_snap_each_by_itself_so_that_neighbours_touch() {
    let found = rects(
        "<div style='width: 10.5px; height: 10.4px; background: red'></div>\
         <div style='width: 10.5px; height: 10.4px; background: lime'></div>",
    );
    assert_eq!(found, [rect(0.0, 0.0, 11.0, 10.0), rect(0.0, 10.0, 11.0, 11.0)]);
}

#[test]
fn the_background_is_clipped_where_it_says() {
    let clip = |clip: &str| {
        rects(&format!(
            "<div style='width: 10px; height: 10px; padding: 3px; border: 2px solid transparent; background: red;\
             background-clip: {clip}'></div>"
        ))[0]
    };
    assert_eq!(clip("border-box"), rect(0.0, 0.0, 20.0, 20.0));
    assert_eq!(clip("padding-box"), rect(2.0, 2.0, 16.0, 16.0));
    assert_eq!(clip("content-box"), rect(5.0, 5.0, 10.0, 10.0));
}

#[test]
fn the_canvas_takes_the_background_of_the_root_or_of_the_body() {
    let canvas = |html: &str| {
        let (tree, _) = lay_out(html);
        let list = paint(&tree, &input(&ScrollOffsets::default()));
        (list.canvas_color, colors(&list))
    };
    let red = Some(Rgba::from_u8(255, 0, 0, 255));
    assert_eq!(canvas("<!DOCTYPE html><body style='background: red'>"), (red, vec![]));
    let (color, rest) =
        canvas("<!DOCTYPE html><html style='background: red'><body style='background: lime; height: 5px'>");
    assert_eq!((color, rest), (red, vec!["#00ff00".to_owned()]));
    assert_eq!(canvas("<!DOCTYPE html><body>").0, Some(Rgba::WHITE));
}

#[test]
fn borders_are_one_item_inside_the_border_edge() {
    let list = painted(
        "<div style='width: 10px; height: 10px; border: solid red; border-width: 1px 2px 3px 4px'></div>",
    );
    let ItemKind::Border(border) = &list.items[0].kind else { panic!("{:?}", list.items) };
    assert_eq!(border.outer.rect, rect(0.0, 0.0, 16.0, 14.0));
    assert_eq!((border.widths.top, border.widths.left), (1.0, 4.0));
    assert_eq!(border.inner().rect, rect(4.0, 1.0, 10.0, 10.0));
    assert_eq!(border.sides.top.style, BorderStyle::Solid);
}

#[test]
fn a_border_of_transparent_sides_is_not_painted() {
    assert!(painted("<div style='height: 9px; border: 3px solid transparent'></div>").items.is_empty());
}

#[test]
fn shadows_are_around_the_background() {
    let list = painted(
        "<div style='width: 10px; height: 10px; background: red; border: 1px solid blue;\
         box-shadow: 2px 2px 4px black, inset 0 0 3px lime'></div>",
    );
    assert_eq!(kinds(&list), ["box-shadow", "rect", "box-shadow", "border"]);
    assert_eq!(list.items[0].bounds, rect(2.0, 2.0, 12.0, 12.0).inflate(6.0, 6.0));
}

#[test]
fn an_opaque_rounded_border_hides_the_edge_of_the_background() {
    let list = painted(
        "<div style='width: 10px; height: 10px; background: red; border: 4px solid blue; border-radius: 6px'></div>",
    );
    let ItemKind::RoundedRect { rounded, .. } = &list.items[0].kind else { panic!("{:?}", list.items) };
    assert_eq!(rounded.rect, rect(2.0, 2.0, 14.0, 14.0));
}

#[test]
fn gradients_have_geometry_of_their_box() {
    let list = painted(
        "<div style='width: 100px; height: 50px; background: linear-gradient(to right, red, blue)'></div>",
    );
    let ItemKind::Gradient(item) = &list.items[0].kind else { panic!("{:?}", list.items) };
    let (start, end) = (CssPoint::new(0.0, 25.0), CssPoint::new(100.0, 25.0));
    assert_eq!(item.gradient.kind, GradientKind::Linear { start, end });
    assert_eq!((item.dest, item.tiling), (rect(0.0, 0.0, 100.0, 50.0), None));
}

#[test]
fn a_sized_gradient_repeats() {
    let list = painted(
        "<div style='width: 100px; height: 50px; background: linear-gradient(red, blue) 5px 0 / 20px 10px'></div>",
    );
    let ItemKind::Gradient(item) = &list.items[0].kind else { panic!("{:?}", list.items) };
    assert_eq!(item.tiling.unwrap().tile, rect(5.0, 0.0, 20.0, 10.0));
    assert_eq!(item.dest, rect(0.0, 0.0, 100.0, 50.0));
}

#[test]
fn text_stands_on_its_baseline_and_is_underlined_as_in_chromium() {
    let list = painted("<div style='font: 16px serif; color: blue'><u>xxx</u></div>");
    let [line, text] = &list.items[..] else { panic!("{:?}", kinds(&list)) };
    let ItemKind::Text(text) = &text.kind else { panic!("{text:?}") };
    // Liberation Serif: ascent 14, descent 4.
    assert_eq!(text.glyphs[0].position, CssPoint::new(0.0, 14.0));
    let ItemKind::Decoration(line) = &line.kind else { panic!("{line:?}") };
    assert_eq!((line.origin, line.thickness), (CssPoint::new(0.0, 15.0), 1.0));
    assert_eq!((line.style, line.color), (DecorationStyle::Solid, text.color));
}

#[test]
fn underlines_leave_room_for_descenders() {
    let lines = |text: &str| {
        let list = painted(&format!("<div style='font: 40px serif'><u>{text}</u></div>"));
        kinds(&list).iter().filter(|kind| **kind == "decoration").count()
    };
    assert_eq!(lines("xxx"), 1);
    assert_eq!(lines("xpx"), 2);
}

#[test]
fn text_shadows_are_below_the_text_the_last_one_lowest() {
    let list = painted("<div style='text-shadow: 1px 1px red, 2px 2px 3px lime'>x</div>");
    assert_eq!(colors(&list), ["text:#00ff00", "text:#ff0000", "text:#000000"]);
}

#[test]
fn discs_are_shapes() {
    let list = painted("<ul style='font: 16px serif'><li>x</li></ul>");
    let disc = list.items.iter().find_map(|item| match &item.kind {
        ItemKind::RoundedRect { rounded, .. } => Some(rounded.rect),
        _ => None,
    });
    // Where Chromium draws it beside 16px Times.
    assert_eq!(disc, Some(rect(24.0, 7.0, 5.0, 5.0)));
    assert!(kinds(&list).iter().filter(|kind| **kind == "text").count() == 1, "the bullet is no text");
}

#[test]
fn a_box_without_area_paints_nothing() {
    assert!(painted("<div style='background: red'></div>").items.is_empty());
}

#[test]
fn a_text_field_has_the_themes_border_until_the_page_gives_it_another() {
    let own_border = |style: &str| {
        let list = painted(&format!("<input style='background: white; {style}'>"));
        list.items.iter().find_map(|item| match &item.kind {
            ItemKind::Border(border) => Some((border.widths.top, border.sides.top.style)),
            _ => None,
        })
    };
    // What the user-agent style sheet says of text fields is how the theme knows them; it draws four lines then.
    assert_eq!(own_border("border: 2px inset #767676"), None);
    let themed = painted("<input style='background: white; border: 2px inset #767676'>");
    assert_eq!(colors(&themed).iter().filter(|color| *color == "#767676").count(), 4);
    let unthemed = own_border("border: 2px inset #767676; appearance: none");
    assert_eq!(unthemed, Some((2.0, BorderStyle::Inset)));
    assert_eq!(own_border("border: 2px inset red"), Some((2.0, BorderStyle::Inset)));
    assert_eq!(own_border("border: 3px solid gray"), Some((3.0, BorderStyle::Solid)));
}

#[test]
fn a_check_box_is_drawn_unless_the_page_does() {
    let count = |style: &str| painted(&format!("<input type=checkbox style='{style}'>")).items.len();
    assert_eq!(count(""), 2);
    assert_eq!(count("appearance: none"), 0);
}

#[test]
fn the_border_of_a_fieldset_begins_in_the_middle_of_the_legend_and_leaves_it_out() {
    let list = painted(
        "<fieldset style='display: block; margin: 0; padding: 0; width: 96px; border: 2px solid red'>\
         <legend style='display: block; padding: 0; width: 40px; height: 20px'></legend>\
         <div style='height: 30px'></div></fieldset>",
    );
    let border = list.items.iter().find_map(|item| match &item.kind {
        ItemKind::Border(border) => Some((border.outer.rect, item.clip?)),
        _ => None,
    });
    let (outer, clip) = border.expect("the border is painted, clipped");
    assert_eq!(outer, rect(0.0, 9.0, 100.0, 43.0));
    let clip = format!("{:?}", list.clips.get(clip).map(|node| &node.shape));
    assert!(clip.contains("(2.0, 0.0)") && clip.contains("(42.0, 20.0)"), "{clip}");
}

#[test]
fn the_canvas_is_in_the_group_that_the_root_makes() {
    let (tree, _) = lay_out("<!DOCTYPE html><html style='background: red; opacity: .5'><body>");
    let list = paint(&tree, &input(&ScrollOffsets::default()));
    assert_eq!(list.canvas_color, Some(Rgba::WHITE));
    let canvas = list.items.iter().find(|item| matches!(item.kind, ItemKind::Rect { .. })).unwrap();
    assert_eq!(list.effects.get(canvas.effect.unwrap()).unwrap().opacity, 0.5);
}

#[test]
fn layers_of_a_mask_are_combined_as_they_say() {
    let blend_modes = |mask: &str| -> Vec<&'static str> {
        let list = painted(&format!("<div style='height: 9px; background: red; {mask}'></div>"));
        list.effects.iter().map(|(_, effect)| effect.blend_mode.name()).collect()
    };
    let layers = "mask-image: linear-gradient(red, red), linear-gradient(red, red)";
    assert_eq!(blend_modes(layers), ["normal", "destination-in"]);
    for (operator, name) in [("subtract", "source-out"), ("exclude", "xor"), ("intersect", "destination-in")]
    {
        let mask = format!("{layers}; mask-composite: {operator}");
        assert_eq!(blend_modes(&mask), ["normal", "destination-in", name], "{operator}");
    }
}

#[test]
fn a_mask_by_luminance_is_a_filter_of_its_layer() {
    let list = painted(
        "<div style='height: 9px; background: red; mask-image: linear-gradient(red, red); mask-mode: luminance'></div>",
    );
    let filters: Vec<&Filter> = list.effects.iter().flat_map(|(_, effect)| &effect.filters).collect();
    assert_eq!(filters, [&Filter::LuminanceToAlpha]);
}

#[test]
fn a_negative_outline_offset_stops_at_the_middle_in_each_direction() {
    let list = painted(
        "<div style='width: 200px; height: 100px; outline: 10px solid; outline-offset: -90px'></div>",
    );
    let outline = list.items.iter().find_map(|item| match &item.kind {
        ItemKind::Outline(outline) => Some(outline.outer.rect),
        _ => None,
    });
    assert_eq!(outline, Some(rect(80.0, 40.0, 40.0, 20.0)));
}

/// Shows the same drawing in all elements.
struct Drawing(Image);

impl ImageProvider for Drawing {
    fn image(&self, _url: &str) -> Option<Image> {
        None
    }

    fn embedded(&self, _node: u32, _size: CssSize) -> Option<EmbeddedContent> {
        Some(EmbeddedContent::Image(self.0.clone()))
    }
}

#[test]
fn inline_svg_is_as_large_as_its_box_is_before_that_is_put_on_pixels() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'/>";
    let image = fanlight_image::decode(svg.as_bytes(), Some("image/svg+xml"), &DecodeOptions::default());
    let drawing = Drawing(image.expect("it is well-formed"));
    // From 10.7 to 60.36 along y: on pixels that is from 11 to 60.
    let (tree, _) = lay_out(
        "<!DOCTYPE html><body><div style='height: 10.703125px'></div>\
         <svg style='display: block; width: 50px; height: 49.65625px'></svg>",
    );
    let scroll = ScrollOffsets::default();
    let list = paint(&tree, &PaintInput { images: &drawing, ..input(&scroll) });
    let [ItemKind::Image(item)] = &list.items.iter().map(|item| item.kind.clone()).collect::<Vec<_>>()[..]
    else {
        panic!("one image: {:?}", kinds(&list));
    };
    assert_eq!(item.object_size, CssSize::new(50.0, 49.65625));
    assert_eq!(item.dest, rect(0.0, 11.0, 50.0, 49.0));
    // Of the 50 rows that it would take, 49 are seen.
    assert!((item.source.size.height - 49.65625 * 49.0 / 50.0).abs() < 1e-4, "{:?}", item.source);
}

#[test]
fn a_fixed_background_ends_where_the_viewport_does() {
    let gradients = |body: &str| {
        let items = painted(body).items;
        let dest = |kind: &ItemKind| match kind {
            ItemKind::Gradient(item) => Some(item.dest),
            _ => None,
        };
        items.iter().filter_map(|item| dest(&item.kind)).collect::<Vec<_>>()
    };
    let image = "background-image: linear-gradient(red, blue)";
    let fixed = format!("{image}; background-attachment: fixed");
    assert_eq!(
        gradients(&format!("<div style='height: 700px; {image}'></div>")),
        [rect(0.0, 0.0, 400.0, 700.0)]
    );
    assert_eq!(
        gradients(&format!("<div style='height: 700px; {fixed}'></div>")),
        [rect(0.0, 0.0, 400.0, 300.0)]
    );
    let below = format!("<div style='height: 300px'></div><div style='height: 9px; {fixed}'></div>");
    assert_eq!(gradients(&below), []);
}

#[test]
fn the_theme_hides_the_background_and_the_border_of_a_slider() {
    let slider = |style: &str| {
        let look = "width: 100px; height: 16px; background: red; border: 1px solid lime";
        colors(&painted(&format!("<input type=range style='display: block; {look}; {style}'>")))
    };
    assert!(!slider("").contains(&"#ff0000".to_owned()), "{:?}", slider(""));
    assert!(slider("appearance: none").contains(&"#ff0000".to_owned()));
}
