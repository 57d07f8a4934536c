//! The limits that keep hostile pages from taking all memory or all time.

/// How many entries of a colour stop list are drawn.
pub const MAX_GRADIENT_STOPS: usize = 4096;

/// How many layers of background, mask or shadow of one box are drawn.
pub const MAX_LAYERS: usize = 256;

/// How far past the cull rectangle, in CSS px, boxes are painted even where nothing says that they ink so far: glyphs
/// that stick out, outlines, small shadows.
pub const CULL_MARGIN: f32 = 128.0;

/// How far, in CSS px, a shadow or a blur is followed outside of its box when the cull rectangle is applied. Farther ones
/// may be missing while their box is out of view.
pub const MAX_CULL_REACH: f32 = 4096.0;

/// How many tiles `border-image` may put along one side; with more, they are stretched.
pub const MAX_BORDER_IMAGE_TILES: f32 = 10_000.0;

/// How deep `cross-fade()` may nest.
pub const MAX_CROSS_FADE_DEPTH: usize = 8;

/// How many tiles are painted one by one where raster cannot repeat them.
pub const MAX_TILES_ONE_BY_ONE: usize = 1024;

/// How many steps of one path are drawn.
pub const MAX_PATH_SEGMENTS: usize = 100_000;
