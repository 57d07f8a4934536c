//! Stroked text. <https://compat.spec.whatwg.org/#the-webkit-text-stroke>

use std::sync::Arc;

use fanlight_css::properties::ComputedStyle;

use super::GlyphRun;
use super::outlines::Outlines;
use crate::display_list::{ItemKind, LineCap, LineJoin, PathItem, PositionedGlyph, Stroke};
use crate::painter::Painter;
use crate::style::current_color;

/// The ratio at which pointed corners are cut off, as for strokes elsewhere in the platform.
const MITER_LIMIT: f32 = 4.0;

/// Paints the stroke of text, above its fill.
pub(super) fn paint(painter: &mut Painter<'_>, style: &ComputedStyle, runs: &[GlyphRun]) {
    let width = style.inherited_text.text_stroke_width.px();
    let color = style.inherited_text.text_stroke_color.resolve(current_color(style));
    if width <= 0.0 || color.is_transparent() {
        return;
    }
    for run in runs {
        let mut outlines = Outlines::new(1.0, run.turn);
        for PositionedGlyph { id, position } in run.glyphs.iter() {
            outlines.origin = *position;
            run.font.outline(*id, &mut outlines);
        }
        let path = outlines.into_path();
        let bounds = path.bounds().inflate(width * MITER_LIMIT, width * MITER_LIMIT);
        let stroke = Stroke {
            color,
            width,
            cap: LineCap::Butt,
            join: LineJoin::Miter(MITER_LIMIT),
            dashes: Vec::new(),
            dash_offset: 0.0,
        };
        let item = PathItem { path: Arc::new(path), fill: None, stroke: Some(stroke) };
        painter.push(bounds, ItemKind::Path(Box::new(item)));
    }
}
