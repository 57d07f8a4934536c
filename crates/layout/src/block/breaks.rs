//! Breaks between and in the children of a block container in a fragmentainer.
//! <https://drafts.csswg.org/css-break-4/#unforced-breaks>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::flow::{BlockFlow, Restart};
use crate::box_tree::BoxId;
use crate::formatting::{LayoutResult, sizing};
use crate::fragmentation::rules::{self, BreakBetween};
use crate::fragmentation::{
    BreakAppeal, BreakInfo, BreakRequest, BreakToken, ChildBreak, EarlyBreak, EarlyBreakPlace,
    FragmentRequest, FragmentSize, Fragmentainer, NextChild, cloned_edges, fragment_size,
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
    /// What its children have of the fragmentainer.
    pub fragmentainer: Fragmentainer,
    pub request: BreakRequest<'f>,
    /// The children that go on in the next fragmentainer.
    pub children: Vec<ChildBreak>,
    /// What comes after them, once something stopped.
    pub next: NextChild,
    pub stop: Option<Stop>,
    pub info: BreakInfo,
    /// Where in the formatting context contents end that cannot be broken and reach past the fragmentainer.
    pub unbreakable_end: LayoutUnit,
    /// Whether there is a sibling above, so that a break can come between.
    has_sibling: bool,
    /// What is said of the place after that sibling.
    after_sibling: BreakBetween,
}

impl<'f> Breaks<'f> {
    pub fn new(fragmentainer: Fragmentainer, request: BreakRequest<'f>) -> Self {
        Breaks {
            fragmentainer,
            request,
            children: Vec::new(),
            next: NextChild::End,
            stop: None,
            info: BreakInfo::default(),
            unbreakable_end: LayoutUnit::MIN,
            has_sibling: false,
            after_sibling: BreakBetween::default(),
        }
    }

    /// What a child is asked.
    pub fn child_request<'r>(&self, child: BoxId, resume: Option<&'r BreakToken>) -> BreakRequest<'r>
    where
        'f: 'r,
    {
        let early = match self.request.early.map(|early| &early.place) {
            Some(EarlyBreakPlace::Inside(id, inner)) if *id == child => Some(&**inner),
            _ => None,
        };
        BreakRequest { resume, early }
    }

    /// Ends the fragmentainer before a child that has not begun.
    fn stop_before(&mut self, child: BoxId, is_forced: bool) {
        self.children.push(ChildBreak::Before { id: child, is_forced });
        self.stop = Some(Stop::Break);
        self.info.has_forced_break |= is_forced;
    }
}

/// A child that has been laid out, and may stay where it is or not.
pub(super) struct Landing<'r> {
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
                NextChild::End | NextChild::Line(_) => children.len(),
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
            self.child_from(child.box_id(), child.inside())?;
        }
        Ok(())
    }

    /// Whether the fragmentainer ends before a child, whatever it would come to.
    pub fn breaks_before(&mut self, child: BoxId) -> bool {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return false };
        if multicol::leaves_columns(boxes, child) {
            breaks.info.spanner = Some(child);
            breaks.stop = Some(Stop::Spanner);
            return true;
        }
        if matches!(breaks.request.early, Some(EarlyBreak { place: EarlyBreakPlace::Before(id), .. }) if *id == child)
        {
            breaks.stop_before(child, false);
            return true;
        }
        let is_forced = breaks.after_sibling.and(rules::break_before(boxes, child)).is_forced;
        if is_forced && breaks.has_sibling {
            breaks.stop_before(child, true);
            return true;
        }
        false
    }

    /// Decides whether a child stays where it landed, or a break comes before it, here or further up.
    pub fn stays(&mut self, landing: &Landing<'_>) -> Result<bool, Restart> {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return Ok(true) };
        let fragmentainer = breaks.fragmentainer;
        let nothing = BreakInfo::default();
        let inside = landing.result.breaks.as_deref().unwrap_or(&nothing);
        let token = inside.token.as_ref().filter(|token| !token.is_at_block_end);
        let Some(end) = fragmentainer.end() else {
            if rules::is_monolithic(boxes, landing.child) {
                breaks.info.keeps_together(landing.block_size);
            }
            return Ok(true);
        };
        let computed = &boxes.get(landing.child).style;
        let capped = |appeal: BreakAppeal| match style::avoids_breaks_inside(computed) {
            true => appeal.min(BreakAppeal::ViolatesAvoid),
            false => appeal,
        };
        let between = breaks.after_sibling.and(rules::break_before(boxes, landing.child));
        let before = match breaks.has_sibling || landing.is_moved {
            false => BreakAppeal::LastResort,
            true if between.is_avoided => BreakAppeal::ViolatesAvoid,
            true => BreakAppeal::Perfect,
        };
        let must_stay = landing.is_resumed || fragmentainer.is_start(landing.block);
        let early = breaks.info.early.as_ref().map(|early| early.appeal);
        let stays = match token {
            _ if must_stay => true,
            _ if landing.block > end || landing.block == end && landing.block_size > LayoutUnit::ZERO => {
                false
            }
            Some(_) => {
                let appeal = capped(inside.appeal);
                appeal >= before && early.is_none_or(|early| appeal >= early)
            }
            None => landing.block + landing.block_size <= end || !rules::is_monolithic(boxes, landing.child),
        };
        if !stays {
            self.exclusions.truncate(landing.floats);
            match inside.shortage {
                Some(shortage) => breaks.info.lacks(shortage),
                None => breaks.info.lacks(landing.block + landing.block_size - end),
            }
            if breaks.request.early.is_none()
                && early.is_some_and(|early| early > before)
                && let Some(early) = breaks.info.early.take()
            {
                return Err(Restart::BreakEarlier(early));
            }
            breaks.info.appeal = breaks.info.appeal.min(before);
            breaks.stop_before(landing.child, false);
            return Ok(false);
        }
        if !must_stay {
            let place = EarlyBreakPlace::Before(landing.child);
            breaks.info.passes(EarlyBreak { appeal: before, place });
        }
        if let Some(early) = &inside.early {
            let place = EarlyBreakPlace::Inside(landing.child, early.clone());
            breaks.info.passes(EarlyBreak { appeal: capped(early.appeal), place });
        }
        if token.is_some() {
            breaks.info.appeal = breaks.info.appeal.min(capped(inside.appeal));
        } else if landing.block + landing.block_size > end {
            breaks.info.lacks(landing.block + landing.block_size - end);
            breaks.unbreakable_end = breaks.unbreakable_end.max(landing.block + landing.block_size);
        }
        Ok(true)
    }

    /// Takes note of a child that stays.
    pub fn passes_child(&mut self, child: BoxId, result: &LayoutResult) {
        let boxes = self.layouter.boxes;
        let Some(breaks) = &mut self.breaks else { return };
        breaks.has_sibling = true;
        breaks.after_sibling = rules::break_after(boxes, child);
        let Some(inside) = result.breaks.as_deref() else { return };
        breaks.info.include(inside);
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
            cloned_edges: cloned_edges(self.clones_edges, &self.edges, resume.is_some()),
            intrinsic: filled.map_or(intrinsic, |room| intrinsic.max(room)),
            room,
            unbreakable_end: breaks.unbreakable_end - self.block.unwrap_or_default(),
            asks_for_more: waits.is_some() && !is_column,
            ends_with_contents: waits == Some(Stop::Spanner),
            was_at_block_end: resume.is_some_and(|token| token.is_at_block_end),
        };
        let FragmentSize { size, is_at_block_end, overflow, consumed } = fragment_size(&request, &mut total);
        if let Some(overflow) = overflow
            && waits.is_none()
        {
            breaks.info.lacks(overflow);
            let cuts_start = room.is_some_and(|room| room < self.edges.block_start);
            let cuts_end = overflow <= self.edges.block_end && size + overflow <= intrinsic;
            if cuts_start || cuts_end {
                // A break belongs between contents, and not in what surrounds them.
                breaks.info.appeal = BreakAppeal::LastResort;
                if breaks.request.early.is_none()
                    && let Some(early) =
                        breaks.info.early.take_if(|early| early.appeal > BreakAppeal::LastResort)
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
            breaks.info.token = Some(Arc::new(BreakToken {
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
