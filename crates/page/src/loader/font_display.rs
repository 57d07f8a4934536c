//! The font display timeline: what text that waits for its font shows, and for how long.
//! <https://drafts.csswg.org/css-fonts-4/#font-display-timeline>

use std::time::Duration;

use fanlight_css::stylesheet::font_face::FontDisplay;

/// "a small, but non-zero time", as Chromium has it.
const SHORT_BLOCK: Duration = Duration::from_millis(100);
/// "3s is recommended in most cases", for blocking as for swapping.
const LONG: Duration = Duration::from_secs(3);

/// Where a face stands that has not arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// Text that wants it is not seen.
    Block,
    /// Text that wants it falls back, and changes to it when it comes.
    Swap,
    /// Text that wants it falls back, and stays so.
    Failure,
}

/// How long the block and the swap period last; one without an end lasts until the font comes.
fn lengths(display: FontDisplay) -> (Duration, Option<Duration>) {
    match display {
        FontDisplay::Auto | FontDisplay::Block => (LONG, None),
        FontDisplay::Swap => (Duration::ZERO, None),
        FontDisplay::Fallback => (SHORT_BLOCK, Some(LONG)),
        FontDisplay::Optional => (SHORT_BLOCK, Some(Duration::ZERO)),
    }
}

/// The period of a face that has been on its way for so long, and how long until the next one begins, if one does.
pub(super) fn period(display: FontDisplay, waited: Duration) -> (Period, Option<Duration>) {
    let (block, swap) = lengths(display);
    if waited < block {
        return (Period::Block, Some(block - waited));
    }
    match swap.map(|swap| block + swap) {
        None => (Period::Swap, None),
        Some(end) if waited < end => (Period::Swap, Some(end - waited)),
        Some(_) => (Period::Failure, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn each_kind_has_its_periods() {
        let at = |display, ms: u32| period(display, MS * ms);
        assert_eq!(at(FontDisplay::Auto, 0), (Period::Block, Some(MS * 3000)));
        assert_eq!(at(FontDisplay::Block, 2999), (Period::Block, Some(MS)));
        assert_eq!(at(FontDisplay::Block, 3000), (Period::Swap, None));
        assert_eq!(at(FontDisplay::Swap, 0), (Period::Swap, None));
        assert_eq!(at(FontDisplay::Fallback, 99), (Period::Block, Some(MS)));
        assert_eq!(at(FontDisplay::Fallback, 100), (Period::Swap, Some(MS * 3000)));
        assert_eq!(at(FontDisplay::Fallback, 3100), (Period::Failure, None));
        assert_eq!(at(FontDisplay::Optional, 99), (Period::Block, Some(MS)));
        assert_eq!(at(FontDisplay::Optional, 100), (Period::Failure, None));
    }
}
