//! Style sheets: text to rules.
//! <https://drafts.csswg.org/cssom/#css-style-sheets>
//!
//! 1. [`Stylesheet::parse`] makes an immutable sheet of [`rules`]; what is dropped is told to a sink ([`report`]).
//! 2. [`sheets`] puts the sheets of a document in order, with those that they import.
//! 3. [`serialize`] writes rules as CSSOM says, [`dump`] shows them with specificity and place.
//!
//! Rules with a grammar of their own have a module each: [`font_face`], [`font_feature_values`], [`keyframes`], [`page`], [`counter_style`],
//! [`property`].

pub mod counter_style;
mod declarations;
mod descriptors;
pub mod dump;
pub mod font_face;
pub mod font_feature_values;
pub mod keyframes;
pub mod page;
mod parser;
pub mod property;
pub mod report;
pub mod rules;
pub mod serialize;
pub mod sheets;

#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use fanlight_base::DiagnosticSink;
use url::Url;

pub use counter_style::CounterStyleRule;
pub use declarations::parse_style_attribute;
pub use font_face::FontFaceRule;
pub use font_feature_values::FontFeatureValuesRule;
pub use keyframes::{Keyframe, KeyframesRule};
pub use page::PageRule;
pub use property::PropertyRule;
pub use rules::{
    ContainerRule, ImportLayer, ImportRule, LayerBlockRule, LayerName, LayerStatementRule, MediaRule,
    NamespaceRule, NestedDeclarationsRule, Rule, ScopeRule, StyleRule, SupportsRule,
};
pub use sheets::{SheetList, SheetWithImports};

use crate::media::MediaList;
use crate::properties::{CascadeOrigin, SourcePosition};
use crate::selectors::Namespaces;
use crate::syntax::QuirksMode;

/// Whose style sheet it is.
/// <https://drafts.csswg.org/css-cascade-5/#cascading-origins>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// This engine's.
    UserAgent,
    /// The user's.
    User,
    /// The page's.
    Author,
}

impl Origin {
    /// The word in dumps.
    pub const fn name(self) -> &'static str {
        match self {
            Origin::UserAgent => "user-agent",
            Origin::User => "user",
            Origin::Author => "author",
        }
    }
}

impl From<Origin> for CascadeOrigin {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::UserAgent => CascadeOrigin::UserAgent,
            Origin::User => CascadeOrigin::User,
            Origin::Author => CascadeOrigin::Author,
        }
    }
}

/// What a sheet's text does not say.
#[derive(Clone, Debug)]
pub struct ParseOptions {
    /// Where the text comes from: the URL of the sheet, or of the document that it is in.
    pub url: Arc<str>,
    /// What URLs in the text are relative to.
    pub base_url: Option<Arc<Url>>,
    /// Whose sheet it is.
    pub origin: Origin,
    /// The media queries of the owner: of a `media` attribute.
    pub media: MediaList,
    /// The mode of the document.
    pub quirks: QuirksMode,
    /// Where the text begins in its source, for a sheet inside of a document.
    pub start: SourcePosition,
}

impl ParseOptions {
    /// For a sheet of its own. URLs in it are relative to it.
    pub fn new(url: impl Into<Arc<str>>, origin: Origin) -> Self {
        let url = url.into();
        ParseOptions {
            base_url: Url::parse(&url).ok().map(Arc::new),
            url,
            origin,
            media: MediaList::default(),
            quirks: QuirksMode::NoQuirks,
            start: SourcePosition { line: 1, column: 1 },
        }
    }
}

/// A style sheet. It does not change; a copy shares the rules.
#[derive(Clone, Debug)]
pub struct Stylesheet {
    /// Whose sheet it is.
    pub origin: Origin,
    /// Where its text comes from.
    pub url: Arc<str>,
    /// The media queries of the owner.
    pub media: MediaList,
    /// The mode of the document.
    pub quirks: QuirksMode,
    /// The namespaces that it declares.
    pub namespaces: Arc<Namespaces>,
    /// The rules.
    pub rules: Arc<[Rule]>,
}

impl Stylesheet {
    /// Parses a sheet. What is malformed or not known is dropped, and told to `sink`.
    /// <https://drafts.csswg.org/css-syntax-3/#parse-stylesheet>
    pub fn parse(text: &str, options: &ParseOptions, sink: &dyn DiagnosticSink) -> Stylesheet {
        let (rules, namespaces) = parser::parse(text, options, sink);
        Stylesheet {
            origin: options.origin,
            url: options.url.clone(),
            media: options.media.clone(),
            quirks: options.quirks,
            namespaces: Arc::new(namespaces),
            rules: rules.into(),
        }
    }

    /// The same sheet with other media queries of its owner.
    #[must_use]
    pub fn with_media(&self, media: MediaList) -> Stylesheet {
        Stylesheet { media, ..self.clone() }
    }

    /// What it imports, in order. They stand before all other rules but `@layer` statements.
    pub fn imports(&self) -> impl Iterator<Item = &ImportRule> {
        self.rules
            .iter()
            .take_while(|rule| matches!(rule, Rule::Import(_) | Rule::LayerStatement(_)))
            .filter_map(|rule| match rule {
                Rule::Import(import) => Some(import),
                _ => None,
            })
    }
}
