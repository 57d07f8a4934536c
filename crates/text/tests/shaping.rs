//! Shaping with the bundled fonts, against what Chromium measures.

use std::sync::Arc;

use fanlight_text::{
    Direction, FontContext, FontDescription, FontFamily, FontSource, Fonts, GenericFamily, ShapeOptions,
};

fn pinned() -> Fonts {
    Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)))
}

fn described(family: GenericFamily, size: f32) -> FontDescription {
    FontDescription { families: Arc::from([FontFamily::Generic(family)]), size, ..FontDescription::default() }
}

#[test]
fn the_fox_is_as_wide_as_in_chromium() {
    let stack = pinned().stack(&described(GenericFamily::Serif, 16.0));
    let text = "The quick brown fox jumps over the lazy dog";
    let shaped = stack.shape(text, 0..text.len(), &ShapeOptions::default());
    assert_eq!(shaped.width(), 292.375);
    assert_eq!(shaped.direction(), Direction::Ltr);
    assert_eq!(shaped.runs().len(), 1);
}
