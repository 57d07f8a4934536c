//! Display list to layers, tiles and pixels.
//!
//! [`composite`] is the stage. It goes like this:
//!
//! 1. `scene`: transforms are multiplied out, and every item gets its bounds in device px; what cannot be seen is left out.
//! 2. `damage`: the list is compared with that of the frame before; what did not change is kept, and what only scrolled is
//!    moved.
//! 3. `scene`: items that need it are prepared once, whatever the number of tiles: glyph masks ([`GlyphCache`]), blurred shadows,
//!    images at their size.
//! 4. `tiles`: the rest is drawn tile by tile, on several threads when that pays: `draw` knows each kind of item, `group`
//!    knows opacity, blending, filters and masks, `raster` knows pixels.
//! 5. `layers` says which parts scroll, or are drawn apart, and why.
//!
//! Who only wants a file of the picture has it drawn by [`composite_in_bands`].
//!
//! A pixel depends on the list alone: not on the size of tiles, the number of threads, or what was kept from an earlier frame.

mod backdrop;
mod bands;
mod clip;
mod composited;
mod damage;
mod draw;
mod filter;
mod glyphs;
mod group;
mod layers;
pub mod limits;
mod options;
mod raster;
mod scene;
mod sources;
mod tiles;

pub use bands::{Bands, composite_in_bands};
pub use composited::Composited;
pub use glyphs::GlyphCache;
pub use layers::{Layer, LayerReason};
pub use options::CompositeOptions;

use std::sync::Arc;

use fanlight_paint::DisplayList;

use damage::Damage;
use raster::{PixelRect, Surface};
use scene::{Geometry, Scene};

/// Draws a display list.
///
/// `previous` is the frame before, when there is one: what has not changed since is taken over from it. The result is the
/// same as without it, byte for byte.
pub fn composite(
    list: &Arc<DisplayList>,
    options: &CompositeOptions,
    glyphs: &GlyphCache,
    previous: Option<Composited>,
) -> Composited {
    let options = options.within_limits();
    let canvas = options.canvas();
    let geometry = Geometry::new(list, options.scale, &options.scroll, canvas);
    glyphs.begin_frame();
    let background = draw::pixel(options.background_over(list.canvas_color));
    let (mut frame, damage) = match previous {
        Some(previous) => damage::compare(previous, list, &options, &geometry, background),
        None => (Surface::filled(PixelRect::EMPTY, background), Damage::Everything),
    };
    let rects = damage.rects(canvas, options.tile_size);
    let visible = rects.iter().fold(PixelRect::EMPTY, |all, rect| all.union(rect));
    let scene = Scene::new(list, &geometry, glyphs, visible);
    tiles::draw(&scene, &rects, background, canvas, &options, &mut frame);
    let layers = layers::find(list, &geometry, canvas);
    Composited::new(list.clone(), options, geometry, frame, background, layers, rects.len())
}
