//! Each kind of item, drawn: from CSS to coverage and colours.

mod border;
mod border_colors;
mod dashes;
mod decoration;
pub(crate) mod image;
mod shadow;
mod text;

use fanlight_base::Rgba;
use fanlight_base::geometry::CssRect;
use fanlight_paint::display_list::{FillRule, GradientItem, ItemKind, PathItem, RoundedRect};

use crate::raster::shapes::{list_path, rect_path, rounded_path};
use crate::raster::stroke::{StrokeStyle, stroke_path};
use crate::raster::{Affine, Canvas, Paint, Pixel};
use crate::scene::Prepared;
use crate::sources::GradientShader;
use crate::sources::gradient::TileStep;

pub(crate) use shadow::ShadowMask;
pub(crate) use text::PreparedText;

/// Draws an item. `affine` takes its coordinates to device px; `prepared` is what was made of it beforehand.
pub(crate) fn item(canvas: &mut Canvas<'_>, kind: &ItemKind, affine: &Affine, prepared: &Prepared) {
    match kind {
        ItemKind::Rect { rect, color } => fill_rect(canvas, affine, rect, solid(*color)),
        ItemKind::RoundedRect { rounded, color } => fill_rounded(canvas, affine, rounded, solid(*color)),
        ItemKind::Border(border) | ItemKind::Outline(border) => border::draw(canvas, affine, border),
        ItemKind::BoxShadow(shadow) => shadow::draw(canvas, affine, shadow, prepared),
        ItemKind::Text(item) => text::draw(canvas, item, affine, prepared),
        ItemKind::Decoration(line) => decoration::draw(canvas, affine, line),
        ItemKind::Image(item) => image::draw(canvas, affine, item, prepared),
        ItemKind::Gradient(item) => gradient(canvas, affine, item),
        ItemKind::Path(item) => path(canvas, affine, item),
        // Drawn by the group, which alone knows what is below it.
        ItemKind::Backdrop(_) => {}
    }
}

/// A colour as a premultiplied pixel.
pub(crate) fn pixel(color: Rgba) -> Pixel {
    let alpha = color.alpha.clamp(0.0, 1.0);
    // `as` saturates, and turns NaN into 0.
    let part = |component: f32| (component * alpha * 255.0).round() as u8;
    [part(color.red), part(color.green), part(color.blue), part(1.0)]
}

fn solid(color: Rgba) -> Paint<'static> {
    Paint::Solid(pixel(color))
}

/// Fills a rectangle: sharp where its edges are on device px, anti-aliased elsewhere.
fn fill_rect(canvas: &mut Canvas<'_>, affine: &Affine, rect: &CssRect, paint: Paint<'_>) {
    match affine.exact_pixels(rect) {
        Some(pixels) => canvas.fill_rect(pixels, paint),
        None => canvas.fill_path(&rect_path(affine, rect), FillRule::NonZero, paint),
    }
}

pub(crate) fn fill_rounded(
    canvas: &mut Canvas<'_>,
    affine: &Affine,
    rounded: &RoundedRect,
    paint: Paint<'_>,
) {
    if rounded.is_sharp() {
        fill_rect(canvas, affine, &rounded.rect, paint);
    } else {
        canvas.fill_path(&rounded_path(affine, rounded), FillRule::NonZero, paint);
    }
}

fn gradient(canvas: &mut Canvas<'_>, affine: &Affine, item: &GradientItem) {
    let (origin, tile) = match &item.tiling {
        None => (item.dest.origin, None),
        Some(tiling) => {
            let size = (tiling.tile.size.width, tiling.tile.size.height);
            let step = (size.0 + tiling.spacing.width, size.1 + tiling.spacing.height);
            (tiling.tile.origin, Some(TileStep { size, step }))
        }
    };
    let to_device = Affine::translation(origin.x, origin.y).then(affine);
    if let Some(shader) = GradientShader::new(&item.gradient, &to_device, tile) {
        fill_rect(canvas, affine, &item.dest, Paint::Shader(&shader));
    }
}

fn path(canvas: &mut Canvas<'_>, affine: &Affine, item: &PathItem) {
    if let Some((color, rule)) = item.fill {
        canvas.fill_path(&list_path(affine, &item.path), rule, solid(color));
    }
    if let Some(stroke) = &item.stroke {
        let style = StrokeStyle {
            width: stroke.width,
            cap: stroke.cap,
            join: stroke.join,
            dashes: stroke.dashes.clone(),
            dash_offset: stroke.dash_offset,
        };
        canvas.fill_path(&stroke_path(&item.path, &style, affine), FillRule::NonZero, solid(stroke.color));
    }
}
