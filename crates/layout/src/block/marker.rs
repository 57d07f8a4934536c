//! The marker of a list item whose first block has a formatting context of its own.
//! <https://drafts.csswg.org/css-lists-3/#list-style-position-outside>

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutVector;

use super::flow::{BlockFlow, Restart};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize};
use crate::formatting::Child;
use crate::fragment::Fragment;

impl BlockFlow<'_, '_> {
    /// Puts the marker before the border edge, on the first baseline that there is; else the item is at least as high.
    pub fn marker(&mut self, marker: BoxId) -> Result<(), Restart> {
        self.resolve_here()?;
        let constraints = self.child_constraints(marker).shrink_to_fit();
        let result = self.layouter.layout(marker, &constraints);
        let size = LogicalSize::from_physical(result.fragment.size, self.mode);
        let baselines = self.builder.first_baseline.zip(result.fragment.first_baseline);
        let block = match baselines {
            Some((of_content, of_marker)) => of_content - of_marker,
            None => {
                let start = self.edges.block_start;
                self.position.block = self.position.block.max(start + size.block);
                start
            }
        };
        self.builder.add_child(Child {
            offset: LogicalOffset::new(-size.inline, block),
            relative: LayoutVector::default(),
            margin: self.physical(LogicalSides::<LayoutUnit>::default()),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        });
        Ok(())
    }
}
