//! Framesets: frames in rows and columns that fill the viewport.
//! <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};

use crate::box_tree::{BoxId, FrameLength, Frameset};
use crate::flow::{BlockFlow, LogicalOffset, LogicalSize, WritingMode};
use crate::formatting::sizing::Edges;
use crate::formatting::{Child, Constraints, FragmentBuilder, LayoutResult, Layouter};
use crate::fragment::{ContextKind, Fragment};
use crate::style;

/// Columns go from left to right and rows from top to bottom, whatever the writing mode.
const MODE: WritingMode = WritingMode { block_flow: BlockFlow::HorizontalTb, is_rtl: false };

impl Frameset {
    /// Where the columns and the rows of a frameset of this size lie, from its upper left corner: start and length of each.
    pub fn tracks(&self, size: LayoutSize) -> [Vec<(LayoutUnit, LayoutUnit)>; 2] {
        [self.placed(&self.columns, size.width.to_f32()), self.placed(&self.rows, size.height.to_f32())]
    }

    fn placed(&self, lengths: &[FrameLength], extent: f32) -> Vec<(LayoutUnit, LayoutUnit)> {
        let border = f64::from(self.border);
        let available = f64::from(extent) - border * (lengths.len() as f64 - 1.0);
        let mut start = 0.0;
        let place = |length: f64| {
            let placed = (LayoutUnit::from_f32(start as f32), LayoutUnit::from_f32(length as f32));
            start += length + border;
            placed
        };
        used_lengths(lengths, available.max(0.0)).into_iter().map(place).collect()
    }
}

/// The lengths that rows or columns get, in whole CSS px. Those with absolute lengths come first, then percentages, and the
/// others share what is left. Where nothing shares it, percentages or else absolute lengths grow in proportion.
/// <https://html.spec.whatwg.org/multipage/rendering.html#convert-a-list-of-dimensions-to-a-list-of-pixel-values>
fn used_lengths(lengths: &[FrameLength], available: f64) -> Vec<f64> {
    let mut used: Vec<f64> = lengths
        .iter()
        .map(|length| match length {
            FrameLength::Absolute(px) => *px,
            FrameLength::Percentage(part) => (part * available / 100.0).floor(),
            FrameLength::Relative(share) => share.max(1.0),
        })
        .collect();
    let of = |wanted: fn(&FrameLength) -> bool| -> Vec<usize> {
        lengths.iter().enumerate().filter(|(_, length)| wanted(length)).map(|(index, _)| index).collect()
    };
    let absolute = of(|length| matches!(length, FrameLength::Absolute(_)));
    let percentages = of(|length| matches!(length, FrameLength::Percentage(_)));
    let relative = of(|length| matches!(length, FrameLength::Relative(_)));
    let sum = |used: &[f64], group: &[usize]| group.iter().map(|&index| used[index]).sum::<f64>();
    let mut left = available;
    for group in [&absolute, &percentages] {
        let total = sum(&used, group);
        if total > left {
            for &index in group {
                used[index] = (used[index] * left / total).floor();
            }
        }
        left = (left - sum(&used, group)).max(0.0);
    }
    if let Some(&last) = relative.last() {
        let total = sum(&used, &relative);
        for &index in &relative {
            used[index] = (used[index] * left / total).floor();
        }
        used[last] += left - sum(&used, &relative);
        return used;
    }
    let growing = if percentages.is_empty() { &absolute } else { &percentages };
    let total = sum(&used, growing);
    let before = used.clone();
    for &index in growing {
        let share = if total > 0.0 { before[index] / total } else { 1.0 / growing.len() as f64 };
        used[index] += (left * share).floor();
    }
    left = available - used.iter().sum::<f64>();
    // Then all alike, then the last one, whatever it is.
    for &index in growing {
        used[index] += (left / growing.len() as f64).floor();
    }
    left = available - used.iter().sum::<f64>();
    if let Some(last) = used.last_mut() {
        *last += left;
    }
    used
}

/// Lays out a frameset: one in another is as large as that says, and others are as large as the viewport. Neither has
/// borders or padding of its own.
pub(crate) fn layout(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    frameset: &Frameset,
    constraints: &Constraints,
) -> LayoutResult {
    let own_mode = style::writing_mode(&layouter.boxes.get(id).style);
    let viewport = LogicalSize::from_physical(layouter.viewport, own_mode);
    let size = LogicalSize::new(
        constraints.fixed.inline.unwrap_or(viewport.inline),
        constraints.fixed.block.unwrap_or(viewport.block),
    );
    let physical = size.to_physical(own_mode);
    let [columns, rows] = frameset.tracks(physical);
    let mut builder = FragmentBuilder::new(id, MODE, ContextKind::Frameset, Edges::default());
    let slots = rows
        .iter()
        .flat_map(|row| columns.iter().map(move |column| (column, row)))
        .map(|(column, row)| {
            LayoutRect::new(LayoutPoint::new(column.0, row.0), LayoutSize::new(column.1, row.1))
        })
        // There is no room for more.
        .chain(std::iter::repeat(LayoutRect::default()));
    for (&frame, slot) in frameset.frames.iter().zip(slots) {
        let mode = style::writing_mode(&layouter.boxes.get(frame).style);
        let size = LogicalSize::from_physical(slot.size, mode);
        let container = LogicalSize::from_physical(physical, MODE);
        let constraints =
            Constraints::new(MODE, LogicalSize::new(Some(container.inline), Some(container.block)), mode)
                .with_fixed_inline(size.inline)
                .with_fixed_block(size.block, true);
        let result = layouter.layout(frame, &constraints);
        builder.add_child(Child {
            offset: LogicalOffset { inline: slot.origin.x, block: slot.origin.y },
            relative: LayoutVector::default(),
            margin: Sides::default(),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
    }
    let block = physical.height;
    builder.finish(layouter, LogicalSize::from_physical(physical, MODE), block)
}

#[cfg(test)]
mod tests {
    use super::FrameLength::{Absolute, Percentage, Relative};
    use super::*;

    #[test]
    fn tracks_share_what_there_is() {
        for (lengths, available, expected) in [
            // What is relative takes all that is left.
            (
                vec![Absolute(50.0), Relative(1.0), Relative(2.0), Percentage(25.0)],
                383.0,
                vec![50.0, 79.0, 159.0, 95.0],
            ),
            // Without that, percentages grow, else absolute lengths.
            (vec![Absolute(50.0), Percentage(30.0)], 395.0, vec![50.0, 345.0]),
            (vec![Absolute(50.0), Absolute(100.0)], 395.0, vec![131.0, 264.0]),
            (vec![Percentage(10.0), Percentage(20.0), Absolute(10.0)], 389.0, vec![125.0, 253.0, 11.0]),
            // What is too much shrinks.
            (vec![Absolute(500.0), Absolute(100.0)], 395.0, vec![329.0, 66.0]),
            (vec![Percentage(80.0), Percentage(80.0), Absolute(50.0)], 389.0, vec![169.0, 169.0, 51.0]),
            (vec![Percentage(4_294_967_227.0), Relative(1.0)], 401.0, vec![401.0, 0.0]),
            // Zeros are alike.
            (vec![Absolute(0.0), Absolute(0.0)], 395.0, vec![197.0, 198.0]),
            (vec![Percentage(0.0), Absolute(0.0)], 395.0, vec![395.0, 0.0]),
            (vec![Relative(0.0), Relative(1.0)], 395.0, vec![197.0, 198.0]),
        ] {
            assert_eq!(used_lengths(&lengths, available), expected, "{lengths:?}");
        }
    }
}
