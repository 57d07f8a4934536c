//! One image layer of a background or of a mask: how large its tiles are, and where.

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::image::{BackgroundRepeat, BackgroundSize, RepeatKeyword};
use fanlight_css::values::length::LengthPercentage;

use super::PositioningArea;
use super::tiling::{AxisArea, AxisRepeat, place, rounded_tile};
use crate::image::{PaintImage, Tiles};
use crate::painter::Painter;

/// A layer that has been sized and placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ImageLayer {
    pub(crate) tiles: Tiles,
}

/// What the lists of a layer say.
pub(crate) struct LayerValues<'a> {
    pub(crate) size: &'a BackgroundSize,
    pub(crate) repeat: BackgroundRepeat,
    pub(crate) x: &'a LengthPercentage,
    pub(crate) y: &'a LengthPercentage,
}

/// The item of a list that a layer has: lists that are shorter repeat.
/// <https://drafts.csswg.org/css-backgrounds-3/#layering>
pub(crate) fn item_of<T>(list: &[T], index: usize) -> Option<&T> {
    if list.is_empty() { None } else { list.get(index % list.len()) }
}

impl ImageLayer {
    /// A layer of `background-image`. `None` when nothing of it is seen.
    pub(super) fn of_background(
        painter: &Painter<'_>,
        style: &ComputedStyle,
        image: &PaintImage<'_>,
        index: usize,
        area: PositioningArea,
    ) -> Option<Self> {
        let background = &style.background;
        let values = LayerValues {
            size: item_of(&background.background_size, index)?,
            repeat: *item_of(&background.background_repeat, index)?,
            x: item_of(&background.background_position_x, index)?,
            y: item_of(&background.background_position_y, index)?,
        };
        Self::new(painter, image, &values, area)
    }

    /// A layer with these values in an area. `None` when nothing of it is seen.
    pub(crate) fn new(
        painter: &Painter<'_>,
        image: &PaintImage<'_>,
        values: &LayerValues<'_>,
        area: PositioningArea,
    ) -> Option<Self> {
        let (exact, snapped) = match area {
            PositioningArea::Box(rect) => (to_css_rect(rect), painter.snapping.snap(rect)),
            PositioningArea::Exact(rect) => (rect, rect),
        };
        // What has no size of its own fills the box as it is drawn; what has one is sized against the box as it is laid out.
        let basis = if image.has_natural_size() { exact.size } else { snapped.size };
        let mut size = tile_size(image, values.size, basis, snapped.size);
        let x_area = AxisArea {
            start: exact.origin.x,
            length: exact.size.width,
            snapped_start: snapped.origin.x,
            snapped_length: snapped.size.width,
        };
        let y_area = AxisArea {
            start: exact.origin.y,
            length: exact.size.height,
            snapped_start: snapped.origin.y,
            snapped_length: snapped.size.height,
        };
        round_size(&mut size, values, x_area, y_area);
        let x = place(x_area, size.width, axis_repeat(values.repeat.x), |left| values.x.resolve(left))?;
        let y = place(y_area, size.height, axis_repeat(values.repeat.y), |left| values.y.resolve(left))?;
        Some(ImageLayer {
            tiles: Tiles {
                tile: CssRect::new(CssPoint::new(x.start, y.start), CssSize::new(x.length, y.length)),
                gaps: CssSize::new(x.gap, y.gap),
                repeat_x: x.repeats,
                repeat_y: y.repeats,
            },
        })
    }
}

const fn axis_repeat(keyword: RepeatKeyword) -> AxisRepeat {
    match keyword {
        RepeatKeyword::Repeat => AxisRepeat::Repeat,
        RepeatKeyword::Space => AxisRepeat::Space,
        RepeatKeyword::Round => AxisRepeat::Round,
        RepeatKeyword::NoRepeat => AxisRepeat::NoRepeat,
    }
}

/// The size of a tile before rounding. <https://drafts.csswg.org/css-backgrounds-3/#the-background-size>
fn tile_size(image: &PaintImage<'_>, size: &BackgroundSize, basis: CssSize, snapped: CssSize) -> CssSize {
    let natural = image.natural();
    match size {
        BackgroundSize::Explicit(width, height) => {
            let width = width.value().map(|width| width.resolve(basis.width).max(0.0));
            let height = height.value().map(|height| height.resolve(basis.height).max(0.0));
            let (width, height) = natural.concrete_size(width, height, (basis.width, basis.height));
            CssSize::new(width, height)
        }
        BackgroundSize::Contain | BackgroundSize::Cover => {
            let Some(ratio) = natural.ratio else { return snapped };
            // The side that decides matches the drawn box exactly.
            let by_width = CssSize::new(snapped.width, (snapped.width / ratio).max(1.0));
            let by_height = CssSize::new((snapped.height * ratio).max(1.0), snapped.height);
            let width_fits = snapped.width / ratio < snapped.height;
            if width_fits == matches!(size, BackgroundSize::Contain) { by_width } else { by_height }
        }
    }
}

/// `round` makes tiles fit; a side that is `auto` keeps the ratio.
fn round_size(size: &mut CssSize, values: &LayerValues<'_>, x: AxisArea, y: AxisArea) {
    let (round_x, round_y) =
        (values.repeat.x == RepeatKeyword::Round, values.repeat.y == RepeatKeyword::Round);
    let auto = |side: fn(&BackgroundSize) -> bool| side(values.size);
    let ratio = if size.height > 0.0 { size.width / size.height } else { 0.0 };
    let before = *size;
    if round_x {
        size.width = rounded_tile(x, before.width);
        if !round_y && ratio > 0.0 && auto(|size| matches!(size, BackgroundSize::Explicit(_, AutoOr::Auto))) {
            size.height = size.width / ratio;
        }
    }
    if round_y {
        size.height = rounded_tile(y, before.height);
        if !round_x && auto(|size| matches!(size, BackgroundSize::Explicit(AutoOr::Auto, _))) {
            size.width = size.height * ratio;
        }
    }
}
