//! Shadows of boxes. <https://drafts.csswg.org/css-backgrounds-3/#shadow-blur>

use fanlight_base::geometry::{CssRect, CssSize};
use fanlight_paint::display_list::{BoxShadow, FillRule, RoundedRect, ShadowSide};

use super::{fill_rounded, solid};
use crate::limits::MAX_DEVIATION;
use crate::raster::blur::{blur_mask, box_width, reach};
use crate::raster::shapes::{ring_path, rounded_path};
use crate::raster::{Affine, Canvas, Mask, PixelRect, Scratch, rasterise};
use crate::scene::Prepared;

/// The blurred shape of a shadow.
pub(crate) enum ShadowMask {
    /// A rectangle along the axes: the product of two profiles.
    Sharp { edges: (f32, f32, f32, f32), deviation: f32 },
    /// Any other shape. A large one is kept without its middle, whose columns and rows are all alike.
    Patch { mask: Mask, split: (i32, i32), removed: (i32, i32) },
}

/// The shape that is blurred: larger by the spread outside the box, smaller inside it.
fn shape(shadow: &BoxShadow) -> RoundedRect {
    let spread = match shadow.side {
        ShadowSide::Outer => shadow.spread,
        ShadowSide::Inner => -shadow.spread,
    };
    let mut shape = shadow.edge.outset(spread);
    shape.rect = shape.rect.translate(shadow.offset);
    shape
}

fn deviation(shadow: &BoxShadow, affine: &Affine) -> f32 {
    (shadow.blur / 2.0 * affine.mean_scale()).min(MAX_DEVIATION)
}

impl ShadowMask {
    /// `None` for a shadow without blur, which needs no preparation. `visible` is what may be seen.
    pub fn new(shadow: &BoxShadow, affine: &Affine, visible: PixelRect) -> Option<Self> {
        let deviation = deviation(shadow, affine);
        if deviation <= 0.0 {
            return None;
        }
        let shape = shape(shadow);
        if shape.is_sharp() && affine.keeps_axes() {
            return Some(ShadowMask::Sharp { edges: affine.edges(&shape.rect), deviation });
        }
        let carry = reach(deviation);
        let (shape, split, removed) = match affine.keeps_axes() {
            true => without_middle(&shape, affine, carry),
            false => (shape, (0, 0), (0, 0)),
        };
        let around = match removed {
            (0, 0) => visible.outset(2 * carry),
            // What is left of the shape is small.
            _ => affine.bounds(&shape.rect),
        };
        let shape_mask =
            rasterise(&rounded_path(affine, &shape), FillRule::NonZero, around, &mut Scratch::default());
        let rect = shape_mask.rect();
        if rect.is_empty() {
            return Some(ShadowMask::Patch { mask: shape_mask, split, removed });
        }
        let mut mask = Mask::filled(rect.outset(carry), 0);
        for y in rect.top..rect.bottom {
            mask.row_mut(y, rect.left, rect.right).copy_from_slice(shape_mask.row(y, rect.left, rect.right));
        }
        blur_mask(&mut mask, deviation, deviation);
        Some(ShadowMask::Patch { mask, split, removed })
    }

    /// The px that are not empty.
    fn rect(&self) -> PixelRect {
        match self {
            ShadowMask::Sharp { edges, deviation } => {
                PixelRect::around(edges.0, edges.1, edges.2, edges.3).outset(reach(*deviation))
            }
            ShadowMask::Patch { mask, removed, .. } => {
                let rect = mask.rect();
                PixelRect { right: rect.right + removed.0, bottom: rect.bottom + removed.1, ..rect }
            }
        }
    }

    /// The coverage of the px in `rect`; nothing outside of the shadow.
    fn coverage(&self, rect: PixelRect) -> Mask {
        let mut result = Mask::filled(rect, 0);
        let inside = self.rect().intersection(&rect);
        match self {
            ShadowMask::Sharp { edges, deviation } => {
                let across: Vec<f32> = (inside.left..inside.right)
                    .map(|x| profile(x as f32 + 0.5, edges.0, edges.2, *deviation))
                    .collect();
                for y in inside.top..inside.bottom {
                    let down = profile(y as f32 + 0.5, edges.1, edges.3, *deviation) * 255.0;
                    let row = result.row_mut(y, inside.left, inside.right);
                    for (to, across) in row.iter_mut().zip(&across) {
                        *to = (across * down + 0.5) as u8;
                    }
                }
            }
            ShadowMask::Patch { mask, split, removed } => {
                let kept = |place: i32, split: i32, removed: i32| {
                    if place < split { place } else { (place - removed).max(split) }
                };
                for y in inside.top..inside.bottom {
                    let from_y = kept(y, split.1, removed.1);
                    let from = mask.row(from_y, mask.rect().left, mask.rect().right);
                    let row = result.row_mut(y, inside.left, inside.right);
                    for (to, x) in row.iter_mut().zip(inside.left..) {
                        *to = from[(kept(x, split.0, removed.0) - mask.rect().left) as usize];
                    }
                }
            }
        }
        result
    }
}

/// The shape with whole device px taken out of its middle, where blurring it gives the same in every column (or row): with
/// the px where the middle begins, and how many were taken out.
fn without_middle(shape: &RoundedRect, affine: &Affine, carry: i32) -> (RoundedRect, (i32, i32), (i32, i32)) {
    let (left, top, right, bottom) = affine.edges(&shape.rect);
    let radius = |pick: fn(&CssSize) -> f32, scale: f32| {
        shape.radii.iter().map(pick).fold(0.0_f32, f32::max) * scale.abs()
    };
    let axis = |start: f32, end: f32, radius: f32| -> (i32, i32) {
        // Past the corner, and past what it carries, on both sides.
        let split = (start + radius).ceil() as i32 + carry + 1;
        let last = (end - radius).floor() as i32 - carry - 1;
        (split, (last - split - 1).max(0))
    };
    let (split_x, removed_x) = axis(left, right, radius(|radius| radius.width, affine.a));
    let (split_y, removed_y) = axis(top, bottom, radius(|radius| radius.height, affine.d));
    if removed_x == 0 && removed_y == 0 || affine.a <= 0.0 || affine.d <= 0.0 {
        return (*shape, (0, 0), (0, 0));
    }
    let size = CssSize::new(
        shape.rect.size.width - removed_x as f32 / affine.a,
        shape.rect.size.height - removed_y as f32 / affine.d,
    );
    let smaller = RoundedRect { rect: CssRect::new(shape.rect.origin, size), radii: shape.radii };
    (smaller, (split_x, split_y), (removed_x, removed_y))
}

/// How much of a blurred line from `start` to `end` is at a place: the difference of two blurred steps.
fn profile(place: f32, start: f32, end: f32, deviation: f32) -> f32 {
    let width = box_width(deviation);
    step((place - start) / width) - step((place - end) / width)
}

/// A step from 0 to 1 blurred by three boxes, each as wide as one unit.
fn step(place: f32) -> f32 {
    let rising = |x: f32| {
        // The integral of the quadratic B-spline from -1.5 to `x`, for `x` up to 0.
        if x <= -1.5 {
            0.0
        } else if x <= -0.5 {
            let from_end = x + 1.5;
            from_end * from_end * from_end / 6.0
        } else {
            0.5 + 0.75 * x - x * x * x / 3.0
        }
    };
    if place > 0.0 { 1.0 - rising(-place) } else { rising(place) }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, affine: &Affine, shadow: &BoxShadow, prepared: &Prepared) {
    let paint = solid(shadow.color);
    let shape = shape(shadow);
    let sharp_edge = if shadow.edge.is_sharp() { affine.exact_pixels(&shadow.edge.rect) } else { None };
    match (shadow.side, prepared) {
        (ShadowSide::Outer, Prepared::Shadow(mask)) => {
            let rect = mask.rect().intersection(&canvas.clip());
            match sharp_edge {
                Some(edge) => {
                    for part in around(rect, edge) {
                        canvas.fill_mask(&mask.coverage(part), paint);
                    }
                }
                None => {
                    let mut coverage = mask.coverage(rect);
                    keep_outside(canvas, affine, &shadow.edge, &mut coverage);
                    canvas.fill_mask(&coverage, paint);
                }
            }
        }
        (ShadowSide::Outer, _) => match sharp_edge {
            Some(edge) => {
                let path = rounded_path(affine, &shape);
                let mask = rasterise(&path, FillRule::NonZero, canvas.clip(), canvas.scratch());
                for part in around(mask.rect(), edge) {
                    let mut piece = Mask::filled(part, 255);
                    piece.multiply(&mask);
                    canvas.fill_mask(&piece, paint);
                }
            }
            None => {
                let path = rounded_path(affine, &shape);
                let mut mask = rasterise(&path, FillRule::NonZero, canvas.clip(), canvas.scratch());
                keep_outside(canvas, affine, &shadow.edge, &mut mask);
                canvas.fill_mask(&mask, paint);
            }
        },
        (ShadowSide::Inner, Prepared::Shadow(mask)) => {
            let edge = rounded_path(affine, &shadow.edge);
            let mut inside = rasterise(&edge, FillRule::NonZero, canvas.clip(), canvas.scratch());
            let mut coverage = mask.coverage(inside.rect());
            coverage.coverage_mut().iter_mut().for_each(|coverage| *coverage = 255 - *coverage);
            inside.multiply(&coverage);
            canvas.fill_mask(&inside, paint);
        }
        (ShadowSide::Inner, _) => {
            if shape.rect.size.width <= 0.0 || shape.rect.size.height <= 0.0 {
                return fill_rounded(canvas, affine, &shadow.edge, paint);
            }
            // What is inside the edge but not inside the hole.
            let edge = rounded_path(affine, &shadow.edge);
            let mut inside = rasterise(&edge, FillRule::NonZero, canvas.clip(), canvas.scratch());
            let everywhere = RoundedRect::sharp(shadow.edge.rect.union(&shape.rect).inflate(2.0, 2.0));
            let outside_hole = ring_path(affine, &everywhere, &shape);
            let outside_hole = rasterise(&outside_hole, FillRule::EvenOdd, inside.rect(), canvas.scratch());
            inside.multiply(&outside_hole);
            canvas.fill_mask(&inside, paint);
        }
    }
}

/// Takes away what an edge covers.
fn keep_outside(canvas: &mut Canvas<'_>, affine: &Affine, edge: &RoundedRect, mask: &mut Mask) {
    let rect = mask.rect();
    let covered = rasterise(&rounded_path(affine, edge), FillRule::NonZero, rect, canvas.scratch());
    let covered_rect = covered.rect();
    for y in covered_rect.top..covered_rect.bottom {
        let row = mask.row_mut(y, covered_rect.left, covered_rect.right);
        for (to, &covered) in row.iter_mut().zip(covered.row(y, covered_rect.left, covered_rect.right)) {
            *to = crate::raster::blend::multiply(*to, 255 - covered);
        }
    }
}

/// The parts of a rectangle around a hole in it.
fn around(rect: PixelRect, hole: PixelRect) -> impl Iterator<Item = PixelRect> {
    let hole = hole.intersection(&rect);
    let parts = match hole.is_empty() {
        true => [rect, PixelRect::EMPTY, PixelRect::EMPTY, PixelRect::EMPTY],
        false => [
            PixelRect { bottom: hole.top, ..rect },
            PixelRect { top: hole.bottom, ..rect },
            PixelRect { top: hole.top, bottom: hole.bottom, right: hole.left, ..rect },
            PixelRect { top: hole.top, bottom: hole.bottom, left: hole.right, ..rect },
        ],
    };
    parts.into_iter().filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::Rgba;
    use fanlight_base::geometry::{CssPoint, CssVector};

    fn shadow(width: f32, height: f32, radius: f32, blur: f32) -> BoxShadow {
        let rect = CssRect::new(CssPoint::new(0.0, 0.0), CssSize::new(width, height));
        BoxShadow {
            edge: RoundedRect::new(rect, [CssSize::new(radius, radius); 4]),
            offset: CssVector::zero(),
            blur,
            spread: 0.0,
            color: Rgba::BLACK,
            side: ShadowSide::Outer,
        }
    }

    const EVERYWHERE: PixelRect = PixelRect { left: -500, top: -500, right: 1500, bottom: 1500 };

    #[test]
    fn a_sharp_shadow_fades_as_in_chromium() {
        // `box-shadow: 0 0 10px black` of a 40 × 20 px box on white, measured upwards from the middle of its upper side.
        let mask = ShadowMask::new(&shadow(40.0, 20.0, 0.0, 10.0), &Affine::IDENTITY, EVERYWHERE).unwrap();
        let measured = [138, 159, 179, 197, 213, 226, 235, 243, 248, 252, 254, 255];
        for (distance, expected) in measured.into_iter().enumerate() {
            let y = -1 - distance as i32;
            let shown = 255 - i32::from(mask.coverage(PixelRect::new(20, y, 21, y + 1)).coverage()[0]);
            assert!((shown - expected).abs() <= 1, "{distance}: {shown} instead of {expected}");
        }
    }

    #[test]
    fn a_large_rounded_shadow_is_the_same_without_its_middle() {
        let small_reach = shadow(300.0, 200.0, 12.0, 8.0);
        let patch = ShadowMask::new(&small_reach, &Affine::IDENTITY, EVERYWHERE).unwrap();
        let ShadowMask::Patch { removed, .. } = &patch else { panic!("rounded") };
        assert!(removed.0 > 100 && removed.1 > 50);
        // Turned by a rotation of nothing, which takes the way without removal.
        let nearly = Affine { b: 1e-30, ..Affine::IDENTITY };
        let whole = ShadowMask::new(&small_reach, &nearly, EVERYWHERE).unwrap();
        let rect = PixelRect::new(-20, -20, 320, 220);
        assert_eq!(patch.coverage(rect), whole.coverage(rect));
    }
}
