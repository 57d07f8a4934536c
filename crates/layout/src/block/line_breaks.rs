//! Breaks between lines. <https://drafts.csswg.org/css-break-4/#widows-orphans>

use fanlight_base::LayoutUnit;

use super::breaks::Stop;
use super::flow::{BlockFlow, Position, Restart};
use super::lines::Lines;
use crate::formatting::builder::Landed;
use crate::fragmentation::{BreakAppeal, EarlyBreak, EarlyBreakPlace, LinePosition, NextChild};
use crate::inline::breaker::Place;
use crate::style;

/// What there was before a line, so that it can be taken back.
#[derive(Clone)]
pub(super) struct LineMark {
    at: LinePosition,
    landed: Landed,
    floats: usize,
    broken: usize,
    position: Position,
    baselines: [Option<LayoutUnit>; 2],
}

impl BlockFlow<'_, '_> {
    /// Where the lines begin in this fragment; the floats and blocks that go on beside or before them are laid out.
    pub(super) fn resume_lines(&mut self) -> Result<Option<LinePosition>, Restart> {
        let Some(token) = self.breaks.as_ref().and_then(|breaks| breaks.request.resume) else {
            return Ok(None);
        };
        self.resume_children(&token.children)?;
        Ok(match &token.next {
            NextChild::Line(position) => Some(position.clone()),
            _ => {
                // Nothing is left.
                let place = Place::new(usize::MAX, 0);
                Some(LinePosition { place, is_first: false, open: Vec::new() })
            }
        })
    }

    /// Has the lines that are left wait for the next fragmentainer.
    pub(super) fn stop_lines(&mut self, at: LinePosition) {
        if let Some(breaks) = &mut self.breaks {
            breaks.stop.get_or_insert(Stop::Break);
            breaks.next = NextChild::Line(at);
        }
    }

    pub(super) fn mark_line(&self, at: LinePosition) -> LineMark {
        LineMark {
            at,
            landed: self.builder.landed(),
            floats: self.exclusions.len(),
            broken: self.breaks.as_ref().map_or(0, |breaks| breaks.children.len()),
            position: self.position,
            baselines: [self.builder.first_baseline, self.builder.last_baseline],
        }
    }

    /// Takes back a line and all after it.
    fn take_back_to(&mut self, mark: &LineMark) {
        self.builder.take_back(mark.landed);
        self.exclusions.truncate(mark.floats);
        if let Some(breaks) = &mut self.breaks {
            breaks.children.truncate(mark.broken);
        }
        self.position = mark.position;
        [self.builder.first_baseline, self.builder.last_baseline] = mark.baselines;
    }

    /// Whether an ancestor wants the fragmentainer to end before this line.
    pub(super) fn breaks_before_line(&self, line: usize) -> bool {
        let early = self.breaks.as_ref().and_then(|breaks| breaks.request.early);
        matches!(early, Some(EarlyBreak { place: EarlyBreakPlace::Line(wanted), .. }) if *wanted == line)
    }

    /// Whether the last line, which is this high, reaches past the end of the fragmentainer, and a break can come before it.
    pub(super) fn overflows(&mut self, height: LayoutUnit) -> bool {
        let line_end = self.next_border_edge();
        let Some(breaks) = &mut self.breaks else { return false };
        let Some(end) = breaks.finder.fragmentainer.end() else {
            breaks.finder.info.keeps_together(height);
            return false;
        };
        breaks.finder.info.lacks(line_end - end);
        if line_end <= end {
            return false;
        }
        if breaks.finder.fragmentainer.is_start(line_end - height) {
            breaks.finder.unbreakable_end = breaks.finder.unbreakable_end.max(line_end);
            return false;
        }
        true
    }

    /// Ends the fragmentainer before the last line that was laid out, or so much further up that enough lines are left for
    /// the next one.
    pub(super) fn break_lines(&mut self, lines: &mut Lines, marks: &[LineMark]) -> Result<(), Restart> {
        let [orphans, widows] = style::orphans_and_widows(&self.computed);
        let overflowing = marks.len() - 1;
        let mut left = 1;
        while left < widows && self.another_line(lines)?.is_some() {
            left += 1;
        }
        let wanted = overflowing.saturating_sub(widows.saturating_sub(left));
        let (line, appeal) = if wanted >= orphans {
            (wanted, BreakAppeal::Perfect)
        } else if overflowing > 0 {
            // Enough lines here count more than enough in the next fragmentainer.
            (orphans.min(overflowing), BreakAppeal::ViolatesOrphansOrWidows)
        } else {
            (overflowing, BreakAppeal::LastResort)
        };
        let mark = &marks[line];
        self.take_back_to(mark);
        if let Some(breaks) = &mut self.breaks {
            breaks.finder.info.appeal = breaks.finder.info.appeal.min(appeal);
        }
        self.stop_lines(mark.at.clone());
        Ok(())
    }

    /// Takes note of the best place to break between lines all of which fit.
    pub(super) fn pass_lines(&mut self, count: usize) {
        let [orphans, widows] = style::orphans_and_widows(&self.computed);
        let Some(breaks) = &mut self.breaks else { return };
        if breaks.finder.fragmentainer.block_size.is_none() || count < 2 {
            return;
        }
        let wanted = count.saturating_sub(widows);
        let (line, appeal) = if wanted >= orphans.max(1) {
            (wanted, BreakAppeal::Perfect)
        } else {
            (count - 1, BreakAppeal::ViolatesOrphansOrWidows)
        };
        breaks.finder.info.passes(EarlyBreak { appeal, place: EarlyBreakPlace::Line(line) });
    }
}
