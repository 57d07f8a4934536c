//! Glyphs.

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_image::{DecodeOptions, Image, RasterImage};
use fanlight_paint::display_list::{FillRule, TextItem};
use fanlight_text::{Font, GlyphImage};

use super::pixel;
use crate::glyphs::{
    ContrastTable, GlyphCache, GlyphMask, GlyphRequest, GlyphTransform, SUBPIXEL_POSITIONS, glyph_path,
};
use crate::limits::{MAX_DEVIATION, MAX_GLYPH_MASK_SIZE};
use crate::raster::blend::multiply;
use crate::raster::blur::{blur_mask, reach};
use crate::raster::{Affine, Canvas, FlatPath, Mask, Paint, PixelRect, Scratch, rasterise};
use crate::scene::Prepared;
use crate::sources::ImageShader;

/// The glyphs of an item with their places on whole device px.
pub(crate) enum PreparedText {
    /// Masks, which are the same for all glyphs of a kind.
    Masks(Vec<PlacedMask>),
    /// Glyphs that are too large to be kept as masks, or have colours.
    Shapes(Vec<GlyphShape>),
    /// A shadow: all glyphs together, blurred.
    Blurred(Mask),
}

/// A mask and where its origin is.
pub(crate) struct PlacedMask {
    mask: Arc<GlyphMask>,
    x: i32,
    y: i32,
}

/// A glyph that is drawn from its shape.
pub(crate) enum GlyphShape {
    /// An outline in the text's colour, or in its own.
    Outline(FlatPath, Option<Rgba>),
    /// A picture, and how its px become device px.
    Picture(RasterImage, Affine),
}

impl PreparedText {
    /// Finds the place of each glyph and draws the masks that are not known yet. `visible` is what may be seen.
    pub fn new(item: &TextItem, affine: &Affine, glyphs: &GlyphCache, visible: PixelRect) -> Self {
        let transform = GlyphTransform::new(affine, item.turn);
        let size = item.font.size() * affine.mean_scale();
        if item.blur > 0.0 {
            return blurred(item, affine, &transform, visible);
        }
        if size * 2.0 > MAX_GLYPH_MASK_SIZE as f32 || item.font.has_color() {
            return PreparedText::Shapes(shapes(item, affine, &transform, glyphs));
        }
        let places: Vec<Place> = item
            .glyphs
            .iter()
            .map(|glyph| Place::new(affine, &transform, affine.apply_point(glyph.position)))
            .collect();
        let mut masks = Vec::with_capacity(places.len());
        let requests = item
            .glyphs
            .iter()
            .zip(&places)
            .map(|(glyph, place)| GlyphRequest { glyph: glyph.id, subpixel: place.subpixel });
        let mut next = places.iter();
        glyphs.masks(&item.font, &transform, requests, |mask| {
            if let Some(place) = next.next() {
                masks.push(PlacedMask { mask, x: place.x, y: place.y });
            }
        });
        masks.retain(|placed| placed.mask.mask.is_some());
        PreparedText::Masks(masks)
    }
}

/// A whole device px, and quarters from there.
struct Place {
    x: i32,
    y: i32,
    subpixel: (u8, u8),
}

impl Place {
    /// Baselines along an axis are on whole px across it; along it, and in other directions, glyphs are on quarters.
    fn new(affine: &Affine, transform: &GlyphTransform, (x, y): (f32, f32)) -> Self {
        let horizontal = affine.keeps_axes() && transform.b == 0.0;
        let vertical = affine.keeps_axes() && transform.a == 0.0;
        let (x, subpixel_x) = snapped(x, vertical);
        let (y, subpixel_y) = snapped(y, horizontal);
        Place { x, y, subpixel: (subpixel_x, subpixel_y) }
    }
}

fn snapped(place: f32, whole: bool) -> (i32, u8) {
    let place = place.clamp(-1e8, 1e8);
    if whole {
        return ((place + 0.5).floor() as i32, 0);
    }
    let quarters = (place * SUBPIXEL_POSITIONS as f32 + 0.5).floor() as i32;
    (quarters.div_euclid(SUBPIXEL_POSITIONS), quarters.rem_euclid(SUBPIXEL_POSITIONS) as u8)
}

fn shapes(
    item: &TextItem,
    affine: &Affine,
    transform: &GlyphTransform,
    glyphs: &GlyphCache,
) -> Vec<GlyphShape> {
    let mut shapes = Vec::with_capacity(item.glyphs.len());
    for glyph in item.glyphs.iter() {
        let origin = affine.apply_point(glyph.position);
        let outline = |id: u16| glyph_path(&item.font, id, transform, origin);
        match item.font.image(glyph.id) {
            None => shapes.push(GlyphShape::Outline(outline(glyph.id), None)),
            Some(GlyphImage::Layers(layers)) => {
                // A layer without a colour of its own has the text's.
                shapes.extend(layers.iter().map(|layer| {
                    let color = layer.color.map(|color| color.with_opacity(item.color.alpha));
                    GlyphShape::Outline(outline(layer.glyph), color)
                }));
            }
            Some(GlyphImage::Png { data, x, y, scale }) => {
                if let Some(picture) = picture(&item.font, glyph.id, &data, glyphs) {
                    let place = Affine { a: scale, b: 0.0, c: 0.0, d: scale, e: x, f: y };
                    let glyph_to_device = Affine {
                        a: transform.a,
                        b: transform.b,
                        c: transform.c,
                        d: transform.d,
                        e: origin.0,
                        f: origin.1,
                    };
                    let to_device = place.then(&glyph_to_device);
                    let width = picture.width() as f32 * to_device.mean_scale();
                    let level = picture.level_for(width, width);
                    let (x_ratio, y_ratio) = (
                        picture.width() as f32 / level.width() as f32,
                        picture.height() as f32 / level.height() as f32,
                    );
                    let enlarge = Affine { a: x_ratio, d: y_ratio, ..Affine::IDENTITY };
                    shapes.push(GlyphShape::Picture(level, enlarge.then(&to_device)));
                }
            }
        }
    }
    shapes
}

fn picture(font: &Font, glyph: u16, data: &[u8], glyphs: &GlyphCache) -> Option<RasterImage> {
    glyphs.picture(font, glyph, || {
        match fanlight_image::decode(data, Some("image/png"), &DecodeOptions::default()) {
            Ok(Image::Raster(raster)) => Some(raster),
            _ => None,
        }
    })
}

/// All glyphs as one mask, blurred; of the part that may be seen.
fn blurred(item: &TextItem, affine: &Affine, transform: &GlyphTransform, visible: PixelRect) -> PreparedText {
    let deviation = (item.blur / 2.0 * affine.mean_scale()).min(MAX_DEVIATION);
    let reach = reach(deviation);
    let around = visible.outset(reach);
    let mut scratch = Scratch::default();
    let masks: Vec<Mask> = item
        .glyphs
        .iter()
        .map(|glyph| {
            let path = glyph_path(&item.font, glyph.id, transform, affine.apply_point(glyph.position));
            rasterise(&path, FillRule::NonZero, around, &mut scratch)
        })
        .collect();
    let bounds = masks.iter().fold(PixelRect::EMPTY, |bounds, mask| bounds.union(&mask.rect()));
    if bounds.is_empty() {
        return PreparedText::Masks(Vec::new());
    }
    let mut all = Mask::filled(bounds.outset(reach), 0);
    for mask in &masks {
        let rect = mask.rect();
        for y in rect.top..rect.bottom {
            let row = all.row_mut(y, rect.left, rect.right);
            for (below, &above) in row.iter_mut().zip(mask.row(y, rect.left, rect.right)) {
                *below = above.saturating_add(multiply(*below, 255 - above));
            }
        }
    }
    blur_mask(&mut all, deviation, deviation);
    PreparedText::Blurred(all)
}

pub(super) fn draw(canvas: &mut Canvas<'_>, item: &TextItem, _affine: &Affine, prepared: &Prepared) {
    let Prepared::Text(text) = prepared else { return };
    let color = pixel(item.color);
    match text {
        PreparedText::Masks(masks) => {
            let table = ContrastTable::for_color(item.color).table();
            let clip = canvas.clip();
            for placed in masks {
                let Some(mask) = &placed.mask.mask else { continue };
                if placed.mask.rect().translate(placed.x, placed.y).intersects(&clip) {
                    canvas.fill_moved_mask(mask, (placed.x, placed.y), table, color);
                }
            }
        }
        PreparedText::Shapes(shapes) => {
            for shape in shapes {
                match shape {
                    GlyphShape::Outline(path, own) => {
                        let color = own.map_or(color, pixel);
                        canvas.fill_path(path, FillRule::NonZero, Paint::Solid(color));
                    }
                    GlyphShape::Picture(picture, to_device) => {
                        draw_picture(canvas, picture, to_device, item.color.alpha);
                    }
                }
            }
        }
        PreparedText::Blurred(mask) => canvas.fill_mask(mask, Paint::Solid(color)),
    }
}

fn draw_picture(canvas: &mut Canvas<'_>, picture: &RasterImage, to_device: &Affine, alpha: f32) {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let Some(shader) = ImageShader::new(picture.clone(), to_device, (0.0, 0.0, width, height), None, false)
    else {
        return;
    };
    let rect = fanlight_base::geometry::CssRect::new(
        fanlight_base::geometry::CssPoint::zero(),
        fanlight_base::geometry::CssSize::new(width, height),
    );
    let path = crate::raster::shapes::rect_path(to_device, &rect);
    let mut mask = rasterise(&path, FillRule::NonZero, canvas.clip(), canvas.scratch());
    let opacity = (alpha.clamp(0.0, 1.0) * 255.0).round() as u8;
    if opacity < 255 {
        mask.coverage_mut().iter_mut().for_each(|coverage| *coverage = multiply(*coverage, opacity));
    }
    canvas.fill_mask(&mask, Paint::Shader(&shader));
}
