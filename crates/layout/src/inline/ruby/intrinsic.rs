//! Intrinsic sizes of inline formatting contexts with ruby: those of the lines that they are broken into where there is no room,
//! and where there is all of it.

use fanlight_base::LayoutUnit;

use crate::box_tree::{BoxId, InlineItemKind};
use crate::flow::{LogicalSides, WritingMode};
use crate::formatting::{Layouter, MinMax, sizing};
use crate::inline::PreparedLines;
use crate::inline::breaker::{LineExtent, Mark, Place, Surroundings, break_line};
use crate::inline::intrinsic::contribution;
use crate::style;

/// The content-box sizes; `indent` is that of the first line.
pub(crate) fn content_sizes(
    layouter: &mut Layouter<'_>,
    prepared: &PreparedLines,
    mode: WritingMode,
    block_basis: Option<LayoutUnit>,
    indent: LayoutUnit,
) -> MinMax {
    let min = longest(layouter, prepared, (mode, block_basis), indent, false);
    let max = longest(layouter, prepared, (mode, block_basis), indent, true);
    MinMax { min, max: max.max(min) }
}

fn longest(
    layouter: &mut Layouter<'_>,
    prepared: &PreparedLines,
    (mode, block_basis): (WritingMode, Option<LayoutUnit>),
    indent: LayoutUnit,
    is_max: bool,
) -> LayoutUnit {
    let mut longest = LayoutUnit::ZERO;
    let mut place = Place::default();
    let mut indent = indent;
    while let Some(item) = prepared.items.get(place.item) {
        let mut surroundings =
            Contributions { layouter, mode, block_basis, is_max, floats: LayoutUnit::ZERO };
        if item.kind == InlineItemKind::Block {
            longest = longest.max(surroundings.of(item.box_id));
            place = Place::new(place.item + 1, item.range.end);
            continue;
        }
        let room = if is_max { LayoutUnit::MAX } else { LayoutUnit::ZERO };
        let line = break_line(prepared, place, LineExtent::Room(room), indent, &mut surroundings, Vec::new());
        let floats = surroundings.floats;
        longest = longest.max(match is_max {
            true => line.inline_size + floats,
            false => line.inline_size.max(floats),
        });
        indent = LayoutUnit::ZERO;
        place = line.next;
    }
    longest
}

/// Boxes on lines, as large as they ask to be.
struct Contributions<'a, 'l> {
    layouter: &'a mut Layouter<'l>,
    mode: WritingMode,
    block_basis: Option<LayoutUnit>,
    is_max: bool,
    /// What floats ask for, together or at least.
    floats: LayoutUnit,
}

impl Contributions<'_, '_> {
    fn of(&mut self, id: BoxId) -> LayoutUnit {
        let sizes = contribution(self.layouter, self.mode, id, self.block_basis);
        if self.is_max { sizes.max } else { sizes.min }
    }
}

impl Surroundings for Contributions<'_, '_> {
    fn atomic_size(&mut self, box_id: BoxId) -> LayoutUnit {
        if self.layouter.boxes.is_outside_marker(box_id) { LayoutUnit::ZERO } else { self.of(box_id) }
    }

    fn inline_edges(&mut self, box_id: BoxId) -> LogicalSides {
        let computed = &self.layouter.boxes.get(box_id).style;
        let mode = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..self.mode };
        sizing::margins_or_zero(computed, mode, LayoutUnit::ZERO)
            + sizing::edges(computed, mode, LayoutUnit::ZERO).sum()
    }

    fn float(&mut self, box_id: BoxId, _used: LayoutUnit, _others_wait: bool) -> Option<LayoutUnit> {
        let own = self.of(box_id);
        self.floats = if self.is_max { self.floats + own } else { self.floats.max(own) };
        Some(if self.is_max { LayoutUnit::MAX } else { LayoutUnit::ZERO })
    }

    fn mark(&self) -> Mark {
        let room = if self.is_max { LayoutUnit::MAX } else { LayoutUnit::ZERO };
        Mark { room, ..Mark::default() }
    }

    fn take_back(&mut self, _mark: Mark) {}

    fn is_min_content(&self) -> bool {
        !self.is_max
    }
}
