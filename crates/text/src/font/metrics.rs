//! What a font says about the size of a line.

use skrifa::GlyphId;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::raw::TableProvider;

use super::face::Face;

/// The metrics of a font at its size, in CSS px, y upwards from the baseline.
/// <https://drafts.csswg.org/css-inline-3/#baseline-intro>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontMetrics {
    /// Height above the baseline; a whole number, as Chromium rounds it.
    pub ascent: f32,
    /// Depth below the baseline, positive; a whole number, as Chromium rounds it.
    pub descent: f32,
    /// Space between lines that the font asks for.
    pub line_gap: f32,
    /// Height of `line-height: normal`: ascent, descent and line gap, each rounded.
    pub line_spacing: f32,
    /// Height of a lower-case x (`ex`).
    pub x_height: f32,
    /// Height of capitals (`cap`).
    pub cap_height: f32,
    /// Advance of the digit zero (`ch`).
    pub zero_advance: f32,
    /// Advance of 水 (`ic`).
    pub ideographic_advance: f32,
    /// Advance of a space.
    pub space_advance: f32,
    /// Top of the underline relative to the baseline, negative below it; `None` where the font has none.
    pub underline_position: Option<f32>,
    /// Thickness of the underline; `None` where the font has none.
    pub underline_thickness: Option<f32>,
    /// Top of the line through the text above the baseline; `None` where the font has none.
    pub strikeout_position: Option<f32>,
    /// Thickness of the line through the text; `None` where the font has none.
    pub strikeout_thickness: Option<f32>,
    /// Units of the font's design to one em.
    pub units_per_em: u16,
}

/// What `@font-face` overrides, as ratios of the font size.
/// <https://drafts.csswg.org/css-fonts-5/#font-metrics-override-desc>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricOverrides {
    /// `ascent-override`
    pub ascent: Option<f32>,
    /// `descent-override`
    pub descent: Option<f32>,
    /// `line-gap-override`
    pub line_gap: Option<f32>,
    /// `size-adjust`: what the font size is multiplied by.
    pub size_adjust: f32,
}

impl Default for MetricOverrides {
    fn default() -> Self {
        MetricOverrides { ascent: None, descent: None, line_gap: None, size_adjust: 1.0 }
    }
}

impl FontMetrics {
    /// The metrics of `face` at `size` CSS px (already adjusted).
    pub(crate) fn new(face: &Face, size: f32, location: LocationRef<'_>) -> Self {
        let font = face.font_ref();
        let ppem = Size::new(size);
        let metrics = Metrics::new(&font, ppem, location);
        let glyphs = GlyphMetrics::new(&font, ppem, location);
        let advance =
            |character| face.glyph(character).and_then(|glyph| glyphs.advance_width(GlyphId::from(glyph)));
        let height = |character| {
            let glyph = face.glyph(character)?;
            Some(glyphs.bounds(GlyphId::from(glyph))?.y_max).filter(|&height| height > 0.0)
        };

        let overrides = &face.overrides;
        let unrounded_ascent = overrides.ascent.map_or(metrics.ascent, |ratio| ratio * size);
        let unrounded_descent = overrides.descent.map_or(-metrics.descent, |ratio| ratio * size);
        let line_gap = overrides.line_gap.map_or(metrics.leading, |ratio| ratio * size);
        let (ascent, descent) = round_ascent_and_descent(unrounded_ascent, unrounded_descent);

        let x_height =
            metrics.x_height.filter(|&height| height > 0.0).or_else(|| height('x')).unwrap_or(ascent * 0.56);
        let cap_height =
            metrics.cap_height.filter(|&height| height > 0.0).or_else(|| height('H')).unwrap_or(ascent);
        FontMetrics {
            ascent,
            descent,
            line_gap,
            line_spacing: ascent.round() + descent.round() + line_gap.round(),
            x_height,
            cap_height,
            zero_advance: advance('0').unwrap_or(size / 2.0),
            ideographic_advance: advance('水').unwrap_or(size),
            space_advance: advance(' ').unwrap_or(0.0),
            underline_position: metrics.underline.map(|line| line.offset),
            underline_thickness: metrics.underline.map(|line| line.thickness),
            strikeout_position: metrics.strikeout.map(|line| line.offset),
            strikeout_thickness: metrics.strikeout.map(|line| line.thickness),
            units_per_em: font.head().map_or(1000, |head| head.units_per_em()),
        }
    }
}

/// Rounds to whole px. Where the descent would be rounded down, what hangs below could be cut off, so it takes one px
/// from the ascent; Chromium does so where glyphs have subpixel positions.
fn round_ascent_and_descent(ascent: f32, descent: f32) -> (f32, f32) {
    // Rounding would put the baselines of tiny fonts all in one place.
    if ascent < 3.0 || ascent + descent < 2.0 {
        return (ascent, descent);
    }
    let (rounded_ascent, rounded_descent) = (ascent.round(), descent.round());
    if rounded_descent < descent && rounded_ascent >= 1.0 {
        (rounded_ascent - 1.0, rounded_descent + 1.0)
    } else {
        (rounded_ascent, rounded_descent)
    }
}
