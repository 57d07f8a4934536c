//! Raster and SVG images, decoded within limits.
