//! Backgrounds: colour and image layers of boxes, of parts of tables and of the canvas.
//! <https://drafts.csswg.org/css-backgrounds-3/#backgrounds>

mod layer;
mod text_clip;
mod tiling;

use fanlight_base::geometry::{CssPoint, CssRect, LayoutRect, LayoutSize, inset};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::background::{BackgroundAttachment, BackgroundClip, BackgroundOrigin};
use fanlight_css::values::NoneOr;
use fanlight_layout::BoxFragment;

use crate::border;
use crate::display_list::{BlendMode, ClipShape, RoundedRect, SpatialId, SpatialKind};
use crate::effect::blend_mode;
use crate::geometry::{border_box, intersection, rounded, to_css_sides};
use crate::image::PaintImage;
use crate::limits::MAX_LAYERS;
use crate::order::{Canvas, keeps_off_collapsed_borders};
use crate::painter::Painter;
use crate::replaced::{Theme, hides_decorations};
use crate::style::current_color;

pub(crate) use layer::{ImageLayer, LayerValues, item_of};

/// The boxes that a background refers to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BackgroundBoxes {
    /// The border box.
    pub(crate) border_box: LayoutRect,
    /// The padding box.
    pub(crate) padding_box: LayoutRect,
    /// The content box.
    pub(crate) content_box: LayoutRect,
    /// The border edge, on device px.
    pub(crate) edge: RoundedRect,
    /// The widths of the borders, in CSS px.
    pub(crate) border: Sides<f32>,
    /// And of the padding.
    pub(crate) padding: Sides<f32>,
}

impl BackgroundBoxes {
    /// Of a box's fragment.
    pub(crate) fn of(painter: &Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) -> Self {
        let border_box = border_box(fragment, painter.place.offset);
        let snapped = painter.snapping.snap(border_box);
        let edge = rounded(style, fragment.edges, border_box, snapped);
        BackgroundBoxes {
            border_box,
            padding_box: inset(border_box, fragment.border),
            content_box: inset(border_box, fragment.border + fragment.padding),
            edge,
            border: to_css_sides(fragment.border),
            padding: to_css_sides(fragment.padding),
        }
    }

    /// Of something without borders and padding.
    fn of_rect(painter: &Painter<'_>, rect: LayoutRect) -> Self {
        BackgroundBoxes {
            border_box: rect,
            padding_box: rect,
            content_box: rect,
            edge: RoundedRect::sharp(painter.snapping.snap(rect)),
            border: Sides::all(0.0),
            padding: Sides::all(0.0),
        }
    }

    fn clip_edge(&self, clip: BackgroundClip) -> RoundedRect {
        match clip {
            BackgroundClip::BorderBox | BackgroundClip::Text | BackgroundClip::BorderArea => self.edge,
            BackgroundClip::PaddingBox => self.edge.inset(self.border),
            BackgroundClip::ContentBox => self.edge.inset(self.border + self.padding),
        }
    }

    fn origin_box(&self, origin: BackgroundOrigin) -> LayoutRect {
        match origin {
            BackgroundOrigin::BorderBox => self.border_box,
            BackgroundOrigin::PaddingBox => self.padding_box,
            BackgroundOrigin::ContentBox => self.content_box,
        }
    }
}

/// Paints the background of a box.
pub(crate) fn paint(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) {
    let background = &style.background;
    let layout_box = painter.layout.boxes.get(fragment.style.box_id);
    if background.is_empty() || hides_decorations(layout_box) {
        return;
    }
    let mut boxes = BackgroundBoxes::of(painter, style, fragment);
    if keeps_off_collapsed_borders(painter.layout, fragment.style.box_id, fragment) {
        boxes.edge = RoundedRect::sharp(painter.snapping.snap(boxes.padding_box));
        boxes.border = Sides::all(0.0);
    }
    if let Some(theme) = Theme::of(layout_box) {
        theme.paint_background(painter, boxes.edge.rect);
        return;
    }
    let clips_text = background.background_clip.contains(&BackgroundClip::Text);
    if clips_text {
        text_clip::paint(painter, style, fragment, &boxes);
        return;
    }
    let hidden = if boxes.edge.is_sharp() || border::has_border_image(painter, style) {
        None
    } else {
        border::hidden_background_edge(style, fragment)
    };
    paint_color(painter, style, &boxes, hidden, None);
    for index in (0..background.layer_count().min(MAX_LAYERS)).rev() {
        paint_layer(painter, style, Some(fragment), &boxes, index, None);
    }
}

/// Paints the background of a part of a table behind one cell: all of the cell, though it may span other parts too. Images
/// are positioned in the part. <https://drafts.csswg.org/css-tables-3/#drawing-cell-backgrounds>
pub(crate) fn paint_table_part(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    part_rect: LayoutRect,
    cell_rect: LayoutRect,
) {
    let boxes = BackgroundBoxes::of_rect(painter, part_rect);
    let cell = painter.snapping.snap(cell_rect);
    paint_color(painter, style, &boxes, None, Some(cell));
    for index in (0..style.background.layer_count().min(MAX_LAYERS)).rev() {
        paint_layer(painter, style, None, &boxes, index, Some(cell));
    }
}

/// Paints the images of the canvas: they cover all of it, and are positioned as on the root element.
/// <https://drafts.csswg.org/css-backgrounds-3/#special-backgrounds>
pub(crate) fn paint_canvas(painter: &mut Painter<'_>, canvas: &Canvas<'_>) {
    let style = painter.style(canvas.style);
    let root_style = painter.style(canvas.root.style);
    let mut boxes = BackgroundBoxes::of(painter, root_style, canvas.root);
    let size = crate::content_size(painter.layout, &painter.input);
    let whole = CssRect::from_size(size).union(&boxes.edge.rect);
    boxes.edge = RoundedRect::sharp(whole);
    (boxes.border, boxes.padding) = (Sides::all(0.0), Sides::all(0.0));
    if crate::is_grouped(painter.layout, canvas) {
        painter.fill_rect(whole, style.background.background_color.resolve(current_color(style)));
    }
    for index in (0..style.background.layer_count().min(MAX_LAYERS)).rev() {
        paint_layer(painter, style, None, &boxes, index, None);
    }
}

/// The colour is in the lowest layer, and clipped as it is.
fn paint_color(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    boxes: &BackgroundBoxes,
    hidden: Option<Sides<f32>>,
    within: Option<CssRect>,
) {
    let background = &style.background;
    let color = background.background_color.resolve(current_color(style));
    let lowest = background.layer_count().saturating_sub(1);
    let clip = *item_of(&background.background_clip, lowest).unwrap_or(&BackgroundClip::BorderBox);
    let mut edge = boxes.clip_edge(clip);
    if let (BackgroundClip::BorderBox, Some(hidden)) = (clip, hidden) {
        edge = edge.inset(hidden);
    }
    match within {
        Some(within) => painter.fill_rect(within, color),
        None => painter.fill_rounded(edge, color),
    }
}

fn paint_layer(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: Option<&BoxFragment>,
    boxes: &BackgroundBoxes,
    index: usize,
    within: Option<CssRect>,
) {
    let background = &style.background;
    let Some(NoneOr::Value(value)) = background.background_image.get(index) else { return };
    let Some(image) = PaintImage::select(painter, value) else { return };
    let clip = item_of(&background.background_clip, index).copied().unwrap_or(BackgroundClip::BorderBox);
    let edge = boxes.clip_edge(clip);
    let attachment = item_of(&background.background_attachment, index).copied();
    let origin =
        item_of(&background.background_origin, index).copied().unwrap_or(BackgroundOrigin::PaddingBox);
    let area = match attachment {
        Some(BackgroundAttachment::Fixed) => match viewport_in_space(painter) {
            Some(viewport) => PositioningArea::Exact(viewport),
            None => PositioningArea::Box(boxes.origin_box(origin)),
        },
        Some(BackgroundAttachment::Local) => {
            PositioningArea::Box(scrolled_area(painter, style, fragment, boxes.origin_box(origin)))
        }
        _ => PositioningArea::Box(boxes.origin_box(origin)),
    };
    let Some(layer) = ImageLayer::of_background(painter, style, &image, index, area) else { return };
    // What is fixed to the viewport is not beyond it, where a picture shows more than the viewport.
    let seen = |rect: CssRect| match area {
        PositioningArea::Exact(viewport) => intersection(rect, viewport),
        PositioningArea::Box(_) => rect,
    };
    let paint = |painter: &mut Painter<'_>| match within {
        Some(within) => image.paint_tiles(painter, style, seen(within), layer.tiles),
        None if edge.is_sharp() => image.paint_tiles(painter, style, seen(edge.rect), layer.tiles),
        None => painter.clipped(ClipShape::RoundedRect(edge), |painter| {
            image.paint_tiles(painter, style, seen(edge.rect), layer.tiles);
        }),
    };
    match item_of(&background.background_blend_mode, index).copied().map(blend_mode) {
        Some(mode) if mode != BlendMode::Normal => painter.grouped(mode, 1.0, paint),
        _ => paint(painter),
    }
}

/// What a background image is positioned in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PositioningArea {
    /// A box, which is put on device px.
    Box(LayoutRect),
    /// A rectangle that is taken as it is.
    Exact(CssRect),
}

/// The viewport in the coordinates of the current space, where only scrolling and moves are between them; under a real
/// transform, fixed backgrounds are treated as `scroll`.
/// <https://drafts.csswg.org/css-transforms-1/#transform-rendering>
fn viewport_in_space(painter: &Painter<'_>) -> Option<CssRect> {
    let mut origin = CssPoint::zero();
    let mut at = painter.place.spatial;
    while at != SpatialId::VIEWPORT {
        let node = painter.spatial.get(at);
        match &node.kind {
            SpatialKind::Scroll(scroll) => origin += scroll.offset,
            SpatialKind::Transform { matrix, .. } => {
                if !crate::transform::is_translation(matrix) {
                    return None;
                }
                origin -= euclid::vec2(matrix.m41, matrix.m42);
            }
        }
        at = node.parent?;
    }
    Some(CssRect::new(origin, painter.input.viewport))
}

/// The area that moves with the contents of a scroll container.
/// <https://drafts.csswg.org/css-backgrounds-3/#valdef-background-attachment-local>
fn scrolled_area(
    painter: &Painter<'_>,
    style: &ComputedStyle,
    fragment: Option<&BoxFragment>,
    area: LayoutRect,
) -> LayoutRect {
    let Some(fragment) = fragment.filter(|_| crate::order::is_scroll_container(style)) else { return area };
    let scrolled = painter.input.scroll.boxes.get(&fragment.style.box_id).copied().unwrap_or_default();
    let unit = LayoutUnit::from_f32;
    let overflow = fragment.scrollable_overflow.size;
    let own = fragment.padding_box().size;
    let grown = |length, overflow, own| length + (overflow - own);
    LayoutRect::new(
        area.origin - euclid::vec2(unit(scrolled.x), unit(scrolled.y)),
        LayoutSize::new(
            grown(area.size.width, overflow.width.max(own.width), own.width),
            grown(area.size.height, overflow.height.max(own.height), own.height),
        ),
    )
}
