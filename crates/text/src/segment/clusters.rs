//! Grapheme clusters and words.
//! <https://www.unicode.org/reports/tr29/>

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{GraphemeClusterSegmenter, WordSegmenter};

/// How far back a cluster is looked for before it is cut.
const LONGEST_CLUSTER_BYTES: usize = 1024;

/// The byte offsets between which the text's grapheme clusters lie, the first 0 and the last the text's length.
pub fn grapheme_boundaries(text: &str) -> Vec<usize> {
    if text.is_ascii() && !text.contains('\r') {
        return (0..=text.len()).collect();
    }
    GraphemeClusterSegmenter::new().segment_str(text).collect()
}

/// The byte offsets at which the text's grapheme clusters end.
pub(crate) fn grapheme_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    GraphemeClusterSegmenter::new().segment_str(text).skip(1)
}

/// The first boundary of a grapheme cluster after `offset`, or the text's length.
pub fn next_grapheme_boundary(text: &str, offset: usize) -> usize {
    let Some(rest) = text.get(offset..) else { return text.len() };
    let bytes = rest.as_bytes();
    // Nothing joins two characters of ASCII but the end of a line.
    if let [first, second, ..] = bytes
        && first.is_ascii()
        && second.is_ascii()
        && *first != b'\r'
    {
        return offset + 1;
    }
    let boundary = GraphemeClusterSegmenter::new().segment_str(rest).nth(1);
    boundary.map_or(text.len(), |boundary| offset + boundary)
}

/// The last boundary of a grapheme cluster before `offset`, or 0.
pub fn previous_grapheme_boundary(text: &str, offset: usize) -> usize {
    let Some(before) = text.get(..offset) else { return 0 };
    let mut start = before.len().saturating_sub(LONGEST_CLUSTER_BYTES);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let boundaries = GraphemeClusterSegmenter::new().segment_str(&before[start..]);
    boundaries.map(|boundary| start + boundary).take_while(|&boundary| boundary < offset).last().unwrap_or(0)
}

/// The byte offsets between which the text's words and what is between words lie, for selection and carets.
pub fn word_boundaries(text: &str) -> Vec<usize> {
    WordSegmenter::new_auto(WordBreakInvariantOptions::default()).segment_str(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_flags_and_joined_emoji_stay_whole() {
        let text = "ae\u{301}🇩🇪👩\u{200d}👧\r\nz";
        let clusters: Vec<&str> =
            grapheme_boundaries(text).windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
        assert_eq!(clusters, ["a", "e\u{301}", "🇩🇪", "👩\u{200d}👧", "\r\n", "z"]);
    }

    #[test]
    fn walking_either_way_meets_the_same_boundaries() {
        let text = "xe\u{301}y 한국 🇩🇪z";
        let boundaries = grapheme_boundaries(text);
        let mut forwards = vec![0];
        while *forwards.last().unwrap() < text.len() {
            forwards.push(next_grapheme_boundary(text, *forwards.last().unwrap()));
        }
        let mut backwards = vec![text.len()];
        while *backwards.last().unwrap() > 0 {
            backwards.push(previous_grapheme_boundary(text, *backwards.last().unwrap()));
        }
        backwards.reverse();
        assert_eq!(forwards, boundaries);
        assert_eq!(backwards, boundaries);
    }

    #[test]
    fn words_end_at_punctuation() {
        assert_eq!(word_boundaries("two words, 3.5"), [0, 3, 4, 9, 10, 11, 14]);
    }
}
