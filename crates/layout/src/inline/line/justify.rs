//! Justification: what a line leaves over is spread over its opportunities. <https://drafts.csswg.org/css-text-4/#justification>

use std::ops::Range;

use fanlight_base::LayoutUnit;

use super::{LeafKind, LineBuilder};
use crate::fragment::is_space;
use crate::inline::PreparedLines;

impl LineBuilder<'_> {
    /// Spreads `space` over the line's word separators before the blanks that hang from byte `hangs_from` on. Returns whether
    /// there are any. <https://drafts.csswg.org/css-text-4/#justification>
    pub fn justify(&mut self, space: LayoutUnit, hangs_from: u32) -> bool {
        self.spread_over(0..self.leaves.len(), space, hangs_from)
    }

    /// Spreads `space` over the opportunities in some leaves. Returns whether there are any.
    pub(in crate::inline) fn spread_over(
        &mut self,
        leaves: Range<usize>,
        space: LayoutUnit,
        hangs_from: u32,
    ) -> bool {
        let total = self.opportunities_in(leaves.clone(), hangs_from);
        if total == 0 || space <= LayoutUnit::ZERO {
            return false;
        }
        let each = space.to_f32() / total as f32;
        let mut done = 0;
        let mut given = LayoutUnit::ZERO;
        for index in leaves {
            let here = self.opportunities_in(index..index + 1, hangs_from);
            if here == 0 {
                continue;
            }
            let leaf = &mut self.leaves[index];
            if let LeafKind::Text { expansion, .. } = &mut leaf.kind {
                done += here;
                *expansion = each;
                let until_here = LayoutUnit::from_f32(each * done as f32);
                leaf.advance += until_here - given;
                given = until_here;
            }
        }
        true
    }

    /// How many opportunities there are in some leaves. Those of ruby bases that are shorter than their annotations do not
    /// count for the line, only for themselves.
    pub(in crate::inline) fn opportunities_in(&self, leaves: Range<usize>, hangs_from: u32) -> usize {
        let is_apart = |index: usize| {
            self.columns
                .iter()
                .any(|column| !column.is_base_whole && column.first < index && index < column.last)
        };
        let texts =
            leaves.filter(|&index| !is_apart(index)).filter_map(|index| match &self.leaves[index].kind {
                LeafKind::Text { range, .. } if range.start < hangs_from => Some(range),
                _ => None,
            });
        self.lines.opportunities_to_justify(texts)
    }
}

impl PreparedLines {
    /// How many opportunities there are in some parts of the text.
    pub(in crate::inline) fn opportunities_to_justify<'t>(
        &self,
        texts: impl Iterator<Item = &'t Range<u32>>,
    ) -> usize {
        let in_text = |range: &Range<u32>| {
            let characters = self.contents.text[range.start as usize..range.end as usize].chars();
            characters.filter(|&character| is_space(character)).count()
        };
        texts.map(in_text).sum()
    }
}
