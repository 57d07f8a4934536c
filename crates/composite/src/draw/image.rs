//! Images.

use fanlight_base::geometry::CssRect;
use fanlight_image::{Image, RasterImage};
use fanlight_paint::display_list::{ImageItem, ImageRendering};

use super::fill_rect;
use crate::raster::{Affine, Canvas, Paint};
use crate::scene::Prepared;
use crate::sources::ImageShader;
use crate::sources::gradient::TileStep;

/// Where the drawn part of the object goes once: the tile, or all of `dest`.
fn place(item: &ImageItem) -> CssRect {
    item.tiling.map_or(item.dest, |tiling| tiling.tile)
}

/// Device px for each unit of the object, along both of its axes.
fn device_scale(item: &ImageItem, affine: &Affine) -> (f32, f32) {
    let place = place(item);
    let (x, y) = (
        place.size.width / item.source.size.width.max(1e-6),
        place.size.height / item.source.size.height.max(1e-6),
    );
    (x * affine.a.hypot(affine.b), y * affine.c.hypot(affine.d))
}

/// The pixels that are drawn from: an image halved until it is just large enough, or an SVG at its size on the device.
pub(crate) fn prepare(item: &ImageItem, affine: &Affine) -> Option<RasterImage> {
    let scale = device_scale(item, affine);
    let (width, height) = (item.object_size.width * scale.0, item.object_size.height * scale.1);
    match &item.image {
        Image::Raster(raster) if item.rendering == ImageRendering::Pixelated => Some(raster.clone()),
        Image::Raster(raster) => Some(raster.level_for(width, height)),
        Image::Svg(svg) => {
            // `as` saturates.
            let (width, height) = (width.round().max(1.0) as u32, height.round().max(1.0) as u32);
            svg.rasterise(item.object_size.width, item.object_size.height, width, height)
        }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, affine: &Affine, item: &ImageItem, prepared: &Prepared) {
    let Prepared::Image(level) = prepared else { return };
    let (width, height) = (item.object_size.width, item.object_size.height);
    let source = item.source;
    if width <= 0.0 || height <= 0.0 || source.size.width <= 0.0 || source.size.height <= 0.0 {
        return;
    }
    // Image px for each unit of the object.
    let (x_density, y_density) = (level.width() as f32 / width, level.height() as f32 / height);
    let place = place(item);
    let (x_scale, y_scale) = (
        place.size.width / (source.size.width * x_density),
        place.size.height / (source.size.height * y_density),
    );
    let to_device =
        Affine { a: x_scale, b: 0.0, c: 0.0, d: y_scale, e: place.origin.x, f: place.origin.y }.then(affine);
    let part = (
        source.min_x() * x_density,
        source.min_y() * y_density,
        source.max_x() * x_density,
        source.max_y() * y_density,
    );
    let tile = item.tiling.map(|tiling| {
        let size = (part.2 - part.0, part.3 - part.1);
        let gaps = (tiling.spacing.width / x_scale, tiling.spacing.height / y_scale);
        TileStep { size, step: (size.0 + gaps.0, size.1 + gaps.1) }
    });
    let nearest = item.rendering == ImageRendering::Pixelated;
    if let Some(shader) = ImageShader::new(level.clone(), &to_device, part, tile, nearest) {
        fill_rect(canvas, affine, &item.dest, Paint::Shader(&shader));
    }
}
