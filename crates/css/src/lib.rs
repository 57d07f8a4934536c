//! Text to stylesheets: syntax, selectors, the property table, values, media and feature queries.

pub mod selectors;
