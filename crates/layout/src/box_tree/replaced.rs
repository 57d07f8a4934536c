//! Boxes whose content is not CSS boxes.

use fanlight_image::{Image, IntrinsicSize};

/// What replaced content is. <https://drafts.csswg.org/css-display-4/#replaced-element>
#[derive(Clone, Debug, PartialEq)]
pub enum ReplacedKind {
    /// An image that is there, or one that is still on its way.
    Image(Option<Image>),
    /// What the page hands in for the node when painting: inline SVG, a canvas, a frame, a video.
    Embedded,
    /// A form control that draws itself.
    Control(ControlKind),
}

/// A form control whose look is drawn and not built of boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ControlKind {
    /// `<input type=checkbox>`
    Checkbox {
        /// Its checkedness.
        checked: bool,
        /// Whether it shows neither, as scripts can say.
        indeterminate: bool,
    },
    /// `<input type=radio>`
    Radio {
        /// Its checkedness.
        checked: bool,
    },
    /// `<input type=range>`: how far the thumb is along the track, 0 to 1.
    Range(f32),
    /// `<progress>`: how much is done, 0 to 1; nothing when that is not known.
    Progress(Option<f32>),
    /// `<meter>`: how full it is, 0 to 1.
    Meter(f32),
    /// `<input type=color>`
    Color,
}

/// Replaced content and its natural dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    /// What it is.
    pub kind: ReplacedKind,
    /// What it brings with it, in CSS px.
    pub natural: IntrinsicSize,
}
