//! How much an image may ask for. Image files come from strangers, and a few bytes can claim gigabytes.

/// What [`crate::decode`] accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of an encoded image.
    pub encoded_bytes: usize,
    /// The most image px, width times height. Four bytes each are allocated for them.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { encoded_bytes: MAX_ENCODED_BYTES, pixels: MAX_PIXELS }
    }
}

/// The most bytes of an encoded image, unless said otherwise.
pub const MAX_ENCODED_BYTES: usize = 128 << 20;

/// The most px of a raster image, unless said otherwise: 8192 × 8192, which are 256 MiB decoded.
pub const MAX_PIXELS: u64 = 1 << 26;

/// The most elements and texts of an SVG document.
pub const MAX_SVG_NODES: u32 = 500_000;

/// The deepest nesting of an SVG document. The parser and the renderer recurse, on threads of 2 MiB stack.
pub const MAX_SVG_DEPTH: usize = 100;

/// The most device px of one rasterised SVG; a larger one is rasterised smaller and scaled up.
pub const MAX_SVG_PIXELS: f32 = 16_777_216.0;

/// How many trees and rasters, one for each size, an SVG image remembers.
pub const MAX_SVG_CACHED_SIZES: usize = 8;

/// How far into a file `<svg` is looked for when no type was declared, in bytes.
pub const SVG_SNIFF_BYTES: usize = 4096;

/// The stack of the thread that parses and draws an SVG whose `use` elements nest, in bytes. usvg stops at 1024 levels.
pub const DEEP_SVG_STACK: usize = 64 << 20;
