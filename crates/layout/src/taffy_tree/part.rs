//! How an item takes part in the sizing of its container's tracks: subgrids, and what is inside them, differ from other
//! items. <https://drafts.csswg.org/css-grid-2/#subgrid-size-contribution>

use fanlight_base::LayoutUnit;
use taffy::{AvailableSpace, LayoutInput, RequestedAxis};

use super::lengths::{from_taffy, to_taffy};
use super::measure;
use crate::box_tree::BoxId;
use crate::flow::LogicalSize;
use crate::formatting::{Layouter, sizing};

/// What an item asks of tracks along one axis of the container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Contribution {
    /// Its size.
    #[default]
    Size,
    /// Its borders and padding: along a subgridded axis the items inside ask for the rest.
    Edges,
    /// Nothing: along this axis it lies in tracks of the subgrid that it is in.
    Nothing,
}

/// How an item takes part in track sizing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// What it asks for, along the container's axes.
    pub asks: LogicalSize<Contribution>,
    /// Whether it is in a subgrid, which lays it out.
    pub is_inside: bool,
    /// The room for its margin box along the container's block axis, for an item whose lines run along that, where something
    /// is known of the rows before columns are sized. <https://drafts.csswg.org/css-grid-2/#algo-grid-sizing>
    pub room_across: Option<LayoutUnit>,
    /// The border-box inline size that the subgrid gives it, along the container's inline axis, once known.
    pub inline: Option<LayoutUnit>,
}

impl Part {
    /// What taffy is told of the item's size.
    pub(super) fn measure(
        &self,
        layouter: &mut Layouter<'_>,
        container: measure::Container,
        id: BoxId,
        input: &LayoutInput,
    ) -> taffy::Size<f32> {
        let asks = &self.asks;
        let wants_inline = asks.inline == Contribution::Size && input.axis != RequestedAxis::Vertical;
        let wants_block = asks.block == Contribution::Size && input.axis != RequestedAxis::Horizontal;
        let mut input = *input;
        if self.is_inside && asks.inline == Contribution::Nothing {
            // The columns around it are not those that it is in.
            let inline = self.inline.map(to_taffy);
            input.known_dimensions.width = inline;
            input.parent_size.width = inline;
            input.available_space.width = inline.map_or(AvailableSpace::MaxContent, AvailableSpace::Definite);
        }
        if self.is_inside && asks.block == Contribution::Nothing {
            input.known_dimensions.height = None;
            input.parent_size.height = None;
            input.available_space.height = AvailableSpace::MaxContent;
        }
        if !wants_block {
            input.axis = RequestedAxis::Horizontal;
        }
        if let (Some(room), RequestedAxis::Horizontal) = (self.room_across, input.axis)
            && !matches!(input.available_space.height, AvailableSpace::Definite(_))
        {
            let basis = input.parent_size.width.map_or(LayoutUnit::ZERO, from_taffy);
            let margins = sizing::margins_or_zero(&layouter.boxes.get(id).style, container.mode, basis);
            let room = (room - margins.block_sum()).clamp_negative_to_zero();
            input.available_space.height = AvailableSpace::Definite(to_taffy(room));
        }
        let size = if wants_inline || wants_block {
            measure::size(layouter, container, id, &input)
        } else {
            taffy::Size::ZERO
        };
        let basis = input.parent_size.width.map_or(LayoutUnit::ZERO, from_taffy);
        let edges = || sizing::edges(&layouter.boxes.get(id).style, container.mode, basis).sum().sums();
        let along = |asks: Contribution, size: f32, edges: &dyn Fn() -> LayoutUnit| match asks {
            Contribution::Size => size,
            Contribution::Edges => to_taffy(edges()),
            Contribution::Nothing => 0.0,
        };
        taffy::Size {
            width: along(asks.inline, size.width, &|| edges().inline),
            height: along(asks.block, size.height, &|| edges().block),
        }
    }
}
