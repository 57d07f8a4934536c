//! Gaussian blur, as three boxes one after another.
//!
//! Three boxes come within 3 % of a Gaussian, and cost the same whatever their size. Sums are of integers. Below a
//! deviation of 2 px boxes are too coarse, and the Gaussian itself is summed.
//! <https://drafts.fxtf.org/filter-effects-1/#feGaussianBlurElement>

use super::{Mask, PixelRect, Surface};

/// How far a blur carries, in device px. `deviation` is the standard deviation in device px.
pub fn reach(deviation: f32) -> i32 {
    if deviation <= 0.0 { 0 } else { (deviation * 3.0).ceil().min(4096.0) as i32 + 1 }
}

/// The mean width of the three boxes that stand for a Gaussian, in device px.
pub fn box_width(deviation: f32) -> f32 {
    if deviation < 2.0 {
        return 2.0 * deviation;
    }
    let size = box_size(deviation);
    // Of an even size, one of the three is wider by a px.
    size as f32 + if size.is_multiple_of(2) { 1.0 / 3.0 } else { 0.0 }
}

fn box_size(deviation: f32) -> usize {
    ((deviation * 3.0 * (2.0 * std::f32::consts::PI).sqrt() / 4.0 + 0.5).floor() as usize).min(2048)
}

/// The weights of a blur along one axis; they sum up to 65536.
enum Kernel {
    Boxes([Window; 3]),
    Weights(Vec<u32>),
}

/// A box from `before` px before a pixel to `after` px after it.
#[derive(Clone, Copy)]
struct Window {
    before: usize,
    after: usize,
}

impl Kernel {
    fn new(deviation: f32) -> Self {
        if deviation < 2.0 {
            return Kernel::Weights(gaussian(deviation));
        }
        let size = box_size(deviation);
        let half = size / 2;
        let odd = Window { before: half, after: half };
        if size % 2 == 1 {
            return Kernel::Boxes([odd, odd, odd]);
        }
        Kernel::Boxes([
            Window { before: half, after: half - 1 },
            Window { before: half - 1, after: half },
            odd,
        ])
    }
}

/// The weights of a Gaussian, its middle in the middle.
fn gaussian(deviation: f32) -> Vec<u32> {
    let reach = (f64::from(deviation) * 3.0).ceil() as i32;
    let variance = 2.0 * f64::from(deviation) * f64::from(deviation);
    let raw: Vec<f64> = (-reach..=reach)
        .map(|x| if reach == 0 { 1.0 } else { (-f64::from(x * x) / variance).exp() })
        .collect();
    let total: f64 = raw.iter().sum();
    let mut weights: Vec<u32> = raw.iter().map(|weight| (weight / total * 65536.0).round() as u32).collect();
    // The middle takes what rounding lost, so that an even colour stays as it is.
    let sum: u32 = weights.iter().sum();
    let middle = reach as usize;
    weights[middle] = (weights[middle] + 65536).saturating_sub(sum);
    weights
}

/// Blurs coverage in place; outside the mask nothing is covered.
pub fn blur_mask(mask: &mut Mask, deviation_x: f32, deviation_y: f32) {
    let rect = mask.rect();
    blur_planes(mask.coverage_mut(), rect, 1, deviation_x, deviation_y);
}

/// Blurs a surface in place; outside it everything is transparent.
pub fn blur_surface(surface: &mut Surface, deviation_x: f32, deviation_y: f32) {
    let rect = surface.rect();
    blur_planes(surface.pixels_mut().as_flattened_mut(), rect, 4, deviation_x, deviation_y);
}

fn blur_planes(values: &mut [u8], rect: PixelRect, channels: usize, deviation_x: f32, deviation_y: f32) {
    let (width, height) = (rect.width(), rect.height());
    if width == 0 || height == 0 {
        return;
    }
    if deviation_x > 0.0 {
        let kernel = Kernel::new(deviation_x);
        let mut line = vec![0; width];
        let mut result = vec![0; width];
        for row in values.chunks_exact_mut(width * channels) {
            for channel in 0..channels {
                for (to, from) in line.iter_mut().zip(row[channel..].iter().step_by(channels)) {
                    *to = *from;
                }
                blur_line(&kernel, &mut line, &mut result);
                for (to, from) in row[channel..].iter_mut().step_by(channels).zip(&line) {
                    *to = *from;
                }
            }
        }
    }
    if deviation_y > 0.0 {
        let kernel = Kernel::new(deviation_y);
        let stride = width * channels;
        let mut line = vec![0; height];
        let mut result = vec![0; height];
        for column in 0..stride {
            for (to, from) in line.iter_mut().zip(values[column..].iter().step_by(stride)) {
                *to = *from;
            }
            blur_line(&kernel, &mut line, &mut result);
            for (to, from) in values[column..].iter_mut().step_by(stride).zip(&line) {
                *to = *from;
            }
        }
    }
}

fn blur_line(kernel: &Kernel, line: &mut Vec<u8>, result: &mut Vec<u8>) {
    if line.iter().all(|&value| value == 0) {
        return;
    }
    match kernel {
        Kernel::Boxes(windows) => {
            for window in windows {
                box_line(*window, line, result);
                std::mem::swap(line, result);
            }
        }
        Kernel::Weights(weights) => {
            let reach = weights.len() / 2;
            for (index, to) in result.iter_mut().enumerate() {
                let first = index.saturating_sub(reach);
                let last = (index + reach + 1).min(line.len());
                let skipped = first + reach - index;
                let sum: u32 = line[first..last]
                    .iter()
                    .zip(&weights[skipped..])
                    .map(|(&value, &weight)| u32::from(value) * weight)
                    .sum();
                *to = ((sum + 32768) >> 16) as u8;
            }
            std::mem::swap(line, result);
        }
    }
}

fn box_line(window: Window, line: &[u8], result: &mut [u8]) {
    let size = (window.before + window.after + 1) as u32;
    let mut sum: u32 = line[..line.len().min(window.after)].iter().map(|&value| u32::from(value)).sum();
    for index in 0..line.len() {
        if let Some(&entering) = line.get(index + window.after) {
            sum += u32::from(entering);
        }
        result[index] = ((sum + size / 2) / size) as u8;
        if index >= window.before {
            sum -= u32::from(line[index - window.before]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_colour_stays_as_it_is_and_the_sum_is_kept() {
        for deviation in [0.4, 1.0, 2.0, 5.0, 7.3] {
            let size = 4 * reach(deviation) + 1;
            let mut mask = Mask::filled(PixelRect::new(0, 0, size, 1), 200);
            blur_mask(&mut mask, deviation, 0.0);
            assert_eq!(mask.row(0, size / 2, size / 2 + 1), [200], "{deviation}");
            let mut dot = Mask::filled(PixelRect::new(0, 0, size, 1), 0);
            dot.row_mut(0, size / 2, size / 2 + 1)[0] = 255;
            blur_mask(&mut dot, deviation, 0.0);
            let row = dot.coverage();
            let mirrored: Vec<u8> = row.iter().rev().copied().collect();
            assert_eq!(row, mirrored, "symmetrical at {deviation}");
            assert_eq!(row[0], 0, "nothing carries farther than said");
        }
    }

    #[test]
    fn an_edge_is_half_covered_where_it_was() {
        let mut mask = Mask::filled(PixelRect::new(0, 0, 40, 1), 0);
        mask.row_mut(0, 20, 40).fill(255);
        blur_mask(&mut mask, 4.0, 0.0);
        let (before, after) = (mask.coverage()[19], mask.coverage()[20]);
        assert!(
            before < 128 && after > 127 && i32::from(before) + i32::from(after) >= 254,
            "{before} {after}"
        );
    }
}
