//! What a subgrid has of the grid around it. <https://drafts.csswg.org/css-grid-2/#subgrids>
//!
//! taffy knows no subgrids. To it one is a grid whose tracks along the subgridded axes have the sizes of those that it
//! covers in the grid around it; that grid says ([`passes`](super::passes)) what they are.

use std::sync::Arc;

use fanlight_base::{Atom, LayoutUnit};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NormalOr;
use fanlight_css::values::grid::{GridTemplate, SubgridNames};

use super::axis::Axis;
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalSize, WritingMode};
use crate::formatting::{Layouter, sizing};
use crate::style::{self, Positioning};

/// What a subgrid has along one of its own axes of the grid around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SubgridAxis {
    /// The names that the grid around gives each line.
    pub names: Vec<Vec<Atom>>,
    /// The used gap of the grid around, which `normal` takes.
    pub gap: LayoutUnit,
    /// The tracks, once their sizes are known.
    pub tracks: Option<SubgridTracks>,
    /// The items that share baselines with others in the grid around, and how much further on each begins for that.
    pub baselines: Vec<(BoxId, LayoutUnit)>,
}

/// The tracks that a subgrid covers, as they are in the grid around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SubgridTracks {
    /// Where each begins and ends, from the start of the subgrid's border box.
    pub places: Vec<(LayoutUnit, LayoutUnit)>,
    /// How long the border box is.
    pub extent: LayoutUnit,
}

impl SubgridAxis {
    /// How many tracks it covers.
    pub fn count(&self) -> usize {
        self.names.len().saturating_sub(1)
    }
}

impl SubgridTracks {
    /// How long the content box is.
    pub fn content(&self, (before, after): (LayoutUnit, LayoutUnit)) -> LayoutUnit {
        (self.extent - before - after).clamp_negative_to_zero()
    }

    /// The sizes that the tracks have in the subgrid. The outer ones are without what is around its content; where its gap
    /// is another, the lines stay in the middle of it. <https://drafts.csswg.org/css-grid-2/#subgrid-gaps>
    pub fn sizes(&self, gap: LayoutUnit, (before, after): (LayoutUnit, LayoutUnit)) -> Vec<LayoutUnit> {
        let end = self.extent - after;
        let starts: Vec<LayoutUnit> = std::iter::once(before)
            .chain(self.places.windows(2).map(|pair| ((pair[0].1 + pair[1].0) / 2 + gap / 2).max(before)))
            .collect();
        let ends = starts.iter().skip(1).map(|&next| (next - gap).min(end)).chain([end]);
        starts.iter().zip(ends).map(|(&start, end)| (end - start).clamp_negative_to_zero()).collect()
    }
}

/// The tracks that a grid is given along an axis.
pub(super) fn template(computed: &ComputedStyle, axis: Axis) -> &GridTemplate {
    match axis {
        Axis::Inline => &computed.grid.grid_template_columns,
        Axis::Block => &computed.grid.grid_template_rows,
    }
}

/// The line names of a box that takes its tracks along an axis of its own from the grid around it. Elsewhere `subgrid` means
/// `none`. <https://drafts.csswg.org/css-grid-2/#subgrid-listing>
pub(super) fn own_names<'a>(layouter: &Layouter<'a>, id: BoxId, axis: Axis) -> Option<&'a SubgridNames> {
    let layout_box = layouter.boxes.get(id);
    let computed = &*layout_box.style;
    let GridTemplate::Subgrid(names) = template(computed, axis) else { return None };
    let is_in_flow = !matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed);
    let is_item =
        layout_box.parent.is_some_and(|parent| matches!(layouter.boxes.get(parent).kind, BoxKind::Grid(_)));
    let is_grid = matches!(layout_box.kind, BoxKind::Grid(_));
    (is_in_flow && is_item && is_grid && !style::isolates_formatting(computed)).then_some(names)
}

/// Which axes of a grid of this writing mode a box inside it takes the tracks of.
pub(super) fn axes_of(layouter: &Layouter<'_>, container_mode: WritingMode, id: BoxId) -> LogicalSize<bool> {
    let own_mode = style::writing_mode(&layouter.boxes.get(id).style);
    let along = |axis: Axis| own_names(layouter, id, axis.seen_from(container_mode, own_mode).0).is_some();
    LogicalSize::new(along(Axis::Inline), along(Axis::Block))
}

/// What a subgrid knows of the tracks along an axis of its own.
pub(super) fn known(layouter: &Layouter<'_>, id: BoxId, axis: Axis) -> Option<Arc<SubgridAxis>> {
    own_names(layouter, id, axis)?;
    axis.of(layouter.cache.subgrid(id)).clone()
}

/// The gap between the tracks of a grid. `basis` is its content-box size, where that is known.
pub(super) fn gap(layouter: &Layouter<'_>, id: BoxId, axis: Axis, basis: Option<LayoutUnit>) -> LayoutUnit {
    let flex = &layouter.boxes.get(id).style.flex;
    let gap = match axis {
        Axis::Inline => &flex.column_gap,
        Axis::Block => &flex.row_gap,
    };
    match gap {
        NormalOr::Normal => known(layouter, id, axis).map_or(LayoutUnit::ZERO, |known| known.gap),
        NormalOr::Value(gap) => sizing::resolve_or_zero(gap, basis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_and_another_gap_come_out_of_the_tracks() {
        let px = LayoutUnit::from_px;
        // Three tracks of 100 with gaps of 20.
        let places = vec![(px(0), px(100)), (px(120), px(220)), (px(240), px(340))];
        let tracks = SubgridTracks { places, extent: px(340) };
        assert_eq!(tracks.sizes(px(20), (px(0), px(0))), [px(100), px(100), px(100)]);
        assert_eq!(tracks.sizes(px(10), (px(0), px(0))), [px(105), px(110), px(105)]);
        assert_eq!(tracks.sizes(px(40), (px(0), px(0))), [px(90), px(80), px(90)]);
        assert_eq!(tracks.sizes(px(20), (px(7), px(5))), [px(93), px(100), px(95)]);
        assert_eq!(tracks.sizes(px(20), (px(130), px(0))), [px(0), px(90), px(100)]);
    }
}
