//! Ruby: annotations beside the text that they belong to. <https://drafts.csswg.org/css-ruby-1/>
//!
//! 1. [The box tree](crate::box_tree) pairs bases with annotations: an item before and one after each base. The annotation is
//!    an inline formatting context of its own, so that it does not interrupt the text.
//! 2. [`breaking`] measures a base and its annotation, a column, and breaks both where the column does not fit on a line.
//!    [`overhang`] says how far an annotation may reach over its neighbours.
//! 3. [`columns`] makes a line of each annotation and distributes what base or annotation lack in length ([`align`]).
//! 4. [`levels`] stacks annotations above and below the base, each level on one line.
//! 5. [`room`] says how much further apart the lines come for that.
//!
//! The results are Chromium's: what the specification leaves open is as it does it.

mod align;
mod breaking;
mod columns;
pub(crate) mod intrinsic;
mod levels;
mod overhang;
pub(crate) mod room;

use fanlight_base::LayoutUnit;

use super::breaker::{BrokenLine, Place};
use super::{PreparedItem, PreparedLines};
use crate::box_tree::InlineItemKind;

pub(super) use columns::RubyColumn;

/// A place in the annotation of a column that a line ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnPlace {
    /// Which of the annotations of the inline formatting context.
    pub number: u32,
    /// The item of the annotation.
    pub item: usize,
    /// The byte of the annotation's text.
    pub offset: u32,
}

/// A column, or what of it is on one line.
#[derive(Clone, Debug)]
pub(crate) struct BrokenColumn {
    /// Which of the annotations of the inline formatting context.
    pub number: usize,
    /// The items of the line that it begins and ends with.
    pub first: usize,
    pub last: usize,
    /// The items of the inline formatting context that its base is between.
    open: usize,
    close: usize,
    /// Where it begins in its base.
    base_start: Place,
    /// Where it begins in its annotation.
    annotation_start: Place,
    /// What of its annotation is here.
    annotation: BrokenLine,
    /// The length of the longer of base and annotation.
    size: LayoutUnit,
    base_size: LayoutUnit,
    /// How far the annotation may yet reach over text that follows.
    end_overhang: LayoutUnit,
    /// Whether it can be broken.
    is_breakable: bool,
}

impl PreparedLines {
    /// The item that begins the column around the item at `inside`.
    fn column_start(&self, inside: usize, number: u32) -> Option<usize> {
        let open = InlineItemKind::OpenRubyColumn(number);
        self.items[..inside.min(self.items.len())].iter().rposition(|item| item.kind == open)
    }

    /// The item that ends the column which begins at `open`.
    fn column_end(&self, open: usize, number: u32) -> usize {
        let close = InlineItemKind::CloseRubyColumn(number);
        let after = self.items[open..].iter().position(|item| item.kind == close);
        after.map_or(self.items.len(), |after| open + after)
    }

    /// Whether there is ruby in it.
    pub fn has_ruby(&self) -> bool {
        !self.annotations.is_empty()
    }
}

/// Whether an item is an end of an inline box.
fn is_tag(item: &PreparedItem) -> bool {
    matches!(item.kind, InlineItemKind::OpenBox | InlineItemKind::CloseBox)
}

/// The whole length of a broken base or annotation, blanks at its end included.
fn length(line: &BrokenLine) -> LayoutUnit {
    line.inline_size + line.hanging
}
