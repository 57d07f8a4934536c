//! Boxes whose content is not CSS boxes.

use fanlight_image::{Image, IntrinsicSize};

/// What replaced content is. <https://drafts.csswg.org/css-display-4/#replaced-element>
#[derive(Clone, Debug, PartialEq)]
pub enum ReplacedKind {
    /// An image that is there, or one that is still on its way.
    Image(Option<Image>),
    /// What the page hands in for the node when painting: inline SVG, a canvas, a frame, a video.
    Embedded,
    /// The icon of an image that did not come.
    BrokenImage,
    /// The triangle before a summary. <https://drafts.csswg.org/css-counter-styles-3/#disclosure-closed>
    Disclosure {
        /// Whether what it stands for is shown.
        is_open: bool,
    },
}

/// Replaced content and its natural dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    /// What it is.
    pub kind: ReplacedKind,
    /// What it brings with it, in CSS px.
    pub natural: IntrinsicSize,
}
