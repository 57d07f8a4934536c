//! Where floats leave room in a block formatting context.
//!
//! Coordinates are those of the block formatting context: `line` from the line-left edge of its root's border box, `block`
//! from its block-start edge. For each side a step function says how far floats reach in at each block offset, so that a
//! question costs the steps that it spans, and not the floats of the page.

use std::cell::Cell;
use std::ops::Range;

use fanlight_base::LayoutUnit;

/// The side of the line that a float goes to. <https://drafts.csswg.org/css-logical-1/#float-clear>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FloatSide {
    /// Line-left.
    Left,
    /// Line-right.
    Right,
}

/// Room between floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opportunity {
    /// Where it begins across lines.
    pub block: LayoutUnit,
    /// Where it begins along lines.
    pub line_left: LayoutUnit,
    /// Where it ends along lines; not before `line_left`.
    pub line_right: LayoutUnit,
}

impl Opportunity {
    /// How much fits along the line.
    pub fn inline_size(&self) -> LayoutUnit {
        self.line_right - self.line_left
    }
}

/// One float's margin box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exclusion {
    side: FloatSide,
    line_left: LayoutUnit,
    line_right: LayoutUnit,
    block_start: LayoutUnit,
    block_end: LayoutUnit,
    is_initial_letter: bool,
}

/// From `start` to the next step, floats reach in up to `edge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    start: LayoutUnit,
    edge: LayoutUnit,
}

/// What was asked of the floats of a block formatting context. Where no float is, nothing of it makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consulted {
    /// The first block offset at which room was asked for; `LayoutUnit::MAX` where none was.
    pub from: LayoutUnit,
    /// Whether something was to go past floats, wherever they are.
    pub clears: bool,
}

impl Consulted {
    /// Nothing was asked.
    pub const NOTHING: Consulted = Consulted { from: LayoutUnit::MAX, clears: false };

    /// The same, asked from offsets that are further down by this much.
    #[must_use]
    pub fn moved(self, by: LayoutUnit) -> Consulted {
        if self.from == LayoutUnit::MAX { self } else { Consulted { from: self.from + by, ..self } }
    }

    fn and(self, other: Consulted) -> Consulted {
        Consulted { from: self.from.min(other.from), clears: self.clears || other.clears }
    }
}

/// The floats of a block formatting context.
#[derive(Clone, Debug)]
pub struct ExclusionSpace {
    exclusions: Vec<Exclusion>,
    /// Nothing where there are no floats.
    left: Vec<Step>,
    right: Vec<Step>,
    /// Those without block size: they keep away what begins before them and ends after them.
    flat: Vec<Exclusion>,
    /// Past which `clear: left` and `clear: right` move.
    clear: [LayoutUnit; 2],
    last_start: LayoutUnit,
    /// What was asked since [`ExclusionSpace::watch`].
    consulted: Cell<Consulted>,
}

impl Default for ExclusionSpace {
    fn default() -> Self {
        ExclusionSpace {
            exclusions: Vec::new(),
            left: Vec::new(),
            right: Vec::new(),
            flat: Vec::new(),
            clear: [LayoutUnit::MIN; 2],
            last_start: LayoutUnit::MIN,
            consulted: Cell::new(Consulted::NOTHING),
        }
    }
}

impl ExclusionSpace {
    /// Begins to note what is asked; returns what [`ExclusionSpace::end_watch`] goes on with.
    pub fn watch(&self) -> Consulted {
        self.consulted.replace(Consulted::NOTHING)
    }

    /// What was asked since `watch` returned `before`.
    pub fn end_watch(&self, before: Consulted) -> Consulted {
        let consulted = self.consulted.get();
        self.consulted.set(consulted.and(before));
        consulted
    }

    /// Notes what would have been asked, had the answer not been known.
    pub fn note(&self, consulted: Consulted) {
        self.consulted.set(self.consulted.get().and(consulted));
    }

    /// Whether the floats that there are make a difference to what asked this.
    pub fn matters_to(&self, consulted: Consulted) -> bool {
        !self.is_empty() && (consulted.clears || self.clear[0].max(self.clear[1]) > consulted.from)
    }

    fn note_room(&self, block: LayoutUnit) {
        self.note(Consulted { from: block, clears: false });
    }

    /// Whether there are no floats.
    pub fn is_empty(&self) -> bool {
        self.exclusions.is_empty()
    }

    /// How many floats there are; see [`ExclusionSpace::truncate`].
    pub fn len(&self) -> usize {
        self.exclusions.len()
    }

    /// Forgets all floats after the first `count`, for layout that starts again.
    pub fn truncate(&mut self, count: usize) {
        if count >= self.exclusions.len() {
            return;
        }
        let before = std::mem::take(self);
        self.consulted = before.consulted;
        for exclusion in &before.exclusions[..count] {
            self.push(*exclusion);
        }
    }

    /// Adds the margin box of a float. A box without inline size keeps nothing away, but counts for `clear`.
    pub fn add(
        &mut self,
        side: FloatSide,
        line_left: LayoutUnit,
        line_right: LayoutUnit,
        block_start: LayoutUnit,
        block_end: LayoutUnit,
    ) {
        let is_initial_letter = false;
        self.push(Exclusion { side, line_left, line_right, block_start, block_end, is_initial_letter });
    }

    /// Adds the margin box of an initial letter, which keeps lines away as a float does.
    /// <https://drafts.csswg.org/css-inline-3/#initial-letter-exclusions>
    pub fn add_initial_letter(
        &mut self,
        side: FloatSide,
        [line_left, line_right]: [LayoutUnit; 2],
        [block_start, block_end]: [LayoutUnit; 2],
    ) {
        let is_initial_letter = true;
        self.push(Exclusion { side, line_left, line_right, block_start, block_end, is_initial_letter });
    }

    /// Where all initial letters have ended; the next begins no higher.
    /// <https://drafts.csswg.org/css-inline-3/#short-para-initial-letter>
    pub fn past_initial_letters(&self) -> LayoutUnit {
        let letters = self.exclusions.iter().filter(|exclusion| exclusion.is_initial_letter);
        letters.map(|letter| letter.block_end).max().unwrap_or(LayoutUnit::MIN)
    }

    fn push(&mut self, exclusion: Exclusion) {
        let Exclusion { side, line_left, line_right, block_start, block_end, .. } = exclusion;
        self.exclusions.push(exclusion);
        self.last_start = self.last_start.max(block_start);
        let cleared = &mut self.clear[side as usize];
        *cleared = (*cleared).max(block_end);
        if line_right <= line_left || block_end < block_start {
            return;
        }
        if block_end == block_start {
            self.flat.push(exclusion);
            return;
        }
        match side {
            FloatSide::Left => {
                let nowhere = LayoutUnit::MIN;
                raise(&mut self.left, nowhere, block_start..block_end, |edge| edge.max(line_right));
            }
            FloatSide::Right => {
                let nowhere = LayoutUnit::MAX;
                raise(&mut self.right, nowhere, block_start..block_end, |edge| edge.min(line_left));
            }
        }
    }

    /// A float may not begin before an earlier one; the block offset that this asks for.
    /// <https://drafts.csswg.org/css2/#float-rules>, rule 5
    pub fn last_float_start(&self) -> LayoutUnit {
        self.last_start
    }

    /// Past which block offset the floats of the sides end.
    pub fn clearance_offset(&self, left: bool, right: bool) -> LayoutUnit {
        self.note(Consulted { clears: left || right, ..Consulted::NOTHING });
        let of = |asked: bool, side: FloatSide| {
            if asked { self.clear[side as usize] } else { LayoutUnit::MIN }
        };
        of(left, FloatSide::Left).max(of(right, FloatSide::Right))
    }

    /// The room between `line_left` and `line_right` for something from `block` on that is `block_size` high.
    pub fn opportunity_at(
        &self,
        line_left: LayoutUnit,
        line_right: LayoutUnit,
        block: LayoutUnit,
        block_size: LayoutUnit,
    ) -> Opportunity {
        self.note_room(block);
        let end = block + block_size.max(LayoutUnit::EPSILON);
        let mut left = spanned(&self.left, block, end).fold(line_left, |edge, step| edge.max(step.edge));
        let mut right = spanned(&self.right, block, end).fold(line_right, |edge, step| edge.min(step.edge));
        for flat in self.flat.iter().filter(|flat| block < flat.block_start && flat.block_start < end) {
            match flat.side {
                FloatSide::Left => left = left.max(flat.line_right),
                FloatSide::Right => right = right.min(flat.line_left),
            }
        }
        Opportunity { block, line_left: left, line_right: right.max(left) }
    }

    /// The first room between `line_left` and `line_right`, not before `block`, for something of this size. Where no floats
    /// are it may be too narrow.
    pub fn find_opportunity(
        &self,
        line_left: LayoutUnit,
        line_right: LayoutUnit,
        block: LayoutUnit,
        inline_size: LayoutUnit,
        block_size: LayoutUnit,
    ) -> Opportunity {
        let mut block = block;
        loop {
            let found = self.opportunity_at(line_left, line_right, block, block_size);
            let untouched = found.line_left == line_left && found.line_right == line_right.max(line_left);
            if untouched || found.inline_size() >= inline_size {
                return found;
            }
            let Some(next) = self.next_change(block) else { return found };
            block = next;
        }
    }

    /// The first block offset after `block` where the room changes.
    pub fn next_change(&self, block: LayoutUnit) -> Option<LayoutUnit> {
        self.note_room(block);
        let after = |steps: &[Step]| steps.get(steps.partition_point(|step| step.start <= block)).copied();
        let steps = [after(&self.left), after(&self.right)].into_iter().flatten().map(|step| step.start);
        let flat = self.flat.iter().map(|flat| flat.block_start).filter(|&start| start > block);
        steps.chain(flat).min()
    }

    /// Whether floats reach below `block`.
    pub fn reaches_below(&self, block: LayoutUnit) -> bool {
        self.clear[0].max(self.clear[1]) > block
    }
}

/// The steps that hold somewhere between `start` and `end`.
fn spanned(steps: &[Step], start: LayoutUnit, end: LayoutUnit) -> impl Iterator<Item = &Step> {
    let first = steps.partition_point(|step| step.start <= start).saturating_sub(1);
    steps[first..].iter().take_while(move |step| step.start < end)
}

/// Changes the edge from the start to the end of `blocks`. Where there was no float it is `nowhere`.
fn raise(
    steps: &mut Vec<Step>,
    nowhere: LayoutUnit,
    blocks: Range<LayoutUnit>,
    change: impl Fn(LayoutUnit) -> LayoutUnit,
) {
    if steps.is_empty() {
        steps.push(Step { start: LayoutUnit::MIN, edge: nowhere });
    }
    let first = split(steps, blocks.start);
    let last = split(steps, blocks.end);
    for step in &mut steps[first..last] {
        step.edge = change(step.edge);
    }
}

/// Makes a step begin at `at`, and says which.
fn split(steps: &mut Vec<Step>, at: LayoutUnit) -> usize {
    let index = steps.partition_point(|step| step.start < at);
    if steps.get(index).is_none_or(|step| step.start != at) {
        let edge = steps[index.saturating_sub(1)].edge;
        steps.insert(index, Step { start: at, edge });
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    fn add(space: &mut ExclusionSpace, side: FloatSide, left: i32, right: i32, top: i32, bottom: i32) {
        space.add(side, px(left), px(right), px(top), px(bottom));
    }

    fn room(space: &ExclusionSpace, block: i32, inline_size: i32, block_size: i32) -> (i32, i32, i32) {
        let found = space.find_opportunity(px(0), px(100), px(block), px(inline_size), px(block_size));
        (found.block.floor(), found.line_left.floor(), found.line_right.floor())
    }

    #[test]
    fn room_is_what_floats_of_both_sides_leave() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 30, 0, 20);
        add(&mut space, FloatSide::Right, 80, 100, 10, 40);
        assert_eq!(room(&space, 0, 0, 5), (0, 30, 100));
        assert_eq!(room(&space, 0, 0, 15), (0, 30, 80));
        assert_eq!(room(&space, 20, 0, 5), (20, 0, 80));
        assert_eq!(room(&space, 40, 0, 5), (40, 0, 100));
    }

    #[test]
    fn what_does_not_fit_moves_down_to_where_it_does() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 30, 0, 20);
        add(&mut space, FloatSide::Right, 80, 100, 10, 40);
        assert_eq!(room(&space, 0, 60, 5), (0, 30, 100));
        assert_eq!(room(&space, 0, 60, 15), (20, 0, 80));
        assert_eq!(room(&space, 0, 90, 5), (40, 0, 100));
        assert_eq!(room(&space, 0, 500, 5), (40, 0, 100));
    }

    #[test]
    fn a_wide_float_below_a_narrow_one_does_not_hide_it() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 50, 0, 10);
        add(&mut space, FloatSide::Left, 0, 20, 10, 30);
        assert_eq!(room(&space, 5, 0, 10), (5, 50, 100));
        assert_eq!(room(&space, 10, 0, 10), (10, 20, 100));
    }

    #[test]
    fn clearance_counts_empty_floats_too() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 0, 0, 50);
        assert_eq!(room(&space, 0, 0, 10), (0, 0, 100));
        assert_eq!(space.clearance_offset(true, false), px(50));
        assert_eq!(space.clearance_offset(false, true), LayoutUnit::MIN);
    }

    #[test]
    fn floats_further_up_make_no_difference_to_what_asks_for_room_below_them() {
        let mut space = ExclusionSpace::default();
        let outer = space.watch();
        room(&space, 30, 10, 5);
        let inner = space.watch();
        room(&space, 50, 10, 5);
        let asked_inside = space.end_watch(inner);
        assert_eq!(asked_inside, Consulted { from: px(50), clears: false });
        assert_eq!(space.end_watch(outer).from, px(30), "what was asked inside was asked outside too");
        add(&mut space, FloatSide::Left, 0, 30, 0, 40);
        assert!(!space.matters_to(asked_inside));
        assert!(space.matters_to(asked_inside.moved(px(-11))));
        assert!(
            space.matters_to(Consulted { clears: true, ..asked_inside }),
            "clearance may come of any float"
        );
    }

    #[test]
    fn a_flat_float_keeps_away_what_lies_on_both_sides_of_it() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 30, 10, 10);
        assert_eq!(room(&space, 0, 0, 10), (0, 0, 100));
        assert_eq!(room(&space, 0, 0, 11), (0, 30, 100));
        assert_eq!(room(&space, 10, 0, 50), (10, 0, 100));
        assert_eq!(room(&space, 0, 80, 11), (10, 0, 100));
    }

    #[test]
    fn truncating_takes_floats_back() {
        let mut space = ExclusionSpace::default();
        add(&mut space, FloatSide::Left, 0, 30, 0, 20);
        let mark = space.len();
        add(&mut space, FloatSide::Right, 40, 100, 0, 90);
        space.truncate(mark);
        assert_eq!(room(&space, 0, 0, 50), (0, 30, 100));
        assert!(!space.reaches_below(px(20)));
    }
}
