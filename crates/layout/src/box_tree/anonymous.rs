//! Anonymous boxes. <https://drafts.csswg.org/css2/#anonymous-block-level>

use std::sync::Arc;

use fanlight_css::values::display::Display;
use smallvec::SmallVec;

use super::construct::{anonymous_box, is_blank, is_collapsible_blank};
use super::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxTree, inline_items};
use crate::style::{self, Positioning};

/// How a child takes part in its block container.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    /// Collapsible white space.
    Blank,
    Inline,
    Block,
    /// Floating or absolutely positioned: at home among blocks and in lines.
    OutOfFlow,
    /// A marker outside of its list item: on a line where there is one, else beside the first block.
    Marker,
}

fn level(tree: &BoxTree, id: BoxId) -> Level {
    let layout_box = tree.get(id);
    if is_collapsible_blank(tree, id) {
        return Level::Blank;
    }
    match layout_box.kind {
        _ if tree.is_outside_marker(id) => Level::Marker,
        BoxKind::Text(_) | BoxKind::LineBreak | BoxKind::WordBreakOpportunity => Level::Inline,
        _ if style::is_floating(&layout_box.style)
            || matches!(style::position(&layout_box.style), Positioning::Absolute | Positioning::Fixed) =>
        {
            Level::OutOfFlow
        }
        _ if style::is_inline_level(&layout_box.style) => Level::Inline,
        _ => Level::Block,
    }
}

/// Gives a block container its children: lines, or blocks with anonymous ones around what is inline-level.
pub(super) fn fill_block_container(tree: &mut BoxTree, id: BoxId, mut children: Vec<BoxId>) {
    let levels: SmallVec<[Level; 32]> = children.iter().map(|&child| level(tree, child)).collect();
    let contents = if !levels.contains(&Level::Inline) {
        let mut levels = levels.into_iter();
        children.retain(|_| levels.next() != Some(Level::Blank));
        children.shrink_to_fit();
        BlockContents::Blocks(children)
    } else if !levels.contains(&Level::Block) {
        BlockContents::Lines(Arc::new(inline_items::collect(tree, id, children)))
    } else {
        BlockContents::Blocks(wrap_lines(tree, id, children, &levels))
    };
    tree.get_mut(id).kind = BoxKind::BlockContainer(contents);
}

fn wrap_lines(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>, levels: &[Level]) -> Vec<BoxId> {
    let mut blocks = Vec::new();
    let mut run: Vec<(BoxId, Level)> = Vec::new();
    for (index, (child, &level)) in children.into_iter().zip(levels).enumerate() {
        match level {
            // A marker right before a block goes beside that.
            Level::Marker if levels.get(index + 1) == Some(&Level::Block) => {
                end_run(tree, id, &mut run, &mut blocks);
                blocks.push(child);
            }
            Level::Block => {
                end_run(tree, id, &mut run, &mut blocks);
                blocks.push(child);
            }
            Level::OutOfFlow if !run.iter().any(|(_, level)| *level == Level::Inline) => {
                // Before any text it is a child of the block container.
                run.retain(|(_, level)| *level != Level::Blank);
                blocks.push(child);
            }
            _ => run.push((child, level)),
        }
    }
    end_run(tree, id, &mut run, &mut blocks);
    blocks
}

fn end_run(tree: &mut BoxTree, id: BoxId, run: &mut Vec<(BoxId, Level)>, blocks: &mut Vec<BoxId>) {
    let run = std::mem::take(run);
    if run.iter().any(|(_, level)| *level == Level::Inline) {
        let children = run.into_iter().map(|(child, _)| child).collect();
        let is_first = blocks.iter().all(|&block| level(tree, block) == Level::OutOfFlow);
        let block = block_around(tree, id, AnonymousKind::Block, children);
        if !is_first {
            tree.get_mut(block).first_line_style = None;
        }
        blocks.push(block);
    } else {
        let markers = run.into_iter().filter(|(_, level)| *level == Level::Marker);
        blocks.extend(markers.map(|(marker, _)| marker));
    }
}

/// An anonymous block container with lines around inline-level boxes.
pub(super) fn block_around(
    tree: &mut BoxTree,
    parent: BoxId,
    why: AnonymousKind,
    children: Vec<BoxId>,
) -> BoxId {
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    let block = anonymous_box(tree, parent, why, Display::BLOCK, kind);
    for &child in &children {
        tree.get_mut(child).parent = Some(block);
    }
    let contents = inline_items::collect(tree, block, children);
    tree.get_mut(block).kind = BoxKind::BlockContainer(BlockContents::Lines(Arc::new(contents)));
    block
}

/// The items of a flex or grid container: its children, with anonymous ones around text.
/// <https://drafts.csswg.org/css-flexbox-1/#flex-items>
pub(super) fn items(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) -> Vec<BoxId> {
    let mut items = Vec::new();
    let mut run: Vec<BoxId> = Vec::new();
    let end_run = |tree: &mut BoxTree, run: &mut Vec<BoxId>, items: &mut Vec<BoxId>| {
        let run = std::mem::take(run);
        if run.iter().any(|&child| !is_blank(tree, child)) {
            items.push(block_around(tree, id, AnonymousKind::Item, run));
        }
    };
    for child in children {
        let layout_box = tree.get(child);
        let is_text = matches!(
            layout_box.kind,
            BoxKind::Text(_) | BoxKind::LineBreak | BoxKind::WordBreakOpportunity | BoxKind::Inline(_)
        );
        if is_text {
            run.push(child);
        } else {
            end_run(tree, &mut run, &mut items);
            items.push(child);
        }
    }
    end_run(tree, &mut run, &mut items);
    items
}
