//! Fragmentation: how what does not fit into a column goes on in the next one.
//! <https://drafts.csswg.org/css-break-4/>
//!
//! Data flows one way. A formatting context is told the [`Fragmentainer`] that it is in and, where it goes on from the
//! one before, the [`BreakToken`] that it answered there ([`BreakRequest`]). It answers with a fragment of what fits, and
//! in [`BreakInfo`] with the token for the rest. The approach is that of Chromium's LayoutNG:
//!
//! - A box that does not fit is moved to the next fragmentainer as a whole, or broken inside, whichever is the better
//!   place to break ([`BreakAppeal`]).
//! - Where an [`EarlyBreak`] that was passed is better than any that is left, the block container around it is laid out
//!   again, and breaks there.

mod attempt;
mod break_info;
mod break_token;
mod finder;
mod fragmentainer;
pub(crate) mod rules;
mod size;

pub(crate) use attempt::{Attempt, with_best_break};
pub(crate) use break_info::{BreakAppeal, BreakInfo, BreakRequest, EarlyBreak, EarlyBreakPlace, RowPlace};
pub(crate) use break_token::{BreakToken, ChildBreak, LinePosition, NextChild};
pub(crate) use finder::{BreakFinder, Inside, Landing, Verdict};
pub(crate) use fragmentainer::Fragmentainer;
pub(crate) use size::{FragmentRequest, FragmentSize, cloned_edges, fragment_size};
