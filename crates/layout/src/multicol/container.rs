//! The layout of a multi-column container: rows of columns, and what spans them.

use std::sync::Arc;

use fanlight_base::geometry::LayoutVector;
use fanlight_base::{LayoutUnit, Sides};

use super::columns::Columns;
use super::out_of_flow;
use crate::block::{MarginStrut, used_margins};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, Edges};
use crate::formatting::{Child, Constraints, FragmentBuilder, LayoutResult, Layouter, builder, orthogonal};
use crate::fragment::{ContextKind, Fragment};
use crate::fragmentation::{
    BreakInfo, BreakRequest, BreakToken, ChildBreak, FragmentRequest, FragmentSize, NextChild, cloned_edges,
    fragment_size,
};
use crate::style;

/// A column or a spanning box in the container.
pub(super) struct Part {
    pub child: Child,
    /// Whether it is a column.
    pub is_column: bool,
}

/// A multi-column container while it is laid out.
pub(super) struct Container<'f, 'l> {
    pub layouter: &'f mut Layouter<'l>,
    pub id: BoxId,
    pub mode: WritingMode,
    pub constraints: Constraints,
    pub columns: Columns,
    pub edges: LogicalSides,
    /// The block offset at which the content box ends at the latest; nothing where it is as high as its contents.
    pub content_end: Option<LayoutUnit>,
    /// Whether columns are no higher than they must be.
    pub balances: bool,
    /// What is kept of the fragmentainer around for an edge that every fragment has.
    cloned_end: LayoutUnit,
    content_inline: LayoutUnit,
    percentage_block: Option<LayoutUnit>,
    /// Where the next row or spanning box goes, from the block-start border edge, without the margins in `strut`.
    pub block: LayoutUnit,
    /// The margins of the spanning boxes before.
    strut: MarginStrut,
    pub parts: Vec<Part>,
    /// Spanning boxes whose contents overflow them, and go on beside what follows.
    overflowing: Vec<Arc<BreakToken>>,
    pub builder: FragmentBuilder,
    pub info: BreakInfo,
}

/// What is left to lay out.
#[derive(Clone)]
pub(super) enum Rest {
    /// Nothing.
    Nothing,
    /// Columns, from here on.
    Columns(Option<Arc<BreakToken>>),
    /// A box that spans all columns, and columns after it.
    Spanner(BoxId, Option<Arc<BreakToken>>, Option<Arc<BreakToken>>),
}

impl Rest {
    /// What an earlier fragment of the container left.
    fn of(token: &BreakToken) -> Rest {
        let columns = |child: Option<&ChildBreak>| match child {
            Some(ChildBreak::Inside(token)) => Some(token.clone()),
            _ => None,
        };
        let overflowing = overflowing_spanners(Some(token)).count();
        match (&token.children[overflowing..], &token.next) {
            ([], NextChild::End) => Rest::Nothing,
            ([], _) => Rest::Columns(None),
            ([ChildBreak::Inside(column), ..], _) if column.box_id == token.box_id => {
                Rest::Columns(Some(column.clone()))
            }
            ([ChildBreak::Inside(spanner), rest @ ..], _) => {
                Rest::Spanner(spanner.box_id, Some(spanner.clone()), columns(rest.first()))
            }
            ([ChildBreak::Before { id, .. }, rest @ ..], _) => {
                Rest::Spanner(*id, None, columns(rest.first()))
            }
        }
    }

    /// The same in a break token.
    fn to_children(&self) -> (Vec<ChildBreak>, NextChild) {
        let inside = |token: &Option<Arc<BreakToken>>| token.clone().map(ChildBreak::Inside);
        match self {
            Rest::Nothing => (Vec::new(), NextChild::End),
            Rest::Columns(None) => (Vec::new(), NextChild::Block(0)),
            Rest::Columns(columns) => (inside(columns).into_iter().collect(), NextChild::End),
            Rest::Spanner(id, spanner, columns) => {
                let first = inside(spanner).unwrap_or(ChildBreak::Before { id: *id, is_forced: false });
                (std::iter::once(first).chain(inside(columns)).collect(), NextChild::End)
            }
        }
    }
}

/// The spanning boxes that have all of their block size, and whose contents go on.
fn overflowing_spanners(token: Option<&BreakToken>) -> impl Iterator<Item = &Arc<BreakToken>> {
    let children = token.map_or(&[][..], |token| &token.children);
    let container = token.map(|token| token.box_id);
    children.iter().map_while(move |child| match child {
        ChildBreak::Inside(inner) if inner.is_at_block_end && Some(inner.box_id) != container => Some(inner),
        _ => None,
    })
}

/// Lays out a multi-column container.
pub(crate) fn layout(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    request: BreakRequest<'_>,
) -> LayoutResult {
    let boxes = layouter.boxes;
    let computed = &*boxes.get(id).style;
    let mode = style::writing_mode(computed);
    let mut parts = sizing::edges(computed, mode, constraints.margin_basis);
    let own_edges = parts.sum();
    let inline_size = sizing::inline_size(layouter, id, constraints);
    let clones_edges = style::clones_decoration(computed);
    let consumed = request.resume.map_or(LayoutUnit::ZERO, |token| token.consumed);
    if request.resume.is_some() && !clones_edges {
        parts.border.block_start = LayoutUnit::ZERO;
        parts.padding.block_start = LayoutUnit::ZERO;
    }
    let edges = parts.sum();
    let content_inline = (inline_size - edges.inline_sum()).clamp_negative_to_zero();
    let unbounded = LayoutUnit::MAX / 2;
    let fragmentainer = constraints.fragmentainer.map(|fragmentainer| fragmentainer.growing(false));
    let bounded = Constraints { fragmentainer, ..*constraints };
    let most = sizing::block_size(layouter, id, &bounded, inline_size, unbounded);
    let content_end =
        (most < unbounded).then(|| (most - consumed - own_edges.block_end).max(edges.block_start));
    let mut builder = FragmentBuilder::new(id, mode, ContextKind::Block, parts);
    builder.is_in_fragmentainer = constraints.fragmentainer.is_some();
    builder.consumed = consumed;
    builder.has_block_start = request.resume.is_none() || clones_edges;
    let mut container = Container {
        percentage_block: sizing::child_percentage_block(layouter, id, constraints, own_edges, inline_size),
        layouter,
        id,
        mode,
        constraints: *constraints,
        columns: Columns::new(computed, content_inline),
        edges,
        content_end,
        balances: style::balances_columns(computed),
        cloned_end: if clones_edges { edges.block_end } else { LayoutUnit::ZERO },
        content_inline,
        block: edges.block_start,
        strut: MarginStrut::EMPTY,
        parts: Vec::new(),
        overflowing: Vec::new(),
        builder,
        info: BreakInfo::default(),
    };
    for token in overflowing_spanners(request.resume) {
        container.spanner(token.box_id, Some(token.clone()), None);
    }
    let rest = container.rows(request.resume.map_or(Rest::Columns(None), Rest::of));
    container.finish(request, inline_size, &rest, clones_edges)
}

impl Container<'_, '_> {
    /// Lays out rows and spanning boxes to the end, or to that of the fragmentainer around; says what is left.
    fn rows(&mut self, rest: Rest) -> Rest {
        let mut rest = rest;
        loop {
            let (left, goes_on) = match rest {
                Rest::Nothing => return Rest::Nothing,
                Rest::Columns(token) => self.row(token),
                Rest::Spanner(id, token, after) => self.spanner(id, token, after),
            };
            if !goes_on {
                return left;
            }
            rest = left;
        }
    }

    /// Where the fragmentainer around ends for rows, from the block-start border edge.
    pub fn outer_end(&self) -> Option<LayoutUnit> {
        Some(self.constraints.fragmentainer?.end()? - self.cloned_end)
    }

    /// Adds the margins of spanning boxes before what does not collapse with them.
    pub fn end_margins(&mut self) {
        self.block += self.strut.sum();
        self.strut = MarginStrut::EMPTY;
    }

    /// Lays out a box that spans all columns, and says what is left and whether it can be laid out here.
    fn spanner(
        &mut self,
        id: BoxId,
        token: Option<Arc<BreakToken>>,
        after: Option<Arc<BreakToken>>,
    ) -> (Rest, bool) {
        let computed = self.layouter.boxes.get(id).style.clone();
        let container = LogicalSize::new(Some(self.content_inline), self.percentage_block);
        let constraints = orthogonal::child_constraints(self.layouter, id, self.mode, container);
        let margins = sizing::margins(&computed, self.mode, self.content_inline);
        if token.is_none() {
            self.strut.append(margins.block_start.unwrap_or_default(), false);
        }
        let block = self.block + self.strut.sum();
        let outer = self.constraints.fragmentainer;
        let fragmentainer = outer.map(|outer| outer.inside(block));
        let request = BreakRequest { resume: token.as_deref(), early: None };
        let result =
            self.layouter.layout_fragment(id, &Constraints { fragmentainer, ..constraints }, request);
        let size = LogicalSize::from_physical(result.fragment.size, self.mode);
        let broken = result.breaks.as_ref().and_then(|info| info.token.clone());
        if let Some(outer) = outer
            && let Some(end) = outer.end()
            && !outer.is_start(block)
            && token.is_none()
            && block + size.block > end
            && broken.is_none()
        {
            self.info.lacks(block + size.block - end);
            return (Rest::Spanner(id, None, after), false);
        }
        if let Some(info) = &result.breaks {
            self.info.include(info);
        }
        let margins = used_margins(margins, self.content_inline, size.inline);
        let relative = builder::relative_offset(self.layouter, id, self.mode, container);
        let offset = LogicalOffset::new(self.edges.inline_start + margins.inline_start, block);
        self.take_baselines(&result, block);
        let child = Child {
            offset,
            relative,
            margin: margins.to_physical(self.mode),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        };
        self.parts.push(Part { child, is_column: false });
        self.block = block + size.block;
        self.strut = MarginStrut::EMPTY;
        match broken {
            Some(broken) if broken.is_at_block_end => self.overflowing.push(broken),
            Some(broken) => return (Rest::Spanner(id, Some(broken), after), false),
            None => {}
        }
        self.strut.append(margins.block_end, false);
        (after.map_or(Rest::Nothing, |after| Rest::Columns(Some(after))), true)
    }

    /// Adds a column.
    pub fn add_column(&mut self, index: usize, result: &LayoutResult) {
        let inline = self.edges.inline_start + self.columns.start(index);
        self.take_baselines(result, self.block);
        let child = Child {
            offset: LogicalOffset::new(inline, self.block),
            relative: LayoutVector::default(),
            margin: Sides::default(),
            fragment: Fragment::Box(result.fragment.clone()),
            out_of_flow: result.out_of_flow.clone(),
        };
        self.parts.push(Part { child, is_column: true });
    }

    /// A column of a container with nothing in it.
    pub fn empty_column(&mut self, id: BoxId, size: LogicalSize) -> Fragment {
        let mode = style::writing_mode(&self.layouter.boxes.get(id).style);
        let builder = FragmentBuilder::new(id, mode, ContextKind::Column, Edges::default());
        Fragment::Box(builder.finish(self.layouter, size, LayoutUnit::ZERO).fragment)
    }

    fn take_baselines(&mut self, child: &LayoutResult, block: LayoutUnit) {
        let first = child.fragment.first_baseline.map(|baseline| block + baseline);
        let last = child.fragment.last_baseline.map(|baseline| block + baseline);
        self.builder.first_baseline = self.builder.first_baseline.or(first);
        self.builder.last_baseline = last.or(self.builder.last_baseline);
    }

    fn finish(
        mut self,
        request: BreakRequest<'_>,
        inline_size: LayoutUnit,
        rest: &Rest,
        clones_edges: bool,
    ) -> LayoutResult {
        self.end_margins();
        out_of_flow::place(&mut self);
        for part in std::mem::take(&mut self.parts) {
            self.builder.add_child(part.child);
        }
        let waits = !matches!(rest, Rest::Nothing);
        let block_end = if waits && !clones_edges { LayoutUnit::ZERO } else { self.edges.block_end };
        let end = self.constraints.fragmentainer.and_then(|outer| outer.end());
        let room = end.map(LayoutUnit::clamp_negative_to_zero);
        let content = self.block + block_end;
        let filled = room.filter(|_| waits);
        let asked = FragmentRequest {
            consumed: self.builder.consumed,
            end_edge: block_end,
            cloned_edges: cloned_edges(clones_edges, &self.edges, request.resume.is_some()),
            intrinsic: filled.map_or(content, |room| content.max(room)),
            room,
            unbreakable_end: LayoutUnit::ZERO,
            asks_for_more: waits,
            ends_with_contents: false,
            was_at_block_end: request.resume.is_some_and(|token| token.is_at_block_end),
        };
        let (id, constraints) = (self.id, self.constraints);
        let FragmentSize { size, is_at_block_end, overflow, consumed } = fragment_size(&asked, |intrinsic| {
            sizing::block_size(self.layouter, id, &constraints, inline_size, intrinsic)
        });
        if let Some(overflow) = overflow
            && !waits
        {
            self.info.lacks(overflow);
        }
        if waits || overflow.is_some() || !self.overflowing.is_empty() {
            let (rest, next) = rest.to_children();
            let overflowing = std::mem::take(&mut self.overflowing).into_iter().map(ChildBreak::Inside);
            let children = overflowing.chain(rest).collect();
            self.info.token =
                Some(Arc::new(BreakToken { box_id: id, consumed, children, next, is_at_block_end }));
        }
        self.builder.has_block_end = clones_edges || is_at_block_end && !asked.was_at_block_end;
        if !self.builder.has_block_end {
            self.builder.edges.border.block_end = LayoutUnit::ZERO;
            self.builder.edges.padding.block_end = LayoutUnit::ZERO;
        }
        let is_in_fragmentainer = constraints.fragmentainer.is_some();
        let size = LogicalSize::new(inline_size, size);
        let mut result = self.builder.finish(self.layouter, size, content.max(self.edges.block_sum()));
        if is_in_fragmentainer {
            result.breaks = Some(Arc::new(self.info));
        }
        result
    }
}
