//! Lines and areas in taffy's terms, which places items between them.
//! <https://drafts.csswg.org/css-grid-2/#grid-definition>

use std::sync::Arc;

use fanlight_base::Atom;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_css::values::grid::{
    GridAreas, GridLine, GridTemplate, LineNames, RepeatCount, SubgridNames, TrackBreadth, TrackListItem,
    TrackSize,
};
use taffy::prelude::TaffyMaxContent;
use taffy::{
    GridPlacement, GridTemplateArea, GridTemplateAreas, GridTemplateComponent, GridTemplateRepetition,
    LayoutInput, Line, RepetitionCount, RequestedAxis, RunMode, SizingMode, TrackSizingFunction,
};

use super::axis::Axis;
use super::subgrid::{self, SubgridAxis};
use crate::box_tree::BoxId;
use crate::flow::LogicalSize;
use crate::formatting::Layouter;
use crate::formatting::sizing::Edges;
use crate::taffy_tree::{Lengths, Style, Tree};

/// What placing items depends on besides the tracks. Sizes are none of taffy's business.
pub(super) fn container_style(
    _: &mut Lengths,
    layouter: &Layouter<'_>,
    id: BoxId,
    _: &Edges,
    style: &mut Style,
) {
    let grid = &layouter.boxes.get(id).style.grid;
    style.display = taffy::Display::Grid;
    style.grid_auto_flow = match (grid.grid_auto_flow.column, grid.grid_auto_flow.dense) {
        (false, false) => taffy::GridAutoFlow::Row,
        (true, false) => taffy::GridAutoFlow::Column,
        (false, true) => taffy::GridAutoFlow::RowDense,
        (true, true) => taffy::GridAutoFlow::ColumnDense,
    };
    // A position says a line: tracks are 1px long, and stand 1px from the edge of the container.
    style.grid_auto_columns = vec![unit()];
    style.grid_auto_rows = vec![unit()];
    style.position = taffy::Position::Relative;
    style.padding = taffy::Rect::length(1.0);
    style.border = taffy::Rect::zero();
    style.min_size = taffy::Size::auto();
    style.max_size = taffy::Size::auto();
    style.gap = taffy::Size::zero();
    style.align_content = taffy::AlignContent::START;
    style.justify_content = taffy::AlignContent::START;
}

fn unit() -> TrackSizingFunction {
    let length = taffy::LengthPercentage::length(1.0);
    TrackSizingFunction { min: length.into(), max: length.into() }
}

/// What taffy is asked to place items.
pub(super) const fn placement_input() -> LayoutInput {
    LayoutInput {
        run_mode: RunMode::PerformLayout,
        sizing_mode: SizingMode::ContentSize,
        axis: RequestedAxis::Both,
        known_dimensions: taffy::Size::NONE,
        known_dimensions_are_definite: taffy::Size { width: true, height: true },
        parent_size: taffy::Size::NONE,
        available_space: taffy::Size::MAX_CONTENT,
        vertical_margins_are_collapsible: Line::FALSE,
    }
}

/// Gives taffy the lines of a container, and its areas. What fills the container is repeated so often.
pub(super) fn set_tracks(tree: &mut Tree<'_, '_>, repetitions: LogicalSize<usize>) {
    let (layouter, id) = (&*tree.layouter, tree.id);
    let computed = &layouter.boxes.get(id).style;
    let subgrid = LogicalSize::new(
        subgrid::known(layouter, id, Axis::Inline),
        subgrid::known(layouter, id, Axis::Block),
    );
    let of = |axis: Axis| match axis.of(&subgrid) {
        Some(known) => subgridded(known, subgrid::own_names(layouter, id, axis)),
        None => lines(subgrid::template(computed, axis), *axis.of(&repetitions)),
    };
    let style = &mut tree.container;
    (style.grid_template_columns, style.grid_template_column_names) = of(Axis::Inline);
    (style.grid_template_rows, style.grid_template_row_names) = of(Axis::Block);
    style.grid_template_areas = match &computed.grid.grid_template_areas {
        NoneOr::None => None,
        NoneOr::Value(named) => Some(areas(named, &subgrid)),
    };
}

/// The lines of a subgrid along an axis.
fn subgridded(known: &SubgridAxis, own: Option<&SubgridNames>) -> Template {
    let mut own = own.into_iter().flat_map(|own| own.resolved(known.names.len()));
    let with_own = |inherited: &Vec<Atom>| {
        let mut all = own.next().map(names).unwrap_or_default();
        all.extend(inherited.iter().cloned());
        all
    };
    let tracks = vec![GridTemplateComponent::Single(unit()); known.count()];
    (tracks, known.names.iter().map(with_own).collect())
}

/// Whether there are as many tracks as the container has room for.
/// <https://drafts.csswg.org/css-grid-2/#auto-repeat>
pub(super) fn fills(template: &GridTemplate) -> bool {
    let GridTemplate::Tracks(tracks) = template else { return false };
    let fills = |item: &TrackListItem| {
        matches!(item, TrackListItem::Repeat(RepeatCount::AutoFill | RepeatCount::AutoFit, ..))
    };
    tracks.items.iter().any(fills)
}

/// Whether a track of a template refers to the size of the container.
pub(super) fn has_percentages(template: &GridTemplate) -> bool {
    super::tracks::expanded(template, 1).any(|(size, _)| has_percentage(size))
}

/// Whether the size of a track refers to that of the container.
pub(super) fn has_percentage(size: &TrackSize) -> bool {
    let of =
        |breadth: &TrackBreadth| matches!(breadth, TrackBreadth::Fixed(length) if length.has_percentage());
    match size {
        TrackSize::Breadth(breadth) => of(breadth),
        TrackSize::MinMax(min, max) => of(min) || of(max),
        TrackSize::FitContent(limit) => limit.has_percentage(),
    }
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

/// The lines of a template.
fn lines(template: &GridTemplate, repetitions: usize) -> Template {
    let GridTemplate::Tracks(tracks) = template else {
        return (Vec::new(), Vec::new());
    };
    let count = |count: usize| RepetitionCount::Count(u16::try_from(count).unwrap_or(u16::MAX));
    let component = |item: &TrackListItem| match item {
        TrackListItem::Track(_) => GridTemplateComponent::Single(unit()),
        TrackListItem::Repeat(repeat, line_names, sizes) => {
            GridTemplateComponent::Repeat(GridTemplateRepetition {
                count: match repeat {
                    RepeatCount::Number(times) => count(*times as usize),
                    RepeatCount::AutoFill | RepeatCount::AutoFit => count(repetitions),
                },
                tracks: vec![unit(); sizes.len()],
                line_names: line_names.iter().map(names).collect(),
            })
        }
    };
    (tracks.items.iter().map(component).collect(), tracks.names.iter().map(names).collect())
}

fn names(line: &LineNames) -> Vec<Atom> {
    line.iter().map(|name| name.0.clone()).collect()
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
