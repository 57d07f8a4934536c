//! The web fonts of one page.
//! <https://drafts.csswg.org/css-fonts-4/#font-face-rule>

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use parking_lot::Mutex;
use skrifa::raw::FileRef;

use super::context::FontContext;
use super::features::FontFeatureValues;
use super::matching;
use crate::description::{FontDescription, FontFeature, FontStyle, FontVariation};
use crate::font::{DecodeError, Face, FaceAttributes, FaceStyle, FontData, MetricOverrides, decode_font};
use crate::limits::MAX_FONT_FACES;

/// `unicode-range`: the characters that a face is used for.
/// <https://drafts.csswg.org/css-fonts-4/#unicode-range-desc>
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnicodeRange(Vec<RangeInclusive<u32>>);

impl UnicodeRange {
    /// Every character: the initial value.
    pub fn all() -> Self {
        UnicodeRange(Vec::new())
    }

    /// The characters of these ranges of code points.
    pub fn new(ranges: impl IntoIterator<Item = RangeInclusive<u32>>) -> Self {
        UnicodeRange(ranges.into_iter().collect())
    }

    /// Whether a character is meant.
    pub fn contains(&self, character: char) -> bool {
        self.0.is_empty() || self.0.iter().any(|range| range.contains(&u32::from(character)))
    }
}

/// The descriptors of one `@font-face` rule that choose it.
#[derive(Clone, Debug, PartialEq)]
pub struct FontFaceDescriptors {
    /// `font-family`
    pub family: Arc<str>,
    /// `font-weight`; `None` is `auto`, what the font itself says.
    pub weight: Option<RangeInclusive<f32>>,
    /// `font-stretch` as ratios; `None` is `auto`.
    pub stretch: Option<RangeInclusive<f32>>,
    /// `font-style`, with the least and the greatest angle of `oblique`; `None` is `auto`.
    pub style: Option<(FontStyle, FontStyle)>,
    /// `unicode-range`
    pub unicode_range: UnicodeRange,
    /// `ascent-override` and its kin.
    pub overrides: MetricOverrides,
    /// `font-feature-settings`
    pub features: Arc<[FontFeature]>,
    /// `font-variation-settings`
    pub variations: Arc<[FontVariation]>,
}

impl FontFaceDescriptors {
    /// A rule with no descriptors but the family's name.
    pub fn new(family: impl Into<Arc<str>>) -> Self {
        FontFaceDescriptors {
            family: family.into(),
            weight: None,
            stretch: None,
            style: None,
            unicode_range: UnicodeRange::all(),
            overrides: MetricOverrides::default(),
            features: Arc::from([]),
            variations: Arc::from([]),
        }
    }

    /// The face that the rule makes of a font.
    fn face(&self, data: FontData, index: u32, attributes: FaceAttributes) -> Option<Arc<Face>> {
        let mut face = Face::new(data, index, self.family.clone(), attributes, self.overrides)?;
        let own = Arc::get_mut(&mut face).expect("nothing else has the face yet");
        own.features = self.features.clone();
        own.variations = self.variations.clone();
        Some(face)
    }

    /// What matching sees, from the rule where it says so and from the font otherwise.
    fn attributes(&self, font: Option<FaceAttributes>) -> FaceAttributes {
        let font = font.unwrap_or(FaceAttributes {
            weight: 400.0..=400.0,
            stretch: 1.0..=1.0,
            style: FaceStyle::Normal,
        });
        let angle = |style| match style {
            FontStyle::Oblique(angle) => angle,
            FontStyle::Normal | FontStyle::Italic => 0.0,
        };
        FaceAttributes {
            weight: self.weight.clone().unwrap_or(font.weight),
            stretch: self.stretch.clone().unwrap_or(font.stretch),
            style: match self.style {
                None => font.style,
                Some((FontStyle::Normal, _)) => FaceStyle::Normal,
                Some((FontStyle::Italic, _)) => FaceStyle::Italic,
                Some((least, greatest)) => FaceStyle::Oblique(angle(least)..=angle(greatest)),
            },
        }
    }
}

/// The place of a rule in its [`FontFaceSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontFaceKey(usize);

/// Why a web font cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The bytes are no font that can be used.
    #[error("the font of family '{family}' cannot be used: {reason}")]
    Decode {
        /// The family's name in the rule.
        family: Arc<str>,
        /// What is wrong with the bytes.
        reason: DecodeError,
    },
    /// More rules than [`MAX_FONT_FACES`].
    #[error("the page declares more than {MAX_FONT_FACES} fonts; '{family}' is not used")]
    TooManyFaces {
        /// The family's name in the rule.
        family: Arc<str>,
    },
    /// `local()` names a font that is not installed.
    #[error("no font named '{name}' is installed")]
    NotInstalled {
        /// The name.
        name: String,
    },
}

/// The `@font-face` rules of a page, each with its font once that has arrived.
///
/// A rule without font is passed over when text is set, but noted in [`FontFaceSet::wanted`], so that only fonts that
/// text asks for are fetched.
#[derive(Default)]
pub struct FontFaceSet {
    faces: Vec<WebFace>,
    feature_values: FontFeatureValues,
    wanted: Mutex<BTreeSet<FontFaceKey>>,
}

#[derive(Clone)]
struct WebFace {
    descriptors: FontFaceDescriptors,
    attributes: FaceAttributes,
    state: State,
}

#[derive(Clone)]
enum State {
    Unloaded {
        /// Whether text that waits for the font is set without ink.
        hides_text: bool,
    },
    Loaded(Arc<Face>),
    Failed,
}

impl FontFaceSet {
    /// A page without web fonts.
    pub fn new() -> Self {
        FontFaceSet::default()
    }

    /// A page without web fonts that gives names to features of fonts.
    pub fn with_feature_values(feature_values: FontFeatureValues) -> Self {
        FontFaceSet { feature_values, ..FontFaceSet::default() }
    }

    pub(crate) fn feature_values(&self) -> &FontFeatureValues {
        &self.feature_values
    }

    /// Adds a rule. Later rules win over earlier ones that match as well.
    ///
    /// # Errors
    /// [`LoadError::TooManyFaces`] when the page has declared enough.
    pub fn add(&mut self, descriptors: FontFaceDescriptors) -> Result<FontFaceKey, LoadError> {
        if self.faces.len() >= MAX_FONT_FACES {
            return Err(LoadError::TooManyFaces { family: descriptors.family });
        }
        let attributes = descriptors.attributes(None);
        self.faces.push(WebFace { descriptors, attributes, state: State::Unloaded { hides_text: false } });
        Ok(FontFaceKey(self.faces.len() - 1))
    }

    /// Gives a rule its font, as the bytes of a TTF, OTF, TTC, WOFF or WOFF2 file.
    ///
    /// # Errors
    /// [`LoadError::Decode`]; the rule still waits, and its next source is to be tried.
    pub fn load(&mut self, key: FontFaceKey, bytes: &[u8]) -> Result<(), LoadError> {
        let Some(web) = self.faces.get_mut(key.0) else { return Ok(()) };
        let family = web.descriptors.family.clone();
        let failed = |reason| LoadError::Decode { family: family.clone(), reason };
        let data: Arc<[u8]> = decode_font(bytes).map_err(failed)?.into();
        let font = FileRef::new(&data).ok().and_then(|file| file.fonts().next()?.ok());
        web.attributes = web.descriptors.attributes(font.as_ref().map(FaceAttributes::of_font));
        match web.descriptors.face(FontData::Web(data), 0, web.attributes.clone()) {
            Some(face) => {
                web.state = State::Loaded(face);
                Ok(())
            }
            None => Err(failed(DecodeError::UnknownFormat)),
        }
    }

    /// Gives a rule an installed font: `src: local(name)`.
    ///
    /// # Errors
    /// [`LoadError::NotInstalled`]; the rule's next source is to be tried.
    pub fn load_local(
        &mut self,
        key: FontFaceKey,
        context: &FontContext,
        name: &str,
    ) -> Result<(), LoadError> {
        let Some(web) = self.faces.get_mut(key.0) else { return Ok(()) };
        let Some(local) = context.local_face(name) else {
            return Err(LoadError::NotInstalled { name: name.to_owned() });
        };
        web.attributes = web.descriptors.attributes(Some(local.attributes.clone()));
        let face = web.descriptors.face(local.data.clone(), local.index, web.attributes.clone());
        let Some(face) = face else {
            return Err(LoadError::NotInstalled { name: name.to_owned() });
        };
        web.state = State::Loaded(face);
        Ok(())
    }

    /// Notes that no source of a rule could be had: it is not wanted any more.
    pub fn fail(&mut self, key: FontFaceKey) {
        if let Some(web) = self.faces.get_mut(key.0) {
            web.state = State::Failed;
        }
    }

    /// Says whether text that waits for the font of a rule is set in what it falls back to without ink, as in the rule's
    /// block period, or is seen. It is seen until this is called; once the font has arrived or failed this does nothing.
    /// Returns whether it was otherwise before.
    /// <https://drafts.csswg.org/css-fonts-4/#font-display-timeline>
    pub fn set_hides_text(&mut self, key: FontFaceKey, hides: bool) -> bool {
        match self.faces.get_mut(key.0) {
            Some(WebFace { state: State::Unloaded { hides_text }, .. }) => {
                std::mem::replace(hides_text, hides) != hides
            }
            _ => false,
        }
    }

    /// Whether any rule hides text that waits for its font.
    pub(crate) fn hides_any_text(&self) -> bool {
        self.faces.iter().any(|web| matches!(web.state, State::Unloaded { hides_text: true }))
    }

    /// The descriptors of a rule.
    pub fn descriptors(&self, key: FontFaceKey) -> Option<&FontFaceDescriptors> {
        self.faces.get(key.0).map(|web| &web.descriptors)
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The rules whose fonts text has asked for and that have neither arrived nor failed, in the order of the rules.
    pub fn wanted(&self) -> Vec<FontFaceKey> {
        let wanted = self.wanted.lock();
        wanted
            .iter()
            .copied()
            .filter(|key| matches!(self.faces[key.0].state, State::Unloaded { .. }))
            .collect()
    }

    pub(crate) fn has_family(&self, name: &str) -> bool {
        self.faces.iter().any(|web| web.descriptors.family.eq_ignore_ascii_case(name))
    }

    /// The nearest face of a family that is meant for `character`. "If the unicode ranges overlap for a set of composite
    /// faces, [...] the last defined rule" wins, which [`matching::nearest`] sees to.
    pub(crate) fn find(&self, family: &str, wanted: &FontDescription, character: char) -> WebFaceMatch {
        let candidates = self.faces.iter().enumerate().filter(|(_, web)| {
            !matches!(web.state, State::Failed)
                && web.descriptors.family.eq_ignore_ascii_case(family)
                && web.descriptors.unicode_range.contains(character)
        });
        let Some((index, web)) = matching::nearest(wanted, candidates, |(_, web)| &web.attributes) else {
            return WebFaceMatch::None;
        };
        match &web.state {
            State::Loaded(face) => WebFaceMatch::Arrived(face.clone()),
            State::Unloaded { hides_text } => {
                self.wanted.lock().insert(FontFaceKey(index));
                WebFaceMatch::Awaited { hides_text: *hides_text }
            }
            State::Failed => WebFaceMatch::None,
        }
    }
}

/// What the rules have for a character.
pub(crate) enum WebFaceMatch {
    Arrived(Arc<Face>),
    /// Its font is to come; until then text falls back.
    Awaited {
        /// Whether it does so without ink.
        hides_text: bool,
    },
    None,
}

impl Clone for FontFaceSet {
    fn clone(&self) -> Self {
        FontFaceSet {
            faces: self.faces.clone(),
            feature_values: self.feature_values.clone(),
            wanted: Mutex::new(self.wanted.lock().clone()),
        }
    }
}
