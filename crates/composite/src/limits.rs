//! How much drawing may ask for.

/// The most px of a picture: 16384 rows of 8192 px.
pub const MAX_CANVAS_PIXELS: usize = 1 << 27;

/// The longest side of a picture, in device px.
pub const MAX_CANVAS_SIDE: i32 = 65_536;

/// The width and height of a tile, in device px, unless said otherwise.
pub const TILE_SIZE: i32 = 256;

/// The smallest tile that may be asked for, in device px.
pub const MIN_TILE_SIZE: i32 = 16;

/// How many rows of tiles a band of a picture has where several threads draw it.
pub const PARALLEL_BAND_TILES: i32 = 4;

/// Drawing that costs less than this many px, overlaps counted, is done on one thread: waking others takes longer.
pub const PARALLEL_PIXELS: usize = 3_000_000;

/// The bytes of glyph masks that are kept; beyond them, masks that were not used of late are forgotten.
pub const MAX_GLYPH_CACHE_BYTES: usize = 16 << 20;

/// Glyphs larger than this, in device px, are drawn as outlines each time.
pub const MAX_GLYPH_MASK_SIZE: usize = 256;

/// The deepest nesting of groups that get surfaces of their own; deeper ones are drawn into the one around them.
pub const MAX_GROUP_DEPTH: usize = 64;

/// The most dashes along the sides of a box; beyond, a line is drawn unbroken.
pub const MAX_DASHES: f32 = 100_000.0;

/// The largest standard deviation of a blur, in device px.
pub const MAX_DEVIATION: f32 = 500.0;

/// The most stops that a gradient is resolved to.
pub const MAX_GRADIENT_STOPS: usize = 4096;

/// The farthest that filtered backdrops carry a change, in device px; tiles are drawn with so much around them.
pub const MAX_BACKDROP_REACH: i32 = 8192;

/// How many filtered backdrops below one are looked at for what they carry.
pub const MAX_BACKDROPS_COMPARED: usize = 256;

/// How far `<filter>` elements are taken to carry, in device px: what is further from the canvas than that is not in their
/// pictures.
pub const REFERENCE_REACH: i32 = 4096;
