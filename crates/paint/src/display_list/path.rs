//! Paths, for markers and clips.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect};
use std::sync::Arc;

/// A path that is filled, stroked or both, the stroke above.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// The path.
    pub path: Arc<Path>,
    /// What its inside is filled with.
    pub fill: Option<(Rgba, FillRule)>,
    /// What its line is drawn with.
    pub stroke: Option<Stroke>,
}

/// Lines and curves, in CSS px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The steps, in order. The first begins a figure.
    pub segments: Vec<PathSegment>,
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathSegment {
    /// A new figure begins here.
    MoveTo(CssPoint),
    /// A straight line.
    LineTo(CssPoint),
    /// A quadratic curve: control point, end.
    QuadTo(CssPoint, CssPoint),
    /// A cubic curve: two control points, end.
    CubicTo(CssPoint, CssPoint, CssPoint),
    /// A line back to where the figure began.
    Close,
}

impl Path {
    /// Straight lines from point to point, and back to the first where the figure is closed.
    pub fn of_points(points: impl IntoIterator<Item = CssPoint>, is_closed: bool) -> Self {
        let mut segments: Vec<PathSegment> = Vec::new();
        for point in points {
            segments.push(match segments.is_empty() {
                true => PathSegment::MoveTo(point),
                false => PathSegment::LineTo(point),
            });
        }
        if is_closed {
            segments.push(PathSegment::Close);
        }
        Path { segments }
    }

    /// A rectangle around all points and control points.
    pub fn bounds(&self) -> CssRect {
        CssRect::from_points(self.segments.iter().flat_map(|segment| {
            let points: &[CssPoint] = match segment {
                PathSegment::MoveTo(end) | PathSegment::LineTo(end) => &[*end],
                PathSegment::QuadTo(control, end) => &[*control, *end],
                PathSegment::CubicTo(first, second, end) => &[*first, *second, *end],
                PathSegment::Close => &[],
            };
            points.to_vec()
        }))
    }
}

/// What is inside a path that crosses itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FillRule {
    /// `nonzero`
    #[default]
    NonZero,
    /// `evenodd`
    EvenOdd,
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// With what colour.
    pub color: Rgba,
    /// How wide, in CSS px.
    pub width: f32,
    /// How its ends look.
    pub cap: LineCap,
    /// How its corners look.
    pub join: LineJoin,
    /// Lengths of dashes and gaps in turn, in CSS px; empty for an unbroken line.
    pub dashes: Vec<f32>,
    /// Where in the dashes it begins, in CSS px.
    pub dash_offset: f32,
}

impl Stroke {
    /// An unbroken line with pointed corners.
    pub const fn plain(color: Rgba, width: f32) -> Self {
        Stroke {
            color,
            width,
            cap: LineCap::Butt,
            join: LineJoin::Miter(4.0),
            dashes: Vec::new(),
            dash_offset: 0.0,
        }
    }
}

/// The ends of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineCap {
    /// Cut off at the end.
    #[default]
    Butt,
    /// A half circle.
    Round,
    /// Half a square.
    Square,
}

/// The corners of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineJoin {
    /// Pointed, up to this ratio of length to width; cut off past it.
    Miter(f32),
    /// Round.
    Round,
    /// Cut off.
    Bevel,
}
