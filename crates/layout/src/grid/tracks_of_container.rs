//! The tracks of a container along both axes, and the order in which they get their sizes: columns, rows, and both again
//! where the width of something depends on how high its rows are.
//! <https://drafts.csswg.org/css-grid-2/#algo-grid-sizing>

use fanlight_base::LayoutUnit;
use fanlight_css::values::NormalOr;
use fanlight_css::values::grid::GridTemplate;
use taffy::{AlignContent, AlignContentKeyword, Baselines, LayoutOutput, Line};

use super::axis::Axis;
use super::passes::{self, Counted, Places};
use super::track_sizing::{self, Constraint, Contribution as Asked, Space, SpanningItem};
use super::tracks::{MaxBreadth, Track, Tracks, expanded};
use super::{absolute, area, baseline, contribution, inside, subgrid};
use crate::box_tree::{BlockContents, BoxKind};
use crate::flow::LogicalSize;
use crate::taffy_tree::{self, AlignedAxis, Tree, to_taffy};
use crate::{inline, style};

/// The tracks of a container.
pub(super) struct GridTracks {
    columns: Tracks,
    rows: Tracks,
    /// What the columns are sized under.
    constraint: Constraint,
    /// The content-box block size, where it is known.
    block: Option<LayoutUnit>,
    counted: LogicalSize<Counted>,
    repetitions: LogicalSize<usize>,
    /// The items that the columns depend on, with what they asked for.
    asked: Vec<SpanningItem>,
}

impl GridTracks {
    /// The tracks of a container whose items are placed.
    pub fn new(tree: &Tree<'_, '_>, known: LogicalSize<Option<LayoutUnit>>, constraint: Constraint) -> Self {
        let places = tree.placement.as_ref().map(|(_, places)| places.clone()).unwrap_or_default();
        let mut grid = GridTracks {
            columns: Tracks::default(),
            rows: Tracks::default(),
            constraint,
            block: known.block,
            counted: places.counted,
            repetitions: places.repetitions,
            asked: Vec::new(),
        };
        grid.columns = grid.tracks(tree, Axis::Inline, known.inline);
        grid.rows = grid.tracks(tree, Axis::Block, known.block);
        grid
    }

    /// The tracks along an axis, of which percentages refer to `basis`.
    fn tracks(&self, tree: &Tree<'_, '_>, axis: Axis, basis: Option<LayoutUnit>) -> Tracks {
        let (layouter, id) = (&*tree.layouter, tree.id);
        if let Some(known) = subgrid::known(layouter, id, axis) {
            let edges = axis.sides(&tree.edges.sum());
            let content = known.tracks.as_ref().map(|tracks| tracks.content(edges));
            let gap = subgrid::gap(layouter, id, axis, content);
            let list = match &known.tracks {
                Some(tracks) => tracks.sizes(gap, edges).into_iter().map(Track::fixed).collect(),
                None => vec![Track::automatic(); known.count()],
            };
            return Tracks { list, gap, places: Vec::new() };
        }
        let computed = &layouter.boxes.get(id).style;
        let counted = *axis.of(&self.counted);
        let implicit = match axis {
            Axis::Inline => &computed.grid.grid_auto_columns.0,
            Axis::Block => &computed.grid.grid_auto_rows.0,
        };
        // The sizes of implicit tracks are repeated in both directions.
        let implicit =
            |index: usize| implicit.get(index).map_or_else(Track::automatic, |size| Track::new(size, basis));
        let pattern = match axis {
            Axis::Inline => computed.grid.grid_auto_columns.0.len(),
            Axis::Block => computed.grid.grid_auto_rows.0.len(),
        }
        .max(1);
        let before = (0..counted.before).rev().map(|distance| implicit(pattern - 1 - distance % pattern));
        let template = subgrid::template(computed, axis);
        let mut fits: Vec<usize> = Vec::new();
        let mut list: Vec<Track> = before.collect();
        for (size, is_fit) in expanded(template, *axis.of(&self.repetitions)).take(counted.explicit) {
            if is_fit {
                fits.push(list.len());
            }
            list.push(Track::new(size, basis));
        }
        let missing = counted.count().saturating_sub(list.len());
        list.extend((0..missing).map(|index| implicit(index % pattern)));
        if !fits.is_empty() {
            let mut is_empty = vec![true; list.len()];
            for area in tree.items.iter().filter_map(|item| item.area.as_ref()) {
                if let Some(covered) = is_empty.get_mut(axis.of(area).clone()) {
                    covered.fill(false);
                }
            }
            for track in fits.into_iter().filter(|&track| is_empty[track]) {
                list[track] = Track { is_collapsed: true, ..Track::fixed(LayoutUnit::ZERO) };
            }
        }
        Tracks { list, gap: subgrid::gap(layouter, id, axis, basis), places: Vec::new() }
    }

    /// Sizes the tracks along an axis, and puts them where content distribution says.
    pub fn size(&mut self, tree: &mut Tree<'_, '_>, axis: Axis) {
        let mut tracks = std::mem::take(match axis {
            Axis::Inline => &mut self.columns,
            Axis::Block => &mut self.rows,
        });
        let across = match axis {
            Axis::Inline => &self.rows,
            Axis::Block => &self.columns,
        };
        let spanning = |(index, item): (usize, &taffy_tree::Node)| {
            SpanningItem::new(index, axis.of(item.area.as_ref()?), &tracks)
        };
        let mut items: Vec<SpanningItem> = tree.items.iter().enumerate().filter_map(spanning).collect();
        let alignment = alignment(tree, axis);
        let space = self.space(tree, axis, alignment);
        track_sizing::size_tracks(&mut tracks, &mut items, space, &mut |item, asked| {
            contribution::of(tree, item, axis, asked, across)
        });
        let available = match space.constraint {
            Constraint::Layout(Some(available)) => available,
            _ => tracks.total(),
        };
        self.put(tree, axis, tracks, available);
        if axis == Axis::Inline {
            self.asked = items;
        }
    }

    /// Keeps sized tracks in this room, and notes where they are.
    fn put(&mut self, tree: &mut Tree<'_, '_>, axis: Axis, mut tracks: Tracks, available: LayoutUnit) {
        tracks.place(axis.sides(&tree.edges.sum()).0, available, alignment(tree, axis));
        if let Some(info) = &mut tree.info {
            let place = |&(start, end): &(LayoutUnit, LayoutUnit)| Line {
                start: to_taffy(start),
                end: to_taffy(end),
            };
            let positions = tracks.places.iter().map(place).collect();
            match axis {
                Axis::Inline => info.columns.positions = positions,
                Axis::Block => info.rows.positions = positions,
            }
        }
        match axis {
            Axis::Inline => self.columns = tracks,
            Axis::Block => self.rows = tracks,
        }
    }

    fn space(&self, tree: &Tree<'_, '_>, axis: Axis, alignment: AlignContent) -> Space {
        let around = *axis.of(&tree.edges.sum().sums());
        let inner = |limit: Option<LayoutUnit>| limit.map(|limit| (limit - around).clamp_negative_to_zero());
        let (min, max) = *axis.of(&tree.limits);
        Space {
            constraint: match axis {
                Axis::Inline => self.constraint,
                Axis::Block => Constraint::Layout(self.block),
            },
            min: inner(min),
            max: inner(max),
            stretches: matches!(
                alignment.keyword,
                AlignContentKeyword::Normal | AlignContentKeyword::Stretch
            ),
        }
    }

    /// The sum of the columns, for the intrinsic sizes of the container.
    /// <https://drafts.csswg.org/css-grid-2/#intrinsic-sizes>
    pub fn inline_content_size(&mut self, tree: &mut Tree<'_, '_>) -> LayoutUnit {
        self.size(tree, Axis::Inline);
        if self.asked.iter().any(|item| refers_to_block_size(tree, item.index)) {
            self.size(tree, Axis::Block);
            self.size(tree, Axis::Inline);
        }
        self.columns.total()
    }

    /// Sizes all tracks, and lays out all items.
    pub fn layout(
        &mut self,
        tree: &mut Tree<'_, '_>,
        places: &Places,
        count: usize,
        kept: &baseline::Kept,
    ) -> LayoutOutput {
        self.size_columns(tree, count, kept);
        self.size(tree, Axis::Block);
        let edges = tree.edges.sum();
        let within = |size: LayoutUnit| {
            let (min, max) = tree.limits.block;
            let size = max.map_or(size, |max| size.min(max));
            min.map_or(size, |min| size.max(min)).max(edges.block_sum())
        };
        let block = match self.block {
            Some(known) => known,
            None => within(self.rows.total() + edges.block_sum()) - edges.block_sum(),
        };
        let rows_depend = self.block.is_none() && self.rows_depend_on_block_size(tree);
        self.block = Some(block);
        let columns_depend = self.columns_depend_on_rows(tree);
        if columns_depend {
            self.size_columns(tree, count, kept);
        }
        if columns_depend || rows_depend {
            self.rows = self.tracks(tree, Axis::Block, self.block);
            self.size(tree, Axis::Block);
        } else {
            let rows = std::mem::take(&mut self.rows);
            self.put(tree, Axis::Block, rows, block);
        }
        if passes::has_subgrid(tree, Axis::Block) {
            passes::give_tracks(tree, Axis::Block);
        }
        tree.rows_total = self.rows.total();
        tree.intrinsic_rows = self.rows.list.iter().map(Track::is_intrinsic).collect();
        for index in 0..count {
            let item = &tree.items[index];
            let Some(covered) = item.area.clone().filter(|_| !item.style.position.is_out_of_flow()) else {
                continue;
            };
            let of = |tracks: &Tracks, span: &std::ops::Range<usize>| {
                let start = tracks.places.get(span.start).map(|place| place.0);
                (start.unwrap_or_default(), tracks.room(span).unwrap_or_default())
            };
            let (inline, block) = (of(&self.columns, &covered.inline), of(&self.rows, &covered.block));
            area::place(
                tree,
                index,
                LogicalSize::new(inline.0, block.0),
                LogicalSize::new(inline.1, block.1),
            );
        }
        tree.baselines = baseline::of_container(tree);
        let inline = match self.constraint {
            Constraint::Layout(Some(inline)) => inline,
            _ => self.columns.total(),
        };
        let size = LogicalSize::new(inline + edges.inline_sum(), block + edges.block_sum());
        let outer = taffy::Size { width: to_taffy(size.inline), height: to_taffy(size.block) };
        let mut output = LayoutOutput::from_sizes_and_baselines(outer, taffy::Rect::ZERO, Baselines::NONE);
        output.oof_candidates =
            absolute::candidates(tree, &places.out_of_flow, &self.columns, &self.rows, size);
        output
    }

    /// Sizes the columns, with all that depends on their widths alone: the items of subgrids, and baselines.
    fn size_columns(&mut self, tree: &mut Tree<'_, '_>, count: usize, kept: &baseline::Kept) {
        baseline::put_back_margins(tree, kept);
        self.size(tree, Axis::Inline);
        if passes::has_subgrid(tree, Axis::Inline) {
            passes::give_tracks(tree, Axis::Inline);
        }
        if passes::has_subgrid(tree, Axis::Block) {
            tree.items.truncate(count);
            inside::add(tree, true);
        }
        if baseline::align(tree) {
            self.size(tree, Axis::Inline);
        }
    }

    /// Whether rows have other sizes once the block size of the container is known.
    fn rows_depend_on_block_size(&self, tree: &Tree<'_, '_>) -> bool {
        let computed = &tree.layouter.boxes.get(tree.id).style;
        let has_percentage = matches!(&computed.flex.row_gap, NormalOr::Value(gap) if gap.has_percentage());
        let is_template = matches!(computed.grid.grid_template_rows, GridTemplate::Tracks(_));
        has_percentage
            || self.rows.list.iter().any(|track| matches!(track.max, MaxBreadth::Flex(_)))
            || is_template && super::template::has_percentages(&computed.grid.grid_template_rows)
            || computed.grid.grid_auto_rows.0.iter().any(super::template::has_percentage)
    }

    /// Whether an item asks for other columns now that the sizes of the rows are known.
    fn columns_depend_on_rows(&self, tree: &mut Tree<'_, '_>) -> bool {
        self.asked.iter().any(|item| {
            if item.content.is_none() && item.minimum.is_none() || !may_depend_on_rows(tree, item.index) {
                return false;
            }
            let mut again = SpanningItem { content: None, minimum: None, ..item.clone() };
            if item.content.is_some() {
                contribution::of(tree, &mut again, Axis::Inline, Asked::MaxContent, &self.rows);
            }
            if item.minimum.is_some() {
                contribution::of(tree, &mut again, Axis::Inline, Asked::Minimum, &self.rows);
            }
            (item.content.is_some() && again.content != item.content) || again.minimum != item.minimum
        })
    }
}

/// `justify-content` or `align-content` of a container.
fn alignment(tree: &Tree<'_, '_>, axis: Axis) -> AlignContent {
    let flex = &tree.layouter.boxes.get(tree.id).style.flex;
    match axis {
        Axis::Inline => taffy_tree::content_alignment(flex.justify_content, AlignedAxis::inline(tree.mode)),
        Axis::Block => taffy_tree::content_alignment(flex.align_content, AlignedAxis::Other),
    }
}

/// Whether the width of an item itself comes from how high its rows are.
fn refers_to_block_size(tree: &Tree<'_, '_>, index: usize) -> bool {
    let item = &tree.items[index];
    let layout_box = tree.layouter.boxes.get(item.id);
    let own_mode = style::writing_mode(&layout_box.style);
    own_mode.is_orthogonal_to(tree.mode)
        || item.style.aspect_ratio.is_some()
        || matches!(layout_box.kind, BoxKind::Replaced(_)) && area::fills(tree, item, Axis::Block)
}

/// Whether the width of an item, or of something in it, can depend on how high its rows are.
fn may_depend_on_rows(tree: &Tree<'_, '_>, index: usize) -> bool {
    let item = &tree.items[index];
    if refers_to_block_size(tree, index) {
        return true;
    }
    let layout_box = tree.layouter.boxes.get(item.id);
    if let BoxKind::BlockContainer(BlockContents::Lines(contents)) = &layout_box.kind
        && inline::is_text_alone(tree.layouter.boxes, contents)
    {
        return false;
    }
    let size = style::size(&layout_box.style, Axis::Block.is_horizontal(tree.mode));
    !matches!(size, fanlight_css::values::size::Size::LengthPercentage(length) if !length.has_percentage())
}
