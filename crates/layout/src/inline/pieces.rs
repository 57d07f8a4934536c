//! What is on a line, in visual order and with its place, before it becomes fragments.

use std::sync::Arc;

use fanlight_base::geometry::{LayoutSize, LayoutVector};
use fanlight_base::{LayoutUnit, Sides};
use thin_vec::ThinVec;

use crate::flow::{LogicalOffset, WritingMode};
use crate::formatting::{LayoutResult, Layouter, OutOfFlow, builder};
use crate::fragment::{BoxFragment, Fragment, FragmentLink, TextFragment};
use crate::overflow;

/// A fragment with its place on the line, line-left being the start.
pub(super) struct Piece {
    pub offset: LogicalOffset,
    pub relative: LayoutVector,
    pub margin: Sides<LayoutUnit>,
    pub content: PieceContent,
    pub is_hidden: bool,
}

pub(super) enum PieceContent {
    Text(TextFragment),
    Atomic(Arc<LayoutResult>),
    Box(Box<BoxFragment>, Vec<Piece>),
}

impl PieceContent {
    /// The size of the border box, or of the text.
    pub fn size(&self) -> LayoutSize {
        match self {
            PieceContent::Text(text) => text.size,
            PieceContent::Atomic(result) => result.fragment.size,
            PieceContent::Box(fragment, _) => fragment.size,
        }
    }
}

/// The links of a fragment that lies at `origin` on the line and is `size` large. What waits for its containing block is told
/// from the corner of that fragment.
pub(super) fn link(
    pieces: Vec<Piece>,
    origin: LogicalOffset,
    size: LayoutSize,
    mode: WritingMode,
    out_of_flow: &mut ThinVec<OutOfFlow>,
    layouter: &Layouter<'_>,
) -> Box<[FragmentLink]> {
    let axis = mode.on_line();
    let mut links = Vec::with_capacity(pieces.len());
    links.extend(pieces.into_iter().map(|piece| {
        let mut inner = ThinVec::new();
        let fragment = match piece.content {
            PieceContent::Text(text) => Fragment::Text(Arc::new(text)),
            PieceContent::Atomic(result) => {
                inner.extend(result.out_of_flow.iter().copied());
                Fragment::Box(result.fragment.clone())
            }
            PieceContent::Box(mut fragment, children) => {
                let links = link(children, piece.offset, fragment.size, mode, &mut inner, layouter);
                fragment.scrollable_overflow =
                    overflow::of_box(layouter.boxes, &fragment, &links, &[], None, mode);
                fragment.children = links;
                Fragment::Box(Arc::new(*fragment))
            }
        };
        let offset = (piece.offset - origin).to_physical(axis, size, fragment.size()) + piece.relative;
        out_of_flow.extend(inner.into_iter().map(|waiting| builder::moved(waiting, offset)));
        FragmentLink { offset, margin: piece.margin, fragment, is_hidden: piece.is_hidden }
    }));
    links.into_boxed_slice()
}
