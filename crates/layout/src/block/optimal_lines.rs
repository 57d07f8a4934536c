//! `text-wrap-style: balance | pretty`: where lines end is decided for several lines at once.
//! <https://drafts.csswg.org/css-text-4/#text-wrap-style>
//!
//! As in Chromium, a paragraph is what stands between forced breaks. Its lines are filled one by one first; where there is
//! something to gain, they end where they are best together, if there are as many then.

use fanlight_base::LayoutUnit;
use fanlight_css::properties::inherited_text::TextWrapStyle;
use rustc_hash::FxHashMap;

use super::flow::BlockFlow;
use super::lines::LineSurroundings;
use crate::box_tree::{BoxId, InlineItemKind};
use crate::float::Opportunity;
use crate::inline::PreparedLines;
use crate::inline::breaker::{LineExtent, Place, break_line};
use crate::inline::initial_letter::initial_letter;
use crate::inline::optimal::{Weights, best_ends, candidates};
use crate::limits::MAX_LINES_BEFORE_PRETTY;
use crate::style::{self, TextAlign};

/// The most lines that are balanced.
const MAX_BALANCED: usize = 6;

/// How many lines at the end of a paragraph are made pretty.
const MAX_PRETTY: usize = 4;

/// The last line of a paragraph is short where it fills less than this part of its room.
const SHORT_LINE: i32 = 3;

/// The fewest places to choose from, the start and the end of the paragraph among them.
const MIN_CANDIDATES: usize = 5;

/// Where the lines of a paragraph end that are not filled one by one.
#[derive(Default)]
pub(super) struct LinePlan {
    /// From where a line begins to where it ends, in bytes of the text.
    lines: Vec<(u32, u32)>,
}

impl LinePlan {
    /// How far a line goes that begins at a place and has this room.
    pub fn extent(&self, start: Place, room: LayoutUnit) -> LineExtent {
        let planned = self.lines.iter().find(|(from, _)| *from == start.offset);
        planned.map_or(LineExtent::Room(room), |&(_, end)| LineExtent::Until(end))
    }
}

/// A paragraph whose lines are to end well.
struct Paragraph<'p> {
    prepared: &'p PreparedLines,
    start: Place,
    /// Where it ends in the text.
    end: u32,
    /// The indentation of its first line, and of the others.
    indent: [LayoutUnit; 2],
    /// The floats before its content, which have been placed.
    leading_floats: &'p [BoxId],
}

/// A line that was filled with what fits.
struct FilledLine {
    start: Place,
    end: u32,
    inline_size: LayoutUnit,
    is_hyphenated: bool,
}

impl<'f, 'l> BlockFlow<'f, 'l> {
    /// Decides where the lines of the paragraph end that begins at `start`, where `text-wrap-style` asks for it.
    pub(super) fn plan_lines(
        &mut self,
        prepared: &PreparedLines,
        start: Place,
        is_first: bool,
        leading_floats: &[BoxId],
    ) -> LinePlan {
        let is_balanced = match self.computed.inherited_text.text_wrap_style {
            TextWrapStyle::Auto | TextWrapStyle::Stable => return LinePlan::default(),
            // Chromium balances the first paragraph of a block container alone.
            TextWrapStyle::Balance if start != Place::default() => return LinePlan::default(),
            TextWrapStyle::Balance => true,
            TextWrapStyle::Pretty => false,
        };
        let rest = &prepared.items[start.item..];
        let count = rest.iter().position(|item| item.kind == InlineItemKind::ForcedBreak);
        let items = &rest[..count.unwrap_or(rest.len())];
        let stands_in_the_way = items.iter().any(|item| match item.kind {
            InlineItemKind::Block
            | InlineItemKind::Tab
            | InlineItemKind::OpenRubyColumn(_)
            | InlineItemKind::CloseRubyColumn(_) => true,
            InlineItemKind::Float => !leading_floats.contains(&item.box_id),
            InlineItemKind::Atomic => initial_letter(self.layouter.boxes, item.box_id).is_some(),
            _ => false,
        });
        if stands_in_the_way {
            return LinePlan::default();
        }
        let begins = self.begins_lines(prepared, start, is_first);
        let paragraph = Paragraph {
            prepared,
            start,
            end: count.map_or(prepared.contents.text.len() as u32, |count| rest[count].range.start),
            indent: [self.indent(begins), self.indent(false)],
            leading_floats,
        };
        self.planned(&paragraph, is_balanced).unwrap_or_default()
    }

    fn planned(&mut self, paragraph: &Paragraph<'_>, is_balanced: bool) -> Option<LinePlan> {
        let &Paragraph { prepared, end, indent, .. } = paragraph;
        let all =
            self.filled_lines(paragraph, if is_balanced { MAX_BALANCED } else { MAX_LINES_BEFORE_PRETTY })?;
        let before = if is_balanced { 0 } else { all.len().saturating_sub(MAX_PRETTY) };
        let lines = &all[before..];
        let (first, last) = (lines.first()?, lines.last()?);
        let weights = Weights {
            is_balanced,
            is_justified: style::used_text_align(&self.computed, false) == TextAlign::Justify,
            scale: self.content_inline.clamp_negative_to_zero().to_f32() * style::font_size(&self.computed),
        };
        let mut surroundings = self.surroundings_of_line(paragraph, before);
        let candidates = candidates(prepared, first.start, end, &weights, &mut surroundings);
        let is_candidate = |at: u32| candidates.binary_search_by_key(&at, |found| found.at).is_ok();
        if lines.len() < 2
            || candidates.len() < MIN_CANDIDATES
            || !lines[..lines.len() - 1].iter().all(|line| is_candidate(line.end))
        {
            return None;
        }
        if !is_balanced {
            let room = self.room_of_line(paragraph, all.len() - 1).inline_size();
            let is_word = !candidates.iter().any(|found| found.at > last.start.offset && found.at < end);
            let ends_with_short_word = is_word && last.inline_size < room / SHORT_LINE;
            let hyphens = lines.iter().rev().skip(1).take(2).filter(|line| line.is_hyphenated).count();
            if !ends_with_short_word && hyphens < 2 {
                return None;
            }
        }
        let rooms: Vec<f32> = (before..=all.len())
            .map(|index| {
                let room = self.room_of_line(paragraph, index).inline_size() - indent[usize::from(index > 0)];
                (room + LayoutUnit::EPSILON).clamp_negative_to_zero().to_f32()
            })
            .collect();
        let start = first.start.offset;
        let ends = best_ends(candidates, &rooms, &weights);
        if ends.len() != lines.len() {
            return None;
        }
        // What is left is on the last line, with the forced break that ends it.
        let starts = std::iter::once(start).chain(ends.iter().copied());
        Some(LinePlan { lines: starts.zip(ends[..ends.len() - 1].iter().copied()).collect() })
    }

    /// The lines of a paragraph, each filled with what fits; nothing where there are more than `most`.
    fn filled_lines(&mut self, paragraph: &Paragraph<'_>, most: usize) -> Option<Vec<FilledLine>> {
        let mut lines = Vec::new();
        let mut start = paragraph.start;
        while start.offset < paragraph.end {
            if lines.len() == most {
                return None;
            }
            let index = lines.len();
            let indent = paragraph.indent[usize::from(index > 0)];
            let mut surroundings = self.surroundings_of_line(paragraph, index);
            let room = LineExtent::Room(surroundings.room.inline_size());
            let broken = break_line(paragraph.prepared, start, room, indent, &mut surroundings, Vec::new());
            if broken.next == start {
                return None;
            }
            lines.push(FilledLine {
                start,
                end: broken.next.offset,
                inline_size: broken.inline_size,
                is_hyphenated: broken.is_hyphenated,
            });
            start = broken.next;
        }
        Some(lines)
    }

    fn surroundings_of_line<'s>(
        &'s mut self,
        paragraph: &Paragraph<'s>,
        index: usize,
    ) -> LineSurroundings<'s, 'f, 'l> {
        let room = self.room_of_line(paragraph, index);
        LineSurroundings {
            block: room.block,
            flow: self,
            height: LayoutUnit::ZERO,
            atomics: FxHashMap::default(),
            room,
            leading_floats: paragraph.leading_floats,
            letter: None,
        }
    }

    /// The room on a line of the paragraph, all lines being as high as the block container asks for.
    fn room_of_line(&self, paragraph: &Paragraph<'_>, index: usize) -> Opportunity {
        let height = paragraph.prepared.styles[0].line.height().clamp_negative_to_zero();
        let block = self.next_border_edge() + height * i32::try_from(index).unwrap_or(i32::MAX);
        self.room_at(block, height)
    }
}
