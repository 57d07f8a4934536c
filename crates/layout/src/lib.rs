//! Layout: the document and its computed styles become a box tree, and the box tree becomes fragments.
//!
//! [`layout()`] is the stage. In order, it
//!
//! 1. makes boxes ([`box_tree`]): generated content, counters, markers, anonymous boxes, inline items;
//! 2. lays them out ([`formatting`]): each formatting context is a function from a box and constraints to a fragment, with
//!    its answers kept: [`block`] flow with [`float`]s and [`inline`] lines, [`multicol`] containers with what is broken over
//!    columns ([`fragmentation`]), [`positioned`] boxes, [`replaced`] content, [`frameset`]s;
//! 3. yields a [`LayoutTree`]: boxes and [`fragment`]s, which painting, hit testing and [`geometry`] queries read.
//!
//! A second layout of the same document goes on from the first ([`update`]). [`ask_for_fonts()`] says which fonts a first
//! one will need.
//!
//! Layout thinks in flow-relative axes ([`flow`]); only fragments are physical. Positions in a fragment are relative to its
//! parent. Styles are read in one place, [`style`].

mod ask_for_fonts;
mod block;
pub mod box_tree;
mod controls;
mod dump;
mod flex;
pub mod float;
pub mod flow;
mod formatting;
pub mod fragment;
mod fragmentation;
mod frameset;
pub mod geometry;
mod grid;
mod inline;
mod layout;
pub mod limits;
mod multicol;
mod overflow;
mod positioned;
mod relevance;
mod replaced;
mod style;
mod table;
mod taffy_tree;
mod update;

pub use ask_for_fonts::ask_for_fonts;
pub use box_tree::{
    AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource, BoxTree, Control, ControlKind, FrameLength,
    Frameset, GeneratedFor, InlineContents, InlineItem, InlineItemKind, LayoutBox, MeterRegion, OffsetMap,
    PickerIcon, Replaced, ReplacedKind, TableParts, reads_attribute, reads_states,
};
pub use flow::{BlockFlow, LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
pub use fragment::{
    AppliedDecoration, BoxEdges, BoxFragment, CollapsedBorders, CollapsedEdge, ContextKind, Fragment,
    FragmentLink, LineFragment, PhysicalSide, PlacedGlyph, SpecialParts, StyleKey, TableFragment,
    TextCharacters, TextFragment, TextFragmentKind,
};
pub use layout::{
    ElementImage, ElementStyles, LayoutInput, LayoutTree, NothingReplaced, ReplacedContent, layout,
};
pub use positioned::sticky_shift;
pub use relevance::Relevance;
pub use style::{
    MarkerSymbol, alternate_kind, font_description, font_features, font_variations, marker_symbol,
    marker_symbol_size, transform_matrix, transform_matrix_in, transform_origin,
};
pub use update::{LayoutChanges, PreviousLayout};
