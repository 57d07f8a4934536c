//! The display list as text and JSON: the three trees, then one command a line with its node, clip, transform and effect.

use std::fmt::Write as _;

use fanlight_base::dump::Fields;
use fanlight_base::geometry::CssRect;
use fanlight_base::{Dump, TreeWriter};
use fanlight_image::Image;

use super::*;

impl Dump for DisplayList {
    fn dump(&self, tree: &mut TreeWriter) {
        tree.open("display-list", |fields| {
            fields.add("size", format!("{}x{}", self.content_size.width, self.content_size.height));
            fields.add_some("canvas", self.canvas_color.map(|color| color.to_string()));
        });
        for (id, node) in self.spatial.iter() {
            dump_spatial(tree, id, node);
        }
        for (id, node) in self.clips.iter() {
            tree.leaf("clip", |fields| {
                fields.add("id", id.0);
                fields.add_some("parent", node.parent.map(|parent| parent.0));
                fields.add("transform", node.spatial.0);
                match &node.shape {
                    ClipShape::Rect(rect) => fields.add("rect", rect_text(rect)),
                    ClipShape::RoundedRect(rounded) => add_rounded(fields, rounded),
                    ClipShape::Path(path, _) => {
                        fields.add("path", path.segments.len());
                        fields.add("bounds", rect_text(&path.bounds()));
                    }
                }
            });
        }
        for (id, node) in self.effects.iter() {
            dump_effect(tree, id, node);
        }
        for item in &self.items {
            tree.leaf(item.kind.name(), |fields| {
                fields.add_some("node", item.node.map(|node| format!("#{node}")));
                add_kind(fields, &item.kind);
                fields.add_some("clip", item.clip.map(|clip| clip.0));
                fields.add("transform", item.spatial.0);
                fields.add_some("effect", item.effect.map(|effect| effect.0));
            });
        }
        tree.close();
    }
}

fn dump_spatial(tree: &mut TreeWriter, id: SpatialId, node: &SpatialNode) {
    match &node.kind {
        SpatialKind::Transform { matrix, .. } => tree.leaf("transform", |fields| {
            fields.add("id", id.0);
            fields.add_some("parent", node.parent.map(|parent| parent.0));
            match matrix.is_2d() {
                true => {
                    let matrix = matrix.to_2d();
                    let numbers = [matrix.m11, matrix.m12, matrix.m21, matrix.m22, matrix.m31, matrix.m32];
                    fields.add("matrix", numbers_text(&numbers));
                }
                false => fields.add("matrix", numbers_text(&matrix.to_array())),
            }
        }),
        SpatialKind::Scroll(scroll) => tree.leaf("scroll", |fields| {
            fields.add("id", id.0);
            fields.add_some("parent", node.parent.map(|parent| parent.0));
            fields.add_some("node", scroll.node.map(|node| format!("#{node}")));
            fields.add("offset", format!("{},{}", scroll.offset.x, scroll.offset.y));
            fields.add("scrollport", rect_text(&scroll.scrollport));
            fields.add("content", format!("{}x{}", scroll.content_size.width, scroll.content_size.height));
        }),
    }
}

fn dump_effect(tree: &mut TreeWriter, id: EffectId, node: &EffectNode) {
    tree.leaf("effect", |fields| {
        fields.add("id", id.0);
        fields.add_some("parent", node.parent.map(|parent| parent.0));
        fields.add("transform", node.spatial.0);
        fields.add_some("clip", node.clip.map(|clip| clip.0));
        if node.opacity != 1.0 {
            fields.add("opacity", node.opacity);
        }
        if node.blend_mode != BlendMode::Normal {
            fields.add("blend", node.blend_mode.name());
        }
        if !node.filters.is_empty() {
            fields.add("filter", filters_text(&node.filters));
        }
    });
}

fn filters_text(filters: &[Filter]) -> String {
    filters.iter().map(filter_text).collect::<Vec<_>>().join(" ")
}

fn filter_text(filter: &Filter) -> String {
    match filter {
        Filter::Blur(deviation) => format!("blur({deviation}px)"),
        Filter::Brightness(factor) => format!("brightness({factor})"),
        Filter::Contrast(factor) => format!("contrast({factor})"),
        Filter::Grayscale(part) => format!("grayscale({part})"),
        Filter::HueRotate(degrees) => format!("hue-rotate({degrees}deg)"),
        Filter::Invert(part) => format!("invert({part})"),
        Filter::Opacity(factor) => format!("opacity({factor})"),
        Filter::Saturate(factor) => format!("saturate({factor})"),
        Filter::Sepia(part) => format!("sepia({part})"),
        Filter::DropShadow { offset, deviation, color } => {
            format!("drop-shadow({}px {}px {deviation}px {color})", offset.x, offset.y)
        }
        Filter::Reference(filter) => format!("url(#{})", filter.id()),
        Filter::LuminanceToAlpha => "luminance-to-alpha".to_owned(),
    }
}

fn add_kind(fields: &mut Fields<'_>, kind: &ItemKind) {
    match kind {
        ItemKind::Rect { rect, color } => {
            fields.add("rect", rect_text(rect));
            fields.add("color", color.to_string());
        }
        ItemKind::RoundedRect { rounded, color } => {
            add_rounded(fields, rounded);
            fields.add("color", color.to_string());
        }
        ItemKind::Border(border) | ItemKind::Outline(border) => {
            add_rounded(fields, &border.outer);
            let widths = &border.widths;
            fields.add("widths", numbers_text(&[widths.top, widths.right, widths.bottom, widths.left]));
            let sides = &border.sides;
            let text = |side: &BorderSide| format!("{} {}", side.style.name(), side.color);
            if [&sides.right, &sides.bottom, &sides.left].into_iter().all(|side| *side == sides.top) {
                fields.add("sides", text(&sides.top));
            } else {
                let all: Vec<String> =
                    [&sides.top, &sides.right, &sides.bottom, &sides.left].into_iter().map(text).collect();
                fields.add("sides", all.join(", "));
            }
        }
        ItemKind::BoxShadow(shadow) => {
            add_rounded(fields, &shadow.edge);
            fields.add("offset", format!("{},{}", shadow.offset.x, shadow.offset.y));
            fields.add("blur", shadow.blur);
            fields.add("spread", shadow.spread);
            fields.add("color", shadow.color.to_string());
            if shadow.side == ShadowSide::Inner {
                fields.add("inset", true);
            }
        }
        ItemKind::Text(text) => add_text(fields, text),
        ItemKind::Decoration(line) => {
            fields.add("origin", format!("{},{}", line.origin.x, line.origin.y));
            fields.add("length", line.length);
            fields.add("thickness", line.thickness);
            if line.vertical {
                fields.add("vertical", true);
            }
            fields.add("style", line.style.name());
            fields.add("color", line.color.to_string());
            add_unless_zero(fields, "blur", line.blur);
        }
        ItemKind::Image(image) => {
            match &image.image {
                Image::Raster(raster) => {
                    fields.add("raster", format!("{}x{}", raster.width(), raster.height()))
                }
                Image::Svg(_) => {
                    fields.add("svg", format!("{}x{}", image.object_size.width, image.object_size.height))
                }
            }
            fields.add("source", rect_text(&image.source));
            fields.add("dest", rect_text(&image.dest));
            add_tiling(fields, image.tiling.as_ref());
            if image.rendering == ImageRendering::Pixelated {
                fields.add("rendering", "pixelated");
            }
        }
        ItemKind::Gradient(item) => {
            add_gradient(fields, &item.gradient);
            fields.add("dest", rect_text(&item.dest));
            add_tiling(fields, item.tiling.as_ref());
        }
        ItemKind::Path(item) => {
            fields.add("bounds", rect_text(&item.path.bounds()));
            fields.add_some("fill", item.fill.map(|(color, _)| color.to_string()));
            if let Some(stroke) = &item.stroke {
                fields.add("stroke", stroke.color.to_string());
                fields.add("width", stroke.width);
            }
        }
        ItemKind::Backdrop(backdrop) => {
            add_rounded(fields, &backdrop.area);
            fields.add("filter", filters_text(&backdrop.filters));
        }
    }
}

fn add_text(fields: &mut Fields<'_>, text: &TextItem) {
    if let Some(first) = text.glyphs.first() {
        fields.add("origin", format!("{},{}", first.position.x, first.position.y));
    }
    fields.add("text", text.text.as_ref());
    fields.add("font", format!("{:?}", text.font));
    fields.add("glyphs", text.glyphs.len());
    fields.add("color", text.color.to_string());
    add_unless_zero(fields, "blur", text.blur);
    match text.turn {
        GlyphTurn::None => {}
        GlyphTurn::Clockwise => fields.add("turn", "clockwise"),
        GlyphTurn::Anticlockwise => fields.add("turn", "anticlockwise"),
    }
}

fn add_gradient(fields: &mut Fields<'_>, gradient: &Gradient) {
    let repeating = if gradient.repeating { "repeating-" } else { "" };
    let geometry = match gradient.kind {
        GradientKind::Linear { start, end } => {
            format!("{repeating}linear {},{} {},{}", start.x, start.y, end.x, end.y)
        }
        GradientKind::Radial { center, radii } => {
            format!("{repeating}radial {},{} {}x{}", center.x, center.y, radii.width, radii.height)
        }
        GradientKind::Conic { center, angle } => {
            format!("{repeating}conic {},{} {angle}deg", center.x, center.y)
        }
    };
    fields.add("gradient", geometry);
    let stops: Vec<String> =
        gradient.stops.iter().map(|stop| format!("{} {}", stop.color, stop.offset)).collect();
    fields.add("stops", stops.join(", "));
}

fn add_tiling(fields: &mut Fields<'_>, tiling: Option<&Tiling>) {
    if let Some(tiling) = tiling {
        fields.add("tile", rect_text(&tiling.tile));
        if tiling.spacing.width != 0.0 || tiling.spacing.height != 0.0 {
            fields.add("spacing", format!("{},{}", tiling.spacing.width, tiling.spacing.height));
        }
    }
}

fn add_rounded(fields: &mut Fields<'_>, rounded: &RoundedRect) {
    fields.add("rect", rect_text(&rounded.rect));
    if !rounded.is_sharp() {
        let radii: Vec<f32> = rounded.radii.iter().flat_map(|radius| [radius.width, radius.height]).collect();
        fields.add("radii", numbers_text(&radii));
    }
}

fn add_unless_zero(fields: &mut Fields<'_>, name: &str, number: f32) {
    if number != 0.0 {
        fields.add(name, number);
    }
}

/// `x,y+widthxheight`, one word without quotes.
fn rect_text(rect: &CssRect) -> String {
    format!("{},{}+{}x{}", rect.origin.x, rect.origin.y, rect.size.width, rect.size.height)
}

fn numbers_text(numbers: &[f32]) -> String {
    let mut text = String::new();
    for (index, number) in numbers.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(text, "{comma}{number}"); // Writing to a String cannot fail.
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::{CssPoint, CssSize};
    use fanlight_base::{DumpFormat, Rgba, dump};

    #[test]
    fn each_command_is_a_line_with_its_node_clip_and_transform() {
        let mut list = DisplayList { content_size: CssSize::new(100.0, 50.0), ..DisplayList::default() };
        let rect = CssRect::new(CssPoint::new(1.0, 2.5), CssSize::new(10.0, 20.0));
        let clip = list.clips.push(ClipNode {
            parent: None,
            spatial: SpatialId::DOCUMENT,
            shape: ClipShape::Rect(rect),
        });
        list.items.push(DisplayItem {
            node: Some(7),
            bounds: rect,
            clip: Some(clip),
            spatial: SpatialId::DOCUMENT,
            effect: None,
            kind: ItemKind::Rect { rect, color: Rgba::BLACK },
        });
        assert_eq!(
            dump::to_string(&list, DumpFormat::Text),
            "display-list size=100x50\n  \
             transform id=0 matrix=1,0,0,1,0,0\n  \
             scroll id=1 parent=0 offset=0,0 scrollport=0,0+0x0 content=0x0\n  \
             clip id=0 transform=1 rect=1,2.5+10x20\n  \
             rect node=#7 rect=1,2.5+10x20 color=#000000 clip=0 transform=1\n"
        );
        let json = dump::to_string(&list, DumpFormat::Json);
        assert!(json.contains("\"kind\":\"rect\"") && json.contains("\"node\":\"#7\""), "{json}");
    }
}
