//! What a frame is drawn for.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssVector, DeviceSize};
use fanlight_paint::display_list::SpatialId;

use crate::limits::{MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE, MIN_TILE_SIZE, TILE_SIZE};
use crate::raster::PixelRect;

/// What a frame is drawn for.
#[derive(Clone, Debug, PartialEq)]
pub struct CompositeOptions {
    /// The size of the picture in device px. Sizes past [`crate::limits`] are cut.
    pub size: DeviceSize,
    /// Device px for each CSS px.
    pub scale: f32,
    /// Scroll offsets that replace those of the list, in CSS px.
    pub scroll: Vec<(SpatialId, CssVector)>,
    /// What is under the page: white, unless the page is shown inside another.
    pub background: Rgba,
    /// The width and height of tiles in device px. The picture does not depend on it.
    pub tile_size: i32,
    /// The most threads. The picture does not depend on it.
    pub threads: usize,
}

impl CompositeOptions {
    /// For a picture of this size in device px.
    pub fn new(size: DeviceSize, scale: f32) -> Self {
        CompositeOptions {
            size,
            scale,
            scroll: Vec::new(),
            background: Rgba::WHITE,
            tile_size: TILE_SIZE,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }

    /// The same, with nothing out of bounds.
    pub(crate) fn within_limits(&self) -> Self {
        let width = self.size.width.clamp(1, MAX_CANVAS_SIDE);
        let most_rows = (MAX_CANVAS_PIXELS / width as usize) as i32;
        CompositeOptions {
            size: DeviceSize::new(width, self.size.height.clamp(1, MAX_CANVAS_SIDE.min(most_rows))),
            scale: if self.scale.is_finite() && self.scale > 0.0 { self.scale } else { 1.0 },
            tile_size: self.tile_size.max(MIN_TILE_SIZE),
            threads: self.threads.max(1),
            ..self.clone()
        }
    }

    /// All of the picture.
    pub(crate) fn canvas(&self) -> PixelRect {
        PixelRect::new(0, 0, self.size.width, self.size.height)
    }

    /// The page's canvas over what is under it.
    pub(crate) fn background_over(&self, canvas: Option<Rgba>) -> Rgba {
        let Some(canvas) = canvas else { return self.background };
        let (above, below) = (canvas.alpha, self.background.alpha * (1.0 - canvas.alpha));
        let alpha = above + below;
        if alpha <= 0.0 {
            return Rgba::TRANSPARENT;
        }
        let mix = |above_part: f32, below_part: f32| (above_part * above + below_part * below) / alpha;
        Rgba {
            red: mix(canvas.red, self.background.red),
            green: mix(canvas.green, self.background.green),
            blue: mix(canvas.blue, self.background.blue),
            alpha,
        }
    }
}
