//! What cuts things: overflow, `clip`, `clip-path`, rounded corners.

use std::sync::Arc;

use fanlight_base::geometry::CssRect;

use super::arena::{Arena, arena_id};
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

/// All clips; a parent comes before its children. A chain has what cuts something, the innermost first.
pub type ClipTree = Arena<ClipNode>;

arena_id!(ClipId of ClipNode);

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
