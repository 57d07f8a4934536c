//! Outlines of glyphs, put where the glyphs are.

use fanlight_base::geometry::CssPoint;
use fanlight_text::PathSink;

use crate::display_list::{GlyphTurn, Path, PathSegment};

/// Puts outlines of glyphs where the glyphs are.
pub(super) struct Outlines {
    segments: Vec<PathSegment>,
    /// Where the next glyph's origin is.
    pub(super) origin: CssPoint,
    scale: [f32; 2],
    turn: GlyphTurn,
}

impl Outlines {
    /// For glyphs that are scaled and turned.
    pub(super) fn new(scale: f32, turn: GlyphTurn) -> Self {
        Outlines { segments: Vec::new(), origin: CssPoint::zero(), scale: [scale; 2], turn }
    }

    /// For glyphs that are narrower than they were made.
    pub(super) fn narrowed(by: f32) -> Self {
        Outlines { scale: [by, 1.0], ..Outlines::new(1.0, GlyphTurn::None) }
    }

    /// All outlines together.
    pub(super) fn into_path(self) -> Path {
        Path { segments: self.segments }
    }

    fn place(&self, x: f32, y: f32) -> CssPoint {
        let (x, y) = match self.turn {
            GlyphTurn::None => (x, y),
            GlyphTurn::Clockwise => (-y, x),
            GlyphTurn::Anticlockwise => (y, -x),
        };
        CssPoint::new(self.origin.x + x * self.scale[0], self.origin.y + y * self.scale[1])
    }
}

impl PathSink for Outlines {
    fn move_to(&mut self, x: f32, y: f32) {
        self.segments.push(PathSegment::MoveTo(self.place(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.segments.push(PathSegment::LineTo(self.place(x, y)));
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        self.segments.push(PathSegment::QuadTo(self.place(control_x, control_y), self.place(x, y)));
    }

    fn cubic_to(&mut self, c0_x: f32, c0_y: f32, c1_x: f32, c1_y: f32, x: f32, y: f32) {
        let (first, second) = (self.place(c0_x, c0_y), self.place(c1_x, c1_y));
        self.segments.push(PathSegment::CubicTo(first, second, self.place(x, y)));
    }

    fn close(&mut self) {
        self.segments.push(PathSegment::Close);
    }
}
