//! Display list to layers, tiles and pixels.
