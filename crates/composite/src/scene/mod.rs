//! A display list at a place: transforms multiplied out, items with their bounds in device px, and what is made of them
//! before any tile is drawn.

mod geometry;

use fanlight_paint::DisplayList;
use fanlight_paint::display_list::ItemKind;

pub(crate) use geometry::{Geometry, ItemGeometry, filters_reach};

use crate::draw::{self, PreparedText, ShadowMask};
use crate::glyphs::GlyphCache;
use crate::raster::{Affine, PixelRect};
use fanlight_image::RasterImage;

/// What an item needs besides itself, made once however many tiles it is on.
pub(crate) enum Prepared {
    Nothing,
    Text(PreparedText),
    Shadow(ShadowMask),
    Image(RasterImage),
}

impl Prepared {
    /// `visible` is the part of the canvas that is going to be drawn.
    pub fn new(kind: &ItemKind, affine: &Affine, glyphs: &GlyphCache, visible: PixelRect) -> Self {
        match kind {
            ItemKind::Text(item) => Prepared::Text(PreparedText::new(item, affine, glyphs, visible)),
            ItemKind::BoxShadow(shadow) => {
                ShadowMask::new(shadow, affine, visible).map_or(Prepared::Nothing, Prepared::Shadow)
            }
            ItemKind::Image(item) => {
                draw::image::prepare(item, affine).map_or(Prepared::Nothing, Prepared::Image)
            }
            _ => Prepared::Nothing,
        }
    }
}

/// A list that is ready to be drawn.
pub(crate) struct Scene<'a> {
    pub list: &'a DisplayList,
    pub geometry: &'a Geometry,
    /// One for each item.
    pub prepared: Vec<Prepared>,
}

impl<'a> Scene<'a> {
    /// Prepares the items that touch `visible`.
    pub fn new(
        list: &'a DisplayList,
        geometry: &'a Geometry,
        glyphs: &GlyphCache,
        visible: PixelRect,
    ) -> Self {
        let _span = tracing::info_span!("prepare_items", items = list.items.len()).entered();
        let prepared = list
            .items
            .iter()
            .zip(&geometry.items)
            .map(|(item, place)| match geometry.transform(item.spatial) {
                Some(affine) if place.reach.intersects(&visible) => {
                    let around = visible.outset(place.outset).intersection(&place.ink.outset(1));
                    Prepared::new(&item.kind, affine, glyphs, around)
                }
                _ => Prepared::Nothing,
            })
            .collect();
        Scene { list, geometry, prepared }
    }
}
