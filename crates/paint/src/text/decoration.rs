//! The lines of `text-decoration`: where they are, how thick, and where they leave room for glyphs.
//! <https://drafts.csswg.org/css-text-decor-4/#line-decoration>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::TextDecorationSkipInk;
use fanlight_css::properties::text::TextDecorationStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::text::{TextDecorationLine, TextDecorationThickness};
use fanlight_layout::TextFragment;

use super::underline_position::{UnderlinePosition, has_central_baseline};
use super::{Baseline, GlyphRun, Ink, LineDirection, skip_ink};
use crate::display_list::{DecorationLine, DecorationStyle, ItemKind};
use crate::painter::Painter;
use crate::style::{current_color, font_size};

/// A decoration that has found its place.
pub(super) struct Line {
    kind: TextDecorationLine,
    /// One or two lines, or pieces of them.
    pieces: Vec<DecorationLine>,
}

/// What the position of lines depends on, in device px: Chromium rounds there.
#[derive(Clone, Copy, Debug)]
struct Metrics {
    /// The font size of the decorating box.
    font_size: f32,
    /// The height of its font above the alphabetic baseline.
    ascent: f32,
    /// Its em box above the baseline that lines of text are aligned by, and below it.
    em_ascent: f32,
    em_descent: f32,
    /// From the upper edge of the text to that baseline.
    line_ascent: f32,
    /// Where the font wants its underline, below the baseline, and how thick.
    underline: Option<f32>,
    underline_thickness: Option<f32>,
}

/// All lines along a text fragment.
pub(super) fn lines(
    painter: &Painter<'_>,
    text: &TextFragment,
    style: &ComputedStyle,
    baseline: Baseline,
    runs: &[GlyphRun],
) -> Vec<Line> {
    let mut lines = Vec::new();
    let scale = painter.snapping.scale();
    let length = if baseline.line.is_vertical() { text.size.height } else { text.size.width }.to_f32();
    for applied in text.decorations.iter() {
        let decorating = painter.style(applied.origin);
        let decoration = &decorating.text;
        let kinds = decoration.text_decoration_line;
        let metrics = metrics(text, style, decorating, runs, scale);
        let thickness = thickness(&decoration.text_decoration_thickness, metrics, scale);
        let position = UnderlinePosition::of(style, decorating);
        let offset: &AutoOr<LengthPercentage> = &decorating.inherited_text.text_underline_offset;
        let offset = offset.value().map(|offset| offset.resolve(metrics.font_size / scale) * scale);
        let shift = applied.baseline_shift.to_f32() * scale;
        let color = decoration.text_decoration_color.resolve(current_color(decorating));
        for kind in
            [TextDecorationLine::UNDERLINE, TextDecorationLine::OVERLINE, TextDecorationLine::LINE_THROUGH]
        {
            if !kinds.contains(kind) {
                continue;
            }
            let top = match kind {
                TextDecorationLine::UNDERLINE => underline_top(position, offset, metrics, thickness),
                // An underline above has sent it to the other side.
                TextDecorationLine::OVERLINE if position == UnderlinePosition::Over => {
                    underline_top(UnderlinePosition::Under, None, metrics, thickness)
                }
                TextDecorationLine::OVERLINE => -metrics.ascent - thickness.floor(),
                // It grows in both directions, around a third of the ascent.
                _ => -metrics.ascent / 3.0 - thickness / 2.0,
            };
            let skips = kind != TextDecorationLine::LINE_THROUGH
                && style.inherited_text.text_decoration_skip_ink != TextDecorationSkipInk::None;
            let geometry = Geometry { baseline, length, top: top + shift, thickness, scale };
            let drawn = decoration.text_decoration_style;
            lines.push(Line { kind, pieces: pieces(&geometry, drawn, kind, color, skips.then_some(runs)) });
        }
    }
    lines
}

fn metrics(
    text: &TextFragment,
    style: &ComputedStyle,
    decorating: &ComputedStyle,
    runs: &[GlyphRun],
    scale: f32,
) -> Metrics {
    // The decorating box's font is the text's, mostly at the same size; its metrics are those of the text's font at its
    // own size.
    let ratio = if font_size(style) > 0.0 { font_size(decorating) / font_size(style) } else { 1.0 };
    let ascent = text.ascent.to_f32();
    let height =
        if LineDirection::of(style).is_vertical() { text.size.width } else { text.size.height }.to_f32();
    let font = runs.first().map(|run| run.font.metrics());
    let size = font_size(decorating) * scale;
    let to_device = |length: f32| (length * ratio * scale).round();
    let (ascent, descent) = (to_device(ascent), to_device(height - ascent));
    let (line_ascent, em_ascent, em_descent) = match font {
        _ if has_central_baseline(style) => ((ascent + descent) / 2.0, size / 2.0, size / 2.0),
        Some(font) => (ascent, font.em_ascent * ratio * scale, font.em_descent * ratio * scale),
        None => (ascent, size - descent, descent),
    };
    Metrics {
        font_size: size,
        ascent,
        em_ascent,
        em_descent,
        line_ascent,
        underline: font.and_then(|font| font.underline_position).map(|top| -top * ratio * scale),
        underline_thickness: font
            .and_then(|font| font.underline_thickness)
            .map(|thickness| thickness * ratio * scale),
    }
}

/// In device px; never thinner than one. <https://drafts.csswg.org/css-text-decor-4/#text-decoration-width-property>
fn thickness(thickness: &TextDecorationThickness, metrics: Metrics, scale: f32) -> f32 {
    let automatic = metrics.font_size / 10.0;
    let thickness = match thickness {
        TextDecorationThickness::Auto => automatic,
        TextDecorationThickness::FromFont => metrics.underline_thickness.unwrap_or(automatic),
        TextDecorationThickness::LengthPercentage(length) => {
            (length.resolve(metrics.font_size / scale) * scale).round()
        }
    };
    thickness.max(1.0)
}

/// The upper edge of an underline below the alphabetic baseline, in device px; `offset` is `text-underline-offset`.
/// <https://drafts.csswg.org/css-text-decor-4/#underline-offset>
fn underline_top(position: UnderlinePosition, offset: Option<f32>, metrics: Metrics, thickness: f32) -> f32 {
    let gap = (thickness / 2.0).ceil().max(1.0);
    let near_baseline = offset.map_or(gap, f32::round);
    let offset = offset.unwrap_or(0.0);
    match (position, metrics.underline) {
        (UnderlinePosition::FromFont, Some(underline)) => underline + offset,
        (UnderlinePosition::FromFont, None) | (UnderlinePosition::NearBaseline, _) => near_baseline,
        // Those beside the em box are a px away from it, on whole px from the upper edge of the text.
        (UnderlinePosition::Under, _) => {
            (metrics.line_ascent + metrics.em_descent + offset).floor() + 1.0 - metrics.ascent
        }
        (UnderlinePosition::Over, _) => {
            let above = (metrics.line_ascent - metrics.em_ascent - offset).floor() - 1.0;
            above - thickness.floor() - metrics.ascent
        }
    }
}

/// A line before it is cut: lengths across the line in device px.
struct Geometry {
    baseline: Baseline,
    /// Along the line, in CSS px.
    length: f32,
    /// From the baseline down to the upper edge.
    top: f32,
    thickness: f32,
    scale: f32,
}

impl Geometry {
    /// The line `further` device px below, on whole px, cut where `gaps` are.
    fn line(&self, further: f32, style: DecorationStyle, color: Rgba, from: f32, to: f32) -> DecorationLine {
        let below = (self.top + further) / self.scale;
        let start = self.baseline.point(from, below);
        let thickness = self.thickness.floor().max(1.0) / self.scale;
        let snapped = |value: f32| (value * self.scale + 0.5).floor() / self.scale;
        let origin = match self.baseline.line {
            LineDirection::Rightwards => CssPoint::new(start.x, snapped(start.y)),
            LineDirection::Downwards => CssPoint::new(snapped(start.x) - thickness, start.y),
            LineDirection::Upwards => CssPoint::new(snapped(start.x), self.baseline.point(to, below).y),
        };
        DecorationLine {
            origin,
            length: to - from,
            thickness,
            vertical: self.baseline.line.is_vertical(),
            style,
            color,
            blur: 0.0,
        }
    }
}

fn pieces(
    geometry: &Geometry,
    style: TextDecorationStyle,
    kind: TextDecorationLine,
    color: Rgba,
    skip: Option<&[GlyphRun]>,
) -> Vec<DecorationLine> {
    let drawn = match style {
        TextDecorationStyle::Solid | TextDecorationStyle::Double => DecorationStyle::Solid,
        TextDecorationStyle::Dotted => DecorationStyle::Dotted,
        TextDecorationStyle::Dashed => DecorationStyle::Dashed,
        TextDecorationStyle::Wavy => DecorationStyle::Wavy,
    };
    let mut distances = vec![0.0];
    if style == TextDecorationStyle::Double {
        // The second line is away from the text, one px further than the first is thick.
        let apart = geometry.thickness.floor() + 1.0;
        distances.push(if kind == TextDecorationLine::OVERLINE { -apart } else { apart });
    }
    let mut pieces = Vec::new();
    for further in distances {
        let gaps = match skip {
            Some(runs) => {
                let top = (geometry.top + further) / geometry.scale;
                let thickness = geometry.thickness / geometry.scale;
                skip_ink::gaps(runs, geometry.baseline, top..top + thickness, thickness)
            }
            None => Vec::new(),
        };
        let mut from = 0.0;
        for gap in gaps {
            if gap.start > from {
                pieces.push(geometry.line(further, drawn, color, from, gap.start.min(geometry.length)));
            }
            from = gap.end.max(from);
        }
        if from < geometry.length {
            pieces.push(geometry.line(further, drawn, color, from, geometry.length));
        }
    }
    pieces
}

/// Paints the lines of some kinds, with their shadows.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    lines: &[Line],
    kinds: TextDecorationLine,
    shadows: &[Ink],
    bounds: CssRect,
) {
    for line in lines.iter().filter(|line| kinds.contains(line.kind)) {
        for shadow in shadows {
            for piece in &line.pieces {
                let origin = piece.origin + shadow.offset;
                let shadow = DecorationLine { origin, color: shadow.color, blur: shadow.blur, ..*piece };
                push(painter, shadow, bounds);
            }
        }
        for piece in &line.pieces {
            push(painter, *piece, bounds);
        }
    }
}

/// Paints all lines in one colour.
pub(super) fn paint_in(painter: &mut Painter<'_>, lines: &[Line], color: Rgba, bounds: CssRect) {
    for piece in lines.iter().flat_map(|line| &line.pieces) {
        push(painter, DecorationLine { color, ..*piece }, bounds);
    }
}

fn push(painter: &mut Painter<'_>, line: DecorationLine, bounds: CssRect) {
    if line.color.is_transparent() || line.length <= 0.0 {
        return;
    }
    // Waves rise and fall by some times the thickness.
    let across = match line.style {
        DecorationStyle::Wavy => line.thickness * 6.0,
        _ => line.thickness,
    };
    let size =
        if line.vertical { CssSize::new(across, line.length) } else { CssSize::new(line.length, across) };
    let reach = line.blur * 1.5 + if line.style == DecorationStyle::Wavy { across } else { 1.0 };
    let own = CssRect::new(line.origin, size).inflate(reach, reach);
    // The whole of a wave is inside the text's own bounds mostly; the union keeps what is not.
    let item = ItemKind::Decoration(Box::new(line));
    painter.push(if line.style == DecorationStyle::Wavy { own.union(&bounds) } else { own }, item);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(font_size: f32) -> Metrics {
        Metrics {
            font_size,
            ascent: 14.0,
            em_ascent: 12.0,
            em_descent: 4.0,
            line_ascent: 14.0,
            underline: Some(2.0),
            underline_thickness: Some(1.2),
        }
    }

    #[test]
    fn automatic_thickness_is_a_tenth_of_the_font_size_but_a_px_at_least() {
        assert_eq!(thickness(&TextDecorationThickness::Auto, metrics(16.0), 1.0), 1.6);
        assert_eq!(thickness(&TextDecorationThickness::Auto, metrics(6.0), 1.0), 1.0);
        assert_eq!(thickness(&TextDecorationThickness::FromFont, metrics(16.0), 1.0), 1.2);
    }

    #[test]
    fn underlines_keep_clear_of_what_their_position_says() {
        let top = |position, offset| underline_top(position, offset, metrics(16.0), 2.0);
        assert_eq!(top(UnderlinePosition::NearBaseline, None), 1.0);
        assert_eq!(top(UnderlinePosition::FromFont, Some(0.5)), 2.5);
        assert_eq!(top(UnderlinePosition::Under, None), 5.0, "a px below the em box");
        assert_eq!(top(UnderlinePosition::Under, Some(3.0)), 8.0);
        assert_eq!(
            top(UnderlinePosition::Over, Some(3.0)),
            -18.0,
            "its lower edge a px above the em box and offset"
        );
    }

    #[test]
    fn a_line_is_drawn_on_whole_px_with_whole_thickness() {
        let baseline = Baseline { start: CssPoint::new(3.25, 20.3), line: LineDirection::Rightwards };
        let geometry = Geometry { baseline, length: 50.0, top: 1.0, thickness: 1.6, scale: 1.0 };
        let pieces =
            pieces(&geometry, TextDecorationStyle::Solid, TextDecorationLine::UNDERLINE, Rgba::BLACK, None);
        assert_eq!(pieces.len(), 1);
        assert_eq!((pieces[0].origin, pieces[0].thickness), (CssPoint::new(3.25, 21.0), 1.0));
    }

    #[test]
    fn a_double_overline_grows_upwards() {
        let baseline = Baseline { start: CssPoint::new(0.0, 20.0), line: LineDirection::Rightwards };
        let geometry = Geometry { baseline, length: 50.0, top: -15.0, thickness: 2.0, scale: 1.0 };
        let pieces =
            pieces(&geometry, TextDecorationStyle::Double, TextDecorationLine::OVERLINE, Rgba::BLACK, None);
        let tops: Vec<f32> = pieces.iter().map(|piece| piece.origin.y).collect();
        assert_eq!(tops, [5.0, 2.0]);
    }
}
