//! The measures of fonts that style sheets refer to.

use fanlight_css::properties::Font;
use fanlight_css::values::{FontMetrics, FontMetricsProvider};
use fanlight_layout::font_description;
use fanlight_text::Fonts;

/// The fonts of a page as style sheets see them.
pub(crate) struct PageFontMetrics<'a>(pub(crate) &'a Fonts);

impl FontMetricsProvider for PageFontMetrics<'_> {
    fn metrics(&self, font: &Font) -> FontMetrics {
        let stack = self.0.stack(&font_description(font));
        let metrics = stack.metrics();
        FontMetrics {
            x_height: metrics.x_height,
            cap_height: metrics.cap_height,
            zero_advance: metrics.zero_advance,
            ideographic_advance: metrics.ideographic_advance,
            normal_line_height: metrics.line_spacing,
        }
    }
}
