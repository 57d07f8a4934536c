//! A picture in bands of whole rows, each handed on before the next is drawn, so that it is never in memory as a whole.

use fanlight_base::geometry::DeviceSize;
use fanlight_paint::DisplayList;

use crate::glyphs::GlyphCache;
use crate::limits::PARALLEL_BAND_TILES;
use crate::options::CompositeOptions;
use crate::raster::{Pixel, PixelRect, Surface};
use crate::scene::{Geometry, Scene};
use crate::{draw, tiles};

/// A display list that is ready to be drawn band by band.
pub struct Bands<'a> {
    scene: Scene<'a>,
    options: &'a CompositeOptions,
    background: Pixel,
    rows: i32,
    top: i32,
}

impl Bands<'_> {
    /// The size of the whole picture in device px.
    pub fn size(&self) -> DeviceSize {
        self.options.size
    }

    /// The next rows of the picture, the uppermost first: premultiplied red, green, blue and alpha of 8 bits, row by row.
    /// `None` after the last.
    pub fn next_band(&mut self) -> Option<Vec<[u8; 4]>> {
        let canvas = self.options.canvas();
        if self.top >= canvas.bottom {
            return None;
        }
        let bottom = (self.top + self.rows).min(canvas.bottom);
        let band = PixelRect::new(canvas.left, self.top, canvas.right, bottom);
        self.top = bottom;
        let rects = match tiles::is_parallel(&self.scene, band, self.options) {
            true => tiles::split(band, self.options.tile_size),
            false => vec![band],
        };
        let mut frame = Surface::filled(PixelRect::EMPTY, self.background);
        tiles::draw(&self.scene, &rects, self.background, band, self.options, &mut frame);
        Some(frame.into_pixels())
    }
}

/// Draws a display list in bands, which `hand_on` is given one after the other. The pixels are those of
/// [`composite`](crate::composite).
pub fn composite_in_bands<T>(
    list: &DisplayList,
    options: &CompositeOptions,
    glyphs: &GlyphCache,
    hand_on: impl FnOnce(&mut Bands<'_>) -> T,
) -> T {
    let options = options.within_limits();
    let canvas = options.canvas();
    let geometry = Geometry::new(list, options.scale, &options.scroll, canvas);
    glyphs.begin_frame();
    let background = draw::pixel(options.background_over(list.canvas_color));
    let scene = Scene::new(list, &geometry, glyphs, canvas);
    let tiles = if tiles::is_parallel(&scene, canvas, &options) { PARALLEL_BAND_TILES } else { 1 };
    let rows = options.tile_size.saturating_mul(tiles);
    hand_on(&mut Bands { scene, options: &options, background, rows, top: canvas.top })
}
