//! The fonts to try for a piece of text, in order.
//! <https://drafts.csswg.org/css-fonts-4/#font-matching-algorithm>

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::context::FontContext;
use super::features;
use super::store::FontStore;
use super::web::{FontFaceSet, WebFaceMatch};
use crate::description::{FontDescription, FontFamily};
use crate::font::{Face, Font, FontMetrics};
use crate::limits::MAX_CACHED_FONTS;
use crate::shape::emoji;

/// What a description resolves to on a page. Families are looked up when text first gets to them.
pub struct FontStack {
    context: Arc<FontContext>,
    faces: Arc<FontFaceSet>,
    web_fonts: Arc<FontStore>,
    description: FontDescription,
    slots: Vec<OnceLock<Slot>>,
    primary: OnceLock<Primary>,
    /// Fonts of the list, by character.
    listed: Mutex<FxHashMap<char, Option<Font>>>,
    /// Fonts from beyond the list, by character.
    beyond: Mutex<FxHashMap<char, Option<Font>>>,
    language: Option<harfrust::Language>,
    /// The features of text, by face.
    features: Mutex<Vec<(u32, Arc<[harfrust::Feature]>)>>,
    /// Whether text that waits for a font of the page's may have to be set without ink.
    hides_text: bool,
}

/// Where the font of a cluster came from.
#[derive(Clone)]
pub(crate) enum FontChoice {
    /// The description's list, or its end.
    Listed(Font),
    /// The system's choice for a character that the list lacks.
    Beyond(Font),
}

impl FontChoice {
    /// The font.
    pub fn font(&self) -> &Font {
        let (FontChoice::Listed(font) | FontChoice::Beyond(font)) = self;
        font
    }
}

/// What one entry of `font-family` turned out to be.
enum Slot {
    /// Nothing here has the name.
    Absent,
    Installed(Font),
    /// A family of the page's: its faces are for different characters.
    Web(Arc<str>),
}

struct Primary {
    font: Font,
    /// Whether no web font, which may be for some characters only, comes before it.
    decides_alone: bool,
    covers_ascii: bool,
}

impl FontStack {
    pub(crate) fn new(
        context: Arc<FontContext>,
        faces: Arc<FontFaceSet>,
        web_fonts: Arc<FontStore>,
        description: FontDescription,
    ) -> Self {
        FontStack {
            slots: description.families.iter().map(|_| OnceLock::new()).collect(),
            language: description.language.as_deref().and_then(harfrust::Language::new),
            hides_text: faces.hides_any_text(),
            context,
            faces,
            web_fonts,
            description,
            primary: OnceLock::new(),
            listed: Mutex::default(),
            beyond: Mutex::default(),
            features: Mutex::default(),
        }
    }

    /// What was asked for.
    pub fn description(&self) -> &FontDescription {
        &self.description
    }

    /// The first available font: it gives the metrics of a line.
    /// <https://drafts.csswg.org/css-fonts-4/#first-available-font>
    pub fn primary(&self) -> &Font {
        &self.find_primary().font
    }

    /// The metrics of [`FontStack::primary`].
    pub fn metrics(&self) -> &FontMetrics {
        self.primary().metrics()
    }

    fn find_primary(&self) -> &Primary {
        self.primary.get_or_init(|| {
            let mut has_web_before = false;
            let font = (0..self.slots.len())
                .find_map(|index| {
                    has_web_before |= matches!(self.slot(index), Slot::Web(_));
                    self.find_listed(index, ' ')
                })
                .unwrap_or_else(|| self.font(&self.context.standard(&self.description)));
            let is_primary_at = |character| {
                let listed = if has_web_before { self.first_listed(character) } else { Some(font.clone()) };
                listed.is_some_and(|listed| listed == font) && font.glyph(character).is_some()
            };
            let covers_ascii = !self.hides_text && (' '..='~').all(is_primary_at);
            Primary { font, decides_alone: !has_web_before, covers_ascii }
        })
    }

    /// The first font of the list that is meant for a character, whether or not it has it.
    fn first_listed(&self, character: char) -> Option<Font> {
        (0..self.slots.len()).find_map(|index| self.find_listed(index, character))
    }

    /// Whether every printable ASCII character is set in [`FontStack::primary`].
    pub(crate) fn covers_ascii(&self) -> bool {
        self.find_primary().covers_ascii
    }

    /// Asks for the fonts of a text as setting it would, so that those of the page's that are missing are
    /// [wanted](super::FontFaceSet::wanted). Fonts from beyond the list are not looked for.
    pub fn ask_for(&self, text: &str) {
        self.find_primary();
        if text.is_ascii() {
            return;
        }
        let mut buffer = [0; 4];
        for character in text.chars() {
            self.font_of_list(character.encode_utf8(&mut buffer), character);
        }
    }

    /// The font for a grapheme cluster. The first of these that has all of it: the list's, the standard font, the
    /// font that the missing characters just before were set in, the system's choice for the character, the bundled
    /// wide font; else the primary font, which then shows a box. Where the list's own font is awaited unseen, it is the one
    /// found, without ink.
    pub(crate) fn font_for_cluster(&self, cluster: &str, script: [u8; 4], before: &FontChoice) -> FontChoice {
        let Some(base) = cluster.chars().find(|&c| !is_default_ignorable(c)).or(cluster.chars().next())
        else {
            return FontChoice::Listed(self.primary().clone());
        };
        if self.hides_text && self.waits_unseen(base) {
            let font = self.search_list(cluster, base);
            let font =
                font.or_else(|| self.beyond_list(base, script)).unwrap_or_else(|| self.primary().clone());
            return FontChoice::Listed(self.store(font.face()).without_ink(&font));
        }
        if let Some(font) = self.font_of_list(cluster, base) {
            return FontChoice::Listed(font);
        }
        if let FontChoice::Beyond(font) = before
            && covers(font, cluster)
        {
            return FontChoice::Beyond(font.clone());
        }
        match self.beyond_list(base, script) {
            Some(font) => FontChoice::Beyond(font),
            None => FontChoice::Listed(self.primary().clone()),
        }
    }

    /// What the list has for a cluster; remembered for clusters of one character, which most are.
    fn font_of_list(&self, cluster: &str, base: char) -> Option<Font> {
        if cluster.len() != base.len_utf8() {
            return self.search_list(cluster, base);
        }
        if let Some(known) = self.listed.lock().get(&base) {
            return known.clone();
        }
        let font = self.search_list(cluster, base);
        remember(&self.listed, base, &font);
        font
    }

    fn search_list(&self, cluster: &str, base: char) -> Option<Font> {
        let primary = self.find_primary();
        if emoji::is_presented_as_emoji(cluster) {
            if let Some(font) = self.font_with_color(cluster, base) {
                return Some(font);
            }
        } else if primary.decides_alone && covers(&primary.font, cluster) {
            return Some(primary.font.clone());
        }
        let listed = (0..self.slots.len()).find_map(|index| {
            let font = self.find_listed(index, base)?;
            covers(&font, cluster).then_some(font)
        });
        listed.or_else(|| {
            let standard = self.font(&self.context.standard(&self.description));
            covers(&standard, cluster).then_some(standard)
        })
    }

    /// Emoji that are to look like pictures: a colour font of the list, else the system's.
    fn font_with_color(&self, cluster: &str, base: char) -> Option<Font> {
        let listed = (0..self.slots.len()).find_map(|index| {
            self.find_listed(index, base).filter(|font| font.has_color() && covers(font, cluster))
        });
        listed.or_else(|| self.context.emoji(base, &self.description).map(|face| self.font(&face)))
    }

    /// What an entry of the list has for a character.
    fn find_listed(&self, index: usize, character: char) -> Option<Font> {
        match self.slot(index) {
            Slot::Absent => None,
            Slot::Installed(font) => Some(font.clone()),
            Slot::Web(family) => match self.faces.find(family, &self.description, character) {
                WebFaceMatch::Arrived(face) => Some(self.font(&face)),
                WebFaceMatch::Awaited { .. } | WebFaceMatch::None => None,
            },
        }
    }

    /// Whether a character waits for a font of the page's that hides text until it comes.
    fn waits_unseen(&self, character: char) -> bool {
        for index in 0..self.slots.len() {
            match self.slot(index) {
                Slot::Absent => {}
                Slot::Installed(font) if font.glyph(character).is_some() => return false,
                Slot::Installed(_) => {}
                Slot::Web(family) => match self.faces.find(family, &self.description, character) {
                    WebFaceMatch::Arrived(_) => return false,
                    WebFaceMatch::Awaited { hides_text: true } => return true,
                    WebFaceMatch::Awaited { hides_text: false } | WebFaceMatch::None => {}
                },
            }
        }
        false
    }

    fn beyond_list(&self, character: char, script: [u8; 4]) -> Option<Font> {
        if let Some(known) = self.beyond.lock().get(&character) {
            return known.clone();
        }
        let font =
            self.context.for_character(character, script, &self.description).map(|face| self.font(&face));
        remember(&self.beyond, character, &font);
        font
    }

    fn slot(&self, index: usize) -> &Slot {
        self.slots[index].get_or_init(|| {
            let face = match &self.description.families[index] {
                // A name that the page defines means the page's font only.
                FontFamily::Named(name) if self.faces.has_family(name) => return Slot::Web(name.clone()),
                FontFamily::Named(name) => self.context.named(name, &self.description),
                FontFamily::Generic(family) => self.context.generic(*family, &self.description),
            };
            face.map_or(Slot::Absent, |face| Slot::Installed(self.font(&face)))
        })
    }

    fn font(&self, face: &Arc<Face>) -> Font {
        self.store(face).font(face, &self.description, self.context.places_glyphs_at_whole_px())
    }

    fn store(&self, face: &Face) -> &FontStore {
        if face.data.is_web() { &self.web_fonts } else { self.context.fonts() }
    }

    /// One of the stack's fonts at `factor` of its size.
    pub(crate) fn scaled(&self, font: &Font, factor: f32) -> Font {
        self.store(font.face()).scaled(font, factor)
    }

    pub(crate) fn context(&self) -> &FontContext {
        &self.context
    }

    pub(crate) fn language(&self) -> Option<&harfrust::Language> {
        self.language.as_ref()
    }

    /// What switches the features of text in a font.
    pub(crate) fn features(&self, font: &Font) -> Arc<[harfrust::Feature]> {
        let face = font.face();
        let mut known = self.features.lock();
        if let Some((_, features)) = known.iter().find(|(id, _)| *id == face.id) {
            return features.clone();
        }
        let features = features::resolve(face, &self.description, self.faces.feature_values());
        known.push((face.id, features.clone()));
        features
    }
}

fn remember(fonts: &Mutex<FxHashMap<char, Option<Font>>>, character: char, font: &Option<Font>) {
    let mut fonts = fonts.lock();
    if fonts.len() >= MAX_CACHED_FONTS {
        fonts.clear();
    }
    fonts.insert(character, font.clone());
}

/// Whether a font has all of a cluster: every character, or a composition of them.
fn covers(font: &Font, cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let missing = |c: char| font.glyph(c).is_none() && !is_default_ignorable(c) && !has_stand_in(font, c);
    if !characters.any(missing) {
        return true;
    }
    // The shaper may compose a base with its marks, or find the parts of a precomposed character.
    crate::shape::shapes_without_gaps(font, cluster)
}

/// Characters that the shaper shows by another's glyph, or that need none.
fn has_stand_in(font: &Font, character: char) -> bool {
    match character {
        '\u{2011}' => font.glyph('\u{2010}').is_some() || font.glyph('-').is_some(),
        '\u{2010}' => font.glyph('-').is_some(),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            character != '\u{3000}' && font.glyph(' ').is_some()
        }
        _ => character.is_control(),
    }
}

/// Characters that show nothing by themselves, so that no font need have them.
/// <https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point>
fn is_default_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}
