//! Web fonts: a font is fetched when text asks for a face that an `@font-face` rule defines.
//! <https://drafts.csswg.org/css-fonts-4/#font-face-loading>

use std::collections::BTreeMap;
use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_css::stylesheet::FontFaceRule;
use fanlight_css::stylesheet::font_face::{FontFaceStyle, FontSource};
use fanlight_css::values::NormalOr;
use fanlight_fetch::{Bytes, Destination, Initiator, InitiatorKind, Request, Url};
use fanlight_text::{
    FontContext, FontFaceDescriptors, FontFaceKey, FontFaceSet, FontStyle, Fonts, MetricOverrides,
    UnicodeRange,
};

use super::downloads::{DownloadKey, Downloads};

/// The web fonts of a page.
#[derive(Default)]
pub(crate) struct WebFonts {
    set: Arc<FontFaceSet>,
    faces: Vec<Face>,
    /// The rules that the set was made of.
    rules: Vec<Arc<FontFaceRule>>,
    /// What has come, by URL; nothing for what failed. Later rules may want it again.
    files: BTreeMap<Url, Option<Bytes>>,
}

struct Face {
    key: FontFaceKey,
    /// The sources that have not been tried, the best last.
    sources: Vec<FontSource>,
    state: FaceState,
}

enum FaceState {
    /// No text has asked for it.
    Unused,
    /// Its file is on its way.
    Loading(Url),
    /// It is there, or no source is left.
    Settled,
}

impl WebFonts {
    /// Makes the faces those of these rules, in the order of the cascade. Returns whether they are others than before.
    pub(crate) fn set_rules(&mut self, rules: Vec<Arc<FontFaceRule>>, sink: &dyn DiagnosticSink) -> bool {
        if rules.len() == self.rules.len() && rules.iter().zip(&self.rules).all(|(new, old)| new == old) {
            return false;
        }
        let mut set = FontFaceSet::new();
        self.faces.clear();
        for rule in rules.iter().filter(|rule| rule.defines_font()) {
            let Some(descriptors) = descriptors(rule) else { continue };
            match set.add(descriptors) {
                Ok(key) => {
                    let sources = rule.sources.iter().rev().cloned().collect();
                    self.faces.push(Face { key, sources, state: FaceState::Unused });
                }
                Err(error) => {
                    sink.report(Diagnostic::new(Severity::Warning, Stage::Cssom, error.to_string()));
                }
            }
        }
        self.rules = rules;
        self.set = Arc::new(set);
        true
    }

    /// Whether the page declares any.
    pub(crate) fn are_declared(&self) -> bool {
        !self.faces.is_empty()
    }

    /// The fonts of the page as they are now.
    pub(crate) fn fonts(&self, context: &Arc<FontContext>) -> Fonts {
        Fonts::new(Arc::clone(context), Arc::clone(&self.set))
    }

    /// Starts the fonts that text has asked for. Returns whether one became usable at once.
    pub(crate) fn request_wanted(
        &mut self,
        context: &Arc<FontContext>,
        page: &Url,
        start: &mut dyn FnMut(Request),
    ) -> bool {
        let mut changed = false;
        for key in self.set.wanted() {
            let Some(index) = self.faces.iter().position(|face| face.key == key) else { continue };
            if matches!(self.faces[index].state, FaceState::Unused) {
                changed |= self.try_next_source(index, context, page, start);
            }
        }
        changed
    }

    /// Goes on to the next source of a face. Returns whether the face became usable at once.
    fn try_next_source(
        &mut self,
        index: usize,
        context: &Arc<FontContext>,
        page: &Url,
        start: &mut dyn FnMut(Request),
    ) -> bool {
        let face = &mut self.faces[index];
        while let Some(source) = face.sources.pop() {
            match source {
                FontSource::Local(name) => {
                    let mut set = (*self.set).clone();
                    if set.load_local(face.key, context, &name).is_ok() {
                        self.set = Arc::new(set);
                        face.state = FaceState::Settled;
                        return true;
                    }
                }
                FontSource::Url { url, .. } => {
                    let Some(url) = url.resolved.as_deref().and_then(|url| Url::parse(url).ok()) else {
                        continue;
                    };
                    if let Some(known) = self.files.get(&url) {
                        let mut set = (*self.set).clone();
                        if known.as_ref().is_some_and(|file| set.load(face.key, file).is_ok()) {
                            self.set = Arc::new(set);
                            face.state = FaceState::Settled;
                            return true;
                        }
                        continue;
                    }
                    let initiator = Initiator::new(InitiatorKind::FontFace, page.clone());
                    start(Request::subresource(url.clone(), Destination::Font, initiator));
                    face.state = FaceState::Loading(url);
                    return false;
                }
            }
        }
        face.state = FaceState::Settled;
        let mut set = (*self.set).clone();
        set.fail(face.key);
        self.set = Arc::new(set);
        false
    }

    /// Takes in the files that have come. Returns whether a face became usable.
    pub(crate) fn receive(
        &mut self,
        downloads: &mut Downloads,
        context: &Arc<FontContext>,
        page: &Url,
        sink: &dyn DiagnosticSink,
        started: &mut Vec<Request>,
    ) -> bool {
        let mut changed = false;
        for index in 0..self.faces.len() {
            let FaceState::Loading(url) = &self.faces[index].state else { continue };
            let Some(arrival) = downloads.take(&DownloadKey::new(url, Destination::Font)) else { continue };
            let url = url.clone();
            self.files.insert(url.clone(), arrival.as_ref().ok().map(|response| response.body.clone()));
            let loaded = arrival.map_err(|error| error.to_string()).and_then(|response| {
                let mut set = (*self.set).clone();
                set.load(self.faces[index].key, &response.body)
                    .map(|()| set)
                    .map_err(|error| format!("{url}: {error}"))
            });
            match loaded {
                Ok(set) => {
                    self.set = Arc::new(set);
                    self.faces[index].state = FaceState::Settled;
                    changed = true;
                }
                Err(message) => {
                    sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
                    changed |=
                        self.try_next_source(index, context, page, &mut |request| started.push(request));
                }
            }
        }
        changed
    }

    /// Gives up what is on its way.
    pub(crate) fn give_up(&mut self) {
        for face in &mut self.faces {
            if matches!(face.state, FaceState::Loading(_)) {
                face.state = FaceState::Settled;
            }
        }
    }
}

/// The rule as the text crate takes it.
fn descriptors(rule: &FontFaceRule) -> Option<FontFaceDescriptors> {
    let fraction = |value: Option<NormalOr<fanlight_css::values::number::Percentage>>| match value {
        Some(NormalOr::Value(percentage)) => Some(percentage.0),
        Some(NormalOr::Normal) | None => None,
    };
    let range = |range: Option<fanlight_css::stylesheet::font_face::DescriptorRange>| {
        range.map(|range| range.from..=range.to)
    };
    Some(FontFaceDescriptors {
        weight: range(rule.weight),
        stretch: range(rule.stretch),
        style: rule.style.map(|style| match style {
            FontFaceStyle::Normal => (FontStyle::Normal, FontStyle::Normal),
            FontFaceStyle::Italic => (FontStyle::Italic, FontStyle::Italic),
            FontFaceStyle::Oblique(range) => (FontStyle::Oblique(range.from), FontStyle::Oblique(range.to)),
        }),
        unicode_range: UnicodeRange::new(rule.unicode_ranges.iter().map(|&(from, to)| from..=to)),
        overrides: MetricOverrides {
            ascent: fraction(rule.ascent_override),
            descent: fraction(rule.descent_override),
            line_gap: fraction(rule.line_gap_override),
            size_adjust: rule.size_adjust.unwrap_or(1.0),
        },
        ..FontFaceDescriptors::new(&**rule.family.as_ref()?)
    })
}
