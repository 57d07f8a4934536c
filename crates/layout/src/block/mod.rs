//! Block formatting: block-level boxes one below the other, with collapsing margins, floats and lines.
//! <https://drafts.csswg.org/css2/#block-formatting>
//!
//! A box that takes part in its parent's block formatting context does not know where its border edge is until its
//! margins have stopped collapsing: until then its *block offset* in the formatting context is not resolved. Floats that
//! come before are placed where the edge is assumed to be; when that was wrong, layout of the box starts again with the
//! right offset ([`flow::Restart`]). The approach is that of Chromium's LayoutNG, so that the corner cases agree.

mod alignment;
mod annotations;
mod breaks;
mod child;
mod contexts;
mod floats;
mod flow;
mod initial_letter;
mod intrinsic;
mod legend;
mod line_breaks;
pub(crate) mod line_clamp;
mod lines;
mod margin_strut;
mod margins;
mod marker;
mod optimal_lines;
mod reuse;

pub(crate) use flow::{layout_column, layout_root};
pub(crate) use intrinsic::content_sizes;
pub(crate) use margin_strut::MarginStrut;
pub(crate) use margins::used as used_margins;
pub(crate) use reuse::{FlowAnswer, FlowQuestion, FlowRecord, FlowStart};
