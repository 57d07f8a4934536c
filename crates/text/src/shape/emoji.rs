//! Which clusters are to look like pictures.
//! <https://www.unicode.org/reports/tr51/#Presentation_Style>

/// Whether a cluster is shown as an emoji: by its own nature, or because a variation selector, a skin tone, a keycap
/// or a joiner says so.
pub(crate) fn is_presented_as_emoji(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let Some(base) = characters.next() else { return false };
    match characters.next() {
        Some('\u{fe0e}') => false,
        Some('\u{fe0f}') => true,
        second => {
            has_emoji_presentation(base)
                || (!base.is_ascii() && second.is_some_and(|next| matches!(next, '\u{1f3fb}'..='\u{1f3ff}')))
        }
    }
}

/// The property `Emoji_Presentation`, whose regional indicators are emoji in pairs only.
fn has_emoji_presentation(character: char) -> bool {
    let code_point = u32::from(character);
    EMOJI_PRESENTATION
        .binary_search_by(|&(first, last)| {
            if last < code_point {
                std::cmp::Ordering::Less
            } else if first > code_point {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// `emoji-data.txt` of Unicode 16, `Emoji_Presentation`: first and last code points.
#[rustfmt::skip]
const EMOJI_PRESENTATION: &[(u32, u32)] = &[
    (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE),
    (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
    (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4),
    (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD),
    (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E),
    (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
    (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF),
    (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF), (0x1F201, 0x1F201), (0x1F21A, 0x1F21A),
    (0x1F22F, 0x1F22F), (0x1F232, 0x1F236), (0x1F238, 0x1F23A), (0x1F250, 0x1F251), (0x1F300, 0x1F320),
    (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3),
    (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC),
    (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596),
    (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
    (0x1F6D5, 0x1F6D9), (0x1F6DC, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB),
    (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FA7C),
    (0x1FA80, 0x1FAC6), (0x1FAC8, 0x1FAC8), (0x1FACC, 0x1FADD), (0x1FADF, 0x1FAEB), (0x1FAEF, 0x1FAFA),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(EMOJI_PRESENTATION.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn nature_and_selectors_decide() {
        let shown = ["\u{1f600}", "\u{2764}\u{fe0f}", "1\u{fe0f}\u{20e3}", "\u{1f44d}\u{1f3fd}", "🇩🇪"];
        let not_shown = ["a", "1", "\u{2764}", "\u{1f600}\u{fe0e}", "✓", "漢"];
        assert!(shown.into_iter().all(is_presented_as_emoji));
        assert!(!not_shown.into_iter().any(is_presented_as_emoji));
    }
}
