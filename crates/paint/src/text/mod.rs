//! Text: glyphs, shadows, decorations, emphasis marks.
//! <https://drafts.csswg.org/css-text-decor-4/>

mod combined;
mod decoration;
mod emphasis;
mod marker;
mod outlines;
mod skip_ink;
mod stroke;
mod underline_position;

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssVector, LayoutRect, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::WritingMode;
use fanlight_css::values::NoneOr;
use fanlight_css::values::text::{Shadow, TextDecorationLine};
use fanlight_layout::{TextFragment, TextFragmentKind};
use fanlight_text::Font;

use crate::display_list::{GlyphTurn, ItemKind, PositionedGlyph, TextItem};
use crate::painter::Painter;
use crate::style::{current_color, font_size};

/// Which way lines of text run. <https://drafts.csswg.org/css-writing-modes-4/#line-orientation>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineDirection {
    Rightwards,
    Downwards,
    Upwards,
}

impl LineDirection {
    pub(crate) fn of(style: &ComputedStyle) -> Self {
        match style.inherited_text.writing_mode {
            WritingMode::HorizontalTb => LineDirection::Rightwards,
            WritingMode::VerticalRl | WritingMode::VerticalLr | WritingMode::SidewaysRl => {
                LineDirection::Downwards
            }
            WritingMode::SidewaysLr => LineDirection::Upwards,
        }
    }

    pub(crate) fn is_vertical(self) -> bool {
        self != LineDirection::Rightwards
    }
}

/// The baseline of a text fragment: positions along and across it become positions on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Baseline {
    /// Where the baseline begins, at line-left, in CSS px.
    start: CssPoint,
    pub(crate) line: LineDirection,
}

impl Baseline {
    /// Of a fragment at a place.
    pub(crate) fn of(text: &TextFragment, style: &ComputedStyle, offset: CssPoint) -> Self {
        let line = LineDirection::of(style);
        let ascent = text.ascent.to_f32();
        let middle = offset.x + text.size.width.to_f32() / 2.0;
        let start = match line {
            // It stands upright across the line, whose baseline goes through its middle.
            LineDirection::Downwards if text.combined().is_some() => {
                CssPoint::new(middle - ascent / 2.0, offset.y)
            }
            LineDirection::Rightwards => CssPoint::new(offset.x, offset.y + ascent),
            // The line-over side is on the right.
            LineDirection::Downwards => CssPoint::new(offset.x + text.size.width.to_f32() - ascent, offset.y),
            LineDirection::Upwards => CssPoint::new(offset.x + ascent, offset.y + text.size.height.to_f32()),
        };
        Baseline { start, line }
    }

    /// A point `along` the line and `below` its baseline.
    pub(crate) fn point(&self, along: f32, below: f32) -> CssPoint {
        match self.line {
            LineDirection::Rightwards => CssPoint::new(self.start.x + along, self.start.y + below),
            LineDirection::Downwards => CssPoint::new(self.start.x - below, self.start.y + along),
            LineDirection::Upwards => CssPoint::new(self.start.x + below, self.start.y - along),
        }
    }

    /// How far along the line a point is.
    pub(crate) fn along(&self, point: CssPoint) -> f32 {
        match self.line {
            LineDirection::Rightwards => point.x - self.start.x,
            LineDirection::Downwards => point.y - self.start.y,
            LineDirection::Upwards => self.start.y - point.y,
        }
    }

    /// How glyphs are turned that do not stand upright on the line.
    fn turn(&self) -> GlyphTurn {
        match self.line {
            LineDirection::Rightwards => GlyphTurn::None,
            LineDirection::Downwards => GlyphTurn::Clockwise,
            LineDirection::Upwards => GlyphTurn::Anticlockwise,
        }
    }
}

/// What glyphs of one font look like on the line.
struct GlyphRun {
    font: Font,
    turn: GlyphTurn,
    glyphs: Arc<[PositionedGlyph]>,
}

/// Paints a text fragment.
pub(crate) fn paint(painter: &mut Painter<'_>, text: &TextFragment) {
    let style = painter.style(text.style);
    if text.kind == TextFragmentKind::Blank || !crate::order::is_visible(style) {
        return;
    }
    let rect = to_css_rect(LayoutRect::new(painter.place.offset, text.size));
    if marker::paint(painter, text, style, rect) {
        return;
    }
    let baseline = Baseline::of(text, style, rect.origin);
    let runs = match text.combined() {
        Some(_) => combined::runs(text, rect),
        None => runs(text, baseline, rect),
    };
    let bounds = ink_bounds(rect, style);
    let decorations = decoration::lines(painter, text, style, baseline, &runs);
    let shadows: Vec<Ink> = shadows(style);

    let behind = TextDecorationLine::UNDERLINE | TextDecorationLine::OVERLINE;
    decoration::paint(painter, &decorations, behind, &shadows, bounds);
    let fill = style.inherited_text.text_fill_color.resolve(current_color(style));
    let string: Arc<str> = text.text().into();
    for ink in shadows.iter().copied().chain([Ink::text(fill)]) {
        match text.combined() {
            Some(scale) if scale < 1.0 => combined::paint(painter, &runs, rect, scale, ink, bounds),
            _ => paint_glyphs(painter, &runs, &string, ink, bounds),
        }
    }
    stroke::paint(painter, style, &runs);
    emphasis::paint(painter, text, style, baseline);
    decoration::paint(painter, &decorations, TextDecorationLine::LINE_THROUGH, &shadows, bounds);
}

/// Paints the glyphs of a text fragment alone, opaque: what `background-clip: text` leaves of a background.
pub(crate) fn paint_shape(painter: &mut Painter<'_>, text: &TextFragment) {
    let style = painter.style(text.style);
    if text.kind == TextFragmentKind::Blank || !crate::order::is_visible(style) {
        return;
    }
    let rect = to_css_rect(LayoutRect::new(painter.place.offset, text.size));
    let baseline = Baseline::of(text, style, rect.origin);
    let runs = runs(text, baseline, rect);
    let bounds = ink_bounds(rect, style);
    let decorations = decoration::lines(painter, text, style, baseline, &runs);
    paint_glyphs(painter, &runs, &text.text().into(), Ink::text(Rgba::BLACK), bounds);
    decoration::paint_in(painter, &decorations, Rgba::BLACK, bounds);
}

/// How something of text is drawn: as itself, or as a shadow.
#[derive(Clone, Copy, Debug)]
struct Ink {
    color: Rgba,
    offset: CssVector,
    blur: f32,
}

impl Ink {
    fn text(color: Rgba) -> Self {
        Ink { color, offset: CssVector::zero(), blur: 0.0 }
    }
}

/// The shadows, the lowest first. <https://drafts.csswg.org/css-text-decor-4/#text-shadow-property>
fn shadows(style: &ComputedStyle) -> Vec<Ink> {
    let current = current_color(style);
    let ink = |shadow: &Shadow| Ink {
        color: shadow.color.resolve(current),
        offset: CssVector::new(shadow.x.px(), shadow.y.px()),
        blur: shadow.blur.px(),
    };
    let NoneOr::Value(shadows) = &style.inherited_text.text_shadow else { return Vec::new() };
    shadows
        .iter()
        .take(crate::limits::MAX_LAYERS)
        .map(ink)
        .filter(|ink| !ink.color.is_transparent())
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect()
}

/// A rectangle around what the glyphs ink: they may stick out of their line box by as much as they are high.
fn ink_bounds(rect: CssRect, style: &ComputedStyle) -> CssRect {
    let reach = font_size(style).max(rect.size.height) * 0.75 + 2.0;
    rect.inflate(reach, reach)
}

fn runs(text: &TextFragment, baseline: Baseline, rect: CssRect) -> Vec<GlyphRun> {
    text.glyphs()
        .map(|(font, upright, glyphs)| {
            let glyphs: Arc<[PositionedGlyph]> = glyphs
                .iter()
                .map(|placed| {
                    let (x, y) = (placed.glyph.x_offset, placed.glyph.y_offset);
                    let position = if upright {
                        // The pen of upright glyphs runs down the middle of the line.
                        let middle = rect.origin.x + rect.size.width / 2.0;
                        CssPoint::new(middle + x, rect.origin.y + placed.position + y)
                    } else {
                        baseline.point(placed.position + x, y)
                    };
                    PositionedGlyph { id: placed.glyph.id, position }
                })
                .collect();
            let turn = if upright { GlyphTurn::None } else { baseline.turn() };
            GlyphRun { font: font.clone(), turn, glyphs }
        })
        .collect()
}

fn paint_glyphs(painter: &mut Painter<'_>, runs: &[GlyphRun], text: &Arc<str>, ink: Ink, bounds: CssRect) {
    if ink.color.is_transparent() {
        return;
    }
    for run in runs.iter().filter(|run| !run.glyphs.is_empty()) {
        let glyphs = if ink.offset == CssVector::zero() {
            run.glyphs.clone()
        } else {
            run.glyphs
                .iter()
                .map(|glyph| PositionedGlyph { position: glyph.position + ink.offset, ..*glyph })
                .collect()
        };
        let item = TextItem {
            font: run.font.clone(),
            glyphs,
            color: ink.color,
            blur: ink.blur,
            turn: run.turn,
            text: text.clone(),
        };
        // Blur is seen as far as three standard deviations, one and a half times its radius.
        let reach = ink.blur * 1.5;
        painter.push(bounds.translate(ink.offset).inflate(reach, reach), ItemKind::Text(Box::new(item)));
    }
}
