//! `text-overflow`: what does not fit on a line stays where it is, hidden, and an ellipsis is drawn in its place.
//! <https://drafts.csswg.org/css-overflow-4/#text-overflow>
//!
//! The sizes of elements and what can be scrolled to do not change: only painting and hit testing differ.

use std::ops::Range;
use std::sync::Arc;

use fanlight_base::geometry::LayoutVector;
use fanlight_base::{LayoutUnit, Sides};
use fanlight_text::{Direction, ShapeOptions, next_grapheme_boundary, previous_grapheme_boundary};

use super::line::LineBuilder;
use super::pieces::{Piece, PieceContent};
use crate::flow::{LogicalOffset, LogicalSize, WritingMode};
use crate::fragment::{Expansion, StyleKey, TextCharacters, TextFragment, TextFragmentKind};
use crate::style;

/// What stands for what is not shown, unless the page says otherwise.
pub(crate) const ELLIPSIS: &str = "\u{2026}";

/// How a line is cut.
pub(crate) struct Truncation {
    /// The room on the line.
    pub room: LayoutUnit,
    /// What is drawn in place of what does not fit.
    pub ellipsis: Arc<str>,
}

/// Hides the pieces of a line, `length` long, that reach past the room, and adds the ellipsis.
pub(super) fn apply(
    line: &LineBuilder<'_>,
    truncation: &Truncation,
    pieces: &mut Vec<Piece>,
    length: LayoutUnit,
    baseline: LayoutUnit,
) {
    let ellipsis = ellipsis(line, &truncation.ellipsis);
    let mode = line.mode;
    let size = LogicalSize::from_physical(ellipsis.size, mode).inline;
    let mut cut = Cut {
        mode,
        length,
        limit: (truncation.room - size).clamp_negative_to_zero(),
        end: LayoutUnit::ZERO,
        is_first: true,
        is_done: false,
    };
    cut.visit(pieces);
    let start = if mode.is_rtl { length - cut.end - size } else { cut.end };
    pieces.push(Piece {
        offset: LogicalOffset::new(start, baseline - line.lines.styles[0].metrics.ascent),
        relative: LayoutVector::default(),
        margin: Sides::default(),
        content: PieceContent::Text(ellipsis),
        is_hidden: false,
    });
}

/// The ellipsis has the style of the block container.
fn ellipsis(line: &LineBuilder<'_>, characters: &Arc<str>) -> TextFragment {
    let text = &line.lines.styles[0];
    let level = line.base_level();
    let options = ShapeOptions {
        direction: if level % 2 == 1 { Direction::Rtl } else { Direction::Ltr },
        orientation: style::orientation(&text.computed, line.mode),
        ..ShapeOptions::default()
    };
    let shaped = text.stack.shape(characters, 0..characters.len(), &options);
    let advance = LayoutUnit::from_f32_ceil(shaped.width());
    TextFragment {
        style: StyleKey { box_id: line.container, is_first_line: line.lines.is_first_line },
        kind: TextFragmentKind::Ellipsis,
        size: LogicalSize::new(advance, text.metrics.height()).to_physical(line.mode),
        ascent: text.alphabetic_ascent,
        bidi_level: level,
        characters: TextCharacters::Added(characters.clone()),
        map: None,
        shaped,
        expansion: Expansion::NONE,
        east_asian: None,
        decorations: Arc::default(),
    }
}

/// Walks over the pieces from the start of the line to where they overflow. Distances are from the line's start, which is
/// its right end where the block container runs from right to left.
struct Cut {
    mode: WritingMode,
    /// How long the line is.
    length: LayoutUnit,
    /// Where the ellipsis begins at the latest.
    limit: LayoutUnit,
    /// Where the last visible piece ends.
    end: LayoutUnit,
    /// Whether the first piece is still to come, of which something stays visible in any case.
    is_first: bool,
    is_done: bool,
}

impl Cut {
    fn visit(&mut self, pieces: &mut Vec<Piece>) {
        let mut visible_part = None;
        for position in 0..pieces.len() {
            let index = if self.mode.is_rtl { pieces.len() - 1 - position } else { position };
            let piece = &mut pieces[index];
            if let PieceContent::Box(_, children) = &mut piece.content {
                self.visit(children);
            } else if let Some(part) = self.leaf(piece) {
                visible_part = Some((index + 1, part));
            }
        }
        if let Some((index, part)) = visible_part {
            pieces.insert(index, part);
        }
    }

    /// Hides a piece without boxes inside if it reaches past the limit. Returns the part of it that stays visible.
    fn leaf(&mut self, piece: &mut Piece) -> Option<Piece> {
        if self.is_done {
            piece.is_hidden = true;
            return None;
        }
        let size = LogicalSize::from_physical(piece.content.size(), self.mode).inline;
        let left = piece.offset.inline;
        let start = if self.mode.is_rtl { self.length - left - size } else { left };
        let is_first = std::mem::replace(&mut self.is_first, false);
        if start + size <= self.limit {
            self.end = self.end.max(start + size);
            return None;
        }
        self.is_done = true;
        let PieceContent::Text(text) = &piece.content else {
            // https://drafts.csswg.org/css-overflow-4/#text-overflow: the first thing on a line is clipped instead.
            if is_first {
                self.end = start + size;
            } else {
                piece.is_hidden = true;
            }
            return None;
        };
        let part = visible_part(text, self.mode, self.limit - start, is_first);
        piece.is_hidden = true;
        let part = part?;
        let advance = LogicalSize::from_physical(part.size, self.mode).inline;
        self.end = start + advance;
        let left = if self.mode.is_rtl { left + size - advance } else { left };
        Some(Piece {
            offset: LogicalOffset::new(left, piece.offset.block),
            relative: piece.relative,
            margin: piece.margin,
            content: PieceContent::Text(part),
            is_hidden: false,
        })
    }
}

/// The characters of a text at the start of the line that fit in `room`; at least one if it `is_first`.
fn visible_part(
    text: &TextFragment,
    mode: WritingMode,
    room: LayoutUnit,
    is_first: bool,
) -> Option<TextFragment> {
    let TextCharacters::Contents(contents, range) = &text.characters else { return None };
    if text.kind != TextFragmentKind::Normal {
        return None;
    }
    let room = room.to_f32();
    let whole = text.position_of(range.end);
    // Text that runs against the line has its last characters at the line's start.
    let runs_along = (text.bidi_level % 2 == 1) == mode.is_rtl;
    let wider = |part: &Range<u32>| {
        let string = &contents.text;
        if runs_along {
            let end = next_grapheme_boundary(string, part.end as usize) as u32;
            (end > part.end && end <= range.end).then(|| (part.start..end, text.position_of(end)))
        } else {
            let start = previous_grapheme_boundary(string, part.start as usize) as u32;
            let fits = start < part.start && start >= range.start;
            fits.then(|| (start..part.end, whole - text.position_of(start)))
        }
    };
    let mut part = if runs_along { range.start..range.start } else { range.end..range.end };
    let mut advance = 0.0;
    while let Some((more, width)) = wider(&part) {
        if width > room && !(is_first && part.is_empty()) {
            break;
        }
        (part, advance) = (more, width);
    }
    if part.is_empty() {
        return None;
    }
    let block = LogicalSize::from_physical(text.size, mode).block;
    Some(TextFragment {
        kind: TextFragmentKind::Truncated,
        size: LogicalSize::new(LayoutUnit::from_f32_ceil(advance), block).to_physical(mode),
        shaped: text.shaped.slice(part.start as usize..part.end as usize),
        characters: TextCharacters::Contents(contents.clone(), part),
        ..text.clone()
    })
}
