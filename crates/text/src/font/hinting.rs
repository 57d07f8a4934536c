//! Grid fitting across the baseline: horizontal stems, the x-height and the baseline itself land on whole device px, while
//! nothing moves along the line. It is what FreeType calls light hinting, and what Chromium draws text with on Linux.
//! <https://freetype.org/freetype2/docs/hinting/text-rendering-general.html>

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use skrifa::MetadataProvider;
use skrifa::instance::Size;
use skrifa::outline::{
    Engine, GlyphStyles, HintingInstance, HintingOptions, OutlineGlyphFormat, SmoothMode, Target,
};

use super::Font;
use crate::limits::MAX_HINTED_SIZES;

/// The instances of a font's hinter, by device px to the em; the latest at the end.
#[derive(Default)]
pub(crate) struct Hinters(Mutex<Vec<(u32, Option<Arc<HintingInstance>>)>>);

/// What the hinter knows of a face at any size, worked out once.
#[derive(Default)]
pub(crate) struct HintStyles(OnceLock<GlyphStyles>);

impl Font {
    /// The hinter for so many device px to the em; `None` where the font cannot be hinted.
    pub(super) fn hinter(&self, pixels_per_em: f32) -> Option<Arc<HintingInstance>> {
        let mut hinters = self.hinters().0.lock();
        let key = pixels_per_em.to_bits();
        if let Some((_, known)) = hinters.iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let font = self.face().font_ref();
        let outlines = font.outline_glyphs();
        let engine = match outlines.format() {
            // Those of PostScript carry hints that light hinting follows.
            Some(OutlineGlyphFormat::Cff | OutlineGlyphFormat::Cff2) => Engine::Interpreter,
            _ => {
                let styles = self.face().hint_styles().0.get_or_init(|| GlyphStyles::new(&outlines));
                Engine::Auto(Some(styles.clone()))
            }
        };
        let options = HintingOptions {
            engine,
            target: Target::Smooth {
                mode: SmoothMode::Light,
                symmetric_rendering: true,
                preserve_linear_metrics: true,
            },
        };
        let hinter = HintingInstance::new(&outlines, Size::new(pixels_per_em), self.location(), options);
        let hinter = hinter.ok().map(Arc::new);
        if hinters.len() >= MAX_HINTED_SIZES {
            hinters.remove(0);
        }
        hinters.push((key, hinter.clone()));
        hinter
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{FontContext, FontDescription, FontSource, Fonts, PathSink};

    /// The highest and lowest place of an outline, and the leftmost and rightmost.
    #[derive(Debug)]
    struct Extent {
        x: (f32, f32),
        y: (f32, f32),
    }

    impl Extent {
        const NOTHING: Extent = Extent { x: (f32::MAX, f32::MIN), y: (f32::MAX, f32::MIN) };

        fn add(&mut self, x: f32, y: f32) {
            self.x = (self.x.0.min(x), self.x.1.max(x));
            self.y = (self.y.0.min(y), self.y.1.max(y));
        }
    }

    impl PathSink for Extent {
        fn move_to(&mut self, x: f32, y: f32) {
            self.add(x, y);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.add(x, y);
        }
        fn quad_to(&mut self, _control_x: f32, _control_y: f32, x: f32, y: f32) {
            self.add(x, y);
        }
        fn cubic_to(&mut self, _c0_x: f32, _c0_y: f32, _c1_x: f32, _c1_y: f32, x: f32, y: f32) {
            self.add(x, y);
        }
        fn close(&mut self) {}
    }

    #[test]
    fn stems_land_on_device_pixels_across_the_line_and_stay_along_it() {
        let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
        let font = fonts.stack(&FontDescription::default()).primary().clone();
        let glyph = font.glyph('z').unwrap();
        let (mut plain, mut hinted) = (Extent::NOTHING, Extent::NOTHING);
        assert!(font.outline(glyph, &mut plain));
        assert!(font.hinted_outline(glyph, 1.0, &mut hinted));
        assert!(plain.y.0.fract() != 0.0, "{plain:?}");
        assert_eq!((hinted.y.0.fract(), hinted.y.1.fract()), (0.0, 0.0), "{hinted:?}");
        assert!(
            (plain.x.0 - hinted.x.0).abs() < 0.05 && (plain.x.1 - hinted.x.1).abs() < 0.05,
            "{plain:?} {hinted:?}"
        );
    }
}
