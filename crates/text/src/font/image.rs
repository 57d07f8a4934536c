//! Glyphs that bring their own colours: bitmaps and layered vector glyphs.
//! <https://learn.microsoft.com/en-us/typography/opentype/spec/colr>

use skrifa::MetadataProvider;
use skrifa::bitmap::{BitmapData, BitmapStrikes, Origin};
use skrifa::instance::Size;
use skrifa::raw::TableProvider;

use super::{Font, GlyphId};
use crate::limits::MAX_COLOR_LAYERS;
use fanlight_base::Rgba;

/// What a colour glyph looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum GlyphImage {
    /// A picture in PNG, to be drawn into a rectangle given in CSS px from the glyph's origin, y down.
    Png {
        /// The bytes of the PNG file.
        data: Vec<u8>,
        /// The left edge.
        x: f32,
        /// The upper edge, negative above the baseline.
        y: f32,
        /// How many CSS px one px of the picture covers.
        scale: f32,
    },
    /// Outlines of glyphs of the same font, painted over one another in this order.
    Layers(Vec<ColorLayer>),
}

/// One filled outline of a colour glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorLayer {
    /// The glyph whose outline is filled.
    pub glyph: GlyphId,
    /// The fill; `None` is the colour of the text.
    pub color: Option<Rgba>,
}

impl Font {
    /// The colour image of a glyph, or `None` where [`Font::outline`] is all there is.
    ///
    /// Pictures come from `CBDT` and `sbix`, layers from `COLR` version 0 with the first palette.
    // FIXME: gradients and transforms of COLR version 1 are not there: painting has no form for them yet.
    pub fn image(&self, glyph: GlyphId) -> Option<GlyphImage> {
        if !self.has_color() {
            return None;
        }
        self.layers(glyph).or_else(|| self.picture(glyph))
    }

    fn layers(&self, glyph: GlyphId) -> Option<GlyphImage> {
        let font = self.face().font_ref();
        let colr = font.colr().ok()?;
        let range = colr.v0_base_glyph(skrifa::GlyphId::from(glyph)).ok()??;
        let palettes = font.color_palettes();
        let palette = palettes.get(0);
        let colors = palette.as_ref().map_or(&[][..], |palette| palette.colors());
        let layers = range
            .take(MAX_COLOR_LAYERS)
            .filter_map(|index| {
                let (glyph, color) = colr.v0_layer(index).ok()?;
                // 0xFFFF stands for the colour of the text.
                let color = (color != 0xFFFF).then(|| {
                    colors.get(usize::from(color)).map_or(Rgba::BLACK, |color| {
                        Rgba::from_u8(color.red, color.green, color.blue, color.alpha)
                    })
                });
                Some(ColorLayer { glyph: glyph.to_u16(), color })
            })
            .collect();
        Some(GlyphImage::Layers(layers))
    }

    fn picture(&self, glyph: GlyphId) -> Option<GlyphImage> {
        let font = self.face().font_ref();
        let strikes = BitmapStrikes::new(&font);
        let bitmap = strikes.glyph_for_size(Size::new(self.size()), skrifa::GlyphId::from(glyph))?;
        let BitmapData::Png(data) = bitmap.data else {
            return None;
        };
        let scale = self.size() / bitmap.ppem_y;
        let units_per_em = f32::from(self.metrics().units_per_em);
        let x = bitmap.bearing_x * self.size() / units_per_em + bitmap.inner_bearing_x * scale;
        let bearing_y = bitmap.bearing_y * self.size() / units_per_em + bitmap.inner_bearing_y * scale;
        let y = match bitmap.placement_origin {
            Origin::TopLeft => -bearing_y,
            Origin::BottomLeft => -bearing_y - bitmap.height as f32 * scale,
        };
        Some(GlyphImage::Png { data: data.to_vec(), x, y, scale })
    }
}
