//! What a value may need to know of the place it is parsed in.

use std::sync::Arc;

use url::Url;

/// Whether the document is in quirks mode, as far as CSS asks.
/// <https://quirks.spec.whatwg.org/#css>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuirksMode {
    /// No-quirks mode and limited-quirks mode.
    #[default]
    NoQuirks,
    /// Quirks mode.
    Quirks,
}

/// The context of a parse.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseContext<'a> {
    /// What relative URLs are resolved against.
    pub base_url: Option<&'a Arc<Url>>,
    /// The mode of the document.
    pub quirks: QuirksMode,
    /// Whether the property being parsed takes unitless lengths and colours without `#` now.
    pub quirky_values: bool,
}

impl<'a> ParseContext<'a> {
    /// A context for text that comes from `base_url`.
    pub fn new(base_url: Option<&'a Arc<Url>>, quirks: QuirksMode) -> Self {
        ParseContext { base_url, quirks, quirky_values: false }
    }

    /// The same context for a property that has (or has not) the quirks of unitless lengths or hashless colours.
    #[must_use]
    pub fn for_property(self, has_quirk: bool) -> Self {
        ParseContext { quirky_values: has_quirk && self.quirks == QuirksMode::Quirks, ..self }
    }
}
