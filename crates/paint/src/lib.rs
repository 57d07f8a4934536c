//! Fragment tree to display list in painting order; hit testing.
//!
//! [`display_list`] holds what painting makes.

pub mod display_list;

pub use display_list::DisplayList;
