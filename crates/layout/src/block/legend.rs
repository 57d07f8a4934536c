//! The rendered legend of a `<fieldset>`, which stands on the border at its block-start.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements>

use fanlight_base::LayoutUnit;

use super::flow::BlockFlow;
use super::margins;
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSize};
use crate::formatting::sizing;
use crate::style;

impl BlockFlow<'_, '_> {
    /// Lays out the legend, as wide as its content, and puts the first child where it leaves room.
    pub fn legend(&mut self, legend: BoxId) {
        let computed = self.layouter.boxes.get(legend).style.clone();
        let constraints = self.child_constraints(legend).shrink_to_fit();
        let result = self.layouter.layout(legend, &constraints);
        let size = LogicalSize::from_physical(result.fragment.size, self.mode);
        let asked = sizing::margins(&computed, self.mode, self.content_inline);
        let margins = margins::used(asked, self.content_inline, size.inline);

        let border = self.builder.edges.border.block_start;
        let spare = border - size.block;
        let block = if spare > LayoutUnit::ZERO {
            // A thick border has it in its middle, or further up where its margin does not fit.
            let middle = spare / 2;
            if margins.block_end > middle { spare - margins.block_end } else { middle }
        } else {
            margins.block_start
        };
        let end = block + size.block + margins.block_end;

        let room = self.content_inline - size.inline - margins.inline_sum();
        let shift = style::justify_legend(&computed, self.mode, room);
        let inline = self.edges.inline_start + margins.inline_start + shift;
        let baselines = (self.builder.first_baseline, self.builder.last_baseline);
        self.add(legend, LogicalOffset::new(inline, block), margins, &result);
        // Its text is not on the fieldset's first line.
        (self.builder.first_baseline, self.builder.last_baseline) = baselines;

        let past_border = (end - border).clamp_negative_to_zero();
        self.legend_extent = past_border;
        self.position.block += past_border;
        self.percentage_block =
            self.percentage_block.map(|block| (block - past_border).clamp_negative_to_zero());
    }
}
