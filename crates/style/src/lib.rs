//! Document and stylesheets to computed styles.

pub(crate) mod animation;
pub mod changes;
pub(crate) mod compute;
pub mod dump;
pub mod element;
pub(crate) mod invalidation;
pub mod limits;
pub(crate) mod matching;
pub(crate) mod parsed_attributes;
pub(crate) mod presentational;
pub(crate) mod pseudo_class;
pub mod resolve;
pub(crate) mod rules;
pub(crate) mod signature;
pub(crate) mod states;
pub mod style_map;
pub mod style_set;
pub(crate) mod why;

#[cfg(test)]
mod test_support;
