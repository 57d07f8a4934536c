//! CSS: text to stylesheets, and declarations to computed values.
//!
//! 1. [`syntax`]: what all parsing shares, errors and writing included.
//! 2. [`values`]: the value types; each parses, writes itself and computes.
//! 3. [`properties`]: the property table, declarations, [`ComputedStyle`] and [`compute_style`], which makes one from the
//!    declarations that apply to an element.
//! 4. [`variables`]: custom properties and `var()`.
//! 5. [`selectors`]: what the `selectors` crate is told of our names, pseudo-classes and pseudo-elements.
//! 6. [`condition`]: `and`, `or`, `not`, as [`media`] queries, feature queries ([`supports`]) and [`container`] queries have
//!    them. [`media`] also has the device that a page is made for.
//! 7. [`stylesheet`]: text to rules, rules to text, and the sheets of a document in order.
//! 8. [`counter_styles`]: what `@counter-style` rules, and the predefined styles, make of numbers.
//!
//! Which declarations apply to an element is the style crate's business: nothing here knows a document.

pub mod limits;
pub mod syntax;
#[macro_use]
pub mod values;
pub mod condition;
pub mod container;
pub mod counter_styles;
pub mod media;
pub mod properties;
pub mod selectors;
pub mod stylesheet;
pub mod supports;
pub mod variables;

pub use media::Device;
pub use properties::{
    Affects, CascadeLevel, CascadeOrigin, Cascaded, ComputedStyle, CssWideKeyword, Declaration,
    DeclarationBlock, GroupId, LonghandId, PropertyDeclaration, PropertyId, ShorthandId, StyleInput,
    compute_style,
};
pub use stylesheet::{
    Origin, ParseOptions, Rule, SheetList, SheetWithImports, Stylesheet, parse_style_attribute,
};
pub use syntax::{ParseContext, QuirksMode, ToCss};
pub use values::length::{Length, LengthPercentage};
pub use values::{ComputeContext, FontMetrics, FontMetricsProvider};
