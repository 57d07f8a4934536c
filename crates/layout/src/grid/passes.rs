//! The layout of a grid with subgrids or baselines: taffy runs several times, each time knowing more.
//!
//! 1. Items are placed; from then on their places are given. Subgrids learn the names of their lines, and the items inside
//!    them are added to those that size the tracks ([`inside`]).
//! 2. The columns get their widths, which subgrids and baselines depend on.
//! 3. The rows get their heights, where a subgrid takes them over.
//! 4. All is laid out.
//!
//! <https://drafts.csswg.org/css-grid-2/#subgrid-sizing>

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::{Atom, LayoutUnit};
use fanlight_css::values::NoneOr;
use taffy::{
    DetailedGridInfo, DetailedGridTracksInfo, GridPlacement, LayoutInput, LayoutOutput, Line, RequestedAxis,
    RunMode,
};

use super::axis::Axis;
use super::subgrid::{self, SubgridAxis, SubgridTracks};
use super::{baseline, inside};
use crate::box_tree::BoxId;
use crate::flow::{LogicalSize, WritingMode};
use crate::formatting::{Layouter, sizing};
use crate::style;
use crate::taffy_tree::{CONTAINER, Contribution, Node, Part, Stage, Style, Tree, from_taffy};

/// The tracks that an item covers along both axes, counted from the first.
pub(super) type Area = LogicalSize<Range<usize>>;

/// Runs taffy's grid layout.
pub(crate) fn compute(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    if !needs_passes(tree) {
        let output = taffy::compute_grid_layout(tree, CONTAINER, input);
        if input.run_mode == RunMode::PerformLayout {
            note_areas(tree);
            tree.baselines = baseline::of_container(tree);
        }
        return output;
    }
    let styles: Vec<Style> = tree.items.iter().map(|item| item.style.clone()).collect();
    let output = in_passes(tree, input);
    tree.items.truncate(styles.len());
    for (item, style) in tree.items.iter_mut().zip(styles) {
        item.style = style;
    }
    output
}

/// Whether taffy alone does not do. Says of each item how it takes part in track sizing.
fn needs_passes(tree: &mut Tree<'_, '_>) -> bool {
    let mut found = Axis::BOTH.iter().any(|&axis| subgrid::own_names(tree.layouter, tree.id, axis).is_some());
    for item in &mut tree.items {
        item.part = part(subgrid::axes_of(tree.layouter, tree.mode, item.id));
        found |= item.part != Part::default()
            || is_orthogonal(tree.layouter, tree.mode, item)
            || Axis::BOTH.iter().any(|&axis| baseline::of_item(tree.layouter, item.id, axis).is_some());
    }
    found
}

/// Whether the lines of an item run across those of the container.
fn is_orthogonal(layouter: &Layouter<'_>, mode: WritingMode, item: &Node) -> bool {
    !item.style.position.is_out_of_flow()
        && style::writing_mode(&layouter.boxes.get(item.id).style).is_orthogonal_to(mode)
}

/// Sizes the rows for items whose lines run along them: how wide those are depends on it.
/// <https://drafts.csswg.org/css-grid-2/#algo-grid-sizing>
fn give_rooms_across(tree: &mut Tree<'_, '_>, input: LayoutInput) {
    if !tree.items.iter().any(|item| is_orthogonal(tree.layouter, tree.mode, item)) {
        return;
    }
    run(tree, Stage::Rows, input);
    let Some(info) = tree.info.take() else { return };
    for item in &mut tree.items {
        if let (true, Some(area)) = (is_orthogonal(tree.layouter, tree.mode, item), &item.area) {
            item.part.room_across = Some(extent(&info.rows.positions, &area.block));
        }
    }
    tree.info = Some(info);
}

/// How an item takes part that takes tracks of the container along these axes.
pub(super) fn part(subgridded: LogicalSize<bool>) -> Part {
    let along = |is: bool| if is { Contribution::Edges } else { Contribution::Size };
    Part { asks: LogicalSize::new(along(subgridded.inline), along(subgridded.block)), ..Part::default() }
}

fn has_subgrid(tree: &Tree<'_, '_>, axis: Axis) -> bool {
    tree.items.iter().any(|item| !item.part.is_inside && *axis.of(&item.part.asks) == Contribution::Edges)
}

/// One run; the tracks are in [`Tree::info`] then, unless only a size was asked for.
fn run(tree: &mut Tree<'_, '_>, stage: Stage, input: LayoutInput) -> LayoutOutput {
    tree.stage = stage;
    let output = taffy::compute_grid_layout(tree, CONTAINER, input);
    tree.stage = Stage::Layout;
    output
}

fn in_passes(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    let whole = LayoutInput { run_mode: RunMode::PerformLayout, axis: RequestedAxis::Both, ..input };
    let count = tree.items.len();
    let places = place(tree, whole);
    let has_subgrids = Axis::BOTH.iter().any(|&axis| has_subgrid(tree, axis));
    if has_subgrids {
        give_names(tree, &places);
        inside::add(tree, &places, false);
    }
    baseline::leave_out(tree);
    give_rooms_across(tree, whole);
    if input.run_mode == RunMode::ComputeSize && input.axis == RequestedAxis::Horizontal {
        return run(tree, Stage::Layout, input);
    }
    run(tree, Stage::Columns, whole);
    if has_subgrid(tree, Axis::Inline) {
        give_tracks(tree, Axis::Inline);
    }
    if has_subgrid(tree, Axis::Block) {
        tree.items.truncate(count);
        inside::add(tree, &places, true);
    }
    baseline::align(tree);
    if has_subgrid(tree, Axis::Block) {
        run(tree, Stage::Rows, whole);
        give_tracks(tree, Axis::Block);
    }
    let output = run(tree, Stage::Layout, input);
    tree.items.truncate(count);
    if input.run_mode == RunMode::PerformLayout {
        tree.baselines = baseline::of_container(tree);
    }
    output
}

/// The columns of a grid of this inline size, for what is inside it.
pub(super) fn columns(tree: &mut Tree<'_, '_>, input: LayoutInput) -> Vec<Line<f32>> {
    let places = place(tree, input);
    if has_subgrid(tree, Axis::Inline) {
        give_names(tree, &places);
        inside::add(tree, &places, false);
    }
    baseline::leave_out(tree);
    run(tree, Stage::Columns, input);
    tree.info.take().map(|info| info.columns.positions).unwrap_or_default()
}

/// How taffy counts the tracks of a container.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places(LogicalSize<Counted>);

/// How taffy counts tracks along an axis.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    /// The implicit tracks before the explicit ones.
    before: usize,
    /// Those that taffy found before the first, and that there are not.
    cut: usize,
    explicit: usize,
}

impl Counted {
    fn new(info: &DetailedGridTracksInfo<Atom>, is_subgridded: bool) -> Counted {
        let (before, explicit) =
            (usize::from(info.negative_implicit_tracks), usize::from(info.explicit_tracks));
        let (before, cut) = if is_subgridded { (0, before) } else { (before, 0) };
        Counted { before, cut, explicit }
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

    /// These tracks in the words of `grid-column` and `grid-row`.
    fn placement(self, tracks: &Range<usize>) -> Line<GridPlacement<Atom>> {
        let number = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let line = |index: usize| {
            let line = match index.checked_sub(self.before) {
                Some(index) => number(index).saturating_add(1),
                // Lines before the explicit grid are counted from its end.
                None => number(index) - number(self.before) - number(self.explicit) - 1,
            };
            GridPlacement::Line(i16::try_from(line).unwrap_or(i16::MAX).into())
        };
        Line { start: line(tracks.start), end: line(tracks.end) }
    }
}

impl Places {
    /// Puts an item where these tracks are.
    pub fn put(&self, area: &Area, style: &mut Style) {
        style.grid_column = self.0.inline.placement(&area.inline);
        style.grid_row = self.0.block.placement(&area.block);
    }
}

/// Notes which tracks items lie in that taffy has placed.
fn note_areas(tree: &mut Tree<'_, '_>) {
    let Some(info) = &tree.info else { return };
    let columns = Counted::new(&info.columns, false);
    let rows = Counted::new(&info.rows, false);
    let in_flow = tree.items.iter_mut().filter(|item| !item.style.position.is_out_of_flow());
    for (item, place) in in_flow.zip(&info.items) {
        item.area = Some(LogicalSize::new(
            columns.tracks(place.column_start, place.column_end, false),
            rows.tracks(place.row_start, place.row_end, false),
        ));
    }
}

/// How large the area of an item is.
pub(crate) fn area_size(info: &DetailedGridInfo<Atom>, area: &Area) -> LogicalSize<Option<LayoutUnit>> {
    let along = |axis: Axis| Some(extent(&info_along(info, axis).positions, axis.of(area)));
    LogicalSize::new(along(Axis::Inline), along(Axis::Block))
}

/// Finds the places of all items, and gives them these.
pub(super) fn place(tree: &mut Tree<'_, '_>, input: LayoutInput) -> Places {
    for item in &mut tree.items {
        item.part = part(subgrid::axes_of(tree.layouter, tree.mode, item.id));
    }
    run(tree, Stage::Placement, input);
    let Some(info) = tree.info.take() else { return Places::default() };
    let is_subgridded = LogicalSize::new(
        subgrid::known(tree.layouter, tree.id, Axis::Inline).is_some(),
        subgrid::known(tree.layouter, tree.id, Axis::Block).is_some(),
    );
    let counted = LogicalSize::new(
        Counted::new(&info.columns, is_subgridded.inline),
        Counted::new(&info.rows, is_subgridded.block),
    );
    let places = Places(counted);
    let mut placed = info.items.iter();
    for item in tree.items.iter_mut().filter(|item| !item.style.position.is_out_of_flow()) {
        let Some(place) = placed.next() else { break };
        let area = LogicalSize::new(
            counted.inline.tracks(place.column_start, place.column_end, is_subgridded.inline),
            counted.block.tracks(place.row_start, place.row_end, is_subgridded.block),
        );
        places.put(&area, &mut item.style);
        item.area = Some(area);
    }
    tree.info = Some(info);
    places
}

fn info_along(info: &DetailedGridInfo<Atom>, axis: Axis) -> &DetailedGridTracksInfo<Atom> {
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
            let counted = *axis.of(&places.0);
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
fn give_tracks(tree: &mut Tree<'_, '_>, axis: Axis) {
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
