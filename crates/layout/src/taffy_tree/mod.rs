//! What flex and grid share: one container and its items as taffy sees them. taffy decides sizes and places of flex items, and
//! between which lines grid items are; this asks our formatting contexts what the items come to.
//!
//! taffy computes in `f32` along the container's flow-relative axes; every length that crosses the border is a whole
//! number of 1/64 px.

mod alignment;
mod container;
mod fragments;
mod lengths;
mod measure;
mod part;
mod plan;
mod styles;

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::{Atom, LayoutUnit};
use taffy::{
    AvailableSpace, DetailedGridInfo, Layout, LayoutFlexboxContainer, LayoutGridContainer, LayoutInput,
    LayoutOutput, LayoutPartialTree, NodeId, RequestedAxis, RunMode, SizingMode, TraversePartialTree,
};

pub(crate) use alignment::{AlignedAxis, content as content_alignment};
pub(crate) use container::Contents;
pub(crate) use fragments::ItemsBreak;
pub(crate) use lengths::place_from_taffy;
pub(crate) use lengths::{Lengths, from_taffy, to_taffy};
pub(crate) use measure::natural_block_size;
pub(crate) use part::{Contribution, Part};
pub(crate) use styles::{Style, item as item_style};

use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::Edges;
use crate::formatting::{
    Child, FragmentBuilder, LayoutResult, Layouter, SafeAlignment, StaticAlignment, StaticEdge, builder,
};
use crate::fragment::{BoxFragment, Fragment};
use crate::{flex, grid, style};

/// The number of the container among taffy's nodes; its items follow.
pub(crate) const CONTAINER: NodeId = NodeId::new(0);

/// An item of the container.
pub(crate) struct Node {
    pub id: BoxId,
    pub style: Style,
    pub part: Part,
    /// The tracks of a grid that it covers, where that is known.
    pub area: Option<LogicalSize<Range<usize>>>,
    pub layout: Layout,
    pub result: Option<Arc<LayoutResult>>,
}

impl Node {
    /// An item of which nothing is known but its style.
    pub fn new(id: BoxId, style: Style) -> Node {
        Node { id, style, part: Part::default(), area: None, layout: Layout::new(), result: None }
    }

    /// Whether a flex item is as high as its line. <https://drafts.csswg.org/css-flexbox-1/#stretched>
    pub fn fills_row(&self) -> bool {
        let Style { size, margin, align_self, .. } = &self.style;
        size.height.is_auto() && stretches(*align_self) && !margin.top.is_auto() && !margin.bottom.is_auto()
    }

    /// Whether a flex item is as wide as its line, which is a column.
    pub fn fills_column(&self) -> bool {
        let Style { size, margin, align_self, .. } = &self.style;
        size.width.is_auto() && stretches(*align_self) && !margin.left.is_auto() && !margin.right.is_auto()
    }

    /// An item of a subgrid, which covers these tracks of the container.
    pub fn inside(id: BoxId, style: Style, part: Part, area: LogicalSize<Range<usize>>) -> Node {
        Node { part, area: Some(area), ..Node::new(id, style) }
    }
}

/// Whether an item that is aligned like this across its line is as large as that.
pub(crate) fn stretches(alignment: Option<taffy::AlignItems>) -> bool {
    alignment.is_none_or(|alignment| {
        alignment == taffy::AlignItems::STRETCH || alignment == taffy::AlignItems::NORMAL
    })
}

/// What taffy is to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Where the items of a grid are placed; they have no size.
    Placement,
    /// How large the container is; items are measured, but not laid out.
    Size,
    /// All.
    Layout,
}

/// A container with its items, in order-modified document order.
pub(crate) struct Tree<'t, 'l> {
    pub layouter: &'t mut Layouter<'l>,
    pub id: BoxId,
    pub mode: WritingMode,
    pub has_central_baseline: bool,
    pub container: Style,
    /// The content-box inline size of a flex container, once it is known.
    content_inline: Option<LayoutUnit>,
    /// Whether the block size of a flex container is known: then that of a single line is too.
    block_is_known: bool,
    /// Whether it is definite: items that fill the line have its size before they flex.
    block_is_definite: bool,
    /// Whether percentages of items' block sizes have nothing to refer to, though the block size is known.
    block_is_indefinite: bool,
    pub lengths: Lengths,
    /// Borders and padding of the container, used widths.
    pub edges: Edges,
    /// The least and the most that the container's border box may be along each axis, where that is known.
    pub limits: LogicalSize<(Option<LayoutUnit>, Option<LayoutUnit>)>,
    pub items: Vec<Node>,
    pub stage: Stage,
    /// Where the items of a grid are placed, and for what that holds.
    pub placement: Option<(grid::PlacementQuestion, grid::Places)>,
    /// The tracks of a grid as they were last found.
    pub info: Option<DetailedGridInfo<Atom>>,
    /// How high the rows of a grid are together.
    pub rows_total: LayoutUnit,
    /// Which rows of a grid are as high as what is in them, at least.
    pub intrinsic_rows: Vec<bool>,
    /// The baselines of a grid that taffy does not find.
    pub baselines: Option<[Option<LayoutUnit>; 2]>,
}

/// The children of a container as they are laid out and painted: by `order`, then in tree order.
/// <https://drafts.csswg.org/css-display-4/#order-modified-document-order>
pub(crate) fn in_order(layouter: &Layouter<'_>, children: &[BoxId]) -> Vec<BoxId> {
    let mut ordered = children.to_vec();
    ordered.sort_by_key(|&child| layouter.boxes.get(child).style.flex.order);
    ordered
}

fn index(node: NodeId) -> usize {
    usize::from(node).wrapping_sub(1)
}

/// The size that a container is asked to have, in border-box terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// The inline size, or what it is found under.
    pub inline: InlineQuestion,
    /// The block size, where it is known.
    pub block: Option<LayoutUnit>,
    /// Whether percentages may refer to the block size.
    pub block_is_definite: bool,
}

/// What is known of the inline size.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InlineQuestion {
    Known(LayoutUnit),
    MinContent,
    MaxContent,
}

impl Question {
    /// The question about all that there is to a container.
    pub fn to_layout_input(self) -> LayoutInput {
        self.to_taffy(RunMode::PerformLayout, RequestedAxis::Both)
    }

    fn to_taffy(self, run_mode: RunMode, axis: RequestedAxis) -> LayoutInput {
        let (known_inline, available_inline) = match self.inline {
            InlineQuestion::Known(size) => (Some(to_taffy(size)), AvailableSpace::Definite(to_taffy(size))),
            InlineQuestion::MinContent => (None, AvailableSpace::MinContent),
            InlineQuestion::MaxContent => (None, AvailableSpace::MaxContent),
        };
        let known_block = self.block.map(to_taffy);
        LayoutInput {
            run_mode,
            sizing_mode: SizingMode::ContentSize,
            axis,
            known_dimensions: taffy::Size { width: known_inline, height: known_block },
            known_dimensions_are_definite: taffy::Size { width: true, height: self.block_is_definite },
            parent_size: taffy::Size::NONE,
            available_space: taffy::Size {
                width: available_inline,
                height: known_block.map_or(AvailableSpace::MaxContent, AvailableSpace::Definite),
            },
            vertical_margins_are_collapsible: taffy::Line::FALSE,
        }
    }
}

/// Which of taffy's layouts runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Flex,
    Grid,
}

impl<'t, 'l> Tree<'t, 'l> {
    pub fn new(
        layouter: &'t mut Layouter<'l>,
        id: BoxId,
        container: Style,
        lengths: Lengths,
        items: Vec<Node>,
    ) -> Self {
        let computed = &*layouter.boxes.get(id).style;
        Tree {
            mode: style::writing_mode(computed),
            has_central_baseline: style::has_central_baseline(computed),
            layouter,
            id,
            container,
            content_inline: None,
            block_is_known: false,
            block_is_definite: false,
            block_is_indefinite: false,
            lengths,
            edges: Edges::default(),
            limits: LogicalSize::default(),
            items,
            stage: Stage::Layout,
            placement: None,
            info: None,
            rows_total: LayoutUnit::ZERO,
            intrinsic_rows: Vec::new(),
            baselines: None,
        }
    }

    /// Says what percentages of items' margins and padding refer to, in every question.
    pub fn set_content_inline(&mut self, size: LayoutUnit) {
        self.content_inline = Some(size);
    }

    /// What percentages of items' margins and padding refer to, in every question.
    pub fn content_inline(&self) -> Option<LayoutUnit> {
        self.content_inline
    }

    /// Keeps what the next question to a flex container says of its block size.
    pub fn set_question(&mut self, input: &LayoutInput) {
        self.block_is_known = input.known_dimensions.height.is_some();
        self.block_is_definite =
            self.block_is_known && input.known_dimensions_are_definite.height && !self.block_is_indefinite;
    }

    /// Whether it is a flex container whose lines run along its own.
    fn is_flex_row(&self) -> bool {
        self.container.display == taffy::Display::Flex
            && matches!(
                self.container.flex_direction,
                taffy::FlexDirection::Row | taffy::FlexDirection::RowReverse
            )
    }

    /// Where an item's baseline is, from the container's block-start border edge; `of` is the one that its fragment has.
    pub fn item_baseline(
        &self,
        node: &Node,
        of: impl Fn(&BoxFragment) -> Option<LayoutUnit>,
    ) -> Option<LayoutUnit> {
        let fragment = &node.result.as_ref()?.fragment;
        let block = LogicalSize::from_physical(fragment.size, self.mode).block;
        let parallel = !measure::mode_of(self.layouter, node.id).is_orthogonal_to(self.mode);
        let synthesized = self.mode.synthesized_baseline(block, self.has_central_baseline);
        let baseline = of(fragment).filter(|_| parallel).unwrap_or(synthesized);
        Some(place_from_taffy(node.layout.location.y) + baseline)
    }

    /// Leaves percentages of items' block sizes without anything to refer to, which are known by now but not definite.
    /// <https://drafts.csswg.org/css-sizing-3/#cyclic-percentage-contribution>
    pub fn set_block_indefinite(&mut self) {
        self.block_is_indefinite = true;
    }

    fn run(&mut self, algorithm: Algorithm, input: LayoutInput) -> LayoutOutput {
        match algorithm {
            Algorithm::Flex => flex::compute(self, input),
            Algorithm::Grid => grid::compute(self, input),
        }
    }

    fn item_style(&self, node: NodeId) -> &Style {
        self.items.get(index(node)).map_or(&self.container, |item| &item.style)
    }

    /// The border-box inline size that the container comes to.
    pub fn inline_size(&mut self, algorithm: Algorithm, question: Question) -> LayoutUnit {
        let input = question.to_taffy(RunMode::ComputeSize, RequestedAxis::Horizontal);
        from_taffy(self.run(algorithm, input).size.width)
    }

    /// Lays out everything; [`Tree::finish`] takes the fragments.
    pub fn perform(&mut self, algorithm: Algorithm, question: Question) -> LayoutOutput {
        self.run(algorithm, question.to_layout_input())
    }

    /// The block size of the highest margin box among the items.
    pub fn highest_item(&self) -> LayoutUnit {
        let in_flow = self.items.iter().filter(|item| !item.style.position.is_out_of_flow());
        let outer = in_flow.map(|item| {
            let Layout { size, margin, .. } = &item.layout;
            from_taffy(size.height + margin.top + margin.bottom)
        });
        outer.max().unwrap_or_default()
    }

    /// Puts the items into the container's fragment. `content` is the container's content box: what percentages of
    /// `position: relative` refer to.
    pub fn finish(
        &mut self,
        builder: &mut FragmentBuilder,
        output: &LayoutOutput,
        content: LogicalSize<Option<LayoutUnit>>,
        areas_contain: bool,
    ) {
        for candidate in output.oof_candidates.iter() {
            let at = &candidate.static_position;
            let (inline, inline_alignment) = static_place(&at.x);
            let (block, block_alignment) = static_place(&at.y);
            let Some(node) = self.items.get(index(candidate.node)) else { continue };
            let offset = LogicalOffset::new(inline, block);
            builder.add_out_of_flow(node.id, offset, inline_alignment, block_alignment);
            if areas_contain && candidate.position == taffy::Position::Absolute {
                builder.add_area(node.id, area_of(candidate));
            }
        }
        let counts = |node: &&Node| {
            node.result.is_some() && !style::is_baseline_ignored(&self.layouter.boxes.get(node.id).style)
        };
        let last = self.items.iter().rfind(counts);
        let last = last.and_then(|node| self.item_baseline(node, |fragment| fragment.last_baseline));
        builder.reserve(self.items.len());
        for node in &mut self.items {
            // https://drafts.csswg.org/css-grid-2/#grid-item-sizing: an item's containing block is its area.
            let content = match (&self.info, &node.area) {
                (Some(info), Some(area)) => grid::area_size(info, area),
                _ => content,
            };
            let Some(result) = node.result.take() else { continue };
            let offset = LogicalOffset::new(
                place_from_taffy(node.layout.location.x),
                place_from_taffy(node.layout.location.y),
            );
            let margin = &node.layout.margin;
            let margin = LogicalSides {
                inline_start: from_taffy(margin.left),
                inline_end: from_taffy(margin.right),
                block_start: from_taffy(margin.top),
                block_end: from_taffy(margin.bottom),
            };
            builder.add_child(Child {
                offset,
                relative: builder::relative_offset(self.layouter, node.id, self.mode, content),
                margin: margin.to_physical(self.mode),
                fragment: Fragment::Box(result.fragment.clone()),
                out_of_flow: result.out_of_flow.clone(),
            });
        }
        let first = output.baselines.first.map(from_taffy);
        [builder.first_baseline, builder.last_baseline] = self.baselines.unwrap_or([first, last]);
    }
}

/// The containing block that a grid gives a box that is out of flow.
pub(crate) fn area_of(candidate: &taffy::OofCandidate) -> LogicalRect {
    let at = &candidate.static_position;
    let offset = LogicalOffset::new(from_taffy(at.x.area.start), from_taffy(at.y.area.start));
    let end = LogicalOffset::new(from_taffy(at.x.area.end), from_taffy(at.y.area.end)) - offset;
    LogicalRect { offset, size: LogicalSize::new(end.inline, end.block) }
}

/// Where a box would be that is out of flow, along one axis, and how it is aligned there.
fn static_place(position: &taffy::AxisStaticPosition) -> (LayoutUnit, StaticAlignment) {
    let (start, end) = (from_taffy(position.area.start), from_taffy(position.area.end));
    let edge = |edge: taffy::AxisStaticEdge| match edge {
        taffy::AxisStaticEdge::Start => StaticEdge::Start,
        taffy::AxisStaticEdge::Center => StaticEdge::Center,
        taffy::AxisStaticEdge::End => StaticEdge::End,
    };
    let align = position.align;
    let at = match align.keyword {
        taffy::AxisStaticEdge::Start => start,
        taffy::AxisStaticEdge::Center => start + (end - start) / 2,
        taffy::AxisStaticEdge::End => end,
    };
    let safe = SafeAlignment { extent: end - start, edge: edge(align.fallback) };
    let is_safe = align.safety == taffy::AlignmentSafety::Safe;
    (at, StaticAlignment { edge: edge(align.keyword), safe: is_safe.then_some(safe) })
}

impl TraversePartialTree for Tree<'_, '_> {
    type ChildIter<'a>
        = std::iter::Map<Range<usize>, fn(usize) -> NodeId>
    where
        Self: 'a;

    fn child_ids(&self, _parent: NodeId) -> Self::ChildIter<'_> {
        (1..self.items.len() + 1).map(NodeId::from)
    }

    fn child_count(&self, _parent: NodeId) -> usize {
        self.items.len()
    }

    fn get_child_id(&self, _parent: NodeId, child: usize) -> NodeId {
        NodeId::from(child + 1)
    }
}

impl LayoutPartialTree for Tree<'_, '_> {
    type CoreContainerStyle<'a>
        = &'a Style
    where
        Self: 'a;
    type CustomIdent = Atom;

    fn get_core_container_style(&self, _node: NodeId) -> &Style {
        &self.container
    }

    fn resolve_calc_value(&self, handle: *const (), basis: f32) -> f32 {
        self.lengths.resolve(handle, basis)
    }

    fn set_unrounded_layout(&mut self, node: NodeId, layout: &Layout) {
        if let Some(node) = self.items.get_mut(index(node)) {
            node.layout = *layout;
        }
    }

    fn compute_child_layout(&mut self, node: NodeId, mut input: LayoutInput) -> LayoutOutput {
        if self.block_is_indefinite {
            input.parent_size.height = None;
        }
        let is_flex_row = self.is_flex_row();
        let is_one_line = self.container.flex_wrap == taffy::FlexWrap::NoWrap;
        let container = measure::Container {
            mode: self.mode,
            is_flex_row,
            is_high_as_items: is_flex_row && !(is_one_line && self.block_is_known),
            has_central_baseline: self.has_central_baseline,
            content_inline: self.content_inline,
            breaks_columns: self.container.display == taffy::Display::Flex
                && matches!(
                    self.container.flex_direction,
                    taffy::FlexDirection::Column | taffy::FlexDirection::ColumnReverse
                )
                && self.container.flex_wrap != taffy::FlexWrap::NoWrap,
        };
        let Some(item) = self.items.get_mut(index(node)) else { return LayoutOutput::HIDDEN };
        if is_flex_row
            && input.run_mode == RunMode::ComputeSize
            && input.axis == RequestedAxis::Horizontal
            && !(is_one_line && self.block_is_definite)
            && item.fills_row()
        {
            // https://drafts.csswg.org/css-flexbox-1/#definite-sizes: it has no block size before its line has.
            input.known_dimensions.height = None;
        }
        match input.run_mode {
            _ if self.stage == Stage::Placement => LayoutOutput::from_outer_size(taffy::Size::ZERO),
            RunMode::ComputeSize => {
                LayoutOutput::from_outer_size(measure::size(self.layouter, container, item.id, &input))
            }
            RunMode::PerformLayout if self.stage == Stage::Size => {
                LayoutOutput::from_outer_size(input.known_dimensions.unwrap_or(taffy::Size::ZERO))
            }
            RunMode::PerformLayout => {
                let (result, output) = measure::layout(self.layouter, container, item.id, &input);
                item.result = Some(result);
                output
            }
            RunMode::PerformHiddenLayout => LayoutOutput::HIDDEN,
        }
    }
}

impl LayoutFlexboxContainer for Tree<'_, '_> {
    type FlexboxContainerStyle<'a>
        = &'a Style
    where
        Self: 'a;
    type FlexboxItemStyle<'a>
        = &'a Style
    where
        Self: 'a;

    fn get_flexbox_container_style(&self, _node: NodeId) -> &Style {
        &self.container
    }

    fn get_flexbox_child_style(&self, node: NodeId) -> &Style {
        self.item_style(node)
    }
}

impl LayoutGridContainer for Tree<'_, '_> {
    type GridContainerStyle<'a>
        = &'a Style
    where
        Self: 'a;
    type GridItemStyle<'a>
        = &'a Style
    where
        Self: 'a;

    fn get_grid_container_style(&self, _node: NodeId) -> &Style {
        &self.container
    }

    fn get_grid_child_style(&self, node: NodeId) -> &Style {
        self.item_style(node)
    }

    fn set_detailed_grid_info(&mut self, _node: NodeId, info: DetailedGridInfo<Atom>) {
        self.info = Some(info);
    }
}
