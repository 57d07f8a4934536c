//! Where several lines end at best: every place where a line may end gets the best score that lines up to there can have.
//! <https://drafts.csswg.org/css-text-4/#text-wrap-style>
//!
//! The score adds up the squares of what lines leave over and penalties for hyphens and for a last word that stands alone. Its
//! weights are Chromium's.

use fanlight_base::LayoutUnit;
use fanlight_text::{BreakClass, hangs_at_line_end};

use super::PreparedLines;
use super::breaker::{Place, Surroundings};
use super::prepare::PreparedItem;
use crate::box_tree::InlineItemKind;
use crate::style;

const OVERFULL: f32 = 1e12;
const ORPHAN_PENALTY: f32 = 10_000.0;
const LAST_LINE_PENALTY_FACTOR: f32 = 4.0;

/// A place where a line may end. Lengths are from the start of the first line, in CSS px.
pub(crate) struct Candidate {
    /// The byte of the text.
    pub at: u32,
    /// Up to there if the line ends there.
    if_break: f32,
    /// Up to there if the line goes on.
    no_break: f32,
    penalty: f32,
    is_hyphenated: bool,
}

/// What decides how good lines are.
pub(crate) struct Weights {
    /// Whether the last line is to be as long as the others.
    pub is_balanced: bool,
    pub is_justified: bool,
    /// The room on a line, times the font size.
    pub scale: f32,
}

impl Weights {
    fn hyphen_penalty(&self) -> f32 {
        self.scale * if self.is_justified { 0.5 } else { 2.0 }
    }

    fn line_penalty(&self) -> f32 {
        if self.is_justified { 0.0 } else { self.hyphen_penalty() * 2.0 }
    }
}

/// The places where lines may end from `start` to byte `end` of the text, both among them.
pub(crate) fn candidates(
    lines: &PreparedLines,
    start: Place,
    end: u32,
    weights: &Weights,
    surroundings: &mut dyn Surroundings,
) -> Vec<Candidate> {
    let first =
        Candidate { at: start.offset, if_break: 0.0, no_break: 0.0, penalty: 0.0, is_hyphenated: false };
    let mut found = vec![first];
    // How long what was walked over is, and how long up to the last thing that does not hang at the end of a line.
    let (mut length, mut visible) = (0.0_f32, 0.0_f32);
    let add = |found: &mut Vec<Candidate>, candidate: Candidate| {
        if candidate.at > start.offset && candidate.at < end {
            found.pop_if(|last| last.at == candidate.at);
            found.push(candidate);
        }
    };
    for item in &lines.items[start.item..] {
        if item.range.start >= end && item.kind != InlineItemKind::CloseBox {
            break;
        }
        match item.kind {
            InlineItemKind::Text => {
                let from = start.offset.max(item.range.start);
                divide(lines, item, from, &mut |at, own_visible, own, class, hyphen| {
                    let if_break = if own_visible > 0.0 { length + own_visible } else { visible } + hyphen;
                    let is_hyphenated = class == BreakClass::Hyphenated;
                    let penalty = if is_hyphenated { weights.hyphen_penalty() } else { 0.0 };
                    add(
                        &mut found,
                        Candidate { at, if_break, no_break: length + own, penalty, is_hyphenated },
                    );
                });
                let own_visible = width(item, from, from + without_blanks(lines, item, from, item.range.end));
                if own_visible > 0.0 {
                    visible = length + own_visible;
                }
                length += width(item, from, item.range.end);
            }
            InlineItemKind::Atomic | InlineItemKind::CombinedText => {
                let advance = match item.kind {
                    InlineItemKind::CombinedText => lines.combined_advance(item),
                    _ => surroundings.atomic_size(item.box_id),
                };
                length += advance.to_f32();
                visible = length;
                if item.wraps && lines.can_break_at(item, item.range.end) {
                    add(&mut found, whole(item.range.end, length));
                }
            }
            InlineItemKind::WordBreakOpportunity if item.wraps => {
                add(&mut found, whole(item.range.end, length));
            }
            InlineItemKind::OpenBox | InlineItemKind::CloseBox => {
                let edges = surroundings.inline_edges(item.box_id);
                let is_close = item.kind == InlineItemKind::CloseBox;
                let edge = if is_close { edges.inline_end } else { edges.inline_start };
                if edge != LayoutUnit::ZERO {
                    length += edge.to_f32();
                    visible = length;
                    // What closes where a line ends is on that line.
                    if let Some(last) = found.last_mut()
                        && is_close
                        && last.at == item.range.start
                    {
                        last.if_break += edge.to_f32();
                        last.no_break += edge.to_f32();
                    }
                }
            }
            _ => {}
        }
    }
    found.push(whole(end, visible));
    found
}

fn whole(at: u32, length: f32) -> Candidate {
    Candidate { at, if_break: length, no_break: length, penalty: 0.0, is_hyphenated: false }
}

/// Tells of every opportunity of a text from byte `from` on: where it is, how far the text reaches up to there without and
/// with blanks at its end, of what class it is and how long the hyphen.
fn divide(
    lines: &PreparedLines,
    item: &PreparedItem,
    from: u32,
    tell: &mut dyn FnMut(u32, f32, f32, BreakClass, f32),
) {
    if !item.wraps {
        return;
    }
    let breaks = lines.breaks_of(item, false);
    let mut hyphen = None;
    let mut before = from;
    while let Some((at, class)) = breaks.next_after(before as usize)
        && at as u32 <= item.range.end
    {
        let at = at as u32;
        before = at;
        let hyphen = match class {
            BreakClass::Hyphenated => *hyphen.get_or_insert_with(|| lines.hyphen(item).1.width()),
            BreakClass::Allowed | BreakClass::Mandatory => 0.0,
        };
        let visible = width(item, from, from + without_blanks(lines, item, from, at));
        tell(at, visible, width(item, from, at), class, hyphen);
    }
}

fn width(item: &PreparedItem, from: u32, to: u32) -> f32 {
    item.shaped.as_ref().map_or(0.0, |shaped| shaped.width_of(from as usize..to as usize))
}

/// How many bytes of a part of the text there are without the blanks that hang at its end.
fn without_blanks(lines: &PreparedLines, item: &PreparedItem, from: u32, to: u32) -> u32 {
    let text = &lines.contents.text[from as usize..to as usize];
    if style::white_space(&lines.style_of(item).computed).blanks_take_room {
        return text.len() as u32;
    }
    text.trim_end_matches(hangs_at_line_end).len() as u32
}

/// Where the lines end, the last one included, that are best together. `rooms`: what is on each line, in CSS px; the last goes
/// for all lines after it.
pub(crate) fn best_ends(mut candidates: Vec<Candidate>, rooms: &[f32], weights: &Weights) -> Vec<u32> {
    let last = candidates.len() - 1;
    for candidate in candidates[..last].iter_mut().rev() {
        candidate.penalty += ORPHAN_PENALTY;
        if !candidate.is_hyphenated {
            break;
        }
    }
    let room = |line: usize| rooms[line.min(rooms.len() - 1)];
    // The best way to each candidate.
    struct Best {
        score: f32,
        previous: usize,
        lines: usize,
    }
    let mut best = vec![Best { score: 0.0, previous: 0, lines: 0 }];
    // Where a line may begin at the earliest that still reaches the candidate.
    let mut active = 0;
    for (index, end) in candidates.iter().enumerate().skip(1) {
        let (mut score, mut previous) = (f32::MAX, active);
        let mut reaches = active;
        for from in active..index {
            let start = &candidates[from];
            let left = room(best[from].lines) - (end.if_break - start.no_break);
            let own = if left < 0.0 {
                OVERFULL
            } else if index == last && !weights.is_balanced {
                LAST_LINE_PENALTY_FACTOR * start.penalty
            } else {
                left * left
            };
            if left < 0.0 {
                reaches = from + 1;
            }
            let total = best[from].score + own;
            if total <= score {
                (score, previous) = (total, from);
            }
        }
        active = reaches;
        best.push(Best {
            score: score + end.penalty + weights.line_penalty(),
            previous,
            lines: best[previous].lines + 1,
        });
    }
    let mut ends = Vec::new();
    let mut at = last;
    while at > 0 {
        ends.push(candidates[at].at);
        at = best[at].previous;
    }
    ends.reverse();
    ends
}
