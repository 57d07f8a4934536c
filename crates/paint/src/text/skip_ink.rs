//! Where lines leave room for the glyphs that cross them.
//! <https://drafts.csswg.org/css-text-decor-4/#text-decoration-skip-ink-property>

use std::ops::Range;

use fanlight_text::PathSink;
use rustc_hash::FxHashMap;

use super::{Baseline, GlyphRun};
use crate::display_list::GlyphTurn;

/// The most that a gap is wider than what crosses, on each side, in CSS px; as in Chromium.
const MAX_DILATION: f32 = 13.0;
/// Straight pieces that stand for a curve.
const PIECES_OF_CURVE: usize = 8;

/// The stretches along the line, in CSS px from its start, that a decoration between `band` CSS px below the baseline
/// leaves out; in order, and apart from each other.
pub(super) fn gaps(
    runs: &[GlyphRun],
    baseline: Baseline,
    band: Range<f32>,
    thickness: f32,
) -> Vec<Range<f32>> {
    let dilation = thickness.min(MAX_DILATION);
    let mut gaps: Vec<Range<f32>> = Vec::new();
    for run in runs {
        if baseline.line.is_vertical() && run.turn == GlyphTurn::None {
            continue; // Lines beside upright glyphs do not touch them.
        }
        let mut known: FxHashMap<u16, Option<(f32, f32)>> = FxHashMap::default();
        for glyph in run.glyphs.iter() {
            let crossing = *known.entry(glyph.id).or_insert_with(|| {
                let mut crossing = Crossing::new(band.clone());
                run.font.outline(glyph.id, &mut crossing);
                crossing.extent()
            });
            let Some((left, right)) = crossing else { continue };
            let pen = baseline.along(glyph.position);
            gaps.push(pen + left - dilation..pen + right + dilation);
        }
    }
    merged(gaps)
}

fn merged(mut gaps: Vec<Range<f32>>) -> Vec<Range<f32>> {
    gaps.sort_by(|one, other| one.start.total_cmp(&other.start));
    let mut merged: Vec<Range<f32>> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        match merged.last_mut() {
            Some(last) if gap.start <= last.end => last.end = last.end.max(gap.end),
            _ => merged.push(gap),
        }
    }
    merged
}

/// Finds how far an outline reaches to the left and right inside a band.
struct Crossing {
    band: Range<f32>,
    left: f32,
    right: f32,
    start: (f32, f32),
    at: (f32, f32),
}

impl Crossing {
    fn new(band: Range<f32>) -> Self {
        Crossing { band, left: f32::INFINITY, right: f32::NEG_INFINITY, start: (0.0, 0.0), at: (0.0, 0.0) }
    }

    fn extent(&self) -> Option<(f32, f32)> {
        (self.left <= self.right).then_some((self.left, self.right))
    }

    fn line(&mut self, to: (f32, f32)) {
        let from = std::mem::replace(&mut self.at, to);
        let (low, high) = if from.1 <= to.1 { (from, to) } else { (to, from) };
        if high.1 < self.band.start || low.1 > self.band.end {
            return;
        }
        let height = high.1 - low.1;
        let x_at =
            |y: f32| if height > 0.0 { low.0 + (high.0 - low.0) * (y - low.1) / height } else { low.0 };
        let ends = [x_at(self.band.start.max(low.1)), x_at(self.band.end.min(high.1))];
        // A level line lies in the band with all of its length.
        let ends = if height > 0.0 { ends } else { [low.0, high.0] };
        for x in ends {
            self.left = self.left.min(x);
            self.right = self.right.max(x);
        }
    }
}

impl PathSink for Crossing {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = (x, y);
        self.at = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line((x, y));
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        let from = self.at;
        for piece in 1..=PIECES_OF_CURVE {
            let t = piece as f32 / PIECES_OF_CURVE as f32;
            let mix = |a: f32, b: f32, c: f32| {
                let (ab, bc) = (a + (b - a) * t, b + (c - b) * t);
                ab + (bc - ab) * t
            };
            self.line((mix(from.0, control_x, x), mix(from.1, control_y, y)));
        }
    }

    fn cubic_to(&mut self, c0_x: f32, c0_y: f32, c1_x: f32, c1_y: f32, x: f32, y: f32) {
        let from = self.at;
        for piece in 1..=PIECES_OF_CURVE {
            let t = piece as f32 / PIECES_OF_CURVE as f32;
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.line((mix(from.0, c0_x, c1_x, x), mix(from.1, c0_y, c1_y, y)));
        }
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_the_band_counts() {
        let mut crossing = Crossing::new(1.0..2.0);
        crossing.move_to(0.0, -10.0);
        crossing.line_to(10.0, 0.0);
        assert_eq!(crossing.extent(), None);
        crossing.line_to(14.0, 4.0);
        assert_eq!(crossing.extent(), Some((11.0, 12.0)));
    }

    #[test]
    fn gaps_that_touch_are_one() {
        assert_eq!(merged(vec![5.0..7.0, 0.0..2.0, 1.0..3.0]), [0.0..3.0, 5.0..7.0]);
    }
}
