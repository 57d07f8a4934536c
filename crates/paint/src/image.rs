//! Images of styles: pictures, gradients, colours and mixtures of them, sized and painted in one way.
//! <https://drafts.csswg.org/css-images-4/#image-values>

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::color::Color;
use fanlight_css::values::gradient::Gradient as CssGradient;
use fanlight_css::values::image::Image as CssImage;
use fanlight_image::{Image, IntrinsicSize};
use std::sync::Arc;

use crate::display_list::{
    BlendMode, ClipShape, GradientItem, ImageItem, ImageRendering, ItemKind, SpatialKind, Tiling,
};
use crate::geometry::intersection;
use crate::gradient;
use crate::limits::MAX_CROSS_FADE_DEPTH;
use crate::painter::Painter;
use crate::style::current_color;

/// An image that can be painted.
pub(crate) enum PaintImage<'a> {
    /// Pixels or a drawing, with the image px to a CSS px that the style wants.
    Picture(Image, f32),
    Gradient(&'a CssGradient),
    Color(&'a Color),
    /// Several, each with its share.
    Mixed(Vec<(PaintImage<'a>, f32)>),
}

/// Where the copies of an image are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tiles {
    /// One of the copies.
    pub(crate) tile: CssRect,
    /// From the end of one to the start of the next.
    pub(crate) gaps: CssSize,
    /// Whether there are others to the left and right.
    pub(crate) repeat_x: bool,
    /// Whether there are others above and below.
    pub(crate) repeat_y: bool,
}

impl<'a> PaintImage<'a> {
    /// The image that a value stands for on this device. `None` while it is not there, or when it failed.
    pub(crate) fn select(painter: &Painter<'_>, image: &'a CssImage) -> Option<Self> {
        Self::select_nested(painter, image, MAX_CROSS_FADE_DEPTH)
    }

    fn select_nested(painter: &Painter<'_>, image: &'a CssImage, depth: usize) -> Option<Self> {
        let (selected, resolution) = image.selected(painter.input.device_scale);
        Some(match selected {
            CssImage::Url(url) => {
                let decoded = painter.input.images.image(url.resolved.as_deref()?)?;
                PaintImage::Picture(decoded, if resolution > 0.0 { resolution } else { 1.0 })
            }
            CssImage::Gradient(gradient) => PaintImage::Gradient(gradient),
            CssImage::Color(color) => PaintImage::Color(color),
            CssImage::ImageSet(_) => return None, // No option fits.
            CssImage::CrossFade(parts) => {
                let depth = depth.checked_sub(1)?;
                let shares = shares(parts.iter().map(|part| part.share));
                let images = parts
                    .iter()
                    .zip(shares)
                    .filter_map(|(part, share)| {
                        Some((Self::select_nested(painter, &part.image, depth)?, share))
                    })
                    .collect();
                PaintImage::Mixed(images)
            }
        })
    }

    /// The natural dimensions in CSS px.
    pub(crate) fn natural(&self) -> IntrinsicSize {
        match self {
            PaintImage::Picture(image, resolution) => {
                let natural = image.intrinsic_size();
                IntrinsicSize {
                    width: natural.width.map(|width| width / resolution),
                    height: natural.height.map(|height| height / resolution),
                    ratio: natural.ratio,
                }
            }
            PaintImage::Gradient(_) | PaintImage::Color(_) => IntrinsicSize::default(),
            // The mean of those that have a size. <https://drafts.csswg.org/css-images-4/#cross-fade-sizing>
            PaintImage::Mixed(parts) => {
                let sized = |pick: fn(&IntrinsicSize) -> Option<f32>| {
                    let sizes: Vec<(f32, f32)> = parts
                        .iter()
                        .filter_map(|(image, share)| Some((pick(&image.natural())?, *share)))
                        .collect();
                    let total: f32 = sizes.iter().map(|(_, share)| share).sum();
                    (total > 0.0).then(|| sizes.iter().map(|(size, share)| size * share).sum::<f32>() / total)
                };
                let (width, height) = (sized(|size| size.width), sized(|size| size.height));
                match (width, height) {
                    (Some(width), Some(height)) => IntrinsicSize::of_size(width, height),
                    _ => IntrinsicSize { width, height, ratio: None },
                }
            }
        }
    }

    /// Whether it has a width, a height or a ratio of its own.
    pub(crate) fn has_natural_size(&self) -> bool {
        let natural = self.natural();
        natural.width.is_some() || natural.height.is_some() || natural.ratio.is_some()
    }

    /// The size that it has in an area when nothing says another.
    pub(crate) fn concrete_size(&self, area: CssSize) -> CssSize {
        let (width, height) = self.natural().concrete_size(None, None, (area.width, area.height));
        CssSize::new(width, height)
    }

    /// Paints the copies of the image as far as they are in `area`.
    pub(crate) fn paint_tiles(
        &self,
        painter: &mut Painter<'_>,
        style: &ComputedStyle,
        area: CssRect,
        tiles: Tiles,
    ) {
        let Tiles { tile, gaps, repeat_x, repeat_y } = tiles;
        let mut dest = area;
        if !repeat_x {
            let columns = CssRect::new(
                CssPoint::new(tile.origin.x, area.origin.y),
                CssSize::new(tile.size.width, area.size.height),
            );
            dest = intersection(dest, columns);
        }
        if !repeat_y {
            let rows = CssRect::new(
                CssPoint::new(area.origin.x, tile.origin.y),
                CssSize::new(area.size.width, tile.size.height),
            );
            dest = intersection(dest, rows);
        }
        if dest.is_empty() || tile.is_empty() {
            return;
        }
        // A single copy shows, where the tile covers all that is painted.
        let single = tile.contains_rect(&dest);
        if single {
            let source = CssRect::new((dest.origin - tile.origin).to_point(), dest.size);
            self.paint_part(painter, style, tile.size, source, dest, None);
        } else {
            let tiling = Tiling { tile, spacing: gaps };
            self.paint_part(painter, style, tile.size, CssRect::from_size(tile.size), dest, Some(tiling));
        }
    }

    /// Paints a part of the image, which is `size` large, over `dest`.
    pub(crate) fn paint_part(
        &self,
        painter: &mut Painter<'_>,
        style: &ComputedStyle,
        size: CssSize,
        source: CssRect,
        dest: CssRect,
        tiling: Option<Tiling>,
    ) {
        match self {
            PaintImage::Picture(image, _) => paint_picture(painter, style, image, size, source, dest, tiling),
            PaintImage::Color(color) => {
                let color = color.resolve(current_color(style));
                let gapless = tiling.is_none_or(|tiling| tiling.spacing == CssSize::zero());
                if gapless {
                    painter.fill_rect(dest, color);
                } else if let Some(tiling) = tiling {
                    for tile in tiles_in(tiling, dest) {
                        painter.fill_rect(intersection(tile, dest), color);
                    }
                }
            }
            PaintImage::Gradient(gradient) => {
                paint_gradient(painter, style, gradient, size, source, dest, tiling);
            }
            PaintImage::Mixed(parts) => painter.grouped(BlendMode::Normal, 1.0, |painter| {
                for (part, share) in parts {
                    painter.grouped(BlendMode::PlusLighter, *share, |painter| {
                        part.paint_part(painter, style, size, source, dest, tiling);
                    });
                }
            }),
        }
    }
}

/// Paints a part of a picture that is drawn `size` large.
pub(crate) fn paint_picture(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    image: &Image,
    size: CssSize,
    source: CssRect,
    dest: CssRect,
    tiling: Option<Tiling>,
) {
    let (object_size, source) = match image {
        Image::Raster(raster) => {
            let object_size = CssSize::new(raster.width() as f32, raster.height() as f32);
            (object_size, source.scale(object_size.width / size.width, object_size.height / size.height))
        }
        Image::Svg(_) => (size, source),
    };
    let rendering = rendering(style);
    let item = ImageItem { image: image.clone(), object_size, source, dest, tiling, rendering };
    painter.push(dest, ItemKind::Image(Box::new(item)));
}

fn rendering(style: &ComputedStyle) -> ImageRendering {
    use fanlight_css::properties::inherited_ui::ImageRendering as CssRendering;
    match style.inherited_ui.image_rendering {
        CssRendering::Pixelated | CssRendering::CrispEdges => ImageRendering::Pixelated,
        _ => ImageRendering::Smooth,
    }
}

fn paint_gradient(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    gradient: &CssGradient,
    size: CssSize,
    source: CssRect,
    dest: CssRect,
    tiling: Option<Tiling>,
) {
    let Some(resolved) = gradient::resolve(gradient, size, current_color(style)) else { return };
    let resolved = Arc::new(resolved);
    let whole = source == CssRect::from_size(size);
    let unscaled = source.size == dest.size;
    let item = |gradient, dest, tiling| ItemKind::Gradient(Box::new(GradientItem { gradient, dest, tiling }));
    if whole && tiling.is_none_or(|tiling| tiling.tile.size == size) && (unscaled || tiling.is_some()) {
        painter.push(dest, item(resolved, dest, tiling));
    } else if unscaled && tiling.is_none() {
        // A part of the gradient: one tile of it, most of which is not shown.
        let tile = CssRect::new(dest.origin - source.origin.to_vector(), size);
        let tiling = Tiling { tile, spacing: CssSize::zero() };
        painter.push(dest, item(resolved, dest, Some(tiling)));
    } else {
        // A scaled part, as border images have: drawn in a space that scales.
        let tiles = tiling.map_or_else(|| vec![dest], |tiling| tiles_in(tiling, dest));
        painter.clipped(ClipShape::Rect(dest), |painter| {
            for tile in tiles {
                let (x, y) = (tile.size.width / source.size.width, tile.size.height / source.size.height);
                let matrix = CssTransform::translation(-source.origin.x, -source.origin.y, 0.0)
                    .then_scale(x, y, 1.0)
                    .then_translate(euclid::vec3(tile.origin.x, tile.origin.y, 0.0));
                let outer = painter.place.spatial;
                painter.place.spatial =
                    painter.spatial.push(outer, SpatialKind::Transform { matrix, backface_hidden: false });
                let tiling = Tiling { tile: CssRect::from_size(size), spacing: CssSize::zero() };
                painter.push(source, item(resolved.clone(), source, Some(tiling)));
                painter.place.spatial = outer;
            }
        });
    }
}

/// The tiles that can be seen in `dest`.
fn tiles_in(tiling: Tiling, dest: CssRect) -> Vec<CssRect> {
    let Tiling { tile, spacing } = tiling;
    let (step_x, step_y) = (tile.size.width + spacing.width, tile.size.height + spacing.height);
    let range = |start: f32, end: f32, origin: f32, step: f32| {
        (((start - origin) / step).floor() as i32)..=(((end - origin) / step).ceil() as i32 - 1)
    };
    let rows = range(dest.min_y(), dest.max_y(), tile.origin.y, step_y);
    let columns = range(dest.min_x(), dest.max_x(), tile.origin.x, step_x);
    rows.flat_map(|row| {
        columns
            .clone()
            .map(move |column| tile.translate(euclid::vec2(column as f32 * step_x, row as f32 * step_y)))
    })
    .take(crate::limits::MAX_TILES_ONE_BY_ONE)
    .collect()
}

/// Shares that are not given divide what is left. <https://drafts.csswg.org/css-images-4/#cross-fade-function>
fn shares(given: impl Iterator<Item = Option<f32>> + Clone) -> Vec<f32> {
    let sum: f32 = given.clone().flatten().sum();
    let missing = given.clone().filter(Option::is_none).count();
    let rest = if missing == 0 { 0.0 } else { (1.0 - sum).max(0.0) / missing as f32 };
    let scale = if sum > 1.0 { 1.0 / sum } else { 1.0 };
    given.map(|share| share.map_or(rest, |share| share * scale)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_shares_divide_the_rest() {
        assert_eq!(shares([None, None].into_iter()), [0.5, 0.5]);
        assert_eq!(shares([Some(0.25), None].into_iter()), [0.25, 0.75]);
        assert_eq!(shares([Some(1.0), Some(1.0)].into_iter()), [0.5, 0.5]);
    }

    #[test]
    fn tiles_cover_what_is_painted_and_no_more() {
        let tile = CssRect::new(CssPoint::new(5.0, 0.0), CssSize::new(10.0, 20.0));
        let tiling = Tiling { tile, spacing: CssSize::new(5.0, 0.0) };
        let dest = CssRect::new(CssPoint::zero(), CssSize::new(40.0, 20.0));
        let starts: Vec<f32> = tiles_in(tiling, dest).iter().map(|tile| tile.origin.x).collect();
        assert_eq!(starts, [-10.0, 5.0, 20.0, 35.0]);
    }
}
