//! Rectangles, rounded rectangles and paths of the display list as outlines in device px.

use fanlight_base::geometry::CssRect;
use fanlight_paint::display_list::{Path, PathSegment, RoundedRect};
use fanlight_text::PathSink;

use super::{Affine, FlatPath, PathBuilder};

/// Adds a rectangle.
pub fn add_rect(builder: &mut PathBuilder, affine: &Affine, rect: &CssRect) {
    builder.polygon(&[
        affine.apply(rect.min_x(), rect.min_y()),
        affine.apply(rect.max_x(), rect.min_y()),
        affine.apply(rect.max_x(), rect.max_y()),
        affine.apply(rect.min_x(), rect.max_y()),
    ]);
}

/// Adds a rectangle with rounded corners.
pub fn add_rounded_rect(builder: &mut PathBuilder, affine: &Affine, rounded: &RoundedRect) {
    if rounded.is_sharp() {
        return add_rect(builder, affine, &rounded.rect);
    }
    let (left, top, right, bottom) =
        (rounded.rect.min_x(), rounded.rect.min_y(), rounded.rect.max_x(), rounded.rect.max_y());
    let [top_left, top_right, bottom_right, bottom_left] = rounded.radii;
    let mut pen = Pen { builder, affine };
    pen.move_to(left + top_left.width, top);
    pen.line_to(right - top_right.width, top);
    pen.corner((right - top_right.width, top), (right, top), (right, top + top_right.height));
    pen.line_to(right, bottom - bottom_right.height);
    pen.corner((right, bottom - bottom_right.height), (right, bottom), (right - bottom_right.width, bottom));
    pen.line_to(left + bottom_left.width, bottom);
    pen.corner((left + bottom_left.width, bottom), (left, bottom), (left, bottom - bottom_left.height));
    pen.line_to(left, top + top_left.height);
    pen.corner((left, top + top_left.height), (left, top), (left + top_left.width, top));
    pen.builder.close();
}

/// Draws an outline in other coordinates than device px.
pub struct Pen<'a> {
    pub builder: &'a mut PathBuilder,
    pub affine: &'a Affine,
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.affine.apply(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.affine.apply(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        let (control_x, control_y) = self.affine.apply(control_x, control_y);
        let (x, y) = self.affine.apply(x, y);
        self.builder.quad_to(control_x, control_y, x, y);
    }

    fn cubic_to(&mut self, c0_x: f32, c0_y: f32, c1_x: f32, c1_y: f32, x: f32, y: f32) {
        let (c0_x, c0_y) = self.affine.apply(c0_x, c0_y);
        let (c1_x, c1_y) = self.affine.apply(c1_x, c1_y);
        let (x, y) = self.affine.apply(x, y);
        self.builder.cubic_to(c0_x, c0_y, c1_x, c1_y, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

impl Pen<'_> {
    /// A quarter of an ellipse from `start` to `end` that bends towards `corner`.
    fn corner(&mut self, start: (f32, f32), corner: (f32, f32), end: (f32, f32)) {
        let apply = |(x, y): (f32, f32)| self.affine.apply(x, y);
        let (start, corner, end) = (apply(start), apply(corner), apply(end));
        self.builder.quarter_to(start, corner, end);
    }
}

/// Adds a circle, in CSS px.
pub fn add_circle(builder: &mut PathBuilder, affine: &Affine, center: (f32, f32), radius: f32) {
    let (left, top, right, bottom) =
        (center.0 - radius, center.1 - radius, center.0 + radius, center.1 + radius);
    let mut pen = Pen { builder, affine };
    pen.move_to(center.0, top);
    pen.corner((center.0, top), (right, top), (right, center.1));
    pen.corner((right, center.1), (right, bottom), (center.0, bottom));
    pen.corner((center.0, bottom), (left, bottom), (left, center.1));
    pen.corner((left, center.1), (left, top), (center.0, top));
    pen.builder.close();
}

/// A rectangle as an outline.
pub fn rect_path(affine: &Affine, rect: &CssRect) -> FlatPath {
    let mut builder = PathBuilder::new();
    add_rect(&mut builder, affine, rect);
    builder.finish()
}

/// A rectangle with rounded corners as an outline.
pub fn rounded_path(affine: &Affine, rounded: &RoundedRect) -> FlatPath {
    let mut builder = PathBuilder::new();
    add_rounded_rect(&mut builder, affine, rounded);
    builder.finish()
}

/// What is between two rounded rectangles, for the even-odd rule.
pub fn ring_path(affine: &Affine, outer: &RoundedRect, inner: &RoundedRect) -> FlatPath {
    let mut builder = PathBuilder::new();
    add_rounded_rect(&mut builder, affine, outer);
    if inner.rect.size.width > 0.0 && inner.rect.size.height > 0.0 {
        add_rounded_rect(&mut builder, affine, inner);
    }
    builder.finish()
}

/// A path of the display list as an outline; open figures are closed.
pub fn list_path(affine: &Affine, path: &Path) -> FlatPath {
    let mut builder = PathBuilder::new();
    let mut pen = Pen { builder: &mut builder, affine };
    for segment in &path.segments {
        match *segment {
            PathSegment::MoveTo(to) => pen.move_to(to.x, to.y),
            PathSegment::LineTo(to) => pen.line_to(to.x, to.y),
            PathSegment::QuadTo(control, to) => pen.quad_to(control.x, control.y, to.x, to.y),
            PathSegment::CubicTo(first, second, to) => {
                pen.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
            }
            PathSegment::Close => pen.close(),
        }
    }
    builder.finish()
}
