//! The pages that requests belong to, and their moments.

use url::Url;

/// Names a page of one log, also when the log is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub(super) u64);

/// A page whose loading is in the log.
#[derive(Clone, Debug)]
pub struct PageEntry {
    /// Which page this is.
    pub id: PageId,
    /// The address that was asked for.
    pub url: Url,
    /// When it was asked for, in ms since the log began.
    pub started: f64,
    /// Its title, once it is known.
    pub title: Option<String>,
    /// When its moments came, in ms since it was asked for.
    pub moments: Moments,
}

/// When a page reached its moments, in ms since it was asked for; nothing for what has not come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// See [`PageMoment::FirstPaint`].
    pub first_paint: Option<f64>,
    /// See [`PageMoment::DomContentLoaded`].
    pub dom_content_loaded: Option<f64>,
    /// See [`PageMoment::Load`].
    pub load: Option<f64>,
}

/// A moment in a page's loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMoment {
    /// It may be painted for the first time: there is something to show, and nothing blocks rendering any more.
    /// <https://html.spec.whatwg.org/multipage/dom.html#render-blocked>
    FirstPaint,
    /// The document is whole.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#the-end>
    DomContentLoaded,
    /// All that it refers to has come or failed.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#completely-finish-loading>
    Load,
}

impl PageEntry {
    /// Notes a moment, unless it was noted before.
    pub(super) fn reach(&mut self, moment: PageMoment, at: f64) {
        let place = match moment {
            PageMoment::FirstPaint => &mut self.moments.first_paint,
            PageMoment::DomContentLoaded => &mut self.moments.dom_content_loaded,
            PageMoment::Load => &mut self.moments.load,
        };
        place.get_or_insert(at);
    }
}
