//! What boxes keep when they are generated again: a box of the same source is the same box, and keeps its id.

use std::sync::Arc;

use fanlight_css::ComputedStyle;
use fanlight_css::properties::Affects;
use rustc_hash::FxHashMap;

use super::node_index::NodeIndex;
use super::{BlockContents, BoxId, BoxKind, BoxTree, LayoutBox, TableAttributes};

/// The boxes of before, while a tree is made again.
#[derive(Clone, Debug)]
pub(crate) struct Former {
    /// Those that have not been generated again.
    by_node: NodeIndex,
    /// By id, those that have.
    again: Vec<Option<LayoutBox>>,
    /// By id, whether there was no such box or it was generated again.
    is_settled: Vec<bool>,
    table_attributes: FxHashMap<BoxId, TableAttributes>,
}

impl BoxTree {
    /// An empty tree in whose place this one was: boxes that are added for the same sources get the same ids.
    pub(crate) fn emptied(self) -> BoxTree {
        let mut is_settled = vec![false; self.boxes.len()];
        for id in &self.free {
            is_settled[id.index()] = true;
        }
        let mut again = Vec::new();
        again.resize_with(self.boxes.len(), || None);
        let former =
            Former { by_node: self.by_node, again, is_settled, table_attributes: self.table_attributes };
        BoxTree { boxes: self.boxes, free: self.free, former: Some(Box::new(former)), ..BoxTree::default() }
    }

    /// Adds a box. It has the id of the former box of the same source, where there was one.
    pub(crate) fn add(&mut self, layout_box: LayoutBox) -> BoxId {
        let source = layout_box.source;
        let boxes = &self.boxes;
        let former = self.former.as_mut().and_then(|former| {
            let id = former.by_node.take(source.node(), |id| boxes[id.index()].source == source)?;
            former.is_settled[id.index()] = true;
            Some((id, former))
        });
        let id = match (former, self.free.pop()) {
            (Some((id, former)), free) => {
                self.free.extend(free);
                former.again[id.index()] = Some(std::mem::replace(&mut self.boxes[id.index()], layout_box));
                id
            }
            (None, Some(id)) => {
                self.boxes[id.index()] = layout_box;
                id
            }
            (None, None) => {
                let id = u32::try_from(self.boxes.len()).expect("memory ends before that many boxes");
                self.boxes.push(layout_box);
                BoxId(id)
            }
        };
        self.by_node.add(source.node(), id);
        id
    }

    /// Ends what [`BoxTree::emptied`] began: frees the boxes that were not generated again, and says which others are not
    /// as they were.
    pub(crate) fn compare_with_former(&mut self) -> Vec<(BoxId, Difference)> {
        let Some(mut former) = self.former.take() else { return Vec::new() };
        let mut different = Vec::new();
        for index in 0..self.boxes.len() {
            let id = BoxId(index as u32);
            match former.again.get_mut(index).and_then(Option::take) {
                Some(old) => {
                    let attributes = former.table_attributes.get(&id).copied().unwrap_or_default();
                    if let Some(difference) = self.difference(id, old, attributes) {
                        different.push((id, difference));
                    }
                }
                None if former.is_settled.get(index) == Some(&false) => {
                    self.free(id);
                    different.push((id, Difference::Whole));
                }
                None => different.push((id, Difference::Whole)),
            }
        }
        different
    }

    /// Takes away what a box holds that is in no tree.
    fn free(&mut self, id: BoxId) {
        let freed = self.get_mut(id);
        freed.parent = None;
        freed.kind = BoxKind::TooDeep;
        self.free.push(id);
    }

    fn difference(
        &mut self,
        id: BoxId,
        old: LayoutBox,
        old_attributes: TableAttributes,
    ) -> Option<Difference> {
        let is_same_table_part = self.table_attributes(id) == old_attributes;
        let new = self.get_mut(id);
        if new.parent != old.parent {
            return Some(Difference::Moved);
        }
        let is_same_box = is_same_table_part
            && new.control == old.control
            && new.legend == old.legend
            && new.text_start == old.text_start
            && new.is_body == old.is_body
            && new.is_alternative == old.is_alternative
            && is_as_first_line(new.first_line_style.as_ref(), old.first_line_style.as_ref())
            && is_laid_out_as(&new.style, &old.style);
        match (is_same_box, is_same_kind(&mut new.kind, &old.kind)) {
            (true, true) => None,
            (true, false) if has_blocks(&new.kind) && has_blocks(&old.kind) => Some(Difference::Blocks),
            _ => Some(Difference::Changed { old: old.style }),
        }
    }
}

/// How a box is not as it was.
pub(crate) enum Difference {
    /// There was no such box, or there is none any more.
    Whole,
    /// It is in another box.
    Moved,
    /// It has other block-level boxes in it.
    Blocks,
    /// It is another, and had this style.
    Changed { old: Arc<ComputedStyle> },
}

fn is_laid_out_as(new: &Arc<ComputedStyle>, old: &Arc<ComputedStyle>) -> bool {
    Arc::ptr_eq(new, old) || new.affects(old) < Affects::Layout
}

fn is_as_first_line(new: Option<&Arc<ComputedStyle>>, old: Option<&Arc<ComputedStyle>>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => is_laid_out_as(new, old),
        (None, None) => true,
        _ => false,
    }
}

fn has_blocks(kind: &BoxKind) -> bool {
    matches!(kind, BoxKind::BlockContainer(BlockContents::Blocks(_)))
}

/// Whether two boxes hold the same. Lines that do share what they hold.
fn is_same_kind(new: &mut BoxKind, old: &BoxKind) -> bool {
    match (new, old) {
        (
            BoxKind::BlockContainer(BlockContents::Lines(new)),
            BoxKind::BlockContainer(BlockContents::Lines(old)),
        ) => {
            let is_same = **new == **old;
            if is_same {
                *new = old.clone();
            }
            is_same
        }
        (
            BoxKind::BlockContainer(BlockContents::Blocks(new)),
            BoxKind::BlockContainer(BlockContents::Blocks(old)),
        )
        | (BoxKind::Flex(new), BoxKind::Flex(old))
        | (BoxKind::Grid(new), BoxKind::Grid(old))
        | (BoxKind::TableColumnGroup(new), BoxKind::TableColumnGroup(old))
        | (BoxKind::TableSection(new), BoxKind::TableSection(old))
        | (BoxKind::TableRow(new), BoxKind::TableRow(old))
        | (BoxKind::Inline(new), BoxKind::Inline(old)) => new == old,
        (BoxKind::Table(new), BoxKind::Table(old)) => new == old,
        (BoxKind::Text(new), BoxKind::Text(old)) => new == old,
        (BoxKind::Replaced(new), BoxKind::Replaced(old)) => new == old,
        (BoxKind::Frameset(new), BoxKind::Frameset(old)) => new == old,
        (BoxKind::TableColumn, BoxKind::TableColumn)
        | (BoxKind::LineBreak, BoxKind::LineBreak)
        | (BoxKind::WordBreakOpportunity, BoxKind::WordBreakOpportunity)
        | (BoxKind::TooDeep, BoxKind::TooDeep) => true,
        _ => false,
    }
}
