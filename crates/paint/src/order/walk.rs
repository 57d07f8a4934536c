//! The walk through the fragments: where each one is, and which bucket it paints in.

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{LayoutPoint, LayoutRect, inset, to_css_rect};
use fanlight_css::values::shape::ClipPath;
use fanlight_layout::{
    BoxFragment, BoxId, ContextKind, Fragment, FragmentLink, LayoutTree, PhysicalSide, StyleKey,
    TableFragment,
};

use super::context::{ContextId, Contexts, Entry, Phase};
use super::spaces::{Scope, Spaces};
use super::traits::{PaintTraits, canvas_source, has_background, item_order};
use super::{Canvas, Operation, Place, Purpose, keeps_off_collapsed_borders};
use crate::display_list::{ClipTree, SpatialTree};
use crate::input::{MaskElement, PaintInput, ScrollBars};

/// What the walk found.
pub(super) struct Walked<'a> {
    pub(super) contexts: Contexts<'a>,
    pub(super) spatial: SpatialTree,
    pub(super) clips: ClipTree,
    pub(super) canvas: Option<Canvas<'a>>,
    /// Whether any box has an `order`.
    pub(super) has_orders: bool,
}

/// A fragment that is still to be visited.
#[derive(Clone, Copy)]
struct Visit<'a> {
    fragment: &'a Fragment,
    place: Place,
    scope: Scope,
    around: Around<'a>,
}

/// What surrounds a fragment.
#[derive(Clone, Copy)]
struct Around<'a> {
    context: ContextId,
    parent: Parent,
    /// The table that a table part is in, and where its wrapper's corner is.
    table: Option<(&'a TableFragment, LayoutPoint)>,
}

/// What the fragment around means for how a fragment is painted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parent {
    Viewport,
    /// Children are block-level.
    Blocks,
    /// Children are inline-level.
    Inlines,
    /// Children are flex or grid items.
    Items,
}

/// What is to do next: the page decides how deep fragments nest, so this is a stack of our own.
enum Work<'a> {
    Visit(Visit<'a>),
    /// Something that is painted after all descendants' entries of the same phase.
    Push(ContextId, Phase, Entry<'a>),
}

/// Visits all fragments that may be seen.
pub(super) fn walk<'a>(layout: &'a LayoutTree, input: &PaintInput<'_>, purpose: Purpose) -> Walked<'a> {
    let (spaces, scope) = Spaces::new(layout, input);
    let place = spaces.document_place(LayoutPoint::zero());
    let around = Around { context: ContextId::ROOT, parent: Parent::Viewport, table: None };
    let mut walk = Walk {
        layout,
        purpose,
        scroll_bars: input.scroll_bars != ScrollBars::Hidden && purpose == Purpose::Paint,
        contexts: Contexts::new(),
        spaces,
        canvas: None,
        has_orders: false,
        work: Vec::new(),
    };
    walk.visit_children_of_viewport(&layout.root, place, scope, around);
    while let Some(work) = walk.work.pop() {
        match work {
            Work::Visit(visit) => walk.visit(visit),
            Work::Push(context, phase, entry) => walk.contexts.push(context, phase, entry),
        }
    }
    let Walk { contexts, spaces, canvas, has_orders, .. } = walk;
    Walked { contexts, spatial: spaces.spatial, clips: spaces.clips, canvas, has_orders }
}

struct Walk<'a, 'i> {
    layout: &'a LayoutTree,
    purpose: Purpose,
    scroll_bars: bool,
    contexts: Contexts<'a>,
    spaces: Spaces<'a, 'i>,
    canvas: Option<Canvas<'a>>,
    has_orders: bool,
    work: Vec<Work<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn visit(&mut self, visit: Visit<'a>) {
        match visit.fragment {
            Fragment::Text(text) => {
                let entry = Entry::Operation(Operation::Text(text), visit.place);
                self.contexts.push(visit.around.context, Phase::Foreground, entry);
            }
            Fragment::Line(line) => {
                let around = Around { parent: Parent::Inlines, ..visit.around };
                self.visit_children(line.children.iter(), visit.place, visit.scope, around);
            }
            // A column paints nothing by itself; rules between columns are its container's.
            Fragment::Box(column) if column.context == ContextKind::Column => {
                let around = Around { parent: Parent::Blocks, ..visit.around };
                self.visit_children_of(column, visit.place, visit.scope, around);
            }
            Fragment::Box(fragment) => self.visit_box(fragment, visit),
        }
    }

    fn visit_box(&mut self, fragment: &'a BoxFragment, visit: Visit<'a>) {
        let Visit { place, scope, around, .. } = visit;
        let box_id = fragment.style.box_id;
        let style = self.layout.boxes.style_of(fragment.style);
        let traits = PaintTraits::of(self.layout, fragment);
        self.has_orders |= around.parent == Parent::Items && item_order(self.layout, box_id) != 0;

        let (place, scope) =
            if traits.contains(PaintTraits::FIXED_TO_VIEWPORT) && around.parent == Parent::Viewport {
                self.spaces.fixed(place)
            } else {
                (place, scope)
            };
        let Some((place, scope)) = self.spaces.enter(fragment, style, traits, place, scope) else {
            return; // Its transform leaves nothing to see.
        };
        if around.parent == Parent::Viewport && self.canvas.is_none() && traits.contains(PaintTraits::ROOT) {
            let style = canvas_source(self.layout, fragment.style);
            self.canvas = Some(Canvas { style, root: fragment });
        }

        let role = Role::of(traits, fragment, around.parent);
        let (context, phase) = self.context_for(role, box_id, traits, around);
        if self.canvas.is_some_and(|canvas| std::ptr::eq(canvas.root, fragment)) {
            // What becomes of the root element as a group, its canvas becomes too.
            let context = if traits.contains(PaintTraits::GROUP) { context } else { ContextId::ROOT };
            self.contexts.push(context, Phase::Own, Entry::Operation(Operation::Canvas, place));
        }
        if let Some(made) = role.makes_context().then_some(context) {
            let context = self.contexts.get_mut(made);
            let is_first = context.first.is_none();
            context.first.get_or_insert((place, fragment));
            if is_first && traits.contains(PaintTraits::BACKDROP | PaintTraits::VISIBLE) {
                context.push(Phase::Own, Entry::Operation(Operation::Backdrop(fragment), place));
            }
            if traits.contains(PaintTraits::MASK) {
                context.masks.push((Operation::Mask(fragment), place));
            }
            if let ClipPath::Url(url) = &style.effects.clip_path
                && self.spaces.input.images.has_mask(url, MaskElement::ClipPath)
            {
                context.masks.push((Operation::ClipReference(fragment), place));
            }
        }

        if traits.contains(PaintTraits::VISIBLE) {
            self.push_operations(fragment, traits, place, context, phase, around);
        }
        let table = match fragment.table() {
            Some(table) => Some((&**table, place.offset)),
            None => around.table,
        };
        if fragment.table().is_some_and(|table| table.collapsed.is_some()) {
            let entry = Entry::Operation(Operation::CollapsedBorders(fragment), place);
            self.work.push(Work::Push(context, Phase::Blocks, entry));
        }
        if self.scroll_bars && traits.contains(PaintTraits::SCROLLS) {
            let entry = Entry::Operation(Operation::ScrollBars(fragment), place);
            self.work.push(Work::Push(context, Phase::Outlines, entry));
        }
        let parent = match fragment.context {
            ContextKind::InlineBox => Parent::Inlines,
            ContextKind::Flex | ContextKind::Grid => Parent::Items,
            _ => Parent::Blocks,
        };
        let (place, scope) = self.spaces.contents(fragment, style, traits, place, scope);
        self.visit_children_of(fragment, place, scope, Around { context, parent, table });
    }

    /// The context that a box paints in, and the phase of its background and borders.
    fn context_for(
        &mut self,
        role: Role,
        box_id: BoxId,
        traits: PaintTraits,
        around: Around<'a>,
    ) -> (ContextId, Phase) {
        match role {
            Role::Block => (around.context, Phase::Blocks),
            Role::Inline => (around.context, Phase::Foreground),
            Role::Stacked => (self.stacked_context(box_id), Phase::Own),
            Role::Float | Role::Atomic => {
                if let Some(made) = self.contexts.of_box(box_id) {
                    return (made, Phase::Own); // Another fragment of the same box.
                }
                let made = self.contexts.add(box_id, 0);
                let (parent, phase) = match role {
                    // A float's fragment is its block container's child, even where the float is in an inline box that
                    // makes a context.
                    Role::Float => (self.context_around(box_id, around.context), Phase::Floats),
                    _ => (around.context, Phase::Foreground),
                };
                debug_assert!(!traits.contains(PaintTraits::STACKED));
                self.contexts.push(parent, phase, Entry::Context(made));
                (made, Phase::Own)
            }
        }
    }

    /// The context of the nearest box around that makes one.
    fn context_around(&mut self, box_id: BoxId, otherwise: ContextId) -> ContextId {
        let mut at = self.layout.boxes.get(box_id).parent;
        while let Some(id) = at {
            if let Some(context) = self.contexts.of_box(id) {
                return context;
            }
            if id != BoxId::VIEWPORT && PaintTraits::of_box(self.layout, id).contains(PaintTraits::STACKED) {
                return self.stacked_context(id);
            }
            at = self.layout.boxes.get(id).parent;
        }
        otherwise
    }

    /// The context of a positioned box or stacking context, made and put into its stacking context if it is not yet.
    fn stacked_context(&mut self, box_id: BoxId) -> ContextId {
        if let Some(made) = self.contexts.of_box(box_id) {
            return made;
        }
        let made = self.contexts.add(box_id, PaintTraits::z_index(self.layout, box_id));
        let mut child = made;
        let mut at = self.layout.boxes.get(box_id).parent;
        // Stacking contexts around it that have not been visited are made on the way.
        while let Some(id) = at {
            let is_root = id == BoxId::VIEWPORT;
            if is_root || PaintTraits::of_box(self.layout, id).contains(PaintTraits::STACKING_CONTEXT) {
                let known = self.contexts.of_box(id);
                let parent =
                    known.unwrap_or_else(|| self.contexts.add(id, PaintTraits::z_index(self.layout, id)));
                self.contexts.get_mut(parent).stacked.push(child);
                if known.is_some() {
                    break;
                }
                child = parent;
            }
            at = self.layout.boxes.get(id).parent;
        }
        made
    }

    fn push_operations(
        &mut self,
        fragment: &'a BoxFragment,
        traits: PaintTraits,
        place: Place,
        context: ContextId,
        phase: Phase,
        around: Around<'a>,
    ) {
        match fragment.context {
            ContextKind::TableSection => {
                self.contexts.push(context, phase, Entry::Operation(Operation::Decorations(fragment), place));
                self.push_section(fragment, place, context, phase, around);
            }
            ContextKind::TableRow => {
                self.contexts.push(context, phase, Entry::Operation(Operation::Decorations(fragment), place));
                let rect = LayoutRect::new(place.offset, fragment.size);
                let part = Part { style: fragment.style, rect, column_start: None };
                self.push_part_of_cells(part, fragment, place, context, phase);
            }
            _ => {
                if traits.contains(PaintTraits::DECORATED) || self.purpose == Purpose::HitTest {
                    self.contexts.push(
                        context,
                        phase,
                        Entry::Operation(Operation::Decorations(fragment), place),
                    );
                }
                if traits.contains(PaintTraits::COLUMN_RULES) {
                    self.contexts.push(
                        context,
                        phase,
                        Entry::Operation(Operation::ColumnRules(fragment), place),
                    );
                }
                if traits.contains(PaintTraits::CONTENT) {
                    let entry = Entry::Operation(Operation::Content(fragment), place);
                    self.contexts.push(context, Phase::Foreground, entry);
                }
            }
        }
        if traits.contains(PaintTraits::OUTLINE) {
            let entry = Entry::Operation(Operation::Outline(fragment), place);
            self.contexts.push(context, Phase::Outlines, entry);
        }
    }

    /// The backgrounds of columns and of a row group, each as far as it lies in cells.
    /// <https://drafts.csswg.org/css2/#table-layers>
    fn push_section(
        &mut self,
        section: &'a BoxFragment,
        place: Place,
        context: ContextId,
        phase: Phase,
        around: Around<'a>,
    ) {
        if let Some((table, corner)) = around.table {
            for (column, rect) in &table.columns {
                let rect = rect.translate(corner.to_vector());
                let part = Part { style: *column, rect, column_start: Some(table.inline_start) };
                for (row, row_place) in boxes_of(section, place, ContextKind::TableRow) {
                    self.push_part_of_cells(part, row, row_place, context, phase);
                }
            }
        }
        let rect = LayoutRect::new(place.offset, section.size);
        let part = Part { style: section.style, rect, column_start: None };
        for (row, row_place) in boxes_of(section, place, ContextKind::TableRow) {
            self.push_part_of_cells(part, row, row_place, context, phase);
        }
    }

    /// The background of a column, row or row group behind the cells of a row that are in it.
    fn push_part_of_cells(
        &mut self,
        part: Part,
        row: &'a BoxFragment,
        row_place: Place,
        context: ContextId,
        phase: Phase,
    ) {
        if !has_background(self.layout, part.style) {
            return;
        }
        for (cell, cell_place) in boxes_of(row, row_place, ContextKind::TableCell) {
            let mut cell_rect = LayoutRect::new(cell_place.offset, cell.size);
            if part.column_start.is_some_and(|side| !begins_in(part.rect, cell_rect, side)) {
                continue;
            }
            if keeps_off_collapsed_borders(self.layout, row.style.box_id, cell) {
                cell_rect = inset(cell_rect, cell.border);
            }
            let operation = Operation::TablePart { part: part.style, part_rect: part.rect, cell_rect };
            self.contexts.push(context, phase, Entry::Operation(operation, row_place));
        }
    }

    /// Puts the children of the viewport that may be seen on the stack: what is fixed to it is not where the document is
    /// scrolled to.
    fn visit_children_of_viewport(
        &mut self,
        viewport: &'a BoxFragment,
        place: Place,
        scope: Scope,
        around: Around<'a>,
    ) {
        for link in viewport.children.iter().rev() {
            let is_fixed = matches!(&link.fragment, Fragment::Box(child)
                if PaintTraits::of(self.layout, child).contains(PaintTraits::FIXED_TO_VIEWPORT));
            let in_view = if is_fixed { self.spaces.fixed(place).1 } else { scope };
            self.visit_child(link, place, scope, in_view, around);
        }
    }

    /// Puts the children of a box that may be seen on the stack, the first on top.
    fn visit_children_of(
        &mut self,
        fragment: &'a BoxFragment,
        place: Place,
        scope: Scope,
        around: Around<'a>,
    ) {
        let reach = self.spaces.reach;
        let may_be_seen = |area: LayoutRect| is_within(area, place, scope, reach);
        self.visit_children(fragment.children_in_bands(may_be_seen), place, scope, around);
    }

    fn visit_children(
        &mut self,
        children: impl DoubleEndedIterator<Item = &'a FragmentLink>,
        place: Place,
        scope: Scope,
        around: Around<'a>,
    ) {
        for link in children.rev() {
            self.visit_child(link, place, scope, scope, around);
        }
    }

    /// Puts a child on the stack where something of it is in what `in_view` wants.
    fn visit_child(
        &mut self,
        link: &'a FragmentLink,
        place: Place,
        scope: Scope,
        in_view: Scope,
        around: Around<'a>,
    ) {
        if link.is_hidden {
            return;
        }
        let place = place.moved(link.offset);
        let size = LayoutRect::from_size(link.fragment.size());
        let extent = link.fragment.scrollable_overflow().union(&size);
        if is_within(extent, place, in_view, self.spaces.reach) {
            self.work.push(Work::Visit(Visit { fragment: &link.fragment, place, scope, around }));
        }
    }
}

/// Whether an area at a place, with all that inks `reach` CSS px outside of it, is in what is wanted.
fn is_within(area: LayoutRect, place: Place, scope: Scope, reach: f32) -> bool {
    scope.cull.is_none_or(|cull| {
        let area = to_css_rect(area.translate(place.offset.to_vector()));
        area.inflate(reach, reach).intersects(&cull)
    })
}

/// A part of a table whose background lies behind cells.
#[derive(Clone, Copy)]
struct Part {
    style: StyleKey,
    rect: LayoutRect,
    /// Of a column: the side at which cells begin. Behind one that spans several columns is the background of the first.
    column_start: Option<PhysicalSide>,
}

/// Whether a cell begins in a column.
fn begins_in(column: LayoutRect, cell: LayoutRect, start: PhysicalSide) -> bool {
    let (edge, from, to) = match start {
        PhysicalSide::Left => (cell.min_x() + LayoutUnit::EPSILON, column.min_x(), column.max_x()),
        PhysicalSide::Right => (cell.max_x() - LayoutUnit::EPSILON, column.min_x(), column.max_x()),
        PhysicalSide::Top => (cell.min_y() + LayoutUnit::EPSILON, column.min_y(), column.max_y()),
        PhysicalSide::Bottom => (cell.max_y() - LayoutUnit::EPSILON, column.min_y(), column.max_y()),
    };
    (from..to).contains(&edge)
}

/// The children of one kind, with their places.
fn boxes_of(
    parent: &BoxFragment,
    place: Place,
    kind: ContextKind,
) -> impl Iterator<Item = (&BoxFragment, Place)> {
    parent.children.iter().filter_map(move |link| match &link.fragment {
        Fragment::Box(fragment) if fragment.context == kind => Some((&**fragment, place.moved(link.offset))),
        _ => None,
    })
}

/// How a box takes part in the painting order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A positioned box or a stacking context.
    Stacked,
    /// A float that is neither: painted as a whole, with the floats.
    Float,
    /// An inline block, a flex or grid item: painted as a whole, with inline-level content.
    Atomic,
    /// An inline box, or replaced content between text.
    Inline,
    /// A block-level box in flow, or a part of a table.
    Block,
}

impl Role {
    fn of(traits: PaintTraits, fragment: &BoxFragment, parent: Parent) -> Role {
        if traits.contains(PaintTraits::STACKED) {
            Role::Stacked
        } else if traits.contains(PaintTraits::FLOAT) && parent != Parent::Items {
            Role::Float
        } else if parent == Parent::Items {
            Role::Atomic
        } else if parent == Parent::Inlines {
            // Replaced content has no descendants that could come between, and needs no context.
            match fragment.context {
                ContextKind::InlineBox => Role::Inline,
                ContextKind::Replaced if fragment.children.is_empty() => Role::Inline,
                _ => Role::Atomic,
            }
        } else {
            Role::Block
        }
    }

    fn makes_context(self) -> bool {
        matches!(self, Role::Stacked | Role::Float | Role::Atomic)
    }
}
