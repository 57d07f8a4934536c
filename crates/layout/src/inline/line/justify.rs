//! Justification: what a line leaves over is spread over its opportunities. <https://drafts.csswg.org/css-text-4/#justification>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use smallvec::SmallVec;

use super::{LeafKind, LineBuilder};
use crate::fragment::{Expansion, JustifiedEdges, Opportunities, justified_places};
use crate::inline::PreparedLines;
use crate::style;

/// A text on the line, and how many opportunities it has.
struct Justified {
    leaf: usize,
    edges: JustifiedEdges,
    count: usize,
}

impl LineBuilder<'_> {
    /// Spreads `space` over the line's opportunities before the blanks that hang from byte `hangs_from` on. Returns whether
    /// there are any.
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
        let Some(opportunities) = style::justification(&self.boxes[0].text.computed) else { return false };
        if space <= LayoutUnit::ZERO {
            return false;
        }
        let texts = self.justified(leaves, opportunities, hangs_from);
        let total: usize = texts.iter().map(|text| text.count).sum();
        if total == 0 {
            return false;
        }
        let each = space.to_f32() / total as f32;
        let mut done = 0;
        let mut given = LayoutUnit::ZERO;
        for text in texts.iter().filter(|text| text.count > 0) {
            let leaf = &mut self.leaves[text.leaf];
            if let LeafKind::Text { expansion, .. } = &mut leaf.kind {
                done += text.count;
                *expansion = Expansion::new(each, opportunities, text.edges);
                let until_here = if done == total { space } else { LayoutUnit::from_f32(each * done as f32) };
                leaf.advance += until_here - given;
                given = until_here;
            }
        }
        true
    }

    /// How many opportunities there are in some leaves.
    pub(in crate::inline) fn opportunities_in(&self, leaves: Range<usize>, hangs_from: u32) -> usize {
        let Some(opportunities) = style::justification(&self.boxes[0].text.computed) else { return 0 };
        self.justified(leaves, opportunities, hangs_from).iter().map(|text| text.count).sum()
    }

    /// The texts among some leaves in logical order, with their opportunities. Those of ruby bases that are shorter than their
    /// annotations do not count for the line, only for themselves.
    fn justified(
        &self,
        leaves: Range<usize>,
        opportunities: Opportunities,
        hangs_from: u32,
    ) -> SmallVec<[Justified; 8]> {
        let text = &self.lines.contents.text;
        let is_apart = |index: usize| {
            self.columns
                .iter()
                .any(|column| !column.is_base_whole && column.first < index && index < column.last)
        };
        let is_on_line = |kind: &LeafKind| match kind {
            LeafKind::Text { range, .. } => !range.is_empty() && range.start < hangs_from,
            LeafKind::Blank { range, .. } => range.start < hangs_from,
            kind => kind.is_content(),
        };
        let last = leaves.clone().rfind(|&index| is_on_line(&self.leaves[index].kind));
        let mut follows_opportunity = true;
        let mut texts = SmallVec::new();
        for index in leaves {
            match &self.leaves[index].kind {
                kind if !is_on_line(kind) => {}
                _ if is_apart(index) => follows_opportunity = false,
                LeafKind::Text { range, .. } => {
                    let edges = JustifiedEdges { follows_opportunity, ends_line: last == Some(index) };
                    let range = range.start as usize..range.end as usize;
                    let (places, is_after) = justified_places(opportunities, edges, text, range);
                    follows_opportunity = is_after;
                    texts.push(Justified { leaf: index, edges, count: places.len() });
                }
                _ => follows_opportunity = false,
            }
        }
        texts
    }
}

impl PreparedLines {
    /// How many opportunities there are in some parts of the text that stand alone on a line.
    pub(in crate::inline) fn opportunities_to_justify<'t>(
        &self,
        texts: impl Iterator<Item = &'t Range<u32>>,
    ) -> usize {
        let Some(opportunities) = style::justification(&self.styles[0].computed) else { return 0 };
        let mut edges = JustifiedEdges { follows_opportunity: true, ends_line: false };
        let mut count = 0;
        let mut texts = texts.peekable();
        while let Some(range) = texts.next() {
            edges.ends_line = texts.peek().is_none();
            let range = range.start as usize..range.end as usize;
            let (places, is_after) = justified_places(opportunities, edges, &self.contents.text, range);
            edges.follows_opportunity = is_after;
            count += places.len();
        }
        count
    }
}
