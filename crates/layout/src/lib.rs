//! Layout: the document and its computed styles become a box tree, and the box tree becomes fragments.
//!
//! The artefact is the box tree and the fragment tree together. Positions in a fragment are relative to its parent.

pub mod box_tree;
pub mod float;
pub mod flow;
pub mod fragment;
pub mod limits;

pub use box_tree::{
    AnonymousKind, BoxId, BoxSource, BoxTree, ControlKind, GeneratedFor, InlineContents, InlineItem,
    InlineItemKind, LayoutBox, OffsetMap, Replaced, ReplacedKind,
};
pub use flow::{BlockFlow, LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
pub use fragment::{
    AppliedDecoration, BoxEdges, BoxFragment, CollapsedBorders, CollapsedEdge, ContextKind, Fragment,
    FragmentLink, LineFragment, PhysicalSide, PlacedGlyph, StyleKey, TableFragment, TextCharacters,
    TextFragment, TextFragmentKind,
};
