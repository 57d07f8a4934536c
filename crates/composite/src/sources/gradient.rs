//! Gradients, pixel by pixel.

use fanlight_base::Rgba;
use fanlight_paint::display_list::{Gradient, GradientKind, GradientSpace, GradientStop};

use super::color_space;
use crate::limits::MAX_GRADIENT_STOPS;
use crate::raster::{Affine, Pixel, Shader};

/// A gradient with its geometry inverted: from device px to the place along the gradient line.
pub struct GradientShader {
    place: Place,
    ramp: Ramp,
    /// From device px to the gradient box.
    inverse: Affine,
    /// The size of a tile and of the step to the next, when the gradient repeats as an image.
    tile: Option<TileStep>,
}

/// One tile of a repeated image, in CSS px.
#[derive(Clone, Copy, Debug)]
pub struct TileStep {
    pub size: (f32, f32),
    pub step: (f32, f32),
}

impl TileStep {
    /// Where in its tile a place is; `None` between tiles.
    pub fn within(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let (x, y) = (wrap(x, self.step.0), wrap(y, self.step.1));
        (x < self.size.0 && y < self.size.1).then_some((x, y))
    }
}

/// The remainder, never negative; the place itself when there is nothing to wrap at.
fn wrap(place: f32, step: f32) -> f32 {
    if step > 0.0 { place - (place / step).floor() * step } else { place }
}

/// How a place becomes a part of the gradient line.
enum Place {
    /// `x·X + y·Y + start`
    Linear { x: f32, y: f32, start: f32 },
    /// The distance from the centre, in radii.
    Radial { center: (f32, f32), per_radius: (f32, f32) },
    /// The part of a turn, from `start` on.
    Conic { center: (f32, f32), start: f32 },
}

impl GradientShader {
    /// `to_device` takes the gradient box to device px. `None` when nothing can be seen of it.
    pub fn new(gradient: &Gradient, to_device: &Affine, tile: Option<TileStep>) -> Option<Self> {
        let inverse = to_device.inverse()?;
        let ramp = Ramp::new(gradient)?;
        let place = match gradient.kind {
            GradientKind::Linear { start, end } => {
                let (x, y) = (end.x - start.x, end.y - start.y);
                let square = x * x + y * y;
                if square <= 0.0 {
                    // A line without length: all is past its end.
                    Place::Linear { x: 0.0, y: 0.0, start: if gradient.repeating { 0.0 } else { f32::MAX } }
                } else {
                    let (x, y) = (x / square, y / square);
                    Place::Linear { x, y, start: -(start.x * x + start.y * y) }
                }
            }
            GradientKind::Radial { center, radii } => {
                // A radius of nothing acts as the least there is.
                // <https://drafts.csswg.org/css-images-3/#degenerate-radials>
                let per = |radius: f32| 1.0 / radius.max(1e-5);
                Place::Radial {
                    center: (center.x, center.y),
                    per_radius: (per(radii.width), per(radii.height)),
                }
            }
            GradientKind::Conic { center, angle } => {
                Place::Conic { center: (center.x, center.y), start: angle / 360.0 }
            }
        };
        Some(GradientShader { place, ramp, inverse, tile })
    }

    fn part(&self, x: f32, y: f32) -> f32 {
        match self.place {
            Place::Linear { x: per_x, y: per_y, start } => x * per_x + y * per_y + start,
            Place::Radial { center, per_radius } => {
                let (x, y) = ((x - center.0) * per_radius.0, (y - center.1) * per_radius.1);
                (x * x + y * y).sqrt()
            }
            Place::Conic { center, start } => {
                let part = turn(x - center.0, y - center.1) - start;
                part - part.floor()
            }
        }
    }
}

impl Shader for GradientShader {
    fn row(&self, y: i32, left: i32, colors: &mut [Pixel]) {
        let mut hint = 0;
        let center_y = y as f32 + 0.5;
        // A linear gradient straight down has one colour for the row.
        if let (Place::Linear { x: per_x, y: per_y, .. }, None) = (&self.place, self.tile)
            && per_x * self.inverse.a + per_y * self.inverse.b == 0.0
        {
            let (local_x, local_y) = self.inverse.apply(0.5, center_y);
            colors.fill(self.ramp.color(self.part(local_x, local_y), &mut hint));
            return;
        }
        for (offset, color) in colors.iter_mut().enumerate() {
            let (x, y) = self.inverse.apply((left + offset as i32) as f32 + 0.5, center_y);
            let place = match &self.tile {
                Some(tile) => tile.within(x, y),
                None => Some((x, y)),
            };
            *color = match place {
                Some((x, y)) => self.ramp.color(self.part(x, y), &mut hint),
                None => [0; 4],
            };
        }
    }
}

/// The part of a full turn clockwise from upwards, 0 to 1, of a direction whose y is down.
///
/// A polynomial for the arc tangent, within 2 millionths of a turn: the same on every machine.
fn turn(x: f32, y: f32) -> f32 {
    let (ax, ay) = (x.abs(), y.abs());
    let (least, most) = (ax.min(ay), ax.max(ay));
    if most == 0.0 {
        return 0.0;
    }
    let ratio = least / most;
    let square = ratio * ratio;
    let mut angle = ratio
        * (0.999_977_3
            + square
                * (-0.332_623_5
                    + square
                        * (0.193_543_46
                            + square * (-0.116_432_87 + square * (0.052_653_32 - square * 0.011_721_2)))))
        / (2.0 * std::f32::consts::PI);
    // From the x-axis of the first octant to clockwise from upwards.
    if ax <= ay {
        angle = 0.25 - angle;
    }
    match (x >= 0.0, y >= 0.0) {
        (true, false) => 0.25 - angle,
        (true, true) => 0.25 + angle,
        (false, true) => 0.75 - angle,
        (false, false) => 0.75 + angle,
    }
}

/// The colours along the line.
struct Ramp {
    /// Offsets, and premultiplied colours there, 0 to 255.
    stops: Vec<(f32, [f32; 4])>,
    repeating: bool,
}

impl Ramp {
    fn new(gradient: &Gradient) -> Option<Self> {
        let stops: Vec<GradientStop> = gradient
            .stops
            .iter()
            .copied()
            .filter(|stop| stop.offset.is_finite())
            .take(MAX_GRADIENT_STOPS)
            .collect();
        let last = stops.last()?;
        let mut resolved = Vec::with_capacity(stops.len());
        for pair in stops.windows(2) {
            resolved.push((pair[0].offset, premultiplied(pair[0].color)));
            if gradient.space != GradientSpace::Srgb && pair[1].offset > pair[0].offset {
                // Other spaces become short straight pieces.
                const PIECES: u32 = 32;
                for piece in 1..PIECES {
                    let part = piece as f32 / PIECES as f32;
                    let color = color_space::mix(pair[0].color, pair[1].color, part, gradient.space);
                    let offset = pair[0].offset + (pair[1].offset - pair[0].offset) * part;
                    resolved.push((offset, premultiplied(color)));
                }
            }
        }
        resolved.push((last.offset, premultiplied(last.color)));
        let range = last.offset - stops[0].offset;
        if gradient.repeating && range <= 0.0 {
            // Repeating within no length: the mean would flicker; the last colour is what CSS Images says.
            // <https://drafts.csswg.org/css-images-3/#repeating-gradients>
            resolved = vec![(0.0, premultiplied(last.color))];
        }
        Some(Ramp { stops: resolved, repeating: gradient.repeating && range > 0.0 })
    }

    /// The colour at a part of the line. `hint` is the stop that was before the last place asked for.
    fn color(&self, part: f32, hint: &mut usize) -> Pixel {
        let first = self.stops[0];
        let last = self.stops[self.stops.len() - 1];
        let mut part = part;
        if self.repeating {
            part = first.0 + wrap(part - first.0, last.0 - first.0);
        }
        if part < first.0 {
            return to_pixel(first.1);
        }
        if part >= last.0 || part.is_nan() {
            return to_pixel(last.1);
        }
        let inside = |index: usize| self.stops[index].0 <= part && part < self.stops[index + 1].0;
        if !inside(*hint) {
            // The last stop at or before the place; there is one, and one after it.
            *hint = self.stops.partition_point(|stop| stop.0 <= part) - 1;
        }
        let (start, end) = (self.stops[*hint], self.stops[*hint + 1]);
        let along = (part - start.0) / (end.0 - start.0);
        to_pixel(std::array::from_fn(|channel| {
            start.1[channel] + (end.1[channel] - start.1[channel]) * along
        }))
    }
}

fn premultiplied(color: Rgba) -> [f32; 4] {
    let alpha = color.alpha.clamp(0.0, 1.0) * 255.0;
    [color.red * alpha, color.green * alpha, color.blue * alpha, alpha]
}

fn to_pixel(color: [f32; 4]) -> Pixel {
    // `as` saturates.
    color.map(|component| (component + 0.5) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssPoint;

    fn stops(colors: &[(f32, Rgba)]) -> Vec<GradientStop> {
        colors.iter().map(|&(offset, color)| GradientStop { offset, color }).collect()
    }

    const RED: Rgba = Rgba { red: 1.0, green: 0.0, blue: 0.0, alpha: 1.0 };
    const BLUE: Rgba = Rgba { red: 0.0, green: 0.0, blue: 1.0, alpha: 1.0 };

    fn linear(width: f32, repeating: bool, colors: &[(f32, Rgba)]) -> GradientShader {
        let gradient = Gradient {
            kind: GradientKind::Linear { start: CssPoint::zero(), end: CssPoint::new(width, 0.0) },
            stops: stops(colors),
            repeating,
            space: GradientSpace::Srgb,
        };
        GradientShader::new(&gradient, &Affine::IDENTITY, None).unwrap()
    }

    fn row(shader: &GradientShader, width: usize) -> Vec<Pixel> {
        let mut colors = vec![[0; 4]; width];
        shader.row(0, 0, &mut colors);
        colors
    }

    #[test]
    fn a_linear_gradient_has_chromiums_values() {
        // linear-gradient(90deg, red, blue), 100 px wide, measured in Chromium, which dithers by up to two levels.
        let colors = row(&linear(100.0, false, &[(0.0, RED), (1.0, BLUE)]), 100);
        for (x, red, blue) in
            [(0, 253, 1), (1, 252, 4), (49, 129, 127), (50, 126, 128), (98, 3, 251), (99, 2, 254)]
        {
            let near = |value: u8, expected: i32| (i32::from(value) - expected).abs() <= 2;
            assert!(near(colors[x][0], red) && near(colors[x][2], blue), "{x}: {:?}", colors[x]);
        }
    }

    #[test]
    fn hard_stops_are_hard_and_repeat() {
        let colors = row(&linear(4.0, true, &[(0.0, RED), (0.5, RED), (0.5, BLUE), (1.0, BLUE)]), 8);
        let (red, blue) = ([255, 0, 0, 255], [0, 0, 255, 255]);
        assert_eq!(colors, [red, red, blue, blue, red, red, blue, blue]);
    }

    #[test]
    fn transparent_ends_do_not_darken() {
        let clear = Rgba { alpha: 0.0, ..BLUE };
        let colors = row(&linear(2.0, false, &[(0.0, RED), (1.0, clear)]), 2);
        assert_eq!(colors[0], [191, 0, 0, 191]);
    }

    #[test]
    fn turns_are_clockwise_from_upwards() {
        let near = |x: f32, y: f32, expected: f32| {
            assert!((turn(x, y) - expected).abs() < 2e-6, "{x} {y}: {}", turn(x, y));
        };
        near(0.0, -1.0, 0.0);
        near(1.0, -1.0, 0.125);
        near(1.0, 0.0, 0.25);
        near(0.0, 1.0, 0.5);
        near(-1.0, 0.0, 0.75);
        near(-1.0, -1.0, 0.875);
    }
}
