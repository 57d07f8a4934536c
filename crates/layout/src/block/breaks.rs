//! Breaks between and in the children of a block container in a fragmentainer.
//! <https://drafts.csswg.org/css-break-4/#unforced-breaks>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::flow::{BlockFlow, Restart};
use crate::box_tree::BoxId;
use crate::formatting::{LayoutResult, sizing};
use crate::fragmentation::rules;
use crate::fragmentation::{
    BreakAppeal, BreakFinder, BreakRequest, BreakToken, ChildBreak, EarlyBreakPlace, FragmentRequest,
    FragmentSize, Fragmentainer, Landing, NextChild, Verdict, cloned_edges, fragment_size,
};
use crate::{multicol, style};

/// Why the children that are left wait for the next fragmentainer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The fragmentainer ends.
    Break,
    /// A box spans all columns. What is around it ends where its contents do.
    Spanner,
}

/// What a block container knows about breaks while it is laid out in a fragmentainer.
pub(super) struct Breaks<'f> {
    pub finder: BreakFinder<'f>,
    pub request: BreakRequest<'f>,
    /// The children that go on in the next fragmentainer.
    pub children: Vec<ChildBreak>,
    /// What comes after them, once something stopped.
    pub next: NextChild,
    pub stop: Option<Stop>,
}

impl<'f> Breaks<'f> {
    pub fn new(fragmentainer: Fragmentainer, request: BreakRequest<'f>) -> Self {
        Breaks {
            finder: BreakFinder::new(fragmentainer, request.early),
            request,
            children: Vec::new(),
            next: NextChild::End,
            stop: None,
        }
    }

    /// What a child is asked.
    pub fn child_request<'r>(&self, child: BoxId, resume: Option<&'r BreakToken>) -> BreakRequest<'r>
    where
        'f: 'r,
    {
        BreakRequest { resume, early: self.finder.early_inside(child) }
    }

    /// Ends the fragmentainer before a child that has not begun.
    fn stop_before(&mut self, child: BoxId, is_forced: bool) {
        self.children.push(ChildBreak::Before { id: child, is_forced });
        self.stop = Some(Stop::Break);
        self.finder.info.has_forced_break |= is_forced;
    }
}

/// A child that has been laid out, and may stay where it is or not.
pub(super) struct ChildLanding<'r> {
    pub child: BoxId,
    /// Its block-start border edge in the formatting context.
    pub block: LayoutUnit,
    pub block_size: LayoutUnit,
    pub result: &'r LayoutResult,
    /// Whether a part of it was in the fragmentainer before.
    pub is_resumed: bool,
    /// How many floats there were before it.
    pub floats: usize,
    /// Whether it was moved down, so that a break can come between it and the edge of its container.
    pub is_moved: bool,
}

impl BlockFlow<'_, '_> {
    /// Whether the children that are left wait for the next fragmentainer.
    pub fn is_stopped(&self) -> bool {
        self.breaks.as_ref().is_some_and(|breaks| breaks.stop.is_some())
    }

    /// Lays out the children from where they go on to where the fragmentainer ends.
    pub fn children_in_fragmentainer(&mut self, children: &[BoxId]) -> Result<(), Restart> {
        let resume = self.breaks.as_ref().and_then(|breaks| breaks.request.resume);
        let mut next = 0;
        if let Some(token) = resume {
            next = match token.next {
                NextChild::Block(next) => next,
                _ => children.len(),
            };
            self.resume_children(&token.children)?;
        }
        while next < children.len() && !self.is_stopped() {
            self.child(children[next])?;
            next += 1;
        }
        if let Some(breaks) = &mut self.breaks {
            breaks.next = if next < children.len() { NextChild::Block(next) } else { NextChild::End };
        }
        Ok(())
    }

    /// Lays out children that go on in this fragmentainer.
    pub fn resume_children(&mut self, children: &[ChildBreak]) -> Result<(), Restart> {
        for (index, child) in children.iter().enumerate() {
            if self.is_stopped() {
                if let Some(breaks) = &mut self.breaks {
                    breaks.children.extend_from_slice(&children[index..]);
                }
                break;
            }
            let is_floating = style::is_floating(&self.layouter.boxes.get(child.box_id()).style);
            if matches!(child, ChildBreak::Before { is_forced: false, .. }) && !is_floating {
                self.position.strut.is_truncated = true;
            }
            if let (ChildBreak::Before { .. }, Some(breaks)) = (child, &mut self.breaks) {
                // The break before it has been, whatever goes on beside it.
                breaks.finder.has_sibling = false;
            }
            self.child_from(child.box_id(), child.inside())?;
        }
        Ok(())
    }

    /// Whether the fragmentainer ends before a child, whatever it would come to.
    pub fn breaks_before(&mut self, child: BoxId) -> bool {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return false };
        if multicol::leaves_columns(boxes, child) {
            breaks.finder.info.spanner = Some(child);
            breaks.stop = Some(Stop::Spanner);
            return true;
        }
        if breaks.finder.is_early(|place| matches!(place, EarlyBreakPlace::Before(id) if *id == child)) {
            breaks.stop_before(child, false);
            return true;
        }
        if breaks.finder.is_forced(rules::break_before(boxes, child)) {
            breaks.stop_before(child, true);
            return true;
        }
        false
    }

    /// Decides whether a child stays where it landed, or a break comes before it, here or further up.
    pub fn stays(&mut self, landing: &ChildLanding<'_>) -> Result<bool, Restart> {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return Ok(true) };
        let verdict = breaks.finder.judge(&Landing {
            place: EarlyBreakPlace::Before(landing.child),
            child: Some(landing.child),
            before: rules::break_before(boxes, landing.child),
            block: landing.block,
            block_size: landing.block_size,
            inside: landing.result.breaks.as_deref().into(),
            is_resumed: landing.is_resumed,
            is_moved: landing.is_moved,
            is_monolithic: rules::is_monolithic(boxes, landing.child),
            avoids_inside: style::avoids_breaks_inside(&boxes.get(landing.child).style),
        });
        match verdict {
            Verdict::Stays => Ok(true),
            Verdict::Moves => {
                self.exclusions.truncate(landing.floats);
                breaks.stop_before(landing.child, false);
                Ok(false)
            }
            Verdict::BreaksEarlier(early) => {
                self.exclusions.truncate(landing.floats);
                Err(Restart::BreakEarlier(early))
            }
        }
    }

    /// Takes note of a child that stays.
    pub fn passes_child(&mut self, child: BoxId, result: &LayoutResult) {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return };
        breaks.finder.passes(rules::break_after(boxes, child));
        let Some(inside) = result.breaks.as_deref() else { return };
        breaks.finder.info.include(inside);
        if let Some(token) = &inside.token {
            breaks.children.push(ChildBreak::Inside(token.clone()));
            if inside.spanner.is_some() {
                breaks.stop = Some(Stop::Spanner);
            } else if !token.is_at_block_end {
                breaks.stop = Some(Stop::Break);
            }
        }
    }

    /// Where the fragmentainer ends, from the block-start border edge; `None` where there is no end.
    pub fn end_of_fragmentainer(&self) -> Option<LayoutUnit> {
        let end = self.constraints.fragmentainer?.end()?;
        Some(end - self.block.unwrap_or_else(|| self.expected_block()))
    }

    /// The border-box block size of the fragment, whose contents ask for `intrinsic`; and where the box goes on.
    pub fn finish_fragment(&mut self, intrinsic: LayoutUnit) -> Result<LayoutUnit, Restart> {
        let (id, inline_size, constraints) = (self.id, self.inline_size, self.constraints);
        let is_column = self.is_column;
        let room = self.end_of_fragmentainer().map(LayoutUnit::clamp_negative_to_zero);
        let layouter = &mut *self.layouter;
        let mut total = |intrinsic: LayoutUnit| match is_column {
            true => intrinsic,
            false => sizing::block_size(layouter, id, &constraints, inline_size, intrinsic),
        };
        let Some(breaks) = &mut self.breaks else { return Ok(total(intrinsic)) };
        let stop = breaks.stop;
        // The root of a formatting context ends where its floats do.
        let waits = match stop {
            Some(_) => stop,
            None => (self.is_root && !breaks.children.is_empty()).then_some(Stop::Break),
        };
        let resume = breaks.request.resume;
        let filled = room.filter(|_| waits == Some(Stop::Break));
        let request = FragmentRequest {
            consumed: self.builder.consumed,
            end_edge: self.edges.block_end,
            cloned_edges: cloned_edges(self.clones_edges, &self.edges, resume.is_some()),
            intrinsic: filled.map_or(intrinsic, |room| intrinsic.max(room)),
            room,
            unbreakable_end: breaks.finder.unbreakable_end - self.block.unwrap_or_default(),
            asks_for_more: waits.is_some() && !is_column,
            ends_with_contents: waits == Some(Stop::Spanner),
            was_at_block_end: resume.is_some_and(|token| token.is_at_block_end),
        };
        let FragmentSize { size, is_at_block_end, overflow, consumed } = fragment_size(&request, &mut total);
        if let Some(overflow) = overflow
            && waits.is_none()
        {
            breaks.finder.info.lacks(overflow);
            let cuts_start = room.is_some_and(|room| room < self.edges.block_start);
            let cuts_end = overflow <= self.edges.block_end && size + overflow <= intrinsic;
            if cuts_start || cuts_end {
                // A break belongs between contents, and not in what surrounds them.
                breaks.finder.info.appeal = BreakAppeal::LastResort;
                if breaks.request.early.is_none()
                    && let Some(early) =
                        breaks.finder.info.early.take_if(|early| early.appeal > BreakAppeal::LastResort)
                {
                    return Err(Restart::BreakEarlier(early));
                }
            }
        }
        // A column is as high as its fragmentainer, whatever is in it.
        let size = room.filter(|_| is_column).unwrap_or(size);
        // Nothing is seen of what overflows a box that clips it.
        let clips = is_at_block_end && !is_column && {
            let [x, y] = style::clips_overflow(&self.computed);
            if self.mode.is_horizontal() { y } else { x }
        };
        let goes_on = waits.is_some() || !breaks.children.is_empty() || overflow.is_some();
        if goes_on && !clips {
            breaks.finder.info.token = Some(Arc::new(BreakToken {
                box_id: id,
                consumed,
                children: std::mem::take(&mut breaks.children),
                next: std::mem::replace(&mut breaks.next, NextChild::End),
                is_at_block_end: is_at_block_end && !is_column,
            }));
        }
        self.builder.has_block_end = self.clones_edges || is_at_block_end && !request.was_at_block_end;
        if !self.builder.has_block_end {
            self.builder.edges.border.block_end = LayoutUnit::ZERO;
            self.builder.edges.padding.block_end = LayoutUnit::ZERO;
        }
        Ok(size)
    }
}
