//! The exact area of each pixel that a path covers.
//!
//! Lines add, to the cells they cross, the signed area to their right; the running sum along a row is the coverage. All
//! sums are of integers, and where a line crosses a row or a column is computed from its ends alone, so the coverage of a
//! pixel does not depend on the rectangle that is asked for.

use fanlight_paint::display_list::FillRule;

use super::flatten::{FlatPath, Line, SUBPIXEL_BITS, SUBPIXELS};
use super::{Mask, PixelRect};

/// Coverage of a whole pixel in the sums: twice its area in square subpixels.
const WHOLE: i32 = 2 * SUBPIXELS * SUBPIXELS;

/// Memory that is used again from path to path.
#[derive(Default)]
pub struct Scratch {
    cells: Vec<i32>,
}

/// The coverage of the pixels in `rect`; the mask is of the part of it that the path touches.
pub fn rasterise(path: &FlatPath, rule: FillRule, rect: PixelRect, scratch: &mut Scratch) -> Mask {
    let rect = path.bounds().intersection(&rect);
    if rect.is_empty() {
        return Mask::filled(PixelRect::EMPTY, 0);
    }
    // Two cells more than there are pixels: a line in the last column still has a right-hand neighbour.
    let stride = rect.width() + 2;
    scratch.cells.clear();
    scratch.cells.resize(stride * rect.height(), 0);
    for line in &path.lines {
        add_line(&mut scratch.cells, stride, &rect, line);
    }
    let mut coverage = Vec::with_capacity(rect.area());
    for row in scratch.cells.chunks_exact(stride) {
        let mut sum = 0_i32;
        coverage.extend(row[..stride - 2].iter().map(|cell| {
            sum = sum.wrapping_add(*cell);
            match rule {
                FillRule::NonZero => to_byte(sum.saturating_abs()),
                FillRule::EvenOdd => {
                    let folded = sum.rem_euclid(2 * WHOLE);
                    to_byte(if folded > WHOLE { 2 * WHOLE - folded } else { folded })
                }
            }
        }));
    }
    Mask::from_coverage(rect, coverage)
}

/// 256 steps of area to 255 levels, as FreeType has it: everything from 255/256 on is full.
fn to_byte(area: i32) -> u8 {
    (area >> (2 * SUBPIXEL_BITS + 1 - 8)).min(255) as u8
}

fn add_line(cells: &mut [i32], stride: usize, rect: &PixelRect, line: &Line) {
    // Downwards; a line that went up takes away.
    let (sign, x0, y0, x1, y1) = match line.y0 < line.y1 {
        true => (1, line.x0, line.y0, line.x1, line.y1),
        false => (-1, line.x1, line.y1, line.x0, line.y0),
    };
    let top = y0.max(rect.top << SUBPIXEL_BITS);
    let bottom = y1.min(rect.bottom << SUBPIXEL_BITS);
    if top >= bottom {
        return;
    }
    let (run, rise) = (i64::from(x1 - x0), i64::from(y1 - y0));
    let x_at = |y: i32| x0 + (i64::from(y - y0) * run).div_euclid(rise) as i32;
    let mut y = top;
    let mut x = x_at(y);
    while y < bottom {
        let row = y >> SUBPIXEL_BITS;
        let next_y = ((row + 1) << SUBPIXEL_BITS).min(bottom);
        let next_x = x_at(next_y);
        let start = (row - rect.top) as usize * stride;
        add_in_row(&mut cells[start..start + stride], rect, sign, (x, y), (next_x, next_y));
        (x, y) = (next_x, next_y);
    }
}

/// Adds a line that stays in one row.
fn add_in_row(cells: &mut [i32], rect: &PixelRect, sign: i32, from: (i32, i32), to: (i32, i32)) {
    let left_edge = rect.left << SUBPIXEL_BITS;
    let right_edge = rect.right << SUBPIXEL_BITS;
    // From left to right; the area is the same.
    let (start_x, end_x, falls) = match from.0 <= to.0 {
        true => (from.0, to.0, true),
        false => (to.0, from.0, false),
    };
    let height = to.1 - from.1;
    if start_x >= right_edge {
        return;
    }
    if end_x <= left_edge {
        cells[0] = cells[0].wrapping_add(sign * height * 2 * SUBPIXELS);
        return;
    }
    let run = i64::from(end_x - start_x);
    // How much of the height lies left of a column's edge.
    let height_at = |x: i32| -> i32 {
        if x >= end_x {
            return height;
        }
        let part = i64::from(x - start_x) * i64::from(height);
        // The mirrored line rounds the other way, so that both directions are one line.
        if falls {
            part.div_euclid(run) as i32
        } else {
            height - ((run * i64::from(height) - part).div_euclid(run)) as i32
        }
    };
    let mut x = start_x;
    let mut reached = 0;
    if x < left_edge {
        reached = height_at(left_edge);
        cells[0] = cells[0].wrapping_add(sign * reached * 2 * SUBPIXELS);
        x = left_edge;
    }
    let end = end_x.min(right_edge);
    loop {
        let column = x >> SUBPIXEL_BITS;
        if column >= rect.right {
            return;
        }
        let next_x = ((column + 1) << SUBPIXEL_BITS).min(end);
        let next_reached = height_at(next_x);
        let cover = next_reached - reached;
        let origin = column << SUBPIXEL_BITS;
        // Twice the area left of the line.
        let outside = cover * ((x - origin) + (next_x - origin));
        let index = (column - rect.left) as usize;
        cells[index] = cells[index].wrapping_add(sign * (cover * 2 * SUBPIXELS - outside));
        cells[index + 1] = cells[index + 1].wrapping_add(sign * outside);
        if next_x >= end {
            return;
        }
        (x, reached) = (next_x, next_reached);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::PathBuilder;

    fn mask(points: &[(f32, f32)], rule: FillRule, rect: PixelRect) -> Mask {
        let mut builder = PathBuilder::new();
        builder.polygon(points);
        rasterise(&builder.finish(), rule, rect, &mut Scratch::default())
    }

    const ALL: PixelRect = PixelRect { left: -100, top: -100, right: 100, bottom: 100 };

    #[test]
    fn coverage_is_area() {
        let rect = mask(&[(0.5, 0.0), (2.0, 0.0), (2.0, 1.5), (0.5, 1.5)], FillRule::NonZero, ALL);
        assert_eq!(rect.rect(), PixelRect::new(0, 0, 2, 2));
        assert_eq!(rect.coverage(), [128, 255, 64, 128]);
        let triangle = mask(&[(0.0, 0.0), (2.0, 2.0), (0.0, 2.0)], FillRule::NonZero, ALL);
        assert_eq!(triangle.coverage(), [128, 0, 255, 128]);
        let mirrored = mask(&[(2.0, 0.0), (2.0, 2.0), (0.0, 2.0)], FillRule::NonZero, ALL);
        assert_eq!(mirrored.coverage(), [0, 128, 128, 255]);
    }

    #[test]
    fn fill_rules_differ_where_a_path_overlaps_itself() {
        let mut builder = PathBuilder::new();
        builder.polygon(&[(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (0.0, 1.0)]);
        builder.polygon(&[(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)]);
        let path = builder.finish();
        let mut scratch = Scratch::default();
        assert_eq!(rasterise(&path, FillRule::NonZero, ALL, &mut scratch).coverage(), [255, 255, 255]);
        assert_eq!(rasterise(&path, FillRule::EvenOdd, ALL, &mut scratch).coverage(), [255, 0, 255]);
    }

    #[test]
    fn a_pixel_does_not_depend_on_the_rectangle_asked_for() {
        let mut builder = PathBuilder::new();
        builder.move_to(-31.37, -7.7);
        builder.cubic_to(40.1, 3.9, -5.5, 61.2, 47.77, 33.3);
        builder.line_to(11.1, 50.5);
        builder.quad_to(-20.0, 41.4, -13.9, 9.9);
        let path = builder.finish();
        let mut scratch = Scratch::default();
        let whole = rasterise(&path, FillRule::NonZero, ALL, &mut scratch);
        for size in [1, 3, 7, 16] {
            for top in (-50..70).step_by(size as usize) {
                for left in (-50..70).step_by(size as usize) {
                    let tile = PixelRect::new(left, top, left + size, top + size);
                    let part = rasterise(&path, FillRule::NonZero, tile, &mut scratch);
                    let rect = part.rect();
                    for y in rect.top..rect.bottom {
                        assert_eq!(part.row(y, rect.left, rect.right), whole.row(y, rect.left, rect.right));
                    }
                }
            }
        }
    }
}
