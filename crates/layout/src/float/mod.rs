//! Floats. <https://drafts.csswg.org/css2/#floats>

mod exclusions;

pub use exclusions::{Consulted, ExclusionSpace, FloatSide, Opportunity};
