//! Boxes out of flow in a grid: the lines between which they are, and where these lie.
//! <https://drafts.csswg.org/css-grid-2/#abspos>
//!
//! While items are placed every track is 1px long and stands 1px from the edge of the container ([`template::set_tracks`]),
//! so that where taffy would put a box says which lines it has found.
//!
//! [`template::set_tracks`]: super::template::set_tracks

use fanlight_base::LayoutUnit;
use taffy::{AxisStaticPosition, NodeId, OofCandidate, OofCandidates, Position};

use super::axis::Axis;
use super::passes::Counted;
use super::tracks::Tracks;
use crate::flow::LogicalSize;
use crate::style;
use crate::taffy_tree::{Tree, to_taffy};

/// A box out of flow, and the lines that it is between along both axes, `None` for `auto`; these are counted from 0.
#[derive(Clone, Debug)]
pub(crate) struct PlacedOutOfFlow {
    node: NodeId,
    order: u32,
    position: Position,
    lines: LogicalSize<(Option<usize>, Option<usize>)>,
    aligned: LogicalSize<AxisStaticPosition>,
}

/// Reads from where taffy would put boxes which lines they are between.
pub(super) fn placed(candidates: &OofCandidates, counted: &LogicalSize<Counted>) -> Vec<PlacedOutOfFlow> {
    let lines = |position: &AxisStaticPosition, counted: Counted| {
        let line = |at: f32| {
            let at = (at.round() as i64).checked_sub(1)?;
            let at = usize::try_from(at).ok()?.checked_sub(counted.cut)?;
            (at <= counted.count()).then_some(at)
        };
        (line(position.area.start), line(position.area.end))
    };
    let of = |candidate: &OofCandidate| {
        let at = &candidate.static_position;
        PlacedOutOfFlow {
            node: candidate.node,
            order: candidate.order,
            position: candidate.position,
            lines: LogicalSize::new(lines(&at.x, counted.inline), lines(&at.y, counted.block)),
            aligned: LogicalSize::new(at.x, at.y),
        }
    };
    candidates.iter().map(of).collect()
}

/// The boxes with the areas that are their containing blocks, in a container of this border-box size.
pub(super) fn candidates(
    tree: &Tree<'_, '_>,
    placed: &[PlacedOutOfFlow],
    columns: &Tracks,
    rows: &Tracks,
    size: LogicalSize,
) -> OofCandidates {
    let contains = style::contains_absolute(&tree.layouter.boxes.get(tree.id).style);
    let (border, edges) = (&tree.edges.border, tree.edges.sum());
    let mut candidates = OofCandidates::new();
    for item in placed {
        // Elsewhere its static position is as if it were alone in the content box.
        let has_area = contains && item.position == Position::Absolute;
        let along = |axis: Axis, tracks: &Tracks| {
            let extent = *axis.of(&size);
            let (before, after) = axis.sides(if has_area { border } else { &edges });
            let (start, end) = if has_area { *axis.of(&item.lines) } else { (None, None) };
            let content_start = axis.sides(&edges).0;
            let start = start.map_or(before, |line| after_line(tracks, line, content_start));
            let end = end.map_or(extent - after, |line| before_line(tracks, line, content_start));
            let area = taffy::Line { start: to_taffy(start), end: to_taffy(end) };
            AxisStaticPosition { area, ..*axis.of(&item.aligned) }
        };
        candidates.push(OofCandidate {
            node: item.node,
            order: item.order,
            position: item.position,
            static_position: taffy::Point { x: along(Axis::Inline, columns), y: along(Axis::Block, rows) },
        });
    }
    candidates
}

/// Where an area begins whose first line this is.
fn after_line(tracks: &Tracks, line: usize, content_start: LayoutUnit) -> LayoutUnit {
    let last = || tracks.places.last().map(|(_, end)| *end);
    tracks.places.get(line).map(|(start, _)| *start).or_else(last).unwrap_or(content_start)
}

/// Where an area ends whose last line this is.
fn before_line(tracks: &Tracks, line: usize, content_start: LayoutUnit) -> LayoutUnit {
    let place = match line.checked_sub(1) {
        Some(before) => tracks.places.get(before).map(|(_, end)| *end),
        None => tracks.places.first().map(|(start, _)| *start),
    };
    place.unwrap_or(content_start)
}
