//! What cuts things: overflow, `clip`, `clip-path`, rounded corners.

use std::sync::Arc;

use fanlight_base::geometry::CssRect;

use super::{FillRule, Path, RoundedRect, SpatialId};

/// Names a node of a [`ClipTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClipId(pub u32);

/// A region outside of which nothing is drawn, besides what its parents cut.
#[derive(Clone, Debug, PartialEq)]
pub struct ClipNode {
    /// What cuts as well.
    pub parent: Option<ClipId>,
    /// The space of its coordinates.
    pub spatial: SpatialId,
    /// What is left.
    pub shape: ClipShape,
}

/// The region that is left by a clip, in CSS px.
#[derive(Clone, Debug, PartialEq)]
pub enum ClipShape {
    /// A rectangle.
    Rect(CssRect),
    /// A rectangle with rounded corners.
    RoundedRect(RoundedRect),
    /// The inside of a path.
    Path(Arc<Path>, FillRule),
}

impl ClipShape {
    /// A rectangle around the region, in CSS px.
    pub fn bounds(&self) -> CssRect {
        match self {
            ClipShape::Rect(rect) => *rect,
            ClipShape::RoundedRect(rounded) => rounded.rect,
            ClipShape::Path(path, _) => path.bounds(),
        }
    }
}

/// All clips; a parent comes before its children.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClipTree {
    nodes: Vec<ClipNode>,
}

impl ClipTree {
    /// Adds a clip. `node.parent` must have been added before.
    pub fn push(&mut self, node: ClipNode) -> ClipId {
        debug_assert!(node.parent.is_none_or(|parent| (parent.0 as usize) < self.nodes.len()));
        self.nodes.push(node);
        ClipId(self.nodes.len() as u32 - 1)
    }

    /// The clip with this name.
    pub fn get(&self, id: ClipId) -> Option<&ClipNode> {
        self.nodes.get(id.0 as usize)
    }

    /// All clips, parents first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ClipId, &ClipNode)> {
        self.nodes.iter().enumerate().map(|(index, node)| (ClipId(index as u32), node))
    }

    /// A clip and all that cut as well, the innermost first.
    pub fn chain(&self, id: Option<ClipId>) -> impl Iterator<Item = (ClipId, &ClipNode)> {
        let mut at = id;
        std::iter::from_fn(move || {
            let id = at?;
            let node = self.get(id)?;
            // Parents have smaller names, so this ends.
            at = node.parent.filter(|parent| *parent < id);
            Some((id, node))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_goes_from_the_innermost_outwards() {
        let mut tree = ClipTree::default();
        let shape = ClipShape::Rect(CssRect::zero());
        let outer = tree.push(ClipNode { parent: None, spatial: SpatialId::DOCUMENT, shape: shape.clone() });
        let inner = tree.push(ClipNode { parent: Some(outer), spatial: SpatialId::DOCUMENT, shape });
        let names: Vec<ClipId> = tree.chain(Some(inner)).map(|(id, _)| id).collect();
        assert_eq!(names, [inner, outer]);
        assert_eq!(tree.chain(None).count(), 0);
    }
}
