//! Web fonts: a font is fetched when text asks for a face that an `@font-face` rule defines.
//! <https://drafts.csswg.org/css-fonts-4/#font-face-loading>

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_css::stylesheet::font_face::{FontDisplay, FontFaceStyle, FontSource};
use fanlight_css::stylesheet::{FontFaceRule, FontFeatureValuesRule};
use fanlight_css::values::NormalOr;
use fanlight_fetch::{Bytes, Destination, Initiator, InitiatorKind, Request, Url};
use fanlight_layout::{alternate_kind, font_features, font_variations};
use fanlight_style::FontRules;
use fanlight_text::{
    FontContext, FontFaceDescriptors, FontFaceKey, FontFaceSet, FontFeatureValues, FontStyle, Fonts,
    MetricOverrides, UnicodeRange,
};

use super::downloads::{DownloadKey, Downloads};
use super::font_display::{Period, period};

/// The web fonts of a page.
#[derive(Default)]
pub(crate) struct WebFonts {
    /// Whether the page is shown while it loads, so that `font-display` counts.
    shows_progress: bool,
    set: Arc<FontFaceSet>,
    faces: Vec<Face>,
    /// The rules that the set was made of.
    rules: FontRules,
    /// What has come, by URL; nothing for what failed. Later rules may want it again.
    files: BTreeMap<Url, Option<Bytes>>,
    /// Whether text is to be set anew.
    changed: bool,
}

struct Face {
    key: FontFaceKey,
    /// The sources that have not been tried, the best last.
    sources: Vec<FontSource>,
    display: FontDisplay,
    /// When text asked for it first.
    wanted_since: Option<Instant>,
    state: FaceState,
}

enum FaceState {
    /// No text has asked for it.
    Unused,
    /// Its file is on its way.
    Loading(Url, DownloadKey),
    /// It is there, or no source is left.
    Settled,
}

impl WebFonts {
    /// No fonts. A page that is shown while it loads follows `font-display`; one that is not waits for its fonts.
    pub(crate) fn new(shows_progress: bool) -> Self {
        WebFonts { shows_progress, ..WebFonts::default() }
    }

    /// Whether the fonts are others than when this was asked last.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Makes the faces those of these rules, in the order of the cascade.
    pub(crate) fn set_rules(&mut self, rules: FontRules, sink: &dyn DiagnosticSink) {
        if rules == self.rules {
            return;
        }
        let mut set = FontFaceSet::with_feature_values(feature_values(&rules.feature_values));
        self.faces.clear();
        for rule in rules.faces.iter().filter(|rule| rule.defines_font()) {
            let Some(descriptors) = descriptors(rule) else { continue };
            match set.add(descriptors) {
                Ok(key) => {
                    let sources = rule.sources.iter().rev().cloned().collect();
                    let display = rule.display.unwrap_or(FontDisplay::Auto);
                    let begins_hidden = period(display, Duration::ZERO).0 == Period::Block;
                    set.set_hides_text(key, self.shows_progress && begins_hidden);
                    self.faces.push(Face {
                        key,
                        sources,
                        display,
                        wanted_since: None,
                        state: FaceState::Unused,
                    });
                }
                Err(error) => {
                    sink.report(Diagnostic::new(Severity::Warning, Stage::Cssom, error.to_string()));
                }
            }
        }
        self.rules = rules;
        self.set = Arc::new(set);
        self.changed = true;
    }

    /// Whether every font that was asked for has come or failed.
    pub(super) fn are_complete(&self) -> bool {
        !self.faces.iter().any(|face| matches!(face.state, FaceState::Loading(..)))
    }

    /// Whether the page declares any.
    pub(crate) fn are_declared(&self) -> bool {
        !self.faces.is_empty()
    }

    /// The fonts of the page as they are now.
    pub(crate) fn fonts(&self, context: &Arc<FontContext>) -> Fonts {
        Fonts::new(Arc::clone(context), Arc::clone(&self.set))
    }

    /// Starts the fonts that text has asked for.
    pub(crate) fn request_wanted(
        &mut self,
        context: &Arc<FontContext>,
        page: &Url,
        start: &mut dyn FnMut(Request),
    ) {
        for key in self.set.wanted() {
            let Some(index) = self.faces.iter().position(|face| face.key == key) else { continue };
            if matches!(self.faces[index].state, FaceState::Unused) {
                self.faces[index].wanted_since = Some(Instant::now());
                self.try_next_source(index, context, page, start);
            }
        }
    }

    /// Goes on to the next source of a face.
    fn try_next_source(
        &mut self,
        index: usize,
        context: &Arc<FontContext>,
        page: &Url,
        start: &mut dyn FnMut(Request),
    ) {
        let face = &mut self.faces[index];
        while let Some(source) = face.sources.pop() {
            let usable = match source {
                FontSource::Local(name) => {
                    Arc::make_mut(&mut self.set).load_local(face.key, context, &name).is_ok()
                }
                FontSource::Url { url, .. } => {
                    let Some(url) = url.resolved.as_deref().and_then(|url| Url::parse(url).ok()) else {
                        continue;
                    };
                    let Some(known) = self.files.get(&url) else {
                        let initiator = Initiator::new(InitiatorKind::FontFace, page.clone());
                        let request = Request::subresource(url.clone(), Destination::Font, initiator);
                        face.state = FaceState::Loading(url, DownloadKey::of(&request));
                        start(request);
                        return;
                    };
                    let set = Arc::make_mut(&mut self.set);
                    known.as_ref().is_some_and(|file| set.load(face.key, file).is_ok())
                }
            };
            if usable {
                face.state = FaceState::Settled;
                self.changed = true;
                return;
            }
        }
        face.state = FaceState::Settled;
        Arc::make_mut(&mut self.set).fail(face.key);
        self.changed = true;
    }

    /// Takes in the files that have come.
    pub(crate) fn receive(
        &mut self,
        downloads: &mut Downloads,
        context: &Arc<FontContext>,
        page: &Url,
        sink: &dyn DiagnosticSink,
        started: &mut Vec<Request>,
    ) {
        for index in 0..self.faces.len() {
            let FaceState::Loading(url, key) = &self.faces[index].state else { continue };
            let url = url.clone();
            let body = match downloads.take(key) {
                Some(arrival) => {
                    let body =
                        arrival.map(|response| response.body.clone()).map_err(|error| error.to_string());
                    self.files.insert(url.clone(), body.as_ref().ok().cloned());
                    body
                }
                // It has come for another face that is made of the same file.
                None => match self.files.get(&url) {
                    Some(Some(body)) => Ok(body.clone()),
                    Some(None) => Err(format!("{url} could not be loaded for another font face either")),
                    None => continue,
                },
            };
            let loaded = body.and_then(|body| {
                let set = Arc::make_mut(&mut self.set);
                set.load(self.faces[index].key, &body).map_err(|error| format!("{url}: {error}"))
            });
            match loaded {
                Ok(()) => {
                    self.faces[index].state = FaceState::Settled;
                    self.changed = true;
                }
                Err(message) => {
                    sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
                    self.try_next_source(index, context, page, &mut |request| started.push(request));
                }
            }
        }
    }

    /// Lets the time that has gone by tell on the text that waits, as `font-display` says. Returns when to look again.
    pub(crate) fn pass_time(&mut self, now: Instant) -> Option<Instant> {
        if !self.shows_progress {
            return None;
        }
        let mut next: Option<Instant> = None;
        for face in &mut self.faces {
            let (FaceState::Loading(..), Some(since)) = (&face.state, face.wanted_since) else { continue };
            let (period, rest) = period(face.display, now.saturating_duration_since(since));
            next = next.into_iter().chain(rest.map(|rest| now + rest)).min();
            match period {
                Period::Block => {}
                Period::Swap => {
                    self.changed |= Arc::make_mut(&mut self.set).set_hides_text(face.key, false);
                }
                Period::Failure => {
                    face.state = FaceState::Settled;
                    Arc::make_mut(&mut self.set).fail(face.key);
                    self.changed = true;
                }
            }
        }
        next
    }

    /// Gives up what is on its way. Text that waited for it is seen.
    pub(crate) fn give_up(&mut self) {
        for face in &mut self.faces {
            if matches!(face.state, FaceState::Loading(..)) {
                face.state = FaceState::Settled;
                self.changed |= Arc::make_mut(&mut self.set).set_hides_text(face.key, false);
            }
        }
    }
}

/// The names of features as the text crate takes them.
fn feature_values(rules: &[Arc<FontFeatureValuesRule>]) -> FontFeatureValues {
    let mut values = FontFeatureValues::default();
    for rule in rules {
        for family in &rule.families {
            for value in &rule.values {
                values.define(family, alternate_kind(value.kind), &value.name, &value.values);
            }
        }
    }
    values
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
        features: rule.feature_settings.as_ref().map_or_else(Default::default, font_features),
        variations: rule.variation_settings.as_ref().map_or_else(Default::default, font_variations),
        ..FontFaceDescriptors::new(&**rule.family.as_ref()?)
    })
}
