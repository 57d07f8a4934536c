//! Layout that finds too late where its fragmentainer should have ended, and is done again.

use std::sync::Arc;

use super::EarlyBreak;

/// Something that was laid out up to where the fragmentainer ends.
pub(crate) struct Attempt<T> {
    pub laid_out: T,
    /// Where the fragmentainer should have ended instead.
    pub better: Option<Arc<EarlyBreak>>,
}

/// Lays something out, and once more where it should have ended at a better place; that is its end then, whatever the
/// second attempt may find. <https://drafts.csswg.org/css-break-4/#unforced-breaks>
pub(crate) fn with_best_break<T>(
    early: Option<&EarlyBreak>,
    mut attempt: impl FnMut(Option<&EarlyBreak>) -> Attempt<T>,
) -> T {
    let first = attempt(early);
    match first.better {
        Some(better) => attempt(Some(&better)).laid_out,
        None => first.laid_out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fragmentation::{BreakAppeal, EarlyBreakPlace};

    fn early() -> EarlyBreak {
        EarlyBreak { appeal: BreakAppeal::Perfect, place: EarlyBreakPlace::Line(1) }
    }

    #[test]
    fn what_finds_no_better_place_is_laid_out_once() {
        let mut count = 0;
        let laid_out = with_best_break(None, |_| {
            count += 1;
            Attempt { laid_out: count, better: None }
        });
        assert_eq!((laid_out, count), (1, 1));
    }

    #[test]
    fn what_would_break_earlier_every_time_is_laid_out_twice() {
        let mut asked = Vec::new();
        let laid_out = with_best_break(None, |early_break| {
            asked.push(early_break.is_some());
            Attempt { laid_out: asked.len(), better: Some(Arc::new(early())) }
        });
        assert_eq!(laid_out, 2);
        assert_eq!(asked, [false, true]);
    }
}
