//! Inline formatting: text and inline boxes on lines. <https://drafts.csswg.org/css2/#inline-formatting>
//!
//! 1. [`prepare`] finds bidi levels, shapes the text once, and finds where lines may break.
//! 2. [`breaker`] takes items until a line is full.
//! 3. [`line`] aligns them, across the line ([`vertical_align`]) and along it, and makes fragments.
//!    An ellipsis takes the place of what overflows ([`truncate`]).
//!
//! [`ruby`] has a part in each of these.
//!
//! Where several lines end at best, [`optimal`] says; an initial letter is a box of its own ([`initial_letter`]).
//!
//! What is prepared does not depend on any width, so that it is kept from one layout to the next.

pub(crate) mod breaker;
mod decorations;
pub(crate) mod initial_letter;
pub(crate) mod intrinsic;
pub(crate) mod line;
pub(crate) mod optimal;
mod pieces;
mod prepare;
pub(crate) mod ruby;
pub(crate) mod truncate;
mod vertical_align;

use crate::box_tree::{BoxTree, InlineContents, InlineItemKind};
use crate::style::{self, Positioning};

pub(crate) use intrinsic::content_sizes;
pub(crate) use prepare::{BoxText, PreparedItem, PreparedLines, TextMetrics, prepare};

/// Whether nothing is on the lines but text in boxes that are not moved: then nothing on them depends on the block size of
/// their container.
pub(crate) fn is_text_alone(boxes: &BoxTree, contents: &InlineContents) -> bool {
    contents.annotations.iter().all(|annotation| is_text_alone(boxes, &annotation.contents))
        && contents.items.iter().all(|item| match item.kind {
            InlineItemKind::Text
            | InlineItemKind::CombinedText
            | InlineItemKind::Tab
            | InlineItemKind::ForcedBreak
            | InlineItemKind::WordBreakOpportunity
            | InlineItemKind::OpenRubyColumn(_)
            | InlineItemKind::CloseRubyColumn(_) => true,
            InlineItemKind::OpenBox | InlineItemKind::CloseBox => {
                style::position(&boxes.get(item.box_id).style) == Positioning::Static
            }
            InlineItemKind::Atomic
            | InlineItemKind::Float
            | InlineItemKind::OutOfFlow
            | InlineItemKind::Block => false,
        })
}
