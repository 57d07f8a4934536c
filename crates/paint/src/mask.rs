//! Masks: the images of `mask-image`, painted as a last group that keeps what is below where it is opaque.
//! <https://drafts.fxtf.org/css-masking-1/#masking>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, LayoutRect, to_css_rect};
use fanlight_css::properties::effects::{MaskClip, MaskComposite, MaskOrigin};
use fanlight_css::values::NoneOr;
use fanlight_layout::BoxFragment;

use crate::background::{BackgroundBoxes, ImageLayer, LayerValues, PositioningArea, item_of};
use crate::display_list::{BlendMode, ClipShape, ItemKind, RoundedRect};
use crate::image::PaintImage;
use crate::limits::MAX_LAYERS;
use crate::painter::Painter;

/// Paints the mask of a box, inside the group that it is.
pub(crate) fn paint(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let effects = &style.effects;
    let boxes = BackgroundBoxes::of(painter, style, fragment);
    // The group is there even when nothing of the mask is: then it hides everything.
    let rect = to_css_rect(boxes.border_box);
    painter.push(rect, ItemKind::Rect { rect, color: Rgba::TRANSPARENT });
    for index in (0..effects.mask_image.len().min(MAX_LAYERS)).rev() {
        let NoneOr::Value(value) = &effects.mask_image[index] else { continue };
        // An image that is not there counts as transparent.
        let Some(image) = PaintImage::select(painter, value) else { continue };
        let origin = item_of(&effects.mask_origin, index).copied().unwrap_or(MaskOrigin::BorderBox);
        let clip = item_of(&effects.mask_clip, index).copied().unwrap_or(MaskClip::BorderBox);
        let values = LayerValues {
            size: match item_of(&effects.mask_size, index) {
                Some(size) => size,
                None => continue,
            },
            repeat: item_of(&effects.mask_repeat, index)
                .copied()
                .unwrap_or(fanlight_css::values::image::BackgroundRepeat::REPEAT),
            x: match item_of(&effects.mask_position_x, index) {
                Some(x) => x,
                None => continue,
            },
            y: match item_of(&effects.mask_position_y, index) {
                Some(y) => y,
                None => continue,
            },
        };
        let area = PositioningArea::Box(origin_box(&boxes, origin));
        let Some(layer) = ImageLayer::new(painter, &image, &values, area) else { continue };
        let edge = clip_edge(&boxes, clip);
        let paint = |painter: &mut Painter<'_>| {
            let area = edge.map_or_else(|| unclipped(&boxes), |edge| edge.rect);
            match edge {
                Some(edge) if !edge.is_sharp() => {
                    painter.clipped(ClipShape::RoundedRect(edge), |painter| {
                        image.paint_tiles(painter, style, area, layer.tiles);
                    });
                }
                _ => image.paint_tiles(painter, style, area, layer.tiles),
            }
        };
        let composite = item_of(&effects.mask_composite, index).copied().unwrap_or(MaskComposite::Add);
        let is_lowest = index + 1 == effects.mask_image.len();
        match composite {
            MaskComposite::Intersect if !is_lowest => {
                painter.grouped(BlendMode::DestinationIn, 1.0, paint);
            }
            _ => paint(painter),
        }
    }
}

fn origin_box(boxes: &BackgroundBoxes, origin: MaskOrigin) -> LayoutRect {
    match origin {
        MaskOrigin::BorderBox | MaskOrigin::StrokeBox | MaskOrigin::ViewBox => boxes.border_box,
        MaskOrigin::PaddingBox => boxes.padding_box,
        MaskOrigin::ContentBox | MaskOrigin::FillBox => boxes.content_box,
    }
}

/// The edge that a layer is clipped to; nothing for `no-clip`.
fn clip_edge(boxes: &BackgroundBoxes, clip: MaskClip) -> Option<RoundedRect> {
    match clip {
        MaskClip::BorderBox | MaskClip::StrokeBox | MaskClip::ViewBox | MaskClip::Text => Some(boxes.edge),
        MaskClip::PaddingBox => Some(boxes.edge.inset(boxes.border)),
        MaskClip::ContentBox | MaskClip::FillBox => Some(boxes.edge.inset(boxes.border + boxes.padding)),
        MaskClip::NoClip => None,
    }
}

/// Where a layer without clip is painted: around the box as far as anything of it may be.
fn unclipped(boxes: &BackgroundBoxes) -> CssRect {
    const FAR: f32 = 4096.0;
    boxes.edge.rect.inflate(FAR, FAR)
}
