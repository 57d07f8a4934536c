//! Baseline alignment in grids: items are laid out in their columns, and get as margins what moves their baselines together.
//! <https://drafts.csswg.org/css-grid-2/#row-align>

use std::collections::BTreeMap;

use fanlight_base::LayoutUnit;
use fanlight_css::values::align::SelfPosition;
use fanlight_css::values::size::Size;

use super::area;
use super::axis::Axis;
use super::passes::{self, Area};
use super::subgrid::{self, SubgridAxis};
use crate::box_tree::BoxId;
use crate::flow::{LogicalSize, WritingMode};
use crate::formatting::Layouter;
use crate::fragment::BoxFragment;
use crate::style;
use crate::taffy_tree::{Contribution, Node, Tree, from_taffy, to_taffy};

/// Which baseline of an item is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preference {
    First,
    Last,
}

/// An end of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Start,
    End,
}

/// Which baseline of an item is aligned along an axis of its container.
/// <https://drafts.csswg.org/css-align-3/#baseline-align-self>
pub(super) fn of_item(layouter: &Layouter<'_>, id: BoxId, axis: Axis) -> Option<Preference> {
    let layout_box = layouter.boxes.get(id);
    let own = &layout_box.style.flex;
    let container = || &layouter.boxes.get(layout_box.parent.unwrap_or(BoxId::VIEWPORT)).style.flex;
    let position = match axis {
        Axis::Inline => match own.justify_self.position {
            SelfPosition::Auto => container().justify_items.position,
            position => position,
        },
        Axis::Block => match own.align_self.position {
            SelfPosition::Auto => container().align_items.position,
            position => position,
        },
    };
    match position {
        SelfPosition::Baseline => Some(Preference::First),
        SelfPosition::LastBaseline => Some(Preference::Last),
        _ => None,
    }
}

/// The end at which items of a baseline-sharing group meet: those whose lines stack the other way are last where others are
/// first. <https://drafts.csswg.org/css-align-3/#baseline-sharing-group>
fn end_of(layouter: &Layouter<'_>, mode: WritingMode, id: BoxId, axis: Axis) -> Option<End> {
    let preference = of_item(layouter, id, axis)?;
    let (own_axis, is_turned) = axis.seen_from(mode, style::writing_mode(&layouter.boxes.get(id).style));
    let is_turned = is_turned && own_axis == Axis::Block;
    Some(if (preference == Preference::First) == is_turned { End::End } else { End::Start })
}

/// What items had before their baselines were aligned; nothing where none are.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<KeptStyle>);

#[derive(Clone, Copy, Debug)]
struct KeptStyle {
    margin: taffy::Rect<taffy::LengthPercentageAuto>,
    align_self: Option<taffy::AlignItems>,
    justify_self: Option<taffy::AlignItems>,
}

/// Has items whose baselines are aligned lie at the end where these meet; says what they had before.
pub(super) fn leave_out(tree: &mut Tree<'_, '_>) -> Kept {
    let is_aligned = |id: BoxId| Axis::BOTH.iter().any(|&axis| of_item(tree.layouter, id, axis).is_some());
    if !tree.items.iter().any(|item| is_aligned(item.id)) {
        return Kept::default();
    }
    let keep = |item: &Node| KeptStyle {
        margin: item.style.margin,
        align_self: item.style.align_self,
        justify_self: item.style.justify_self,
    };
    let kept = tree.items.iter().map(keep).collect();
    let at = |end: Option<End>, own: Option<taffy::AlignItems>| match end {
        Some(End::Start) => Some(taffy::AlignItems::START),
        Some(End::End) => Some(taffy::AlignItems::END),
        None => own,
    };
    for item in &mut tree.items {
        if item.style.position.is_out_of_flow() {
            continue;
        }
        let end = |axis: Axis| end_of(tree.layouter, tree.mode, item.id, axis);
        if item.part.asks.block != Contribution::Edges {
            item.style.align_self = at(end(Axis::Block), item.style.align_self);
        }
        if item.part.asks.inline != Contribution::Edges {
            item.style.justify_self = at(end(Axis::Inline), item.style.justify_self);
        }
    }
    Kept(kept)
}

/// Gives items their own margins back.
pub(super) fn put_back_margins(tree: &mut Tree<'_, '_>, kept: &Kept) {
    for (item, kept) in tree.items.iter_mut().zip(&kept.0) {
        item.style.margin = kept.margin;
    }
}

/// Gives items back what they had.
pub(super) fn put_back(tree: &mut Tree<'_, '_>, kept: &Kept) {
    put_back_margins(tree, kept);
    for (item, kept) in tree.items.iter_mut().zip(&kept.0) {
        (item.style.align_self, item.style.justify_self) = (kept.align_self, kept.justify_self);
    }
}

/// An item that shares its baseline.
struct Participant {
    index: usize,
    /// From the margin edge at which the items meet to the baseline.
    distance: LayoutUnit,
    /// Its used margin there.
    margin: LayoutUnit,
}

/// Gives items margins that bring their baselines together; the columns have their widths. Says whether something moved
/// along the columns' axis, which have other widths for that.
pub(super) fn align(tree: &mut Tree<'_, '_>) -> bool {
    let Some(info) = tree.info.take() else { return false };
    let mut moved = false;
    for axis in Axis::BOTH {
        let given = subgrid::known(tree.layouter, tree.id, axis).map(|known| known.baselines.clone());
        let mut groups: BTreeMap<(End, usize), Vec<Participant>> = BTreeMap::new();
        for index in 0..tree.items.len() {
            let item = &tree.items[index];
            let Some(area) = &item.area else { continue };
            let Some(end) = end_of(tree.layouter, tree.mode, item.id, axis) else { continue };
            let room = passes::extent(&info.columns.positions, &area.inline);
            let tracks = axis.of(area);
            let track = if end == End::Start { tracks.start } else { tracks.end.saturating_sub(1) };
            let Some(participant) = participant(tree, index, axis, end, room) else { continue };
            let shift = given.iter().flatten().find(|(id, _)| *id == tree.items[index].id);
            match shift {
                Some((_, shift)) => {
                    moved |= axis == Axis::Inline && *shift != LayoutUnit::ZERO;
                    move_from(tree, &participant, axis, end, *shift);
                }
                None => groups.entry((end, track)).or_default().push(participant),
            }
        }
        let mut inside: BTreeMap<BoxId, Vec<(BoxId, LayoutUnit)>> = BTreeMap::new();
        for ((end, _), group) in groups {
            let furthest = group.iter().map(|item| item.distance).max().unwrap_or_default();
            for participant in group {
                let shift = furthest - participant.distance;
                moved |= axis == Axis::Inline && shift != LayoutUnit::ZERO;
                move_from(tree, &participant, axis, end, shift);
                let item = &tree.items[participant.index];
                if let (true, Some(subgrid)) = (item.part.is_inside, tree.layouter.boxes.get(item.id).parent)
                {
                    inside.entry(subgrid).or_default().push((item.id, shift));
                }
            }
        }
        tell_subgrids(tree, axis, &mut inside);
    }
    tree.info = Some(info);
    moved
}

/// Moves an item away from the end of its area at which it lies.
fn move_from(tree: &mut Tree<'_, '_>, item: &Participant, axis: Axis, end: End, shift: LayoutUnit) {
    let used = taffy::LengthPercentageAuto::length(to_taffy(item.margin + shift));
    let margins = &mut tree.items[item.index].style.margin;
    match (axis, end) {
        (Axis::Inline, End::Start) => margins.left = used,
        (Axis::Inline, End::End) => margins.right = used,
        (Axis::Block, End::Start) => margins.top = used,
        (Axis::Block, End::End) => margins.bottom = used,
    }
}

/// Tells subgrids how their items are moved.
fn tell_subgrids(
    tree: &mut Tree<'_, '_>,
    axis: Axis,
    inside: &mut BTreeMap<BoxId, Vec<(BoxId, LayoutUnit)>>,
) {
    for index in 0..tree.items.len() {
        let item = &tree.items[index];
        if *axis.of(&item.part.asks) != Contribution::Edges {
            continue;
        }
        let own_mode = style::writing_mode(&tree.layouter.boxes.get(item.id).style);
        let (own_axis, _) = axis.seen_from(tree.mode, own_mode);
        if let Some(known) = subgrid::known(tree.layouter, item.id, own_axis) {
            let baselines = inside.remove(&item.id).unwrap_or_default();
            let id = item.id;
            passes::change(tree.layouter, id, own_axis, SubgridAxis { baselines, ..(*known).clone() });
        }
    }
}

/// An item in columns of this width; nothing where its size depends on the alignment, or margins take all room.
fn participant(
    tree: &mut Tree<'_, '_>,
    index: usize,
    axis: Axis,
    end: End,
    room: LayoutUnit,
) -> Option<Participant> {
    let item = &tree.items[index];
    let (id, part) = (item.id, item.part);
    let margins = area::margins(tree, item, room);
    let (start, after) = axis.sides(&margins);
    let (start, after) = (start?, after?);
    let computed = tree.layouter.boxes.get(id).style.clone();
    let depends_on_tracks = match style::size(&computed, axis.is_horizontal(tree.mode)) {
        Size::LengthPercentage(size) => size.has_percentage(),
        _ => false,
    };
    if depends_on_tracks || *axis.of(&part.asks) != Contribution::Size {
        return None;
    }
    let asked = area::constraints(tree, index, LogicalSize::new(Some(room), None));
    let result = tree.layouter.layout(id, &asked);
    let extent = *axis.of(&LogicalSize::from_physical(result.fragment.size, tree.mode));
    let preference = of_item(tree.layouter, id, axis)?;
    let from_start = baseline(tree, &result.fragment, axis, preference);
    let (distance, margin) = match end {
        End::Start => (start + from_start, start),
        End::End => (extent - from_start + after, after),
    };
    Some(Participant { index, distance, margin })
}

/// Where a baseline of an item is, from the start of its border box along an axis of the container; one that its lines do not
/// have is at the end of the box. <https://drafts.csswg.org/css-align-3/#synthesize-baseline>
fn baseline(tree: &Tree<'_, '_>, fragment: &BoxFragment, axis: Axis, preference: Preference) -> LayoutUnit {
    let extent = *axis.of(&LogicalSize::from_physical(fragment.size, tree.mode));
    let own_mode = style::writing_mode(&tree.layouter.boxes.get(fragment.style.box_id).style);
    let (own_axis, is_turned) = axis.seen_from(tree.mode, own_mode);
    let own = match (own_axis, preference) {
        (Axis::Inline, _) => None,
        (Axis::Block, Preference::First) => fragment.first_baseline,
        (Axis::Block, Preference::Last) => fragment.last_baseline,
    };
    match own {
        Some(own) if is_turned => extent - own,
        Some(own) => own,
        // Where its lines run along the axis it is at their start.
        None if own_axis == Axis::Inline && axis == Axis::Inline => LayoutUnit::ZERO,
        None if axis == Axis::Block => tree.mode.synthesized_baseline(extent, tree.has_central_baseline),
        None => extent,
    }
}

/// The baselines of a container whose items are laid out: of items that share theirs in its first and last row, else of the
/// first and last item there. <https://drafts.csswg.org/css-grid-2/#grid-baselines>
pub(super) fn of_container(tree: &Tree<'_, '_>) -> Option<[Option<LayoutUnit>; 2]> {
    let placed =
        || tree.items.iter().enumerate().filter_map(|(index, item)| Some((index, item.area.as_ref()?)));
    let first_row = placed().map(|(_, area)| area.block.start).min()?;
    let last_row = placed().map(|(_, area)| area.block.end).max()?;
    let shares = |index: usize, end: End| {
        end_of(tree.layouter, tree.mode, tree.items[index].id, Axis::Block) != Some(end)
    };
    let order = |area: &Area| (area.block.start, area.inline.start);
    let first = placed()
        .filter(|(_, area)| area.block.start == first_row)
        .min_by_key(|&(index, area)| (shares(index, End::Start), order(area)));
    let last = placed()
        .filter(|(_, area)| area.block.end == last_row)
        .max_by_key(|&(index, area)| (!shares(index, End::End), order(area)));
    let of = |(index, _): (usize, &Area), preference: Preference| {
        let item = &tree.items[index];
        let fragment = &item.result.as_ref()?.fragment;
        let offset = from_taffy(item.layout.location.y);
        Some(offset + baseline(tree, fragment, Axis::Block, preference))
    };
    Some([
        first.and_then(|item| of(item, Preference::First)),
        last.and_then(|item| of(item, Preference::Last)),
    ])
}
