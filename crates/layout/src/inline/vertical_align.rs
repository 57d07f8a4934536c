//! Alignment across the line. <https://drafts.csswg.org/css2/#propdef-vertical-align>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use smallvec::SmallVec;

use super::line::{LeafKind, LineBuilder, PlacedAtomic};
use super::{BoxText, TextMetrics};
use crate::formatting::Layouter;
use crate::style::{self, VerticalAlign};

/// What an atomic box asks of the line's height: its margin box around its baseline.
pub(super) fn atomic_metrics(
    layouter: &Layouter<'_>,
    placed: &PlacedAtomic,
    container: &ComputedStyle,
) -> TextMetrics {
    let extent = placed.size.block + placed.margins.block_sum();
    let computed = &layouter.boxes.get(placed.box_id).style;
    let baseline = style::atomic_baseline(layouter.boxes, placed.box_id, computed, &placed.result.fragment);
    let mode = style::writing_mode(container);
    let flows_alike = style::writing_mode(computed).block_flow == mode.block_flow;
    match baseline.filter(|_| flows_alike) {
        Some(baseline) => {
            // The baseline counts from where blocks begin.
            let from_over = if mode.has_flipped_lines() { placed.size.block - baseline } else { baseline };
            let ascent = placed.margins.block_start + from_over;
            TextMetrics { ascent, descent: extent - ascent }
        }
        // https://drafts.csswg.org/css-align-3/#synthesize-baseline
        None if style::has_central_baseline(container) => TextMetrics::around_center(extent, extent / 2),
        None => TextMetrics { ascent: extent, descent: LayoutUnit::ZERO },
    }
}

/// What a subtree that is aligned with the line's edges asks for.
struct Aligned {
    subtree: Subtree,
    metrics: TextMetrics,
    at_top: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Subtree {
    Box(usize),
    Leaf(usize),
}

/// Finds where every baseline is, and the height of the line around its own.
pub(super) fn align(line: &mut LineBuilder<'_>, layouter: &Layouter<'_>) -> TextMetrics {
    let count = line.boxes.len();
    // What is in each box, around the box's baseline; none until something asks for height.
    let mut inside: SmallVec<[Option<TextMetrics>; 8]> =
        line.boxes.iter().map(|line_box| line_box.has_strut.then_some(line_box.text.line)).collect();
    let mut aligned: Vec<Aligned> = Vec::new();
    // Shifts against the box around, then against the line.
    for index in 0..line.leaves.len() {
        let leaf = &line.leaves[index];
        let Some(metrics) = leaf.metrics else { continue };
        let parent = leaf.parent;
        let shift = match &leaf.kind {
            LeafKind::Atomic(placed) => {
                let computed = &layouter.boxes.get(placed.box_id).style;
                match shift(
                    style::vertical_align(computed),
                    &line.boxes[parent].text,
                    metrics,
                    computed,
                    layouter,
                ) {
                    Ok(shift) => shift,
                    Err(at_top) => {
                        aligned.push(Aligned { subtree: Subtree::Leaf(index), metrics, at_top });
                        continue;
                    }
                }
            }
            _ => LayoutUnit::ZERO,
        };
        line.leaves[index].shift = shift;
        unite(&mut inside[parent], metrics.shifted(shift));
    }
    for index in (1..count).rev() {
        let line_box = &line.boxes[index];
        let own = inside[index].unwrap_or(line_box.text.line);
        let parent = line_box.parent;
        let computed = &line_box.text.computed;
        match shift(style::vertical_align(computed), &line.boxes[parent].text, own, computed, layouter) {
            Ok(shift) => {
                line.boxes[index].shift = shift;
                if let Some(metrics) = inside[index] {
                    unite(&mut inside[parent], metrics.shifted(shift));
                }
            }
            Err(at_top) => {
                aligned.push(Aligned { subtree: Subtree::Box(index), metrics: own, at_top });
            }
        }
    }
    let mut metrics = inside[0].unwrap_or_default();
    // The tallest first: it decides, whichever edge it is aligned with.
    for subtree in &aligned {
        let height = subtree.metrics.height();
        if height > metrics.height() {
            if subtree.at_top {
                metrics.descent = height - metrics.ascent;
            } else {
                metrics.ascent = height - metrics.descent;
            }
        }
    }
    for subtree in &aligned {
        // From the line's baseline to that of the subtree; its box's parent does not matter.
        let shift = if subtree.at_top {
            subtree.metrics.ascent - metrics.ascent
        } else {
            metrics.descent - subtree.metrics.descent
        };
        match subtree.subtree {
            Subtree::Box(index) => line.boxes[index].shift = shift,
            Subtree::Leaf(index) => line.leaves[index].shift = shift,
        }
    }
    let on_line = |subtree: Subtree| aligned.iter().any(|found| found.subtree == subtree);
    for index in 1..count {
        if !on_line(Subtree::Box(index)) {
            let parent = line.boxes[index].parent;
            let above = line.boxes[parent].shift;
            line.boxes[index].shift += above;
        }
    }
    for index in 0..line.leaves.len() {
        if !on_line(Subtree::Leaf(index)) {
            let above = line.boxes[line.leaves[index].parent].shift;
            line.leaves[index].shift += above;
        }
    }
    metrics
}

fn unite(into: &mut Option<TextMetrics>, metrics: TextMetrics) {
    match into {
        Some(known) => known.unite(metrics),
        None => *into = Some(metrics),
    }
}

/// How far the baseline is below that of the box around; `Err` says that it is aligned with the line's top (or bottom).
fn shift(
    align: VerticalAlign,
    parent: &BoxText,
    own: TextMetrics,
    computed: &ComputedStyle,
    layouter: &Layouter<'_>,
) -> Result<LayoutUnit, bool> {
    let parent_size = style::font_size(&parent.computed);
    Ok(match align {
        VerticalAlign::Baseline => LayoutUnit::ZERO,
        // Chromium's own distances.
        VerticalAlign::Sub => LayoutUnit::from_f32(parent_size / 5.0 + 1.0),
        VerticalAlign::Super => -LayoutUnit::from_f32(parent_size / 3.0 + 1.0),
        VerticalAlign::TextTop => own.ascent - parent.metrics.ascent,
        VerticalAlign::TextBottom => parent.metrics.descent - own.descent,
        VerticalAlign::Middle => {
            let half_x_height = LayoutUnit::from_f32(parent.stack.metrics().x_height / 2.0);
            (own.ascent - own.descent) / 2 - half_x_height
        }
        VerticalAlign::BaselineMiddle => (own.ascent - own.descent) / 2,
        VerticalAlign::Raised(distance) => -LayoutUnit::from_f32(distance),
        VerticalAlign::RaisedByLineHeight(fraction) => {
            let normal = layouter.stacks.get(layouter.fonts, &computed.font).metrics().line_spacing;
            -LayoutUnit::from_f32(normal * fraction)
        }
        VerticalAlign::Top => return Err(true),
        VerticalAlign::Bottom => return Err(false),
    })
}
