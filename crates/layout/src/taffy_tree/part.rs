//! How an item takes part in the sizing of its container's tracks: subgrids, and what is inside them, differ from other
//! items. <https://drafts.csswg.org/css-grid-2/#subgrid-size-contribution>

use fanlight_base::LayoutUnit;

use crate::flow::LogicalSize;

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
    /// The border-box inline size that the subgrid gives it, along the container's inline axis, once known.
    pub inline: Option<LayoutUnit>,
}
