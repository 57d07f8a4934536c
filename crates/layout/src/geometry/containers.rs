//! How large query containers came out.

use fanlight_base::geometry::CssSize;
use fanlight_dom::NodeId;
use rustc_hash::FxHashSet;

use crate::LayoutTree;
use crate::box_tree::BoxSource;
use crate::fragment::{ContextKind, Fragment};

/// The sizes of the content boxes of those elements that `is_container` names, in CSS px: for container queries. What has no
/// box is not among them; of a box in several fragments it is the first.
/// <https://drafts.csswg.org/css-conditional-5/#width-container>
pub fn content_box_sizes(tree: &LayoutTree, is_container: &dyn Fn(NodeId) -> bool) -> Vec<(NodeId, CssSize)> {
    let mut sizes = Vec::new();
    let mut seen = FxHashSet::default();
    let mut walk: Vec<&Fragment> = tree.root.children.iter().map(|link| &link.fragment).collect();
    while let Some(fragment) = walk.pop() {
        if let Fragment::Box(found) = fragment
            && let BoxSource::Node(node) = tree.boxes.get(found.style.box_id).source
            && found.context != ContextKind::Column
            && is_container(node)
            && seen.insert(node)
        {
            let width = found.size.width - found.border.horizontal() - found.padding.horizontal();
            let height = found.size.height - found.border.vertical() - found.padding.vertical();
            sizes.push((node, CssSize::new(width.to_f32().max(0.0), height.to_f32().max(0.0))));
        }
        walk.extend(fragment.children().iter().rev().map(|link| &link.fragment));
    }
    sizes
}
