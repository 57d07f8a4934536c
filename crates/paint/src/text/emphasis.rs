//! Emphasis marks. <https://drafts.csswg.org/css-text-decor-4/#text-emphasis-style-property>

use std::sync::Arc;

use fanlight_base::geometry::CssPoint;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::text::{EmphasisShape, TextEmphasisPosition, TextEmphasisStyle};
use fanlight_layout::TextFragment;
use fanlight_text::Font;

use super::outlines::Outlines;
use super::{Baseline, LineDirection};
use crate::display_list::{FillRule, GlyphTurn, ItemKind, PathItem};
use crate::painter::Painter;
use crate::style::current_color;

/// Marks are half as large as the text.
const SCALE: f32 = 0.5;

/// Paints a mark at each character that can have one.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    text: &TextFragment,
    style: &ComputedStyle,
    baseline: Baseline,
) {
    let mark = match &style.inherited_text.text_emphasis_style {
        TextEmphasisStyle::None => return,
        TextEmphasisStyle::String(string) => string.chars().next(),
        TextEmphasisStyle::Mark { filled, shape } => {
            Some(character(*filled, *shape, baseline.line.is_vertical()))
        }
    };
    let color = style.inherited_text.text_emphasis_color.resolve(current_color(style));
    let Some(font) = text.shaped.runs().next().map(|run| run.font()) else { return };
    let (Some(mark), false) = (mark, color.is_transparent()) else { return };
    let Some(glyph) = font.glyph(mark) else { return };
    let mut outlines = Outlines::new(SCALE, GlyphTurn::None);
    for position in marks(text, baseline, font, glyph, style.inherited_text.text_emphasis_position) {
        outlines.origin = position;
        font.outline(glyph, &mut outlines);
    }
    let path = outlines.into_path();
    let bounds = path.bounds();
    let item = PathItem { path: Arc::new(path), fill: Some((color, FillRule::NonZero)), stroke: None };
    painter.push(bounds, ItemKind::Path(Box::new(item)));
}

/// The places of the marks: over (or under) the middle of each character.
fn marks(
    text: &TextFragment,
    baseline: Baseline,
    font: &Font,
    glyph: u16,
    position: TextEmphasisPosition,
) -> Vec<CssPoint> {
    let is_vertical = baseline.line.is_vertical();
    let below = if is_vertical {
        position.contains(TextEmphasisPosition::LEFT)
    } else {
        position.contains(TextEmphasisPosition::UNDER)
    };
    let across = if is_vertical { text.size.width } else { text.size.height }.to_f32();
    let offset = text.emphasis_offset().to_f32();
    let (over, under) = (-text.ascent.to_f32() - offset, across - text.ascent.to_f32() + offset);
    let (mark_ascent, mark_descent) = (font.metrics().ascent * SCALE, font.metrics().descent * SCALE);
    let advance = font.advance(glyph) * SCALE;
    let string = text.text();
    let start = text.range().start as usize;
    text.glyphs()
        .flat_map(|(_, _, glyphs)| glyphs)
        .filter(|placed| {
            let character =
                placed.glyph.cluster.checked_sub(start).and_then(|at| string.get(at..)?.chars().next());
            // Marks are not drawn on separators and punctuation that stands apart.
            character.is_some_and(|character| !character.is_whitespace() && !character.is_control())
        })
        .map(|placed| {
            let middle = placed.position + placed.glyph.advance / 2.0;
            let upright = (mark_ascent - mark_descent) / 2.0;
            match (baseline.line, below) {
                (LineDirection::Rightwards, false) => {
                    baseline.point(middle - advance / 2.0, over - mark_descent)
                }
                (LineDirection::Rightwards, true) => {
                    baseline.point(middle - advance / 2.0, under + mark_ascent)
                }
                // Upright marks beside the line: on its right, or on its left.
                (LineDirection::Downwards, false) => baseline.point(middle + upright, over),
                (LineDirection::Downwards, true) => baseline.point(middle + upright, under + advance),
                // On its left, or on its right.
                (LineDirection::Upwards, false) => baseline.point(middle - upright, over - advance),
                (LineDirection::Upwards, true) => baseline.point(middle - upright, under),
            }
        })
        .collect()
}

const fn character(filled: bool, shape: Option<EmphasisShape>, vertical: bool) -> char {
    let shape = match shape {
        Some(shape) => shape,
        None if vertical => EmphasisShape::Sesame,
        None => EmphasisShape::Circle,
    };
    match (shape, filled) {
        (EmphasisShape::Dot, true) => '\u{2022}',
        (EmphasisShape::Dot, false) => '\u{25e6}',
        (EmphasisShape::Circle, true) => '\u{25cf}',
        (EmphasisShape::Circle, false) => '\u{25cb}',
        (EmphasisShape::DoubleCircle, true) => '\u{25c9}',
        (EmphasisShape::DoubleCircle, false) => '\u{25ce}',
        (EmphasisShape::Triangle, true) => '\u{25b2}',
        (EmphasisShape::Triangle, false) => '\u{25b3}',
        (EmphasisShape::Sesame, true) => '\u{fe45}',
        (EmphasisShape::Sesame, false) => '\u{fe46}',
    }
}
