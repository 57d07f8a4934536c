//! Multi-column containers. <https://drafts.csswg.org/css-multicol-1/>
//!
//! The contents of a container are a formatting context of their own that is laid out column by column ([`row`]), each of
//! them a fragmentainer ([`fragmentation`](crate::fragmentation)). A box that spans all columns ends a row of them, and
//! stands between it and the next ([`container`]). Positioned boxes whose containing block is in the columns come last
//! ([`out_of_flow`]).

mod columns;
mod container;
mod flow;
mod intrinsic;
mod out_of_flow;
mod row;

pub(crate) use container::layout;
pub(crate) use intrinsic::content_sizes;

use crate::box_tree::{BoxId, BoxKind, BoxTree, Control};
use crate::style;

/// Whether a box is a multi-column container. <https://drafts.csswg.org/css-multicol-1/#multi-column-container>
pub(crate) fn is_container(boxes: &BoxTree, id: BoxId) -> bool {
    let layout_box = boxes.get(id);
    matches!(layout_box.kind, BoxKind::BlockContainer(_))
        && style::is_multi_column(&layout_box.style)
        && layout_box.control.as_deref().is_none_or(Control::is_button)
        && layout_box.legend.is_none()
        && id != BoxId::VIEWPORT
}

/// Whether a box leaves the columns that it is in, to span them all: nothing between it and the multi-column container
/// keeps it in a formatting context. <https://drafts.csswg.org/css-multicol-1/#column-span>
pub(crate) fn leaves_columns(boxes: &BoxTree, id: BoxId) -> bool {
    let computed = &boxes.get(id).style;
    if !style::spans_all_columns(computed)
        || style::is_floating(computed)
        || computed.boxes.position.is_absolutely_positioned()
    {
        return false;
    }
    let around = boxes.ancestors(id).find(|&around| !keeps_no_spanners(boxes, around));
    around.is_some_and(|around| is_container(boxes, around))
}

/// Whether what is directly in a box may leave it to span columns: it makes no formatting context.
fn keeps_no_spanners(boxes: &BoxTree, id: BoxId) -> bool {
    let layout_box = boxes.get(id);
    match layout_box.kind {
        BoxKind::Inline(_) => true,
        BoxKind::BlockContainer(_) => !style::establishes_block_formatting_context(&layout_box.style),
        _ => false,
    }
}
