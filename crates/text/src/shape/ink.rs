//! Where the ink of shaped text is.

use crate::font::PathSink;
use crate::shape::ShapedText;

/// A rectangle around ink in CSS px: from the logical left end of the text, and from the baseline with y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkBounds {
    /// The left edge.
    pub left: f32,
    /// The upper edge; negative above the baseline.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge; negative above the baseline.
    pub bottom: f32,
}

impl ShapedText {
    /// The smallest rectangle in whole px around the outlines of its glyphs, their control points included, as on a
    /// horizontal line. Nothing where no glyph has an outline.
    pub fn ink_bounds(&self) -> Option<InkBounds> {
        let mut bounds: Option<InkBounds> = None;
        let mut pen = 0.0;
        for run in self.runs() {
            for glyph in run.glyphs() {
                let mut around = Around { x: pen + glyph.x_offset, y: glyph.y_offset, bounds: None };
                if run.font().outline(glyph.id, &mut around)
                    && let Some(own) = around.bounds
                {
                    bounds = Some(bounds.map_or(own, |known| known.union(own)));
                }
                pen += glyph.advance;
            }
        }
        bounds.map(|bounds| InkBounds {
            left: bounds.left.floor(),
            top: bounds.top.floor(),
            right: bounds.right.ceil(),
            bottom: bounds.bottom.ceil(),
        })
    }
}

impl InkBounds {
    fn union(self, other: InkBounds) -> InkBounds {
        InkBounds {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Collects points; outlines have y downwards.
struct Around {
    x: f32,
    y: f32,
    bounds: Option<InkBounds>,
}

impl Around {
    fn add(&mut self, x: f32, y: f32) {
        let (x, y) = (self.x + x, self.y + y);
        let point = InkBounds { left: x, top: y, right: x, bottom: y };
        self.bounds = Some(self.bounds.map_or(point, |known| known.union(point)));
    }
}

impl PathSink for Around {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        self.add(control_x, control_y);
        self.add(x, y);
    }

    fn cubic_to(&mut self, c0_x: f32, c0_y: f32, c1_x: f32, c1_y: f32, x: f32, y: f32) {
        self.add(c0_x, c0_y);
        self.add(c1_x, c1_y);
        self.add(x, y);
    }

    fn close(&mut self) {}
}
