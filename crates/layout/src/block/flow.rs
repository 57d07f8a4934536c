//! The layout of a block container.

use std::sync::Arc;

use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;

use super::alignment;
use super::annotations;
use super::breaks::{Breaks, Stop};
use super::line_clamp::LineClamp;
use super::margin_strut::MarginStrut;
use super::reuse::Recorder;
use crate::box_tree::{BlockContents, BoxId, BoxKind};
use crate::controls;
use crate::float::ExclusionSpace;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, Edges};
use crate::formatting::{Constraints, FragmentBuilder, LayoutResult, Layouter, StaticAlignment, orthogonal};
use crate::fragment::ContextKind;
use crate::fragmentation::{BreakRequest, EarlyBreak};
use crate::style;

/// How often a box is laid out again because its block offset was assumed wrongly. Twice is enough: once because of margins
/// that come later, and once because something does not fit beside floats after all.
const MAX_ATTEMPTS: u32 = 4;

/// Where a box that takes part in a block formatting context is asked to go.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlowSpace {
    /// Its border box's line-left edge in the formatting context.
    pub line: LayoutUnit,
    /// Where its block-start border edge would be without the margins in `strut`.
    pub block: LayoutUnit,
    /// The margins before it that have not stopped collapsing, its own among them.
    pub strut: MarginStrut,
    /// Past which floats it must go; `LayoutUnit::MIN` without `clear`.
    pub clearance: LayoutUnit,
    /// Where its block-start border edge is, whatever its margins come to: an earlier attempt found it, or the box goes past
    /// floats that would move with those margins.
    pub forced: Option<LayoutUnit>,
    /// Whether this box, or one whose margins collapse with its own, goes past floats that would move with them.
    pub clears_adjoining: bool,
    /// Whether floats moved it in an earlier attempt.
    pub pushed_by_floats: bool,
    /// Where floats before it were placed as if its block-start border edge were there.
    pub assumed: Option<LayoutUnit>,
    /// Whether there are floats before it that move with its margins: left and right.
    pub adjoining_floats: [bool; 2],
    /// How many attempts there were.
    pub attempt: u32,
    /// What the block before it leaves over for ruby annotations of its first line.
    pub annotation_space: LayoutUnit,
}

impl FlowSpace {
    /// Of the root of a formatting context.
    const ROOT: FlowSpace = FlowSpace::at(LayoutUnit::ZERO, LayoutUnit::ZERO, MarginStrut::EMPTY);

    /// The space of a box that begins at `line` and `block`, past no floats.
    pub const fn at(line: LayoutUnit, block: LayoutUnit, strut: MarginStrut) -> FlowSpace {
        FlowSpace {
            line,
            block,
            strut,
            clearance: LayoutUnit::MIN,
            forced: None,
            clears_adjoining: false,
            pushed_by_floats: false,
            assumed: None,
            adjoining_floats: [false; 2],
            attempt: 0,
            annotation_space: LayoutUnit::ZERO,
        }
    }
}

/// Which part of a box is laid out.
#[derive(Clone, Copy)]
pub(super) enum FlowPart {
    /// The box, in the formatting context of its parent.
    InParent,
    /// The box, as the root of a formatting context.
    Root,
    /// What is in a multi-column container, as the root of a formatting context: in one column of this inline size.
    Column(LayoutUnit),
}

/// Why layout of a box starts again.
pub(super) enum Restart {
    /// The box's block offset is not where it was assumed to be when floats were placed, but here: everything must be done
    /// again from the nearest ancestor that knows its own.
    Moved(Moved),
    /// The fragmentainer should have ended here, inside the box.
    BreakEarlier(Arc<EarlyBreak>),
}

/// Where the block-start border edge of a box is.
pub(super) struct Moved {
    pub block: LayoutUnit,
    /// Whether clearance moved it there.
    pub pushed_by_floats: bool,
}

/// The answer of a box that takes part in its parent's block formatting context.
pub(super) struct Outcome {
    pub result: LayoutResult,
    /// Its block-start border edge in the formatting context; `None` when all margins collapsed through it.
    pub block: Option<LayoutUnit>,
    /// The margins at its end that go on collapsing.
    pub end_strut: MarginStrut,
    /// Whether clearance moved it.
    pub pushed_by_floats: bool,
    /// Where the edge was assumed to be when floats were placed, if it is still not known.
    pub assumed: Option<LayoutUnit>,
    /// Whether there are floats that move with it: left and right.
    pub adjoining_floats: [bool; 2],
    /// What its last line leaves over for ruby annotations of what follows.
    pub annotation_space: LayoutUnit,
}

/// Where the next in-flow child goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// From the box's block-start border edge, without the margins in `strut`.
    pub block: LayoutUnit,
    pub strut: MarginStrut,
    /// Whether the last child collapsed through and had clearance, or the one before it did.
    pub after_cleared_empty_child: bool,
    /// What the end of the last line leaves over for ruby annotations of the next one; less than nothing where annotations
    /// of the last line reach out of it.
    pub annotation_space: LayoutUnit,
}

/// The layout of one block container while it runs.
pub(super) struct BlockFlow<'f, 'l> {
    pub layouter: &'f mut Layouter<'l>,
    pub exclusions: &'f mut ExclusionSpace,
    pub id: BoxId,
    pub computed: Arc<ComputedStyle>,
    pub mode: WritingMode,
    pub constraints: Constraints,
    /// Whether it establishes the formatting context.
    pub is_root: bool,
    /// Whether this is a column of a multi-column container, and not its box.
    pub is_column: bool,
    /// Whether every fragment has all edges.
    pub clones_edges: bool,
    /// What there is to know about breaks, in a fragmentainer.
    pub breaks: Option<Breaks<'f>>,
    pub space: FlowSpace,
    pub edges: LogicalSides,
    /// The border box's extent along lines.
    pub inline_size: LayoutUnit,
    /// The content box's extent along lines.
    pub content_inline: LayoutUnit,
    /// The content box's block size, when it does not depend on the content.
    pub percentage_block: Option<LayoutUnit>,
    /// The block-start border edge in the formatting context, once known.
    pub block: Option<LayoutUnit>,
    /// Where floats were placed as if the edge were there.
    pub assumed: Option<LayoutUnit>,
    pub adjoining_floats: [bool; 2],
    pub pushed_by_floats: bool,
    pub position: Position,
    /// Where its content ends before lines that are hidden, from its block-start border edge.
    pub clamped_at: Option<LayoutUnit>,
    /// Whether all of it is after the last line to be seen.
    starts_clamped: bool,
    pub builder: FragmentBuilder,
    /// Where the children landed, where that is kept.
    pub recorder: Option<Recorder>,
    /// What the rendered legend takes below the border: a fieldset has room for it whatever its block size.
    pub legend_extent: LayoutUnit,
    /// The marker that no child has been beside yet.
    pub marker: Option<BoxId>,
}

/// What is asked of a block container.
#[derive(Clone, Copy)]
pub(super) struct FlowTask<'t> {
    pub id: BoxId,
    pub constraints: Constraints,
    pub space: FlowSpace,
    pub part: FlowPart,
    pub request: BreakRequest<'t>,
}

/// Lays out a block container that establishes a block formatting context.
pub(crate) fn layout_root(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    request: BreakRequest<'_>,
) -> LayoutResult {
    let (constraints, space) = (*constraints, FlowSpace::ROOT);
    layout_independent(layouter, &FlowTask { id, constraints, space, part: FlowPart::Root, request })
}

/// Lays out what is in a multi-column container in one column of this inline size.
pub(crate) fn layout_column(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    inline_size: LayoutUnit,
    request: BreakRequest<'_>,
) -> LayoutResult {
    let (constraints, space) = (*constraints, FlowSpace::ROOT);
    let part = FlowPart::Column(inline_size);
    layout_independent(layouter, &FlowTask { id, constraints, space, part, request })
}

fn layout_independent(layouter: &mut Layouter<'_>, task: &FlowTask<'_>) -> LayoutResult {
    let computed = &layouter.boxes.get(task.id).style;
    let outer = std::mem::replace(&mut layouter.line_clamp, LineClamp::of(computed));
    let mut result = layout_with_clamp(layouter, task);
    if let Some(clamp) = layouter.line_clamp.again() {
        layouter.line_clamp = clamp;
        result = layout_with_clamp(layouter, task);
    }
    layouter.line_clamp = outer;
    result
}

fn layout_with_clamp(layouter: &mut Layouter<'_>, task: &FlowTask<'_>) -> LayoutResult {
    let mut exclusions = ExclusionSpace::default();
    match layout(layouter, &mut exclusions, task) {
        Ok(outcome) => outcome.result,
        Err(_) => unreachable!("the root of a formatting context knows its offset from the start"),
    }
}

/// Lays out a block container in its parent's formatting context, or in its own.
pub(super) fn layout(
    layouter: &mut Layouter<'_>,
    exclusions: &mut ExclusionSpace,
    task: &FlowTask<'_>,
) -> Result<Outcome, Restart> {
    let floats = exclusions.len();
    match attempt(layouter, exclusions, task) {
        Err(Restart::BreakEarlier(early)) => {
            exclusions.truncate(floats);
            let request = BreakRequest { early: Some(&early), ..task.request };
            attempt(layouter, exclusions, &FlowTask { request, ..*task })
        }
        done => done,
    }
}

fn attempt(
    layouter: &mut Layouter<'_>,
    exclusions: &mut ExclusionSpace,
    task: &FlowTask<'_>,
) -> Result<Outcome, Restart> {
    let FlowTask { id, ref constraints, space, part, request } = *task;
    let boxes = layouter.boxes;
    let layout_box = boxes.get(id);
    let computed = layout_box.style.clone();
    let mode = style::writing_mode(&computed);
    let own_parts = sizing::edges(&computed, mode, constraints.margin_basis);
    let own_inline = sizing::inline_size(layouter, id, constraints);
    let inline_size = match part {
        FlowPart::Column(inline_size) => inline_size,
        _ => own_inline,
    };
    let percentage_block =
        sizing::child_percentage_block(layouter, id, constraints, own_parts.sum(), own_inline);
    let clones_edges = style::clones_decoration(&computed);
    let mut parts = own_parts;
    if matches!(part, FlowPart::Column(_)) {
        parts = Edges::default();
    } else if request.resume.is_some() && !clones_edges {
        parts.border.block_start = LayoutUnit::ZERO;
        parts.padding.block_start = LayoutUnit::ZERO;
    }
    let edges = parts.sum();
    let is_column = matches!(part, FlowPart::Column(_));
    let (context, contents) = match &layout_box.kind {
        BoxKind::BlockContainer(contents) if is_column => (ContextKind::Column, Some(contents)),
        BoxKind::BlockContainer(contents) => (context_of(id, &computed, contents), Some(contents)),
        _ => (ContextKind::Block, None),
    };
    let mut builder = FragmentBuilder::new(id, mode, context, parts);
    let breaks = constraints.fragmentainer.map(|fragmentainer| {
        let cloned_end = if clones_edges { edges.block_end } else { LayoutUnit::ZERO };
        let mut inside = fragmentainer.without_end(cloned_end).growing(false);
        if request.resume.is_some() && clones_edges {
            // It goes on where the fragmentainer begins; its edge is no content of that.
            inside = inside.starting_at(edges.block_start - inside.offset);
        }
        Breaks::new(inside, request)
    });
    builder.is_in_fragmentainer = breaks.is_some();
    if let Some(token) = request.resume {
        builder.consumed = token.consumed;
        builder.has_block_start = clones_edges;
    }
    let starts_clamped = layouter.line_clamp.has_ended();
    let is_root = !matches!(part, FlowPart::InParent);
    let mut flow = BlockFlow {
        layouter,
        exclusions,
        id,
        mode,
        constraints: *constraints,
        is_root,
        is_column,
        clones_edges,
        breaks,
        space,
        edges,
        inline_size,
        content_inline: (inline_size - edges.inline_sum()).clamp_negative_to_zero(),
        percentage_block,
        block: None,
        assumed: None,
        adjoining_floats: space.adjoining_floats,
        pushed_by_floats: space.pushed_by_floats,
        position: Position {
            strut: space.strut,
            annotation_space: annotations::space_at_start(contents, &parts, &space, is_root),
            ..Position::default()
        },
        clamped_at: None,
        starts_clamped,
        builder,
        recorder: None,
        legend_extent: LayoutUnit::ZERO,
        marker: None,
        computed,
    };
    flow.start()?;
    let legend = layout_box.legend;
    if let Some(legend) = legend
        && request.resume.is_none()
    {
        flow.legend(legend);
    }
    match contents {
        Some(BlockContents::Blocks(children)) => match legend {
            Some(legend) => {
                let others: Vec<BoxId> = children.iter().copied().filter(|&child| child != legend).collect();
                flow.children(&others)?;
            }
            None => flow.children(children)?,
        },
        Some(BlockContents::Lines(contents)) => flow.lines(contents)?,
        None => {}
    }
    if let Some(marker) = flow.marker {
        flow.marker_alone(marker)?;
    }
    flow.finish()
}

fn context_of(id: BoxId, computed: &ComputedStyle, contents: &BlockContents) -> ContextKind {
    match contents {
        _ if id == BoxId::VIEWPORT => ContextKind::Viewport,
        _ if style::is_table_cell(computed) => ContextKind::TableCell,
        BlockContents::Blocks(_) => ContextKind::Block,
        BlockContents::Lines(_) => ContextKind::Lines,
    }
}

impl BlockFlow<'_, '_> {
    /// A border, padding, or a formatting context of its own keeps margins inside apart from those outside.
    /// <https://drafts.csswg.org/css2/#collapsing-margins>
    fn start(&mut self) -> Result<(), Restart> {
        let is_resumed = self.breaks.as_ref().is_some_and(|breaks| breaks.request.resume.is_some());
        if self.is_root || is_resumed || self.edges.block_start != LayoutUnit::ZERO {
            self.resolve_here()?;
            self.position.block = self.edges.block_start;
        }
        if self.layouter.is_quirks && style::is_quirky_container(self.layouter.boxes, self.id) {
            self.position.strut.ignores_quirky = true;
        }
        Ok(())
    }

    /// The content box's line-left edge in the formatting context.
    pub fn content_line_left(&self) -> LayoutUnit {
        let start = if self.mode.is_rtl { self.edges.inline_end } else { self.edges.inline_start };
        self.space.line + start
    }

    /// The content box's line-right edge in the formatting context.
    pub fn content_line_right(&self) -> LayoutUnit {
        self.content_line_left() + self.content_inline
    }

    /// The inline offset, from the inline-start border edge, of something at `line` in the formatting context.
    pub fn inline_offset(&self, line: LayoutUnit, inline_size: LayoutUnit) -> LayoutUnit {
        let from_left = line - self.space.line;
        if self.mode.is_rtl { self.inline_size - from_left - inline_size } else { from_left }
    }

    /// The block-start border edge in the formatting context: known or assumed.
    pub fn expected_block(&self) -> LayoutUnit {
        let known = self.block.or(self.space.forced).or(self.assumed).or(self.space.assumed);
        known.unwrap_or_else(|| self.cleared(self.own_edge()).block)
    }

    /// Where in the formatting context a child without margin would begin now.
    pub fn next_border_edge(&self) -> LayoutUnit {
        match self.block {
            Some(block) => block + self.position.block + self.position.strut.sum(),
            None => self.expected_block(),
        }
    }

    /// Margins stop collapsing here: the block offset follows from those there are.
    pub fn resolve_here(&mut self) -> Result<(), Restart> {
        self.resolve(self.own_edge())
    }

    /// Where the block-start border edge would be if margins stopped collapsing here.
    pub fn own_edge(&self) -> LayoutUnit {
        self.space.block + self.position.strut.sum()
    }

    /// Margins stop collapsing: the block-start border edge is at `block`, or past the floats that it clears.
    pub fn resolve(&mut self, block: LayoutUnit) -> Result<(), Restart> {
        if self.block.is_some() {
            return Ok(());
        }
        let cleared = self.cleared(block);
        self.pushed_by_floats |= cleared.pushed_by_floats;
        let block = self.space.forced.unwrap_or(cleared.block);
        if self.assumed.is_some_and(|assumed| assumed != block) && self.space.attempt < MAX_ATTEMPTS {
            return Err(Restart::Moved(Moved { block, pushed_by_floats: self.pushed_by_floats }));
        }
        self.block = Some(block);
        self.position.block = LayoutUnit::ZERO;
        self.position.strut = MarginStrut::default();
        Ok(())
    }

    /// Where the block-start border edge is, unless it must be elsewhere, when margins alone would have it at `block`.
    pub fn cleared(&self, block: LayoutUnit) -> Moved {
        let is_pushed = block < self.space.clearance;
        Moved { block: block.max(self.space.clearance), pushed_by_floats: self.pushed_by_floats || is_pushed }
    }

    /// Remembers that floats are being placed although the block offset is not resolved.
    pub fn assume(&mut self, left: bool, right: bool) {
        if self.block.is_none() {
            let expected = self.expected_block();
            self.assumed.get_or_insert(expected);
            self.adjoining_floats[0] |= left;
            self.adjoining_floats[1] |= right;
        }
    }

    /// Adds an absolutely positioned child at its static position.
    pub fn out_of_flow(&mut self, child: BoxId) {
        let block = match self.block {
            Some(block) => self.next_border_edge() - block,
            None => LayoutUnit::ZERO,
        };
        if !style::was_inline_level(&self.layouter.boxes.get(child).style) {
            self.add_block_level_out_of_flow(child, block);
            return;
        }
        let line = self.static_line(self.expected_block() + block, self.indent(true));
        let offset = LogicalOffset::new(self.inline_offset(line, LayoutUnit::ZERO), block);
        self.builder.add_out_of_flow(child, offset, StaticAlignment::START, StaticAlignment::START);
    }

    /// Remembers that the content to be seen ends at `end`, from the block-start border edge, if the last line to be seen is in
    /// it.
    pub fn note_clamp(&mut self, end: LayoutUnit) {
        if self.layouter.line_clamp.has_ended() && !self.starts_clamped {
            self.clamped_at.get_or_insert(end);
        }
    }

    /// The end of the box: its block size, and whether margins at its end go on collapsing.
    fn finish(mut self) -> Result<Outcome, Restart> {
        let stop = self.breaks.as_ref().and_then(|breaks| breaks.stop);
        if stop.is_some() && self.block.is_none() {
            self.resolve_here()?;
        }
        if stop == Some(Stop::Break) {
            // Margins before an unforced break are truncated, and there is nothing for those before a forced one to keep
            // away from. The box goes on, and has its end in another fragment.
            self.position.strut = MarginStrut::EMPTY;
        }
        if stop.is_some() && !self.clones_edges {
            self.edges.block_end = LayoutUnit::ZERO;
        }
        let annotation_space = self.annotation_space_at_end();
        let mut end_strut = self.position.strut;
        let mut intrinsic;
        let keeps_margins_in = self.is_root
            || self.edges.block_end != LayoutUnit::ZERO
            || self.position.after_cleared_empty_child;
        if keeps_margins_in {
            if self.block.is_none() {
                self.resolve_here()?;
                end_strut = MarginStrut::EMPTY;
            }
            let quirky = self.layouter.is_quirks && style::is_quirky_container(self.layouter.boxes, self.id);
            let margin = if quirky { end_strut.sum_without_quirky() } else { end_strut.sum() };
            intrinsic =
                (self.position.block + self.margin_in_fragmentainer(margin)).max(self.edges.block_start);
            if self.is_root
                && let Some(block) = self.block
            {
                // https://drafts.csswg.org/css2/#root-height
                let floats_end = self.exclusions.clearance_offset(true, true);
                if floats_end > LayoutUnit::MIN {
                    let floats_end =
                        self.end_of_fragmentainer().map_or(floats_end, |end| floats_end.min(end));
                    intrinsic = intrinsic.max(floats_end - block);
                }
            }
            self.builder.content_end = Some(intrinsic);
            intrinsic += self.edges.block_end;
            end_strut = MarginStrut::EMPTY;
        } else {
            intrinsic = self.position.block.max(self.edges.block_start);
        }
        if let Some(end) = self.clamped_at {
            intrinsic = end + self.edges.block_end;
            end_strut = MarginStrut::default();
        }
        let natural = intrinsic;
        if !self.is_column {
            intrinsic = controls::block_size(self.layouter, self.id, &self.builder, self.edges, natural);
        }
        let mut size = self.finish_fragment(intrinsic)?;
        if self.breaks.is_none() && self.legend_extent > LayoutUnit::ZERO {
            size = size.max(self.edges.block_sum() + self.legend_extent);
        }
        let size = self.fill_viewport(size, end_strut);
        if self.block.is_none() && size != LayoutUnit::ZERO {
            // Not empty after all: margins do not collapse through it.
            self.resolve_here()?;
            end_strut = MarginStrut::EMPTY;
        }
        if self.block.is_some() {
            let is_auto =
                sizing::definite_block_size(&self.computed, self.mode, &self.constraints, self.edges)
                    .is_none();
            if size != intrinsic || !is_auto {
                end_strut = MarginStrut::EMPTY;
            }
        }
        if let Some(control) = &self.layouter.boxes.get(self.id).control {
            controls::align(control, &self.computed, &mut self.builder, self.edges, natural, size);
        } else if self.breaks.is_none() && !self.is_column && !style::is_table_cell(&self.computed) {
            self.builder.shift_block(alignment::content_shift(&self.computed, size - natural));
        }
        let (mut result, reaches) = self.builder.finish_with_reaches(
            self.layouter,
            LogicalSize::new(self.inline_size, size),
            intrinsic.max(self.edges.block_sum()),
        );
        result.breaks = self.breaks.map(|breaks| Arc::new(breaks.finder.info));
        if let Some(recorder) = self.recorder {
            recorder.keep(self.layouter, self.id, &result.fragment, reaches);
        }
        Ok(Outcome {
            result,
            block: self.block,
            end_strut,
            pushed_by_floats: self.pushed_by_floats,
            assumed: if self.block.is_none() { self.assumed } else { None },
            adjoining_floats: if self.block.is_none() { self.adjoining_floats } else { [false; 2] },
            annotation_space,
        })
    }

    /// A margin at the end, of which nothing goes beyond the fragmentainer.
    /// <https://drafts.csswg.org/css-break-4/#break-margins>
    fn margin_in_fragmentainer(&self, margin: LayoutUnit) -> LayoutUnit {
        let room = self.end_of_fragmentainer().map(|end| end - self.position.block);
        room.map_or(margin, |room| margin.min(room.clamp_negative_to_zero()))
    }

    /// In quirks mode `<html>` and `<body>` are as high as the viewport.
    /// <https://quirks.spec.whatwg.org/#the-html-element-fills-the-viewport-quirk>
    fn fill_viewport(&self, size: LayoutUnit, end_strut: MarginStrut) -> LayoutUnit {
        if self.is_column || !self.layouter.is_quirks || !style::is_block_size_auto(&self.computed, self.mode)
        {
            return size;
        }
        let Some(depth) = style::root_or_body_depth(self.layouter.boxes, self.id) else { return size };
        let viewport = LogicalSize::from_physical(self.layouter.viewport, self.mode).block;
        let mut around = match depth {
            1 if !self.is_root => self.collapsed_block_margins(end_strut),
            _ => self.own_margins().block_sum(),
        };
        if depth == 1
            && let Some(parent) = self.layouter.boxes.get(self.id).parent
        {
            let computed = &self.layouter.boxes.get(parent).style;
            let edges = sizing::edges(computed, self.mode, self.constraints.margin_basis).sum();
            let margins = sizing::margins_or_zero(computed, self.mode, self.constraints.margin_basis);
            around += edges.block_sum() + margins.block_sum();
        }
        size.max(viewport - around)
    }

    fn own_margins(&self) -> LogicalSides {
        sizing::margins_or_zero(&self.computed, self.mode, self.constraints.margin_basis)
    }

    /// The sum of this box's margins once those of its children have collapsed with them: `end_strut` adjoins that at the
    /// end, and where there is no border edge yet, it is that at the start.
    fn collapsed_block_margins(&self, mut end_strut: MarginStrut) -> LayoutUnit {
        let own_end = self.own_margins().block_end;
        match self.block {
            None => end_strut.sum() + own_end,
            Some(block) => {
                end_strut.append(own_end, false);
                block - self.space.block + end_strut.sum()
            }
        }
    }

    /// The constraints for a child in the content box.
    pub fn child_constraints(&self, child: BoxId) -> Constraints {
        let container = LogicalSize::new(Some(self.content_inline), self.percentage_block);
        orthogonal::child_constraints(self.layouter, child, self.mode, container)
    }

    /// Physical margins for the fragment link.
    pub fn physical(&self, margins: LogicalSides) -> Sides<LayoutUnit> {
        margins.to_physical(self.mode)
    }
}
