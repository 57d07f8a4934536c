//! Fonts for the text inside an SVG image: asked for one by one, and only when there is text.

use std::sync::Arc;

use usvg::fontdb;

/// Where fonts come from. They resolve like a page's text, without its web fonts.
pub trait SvgFonts: Send + Sync {
    /// The face for a list of families and a style; the default font when none of the families exists.
    fn select(&self, query: &SvgFontQuery<'_>) -> Option<SvgFace>;
    /// A face that has a glyph for the character.
    fn fallback(&self, character: char) -> Option<SvgFace>;
}

/// What a text asks for. <https://drafts.csswg.org/css-fonts-4/#font-matching-algorithm>
#[derive(Clone, Debug)]
pub struct SvgFontQuery<'a> {
    /// `font-family`, in order of preference; never empty.
    pub families: Vec<SvgFamily<'a>>,
    /// `font-weight`, 1 to 1000.
    pub weight: u16,
    /// `font-stretch` as a percentage, 50 to 200.
    pub stretch: f32,
    /// Whether `font-style` is italic or oblique.
    pub italic: bool,
}

/// One family of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SvgFamily<'a> {
    /// A family by its name.
    Named(&'a str),
    /// `serif`.
    Serif,
    /// `sans-serif`.
    SansSerif,
    /// `monospace`.
    Monospace,
    /// `cursive`.
    Cursive,
    /// `fantasy`.
    Fantasy,
}

/// A face in a font file.
#[derive(Clone)]
pub struct SvgFace {
    /// The bytes of the file, the same allocation for the same file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Its place in a collection, 0 otherwise.
    pub index: u32,
}

/// What usvg calls the family of text that none is declared for: it takes a name for it, and no keyword.
pub(super) const UNDECLARED: &str = "";

/// usvg's font lookup in terms of ours.
pub(super) fn resolver(fonts: Arc<dyn SvgFonts>) -> usvg::FontResolver<'static> {
    let fallback_fonts = fonts.clone();
    usvg::FontResolver {
        select_font: Box::new(move |font, database| {
            let families = font
                .families()
                .iter()
                .map(|family| match family {
                    usvg::FontFamily::Named(name) if name == UNDECLARED => SvgFamily::Serif,
                    usvg::FontFamily::Named(name) => SvgFamily::Named(name),
                    usvg::FontFamily::Serif => SvgFamily::Serif,
                    usvg::FontFamily::SansSerif => SvgFamily::SansSerif,
                    usvg::FontFamily::Monospace => SvgFamily::Monospace,
                    usvg::FontFamily::Cursive => SvgFamily::Cursive,
                    usvg::FontFamily::Fantasy => SvgFamily::Fantasy,
                })
                .collect();
            let query = SvgFontQuery {
                families,
                weight: font.weight(),
                stretch: percentage(font.stretch()),
                italic: font.style() != usvg::FontStyle::Normal,
            };
            load(&fonts.select(&query)?, database)
        }),
        select_fallback: Box::new(move |character, used, database| {
            let face = load(&fallback_fonts.fallback(character)?, database)?;
            (!used.contains(&face)).then_some(face)
        }),
    }
}

/// The face's id in usvg's database; it is added once.
fn load(face: &SvgFace, database: &mut Arc<fontdb::Database>) -> Option<fontdb::ID> {
    let start = |data: &Arc<dyn AsRef<[u8]> + Send + Sync>| (**data).as_ref().as_ptr();
    let known = database.faces().find(|info| {
        info.index == face.index
            && matches!(&info.source, fontdb::Source::Binary(data) if start(data) == start(&face.data))
    });
    if let Some(info) = known {
        return Some(info.id);
    }
    let database = Arc::make_mut(database);
    let added = database.load_font_source(fontdb::Source::Binary(face.data.clone()));
    added.into_iter().find(|id| database.face(*id).is_some_and(|info| info.index == face.index))
}

/// <https://drafts.csswg.org/css-fonts-4/#font-stretch-prop>
fn percentage(stretch: usvg::FontStretch) -> f32 {
    match stretch {
        usvg::FontStretch::UltraCondensed => 50.0,
        usvg::FontStretch::ExtraCondensed => 62.5,
        usvg::FontStretch::Condensed => 75.0,
        usvg::FontStretch::SemiCondensed => 87.5,
        usvg::FontStretch::Normal => 100.0,
        usvg::FontStretch::SemiExpanded => 112.5,
        usvg::FontStretch::Expanded => 125.0,
        usvg::FontStretch::ExtraExpanded => 150.0,
        usvg::FontStretch::UltraExpanded => 200.0,
    }
}
