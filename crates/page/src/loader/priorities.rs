//! How soon what a page asks for is needed, as Chromium decides it.
//! <https://web.dev/articles/fetch-priority>

use fanlight_fetch::{Destination, Priority, Request};

/// How many images, the first of the document, are presumed to be in view before layout tells.
const PRESUMED_IN_VIEW: usize = 5;
/// An image of no more CSS px than this is not presumed to matter.
const SMALL_IMAGE_AREA: f32 = 10_000.0;

/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fetch-priority-attributes>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FetchPriority {
    /// Nothing is said.
    #[default]
    Auto,
    /// Sooner than others of the kind.
    High,
    /// Later than others of the kind.
    Low,
}

/// How it was found that something is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Discovery {
    /// An element or a style asks for it.
    #[default]
    Use,
    /// The scan ahead of the parser has seen it.
    ScanAhead,
    /// A link says that it will be needed.
    Preload,
}

/// How a script stands in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ScriptPlace {
    /// The parser waits for it.
    #[default]
    Blocking,
    /// A classic script that nothing waits for: `async` or `defer`.
    Background,
    /// A module.
    Module,
}

/// What of the place of something in the page tells how soon it is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Place {
    /// What the author says.
    pub(crate) hint: FetchPriority,
    /// How it was found.
    pub(crate) discovery: Discovery,
    /// Whether it is a sheet for other media than those there are.
    pub(crate) is_for_other_media: bool,
    /// Width and height that the markup says, in CSS px.
    pub(crate) dimensions: [Option<f32>; 2],
    /// Of a script, how it stands in the page.
    pub(crate) script: ScriptPlace,
}

/// What has been asked for so far, as far as it tells on what comes later.
#[derive(Debug, Default)]
pub(crate) struct Priorities {
    has_image: bool,
    presumed_in_view: usize,
}

impl Priorities {
    /// The priority of a request that is made for the first time.
    pub(crate) fn assign(&mut self, request: &Request, place: &Place) -> Priority {
        let is_image = request.destination == Destination::Image;
        let was_after_image = self.has_image;
        self.has_image |= is_image && place.discovery != Discovery::Preload;
        let priority = of(request, place, was_after_image);
        if !is_image
            || place.discovery == Discovery::Preload
            || is_small(place.dimensions)
            || self.presumed_in_view >= PRESUMED_IN_VIEW
        {
            return priority;
        }
        self.presumed_in_view += 1;
        if place.hint == FetchPriority::Auto { priority.max(Priority::Medium) } else { priority }
    }

    /// The priority of a request that has been made before and turns out to be needed here too.
    pub(crate) fn assign_again(&self, request: &Request, place: &Place) -> Priority {
        of(request, place, self.has_image)
    }
}

fn of(request: &Request, place: &Place, is_after_image: bool) -> Priority {
    let is_style = request.destination == Destination::Style;
    let is_script = request.destination == Destination::Script;
    let is_late = place.discovery == Discovery::ScanAhead && is_after_image && !request.render_blocking;
    let priority = if is_style && place.is_for_other_media {
        Priority::VeryLow
    } else if is_script && place.script == ScriptPlace::Background {
        Priority::Low
    } else if is_late && (is_style || is_script && place.script == ScriptPlace::Blocking) {
        // A sheet or script at the end of the document; when the parser comes to it before it is there, it is raised.
        Priority::Medium
    } else if request.destination == Destination::Font && place.discovery == Discovery::Preload {
        // Not before the sheets that say whether it is wanted.
        Priority::High
    } else {
        Priority::for_destination(request.destination)
    };
    let hinted = match place.hint {
        FetchPriority::Auto => priority,
        FetchPriority::High => priority.max(Priority::High),
        // Sheets are put in order without being put behind everything.
        FetchPriority::Low if is_style && priority == Priority::VeryHigh => Priority::High,
        FetchPriority::Low => priority.min(Priority::Low),
    };
    if request.render_blocking { hinted.max(Priority::High) } else { hinted }
}

fn is_small([width, height]: [Option<f32>; 2]) -> bool {
    match (width, height) {
        (Some(width), Some(height)) => width * height <= SMALL_IMAGE_AREA,
        (Some(side), None) | (None, Some(side)) => side == 0.0,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use fanlight_fetch::{Initiator, Url};

    use super::*;

    fn request(destination: Destination) -> Request {
        Request::subresource(Url::parse("http://a/x").unwrap(), destination, Initiator::navigation())
    }

    fn assigned(destination: Destination, place: Place) -> Priority {
        Priorities::default().assign(&request(destination), &place)
    }

    #[test]
    fn the_first_large_images_are_presumed_to_be_in_view() {
        let mut priorities = Priorities::default();
        let mut image = |dimensions| {
            let place = Place { dimensions, ..Place::default() };
            priorities.assign(&request(Destination::Image), &place)
        };
        assert_eq!(image([Some(100.0), Some(100.0)]), Priority::Low);
        assert_eq!(image([None, Some(0.0)]), Priority::Low);
        for _ in 0..5 {
            assert_eq!(image([None, Some(20.0)]), Priority::Medium);
        }
        assert_eq!(image([Some(900.0), Some(900.0)]), Priority::Low);
    }

    #[test]
    fn sheets_come_first_but_for_those_that_nothing_waits_for() {
        let style = |place| assigned(Destination::Style, place);
        assert_eq!(style(Place::default()), Priority::VeryHigh);
        assert_eq!(style(Place { is_for_other_media: true, ..Place::default() }), Priority::VeryLow);
        assert_eq!(style(Place { hint: FetchPriority::Low, ..Place::default() }), Priority::High);
        let mut priorities = Priorities::default();
        let ahead = Place { discovery: Discovery::ScanAhead, ..Place::default() };
        assert_eq!(priorities.assign(&request(Destination::Style), &ahead), Priority::VeryHigh);
        priorities.assign(&request(Destination::Image), &Place::default());
        assert_eq!(priorities.assign(&request(Destination::Style), &ahead), Priority::Medium);
        let used = priorities.assign_again(&request(Destination::Style), &Place::default());
        assert_eq!(used, Priority::VeryHigh);
        let blocking = Request { render_blocking: true, ..request(Destination::Style) };
        let low = Place { is_for_other_media: true, ..Place::default() };
        assert_eq!(priorities.assign(&blocking, &low), Priority::High);
    }

    #[test]
    fn scripts_are_as_urgent_as_the_parser_waits_for_them() {
        let script = |script| Place { script, ..Place::default() };
        let of = |place| assigned(Destination::Script, place);
        assert_eq!(of(script(ScriptPlace::Blocking)), Priority::High);
        assert_eq!(of(script(ScriptPlace::Background)), Priority::Low);
        assert_eq!(of(script(ScriptPlace::Module)), Priority::High);
        let hinted = |place, hint| of(Place { hint, ..script(place) });
        assert_eq!(hinted(ScriptPlace::Background, FetchPriority::High), Priority::High);
        assert_eq!(hinted(ScriptPlace::Module, FetchPriority::Low), Priority::Low);
        let mut priorities = Priorities::default();
        priorities.assign(&request(Destination::Image), &Place::default());
        let mut late = |place| {
            let place = Place { discovery: Discovery::ScanAhead, ..script(place) };
            priorities.assign(&request(Destination::Script), &place)
        };
        assert_eq!(late(ScriptPlace::Blocking), Priority::Medium);
        assert_eq!(late(ScriptPlace::Background), Priority::Low);
        assert_eq!(late(ScriptPlace::Module), Priority::High);
    }

    #[test]
    fn authors_have_a_say() {
        let hinted = |destination, hint| assigned(destination, Place { hint, ..Place::default() });
        assert_eq!(hinted(Destination::Image, FetchPriority::High), Priority::High);
        assert_eq!(hinted(Destination::Image, FetchPriority::Low), Priority::Low);
        assert_eq!(hinted(Destination::Font, FetchPriority::Low), Priority::Low);
        assert_eq!(hinted(Destination::Font, FetchPriority::High), Priority::VeryHigh);
    }

    #[test]
    fn what_a_link_preloads_is_no_sooner_than_what_is_in_use() {
        let preload = Place { discovery: Discovery::Preload, ..Place::default() };
        assert_eq!(assigned(Destination::Font, preload), Priority::High);
        assert_eq!(assigned(Destination::Font, Place::default()), Priority::VeryHigh);
        assert_eq!(assigned(Destination::Image, preload), Priority::Low);
        assert_eq!(assigned(Destination::Style, preload), Priority::VeryHigh);
    }
}
