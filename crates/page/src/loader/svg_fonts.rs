//! Fonts for the text in SVG images: the page's own, without its web fonts, as they are loaded apart from any page.

use std::sync::Arc;

use fanlight_image::{SvgFace, SvgFamily, SvgFontQuery, SvgFonts};
use fanlight_text::{
    Font, FontContext, FontDescription, FontFamily, FontStyle, Fonts, GenericFamily, ShapeOptions,
};

struct Provider(Fonts);

/// Where SVG images find their fonts.
pub(crate) fn provider(context: &Arc<FontContext>) -> Arc<dyn SvgFonts> {
    Arc::new(Provider(Fonts::without_web_fonts(Arc::clone(context))))
}

fn face_of(font: &Font) -> SvgFace {
    let (data, index) = font.file();
    SvgFace { data, index }
}

impl SvgFonts for Provider {
    fn select(&self, query: &SvgFontQuery<'_>) -> Option<SvgFace> {
        let family = |family: &SvgFamily<'_>| match family {
            SvgFamily::Named(name) => FontFamily::Named((*name).into()),
            SvgFamily::Serif => FontFamily::Generic(GenericFamily::Serif),
            SvgFamily::SansSerif => FontFamily::Generic(GenericFamily::SansSerif),
            SvgFamily::Monospace => FontFamily::Generic(GenericFamily::Monospace),
            SvgFamily::Cursive => FontFamily::Generic(GenericFamily::Cursive),
            SvgFamily::Fantasy => FontFamily::Generic(GenericFamily::Fantasy),
        };
        let description = FontDescription {
            families: query.families.iter().map(family).collect(),
            weight: f32::from(query.weight),
            stretch: query.stretch / 100.0,
            style: if query.italic { FontStyle::Italic } else { FontStyle::Normal },
            ..FontDescription::default()
        };
        Some(face_of(self.0.stack(&description).primary()))
    }

    fn fallback(&self, character: char) -> Option<SvgFace> {
        let mut buffer = [0; 4];
        let text = character.encode_utf8(&mut buffer);
        let stack = self.0.stack(&FontDescription::default());
        let shaped = stack.shape(text, 0..text.len(), &ShapeOptions::default());
        let font = shaped.runs().next()?.font();
        font.glyph(character).map(|_| face_of(font))
    }
}
