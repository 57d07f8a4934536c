//! Where things are: transforms and scroll offsets, each relative to its parent.

use fanlight_base::geometry::{CssRect, CssSize, CssTransform, CssVector};

/// Names a node of a [`SpatialTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpatialId(pub u32);

impl SpatialId {
    /// The viewport: what it holds never moves. Fixed boxes hang here.
    pub const VIEWPORT: SpatialId = SpatialId(0);
    /// The document, which scrolls in the viewport.
    pub const DOCUMENT: SpatialId = SpatialId(1);
}

/// A coordinate space.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialNode {
    /// The space it is in; `None` for the viewport alone.
    pub parent: Option<SpatialId>,
    /// How its coordinates become its parent's.
    pub kind: SpatialKind,
}

/// How the coordinates of a space become its parent's.
#[derive(Clone, Debug, PartialEq)]
pub enum SpatialKind {
    /// By a transform, its origin and the parent's `perspective` multiplied in. Flattened to two dimensions when drawn.
    /// <https://drafts.csswg.org/css-transforms-1/#transform-rendering>
    Transform {
        /// From this space to the parent's.
        matrix: CssTransform,
        /// Whether the back is hidden when it faces the viewer (`backface-visibility: hidden`).
        backface_hidden: bool,
    },
    /// By scrolling: the offset is subtracted.
    Scroll(ScrollNode),
}

/// A scroll container's content. <https://drafts.csswg.org/css-overflow-3/#scroll-container>
#[derive(Clone, Debug, PartialEq)]
pub struct ScrollNode {
    /// The element that scrolls, as its place in the document's arena; `None` for the viewport.
    pub node: Option<u32>,
    /// How far it is scrolled, in CSS px.
    pub offset: CssVector,
    /// The scrollport in the parent's space, in CSS px.
    pub scrollport: CssRect,
    /// The scrollable overflow area's size, in CSS px.
    pub content_size: CssSize,
}

/// All coordinate spaces; a parent comes before its children.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialTree {
    nodes: Vec<SpatialNode>,
}

impl Default for SpatialTree {
    /// The viewport and a document that does not scroll.
    fn default() -> Self {
        let viewport = SpatialNode {
            parent: None,
            kind: SpatialKind::Transform { matrix: CssTransform::identity(), backface_hidden: false },
        };
        let document = SpatialNode {
            parent: Some(SpatialId::VIEWPORT),
            kind: SpatialKind::Scroll(ScrollNode {
                node: None,
                offset: CssVector::zero(),
                scrollport: CssRect::zero(),
                content_size: CssSize::zero(),
            }),
        };
        SpatialTree { nodes: vec![viewport, document] }
    }
}

impl SpatialTree {
    /// A tree whose document scrolls so.
    pub fn new(document: ScrollNode) -> Self {
        let mut tree = SpatialTree::default();
        tree.nodes[1].kind = SpatialKind::Scroll(document);
        tree
    }

    /// Adds a space inside `parent`.
    pub fn push(&mut self, parent: SpatialId, kind: SpatialKind) -> SpatialId {
        debug_assert!((parent.0 as usize) < self.nodes.len(), "a parent comes before its children");
        self.nodes.push(SpatialNode { parent: Some(parent), kind });
        SpatialId(self.nodes.len() as u32 - 1)
    }

    /// The space with this name; the viewport when there is none.
    pub fn get(&self, id: SpatialId) -> &SpatialNode {
        self.nodes.get(id.0 as usize).unwrap_or(&self.nodes[0])
    }

    /// All spaces, parents first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (SpatialId, &SpatialNode)> {
        self.nodes.iter().enumerate().map(|(index, node)| (SpatialId(index as u32), node))
    }

    /// Another scroll offset of a scroll node, in CSS px; nothing happens to other nodes.
    pub fn set_scroll_offset(&mut self, id: SpatialId, new_offset: CssVector) {
        if let Some(SpatialNode { kind: SpatialKind::Scroll(scroll), .. }) = self.nodes.get_mut(id.0 as usize)
        {
            scroll.offset = new_offset;
        }
    }

    /// From a space to the viewport, each step flattened.
    pub fn to_viewport(&self, id: SpatialId) -> CssTransform {
        let mut total = CssTransform::identity();
        let mut at = Some(id);
        while let Some(id) = at {
            let node = self.get(id);
            let step = match &node.kind {
                SpatialKind::Transform { matrix, .. } => *matrix,
                SpatialKind::Scroll(scroll) => {
                    CssTransform::translation(-scroll.offset.x, -scroll.offset.y, 0.0)
                }
            };
            total = total.then(&step);
            // Parents have smaller names, so this ends.
            at = node.parent.filter(|parent| parent.0 < id.0);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssPoint;

    #[test]
    fn scrolling_and_transforms_compose_outwards() {
        let mut tree = SpatialTree::new(ScrollNode {
            node: None,
            offset: CssVector::new(0.0, 100.0),
            scrollport: CssRect::zero(),
            content_size: CssSize::zero(),
        });
        let scaled = tree.push(
            SpatialId::DOCUMENT,
            SpatialKind::Transform { matrix: CssTransform::scale(2.0, 2.0, 1.0), backface_hidden: false },
        );
        let point = tree.to_viewport(scaled).transform_point2d(CssPoint::new(10.0, 60.0));
        assert_eq!(point, Some(CssPoint::new(20.0, 20.0)));
        assert_eq!(tree.to_viewport(SpatialId::VIEWPORT), CssTransform::identity());
    }

    #[test]
    fn a_scroll_offset_can_change_without_painting_again() {
        let mut tree = SpatialTree::default();
        tree.set_scroll_offset(SpatialId::DOCUMENT, CssVector::new(3.0, 4.0));
        let point = tree.to_viewport(SpatialId::DOCUMENT).transform_point2d(CssPoint::zero());
        assert_eq!(point, Some(CssPoint::new(-3.0, -4.0)));
    }
}
