//! The box tree: the boxes that CSS generates for the document.
//! <https://drafts.csswg.org/css-display-4/#box-tree>

mod inline_contents;
mod offset_map;
mod replaced;

use std::fmt;

use fanlight_dom::NodeId;

pub use inline_contents::{InlineContents, InlineItem, InlineItemKind};
pub use offset_map::OffsetMap;
pub use replaced::{ControlKind, Replaced, ReplacedKind};

/// A box of a [`BoxTree`]. Ids stay what they are while the box lives, from one layout to the next; painting order
/// comes from [`BoxTree::tree_order`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoxId(u32);

impl BoxId {
    /// The initial containing block, the root of every box tree.
    pub const VIEWPORT: BoxId = BoxId(0);

    /// The place in the arena.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for BoxId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "box {}", self.0)
    }
}

/// What a box was generated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoxSource {
    /// An element, or a text node.
    Node(NodeId),
    /// A pseudo-element of an element.
    Pseudo(NodeId, GeneratedFor),
    /// No element: a box that makes the tree sound. The node is the nearest element around.
    /// <https://drafts.csswg.org/css-display-4/#anonymous>
    Anonymous(NodeId, AnonymousKind),
}

/// The pseudo-elements that generate boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeneratedFor {
    /// `::before`. <https://drafts.csswg.org/css-pseudo-4/#selectordef-before>
    Before,
    /// `::after`. <https://drafts.csswg.org/css-pseudo-4/#selectordef-after>
    After,
    /// `::marker`. <https://drafts.csswg.org/css-lists-3/#marker-pseudo>
    Marker,
    /// `::first-letter`. <https://drafts.csswg.org/css-pseudo-4/#first-letter-pseudo>
    FirstLetter,
    /// `::placeholder`. <https://drafts.csswg.org/css-pseudo-4/#placeholder-pseudo>
    Placeholder,
}

/// Why an anonymous box is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnonymousKind {
    /// The initial containing block.
    Viewport,
    /// A block around inline-level siblings of block-level boxes. <https://drafts.csswg.org/css2/#anonymous-block-level>
    Block,
    /// A flex or grid item around text. <https://drafts.csswg.org/css-flexbox-1/#flex-items>
    Item,
    /// A missing part of a table. <https://drafts.csswg.org/css-tables-3/#fixup>
    TablePart,
    /// What a form control shows inside itself.
    ControlContents,
}

/// The boxes of a document, in an arena.
#[derive(Clone, Debug, Default)]
pub struct BoxTree {
    boxes: Vec<LayoutBox>,
}

/// A box. Its computed style and its kind, with replaced content, come with the style stage.
#[derive(Clone, Debug)]
pub struct LayoutBox {
    /// What it was generated for.
    pub source: BoxSource,
    /// The box around it; nothing for the initial containing block.
    pub parent: Option<BoxId>,
}

impl BoxTree {
    /// A box. Ids come from this tree, so it is there.
    pub fn get(&self, id: BoxId) -> &LayoutBox {
        &self.boxes[id.index()]
    }
}
