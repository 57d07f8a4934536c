//! Questions about where elements are. <https://drafts.csswg.org/cssom-view-1/>

mod boxes;
mod containers;
mod elements;

pub use boxes::boxes_json;
pub use containers::content_box_sizes;
pub use elements::{ElementBox, ElementBoxes, TextLine};
