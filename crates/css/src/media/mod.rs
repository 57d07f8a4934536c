//! Media queries: what a style sheet asks of the output.
//! <https://drafts.csswg.org/mediaqueries-5/>
//!
//! - [`device`]: the output and its user's preferences.
//! - [`features`]: the table of media features.
//! - [`range`]: features whose values are ordered, and the ways to compare them.
//! - [`query`]: queries and lists of them: parsing, writing, evaluating.
//! - [`sizes`]: how wide an image will be drawn.

pub mod device;
pub mod features;
pub mod query;
pub mod range;
pub mod sizes;

#[cfg(test)]
mod tests;

use crate::properties::ComputedStyle;
use crate::syntax::QuirksMode;
use crate::values::compute::ContainerSize;
use crate::values::{ComputeContext, MissingMetrics};

pub use device::{ColorGamut, ColorScheme, Contrast, Device, DeviceKind, PointerAccuracy, Scripting};
pub use features::MediaFeature;
pub use query::{MediaList, MediaQuery, MediaType, Qualifier};
pub use sizes::source_size;

/// What the values in queries are computed for: no element, so that relative lengths are relative to initial values.
/// <https://drafts.csswg.org/mediaqueries-5/#units>
pub fn initial_context(device: &Device) -> ComputeContext<'_> {
    let font = ComputedStyle::initial().font.clone();
    let size = font.font_size.px();
    ComputeContext {
        device,
        fonts: &MissingMetrics,
        parent: None,
        quirks: QuirksMode::NoQuirks,
        font_size: size,
        line_height_font: font.clone(),
        root_font_size: size,
        root_line_height_font: font.clone(),
        root_font: font.clone(),
        font,
        container: ContainerSize { width: None, height: None },
        vertical_writing: false,
        dark: device.prefers_dark(),
    }
}
