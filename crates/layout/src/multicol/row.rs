//! A row of columns: how high they are, and what is in each.
//! <https://drafts.csswg.org/css-multicol-1/#cf>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use super::container::{Container, Rest};
use crate::block;
use crate::flow::{LogicalOffset, LogicalSize, WritingMode};
use crate::formatting::{Constraints, LayoutResult};
use crate::fragment::{BoxFragment, ContextKind, Fragment};
use crate::fragmentation::{BreakAppeal, BreakInfo, BreakRequest, BreakToken, Fragmentainer};
use crate::limits::{MAX_BALANCING_ATTEMPTS, MAX_COLUMNS};

/// Columns that were laid out at some height.
struct Attempt {
    columns: Vec<LayoutResult>,
    /// What they found out together.
    info: BreakInfo,
    /// How many of them end at forced breaks.
    forced: usize,
    /// Where the contents go on.
    rest: Option<Arc<BreakToken>>,
}

/// What is between two forced breaks.
struct ContentRun {
    block_size: LayoutUnit,
    /// How many columns it is spread over.
    columns: i32,
}

impl ContentRun {
    fn column_size(&self) -> LayoutUnit {
        // Rounded up, so that all of it fits.
        LayoutUnit::from_raw((self.block_size.raw() + self.columns - 1) / self.columns)
    }
}

/// How high what is in a column is, with what overflows boxes in it.
fn content_size(column: &LayoutResult, mode: WritingMode) -> LayoutUnit {
    let mut end = column.intrinsic_block_size;
    let mut pending: Vec<(LayoutUnit, &BoxFragment)> = vec![(LayoutUnit::ZERO, &column.fragment)];
    while let Some((at, fragment)) = pending.pop() {
        for link in &fragment.children {
            let size = link.fragment.size();
            let start = at + LogicalOffset::from_physical(link.offset, mode, fragment.size, size).block;
            end = end.max(start + LogicalSize::from_physical(size, mode).block);
            match &link.fragment {
                Fragment::Box(inner) if inner.context != ContextKind::Column => pending.push((start, inner)),
                _ => {}
            }
        }
    }
    end
}

impl Container<'_, '_> {
    /// Lays out columns up to a spanning box or the end of the contents, and says what is left and whether it can be laid
    /// out here.
    pub fn row(&mut self, token: Option<Arc<BreakToken>>) -> (Rest, bool) {
        self.end_margins();
        let outer = self.outer_end().map(|end| end - self.block);
        if outer.is_some_and(|outer| outer <= LayoutUnit::ZERO)
            && !self.constraints.fragmentainer.is_some_and(|outer| outer.is_start(self.block))
        {
            return (Rest::Columns(token), false);
        }
        let own = self.content_end.map(|end| (end - self.block).clamp_negative_to_zero());
        // Where the fragmentainer around ends before the container does, columns go on in its next one.
        let goes_on_outside = outer.is_some_and(|outer| own.is_none_or(|own| outer < own));
        let room = match (outer, own) {
            (Some(outer), Some(own)) => Some(outer.min(own)),
            (outer, own) => outer.or(own),
        };
        let mut balances = self.balances;
        let limit = goes_on_outside.then_some(self.columns.count);
        let within =
            |height: LayoutUnit| room.map_or(height, |room| height.min(room)).max(LayoutUnit::from_px(1));
        let mut height = match room {
            Some(room) if !balances => within(room),
            _ => within(self.content_height(token.clone(), balances)),
        };
        let mut attempts = 0;
        let attempt = loop {
            let is_outer_end = room.is_some_and(|room| height >= room);
            let attempt = self.columns_of(token.clone(), Some(height), limit.filter(|_| is_outer_end));
            attempts += 1;
            if attempts >= MAX_BALANCING_ATTEMPTS {
                break attempt;
            }
            if !balances {
                if attempt.info.spanner.is_none() {
                    break attempt;
                }
                // What is before a spanning box is balanced whatever `column-fill` says.
                balances = true;
                height = within(self.content_height(token.clone(), true));
                continue;
            }
            let count =
                attempt.columns.len() + usize::from(attempt.rest.is_some() && attempt.info.spanner.is_none());
            let is_enough = count <= self.columns.count || count <= attempt.forced + 1;
            if is_enough && attempt.info.appeal == BreakAppeal::Perfect {
                break attempt;
            }
            let Some(shortage) = attempt.info.shortage else { break attempt };
            let higher = within(height + shortage);
            if higher <= height {
                break attempt;
            }
            height = higher;
        };
        self.take_row(attempt, height, !balances && room.is_some())
    }

    /// Adds the columns; `is_filled` where their height was given.
    fn take_row(&mut self, attempt: Attempt, height: LayoutUnit, is_filled: bool) -> (Rest, bool) {
        let Attempt { columns, info, rest, .. } = attempt;
        self.info.include(&BreakInfo { spanner: None, has_forced_break: false, ..info.clone() });
        let is_empty = columns.iter().all(|column| {
            column.fragment.children.is_empty()
                && column.out_of_flow.is_empty()
                && column.intrinsic_block_size == LayoutUnit::ZERO
        });
        if !is_empty {
            for (index, column) in columns.iter().enumerate() {
                self.add_column(index, column);
            }
            self.block += match &columns[..] {
                // A column that nothing comes after is no higher than what is in it.
                [column] if is_filled => column.intrinsic_block_size.min(height),
                columns
                    if columns.iter().all(|column| content_size(column, self.mode) == LayoutUnit::ZERO) =>
                {
                    LayoutUnit::ZERO
                }
                _ => height,
            };
        }
        match (info.spanner, rest) {
            (Some(spanner), rest) => (Rest::Spanner(spanner, None, rest), true),
            (None, Some(rest)) => (Rest::Columns(Some(rest)), false),
            (None, None) => (Rest::Nothing, true),
        }
    }

    /// Lays out one column.
    fn column(&mut self, token: Option<&BreakToken>, block_size: Option<LayoutUnit>) -> LayoutResult {
        let depth = self.constraints.fragmentainer.map_or(0, |outer| outer.depth + 1);
        let offset = LayoutUnit::ZERO;
        let fragmentainer = Some(Fragmentainer { block_size, offset, depth, grows: false });
        let constraints = Constraints { fragmentainer, ..self.constraints };
        let request = BreakRequest { resume: token, early: None };
        block::layout_column(self.layouter, self.id, &constraints, self.columns.inline_size, request)
    }

    /// Lays out columns of this height: `limit` of them, or as many as it takes.
    fn columns_of(
        &mut self,
        token: Option<Arc<BreakToken>>,
        height: Option<LayoutUnit>,
        limit: Option<usize>,
    ) -> Attempt {
        let mut attempt = Attempt { columns: Vec::new(), info: BreakInfo::default(), forced: 0, rest: token };
        loop {
            // The last column takes all that is left.
            let is_last = attempt.columns.len() + 1 >= MAX_COLUMNS;
            let column = self.column(attempt.rest.as_deref(), height.filter(|_| !is_last));
            let info = column.breaks.clone().unwrap_or_default();
            attempt.columns.push(column);
            attempt.info.include(&info);
            attempt.info.appeal = attempt.info.appeal.min(info.appeal);
            attempt.forced += usize::from(info.has_forced_break);
            attempt.rest = info.token.clone();
            let is_full = limit.is_some_and(|limit| attempt.columns.len() >= limit) || is_last;
            if attempt.rest.is_none() || info.spanner.is_some() || is_full {
                return attempt;
            }
        }
    }

    /// How high columns must be at least for the contents, if these can be broken anywhere to balance columns; or if they are
    /// not to be broken.
    fn content_height(&mut self, token: Option<Arc<BreakToken>>, balances: bool) -> LayoutUnit {
        let measured = self.columns_of(token, None, None);
        let mut runs: Vec<ContentRun> = measured
            .columns
            .iter()
            .map(|column| ContentRun { block_size: content_size(column, self.mode), columns: 1 })
            .collect();
        let spread = if balances { runs.len()..self.columns.count } else { 0..0 };
        for _ in spread {
            let Some(tallest) = runs.iter_mut().max_by_key(|run| run.column_size()) else { break };
            if tallest.column_size() <= LayoutUnit::EPSILON {
                break;
            }
            tallest.columns += 1;
        }
        let tallest = runs.iter().map(ContentRun::column_size).max().unwrap_or_default();
        tallest.max(measured.info.tallest_unbreakable)
    }
}
