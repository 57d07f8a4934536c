//! The marker of a list item whose content is blocks.
//! <https://drafts.csswg.org/css-lists-3/#list-style-position-outside>

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;

use super::flow::{BlockFlow, Restart};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::{Child, LayoutResult};
use crate::fragment::{BoxFragment, Fragment};

impl BlockFlow<'_, '_> {
    /// Puts the marker that is waiting on the first baseline of a child at `block`, if it has one, before the item's border
    /// edge. Returns how far the child moves down for it: a marker that reaches further above the baseline begins where the
    /// child would have, as in Chromium.
    pub fn marker_beside(&mut self, content: &BoxFragment, block: LayoutUnit) -> Result<LayoutUnit, Restart> {
        let Some(marker) = self.marker else { return Ok(LayoutUnit::ZERO) };
        let [Some(baseline), _] = self.baselines(content, block) else { return Ok(LayoutUnit::ZERO) };
        self.resolve_here()?;
        self.marker = None;
        let (result, size) = self.lay_out_marker(marker);
        let start = baseline - result.fragment.first_baseline.unwrap_or(size.block);
        self.add_marker(&result, size, start.max(block));
        Ok((block - start).clamp_negative_to_zero())
    }

    /// Puts a marker that found no baseline at the content edge; the item is at least as high.
    pub fn marker_alone(&mut self, marker: BoxId) -> Result<(), Restart> {
        self.resolve_here()?;
        let (result, size) = self.lay_out_marker(marker);
        let start = self.edges.block_start;
        self.position.block = self.position.block.max(start + size.block);
        self.add_marker(&result, size, start);
        Ok(())
    }

    fn lay_out_marker(&mut self, marker: BoxId) -> (Arc<LayoutResult>, LogicalSize) {
        let constraints = self.child_constraints(marker).shrink_to_fit();
        let result = self.layouter.layout(marker, &constraints);
        let size = LogicalSize::from_physical(result.fragment.size, self.mode);
        (result, size)
    }

    fn add_marker(&mut self, result: &LayoutResult, size: LogicalSize, block: LayoutUnit) {
        self.builder.add_child(Child {
            offset: LogicalOffset::new(-size.inline, block),
            relative: LayoutVector::default(),
            margin: self.physical(LogicalSides::<LayoutUnit>::default()),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
    }
}
