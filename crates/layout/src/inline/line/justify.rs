//! Justification: what a line leaves over is spread over its opportunities. <https://drafts.csswg.org/css-text-4/#justification>

use std::ops::Range;

use fanlight_base::LayoutUnit;

use super::{LeafKind, LineBuilder};
use crate::fragment::is_space;

impl LineBuilder<'_> {
    /// Spreads `space` over the line's word separators before the blanks that hang from byte `hangs_from` on. Returns whether
    /// there are any. <https://drafts.csswg.org/css-text-4/#justification>
    pub fn justify(&mut self, space: LayoutUnit, hangs_from: u32) -> bool {
        let text = &self.lines.contents.text;
        let spaces = |range: &Range<u32>| {
            if range.start >= hangs_from {
                return 0;
            }
            let characters = text[range.start as usize..range.end as usize].chars();
            characters.filter(|&character| is_space(character)).count()
        };
        let total: usize = self
            .leaves
            .iter()
            .map(|leaf| match &leaf.kind {
                LeafKind::Text { range, .. } => spaces(range),
                _ => 0,
            })
            .sum();
        if total == 0 || space <= LayoutUnit::ZERO {
            return false;
        }
        let each = space.to_f32() / total as f32;
        let mut done = 0;
        let mut given = LayoutUnit::ZERO;
        for leaf in &mut self.leaves {
            if let LeafKind::Text { range, expansion, .. } = &mut leaf.kind {
                let here = spaces(range);
                if here == 0 {
                    continue;
                }
                done += here;
                *expansion = each;
                let until_here = LayoutUnit::from_f32(each * done as f32);
                leaf.advance += until_here - given;
                given = until_here;
            }
        }
        true
    }
}
