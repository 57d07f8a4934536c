//! Text that stands horizontally on a line that runs downwards.
//! <https://drafts.csswg.org/css-writing-modes-4/#text-combine>

use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect};
use fanlight_layout::TextFragment;

use super::outlines::Outlines;
use super::{GlyphRun, Ink};
use crate::display_list::{FillRule, GlyphTurn, ItemKind, PathItem, PositionedGlyph};
use crate::painter::Painter;

/// The glyphs of the text, as wide as they are, from the left edge of its square on.
pub(super) fn runs(text: &TextFragment, rect: CssRect) -> Vec<GlyphRun> {
    text.glyphs()
        .map(|(font, _, glyphs)| {
            let metrics = font.metrics();
            // The middle of ascent and descent is in the middle of the square.
            let leading = rect.size.height - metrics.ascent - metrics.descent;
            let baseline = rect.origin.y + leading / 2.0 + metrics.ascent;
            let glyphs: Arc<[PositionedGlyph]> = glyphs
                .iter()
                .map(|placed| {
                    let (x, y) = (placed.glyph.x_offset, placed.glyph.y_offset);
                    let position = CssPoint::new(rect.origin.x + placed.position + x, baseline + y);
                    PositionedGlyph { id: placed.glyph.id, position }
                })
                .collect();
            GlyphRun { font: font.clone(), turn: GlyphTurn::None, glyphs }
        })
        .collect()
}

/// Paints glyphs that are compressed to fit into `rect`.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    runs: &[GlyphRun],
    rect: CssRect,
    scale: f32,
    ink: Ink,
    bounds: CssRect,
) {
    if ink.color.is_transparent() {
        return;
    }
    let mut outlines = Outlines::narrowed(scale);
    for run in runs {
        for glyph in run.glyphs.iter() {
            let along = (glyph.position.x - rect.origin.x) * scale;
            outlines.origin = CssPoint::new(rect.origin.x + along, glyph.position.y) + ink.offset;
            run.font.outline(glyph.id, &mut outlines);
        }
    }
    let fill = Some((ink.color, FillRule::NonZero));
    let item = PathItem { path: Arc::new(outlines.into_path()), fill, stroke: None };
    painter.push(bounds.translate(ink.offset), ItemKind::Path(Box::new(item)));
}
