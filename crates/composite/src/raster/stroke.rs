//! Lines with a width: their outlines come from tiny-skia's stroker.

use fanlight_base::geometry::CssPoint;
use fanlight_paint::display_list::{LineCap, LineJoin, Path, PathSegment, RoundedRect};
use tiny_skia::{PathSegment as Segment, Stroke, StrokeDash};

use super::{Affine, FlatPath, PathBuilder};
use crate::limits::MAX_DASHES;

/// How a line is drawn; lengths in CSS px.
#[derive(Clone, Debug)]
pub struct StrokeStyle {
    pub width: f32,
    pub cap: LineCap,
    pub join: LineJoin,
    /// Lengths of dashes and gaps in turn; none for an unbroken line.
    pub dashes: Vec<f32>,
    pub dash_offset: f32,
}

/// The outline of a line along a path; nothing when there is no line to be seen.
pub fn stroke_path(path: &Path, style: &StrokeStyle, affine: &Affine) -> FlatPath {
    match to_skia(path) {
        Some(path) => stroke_skia(path, style, affine).unwrap_or_default(),
        None => FlatPath::default(),
    }
}

/// The length of the line along a rounded rectangle, in CSS px.
pub fn rounded_length(rounded: &RoundedRect) -> f32 {
    let size = rounded.rect.size;
    let straight = 2.0 * (size.width + size.height);
    // A quarter of an ellipse instead of two sides (Ramanujan's approximation of its circumference).
    rounded.radii.iter().fold(straight, |length, radius| {
        let (a, b) = (radius.width, radius.height);
        let root = ((3.0 * a + b) * (a + 3.0 * b)).max(0.0).sqrt();
        length - a - b + std::f32::consts::PI * (3.0 * (a + b) - root) / 4.0
    })
}

/// The edge of a rounded rectangle as a path that begins at its upper left.
pub fn rounded_rect_path(rounded: &RoundedRect) -> Path {
    const QUARTER: f32 = 0.552_284_8;
    let (left, top, right, bottom) =
        (rounded.rect.min_x(), rounded.rect.min_y(), rounded.rect.max_x(), rounded.rect.max_y());
    let [top_left, top_right, bottom_right, bottom_left] = rounded.radii;
    let point = CssPoint::new;
    let towards = |from: CssPoint, corner: CssPoint| from + (corner - from) * QUARTER;
    let mut segments = vec![PathSegment::MoveTo(point(left + top_left.width, top))];
    let mut side = |start: CssPoint, corner: CssPoint, end: CssPoint| {
        segments.push(PathSegment::LineTo(start));
        if start != end {
            segments.push(PathSegment::CubicTo(towards(start, corner), towards(end, corner), end));
        }
    };
    side(point(right - top_right.width, top), point(right, top), point(right, top + top_right.height));
    side(
        point(right, bottom - bottom_right.height),
        point(right, bottom),
        point(right - bottom_right.width, bottom),
    );
    side(
        point(left + bottom_left.width, bottom),
        point(left, bottom),
        point(left, bottom - bottom_left.height),
    );
    side(point(left, top + top_left.height), point(left, top), point(left + top_left.width, top));
    segments.push(PathSegment::Close);
    Path { segments }
}

fn to_skia(path: &Path) -> Option<tiny_skia::Path> {
    let mut builder = tiny_skia::PathBuilder::new();
    for segment in &path.segments {
        match *segment {
            PathSegment::MoveTo(to) => builder.move_to(to.x, to.y),
            PathSegment::LineTo(to) => builder.line_to(to.x, to.y),
            PathSegment::QuadTo(control, to) => builder.quad_to(control.x, control.y, to.x, to.y),
            PathSegment::CubicTo(first, second, to) => {
                builder.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
            }
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn stroke_skia(path: tiny_skia::Path, style: &StrokeStyle, affine: &Affine) -> Option<FlatPath> {
    if !style.width.is_finite() || style.width <= 0.0 {
        return None;
    }
    let resolution = affine.mean_scale().clamp(0.01, 100.0);
    let period: f32 = style.dashes.iter().sum();
    let extent = path.bounds().width() + path.bounds().height();
    let path = match StrokeDash::new(style.dashes.clone(), style.dash_offset) {
        // More dashes than that would be a grey line.
        Some(dash) if extent / period < MAX_DASHES => path.dash(&dash, resolution)?,
        _ => path,
    };
    let stroke = Stroke {
        width: style.width,
        line_cap: match style.cap {
            LineCap::Butt => tiny_skia::LineCap::Butt,
            LineCap::Round => tiny_skia::LineCap::Round,
            LineCap::Square => tiny_skia::LineCap::Square,
        },
        line_join: match style.join {
            LineJoin::Miter(_) => tiny_skia::LineJoin::Miter,
            LineJoin::Round => tiny_skia::LineJoin::Round,
            LineJoin::Bevel => tiny_skia::LineJoin::Bevel,
        },
        miter_limit: match style.join {
            LineJoin::Miter(limit) => limit,
            LineJoin::Round | LineJoin::Bevel => 4.0,
        },
        dash: None,
    };
    let outline = path.stroke(&stroke, resolution)?;
    let mut builder = PathBuilder::new();
    for segment in outline.segments() {
        let at = |point: tiny_skia::Point| affine.apply(point.x, point.y);
        match segment {
            Segment::MoveTo(to) => {
                let (x, y) = at(to);
                builder.move_to(x, y);
            }
            Segment::LineTo(to) => {
                let (x, y) = at(to);
                builder.line_to(x, y);
            }
            Segment::QuadTo(control, to) => {
                let ((control_x, control_y), (x, y)) = (at(control), at(to));
                builder.quad_to(control_x, control_y, x, y);
            }
            Segment::CubicTo(first, second, to) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(first), at(second), at(to));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            Segment::Close => builder.close(),
        }
    }
    Some(builder.finish())
}
