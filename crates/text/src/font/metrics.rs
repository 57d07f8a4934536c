//! What a font says about the size of a line.

use skrifa::GlyphId;
use skrifa::instance::Size;
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::raw::TableProvider;

use super::Font;
use crate::description::AdjustedMetric;

/// The metrics of a font at its size, in CSS px, y upwards from the baseline.
/// <https://drafts.csswg.org/css-inline-3/#baseline-intro>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontMetrics {
    /// Height above the baseline; a whole number, as Chromium rounds it.
    pub ascent: f32,
    /// Depth below the baseline, positive; a whole number, as Chromium rounds it.
    pub descent: f32,
    /// The part of the em box above the baseline, as the font proportions it. <https://drafts.csswg.org/css-inline-3/#ascent-descent>
    pub em_ascent: f32,
    /// The part of the em box below the baseline, positive.
    pub em_descent: f32,
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
    /// Average advance, as the font says it; of a zero where it does not. Text fields are so many of them wide.
    pub average_advance: f32,
    /// The width of the box around all glyphs.
    pub bounds_width: f32,
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

impl FontMetrics {
    /// What `font-size-adjust` makes the same, in CSS px.
    pub(crate) fn adjusted(&self, metric: AdjustedMetric) -> f32 {
        match metric {
            AdjustedMetric::XHeight => self.x_height,
            AdjustedMetric::CapHeight => self.cap_height,
            AdjustedMetric::ZeroAdvance => self.zero_advance,
            AdjustedMetric::IdeographicAdvance => self.ideographic_advance,
        }
    }
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
    /// The metrics of a font.
    pub(crate) fn new(of: &Font) -> Self {
        let face = of.face();
        let size = of.size();
        let font = face.font_ref();
        let metrics = Metrics::new(&font, Size::new(size), of.location());
        let glyphs = GlyphMetrics::new(&font, Size::new(size), of.location());
        let advance = |character| face.glyph(character).map(|glyph| of.advance(glyph));
        let height = |character| {
            let glyph = face.glyph(character)?;
            Some(glyphs.bounds(GlyphId::from(glyph))?.y_max).filter(|&height| height > 0.0)
        };

        let overrides = &face.overrides;
        let unrounded_ascent = overrides.ascent.map_or(metrics.ascent, |ratio| ratio * size);
        let unrounded_descent = overrides.descent.map_or(-metrics.descent, |ratio| ratio * size);
        let line_gap = overrides.line_gap.map_or(metrics.leading, |ratio| ratio * size);
        let (ascent, descent) = round_ascent_and_descent(unrounded_ascent, unrounded_descent);

        let (em_ascent, em_descent) = em_box(&font, size).unwrap_or_else(|| {
            let height = (unrounded_ascent + unrounded_descent).max(f32::MIN_POSITIVE);
            (size * unrounded_ascent / height, size * unrounded_descent / height)
        });

        let x_height =
            metrics.x_height.filter(|&height| height > 0.0).or_else(|| height('x')).unwrap_or(ascent * 0.56);
        let cap_height =
            metrics.cap_height.filter(|&height| height > 0.0).or_else(|| height('H')).unwrap_or(ascent);
        FontMetrics {
            ascent,
            descent,
            em_ascent,
            em_descent,
            line_gap,
            line_spacing: ascent.round() + descent.round() + line_gap.round(),
            x_height,
            cap_height,
            zero_advance: advance('0').unwrap_or(size / 2.0),
            ideographic_advance: advance('水').unwrap_or(size),
            space_advance: advance(' ').unwrap_or(0.0),
            average_advance: metrics
                .average_width
                .filter(|&width| width > 0.0)
                .or_else(|| advance('0'))
                .unwrap_or(size / 2.0),
            bounds_width: metrics.bounds.map_or(0.0, |bounds| bounds.x_max - bounds.x_min),
            underline_position: metrics.underline.map(|line| line.offset),
            underline_thickness: metrics.underline.map(|line| line.thickness),
            strikeout_position: metrics.strikeout.map(|line| line.offset),
            strikeout_thickness: metrics.strikeout.map(|line| line.thickness),
            units_per_em: face.units_per_em(),
        }
    }
}

/// The em box above and below the baseline in the proportions of the font's typographic ascent and descent, where it has such.
fn em_box(font: &skrifa::FontRef<'_>, size: f32) -> Option<(f32, f32)> {
    let table = font.os2().ok()?;
    let (ascent, descent) = (f32::from(table.s_typo_ascender()), -f32::from(table.s_typo_descender()));
    if ascent < 0.0 || descent < 0.0 || ascent + descent <= 0.0 {
        return None;
    }
    let above = size * ascent / (ascent + descent);
    Some((above, size - above))
}

/// Rounds to whole px, so that lines and their backgrounds have sharp edges.
fn round_ascent_and_descent(ascent: f32, descent: f32) -> (f32, f32) {
    (ascent.round(), descent.round())
}
