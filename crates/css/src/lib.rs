//! CSS: text to stylesheets, and declarations to computed values.
//!
//! 1. [`syntax`]: what all parsing shares, errors and writing included.
//! 2. [`values`]: the value types; each parses, writes itself and computes.
//! 3. [`properties`]: the property table, declarations, [`ComputedStyle`] and [`compute_style`], which makes one from the
//!    declarations that apply to an element.
//! 4. [`variables`]: custom properties and `var()`.
//! 5. [`selectors`]: what the `selectors` crate is told of our names, pseudo-classes and pseudo-elements.
//! 6. [`media`]: the device that a page is made for.
//!
//! Which declarations apply to an element is the style crate's business: nothing here knows a document.

pub mod limits;
pub mod syntax;
#[macro_use]
pub mod values;
pub mod media;
pub mod properties;
pub mod selectors;
pub mod variables;

pub use media::Device;
pub use properties::{
    Affects, CascadeLevel, CascadeOrigin, Cascaded, ComputedStyle, CssWideKeyword, Declaration,
    DeclarationBlock, GroupId, LonghandId, PropertyDeclaration, PropertyId, ShorthandId, StyleInput,
    compute_style,
};
pub use syntax::{ParseContext, QuirksMode, ToCss};
pub use values::length::{Length, LengthPercentage};
pub use values::{ComputeContext, FontMetrics, FontMetricsProvider};
