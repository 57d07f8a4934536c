//! What is in subgrids takes part in the sizing of the tracks around: for taffy these are items of the container, larger by
//! what is between them and the lines of the container. <https://drafts.csswg.org/css-grid-2/#subgrid-item-contribution>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::values::align::SelfPosition;

use super::axis::Axis;
use super::passes::{self, Area};
use super::subgrid;
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::{LogicalSize, WritingMode};
use crate::formatting::{Constraints, Layouter, sizing};
use crate::style;
use crate::taffy_tree::{self, Contribution, Node, Part, Style, Tree, to_taffy};

/// A subgrid in the container whose tracks are sized, or in another subgrid there; all along the container's axes.
struct Subgrid {
    id: BoxId,
    /// Along which axes it takes tracks of the container.
    takes: LogicalSize<bool>,
    /// The tracks of the container that it covers.
    area: Area,
    /// What is between the outer lines and its content: margins, borders and padding of its own and of subgrids around.
    around: LogicalSize<(LayoutUnit, LayoutUnit)>,
    /// Its border-box inline size, once known.
    inline: Option<LayoutUnit>,
}

/// Adds the items in all subgrids of a container. Once its columns have their widths, those of subgrids are found too.
pub(super) fn add(tree: &mut Tree<'_, '_>, columns_are_known: bool) {
    let positions = match &tree.info {
        Some(info) if columns_are_known => info.columns.positions.clone(),
        _ => Vec::new(),
    };
    for index in 0..tree.items.len() {
        let item = &tree.items[index];
        let Some(area) = item.area.clone() else { continue };
        if item.part.asks.inline != Contribution::Edges && item.part.asks.block != Contribution::Edges {
            continue;
        }
        let id = item.id;
        let takes = LogicalSize::new(
            item.part.asks.inline == Contribution::Edges,
            item.part.asks.block == Contribution::Edges,
        );
        let room = columns_are_known.then(|| passes::extent(&positions, &area.inline));
        let inline = room.map(|room| inline_size(tree.layouter, tree.mode, id, room, takes.inline));
        let around = around(tree.layouter, tree.mode, id);
        add_inside(tree, &Subgrid { id, takes, area, around, inline });
    }
}

/// Margins, borders and padding of a box along the axes of a container.
fn around(layouter: &Layouter<'_>, mode: WritingMode, id: BoxId) -> LogicalSize<(LayoutUnit, LayoutUnit)> {
    let computed = &layouter.boxes.get(id).style;
    let sides = sizing::margins_or_zero(computed, mode, LayoutUnit::ZERO)
        + sizing::edges(computed, mode, LayoutUnit::ZERO).sum();
    LogicalSize::new(Axis::Inline.sides(&sides), Axis::Block.sides(&sides))
}

/// The border-box inline size of an item in an area of this width.
pub(super) fn inline_size(
    layouter: &mut Layouter<'_>,
    mode: WritingMode,
    id: BoxId,
    room: LayoutUnit,
    fills: bool,
) -> LayoutUnit {
    let layout_box = layouter.boxes.get(id);
    let own_mode = style::writing_mode(&layout_box.style);
    let margins = sizing::margins_or_zero(&layout_box.style, mode, room).inline_sum();
    if fills || own_mode.is_orthogonal_to(mode) {
        return (room - margins).clamp_negative_to_zero();
    }
    let mut constraints = Constraints::new(mode, LogicalSize::new(Some(room), None), own_mode);
    if matches!(layout_box.kind, BoxKind::Replaced(_)) || !stretches(layouter, id) {
        constraints = constraints.shrink_to_fit();
    }
    sizing::inline_size(layouter, id, &constraints)
}

/// Whether an item is as wide as its area.
fn stretches(layouter: &Layouter<'_>, id: BoxId) -> bool {
    let layout_box = layouter.boxes.get(id);
    let items = layout_box.parent.map(|parent| layouter.boxes.get(parent).style.flex.justify_items.position);
    let own = match layout_box.style.flex.justify_self.position {
        SelfPosition::Auto => items.unwrap_or(SelfPosition::Normal),
        own => own,
    };
    matches!(own, SelfPosition::Normal | SelfPosition::Stretch)
}

/// An item of a subgrid, as the subgrid places it.
struct Inside {
    id: BoxId,
    /// Along the subgrid's own axes.
    area: Area,
    /// Along which axes of the container it takes the subgrid's tracks in turn.
    takes: LogicalSize<bool>,
    inline: Option<LayoutUnit>,
}

/// Adds what is in a subgrid, and in those inside it.
fn add_inside(tree: &mut Tree<'_, '_>, subgrid: &Subgrid) {
    let own_mode = style::writing_mode(&tree.layouter.boxes.get(subgrid.id).style);
    for axis in Axis::BOTH {
        add_edges(tree, subgrid, axis);
    }
    for item in placed_inside(tree.layouter, tree.mode, subgrid, own_mode) {
        let mut style = taffy_tree::item_style(&mut tree.lengths, tree.layouter, tree.mode, item.id);
        let mut area = subgrid.area.clone();
        let mut room = LogicalSize::default();
        for axis in Axis::BOTH {
            let (own_axis, is_turned) = axis.seen_from(tree.mode, own_mode);
            let covered = axis.of_mut(&mut area);
            if !*axis.of(&subgrid.takes) {
                covered.end = covered.start + 1;
                continue;
            }
            let count = subgrid::known(tree.layouter, subgrid.id, own_axis).map_or(0, |known| known.count());
            let tracks = turned(own_axis.of(&item.area), count, is_turned);
            *axis.of_mut(&mut room) = room_beside(tree, subgrid, axis, own_axis, &tracks, count);
            *covered = covered.start + tracks.start..covered.start + tracks.end;
        }
        let margins =
            sizing::margins_or_zero(&tree.layouter.boxes.get(item.id).style, tree.mode, LayoutUnit::ZERO);
        let grown = |room: (LayoutUnit, LayoutUnit), margins: (LayoutUnit, LayoutUnit)| {
            (room.0 + margins.0, room.1 + margins.1)
        };
        let inline = grown(room.inline, Axis::Inline.sides(&margins));
        let block = grown(room.block, Axis::Block.sides(&margins));
        let takes = LogicalSize::new(
            subgrid.takes.inline && item.takes.inline,
            subgrid.takes.block && item.takes.block,
        );
        super::template::fill_along(takes, &mut style);
        set_margins(&mut style, inline, block);
        let asks = |takes: bool, is_subgrid: bool| match (takes, is_subgrid) {
            (false, _) => Contribution::Nothing,
            (true, true) => Contribution::Edges,
            (true, false) => Contribution::Size,
        };
        let asks = LogicalSize::new(
            asks(subgrid.takes.inline, takes.inline),
            asks(subgrid.takes.block, takes.block),
        );
        let part = Part { asks, is_inside: true, inline: item.inline };
        tree.items.push(Node::inside(item.id, style, part, area.clone()));
        if takes.inline || takes.block {
            let own = around(tree.layouter, tree.mode, item.id);
            let around = LogicalSize::new(grown(room.inline, own.inline), grown(room.block, own.block));
            add_inside(tree, &Subgrid { id: item.id, takes, area, around, inline: item.inline });
        }
    }
}

/// Adds what is around the content of a subgrid to its outer tracks, whatever is in these.
fn add_edges(tree: &mut Tree<'_, '_>, subgrid: &Subgrid, axis: Axis) {
    if !*axis.of(&subgrid.takes) {
        return;
    }
    let (before, after) = *axis.of(&subgrid.around);
    let tracks = axis.of(&subgrid.area).clone();
    let ends = [
        (tracks.start..tracks.start + 1, (before, LayoutUnit::ZERO)),
        (tracks.end.saturating_sub(1)..tracks.end, (LayoutUnit::ZERO, after)),
    ];
    let ends = if tracks.len() == 1 { vec![(tracks, (before, after))] } else { ends.to_vec() };
    for (tracks, margins) in ends {
        if margins == Default::default() {
            continue;
        }
        let none = (LayoutUnit::ZERO, LayoutUnit::ZERO);
        let mut style = Style::DEFAULT;
        match axis {
            Axis::Inline => set_margins(&mut style, margins, none),
            Axis::Block => set_margins(&mut style, none, margins),
        }
        let mut area = subgrid.area.clone();
        *axis.of_mut(&mut area) = tracks;
        let asks = LogicalSize::new(Contribution::Nothing, Contribution::Nothing);
        let part = Part { asks, is_inside: true, ..Part::default() };
        tree.items.push(Node::inside(subgrid.id, style, part, area));
    }
}

/// The items of a subgrid with their places in it.
fn placed_inside(
    layouter: &mut Layouter<'_>,
    container_mode: WritingMode,
    subgrid: &Subgrid,
    own_mode: WritingMode,
) -> Vec<Inside> {
    let computed = layouter.boxes.get(subgrid.id).style.clone();
    let edges = sizing::edges(&computed, own_mode, LayoutUnit::ZERO);
    let inline = subgrid.inline.filter(|_| !own_mode.is_orthogonal_to(container_mode));
    let mut tree = super::CONTENTS.tree(layouter, subgrid.id, &edges, (None, None));
    let content = inline.map(|inline| (inline - edges.sum().inline_sum()).clamp_negative_to_zero());
    let places = passes::place(&mut tree, LogicalSize::new(content, None));
    passes::give_names(&mut tree, &places);
    // Where only its rows are the container's, its columns are its own.
    let columns = match content {
        Some(content) if !subgrid.takes.inline => passes::columns(&mut tree, content),
        _ => Vec::new(),
    };
    let items: Vec<(BoxId, Area)> = tree
        .items
        .iter()
        .filter(|item| !item.part.is_inside)
        .filter_map(|item| Some((item.id, item.area.clone()?)))
        .collect();
    items
        .into_iter()
        .map(|(id, area)| {
            let takes = subgrid::axes_of(layouter, container_mode, id);
            let inline = (!columns.is_empty()).then(|| {
                let room = passes::extent(&columns, &area.inline);
                inline_size(layouter, own_mode, id, room, takes.inline)
            });
            Inside { id, area, takes, inline }
        })
        .collect()
}

/// Tracks counted along the container's axis.
fn turned(tracks: &Range<usize>, count: usize, is_turned: bool) -> Range<usize> {
    if is_turned {
        count.saturating_sub(tracks.end)..count.saturating_sub(tracks.start)
    } else {
        tracks.clone()
    }
}

/// What is between an item of a subgrid and the lines of the container: at the outer lines what is around the subgrid's
/// content, at the others half of what its gap is larger than the container's.
fn room_beside(
    tree: &Tree<'_, '_>,
    subgrid: &Subgrid,
    axis: Axis,
    own_axis: Axis,
    tracks: &Range<usize>,
    count: usize,
) -> (LayoutUnit, LayoutUnit) {
    let gap = subgrid::gap(tree.layouter, subgrid.id, own_axis, None);
    let difference = (gap - subgrid::gap(tree.layouter, tree.id, axis, None)) / 2;
    let (before, after) = *axis.of(&subgrid.around);
    (
        if tracks.start == 0 { before } else { difference },
        if tracks.end == count { after } else { difference },
    )
}

fn set_margins(style: &mut Style, inline: (LayoutUnit, LayoutUnit), block: (LayoutUnit, LayoutUnit)) {
    let length = |size: LayoutUnit| taffy::LengthPercentageAuto::length(to_taffy(size));
    style.margin = taffy::Rect {
        left: length(inline.0),
        right: length(inline.1),
        top: length(block.0),
        bottom: length(block.1),
    };
}
