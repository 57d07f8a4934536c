//! The frame: pixels, and how they came about.

use std::sync::Arc;

use fanlight_base::geometry::DeviceSize;
use fanlight_base::{Dump, TreeWriter};
use fanlight_paint::DisplayList;

use crate::layers::Layer;
use crate::options::CompositeOptions;
use crate::raster::{Pixel, PixelRect, Surface};
use crate::scene::Geometry;

/// A drawn frame.
#[derive(Clone)]
pub struct Composited {
    list: Arc<DisplayList>,
    options: CompositeOptions,
    geometry: Arc<Geometry>,
    canvas: PixelRect,
    /// Shared with the pictures that were taken of the frame.
    pixels: Arc<Vec<Pixel>>,
    background: Pixel,
    layers: Vec<Layer>,
    drawn_tiles: usize,
}

impl Composited {
    pub(crate) fn new(
        list: Arc<DisplayList>,
        options: CompositeOptions,
        geometry: Geometry,
        frame: Surface,
        background: Pixel,
        layers: Vec<Layer>,
        drawn_tiles: usize,
    ) -> Self {
        Composited {
            list,
            options,
            geometry: Arc::new(geometry),
            canvas: frame.rect(),
            pixels: Arc::new(frame.into_pixels()),
            background,
            layers,
            drawn_tiles,
        }
    }

    pub(crate) fn into_parts(self) -> (Arc<DisplayList>, Arc<Geometry>, CompositeOptions, Pixel, Surface) {
        let frame = Surface::of_pixels(self.canvas, Arc::unwrap_or_clone(self.pixels));
        (self.list, self.geometry, self.options, self.background, frame)
    }

    /// The size in device px.
    pub fn size(&self) -> DeviceSize {
        self.options.size
    }

    /// Premultiplied red, green, blue and alpha, 8 bits each, row by row.
    pub fn premultiplied(&self) -> &[u8] {
        self.pixels.as_flattened()
    }

    /// The four premultiplied components of each pixel, row by row.
    pub fn pixels(&self) -> &[[u8; 4]] {
        &self.pixels
    }

    /// Red, green, blue and alpha that are not premultiplied, as picture files have them, row by row. An opaque frame shares
    /// its pixels.
    pub fn to_straight(&self) -> Arc<Vec<[u8; 4]>> {
        if self.pixels.iter().all(|pixel| pixel[3] == 255) {
            return Arc::clone(&self.pixels);
        }
        let straight = |pixel: &Pixel| match pixel[3] {
            255 => *pixel,
            0 => [0; 4],
            alpha => {
                let part = |component: u8| {
                    ((u32::from(component) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8
                };
                [part(pixel[0]), part(pixel[1]), part(pixel[2]), alpha]
            }
        };
        Arc::new(self.pixels.iter().map(straight).collect())
    }

    /// The layers, those in the document first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// How many tiles were drawn for this frame; the others were taken over from the frame before.
    pub fn drawn_tiles(&self) -> usize {
        self.drawn_tiles
    }

    /// What it was drawn for.
    pub fn options(&self) -> &CompositeOptions {
        &self.options
    }

    /// The list it was drawn from.
    pub fn list(&self) -> &Arc<DisplayList> {
        &self.list
    }

    fn tiles(&self) -> usize {
        let along = |length: i32| {
            length.div_euclid(self.options.tile_size) + i32::from(length % self.options.tile_size != 0)
        };
        (along(self.options.size.width) * along(self.options.size.height)) as usize
    }
}

impl Dump for Composited {
    fn dump(&self, tree: &mut TreeWriter) {
        let size = self.options.size;
        tree.open("frame", |fields| {
            fields.add("size", format!("{}x{}", size.width, size.height));
            fields.add("scale", self.options.scale);
            fields.add("items", self.list.items.len());
            fields.add("tile", self.options.tile_size);
            fields.add("tiles", self.tiles());
            fields.add("drawn", self.drawn_tiles);
            fields.add("bytes", self.pixels.len() * 4);
        });
        for layer in &self.layers {
            let bounds = layer.bounds;
            let tile_size = self.options.tile_size;
            let along = |start: i32, end: i32| {
                if start < end { (end - 1) / tile_size - start / tile_size + 1 } else { 0 }
            };
            tree.leaf("layer", |fields| {
                fields.add("reason", layer.reason.text());
                fields.add_some("node", layer.node.map(|node| format!("#{node}")));
                fields.add(
                    "bounds",
                    format!(
                        "{},{}+{}x{}",
                        bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height
                    ),
                );
                fields.add("items", layer.items);
                fields.add(
                    "tiles",
                    along(bounds.min_x(), bounds.max_x()) * along(bounds.min_y(), bounds.max_y()),
                );
                let bytes = i64::from(bounds.size.width) * i64::from(bounds.size.height) * 4;
                fields.add("bytes", if layer.own_surface { bytes } else { 0 });
            });
        }
        tree.close();
    }
}
