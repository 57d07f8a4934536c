//! Formatting contexts: functions from a box and constraints to a fragment, with their answers kept.
//!
//! [`Layouter::layout`] is how every layout asks for the layout of an independent box inside, and
//! [`Layouter::content_sizes`] how it asks for its intrinsic sizes. Both remember, so that nesting stays linear.

pub(crate) mod block_dependence;
pub(crate) mod builder;
mod cache;
mod constraints;
mod font_stacks;
pub(crate) mod orthogonal;
mod result;
pub(crate) mod sizing;

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::LayoutSize;
use fanlight_text::Fonts;

pub(crate) use builder::{Child, FragmentBuilder};
pub(crate) use cache::LayoutCache;
use cache::SizesQuestion;
pub use constraints::{AutoSize, Constraints};
pub(crate) use font_stacks::FontStacks;
pub use result::{
    BlockBasis, LayoutResult, MinMax, OutOfFlow, SafeAlignment, StaticAlignment, StaticEdge, StaticPosition,
};

use crate::block::line_clamp::LineClamp;
use crate::box_tree::{BlockContents, BoxId, BoxKind, BoxTree};
use crate::fragment::ContextKind;
use crate::fragmentation::{BreakRequest, rules::is_monolithic};
use crate::inline::PreparedLines;
use crate::inline::initial_letter::initial_letter;
use crate::inline::line::LineBuffers;
use crate::limits::MAX_MULTICOL_DEPTH;
use crate::{block, flex, flow::LogicalSize, frameset, grid, inline, multicol, replaced, style, table};

/// What layout has at hand while it runs.
pub(crate) struct Layouter<'a> {
    /// The boxes.
    pub boxes: &'a BoxTree,
    /// The fonts of the page.
    pub fonts: &'a Fonts,
    /// The size of the initial containing block.
    pub viewport: LayoutSize,
    /// Whether the document is in quirks mode.
    pub is_quirks: bool,
    /// Whether the document is in no-quirks mode (and not in limited-quirks mode either).
    pub is_no_quirks: bool,
    /// Answers of before.
    pub cache: LayoutCache,
    /// How often it had no answer.
    pub answers: usize,
    /// The lines of the block formatting context that is being laid out, where their number is limited.
    pub line_clamp: LineClamp,
    /// The fonts of the styles that had text so far.
    pub stacks: FontStacks,
    /// What lines are put together in, one after the other.
    pub line_buffers: LineBuffers,
}

impl Layouter<'_> {
    /// Lays out a box that establishes an independent formatting context, or is replaced.
    pub fn layout(&mut self, id: BoxId, constraints: &Constraints) -> Arc<LayoutResult> {
        if let Some(known) = self.cache.result(id, constraints) {
            return known;
        }
        if let Some(known) = self.known_for_automatic_block_size(id, constraints) {
            return known;
        }
        self.answers += 1;
        let boxes = self.boxes;
        let result = match &boxes.get(id).kind {
            BoxKind::BlockContainer(_) if initial_letter(boxes, id).is_some() => {
                inline::initial_letter::layout(self, id, constraints)
            }
            BoxKind::BlockContainer(_) => block_container(self, id, constraints, BreakRequest::default()),
            BoxKind::Replaced(content) => replaced::layout(self, id, content, constraints),
            BoxKind::Frameset(content) => frameset::layout(self, id, content, constraints),
            BoxKind::Flex(_) => flex::CONTENTS.layout(self, id, constraints),
            BoxKind::Grid(_) => grid::CONTENTS.layout(self, id, constraints),
            BoxKind::Table(_) => table::layout(self, id, constraints),
            BoxKind::TableColumnGroup(_)
            | BoxKind::TableColumn
            | BoxKind::TableSection(_)
            | BoxKind::TableRow(_)
            | BoxKind::Inline(_)
            | BoxKind::Text(_)
            | BoxKind::LineBreak
            | BoxKind::WordBreakOpportunity
            | BoxKind::TooDeep => empty(self, id, constraints),
        };
        let result = Arc::new(result);
        self.cache.keep_result(id, *constraints, result.clone());
        result
    }

    /// The answer that a box gave when it was free to have the block size that it is told to have now. Nothing in a box with
    /// text alone depends on it.
    fn known_for_automatic_block_size(
        &self,
        id: BoxId,
        constraints: &Constraints,
    ) -> Option<Arc<LayoutResult>> {
        let layout_box = self.boxes.get(id);
        let BoxKind::BlockContainer(BlockContents::Lines(contents)) = &layout_box.kind else { return None };
        let mode = style::writing_mode(&layout_box.style);
        let wanted = constraints.fixed.block?;
        let known = self.cache.result_by(id, |asked, result| {
            let size = LogicalSize::from_physical(result.fragment.size, mode);
            size.block == wanted
                && asked.fixed.block.is_none()
                && asked.with_block_of(constraints) == *constraints
        })?;
        let is_text_alone = layout_box.control.is_none()
            && !multicol::is_container(self.boxes, id)
            && style::line_clamp(&layout_box.style).is_none()
            && inline::is_text_alone(self.boxes, contents);
        is_text_alone.then_some(known)
    }

    /// The same for a box in a fragmentainer, of which it is one fragment. These answers are not kept: where a box is broken
    /// depends on all that is around it.
    pub fn layout_fragment(
        &mut self,
        id: BoxId,
        constraints: &Constraints,
        request: BreakRequest<'_>,
    ) -> Arc<LayoutResult> {
        let Some(fragmentainer) = constraints.fragmentainer else { return self.layout(id, constraints) };
        let is_too_deep = fragmentainer.depth >= MAX_MULTICOL_DEPTH && multicol::is_container(self.boxes, id);
        if is_too_deep || is_monolithic(self.boxes, id) {
            return self.layout(id, &Constraints { fragmentainer: None, ..*constraints });
        }
        self.answers += 1;
        Arc::new(match &self.boxes.get(id).kind {
            BoxKind::Flex(_) => flex::CONTENTS.layout_fragment(self, id, constraints, fragmentainer, request),
            BoxKind::Grid(_) => grid::CONTENTS.layout_fragment(self, id, constraints, fragmentainer, request),
            BoxKind::Table(_) => table::layout_fragment(self, id, constraints, fragmentainer, request),
            _ => block_container(self, id, constraints, request),
        })
    }

    /// The border-box min-content and max-content inline sizes of a box from what is in it, without its own sizing
    /// properties. `margin_basis` is what percentages of padding refer to.
    pub fn content_sizes(&mut self, id: BoxId, margin_basis: LayoutUnit, block: BlockBasis) -> MinMax {
        let boxes = self.boxes;
        let layout_box = boxes.get(id);
        let has_percentages = style::has_percentage_padding(&layout_box.style);
        let margin_basis = if has_percentages { margin_basis } else { LayoutUnit::ZERO };
        let question = SizesQuestion { margin_basis, block };
        if let Some(known) = self.cache.content_sizes(id, &question) {
            return known;
        }
        self.answers += 1;
        let mode = style::writing_mode(&layout_box.style);
        let contained = match &layout_box.kind {
            BoxKind::Replaced(_) => None,
            _ => style::contained_inline_size(&layout_box.style, mode),
        };
        let sizes = match &layout_box.kind {
            _ if let Some(size) = contained => MinMax::both(size),
            BoxKind::BlockContainer(_) if initial_letter(boxes, id).is_some() => {
                MinMax::both(inline::initial_letter::content_inline_size(self, id))
            }
            BoxKind::BlockContainer(contents) => {
                let inside = sizing::intrinsic_percentage_block(self, id, block);
                let sizes = match contents {
                    BlockContents::Blocks(children) => block::content_sizes(self, id, children, inside),
                    BlockContents::Lines(_) => inline::content_sizes(self, id, inside, LayoutUnit::ZERO),
                };
                if multicol::is_container(boxes, id) {
                    multicol::content_sizes(self, id, sizes, inside)
                } else {
                    sizes
                }
            }
            BoxKind::Replaced(content) => replaced::content_sizes(self, id, content, block.percentage),
            BoxKind::Flex(_) => flex::content_sizes(self, id, block),
            BoxKind::Grid(_) => grid::content_sizes(self, id, block),
            BoxKind::Table(_) => {
                let sizes = table::content_sizes(self, id, margin_basis);
                self.cache.keep_content_sizes(id, question, sizes);
                return sizes;
            }
            _ => MinMax::default(),
        };
        let edges = sizing::edges(&layout_box.style, mode, margin_basis).sum().inline_sum();
        let sizes = crate::controls::inline_sizes(self, id).unwrap_or(sizes).plus(edges);
        self.cache.keep_content_sizes(id, question, sizes);
        sizes
    }

    /// The shaped text of an inline formatting context: as it is on the first line, or on the others.
    pub fn prepared_lines(&mut self, id: BoxId, for_first_line: bool) -> Option<Arc<PreparedLines>> {
        let layout_box = self.boxes.get(id);
        let is_first_line = for_first_line && layout_box.first_line_style.is_some();
        if let Some(known) = self.cache.lines(id, is_first_line) {
            return Some(known);
        }
        let BoxKind::BlockContainer(BlockContents::Lines(contents)) = &layout_box.kind else {
            return None;
        };
        let prepared = Arc::new(inline::prepare(self, id, contents, is_first_line));
        self.cache.keep_lines(id, is_first_line, prepared.clone());
        Some(prepared)
    }
}

/// A block container that establishes a formatting context.
fn block_container(
    layouter: &mut Layouter<'_>,
    id: BoxId,
    constraints: &Constraints,
    request: BreakRequest<'_>,
) -> LayoutResult {
    if multicol::is_container(layouter.boxes, id) {
        multicol::layout(layouter, id, constraints, request)
    } else {
        block::layout_root(layouter, id, constraints, request)
    }
}

/// A box with nothing inside.
fn empty(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutResult {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, constraints.margin_basis);
    let inline_size = sizing::inline_size(layouter, id, constraints);
    let block_size = sizing::block_size(layouter, id, constraints, inline_size, edges.sum().block_sum());
    FragmentBuilder::new(id, mode, ContextKind::TooDeep, edges).finish(
        layouter,
        LogicalSize::new(inline_size, block_size),
        edges.sum().block_sum(),
    )
}
