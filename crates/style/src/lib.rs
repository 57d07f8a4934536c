//! Document and style sheets to computed styles.
//!
//! 1. [`style_set`]: the sheets, the user agent's among them, are made ready for matching once (`rules`).
//! 2. [`resolve`]: walks the document; for each element
//!    1. `matching` finds the rules that match, with the help of `signature`s,
//!    2. `presentational` adds what attributes stand for,
//!    3. `compute` makes a style of it, once for all elements for which the answer is the same.
//! 3. [`containers`]: which elements container queries ask, with sizes that layout hands back.
//! 4. After a change of the document, `invalidation` marks what it can affect, and only that is walked.
//! 5. The artefact is the [`StyleMap`]; [`dump`] shows it, `why` explains it.
//!
//! What pseudo-classes mean is in `states`. Nothing here parses CSS or computes a property: that is the css crate's.

pub(crate) mod animation;
pub mod changes;
pub(crate) mod compute;
pub mod containers;
pub mod dump;
pub mod element;
pub(crate) mod invalidation;
pub mod limits;
pub(crate) mod matching;
pub(crate) mod parsed_attributes;
pub(crate) mod presentational;
pub(crate) mod pseudo_class;
pub(crate) mod pseudo_elements;
pub mod query;
pub mod resolve;
pub(crate) mod rules;
pub(crate) mod signature;
pub(crate) mod states;
pub mod style_map;
pub mod style_set;
pub(crate) mod user_agent;
pub mod why;

pub use changes::StyleChanges;
pub use containers::ContainerSizes;
pub use dump::{StyleDump, StyleDumpOptions};
pub use presentational::{FrameMargins, is_svg_presentation_attribute};
pub use query::{InvalidSelector, query_selector};
pub use resolve::{Previous, Resolved, resolve};
pub use rules::fonts::FontRules;
pub use style_map::{FirstLinePart, StyleMap};
pub use style_set::{AttributeFilter, DocumentSheet, StyleSet};
pub use why::{Winner, winners};

#[cfg(test)]
mod test_support;
