//! The layout of a flex or grid container as its own formatting context: its size from the properties where they give it,
//! the rest from taffy.

use fanlight_base::LayoutUnit;
use fanlight_css::values::NormalOr;
use taffy::LayoutOutput;

use super::{Algorithm, InlineQuestion, Lengths, Node, Question, Style, Tree, styles};
use crate::box_tree::BoxId;
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::formatting::sizing::{self, Edges};
use crate::formatting::{Constraints, FragmentBuilder, LayoutResult, Layouter};
use crate::fragment::ContextKind;
use crate::{flex, grid, style};

/// Gives the items of a container with their styles.
type ItemStyles = fn(&mut Lengths, &mut Layouter<'_>, BoxId, WritingMode) -> Vec<Node>;

/// What sets flex and grid apart.
pub(crate) struct Contents {
    pub algorithm: Algorithm,
    pub context: ContextKind,
    /// Adds what only this kind of container has to its style.
    pub container_style: fn(&mut Lengths, &Layouter<'_>, BoxId, &Edges, &mut Style),
    /// The items, as they are laid out, and their styles.
    pub items: ItemStyles,
}

impl Contents {
    /// The container with its items.
    pub fn tree<'t, 'l>(
        &self,
        layouter: &'t mut Layouter<'l>,
        id: BoxId,
        edges: &Edges,
        limits: (Option<LayoutUnit>, Option<LayoutUnit>),
    ) -> Tree<'t, 'l> {
        let computed = layouter.boxes.get(id).style.clone();
        let mode = style::writing_mode(&computed);
        let mut lengths = Lengths::default();
        let mut container = styles::container(&mut lengths, &computed, mode, edges, limits);
        (self.container_style)(&mut lengths, layouter, id, edges, &mut container);
        let items = (self.items)(&mut lengths, layouter, id, mode);
        let mut tree = Tree::new(layouter, id, container, lengths, items);
        tree.edges = *edges;
        tree.limits.block = limits;
        tree
    }

    /// Lays out a container.
    pub fn layout(&self, layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutResult {
        let Solved { mut tree, output, inline, block, intrinsic, edges, content, question } =
            self.solve(layouter, id, constraints);
        let mut builder = FragmentBuilder::new(id, tree.mode, self.context, edges);
        let areas_contain =
            self.algorithm == Algorithm::Grid && style::contains_absolute(&tree.layouter.boxes.get(id).style);
        tree.finish(&mut builder, &output, content, areas_contain);
        if areas_contain {
            let question = Question { block: Some(block), ..question };
            grid::give_areas_to_descendants(&mut tree, &mut builder, question);
        }
        builder.finish(tree.layouter, LogicalSize::new(inline, block), intrinsic)
    }

    /// The border-box block size that the content of a container asks for whose block size is known: tracks of a grid and items
    /// of a single row that stretch ask for what they get of that.
    /// <https://drafts.csswg.org/css-sizing-3/#min-size-properties>
    fn asked_within(&self, tree: &mut Tree<'_, '_>, question: Question, edges: &LogicalSides) -> LayoutUnit {
        let has_one_row =
            self.algorithm == Algorithm::Flex && flex::has_one_row(&tree.layouter.boxes.get(tree.id).style);
        if has_one_row {
            tree.perform(self.algorithm, question);
            return tree.highest_item() + edges.block_sum();
        }
        if self.algorithm == Algorithm::Grid {
            tree.perform(self.algorithm, question);
            return tree.rows_total + edges.block_sum();
        }
        super::from_taffy(tree.perform(self.algorithm, Question { block: None, ..question }).size.height)
    }

    /// Finds the sizes and places of all items, where nothing breaks the container.
    pub(super) fn solve<'t, 'l>(
        &self,
        layouter: &'t mut Layouter<'l>,
        id: BoxId,
        constraints: &Constraints,
    ) -> Solved<'t, 'l> {
        let computed = layouter.boxes.get(id).style.clone();
        let mode = style::writing_mode(&computed);
        let edges = sizing::edges(&computed, mode, constraints.margin_basis);
        let sums = edges.sum();
        let inline = sizing::inline_size(layouter, id, constraints);
        let definite = sizing::child_percentage_block(layouter, id, constraints, sums, inline);
        let mut known = constraints
            .fixed
            .block
            .or_else(|| sizing::definite_block_size(&computed, mode, constraints, sums))
            .map(|known| known.max(sums.block_sum()));
        let content_inline = (inline - sums.inline_sum()).clamp_negative_to_zero();
        let limits = match constraints.ignores_block_size {
            true => (None, None),
            false => styles::block_limits(&computed, mode, constraints, &sums),
        };
        let mut tree = self.tree(layouter, id, &edges, limits);
        if self.algorithm == Algorithm::Flex {
            tree.set_content_inline(content_inline);
            flex::resolve_limits(&mut tree, content_inline);
            if definite.is_none() && known.is_some() {
                flex::forget_block_percentages(&mut tree);
                tree.set_block_indefinite();
            }
            if definite.is_none()
                && matches!(&computed.flex.row_gap, NormalOr::Value(gap) if gap.has_percentage())
            {
                // https://drafts.csswg.org/css-align-3/#column-row-gap: the share of a size that is not definite is nothing.
                tree.container.gap.height = taffy::LengthPercentage::length(0.0);
            }
        }
        let mut question = Question {
            inline: InlineQuestion::Known(inline),
            block: known,
            block_is_definite: constraints.fixed.block.is_none() || constraints.fixed_block_is_definite,
        };
        if known.is_some()
            && constraints.fixed.block.is_none()
            && sizing::has_intrinsic_block_limits(&computed, mode)
        {
            let asked = self.asked_within(&mut tree, question, &sums);
            known = Some(sizing::block_size(tree.layouter, id, constraints, inline, asked));
            question.block = known;
        }
        let natural = match (known, self.algorithm) {
            (None, Algorithm::Flex) => flex::hypothetical_block_size(&mut tree, question, sums.block_sum()),
            _ => None,
        };
        let takes_ratio = known.is_none()
            && match self.algorithm {
                Algorithm::Flex => flex::has_one_row(&computed),
                // https://drafts.csswg.org/css-grid-2/#available-grid-space
                Algorithm::Grid => !constraints.ignores_block_size,
            };
        let from_ratio = sizing::preferred_ratio(&computed, mode).filter(|_| takes_ratio).map(|ratio| {
            sizing::through_ratio(&computed, inline, ratio.recip(), sums.inline_sum(), sums.block_sum())
        });
        let mut output = match natural {
            // https://drafts.csswg.org/css-flexbox-1/#definite-sizes: what stretches is as high as the ratio says.
            _ if from_ratio.is_some() => {
                tree.perform(self.algorithm, Question { block: from_ratio, ..question })
            }
            Some(natural) => {
                let block = Some(styles::within(natural, limits));
                tree.perform(self.algorithm, Question { block, block_is_definite: false, ..question })
            }
            None => tree.perform(self.algorithm, question),
        };
        let found = super::from_taffy(output.size.height);
        let intrinsic = match self.algorithm {
            _ if from_ratio.is_none() => found,
            Algorithm::Flex => tree.highest_item() + sums.block_sum(),
            Algorithm::Grid => tree.rows_total + sums.block_sum(),
        };
        let block = match known {
            Some(known) => known,
            None => sizing::block_size(tree.layouter, id, constraints, inline, intrinsic),
        };
        if block != found {
            // The properties had the last word, an aspect ratio for one.
            output = tree.perform(self.algorithm, Question { block: Some(block), ..question });
        }
        let content = LogicalSize::new(Some(content_inline), definite);
        Solved { tree, output, inline, block, intrinsic, edges, content, question }
    }
}

/// A container all of whose items have their sizes and places.
pub(super) struct Solved<'t, 'l> {
    pub tree: Tree<'t, 'l>,
    pub output: LayoutOutput,
    /// The border-box inline size.
    pub inline: LayoutUnit,
    /// The border-box block size.
    block: LayoutUnit,
    /// What the items ask for instead.
    pub intrinsic: LayoutUnit,
    pub edges: Edges,
    /// What percentages of `position: relative` refer to.
    pub content: LogicalSize<Option<LayoutUnit>>,
    question: Question,
}
