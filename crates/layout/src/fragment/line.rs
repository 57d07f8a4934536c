//! The fragment of a line.

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutRect, LayoutSize};

use super::{FragmentLink, StyleKey};

/// A line box. <https://drafts.csswg.org/css2/#line-box>
#[derive(Clone, Debug)]
pub struct LineFragment {
    /// The block container whose line it is.
    pub style: StyleKey,
    /// As long as the content, without hanging blanks; as high as the line box.
    pub size: LayoutSize,
    /// The alphabetic baseline, from the line's block-start edge.
    pub baseline: LayoutUnit,
    /// Text, inline boxes and atomic boxes, in visual order; floats and positioned boxes are the block container's.
    pub children: Box<[FragmentLink]>,
    /// The line box and all that sticks out of it, from its corner.
    pub scrollable_overflow: LayoutRect,
}
