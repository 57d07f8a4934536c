//! Questions about where elements are. <https://drafts.csswg.org/cssom-view-1/>

mod boxes;
mod containers;
mod elements;
mod proximity;

pub use boxes::boxes_json;
pub use containers::content_box_sizes;
pub use elements::{ElementBox, ElementBoxes, TextLine};
pub use proximity::{Proximity, Scrolled, proximity};
