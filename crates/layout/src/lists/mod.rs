//! Counters as text.

pub(crate) mod counter_styles;
