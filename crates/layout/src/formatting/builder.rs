//! Puts a box fragment together: children at flow-relative offsets become physical once the box's size is known.

use std::sync::Arc;

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::values::overflow::Contain;
use smallvec::SmallVec;
use thin_vec::ThinVec;

use super::sizing::Edges;
use super::{LayoutResult, Layouter, OutOfFlow, StaticAlignment, StaticPosition};
use crate::box_tree::BoxId;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
use crate::fragment::{
    BoxEdges, BoxFragment, ContextKind, Fragment, FragmentLink, Parts, SpecialParts, StyleKey, TableFragment,
};
use crate::overflow::{self, Reach};
use crate::{positioned, style};

/// A child and where it goes.
pub(crate) struct Child {
    /// From the border box's inline-start block-start corner to that of the child.
    pub offset: LogicalOffset,
    /// How far `position: relative` moves it.
    pub relative: LayoutVector,
    /// Its used margins.
    pub margin: Sides<LayoutUnit>,
    /// The child.
    pub fragment: Fragment,
    /// Positioned descendants of the child that wait for their containing block.
    pub out_of_flow: ThinVec<OutOfFlow>,
}

/// A child of a fragment in the making.
enum Placed {
    New(Child),
    /// One that is as it was in an earlier fragment of the same size.
    Known(FragmentLink, Reach),
}

/// What a fragment in the making holds at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Landed {
    children: usize,
    waiting: usize,
}

/// An absolutely positioned child.
struct Waiting {
    box_id: BoxId,
    offset: LogicalOffset,
    inline: StaticAlignment,
    block: StaticAlignment,
}

/// A box fragment in the making.
pub(crate) struct FragmentBuilder {
    pub id: BoxId,
    pub mode: WritingMode,
    pub context: ContextKind,
    pub edges: Edges,
    children: SmallVec<[Placed; 1]>,
    /// Whether it is asked how far each child reaches.
    keeps_reaches: bool,
    pub first_baseline: Option<LayoutUnit>,
    pub last_baseline: Option<LayoutUnit>,
    pub object_rect: Option<LayoutRect>,
    /// Where what is in flow ends along the block axis, from the block-start border edge, with margins that collapse there.
    pub content_end: Option<LayoutUnit>,
    pub table: Option<Arc<TableFragment>>,
    waiting: Vec<Waiting>,
    /// Whether positioned descendants wait for the multi-column container around, which knows the fragments that their
    /// containing block is broken into.
    pub is_in_fragmentainer: bool,
    /// Whether the fragment has the edge where the box begins.
    pub has_block_start: bool,
    /// Whether the fragment has the edge where the box ends.
    pub has_block_end: bool,
    /// The block size of the fragments of the box before this one.
    pub consumed: LayoutUnit,
    /// The grid areas that are containing blocks of absolutely positioned children.
    areas: Vec<(BoxId, LogicalRect)>,
}

impl FragmentBuilder {
    pub fn new(id: BoxId, mode: WritingMode, context: ContextKind, edges: Edges) -> Self {
        FragmentBuilder {
            id,
            mode,
            context,
            edges,
            children: SmallVec::new(),
            keeps_reaches: false,
            first_baseline: None,
            last_baseline: None,
            object_rect: None,
            content_end: None,
            table: None,
            waiting: Vec::new(),
            is_in_fragmentainer: false,
            has_block_start: true,
            has_block_end: true,
            consumed: LayoutUnit::ZERO,
            areas: Vec::new(),
        }
    }

    /// Makes room for this many children.
    pub fn reserve(&mut self, children: usize) {
        self.children.reserve_exact(children);
    }

    /// Adds a child with everything.
    pub fn add_child(&mut self, child: Child) {
        self.children.push(Placed::New(child));
    }

    /// Adds a child of an earlier fragment, `shift` further along the block axis, which is vertical; returns its place.
    pub fn add_known(&mut self, mut link: FragmentLink, reach: Reach, shift: LayoutUnit) -> usize {
        link.offset.y += shift;
        self.children.push(Placed::Known(link, reach.moved(LayoutVector::new(LayoutUnit::ZERO, shift))));
        self.children.len() - 1
    }

    /// What it holds now.
    pub fn landed(&self) -> Landed {
        Landed { children: self.children.len(), waiting: self.waiting.len() }
    }

    /// The place of the child that was added since, where it is the only one and nothing in it waits for its containing
    /// block.
    pub fn only_child_since(&self, landed: Landed) -> Option<usize> {
        let is_only = self.children.len() == landed.children + 1 && self.waiting.len() == landed.waiting;
        let is_whole = match self.children.last()? {
            Placed::New(child) => child.out_of_flow.is_empty(),
            Placed::Known(..) => true,
        };
        (is_only && is_whole).then_some(landed.children)
    }

    /// A child that was added in this layout.
    pub fn new_child(&self, place: usize) -> Option<&Child> {
        match self.children.get(place)? {
            Placed::New(child) => Some(child),
            Placed::Known(..) => None,
        }
    }

    /// The children's fragments.
    pub fn fragments(&self) -> impl Iterator<Item = &Fragment> {
        self.children.iter().map(|child| match child {
            Placed::New(child) => &child.fragment,
            Placed::Known(link, _) => &link.fragment,
        })
    }

    /// The positioned descendants of children that wait for their containing block.
    pub fn waiting_inside(&self) -> impl Iterator<Item = BoxId> {
        let waiting = |child: &Placed| match child {
            Placed::New(child) => child.out_of_flow.clone(),
            Placed::Known(..) => ThinVec::new(),
        };
        self.children.iter().flat_map(waiting).map(|waiting| waiting.box_id)
    }

    /// How many children there are.
    pub fn child_count(&self) -> usize {
        self.children.len()
    }

    /// Takes back the children after the first `count`.
    pub fn truncate_children(&mut self, count: usize) {
        self.children.truncate(count);
    }

    /// Takes back all that was added since.
    pub fn take_back(&mut self, landed: Landed) {
        self.children.truncate(landed.children);
        self.waiting.truncate(landed.waiting);
    }

    /// Asks for how far each child reaches, when it is finished.
    pub fn keep_reaches(&mut self) {
        self.keeps_reaches = true;
    }

    /// Adds an absolutely positioned child with its static position.
    pub fn add_out_of_flow(
        &mut self,
        box_id: BoxId,
        offset: LogicalOffset,
        inline: StaticAlignment,
        block: StaticAlignment,
    ) {
        self.waiting.push(Waiting { box_id, offset, inline, block });
    }

    /// Gives an absolutely positioned child of a grid container its grid area as containing block.
    /// <https://drafts.csswg.org/css-grid-2/#abspos-items>
    pub fn add_area(&mut self, box_id: BoxId, area: LogicalRect) {
        self.areas.push((box_id, area));
    }

    /// Moves everything inside along the block axis.
    pub fn shift_block(&mut self, by: LayoutUnit) {
        for child in &mut self.children {
            match child {
                Placed::New(child) => child.offset.block += by,
                // Known children are where they were before the move.
                Placed::Known(..) => debug_assert_eq!(by, LayoutUnit::ZERO, "what moves is not kept"),
            }
        }
        for waiting in &mut self.waiting {
            waiting.offset.block += by;
        }
        for baseline in [&mut self.first_baseline, &mut self.last_baseline].into_iter().flatten() {
            *baseline += by;
        }
    }

    /// The fragment, with positioned descendants whose containing block it is.
    pub fn finish(
        self,
        layouter: &mut Layouter<'_>,
        size: LogicalSize,
        intrinsic_block_size: LayoutUnit,
    ) -> LayoutResult {
        self.finish_with_reaches(layouter, size, intrinsic_block_size).0
    }

    /// Whether nothing outside is told of the baselines in the box: it contains its layout.
    /// <https://drafts.csswg.org/css-contain-2/#containment-layout>
    fn hides_baselines(&self, layouter: &Layouter<'_>) -> bool {
        let is_exempt = matches!(
            self.context,
            ContextKind::InlineBox | ContextKind::TableRow | ContextKind::TableSection | ContextKind::Column
        );
        !is_exempt && layouter.boxes.get(self.id).style.containment().contains(Contain::LAYOUT)
    }

    /// The fragment, and how far each of its children reaches where that was asked for.
    pub fn finish_with_reaches(
        mut self,
        layouter: &mut Layouter<'_>,
        size: LogicalSize,
        intrinsic_block_size: LayoutUnit,
    ) -> (LayoutResult, Vec<Reach>) {
        let mode = self.mode;
        let physical = size.to_physical(mode);
        let mut pending = ThinVec::new();
        for waiting in std::mem::take(&mut self.waiting) {
            let point = waiting.offset.to_physical(mode, physical, LayoutSize::default());
            pending.push(OutOfFlow {
                box_id: waiting.box_id,
                static_position: StaticPosition { point, mode, inline: waiting.inline, block: waiting.block },
            });
        }
        let mut links = Vec::with_capacity(self.children.len());
        let style = StyleKey { box_id: self.id, is_first_line: false };
        // Scrolling goes as far as content would reach without `position: relative`.
        let needs_reaches = self.keeps_reaches || overflow::scrolls(layouter.boxes, style, self.context);
        let mut reaches = Vec::with_capacity(if needs_reaches { self.children.len() } else { 0 });
        for placed in std::mem::take(&mut self.children) {
            let child = match placed {
                Placed::New(child) => child,
                Placed::Known(link, reach) => {
                    reaches.push(reach);
                    links.push(link);
                    continue;
                }
            };
            let offset = child.offset.to_physical(mode, physical, child.fragment.size()) + child.relative;
            pending.extend(child.out_of_flow.into_iter().map(|waiting| moved(waiting, offset)));
            links.push(FragmentLink {
                offset,
                margin: child.margin,
                fragment: child.fragment,
                is_hidden: false,
            });
            if needs_reaches {
                reaches.extend(links.last().map(|link| Reach::of(layouter.boxes, link, child.relative)));
            }
        }
        let [first_baseline, last_baseline] = match self.hides_baselines(layouter) {
            true => [None; 2],
            false => [self.first_baseline, self.last_baseline],
        };
        let mut fragment = BoxFragment {
            style,
            context: self.context,
            size: physical,
            border: self.edges.border.to_physical(mode),
            padding: self.edges.padding.to_physical(mode),
            edges: BoxEdges::from_logical(
                LogicalSides {
                    inline_start: true,
                    inline_end: true,
                    block_start: self.has_block_start,
                    block_end: self.has_block_end,
                },
                mode,
            ),
            children: Box::default(),
            first_baseline,
            last_baseline,
            scrollable_overflow: LayoutRect::from_size(physical),
            special: SpecialParts::default(),
        };
        let out_of_flow = if pending.is_empty() || self.is_in_fragmentainer {
            pending
        } else {
            sort_by_tree_order(layouter, &mut pending);
            let areas: Vec<_> =
                self.areas.iter().map(|(id, area)| (*id, area.to_physical(mode, physical))).collect();
            positioned::place(layouter, &fragment, mode, &mut links, pending, &areas)
        };
        fragment.scrollable_overflow =
            overflow::of_box(layouter.boxes, &fragment, &links, &reaches, self.content_end, mode);
        fragment.special = SpecialParts::new(Parts {
            consumed: self.consumed,
            bands: overflow::bands(&links, &reaches),
            object_rect: self.object_rect,
            table: self.table,
        });
        fragment.children = links.into_boxed_slice();
        let result =
            LayoutResult { fragment: Arc::new(fragment), out_of_flow, intrinsic_block_size, breaks: None };
        (result, reaches)
    }
}

/// Positioned boxes are handled in tree order, however they came here.
fn sort_by_tree_order(layouter: &Layouter<'_>, pending: &mut [OutOfFlow]) {
    pending.sort_by_key(|waiting| layouter.boxes.tree_order(waiting.box_id));
}

/// The same, seen from the parent in which the fragment lies at `offset`.
pub(crate) fn moved(mut waiting: OutOfFlow, offset: LayoutPoint) -> OutOfFlow {
    waiting.static_position.point += offset.to_vector();
    waiting
}

/// How far `position: relative` moves a box in a containing block of this physical size; heights may be unknown.
/// <https://drafts.csswg.org/css-position-3/#relpos-insets>
pub(crate) fn relative_offset(
    layouter: &Layouter<'_>,
    id: BoxId,
    container_mode: WritingMode,
    container: LogicalSize<Option<LayoutUnit>>,
) -> LayoutVector {
    let computed = &layouter.boxes.get(id).style;
    if style::position(computed) != style::Positioning::Relative {
        return LayoutVector::default();
    }
    let (width, height) = if container_mode.is_horizontal() {
        (container.inline, container.block)
    } else {
        (container.block, container.inline)
    };
    positioned::relative_shift(computed, container_mode, width, height)
}
