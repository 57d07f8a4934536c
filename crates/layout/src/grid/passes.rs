//! From styles to a grid: where items are placed, and what subgrids learn of the grid around them.
//!
//! 1. taffy places the items. Subgrids learn the names of their lines, and the items inside them are added to those that
//!    size the tracks ([`inside`]).
//! 2. The tracks get their sizes, and the items theirs ([`GridTracks`]).
//!
//! <https://drafts.csswg.org/css-grid-2/#layout-algorithm>

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::{Atom, LayoutUnit};
use fanlight_css::values::NoneOr;
use taffy::{
    AvailableSpace, DetailedGridInfo, DetailedGridTracksInfo, LayoutInput, LayoutOutput, Line, RunMode,
};

use super::auto_repeat::{self, Room};
use super::axis::Axis;
use super::subgrid::{self, SubgridAxis, SubgridTracks};
use super::track_sizing::Constraint;
use super::tracks_of_container::GridTracks;
use super::{absolute, baseline, inside, template};
use crate::box_tree::BoxId;
use crate::flow::LogicalSize;
use crate::formatting::{Layouter, sizing};
use crate::style;
use crate::taffy_tree::{CONTAINER, Contribution, Part, Stage, Tree, from_taffy, to_taffy};

/// The tracks that an item covers along both axes, counted from the first.
pub(super) type Area = LogicalSize<Range<usize>>;

/// Sizes the tracks of a grid, and lays out its items where all is asked for.
pub(crate) fn compute(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    let edges = tree.edges.sum();
    let inner = |size: Option<f32>, around: LayoutUnit| {
        size.map(|size| (from_taffy(size) - around).clamp_negative_to_zero())
    };
    let known = LogicalSize::new(
        inner(input.known_dimensions.width, edges.inline_sum()),
        inner(input.known_dimensions.height, edges.block_sum()),
    );
    let constraint = match (known.inline, input.available_space.width) {
        (Some(inline), _) => Constraint::Layout(Some(inline)),
        (None, AvailableSpace::MinContent) => Constraint::MinContent,
        (None, _) => Constraint::MaxContent,
    };
    let count = tree.items.len();
    let places = place(tree, known);
    if Axis::BOTH.iter().any(|&axis| has_subgrid(tree, axis)) {
        give_names(tree, &places);
        inside::add(tree, false);
    }
    let kept = baseline::leave_out(tree);
    let mut grid = GridTracks::new(tree, known, constraint);
    let output = if input.run_mode == RunMode::PerformLayout {
        grid.layout(tree, &places, count, &kept)
    } else {
        let width = grid.inline_content_size(tree) + edges.inline_sum();
        LayoutOutput::from_outer_size(taffy::Size { width: to_taffy(width), height: 0.0 })
    };
    tree.items.truncate(count);
    baseline::put_back(tree, &kept);
    output
}

/// The columns of a grid of this content-box inline size, for what is inside it.
pub(super) fn columns(tree: &mut Tree<'_, '_>, inline: LayoutUnit) -> Vec<Line<f32>> {
    let known = LogicalSize::new(Some(inline), None);
    let places = place(tree, known);
    if has_subgrid(tree, Axis::Inline) {
        give_names(tree, &places);
        inside::add(tree, false);
    }
    baseline::leave_out(tree);
    GridTracks::new(tree, known, Constraint::Layout(Some(inline))).size(tree, Axis::Inline);
    tree.info.take().map(|info| info.columns.positions).unwrap_or_default()
}

/// How an item takes part that takes tracks of the container along these axes.
pub(super) fn part(subgridded: LogicalSize<bool>) -> Part {
    let along = |is: bool| if is { Contribution::Edges } else { Contribution::Size };
    Part { asks: LogicalSize::new(along(subgridded.inline), along(subgridded.block)), ..Part::default() }
}

pub(super) fn has_subgrid(tree: &Tree<'_, '_>, axis: Axis) -> bool {
    tree.items.iter().any(|item| !item.part.is_inside && *axis.of(&item.part.asks) == Contribution::Edges)
}

/// What placement depends on besides the styles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlacementQuestion {
    repetitions: LogicalSize<usize>,
    items: usize,
}

/// Where everything in a container is placed, and how its tracks are counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub(super) counted: LogicalSize<Counted>,
    /// How often the tracks of templates are repeated that fill the container.
    pub(super) repetitions: LogicalSize<usize>,
    pub(super) out_of_flow: Arc<[absolute::PlacedOutOfFlow]>,
}

/// How taffy counts tracks along an axis.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    /// The implicit tracks before the explicit ones.
    pub(super) before: usize,
    /// Those that taffy found before the first, and that there are not.
    pub(super) cut: usize,
    pub(super) explicit: usize,
    /// The implicit tracks after them.
    pub(super) after: usize,
}

impl Counted {
    fn new(info: &DetailedGridTracksInfo<Atom>, is_subgridded: bool) -> Counted {
        let (before, explicit) =
            (usize::from(info.negative_implicit_tracks), usize::from(info.explicit_tracks));
        let after = usize::from(info.positive_implicit_tracks);
        match is_subgridded {
            true => Counted { before: 0, cut: before, explicit, after: 0 },
            false => Counted { before, cut: 0, explicit, after },
        }
    }

    /// All tracks.
    pub(super) const fn count(self) -> usize {
        self.before + self.explicit + self.after
    }

    /// The tracks between two lines of taffy's, which are counted from 1. A subgrid has no implicit tracks: what would lie in
    /// such is put into the nearest that it has. <https://drafts.csswg.org/css-grid-2/#subgrid-implicit>
    fn tracks(self, start: u16, end: u16, is_subgridded: bool) -> Range<usize> {
        let line = |line: u16| usize::from(line).saturating_sub(1 + self.cut);
        if !is_subgridded {
            return line(start)..line(end);
        }
        let start = line(start).min(self.explicit.saturating_sub(1));
        start..line(end).clamp(start + 1, self.explicit.max(start + 1))
    }
}

/// How large the area of an item is.
pub(crate) fn area_size(info: &DetailedGridInfo<Atom>, area: &Area) -> LogicalSize<Option<LayoutUnit>> {
    let along = |axis: Axis| Some(extent(&info_along(info, axis).positions, axis.of(area)));
    LogicalSize::new(along(Axis::Inline), along(Axis::Block))
}

/// Finds the places of all items in a content box of which this is known.
pub(super) fn place(tree: &mut Tree<'_, '_>, known: LogicalSize<Option<LayoutUnit>>) -> Places {
    for item in &mut tree.items {
        item.part = part(subgrid::axes_of(tree.layouter, tree.mode, item.id));
    }
    let repetitions = LogicalSize::new(
        repetitions(tree, Axis::Inline, known.inline),
        repetitions(tree, Axis::Block, known.block),
    );
    let asked = PlacementQuestion { repetitions, items: tree.items.len() };
    if let Some((answered, places)) = &tree.placement
        && *answered == asked
        && tree.info.is_some()
    {
        return places.clone();
    }
    template::set_tracks(tree, repetitions);
    tree.stage = Stage::Placement;
    let output = taffy::compute_grid_layout(tree, CONTAINER, template::placement_input());
    tree.stage = Stage::Layout;
    let Some(info) = tree.info.take() else { return Places::default() };
    let is_subgridded = LogicalSize::new(
        subgrid::known(tree.layouter, tree.id, Axis::Inline).is_some(),
        subgrid::known(tree.layouter, tree.id, Axis::Block).is_some(),
    );
    let counted = LogicalSize::new(
        Counted::new(&info.columns, is_subgridded.inline),
        Counted::new(&info.rows, is_subgridded.block),
    );
    let mut placed = info.items.iter();
    for item in tree.items.iter_mut().filter(|item| !item.style.position.is_out_of_flow()) {
        let Some(place) = placed.next() else { break };
        item.area = Some(LogicalSize::new(
            counted.inline.tracks(place.column_start, place.column_end, is_subgridded.inline),
            counted.block.tracks(place.row_start, place.row_end, is_subgridded.block),
        ));
    }
    let out_of_flow = absolute::placed(&output.oof_candidates, &counted);
    let places = Places { counted, repetitions, out_of_flow: out_of_flow.into() };
    tree.info = Some(info);
    tree.placement = Some((asked, places.clone()));
    places
}

/// How often the tracks of a template are repeated that fill the container.
fn repetitions(tree: &Tree<'_, '_>, axis: Axis, known: Option<LayoutUnit>) -> usize {
    let template = subgrid::template(&tree.layouter.boxes.get(tree.id).style, axis);
    if !template::fills(template) {
        return 1;
    }
    let around = *axis.of(&tree.edges.sum().sums());
    let (min, max) = *axis.of(&tree.limits);
    let inner = |limit: LayoutUnit| (limit - around).clamp_negative_to_zero();
    let room = Room { size: known, min: min.map(inner), max: max.map(inner) };
    auto_repeat::repetitions(template, subgrid::gap(tree.layouter, tree.id, axis, known), room)
}

pub(super) fn info_along(info: &DetailedGridInfo<Atom>, axis: Axis) -> &DetailedGridTracksInfo<Atom> {
    match axis {
        Axis::Inline => &info.columns,
        Axis::Block => &info.rows,
    }
}

/// Changes what a subgrid knows along an axis of its own.
pub(super) fn change(layouter: &mut Layouter<'_>, id: BoxId, axis: Axis, to: SubgridAxis) {
    let mut known = layouter.cache.subgrid(id).clone();
    *axis.of_mut(&mut known) = Some(Arc::new(to));
    layouter.cache.set_subgrid(id, known);
}

/// Gives subgrids the names of their lines. What they know of their tracks is kept where it can still hold.
pub(super) fn give_names(tree: &mut Tree<'_, '_>, places: &Places) {
    let Some(info) = tree.info.take() else { return };
    for item in &tree.items {
        let Some(area) = &item.area else { continue };
        for axis in Axis::BOTH {
            if *axis.of(&item.part.asks) != Contribution::Edges {
                continue;
            }
            let own_mode = style::writing_mode(&tree.layouter.boxes.get(item.id).style);
            let (own_axis, is_turned) = axis.seen_from(tree.mode, own_mode);
            let counted = *axis.of(&places.counted);
            let mut names = names(
                tree.layouter,
                tree.id,
                axis,
                info_along(&info, axis),
                counted,
                axis.of(area),
                is_turned,
            );
            if is_turned {
                names.reverse();
            }
            let gap = subgrid::gap(tree.layouter, tree.id, axis, None);
            let former = own_axis.of(tree.layouter.cache.subgrid(item.id)).clone();
            let former = former.filter(|former| former.names.len() == names.len());
            let to = match former {
                Some(former) => SubgridAxis { names, gap, ..(*former).clone() },
                None => SubgridAxis { names, gap, tracks: None, baselines: Vec::new() },
            };
            change(tree.layouter, item.id, own_axis, to);
        }
    }
    tree.info = Some(info);
}

/// The names that a grid gives the lines of some of its tracks: its own, and those of its areas, which end where the subgrid
/// ends. <https://drafts.csswg.org/css-grid-2/#subgrid-line-name-inheritance>
fn names(
    layouter: &Layouter<'_>,
    id: BoxId,
    axis: Axis,
    info: &DetailedGridTracksInfo<Atom>,
    counted: Counted,
    tracks: &Range<usize>,
    is_turned: bool,
) -> Vec<Vec<Atom>> {
    let mut lines: Vec<Vec<Atom>> =
        (tracks.start..=tracks.end).map(|line| info.names_for_line(line + counted.cut).to_vec()).collect();
    if let NoneOr::Value(areas) = &layouter.boxes.get(id).style.grid.grid_template_areas {
        for area in areas.areas.iter() {
            let (start, end) = match axis {
                Axis::Inline => (area.column_start, area.column_end),
                Axis::Block => (area.row_start, area.row_end),
            };
            let line = |number: u32| (number as usize).saturating_sub(1) + counted.before;
            let (start, end) = (line(start).max(tracks.start), line(end).min(tracks.end));
            if start < end {
                let (first, last) = if is_turned { ("end", "start") } else { ("start", "end") };
                lines[start - tracks.start].push(Atom::from(format!("{}-{first}", &*area.name)));
                lines[end - tracks.start].push(Atom::from(format!("{}-{last}", &*area.name)));
            }
        }
    }
    lines
}

/// Tells subgrids where the tracks of the container are that they take along one of its axes.
pub(super) fn give_tracks(tree: &mut Tree<'_, '_>, axis: Axis) {
    let Some(info) = tree.info.take() else { return };
    for item in &tree.items {
        let Some(area) = &item.area else { continue };
        if *axis.of(&item.part.asks) != Contribution::Edges || item.part.is_inside {
            continue;
        }
        let computed = tree.layouter.boxes.get(item.id).style.clone();
        let (own_axis, is_turned) = axis.seen_from(tree.mode, style::writing_mode(&computed));
        let Some(known) = subgrid::known(tree.layouter, item.id, own_axis) else { continue };
        let width = extent(&info.columns.positions, &area.inline);
        let margins = sizing::margins_or_zero(&computed, tree.mode, width);
        let (before, after) = axis.sides(&margins);
        let positions = &info_along(&info, axis).positions;
        let Some(covered) = positions.get(axis.of(area).clone()).filter(|covered| !covered.is_empty()) else {
            continue;
        };
        let start = from_taffy(covered[0].start) + before;
        let extent = (extent(positions, axis.of(area)) - before - after).clamp_negative_to_zero();
        let mut places: Vec<(LayoutUnit, LayoutUnit)> = covered
            .iter()
            .map(|track| (from_taffy(track.start) - start, from_taffy(track.end) - start))
            .collect();
        if is_turned {
            places = places.iter().rev().map(|&(start, end)| (extent - end, extent - start)).collect();
        }
        let tracks = Some(SubgridTracks { places, extent });
        change(tree.layouter, item.id, own_axis, SubgridAxis { tracks, ..(*known).clone() });
    }
    tree.info = Some(info);
}

/// From the start of the first to the end of the last of some tracks.
pub(super) fn extent(positions: &[Line<f32>], tracks: &Range<usize>) -> LayoutUnit {
    let last = tracks.end.checked_sub(1).and_then(|last| positions.get(last));
    match (positions.get(tracks.start), last) {
        (Some(first), Some(last)) => from_taffy(last.end) - from_taffy(first.start),
        _ => LayoutUnit::ZERO,
    }
}
