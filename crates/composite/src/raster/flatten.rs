//! Paths to straight lines in fixed point.

use super::PixelRect;

/// How many parts of a device px coordinates are told apart by, as a power of two.
pub const SUBPIXEL_BITS: u32 = 8;
/// Parts of a device px.
pub const SUBPIXELS: i32 = 1 << SUBPIXEL_BITS;

/// The farthest a coordinate may be, in device px; farther ones are pulled in.
const FARTHEST: f32 = 2_000_000.0;
/// How far a curve may be from its lines, in device px.
const TOLERANCE: f32 = 0.05;
/// The most lines that stand for one curve.
const MAX_CURVE_LINES: f32 = 200.0;

/// A line between two points, in 1/256 device px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub x0: i32,
    pub y0: i32,
    pub x1: i32,
    pub y1: i32,
}

/// The lines of a path; figures are closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlatPath {
    pub lines: Vec<Line>,
}

impl FlatPath {
    /// The px that the path touches.
    pub fn bounds(&self) -> PixelRect {
        if self.lines.is_empty() {
            return PixelRect::EMPTY;
        }
        let mut bounds = (i32::MAX, i32::MAX, i32::MIN, i32::MIN);
        for line in &self.lines {
            bounds.0 = bounds.0.min(line.x0).min(line.x1);
            bounds.1 = bounds.1.min(line.y0).min(line.y1);
            bounds.2 = bounds.2.max(line.x0).max(line.x1);
            bounds.3 = bounds.3.max(line.y0).max(line.y1);
        }
        let up = |edge: i32| (edge + SUBPIXELS - 1) >> SUBPIXEL_BITS;
        PixelRect::new(bounds.0 >> SUBPIXEL_BITS, bounds.1 >> SUBPIXEL_BITS, up(bounds.2), up(bounds.3))
    }
}

/// Builds a [`FlatPath`] from points in device px.
#[derive(Default)]
pub struct PathBuilder {
    path: FlatPath,
    start: (f32, f32),
    at: (f32, f32),
    open: bool,
}

impl PathBuilder {
    pub fn new() -> Self {
        PathBuilder::default()
    }

    pub fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.start = (x, y);
        self.at = (x, y);
        self.open = true;
    }

    pub fn line_to(&mut self, x: f32, y: f32) {
        let (from, to) = (fixed(self.at), fixed((x, y)));
        // A horizontal line covers nothing.
        if from.1 != to.1 {
            self.path.lines.push(Line { x0: from.0, y0: from.1, x1: to.0, y1: to.1 });
        }
        self.at = (x, y);
    }

    pub fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        let (start, control, end) = (self.at, (control_x, control_y), (x, y));
        let bend = distance(start.0 - 2.0 * control.0 + end.0, start.1 - 2.0 * control.1 + end.1);
        let count = line_count(bend / (4.0 * TOLERANCE));
        for index in 1..count {
            let part = index as f32 / count as f32;
            let rest = 1.0 - part;
            let mix = |a: f32, b: f32, c: f32| rest * rest * a + 2.0 * rest * part * b + part * part * c;
            self.line_to(mix(start.0, control.0, end.0), mix(start.1, control.1, end.1));
        }
        self.line_to(x, y);
    }

    pub fn cubic_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let start = self.at;
        let bend = distance(start.0 - 2.0 * x1 + x2, start.1 - 2.0 * y1 + y2)
            .max(distance(x1 - 2.0 * x2 + x, y1 - 2.0 * y2 + y));
        let count = line_count(bend * 0.75 / TOLERANCE);
        for index in 1..count {
            let part = index as f32 / count as f32;
            let rest = 1.0 - part;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                rest * rest * rest * a
                    + 3.0 * rest * rest * part * b
                    + 3.0 * rest * part * part * c
                    + part * part * part * d
            };
            self.line_to(mix(start.0, x1, x2, x), mix(start.1, y1, y2, y));
        }
        self.line_to(x, y);
    }

    /// A quarter of an ellipse from `start`, where the pen is, to `end`, its tangents meeting in `corner`.
    ///
    /// Skia draws one as a few parabolas, and each of those as a few straight lines; corners look alike only with as many.
    pub fn quarter_to(&mut self, start: (f32, f32), corner: (f32, f32), end: (f32, f32)) {
        let bend = distance(start.0 - 2.0 * corner.0 + end.0, start.1 - 2.0 * corner.1 + end.1);
        // How far one parabola is off, with the weight of a quarter's conic; halving it makes that a quarter.
        let mut error = 0.042_893_2 * bend;
        let mut halvings = 0;
        while error > 0.25 && halvings < 5 {
            error *= 0.25;
            halvings += 1;
        }
        let pieces = 1_u32 << halvings;
        let center = (start.0 + end.0 - corner.0, start.1 + end.1 - corner.1);
        let (to_start, to_end) =
            ((start.0 - center.0, start.1 - center.1), (end.0 - center.0, end.1 - center.1));
        // The quarter is the image of a circle's.
        let place = |angle: f32, length: f32| {
            let (sine, cosine) = angle.sin_cos();
            let (to_start_part, to_end_part) = (cosine * length, sine * length);
            (
                center.0 + to_start.0 * to_start_part + to_end.0 * to_end_part,
                center.1 + to_start.1 * to_start_part + to_end.1 * to_end_part,
            )
        };
        let step = std::f32::consts::FRAC_PI_2 / pieces as f32;
        for piece in 0..pieces {
            let control = match pieces {
                1 => corner,
                _ => place(step * (piece as f32 + 0.5), 1.0 / (step / 2.0).cos()),
            };
            let to = if piece + 1 == pieces { end } else { place(step * (piece + 1) as f32, 1.0) };
            self.coarse_quad(self.at, control, to);
        }
    }

    /// A parabola as the number of lines that Skia's edges have.
    fn coarse_quad(&mut self, from: (f32, f32), control: (f32, f32), to: (f32, f32)) {
        // In 1/256 px: a quarter of the bend, the longer side and half of the shorter.
        let bend = |a: f32, b: f32, c: f32| ((a - 2.0 * b + c) * 64.0).abs();
        let (x, y) = (bend(from.0, control.0, to.0), bend(from.1, control.1, to.1));
        let estimate = x.max(y) + x.min(y) / 2.0;
        // `as` saturates, and turns NaN into 0.
        let estimate = (estimate as u32).saturating_add(16) >> 5;
        let halvings = ((32 - estimate.leading_zeros()) / 2).clamp(1, 5);
        let count = 1_u32 << halvings;
        for index in 1..=count {
            let part = index as f32 / count as f32;
            let rest = 1.0 - part;
            let mix = |a: f32, b: f32, c: f32| rest * rest * a + 2.0 * rest * part * b + part * part * c;
            self.line_to(mix(from.0, control.0, to.0), mix(from.1, control.1, to.1));
        }
    }

    pub fn close(&mut self) {
        if self.open {
            self.line_to(self.start.0, self.start.1);
            self.open = false;
        }
    }

    /// A figure with straight sides.
    pub fn polygon(&mut self, points: &[(f32, f32)]) {
        let Some((&(x, y), rest)) = points.split_first() else { return };
        self.move_to(x, y);
        for &(x, y) in rest {
            self.line_to(x, y);
        }
        self.close();
    }

    pub fn finish(mut self) -> FlatPath {
        self.close();
        self.path
    }
}

fn distance(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

fn line_count(square: f32) -> u32 {
    // `as` turns NaN into 0.
    (square.sqrt().ceil().clamp(1.0, MAX_CURVE_LINES)) as u32
}

fn fixed((x, y): (f32, f32)) -> (i32, i32) {
    let fix = |value: f32| (value.clamp(-FARTHEST, FARTHEST) * SUBPIXELS as f32).round() as i32;
    (fix(x), fix(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_closed_and_horizontal_lines_left_out() {
        let mut builder = PathBuilder::new();
        builder.polygon(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0)]);
        let path = builder.finish();
        assert_eq!(path.lines.len(), 2);
        assert_eq!(path.bounds(), PixelRect::new(0, 0, 2, 1));
    }

    #[test]
    fn curves_stay_near_their_lines_and_hostile_points_are_harmless() {
        let mut builder = PathBuilder::new();
        builder.move_to(f32::NAN, 0.0);
        builder.cubic_to(f32::INFINITY, 1e30, -1e30, f32::NAN, 5.0, 5.0);
        assert!(builder.finish().lines.len() <= 201);
        let mut builder = PathBuilder::new();
        builder.move_to(0.0, 0.0);
        builder.quad_to(50.0, 100.0, 100.0, 0.0);
        let path = builder.finish();
        let lowest = path.lines.iter().map(|line| line.y0.max(line.y1)).max().unwrap();
        assert!((lowest - 50 * SUBPIXELS).abs() < SUBPIXELS / 10);
    }
}
