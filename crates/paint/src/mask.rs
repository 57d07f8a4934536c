//! Masks: the images of `mask-image`, painted as a last group that keeps what is below where it is opaque.
//! <https://drafts.fxtf.org/css-masking-1/#masking>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, LayoutRect, to_css_rect};
use fanlight_css::properties::effects::{MaskClip, MaskComposite, MaskMode, MaskOrigin};
use fanlight_css::values::NoneOr;
use fanlight_css::values::image::Image;
use fanlight_css::values::shape::ClipPath;
use fanlight_css::values::url::CssUrl;
use fanlight_layout::BoxFragment;

use crate::background::{BackgroundBoxes, ImageLayer, LayerValues, PositioningArea, item_of};
use crate::display_list::{BlendMode, ClipShape, Filter, ItemKind, RoundedRect};
use crate::geometry::border_box;
use crate::image::{PaintImage, paint_picture};
use crate::input::{MaskElement, MaskRequest};
use crate::limits::MAX_LAYERS;
use crate::order::style_reach;
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
        let mode = item_of(&effects.mask_mode, index).copied().unwrap_or(MaskMode::MatchSource);
        if let Image::Url(url) = value
            && painter.input.images.has_mask(url, MaskElement::Mask)
        {
            paint_element(painter, fragment, url, MaskElement::Mask, mode);
            continue;
        }
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
        let blend_mode = match composite {
            _ if is_lowest => BlendMode::Normal,
            MaskComposite::Add => BlendMode::Normal,
            MaskComposite::Subtract => BlendMode::SourceOut,
            MaskComposite::Intersect => BlendMode::DestinationIn,
            MaskComposite::Exclude => BlendMode::Xor,
        };
        let filters = match mode {
            MaskMode::Luminance => vec![Filter::LuminanceToAlpha],
            MaskMode::Alpha | MaskMode::MatchSource => Vec::new(),
        };
        if blend_mode == BlendMode::Normal && filters.is_empty() {
            paint(painter);
            continue;
        }
        painter.filtered(blend_mode, 1.0, filters, |painter| {
            // What is combined is so where the layer has nothing, too.
            painter.push(rect, ItemKind::Rect { rect, color: Rgba::TRANSPARENT });
            paint(painter);
        });
    }
}

fn origin_box(boxes: &BackgroundBoxes, origin: MaskOrigin) -> LayoutRect {
    match origin {
        MaskOrigin::BorderBox | MaskOrigin::StrokeBox | MaskOrigin::ViewBox => boxes.border_box,
        MaskOrigin::PaddingBox => boxes.padding_box,
        MaskOrigin::ContentBox | MaskOrigin::FillBox => boxes.content_box,
    }
}

/// Paints what the `<clipPath>` of a box leaves, inside the group that it is.
/// <https://drafts.fxtf.org/css-masking-1/#the-clip-path>
pub(crate) fn paint_clip_reference(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    if let ClipPath::Url(url) = &painter.style(fragment.style).effects.clip_path {
        paint_element(painter, fragment, url, MaskElement::ClipPath, MaskMode::MatchSource);
    }
}

/// Paints what an element that masks leaves of all that a box inks.
fn paint_element(
    painter: &mut Painter<'_>,
    fragment: &BoxFragment,
    url: &CssUrl,
    element: MaskElement,
    mode: MaskMode,
) {
    let style = painter.style(fragment.style);
    let offset = painter.place.offset;
    let overflow = fragment.scrollable_overflow.translate(offset.to_vector());
    let border_box = border_box(fragment, offset);
    let reach = style_reach(style);
    let area = to_css_rect(border_box.union(&overflow)).inflate(reach, reach);
    let area = painter.snapping.snap_out(area);
    let request = MaskRequest { url, element, mode, reference: to_css_rect(border_box), area };
    // The group is there even when nothing of it is left.
    painter.push(area, ItemKind::Rect { rect: area, color: Rgba::TRANSPARENT });
    if let Some(drawing) = painter.input.images.mask(&request) {
        let source = CssRect::from_size(area.size);
        paint_picture(painter, style, &drawing, area.size, source, area, None);
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
