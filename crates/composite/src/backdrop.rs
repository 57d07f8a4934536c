//! Filtered backdrops: what is below a group becomes the first thing in it.
//! <https://drafts.fxtf.org/filter-effects-2/#backdrop-filter-operation>

use fanlight_paint::display_list::{Backdrop, Filter};

use crate::filter;
use crate::raster::{Affine, Pixel, PixelRect, Shader, Surface};
use crate::scene::filters_reach;

/// The filtered backdrop of a group in the px of `region`. `affine` takes the group's coordinates to device px; outside of
/// `canvas` there is nothing to filter.
pub(crate) fn filtered(
    backdrop: &Backdrop,
    affine: &Affine,
    below: &Surface,
    canvas: PixelRect,
    region: PixelRect,
) -> Surface {
    let edges = affine.bounds(&backdrop.area.rect).intersection(&canvas);
    let mut surface = mirrored(below, edges, needed(&backdrop.filters, affine, region));
    filter::apply(&backdrop.filters, affine, &mut surface);
    surface
}

/// The px that the filtered px of a region depend on.
fn needed(filters: &[Filter], affine: &Affine, region: PixelRect) -> PixelRect {
    filters.iter().rev().fold(region, |region, filter| match filter {
        Filter::Reference(filter) => region.union(&affine.bounds(&filter.region())),
        other => region.outset(filters_reach(std::slice::from_ref(other), affine.mean_scale())),
    })
}

/// The px of `rect`: those inside `edges` from `below`, those beyond as in a mirror at the edge.
fn mirrored(below: &Surface, edges: PixelRect, rect: PixelRect) -> Surface {
    let mut surface = Surface::filled(rect, [0; 4]);
    if edges.is_empty() {
        return surface;
    }
    let columns: Vec<i32> = (rect.left..rect.right).map(|x| reflect(x, edges.left, edges.right)).collect();
    let known = below.rect();
    for y in rect.top..rect.bottom {
        let from_y = reflect(y, edges.top, edges.bottom);
        if from_y < known.top || from_y >= known.bottom {
            continue;
        }
        let from = below.row(from_y, known.left, known.right);
        let to = surface.row_mut(y, rect.left, rect.right);
        for (to, &x) in to.iter_mut().zip(&columns) {
            if x >= known.left && x < known.right {
                *to = from[(x - known.left) as usize];
            }
        }
    }
    surface
}

/// A place between `start` and `end`, which is after `start`, that a mirror at both shows at `at`.
fn reflect(at: i32, start: i32, end: i32) -> i32 {
    let length = end - start;
    let place = (at - start).rem_euclid(2 * length);
    start + if place < length { place } else { 2 * length - 1 - place }
}

/// Paints with the px of a surface that has all that are asked for.
pub(crate) struct SurfaceShader<'a>(pub &'a Surface);

impl Shader for SurfaceShader<'_> {
    fn row(&self, y: i32, left: i32, colors: &mut [Pixel]) {
        colors.copy_from_slice(self.0.row(y, left, left + colors.len() as i32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_shows_the_px_at_the_edge_twice() {
        let seen: Vec<i32> = (0..12).map(|at| reflect(at, 4, 7)).collect();
        assert_eq!(seen, [6, 6, 5, 4, 4, 5, 6, 6, 5, 4, 4, 5]);
    }

    #[test]
    fn what_is_outside_the_box_does_not_bleed_in() {
        let mut below = Surface::filled(PixelRect::new(0, 0, 4, 1), [255, 0, 0, 255]);
        below.row_mut(0, 1, 3).fill([0, 0, 255, 255]);
        let inside = PixelRect::new(1, 0, 3, 1);
        let found = mirrored(&below, inside, PixelRect::new(-1, -1, 5, 2));
        assert!(found.pixels().iter().all(|pixel| *pixel == [0, 0, 255, 255]));
    }
}
