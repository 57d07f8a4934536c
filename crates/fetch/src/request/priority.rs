//! How soon a response is needed.

use super::Destination;

/// How soon a response is needed; greater is sooner. The levels are Chromium's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Guesses: prefetch.
    VeryLow,
    /// Images out of view, scripts that may run any time.
    Low,
    /// Scripts after the first image, images that are probably in view.
    Medium,
    /// Blocking scripts, images in view, `fetch()`.
    High,
    /// What the first paint waits for: documents, stylesheets, fonts.
    VeryHigh,
}

impl Priority {
    /// Every priority, lowest first.
    pub const ALL: [Priority; 5] =
        [Priority::VeryLow, Priority::Low, Priority::Medium, Priority::High, Priority::VeryHigh];

    /// Where a destination starts, before its place in the page is known.
    pub const fn for_destination(destination: Destination) -> Self {
        match destination {
            Destination::Document
            | Destination::Embed
            | Destination::Frame
            | Destination::Iframe
            | Destination::Object
            | Destination::Style
            | Destination::Font => Priority::VeryHigh,
            Destination::Script | Destination::Worker | Destination::Json | Destination::Empty => {
                Priority::High
            }
            Destination::Manifest => Priority::Medium,
            Destination::Report => Priority::VeryLow,
            Destination::Image | Destination::Audio | Destination::Video | Destination::Track => {
                Priority::Low
            }
        }
    }

    /// The word in dumps.
    pub const fn name(self) -> &'static str {
        match self {
            Priority::VeryLow => "very-low",
            Priority::Low => "low",
            Priority::Medium => "medium",
            Priority::High => "high",
            Priority::VeryHigh => "very-high",
        }
    }
}
