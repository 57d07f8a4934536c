//! Tracks, lines and areas in taffy's terms. <https://drafts.csswg.org/css-grid-2/#grid-definition>

use std::sync::Arc;

use fanlight_base::{Atom, LayoutUnit};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_css::values::grid::{
    GridAreas, GridLine, GridTemplate, LineNames, RepeatCount, SubgridNames, TrackBreadth, TrackListItem,
    TrackSize,
};
use taffy::{
    GridPlacement, GridTemplateArea, GridTemplateAreas, GridTemplateComponent, GridTemplateRepetition, Line,
    MaxTrackSizingFunction, MinTrackSizingFunction, RepetitionCount, TrackSizingFunction,
};

use super::axis::Axis;
use super::subgrid::{self, SubgridAxis};
use crate::box_tree::BoxId;
use crate::flow::LogicalSize;
use crate::formatting::Layouter;
use crate::formatting::sizing::Edges;
use crate::taffy_tree::{Lengths, Style, to_taffy};

/// Tracks, areas and flow of a grid container.
pub(super) fn container_style(
    lengths: &mut Lengths,
    layouter: &Layouter<'_>,
    id: BoxId,
    edges: &Edges,
    style: &mut Style,
) {
    let grid = &layouter.boxes.get(id).style.grid;
    style.display = taffy::Display::Grid;
    let subgrid = LogicalSize::new(
        subgrid::known(layouter, id, Axis::Inline),
        subgrid::known(layouter, id, Axis::Block),
    );
    let mut of = |axis: Axis, gap: &mut taffy::LengthPercentage| match axis.of(&subgrid) {
        Some(known) => {
            let edges = axis.sides(&edges.sum());
            let content = known.tracks.as_ref().map(|tracks| tracks.content(edges));
            let used_gap = subgrid::gap(layouter, id, axis, content);
            *gap = taffy::LengthPercentage::length(to_taffy(used_gap));
            let own = subgrid::own_names(layouter, id, axis);
            subgridded(known, own, used_gap, edges)
        }
        None => template(lengths, subgrid::template(&layouter.boxes.get(id).style, axis)),
    };
    (style.grid_template_columns, style.grid_template_column_names) = of(Axis::Inline, &mut style.gap.width);
    (style.grid_template_rows, style.grid_template_row_names) = of(Axis::Block, &mut style.gap.height);
    style.grid_auto_columns = grid.grid_auto_columns.0.iter().map(|size| track(lengths, size)).collect();
    style.grid_auto_rows = grid.grid_auto_rows.0.iter().map(|size| track(lengths, size)).collect();
    style.grid_auto_flow = match (grid.grid_auto_flow.column, grid.grid_auto_flow.dense) {
        (false, false) => taffy::GridAutoFlow::Row,
        (true, false) => taffy::GridAutoFlow::Column,
        (false, true) => taffy::GridAutoFlow::RowDense,
        (true, true) => taffy::GridAutoFlow::ColumnDense,
    };
    style.grid_template_areas = match &grid.grid_template_areas {
        NoneOr::None => None,
        NoneOr::Value(named) => Some(areas(named, &subgrid)),
    };
}

/// The tracks and line names of a subgrid along an axis.
fn subgridded(
    known: &SubgridAxis,
    own: Option<&SubgridNames>,
    gap: LayoutUnit,
    edges: (LayoutUnit, LayoutUnit),
) -> Template {
    let tracks = match &known.tracks {
        Some(tracks) => {
            let track = |size: LayoutUnit| {
                let size = taffy::LengthPercentage::length(to_taffy(size));
                TrackSizingFunction { min: size.into(), max: size.into() }
            };
            tracks.sizes(gap, edges).into_iter().map(track).map(GridTemplateComponent::Single).collect()
        }
        None => {
            let automatic = TrackSizingFunction {
                min: MinTrackSizingFunction::auto(),
                max: MaxTrackSizingFunction::auto(),
            };
            vec![GridTemplateComponent::Single(automatic); known.count()]
        }
    };
    let mut own = own.into_iter().flat_map(|own| own.resolved(known.names.len()));
    let with_own = |inherited: &Vec<Atom>| {
        let mut all = own.next().map(names).unwrap_or_default();
        all.extend(inherited.iter().cloned());
        all
    };
    (tracks, known.names.iter().map(with_own).collect())
}

/// Whether there are as many columns as the container has room for.
/// <https://drafts.csswg.org/css-grid-2/#auto-repeat>
pub(super) fn fills_with_columns(computed: &ComputedStyle) -> bool {
    let GridTemplate::Tracks(tracks) = &computed.grid.grid_template_columns else { return false };
    let fills = |item: &TrackListItem| {
        matches!(item, TrackListItem::Repeat(RepeatCount::AutoFill | RepeatCount::AutoFit, ..))
    };
    tracks.items.iter().any(fills)
}

/// A subgrid fills its area along the axes of the container whose tracks it takes, whatever its own size and alignment are.
/// <https://drafts.csswg.org/css-grid-2/#subgrid-box-alignment>
pub(super) fn fill_along(axes: LogicalSize<bool>, style: &mut Style) {
    let auto = taffy::LengthPercentageAuto::auto;
    let zero_if_auto = |margin: &mut taffy::LengthPercentageAuto| {
        if margin.is_auto() {
            *margin = taffy::LengthPercentageAuto::length(0.0);
        }
    };
    if axes.inline {
        style.size.width = taffy::Dimension::auto();
        (style.min_size.width, style.max_size.width) = (auto(), auto());
        style.justify_self = Some(taffy::AlignItems::STRETCH);
        style.overflow.x = taffy::Overflow::Visible;
        zero_if_auto(&mut style.margin.left);
        zero_if_auto(&mut style.margin.right);
    }
    if axes.block {
        style.size.height = taffy::Dimension::auto();
        (style.min_size.height, style.max_size.height) = (auto(), auto());
        style.align_self = Some(taffy::AlignItems::STRETCH);
        style.overflow.y = taffy::Overflow::Visible;
        zero_if_auto(&mut style.margin.top);
        zero_if_auto(&mut style.margin.bottom);
    }
    if axes.inline || axes.block {
        style.aspect_ratio = None;
    }
}

/// Where an item is placed.
pub(super) fn item_style(computed: &ComputedStyle, style: &mut Style) {
    let grid = &computed.grid;
    style.grid_column = Line { start: line(&grid.grid_column_start), end: line(&grid.grid_column_end) };
    style.grid_row = Line { start: line(&grid.grid_row_start), end: line(&grid.grid_row_end) };
}

/// <https://drafts.csswg.org/css-grid-2/#line-placement>
fn line(line: &GridLine) -> GridPlacement<Atom> {
    let limit = i32::from(i16::MAX);
    let number = line.number.map(|number| number.clamp(-limit, limit) as i16);
    let span = || number.unwrap_or(1).unsigned_abs();
    match (&line.name, line.span) {
        (None, true) => GridPlacement::Span(span()),
        (Some(name), true) => GridPlacement::NamedSpan(name.clone(), span()),
        (None, false) => match number {
            Some(number) => GridPlacement::Line(number.into()),
            None => GridPlacement::Auto,
        },
        // Number 0 is the name alone, which may mean the edge of an area.
        (Some(name), false) => GridPlacement::NamedLine(name.clone(), number.unwrap_or(0)),
    }
}

fn area_line(line: u32) -> u16 {
    u16::try_from(line).unwrap_or(u16::MAX)
}

/// The named areas, as far as a subgrid has lines for them.
fn areas(named: &GridAreas, subgrid: &LogicalSize<Option<Arc<SubgridAxis>>>) -> GridTemplateAreas<Atom> {
    let tracks = |axis: Axis| {
        axis.of(subgrid).as_ref().map_or(u16::MAX, |known| u16::try_from(known.count()).unwrap_or(u16::MAX))
    };
    let (columns, rows) = (tracks(Axis::Inline), tracks(Axis::Block));
    let column = |line: u32| area_line(line).min(columns.saturating_add(1));
    let row = |line: u32| area_line(line).min(rows.saturating_add(1));
    let area = |area: &fanlight_css::values::grid::GridArea| GridTemplateArea {
        name: area.name.clone(),
        row_start: row(area.row_start),
        row_end: row(area.row_end),
        column_start: column(area.column_start),
        column_end: column(area.column_end),
    };
    GridTemplateAreas {
        areas: named.areas.iter().map(area).collect(),
        row_count: u16::try_from(named.rows.len()).unwrap_or(u16::MAX).min(rows),
        column_count: area_line(named.width).min(columns),
    }
}

type Template = (Vec<GridTemplateComponent<Atom>>, Vec<Vec<Atom>>);

fn template(lengths: &mut Lengths, template: &GridTemplate) -> Template {
    let GridTemplate::Tracks(tracks) = template else {
        return (Vec::new(), Vec::new());
    };
    let components = tracks
        .items
        .iter()
        .map(|item| match item {
            TrackListItem::Track(size) => GridTemplateComponent::Single(track(lengths, size)),
            TrackListItem::Repeat(count, line_names, sizes) => {
                GridTemplateComponent::Repeat(GridTemplateRepetition {
                    count: match count {
                        RepeatCount::Number(count) => {
                            RepetitionCount::Count(u16::try_from(*count).unwrap_or(u16::MAX))
                        }
                        RepeatCount::AutoFill => RepetitionCount::AutoFill,
                        RepeatCount::AutoFit => RepetitionCount::AutoFit,
                    },
                    tracks: sizes.iter().map(|size| track(lengths, size)).collect(),
                    line_names: line_names.iter().map(names).collect(),
                })
            }
        })
        .collect();
    (components, tracks.names.iter().map(names).collect())
}

fn names(line: &LineNames) -> Vec<Atom> {
    line.iter().map(|name| name.0.clone()).collect()
}

/// <https://drafts.csswg.org/css-grid-2/#track-sizing>
fn track(lengths: &mut Lengths, size: &TrackSize) -> TrackSizingFunction {
    match size {
        TrackSize::Breadth(breadth) => {
            TrackSizingFunction { min: least(lengths, breadth), max: most(lengths, breadth) }
        }
        TrackSize::MinMax(min, max) => {
            TrackSizingFunction { min: least(lengths, min), max: most(lengths, max) }
        }
        TrackSize::FitContent(limit) => {
            TrackSizingFunction { min: MinTrackSizingFunction::auto(), max: lengths.fit_content_track(limit) }
        }
    }
}

fn least(lengths: &mut Lengths, breadth: &TrackBreadth) -> MinTrackSizingFunction {
    match breadth {
        TrackBreadth::Fixed(length) => lengths.length_percentage(length).into(),
        // A flexible track is at least as large as its items ask for.
        TrackBreadth::Flex(_) | TrackBreadth::Auto => MinTrackSizingFunction::auto(),
        TrackBreadth::MinContent => MinTrackSizingFunction::min_content(),
        TrackBreadth::MaxContent => MinTrackSizingFunction::max_content(),
    }
}

fn most(lengths: &mut Lengths, breadth: &TrackBreadth) -> MaxTrackSizingFunction {
    match breadth {
        TrackBreadth::Fixed(length) => lengths.length_percentage(length).into(),
        TrackBreadth::Flex(factor) => MaxTrackSizingFunction::fr(*factor),
        TrackBreadth::Auto => MaxTrackSizingFunction::auto(),
        TrackBreadth::MinContent => MaxTrackSizingFunction::min_content(),
        TrackBreadth::MaxContent => MaxTrackSizingFunction::max_content(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbers_names_or_spans() {
        let name = Atom::from("a");
        let of = |span, number, name: Option<&Atom>| line(&GridLine { span, number, name: name.cloned() });
        assert_eq!(of(false, None, None), GridPlacement::Auto);
        assert_eq!(of(false, Some(-2), None), GridPlacement::Line((-2).into()));
        assert_eq!(of(true, Some(3), None), GridPlacement::Span(3));
        assert_eq!(of(true, None, Some(&name)), GridPlacement::NamedSpan(name.clone(), 1));
        assert_eq!(of(false, None, Some(&name)), GridPlacement::NamedLine(name.clone(), 0));
        assert_eq!(of(false, Some(100_000), None), GridPlacement::Line(i16::MAX.into()));
    }
}
